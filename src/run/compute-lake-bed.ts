/**
 * Carries the exposed bed out for the zones of a site: a map of the bed, and the levels that a lake had in years.
 *
 *     const { run, observations } = await lakeBedFigures({ zones, raster, digest, levels, reference: 53.4, site: 'barsakelmes', water });
 *
 * Of each zone and year: the bed that the water left since it stood at the reference, and the water left. Where sources or months of a year
 * give several levels, the figure is that at their mean, and the interval reaches from the highest to the lowest.
 */
import { type Raster, rasterCrs } from '../formats/raster.ts';
import { digestOf } from '../formats/source-node.ts';
import { yearPeriod } from '../indicators/figure.ts';
import { note, noteOf } from '../indicators/figure-note.ts';
import { areaOfCells, bedHeights, placer } from '../plans/lake-bathymetry.ts';
import { Problem } from '../problems.ts';
import { coverages } from '../science/coverage.ts';
import { gridFrom } from '../science/grid.ts';
import { floodLevels } from '../science/lake-bed.ts';
import { type ZoneBed, zoneBeds } from '../science/lake-zone-bed.ts';
import type { DrawnZone, Id, Observation, Position, Run } from '../types.ts';
import { geometryDigest } from './compute.ts';
import { zoneHref } from './compute-rasters.ts';
import { newRun } from './new-run.ts';
import { placeZones, turnOf } from './zonal-place.ts';
import { polygonsIn } from './zonal-shapes.ts';

export const BED_METHOD = 'bed-at-level';
export const BED_VERSION = 1;

export interface LakeBedWork {
  site: Id;
  zones: readonly DrawnZone[];
  raster: Raster;
  /** Of the file of the map. */
  digest: string;
  /** Levels of a year, each as a source states it [m]. */
  levels: readonly { year: number; level: number }[];
  /** The level that the lake once had [m]. */
  reference: number;
  /** Names of the waters whose levels they are. */
  water: string;
  depthsBelow?: number;
  crs?: string;
  /** A place in the lake that water spreads from (lon, lat); the deepest one of the map unless told. */
  from?: Position;
}

/** Share of a zone beside the map that is rounding and nothing else. */
const ROUNDING = 1e-6;

/**
 * @throws Problem `lake-beyond` for a reference above the level at which water would leave the map, `choice-wrong` for a place off it,
 * `zones-off-raster`, those of `rasterCrs`
 */
