import { describe, expect, test } from 'vitest';
import {
  addDroughtArea,
  droughtClass,
  droughtEvents,
  droughtShare,
  mergeDroughtAreas,
  newDroughtAreas,
} from '../../src/science/drought-events.ts';
import { spei } from '../../src/science/spei.ts';
import { drought, expectSeries } from './drought-data.ts';

describe('SPEI', () => {
  test.each(drought.spei)('over $scale months is that of lmoments3 and scipy', ({ scale, values }) =>
    expectSeries(spei(drought.rain, drought.pet, { scale, limit: Infinity }).values, values, 1e-9),
  );

  test('of the balance, whatever its sign: a constant added to both changes nothing', () => {
    const { values } = spei(drought.rain, drought.pet, { scale: 3 });
    const shifted = spei(
      drought.rain.map((mm) => mm + 300),
      drought.pet.map((mm) => mm + 300),
      { scale: 3 },
    ).values;
    expectSeries(
      shifted,
      Array.from(values, (value) => (Number.isNaN(value) ? null : value)),
      1e-7,
    );
  });

  test('a warmer month with the same rain is drier', () => {
    const warm = drought.pet.map((mm, i) => (i === 90 ? mm + 40 : mm));
    expect(spei(drought.rain, warm).values[90]).toBeLessThan(spei(drought.rain, drought.pet).values[90] as number);
  });

  test('what cannot be is refused, and series of two lengths do not go together', () => {
    const { values, refused } = spei(
      drought.rain,
      drought.pet.map((mm, i) => (i === 30 ? -5 : mm)),
    );
    expect([values[30], refused]).toEqual([Number.NaN, 1]);
    expect(() => spei([1, 2], [1])).toThrow('2 values of precipitation and 1');
  });
});

describe('droughts', () => {
  test('classes are those of McKee', () => {
    const found = [-2.5, -2, -1.99, -1.5, -1.49, -1, -0.99, 0, 0.99, 1, 1.5, 2, Number.NaN].map(droughtClass);
    expect(found.map((rank) => (rank === 0 ? 0 : rank))).toEqual([-3, -3, -2, -2, -1, -1, 0, 0, 0, 1, 2, 3, null]);
  });

  test('a drought lasts from below zero to zero or above, if it falls to -1 in between', () => {
    expect(droughtEvents([0.5, -0.2, -1.2, -0.3, 0.1, -0.9, -0.1, 0, -1, 0.4])).toEqual([
      { from: 1, to: 4, magnitude: 0.2 + 1.2 + 0.3, peak: -1.2, openStart: false, openEnd: false },
      { from: 8, to: 9, magnitude: 1, peak: -1, openStart: false, openEnd: false },
    ]);
  });

  test('one that a gap or the ends of the series cut is told as open', () => {
    const events = droughtEvents([-1.5, 0.2, -1, Number.NaN, -1.1, -0.2]);
    expect(events.map(({ from, to, openStart, openEnd }) => [from, to, openStart, openEnd])).toEqual([
      [0, 1, true, false],
      [2, 3, false, true],
      [4, 6, true, true],
    ]);
  });

  test('area in drought: cells without an index widen the bounds', () => {
    const [left, right] = [newDroughtAreas(2), newDroughtAreas(2)];
    const index = [-2.2, -1.6, -1.1, 0.3, Number.NaN];
    addDroughtArea(left, 1, index, 0, 2, 10);
    addDroughtArea(right, 1, index, 2, 5, 10);
    const all = mergeDroughtAreas(left, right);
    expect(droughtShare(all, 1)).toEqual({ value: 0.75, low: 0.6, high: 0.8, knownShare: 0.8 });
    expect(droughtShare(all, 1, -2).value).toBe(0.5);
    expect(droughtShare(all, 1, -3).value).toBe(0.25);
    expect(droughtShare(all, 0).value).toBeNull();
    expect(() => mergeDroughtAreas(left, newDroughtAreas(3))).toThrow('3 dates');
  });
});
