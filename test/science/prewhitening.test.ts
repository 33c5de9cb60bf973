import { describe, expect, test } from 'vitest';
import { mannKendall } from '../../src/science/mann-kendall.ts';
import { autocorrelation, trendFree, vonStorch } from '../../src/science/prewhitening.ts';
import { theilSen } from '../../src/science/theil-sen.ts';
import { hamedRao, yueWang } from '../../src/science/trend-variance.ts';
import { close, type Found, golden, present, r } from './trend-golden.ts';

const full = golden.series
  .filter(({ tests }) => tests.hamedRao !== undefined)
  .map(({ values, tests }, i) => ({ i, values: present(values), tests: tests as Record<string, Found> }));

const same = (found: { s: number; variance: number; z: number; p: number }, expected: Found | undefined): void => {
  expect(found.s).toBe(expected?.s);
  close(found.variance, expected?.var_s, 1e-11);
  close(found.z, expected?.z, 1e-11);
  close(found.p, expected?.p, 1e-10, 1e-15);
};

describe.each(full)('series $i', ({ values, tests }) => {
  test('von Storch: as pymannkendall', () => same(mannKendall(vonStorch(values).values, { exactUpTo: 0 }), tests.vonStorch));
  test('trend-free: as pymannkendall', () =>
    same(mannKendall(trendFree(values, theilSen(values).slope).values, { exactUpTo: 0 }), tests.trendFree));
  test('Hamed & Rao, all lags and three: as pymannkendall', () => {
    same(hamedRao(values), tests.hamedRao);
    same(hamedRao(values, { lags: 3 }), tests.hamedRao3);
  });
  test('Yue & Wang, one lag and four: as pymannkendall', () => {
    same(yueWang(values), tests.yueWang);
    same(yueWang(values, { lags: 4 }), tests.yueWang4);
  });
});

test('a hundred years of the Nile, trend-free: memory, S and p as R', () => {
  const { values, memory, s, p } = r.yuepilon;
  const free = trendFree(values, theilSen(values).slope);
  close(free.memory, memory);
  const found = mannKendall(free.values);
  expect(found.s).toBe(s);
  close(found.p, p, 1e-11);
});

test('correlations past missing values are those of R', () => {
  for (const [lag, expected] of r.acf.r.entries()) close(autocorrelation(present(r.acf.values), lag), expected, 1e-12);
});

test('what follows a missing year is missing: there is nothing to free it of', () => {
  const { values } = vonStorch([3, 1, Number.NaN, 2, 5]);
  expect([...values].map(Number.isNaN)).toEqual([false, true, true, false]);
});

test('a memory that does not stand out is left in when asked so', () => {
  const values = [3, 1, 4, 1, 5, 9, 2, 6];
  expect(vonStorch(values, { significance: 0.05 })).toEqual({ values: Float64Array.from(values.slice(1)), memory: 0 });
  expect(vonStorch(values).memory).not.toBe(0);
});

test('a gap is a gap: what the line leaves does not jump across it', () => {
  const values = Array.from({ length: 30 }, (_, i) => (i >= 8 && i < 22 ? Number.NaN : 0.5 * i + ((i * 7) % 5)));
  const level = values.map((value, i) => value - 0.5 * i);
  close(hamedRao(values).inflation, hamedRao(level).inflation, 1e-9);
});

test('equal values have no memory, and a variance below zero gives no p', () => {
  expect(hamedRao([2, 2, 2, 2, 2])).toMatchObject({ s: 0, z: 0, p: 1, inflation: 1 });
  expect(yueWang([2, 2, 2, 2, 2])).toMatchObject({ s: 0, z: 0, p: 1, inflation: 1 });
  expect(vonStorch([2, 2, 2]).memory).toBe(0);
  const alternating = Array.from({ length: 16 }, (_, i) => (i % 2) + 0.001 * i);
  expect(yueWang(alternating).inflation).toBeLessThan(0);
  expect(yueWang(alternating).p).toBeNaN();
});
