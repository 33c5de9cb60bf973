/**
 * Sets of changes that can be taken back as one. The audit keeps what every row was, so that a set is but a stretch of it.
 *
 *     asChangeset(db, 'cli', { id: 'merge/a+b', kind: 'merge', title: 'a → b' }, () => { …writes… });
 *     undoChangeset(db, 'cli', 'merge/a+b');
 *
 * What somebody changed since is not overwritten: then nothing is taken back, and the rows are named.
 */
import { Problem } from '../problems.ts';
import type { Id } from '../types.ts';
import { all, type Db, get, type Param, transaction } from './db.ts';
import { type Noun, put, remove } from './write.ts';

export interface Changeset {
  id: Id;
  kind: 'merge' | 'import';
  title: string;
  at: string;
  /** When it was taken back; `null` where it stands. */
  undone: string | null;
}

type Stored = Changeset & { first: number; last: number };

interface Entry {
  noun: Noun;
  row_id: Id;
  before: string | null;
  after: string | null;
}

/** Rows that a message names; beyond, it counts them. */
const NAMED = 5;

/** Carries out `work` in one transaction, and keeps what it changed as a set; `changeset` is `null` where it changed nothing. */
export function asChangeset<Result>(
  db: Db,
  by: string,
  set: Pick<Changeset, 'id' | 'kind' | 'title'>,
  work: () => Result,
): { result: Result; changeset: Id | null } {
  return transaction(db, () => {
    const before = lastEntry(db);
    const result = work();
    const last = lastEntry(db);
    if (last === before) return { result, changeset: null };
    const id = freeId(db, set.id);
    put(db, 'changesets', by, { ...set, id, at: new Date().toISOString(), first: before + 1, last, undone: null });
    return { result, changeset: id };
  });
}

/** Every set of changes, the latest first. */
export function listChangesets(db: Db, kind?: Changeset['kind']): Changeset[] {
  const where = kind === undefined ? '' : 'where kind = ?';
  return all<Changeset>(db, `select id, kind, title, at, undone from changesets ${where} order by fid desc`, kind ? [kind] : []);
}

/**
 * Puts back what stood before a set of changes; returns how many rows.
 * @throws Problem `changeset-unknown`, `changeset-undone`, `changeset-since`, `changeset-used`.
 */
export function undoChangeset(db: Db, by: string, id: Id): number {
  return transaction(db, () => {
    const set = get<Stored>(db, 'select id, kind, title, at, undone, first, last from changesets where id = ?', [id]);
    if (set === undefined) {
      const known = listChangesets(db).filter(({ undone }) => undone === null);
      throw new Problem('changeset-unknown', { found: id, known: known.map((one) => one.id).join(', ') || '–' });
    }
    if (set.undone !== null) throw new Problem('changeset-undone', { found: id, at: set.undone.slice(0, 10) });
    const rows = netChanges(db, set);
    const since = rows.filter((row) => changedSince(db, row)).map(({ noun, row_id }) => `${noun} ${row_id}`);
    if (since.length > 0) {
      const rest = since.length > NAMED ? ' …' : '';
      throw new Problem('changeset-since', { found: id, count: since.length, rows: since.slice(0, NAMED).join(', ') + rest });
    }
    db.exec('pragma defer_foreign_keys = on');
    // what comes back first, so that what points to it can; what goes, after what pointed to it
    for (const { noun, row_id, before, after } of rows.toReversed())
      if (before !== null) putBack(db, by, noun, row_id, { before, after });
    for (const { noun, row_id, before } of rows.toReversed()) if (before === null) remove(db, noun, by, row_id);
    const loose = all<{ table: string }>(db, 'pragma foreign_key_check').map(({ table }) => table);
    if (loose.length > 0)
      throw new Problem('changeset-used', { found: id, count: loose.length, tables: [...new Set(loose)].join(', ') });
    put(db, 'changesets', by, { id, undone: new Date().toISOString() });
    return rows.length;
  });
}

/** Row by row what stood before the set and what stood after it, in the order of first change. */
function netChanges(db: Db, { first, last }: Stored): Entry[] {
  const entries = all<Entry>(db, 'select noun, row_id, before, after from audit where fid between ? and ? order by fid', [
    first,
    last,
  ]);
  const net = new Map<string, Entry>();
  for (const entry of entries) {
    const key = `${entry.noun} ${entry.row_id}`;
    const known = net.get(key);
    net.set(key, known === undefined ? { ...entry } : { ...known, after: entry.after });
  }
  return [...net.values()].filter(({ before, after }) => before !== after);
}

/** Whether a column that the set changed holds something else by now. */
function changedSince(db: Db, { noun, row_id, before, after }: Entry): boolean {
  const now = get<Record<string, Param>>(db, `select * from ${noun} where id = ?`, [row_id]);
  if (after === null) return now !== undefined;
  if (now === undefined) return true;
  const left = JSON.parse(after) as Record<string, Param>;
  const was = before === null ? {} : (JSON.parse(before) as Record<string, Param>);
  return Object.entries(left).some(([column, value]) => (before === null || was[column] !== value) && now[column] !== value);
}

function putBack(db: Db, by: string, noun: Noun, id: Id, { before, after }: { before: string; after: string | null }): void {
  const was = JSON.parse(before) as Record<string, Param>;
  const left = after === null ? {} : (JSON.parse(after) as Record<string, Param>);
  const changed = Object.fromEntries(Object.entries(was).filter(([column, value]) => left[column] !== value));
  put(db, noun, by, { ...changed, id });
}

function lastEntry(db: Db): number {
  return get<{ fid: number }>(db, 'select coalesce(max(fid), 0) as fid from audit')?.fid ?? 0;
}

function freeId(db: Db, wanted: Id): Id {
  const taken = new Set(all<{ id: Id }>(db, 'select id from changesets').map(({ id }) => id));
  let id = wanted;
  for (let i = 2; taken.has(id); i++) id = `${wanted}/${i}`;
  return id;
}
