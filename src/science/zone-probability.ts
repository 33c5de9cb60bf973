/**
 * In which zones a record may lie: the share of its circle of uncertainty that each zone covers. A million records in seconds, as only the
 * edges near a circle are looked at.
 *
 *     const zones = zoneIndex([{ id: 'core', geometry }, { id: 'buffer', geometry }]);
 *     zones.shares(71.4, 50.5, 1000)   // [{ zone: 0, share: 0.83 }, { zone: 1, share: 0.17 }]
 *
 * The place is taken to be anywhere in the circle with the same chance (Wieczorek, Guo & Hijmans 2004, The point-radius method,
 * doi:10.1080/13658810412331280211). The share is exact on the plane that touches the ellipsoid at the place: the area of circle and polygon in
 * common is ½r²·Σθ over all edges, with a correction for those that come within r, and Σθ is 2π where the middle lies inside, else 0.
 * Circles of up to some 50 km; a plane is 0.1 % off at 100 km. Zones do not cross the antimeridian.
 */
import Flatbush from 'flatbush';
import type { Areal, Position } from './rings.ts';
import { polygonsOf } from './rings.ts';

export interface ZoneShare {
  /** Place in the list of zones. */
  zone: number;
  /** Above 0, up to 1. */
  share: number;
}

export interface ZoneIndex {
  ids: readonly string[];
  /**
   * Shares of the zones that the circle touches; empty where it touches none.
   * @param radiusM radius [m]; 0 asks for the zone of the place itself
   */
  shares(lon: number, lat: number, radiusM: number): ZoneShare[];
}

/** Cells along each side of a zone's box, by its edges: so that a cell has few of them. */
const cellsFor = (edges: number): number => Math.min(512, Math.max(8, Math.ceil(Math.sqrt(edges) * 2)));
/** Where in a cell it is known whether it is inside: off any place that people would draw a corner at. */
const [REFERENCE_X, REFERENCE_Y] = [0.48713, 0.52391];

const RADIANS = Math.PI / 180;
/** WGS 84: half axis [m] and eccentricity squared. */
const [AXIS, ECCENTRICITY] = [6_378_137, 0.00669437999014];

/** An index over zones, in the order given. */
export function zoneIndex(zones: readonly { id: string; geometry: Areal }[]): ZoneIndex {
  const lookups = zones.map(({ geometry }) => insideLookup(geometry));
  const total = lookups.reduce((sum, { edges }) => sum + edges.length / 4, 0);
  const tree = total === 0 ? null : new Flatbush(total);
  const ends = new Float64Array(total * 4);
  const owner = new Uint32Array(total);
  let n = 0;
  lookups.forEach(({ edges }, zone) => {
    for (let i = 0; i < edges.length; i += 4, n++) {
      const [ax, ay, bx, by] = [edges[i] as number, edges[i + 1] as number, edges[i + 2] as number, edges[i + 3] as number];
      ends.set([ax, ay, bx, by], n * 4);
      owner[n] = zone;
      tree?.add(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by));
    }
  });
  tree?.finish();
  const corrections = new Float64Array(zones.length);
  return {
    ids: zones.map(({ id }) => id),
    shares(lon, lat, radiusM) {
      if (radiusM > 0 && tree !== null) {
        const sine = Math.sin(lat * RADIANS);
        const bend = 1 - ECCENTRICITY * sine * sine;
        const north = (RADIANS * AXIS * (1 - ECCENTRICITY)) / bend ** 1.5; // metres of a degree along the meridian
        const east = Math.max(1, (RADIANS * AXIS * Math.cos(lat * RADIANS)) / Math.sqrt(bend));
        const [dx, dy] = [radiusM / east, radiusM / north];
        const near = tree.search(lon - dx, lat - dy, lon + dx, lat + dy);
        if (near.length > 0) {
          // a middle right on a border is on neither side of it: it is moved by millionths of the radius
          for (const [x, y] of ASIDE)
            if (corrected(near, lon + x * dx, lat + y * dy, dx, dy)) return sharesAt(lon + x * dx, lat + y * dy, corrections);
        }
      }
      const found = sharesAt(lon, lat, null);
      // A place right on a border is on neither side of it: a circle of a hand's breadth is on both.
      return found.length > 0 || radiusM > 0 ? found : this.shares(lon, lat, ON_BORDER);
    },
  };

  /** Fills `corrections`; returns whether no edge comes too near to the middle to say on which side it is. */
  function corrected(near: readonly number[], lon: number, lat: number, dx: number, dy: number): boolean {
    corrections.fill(0);
    for (const edge of near) {
      const at = edge * 4;
      const [ax, ay] = [((ends[at] as number) - lon) / dx, ((ends[at + 1] as number) - lat) / dy];
      const [bx, by] = [((ends[at + 2] as number) - lon) / dx, ((ends[at + 3] as number) - lat) / dy];
      const correction = correctionOf(ax, ay, bx, by);
      if (Number.isNaN(correction)) return false;
      corrections[owner[edge] as number] = (corrections[owner[edge] as number] as number) + correction;
    }
    return true;
  }

  function sharesAt(lon: number, lat: number, by: Float64Array | null): ZoneShare[] {
    const found: ZoneShare[] = [];
    for (let zone = 0; zone < lookups.length; zone++) {
      const inside = lookups[zone]?.inside(lon, lat) === true ? 1 : 0;
      const share = by === null ? inside : Math.min(1, Math.max(0, inside + (by[zone] as number) / Math.PI));
      if (share > LEAST_SHARE) found.push({ zone, share });
    }
    return found;
  }
}

