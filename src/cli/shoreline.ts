/** The water mask that two options give together. */
import { openMap } from '../formats/open.ts';
import { readMapFiles } from '../formats/source-node.ts';
import { Problem } from '../problems.ts';
import type { Shoreline } from '../review/area-table.ts';
import { dateOf } from './options.ts';

/** The water of `--shore` on the day of `--shore-date`; one is nothing without the other. */
export async function shoreline({ shore, shoreDate }: { shore?: string; shoreDate?: string }): Promise<Shoreline | undefined> {
  if (shore === undefined && shoreDate === undefined) return undefined;
  if (shore === undefined) throw new Problem('choice-wrong', { field: '--shore', found: '–', expected: 'water.geojson' });
  if (shoreDate === undefined) throw new Problem('choice-wrong', { field: '--shore-date', found: '–', expected: '2024-08-15' });
  const files = readMapFiles(shore);
  const polygons = (await openMap(files)).flatMap((layer) =>
    layer.features.flatMap(({ geometry }) =>
      geometry?.type === 'Polygon' ? [geometry.coordinates] : geometry?.type === 'MultiPolygon' ? geometry.coordinates : [],
    ),
  );
  return {
    water: { type: 'MultiPolygon', coordinates: polygons },
    date: dateOf('--shore-date', shoreDate),
    source: files[0]?.name ?? shore,
  };
}
