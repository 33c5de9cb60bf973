import { describe, expect, test } from 'vitest';
import { all, get } from '../../src/store/db.ts';
import { setVisitors } from '../../src/store/roles.ts';
import { csrfOf, openSession } from '../../src/store/sessions.ts';
import { tokenDigest } from '../../src/store/tokens.ts';
import { setStatus } from '../../src/store/users.ts';
import { listAudit } from '../../src/store/write.ts';
import { smallDossier } from '../store/facts-fixture.ts';
import { browserOf, cookieIn, NOW, PASSWORD, person, served, sharedDossier } from './people.ts';

const HOUR = 3_600_000;
const later = (ms: number): Date => new Date(NOW.getTime() + ms);
const tokenIn = (reply: Response): string => /^[^=]+=([^;]*)/.exec(cookieIn(reply))?.[1] ?? '';

describe('signing in', () => {
  test('gives a session whose cookie no script can read, and the token that goes back with writes', async () => {
    const db = sharedDossier();
    const reply = await browserOf(served(db), db, null)('POST', '/api/session', { login: ' ROOT ', password: PASSWORD });
    expect(reply.status).toBe(200);
    const cookie = cookieIn(reply);
    expect(cookie).toMatch(/^saryarka=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/);
    const session = (await reply.json()) as { user: unknown; csrf: string; roles: unknown };
    expect(session).toMatchObject({
      mode: 'accounts',
      user: { id: 'root', name: 'root of the tests' },
      roles: { '*': 'administrator' },
    });
    expect(session.csrf).toBe(csrfOf(tokenIn(reply)));
  });

  test('keeps of the token only its digest, and nothing of either in the audit', async () => {
    const db = sharedDossier();
    const reply = await browserOf(served(db), db, null)('POST', '/api/session', { login: 'root', password: PASSWORD });
    const token = tokenIn(reply);
    expect(get(db, 'select token from sessions')).toEqual({ token: tokenDigest(token) });
    const everything = JSON.stringify(all(db, 'select * from sessions')) + JSON.stringify(all(db, 'select * from users'));
    expect(everything).not.toContain(token);
    expect(everything).not.toContain(PASSWORD);
    const audit = JSON.stringify(listAudit(db));
    expect(audit).toContain('"sessions"');
    expect(audit).not.toContain(tokenDigest(token));
    expect(audit).not.toContain('scrypt$');
  });

  test('over https the cookie is sent over https alone, and browsers are told to stay there', async () => {
    const db = sharedDossier();
    const app = served(db, { access: { local: false, hosts: ['reserve.example'], proxies: ['10.0.0.1'] } });
    const headers = { host: 'reserve.example', 'x-forwarded-proto': 'https', 'x-forwarded-for': '192.0.2.7' };
    const ask = (from: string) =>
      app.request(
        '/api/session',
        { method: 'POST', headers, body: JSON.stringify({ login: 'root', password: PASSWORD }) },
        { incoming: { socket: { remoteAddress: from } } },
      );
    const trusted = await ask('10.0.0.1');
    expect(cookieIn(trusted)).toMatch(/^__Host-saryarka=.*; Secure; SameSite=Lax$/);
    expect(trusted.headers.get('strict-transport-security')).toBe('max-age=31536000');
    const stranger = await ask('10.0.0.2'); // says the same, but is not believed
    expect(cookieIn(stranger)).not.toContain('Secure');
    expect(stranger.headers.get('strict-transport-security')).toBeNull();
  });

  test('a wrong password and an unknown name are told in the same words', async () => {
    const db = sharedDossier();
    const ask = browserOf(served(db), db, null);
    const wrong = await ask('POST', '/api/session', { login: 'root', password: 'something else entirely' });
    const unknown = await ask('POST', '/api/session', { login: 'nobody-here', password: PASSWORD });
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    expect(await wrong.text()).toBe(await unknown.text());
    expect(cookieIn(wrong)).toBe('');
  });

  test('a session that somebody planted is not taken over: signing in gives a new one and ends the old', async () => {
    const db = sharedDossier();
    const app = served(db);
    const planted = openSession(db, 'root', NOW).token;
    const reply = await browserOf(app, db, null)(
      'POST',
      '/api/session',
      { login: 'root', password: PASSWORD },
      { cookie: `saryarka=${planted}`, 'x-csrf-token': csrfOf(planted) },
    );
    expect(tokenIn(reply)).not.toBe(planted);
    const old = await app.request('/api/account/sessions', { headers: { host: 'localhost', cookie: `saryarka=${planted}` } });
    expect(old.status).toBe(401);
    const made = await browserOf(app, db, null)(
      'POST',
      '/api/session',
      { login: 'root', password: PASSWORD },
      { cookie: 'saryarka=chosen-by-somebody-else' },
    );
    expect(tokenIn(made)).toMatch(/^[\w-]{43}$/);
  });

  test('after some failures a name waits longer and longer, and so does an address, whatever names it tries', async () => {
    const db = sharedDossier();
    person(db, 'aigerim', { almaty: 'editor' });
    let now = NOW;
    const app = served(db, { access: { now: () => now } });
    const ask = browserOf(app, db, null);
    const attempt = (login: string, password: string) => ask('POST', '/api/session', { login, password });
    for (let i = 0; i < 5; i++) expect((await attempt('aigerim', `wrong password ${i}`)).status).toBe(401);
    const refused = await attempt('aigerim', PASSWORD);
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('1');
    expect((await attempt('root', PASSWORD)).status).toBe(200); // others still come in
    now = later(2000);
    expect((await attempt('aigerim', PASSWORD)).status).toBe(200);
  });

  test('many at once are no way around the delay', async () => {
    const db = sharedDossier();
    const ask = browserOf(served(db), db, null);
    const tries = Array.from({ length: 12 }, (_, i) =>
      ask('POST', '/api/session', { login: 'root', password: `a guess number ${i}` }),
    );
    const found = (await Promise.all(tries)).map(({ status }) => status);
    expect(found.filter((status) => status === 401).length).toBe(5);
    expect(found.filter((status) => status === 429).length).toBe(7);
  });
});

