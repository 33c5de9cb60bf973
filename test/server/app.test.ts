import { expect, test } from 'vitest';
import { createApp } from '../../src/server/app.ts';
import { putObservation } from '../../src/store/observations.ts';
import { putDesignation, putSite } from '../../src/store/sites.ts';
import { putZone } from '../../src/store/zones.ts';
import type { MultiPolygon } from '../../src/types.ts';
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

const get = (path: string, headers: Record<string, string> = {}) =>
  app().request(path, { headers: { host: 'localhost:8080', ...headers } });

test('the first page lists the reserves with their deadlines', async () => {
  const page = await (await get('/')).text();
  expect(page).toContain('Almaty');
  expect(page).toContain('September 30, 2030');
  expect(page).toContain('176,960');
});

test('the page follows the language asked for, then the browser, then the start', async () => {
  expect(await (await get('/?lang=kk')).text()).toContain('<html lang="kk">');
  expect(await (await get('/', { 'accept-language': 'de-DE, ru;q=0.8' })).text()).toContain('<html lang="ru">');
  expect(await (await get('/', { 'accept-language': 'de' })).text()).toContain('<html lang="en">');
});

test('a name is never taken for markup', async () => {
  for (const path of ['/', '/sites/trap', '/sites/trap/review']) {
    const page = await (await get(path)).text();
    expect(page).not.toContain('<script>');
    expect(page).toContain('&lt;script&gt;');
  }
});

test('a page may load nothing from elsewhere', async () => {
  const policy = (await get('/')).headers.get('content-security-policy');
  expect(policy).toContain("default-src 'none'");
});

test('another host name is refused, so that no page elsewhere can read the dossier', async () => {
  const response = await get('/api/sites', { host: 'evil.example' });
  expect(response.status).toBe(403);
});

test('an unknown site is a sentence and 404', async () => {
  const page = await get('/sites/atlantis?lang=ru');
  expect(page.status).toBe(404);
  expect(await page.text()).toContain('нет объекта «atlantis»');
  expect(await (await get('/api/sites/atlantis/zones')).json()).toMatchObject({ code: 'site-unknown' });
});

test('the dossier downloads as one SQLite file under a plain name', async () => {
  const response = await get('/dossier.gpkg');
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

test('several zones of a kind stand below what is declared for the kind', async () => {
  const db = smallDossier();
  const square = (west: number): MultiPolygon => ({
    type: 'MultiPolygon',
    coordinates: [
      [
        [
          [west, 43],
          [west + 0.1, 43],
          [west + 0.1, 43.1],
          [west, 43],
        ],
      ],
    ],
  });
  const core = (id: string, name: string, west: number): void => {
    const valid = { start: null, end: null };
    putZone(db, 'test', {
      id,
      site: 'almaty',
      kind: 'core',
      name: { en: name },
      valid,
      geometry: square(west),
      from: total.from,
    });
  };
  core('almaty/core', 'East', 77);
  core('almaty/core-2', 'West', 76);
  putObservation(db, 'test', { ...total, id: 'core-area', feature: 'almaty/core', value: 7000 });
  const served = createApp({ db, file: 'x.gpkg', lang: 'en', today: () => '2026-11-23' });
  const page = await (await served.request('/sites/almaty', { headers: { host: 'localhost' } })).text();
  const rows = [...page.matchAll(/<tr><th scope="row">(.*?)<\/th>\s*<td[^>]*>(.*?)<\/td>/g)].map(([, name, declared]) => [
    name,
    declared,
  ]);
  expect(rows).toEqual([
    ['core area', '7,000'],
    ['· East', '–'],
    ['· West', '–'],
  ]);
});

test('a draft can be taken as a file that bears the name of the reserve', async () => {
  const reply = await get('/sites/almaty/review?lang=ru&format=docx');
  expect(reply.headers.get('content-disposition')).toBe('attachment; filename="almaty.ru.docx"');
  expect(new TextDecoder().decode((await reply.arrayBuffer()).slice(0, 2))).toBe('PK');
});
