import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { geodesicDistance } from '../../src/science/distances.ts';
import {
  type CostMean,
  type CostOptions,
  corridor,
  costDistances,
  costSurface,
  costsFrom,
  pathTo,
} from '../../src/science/least-cost.ts';

const none = Number.NaN;

/** Costs by the definition: every edge relaxed until nothing changes (Bellman and Ford). */
function bruteForce(
  values: readonly number[],
  start: number,
  { width, neighbours = 8, mean = 'resistance', cells }: CostOptions,
) {
  const height = values.length / width;
  const size = cells && 'x' in cells ? cells : { x: 1, y: 1 };
  const at = (column: number, row: number): number =>
    column >= 0 && column < width && row >= 0 && row < height ? (values[row * width + column] as number) : none;
  const costs = values.map((value, cell) => (Number.isNaN(value) ? none : cell === start ? 0 : Number.POSITIVE_INFINITY));
  for (let changed = true; changed; ) {
    changed = false;
    for (let row = 0; row < height; row++)
      for (let column = 0; column < width; column++)
        for (let down = -2; down <= 2; down++)
          for (let right = -2; right <= 2; right++) {
            const [far, near] = [Math.max(Math.abs(right), Math.abs(down)), Math.min(Math.abs(right), Math.abs(down))];
            if (
              far === 0 ||
              (far === 2 && near !== 1) ||
              (far === 2 && neighbours < 16) ||
              (near === 1 && far === 1 && neighbours === 4)
            )
              continue;
            const [a, b] = [at(column, row), at(column + right, row + down)];
            let along = (a + b) / 2;
            if (mean === 'conductance') along = 2 / (1 / a + 1 / b);
            if (mean === 'resistance' && far === 2) {
              const [p, q] =
                Math.abs(right) === 2
                  ? [at(column + right / 2, row), at(column + right / 2, row + down)]
                  : [at(column, row + down / 2), at(column + right, row + down / 2)];
              along = (a + b + p + q) / 4;
            }
            const through = (costs[row * width + column] as number) + along * Math.hypot(right * size.x, down * size.y);
            const there = (row + down) * width + column + right;
            if (through < (costs[there] as number) * (1 - 1e-13)) {
              costs[there] = through;
              changed = true;
            }
          }
  }
  return costs;
}

describe('by hand', () => {
  test('a row of three cells: half of each cell that a step leaves and enters', () => {
    const surface = costSurface([1, 3, 5], { width: 3, cells: { x: 10, y: 10 } });
    expect([...costsFrom(surface, [0]).costs]).toEqual([0, 20, 60]);
  });

  test('a corner costs √2 of a side, and four neighbours go around it', () => {
    const cost = (neighbours: 4 | 8): number =>
      costsFrom(costSurface([1, 1, 1, 1], { width: 2, neighbours }), [0]).costs[3] as number;
    expect(cost(8)).toBeCloseTo(Math.SQRT2, 14);
    expect(cost(4)).toBe(2);
  });

  test("a knight's move crosses four cells: a wall of one cell is not leapt over, but gdistance's mean of both ends does", () => {
    // Two columns of 1, a wall of 100 between them.
    const wall = [1, 100, 1, 1, 100, 1];
    const cost = (mean: CostMean): number =>
      costsFrom(costSurface(wall, { width: 3, neighbours: 16, mean }), [0]).costs[5] as number;
    expect(cost('resistance')).toBe(102); // through the wall and down; the knight's move costs √5 × 202 / 4
    expect(cost('ends')).toBeCloseTo(Math.sqrt(5), 14);
    expect(cost('conductance')).toBeCloseTo(Math.sqrt(5), 14);
  });

  test('a hole is gone around, and an island is not reached', () => {
    const values = [1, none, 1, 1, none, 1, 1, 1, 1, none, none, none, 1, 1, 1];
    const surface = costSurface(values, { width: 3, neighbours: 4 });
    const field = costsFrom(surface, [0]);
    expect(field.costs[2]).toBe(6);
    expect(pathTo(surface, field, 2)).toEqual([0, 3, 6, 7, 8, 5, 2]);
    expect(field.costs[12]).toBe(Number.POSITIVE_INFINITY);
    expect(pathTo(surface, field, 12)).toEqual([]);
    expect(field.costs[1]).toBeNaN();
  });

  test('cells of no resistance cost half of the step into them', () => {
    expect([...costsFrom(costSurface([2, 0, 0, 2], { width: 4 }), [0]).costs]).toEqual([0, 1, 1, 2]);
    expect([...costsFrom(costSurface([0, 0, 0], { width: 3 }), [0]).costs]).toEqual([0, 0, 0]);
  });

  test('by degrees, a step is as long as the geodesic of its row', () => {
    const latitudes = [60, 59, 58];
    const surface = costSurface(new Float64Array(9).fill(1), { width: 3, cells: { longitudeStep: 1, latitudes } });
    const { costs } = costsFrom(surface, [3]);
    expect(costs[4]).toBeCloseTo(geodesicDistance([0, 59], [1, 59]), 6);
    expect(costs[0]).toBeCloseTo(geodesicDistance([0, 59], [0, 60]), 6);
    expect(costs[1]).toBeCloseTo(geodesicDistance([0, 59], [1, 60]), 6);
    expect(costs[7]).toBeCloseTo(geodesicDistance([0, 59], [1, 58]), 6);
  });

  test('a corridor is 0 along the path and rises beside it', () => {
    const surface = costSurface(new Float64Array(15).fill(1), { width: 5, neighbours: 4 });
    const found = corridor(costsFrom(surface, [5]), costsFrom(surface, [9]));
    expect([...found.subarray(5, 10)]).toEqual([0, 0, 0, 0, 0]);
    expect([...found.subarray(0, 5)]).toEqual([2, 2, 2, 2, 2]);
  });

  test('what cannot be is named by row and column', () => {
    expect(() => costSurface([1, 2, -3, 4], { width: 2 })).toThrow('row 2, column 1: resistance -3');
    expect(() => costSurface([1, 2, 3], { width: 2 })).toThrow('3 values do not fill rows of 2');
    expect(() => costsFrom(costSurface([1, 2], { width: 2 }), [2])).toThrow('cell 2 lies off a grid of 2 × 1');
  });
});

