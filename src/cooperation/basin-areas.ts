/**
 * Areas of basins from a map, for tables that name the basins and leave their areas to it: the link from drawn ground to SDG 6.5.2.
 *
 *     withBasinAreas(table, layers)   // rows whose `area_km2` is empty have the geodesic area of the shapes of that name
 */
import type { CsvTable } from '../formats/csv.ts';
import type { MapLayer } from '../formats/layer.ts';
import { geodesicArea } from '../science/areas.ts';

const M2_IN_KM2 = 1e6;

/** The table with areas, how many were filled in, and basins of it that the map does not name. Shapes must be cut at the border. */
export function withBasinAreas(
  table: CsvTable,
  layers: readonly MapLayer[],
): { table: CsvTable; filled: number; missing: string[] } {
  const areas = new Map<string, number>();
  for (const { features } of layers)
    for (const { geometry, properties } of features) {
      if (geometry?.type !== 'Polygon' && geometry?.type !== 'MultiPolygon') continue;
      const names = Object.values(properties ?? {}).filter((value) => typeof value === 'string');
      for (const name of new Set(names.map(plain))) areas.set(name, (areas.get(name) ?? 0) + geodesicArea(geometry) / M2_IN_KM2);
    }
  const missing: string[] = [];
  let filled = 0;
  const rows = table.rows.map((row) => {
    if ((row.values.area_km2 ?? '') !== '') return row;
    const area = areas.get(plain(row.values.basin ?? ''));
    if (area === undefined) {
      missing.push(row.values.basin ?? '');
      return row;
    }
    filled++;
    return { ...row, values: { ...row.values, area_km2: String(area) } };
  });
  const header = table.header.includes('area_km2') ? table.header : [...table.header, 'area_km2'];
  return { table: { header, rows }, filled, missing };
}

const plain = (text: string): string => text.trim().toLowerCase();
