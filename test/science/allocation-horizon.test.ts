import { expect, test } from 'vitest';
import { solveLarge } from '../../src/plans/river-highs.ts';
import { certify, proves } from '../../src/science/allocation-certificate.ts';
import { flowsAt, horizonProgramme, volumeAt, worthAt } from '../../src/science/allocation-horizon.ts';
import { networkProgramme } from '../../src/science/allocation-network.ts';
import { type Limits, openLimits } from '../../src/science/allocation-programme.ts';

/** A lake that holds 4 and a town that wants 4 a day, and pays 1 on the first day and 3 on the second. */
const network = {
  points: ['lake'],
  rules: [],
  arcs: [
    { name: 'change', from: 0, to: -1, take: 1, give: 1 },
    { name: 'town', from: 0, to: -1, take: 1, give: 1 },
  ],
};
const programme = networkProgramme(network);
const day = (price: number): Limits => {
  const limits = openLimits(programme);
  limits.lower.set([Number.NEGATIVE_INFINITY, 0]);
  limits.upper.set([Infinity, 4]);
  limits.cost.set([0, -price]);
  return limits;
};

test('foresight: the lake keeps its water for the day on which it is worth more', async () => {
  const horizon = horizonProgramme({
    programme,
    leftOut: new Set(),
    steps: [1, 3].map((price) => ({ days: 1, limits: day(price), value: programme.value })),
    carries: [{ terms: [{ arc: 0, factor: 1 }], begin: [4, null], lower: [0, 0], upper: [10, 10] }],
    lags: [],
  });
  const { end, x, y } = await solveLarge(horizon.programme, horizon.limits);
  expect(end).toBe('optimal');
  expect([flowsAt(horizon, x, 0)[1], flowsAt(horizon, x, 1)[1]]).toEqual([0, 4]);
  expect([volumeAt(horizon, x, 0, 0), volumeAt(horizon, x, 1, 0)]).toEqual([4, 0]);
  expect(worthAt(horizon, y, 1, 0, 1)).toBeGreaterThanOrEqual(1);
  const certificate = certify(horizon.programme, horizon.limits, x, y);
  expect(certificate.cost).toBe(-12);
  expect(proves(certificate)).toBe(true);
});

test('foresight: what enters a delay comes out so many steps later', async () => {
  const canal = {
    points: ['head', 'tail'],
    rules: [],
    arcs: [
      { name: 'inflow', from: -1, to: 0, take: 1, give: 1 },
      { name: 'in', from: 0, to: -1, take: 1, give: 1 },
      { name: 'out', from: -1, to: 1, take: 1, give: 1 },
      { name: 'field', from: 1, to: -1, take: 1, give: 1 },
      { name: 'spill', from: 0, to: -1, take: 1, give: 1 },
    ],
  };
  const own = networkProgramme(canal);
  const limits = (late: boolean): Limits => {
    const found = openLimits(own);
    found.lower[0] = 3;
    found.upper[0] = 3;
    found.upper[2] = late ? Infinity : 0;
    found.cost[3] = -1;
    return found;
  };
  const horizon = horizonProgramme({
    programme: own,
    leftOut: new Set(),
    steps: [false, true, true].map((late) => ({ days: 1, limits: limits(late), value: own.value })),
    carries: [],
    lags: [{ sink: 1, source: 2, steps: 1 }],
  });
  const { x } = await solveLarge(horizon.programme, horizon.limits);
  expect([0, 1, 2].map((step) => flowsAt(horizon, x, step)[3])).toEqual([0, 3, 3]);
});
