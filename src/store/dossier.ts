/**
 * A dossier is one GeoPackage file: made, opened, checked and closed here.
 *
 *     const db = openDossier('korgalzhyn.gpkg');
 *     try { … } finally { closeDossier(db); }
 */
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { envelopeOfBinary } from '../formats/geopackage-binary.ts';
import { fileState, placeWhole, startsLikeSqlite, withScratchFile } from '../formats/source-node.ts';
import { Problem } from '../problems.ts';
import { all, asProblem, type Db, get, run, transaction } from './db.ts';
import { migrations } from './schema.ts';

/** `GPKG` in the SQLite header and version 1.4.0 of the standard. OGC 12-128r19, requirement 2. */
const APPLICATION_ID = 0x47504b47;
const GEOPACKAGE_VERSION = 10400;

/** How long a writer waits for another one [ms]. */
const BUSY_TIMEOUT = 5000;

/**
 * Makes a new dossier at `path`, or in memory with `:memory:`.
 * @throws Problem `dossier-exists`, `dossier-cannot-open`, `disk-full`.
 */
export function createDossier(path: string): Db {
  if (path === ':memory:') return connectNew(path);
  if (fileState(path) !== 'missing') throw new Problem('dossier-exists', { file: path });
  return openDossier(
    placeWhole(path, (draft) => {
      closeDossier(connectNew(draft));
    }),
  );
}

function connectNew(path: string): Db {
  const db = connect(path, {});
  try {
    db.exec(`pragma application_id = ${APPLICATION_ID}; pragma user_version = ${GEOPACKAGE_VERSION};`);
    configure(db);
    migrate(db, 0);
    return db;
  } catch (error) {
    db.close();
    throw asProblem(error, path);
  }
}

/**
 * Opens the dossier at `path`, bringing an older one up to date.
 * @throws Problem `file-missing`, `dossier-not-one`, `dossier-damaged`, `dossier-newer`, `dossier-read-only`, `dossier-busy`.
 */
export function openDossier(path: string, { readOnly = false } = {}): Db {
  const state = fileState(path);
  if (state === 'missing') throw new Problem('file-missing', { file: path });
  if (state === 'folder') throw new Problem('file-is-folder', { file: path });
  if (state === 'read-only' && !readOnly) throw new Problem('dossier-read-only', { file: path });
  // Beside a file on a locked medium SQLite cannot keep the log that WAL needs; nobody can write there, so it may read without one.
  const db = state === 'read-only' ? connect(`${pathToFileURL(path)}?immutable=1`, { readOnly: true }) : connect(path, {});
  try {
    // A connection that could write folds its log away when it closes; one that could not would leave it lying beside the file.
    if (readOnly) db.exec('pragma query_only = on');
    checkKind(db, path);
    if (!readOnly) {
      checkPages(db, path); // before anything is written into a file that is already damaged
      configure(db);
      migrate(db, schemaVersion(db));
    }
    return db;
  } catch (error) {
    db.close();
    throw asProblem(error, path);
  }
}

/** Folds the log back into the file, so that one file can be carried away, and closes it. */
export function closeDossier(db: Db): void {
  if (db.isOpen) db.close();
}

/** The country whose reserves the dossier is of (ISO 3166-1 alpha-2), or `null` for a dossier of any reserves. */
export function homeCountry(db: Db): string | null {
  return get<{ value: string }>(db, "select value from dossier where key = 'home-country'")?.value ?? null;
}

export function setHomeCountry(db: Db, country: string): void {
  run(db, "insert into dossier (key, value) values ('home-country', ?) on conflict (key) do update set value = excluded.value", [
    country,
  ]);
}

/** Whether the file at `path` is a dossier: a GeoPackage with our tables. Any other file, or none, is not. */
export function isDossier(path: string): boolean {
  if (fileState(path) === 'missing' || fileState(path) === 'folder' || !startsLikeSqlite(path)) return false;
  const db = connect(path, { readOnly: true });
  try {
    return hasOurTables(db);
  } catch (error) {
    throw asProblem(error, path);
  } finally {
    db.close();
  }
}

