/** Waters at the shore of a reserve, from the shipped facts: whose figures its review shows, and the bed by zone from the command. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { watersAtShore } from '../../src/plans/aral-tables.ts';
import type { Db } from '../../src/store/db.ts';
import { closeDossier, openDossier } from '../../src/store/dossier.ts';
import { nearbyOf } from '../../src/store/nearby.ts';
import { listObservationsOf } from '../../src/store/observations.ts';
import { loadReviewFacts } from '../../src/store/review-facts.ts';
import { loadSiteFacts } from '../../src/store/site-facts.ts';
import { listSites } from '../../src/store/sites.ts';

const data = join(import.meta.dirname, '..', '..', 'data', 'kazakhstan');
let folder = '';
let path = '';
let told: string[] = [];

const withDossier = <Value>(read: (db: Db) => Value): Value => {
  const db = openDossier(path);
  try {
    return read(db);
  } finally {
    closeDossier(db);
  }
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'shore-'));
  path = join(folder, 'k.gpkg');
  for (const way of ['log', 'error'] as const) vi.spyOn(console, way).mockImplementation((line: string) => void told.push(line));
  await main(['new', path]);
  const tables = ['sources', 'datasets', 'sites', 'designations', 'zones', 'observations-aral'].map((name) =>
    join(data, `${name}.csv`),
  );
  expect(await main(['import', path, ...tables]), told.join('\n')).toBe(0);
});
afterAll(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

test('Barsakelmes has the sea and the parts that reached it; exposed bed of the whole is made with its run, and nothing is kept', () => {
  const { nearby, runs } = withDossier((db) => nearbyOf(db, loadSiteFacts(db, 'barsakelmes')));
  expect(nearby.map(({ site }) => site.id)).toEqual(['aral-sea', 'aral-sea-south', 'aral-sea-east']);
  const [whole, south] = nearby;
  const exposed = whole?.observations.filter(({ indicator }) => indicator === 'exposed-bed') ?? [];
  // what sources state for 2014 against the largest area they state: the run's own table says so
  expect(exposed.find(({ period }) => period?.start.startsWith('2014'))).toMatchObject({ unit: 'km2', n: 3, role: 'computed' });
  expect(exposed.every(({ from }) => 'run' in from && from.run === runs[0]?.id)).toBe(true);
  expect(south?.observations.some(({ indicator }) => indicator === 'exposed-bed')).toBe(false);
  withDossier((db) => {
    expect(listObservationsOf(db, 'aral-sea', ['exposed-bed'])).toEqual([]);
    const facts = loadReviewFacts(db, 'barsakelmes');
    expect(facts.runs.get(runs[0]?.id ?? '')?.method).toBe('area-left');
    expect(facts.nearby).toHaveLength(3);
  });
});

test('a reserve without a water at its shore has none, and every water and site of the shipped table exists', () => {
  withDossier((db) => {
    expect(nearbyOf(db, loadSiteFacts(db, 'korgalzhyn')).nearby).toEqual([]);
    const ids = listSites(db).map(({ id }) => id);
    for (const site of ids) for (const water of watersAtShore(site)) expect(ids).toContain(water);
    expect(watersAtShore('ramsar-lesser-aral')).toEqual(['aral-sea-north']);
  });
});

test('with a map of the bed: figures of every zone and year, kept with their run; figures that are none are told', async () => {
  const square = (west: number, east: number) => [
    [
      [west, 45.05],
      [east, 45.05],
      [east, 45.15],
      [west, 45.15],
      [west, 45.05],
    ],
  ];
  const features = (['core', 'buffer', 'transition'] as const).map((zone, i) => ({
    type: 'Feature',
    properties: { zone },
    geometry: { type: 'Polygon', coordinates: square(59.1 + i * 0.1, 59.2 + i * 0.1) },
  }));
  const zones = join(folder, 'zones.geojson');
  writeFileSync(zones, JSON.stringify({ type: 'FeatureCollection', features }));
  expect(await main(['import', path, zones, '--site', 'barsakelmes'])).toBe(0);
  const rows = Array.from({ length: 20 }, (_, y) =>
    Array.from({ length: 40 }, (_, x) => (y === 0 || y === 19 || x === 0 || x === 39 ? 99 : 20 + x)).join(' '),
  );
  const bed = join(folder, 'bed.asc');
  writeFileSync(bed, `ncols 40\nnrows 20\nxllcorner 59\nyllcorner 45\ncellsize 0.01\n${rows.join('\n')}\n`);
  const args = ['water', 'exposed-bed', path, '--feature', 'barsakelmes', '--bathymetry', bed];
  told = [];
  expect(await main([...args, '--water', 'aral-sea,aral-sea-south,aral-sea-east', '--crs', 'EPSG:4326']), told.join('\n')).toBe(
    0,
  );
  withDossier((db) => {
    const core = listObservationsOf(db, 'barsakelmes/core', ['exposed-bed', 'lake-area']);
    expect(new Set(core.map(({ period }) => period?.start.slice(0, 4))).size).toBeGreaterThan(40);
    const of = (year: string, indicator: string) =>
      core.find((o) => o.indicator === indicator && o.period?.start.startsWith(year))?.value;
    expect(of('1960', 'exposed-bed')).toBe(0);
    expect(of('2019', 'lake-area')).toBe(0); // 26.3 m lies west of the zone, which begins at 30 m
    expect(of('2019', 'exposed-bed')).toBeCloseTo(of('1960', 'lake-area') ?? 0, 3);
    expect(loadReviewFacts(db, 'barsakelmes').facts.observations.some(({ id }) => id === core[0]?.id)).toBe(true);
  });
  const refused = async (...more: string[]): Promise<string> => {
    told = [];
    expect(await main([...args, ...more])).not.toBe(0);
    return told.join('\n');
  };
  expect(await refused('--water', 'aral-sea')).toContain('--crs');
  expect(await refused('--crs', 'EPSG:4326', '--reference-level', '50')).toContain('≥ 53.4');
  expect(await refused('--crs', 'EPSG:4326', '--water', 'syr-darya')).toContain('lake-level');
  expect(await refused('--crs', 'EPSG:4326', '--from', 'here')).toContain('--from');
});
