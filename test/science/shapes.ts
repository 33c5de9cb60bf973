/** Shapes and random rings that the tests of this folder share. */
import fc from 'fast-check';
import type { Areal, Position, Ring } from '../../src/science/index.ts';

/** `path('0 0, 4 0, 4 4')`: pairs of numbers, as in well-known text. */
export const path = (text: string): Ring => text.split(', ').map((pair) => pair.split(' ').map(Number) as unknown as Position);

export const polygon = (...coordinates: Ring[]): Areal => ({ type: 'Polygon', coordinates });

/** GeographicLib writes lat, lon. */
export const fromLatLon = (points: Ring): Ring => points.map(([lat, lon]) => [lon, lat]);

export const closed = (ring: Ring): Ring => [...ring, ring[0] as Position];

export const turned = (ring: Ring, by: number): Ring => [...ring.slice(by), ...ring.slice(0, by)];

/** Longitudes on a grid that 360 can be added to without rounding. */
export const onGrid = (lon: number): number => Math.round(lon * 2 ** 40) / 2 ** 40;

const around = (lon: number, lat: number, size: number, parts: readonly number[]): Ring =>
  parts.map((part, i) => {
    const angle = (2 * Math.PI * (i + 0.25)) / parts.length;
    return [onGrid(lon + size * part * Math.cos(angle)), lat + size * part * Math.sin(angle)];
  });

const centre = { lon: fc.double({ min: -180, max: 180, noNaN: true }), lat: fc.double({ min: -75, max: 75, noNaN: true }) };

/** From ten metres to five degrees. */
const size = fc.double({ min: -4, max: Math.log10(5), noNaN: true }).map((x) => 10 ** x);

/** A ring that its centre sees all of, anywhere but at the poles. */
export const star = fc
  .record({ ...centre, size, parts: fc.array(fc.double({ min: 0.2, max: 1, noNaN: true }), { minLength: 5, maxLength: 14 }) })
  .map(({ lon, lat, size, parts }) => around(lon, lat, size, parts));

/** A ring without hollows. */
export const round = fc
  .record({ ...centre, size, corners: fc.integer({ min: 4, max: 12 }) })
  .map(({ lon, lat, size, corners }) => around(lon, lat, size, Array(corners).fill(1)));

export const runs = { seed: 20130101, numRuns: 300 };
