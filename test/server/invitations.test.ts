import { expect, test } from 'vitest';
import type { Invited } from '../../src/api/accounts.ts';
import { rolesOf } from '../../src/store/roles.ts';
import { getUser, hasAdministrator } from '../../src/store/users.ts';
import { listAudit } from '../../src/store/write.ts';
import { smallDossier } from '../store/facts-fixture.ts';
import { browserOf, cookieIn, NOW, PASSWORD, person, served, sharedDossier } from './people.ts';

const codeOf = async (reply: Response): Promise<string> => ((await reply.json()) as { code: string }).code;

async function invitedTo(site: string, { by = 'root', role = 'editor', login = 'dana' } = {}) {
  const db = sharedDossier();
  person(db, 'chief', { almaty: 'administrator' });
  const app = served(db);
  const reply = await browserOf(app, db, by)('POST', `/api/sites/${site}/invitations`, { login, role });
  const { path } = (await reply.json()) as Invited;
  return { db, app, status: reply.status, link: `/api${path}`, guest: browserOf(app, db, null) };
}

test('an invitation opens an account once, with the role that it names', async () => {
  const { db, link, guest } = await invitedTo('almaty', { by: 'chief' });
  expect(await (await guest('GET', link)).json()).toMatchObject({ login: 'dana', role: 'editor', site: 'almaty', known: false });
  const reply = await guest('POST', link, { name: 'Dana', password: PASSWORD });
  expect(reply.status).toBe(200);
  expect(cookieIn(reply)).toContain('HttpOnly');
  expect(rolesOf(db, 'dana')).toEqual({ almaty: 'editor' });
  expect(await codeOf(await guest('POST', link, { name: 'Somebody else', password: PASSWORD }))).toBe('invitation-gone');
  expect((await guest('GET', link)).status).toBe(404);
});

test('a link that was guessed, withdrawn or has expired opens nothing', async () => {
  const { db, app, link, guest } = await invitedTo('almaty');
  expect((await guest('GET', '/api/invitation/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA')).status).toBe(404);
  const after = served(db, { access: { now: () => new Date(NOW.getTime() + 7 * 86_400_000) } });
  expect((await browserOf(after, db, null)('GET', link)).status).toBe(404);
  const root = browserOf(app, db, 'root');
  const [{ id } = { id: '' }] = (await (await root('GET', '/api/invitations')).json()) as { id: string }[];
  expect((await root('DELETE', `/api/invitations/${id}`)).status).toBe(204);
  expect((await guest('GET', link)).status).toBe(404);
});

test('the list of invitations and the audit do not hold the link', async () => {
  const { db, app, link } = await invitedTo('almaty');
  const token = link.split('/').at(-1) ?? '-';
  expect(await (await browserOf(app, db, 'root')('GET', '/api/invitations')).text()).not.toContain(token);
  expect(JSON.stringify(listAudit(db))).not.toContain(token);
});

test('the administrator of a site invites to that site alone, and does not see or withdraw what is of others', async () => {
  const { db, app, status } = await invitedTo('korgalzhyn', { by: 'chief' });
  expect(status).toBe(403);
  const chief = browserOf(app, db, 'chief');
  expect((await chief('POST', '/api/invitations', { login: 'dana', role: 'reader' })).status).toBe(403);
  const root = browserOf(app, db, 'root');
  const { invitation } = (await (
    await root('POST', '/api/sites/korgalzhyn/invitations', { login: 'dana', role: 'editor' })
  ).json()) as Invited;
  expect(await (await chief('GET', '/api/invitations')).json()).toEqual([]);
  expect((await chief('DELETE', `/api/invitations/${invitation.id}`)).status).toBe(403);
  expect((await chief('PUT', '/api/sites/korgalzhyn/roles/chief', { role: 'administrator' })).status).toBe(403);
});

test('an invitation for a name that exists sets no password: its owner signs in and gets the further role', async () => {
  const { db, app, link, guest } = await invitedTo('almaty', { login: 'root', by: 'chief', role: 'reader' });
  expect(await codeOf(await guest('POST', link, { name: 'Thief', password: 'a password of the thief' }))).toBe('login-taken');
  expect(await codeOf(await browserOf(app, db, 'chief')('POST', link, {}))).toBe('invitation-other');
  expect((await browserOf(app, db, 'root')('POST', link, {})).status).toBe(200);
  expect(rolesOf(db, 'root')).toEqual({ '*': 'administrator', almaty: 'reader' });
});

