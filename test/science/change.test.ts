import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { difference, type Effect, type Estimate, excludes, logResponseRatio, ratio } from '../../src/science/index.ts';

type Triple = [value: number, low: number, high: number];
interface Golden {
  proportions: { now: Triple; before: Triple; low: string; high: string }[];
  searched: { now: Triple; before: Triple; ratio: string[]; difference: string[]; log: string[] | null }[];
  normal: { now: Triple; before: Triple; ratio: string[] }[];
}
const golden = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'golden', 'change', 'change.json'), 'utf8')) as Golden;

const estimate = ([value, low, high]: Triple, level = 0.95): Estimate => ({ value, low, high, level });
const bare = (value: number): Estimate => ({ value, low: null, high: null, level: null });

/** Closed form against 25 digits: a few roundings of doubles, and of what cancels in a difference. */
const close = (found: number | null | undefined, expected: string | undefined, scale = 0): void =>
  expect(Math.abs((found ?? Number.NaN) - Number(expected))).toBeLessThanOrEqual(
    4e-15 * Math.max(scale, Math.abs(Number(expected))),
  );

describe('difference', () => {
  test.each(golden.proportions)(
    'of two proportions has the limits that Newcombe printed: $low to $high',
    ({ now, before, low, high }) => {
      const found = difference(estimate(now), estimate(before));
      expect(found.low?.toFixed(4)).toBe(low);
      expect(found.high?.toFixed(4)).toBe(high);
    },
  );

  test.each(golden.searched)('of $now and $before has the limits of 60 digits', ({ now, before, difference: [low, high] }) => {
    const found = difference(estimate(now), estimate(before));
    close(found.low, low, now[0] + before[0]);
    close(found.high, high, now[0] + before[0]);
  });
});

describe('ratio', () => {
  test.each(golden.searched)('of $now and $before has the limits found by search', ({ now, before, ratio: [low, high], log }) => {
    const found = ratio(estimate(now), estimate(before));
    close(found?.low, low);
    close(found?.high, high);
    const effect = logResponseRatio(estimate(now), estimate(before));
    if (log === null) expect(effect?.low ?? null).toBeNull();
    else {
      close(effect?.low, log[0], 1);
      close(effect?.high, log[1], 1);
    }
  });

  test.each(golden.normal)(
    'of normal estimates $now and $before has the limits of Fieller',
    ({ now, before, ratio: [low, high] }) => {
      const found = ratio(estimate(now), estimate(before));
      expect((found?.low ?? 0) / Number(low)).toBeCloseTo(1, 13);
      expect((found?.high ?? 0) / Number(high)).toBeCloseTo(1, 13);
    },
  );

  test('of zero or less before is not defined, nor of a negative value now', () => {
    expect(ratio(bare(3), bare(0))).toBeNull();
    expect(ratio(bare(3), bare(-2))).toBeNull();
    expect(ratio(bare(-1), bare(2))).toBeNull();
    expect(ratio(bare(1), bare(Number.NaN))).toBeNull();
    expect(logResponseRatio(bare(0), bare(2))).toBeNull();
  });

  test('has no interval where the baseline may be zero, and the difference still has one', () => {
    const [now, before] = [estimate([5, 4, 6]), estimate([1, 0, 3])];
    expect(ratio(now, before)).toEqual({ value: 5, low: null, high: null, level: null, without: 'baseline-may-be-zero' });
    expect(difference(now, before).low).toBeCloseTo(4 - Math.hypot(1, 2), 12);
  });
});

describe('no interval is invented', () => {
  const whole = estimate([10, 8, 13]);
  const cases: [string, Estimate, Effect['without']][] = [
    ['one limit is missing', { ...whole, high: null }, 'no-interval'],
    ['there is none', bare(10), 'no-interval'],
    ['its level is not known', { ...whole, level: null }, 'no-level'],
    ['levels differ', { ...whole, level: 0.9 }, 'levels-differ'],
    ['the value lies outside', { ...whole, low: 11 }, 'value-outside'],
  ];
  test.each(cases)('where %s', (_, other, without) => {
    for (const effect of [
      difference(whole, other),
      difference(other, whole),
      ratio(whole, other),
      logResponseRatio(whole, other),
    ]) {
      expect(effect).toMatchObject({ low: null, high: null, level: null, without });
    }
    expect(difference(whole, other).value).toBe(0);
  });
});

