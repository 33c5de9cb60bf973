import { expect, test } from 'vitest';
import { sampleQuantile } from '../../src/science/sample-quantile.ts';

test('as R gives by default: quantile(c(1, 2, 4, 8), c(0, .1, .5, .75, 1))', () => {
  const found = [0, 0.1, 0.5, 0.75, 1].map((p) => sampleQuantile([1, 2, 4, 8], p));
  for (const [i, expected] of [1, 1.3, 3, 5, 8].entries()) expect(found[i]).toBeCloseTo(expected, 12);
});

test('one value is every quantile, none is not a number', () => {
  expect(sampleQuantile([7], 0.3)).toBe(7);
  expect(sampleQuantile([], 0.5)).toBeNaN();
});
