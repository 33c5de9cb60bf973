import { expect, test } from 'vitest';
import { connectivityFigures } from '../../src/indicators/connectivity.ts';
import { protectedFigures, protectedOf } from '../../src/indicators/protected-connectivity.ts';

const period = { start: '2024-01-01', end: '2025-01-01' };
const links = [{ from: 0, to: 1, distance: 1000 }];

test('two cores half within reach: ECA by hand, a figure for each distance', () => {
  const [near, far] = connectivityFigures({ areas: [30, 40], links, distances: [1000, 2000] }, period);
  expect(near).toMatchObject({ indicator: 'connectivity', unit: '%', class: '1000 m', n: 2, period });
  expect(near?.value).toBeCloseTo((100 * Math.sqrt(30 ** 2 + 40 ** 2 + 2 * 30 * 40 * 0.5)) / 70, 10);
  expect(far?.value).toBeGreaterThan(near?.value as number);
});

test('no patch, no figure', () => {
  expect(connectivityFigures({ areas: [], links: [], distances: [1000] }, period)).toEqual([]);
  expect(protectedFigures({ areas: [5], links: [], distances: [1000], regionArea: 9, transboundary: [true] }, period)).toEqual(
    [],
  );
});

test('a core beyond the border adds nothing itself, and joins those that it lies between', () => {
  const areas = [30, 1000, 40];
  const way = [
    { from: 0, to: 1, distance: 500 },
    { from: 1, to: 2, distance: 500 },
  ];
  const of = { areas, links: way, regionArea: 1000, transboundary: [false, true, false] };
  const [figure] = protectedFigures({ ...of, distances: [1000] }, period);
  expect(figure).toMatchObject({ indicator: 'protected-connectivity', n: 2 });
  expect(figure?.value).toBeCloseTo((100 * Math.sqrt(30 ** 2 + 40 ** 2 + 2 * 30 * 40 * 0.5)) / 1000, 10);
  const { ofConnected, unconnected } = protectedOf(of, 1000);
  // Without the core beyond the border each of both stands alone.
  expect(ofConnected.transboundary).toBeCloseTo(100 - (100 * 50) / ((figure?.value as number) * 10), 8);
  expect(unconnected).toBeCloseTo(7 - (figure?.value as number), 10);
});
