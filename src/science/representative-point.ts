/**
 * A place inside a polygon, to stand for it: for a label, a query of a service, a point of a table.
 *
 *     representativePoint({ type: 'Polygon', coordinates: [[[0, 0], [4, 0], [4, 4], [3, 4], [3, 1], [0, 1]]] })   // [2, 0.5]
 */
import { measureRing } from './geodesic-ring.ts';
import { pointInPolygon } from './point-in-polygon.ts';
import { type Areal, edgeStep, normaliseLongitude, polygonsOf, type Ring } from './rings.ts';

/** Parallels that are tried first, as parts of the way from the southernmost position to the northernmost. */
const TRIED_FIRST = [1 / 2, 1 / 4, 3 / 4, 1 / 8, 3 / 8, 5 / 8, 7 / 8];

const RADIANS = Math.PI / 180;

/** A place on a parallel, and how wide the polygon is there, in degrees of the equator. */
interface Candidate {
  place: [lon: number, lat: number];
  width: number;
}

/**
 * A place inside `geometry`, in its largest part that has an inside [deg].
 *
 * Parallels are laid between the latitudes of neighbouring positions, so that none touches a vertex. The boundary cuts
 * each into stretches; the middle of the widest that lies inside is taken, the widest of seven parallels first. Every
 * place is asked of `pointInPolygon`, which does not round: what is returned is inside, in a horseshoe or a sliver too.
 * It is not the pole of inaccessibility, and moves when the boundary does.
 * @throws RangeError when the geometry has no inside that a pair of doubles can name, and as `pointInPolygon`.
 */
export function representativePoint(geometry: Areal): [lon: number, lat: number] {
  const parts = polygonsOf(geometry)
    .map((rings) => ({ rings, area: rings[0] === undefined ? 0 : measureRing(rings[0]).area }))
    .sort((a, b) => b.area - a.area);
  for (const { rings } of parts) {
    const place = placeInside(rings);
    if (place !== null) return place;
  }
  throw new RangeError('the geometry has no inside: no place could stand for it');
}

function placeInside(rings: readonly Ring[]): [lon: number, lat: number] | null {
  const outer = rings[0] ?? [];
  const lats = Float64Array.from(new Set([-90, 90, ...rings.flat().map(([, lat]) => lat)])).sort();
  const south = outer.reduce((least, [, lat]) => Math.min(least, lat), 90);
  const north = outer.reduce((most, [, lat]) => Math.max(most, lat), -90);
  let best: Candidate | null = null;
  for (const part of TRIED_FIRST) {
    const candidate = widestOn(parallelNear(south + part * (north - south), lats), rings);
    if (candidate !== null && candidate.width > (best?.width ?? 0)) best = candidate;
  }
  return best?.place ?? placeOnAnyParallel(lats, rings);
}

/** The middle between the two of the sorted `lats` that `lat` lies between. */
function parallelNear(lat: number, lats: Float64Array): number {
  let low = 0;
  let high = lats.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((lats[middle] as number) <= lat) low = middle;
    else high = middle;
  }
  return ((lats[low] as number) + (lats[high] as number)) / 2;
}

/** Slow and thorough: every parallel, those with the most room first. */
function placeOnAnyParallel(lats: Float64Array, rings: readonly Ring[]): [lon: number, lat: number] | null {
  const gaps = Array.from(lats.subarray(1), (lat, i) => ({
    middle: (lat + (lats[i] as number)) / 2,
    room: lat - (lats[i] as number),
  }));
  for (const { middle } of gaps.sort((a, b) => b.room - a.room)) {
    const candidate = widestOn(middle, rings);
    if (candidate !== null) return candidate.place;
  }
  return null;
}

/** The middle of the widest stretch of the parallel that lies inside, or `null` when none does. */
function widestOn(lat: number, rings: readonly Ring[]): Candidate | null {
  const polygon = { type: 'Polygon', coordinates: rings } as const;
  for (const { middle, width } of stretchesOn(lat, rings)) {
    const place: [number, number] = [middle, lat];
    if (pointInPolygon(place, polygon) === 'inside') return { place, width: width * Math.cos(lat * RADIANS) };
  }
  return null;
}

/** What the boundary cuts the parallel into, widest first: middle and width [deg]. */
function stretchesOn(lat: number, rings: readonly Ring[]): { middle: number; width: number }[] {
  const cuts = rings.flatMap((ring) => cutsOf(lat, ring)).sort((a, b) => a - b);
  if (cuts.length === 0) return [{ middle: 0, width: 360 }];
  return cuts
    .map((cut, i) => {
      const next = cuts[i + 1] ?? (cuts[0] as number) + 360;
      const middle = normaliseLongitude(cut + (next - cut) / 2);
      return { middle, width: next - cut };
    })
    .sort((a, b) => b.width - a.width);
}

/** Longitudes where the ring crosses the parallel, -180 to 180 [deg]. */
function cutsOf(lat: number, ring: Ring): number[] {
  const cuts: number[] = [];
  let from = ring[ring.length - 1];
  for (const to of ring) {
    if (from !== undefined && from[1] < lat !== to[1] < lat) {
      const part = (lat - from[1]) / (to[1] - from[1]);
      cuts.push(normaliseLongitude(from[0] + part * edgeStep(from, to)));
    }
    from = to;
  }
  return cuts;
}
