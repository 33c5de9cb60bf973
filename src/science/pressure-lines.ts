/**
 * Length of lines, such as roads, within zones, and on the cells of a grid of longitude and latitude.
 *
 *     lengthsWithin(roads, [core, buffer, transition])    // [0, 12_400, 310_200] m
 *     addLengths(lengths, road, grid)                     // of each cell, for `addPressure`
 *
 * A line is cut where it crosses a border, exactly but for rounding; edges of zones and lines are straight in longitude and
 * latitude (RFC 7946, 3.1.1), and what lies between two cuts is measured as the geodesic. A line that runs along a border
 * counts to one side of it.
 * @see Karney 2013, Algorithms for geodesics, J. Geodesy 87, 43-55, doi 10.1007/s00190-012-0578-z
 */
import { geodesicDistance } from './distances.ts';
import type { Grid } from './grid.ts';
import { type Areal, type Position, polygonsOf } from './rings.ts';

/** Edges of a zone by bands of latitude, longitudes turned to be near `reference`. */
interface ZoneEdges {
  reference: number;
  west: number;
  east: number;
  south: number;
  north: number;
  /** x1, y1, x2, y2 of each edge. */
  edges: Float64Array;
  /** Edges that reach into each band. */
  bands: Uint32Array[];
  /** When each edge was looked at last. */
  seen: Uint32Array;
}

/** Edges in a band, about. */
const EDGES_PER_BAND = 8;
const MOST_BANDS = 4096;

/** Length of all lines within each zone [m]. @throws RangeError for a position that is none */
export function lengthsWithin(lines: Iterable<readonly Position[]>, zones: readonly Areal[]): Float64Array {
  const ready = zones.map(edgesOf);
  const lengths = new Float64Array(zones.length);
  const cuts: number[] = [];
  for (const line of lines) {
    for (let i = 1; i < line.length; i++) {
      const [from, to] = [line[i - 1] as Position, line[i] as Position];
      for (const [z, zone] of ready.entries()) lengths[z] = (lengths[z] as number) + withinZone(zone, from, to, cuts);
    }
  }
  return lengths;
}

/** Adds the length of a line to the cells it runs through [m]; what lies beside the grid is left out. */
export function addLengths(lengths: Float64Array, line: readonly Position[], grid: Grid): void {
  const cuts: number[] = [];
  for (let i = 1; i < line.length; i++) {
    const [from, to] = [line[i - 1] as Position, line[i] as Position];
    const x1 = (turned(from[0], grid.x0 + (grid.width * grid.dx) / 2) - grid.x0) / grid.dx;
    const x2 = x1 + turned(to[0] - from[0], 0) / grid.dx;
    const [y1, y2] = [(from[1] - grid.y0) / grid.dy, (to[1] - grid.y0) / grid.dy];
    if (Math.max(x1, x2) <= 0 || Math.min(x1, x2) >= grid.width || Math.max(y1, y2) <= 0 || Math.min(y1, y2) >= grid.height)
      continue;
    const length = geodesicDistance(from, to);
    cuts.length = 0;
    crossings(x1, x2, cuts);
    crossings(y1, y2, cuts);
    cuts.push(1);
    cuts.sort((a, b) => a - b);
    let before = 0;
    for (const cut of cuts) {
      const middle = (before + cut) / 2;
      const [column, row] = [Math.floor(x1 + middle * (x2 - x1)), Math.floor(y1 + middle * (y2 - y1))];
      if (column >= 0 && column < grid.width && row >= 0 && row < grid.height) {
        const at = row * grid.width + column;
        lengths[at] = (lengths[at] as number) + length * (cut - before);
      }
      before = cut;
    }
  }
}

/** Parts of the way from a to b at which whole numbers are passed. */
function crossings(a: number, b: number, into: number[]): void {
  const [low, high] = [Math.min(a, b), Math.max(a, b)];
  for (let whole = Math.floor(low) + 1; whole < high; whole++) into.push((whole - a) / (b - a));
}

