/** Lines of registers that say where something is: study places, stations. */
import type { FieldValue, Id, Position } from '../types.ts';
import { all, type Db } from './db.ts';

export interface EntryPlace {
  id: Id;
  register: Id;
  fields: { [field: string]: FieldValue };
  confidential: boolean;
  point: Position;
}

/** How many lines of each register have a longitude and a latitude, with those that are confidential among them. */
export function countEntryPlaces(db: Db, site: Id): Map<Id, { open: number; confidential: number }> {
  const rows = all<{ register: Id; confidential: 0 | 1; count: number }>(
    db,
    `select register, confidential, count(*) as count from entries
     where site = ? and fields like '%"longitude":%' and fields like '%"latitude":%' group by register, confidential`,
    [site],
  );
  const counts = new Map<Id, { open: number; confidential: number }>();
  for (const { register, confidential, count } of rows) {
    const known = counts.get(register) ?? { open: 0, confidential: 0 };
    counts.set(register, confidential === 1 ? { ...known, confidential: count } : { ...known, open: count });
  }
  return counts;
}

/** The lines of a register that have a place, as they were kept. */
export function listEntryPlaces(db: Db, site: Id, register: Id): EntryPlace[] {
  return all<{ id: Id; register: Id; fields: string; confidential: 0 | 1 }>(
    db,
    `select id, register, fields, confidential from entries
     where site = ? and register = ? and fields like '%"longitude":%' and fields like '%"latitude":%' order by fid`,
    [site, register],
  ).flatMap(({ fields: json, confidential, ...row }): EntryPlace[] => {
    const fields = JSON.parse(json) as EntryPlace['fields'];
    const { longitude, latitude } = fields;
    if (typeof longitude !== 'number' || typeof latitude !== 'number') return [];
    return [{ ...row, fields, confidential: confidential === 1, point: [longitude, latitude] }];
  });
}
