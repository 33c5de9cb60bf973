/** Invented zonations for the tests of maps: shapes around a place, in kilometres. Not a test by itself. */

import type { MapZone } from '../../src/drawing/map.ts';
import { stereographic } from '../../src/drawing/map-projection.ts';
import type { MultiPolygon, PolygonRings, Position, Ring } from '../../src/types.ts';

const EARTH_KM = 6371;

/** A wavy closed line around the centre: bays of several sizes, the same for the same seed. */
export function wavy(radiusKm: number, { seed = 1, points = 240, at = [0, 0] as Position, squeeze = 1 } = {}): Position[] {
  const open = Array.from({ length: points }, (_, i): Position => {
    const angle = (2 * Math.PI * i) / points;
    const waves = [2, 3, 5, 9, 17].reduce((sum, n) => sum + (0.22 / n) * Math.sin(n * angle + seed * n * n), 0);
    const r = radiusKm * (1 + waves);
    return [at[0] + r * Math.cos(angle), at[1] + squeeze * r * Math.sin(angle)];
  });
  return [...open, open[0] as Position];
}

/** Polygons in kilometres east and north of `centre`, on the earth. */
export function onEarth(centre: Position, polygons: Position[][][]): MultiPolygon {
  const { unproject } = stereographic(centre);
  const ring = (line: Position[]): Ring => line.map(([x, y]) => unproject(x / EARTH_KM, y / EARTH_KM));
  return { type: 'MultiPolygon', coordinates: polygons.map((rings): PolygonRings => rings.map(ring)) };
}

/** Core in buffer in transition, with an enclave in the transition area; borders are shared to the last position. */
export function nestedZones(centre: Position, km = 60, points = 240): MapZone[] {
  const core = wavy(0.35 * km, { seed: 3, points, at: [0.1 * km, 0] });
  const buffer = wavy(0.62 * km, { seed: 4, points, at: [0.05 * km, 0] });
  const outer = wavy(km, { seed: 5, points, squeeze: 0.95 });
  const enclave = wavy(0.08 * km, { seed: 6, points: 40, at: [-0.72 * km, 0.1 * km] });
  return [
    { kind: 'core', geometry: onEarth(centre, [[core]]), areaHa: 47_237 },
    { kind: 'buffer', geometry: onEarth(centre, [[buffer, core.toReversed()]]), areaHa: 107_204.4 },
    { kind: 'transition', geometry: onEarth(centre, [[outer, buffer.toReversed(), enclave.toReversed()]]), areaHa: 1_086_100 },
  ];
}

/** Two clusters that lie far apart, the smaller with a core alone. */
export function twoClusters(centre: Position): MapZone[] {
  const [west, east] = [nestedZones(centre, 20), wavy(6, { seed: 9, at: [110, 30] })];
  const small = onEarth(centre, [[east]]);
  const speck = onEarth(centre, [[wavy(0.15, { at: [60, 20], points: 8 })]]);
  return [...west, { kind: 'core', geometry: small }, { kind: 'core', geometry: speck }];
}

/** A transition area open to the south, around a core area. */
export function horseshoe(centre: Position): MapZone[] {
  const core = polygon([-18, 18], [-18, 30], [-30, 30], [-30, 18]);
  const bend = polygon(
    [-30, -30],
    [-30, 18],
    [-18, 18],
    [-18, 30],
    [30, 30],
    [30, -30],
    [18, -30],
    [18, 18],
    [-18, 18],
    [-18, -30],
  );
  return [
    { kind: 'core', geometry: onEarth(centre, [[core]]) },
    { kind: 'transition', geometry: onEarth(centre, [[bend]]) },
  ];
}

function polygon(...corners: Position[]): Position[] {
  return [...corners, corners[0] as Position];
}
