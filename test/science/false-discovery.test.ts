import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { adjustedP, falseDiscovery } from '../../src/science/false-discovery.ts';
import { close, golden, r } from './trend-golden.ts';

test('the fifteen p of Benjamini & Hochberg 1995: four are believed at 5 %', () => {
  const p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1];
  expect(falseDiscovery(p)).toEqual({ tests: 15, rejected: 4, threshold: 0.0095 });
});

describe('adjusted p', () => {
  test.each(golden.discovery.map((one, i) => ({ i, ...one })))('case $i: as scipy', ({ p, bh, by }) => {
    for (const [i, value] of adjustedP(p).entries()) close(value, bh[i]);
    for (const [i, value] of adjustedP(p, { method: 'benjamini-yekutieli' }).entries()) close(value, by[i]);
  });

  test('as R', () => {
    for (const [i, value] of adjustedP(r.adjust.p).entries()) close(value, r.adjust.BH[i]);
    for (const [i, value] of adjustedP(r.adjust.p, { method: 'benjamini-yekutieli' }).entries()) close(value, r.adjust.BY[i]);
  });
});

test('those believed are those whose adjusted p is no greater than the rate', () => {
  const p = fc.array(fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constant(Number.NaN), fc.constant(0.01)), {
    maxLength: 40,
  });
  fc.assert(
    fc.property(p, fc.constantFrom('benjamini-hochberg' as const, 'benjamini-yekutieli' as const), (values, method) => {
      const rate = 0.1;
      const { rejected, threshold, tests } = falseDiscovery(values, { rate, method });
      const q = adjustedP(values, { method });
      expect(tests).toBe(values.filter((value) => !Number.isNaN(value)).length);
      expect([...q].filter((value) => value <= rate * (1 - 1e-12)).length).toBeLessThanOrEqual(rejected);
      expect([...q].filter((value) => value <= rate * (1 + 1e-12)).length).toBeGreaterThanOrEqual(rejected);
      expect(rejected).toBe(rejected === 0 ? 0 : values.filter((value) => value <= threshold).length);
    }),
  );
});

test('no test, nothing believed', () => {
  expect(falseDiscovery([])).toEqual({ tests: 0, rejected: 0, threshold: 0 });
  expect(falseDiscovery([Number.NaN])).toEqual({ tests: 0, rejected: 0, threshold: 0 });
});
