/** Tables of the form as files: its five coordinates, and its six areas by a dated shoreline. */
import type { writeGeojson } from '../formats/geojson-writer.ts';
import { openMap } from '../formats/open.ts';
import { readMapFiles } from '../formats/source-node.ts';
import { Problem } from '../problems.ts';
import { areaTable, type Shoreline } from '../review/area-table.ts';
import { coordinatesTable } from '../review/coordinates-table.ts';
import { examine } from '../zonation/examine.ts';
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
  changes: async (facts) => (await changes(facts)).table,
  areas: async (facts, shore) => ({
    header: ['zone', 'realm', 'area_ha', 'shoreline_date'],
    rows: (await areaTable(facts, shore)).map(({ kind, realm, areaHa, shoreline }) => [kind, realm, areaHa, shoreline]),
  }),
};

/** Ground won and lost against the zonation before: a table of areas, or a map of where. */
export async function changes(facts: SiteFacts): Promise<{ table: Rows; features: Parameters<typeof writeGeojson>[0] }> {
  const found = (await examine(facts)).facts.map?.changes ?? null;
  if (found === null) throw new Problem('changes-none', { site: facts.site.id });
  const sides = found.flatMap(({ kind, gained, lost, where }) => [
    { kind, change: 'gained', area: gained, geometry: where.gained },
    { kind, change: 'lost', area: lost, geometry: where.lost },
  ]);
  return {
    table: { header: ['zone', 'change', 'area_ha'], rows: sides.map(({ kind, change, area }) => [kind, change, area / 1e4]) },
    features: sides
      .filter(({ geometry }) => geometry.coordinates.length > 0)
      .map(({ kind, change, area, geometry }) => ({
        id: `${kind}-${change}`,
        geometry,
        properties: { zone: kind, change, area_ha: area / 1e4 },
      })),
  };
}

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
