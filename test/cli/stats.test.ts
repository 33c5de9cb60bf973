/** `saryarka stats` from files to the table, and what it says on the way. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { closeDossier, createDossier } from '../../src/store/dossier.ts';
import { putSite } from '../../src/store/sites.ts';
import { putZone } from '../../src/store/zones.ts';
import type { Position, Zone } from '../../src/types.ts';
import { tiff } from '../run/tiff.ts';

let folder = '';
const at = (name: string): string => join(folder, name);

const box = (west: number, south: number, east: number, north: number): Position[] => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
  [west, south],
];

const map = (name: string, features: [properties: object, ring: Position[]][]): string => {
  const collection = {
    type: 'FeatureCollection',
    features: features.map(([properties, ring]) => ({
      type: 'Feature',
      properties,
      geometry: { type: 'Polygon', coordinates: [ring] },
    })),
  };
  writeFileSync(at(name), JSON.stringify(collection));
  return at(name);
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'saryarka-stats-'));
  const grid = {
    width: 40,
    height: 40,
    tile: [16, 16] as [number, number],
    transform: [69, 0.05, 51, -0.05] as [number, number, number, number],
  };
  writeFileSync(at('ndvi_2016-01.tif'), tiff({ ...grid, nodata: -9999, value: (x, y) => (y === 0 ? -9999 : x / 40) }));
  writeFileSync(at('ndvi_2016-02.tif'), tiff({ ...grid, nodata: -9999, value: (x) => x / 20 }));
  writeFileSync(at('cover.tif'), tiff({ ...grid, type: 'uint8', nodata: 0, value: (x) => (x < 20 ? 10 : 20) }));
  writeFileSync(at('bare.tif'), tiff({ ...grid, epsg: null }));
  map('zones.geojson', [
    [{ zone: 'core', name: 'Tengiz' }, box(69.5, 49.5, 70, 50)],
    [{ zone: 'Буферная зона', name: '=Kypshak' }, box(69, 49, 71, 51)],
  ]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function run(...argv: string[]): Promise<{ exit: number; out: string; err: string }> {
  const told = { out: '', err: '' };
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation((piece) => {
      told.out += String(piece);
      return true;
    }),
    vi.spyOn(console, 'log').mockImplementation((line) => {
      told.out += `${line}\n`;
    }),
    vi.spyOn(console, 'error').mockImplementation((line) => {
      told.err += `${line}\n`;
    }),
  ];
  try {
    return { exit: await main(['stats', ...argv, '--lang', 'en']), ...told };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

const rows = (csv: string): string[][] =>
  csv
    .trim()
    .split('\r\n')
    .map((line) => line.split(','));

test('the table: a row for each zone and band, with what was asked', async () => {
  const { exit, out } = await run(at('zones.geojson'), at('ndvi_2016-01.tif'), '--stat', 'mean,min,max');
  expect(exit).toBe(0);
  const [header, core, buffer] = rows(out);
  expect(header).toEqual(['zone', 'kind', 'raster', 'band', 'date', 'count', 'nodata_share', 'mean', 'min', 'max']);
  expect(core?.slice(0, 5)).toEqual(['Tengiz', 'core', 'ndvi_2016-01.tif', '1', '2016-01']);
  expect(Number(core?.[5])).toBeCloseTo(100, 9);
  expect(Number(core?.[7])).toBeCloseTo(14.5 / 40, 6);
  // a name that a spreadsheet would compute is written as text
  expect(buffer?.slice(0, 2)).toEqual(["'=Kypshak", 'buffer']);
  expect(Number(buffer?.[6])).toBeCloseTo(1 / 40, 9);
});

test('by date: rows in the order of time, whatever order the files have', async () => {
  const { out } = await run(at('zones.geojson'), at('ndvi_2016-02.tif'), at('ndvi_2016-01.tif'), '--by', 'date');
  expect(
    rows(out)
      .slice(1)
      .map((row) => [row[0], row[4]]),
  ).toEqual([
    ['Tengiz', '2016-01'],
    ['Tengiz', '2016-02'],
    ["'=Kypshak", '2016-01'],
    ["'=Kypshak", '2016-02'],
  ]);
});

test('by class: a row for each value with its weight and share', async () => {
  const value = (x: number): number => (x < 10 ? 10 : 20);
  writeFileSync(
    at('degree.tif'),
    tiff({ width: 20, height: 20, tile: [16, 16], type: 'uint8', transform: [69, 0.05, 46, -0.05], value }),
  );
  const degree = map('degree.geojson', [[{ id: 'degree' }, box(69, 45, 70, 46)]]);
  const [header, ...body] = rows((await run(degree, at('degree.tif'), '--class', '--weight', 'area')).out);
  expect(header?.slice(5)).toEqual(['count', 'nodata_share', 'class', 'weight', 'share']);
  expect(body.map((row) => row[7])).toEqual(['10', '20']);
  for (const row of body) expect(Number(row[9])).toBeCloseTo(0.5, 12);
  // one degree by one degree from 45 to 46 degrees north [m2], as Trends.Earth computes it
  const area = body.reduce((sum, row) => sum + Number(row[8]), 0);
  expect(Math.abs(area / 8686494956.672136 - 1)).toBeLessThan(1e-12);
});

test('polygons that say nothing are named by their numbers', async () => {
  const plain = map('plain.geojson', [
    [{}, box(69, 49, 70, 50)],
    [{}, box(70, 49, 71, 50)],
  ]);
  const { out } = await run(plain, at('cover.tif'), '--stat', 'majority,variety');
  expect(
    rows(out)
      .slice(1)
      .map((row) => [row[0], row[1], row[7], row[8]]),
  ).toEqual([
    ['1', '', '10', '1'],
    ['2', '', '20', '1'],
  ]);
});

test('zones of a dossier: those that stand now, of one site where it is named', async () => {
  const db = createDossier(at('two.gpkg'));
  const site = (id: string) =>
    putSite(db, 'test', {
      id,
      kind: 'biosphere-reserve',
      name: { en: id },
      countries: ['KZ'],
      parent: null,
      ecosystems: null,
      note: null,
    });
  const put = (id: string, of: string, ring: Position[], valid: Zone['valid'] = { start: null, end: null }) =>
    putZone(db, 'test', {
      id,
      site: of,
      kind: 'core',
      name: {},
      valid,
      geometry: { type: 'MultiPolygon', coordinates: [[ring]] },
      from: { dataset: 'd', row: '1' },
    });
  site('steppe');
  site('lake');
  db.exec(
    "insert into datasets (id, title, kind, href, media_type, licence, attribution) values ('d', '{}', 'vector', '', '', '', '')",
  );
  put('steppe/core', 'steppe', box(69, 49, 70, 50));
  put('steppe/core-old', 'steppe', box(69, 49, 69.5, 50), { start: '2000-01-01', end: '2010-01-01' });
  put('lake/core', 'lake', box(70, 49, 71, 50));
  closeDossier(db);
  const all = await run(at('two.gpkg'), at('cover.tif'));
  expect(
    rows(all.out)
      .slice(1)
      .map((row) => [row[0], row[1]]),
  ).toEqual([
    ['steppe/core', 'core'],
    ['lake/core', 'core'],
  ]);
  const one = await run(at('two.gpkg'), at('cover.tif'), '--site', 'lake');
  expect(
    rows(one.out)
      .slice(1)
      .map((row) => row[0]),
  ).toEqual(['lake/core']);
  expect((await run(at('two.gpkg'), at('cover.tif'), '--site', 'sea')).err).toContain('steppe');
});

test('a file is written whole, and the rest is told', async () => {
  const { out } = await run(at('zones.geojson'), at('cover.tif'), '-o', at('out.csv'));
  expect(out).toContain('out.csv: written; zones: 2');
  expect(rows(readFileSync(at('out.csv'), 'utf8'))).toHaveLength(3);
});

test('zones outside the raster are counted and named, those of all rasters that lie alike at once', async () => {
  const wide = map('wide.geojson', [
    [{ name: 'far' }, box(10, 10, 11, 11)],
    [{ name: 'half' }, box(68, 49, 70, 50)],
  ]);
  const { exit, err, out } = await run(wide, at('ndvi_2016-01.tif'), at('ndvi_2016-02.tif'));
  expect(exit).toBe(0);
  expect(err).toContain('ndvi_2016-01.tif … ndvi_2016-02.tif (2): zones wholly outside this raster, with no figures: 1 (far)');
  expect(err).toContain('half (50 %)');
  expect(rows(out)[1]?.slice(5)).toEqual(['0', '', '']);
});

describe('what is refused', () => {
  test.each<[string, string[], string]>([
    ['zones that lie elsewhere', ['far.geojson', 'cover.tif'], '10 10 – 11 11'],
    ['a raster without a system', ['zones.geojson', 'bare.tif'], '--crs'],
    ['a figure that does not exist', ['zones.geojson', 'cover.tif', '--stat', 'avg'], 'median'],
    ['no threads', ['zones.geojson', 'cover.tif', '--jobs', '0'], '--jobs'],
    ['a map for a raster', ['zones.geojson', 'zones.geojson'], 'GeoTIFF'],
    ['a second raster that is not there', ['zones.geojson', 'cover.tif', '--weight', 'people.tif'], 'people.tif'],
    ['degrees that are metres', ['metres.geojson', 'cover.tif'], '--zones-crs'],
  ])('%s', async (_, argv, found) => {
    map('far.geojson', [[{}, box(10, 10, 11, 11)]]);
    map('metres.geojson', [[{}, box(500_000, 5_500_000, 510_000, 5_510_000)]]);
    const { exit, err } = await run(...argv.map((word) => (/\.(geojson|tif)$/.test(word) ? at(word) : word)));
    expect(exit).toBe(2);
    expect(err).toContain(found);
  });

  test('a raster whose system is not stated is read with the one given', async () => {
    expect((await run(at('zones.geojson'), at('bare.tif'), '--crs', 'EPSG:4326')).exit).toBe(0);
  });
});

test('a raster of 40,000 x 40,000 pixels stays under 400 MB with two threads', () => {
  // tiles that are not stored are made and gone through like others
  writeFileSync(
    at('large.tif'),
    tiff({ width: 40_000, height: 40_000, tile: [512, 512], transform: [0, 0.001, 60, -0.001], nodata: -1, sparse: () => true }),
  );
  const whole = map('whole.geojson', [[{ name: 'all' }, box(0, 40, 40, 45)]]);
  const meter = `data:text/javascript,process.on('exit', () => console.error('peak', process.resourceUsage().maxRSS))`;
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [
      '--import',
      meter,
      join(import.meta.dirname, '..', '..', 'bin', 'saryarka.js'),
      'stats',
      whole,
      at('large.tif'),
      '--jobs',
      '2',
      '--stat',
      'mean,p50',
    ],
    { encoding: 'utf8', env: { ...process.env, SARYARKA_LANG: 'en' } },
  );
  expect(rows(stdout)[1]?.slice(5, 7)).toEqual(['0', '1']);
  const peak = Math.max(...[...stderr.matchAll(/peak (\d+)/g)].map(([, kilobytes]) => Number(kilobytes)));
  expect(peak).toBeGreaterThan(0);
  expect(peak / 1024).toBeLessThan(400);
});
