import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Db } from '../../src/store/db.ts';
import { closeDossier, openDossier } from '../../src/store/dossier.ts';
import { getSite, putSite } from '../../src/store/sites.ts';
import { hasUsers } from '../../src/store/users.ts';
import { almaty } from '../store/facts-fixture.ts';
import { browserOf, person, served, sharedDossier } from './people.ts';

let folder: string;
let db: Db;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'saryarka-backup-routes-'));
  file = join(folder, 'kazakhstan.gpkg');
  db = sharedDossier(file);
});

afterEach(() => {
  closeDossier(db);
  rmSync(folder, { recursive: true, force: true });
});

async function usersIn(reply: Response): Promise<boolean> {
  const path = join(folder, 'downloaded.gpkg');
  const { writeFile } = await import('node:fs/promises');
  await writeFile(path, new Uint8Array(await reply.arrayBuffer()));
  const copy = openDossier(path, { readOnly: true });
  try {
    expect(getSite(copy, 'almaty')?.id).toBe('almaty');
    return hasUsers(copy);
  } finally {
    closeDossier(copy);
    rmSync(path);
  }
}

test('a reader of everything takes a copy without accounts; the backup with them is for administrators', async () => {
  person(db, 'dana', { '*': 'reader' });
  const app = served(db, { file });
  const dana = browserOf(app, db, 'dana');
  const copy = await dana('GET', '/api/dossier.gpkg');
  expect(copy.headers.get('content-disposition')).toBe('attachment; filename="kazakhstan.gpkg"');
  expect(await usersIn(copy)).toBe(false);
  expect((await dana('GET', '/api/backup.gpkg')).status).toBe(403);
  const root = browserOf(app, db, 'root');
  expect(await usersIn(await root('GET', '/api/backup.gpkg'))).toBe(true);
  expect(await usersIn(await root('GET', '/api/dossier.gpkg'))).toBe(false);
});

test('the check reads the whole file and finds a sound one sound', async () => {
  const root = browserOf(served(db, { file }), db, 'root');
  expect(await (await root('GET', '/api/check')).json()).toEqual({ found: [] });
});

const restore = (app: ReturnType<typeof served>, bytes: Uint8Array, headers: Record<string, string>, from = '127.0.0.1') =>
  app.request(
    '/api/restore',
    { method: 'POST', headers: { host: 'localhost', ...headers }, body: new Uint8Array(bytes) },
    { incoming: { socket: { remoteAddress: from } } },
  );

async function headersOf(app: ReturnType<typeof served>): Promise<Record<string, string>> {
  const { csrfOf, openSession } = await import('../../src/store/sessions.ts');
  const { token } = openSession(db, 'root', new Date('2026-11-23T08:00:00.000Z'));
  expect(app).toBeDefined();
  return { cookie: `saryarka=${token}`, 'x-csrf-token': csrfOf(token) };
}

test('a backup is put back from this machine; what was there is kept, and everybody signs in again', async () => {
  const app = served(db, { file });
  const bytes = new Uint8Array(await (await browserOf(app, db, 'root')('GET', '/api/backup.gpkg')).arrayBuffer());
  putSite(db, 'test', { ...almaty, id: 'later' });
  const headers = await headersOf(app);
  const reply = await restore(app, bytes, headers);
  expect(await reply.json()).toEqual({ kept: 'kazakhstan.before-restore.gpkg' });
  expect(getSite(db, 'later')).toBeNull();
  expect((await app.request('/api/account/sessions', { headers: { host: 'localhost', ...headers } })).status).toBe(401);
  const kept = openDossier(join(folder, 'kazakhstan.before-restore.gpkg'), { readOnly: true });
  expect(getSite(kept, 'later')?.id).toBe('later');
  closeDossier(kept);
});

test('nothing is put back from another machine, through a proxy, or from what is no dossier', async () => {
  const app = served(db, { file });
  const headers = await headersOf(app);
  const before = readFileSync(file);
  expect((await restore(app, before, headers, '192.0.2.7')).status).toBe(403);
  expect((await restore(app, before, { ...headers, 'x-forwarded-for': '192.0.2.7' })).status).toBe(403);
  const text = await restore(app, new TextEncoder().encode('SQLite format 3\0 and then nothing'), headers);
  expect(text.status).toBe(400);
  expect(getSite(db, 'almaty')?.id).toBe('almaty');
});
