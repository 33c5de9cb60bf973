/**
 * All rings of a map in typed arrays, equal positions numbered once: what millions of vertices are compared in.
 *
 *     const table = vertexTable(zones);      // null where a ring is open, repeats a position, or is no ring
 *     table.lon[table.at[k]]                 // longitude of corner k
 *
 * A *vertex* is a position; a *corner* is its place in a ring. Corners of all rings are numbered on, ring after ring, the
 * closing position included; edge k runs from corner k to corner k + 1, so that closing corners have no edge.
 */
import { orientation } from '../science/orientation.ts';
import type { MultiPolygon, PolygonRings, Position } from '../types.ts';

export interface VertexTable {
  /** By vertex [deg]. */
  lon: Float64Array;
  lat: Float64Array;
  vertices: number;
  /** Vertex by corner. */
  at: Int32Array;
  /** First corner of each ring, and the number of all corners at the end. */
  starts: Int32Array;
  /** Ring by corner, polygon by ring, zone by polygon. */
  ringOf: Int32Array;
  polygonOf: Int32Array;
  zoneOf: Int32Array;
  /** 1 for a ring that is a hole. */
  isHole: Uint8Array;
  /** By vertex its last corner, by corner the one before it at the same vertex, -1 where there is none; closing corners left out. */
  last: Int32Array;
  before: Int32Array;
  /** West, south, east, north [deg]. */
  box: [number, number, number, number];
}

/** A ring of a triangle, closed. */
const FEWEST = 4;

/** The table, or `null` where a ring is not closed, too short or meets a vertex twice, or a coordinate is no longitude or latitude. */
export function vertexTable(zones: { geometry: MultiPolygon }[]): VertexTable | null {
  const polygons = zones.flatMap((zone) => zone.geometry.coordinates);
  const zoneOf = Int32Array.from(zones.flatMap((zone, z) => zone.geometry.coordinates.map(() => z)));
  if (polygons.length === 0 || polygons.some((rings) => rings.length === 0)) return null;
  const rings = polygons.flat();
  const polygonOf = Int32Array.from(polygons.flatMap((list, p) => list.map(() => p)));
  const isHole = Uint8Array.from(polygons.flatMap((list) => list.map((_, r) => (r === 0 ? 0 : 1))));
  const starts = new Int32Array(rings.length + 1);
  for (const [r, ring] of rings.entries()) {
    if (ring.length < FEWEST) return null;
    starts[r + 1] = (starts[r] as number) + ring.length;
  }
  const numbered = numberCorners(rings, starts);
  return numbered === null ? null : { ...numbered, starts, polygonOf, zoneOf, isHole };
}

type Numbered = Pick<VertexTable, 'lon' | 'lat' | 'vertices' | 'at' | 'ringOf' | 'last' | 'before' | 'box'>;

/** One loop of many lines, for speed: open addressing with linear probing (Knuth 1998, The Art of Computer Programming 3, section 6.4, algorithm L). */
function numberCorners(rings: PolygonRings, starts: Int32Array): Numbered | null {
  const corners = starts[rings.length] as number;
  const mask = 2 ** Math.ceil(Math.log2(1.5 * corners + 2)) - 1;
  const slots = new Int32Array(mask + 1); // vertex + 1
  const lon = new Float64Array(corners);
  const lat = new Float64Array(corners);
  const at = new Int32Array(corners);
  const ringOf = new Int32Array(corners);
  const last = new Int32Array(corners).fill(-1);
  const before = new Int32Array(corners).fill(-1);
  const bits = new Float64Array(2);
  const words = new Uint32Array(bits.buffer);
  let vertices = 0;
  let west = Infinity;
  let south = Infinity;
  let east = -Infinity;
  let north = -Infinity;

  for (const [r, ring] of rings.entries()) {
    const start = starts[r] as number;
    const end = start + ring.length - 1;
    for (let k = start; k <= end; k++) {
      const position = ring[k - start] as Position;
      const x = position[0];
      const y = position[1];
      if (!(Math.abs(x) <= 180 && Math.abs(y) <= 90)) return null;
      bits[0] = x + 0; // -0 is 0
      bits[1] = y + 0;
      let hash = Math.imul((words[0] as number) ^ Math.imul(words[1] as number, 0x85ebca6b), 0x9e3779b1);
      hash = Math.imul(hash ^ (hash >>> 15) ^ (words[2] as number), 0xc2b2ae35);
      hash = Math.imul(hash ^ (hash >>> 13) ^ (words[3] as number), 0x27d4eb2f);
      let slot = (hash ^ (hash >>> 16)) & mask;
      let vertex = (slots[slot] as number) - 1;
      while (vertex !== -1 && (lon[vertex] !== x || lat[vertex] !== y)) {
        slot = (slot + 1) & mask;
        vertex = (slots[slot] as number) - 1;
      }
      if (vertex === -1) {
        vertex = vertices++;
        slots[slot] = vertices;
        lon[vertex] = x;
        lat[vertex] = y;
        if (x < west) west = x;
        if (x > east) east = x;
        if (y < south) south = y;
        if (y > north) north = y;
      }
      at[k] = vertex;
      ringOf[k] = r;
      if (k === end) {
        if (vertex !== at[start]) return null;
        break;
      }
      const known = last[vertex] as number;
      if (known !== -1 && ringOf[known] === r) return null;
      before[k] = known;
      last[vertex] = k;
    }
  }
  return { lon, lat, vertices, at, ringOf, last, before, box: [west, south, east, north] };
}

/** The edge that ends at corner `k`, which is no closing one. */
export function edgeBefore({ starts, ringOf }: VertexTable, k: number): number {
  const r = ringOf[k] as number;
  return k === starts[r] ? (starts[r + 1] as number) - 2 : k - 1;
}

/** Above the bound of Shewchuk 1997, section 4.2, for a 2 x 2 determinant of differences. */
const ROUNDING = 4 * 2 ** -53;

/** `orientation` of three vertices: 1 where the turn from `o` over `a` to `b` is to the left, exact. */
export function turn({ lon, lat }: VertexTable, o: number, a: number, b: number): -1 | 0 | 1 {
  const ox = lon[o] as number;
  const oy = lat[o] as number;
  const left = ((lon[a] as number) - ox) * ((lat[b] as number) - oy);
  const right = ((lon[b] as number) - ox) * ((lat[a] as number) - oy);
  const bound = ROUNDING * (Math.abs(left) + Math.abs(right)) + Number.MIN_VALUE;
  if (left - right > bound) return 1;
  if (right - left > bound) return -1;
  return orientation([ox, oy], [lon[a] as number, lat[a] as number], 0, [lon[b] as number, lat[b] as number], 0);
}
