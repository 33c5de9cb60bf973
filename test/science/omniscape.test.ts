import { describe, expect, test } from 'vitest';
import { finished, mergeWindows, movingWindow, sourcesOf, windowSums } from '../../src/science/omniscape.ts';
import { seededRandom } from '../../src/science/seeded-random.ts';

const even = new Float64Array(15 * 15).fill(1);
const random = seededRandom(7);
const rough = Float64Array.from(even, () => Math.exp(4 * random()));

describe('windows', () => {
  test('three cells by hand: each end is target once, and the middle twice half and half', () => {
    // Radius 1: of the middle, half an ampere comes from each side; of an end, one ampere from the middle.
    const { cumulative, potential, normalised, targets } = movingWindow([1, 1, 1], [1, 1, 1], {
      width: 3,
      radius: 1,
      flowPotential: true,
    });
    expect([...cumulative].map((value) => Number(value.toFixed(9)))).toEqual([1.5, 3, 1.5]);
    expect([...(potential as Float64Array)]).toEqual([...cumulative]);
    expect([...(normalised as Float64Array)]).toEqual([1, 1, 1]);
    expect(targets).toBe(3);
  });

  test('a land of one resistance is normalised to 1, but where round windows end', () => {
    const { normalised } = movingWindow(even, even, { width: 15, radius: 15, buffer: 8, blockSize: 3, flowPotential: true });
    for (const value of normalised as Float64Array) expect(value).toBeCloseTo(1, 8);
  });

  test('parts are summed to the whole, in any order', () => {
    const options = { width: 15, radius: 4, blockSize: 3, flowPotential: true };
    const whole = movingWindow(rough, even, options);
    const parts = [0, 1, 2].map((index) => windowSums(rough, even, { ...options, part: { index, of: 3 } }));
    const [a, b, c] = parts as [(typeof parts)[0], (typeof parts)[0], (typeof parts)[0]];
    const merged = finished(rough, mergeWindows(c, mergeWindows(a, b)));
    expect(merged.targets).toBe(whole.targets);
    for (const [k, value] of merged.cumulative.entries()) expect(value).toBeCloseTo(whole.cumulative[k] as number, 10);
    for (const [k, value] of (merged.normalised ?? []).entries()) expect(value).toBeCloseTo(whole.normalised?.[k] as number, 8);
  });

  test('what is sent arrives: each target draws as much as its block is strong', () => {
    // One source far from the edge, one target: only two blocks have a strength.
    const sources = new Float64Array(225);
    sources[5 * 15 + 5] = 2;
    sources[9 * 15 + 8] = 3;
    const { cumulative } = movingWindow(rough, sources, { width: 15, radius: 5 });
    // Both cells are once source and once target, of 2 and of 3.
    expect(cumulative[5 * 15 + 5]).toBeCloseTo(5, 8);
    expect(cumulative[9 * 15 + 8]).toBeCloseTo(5, 8);
  });

  test('Omniscape.jl empties the wrong block where a window is cut off: its own block then feeds itself', () => {
    const options = { width: 15, radius: 5, blockSize: 3, correct: false };
    const sources = new Float64Array(225);
    for (const cell of [0, 1, 2, 15, 16, 17, 30, 31, 32]) sources[cell] = 1; // the first block, and nothing else
    const exact = movingWindow(even, sources, { ...options, edges: 'exact' });
    expect(Math.max(...exact.cumulative)).toBe(0);
    const theirs = movingWindow(even, sources, { ...options, edges: 'omniscape' });
    expect(Math.max(...theirs.cumulative)).toBeGreaterThan(1);
  });

  test('conditions: only what suits the target sends', () => {
    const present = [1, 2, 1, 2];
    const run = (compare: 'equal' | 'within', upper: number): number[] => [
      ...movingWindow([1, 1, 1, 1], [1, 1, 1, 1], {
        width: 4,
        radius: 3,
        conditions: [{ present, compare, lower: -upper, upper }],
      }).cumulative,
    ];
    const all = run('within', 1);
    expect(all).toEqual([...movingWindow([1, 1, 1, 1], [1, 1, 1, 1], { width: 4, radius: 3 }).cumulative]);
    expect(run('equal', 0)).toEqual(run('within', 0.5));
    expect(run('equal', 0)[0]).toBeLessThan(all[0] as number);
  });

  test('a target without a conductance draws nothing and is counted; sources by cutoff', () => {
    const found = movingWindow([1, Number.NaN, 1], [1, 1, 1], { width: 3, radius: 1 });
    expect([found.targets, found.ungrounded]).toEqual([3, 1]);
    expect([...found.cumulative]).toEqual([0, Number.NaN, 0]);
    expect([...sourcesOf([1, 0.1, 4, Number.NaN], 2)]).toEqual([1, 0, 4, 0]);
  });

  test.each([
    [{ blockSize: 2 }, 'block of 2 cells'],
    [{ radius: 1, blockSize: 3 }, 'radius of 1 cells for blocks of 3'],
    [{ buffer: -1 }, 'buffer of -1 cells'],
  ])('what cannot be: %o', (options, message) =>
    expect(() => movingWindow(even, even, { width: 15, radius: 3, ...options })).toThrow(message),
  );
});
