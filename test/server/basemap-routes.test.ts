import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { createApp } from '../../src/server/app.ts';
import { smallDossier } from '../store/facts-fixture.ts';

const app = createApp({ db: smallDossier(), file: 'x.gpkg', lang: 'en', today: () => '2026-11-23' });
const ask = (headers: Record<string, string> = {}) => app.request('/api/basemap', { headers: { host: 'localhost', ...headers } });

interface Base {
  features: { properties: { layer: string; code?: string }; geometry: { type: string; coordinates: unknown } }[];
}

test('the base map holds land, water, borders and names, and every country once', async () => {
  const { features } = (await (await ask()).json()) as Base;
  const layers = new Set(features.map(({ properties }) => properties.layer));
  expect(layers).toEqual(new Set(['land', 'lake', 'river', 'border', 'disputed', 'name']));
  const named = features.filter(({ properties }) => properties.layer === 'name').map(({ properties }) => properties.code);
  expect(new Set(named).size).toBe(named.length);
  expect(named).toContain('KZ');
});

test('the name of Kazakhstan stands in Kazakhstan', async () => {
  const { features } = (await (await ask()).json()) as Base;
  const name = features.find(({ properties: { layer, code } }) => layer === 'name' && code === 'KZ');
  const [lon = 0, lat = 0] = (name?.geometry.coordinates ?? []) as number[];
  expect([lon > 50 && lon < 85, lat > 43 && lat < 54]).toEqual([true, true]);
});

test('the same base map is not sent twice', async () => {
  const first = await ask();
  const again = await ask({ 'if-none-match': first.headers.get('etag') ?? '' });
  expect(again.status).toBe(304);
});

test('it is sent small: less than a megabyte', async () => {
  const reply = await ask({ 'accept-encoding': 'gzip' });
  const bytes = new Uint8Array(await reply.arrayBuffer());
  expect(bytes.length).toBeLessThan(1_000_000);
  expect(gunzipSync(bytes).length).toBeGreaterThan(1_000_000);
});
