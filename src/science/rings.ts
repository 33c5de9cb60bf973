/**
 * Rings, polygons and boxes on the earth, as the kernels of this folder take them.
 *
 * Coordinates are lon, lat on WGS 84 [deg]. A ring may repeat its first position at the end or not, and may turn
 * either way. Where two neighbouring longitudes differ by more than 180 the edge takes the short way, across the
 * antimeridian: rings need not be cut there, and longitudes may run past 180.
 *
 *     longitudeStep(179, -179)                                     // 2
 *     enclosedPole([[0, 80], [90, 80], [180, 80], [-90, 80]])      // 'north'
 */

/** Longitude and latitude on WGS 84 [deg]. */
export type Position = readonly [lon: number, lat: number];

export type Ring = readonly Position[];

/** West, south, east, north [deg]; west is greater than east where the box crosses the antimeridian. */
export type Box = readonly [west: number, south: number, east: number, north: number];

/** GeoJSON geometries (RFC 7946) that have an area: per polygon the outer ring, then its holes. */
export type Areal =
  | { readonly type: 'Polygon'; readonly coordinates: readonly Ring[] }
  | { readonly type: 'MultiPolygon'; readonly coordinates: readonly (readonly Ring[])[] };

const RADIANS = Math.PI / 180;

/** The polygons of `geometry`, one or many. */
export function polygonsOf(geometry: Areal): readonly (readonly Ring[])[] {
  return geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
}

/** @throws RangeError when a longitude is not finite or a latitude is outside -90 to 90. */
export function checkPosition(position: Position, name = 'position'): void {
  const [lon, lat] = position;
  if (!Number.isFinite(lon)) throw new RangeError(`${name}: longitude ${lon} is not a finite number of degrees`);
  if (!(lat >= -90 && lat <= 90)) throw new RangeError(`${name}: latitude ${lat} is not between -90 and 90`);
}

/** @throws RangeError as `checkPosition`, naming the position's index. */
export function checkRing(ring: Ring): void {
  for (let i = 0; i < ring.length; i++) {
    const position = ring[i] as Position;
    // A million names would cost more than the check.
    if (!(Number.isFinite(position[0]) && Math.abs(position[1]) <= 90)) checkPosition(position, `position ${i}`);
  }
}

/** Whole turns to add to `to` so that it lies within 180 degrees of `from` [1]. */
export function turnsTowards(from: number, to: number): number {
  const step = to - from;
  return step >= -180 && step <= 180 ? 0 : -Math.round(step / 360);
}

/**
 * `to` + 360 `turns` - `from` [deg], with the digits that the first sum loses put back: the sign is always right, and
 * close longitudes on two sides of the antimeridian subtract like any others.
 * @see Knuth 1997, The Art of Computer Programming 2, section 4.2.2, theorem B
 */
export function longitudeOffset(from: number, to: number, turns: number): number {
  if (turns === 0) return to - from;
  const shift = 360 * turns;
  const sum = to + shift;
  const added = sum - to;
  const lost = to - (sum - added) + (shift - added);
  return sum - from + lost;
}

/** The short way from longitude `from` to `to`, -180 to 180, east positive [deg]. */
export function longitudeStep(from: number, to: number): number {
  return longitudeOffset(from, to, turnsTowards(from, to));
}

/** `lon` in -180 to 180 [deg]; 180 and -180 stay as they are. */
export function normaliseLongitude(lon: number): number {
  return lon >= -180 && lon <= 180 ? lon : lon - 360 * Math.round(lon / 360);
}

/**
 * `longitudeStep` for an edge that is a straight line in longitude and latitude.
 * @throws RangeError when the step is exactly half a turn, for then both ways are as short.
 */
export function edgeStep(from: Position, to: Position): number {
  const step = longitudeStep(from[0], to[0]);
  if (Math.abs(step) === 180) {
    throw new RangeError(`edge ${from} to ${to} spans 180 degrees of longitude: add a position between to say which way`);
  }
  return step;
}

/**
 * The pole that `ring` goes around, or `null` when it goes around none.
 *
 * Such a ring bounds two caps; the smaller one is meant, whichever way the ring turns: with the mean of the sine of
 * latitude along the ring above zero the northern cap is the smaller (Archimedes).
 * @throws RangeError when the ring goes round more than once, halves the earth, or as `edgeStep`.
 */
export function enclosedPole(ring: Ring): 'north' | 'south' | null {
  let turn = 0;
  let sum = 0;
  let from = ring[ring.length - 1];
  for (const to of ring) {
    if (from === undefined) break;
    const step = edgeStep(from, to);
    const half = ((to[1] - from[1]) / 2) * RADIANS;
    const mean = Math.sin(((from[1] + to[1]) / 2) * RADIANS) * (half === 0 ? 1 : Math.sin(half) / half);
    turn += step;
    sum += step * mean;
    from = to;
  }
  const turns = Math.round(turn / 360);
  if (turns === 0) return null;
  if (Math.abs(turns) > 1) throw new RangeError(`ring goes ${Math.abs(turns)} times around the pole`);
  if (sum === 0) throw new RangeError('ring halves the earth: neither side is the smaller one');
  return sum * turns > 0 ? 'north' : 'south';
}