describe('a session', () => {
  test('ends after a day without a request, and after thirty days in any case', async () => {
    const db = sharedDossier();
    let now = NOW;
    const app = served(db, { access: { now: () => now } });
    const ask = browserOf(app, db, 'root');
    const status = async (): Promise<number> => (await ask('GET', '/api/account/sessions')).status;
    for (const hours of [0, 23, 46]) {
      now = later(hours * HOUR);
      expect(await status()).toBe(200);
    }
    now = later((46 + 24) * HOUR);
    expect(await status()).toBe(401);
    now = NOW;
    const busy = browserOf(app, db, 'root');
    for (let hour = 0; hour <= 30 * 24; hour += 20) {
      now = later(hour * HOUR);
      expect((await busy('GET', '/api/account/sessions')).status).toBe(hour < 30 * 24 ? 200 : 401);
    }
  });

  test('of a blocked user ends at once', async () => {
    const db = sharedDossier();
    person(db, 'aigerim', { almaty: 'editor' });
    const ask = browserOf(served(db), db, 'aigerim');
    expect((await ask('GET', '/api/account/sessions')).status).toBe(200);
    setStatus(db, 'root', 'aigerim', 'blocked');
    expect((await ask('GET', '/api/account/sessions')).status).toBe(401);
    const again = await browserOf(served(db), db, null)('POST', '/api/session', { login: 'aigerim', password: PASSWORD });
    expect(again.status).toBe(401);
  });

  test('signing out everywhere ends all of them', async () => {
    const db = sharedDossier();
    const app = served(db);
    const [desk, phone] = [browserOf(app, db, 'root'), browserOf(app, db, 'root')];
    expect(await (await phone('GET', '/api/account/sessions')).json()).toHaveLength(2);
    expect((await desk('DELETE', '/api/account/sessions')).status).toBe(204);
    for (const ask of [desk, phone]) expect((await ask('GET', '/api/account/sessions')).status).toBe(401);
  });

  test('a new password needs the old one, and ends the sessions elsewhere', async () => {
    const db = sharedDossier();
    const app = served(db);
    const [desk, phone] = [browserOf(app, db, 'root'), browserOf(app, db, 'root')];
    const next = 'flamingos on lake Tengiz';
    expect((await desk('PUT', '/api/account/password', { old: 'not the one it is', new: next })).status).toBe(403);
    expect((await desk('PUT', '/api/account/password', { old: PASSWORD, new: 'short' })).status).toBe(400);
    const reply = await desk('PUT', '/api/account/password', { old: PASSWORD, new: next });
    expect(reply.status).toBe(200);
    expect((await phone('GET', '/api/account/sessions')).status).toBe(401);
    const kept = await app.request('/api/account/sessions', {
      headers: { host: 'localhost', cookie: `saryarka=${tokenIn(reply)}` },
    });
    expect(kept.status).toBe(200);
  });
});

