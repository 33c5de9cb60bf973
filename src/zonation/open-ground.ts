/**
 * The faces of a map that no zone covers: what lies around it, and what lies open within it.
 *
 *     const ground = openGround(table, edges, chains);   // null where zones lie in one another
 *     ground.faceOf[k]                                   // the face to the right of edge k, -1: a zone; OUTSIDE: around all
 *
 * Open ground lies to the right of edges without twin. Its boundaries are walked vertex by vertex; what hangs together by
 * vertices lies, as a whole, in the face to the east of the first edge to the west of it. Where a zone says otherwise than
 * the angle to the west of the westernmost vertex, one zone lies in another.
 */
import { disjointSets } from '../science/disjoint-sets.ts';
import { edgeWestOf, type MonotoneChains, upwards } from './monotone-chains.ts';
import type { SharedEdges } from './shared-edges.ts';
import { edgeBefore, turn, type VertexTable } from './vertex-table.ts';

export interface OpenGround {
  /** By edge: the boundary of open ground that it belongs to, -1 for an edge with a twin. */
  boundaryOf: Int32Array;
  /** By boundary: an edge of it, and the face that it bounds. */
  edges: Int32Array;
  faces: Int32Array;
}

/** The face around the map. */
export const OUTSIDE = 0;

/** The open ground of a map without crossings, or `null` where a part lies in another. */
export function openGround(table: VertexTable, shared: SharedEdges, chains: MonotoneChains): OpenGround | null {
  const { boundaryOf, edges } = walkBoundaries(table, shared);
  const joined = disjointSets(edges.length + 1); // boundary + 1; 0 stands for what is around all
  for (const vertex of westernmost(table, shared)) {
    const inner = edgeOnWest(table, vertex);
    const outer = edgeWestOf(table, chains, vertex);
    const around = outer === -1 ? { polygon: -1, boundary: -1 } : eastOf(table, shared, boundaryOf, outer);
    if (inner.polygon !== around.polygon) return null;
    if (inner.polygon === -1) joined.join((boundaryOf[inner.edge] as number) + 1, around.boundary + 1);
  }
  return { boundaryOf, edges, faces: Int32Array.from(edges, (_, b) => joined.leader(b + 1)) };
}

/** Calls `visit` for the edges along one boundary of open ground, from `start` on, with the ground on the left: each backwards. */
export function walkBoundary(table: VertexTable, { link }: SharedEdges, start: number, visit: (edge: number) => void): void {
  let k = start;
  do {
    visit(k);
    const linked = link[k] as number;
    k = linked === -1 ? edgeBefore(table, k) : linked;
  } while (k !== start);
}

function walkBoundaries(table: VertexTable, shared: SharedEdges): { boundaryOf: Int32Array; edges: Int32Array } {
  const { starts } = table;
  const boundaryOf = new Int32Array(shared.twin.length).fill(-1);
  const edges: number[] = [];
  for (let r = 0; r < starts.length - 1; r++) {
    const end = (starts[r + 1] as number) - 1;
    for (let k = starts[r] as number; k < end; k++) {
      if (shared.twin[k] !== -1 || boundaryOf[k] !== -1) continue;
      const boundary = edges.length;
      edges.push(k);
      walkBoundary(table, shared, k, (edge) => {
        boundaryOf[edge] = boundary;
      });
    }
  }
  return { boundaryOf, edges: Int32Array.from(edges) };
}

/** The westernmost vertex, of several the southernmost, of each component. */
function westernmost({ at, lon, lat, ringOf, starts }: VertexTable, { components }: SharedEdges): number[] {
  const best = new Int32Array(starts.length - 1).fill(-1);
  const leaders = Int32Array.from(best, (_, r) => components.leader(r));
  for (let k = 0; k < at.length; k++) {
    const vertex = at[k] as number;
    const component = leaders[ringOf[k] as number] as number;
    const known = best[component] as number;
    const step = known === -1 ? -1 : (lon[vertex] as number) - (lon[known] as number);
    if (step < 0 || (step === 0 && (lat[vertex] as number) < (lat[known] as number))) best[component] = vertex;
  }
  return [...best].filter((vertex) => vertex !== -1);
}

/** What lies west of a westernmost vertex: a polygon, or open ground (-1) along `edge`. */
function edgeOnWest(table: VertexTable, vertex: number): { polygon: number; edge: number } {
  const { at, last, before, ringOf, polygonOf } = table;
  let top = -1;
  let polygon = -1;
  let edge = -1;
  const look = (far: number): boolean => {
    if (top !== -1 && far !== top && turn(table, vertex, top, far) < 0) return false;
    if (far !== top) {
      top = far;
      polygon = -1;
      edge = -1;
    }
    return true;
  };
  for (let p = last[vertex] as number; p !== -1; p = before[p] as number) {
    const arrival = edgeBefore(table, p);
    if (look(at[p + 1] as number)) polygon = polygonOf[ringOf[p] as number] as number;
    if (look(at[arrival] as number)) edge = arrival;
  }
  return { polygon, edge };
}

/** What lies east of an edge: a polygon, or open ground (-1) with its boundary. */
function eastOf(
  table: VertexTable,
  { twin }: SharedEdges,
  boundaryOf: Int32Array,
  k: number,
): { polygon: number; boundary: number } {
  const { at, ringOf, polygonOf } = table;
  const [low] = upwards(table, k);
  const other = twin[k] as number;
  const side = at[k] === low ? other : k;
  return side === -1
    ? { polygon: -1, boundary: boundaryOf[k] as number }
    : { polygon: polygonOf[ringOf[side] as number] as number, boundary: -1 };
}
