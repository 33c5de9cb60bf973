/**
 * A drawn path and the borders that it meets, with a vertex wherever they do.
 *
 *     const nodes = noded(borders, path, { closed: true });
 *     nodes.path      // vertex numbers: those drawn, those met on the way
 *     nodes.zones     // with the new vertices on their borders
 */
import type { Id, Position } from '../types.ts';
import { type Borders, type BorderZone, type Corners, newVertex, positionOf, withRings } from './shared-borders.ts';

/** A position so close to an edge or vertex lies on it [deg]: 1 cm, what coordinates of seven places are true to. */
export const ON = 1e-7;

export interface Nodes {
  path: Corners;
  zones: readonly BorderZone[];
}

export interface NodeOptions {
  closed: boolean;
  /** The only zone whose borders count. */
  of?: Id;
}

/** `null` where the path crosses or touches itself, or is too short. */
export function noded(borders: Borders, drawn: readonly Position[], { closed, of }: NodeOptions): Nodes | null {
  const path = drawn.filter((at, i) => i === 0 || !same(at, drawn[i - 1] as Position));
  if (closed && path.length > 1 && same(path[0] as Position, path.at(-1) as Position)) path.pop();
  if (path.length < (closed ? 3 : 2) || crossesItself(path, { closed })) return null;
  const edges = edgesOf(borders.zones.filter(({ id }) => of === undefined || id === of));
  const near = nearby(borders, edges, path);
  const ends = [...new Set(near.flat())];
  /** Vertices that come on an edge of a zone, with their places along it. */
  const onEdges = new Map<string, { vertex: number; along: number }[]>();
  const put = (a: number, b: number, vertex: number, along: number): void => {
    const key = `${a},${b}`;
    const list = onEdges.get(key) ?? [];
    onEdges.set(key, list);
    if (!list.some((known) => known.vertex === vertex)) list.push({ vertex, along });
  };
  const corners = path.map((at) => vertexAt(borders, near, ends, at, put));
  const full: number[] = [];
  for (const [i, from] of corners.entries()) {
    if (full.at(-1) !== from) full.push(from);
    const to = corners[(i + 1) % corners.length];
    if (to === undefined || (!closed && i === corners.length - 1)) break;
    const met = meetings(borders, near, ends, from, to, put).toSorted((a, b) => a.along - b.along);
    for (const { vertex } of met) if (full.at(-1) !== vertex) full.push(vertex);
  }
  if (closed && full.at(-1) === full[0]) full.pop();
  if (new Set(full).size < full.length || full.length < (closed ? 3 : 2)) return null;
  return { path: full, zones: grown(borders.zones, onEdges) };
}

/** The vertex of a drawn position: one that is there, one put on an edge, or a new one. */
function vertexAt(borders: Borders, edges: Edges, ends: Corners, at: Position, put: Put): number {
  for (const end of ends) if (distance(positionOf(borders, end), at) <= ON) return end;
  const vertex = newVertex(borders, at);
  for (const [a, b] of edges) {
    const { along, off } = beside(at, positionOf(borders, a), positionOf(borders, b));
    if (off <= ON && along > 0 && along < 1) put(a, b, vertex, along);
  }
  return vertex;
}

/** The vertices that an edge of the path meets between its ends: those of zones that lie on it, and new ones at crossings. */
function meetings(
  borders: Borders,
  edges: Edges,
  ends: Corners,
  from: number,
  to: number,
  put: Put,
): { vertex: number; along: number }[] {
  const [p, q] = [positionOf(borders, from), positionOf(borders, to)];
  const met = new Map<number, number>();
  for (const end of ends) {
    if (end === from || end === to) continue;
    const { along, off } = beside(positionOf(borders, end), p, q);
    if (off <= ON && along > 0 && along < 1) met.set(end, along);
  }
  for (const [a, b] of edges) {
    if ([a, b].some((end) => end === from || end === to || met.has(end))) continue;
    const cross = crossing(p, q, positionOf(borders, a), positionOf(borders, b));
    if (cross === null) continue;
    // an end of the path that was put on this edge is where they meet
    if (distance(cross.at, p) <= 2 * ON || distance(cross.at, q) <= 2 * ON) continue;
    const vertex = newVertex(borders, cross.at);
    met.set(vertex, cross.along);
    put(a, b, vertex, cross.across);
  }
  return [...met].map(([vertex, along]) => ({ vertex, along }));
}

type Put = (a: number, b: number, vertex: number, along: number) => void;
type Edges = readonly (readonly [number, number])[];