/** Where the middle is looked at, in parts of the radius. */
const ASIDE = [
  [0, 0],
  [1.3e-6, 0.9e-6],
  [-0.7e-6, 1.9e-6],
  [-2.3e-6, -1.1e-6],
  [3.1e-6, -0.3e-6],
] as const;
/** Radius of a place without uncertainty that lies on a border [m]. */
const ON_BORDER = 0.1;
/** Nearer than this to the middle, in parts of the radius, rounding says on which side an edge is. */
const TOO_NEAR = 1e-8;
/** Below it a zone is not touched. */
const LEAST_SHARE = 1e-9;

/** What an edge from a to b takes off the sector it spans in the unit circle around 0, 0: triangle and circle in common, minus ½θ; NaN where it passes through 0, 0. */
function correctionOf(ax: number, ay: number, bx: number, by: number): number {
  const [vx, vy] = [bx - ax, by - ay];
  const a = vx * vx + vy * vy;
  if (a === 0) return 0;
  const b = ax * vx + ay * vy;
  const c = ax * ax + ay * ay - 1;
  const root = b * b - a * c;
  if (root <= 0) return 0; // the line passes by
  const s = Math.sqrt(root);
  const from = Math.max(0, (-b - s) / a);
  const to = Math.min(1, (-b + s) / a);
  if (from >= to) return 0;
  const [px, py, qx, qy] = [ax + from * vx, ay + from * vy, ax + to * vx, ay + to * vy];
  const cross = px * qy - py * qx;
  if (Math.abs(cross) <= TOO_NEAR * Math.hypot(qx - px, qy - py) && px * qx + py * qy <= TOO_NEAR) return Number.NaN;
  return 0.5 * cross - 0.5 * Math.atan2(cross, px * qx + py * qy);
}

interface Lookup {
  edges: Float64Array;
  inside(lon: number, lat: number): boolean;
}

