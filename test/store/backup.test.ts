import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { backup, backupAside, restoreFile, restoreInto } from '../../src/store/backup.ts';
import { all, get, run } from '../../src/store/db.ts';
import { closeDossier, openDossier, verifyDossier } from '../../src/store/dossier.ts';
import { invite, openInvitation } from '../../src/store/invitations.ts';
import { openSession } from '../../src/store/sessions.ts';
import { getSite, putSite } from '../../src/store/sites.ts';
import { addUser } from '../../src/store/users.ts';
import { problemOf } from '../formats/expect-problem.ts';
import { almaty, smallDossier } from './facts-fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'saryarka-backup-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const NOW = new Date('2026-11-23T08:00:00.000Z');
let n = 0;
const fresh = (): string => join(folder, `${++n}.gpkg`);

function dossierWithUser(path: string) {
  const db = smallDossier(path);
  addUser(db, 'test', { id: 'root', name: 'Root', lang: 'en', password: 'scrypt$x', now: NOW.toISOString() });
  openSession(db, 'root', NOW);
  return db;
}

const namesIn = (path: string): string[] => {
  const db = openDossier(path, { readOnly: true });
  const ids = all<{ id: string }>(db, 'select id from sites order by id').map(({ id }) => id);
  closeDossier(db);
  return ids;
};

describe('a backup', () => {
  test('made while others write holds what was acknowledged, and is sound', async () => {
    const [path, to] = [fresh(), fresh()];
    const db = smallDossier(path);
    putSite(db, 'test', { ...almaty, id: 'aksu' });
    await backupAside(db, to);
    expect(namesIn(to)).toEqual(['aksu', 'almaty']);
    const other = openDossier(path);
    putSite(other, 'test', { ...almaty, id: 'barsakelmes' });
    backup(db, to);
    expect(namesIn(to)).toEqual(['aksu', 'almaty', 'barsakelmes']);
    closeDossier(other);
    closeDossier(db);
  });

  test('that is not sound does not take the place of the one before', async () => {
    const [path, to] = [fresh(), fresh()];
    const db = smallDossier(path);
    backup(db, to);
    const before = readFileSync(to);
    db.exec('pragma foreign_keys = off');
    run(
      db,
      "insert into designations (id, site, kind, quality, from_source) values ('x', 'nowhere', 'national', 'ok', 'unesco-almaty')",
    );
    expect((await problemOf(() => backup(db, to))).code).toBe('backup-unsound');
    expect(readFileSync(to).equals(before)).toBe(true);
    closeDossier(db);
  });
});

describe('a restored dossier', () => {
  test('is the backup, and what was there is kept beside it', async () => {
    const [path, copy] = [fresh(), fresh()];
    const db = dossierWithUser(path);
    backup(db, copy);
    putSite(db, 'test', { ...almaty, id: 'later' });
    closeDossier(db);
    expect((await problemOf(() => restoreFile(copy, path))).code).toBe('restore-exists');
    const { kept } = restoreFile(copy, path, { force: true });
    expect(namesIn(path)).toEqual(['almaty']);
    expect(kept).toBe(path.replace('.gpkg', '.before-restore.gpkg'));
    expect(namesIn(kept ?? '')).toEqual(['almaty', 'later']);
    expect(restoreFile(copy, path, { force: true }).kept).toBe(path.replace('.gpkg', '.before-restore-2.gpkg'));
  });

  test('has neither the sessions nor the open links of the day of its backup', async () => {
    const [path, copy, to] = [fresh(), fresh(), fresh()];
    const db = dossierWithUser(path);
    const { token } = invite(db, 'root', { login: 'dana', site: null, role: 'reader' }, NOW);
    backup(db, copy);
    closeDossier(db);
    restoreFile(copy, to);
    const restored = openDossier(to);
    expect(get(restored, 'select count(*) as n from sessions')).toEqual({ n: 0 });
    expect((await problemOf(() => openInvitation(restored, token, NOW))).code).toBe('invitation-gone');
    expect(get(restored, 'select count(*) as n from users')).toEqual({ n: 1 });
    closeDossier(restored);
  });

  test('is not put under a program that has the dossier open', async () => {
    const [path, copy] = [fresh(), fresh()];
    const db = smallDossier(path);
    backup(db, copy);
    expect((await problemOf(() => restoreFile(copy, path, { force: true }))).code).toBe('dossier-busy');
    expect(getSite(db, 'almaty')?.id).toBe('almaty');
    closeDossier(db);
  });

  test('takes the place of a damaged one, which is kept for whoever can mend it', async () => {
    const [path, copy] = [fresh(), fresh()];
    const db = smallDossier(copy);
    closeDossier(db);
    writeFileSync(path, 'this was a dossier before the disk died');
    const { kept } = restoreFile(copy, path, { force: true });
    expect(namesIn(path)).toEqual(['almaty']);
    expect(readFileSync(kept ?? '', 'utf8')).toContain('before the disk died');
  });

  test.each([
    ['no database', Buffer.from('hello'), 'dossier-not-one'],
    ['nothing', Buffer.alloc(0), 'dossier-not-one'],
  ] as const)('does not come from %s', async (_, bytes, code) => {
    const [from, to] = [fresh(), fresh()];
    writeFileSync(from, bytes);
    expect((await problemOf(() => restoreFile(from, to))).code).toBe(code);
    expect(existsSync(to)).toBe(false);
  });

  test('does not come from a damaged backup', async () => {
    const [path, from, to] = [fresh(), fresh(), fresh()];
    const db = smallDossier(path);
    backup(db, from);
    closeDossier(db);
    const bytes = readFileSync(from);
    bytes.fill(0x5a, 4096 * 3, 4096 * 20);
    writeFileSync(from, bytes);
    expect(() => restoreFile(from, to)).toThrow();
    expect(existsSync(to)).toBe(false);
  });

  test('can be put under a server that goes on: it sees the restored rows, and the old ones are beside', async () => {
    const [path, copy] = [fresh(), fresh()];
    const db = dossierWithUser(path);
    backup(db, copy);
    putSite(db, 'test', { ...almaty, id: 'later' });
    const kept = `${path}.kept.gpkg`;
    await restoreInto(db, copy, kept);
    expect(getSite(db, 'later')).toBeNull();
    expect(namesIn(kept)).toEqual(['almaty', 'later']);
    putSite(db, 'test', { ...almaty, id: 'after' });
    expect(verifyDossier(db)).toEqual([]);
    closeDossier(db);
    expect(namesIn(path)).toEqual(['after', 'almaty']);
  });
});
