import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Areal, extent, type Ring } from '../../src/science/index.ts';
import { closed, path, polygon, runs, star } from './shapes.ts';

const box = (west: number, south: number, east: number, north: number): Ring => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
];
const many = (...rings: Ring[]): Areal => ({ type: 'MultiPolygon', coordinates: rings.map((ring) => [ring]) });

describe('extent', () => {
  test('is that of the outer ring', () => {
    expect(extent(polygon(box(1, 2, 3, 4), box(0, 0, 9, 9)))).toEqual([1, 2, 3, 4]);
  });

  test('west is greater than east across the antimeridian', () => {
    expect(extent(polygon(box(177, -20, -178, -15)))).toEqual([177, -20, -178, -15]);
    expect(extent(polygon(box(177, -20, 182, -15)))).toEqual([177, -20, -178, -15]);
    expect(extent(many(box(-180, -20, -178, -15), box(177, -20, 180, -15)))).toEqual([177, -20, -178, -15]);
  });

  test('the widest gap is left out', () => {
    expect(extent(many(box(-170, 0, -160, 1), box(150, 2, 160, 3)))).toEqual([150, 0, -160, 3]);
    expect(extent(many(box(-10, 0, 10, 1), box(20, 2, 30, 3), box(0, 0, 5, 9)))).toEqual([-10, 0, 30, 9]);
  });

  test('up to the antimeridian it is 180 on the west side of it and -180 on the east', () => {
    expect(extent(polygon(box(170, 0, 180, 1)))).toEqual([170, 0, 180, 1]);
    expect(extent(polygon(box(-180, 0, -170, 1)))).toEqual([-180, 0, -170, 1]);
    expect(extent(polygon(box(180, 0, 190, 1)))).toEqual([-180, 0, -170, 1]);
    expect(extent(polygon(box(170, 0, -180, 1)))).toEqual([170, 0, 180, 1]);
  });

  test('around a pole it is the whole turn, up to the pole', () => {
    expect(extent(polygon(path('0 60, 120 65, -120 62')))).toEqual([-180, 60, 180, 90]);
    expect(extent(polygon(path('0 -60, -120 -65, 120 -62')))).toEqual([-180, -90, 180, -60]);
  });

  test('parts all around the earth give the whole turn', () => {
    expect(extent(many(box(-180, 0, -60, 1), box(-60, 0, 60, 1), box(60, 0, 180, 1)))).toEqual([-180, 0, 180, 1]);
  });

  test('nothing has no extent', () => {
    expect(() => extent(many())).toThrow(RangeError);
    expect(() => extent(polygon([]))).toThrow(RangeError);
  });

  test('limits are positions of the ring, and closing, reversing and shifting by 360 degrees change nothing', () => {
    fc.assert(
      fc.property(star, (ring) => {
        const plain = ring.map(([lon, lat]) => [lon > 180 ? lon - 360 : lon < -180 ? lon + 360 : lon, lat] as const);
        const limits = extent(polygon(plain));
        const [west, south, east, north] = limits;
        expect(extent(polygon(closed(plain)))).toEqual(limits);
        expect(extent(polygon(plain.toReversed()))).toEqual(limits);
        expect(extent(polygon(ring))).toEqual(limits);
        expect(extent(polygon(ring.map(([lon, lat]) => [lon + 360, lat])))).toEqual(limits);
        const [lons, lats] = [plain.map(([lon]) => lon), plain.map(([, lat]) => lat)];
        return lons.includes(west) && lons.includes(east) && south === Math.min(...lats) && north === Math.max(...lats);
      }),
      runs,
    );
  });
});
