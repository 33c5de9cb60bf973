/**
 * Everything drawn, cut into faces: no edge crosses another, and each face lies wholly inside or outside of each zone.
 *
 *     const { faces } = arrange(engine, rings, (at) => zonesAt(at));
 *
 * Faces that meet share their edges position for position, so that zones put together from faces do too.
 */
import type { PolygonRings, Position } from '../types.ts';
import type { GeometryEngine } from './geometry-engine.ts';
import { insidePoint } from './inside-point.ts';
import { straightLength } from './straight-measures.ts';

/** Stands for what lies around all faces. */
export const OUTSIDE = -1;

export interface Face {
  rings: PolygonRings;
  /** A position inside. */
  inside: Position;
  /** What covers it: numbers given by the caller. */
  labels: number[];
  /** Numbers of its positions; equal positions have equal numbers throughout. */
  corners: number[];
  /** Length of border with each neighbouring face or `OUTSIDE` [m]. */
  borders: Map<number, number>;
}

export interface Edge {
  from: Position;
  to: Position;
  /** The faces on its two sides, the second `OUTSIDE` where there is none. */
  face: number;
  across: number;
}

export interface Arrangement {
  faces: Face[];
  edges: Edge[];
}

/** More positions than a map in memory can have; keys of edges stay exact integers. */
const STRIDE = 2 ** 26;

/** The faces of all `lines` together; `labelsAt` says what covers a position. */
export function arrange(engine: GeometryEngine, lines: Position[][], labelsAt: (at: Position) => number[]): Arrangement {
  if (lines.length === 0) return { faces: [], edges: [] };
  const faces = engine.faces(lines).map((rings): Face => {
    const inside = insidePoint(rings);
    return { rings, inside, labels: labelsAt(inside), corners: [], borders: new Map() };
  });
  const number = positionNumbers(faces.reduce((n, face) => n + face.rings.reduce((m, ring) => m + ring.length, 0), 0));
  const edges = new Map<number, Edge>();
  for (const [f, face] of faces.entries()) {
    for (const ring of face.rings) {
      let from = ring[0] as Position;
      let a = number(from);
      for (let i = 1; i < ring.length; i++) {
        const to = ring[i] as Position;
        const b = number(to);
        face.corners.push(b);
        const key = Math.min(a, b) * STRIDE + Math.max(a, b);
        const known = edges.get(key);
        if (known === undefined) edges.set(key, { from, to, face: f, across: OUTSIDE });
        else known.across = f;
        from = to;
        a = b;
      }
    }
  }
  for (const edge of edges.values()) {
    const length = straightLength(edge.from, edge.to);
    addTo(faces[edge.face]?.borders, edge.across, length);
    addTo(faces[edge.across]?.borders, edge.face, length);
  }
  return { faces, edges: [...edges.values()] };
}

/** Which of many areas, each of many polygons, a position lies in: their numbers in order. `free` it when done. */
export function areaLocator(engine: GeometryEngine, areas: PolygonRings[][]): { at(position: Position): number[]; free(): void } {
  const parts = areas.flatMap((polygons, label) =>
    polygons.map((polygon) => ({ label, box: boxOf(polygon), locator: engine.locator(polygon) })),
  );
  return {
    at(position) {
      const found: number[] = [];
      for (const { label, box, locator } of parts) {
        if (found[found.length - 1] === label) continue;
        const [lon, lat] = position;
        if (lon >= box[0] && lat >= box[1] && lon <= box[2] && lat <= box[3] && locator.contains(position)) found.push(label);
      }
      return found;
    },
    free() {
      for (const { locator } of parts) locator.free();
    },
  };
}

/** Groups of faces that `joined` says belong together, among those that `chosen` picks and that share an edge. */
export function components(
  faces: Face[],
  chosen: (face: Face) => boolean,
  joined: (a: Face, b: Face) => boolean = () => true,
): number[][] {
  const seen = new Set<number>();
  const groups: number[][] = [];
  for (const [start, first] of faces.entries()) {
    if (seen.has(start) || !chosen(first)) continue;
    seen.add(start);
    const group = [start];
    for (let i = 0; i < group.length; i++) {
      const face = faces[group[i] as number] as Face;
      for (const next of face.borders.keys()) {
        const other = faces[next];
        if (other === undefined || seen.has(next) || !chosen(other) || !joined(face, other)) continue;
        seen.add(next);
        group.push(next);
      }
    }
    groups.push(group);
  }
  return groups;
}

/** Polygons that meet along identical edges, as one shape in valid polygons. */
export function dissolved(engine: GeometryEngine, polygons: PolygonRings[]): PolygonRings[] {
  return engine.dissolve(polygons).flatMap((whole) => {
    if (engine.isValid(whole)) return [whole];
    // A ring that touches itself: its faces, which share no edges, without those it goes around.
    const locator = areaLocator(engine, [polygons]);
    const faces = engine.faces(whole).filter((face) => locator.at(insidePoint(face)).length > 0);
    locator.free();
    return faces;
  });
}

/** West, south, east, north of the outer ring. */
export function boxOf([outer = []]: PolygonRings): [number, number, number, number] {
  const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lon, lat] of outer) {
    if (lon < box[0]) box[0] = lon;
    if (lat < box[1]) box[1] = lat;
    if (lon > box[2]) box[2] = lon;
    if (lat > box[3]) box[3] = lat;
  }
  return box;
}

/** Gives equal positions equal numbers, from 0, for at most `most` positions: a hash table in typed arrays, for hundreds of thousands. */
export function positionNumbers(most: number): (at: Position) => number {
  const size = 2 ** Math.ceil(Math.log2(2 * most + 2));
  const slots = new Int32Array(size).fill(-1);
  const lons = new Float64Array(most);
  const lats = new Float64Array(most);
  const bits = new Float64Array(2);
  const words = new Uint32Array(bits.buffer);
  let count = 0;
  return ([lon, lat]) => {
    bits[0] = lon + 0; // -0 is 0
    bits[1] = lat + 0;
    let hash = 0;
    for (const word of words) hash = Math.imul(hash ^ word ^ (word >>> 15), 0x9e3779b1) ^ (hash >>> 13);
    let slot = (hash ^ (hash >>> 16)) & (size - 1);
    for (;;) {
      const known = slots[slot] as number;
      if (known === -1) break;
      if (lons[known] === lon && lats[known] === lat) return known;
      slot = (slot + 1) & (size - 1);
    }
    slots[slot] = count;
    lons[count] = lon;
    lats[count] = lat;
    return count++;
  };
}

function addTo(sums: Map<number, number> | undefined, key: number, value: number): void {
  sums?.set(key, (sums.get(key) ?? 0) + value);
}
