/**
 * Which edges two zones share, and whether what lies around each vertex fits together.
 *
 *     const edges = sharedEdges(table);     // null where edges coincide that may not, or sides contradict each other
 *     edges.twin[k]                         // the edge that runs back along edge k, -1: open ground there
 *
 * A polygon lies to the left of its edges. Where no two edges cross (`monotone-chains.ts`), a map covers no ground twice
 * exactly when at every vertex each angle between neighbouring edges is claimed from both its sides by the same polygon
 * or by none: the map is then a planar subdivision, its faces walked along half-edges.
 *
 * @see Muller & Preparata 1978, Finding the intersection of two convex polyhedra, Theoretical Computer Science 7, 217-236,
 * doi 10.1016/0304-3975(78)90051-8 (the doubly connected edge list)
 */
import { type DisjointSets, disjointSets } from '../science/disjoint-sets.ts';
import { edgeBefore, turn, type VertexTable } from './vertex-table.ts';

export interface SharedEdges {
  /** By edge: the one of another zone that runs back along it, -1 where there is none. */
  twin: Int32Array;
  /** By edge without twin, for those that begin where several borders meet: the edge before it along open ground, -1 elsewhere. */
  link: Int32Array;
  /** Rings that hang together by common vertices. */
  components: DisjointSets;
}

/** More rings than this at one vertex are not looked at: the slow way decides. */
const MOST_AT_VERTEX = 64;

/** Finds twins and checks every vertex; `null` as soon as something does not fit. */
export function sharedEdges(table: VertexTable): SharedEdges | null {
  const twin = findTwins(table);
  if (twin === null) return null;
  const { last, before, ringOf, vertices, starts } = table;
  const link = new Int32Array(twin.length).fill(-1);
  const components = disjointSets(starts.length - 1);
  const touches = disjointSets(starts.length - 1);
  const star = newStar();
  for (let v = 0; v < vertices; v++) {
    const first = last[v] as number;
    const second = before[first] as number;
    if (second === -1) continue;
    components.join(ringOf[first] as number, ringOf[second] as number);
    const isLine =
      before[second] === -1 && twin[first] === edgeBefore(table, second) && twin[second] === edgeBefore(table, first);
    if (isLine) continue;
    if (!gather(table, v, star, components, touches) || !fits(table, v, star, link)) return null;
  }
  return { twin, link, components };
}

/** By edge the one that runs back along it; `null` where two run the same way, or both belong to one zone. */
function findTwins({ at, last, before, starts, ringOf, polygonOf, zoneOf }: VertexTable): Int32Array | null {
  const twin = new Int32Array(at.length).fill(-1);
  for (let r = 0; r < starts.length - 1; r++) {
    const end = (starts[r + 1] as number) - 1;
    const zone = zoneOf[polygonOf[r] as number];
    for (let k = starts[r] as number; k < end; k++) {
      const from = at[k] as number;
      const to = at[k + 1] as number;
      let count = 0;
      for (let p = before[k] as number; p !== -1; p = before[p] as number) {
        if (at[p + 1] === to || ++count > MOST_AT_VERTEX) return null;
      }
      for (let p = last[to] as number; p !== -1; p = before[p] as number) {
        if (at[p + 1] !== from) continue;
        if (zoneOf[polygonOf[ringOf[p] as number] as number] === zone) return null;
        twin[k] = p;
      }
    }
  }
  return twin;
}

/** The edges at a vertex: their far ends, and the edges that leave to and come from there, -1 for none. */
interface Star {
  size: number;
  to: Int32Array;
  leaving: Int32Array;
  coming: Int32Array;
}

function newStar(): Star {
  const most = 2 * MOST_AT_VERTEX + 2;
  return { size: 0, to: new Int32Array(most), leaving: new Int32Array(most), coming: new Int32Array(most) };
}

/** Fills `star`; false where the rings of one polygon touch so that they cut its inside in two. */
function gather(table: VertexTable, v: number, star: Star, components: DisjointSets, touches: DisjointSets): boolean {
  const { at, last, before, ringOf, polygonOf } = table;
  star.size = 0;
  const first = ringOf[last[v] as number] as number;
  for (let p = last[v] as number; p !== -1; p = before[p] as number) {
    const ring = ringOf[p] as number;
    components.join(first, ring);
    for (let q = last[v] as number; q !== p; q = before[q] as number) {
      const other = ringOf[q] as number;
      if (polygonOf[other] !== polygonOf[ring]) continue;
      if (!touches.join(other, ring)) return false;
      break;
    }
    const arrival = edgeBefore(table, p);
    star.leaving[ray(star, at[p + 1] as number)] = p;
    star.coming[ray(star, at[arrival] as number)] = arrival;
  }
  return true;
}

/** The place of the edge to a far end among those of `star`. */
function ray(star: Star, to: number): number {
  for (let i = 0; i < star.size; i++) if (star.to[i] === to) return i;
  star.to[star.size] = to;
  star.leaving[star.size] = -1;
  star.coming[star.size] = -1;
  return star.size++;
}

/** Whether the polygons around a vertex agree; notes how open ground goes on there. */
function fits(table: VertexTable, v: number, star: Star, link: Int32Array): boolean {
  if (!sortAround(table, v, star)) return false;
  const { ringOf, polygonOf } = table;
  const { size, leaving, coming } = star;
  for (let i = 0; i < size; i++) {
    const j = i + 1 === size ? 0 : i + 1;
    const out = leaving[i] as number;
    const back = coming[j] as number;
    const left = out === -1 ? -1 : polygonOf[ringOf[out] as number];
    const right = back === -1 ? -1 : polygonOf[ringOf[back] as number];
    if (left !== right) return false;
    if (left === -1) link[leaving[j] as number] = coming[i] as number;
  }
  return true;
}

/** Counter-clockwise from east, by insertion; false where two edges leave in the same direction. */
function sortAround(table: VertexTable, v: number, { size, to, leaving, coming }: Star): boolean {
  for (let i = 1; i < size; i++) {
    const [far, out, back] = [to[i] as number, leaving[i] as number, coming[i] as number];
    let j = i;
    for (; j > 0; j--) {
      const order = compareAround(table, v, to[j - 1] as number, far);
      if (order === 0) return false;
      if (order < 0) break;
      to[j] = to[j - 1] as number;
      leaving[j] = leaving[j - 1] as number;
      coming[j] = coming[j - 1] as number;
    }
    to[j] = far;
    leaving[j] = out;
    coming[j] = back;
  }
  return true;
}

function compareAround(table: VertexTable, v: number, a: number, b: number): number {
  const half = halfOf(table, v, a);
  return half - halfOf(table, v, b) || -turn(table, v, a, b);
}

/** 0 for directions from east up to west, 1 from west on. */
function halfOf({ lon, lat }: VertexTable, v: number, to: number): number {
  const rise = (lat[to] as number) - (lat[v] as number);
  return rise > 0 || (rise === 0 && (lon[to] as number) > (lon[v] as number)) ? 0 : 1;
}