export async function lakeBedFigures(work: LakeBedWork): Promise<{ run: Run; observations: Observation[] }> {
  const { zones, raster, levels, reference, site, depthsBelow } = work;
  const { width, height, name } = raster;
  const crs = rasterCrs(raster, { crs: work.crs });
  const bed = await bedHeights(raster, depthsBelow);
  const toLonLat = placer(raster, crs.toWgs84);
  if (!bed.some(Number.isFinite))
    throw new Problem('choice-wrong', { field: `--bathymetry ${name}`, found: '0', expected: '≥ 1' });
  const from = work.from === undefined ? undefined : nearestCell(work.from, { width, height, name, toLonLat });
  const { flood, deepest, spill } = floodLevels(bed, { width, height, ...(from === undefined ? {} : { from }) });
  if (reference > spill)
    throw new Problem('lake-beyond', {
      ...{ file: name, place: '--reference-level', found: `${reference} m` },
      ...{ low: String(deepest), high: `${spill} m` },
    });
  const grid = gridFrom(width, height, raster.transform);
  const { shapes } = placeZones(zones, grid, crs, { file: name });
  const cells = { ...grid, x0: 0, y0: 0, dx: 1, dy: 1 };
  const box = { columnFrom: 0, columnTo: width, rowFrom: 0, rowTo: height };
  const cover = coverages(
    zones.map((_, zone) => polygonsIn(shapes, zone, box, turnOf(grid, crs))),
    cells,
  );
  const years = [...Map.groupBy(levels, ({ year }) => year)]
    .sort(([a], [b]) => a - b)
    .map(([year, own]) => ({ year, own: own.map(({ level }) => level) }));
  const asked = years.flatMap(({ own }) => [mean(own), Math.min(...own), Math.max(...own)]);
  const found = zoneBeds(flood, cover, areaOfCells(raster, crs.geographic, toLonLat), { reference, levels: asked });
  const run = runOf(work);
  const covered = zones.map((_, zone) => (cover.covered[zone] as number) / (cover.area[zone] as number));
  const all = [...found, summed(found)];
  const features = [...zones.map(({ id }) => id), site];
  const observations = features.flatMap((feature, place) => {
    const beds = all[place] as ZoneBed;
    const share = covered[place] ?? Math.min(...covered);
    const outside = 1 - share > ROUNDING ? note('outside', 100 * (1 - share)) : null;
    if (beds.area === 0) return [];
    const gaps = beds.unknown > 0 ? note('bed-unknown', (100 * beds.unknown) / beds.area) : null;
    return years.flatMap(({ year, own }, k) => {
      const figureOf = (indicator: Id, values: Float64Array): Observation => {
        const [value = 0, atLowest = 0, atHighest = 0] = values.subarray(3 * k, 3 * k + 3);
        const several = own.length > 1;
        return {
          id: [feature, indicator, '', year, `${BED_METHOD}@${BED_VERSION}`].join(':'),
          ...{ indicator, feature, period: yearPeriod(year), value, unit: 'm2' },
          low: several ? Math.min(atLowest, atHighest) : null,
          high: several ? Math.max(atLowest, atHighest) : null,
          ...{ level: null, n: own.length, by: {}, role: 'computed', approximate: false },
          quality: outside === null && gaps === null ? 'ok' : 'partial',
          note: noteOf(note('bed-level', mean(own)), note('bed-reference', reference), outside, gaps),
          from: { run: run.id },
        };
      };
      return [figureOf('exposed-bed', beds.exposed), figureOf('lake-area', beds.water)];
    });
  });
  return { run, observations };
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The zones together; where the map shows several of a kind, they do not overlap. */
function summed(beds: readonly ZoneBed[]): ZoneBed {
  const sum = (of: (bed: ZoneBed) => Float64Array): Float64Array =>
    Float64Array.from(of(beds[0] as ZoneBed), (_, i) => beds.reduce((all, bed) => all + (of(bed)[i] as number), 0));
  return {
    water: sum(({ water }) => water),
    exposed: sum(({ exposed }) => exposed),
    unknown: beds.reduce((all, { unknown }) => all + unknown, 0),
    area: beds.reduce((all, { area }) => all + area, 0),
  };
}

/** The cell whose middle lies nearest to a place. @throws Problem where the place lies off the map */
function nearestCell(
  [lon, lat]: Position,
  { width, height, name, toLonLat }: { width: number; height: number; name: string; toLonLat(x: number, y: number): Position },
): number {
  const squeeze = Math.cos((lat * Math.PI) / 180);
  let [best, least] = [-1, Number.POSITIVE_INFINITY];
  let size = 0;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [east, north] = toLonLat(x + 0.5, y + 0.5);
      const off = Math.hypot((east - lon) * squeeze, north - lat);
      if (off < least) [best, least] = [y * width + x, off];
    }
  const [x, y] = [best % width, Math.floor(best / width)];
  const [a, b] = [toLonLat(x, y), toLonLat(x + 1, y + 1)];
  size = Math.hypot((a[0] - b[0]) * squeeze, a[1] - b[1]);
  if (!(least <= size))
    throw new Problem('choice-wrong', {
      field: `--from ${lon},${lat}`,
      found: name,
      expected: `${toLonLat(width / 2, height / 2).join(',')}`,
    });
  return best;
}

function runOf({ site, zones, raster, digest, levels, reference, water, depthsBelow, crs, from }: LakeBedWork): Run {
  const inputs = [
    { dataset: null, href: raster.name, digest },
    { dataset: null, href: `observations ${water} lake-level`, digest: digestOf(JSON.stringify(levels)) },
    ...zones.map((zone) => ({ dataset: null, href: zoneHref(zone.id), digest: geometryDigest(zone) })),
  ];
  const params = {
    'reference-level-m': reference,
    ...(depthsBelow === undefined ? {} : { 'depths-below-m': depthsBelow }),
    ...(crs === undefined ? {} : { crs }),
    ...(from === undefined ? {} : { from: from.join(',') }),
  };
  const decisive = ['exposed-bed', BED_METHOD, BED_VERSION, site, params, inputs];
  return newRun({ name: 'exposed-bed', method: BED_METHOD, version: BED_VERSION }, { decisive, inputs, params });
}
