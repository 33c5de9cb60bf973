/** A dossier that several people share, for the tests of the server: who they are, and how their browsers ask. */
import type { Hono } from 'hono';
import type { Role } from '../../src/api/roles.ts';
import type { AccessOptions } from '../../src/server/access.ts';
import { type AppOptions, createApp } from '../../src/server/app.ts';
import type { Db } from '../../src/store/db.ts';
import { putRole } from '../../src/store/roles.ts';
import { csrfOf, openSession } from '../../src/store/sessions.ts';
import { putSite } from '../../src/store/sites.ts';
import { addUser } from '../../src/store/users.ts';
import { almaty, smallDossier } from '../store/facts-fixture.ts';

export const NOW = new Date('2026-11-23T08:00:00.000Z');

/** The sentence that everybody's password is, and its hash (scrypt, N = 2^15, r = 8, p = 3), worked out once. */
export const PASSWORD = 'steppe wind over Korgalzhyn';
export const HASH = await import('../../src/store/passwords.ts').then(({ hashPassword }) => hashPassword(PASSWORD));

/** Adds `id` with roles by site; `*` for the whole dossier. */
export function person(db: Db, id: string, held: Record<string, Role>): void {
  addUser(db, 'test', { id, name: `${id} of the tests`, lang: 'en', password: HASH, now: NOW.toISOString() });
  for (const [site, role] of Object.entries(held)) putRole(db, 'test', { user: id, site: site === '*' ? null : site, role });
}

/** A dossier with the sites `almaty` and `korgalzhyn` and the administrator `root`. */
export function sharedDossier(path?: string): Db {
  const db = smallDossier(path);
  putSite(db, 'test', { ...almaty, id: 'korgalzhyn', name: { en: 'Korgalzhyn' } });
  person(db, 'root', { '*': 'administrator' });
  return db;
}

export function served(db: Db, { access, ...options }: { access?: AccessOptions } & Partial<AppOptions> = {}): Hono {
  return createApp({
    db,
    file: 'kazakhstan.gpkg',
    lang: 'en',
    today: () => '2026-11-23',
    access: { now: () => NOW, ...access },
    ...options,
  });
}

/** Asks as a page of ours would in the browser of `user`; `null` for somebody who has not signed in. */
export function browserOf(app: Hono, db: Db, user: string | null, now = NOW) {
  const token = user === null ? null : openSession(db, user, now).token;
  const own: Record<string, string> = token === null ? {} : { cookie: `saryarka=${token}`, 'x-csrf-token': csrfOf(token) };
  return (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    app.request(path, {
      method,
      headers: {
        host: 'localhost:8080',
        ...(method === 'GET' ? {} : { origin: 'http://localhost:8080', 'sec-fetch-site': 'same-origin' }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...own,
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
}

/** The value of the session's cookie that a reply sets. */
export function cookieIn(reply: Response): string {
  const [cookie = ''] = reply.headers.getSetCookie().filter((one) => /^(__Host-)?saryarka=/.test(one));
  return cookie;
}
