import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parityIndex, shareOfWomen } from '../../src/science/parity.ts';

describe('share of women', () => {
  test('researchers of Kazakhstan 2013: 8,849 women of 17,195', () => {
    const found = shareOfWomen({ female: 8849, male: 17195 - 8849, total: 17195 });
    expect(found).toEqual({
      value: 8849 / 17195,
      low: 8849 / 17195,
      high: 8849 / 17195,
      known: 17195,
      unknown: 0,
      unknownShare: 0,
    });
  });

  test('the unknown widen the bounds and are in no share', () => {
    expect(shareOfWomen({ female: 30, male: 20, unknown: 10 })).toMatchObject({
      value: 0.6,
      low: 0.5,
      high: 40 / 60,
      unknown: 10,
      unknownShare: 1 / 6,
    });
    expect(shareOfWomen({ female: 30, male: 20, total: 100 })).toMatchObject({ value: 0.6, low: 0.3, high: 0.8, unknown: 50 });
  });

  test('a blank is not a zero: without men the rest of the total is unknown', () => {
    expect(shareOfWomen({ female: 30, total: 100 })).toMatchObject({
      value: null,
      low: 0.3,
      high: 1,
      unknown: 70,
      note: 'only-women',
    });
    expect(shareOfWomen({ female: 30 })).toMatchObject({ value: null, low: null, high: null, note: 'only-women' });
    expect(shareOfWomen({ male: 20, total: 20 })).toMatchObject({ value: null, low: null, known: null });
    expect(shareOfWomen({ female: 0, male: 0 })).toMatchObject({ value: null, low: null, unknownShare: null });
  });

  test('parts beyond the total are told', () => {
    expect(shareOfWomen({ female: 30, male: 20, total: 40 })).toMatchObject({
      value: 0.6,
      note: 'parts-exceed-total',
      excess: 10,
    });
    expect(() => shareOfWomen({ female: -1 })).toThrow('female is -1');
  });

  test('the share lies within its bounds, and these hold what any sex of the unknown would give', () => {
    const count = fc.integer({ min: 0, max: 50 });
    fc.assert(
      fc.property(count, count, count, fc.double({ min: 0, max: 1, noNaN: true }), (female, male, unknown, part) => {
        const { value, low, high } = shareOfWomen({ female, male, unknown });
        if (low === null || high === null) return expect(female + male + unknown).toBe(0);
        const women = female + Math.round(part * unknown);
        const truth = women / (female + male + unknown);
        expect(truth).toBeGreaterThanOrEqual(low - 1e-12);
        expect(truth).toBeLessThanOrEqual(high + 1e-12);
        if (value !== null) expect(value >= low - 1e-12 && value <= high + 1e-12).toBe(true);
        return undefined;
      }),
    );
  });
});

describe('parity index', () => {
  test('raw and adjusted: 1 is parity, half as many men is as far as half as many women', () => {
    expect(parityIndex(50, 100)).toEqual({ raw: 0.5, adjusted: 0.5, parity: false });
    expect(parityIndex(100, 50)).toEqual({ raw: 2, adjusted: 1.5, parity: false });
    expect(parityIndex(30, 30)).toEqual({ raw: 1, adjusted: 1, parity: true });
    expect(parityIndex(97, 100).parity).toBe(true);
    expect(parityIndex(96, 100).parity).toBe(false);
  });

  test('without men, and without anybody', () => {
    expect(parityIndex(5, 0)).toEqual({ raw: null, adjusted: 2, parity: false });
    expect(parityIndex(0, 5)).toEqual({ raw: 0, adjusted: 0, parity: false });
    expect(parityIndex(0, 0)).toEqual({ raw: null, adjusted: null, parity: null });
    expect(() => parityIndex(-1, 2)).toThrow('-1');
  });

  test('women and men exchanged mirror the adjusted index at 1', () => {
    const count = fc.integer({ min: 1, max: 1000 });
    fc.assert(
      fc.property(count, count, (a, b) => {
        const [one, other] = [parityIndex(a, b).adjusted as number, parityIndex(b, a).adjusted as number];
        expect(one + other).toBeCloseTo(2, 12);
      }),
    );
  });
});