test('accepting an invitation never lowers a role', async () => {
  const { db, app, link } = await invitedTo('almaty', { login: 'chief', role: 'reader' });
  expect((await browserOf(app, db, 'chief')('POST', link, {})).status).toBe(200);
  expect(rolesOf(db, 'chief')).toEqual({ almaty: 'administrator' });
});

test('who may no longer invite has invited nobody', async () => {
  const { db, app, link, guest } = await invitedTo('almaty', { by: 'chief' });
  expect((await browserOf(app, db, 'root')('PUT', '/api/users/chief', { status: 'blocked' })).status).toBe(200);
  expect(await codeOf(await guest('POST', link, { name: 'Dana', password: PASSWORD }))).toBe('invitation-gone');
});

test('a link to a new password works once and signs out everywhere', async () => {
  const db = sharedDossier();
  person(db, 'dana', { almaty: 'editor' });
  const app = served(db);
  const [root, dana, guest] = [browserOf(app, db, 'root'), browserOf(app, db, 'dana'), browserOf(app, db, null)];
  const { path } = (await (await root('POST', '/api/users/dana/password')).json()) as Invited;
  const next = 'pelicans over the reeds';
  expect((await guest('POST', `/api${path}`, { password: next })).status).toBe(200);
  expect((await dana('GET', '/api/account/sessions')).status).toBe(401);
  expect((await guest('POST', `/api${path}`, { password: next })).status).toBe(404);
  expect((await guest('POST', '/api/session', { login: 'dana', password: next })).status).toBe(200);
});

test('the first user has to be an administrator of everything; then everybody signs in', async () => {
  const db = smallDossier();
  const app = served(db);
  const ask = (body: object) =>
    app.request('/api/users', { method: 'POST', headers: { host: 'localhost' }, body: JSON.stringify(body) });
  const dana = { login: 'dana', name: 'Dana', lang: 'kk', password: PASSWORD };
  expect(await codeOf(await ask({ ...dana, role: 'editor', site: null }))).toBe('administrator-first');
  expect((await ask({ ...dana, role: 'administrator', site: null })).status).toBe(201);
  expect((await ask({ ...dana, login: 'other', role: 'reader', site: null })).status).toBe(401);
});

test('the last administrator can be neither blocked nor lowered', async () => {
  const db = sharedDossier();
  const root = browserOf(served(db), db, 'root');
  for (const [method, path, body] of [
    ['PUT', '/api/users/root', { status: 'blocked' }],
    ['PUT', '/api/users/root/role', { role: 'editor' }],
    ['DELETE', '/api/users/root/role', undefined],
  ] as const) {
    expect(await codeOf(await root(method, path, body))).toBe('administrator-last');
  }
  expect(hasAdministrator(db)).toBe(true);
  expect(getUser(db, 'root')?.status).toBe('active');
});

test('two administrators do not overwrite each other: the second is told what is stored', async () => {
  const db = sharedDossier();
  person(db, 'dana', { almaty: 'editor' });
  const root = browserOf(served(db), db, 'root');
  const seen = (await root('GET', '/api/users/dana')).headers.get('etag') ?? '';
  const first = await root('PUT', '/api/users/dana', { name: 'Dana A.' }, { 'if-match': seen });
  expect(first.status).toBe(200);
  const second = await root('PUT', '/api/users/dana', { name: 'Dana B.' }, { 'if-match': seen });
  expect(second.status).toBe(412);
  expect(await second.json()).toMatchObject({ code: 'changed-meanwhile', stored: { name: 'Dana A.' } });
  expect(second.headers.get('etag')).toBe(first.headers.get('etag'));
});

test('a name to sign in with that belongs to the program is refused', async () => {
  const db = sharedDossier();
  const root = browserOf(served(db), db, 'root');
  for (const login of ['local', 'CLI', 'a b', '../x', '=cmd', ''])
    expect((await root('POST', '/api/invitations', { login, role: 'reader' })).status, login).toBe(400);
});
