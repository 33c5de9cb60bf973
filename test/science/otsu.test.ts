import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addToHistogram,
  type Histogram,
  mergeHistograms,
  newHistogram,
  otsu,
  UNIFORM_SEPARABILITY,
} from '../../src/science/otsu.ts';

interface Case {
  name: string;
  low: number;
  high: number;
  counts: number[];
  bin: number;
  separability: number;
}
const golden = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', 'golden', 'water-extent', 'water-extent.json'), 'utf8'),
) as { otsu: Case[] };

const histogramOf = (values: readonly number[], low = 0, high = 10, bins = 10): Histogram => {
  const histogram = newHistogram({ low, high, bins });
  addToHistogram(histogram, values, 0, values.length);
  return histogram;
};

describe('otsu', () => {
  test.each(golden.otsu)('$name: the threshold of scikit-image', ({ low, high, counts, bin, separability }) => {
    const found = otsu({ low, high, counts: Float64Array.from(counts), below: 0, above: 0, missing: 0 });
    const width = (high - low) / counts.length;
    expect(found?.from).toBeCloseTo(low + (bin + 1) * width, 12);
    expect(found?.separability).toBeCloseTo(separability, 12);
    const side = (above: boolean): number => counts.reduce((sum, count, i) => sum + (i > bin === above ? count : 0), 0);
    expect(found?.shareAbove).toBeCloseTo(side(true) / (side(true) + side(false)), 12);
  });

  test('two values: the threshold stands in the middle of the gap, and parts them wholly', () => {
    const found = otsu(histogramOf([1.5, 1.5, 1.5, 7.5]));
    expect(found).toMatchObject({ from: 2, to: 7, threshold: 4.5, shareAbove: 0.25, meanBelow: 1.5, meanAbove: 7.5 });
    expect(found?.separability).toBeCloseTo(1, 14);
    expect(found?.doubts).toEqual([]);
  });

  test('one kind of cell alone has no threshold, nor has an empty histogram', () => {
    expect(otsu(histogramOf([3, 3.2, 3.9]))).toBeNull();
    expect(otsu(histogramOf([]))).toBeNull();
    expect(otsu(histogramOf([Number.NaN, -5, 11]))).toBeNull();
  });

  test('values spread evenly get a threshold that is told to be weak', () => {
    const even = Array.from({ length: 1000 }, (_, i) => (i + 0.5) / 100);
    const found = otsu(histogramOf(even, 0, 10, 1000));
    expect(found?.separability).toBeCloseTo(UNIFORM_SEPARABILITY, 5);
    expect(otsu(histogramOf([1.5, 2.5, 3.5, 4.5, 5.5, 6.5]))?.doubts).not.toContain('unbalanced');
    expect(otsu(histogramOf(even.map((value) => 5 + (value - 5) ** 3 / 30)))?.doubts).toContain('weak');
  });

  test('a side with less than a tenth is told', () => {
    expect(otsu(histogramOf([...Array(50).fill(1.5), 8.5]))?.doubts).toEqual(['unbalanced']);
  });

  test('no other threshold parts the histogram better', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 2, maxLength: 60 }), (values) => {
        const found = otsu(histogramOf(values));
        const between = (threshold: number): number => {
          const [a, b] = [values.filter((v) => v + 0.5 <= threshold), values.filter((v) => v + 0.5 > threshold)];
          const mean = (list: number[]): number => list.reduce((sum, v) => sum + v, 0) / list.length;
          return a.length === 0 || b.length === 0 ? 0 : a.length * b.length * (mean(a) - mean(b)) ** 2;
        };
        if (found === null) return new Set(values).size === 1;
        const best = Math.max(...Array.from({ length: 9 }, (_, i) => between(i + 1)));
        return [found.threshold, found.from, found.to].every((at) => between(at) >= best * (1 - 1e-9));
      }),
    );
  });
});

describe('histogram', () => {
  test('a value on a limit is within, what is outside or missing is counted apart', () => {
    expect(histogramOf([0, 10, 9.99, -0.1, 10.1, Number.NaN])).toMatchObject({ below: 1, above: 1, missing: 1 });
    expect(Array.from(histogramOf([0, 10, 9.99]).counts)).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0, 2]);
  });

  test('cut into blocks in any way it is the same', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -2, max: 12, noDefaultInfinity: true })), fc.nat(), (values, cut) => {
        const at = cut % (values.length + 1);
        const merged = mergeHistograms(histogramOf(values.slice(at)), histogramOf(values.slice(0, at)));
        expect(merged).toEqual(histogramOf(values));
      }),
    );
  });

  test('of other bins is not merged', () => {
    expect(() => mergeHistograms(histogramOf([], 0, 1), histogramOf([], 0, 2))).toThrow('different bins');
    expect(() => newHistogram({ low: 1, high: 1, bins: 5 })).toThrow('two finite numbers');
    expect(() => newHistogram({ low: 0, high: 1, bins: 1 })).toThrow('whole number');
  });
});
