import fc from 'fast-check';
import { expect, test } from 'vitest';
import { solveLarge } from '../../src/plans/river-highs.ts';
import { certify, proves } from '../../src/science/allocation-certificate.ts';
import { allocate, balances, type Network, networkProgramme } from '../../src/science/allocation-network.ts';
import { openLimits } from '../../src/science/allocation-programme.ts';
import { dualsOf, openSimplex, solveSimplex } from '../../src/science/allocation-simplex.ts';

const source = (name: string, to: number) => ({ name, from: -1, to, take: 1, give: 1 });
const sink = (name: string, from: number) => ({ name, from, to: -1, take: 1, give: 1 });

/** A river of 5 with a town that wants 3 and pays 10, and the sea. */
const town: Network = { points: ['river'], rules: [], arcs: [source('inflow', 0), sink('town', 0), sink('sea', 0)] };

test('allocation: the town takes what it wants, the rest goes to the sea, and more water would be worth nothing', () => {
  const { end, flows, worth } = allocate(town, { lower: [5, 0, 0], upper: [5, 3, Infinity], cost: [0, -10, 0] });
  expect(end).toBe('optimal');
  expect([...flows]).toEqual([5, 3, 2]);
  expect([...worth]).toEqual([0]);
});

test('allocation: where water is short, one unit more is worth what the town pays', () => {
  const { flows, worth, certificate } = allocate(town, { lower: [2, 0, 0], upper: [2, 3, Infinity], cost: [0, -10, 0] });
  expect([...flows]).toEqual([2, 2, 0]);
  expect([...worth]).toEqual([10]);
  expect(certificate).toMatchObject({ primal: 0, dual: 0, gap: 0, cost: -20, bound: -20 });
});

test('allocation: a canal that loses a fifth of what it brings needs 1.2 for each unit', () => {
  const canal: Network = {
    points: ['river', 'field'],
    rules: [],
    arcs: [source('inflow', 0), { name: 'canal', from: 0, to: 1, take: 1.2, give: 1 }, sink('field', 1), sink('sea', 0)],
  };
  const { flows, worth } = allocate(canal, { lower: [6, 0, 0, 0], upper: [6, Infinity, 9, Infinity], cost: [0, 0, -12, 0] });
  expect([...flows].map((flow) => Math.round(flow * 1e12) / 1e12)).toEqual([6, 5, 5, 0]);
  expect(worth[0]).toBeCloseTo(10, 12); // a unit in the river brings 1 / 1.2 to the field
  expect(worth[1]).toBeCloseTo(12, 12);
});

test('allocation: a rule holds two flows in proportion and has a price', () => {
  const split: Network = {
    ...town,
    rules: [
      {
        name: 'half',
        terms: [
          { arc: 1, factor: 1 },
          { arc: 2, factor: -1 },
        ],
      },
    ],
  };
  const { flows, rulePrices } = allocate(split, { lower: [4, 0, 0], upper: [4, 9, Infinity], cost: [0, -10, 0] });
  expect([...flows]).toEqual([4, 2, 2]);
  expect(rulePrices[0]).toBe(-5); // one unit more for the town than for the sea moves half a unit to the town
});

test('allocation: what cannot be is told, and what earns without end', () => {
  expect(allocate(town, { lower: [5, 0, 0], upper: [5, 3, 1], cost: [0, 0, 0] }).end).toBe('infeasible');
  expect(allocate(town, { lower: [0, 0, 0], upper: [Infinity, Infinity, 0], cost: [0, -1, 0] }).end).toBe('unbounded');
});

/** Random networks with gains, limits below zero, equal limits and rules; then changes of limits and costs, as steps bring them. */
const networks = fc.record({
  points: fc.integer({ min: 1, max: 8 }),
  arcs: fc.array(
    fc.record({
      from: fc.integer({ min: -1, max: 7 }),
      to: fc.integer({ min: -1, max: 7 }),
      take: fc.constantFrom(1, 1, 1, 1.25, 1.1),
    }),
    { minLength: 2, maxLength: 20 },
  ),
  rules: fc.array(
    fc.array(fc.record({ arc: fc.nat(19), factor: fc.constantFrom(1, 1, -1, 0.5, 2) }), { minLength: 1, maxLength: 4 }),
    { maxLength: 3 },
  ),
  steps: fc.array(
    fc.array(
      fc.record({
        lower: fc.constantFrom(0, 0, 0, 1, -3),
        range: fc.constantFrom(0, 1.5, 4, 10, Infinity),
        cost: fc.constantFrom(0, 0, 1, 3, -2, -7),
      }),
      { minLength: 20, maxLength: 20 },
    ),
    { minLength: 1, maxLength: 4 },
  ),
});

test('allocation: on random networks flows keep their limits, water is conserved, and no cost is higher than that of HiGHS', async () => {
  let optimal = 0;
  await fc.assert(
    fc.asyncProperty(networks, async ({ points, arcs, rules, steps }) => {
      const network: Network = {
        points: Array.from({ length: points }, (_, i) => `p${i}`),
        arcs: arcs.map(({ from, to, take }, j) => {
          const [a, b] = [from % points, to % points];
          return { name: `a${j}`, from: a === b ? -1 : a, to: b, take, give: 1 };
        }),
        rules: rules.map((terms, i) => ({
          name: `r${i}`,
          terms: terms.map(({ arc, factor }) => ({ arc: arc % arcs.length, factor })),
        })),
      };
      const programme = networkProgramme(network);
      const limits = openLimits(programme);
      limits.rowLower.fill(-2, points);
      limits.rowUpper.fill(9, points);
      const simplex = openSimplex(programme, limits);
      for (const step of steps) {
        for (let j = 0; j < arcs.length; j++) {
          const { lower, range, cost } = step[j] ?? { lower: 0, range: 1, cost: 0 };
          limits.lower[j] = lower;
          limits.upper[j] = lower + range;
          limits.cost[j] = cost;
        }
        simplex.costChanged = true;
        const end = solveSimplex(simplex);
        const large = await solveLarge(programme, limits);
        expect(end).toBe(large.end);
        if (end !== 'optimal') continue;
        optimal++;
        const flows = simplex.x.subarray(0, programme.columns);
        const certificate = certify(programme, limits, flows, dualsOf(simplex));
        expect(proves(certificate, 1e-10)).toBe(true);
        expect(Math.max(0, ...balances(network, flows).map(Math.abs))).toBeLessThan(1e-10);
        const theirs = large.x.reduce((sum, flow, j) => sum + flow * (limits.cost[j] as number), 0);
        expect(Math.abs(certificate.cost - theirs)).toBeLessThan(1e-7 * Math.max(1, Math.abs(theirs)));
      }
    }),
    { numRuns: 60, seed: 20261123 },
  );
  expect(optimal).toBeGreaterThan(30);
});
