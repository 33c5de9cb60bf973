/**
 * Maps that others made, kept beside the project: each is read, and its areas are those of PROJ.
 *
 * The folder is `../shared/golden`, or what `SARYARKA_GOLDEN` names. Expected areas and perimeters: pyproj 3.7.2 (PROJ
 * 9.5.1), `Geod(ellps='WGS84').geometry_area_perimeter` of the file reprojected to EPSG:4326 by GDAL through pyogrio.
 * Tolerance: 1e-9 where coordinates are stored as longitudes and latitudes; 1e-6 where they are projected first.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openMap } from '../src/formats/open.ts';
import { readMapFiles } from '../src/formats/source-node.ts';
import { geodesicArea, geodesicPerimeter } from '../src/science/areas.ts';

const golden = process.env.SARYARKA_GOLDEN ?? join(import.meta.dirname, '..', '..', 'shared', 'golden');
const present = existsSync(golden);
if (!present) console.warn(`no golden data at ${golden}: the maps of others are not read in this run (set SARYARKA_GOLDEN)`);

const cases = [
  { file: 'raster/spDataLarge/zion.gpkg', relative: 1e-6, features: [[601804203.6965103, 164109.2283987114]] },
  {
    file: 'raster/rasterstats/polygons.shp',
    relative: 1e-6,
    features: [
      [50243.155712775886, 887.0949028183923],
      [33987.80329269171, 807.3398951103372],
    ],
  },
  {
    file: 'cooperation/opensdg/sdg-build-tests/open-sdg/geojson/england-regions.geojson',
    relative: 1e-9,
    features: [
      [8614214896.234402, 649516.4505736958],
      [14190824778.203257, 1053385.213797632],
      [15439959309.452297, 864893.5530849209],
      [15662668010.238428, 892865.9402542623],
      [13018614390.270405, 773916.5709770436],
    ],
  },
];

describe.skipIf(!present)('golden maps', () => {
  test.each(cases)('$file has the areas that PROJ computes', async ({ file, relative, features }) => {
    const layers = await openMap(readMapFiles(join(golden, file)));
    const shapes = layers.flatMap((layer) => layer.features.flatMap(({ geometry }) => geometry ?? []));
    for (const [i, [area = 0, perimeter = 0]] of features.entries()) {
      const shape = shapes[i];
      if (shape?.type !== 'Polygon' && shape?.type !== 'MultiPolygon') throw new Error(`feature ${i + 1} is a ${shape?.type}`);
      expect(Math.abs(geodesicArea(shape) / area - 1)).toBeLessThan(relative);
      expect(Math.abs(geodesicPerimeter(shape) / perimeter - 1)).toBeLessThan(relative);
    }
  });
});
