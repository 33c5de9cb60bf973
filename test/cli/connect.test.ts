/** `saryarka connect` and `saryarka users key`, with replies from test/fixtures/connect. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fetchConnector, listConnectors } from '../../src/cli/connect.ts';
import { userKeys } from '../../src/cli/users.ts';
import { listKeys, userOfKey } from '../../src/store/api-keys.ts';
import { closeDossier, openDossier } from '../../src/store/dossier.ts';
import { listObservationsOfSite } from '../../src/store/observations.ts';
import { sharedDossier } from '../server/people.ts';

const reply = (name: string): string => readFileSync(join(import.meta.dirname, '..', 'fixtures', 'connect', name), 'utf8');

let folder: string;
let said: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'saryarka-connect-'));
  said = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => void said.push(line));
  vi.spyOn(console, 'error').mockImplementation(() => {});
});

afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

function dossier(): string {
  const path = join(folder, 'a.gpkg');
  closeDossier(sharedDossier(path));
  return path;
}

const web = (...replies: string[]) => ({
  environment: {},
  transport: async () => new Response(replies.shift()),
  wait: async () => {},
});

test('list tells licence, state and settings', () => {
  expect(listConnectors({ lang: 'en' }, {})).toBe(0);
  const text = said.join('\n');
  expect(text).toContain('no key configured (SARYARKA_DAHITI_LOGIN)');
  expect(text).toContain('series=ER_H2O_STRESS area=398');
  expect(text).toContain('CC-BY-4.0');
});

test('fetch keeps values in a dossier and writes them with their origin', async () => {
  const [path, csv] = [dossier(), join(folder, 'stress.csv')];
  const options = { lang: 'en' as const, dossier: path, site: 'almaty', output: csv, retrieved: '2026-11-23' };
  expect(await fetchConnector('un-sdg', options, web(reply('un-sdg-1.json'), reply('un-sdg-2.json')))).toBe(0);
  expect(said.join('\n')).toMatch(/ER_H2O_STRESS: 4 values, 1 missing, 2019-01-01 – 2022-01-01, %/);
  expect(said.join('\n')).toContain('3 added');
  const [header, first] = readFileSync(csv, 'utf8').trim().split(/\r?\n/);
  expect(header).toContain('licence,attribution,address,digest,retrieved');
  expect(first).toContain('ER_H2O_STRESS,2019-01-01,2020-01-01,32.65');
  const db = openDossier(path, { readOnly: true });
  expect(listObservationsOfSite(db, 'almaty')).toHaveLength(3);
  closeDossier(db);
});

test('a dossier without a site, and a setting that is none, are refused', async () => {
  await expect(fetchConnector('un-sdg', { lang: 'en', dossier: 'x.gpkg' }, web())).rejects.toThrow(/--site/);
  await expect(fetchConnector('un-sdg', { lang: 'en', with: ['year=2020'] }, web())).rejects.toThrow(/year=2020/);
  await expect(fetchConnector('un-sgd', { lang: 'en' }, web())).rejects.toThrow(/un-sdg, world-bank/);
});

test('--address only says what would be asked', async () => {
  expect(await fetchConnector('world-bank', { lang: 'en', address: true })).toBe(0);
  expect(said).toEqual([
    'https://api.worldbank.org/v2/country/KAZ/indicator/ER.H2O.FWST.ZS?format=json&per_page=200&page=1&date=2000:2024',
  ]);
});

test('users key: given out once, listed, taken back', async () => {
  const path = dossier();
  await userKeys(path, 'root', { lang: 'en', new: 'logger', days: '30' });
  const [key = ''] = said;
  let db = openDossier(path);
  expect(userOfKey(db, key, new Date())).toBe('root');
  const [kept] = listKeys(db, 'root');
  closeDossier(db);
  await userKeys(path, 'root', { lang: 'en' });
  expect(said.at(-1)).toContain(`${kept?.id}\tlogger\t`);
  await expect(userKeys(path, 'root', { lang: 'en', revoke: 'none' })).rejects.toThrow(/none/);
  await userKeys(path, 'root', { lang: 'en', revoke: kept?.id ?? '' });
  db = openDossier(path);
  expect(userOfKey(db, key, new Date())).toBeNull();
  closeDossier(db);
});
