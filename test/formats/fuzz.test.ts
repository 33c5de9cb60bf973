/**
 * Mutated maps: each gives layers or throws a `Problem`, in time. `FUZZ_RUNS` inputs per reader (2,000), from `FUZZ_SEED`;
 * `scripts/fuzz.ts` runs 100,000.
 */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { deflateSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { readCrs } from '../../src/formats/crs.ts';
import { openMap } from '../../src/formats/open.ts';
import { WGS84_PRJ } from '../../src/formats/shapefile-writer.ts';
import { crc32 } from '../../src/formats/zip.ts';
import { Problem } from '../../src/problems.ts';
import { ascii, cyrillic, dbf, shp, shx, square, zip } from './build.ts';
import { mutated } from './mutate.ts';

const RUNS = Number(process.env.FUZZ_RUNS ?? 2000);
const SEED = Number(process.env.FUZZ_SEED ?? 20_261_123);
/** Longest that one small damaged file may take [ms]; most take under one. */
const SLOWEST = 5_000;

const golden = (path: string) => new Uint8Array(readFileSync(new URL(`../golden/${path}`, import.meta.url)));
const shape = shp(
  [
    [square(69, 50, 1), square(69.2, 50.2, 0.2).reverse()],
    [square(71, 50, 1), square(73, 50, 1)],
  ],
  15,
);
const table = dbf(
  [
    { name: cyrillic('ЗОНА', 'windows-1251'), type: 'C', length: 12 },
    { name: 'A', type: 'N', length: 8, decimals: 2 },
    { name: 'D', type: 'D', length: 8 },
  ],
  [
    [cyrillic('Ядро', 'windows-1251'), '1.5', '20140501'],
    [cyrillic('буфер', 'windows-1251'), '2.5', ''],
  ],
);
const parts: [string, Uint8Array][] = [
  ['a.shp', shape],
  ['a.shx', shx(shape)],
  ['a.dbf', table],
  ['a.prj', ascii(WGS84_PRJ)],
  ['a.cpg', ascii('1251')],
];
const archive = zipSync(Object.fromEntries(parts));

/** An archive whose checksums fit again, so that what lies in it reaches its reader. */
function repacked(bytes: Uint8Array): Uint8Array {
  return zip([
    { name: 'a.shp', bytes: deflateSync(bytes), method: 8, size: bytes.length, crc: crc32(bytes) },
    { name: 'a.dbf', bytes: table },
  ]);
}

const readers: [name: string, valid: Uint8Array[], open: (bytes: Uint8Array) => Promise<unknown>][] = [
  ['shp', [shape], (bytes) => openMap([{ name: 'a.shp', bytes }])],
  [
    'shx',
    [shx(shape)],
    (bytes) =>
      openMap([
        { name: 'a.shp', bytes: shape },
        { name: 'a.shx', bytes },
      ]),
  ],
  [
    'dbf',
    [table],
    (bytes) =>
      openMap([
        { name: 'a.shp', bytes: shape },
        { name: 'a.dbf', bytes },
      ]),
  ],
  [
    'prj',
    [ascii(WGS84_PRJ), ...prjs()],
    (bytes) =>
      openMap([
        { name: 'a.shp', bytes: shape },
        { name: 'a.prj', bytes },
      ]),
  ],
  ['zip', [archive, golden('maps/zones.kmz')], (bytes) => openMap([{ name: 'a.zip', bytes }])],
  ['zipped shp', [shape], (bytes) => openMap([{ name: 'a.zip', bytes: repacked(bytes) }])],
  ['geojson', [golden('maps/zones.geojson')], (bytes) => openMap([{ name: 'a.geojson', bytes }])],
  ['kml', [golden('maps/zones.kml')], (bytes) => openMap([{ name: 'a.kml', bytes }])],
  ['flatgeobuf', [golden('maps/zones.fgb'), golden('maps/zones-gk13.fgb')], (bytes) => openMap([{ name: 'a.fgb', bytes }])],
  ['geopackage', [golden('maps/zones-gk13.gpkg')], (bytes) => openMap([{ name: 'a.gpkg', bytes }])],
];

function prjs(): Uint8Array[] {
  const { cases } = JSON.parse(readFileSync(new URL('../golden/crs/crs.json', import.meta.url), 'utf8')) as {
    cases: { wkt: Record<string, string> }[];
  };
  return cases.flatMap(({ wkt }) => Object.values(wkt).map((text) => new TextEncoder().encode(text)));
}

async function opensOrExplains(open: () => unknown): Promise<void> {
  const start = performance.now();
  try {
    await open();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    // the sentence for what no reader foresaw is honest, but each one found here is a gap to close
    if (error.code === 'map-damaged') throw error.cause;
  }
  expect(performance.now() - start).toBeLessThan(SLOWEST);
}

describe.each(readers)('fuzz: %s', (_, valid, open) => {
  it('every mutation is read or explained', { timeout: 60_000 + RUNS * 60 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...valid).chain(mutated), (bytes) => opensOrExplains(() => open(bytes))),
      { numRuns: RUNS, seed: SEED, endOnFailure: true },
    );
  });
});

/** The text of a JSON value with one node, told by `pick`, put in place of another. */
function replaced(json: string, pick: number, value: unknown): string {
  const places: [Record<string, unknown>, string][] = [];
  const root: Record<string, unknown> = { all: JSON.parse(json) };
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const key of Object.keys(node)) {
      places.push([node as Record<string, unknown>, key]);
      visit((node as Record<string, unknown>)[key]);
    }
  };
  visit(root);
  const [parent, key] = places[pick % places.length] ?? [root, 'all'];
  parent[key] = value;
  return JSON.stringify(root.all) ?? 'null';
}

describe('fuzz: geojson values', () => {
  it('any value in any place is read or explained', { timeout: 60_000 + RUNS * 60 }, async () => {
    const valid = new TextDecoder().decode(golden('maps/zones.geojson'));
    const value = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom('Point', 'GeometryCollection', [], {}, [[]], [[[]]], null, 1e308, -0, [1], [1, 2]),
    );
    await fc.assert(
      fc.asyncProperty(fc.nat(), value, (pick, node) =>
        opensOrExplains(() => openMap([{ name: 'a.json', bytes: new TextEncoder().encode(replaced(valid, pick, node)) }])),
      ),
      { numRuns: RUNS, seed: SEED, endOnFailure: true },
    );
  });
});

describe('fuzz: crs', () => {
  it('every mutated WKT is read or explained', { timeout: 60_000 + RUNS * 60 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...prjs()).chain(mutated), (bytes) =>
        opensOrExplains(() => readCrs(new TextDecoder().decode(bytes), 'f')),
      ),
      { numRuns: RUNS, seed: SEED, endOnFailure: true },
    );
  });
});
