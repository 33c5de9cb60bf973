import { expect, test } from 'vitest';
import type { Corridors } from '../../src/api/corridors.ts';
import type { SiteDetail } from '../../src/api/sites.ts';
import { languages } from '../../src/i18n/index.ts';
import { drawZone, planned, reservesWithCores, squares } from '../store/network-fixture.ts';
import { served } from './people.ts';

const BASE = '/api/sites/almaty';
const asking = (app: ReturnType<typeof served>) => (path: string) => app.request(path, { headers: { host: 'localhost' } });

test('without a plan there is none, and the page is told so', async () => {
  const ask = asking(served(reservesWithCores()));
  expect((await ask(`${BASE}/corridors`)).status).toBe(404);
  expect(((await (await ask(BASE)).json()) as SiteDetail).corridors).toBe(0);
  expect(await (await ask(`${BASE}/corridors.geojson`)).json()).toMatchObject({ features: [] });
  expect((await ask('/api/sites/nowhere/corridors')).status).toBe(404);
});

test.each(languages)('in %s: sentences, lists, and every line and stone of the map with what it is', async (lang) => {
  const db = reservesWithCores();
  const { run } = planned(db);
  const ask = asking(served(db));
  const shown = (await (await ask(`${BASE}/corridors?lang=${lang}`)).json()) as Corridors;
  expect(shown).toMatchObject({ run, changed: [] });
  expect([shown.state.length, shown.best.length, shown.method.length].every((n) => n > 0)).toBe(true);
  expect(shown.corridors.every(({ proven, after, gain }) => proven && after > gain)).toBe(true);
  const map = await ask(`${BASE}/corridors.geojson?lang=${lang}`);
  const { features } = (await map.json()) as { features: { properties: { part: string; what: string } }[] };
  const parts = Map.groupBy(features, ({ properties }) => properties.part);
  expect([...parts].map(([part, own]) => [part, own.length])).toEqual([
    ['neighbour', 1],
    ['band', shown.corridors.length],
    ['link', shown.links.length],
    ['stone', shown.stones.length],
  ]);
  expect(features.every(({ properties }) => properties.what.length > 10 && !properties.what.includes('map.corridor'))).toBe(true);
  const detail = (await (await ask(BASE)).json()) as SiteDetail;
  expect(detail.corridors).toBe(shown.corridors.length + shown.links.length + shown.stones.length);
});

test('who redraws the cores of a neighbour changes what is said', async () => {
  const db = reservesWithCores();
  planned(db);
  const ask = asking(served(db));
  const changed = async () => ((await (await ask(`${BASE}/corridors`)).json()) as Corridors).changed;
  expect(await changed()).toEqual([]);
  drawZone(db, 'hills', 'core', squares(0.12, [77.6, 43]));
  expect(await changed()).toMatchObject([{ en: 'Hills' }]);
});
