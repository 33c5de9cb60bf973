import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  addExtent,
  addFrequencies,
  type Bounds,
  countPresence,
  extentOf,
  newExtents,
  newFrequencyTable,
  newTally,
} from '../../src/science/presence.ts';
import {
  DRY,
  PERMANENT,
  SEASONAL,
  WATER_UNKNOWN,
  waterClasses,
  waterPersistence,
  waterRange,
  waterYear,
} from '../../src/science/water-extent.ts';
import { normalisedDifference } from '../../src/science/water-extent-index.ts';

interface Year {
  cells: number[][];
  areas: number[];
  permanent: Bounds;
  seasonal: Bounds;
  ever: Bounds;
  dates: Bounds[];
}
const { year } = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', 'golden', 'water-extent', 'water-extent.json'), 'utf8'),
) as {
  year: Year;
};

/** Masks by date of cells by date. */
const masksOf = (cells: readonly (readonly number[])[]): Uint8Array[] =>
  (cells[0] ?? []).map((_, date) => Uint8Array.from(cells.map((cell) => cell[date] as number)));

const tableOf = (cells: readonly (readonly number[])[], areas: readonly number[]) => {
  const masks = masksOf(cells);
  const tally = newTally(cells.length);
  for (const mask of masks) countPresence(mask, tally);
  const table = newFrequencyTable(masks.length);
  for (const [i, area] of areas.entries()) addFrequencies(table, tally, i, i + 1, area);
  return { table, tally, masks };
};

const near = (found: Bounds | null, expected: Bounds): void => {
  for (const key of ['value', 'low', 'high'] as const) expect(found?.[key]).toBeCloseTo(expected[key] as number, 10);
};

describe('water of a year', () => {
  const { table, masks } = tableOf(year.cells, year.areas);

  test.each(['permanent', 'seasonal', 'ever'] as const)(
    '%s: bounds are those of every way the unseen dates may have been',
    (key) => near(waterYear(table)[key], year[key]),
  );

  test('extents by date are within their bounds', () => {
    const extents = newExtents(masks.length);
    for (const [date, mask] of masks.entries()) {
      for (const [i, area] of year.areas.entries()) addExtent(extents, date, mask, i, i + 1, area);
    }
    for (const [date, expected] of year.dates.entries()) near(extentOf(extents, date), expected);
    const { min, max, mean, used, leftOut } = waterRange(extents, { seenAtLeast: 0 });
    expect([used.length, leftOut.length]).toEqual([5, 0]);
    near(max, {
      value: Math.max(...year.dates.map(({ value }) => value as number)),
      low: Math.max(...year.dates.map(({ low }) => low)),
      high: Math.max(...year.dates.map(({ high }) => high)),
    });
    expect((min?.value ?? 0) <= (mean?.value ?? 0) && (mean?.value ?? 0) <= (max?.value ?? 0)).toBe(true);
  });

  test('permanent and seasonal make up what was ever wet, where all was seen', () => {
    const seen = tableOf(
      [
        [1, 1, 1],
        [1, 0, 1],
        [0, 0, 0],
      ],
      [5, 3, 2],
    );
    const { permanent, seasonal, ever, area, seenShare, meanSeenShare } = waterYear(seen.table);
    expect([permanent, seasonal, ever].map(({ value }) => value)).toEqual([5, 3, 8]);
    expect([permanent.low, permanent.high]).toEqual([5, 5]);
    expect([area, seenShare, meanSeenShare]).toEqual([10, 1, 1]);
  });

  test('a cell that was never seen is not dry: it may be permanent water', () => {
    const { table: unseen } = tableOf(
      [
        [2, 2, 2],
        [0, 0, 0],
      ],
      [4, 6],
    );
    expect(waterYear(unseen)).toMatchObject({ seenShare: 0.6, permanent: { value: 0, low: 0, high: 4 } });
    expect(waterYear(tableOf([[2, 2]], [4]).table).ever).toEqual({ value: null, low: 0, high: 4 });
  });

  test('a date of which too little was seen is left out and told', () => {
    const extents = newExtents(3);
    for (const [date, mask] of masksOf([
      [1, 2, 1],
      [0, 2, 1],
      [0, 1, 2],
    ]).entries())
      addExtent(extents, date, mask, 0, 3, 1);
    expect(waterRange(extents)).toMatchObject({
      used: [0, 2],
      leftOut: [1],
      max: { value: 3, low: 2, high: 3 },
      min: { value: 1 },
    });
    expect(waterRange(newExtents(2))).toEqual({ min: null, max: null, mean: null, used: [], leftOut: [0, 1] });
  });
});

test('persistence: each cell in the band of its frequency, what was never seen apart', () => {
  const { table } = tableOf(
    [
      [1, 1, 1, 1],
      [1, 0, 0, 0],
      [0, 0, 0, 0],
      [2, 2, 2, 2],
      [2, 1, 0, 2],
    ],
    [1, 2, 4, 8, 16],
  );
  expect(waterPersistence(table, [0, 0.25, 0.5, 1])).toEqual({ areas: Float64Array.from([4, 2, 17]), unseen: 8 });
});

test('classes: what was seen, or only what no cloud can change', () => {
  const { tally } = tableOf(
    [
      [1, 1, 1],
      [1, 0, 2],
      [0, 0, 0],
      [2, 2, 2],
      [1, 2, 1],
      [0, 2, 0],
    ],
    [1, 1, 1, 1, 1, 1],
  );
  const classes = new Uint8Array(6);
  waterClasses(tally, classes);
  expect(Array.from(classes)).toEqual([PERMANENT, SEASONAL, DRY, WATER_UNKNOWN, PERMANENT, DRY]);
  waterClasses(tally, classes, { certain: true });
  expect(Array.from(classes)).toEqual([PERMANENT, SEASONAL, DRY, WATER_UNKNOWN, WATER_UNKNOWN, WATER_UNKNOWN]);
});

describe('normalised difference', () => {
  test('of green and infrared, over water above zero', () => {
    const index = new Float64Array(2);
    expect(normalisedDifference([0.08, 0.06], [0.02, 0.3], index)).toEqual({ held: 0, undefined: 0 });
    expect(index[0]).toBeCloseTo(0.6, 14);
    expect(index[1]).toBeCloseTo(-2 / 3, 14);
  });

  test('reflectances below zero hold it at its limit or leave it out, and both are counted', () => {
    const index = new Float32Array(5);
    const told = normalisedDifference([0.05, -0.01, -0.02, 0, Number.NaN], [-0.01, 0.2, -0.01, 0, 0.1], index);
    expect(Array.from(index)).toEqual([1, -1, Number.NaN, Number.NaN, Number.NaN]);
    expect(told).toEqual({ held: 2, undefined: 2 });
  });
});
