/** What online sources gave, in the dossier: with origin, terms and digest, once. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Fetched, fetchSource } from '../../src/formats/connect.ts';
import { connector, settingsOf } from '../../src/formats/connect-catalogue.ts';
import { listDatasets } from '../../src/store/catalogue.ts';
import { undoChangeset } from '../../src/store/changesets.ts';
import { keepConnected } from '../../src/store/keep-connected.ts';
import { listObservationsOfSite } from '../../src/store/observations.ts';
import { listStations } from '../../src/store/stations.ts';
import { smallDossier } from './facts-fixture.ts';

const reply = (name: string): string => readFileSync(join(import.meta.dirname, '..', 'fixtures', 'connect', name), 'utf8');

async function fetched(id: string, ...replies: string[]): Promise<Fetched> {
  const left = [...replies];
  return fetchSource(id, settingsOf(connector(id), []), {
    environment: {},
    transport: async () => new Response(left.shift()),
    wait: async () => {},
  });
}

test('figures of a country: value, what was written, the row, the terms; missing is no figure', async () => {
  const db = smallDossier();
  const asked = await fetched('un-sdg', reply('un-sdg-1.json'), reply('un-sdg-2.json'));
  const { dataset, changes, changeset } = keepConnected(db, 'test', asked, { site: 'almaty', retrieved: '2026-11-23' });
  expect(changes).toEqual({ added: 3, changed: 0, same: 0 });
  expect(listDatasets(db).find(({ id }) => id === dataset)).toMatchObject({
    digest: asked.digest,
    href: asked.address,
    licence: connector('un-sdg').licence,
    attribution: expect.stringContaining('retrieved 2026-11-23'),
  });
  expect(listObservationsOfSite(db, 'almaty').find(({ period }) => period?.start === '2020-01-01')).toMatchObject({
    indicator: 'water-stress',
    value: 34.06,
    unit: '%',
    low: 33,
    high: 35,
    from: { dataset, row: 'page 1, row 3', quote: '34,06' },
  });
  expect(undoChangeset(db, 'test', changeset ?? '')).toBeGreaterThan(3);
  expect(listObservationsOfSite(db, 'almaty')).toEqual([]);
});

test('the same again changes nothing; what the source corrected is changed, and the audit keeps what it said', async () => {
  const db = smallDossier();
  const how = { site: 'almaty', retrieved: '2026-11-23' };
  const first = reply('world-bank-1.json').replace('"pages": 2', '"pages": 1');
  keepConnected(db, 'test', await fetched('world-bank', first), how);
  const again = keepConnected(db, 'test', await fetched('world-bank', first), how);
  expect([again.changes, again.changeset]).toEqual([{ added: 0, changed: 0, same: 1 }, null]);
  const corrected = keepConnected(db, 'test', await fetched('world-bank', first.replace('33.5', '33.75')), how);
  expect(corrected.changes).toEqual({ added: 0, changed: 1, same: 0 });
  expect(
    db
      .prepare("select json_extract(before, '$.value') as was from audit where noun = 'observations' and action = 'changed'")
      .get(),
  ).toEqual({ was: 33.5 });
});

test('weather of a grid is of its own point, by class; what no indicator stands for is named', async () => {
  const db = smallDossier();
  const { notKept, changes } = keepConnected(db, 'test', await fetched('nasa-power', reply('nasa-power.json')), {
    site: 'almaty',
    retrieved: '2026-11-23',
  });
  expect([notKept, changes.added]).toEqual([['RH2M'], 8]);
  const [cell] = listStations(db, 'almaty');
  expect(cell?.place).toEqual([61.7, 46.1]);
  const classes = listObservationsOfSite(db, 'almaty').map(({ feature, indicator, by }) => [feature, indicator, by.class]);
  expect(new Set(classes.map((one) => JSON.stringify(one))).size).toBe(3);
  expect(classes.every(([feature]) => feature === cell?.id)).toBe(true);
});

test('an unknown site is refused before anything is written', async () => {
  const db = smallDossier();
  const asked = await fetched('nasa-power', reply('nasa-power.json'));
  expect(() => keepConnected(db, 'test', asked, { site: 'nowhere', retrieved: '2026-11-23' })).toThrow(/nowhere/);
  expect(listDatasets(db)).toEqual([]);
});