/** Whether places lie in a geometry, by cells whose middle is known and the edges that pass them (even-odd). */
function insideLookup(geometry: Areal): Lookup {
  const edges = edgesOf(geometry);
  let [west, south, east, north] = [
    Number.POSITIVE_INFINITY,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ];
  for (let i = 0; i < edges.length; i += 2) {
    const [x, y] = [edges[i] as number, edges[i + 1] as number];
    west = Math.min(west, x);
    east = Math.max(east, x);
    south = Math.min(south, y);
    north = Math.max(north, y);
  }
  const count = cellsFor(edges.length / 4);
  const [width, height] = [(east - west) / count || 1, (north - south) / count || 1];
  const lists = cellLists(edges, { west, south, width, height, count });
  const known = new Int8Array(count * count).fill(-1);
  const crossings = (list: Uint32Array, px: number, py: number, x: number, y: number): number => {
    let odd = 0;
    for (const i of list) {
      const [ax, ay, bx, by] = [edges[i] as number, edges[i + 1] as number, edges[i + 2] as number, edges[i + 3] as number];
      if (
        side(px, py, x, y, ax, ay) !== side(px, py, x, y, bx, by) &&
        side(ax, ay, bx, by, px, py) !== side(ax, ay, bx, by, x, y)
      )
        odd ^= 1;
    }
    return odd;
  };
  /** Along the cells to the west, where it is outside. */
  const reference = (cell: number): number => {
    if (known[cell] !== -1) return known[cell] as number;
    const row = Math.floor(cell / count);
    const y = south + (row + REFERENCE_Y) * height;
    let inside = 0;
    for (let column = 0; column < count; column++) {
      const at = row * count + column;
      const x = west + (column + REFERENCE_X) * width;
      const before = column === 0 ? west - width : x - width;
      // edges that lie in both cells count once
      const both = column === 0 ? (lists[at] as Uint32Array) : union(lists[at - 1] as Uint32Array, lists[at] as Uint32Array);
      inside ^= crossings(both, before, y, x, y);
      known[at] = inside;
    }
    return known[cell] as number;
  };
  return {
    edges,
    inside(lon, lat) {
      if (!(lon >= west && lon <= east && lat >= south && lat <= north)) return false;
      const column = Math.min(count - 1, Math.floor((lon - west) / width));
      const row = Math.min(count - 1, Math.floor((lat - south) / height));
      const cell = row * count + column;
      const list = lists[cell] as Uint32Array;
      const start = reference(cell);
      if (list.length === 0) return start === 1;
      return (
        (start ^ crossings(list, west + (column + REFERENCE_X) * width, south + (row + REFERENCE_Y) * height, lon, lat)) === 1
      );
    },
  };
}

function side(ax: number, ay: number, bx: number, by: number, x: number, y: number): boolean {
  return (bx - ax) * (y - ay) - (by - ay) * (x - ax) > 0;
}

function union(a: Uint32Array, b: Uint32Array): Uint32Array {
  return a.length === 0 ? b : b.length === 0 ? a : Uint32Array.from(new Set([...a, ...b]));
}

/** The edges whose box touches a cell, cell by cell. */
function cellLists(
  edges: Float64Array,
  { west, south, width, height, count }: { west: number; south: number; width: number; height: number; count: number },
): Uint32Array[] {
  const lists: number[][] = Array.from({ length: count * count }, () => []);
  const clamp = (value: number): number => Math.min(count - 1, Math.max(0, Math.floor(value)));
  for (let i = 0; i < edges.length; i += 4) {
    const [ax, ay, bx, by] = [edges[i] as number, edges[i + 1] as number, edges[i + 2] as number, edges[i + 3] as number];
    const [left, right] = [clamp((Math.min(ax, bx) - west) / width), clamp((Math.max(ax, bx) - west) / width)];
    const [low, high] = [clamp((Math.min(ay, by) - south) / height), clamp((Math.max(ay, by) - south) / height)];
    for (let row = low; row <= high; row++)
      for (let column = left; column <= right; column++) lists[row * count + column]?.push(i);
  }
  return lists.map((list) => Uint32Array.from(list));
}

/** Every edge as four numbers, outer rings counter-clockwise and holes clockwise, so that areas add up. */
function edgesOf(geometry: Areal): Float64Array {
  const numbers: number[] = [];
  for (const polygon of polygonsOf(geometry))
    polygon.forEach((ring, i) => {
      const points = turned(ring, i === 0);
      for (let k = 0; k < points.length; k++) {
        const [a, b] = [points[k] as Position, points[(k + 1) % points.length] as Position];
        if (a[0] !== b[0] || a[1] !== b[1]) numbers.push(a[0], a[1], b[0], b[1]);
      }
    });
  return Float64Array.from(numbers);
}

function turned(ring: readonly Position[], counterClockwise: boolean): readonly Position[] {
  let twice = 0;
  for (let i = 0; i < ring.length; i++) {
    const [a, b] = [ring[i] as Position, ring[(i + 1) % ring.length] as Position];
    twice += a[0] * b[1] - b[0] * a[1];
  }
  return twice > 0 === counterClockwise ? ring : ring.toReversed();
}
