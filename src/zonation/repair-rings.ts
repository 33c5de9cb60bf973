/**
 * Faults of single rings: not closed, positions repeated, spikes, turning the wrong way, collapsed to a line.
 *
 *     const { polygons, changes } = repairRings({ id: 'core', polygons }, { tolerance, isShared: () => false });
 */
import { measureRing } from '../science/geodesic-ring.ts';
import type { Geometry, Id, PolygonRings, Position, Ring } from '../types.ts';
import { type Change, pointAt, type RepairKind } from './repair-change.ts';
import { type RepairTolerance, ROUNDING } from './repair-tolerance.ts';
import { inMetres, metresPerDegree, signedArea, straightPerimeter, stripWidth } from './straight-measures.ts';

/** A spike is sharper than this [deg]: its sides run back along each other for 57 times its width and more. */
export const SPIKE_ANGLE = 1;

const SPIKE_TANGENT = Math.tan((SPIKE_ANGLE * Math.PI) / 180);

export interface RingRepair {
  polygons: PolygonRings[];
  changes: Change[];
}

interface Context {
  tolerance: RepairTolerance;
  /** Whether a position is also one of another zone: a border that two zones agree on is no spike. */
  isShared(position: Position): boolean;
}

/** The polygons of a zone with each ring made sound by itself; the same array where there was nothing to do. */
export function repairRings(zone: { id: Id; polygons: PolygonRings[] }, context: Context): RingRepair {
  const changes: Change[] = [];
  const many = new Map<RepairKind, Position[]>();
  const note = (kind: RepairKind, place: Position, area = 0): void => {
    if (kind !== 'repeated-points' && kind !== 'orientation') changes.push({ kind, zone: zone.id, place: pointAt(place), area });
    else if (!many.get(kind)?.push(place)) many.set(kind, [place]);
  };
  const polygons = zone.polygons.flatMap((polygon): PolygonRings[] => {
    const rings = polygon.map((ring) => repairRing(ring, context, note));
    const [outer] = rings;
    if (outer === undefined || outer === null) return [];
    const kept = rings.filter((ring): ring is Ring => ring !== null);
    return [orient(kept, (ring) => note('orientation', ring[0] as Position))];
  });
  for (const [kind, places] of many)
    changes.push({ kind, zone: zone.id, place: placesOf(places), area: 0, count: places.length });
  return { polygons: changes.length === 0 ? zone.polygons : polygons, changes };
}

/** A ring whose area is less than this share of its squared length turns neither way: the loops of a bow tie balance [1]. */
const BALANCED = 1e-10;

/** Outer ring counter-clockwise, holes clockwise (RFC 7946, 3.1.6); rings that turn right stay as they are. */
export function orient(polygon: PolygonRings, onTurn: (ring: Ring) => void = () => {}): PolygonRings {
  return polygon.map((ring, i) => {
    const area = signedArea(ring);
    if (area > 0 === (i === 0) || Math.abs(area) < BALANCED * straightPerimeter([ring]) ** 2) return ring;
    onTurn(ring);
    return [...ring].reverse();
  });
}

/** A ring without its faults, or `null` when nothing is left of it. */
function repairRing(
  ring: Ring,
  { tolerance, isShared }: Context,
  note: (kind: RepairKind, place: Position, area?: number) => void,
): Ring | null {
  const [first] = ring;
  if (first === undefined) return null;
  const last = ring[ring.length - 1] as Position;
  const closed = ring.length > 1 && same(first, last);
  const open = closed ? ring.slice(0, -1) : ring;
  const single = open.filter((position, i) => {
    const repeats = i > 0 && same(position, open[i - 1] as Position);
    if (repeats) note('repeated-points', position);
    return !repeats;
  });
  while (single.length > 1 && same(first, single[single.length - 1] as Position)) {
    single.pop();
    note('repeated-points', first);
  }
  if (isLine(single)) {
    note('collapsed-part', first, measureRing(ring).area);
    return null;
  }
  if (!closed) note('open-ring', last);
  const blunt = withoutSpikes(single, tolerance, isShared, (tip, area) => note('spike', tip, area));
  if (isLine(blunt)) {
    note('collapsed-part', first);
    return null;
  }
  if (closed && blunt === single && single.length === ring.length - 1) return ring;
  return [...blunt, blunt[0] as Position];
}

/** Whether all positions lie on one line, up to rounding. */
function isLine(open: Position[]): boolean {
  return open.length < 3 || stripWidth(inMetres([open])[0] ?? []) < ROUNDING;
}

/**
 * Takes the tips off spikes until none is left. `open` is a ring without its last position; the same array comes back
 * where there is no spike. A loop over a linked list, for rings of hundreds of thousands of positions.
 */
function withoutSpikes(
  open: Position[],
  tolerance: RepairTolerance,
  isShared: Context['isShared'],
  onSpike: (tip: Position, area: number) => void,
): Position[] {
  const n = open.length;
  const previous = Int32Array.from({ length: n }, (_, i) => (i + n - 1) % n);
  const next = Int32Array.from({ length: n }, (_, i) => (i + 1) % n);
  const gone = new Uint8Array(n);
  let left = n;
  for (let i = 0; i < n; i++) {
    let at = i;
    while (left > 3 && gone[at] === 0) {
      const before = previous[at] as number;
      const after = next[at] as number;
      const area = spikeArea(open[before] as Position, open[at] as Position, open[after] as Position, tolerance, isShared);
      if (area === null) break;
      onSpike(open[at] as Position, area);
      gone[at] = 1;
      left--;
      next[before] = after;
      previous[after] = before;
      // Where both sides were as long, the ring now repeats a position.
      if (same(open[before] as Position, open[after] as Position)) {
        gone[after] = 1;
        left--;
        next[before] = next[after] as number;
        previous[next[after] as number] = before;
      }
      at = before;
    }
  }
  return left === n ? open : open.filter((_, i) => gone[i] === 0);
}

/** Area that goes with the tip `b` [m2], or `null` when it is no spike or one too large to take off. */
function spikeArea(
  a: Position,
  b: Position,
  c: Position,
  tolerance: RepairTolerance,
  isShared: Context['isShared'],
): number | null {
  const dotSign = (a[0] - b[0]) * (c[0] - b[0]) + (a[1] - b[1]) * (c[1] - b[1]);
  if (dotSign <= 0) return null; // quick: sides that run back along each other agree in both coordinates
  const [east, north] = metresPerDegree(b[1]);
  const ux = (a[0] - b[0]) * east;
  const uy = (a[1] - b[1]) * north;
  const vx = (c[0] - b[0]) * east;
  const vy = (c[1] - b[1]) * north;
  const cross = Math.abs(ux * vy - uy * vx);
  const dot = ux * vx + uy * vy;
  if (dot <= 0 || cross >= SPIKE_TANGENT * dot) return null;
  if (cross === 0) return 0;
  const width = cross / Math.max(Math.hypot(ux, uy), Math.hypot(vx, vy));
  return width <= tolerance.width && cross / 2 <= tolerance.borderArea && !isShared(b) ? cross / 2 : null;
}

/** So many places are drawn, in the order of the rings; the sentence gives the count of all. */
const PLACES = 1000;

function placesOf(places: Position[]): Geometry {
  const [first] = places;
  if (places.length === 1 && first !== undefined) return pointAt(first);
  return { type: 'LineString', coordinates: places.slice(0, PLACES).map(([lon, lat]): Position => [lon, lat]) };
}

function same(a: Position, b: Position): boolean {
  return a[0] === b[0] && a[1] === b[1];
}
