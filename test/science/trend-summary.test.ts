import fc from 'fast-check';
import { expect, test } from 'vitest';
import { falseDiscovery } from '../../src/science/false-discovery.ts';
import {
  discoveryOf,
  medianSlopeInterval,
  medianSlopeOf,
  mergeTrends,
  sharesOf,
  summariseTrends,
  type TrendSummary,
  weightedMedian,
} from '../../src/science/trend-summary.ts';

interface Pixel {
  slope: number;
  p: number;
  weight: number;
}

const summary = (pixels: readonly Pixel[]): TrendSummary => {
  const slope = pixels.map((pixel) => pixel.slope);
  return summariseTrends(
    { slope, direction: slope, p: pixels.map(({ p }) => p) },
    pixels.map(({ weight }) => weight),
  );
};

const pixel = fc.record({
  slope: fc.oneof(fc.double({ min: -1, max: 1, noNaN: true }), fc.constantFrom(0, -0, Number.NaN)),
  p: fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 0.01, noNaN: true })),
  weight: fc.integer({ min: 0, max: 3 }),
});
const pixels = fc.array(pixel, { maxLength: 40 });

test('four pixels by hand: one rises, one falls, one is unsure, one has no data', () => {
  const zone = summary([
    { slope: 0.5, p: 0.001, weight: 2 },
    { slope: -0.25, p: 0.002, weight: 1 },
    { slope: 0.125, p: 0.6, weight: 1 },
    { slope: Number.NaN, p: Number.NaN, weight: 4 },
  ]);
  expect([zone.count, zone.weight, zone.without.count, zone.without.weight]).toEqual([3, 4, 1, 4]);
  expect(discoveryOf(zone)).toMatchObject({ tests: 3, rejected: 2 });
  expect(sharesOf(zone, discoveryOf(zone).threshold)).toEqual({ increasing: 0.5, decreasing: 0.25, unsure: 0.25, without: 0.5 });
  expect(medianSlopeOf(zone)).toBe((0.125 + 0.5) / 2);
});

test('blocks merge to what all pixels are at once, in any order and grouping', () => {
  fc.assert(
    fc.property(pixels, pixels, pixels, (a, b, c) => {
      const whole = summary([...a, ...b, ...c]);
      expect(mergeTrends(mergeTrends(summary(a), summary(b)), summary(c))).toEqual(whole);
      expect(mergeTrends(summary(c), mergeTrends(summary(b), summary(a)))).toEqual(whole);
    }),
  );
});

test('as many pixels are believed as by their p as they are, or fewer by a rounding', () => {
  fc.assert(
    fc.property(pixels, (all) => {
      const inside = all.filter(({ weight, slope }) => weight > 0 && !Number.isNaN(slope));
      const p = inside.map((one) => one.p);
      const { tests, rejected, threshold } = discoveryOf(summary(all), { rate: 0.1 });
      expect(tests).toBe(p.length);
      expect(rejected).toBeLessThanOrEqual(falseDiscovery(p, { rate: 0.1 }).rejected);
      expect(rejected).toBeGreaterThanOrEqual(falseDiscovery(p, { rate: 0.1 * (1 - 2 ** -16) }).rejected);
      expect(p.filter((value) => value <= threshold && rejected > 0).length).toBe(rejected);
    }),
  );
});

test('the median slope is the exact one to 17 binary digits', () => {
  fc.assert(
    fc.property(pixels, (all) => {
      const exact = weightedMedian(
        all.map(({ slope }) => slope),
        all.map(({ weight }) => weight),
      );
      const found = medianSlopeOf(summary(all));
      if (Number.isNaN(exact)) expect(found).toBeNaN();
      else
        expect(Math.abs(found - exact)).toBeLessThanOrEqual(
          1e-300 + 2 ** -17 * Math.max(...all.map(({ slope }) => Math.abs(slope) || 0)),
        );
    }),
  );
});

test('the median by weight: half on each side, midway where it is just half', () => {
  expect(weightedMedian([3, 1, 2], [1, 1, 1])).toBe(2);
  expect(weightedMedian([1, 2, 3, 4], [1, 1, 1, 1])).toBe(2.5);
  expect(weightedMedian([1, 2, 3], [1, 1, 5])).toBe(3);
  expect(weightedMedian([1, Number.NaN, 9], [1, 7, 0])).toBe(1);
  expect(weightedMedian([], [])).toBeNaN();
});

test('blocks that are alike have a narrow interval, blocks that differ a wide one, one block none', () => {
  const part = (middle: number): TrendSummary =>
    summary(Array.from({ length: 101 }, (_, i) => ({ slope: middle + (i - 50) / 1000, p: 0.5, weight: 1 })));
  const alike = medianSlopeInterval([part(0.1), part(0.1), part(0.1), part(0.1)]);
  const unlike = medianSlopeInterval([part(0.07), part(0.09), part(0.11), part(0.13)]);
  expect(alike.high - alike.low).toBeLessThan(1e-5);
  expect(unlike.low).toBeLessThan(0.09);
  expect(unlike.high).toBeGreaterThan(0.11);
  expect(medianSlopeInterval([part(0.1)])).toEqual({ low: Number.NaN, high: Number.NaN });
  expect(medianSlopeInterval([part(0.1), summary([])])).toEqual({ low: Number.NaN, high: Number.NaN });
});

test('the interval of Woodruff holds the median of the whole 19 times of 20, over seeded draws of blocks', () => {
  let seed = 7;
  const random = (): number => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return (seed + 0.5) / 4294967296;
  };
  const normal = (): number => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
  let held = 0;
  const rounds = 300;
  for (let round = 0; round < rounds; round++) {
    const blocks = Array.from({ length: 40 }, () => {
      const middle = normal();
      return summary(Array.from({ length: 12 }, () => ({ slope: middle + 0.5 * normal(), p: 0.5, weight: 1 })));
    });
    const { low, high } = medianSlopeInterval(blocks);
    if (low <= 0 && high >= 0) held++;
  }
  expect(held / rounds).toBeGreaterThan(0.91);
  expect(held / rounds).toBeLessThan(0.98);
});
