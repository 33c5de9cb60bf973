/**
 * The rules of places and days for records that come ready made: rows of tables of counts, observations of cameras, cells of cubes. Records of Darwin
 * Core are held to them where they are read (`darwin-core-record.ts`).
 *
 *     const held = recordRules({ today: '2026-11-23', place: { countries, expected: 'KZ' } });
 *     held(record).flags   // ['coordinates-outside-country', 'coordinates-swapped']
 */
import type { LifeRecord, RecordFlag } from '../life-types.ts';
import { type PlaceRule, placeRules } from '../science/coordinate-quality.ts';
import type { RecordContext } from './darwin-core-record.ts';

/** Of a place that a grid gives, its digits and its nearness to a middle say nothing. */
const OF_CELLS: ReadonlySet<string> = new Set<PlaceRule>([
  'coordinates-at-sea',
  'coordinates-outside-country',
  'coordinates-swapped',
  'coordinates-sign',
  'uncertainty-wide',
]);

/** A maker of flagged records that remembers places, days and numbers to tell doubles. */
export function recordRules(
  { today, place: placing }: RecordContext,
  { cells = false }: { cells?: boolean } = {},
): (record: LifeRecord) => LifeRecord {
  const seen = new Set<string>();
  return (record) => {
    const { place, period, uncertaintyM, country, name, count, fields } = record;
    if (place === null) return record;
    const [lon, lat] = place;
    const found: RecordFlag[] = placeRules(
      { lon, lat, lonText: String(lon), latText: String(lat), country, uncertaintyM },
      placing,
    ).filter((rule) => !cells || OF_CELLS.has(rule));
    if (today !== null && period !== null && period.start > today) found.push('date-future');
    const key = JSON.stringify([name, place, period, count, fields]);
    if (period !== null && !cells && seen.has(key)) found.push('duplicate');
    seen.add(key);
    const fresh = found.filter((flag) => !record.flags.includes(flag));
    return fresh.length === 0 ? record : { ...record, flags: [...record.flags, ...fresh] };
  };
}
