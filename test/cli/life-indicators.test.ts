import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { closeDossier, openDossier } from '../../src/store/dossier.ts';
import { getRun, listObservations } from '../../src/store/observations.ts';
import { putOccurrence, putTaxon } from '../../src/store/occurrences.ts';
import { putZone } from '../../src/store/zones.ts';
import type { Position } from '../../src/types.ts';
import { smallDossier } from '../store/facts-fixture.ts';

let folder = '';
let told: string[] = [];
let failed: string[] = [];
const at = (name: string): string => join(folder, name);

const from = { source: 'unesco-almaty' };

/** Two zones; five species over six years in the core, one of them robbed of its eggs. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'life-'));
  [told, failed] = [[], []];
  vi.spyOn(console, 'log').mockImplementation((line: string) => void told.push(line));
  vi.spyOn(console, 'error').mockImplementation((line: string) => void failed.push(line));
  const db = smallDossier(at('k.gpkg'));
  for (const [kind, west] of [
    ['core', 76],
    ['buffer', 76.02],
  ] as const) {
    const ring: Position[] = [
      [west, 43],
      [west + 0.02, 43],
      [west + 0.02, 43.02],
      [west, 43.02],
      [west, 43],
    ];
    const geometry = { type: 'MultiPolygon' as const, coordinates: [[ring]] };
    putZone(db, 'test', {
      id: `almaty/${kind}`,
      site: 'almaty',
      kind,
      name: {},
      valid: { start: null, end: null },
      geometry,
      from,
    });
  }
  for (const id of ['a', 'b', 'c', 'd', 'saker']) {
    const secret = id === 'saker';
    putTaxon(db, 'test', {
      ...{ id, name: id, rank: 'species', parent: null, vernacular: {}, categories: { iucn: secret ? 'EN' : 'LC' } },
      ...{ sensitivity: secret ? 2 : null, sensitivityReason: secret ? 'robbed' : null },
    });
    for (let year = 2015; year < 2021; year++)
      if (id.charCodeAt(0) % 3 <= year % 3)
        putOccurrence(db, 'test', {
          ...{
            id: `${id}-${year}`,
            site: 'almaty',
            taxon: id,
            place: [76.01, 43.01] as Position,
            uncertaintyM: 10,
            count: null,
            basis: null,
          },
          ...{ recordedBy: null, fields: {}, from, period: { start: `${year}-05-01`, end: `${year}-05-02` } },
        });
  }
  closeDossier(db);
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

test.each(['en', 'ru', 'kk', 'tr'])('life indicators (%s): figures of zones with their run, the same again', async (lang) => {
  for (const _ of [1, 2]) expect(await main(['life', 'indicators', at('k.gpkg'), '--site', 'almaty', '--lang', lang])).toBe(0);
  expect(failed).toEqual([]);
  const half = told.length / 2;
  expect(told.slice(half)).toEqual(told.slice(0, half));
  const db = openDossier(at('k.gpkg'));
  const kept = listObservations(db).filter(({ role }) => role === 'computed');
  for (const { from: origin } of kept) expect('run' in origin && getRun(db, origin.run)).toBeTruthy();
  const of = (indicator: string, feature: string) =>
    kept.find((one) => one.indicator === indicator && one.feature === feature && one.by.class === undefined);
  expect(of('species-recorded', 'almaty/core')?.value).toBe(4);
  expect(of('species-recorded', 'almaty')?.value).toBe(5);
  closeDossier(db);
});

test('a sensitive species is in no figure of a zone smaller than the cell it is shown in', async () => {
  expect(
    await main(['life', 'indicators', at('k.gpkg'), '--site', 'almaty', '--indicator', 'threatened-species', '--json']),
  ).toBe(0);
  const found = JSON.parse(told.join('\n')) as { feature: string; by: { class?: string }; value: number; note: string | null }[];
  const value = (feature: string): number | undefined =>
    found.find((one) => one.feature === feature && one.by.class === 'EN')?.value;
  expect(value('almaty/core')).toBe(0);
  expect(found.find(({ feature }) => feature === 'almaty/core')?.note ?? '').toContain('species-undecided');
  expect(told.join('')).not.toMatch(/76\.01|robbed/);
});

test('what is not known is named', async () => {
  expect(await main(['life', 'indicators', at('k.gpkg'), '--site', 'almaty', '--indicator', 'birds'])).not.toBe(0);
  expect(failed.join('\n')).toContain('inventory-completeness');
});
