import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  gammaByLMoments,
  gammaByThom,
  incompleteGamma,
  lMoments,
  logGamma,
  logisticByMoments,
  logisticProbability,
} from '../../src/science/drought-distributions.ts';

const golden = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'golden', 'drought', 'drought.json'), 'utf8')) as {
  gamma: [a: number, x: number, below: number, above: number, log: number][];
  sample: number[];
  moments: [number, number, number];
};

test.each(golden.gamma)('incomplete gamma of shape %d at %d is that of scipy', (a, x, below, above, log) => {
  const found = incompleteGamma(a, x);
  // what x^a e^-x loses with a large shape: the exponent is a ln x, its last bit 1e-16 of that
  const tolerance = 1e-14 + 4e-16 * a * (1 + Math.abs(Math.log(x)));
  if (below > 1e-280) expect(Math.abs(found.below / below - 1)).toBeLessThan(tolerance + 1e-15 / below);
  else expect(found.below).toBeLessThan(1e-280);
  if (above > 1e-280) expect(Math.abs(found.above / above - 1)).toBeLessThan(tolerance + 1e-15 / above);
  expect(Math.abs(logGamma(a) - log)).toBeLessThan(2e-14 * Math.max(1, Math.abs(log)));
});

test('the two parts sum to 1, and rise with the value', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.01, max: 500, noNaN: true }), fc.double({ min: 0, max: 1000, noNaN: true }), (a, x) => {
      const { below, above } = incompleteGamma(a, x);
      expect(below + above).toBeCloseTo(1, 12);
      expect(incompleteGamma(a, x * 1.01 + 1e-6).below).toBeGreaterThanOrEqual(below - 1e-13);
    }),
  );
  expect(incompleteGamma(2, 0)).toEqual({ below: 0, above: 1 });
  expect(incompleteGamma(2, Infinity)).toEqual({ below: 1, above: 0 });
});

test('L-moments are those of lmoments3', () => {
  const [l1, l2, t3] = golden.moments;
  const [mean, spread, third] = lMoments(Float64Array.from(golden.sample));
  expect(mean).toBeCloseTo(l1, 12);
  expect(spread).toBeCloseTo(l2, 12);
  expect(third / spread).toBeCloseTo(t3, 12);
});

describe('fits', () => {
  const sorted = fc
    .array(fc.double({ min: 0.1, max: 300, noNaN: true }), { minLength: 4, maxLength: 50 })
    .map((values) => Float64Array.from(values).sort())
    .filter((values) => (values.at(-1) as number) > 1.01 * (values[0] as number));

  test('a gamma distribution keeps the mean, and scales with the unit', () => {
    fc.assert(
      fc.property(sorted, fc.double({ min: 0.1, max: 100, noNaN: true }), (values, unit) => {
        const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
        for (const estimate of [gammaByThom, gammaByLMoments]) {
          const [one, other] = [estimate(values), estimate(values.map((value) => value * unit))];
          if (one === null || other === null) throw new Error('not fitted');
          expect((one.shape * one.scale) / mean).toBeCloseTo(1, 10);
          expect(other.shape / one.shape).toBeCloseTo(1, 6);
        }
      }),
    );
  });

  test('the log-logistic of Vicente-Serrano 2010 is the same, written in another way', () => {
    const values = Float64Array.from(golden.sample);
    const n = values.length;
    const w = [0, 1, 2].map((s) => {
      const term = (i: number): number => {
        const weight = s === 0 ? 1 : s === 1 ? (n - 1 - i) / (n - 1) : ((n - 1 - i) * (n - 2 - i)) / ((n - 1) * (n - 2));
        return weight * (values[i] as number);
      };
      return values.reduce((sum, _, i) => sum + term(i), 0) / n;
    }) as [number, number, number];
    const beta = (2 * w[1] - w[0]) / (6 * w[1] - w[0] - 6 * w[2]);
    const gammas = Math.exp(logGamma(1 + 1 / beta) + logGamma(1 - 1 / beta));
    const alpha = ((w[0] - 2 * w[1]) * beta) / gammas;
    const gamma = w[0] - alpha * gammas;
    const fitted = logisticByMoments(values);
    if (fitted === null) throw new Error('not fitted');
    for (const x of [8, 15, 25, 60]) {
      expect(logisticProbability(fitted, x).below).toBeCloseTo(1 / (1 + (alpha / (x - gamma)) ** beta), 12);
    }
  });

  test('too few values, or all the same, are not fitted', () => {
    for (const estimate of [gammaByThom, gammaByLMoments, logisticByMoments]) {
      expect(estimate(Float64Array.of(1, 2, 3))).toBeNull();
      expect(estimate(Float64Array.of(0.3, 0.3, 0.3, 0.3, 0.3))).toBeNull();
    }
  });

  test('a symmetrical sample gives the logistic distribution, and beyond a limit nothing is left', () => {
    const fitted = logisticByMoments(Float64Array.of(1, 2, 3, 4, 5));
    expect(fitted?.shape).toBe(0);
    if (fitted) expect(logisticProbability(fitted, 3)).toEqual({ below: 0.5, above: 0.5 });
    expect(logisticProbability({ location: 0, scale: 1, shape: -0.5 }, -3)).toEqual({ below: 0, above: 1 });
    expect(logisticProbability({ location: 0, scale: 1, shape: 0.5 }, 3)).toEqual({ below: 1, above: 0 });
  });
});
