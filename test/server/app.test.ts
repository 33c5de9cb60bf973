import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { createApp } from '../../src/server/app.ts';
import { putObservation } from '../../src/store/observations.ts';
import { putDesignation, putSite } from '../../src/store/sites.ts';
import { almaty, smallDossier, total } from '../store/facts-fixture.ts';

function app() {
  const db = smallDossier();
  putObservation(db, 'test', total);
  putDesignation(db, 'test', {
    id: 'almaty-br',
    site: 'almaty',
    kind: 'biosphere-reserve',
    code: null,
    year: 2020,
    date: null,
    criteria: null,
    quality: 'ok',
    note: null,
    from: { source: 'unesco-almaty' },
  });
  putSite(db, 'test', { ...almaty, id: 'trap', name: { en: '<script>alert(1)</script>' } });
  return createApp({ db, file: '/home/me/my "dossier".gpkg', lang: 'en', today: () => '2026-11-23' });
}

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text));

const get = (path: string, headers: Record<string, string> = {}) =>
  app().request(path, { headers: { host: 'localhost:8080', ...headers } });

test('the page that is sent for every screen comes from the build, and only from it', async () => {
  const pages = new Map([
    ['index.html', { bytes: bytesOf('<html>'), gzip: bytesOf('zipped'), mediaType: 'text/html; charset=utf-8' }],
    ['assets/main.js', { bytes: bytesOf('1'), gzip: bytesOf('zipped'), mediaType: 'text/javascript; charset=utf-8' }],
  ]);
  const served = createApp({ db: smallDossier(), file: 'x.gpkg', lang: 'en', today: () => '2026-11-23', pages });
  const ask = (path: string, headers = {}) => served.request(path, { headers: { host: 'localhost', ...headers } });
  for (const path of ['/', '/sites/almaty/records/staff']) expect(await (await ask(path)).text()).toBe('<html>');
  expect((await ask('/assets/main.js')).headers.get('cache-control')).toContain('immutable');
  expect((await ask('/', { 'accept-encoding': 'gzip, br' })).headers.get('content-encoding')).toBe('gzip');
  for (const path of ['/assets/other.js', '/../package.json', '/%2e%2e/package.json', '/..%2fpackage.json']) {
    expect((await ask(path)).status).toBe(404);
  }
});

test('a draft follows the language asked for, then the browser, then the start', async () => {
  const draft = '/api/sites/almaty/review/draft.html';
  expect(await (await get(`${draft}?lang=kk`)).text()).toContain('<html lang="kk">');
  expect(await (await get(draft, { 'accept-language': 'de-DE, ru;q=0.8' })).text()).toContain('<html lang="ru">');
  expect(await (await get(draft, { 'accept-language': 'de' })).text()).toContain('<html lang="en">');
});

test('a name is never taken for markup', async () => {
  const page = await (await get('/api/sites/trap/review/draft.html')).text();
  expect(page).not.toContain('<script>');
  expect(page).toContain('&lt;script&gt;');
});

test('a page may load nothing from elsewhere', async () => {
  const policy = (await get('/api/session')).headers.get('content-security-policy');
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self';");
});

test('another host name is refused, so that no page elsewhere can read the dossier', async () => {
  const response = await get('/api/sites', { host: 'evil.example' });
  expect(response.status).toBe(403);
});

test('an unknown site is a sentence in the language asked for and 404', async () => {
  const reply = await get('/api/sites/atlantis/zones?lang=ru');
  expect(reply.status).toBe(404);
  expect(await reply.json()).toMatchObject({ code: 'site-unknown', message: expect.stringContaining('нет объекта «atlantis»') });
});

test('an address of the interface that leads nowhere is 404, not a page', async () => {
  expect(await (await get('/api/nowhere')).json()).toMatchObject({ code: 'not-found' });
});

test('the dossier downloads as one SQLite file under a plain name', async () => {
  const response = await get('/api/dossier.gpkg');
  expect(response.headers.get('content-disposition')).toBe('attachment; filename="my__dossier_.gpkg"');
  expect(new TextDecoder().decode((await response.arrayBuffer()).slice(0, 15))).toBe('SQLite format 3');
});

test('the overview as data', async () => {
  const { sites } = (await (await get('/api/sites')).json()) as {
    sites: { id: string; due: string | null; dueState: string | null }[];
  };
  expect(sites.find((site) => site.id === 'almaty')).toMatchObject({ due: '2030-09-30', dueState: 'later', totalHa: 176960 });
  expect(sites.find((site) => site.id === 'trap')).toMatchObject({ due: null, dueState: null });
});

test('a draft can be taken as a file that bears the name of the reserve', async () => {
  const reply = await get('/api/sites/almaty/review/draft.docx?lang=ru');
  expect(reply.headers.get('content-disposition')).toBe('attachment; filename="almaty.ru.docx"');
  expect(new TextDecoder().decode((await reply.arrayBuffer()).slice(0, 2))).toBe('PK');
});

test('a long reply is compressed for whoever takes gzip, after all that is said of it; the session never is', async () => {
  const plain = await get('/api/sites/almaty/review?in=ru');
  const packed = await get('/api/sites/almaty/review?in=ru', { 'accept-encoding': 'gzip, deflate, br' });
  const text = await plain.text();
  expect(text.length).toBeGreaterThan(10 * 1024);
  expect(packed.headers.get('content-encoding')).toBe('gzip');
  expect([plain, packed].map(({ headers }) => headers.get('vary'))).toEqual([
    'cookie, accept-encoding',
    'cookie, accept-encoding',
  ]);
  const bytes = Buffer.from(await packed.arrayBuffer());
  expect(bytes.length).toBeLessThan(text.length / 3);
  expect(gunzipSync(bytes).toString()).toBe(text);
  const session = await get('/api/session', { 'accept-encoding': 'gzip' });
  expect([session.headers.get('content-encoding'), session.headers.get('vary')]).toEqual([null, 'cookie']);
});