describe('a write', () => {
  const attempt = async (headers: Record<string, string>, user: string | null = 'root') => {
    const db = user === null ? smallDossier() : sharedDossier();
    const app = served(db);
    const ask = browserOf(app, db, user);
    return (await ask('PUT', '/api/settings', { visitors: 'read' }, headers)).status;
  };

  test('needs the token of its session', async () => {
    expect(await attempt({})).toBe(200);
    expect(await attempt({ 'x-csrf-token': '' })).toBe(403);
    expect(await attempt({ 'x-csrf-token': csrfOf('of another session') })).toBe(403);
  });

  test('that a page elsewhere makes a browser send is refused', async () => {
    expect(await attempt({ origin: 'https://elsewhere.example' })).toBe(403);
    expect(await attempt({ origin: 'null' })).toBe(403);
    expect(await attempt({ 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect(await attempt({ 'sec-fetch-site': 'same-site' })).toBe(403);
  });

  test('without accounts needs the token of this start when a page sends it, and none from a program', async () => {
    const db = smallDossier();
    const app = served(db);
    const ask = browserOf(app, db, null);
    const { csrf, mode } = (await (await ask('GET', '/api/session')).json()) as { csrf: string; mode: string };
    expect(mode).toBe('local');
    expect(csrf).toMatch(/^[\w-]{43}$/);
    expect((await ask('PUT', '/api/settings', { visitors: 'read' })).status).toBe(403);
    expect((await ask('PUT', '/api/settings', { visitors: 'read' }, { 'x-csrf-token': csrf })).status).toBe(200);
    expect((await ask('PUT', '/api/settings', { visitors: 'read' }, { 'x-csrf-token': 'x' })).status).toBe(403);
    const program = await app.request('/api/settings', {
      method: 'PUT',
      headers: { host: 'localhost' },
      body: '{"visitors":"none"}',
    });
    expect(program.status).toBe(200);
  });

  test('of a body past 4 MB is refused unread', async () => {
    const db = sharedDossier();
    const ask = browserOf(served(db), db, 'root');
    expect((await ask('PUT', '/api/settings', { visitors: 'x'.repeat(4 * 1024 * 1024) })).status).toBe(413);
  });
});

describe('who may read', () => {
  test('without users the one at this machine may everything; nothing may stand in between', async () => {
    const app = served(smallDossier());
    const ask = (headers: Record<string, string>, from = '127.0.0.1') =>
      app.request('/api/users', { headers }, { incoming: { socket: { remoteAddress: from } } });
    expect((await ask({ host: 'localhost:8080' })).status).toBe(200);
    expect((await ask({ host: 'localhost', 'x-forwarded-for': '192.0.2.7' })).status).toBe(403);
    expect((await ask({ host: 'localhost' }, '192.0.2.7')).status).toBe(403);
    expect((await ask({ host: 'reserve.example' })).status).toBe(403);
  });

  test('without users nobody may anything on a server that others can reach', async () => {
    const app = served(smallDossier(), { access: { local: false } });
    expect((await app.request('/api/sites', { headers: { host: 'localhost' } })).status).toBe(401);
  });

  test('whoever has not signed in reads only where the dossier says so, and never writes', async () => {
    const db = sharedDossier();
    const ask = browserOf(served(db), db, null);
    expect((await ask('GET', '/api/sites')).status).toBe(401);
    setVisitors(db, 'root', 'read');
    expect((await ask('GET', '/api/sites')).status).toBe(200);
    expect((await ask('PUT', '/api/settings', { visitors: 'none' })).status).toBe(401);
    expect(await (await ask('GET', '/api/session')).json()).toMatchObject({ user: null, csrf: '', roles: { '*': 'reader' } });
  });

  test('a server answers to its names alone', async () => {
    const db = sharedDossier();
    const app = served(db, { access: { local: false, hosts: ['reserve.example'] } });
    const status = async (host: string): Promise<number> => (await app.request('/api/session', { headers: { host } })).status;
    expect(await status('reserve.example')).toBe(200);
    expect(await status('RESERVE.example:8443')).toBe(200);
    expect(await status('evil.example')).toBe(403);
  });

  test('every reply forbids to be shown in a frame, guessed at, or told to other pages', async () => {
    const db = sharedDossier();
    for (const path of ['/', '/api/session', '/api/sites', '/api/nowhere']) {
      const { headers } = await browserOf(served(db), db, null)('GET', path);
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    }
  });

  test('what one may read is not kept by what stands between', async () => {
    const db = sharedDossier();
    const { headers } = await browserOf(served(db), db, 'root')('GET', '/api/users');
    expect(headers.get('cache-control')).toContain('private');
    expect(headers.get('vary')).toContain('cookie');
  });
});
