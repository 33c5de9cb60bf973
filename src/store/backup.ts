/**
 * Copies of a dossier while others go on working, and a dossier put back from a copy.
 *
 *     await backup(db, 'korgalzhyn-2026-11-23.gpkg');           // checked before it takes its name
 *     const { kept } = restoreFile('copy.gpkg', 'korgalzhyn.gpkg', { force: true });
 *
 * A backup holds everything, accounts too: keep it where only administrators can read it. Whoever was signed in when it was made is
 * not signed in by it, and links that were open then stay closed.
 */
import { join } from 'node:path';
import { backup as copyPages, DatabaseSync } from 'node:sqlite';
import { discard, fileState, placeWhole, putAside, scratchFolder, startsLikeSqlite } from '../formats/source-node.ts';
import { Problem } from '../problems.ts';
import { inThread } from './backup-thread.ts';
import { asProblem, type Db, run } from './db.ts';
import { closeDossier, dossierCopy, isDossier, openDossier, verifyDossier } from './dossier.ts';
import { newId } from './tokens.ts';

/** Pages copied at a time: between two such pieces others are served. */
const PAGES_AT_ONCE = 500;

/**
 * Writes a copy of `db` to `path` in one piece, after checking it; one that was there before stays until then.
 * @throws Problem `backup-unsound`, `disk-full`.
 */
export function backup(db: Db, path: string): void {
  placeWhole(path, (draft) => {
    dossierCopy(db, draft);
    const found = problemsIn(draft);
    if (found.length > 0) throw new Problem('backup-unsound', { file: path, found: found.join('; ') });
  });
}

/**
 * The same for a server: copied step by step and checked in a thread of its own, so that readers and writers hardly notice.
 * @throws Problem `backup-unsound`, `disk-full`.
 */
export async function backupAside(db: Db, path: string): Promise<void> {
  try {
    await copyPages(db, path, { rate: PAGES_AT_ONCE });
  } catch (error) {
    throw asProblem(error, path);
  }
  const found = await inThread({ do: 'check', file: path });
  if (found.length > 0) throw new Problem('backup-unsound', { file: path, found: found.join('; ') });
}

/** What is unsound in the dossier that `db` is open on, found in a thread of its own; one in memory is looked at here. */
export async function checkAside(db: Db): Promise<string[]> {
  const file = db.location();
  return file === null ? verifyDossier(db) : inThread({ do: 'check', file });
}

/**
 * Puts the copy at `from` in place of the dossier at `to`; what was there is kept beside it.
 * @throws Problem `restore-unsound`, `restore-exists`, `dossier-busy` while another program has the dossier open.
 */
export function restoreFile(from: string, to: string, { force = false }: { force?: boolean } = {}): { kept: string | null } {
  if (fileState(from) === 'missing') throw new Problem('file-missing', { file: from });
  if (fileState(to) !== 'missing' && !force) throw new Problem('restore-exists', { file: to });
  let kept: string | null = null;
  placeWhole(to, (draft) => {
    soundCopy(from, draft);
    if (fileState(to) === 'missing') return;
    foldAway(to);
    kept = putAside(to);
  });
  return { kept };
}

/**
 * Puts the copy at `from` in place of what the open dossier `db` holds, which is first kept as `kept`. Other programs that have it
 * open see the change as one write.
 * @throws Problem `restore-unsound`, `dossier-busy`.
 */
export async function restoreInto(db: Db, from: string, kept: string): Promise<void> {
  const sound = scratchFile();
  try {
    await inThread({ do: 'sound-copy', file: from, to: sound });
    await backupAside(db, kept);
    const to = db.location();
    if (to === null) throw new Error('a dossier in memory cannot be restored');
    const source = new DatabaseSync(sound, { readOnly: true });
    try {
      await copyPages(source, to, { rate: 2 ** 31 - 1 }); // all at once: nobody reads half of it
    } catch (error) {
      throw asProblem(error, to);
    } finally {
      source.close();
    }
  } finally {
    discard(sound);
  }
}

/** A checked copy of the dossier at `from`, brought up to date, without sessions and open links. @throws Problem `restore-unsound`. */
export function soundCopy(from: string, to: string): void {
  if (!startsLikeSqlite(from) || !isDossier(from)) throw new Problem('dossier-not-one', { file: from });
  const source = openDossier(from, { readOnly: true });
  try {
    dossierCopy(source, to);
  } finally {
    closeDossier(source);
  }
  const copy = openDossier(to);
  try {
    const found = verifyDossier(copy);
    if (found.length > 0) throw new Problem('restore-unsound', { file: from, found: found.join('; ') });
    run(copy, 'delete from sessions');
    run(copy, 'delete from api_keys'); // one that was revoked since must not open again
    run(copy, 'update invitations set used = created where used is null');
    copy.exec('pragma journal_mode = delete'); // one file, nothing beside it
  } finally {
    closeDossier(copy);
  }
}

let folder: string | null = null;

/** A name for a file that is only made in passing: whoever makes it discards it. */
export function scratchFile(): string {
  folder ??= scratchFolder();
  return join(folder, `${newId()}.gpkg`);
}

/** What is unsound in the file at `path`; what cannot be opened at all is told by its problem. */
export function problemsIn(path: string): string[] {
  try {
    const db = openDossier(path, { readOnly: true });
    try {
      return verifyDossier(db);
    } finally {
      closeDossier(db);
    }
  } catch (error) {
    if (error instanceof Problem) return [error.message];
    throw error;
  }
}

/** Folds the log into the file before that is put aside. A damaged file is put aside as it is. @throws Problem `dossier-busy`. */
function foldAway(path: string): void {
  let db: DatabaseSync | null = null;
  try {
    db = new DatabaseSync(path, { timeout: 1000 });
    db.exec('pragma journal_mode = delete'); // refused while anybody else has it open
  } catch (error) {
    const problem = asProblem(error, path);
    if (problem instanceof Problem && problem.code === 'dossier-busy') throw problem;
  } finally {
    db?.close();
  }
}
