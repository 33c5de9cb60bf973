/** Tables of the form as files: its five coordinates, and its six areas by a dated shoreline. */
import { openMap } from '../formats/open.ts';
import { readMapFiles } from '../formats/source-node.ts';
import { Problem } from '../problems.ts';
import { areaTable, type Shoreline } from '../review/area-table.ts';
import { coordinatesTable } from '../review/coordinates-table.ts';
import type { SiteFacts } from '../zonation/site-facts.ts';
import { dateOf } from './options.ts';

type Rows = { header: string[]; rows: (string | number | null)[][] };

export type FormTable = (facts: SiteFacts, shore: Shoreline | undefined) => Promise<Rows>;

/** By the name that `--what` gives them. */
export const formTables: Record<string, FormTable> = {
  coordinates: async (facts) => ({
    header: ['point', 'longitude', 'latitude', 'declared_longitude', 'declared_latitude'],
    rows: coordinatesTable(facts).map(({ point, position, declared }) => [
      point,
      position?.[0] ?? null,
      position?.[1] ?? null,
      declared.lon,
      declared.lat,
    ]),
  }),
  areas: async (facts, shore) => ({
    header: ['zone', 'realm', 'area_ha', 'shoreline_date'],
    rows: (await areaTable(facts, shore)).map(({ kind, realm, areaHa, shoreline }) => [kind, realm, areaHa, shoreline]),
  }),
};

/** The water of `--shore` on the day of `--shore-date`; one is nothing without the other. */
export async function readShoreline(file: string | undefined, day: string | undefined): Promise<Shoreline | undefined> {
  if (file === undefined && day === undefined) return undefined;
  if (file === undefined) throw new Problem('choice-wrong', { field: '--shore', found: '–', expected: 'water.geojson' });
  if (day === undefined) throw new Problem('choice-wrong', { field: '--shore-date', found: '–', expected: '2024-08-15' });
  const files = readMapFiles(file);
  const polygons = (await openMap(files)).flatMap((layer) =>
    layer.features.flatMap(({ geometry }) =>
      geometry?.type === 'Polygon' ? [geometry.coordinates] : geometry?.type === 'MultiPolygon' ? geometry.coordinates : [],
    ),
  );
  return {
    water: { type: 'MultiPolygon', coordinates: polygons },
    date: dateOf('--shore-date', day),
    source: files[0]?.name ?? file,
  };
}