/** The dossier as one file's bytes, with all that is acknowledged, while others go on reading and writing. */
export function dossierBytes(db: Db): Uint8Array<ArrayBuffer> {
  return withScratchFile((scratch) => dossierCopy(db, scratch));
}

/** Writes the same to a new file at `path`. */
export function dossierCopy(db: Db, path: string): void {
  const reading = get<{ query_only: number }>(db, 'pragma query_only')?.query_only === 1;
  db.exec('pragma query_only = off'); // it would forbid writing the copy, too
  try {
    run(db, 'vacuum into ?', [path]);
  } finally {
    if (reading) db.exec('pragma query_only = on');
  }
}

/**
 * What is unsound in an open dossier, a sentence each; nothing for a sound one. Reads the whole file.
 */
export function verifyDossier(db: Db): string[] {
  const broken = all<{ integrity_check: string }>(db, 'pragma integrity_check').map((row) => row.integrity_check);
  const orphans = all<{ table: string; rowid: number; parent: string }>(db, 'pragma foreign_key_check').map(
    (row) => `${row.table} row ${row.rowid} points to a row of ${row.parent} that does not exist`,
  );
  return [...broken.filter((line) => line !== 'ok'), ...orphans];
}

function connect(path: string, options: { readOnly?: boolean }): Db {
  try {
    const db = new DatabaseSync(path, { ...options, timeout: BUSY_TIMEOUT });
    registerSpatialFunctions(db);
    return db;
  } catch (error) {
    throw asProblem(error, path);
  }
}

function configure(db: Db): void {
  // WAL with full synchronisation: an acknowledged write survives a killed process and a lost supply.
  db.exec('pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on;');
}

function checkKind(db: Db, path: string): void {
  const application = get<{ application_id: number }>(db, 'pragma application_id')?.application_id;
  if (application !== APPLICATION_ID || !hasOurTables(db)) throw new Problem('dossier-not-one', { file: path });
  const found = schemaVersion(db);
  if (found > migrations.length) {
    throw new Problem('dossier-newer', { file: path, found: String(found), known: String(migrations.length) });
  }
}

function checkPages(db: Db, path: string): void {
  const found = get<{ quick_check: string }>(db, 'pragma quick_check(1)')?.quick_check;
  if (found !== 'ok') throw new Problem('dossier-damaged', { file: path });
}

function hasOurTables(db: Db): boolean {
  return get(db, "select 1 from sqlite_master where type = 'table' and name = 'dossier'") !== undefined;
}

function schemaVersion(db: Db): number {
  return Number(get<{ value: string }>(db, "select value from dossier where key = 'schema-version'")?.value ?? 0);
}

function migrate(db: Db, from: number): void {
  if (from >= migrations.length) return;
  transaction(db, () => {
    for (const sql of migrations.slice(from)) db.exec(sql);
    run(
      db,
      "insert into dossier (key, value) values ('schema-version', ?) on conflict (key) do update set value = excluded.value",
      [String(migrations.length)],
    );
  });
}

/** The functions that the standard's R-tree triggers call. OGC 12-128r19, Annex F.3. */
function registerSpatialFunctions(db: Db): void {
  const register = (name: string, of: (bytes: Uint8Array) => number | null): void => {
    db.function(name, { deterministic: true }, (bytes) => (bytes instanceof Uint8Array ? of(bytes) : null));
  };
  register('ST_IsEmpty', (bytes) => (envelopeOfBinary(bytes) === null ? 1 : 0));
  register('ST_MinX', (bytes) => envelopeOfBinary(bytes)?.[0] ?? null);
  register('ST_MinY', (bytes) => envelopeOfBinary(bytes)?.[1] ?? null);
  register('ST_MaxX', (bytes) => envelopeOfBinary(bytes)?.[2] ?? null);
  register('ST_MaxY', (bytes) => envelopeOfBinary(bytes)?.[3] ?? null);
}
