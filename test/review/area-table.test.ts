import { expect, test } from 'vitest';
import { type AreaRow, areaTable, type Shoreline } from '../../src/review/area-table.ts';
import { boxArea, geodesicArea } from '../../src/science/areas.ts';
import type { MultiPolygon } from '../../src/types.ts';
import { box, siteFacts, zone } from '../zonation/site-facts-of.ts';

const shore = (...water: MultiPolygon[]): Shoreline => ({
  water: { type: 'MultiPolygon', coordinates: water.flatMap(({ coordinates }) => coordinates) },
  date: '2024-08-15',
  source: 'invented',
});
const cell = (rows: AreaRow[], realm: string, kind: string): number | null =>
  rows.find((row) => row.realm === realm && row.kind === kind)?.areaHa ?? null;

const core = box(51, 46, 51.02, 46.02);
const buffer = box(51.02, 46, 51.05, 46.02);
const facts = siteFacts('demo', [], { zones: [zone('demo', 'core', core), zone('demo', 'buffer', buffer)] });

test('six rows in the order of the form', async () => {
  const rows = await areaTable(facts);
  expect(rows.map(({ realm, kind }) => `${realm} ${kind}`)).toEqual([
    'terrestrial core',
    'terrestrial buffer',
    'terrestrial transition',
    'marine core',
    'marine buffer',
    'marine transition',
  ]);
});

test('without a shoreline nothing is said about the sea, not even zero; nor about a zone that is not drawn', async () => {
  const rows = await areaTable(facts);
  expect(cell(rows, 'terrestrial', 'core')).toBeCloseTo(geodesicArea(core) / 1e4, 9);
  expect(cell(rows, 'marine', 'core')).toBeNull();
  expect(cell(rows, 'terrestrial', 'transition')).toBeNull();
  expect(rows.every(({ shoreline }) => shoreline === null)).toBe(true);
});

test('with a dated shoreline land and sea add up to the zone, and a zone on land has zero hectares of sea', async () => {
  const rows = await areaTable(facts, shore(box(51.04, 45, 52, 47)));
  expect(cell(rows, 'marine', 'core')).toBe(0);
  expect(cell(rows, 'marine', 'buffer')).toBeCloseTo(boxArea([51.04, 46, 51.05, 46.02]) / 1e4, 2);
  expect((cell(rows, 'marine', 'buffer') ?? 0) + (cell(rows, 'terrestrial', 'buffer') ?? 0)).toBeCloseTo(
    geodesicArea(buffer) / 1e4,
    9,
  );
  expect(cell(rows, 'marine', 'transition')).toBeNull();
  expect(rows.every(({ shoreline }) => shoreline === '2024-08-15')).toBe(true);
});

test('water polygons that share an edge, as tiled masks do, count once', async () => {
  const one = await areaTable(facts, shore(box(51.01, 45, 51.04, 47)));
  const two = await areaTable(facts, shore(box(51.01, 45, 51.025, 47), box(51.025, 45, 51.04, 47)));
  for (const kind of ['core', 'buffer'])
    expect(cell(two, 'marine', kind)).toBeCloseTo(cell(one, 'marine', kind) ?? Number.NaN, 4);
});

test('a zone all in the sea has no land, across the antimeridian too', async () => {
  const reef = siteFacts('reef', [], { zones: [zone('reef', 'core', box(179.9, -17, -179.9, -16.9))] });
  const rows = await areaTable(reef, shore(box(179, -18, 180, -16), box(-180, -18, -179, -16)));
  expect(cell(rows, 'terrestrial', 'core')).toBeCloseTo(0, 1);
  expect(cell(rows, 'marine', 'core')).toBeGreaterThan(20_000);
});
