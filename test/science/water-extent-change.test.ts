import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Bounds } from '../../src/science/presence.ts';
import { PERMANENT, SEASONAL } from '../../src/science/water-extent.ts';
import {
  addWaterTransitions,
  extentChange,
  FIRST_BASELINE,
  mergeWaterTransitions,
  newWaterTransitions,
  periodMean,
  waterTransitionChange,
} from '../../src/science/water-extent-change.ts';

const { transitions } = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', 'golden', 'water-extent', 'water-extent.json'), 'utf8'),
) as { transitions: { before: number[]; after: number[]; areas: number[]; permanent: number; seasonal: number } };

const sure = (value: number): Bounds => ({ value, low: value, high: value });

const tableOf = (cells: readonly (readonly [before: number, after: number, area: number])[]) => {
  const table = newWaterTransitions();
  for (const [before, after, area] of cells) addWaterTransitions(table, [before], [after], 0, 1, area);
  return table;
};

describe('five-year means', () => {
  // Area of the North Aral [1000 km2] in the five years of the first baseline and five later ones: 2.690 and 3.382 on average
  const series = [2.69, 2.69, 2.69, 2.69, 2.69].map((value, i) => ({ year: 2001 + i, extent: sure(value) }));

  test('the mean over the years with a value; the others are told', () => {
    const years = [
      { year: 2001, extent: { value: 4, low: 3, high: 6 } },
      { year: 2003, extent: { value: 8, low: 7, high: 8 } },
    ];
    const gap = { year: 2002, extent: { value: null, low: 0, high: 100 } };
    expect(periodMean([...years, gap], ...FIRST_BASELINE)).toEqual({
      extent: { value: 6, low: 5, high: 7 },
      years: [2001, 2003],
      missing: [2002, 2004, 2005],
    });
    expect(periodMean([], 2001, 2002)).toEqual({
      extent: { value: null, low: 0, high: Infinity },
      years: [],
      missing: [2001, 2002],
    });
  });

  test('a lake that grew from 2.690 to 3.382 gained 25.7 %, one that went from 20.524 to 7.886 lost 61.6 %', () => {
    expect(extentChange(sure(3.382), periodMean(series, 2001, 2005).extent)?.value?.toFixed(1)).toBe('25.7');
    expect(extentChange(sure(7.886), sure(20.524))?.value?.toFixed(1)).toBe('-61.6');
  });

  test('without a baseline there is no change, and one that may be zero has no upper limit', () => {
    expect(extentChange(sure(3), sure(0))).toBeNull();
    expect(extentChange(sure(3), { value: null, low: 0, high: 5 })).toBeNull();
    expect(extentChange(sure(3), { value: 2, low: 0, high: 4 })).toEqual({ value: 50, low: -25, high: Infinity });
  });

  test('the bounds hold the change of any pair within the bounds', () => {
    const bounds = fc.tuple(
      fc.double({ min: 0.1, max: 50, noNaN: true }),
      fc.double({ min: 0, max: 9, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
    );
    fc.assert(
      fc.property(bounds, bounds, ([a, widthA, atA], [b, widthB, atB]) => {
        const now = { value: a, low: a, high: a + widthA };
        const before = { value: b, low: b, high: b + widthB };
        const { low = 0, high = 0 } = extentChange(now, before) ?? {};
        const change = ((a + atA * widthA) / (b + atB * widthB) - 1) * 100;
        return change >= low - 1e-9 && change <= high + 1e-9;
      }),
    );
  });
});

describe('change by transitions', () => {
  const cells = transitions.before.map(
    (before, i) => [before, transitions.after[i] as number, transitions.areas[i] as number] as const,
  );

  test.each([
    ['permanent', PERMANENT, transitions.permanent],
    ['seasonal', SEASONAL, transitions.seasonal],
  ] as const)('%s: the formula of the metadata, where all is known', (_, kind, expected) => {
    const { value, low, high, unknownShare } = waterTransitionChange(tableOf(cells), kind);
    for (const found of [value, low, high]) expect(found).toBeCloseTo(expected, 10);
    expect(unknownShare).toBeCloseTo(0, 14);
  });

  test('what nobody saw is not lost: it widens the bounds', () => {
    const { value, low, high } = waterTransitionChange(
      tableOf([
        [3, 3, 6],
        [3, 0, 4],
      ]),
      PERMANENT,
    );
    expect([value, low, high].map((change) => Number(change?.toFixed(9)))).toEqual([0, -40, 0]);
  });

  test('no water before: no change in per cent', () => {
    expect(waterTransitionChange(tableOf([[1, 3, 5]]), PERMANENT)).toMatchObject({ value: null, high: Infinity });
  });

  test('the bounds hold the change for whatever the unknown cells were, and its estimate', () => {
    const cell = fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 }), fc.integer({ min: 1, max: 9 }));
    const truth = fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }));
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, truth), { minLength: 1, maxLength: 15 }), (list) => {
        const seen = tableOf(list.map(([own]) => own));
        const full = tableOf(list.map(([[before, after, area], [was, is]]) => [before || was, after || is, area] as const));
        const { value, low, high } = waterTransitionChange(seen, SEASONAL);
        const real = waterTransitionChange(full, SEASONAL).value;
        const holds = (change: number | null): boolean => change === null || (change >= low - 1e-9 && change <= high + 1e-9);
        return holds(value) && holds(real);
      }),
    );
  });

  test('codes that are no class are unknown, and blocks merge', () => {
    const [a, b] = [newWaterTransitions(), newWaterTransitions()];
    addWaterTransitions(a, [3, 255, Number.NaN], [3, 3, 3], 0, 3, 2);
    addWaterTransitions(b, [3], [1], 0, 1, 2);
    expect(waterTransitionChange(mergeWaterTransitions(a, b), PERMANENT).unknownShare).toBe(0.5);
  });
});