const landscapes = fc
  .record({
    width: fc.integer({ min: 2, max: 9 }),
    height: fc.integer({ min: 2, max: 9 }),
    seed: fc.array(
      fc.oneof(fc.constant(none), fc.constant(1), fc.constant(10_000), fc.double({ min: 0.5, max: 30, noNaN: true })),
      {
        minLength: 81,
        maxLength: 81,
      },
    ),
    neighbours: fc.constantFrom(4 as const, 8 as const, 16 as const),
    mean: fc.constantFrom('resistance' as const, 'ends' as const, 'conductance' as const),
    y: fc.double({ min: 0.5, max: 2, noNaN: true }),
  })
  .map(({ width, height, seed, ...rest }) => {
    const values = seed.slice(0, width * height);
    values[0] = 3;
    return { width, values, ...rest };
  });

describe('any landscape', () => {
  test('costs are those of every edge relaxed until nothing changes', () => {
    fc.assert(
      fc.property(landscapes, ({ values, y, ...options }) => {
        const of = { ...options, cells: { x: 1, y } };
        const found = costsFrom(costSurface(values, of), [0]).costs;
        bruteForce(values, 0, of).forEach((cost, cell) => {
          if (Number.isFinite(cost)) expect(Math.abs((found[cell] as number) - cost)).toBeLessThanOrEqual(1e-11 * (1 + cost));
          else expect(found[cell]).toEqual(cost);
        });
      }),
    );
  });

  test('cost distances are symmetric and keep the triangle inequality; a path costs what its field says', () => {
    fc.assert(
      fc.property(landscapes, ({ values, y, ...options }) => {
        const surface = costSurface(values, { ...options, cells: { x: 1, y } });
        const places = values.flatMap((value, cell) => (Number.isNaN(value) ? [] : [[cell]])).slice(0, 6);
        const n = places.length;
        const d = costDistances(surface, places);
        const at = (i: number, j: number): number => d[i * n + j] as number;
        for (let i = 0; i < n; i++)
          for (let j = 0; j < n; j++) {
            if (Number.isFinite(at(i, j))) expect(at(i, j)).toBeCloseTo(at(j, i), 6);
            for (let k = 0; k < n; k++) expect(at(i, j)).toBeLessThanOrEqual((at(i, k) + at(k, j)) * (1 + 1e-12));
          }
        const field = costsFrom(surface, [0]);
        for (const [cell] of places as [number][]) {
          const path = pathTo(surface, field, cell);
          if (!Number.isFinite(field.costs[cell])) expect(path).toEqual([]);
          else {
            expect([path[0], path.at(-1)]).toEqual([0, cell]);
            const rising = path.map((step) => field.costs[step] as number);
            expect(rising).toEqual(rising.toSorted((a, b) => a - b));
          }
        }
      }),
    );
  });
});
