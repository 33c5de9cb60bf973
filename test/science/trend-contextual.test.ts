import { expect, test } from 'vitest';
import { mannKendall } from '../../src/science/mann-kendall.ts';
import { contextualMannKendall } from '../../src/science/trend-contextual.ts';
import { close, golden, present } from './trend-golden.ts';

const { values, expected, ...size } = golden.contextual;
const stack = Float64Array.from(present(values));

test('each window is what its equations give when written down cell by cell', () => {
  const found = contextualMannKendall(stack, size);
  expect(expected.length).toBe(size.width * size.height - 1);
  for (const { cell, n, s, variance, p } of expected) {
    expect(found.n[cell]).toBe(n);
    close(found.s[cell], s, 1e-12, 1e-12);
    close(found.variance[cell], variance, 1e-11);
    close(found.p[cell], p, 1e-10);
  }
});

test('a pixel without data has no test and is not counted by its neighbours', () => {
  const found = contextualMannKendall(stack, size);
  const without = size.width + 1;
  expect(found.n[without]).toBe(0);
  expect(found.p[without]).toBeNaN();
  expect(found.n[0]).toBe(3);
});

test('nine times the same series is as sure as one, not as nine', () => {
  const series = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7];
  const same = Float64Array.from({ length: 9 * series.length }, (_, i) => series[Math.floor(i / 9)] ?? 0);
  const found = contextualMannKendall(same, { years: series.length, width: 3, height: 3 });
  const one = mannKendall(series);
  expect(found.n[4]).toBe(9);
  expect(found.s[4]).toBe(one.s);
  close(found.variance[4], one.variance);
});