/** Each edge once, whichever zones have it. */
function edgesOf(zones: readonly BorderZone[]): Edges {
  const seen = new Set<number>();
  const edges: [number, number][] = [];
  for (const corners of zones.flatMap(({ parts }) => parts.flatMap(({ rings }) => rings))) {
    for (const [i, one] of corners.entries()) {
      const two = corners[(i + 1) % corners.length] as number;
      const [a, b] = one < two ? [one, two] : [two, one];
      const key = a * 2 ** 26 + b;
      if (!seen.has(key)) edges.push([a, b]);
      seen.add(key);
    }
  }
  return edges;
}

/** Edges whose box meets that of the path. */
function nearby({ lon, lat }: Borders, edges: Edges, path: readonly Position[]): Edges {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of path) {
    [west, east] = [Math.min(west, x - ON), Math.max(east, x + ON)];
    [south, north] = [Math.min(south, y - ON), Math.max(north, y + ON)];
  }
  return edges.filter(([a, b]) => {
    const [x1, y1, x2, y2] = [lon[a] as number, lat[a] as number, lon[b] as number, lat[b] as number];
    return Math.max(x1, x2) >= west && Math.min(x1, x2) <= east && Math.max(y1, y2) >= south && Math.min(y1, y2) <= north;
  });
}

/** `zones` with the new vertices on their edges. */
function grown(
  zones: readonly BorderZone[],
  onEdges: ReadonlyMap<string, { vertex: number; along: number }[]>,
): readonly BorderZone[] {
  if (onEdges.size === 0) return zones;
  const ends = new Set([...onEdges.keys()].flatMap((key) => key.split(',').map(Number)));
  return withRings(zones, (corners) => {
    if (!corners.some((corner) => ends.has(corner))) return corners;
    let more = false;
    const full = corners.flatMap((from, i) => {
      const to = corners[(i + 1) % corners.length] as number;
      if (!ends.has(from) || !ends.has(to)) return [from];
      const list = onEdges.get(from < to ? `${from},${to}` : `${to},${from}`);
      if (list === undefined) return [from];
      more = true;
      const sorted = list.toSorted((a, b) => (from < to ? a.along - b.along : b.along - a.along));
      return [from, ...sorted.map(({ vertex }) => vertex)];
    });
    return more ? full : corners;
  });
}

/** Where `at` falls on the line from `a` to `b` (0 to 1 between them), and how far it is off it [deg]. */
export function beside(at: Position, a: Position, b: Position): { along: number; off: number; foot: Position } {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const length2 = dx * dx + dy * dy;
  const along = length2 === 0 ? 0 : ((at[0] - a[0]) * dx + (at[1] - a[1]) * dy) / length2;
  const on = Math.min(1, Math.max(0, along));
  const foot: Position = [a[0] + on * dx, a[1] + on * dy];
  return { along, off: distance(at, foot), foot };
}

/** Where two edges cross within both, with the place along the first and along the second. */
export function crossing(
  p: Position,
  q: Position,
  a: Position,
  b: Position,
): { at: Position; along: number; across: number } | null {
  const [dx, dy, ex, ey] = [q[0] - p[0], q[1] - p[1], b[0] - a[0], b[1] - a[1]];
  const turn = dx * ey - dy * ex;
  if (turn === 0) return null;
  const along = ((a[0] - p[0]) * ey - (a[1] - p[1]) * ex) / turn;
  const across = ((a[0] - p[0]) * dy - (a[1] - p[1]) * dx) / turn;
  if (along < 0 || along > 1 || across < 0 || across > 1) return null;
  return { at: [p[0] + along * dx, p[1] + along * dy], along, across };
}

/** Whether two edges of the path meet that do not follow one another. */
export function crossesItself(path: readonly Position[], { closed }: { closed: boolean }): boolean {
  const count = closed ? path.length : path.length - 1;
  const end = (i: number): Position => path[i % path.length] as Position;
  for (let i = 0; i < count; i++) {
    for (let j = i + 2; j < count; j++) {
      if (closed && i === 0 && j === count - 1) continue;
      if (crossing(end(i), end(i + 1), end(j), end(j + 1)) !== null) return true;
    }
  }
  return false;
}

function distance([x1, y1]: Position, [x2, y2]: Position): number {
  return Math.hypot(x1 - x2, y1 - y2);
}

function same(a: Position, b: Position): boolean {
  return distance(a, b) <= ON;
}
