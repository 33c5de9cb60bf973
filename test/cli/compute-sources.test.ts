/** `saryarka compute` on maps, tables and climate cubes, and what the rules make of the figures. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { putSource } from '../../src/store/catalogue.ts';
import { closeDossier, createDossier, openDossier } from '../../src/store/dossier.ts';
import { listObservations } from '../../src/store/observations.ts';
import { putSite } from '../../src/store/sites.ts';
import { putZone } from '../../src/store/zones.ts';
import type { Observation, Position } from '../../src/types.ts';

const cubes = join(import.meta.dirname, '..', 'golden', 'cubes');
let folder = '';
const at = (name: string): string => join(folder, name);

const box = (west: number, south: number, east: number, north: number): Position[] => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
  [west, south],
];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'saryarka-compute-'));
  const db = createDossier(at('s.gpkg'));
  putSource(db, 'test', { id: 'map', title: 'Map', href: null, lang: null, kind: 'own', licence: null, note: null });
  putSite(db, 'test', {
    id: 's',
    kind: 'biosphere-reserve',
    name: { en: 'S' },
    countries: ['KZ'],
    parent: null,
    ecosystems: null,
    note: null,
  });
  for (const [kind, west] of [
    ['core', 66.5],
    ['buffer', 67],
    ['transition', 67.5],
  ] as const) {
    putZone(db, 'test', {
      id: `s/${kind}`,
      site: 's',
      kind,
      name: {},
      valid: { start: null, end: null },
      geometry: { type: 'MultiPolygon', coordinates: [[box(west, 49, west + 0.5, 50)]] },
      from: { source: 'map' },
    });
  }
  closeDossier(db);
  const road = {
    type: 'LineString',
    coordinates: [
      [66.6, 49.5],
      [66.9, 49.5],
    ],
  };
  writeFileSync(at('roads.geojson'), JSON.stringify({ type: 'Feature', properties: {}, geometry: road }));
  writeFileSync(at('villages.csv'), 'name,lon,lat,population\nA,66.7,49.4,35\n');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function run(...argv: string[]): Promise<{ exit: number; told: string }> {
  let told = '';
  const take = (...words: unknown[]): void => {
    told += `${words.join(' ')}\n`;
  };
  const spies = [vi.spyOn(console, 'log').mockImplementation(take), vi.spyOn(console, 'error').mockImplementation(take)];
  vi.stubEnv('SARYARKA_LANG', 'en');
  try {
    return { exit: await main(argv), told };
  } finally {
    for (const spy of spies) spy.mockRestore();
    vi.unstubAllEnvs();
  }
}

const compute = (indicator: string, ...rest: string[]) =>
  run('compute', at('s.gpkg'), '--site', 's', '--indicator', indicator, '--input', ...rest);

function stored(indicator: string): Observation[] {
  const db = openDossier(at('s.gpkg'), { readOnly: true });
  try {
    return listObservations(db).filter((o) => o.indicator === indicator);
  } finally {
    closeDossier(db);
  }
}

test('inputs are named with an equals sign; figures are kept once, and the rules ask about them', async () => {
  const inputs = [`roads=${at('roads.geojson')}`, `settlements=${at('villages.csv')}`];
  const first = await compute('pressure', ...inputs, '--param', 'date=2024');
  expect(first).toMatchObject({ exit: 0, told: expect.stringMatching(/^pressure: 9 figures for 3 zones, run-pressure-/) });
  const again = await compute('pressure', ...inputs, '--param', 'date=2024');
  expect(again.told).toContain('nothing has changed');
  const gradient = stored('pressure-gradient');
  expect(gradient.map(({ feature, by }) => `${feature} ${by.class}`)).toContain('s roads:core-buffer');
  const { told } = await run('check', at('s.gpkg'), '--site', 's');
  expect(told).toMatch(/Z08 question: .*settlements: 1/);
  expect(told).toMatch(/Z09|Z10 question: .*core area.*roads/);
});

test('people of settlements; a name may stand before its files as well', async () => {
  const { exit } = await compute('population', 'settlements', at('villages.csv'));
  expect(exit).toBe(0);
  expect(stored('population').map(({ feature, value }) => [feature, value])).toEqual([
    ['s/core', 35],
    ['s/buffer', 0],
    ['s/transition', 0],
  ]);
});

describe('a variable of a cube', () => {
  test('is read by its name for compute, and a record that is too short is told', async () => {
    const { exit, told } = await compute(
      'drought',
      `precipitation=${join(cubes, 'packed-hdf5.nc')}#pr`,
      '--param',
      'precipitation-unit=mm',
    );
    expect(exit).not.toBe(0);
    expect(told).toMatch(/input "precipitation" has \d+ dates; at least 48 are needed/);
  });

  test('is read by its name for stats', async () => {
    const written = at('rain.csv');
    expect((await run('stats', at('s.gpkg'), `${join(cubes, 'packed-hdf5.nc')}#pr`, '-o', written)).exit).toBe(0);
  });
});

test('what is not known is said with what would do', async () => {
  expect((await compute('weather', 'x.tif')).told).toMatch(/drought, .*population, pressure/);
  expect((await compute('pressure', `mines=${at('villages.csv')}`)).told).toMatch(/expected built-up, cropland, roads/);
});
