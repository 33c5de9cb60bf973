/**
 * The four functions that carry every query, and the one place where the database's errors become problems.
 *
 *     const row = get<{ n: number }>(db, 'select count(*) as n from sites');
 *     transaction(db, () => { run(db, 'insert …', [id]); });
 */
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { Problem, type ProblemCode, Problems } from '../problems.ts';

/** An open dossier. */
export type Db = DatabaseSync;

export type Param = SQLInputValue;

const statements = new WeakMap<Db, Map<string, StatementSync>>();

/** All rows of a query. */
export function all<Row>(db: Db, sql: string, params: Param[] = []): Row[] {
  return guarded(db, () => prepared(db, sql).all(...params) as Row[]);
}

/** Each row of a query, made into something as it is read: what it is made of never lies in memory all at once. */
export function each<Row, Made>(db: Db, sql: string, params: Param[], of: (row: Row) => Made): Made[] {
  return guarded(db, () => {
    const made: Made[] = [];
    for (const row of prepared(db, sql).iterate(...params)) made.push(of(row as Row));
    return made;
  });
}

/** The first row of a query, or `undefined`. */
export function get<Row>(db: Db, sql: string, params: Param[] = []): Row | undefined {
  return guarded(db, () => prepared(db, sql).get(...params) as Row | undefined);
}

/** Runs a statement and returns how many rows it changed. */
export function run(db: Db, sql: string, params: Param[] = []): number {
  return guarded(db, () => Number(prepared(db, sql).run(...params).changes));
}

/**
 * Runs `work` in one transaction: all of its writes are kept, or none. Inside a transaction it joins it.
 * @throws Problem `dossier-busy`, `disk-full`, `dossier-read-only` …; whatever `work` throws.
 */
export function transaction<Result>(db: Db, work: () => Result): Result {
  if (db.isTransaction) return work();
  guarded(db, () => db.exec('begin immediate'));
  try {
    const result = work();
    guarded(db, () => db.exec('commit'));
    return result;
  } catch (error) {
    if (db.isTransaction) db.exec('rollback');
    throw error;
  }
}

function prepared(db: Db, sql: string): StatementSync {
  let cache = statements.get(db);
  if (cache === undefined) {
    cache = new Map();
    statements.set(db, cache);
  }
  let statement = cache.get(sql);
  if (statement === undefined) {
    statement = db.prepare(sql);
    cache.set(sql, statement);
  }
  return statement;
}

/** SQLite's primary result codes that a user can do something about. https://sqlite.org/rescode.html */
const CODES: Record<number, ProblemCode> = {
  5: 'dossier-busy',
  6: 'dossier-busy',
  8: 'dossier-read-only',
  10: 'dossier-unreadable',
  11: 'dossier-damaged',
  13: 'disk-full',
  14: 'dossier-cannot-open',
  26: 'dossier-not-one',
};

function guarded<Result>(db: Db, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw asProblem(error, db.location() ?? ':memory:');
  }
}

/** The problem behind an error of SQLite; other errors come back as they are. */
export function asProblem(error: unknown, file: string): unknown {
  if (error instanceof Problem || error instanceof Problems) return error;
  const { errcode, errstr, message } = error as { errcode?: number; errstr?: string; message?: string };
  if (errcode === undefined) return error;
  if ((errcode & 255) === 19) return new Problem('dossier-refuses', { file, found: message ?? errstr ?? '' }, { cause: error });
  const code = CODES[errcode & 255];
  return code === undefined ? error : new Problem(code, { file }, { cause: error });
}
