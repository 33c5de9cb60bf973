/** Contradictions among sources stand beside the figures that they bear on. Texts: data/aral/conflicts.csv. */
import { expect, test } from 'vitest';
import type { IndicatorDetail } from '../../src/api/indicators.ts';
import { createApp } from '../../src/server/app.ts';
import { createDossier } from '../../src/store/dossier.ts';
import { importAral } from '../../src/store/series-aral.ts';

const db = createDossier(':memory:');
importAral(db, 'test');
const app = createApp({ db, file: 'a.gpkg', lang: 'en', today: () => '2026-11-23' });

async function conflicts(site: string, indicator: string, lang = 'en'): Promise<IndicatorDetail['conflicts']> {
  const reply = await app.request(`/api/sites/${site}/indicators/${indicator}?lang=${lang}`, { headers: { host: 'localhost' } });
  expect(reply.status).toBe(200);
  return ((await reply.json()) as IndicatorDetail).conflicts;
}

test('the volume of the whole Aral: C1 and what else is named for it, in the language asked for', async () => {
  const [first] = await conflicts('aral-sea', 'lake-volume');
  expect(first).toMatchObject({ id: 'C1', text: expect.stringContaining('1,101') });
  expect((await conflicts('aral-sea', 'lake-volume', 'ru'))[0]?.text).toContain('Объём 1960 года');
});

test('level and volume of the North: C3', async () => {
  expect((await conflicts('aral-sea-north', 'lake-level')).map(({ id }) => id)).toContain('C3');
});

test('none where no source contradicts another, and none beside figures that are not there', async () => {
  expect(await conflicts('aral-sea-north', 'lake-evaporation')).toEqual([]);
  expect(await conflicts('aral-sea-west', 'inflow')).toEqual([]);
});
