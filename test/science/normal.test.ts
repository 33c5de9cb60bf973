import { expect, test } from 'vitest';
import { erfc, normalQuantile, normalTail, twoSided } from '../../src/science/normal.ts';
import { close, golden } from './trend-golden.ts';

test.each(golden.normal.twoSided)('two-sided p of %d is that of scipy', (z, p) => {
  close(twoSided(z), p, 1e-14 * Math.max(1, z * z)); // the rounding of z / sqrt(2) grows with the square of z
  close(twoSided(-z), p, 1e-14 * Math.max(1, z * z));
  close(normalTail(z), p / 2, 1e-14 * Math.max(1, z * z));
});

test.each(golden.normal.quantile)('the quantile of %d is that of scipy', (p, z) => close(normalQuantile(p), z, 2e-15, 1e-15));

test('erfc of a negative number is two less that of the positive', () => {
  expect(erfc(-3)).toBe(2 - erfc(3));
  expect(erfc(0)).toBe(1);
  expect(erfc(Number.POSITIVE_INFINITY)).toBe(0);
});

test('quantiles of 0 and 1 are without end, and there are none past them', () => {
  expect(normalQuantile(0)).toBe(Number.NEGATIVE_INFINITY);
  expect(normalQuantile(1)).toBe(Number.POSITIVE_INFINITY);
  expect(() => normalQuantile(1.1)).toThrow('between 0 and 1, this is 1.1');
  expect(() => normalQuantile(Number.NaN)).toThrow(RangeError);
});
