import { expect, test } from 'vitest';
import { certify, proves, worst } from '../../src/science/allocation-certificate.ts';
import { networkProgramme } from '../../src/science/allocation-network.ts';
import { openLimits } from '../../src/science/allocation-programme.ts';

/** A river of 2, a town that wants 3 and pays 10 for each, the sea: the town gets 2, a unit more is worth 10. */
const programme = networkProgramme({
  points: ['river'],
  rules: [],
  arcs: [
    { name: 'inflow', from: -1, to: 0, take: 1, give: 1 },
    { name: 'town', from: 0, to: -1, take: 1, give: 1 },
    { name: 'sea', from: 0, to: -1, take: 1, give: 1 },
  ],
});
const limits = openLimits(programme);
limits.lower.set([2, 0, 0]);
limits.upper.set([2, 3, Infinity]);
limits.cost.set([0, -10, 0]);
const told = (flows: number[], worth: number) => certify(programme, limits, Float64Array.from(flows), Float64Array.of(worth));

test('certificate: the best flows with the right worth are proved', () => {
  expect(told([2, 2, 0], 10)).toMatchObject({ primal: 0, dual: 0, gap: 0, cost: -20, bound: -20 });
  expect(proves(told([2, 2, 0], 10))).toBe(true);
});

test('certificate: good flows with a wrong worth leave a gap', () => {
  const { gap, bound } = told([2, 2, 0], 4);
  expect([gap, bound]).toEqual([6, -26]); // 4 for each of 2, and 6 for each of the 3 that the town might take
  expect(proves(told([2, 2, 0], 4))).toBe(false);
});

test('certificate: worse flows cost more than the bound', () => {
  expect(told([2, 1, 1], 10).gap).toBe(10);
  expect(proves(told([2, 1, 1], 10))).toBe(false);
});

test('certificate: water from nowhere is a breach, however cheap', () => {
  expect(told([2, 3, 0], 10)).toMatchObject({ primal: 1, gap: -10 });
  expect(proves(told([2, 3, 0], 10))).toBe(false);
});

test('certificate: a worth below zero where the sea takes all is no proof', () => {
  expect(told([2, 0, 2], -1).dual).toBe(1);
  expect(proves(told([2, 0, 2], -1))).toBe(false);
});

test('certificate: of several the worst of each figure is kept', () => {
  const all = worst([told([2, 2, 0], 10), told([2, 3, 0], 10), told([2, 2, 0], 4)]);
  expect([all.primal, Math.abs(all.gap)]).toEqual([1, 10]);
});