function edgesOf(zone: Areal): ZoneEdges {
  const rings = polygonsOf(zone).flat();
  const reference = rings[0]?.[0]?.[0] ?? 0;
  const list: number[] = [];
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const ring of rings) {
    for (const [i, to] of ring.entries()) {
      const from = ring[(i + ring.length - 1) % ring.length] as Position;
      const x1 = turned(from[0], reference);
      const x2 = x1 + turned(to[0] - from[0], 0);
      if (x1 === x2 && from[1] === to[1]) continue;
      list.push(x1, from[1], x2, to[1]);
      west = Math.min(west, x1, x2);
      east = Math.max(east, x1, x2);
      south = Math.min(south, from[1], to[1]);
      north = Math.max(north, from[1], to[1]);
    }
  }
  const edges = Float64Array.from(list);
  const count = edges.length / 4;
  const bands = Array.from({ length: Math.max(1, Math.min(MOST_BANDS, Math.ceil(count / EDGES_PER_BAND))) }, (): number[] => []);
  const own = { reference, west, east, south, north, edges, bands: [], seen: new Uint32Array(count) };
  for (let e = 0; e < count; e++) {
    const [y1, y2] = [edges[4 * e + 1] as number, edges[4 * e + 3] as number];
    const last = bandOf(own, Math.max(y1, y2), bands.length);
    for (let band = bandOf(own, Math.min(y1, y2), bands.length); band <= last; band++) bands[band]?.push(e);
  }
  return { ...own, bands: bands.map((band) => Uint32Array.from(band)) };
}

function bandOf({ south, north }: Pick<ZoneEdges, 'south' | 'north'>, y: number, count: number): number {
  return Math.max(0, Math.min(count - 1, Math.floor(((y - south) / (north - south || 1)) * count)));
}

let look = 0;

function withinZone(zone: ZoneEdges, from: Position, to: Position, cuts: number[]): number {
  const { edges, bands, seen, reference } = zone;
  const x1 = turned(from[0], reference);
  const [y1, y2] = [from[1], to[1]];
  const x2 = x1 + turned(to[0] - from[0], 0);
  const apart = Math.max(x1, x2) < zone.west || Math.min(x1, x2) > zone.east;
  if (apart || Math.max(y1, y2) < zone.south || Math.min(y1, y2) > zone.north) return 0;
  cuts.length = 0;
  look = look >= 0xffffffff ? 1 : look + 1;
  const last = bandOf(zone, Math.max(y1, y2), bands.length);
  for (let band = bandOf(zone, Math.min(y1, y2), bands.length); band <= last; band++) {
    for (const e of bands[band] as Uint32Array) {
      if (seen[e] === look) continue;
      seen[e] = look;
      const cut = cutAt(edges, e, x1, y1, x2, y2);
      if (cut > 0 && cut < 1) cuts.push(cut);
    }
  }
  cuts.push(1);
  cuts.sort((a, b) => a - b);
  let [before, length] = [0, 0];
  for (const cut of cuts) {
    const middle = (before + cut) / 2;
    if (cut > before && isInside(zone, x1 + middle * (x2 - x1), y1 + middle * (y2 - y1))) {
      const at = (part: number): Position => [x1 + part * (x2 - x1), y1 + part * (y2 - y1)];
      length += geodesicDistance(before === 0 ? from : at(before), cut === 1 ? to : at(cut));
    }
    before = cut;
  }
  return length;
}

/** Part of the way at which a line meets an edge; NaN where it does not. */
function cutAt(edges: Float64Array, e: number, x1: number, y1: number, x2: number, y2: number): number {
  const [ex, ey] = [edges[4 * e] as number, edges[4 * e + 1] as number];
  const [ux, uy] = [(edges[4 * e + 2] as number) - ex, (edges[4 * e + 3] as number) - ey];
  const [vx, vy] = [x2 - x1, y2 - y1];
  const cross = vx * uy - vy * ux;
  if (cross === 0) return Number.NaN;
  const onEdge = ((ex - x1) * vy - (ey - y1) * vx) / cross;
  // a little beyond its ends, too: a needless cut does no harm, a missing one does
  return onEdge >= -1e-9 && onEdge <= 1 + 1e-9 ? ((ex - x1) * uy - (ey - y1) * ux) / cross : Number.NaN;
}

/** Even-odd along the parallel to the east. */
function isInside({ edges, bands, ...zone }: ZoneEdges, x: number, y: number): boolean {
  if (y < zone.south || y > zone.north) return false;
  let odd = false;
  for (const e of bands[bandOf(zone, y, bands.length)] as Uint32Array) {
    const [ex, ey, fx, fy] = [edges[4 * e], edges[4 * e + 1], edges[4 * e + 2], edges[4 * e + 3]] as [
      number,
      number,
      number,
      number,
    ];
    if (ey > y !== fy > y && ex + ((y - ey) / (fy - ey)) * (fx - ex) > x) odd = !odd;
  }
  return odd;
}

/** The longitude that is no more than half a turn from `reference`. */
function turned(longitude: number, reference: number): number {
  return longitude - 360 * Math.round((longitude - reference) / 360);
}
