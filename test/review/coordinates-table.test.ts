import { expect, test } from 'vitest';
import { centralPoint } from '../../src/review/central-point.ts';
import { coordinatesTable, extremePoints } from '../../src/review/coordinates-table.ts';
import { pointInPolygon } from '../../src/science/point-in-polygon.ts';
import type { MultiPolygon, Position } from '../../src/types.ts';
import type { Side } from '../../src/zonation/figures.ts';
import { horseshoe, nestedZones, twoClusters } from '../drawing/map-shapes.ts';
import { box, siteFacts, zone } from '../zonation/site-facts-of.ts';

const geometries = (zones: { geometry: MultiPolygon | null }[]): MultiPolygon[] =>
  zones.flatMap(({ geometry }) => geometry ?? []);
const isInside = (point: Position, zones: MultiPolygon[]): boolean =>
  zones.some((geometry) => pointInPolygon(point, geometry) === 'inside');
const ring = (...corners: Position[]): Position[] => [...corners, corners[0] as Position];

test('outermost points are positions of the map to the bit, whichever zone they are of', () => {
  const diamond: MultiPolygon = {
    type: 'MultiPolygon',
    coordinates: [[ring([69.1, 50.000001], [70.123456789, 50.4], [69.2, 51.7], [68.3, 50.6])]],
  };
  const facts = siteFacts('demo', [], {
    zones: [zone('demo', 'core', box(69, 50.3, 69.2, 50.5)), zone('demo', 'transition', diamond)],
  });
  const points = Object.fromEntries(coordinatesTable(facts).map(({ point, position }) => [point, position]));
  expect(points).toMatchObject({ north: [69.2, 51.7], south: [69.1, 50.000001], west: [68.3, 50.6], east: [70.123456789, 50.4] });
});

test('of several outermost points the westernmost is given, to the west and east the northernmost', () => {
  expect(extremePoints(box(69, 50, 70, 51))).toEqual({ north: [69, 51], south: [69, 50], west: [69, 51], east: [70, 51] });
});

test('across the antimeridian west is west of 180 and east is east of it', () => {
  const expected = { north: [178, -16], south: [178, -18], west: [178, -16], east: [-179, -16] };
  expect(extremePoints(box(178, -18, -179, -16))).toEqual(expected);
  expect(extremePoints(box(178, -18, 181, -16))).toEqual(expected);
  const cut = {
    type: 'MultiPolygon',
    coordinates: [...box(178, -18, 180, -16).coordinates, ...box(-180, -18, -179, -16).coordinates],
  } as MultiPolygon;
  expect(extremePoints(cut)).toEqual(expected);
});

test('around a pole the pole is the outermost point, and there is none to the west or east', () => {
  const around: MultiPolygon = { type: 'MultiPolygon', coordinates: [[ring([0, 80], [90, 80], [180, 80], [-90, 80])]] };
  expect(extremePoints(around)).toMatchObject({ north: [0, 90], west: null, east: null } satisfies Partial<
    Record<Side, Position | null>
  >);
});

test('the central point of a square is its middle, also where core area and buffer zone meet there', () => {
  const [lon, lat] = centralPoint([box(69, 50, 70, 51)]);
  expect(lon).toBeCloseTo(69.5, 6);
  expect(lat).toBeCloseTo(50.5, 1);
  const halves = [box(69, 50, 69.5, 51), box(69.5, 50, 70, 51)];
  const middle = centralPoint(halves);
  expect(middle[0]).toBeCloseTo(69.5, 3);
  expect(isInside(middle, halves)).toBe(true);
});

test('the core area counts: the middle of nested zones is in the core area, not in the ring around it', () => {
  const zones = nestedZones([69.2, 50.4]);
  expect(isInside(centralPoint(geometries(zones)), geometries(zones.slice(0, 1)))).toBe(true);
});

test('in a horseshoe and between two clusters the central point lies inside the reserve', () => {
  for (const centre of [
    [69.2, 50.4],
    [180, 70],
    [0, 89.95],
  ] as Position[])
    for (const zones of [horseshoe(centre), twoClusters(centre)].map(geometries))
      expect(isInside(centralPoint(zones), zones)).toBe(true);
});

test('declared coordinates stand beside the computed ones; without a map they stand alone', () => {
  const facts = siteFacts('demo', [
    ['', 'centre-latitude', 50.6, 'deg', 'unesco'],
    ['', 'centre-longitude', 69.5, 'deg', 'unesco'],
    ['', 'extent-north', 50.9, 'deg', 'unesco'],
    ['', 'extent-west', 68.9, 'deg', 'unesco'],
  ]);
  expect(coordinatesTable(facts)).toEqual([
    { point: 'centre', position: null, declared: { lon: 69.5, lat: 50.6 } },
    { point: 'north', position: null, declared: { lon: null, lat: 50.9 } },
    { point: 'south', position: null, declared: { lon: null, lat: null } },
    { point: 'west', position: null, declared: { lon: 68.9, lat: null } },
    { point: 'east', position: null, declared: { lon: null, lat: null } },
  ]);
});
