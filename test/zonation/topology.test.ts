import { expect, test } from 'vitest';
import { measureRing } from '../../src/science/geodesic-ring.ts';
import type { PolygonRings, Position, Ring, ZoneKind } from '../../src/types.ts';
import { zoneTopology } from '../../src/zonation/topology.ts';

function box(west: number, south: number, east: number, north: number): Ring {
  return [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
}

function zone(kind: ZoneKind, ...coordinates: PolygonRings[]) {
  return { id: kind, kind, geometry: { type: 'MultiPolygon' as const, coordinates } };
}

const length = (a: Position, b: Position): number => measureRing([a, b]).perimeter / 2;

test('topology: a core with buffer to the east, transition to the north, nothing else', async () => {
  const { parts, groups } = await zoneTopology([
    zone('core', [box(70, 50, 70.01, 50.01)]),
    zone('buffer', [box(70.01, 50, 70.02, 50.01)]),
    zone('transition', [box(70, 50.01, 70.02, 50.02)], [box(71, 50, 71.01, 50.01)]),
  ]);
  const [core] = parts;
  expect(core?.shared.buffer).toBeCloseTo(length([70.01, 50], [70.01, 50.01]), 6);
  expect(core?.shared.transition).toBeCloseTo(length([70, 50.01], [70.01, 50.01]), 6);
  expect(core?.shared.outside).toBeCloseTo(length([70, 50], [70.01, 50]) + length([70, 50], [70, 50.01]), 6);
  expect(core?.neighbours.map(({ part }) => part)).toEqual([1, 2]);
  expect(groups).toEqual([[0, 1, 2], [3]]);
});

test('topology: the four sides add up to the perimeter', async () => {
  const { parts } = await zoneTopology([
    zone('core', [box(70, 50, 70.01, 50.01)]),
    zone('buffer', [box(69.99, 49.99, 70.02, 50.02), box(70, 50, 70.01, 50.01).reverse()]),
  ]);
  for (const { shared, perimeter } of parts)
    expect(shared.core + shared.buffer + shared.transition + shared.outside).toBeCloseTo(perimeter, 6);
  expect(parts[0]?.shared.buffer).toBeCloseTo(parts[0]?.perimeter ?? 0, 6);
  expect(parts[0]?.open).toEqual([]);
});

test('topology: a State border 100 m off and open water are exempt', async () => {
  const core = zone('core', [box(70, 50, 70.01, 50.01)]);
  const border = {
    type: 'LineString' as const,
    coordinates: [
      [69.9, 49.9991],
      [70.2, 49.9991],
    ] as Position[],
  };
  const south = length([70, 50], [70.01, 50]);
  const along = (await zoneTopology([core], { borders: [border], within: 150 })).parts[0];
  // Short stretches of the two sides near the border count too.
  expect(along?.exempt).toBeGreaterThan(south);
  expect(along?.exempt).toBeLessThan(south + 400);
  const water = { type: 'Polygon' as const, coordinates: [box(69.99, 49.99, 70.005, 50.02)] };
  const lake = (await zoneTopology([core], { water: [water] })).parts[0];
  expect(lake?.exempt).toBeCloseTo(
    length([70, 50], [70, 50.01]) + (length([70, 50], [70.01, 50]) + length([70, 50.01], [70.01, 50.01])) / 2,
    -2,
  );
});

test('topology: parts on two sides of the antimeridian are neighbours', async () => {
  const { groups } = await zoneTopology([
    zone('core', [box(179.99, 50, 180, 50.01)]),
    zone('buffer', [box(-180, 50, -179.99, 50.01)]),
  ]);
  expect(groups).toEqual([[0, 1]]);
});
