/** Cost distances as R's gdistance finds them. See README.md. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type CostMean, costDistances, costSurface } from '../../../src/science/least-cost.ts';

interface Run {
  degrees: boolean;
  neighbours: 4 | 8 | 16;
  mean: CostMean;
  costs: (number | 'Inf')[][];
}

const { width, height, places, runs } = JSON.parse(readFileSync(join(import.meta.dirname, 'gdistance.json'), 'utf8')) as {
  width: number;
  height: number;
  places: number[];
  runs: Run[];
};

/** Resistances of make.R. */
const values = Float64Array.from({ length: width * height }, (_, cell) =>
  (cell * cell * 3 + cell * 7) % 29 === 5 ? Number.NaN : 1 + ((cell * 7919) % 97) + ((cell * 104_729) % 13 === 0 ? 3000 : 0),
);

describe('cost distances of gdistance', () => {
  test('there are runs on metres and on degrees', () => expect(runs.map(({ degrees }) => degrees)).toEqual([...new Array(6).fill(false), ...new Array(6).fill(true)]));

  test.each(runs.map((run) => [`${run.neighbours} neighbours, ${run.mean}, ${run.degrees ? 'degrees' : 'metres'}`, run] as const))('%s', (_, run) => {
    const cells = run.degrees
      ? { longitudeStep: 0.02, latitudes: Float64Array.from({ length: height }, (__, row) => 49 + (height - row - 0.5) * 0.01) }
      : { x: 30, y: 20 };
    const found = costDistances(costSurface(values, { width, neighbours: run.neighbours, mean: run.mean, cells }), places.map((cell) => [cell]));
    run.costs.flat().forEach((cost, k) => {
      const expected = cost === 'Inf' ? Number.POSITIVE_INFINITY : cost;
      if (expected === Number.POSITIVE_INFINITY) expect(found[k]).toBe(expected);
      else expect(Math.abs((found[k] as number) - expected)).toBeLessThanOrEqual((run.degrees ? 1e-8 : 1e-12) * expected);
    });
  });
});
