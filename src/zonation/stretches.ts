/**
 * Stretches of border: single edges put together to lines, so that the longest can be shown.
 *
 *     const [longest] = joined(part.open);      // { line, length: 1250 }
 */
import Flatbush from 'flatbush';
import { measureRing } from '../science/geodesic-ring.ts';
import type { LineString, PolygonRings, Position } from '../types.ts';
import { metresPerDegree } from './straight-measures.ts';

export interface Stretch {
  line: LineString;
  /** [m] */
  length: number;
}

/** `lines` joined where one ends and the next begins, the longest first; their order and directions do not matter. */
export function joined(lines: LineString[]): Stretch[] {
  const links = lines.filter(({ coordinates }) => coordinates.length > 1).map(linkOf);
  const at = new Map<string, number[]>();
  for (const [i, { ends }] of links.entries()) for (const end of new Set(ends)) at.set(end, [...(at.get(end) ?? []), i]);
  const isOdd = (end: string): boolean => (at.get(end)?.length ?? 0) % 2 === 1;
  const starts = [...at.keys()].sort((a, b) => Number(isOdd(b)) - Number(isOdd(a)) || (a < b ? -1 : 1));
  const used = new Set<number>();
  /** The next link from a node: of several the one whose other end sorts first. */
  const next = (end: string): number | undefined => {
    const far = (i: number): string => links[i]?.ends.find((other) => other !== end) ?? end;
    return (at.get(end) ?? []).filter((i) => !used.has(i)).sort((a, b) => (far(a) < far(b) ? -1 : 1))[0];
  };
  const stretches: Stretch[] = [];
  for (const start of starts) {
    for (let first = next(start); first !== undefined; first = next(start)) {
      const coordinates: Position[] = [];
      let end = start;
      for (let i: number | undefined = first; i !== undefined; i = next(end)) {
        used.add(i);
        const { line, ends } = links[i] as Link;
        const forwards = ends[0] === end;
        const positions = forwards ? line : line.toReversed();
        for (const position of coordinates.length === 0 ? positions : positions.slice(1)) coordinates.push(position);
        end = ends[forwards ? 1 : 0];
      }
      stretches.push({ line: { type: 'LineString', coordinates }, length: lengthOf(coordinates) });
    }
  }
  return stretches.sort((a, b) => b.length - a.length || (firstKey(a) < firstKey(b) ? -1 : 1));
}

interface Link {
  line: Position[];
  ends: [string, string];
}

function linkOf({ coordinates }: LineString): Link {
  return { line: coordinates, ends: [String(coordinates[0]), String(coordinates.at(-1))] };
}

function firstKey({ line }: Stretch): string {
  return String(line.coordinates[0]);
}

/** Geodesic length of a line [m]. */
export function lengthOf(line: Position[]): number {
  let sum = 0;
  for (let i = 1; i < line.length; i++) sum += measureRing([line[i - 1] as Position, line[i] as Position]).perimeter / 2;
  return sum;
}

/** An edge of one of several polygons. */
export interface NodedEdge {
  /** Place of the polygon in the list. */
  polygon: number;
  from: Position;
  to: Position;
}

/** A position this near to an edge lies on it [m]: programs that put one there round it. */
const ON_EDGE = 1e-3;

/** The border of `polygons` with `others`, edge by edge. */
export function commonBorder(polygons: PolygonRings[], others: PolygonRings[]): LineString[] {
  const edges = nodedEdges([...polygons, ...others], boxAround(polygons));
  const theirs = new Set<string>();
  for (const { polygon, from, to } of edges) if (polygon >= polygons.length) theirs.add(edgeKey(from, to));
  return edges
    .filter(({ polygon, from, to }) => polygon < polygons.length && theirs.has(edgeKey(from, to)))
    .map(({ from, to }) => ({ type: 'LineString', coordinates: [from, to] }));
}

/**
 * The edges that reach into `box`, split where a position of another polygon lies on them: of a common border both sides
 * then have the same edges, though one of them may have fewer positions.
 */
export function nodedEdges(polygons: PolygonRings[], [west, south, east, north]: Box): NodedEdge[] {
  const positions = polygons.flat(2);
  if (positions.length === 0) return [];
  const index = new Flatbush(positions.length);
  for (const [x, y] of positions) index.add(x, y, x, y);
  index.finish();
  const edges: NodedEdge[] = [];
  for (const [polygon, rings] of polygons.entries())
    for (const ring of rings)
      for (let i = 1; i < ring.length; i++) {
        const [start, end] = [ring[i - 1] as Position, ring[i] as Position];
        if (Math.max(start[0], end[0]) < west || Math.min(start[0], end[0]) > east) continue;
        if (Math.max(start[1], end[1]) < south || Math.min(start[1], end[1]) > north) continue;
        let from = start;
        for (const to of [...positionsOn(start, end, positions, index), end]) {
          if (isSame(from, to)) continue;
          edges.push({ polygon, from, to });
          from = to;
        }
      }
  return edges;
}

/** Least and greatest coordinates; longitudes as they run. */
export type Box = [west: number, south: number, east: number, north: number];

export function boxAround(polygons: PolygonRings[]): Box {
  const box: Box = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const [outer = []] of polygons)
    for (const [lon, lat] of outer) {
      box[0] = Math.min(box[0], lon);
      box[1] = Math.min(box[1], lat);
      box[2] = Math.max(box[2], lon);
      box[3] = Math.max(box[3], lat);
    }
  return box;
}

/** The positions that lie on an edge between its ends, in its direction. */
function positionsOn(a: Position, b: Position, positions: Position[], index: Flatbush): Position[] {
  const [east, north] = metresPerDegree((a[1] + b[1]) / 2);
  const [x, y] = [ON_EDGE / east, ON_EDGE / north];
  const near = index.search(
    Math.min(a[0], b[0]) - x,
    Math.min(a[1], b[1]) - y,
    Math.max(a[0], b[0]) + x,
    Math.max(a[1], b[1]) + y,
  );
  const [dx, dy] = [(b[0] - a[0]) * east, (b[1] - a[1]) * north];
  const square = dx * dx + dy * dy;
  return near
    .map((i) => {
      const at = positions[i] as Position;
      const [px, py] = [(at[0] - a[0]) * east, (at[1] - a[1]) * north];
      return { at, along: (px * dx + py * dy) / square, beside: Math.abs(px * dy - py * dx) / Math.sqrt(square) };
    })
    .filter(({ at, along, beside }) => beside <= ON_EDGE && along > 0 && along < 1 && !isSame(at, a) && !isSame(at, b))
    .sort((p, q) => p.along - q.along)
    .map(({ at }) => at);
}

function isSame(a: Position, b: Position): boolean {
  return a[0] === b[0] && a[1] === b[1];
}

/** The same for an edge and its reverse. */
export function edgeKey(a: Position, b: Position): string {
  return a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]) ? `${a} ${b}` : `${b} ${a}`;
}
