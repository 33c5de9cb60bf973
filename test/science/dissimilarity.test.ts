import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareSites, DISSIMILARITIES, dissimilarities } from '../../src/science/dissimilarity.ts';

const SITES = [
  [5, 3, 0, 2, 1],
  [2, 1, 3, 2, 0],
  [0, 1, 1, 8, 4],
];

test.each([
  ['manhattan', [9, 17, 14]],
  ['binomial', [1.6119839890357, 1.9025959111045, 1.7098511540828]],
  ['altGower', [1.8, 3.4, 2.8]],
  ['bray', [0.47368421052632, 0.68, 0.63636363636364]],
  ['chao', [0.38735177865613, 0.32792207792208, 0.25446428571429]],
  ['cao', [0.96857173968265, 1.27079042422228, 1.23933990479002]],
  ['mountford', [0.036891201322967, 0.036891201322967, 0.036891201322967]],
  ['clark', [0.69766373983284, 0.77071395471991, 0.72249567472754]],
] as const)('%s as vegan 2.6-4 prints it', (method, expected) => {
  dissimilarities(SITES, method).forEach((value, i) => {
    expect(value).toBeCloseTo(expected[i] as number, 12);
  });
});

test('by hand: half of the individuals in common', () => {
  expect(compareSites([1, 0, 3], [0, 2, 2], 'bray')).toBe(0.5);
  expect(compareSites([1, 0, 3], [0, 2, 2], 'jaccard')).toBeCloseTo(2 / 3, 15);
  expect(compareSites([1, 0, 3], [0, 2, 2], 'kulczynski')).toBe(0.5);
  expect(compareSites([1, 0, 3], [0, 2, 2], 'whittaker')).toBe(0.5);
  expect(compareSites([3, 0], [0, 4], 'euclidean')).toBe(5);
});

test('pairs come in the order (1, 2), (1, 3), (2, 3)', () => {
  expect([...dissimilarities([[1], [3], [7]], 'manhattan')]).toEqual([2, 6, 4]);
});

const site = fc
  .array(fc.integer({ min: 0, max: 40 }), { minLength: 6, maxLength: 6 })
  .filter((counts) => counts.some((count) => count > 0));

test('all are the same both ways, and 0 or more', () => {
  fc.assert(
    fc.property(site, site, fc.constantFrom(...DISSIMILARITIES), (a, b, method) => {
      const [there, back] = [compareSites(a, b, method), compareSites(b, a, method)];
      if (Number.isNaN(there)) expect(back).toBeNaN();
      else {
        expect(there).toBeCloseTo(back, 10);
        expect(there).toBeGreaterThanOrEqual(-1e-12);
      }
    }),
  );
});

test('a site is not unlike itself; sites with nothing in common are wholly unlike', () => {
  const bounded = ['bray', 'jaccard', 'kulczynski', 'canberra', 'clark', 'horn', 'chao', 'whittaker'] as const;
  fc.assert(
    fc.property(site, site, fc.constantFrom(...bounded), (a, b, method) => {
      expect(compareSites(a, a, method)).toBeCloseTo(0, 12);
      const zeros = a.map(() => 0);
      expect(compareSites([...a, ...zeros], [...zeros, ...b], method)).toBeCloseTo(1, 12);
    }),
  );
});

test('an empty site has no dissimilarity: that is no 0', () => {
  expect(compareSites([0, 0], [0, 0], 'bray')).toBeNaN();
  expect(compareSites([1, 2], [0, 0], 'horn')).toBeNaN();
  expect(compareSites([1, 2], [0, 0], 'mountford')).toBeNaN();
  expect(compareSites([0, 0], [0, 0], 'chao')).toBeNaN();
});

test('a site with other species, or less than nothing, is named', () => {
  expect(() => dissimilarities([[1, 2], [1]], 'bray')).toThrow('site 2');
  expect(() => dissimilarities([[1, -2]], 'bray')).toThrow('species 2: -2');
});
