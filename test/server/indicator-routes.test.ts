/** Indicators of a site: what the page is told, what can be drawn and taken along. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { IndicatorDetail, IndicatorList, MethodCard } from '../../src/api/indicators.ts';
import type { JobStatus } from '../../src/api/jobs.ts';
import { languages } from '../../src/i18n/index.ts';
import { computables } from '../../src/run/computing.ts';
import { createApp } from '../../src/server/app.ts';
import { cardHtml, methodCard } from '../../src/server/method-cards.ts';
import { processes } from '../../src/server/process-list.ts';
import { putObservation } from '../../src/store/observations.ts';
import { smallDossier, total } from '../store/facts-fixture.ts';
import { dataFolder, drawCore, until } from './jobs-fixture.ts';

const { folder, remove } = dataFolder();
const db = smallDossier();
const app = createApp({ db, file: 'a.gpkg', lang: 'en', today: () => '2026-11-23', data: folder });
const get = (path: string) => app.request(path, { headers: { host: 'localhost' } });
const json = async <T>(path: string): Promise<T> => (await (await get(path)).json()) as T;
const BASE = '/api/sites/almaty/indicators';
afterAll(remove);

beforeAll(async () => {
  drawCore(db);
  putObservation(db, 'test', total);
  const inputs = { site: 'almaty', 'land-cover': ['cover_2000.tif', 'cover_2020.tif'] };
  const reply = await app.request('/ogc/processes/land-cover/execution', {
    method: 'POST',
    headers: { host: 'localhost', 'content-type': 'application/json' },
    body: JSON.stringify({ inputs }),
  });
  await until(get, ((await reply.json()) as JobStatus).jobID, ['successful']);
});

test('listed are indicators with figures, and those that can be computed, each with what computes it', async () => {
  const { indicators, mapped } = await json<IndicatorList>(BASE);
  expect(mapped).toBe(true);
  const of = (id: string) => indicators.find((one) => one.id === id);
  expect(of('area')).toMatchObject({ process: null, figures: 2, function: 'zonation' });
  expect(of('land-cover')).toMatchObject({ process: 'land-cover', outdated: 0 });
  expect(of('land-cover')?.figures).toBeGreaterThan(1);
  expect(of('drought-months')).toMatchObject({ process: 'drought', figures: 0, sdg: ['13.1'] });
  expect(of('surface-water')?.sdg).toEqual(['6.6']);
  expect(of('fish-catch')).toBeUndefined();
  for (const { id } of processes) expect(indicators.map(({ process }) => process)).toContain(id);
});

test('declared and computed figures stand side by side, each with its origin', async () => {
  const { rows, unit } = await json<IndicatorDetail>(`${BASE}/area`);
  expect(unit).toBe('ha');
  expect(rows.map(({ role }) => role).sort()).toEqual(['computed', 'declared']);
  expect(rows.find(({ role }) => role === 'declared')).toMatchObject({
    text: '176,960',
    place: 'whole reserve',
    origin: expect.stringContaining('UNESCO'),
  });
  expect(rows.find(({ role }) => role === 'computed')).toMatchObject({
    zone: 'core',
    origin: expect.stringContaining('karney-2013'),
  });
});

test('a computed figure leads to its run: inputs with digests, parameters, software', async () => {
  const { rows, runs, series, pictures, card } = await json<IndicatorDetail>(`${BASE}/land-cover?lang=ru`);
  expect(card).toBe('land-cover');
  expect(rows.map((row) => row.class)).toContain('Травяной и кустарниковый покров');
  const [run] = runs;
  expect(rows.every((row) => row.run === run?.id)).toBe(true);
  expect(run?.inputs.map(({ href }) => href)).toEqual([
    'land-cover: cover_2000.tif',
    'land-cover: cover_2020.tif',
    'zones/almaty/core',
  ]);
  expect(run?.inputs.every(({ digest }) => /^sha256:[0-9a-f]{64}$/.test(digest))).toBe(true);
  expect(run?.params).toMatchObject({ legend: 'unccd' });
  expect(pictures.map(({ title }) => title)).toContain('Земной покров, 2020');
  expect(series.length).toBeGreaterThan(0);
});

test('figures are drawn over time and on the ground, as SVG and PNG', async () => {
  const { series, pictures } = await json<IndicatorDetail>(`${BASE}/land-cover`);
  const chart = await get(`${BASE}/land-cover/series.svg?key=${encodeURIComponent(series[0]?.key ?? '')}&zone=core&lang=kk`);
  expect(chart.headers.get('content-type')).toContain('image/svg+xml');
  expect(await chart.text()).toContain('<svg');
  const map = await (await get(`${BASE}/land-cover/map.svg?picture=${encodeURIComponent(pictures.at(-1)?.id ?? '')}`)).text();
  expect(map).toContain('Change of land cover, 2000–2020');
  const png = new Uint8Array(await (await get(`${BASE}/land-cover/map.png`)).arrayBuffer());
  expect([...png.subarray(1, 4)].map((code) => String.fromCharCode(code)).join('')).toBe('PNG');
  expect((await get(`${BASE}/land-cover/map.svg?picture=none`)).status).toBe(404);
  expect((await get(`${BASE}/area/series.svg`)).status).toBe(404);
  expect((await get(`${BASE}/none`)).status).toBe(404);
});

test('figures can be taken along as a table and as zones on a map', async () => {
  const csv = (await (await get(`${BASE}/land-cover/figures.csv`)).text()).trim().split(/\r?\n/);
  const { indicator } = await json<IndicatorDetail>(`${BASE}/land-cover`);
  expect(csv).toHaveLength(indicator.figures + 1);
  expect(csv[0]).toMatch(/^indicator,feature,zone,class/);
  const map = (await json(`${BASE}/land-cover/figures.geojson`)) as {
    features: { properties: Record<string, number | string> }[];
  };
  const [core] = map.features;
  expect(core?.properties).toMatchObject({ id: 'almaty/core', kind: 'core', unit: 'har' });
  // columns 2 to 20 of 2 to 30 stayed grassland: 18 of 28 parts of the core
  const grass = Number(core?.properties['unccd:2']);
  const crops = Number(core?.properties['unccd:3']);
  expect(grass / (grass + crops)).toBeCloseTo(18 / 28, 6);
});

test('figures of ground that was redrawn since are told and not shown', async () => {
  const before = await json<IndicatorDetail>(`${BASE}/land-cover`);
  drawCore(db, 'almaty', [2, 3, 28, 25]);
  const after = await json<IndicatorDetail>(`${BASE}/land-cover`);
  expect(after.rows).toEqual([]);
  expect(after.indicator.outdated).toBe(before.indicator.figures);
  drawCore(db);
  expect((await json<IndicatorDetail>(`${BASE}/land-cover`)).rows).toEqual(before.rows);
});

test('every method that computes has a page; links lead to the web or nowhere, headings below those of the screen', async () => {
  for (const { id } of computables)
    for (const lang of languages) {
      const card = methodCard(id, lang);
      expect(card?.html.length, id).toBeGreaterThan(500);
      expect(card?.html).not.toMatch(/<h[12]|<img|<script|href="(?!https:\/\/)|\son\w+=/);
    }
  expect((await json<MethodCard>('/api/methods/land-cover')).title).toBe('Land cover and its change');
  for (const name of ['none', '..%2fREADME', 'README%2f..%2f..']) expect((await get(`/api/methods/${name}`)).status).toBe(404);
});

test('what is HTML in a page is shown as text', () => {
  const html = cardHtml(
    '<script>alert(1)</script>\n\n[x](javascript:alert(1)) ![y](https://example.org/a.png) <b onclick="z">b</b> [w](trend.md)',
  );
  expect(html).not.toMatch(/<script|<img|<b|javascript:|<a/);
  expect(html).toContain('&#60;script&#62;');
});
