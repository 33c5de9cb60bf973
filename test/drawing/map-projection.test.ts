import fc from 'fast-check';
import proj4 from 'proj4';
import { expect, test } from 'vitest';
import { localProjection, stereographic } from '../../src/drawing/map-projection.ts';
import { geodesicDistance } from '../../src/science/distances.ts';
import type { Position } from '../../src/types.ts';

const place = fc.record({
  lon: fc.double({ min: -180, max: 180, noNaN: true }),
  lat: fc.double({ min: -90, max: 90, noNaN: true }),
});

test('the projection is PROJ stere on the WGS 84 ellipsoid, but for its size', () => {
  for (const [lon0, lat0] of [
    [69.2, 50.4],
    [-60, -3],
    [15, 78],
    [120, -40],
  ] as const) {
    const theirs = proj4(`+proj=stere +lat_0=${lat0} +lon_0=${lon0} +k=1 +ellps=WGS84 +units=m`);
    const { project } = stereographic([lon0, lat0]);
    const unit = theirs.forward([lon0, lat0 + 0.5])[1] as number;
    const ours = project([lon0, lat0 + 0.5])[1];
    for (const [dx, dy] of [
      [1, 1],
      [-3, 0.2],
      [2, -2],
      [0.01, 0.003],
    ] as const) {
      const [x = 0, y = 0] = theirs.forward([lon0 + dx, lat0 + dy]);
      const [u, v] = project([lon0 + dx, lat0 + dy]);
      expect(u / ours).toBeCloseTo(x / unit, 8);
      expect(v / ours).toBeCloseTo(y / unit, 8);
    }
  }
});

test('a place comes back where it was, at the poles and at the antimeridian too', () => {
  fc.assert(
    fc.property(place, place, (centre, off) => {
      const projection = stereographic([centre.lon, centre.lat]);
      const at: Position = [centre.lon + off.lon / 60, Math.max(-90, Math.min(90, centre.lat + off.lat / 30))];
      expect(geodesicDistance(at, projection.unproject(...projection.project(at)))).toBeLessThan(1e-3);
    }),
  );
});

test('within 250 km of the centre scale is that of the centre to 0.06 %, in every direction', () => {
  fc.assert(
    fc.property(place, fc.double({ min: 0, max: 2 * Math.PI, noNaN: true }), (centre, angle) => {
      const projection = stereographic([centre.lon, centre.lat]);
      const scaleAt = (x: number, y: number, dx: number, dy: number): number =>
        geodesicDistance(projection.unproject(x - dx, y - dy), projection.unproject(x + dx, y + dy));
      const step = 1e-4;
      const middle = scaleAt(0, 0, step, 0);
      const [x, y] = [(250 / 6371) * Math.cos(angle), (250 / 6371) * Math.sin(angle)];
      const [east, north] = [scaleAt(x, y, step, 0), scaleAt(x, y, 0, step)];
      expect(east / north).toBeCloseTo(1, 5);
      expect(Math.abs(east / middle - 1)).toBeLessThan(6e-4);
    }),
  );
});

test('the middle of a site across the antimeridian lies in it, and so does that of one around a pole', () => {
  const [lon, lat] = localProjection([
    [
      [179, 70],
      [-179, 70],
      [-179, 71],
      [179, 71],
    ],
  ]).centre;
  expect(Math.abs(lon)).toBeCloseTo(180, 6);
  expect(lat).toBeCloseTo(70.5, 2);
  expect(
    localProjection([
      [
        [0, 85],
        [90, 85],
        [180, 85],
        [-90, 85],
      ],
    ]).centre[1],
  ).toBeGreaterThan(89.9);
});

test('positions that are no places, no positions, and zones around the earth are refused', () => {
  expect(() => localProjection([])).toThrow(RangeError);
  expect(() => localProjection([[[Number.NaN, 50]]])).toThrow(RangeError);
  expect(() =>
    localProjection([
      [
        [0, 0],
        [180, 0],
        [90, 0],
        [-90, 0],
      ],
    ]),
  ).toThrow('spread around the earth');
});
