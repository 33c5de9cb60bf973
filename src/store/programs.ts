/**
 * Entities that programs keep beside the dossier, and their values.
 *
 *     putProgramEntity(db, by, { id: '#1', kind: 'Things', links: {}, body: { name: 'Oven' } });
 *     listProgramValues(db, { datastream: '#4' }, { limit: 100 });
 *
 * Their ids are numbers behind a `#`, which no id of the dossier begins with; a number is given once.
 */
import type { Id } from '../types.ts';
import { all, type Db, get, type Param } from './db.ts';
import { put, remove } from './write.ts';

type Json = Record<string, unknown>;

export interface ProgramEntity {
  id: Id;
  kind: string;
  /** Ids of one entity, or of several, by the name of the link. */
  links: Readonly<Record<string, Id | readonly Id[]>>;
  body: Json;
}

export interface ProgramValue {
  fid: number;
  id: Id;
  datastream: Id;
  /** What it is of: the id of a feature of interest. */
  place: Id;
  /** ISO 8601 in UTC, to the millisecond. */
  starts: string;
  ends: string;
  body: Json;
}

/** Which values: of a series, of a place, or all. */
export type ProgramValuesOf = { datastream: Id } | { place: Id } | 'all';

export interface ProgramPage {
  /** In the order of storing unless told. */
  order?: readonly { column: 'starts' | 'fid'; descending: boolean }[];
  limit?: number;
  skip?: number;
  /** Those stored after this one. */
  after?: number;
}

/** The id that the next row of a table gets: of a row that was taken back none is left over. */
export function nextProgramId(db: Db, table: 'program_entities' | 'program_values'): Id {
  const last = get<{ seq: number }>(db, 'select seq from sqlite_sequence where name = ?', [table])?.seq ?? 0;
  return `#${last + 1}`;
}

/** In the order of storing. */
export function listProgramEntities(db: Db): ProgramEntity[] {
  return all<{ id: Id; kind: string; links: string; body: string }>(
    db,
    'select id, kind, links, body from program_entities order by fid',
  ).map(({ links, body, ...row }) => ({
    ...row,
    links: JSON.parse(links) as ProgramEntity['links'],
    body: JSON.parse(body) as Json,
  }));
}

export function putProgramEntity(db: Db, by: string, { id, kind, links, body }: ProgramEntity): void {
  put(db, 'program_entities', by, { id, kind, links: JSON.stringify(links), body: JSON.stringify(body) });
}

export function removeProgramEntity(db: Db, by: string, id: Id): void {
  remove(db, 'program_entities', by, id);
}

export function listProgramValues(
  db: Db,
  of: ProgramValuesOf,
  { order = [], limit = Number.MAX_SAFE_INTEGER, skip = 0, after = 0 }: ProgramPage = {},
): ProgramValue[] {
  const { where, params } = conditionOf(of);
  const by = [...order.map(({ column, descending }) => `${column}${descending ? ' desc' : ''}`), 'fid'].join(', ');
  return all<ValueRow>(db, `select * from program_values where ${where} and fid > ? order by ${by} limit ? offset ?`, [
    ...params,
    after,
    limit,
    skip,
  ]).map(valueIn);
}

export function countProgramValues(db: Db, of: ProgramValuesOf): number {
  const { where, params } = conditionOf(of);
  return get<{ n: number }>(db, `select count(*) as n from program_values where ${where}`, params)?.n ?? 0;
}

/** The time that the values of a series cover; `null` where it has none. */
export function programSpan(db: Db, datastream: Id): { starts: string; ends: string } | null {
  const sql = `select (select min(starts) from program_values where datastream = ?1) as starts,
    (select max(ends) from program_values where datastream = ?1) as ends`; // each the end of an index
  const { starts = null, ends = null } = get<{ starts: string | null; ends: string | null }>(db, sql, [datastream]) ?? {};
  return starts === null || ends === null ? null : { starts, ends };
}

export function getProgramValue(db: Db, id: Id): ProgramValue | null {
  const row = get<ValueRow>(db, 'select * from program_values where id = ?', [id]);
  return row === undefined ? null : valueIn(row);
}

export function putProgramValue(
  db: Db,
  by: string,
  { body, id, datastream, place, starts, ends }: Omit<ProgramValue, 'fid'>,
): void {
  put(db, 'program_values', by, { id, datastream, place, starts, ends, body: JSON.stringify(body) });
}

export function removeProgramValue(db: Db, by: string, id: Id): void {
  remove(db, 'program_values', by, id);
}

type ValueRow = Omit<ProgramValue, 'body'> & { body: string };

function valueIn({ body, ...row }: ValueRow): ProgramValue {
  return { ...row, body: JSON.parse(body) as Json };
}

function conditionOf(of: ProgramValuesOf): { where: string; params: Param[] } {
  if (of === 'all') return { where: 'true', params: [] };
  return 'datastream' in of ? { where: 'datastream = ?', params: [of.datastream] } : { where: 'place = ?', params: [of.place] };
}

/** How many data sets stand for instruments that programs described, and the last of them: another one leaves no trace in what is read of series. */
export function registeredSensors(db: Db): string {
  const sql = "select count(*) || ' ' || coalesce(max(fid), 0) as state from datasets where id like 'sensors/%'";
  return get<{ state: string }>(db, sql)?.state ?? '';
}
