/**
 * Every write goes through here: the row and its audit entry are kept together or not at all.
 */
import { digestOf } from '../formats/source-node.ts';
import type { Id } from '../types.ts';
import { all, type Db, get, type Param, run, transaction } from './db.ts';
import type { nouns } from './schema.ts';

export type Noun = (typeof nouns)[number];

/** What a write did: writing the same row again changes nothing and leaves no audit entry. */
export type Change = 'added' | 'changed' | 'same';

/** Columns and values of one row; `id` is one of them. */
export type Row = Record<string, Param> & { id: Id };

/** Columns whose values nobody may read in the audit: only that there is one. */
const SECRET = ['password', 'token'];

export interface AuditRow {
  at: string;
  by: string;
  action: 'added' | 'changed' | 'removed';
  noun: Noun;
  row_id: Id;
  before: string | null;
  after: string | null;
}

/**
 * Adds `row` to the table of `noun`, or changes the row with its id; a row that is already so stays untouched.
 * Column names come from our own code, never from input.
 */
export function put(db: Db, noun: Noun, by: string, row: Row): Change {
  return transaction(db, () => {
    const stored = storedRow(db, noun, row.id);
    const columns = Object.keys(row);
    const list = columns.map((column) => `"${column}"`);
    if (stored === null) {
      run(db, `insert into ${noun} (${list.join(', ')}) values (${columns.map(() => '?').join(', ')})`, Object.values(row));
    } else {
      if (columns.every((column) => same(stored[column], row[column]))) return 'same';
      run(db, `update ${noun} set ${list.map((column) => `${column} = ?`).join(', ')} where id = ?`, [
        ...Object.values(row),
        row.id,
      ]);
    }
    const change = stored === null ? 'added' : 'changed';
    log(db, by, change, noun, row.id, stored, storedRow(db, noun, row.id));
    return change;
  });
}

/** Removes a row; the audit keeps what it was. Returns whether there was one. */
export function remove(db: Db, noun: Noun, by: string, id: Id): boolean {
  return transaction(db, () => {
    const stored = storedRow(db, noun, id);
    if (stored === null) return false;
    run(db, `delete from ${noun} where id = ?`, [id]);
    log(db, by, 'removed', noun, id, stored, null);
    return true;
  });
}

/** Sets a setting of the dossier; the audit keeps what it was. */
export function putSetting(db: Db, by: string, key: string, value: string): void {
  transaction(db, () => {
    const before = get<{ value: string }>(db, 'select value from dossier where key = ?', [key]) ?? null;
    if (before?.value === value) return;
    run(db, 'insert into dossier (key, value) values (?, ?) on conflict (key) do update set value = excluded.value', [
      key,
      value,
    ]);
    log(db, by, before === null ? 'added' : 'changed', 'dossier', key, before && { ...before }, { value });
  });
}

/** The audit of one row, oldest first, or of the whole dossier. */
export function listAudit(db: Db, noun?: Noun, id?: Id): AuditRow[] {
  const columns = 'at, by, action, noun, row_id, before, after';
  return noun === undefined || id === undefined
    ? all(db, `select ${columns} from audit order by fid`)
    : all(db, `select ${columns} from audit where noun = ? and row_id = ? order by fid`, [noun, id]);
}

function log(db: Db, by: string, action: AuditRow['action'], noun: Noun, id: Id, before: Stored, after: Stored): void {
  run(db, 'insert into audit (at, by, action, noun, row_id, before, after, sites) values (?, ?, ?, ?, ?, ?, ?, ?)', [
    new Date().toISOString(),
    by,
    action,
    noun,
    id,
    readable(before),
    readable(after),
    sitesOf(db, noun, { ...before, ...after }),
  ]);
}

type Stored = Record<string, Param> | null;

/** A row with its bytes by their digest. */
function storedRow(db: Db, noun: Noun, id: Id): Stored {
  const row = get<Record<string, Param>>(db, `select * from ${noun} where id = ?`, [id]);
  if (row === undefined) return null;
  return Object.fromEntries(
    Object.entries(row).flatMap(([column, value]) =>
      column === 'fid' ? [] : [[column, value instanceof Uint8Array ? digestOf(value) : value]],
    ),
  );
}

/** A row as the audit keeps it. */
function readable(row: Stored): string | null {
  if (row === null) return null;
  return JSON.stringify(row, (column, value: unknown) => (SECRET.includes(column) && value !== null ? '•' : value));
}

/** The sites that a row is about, each between blanks, as `audit.sites` keeps them; `null` where it is about none. */
function sitesOf(db: Db, noun: Noun, row: Record<string, Param>): string | null {
  if (noun === 'sites') return ` ${row.id} `;
  if (typeof row.site === 'string') return ` ${row.site} `;
  const activity = noun === 'activities' ? row.id : (row.activity ?? row.feature);
  if (typeof activity !== 'string') return null;
  const owner = get<{ sites: string }>(
    db,
    `select sites from activities where id = ?1 union all select '["' || site || '"]' from zones where id = ?1
     union all select '["' || id || '"]' from sites where id = ?1
     union all select '["' || site || '"]' from stations where id = ?1`,
    [activity],
  );
  const sites = noun === 'activities' ? row.sites : owner?.sites;
  const list = typeof sites === 'string' ? (JSON.parse(sites) as Id[]) : [];
  return list.length === 0 ? null : ` ${list.join(' ')} `;
}

function same(stored: Param | undefined, given: Param | undefined): boolean {
  return stored === (given instanceof Uint8Array ? digestOf(given) : given);
}