/** Positive estimates whose limits are asymmetric and above zero. */
const estimates = fc
  .tuple(
    fc.double({ min: 0.01, max: 1000, noNaN: true }),
    fc.double({ min: 0.01, max: 1, noNaN: true }),
    fc.double({ min: 0, max: 3, noNaN: true }),
  )
  .map(([value, down, up]): Estimate => ({ value, low: value * down, high: value * (1 + up), level: 0.95 }));
const wider = (e: Estimate, by: number): Estimate => ({ ...e, low: (e.low ?? 0) * (1 - by), high: (e.high ?? 0) * (1 + by) });
const times = (e: Estimate, k: number): Estimate => ({
  ...e,
  value: e.value * k,
  low: (e.low ?? 0) * k,
  high: (e.high ?? 0) * k,
});
const near = (a: number, b: number, scale = Math.abs(b)): void =>
  expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-9 * (scale + 1e-9));

describe('for any two estimates', () => {
  test('the difference turned round is its opposite, the ratio turned round its inverse', () => {
    fc.assert(
      fc.property(estimates, estimates, (a, b) => {
        const [d, back] = [difference(a, b), difference(b, a)];
        near(d.low ?? 0, -(back.high ?? 0), a.value + b.value);
        near(d.high ?? 0, -(back.low ?? 0), a.value + b.value);
        const [r, inverse] = [ratio(a, b), ratio(b, a)];
        near((r?.low ?? 0) * (inverse?.high ?? 0), 1);
        near((r?.high ?? 0) * (inverse?.low ?? 0), 1);
      }),
    );
  });

  test('another unit scales the difference and leaves the ratio', () => {
    fc.assert(
      fc.property(estimates, estimates, fc.double({ min: 1e-3, max: 1e3, noNaN: true }), (a, b, k) => {
        const [d, scaled] = [difference(a, b), difference(times(a, k), times(b, k))];
        near(scaled.low ?? 0, k * (d.low ?? 0), k * (a.value + b.value));
        near(scaled.high ?? 0, k * (d.high ?? 0), k * (a.value + b.value));
        near(ratio(times(a, k), times(b, k))?.high ?? 0, ratio(a, b)?.high ?? 0);
        near(ratio(times(a, k), times(b, k))?.low ?? 0, ratio(a, b)?.low ?? 0);
      }),
    );
  });

  test('symmetric limits add in quadrature', () => {
    const half = fc.tuple(fc.double({ min: -50, max: 50, noNaN: true }), fc.double({ min: 0, max: 9, noNaN: true }));
    fc.assert(
      fc.property(half, half, ([x, hx], [y, hy]) => {
        const d = difference(estimate([x, x - hx, x + hx]), estimate([y, y - hy, y + hy]));
        near(d.high ?? 0, x - y + Math.sqrt(hx * hx + hy * hy), 100);
        near(d.low ?? 0, x - y - Math.sqrt(hx * hx + hy * hy), 100);
      }),
    );
  });

  test('wider intervals give wider ones, and the value lies inside', () => {
    fc.assert(
      fc.property(estimates, estimates, fc.double({ min: 0, max: 0.9, noNaN: true }), (a, b, by) => {
        for (const effect of [difference, ratio, logResponseRatio]) {
          const [inner, outer] = [effect(a, b), effect(wider(a, by), wider(b, by))];
          const slack = 1e-9 * (1 + Math.abs(inner?.high ?? 0) + a.value + b.value);
          expect(outer?.low ?? 0).toBeLessThanOrEqual((inner?.low ?? 0) + slack);
          expect(outer?.high ?? 0).toBeGreaterThanOrEqual((inner?.high ?? 0) - slack);
          expect(inner?.low ?? 0).toBeLessThanOrEqual((inner?.value ?? 0) + slack);
          expect(inner?.high ?? 0).toBeGreaterThanOrEqual((inner?.value ?? 0) - slack);
        }
      }),
    );
  });

  test('difference, ratio and its logarithm tell alike whether nothing may have changed', () => {
    fc.assert(
      fc.property(estimates, estimates, (a, b) => {
        const d = difference(a, b);
        const margin = Math.min(Math.abs(d.low ?? 0), Math.abs(d.high ?? 0));
        fc.pre(margin > 1e-9 * (a.value + b.value)); // else rounding decides
        expect(excludes(ratio(a, b) ?? bare(1), 1)).toBe(excludes(d, 0));
        expect(excludes(logResponseRatio(a, b) ?? bare(0), 0)).toBe(excludes(d, 0));
      }),
    );
    expect(excludes(bare(5), 0)).toBeNull();
  });
});
