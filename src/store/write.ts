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

interface AuditRow {
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
    const before = readable(db, noun, row.id);
    const columns = Object.keys(row);
    const list = columns.map((column) => `"${column}"`);
    if (before === null) {
      run(db, `insert into ${noun} (${list.join(', ')}) values (${columns.map(() => '?').join(', ')})`, Object.values(row));
    } else {
      if (columns.every((column) => same(before[column], row[column]))) return 'same';
      run(db, `update ${noun} set ${list.map((column) => `${column} = ?`).join(', ')} where id = ?`, [
        ...Object.values(row),
        row.id,
      ]);
    }
    const after = readable(db, noun, row.id);
    log(db, by, before === null ? 'added' : 'changed', noun, row.id, before, after);
    return before === null ? 'added' : 'changed';
  });
}

/** Removes a row; the audit keeps what it was. Returns whether there was one. */
export function remove(db: Db, noun: Noun, by: string, id: Id): boolean {
  return transaction(db, () => {
    const before = readable(db, noun, id);
    if (before === null) return false;
    run(db, `delete from ${noun} where id = ?`, [id]);
    log(db, by, 'removed', noun, id, before, null);
    return true;
  });
}

/** The audit of one row, oldest first, or of the whole dossier. */
export function listAudit(db: Db, noun?: Noun, id?: Id): AuditRow[] {
  const columns = 'at, by, action, noun, row_id, before, after';
  return noun === undefined || id === undefined
    ? all(db, `select ${columns} from audit order by fid`)
    : all(db, `select ${columns} from audit where noun = ? and row_id = ? order by fid`, [noun, id]);
}

function log(db: Db, by: string, action: AuditRow['action'], noun: Noun, id: Id, before: unknown, after: unknown): void {
  run(db, 'insert into audit (at, by, action, noun, row_id, before, after) values (?, ?, ?, ?, ?, ?, ?)', [
    new Date().toISOString(),
    by,
    action,
    noun,
    id,
    before === null ? null : JSON.stringify(before),
    after === null ? null : JSON.stringify(after),
  ]);
}

/** A row as the audit keeps it: bytes by their digest. */
function readable(db: Db, noun: Noun, id: Id): Record<string, Param> | null {
  const row = get<Record<string, Param>>(db, `select * from ${noun} where id = ?`, [id]);
  if (row === undefined) return null;
  return Object.fromEntries(
    Object.entries(row).flatMap(([column, value]) =>
      column === 'fid' ? [] : [[column, value instanceof Uint8Array ? digestOf(value) : value]],
    ),
  );
}

function same(stored: Param | undefined, given: Param | undefined): boolean {
  return stored === (given instanceof Uint8Array ? digestOf(given) : given);
}
