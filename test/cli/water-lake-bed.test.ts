/** `saryarka water lake` with a bed, a table or options of its own; `saryarka water exposed-bed`. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { lakeBedFile } from '../../src/api/water.ts';
import { main } from '../../src/cli/main.ts';
import { closeDossier, createDossier, openDossier } from '../../src/store/dossier.ts';
import { listObservationsOf } from '../../src/store/observations.ts';
import { importAral } from '../../src/store/series-aral.ts';

let folder = '';
let told: string[] = [];
let failed: string[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bed-'));
  [told, failed] = [[], []];
  vi.spyOn(console, 'log').mockImplementation((line: string) => void told.push(line));
  vi.spyOn(console, 'error').mockImplementation((line: string) => void failed.push(line));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

/** Squares about 46 N that hold 22 km3 at 40.7 m and 60 km3 at 49 m, much as the North Aral. */
function contours(): string {
  const square = (half: number): number[][][] => [
    [
      [61 - half, 46 - half],
      [61 + half, 46 - half],
      [61 + half, 46 + half],
      [61 - half, 46 + half],
      [61 - half, 46 - half],
    ],
  ];
  const halves: [number, number][] = [
    [30, 0.2],
    [36, 0.28],
    [42, 0.33],
    [46, 0.38],
    [52, 0.44],
  ];
  const features = halves.map(([level, half]) => ({
    type: 'Feature',
    properties: { level },
    geometry: { type: 'Polygon', coordinates: square(half) },
  }));
  return file('contours.geojson', JSON.stringify({ type: 'FeatureCollection', features }));
}

test('a bed given as polygons: its curve, the distance of the shore by option, and a file for the page', async () => {
  const output = join(folder, 'bed.json');
  const args = ['--bathymetry', contours(), '--level-field', 'level', '--place', 'Town=61.6,46', '--bed-output', output];
  expect(await main(['water', 'lake', '--full', '42,44', '--runs', '20', ...args])).toBe(0);
  const text = told.join('\n');
  expect(text).toMatch(/shore from Town: [\d.]+ \([\d.]+ … [\d.]+\) km/);
  expect(text).not.toContain('not known without --bathymetry');
  const bed = lakeBedFile.parse(JSON.parse(readFileSync(output, 'utf8')));
  expect(bed.curve.map(({ level }) => level)).toEqual([30, 36, 42, 46, 52]);
});

test('without a bed the distance of the shore is refused, and why is said', async () => {
  expect(await main(['water', 'lake', '--full', '42', '--runs', '20'])).toBe(0);
  expect(told.join('\n')).toContain('area alone does not say where the shore is');
});

test('a bed that ends below what is asked, a wrong place, twelve months of ice that are eleven: told by option', async () => {
  const wrong = async (...args: string[]): Promise<string> => {
    failed = [];
    expect(await main(['water', 'lake', '--full', '42', '--runs', '5', ...args])).not.toBe(0);
    return failed.join('\n');
  };
  const bed = ['--bathymetry', contours(), '--level-field', 'level'];
  expect(await wrong(...bed, '--place', 'Nowhere')).toContain('--place');
  expect(await wrong(...bed, '--start-volume', '1', '--full', '53')).toContain('--full');
  expect(await wrong('--ice', Array(11).fill('0').join(','))).toContain('--ice');
  expect(await wrong('--since', '1990')).toContain('--since');
  expect(await wrong('--salt-limit', '0')).toContain('--salt-limit');
});

test('a lake on its own table by day: every term of the balance is told, and the file has every step', async () => {
  const curve = file('curve.csv', 'level_m,area_km2,volume_km3\n40,2800,21\n42,3300,27\n44,3913,34\n');
  const days = Array.from({ length: 30 }, (_, i) => `2024-06-${String(i + 1).padStart(2, '0')},0.02,0.1,5,${i < 3 ? 1 : 0}`);
  const forcing = file('days.csv', ['date,inflow_km3,precipitation_mm,evaporation_mm,ice', ...days, ''].join('\n'));
  const output = join(folder, 'balance.csv');
  const args = ['--forcing', forcing, '--curve', curve, '--start-volume', '27', '--full', '42'];
  expect(await main(['water', 'lake', ...args, '--start-salinity', '5', '-o', output])).toBe(0);
  const text = told.join('\n');
  for (const term of ['evaporation', 'precipitation', 'inflow', 'through the gates', 'every step closes'])
    expect(text).toContain(term);
  const [header = '', ...rows] = readFileSync(output, 'utf8').trim().split('\r\n');
  expect(rows).toHaveLength(30);
  const evaporation = rows.map((row) => Number(row.split(',')[header.split(',').indexOf('evaporation_km3')]));
  expect(evaporation.slice(0, 3)).toEqual([0, 0, 0]); // under ice
  expect(evaporation[3]).toBeCloseTo(0.005 * 3.3, 4); // 5 mm on 3,300 km2
  const bad = file('bad.csv', 'date,inflow_km3,precipitation_mm,evaporation_mm\n2024-06-01,x,0,0\n');
  expect(await main(['water', 'lake', '--forcing', bad, '--curve', curve, '--start-volume', '27'])).not.toBe(0);
  expect(failed.join('\n')).toContain('inflow_km3');
});

test('exposed bed of the sea becomes figures of a place at its shore, and says that it is of the whole', async () => {
  const path = join(folder, 'd.gpkg');
  const db = createDossier(path);
  importAral(db, 'test');
  closeDossier(db);
  expect(
    await main(['water', 'exposed-bed', path, '--water', 'aral-sea', '--feature', 'aral-sea-east', '--reference', '68028']),
  ).toBe(0);
  expect(told.join('\n')).toContain('aral-sea-east');
  const again = openDossier(path);
  const kept = listObservationsOf(again, 'aral-sea-east', ['exposed-bed']);
  closeDossier(again);
  const of2014 = kept.find(({ period }) => period?.start.startsWith('2014'));
  expect(of2014).toMatchObject({ unit: 'km2', role: 'computed', n: 3, low: 68_028 - 7900, high: 68_028 - 7297 });
  expect(of2014?.note).toBe('of-water=aral-sea');
  const table = join(folder, 'bed.csv');
  told = [];
  expect(await main(['water', 'exposed-bed', path, '--reference', '68028', '--json', '-o', table])).toBe(0);
  const { figures } = JSON.parse(told.join('\n'));
  const rows = readFileSync(table, 'utf8').trim().split(/\r?\n/);
  expect(rows[0]).toBe('feature,indicator,year,value,low,high,unit');
  expect(rows).toHaveLength(figures.length + 1);
  expect(rows.find((row) => row.includes(',2014,'))).toBe('aral-sea,exposed-bed,2014,60409,60128,60731,km2');
  expect(await main(['water', 'exposed-bed', path, '--water', 'nowhere'])).not.toBe(0);
  expect(failed.join('\n')).toContain('--water');
});
