/**
 * The outer border of a map, edge after edge, and where two zones come near each other along it.
 *
 *     const border = outerBorder(table, shared, ground);
 *     nearPlaces(table, border, 50)     // corners within 50 m of another zone over open ground; null: not to be told here
 *
 * These are the places where repair looks for gaps that are open to the outside (`repair-inlets.ts`).
 */
import Flatbush from 'flatbush';
import type { Position } from '../types.ts';
import { type OpenGround, OUTSIDE, walkBoundary } from './open-ground.ts';
import { ROUNDING } from './repair-tolerance.ts';
import type { SharedEdges } from './shared-edges.ts';
import { metresPerDegree, straightLength } from './straight-measures.ts';
import { edgeBefore, type VertexTable } from './vertex-table.ts';

export interface OuterBorder {
  /** Edges with the outside, boundary after boundary, in the order that has the outside on the left: each runs backwards. */
  edges: Int32Array;
  /** Place of the first edge of each boundary, and the number of all at the end. */
  starts: Int32Array;
  /** Length of border up to each edge [m], and of all at the end. */
  along: Float64Array;
  /** By edge number its place in `edges`, -1 for edges that are not on the outer border. */
  placeOf: Int32Array;
  /** By boundary: diagonal of its box [m]. */
  extents: Float64Array;
  /** Pieces of neighbouring edges of one zone: their first place, and one past their last. */
  blocks: Int32Array;
  index: Flatbush;
}

/** Edges of one block at most. */
const BLOCK = 16;

/** Null where fewer than two zones reach the outside. */
export function outerBorder(table: VertexTable, shared: SharedEdges, ground: OpenGround): OuterBorder | null {
  const { at, lon, lat } = table;
  const { boundaryOf, edges: firsts, faces } = ground;
  const outer = [...firsts.keys()].filter((b) => faces[b] === OUTSIDE);
  let count = 0;
  for (const boundary of boundaryOf) if (boundary !== -1 && faces[boundary] === OUTSIDE) count++;
  const edges = new Int32Array(count);
  const starts = new Int32Array(outer.length + 1);
  const along = new Float64Array(count + 1);
  const extents = new Float64Array(outer.length);
  const zones = new Set<number>();
  let place = 0;
  for (const [b, boundary] of outer.entries()) {
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
    walkBoundary(table, shared, firsts[boundary] as number, (k) => {
      const [x, y] = [lon[at[k] as number] as number, lat[at[k] as number] as number];
      west = Math.min(west, x);
      east = Math.max(east, x);
      south = Math.min(south, y);
      north = Math.max(north, y);
      zones.add(zoneAlong(table, k));
      edges[place] = k;
      along[place + 1] =
        (along[place] as number) + straightLength(positionOf(table, at[k] as number), positionOf(table, at[k + 1] as number));
      place++;
    });
    starts[b + 1] = place;
    extents[b] = straightLength([west, south], [east, north]);
  }
  if (zones.size < 2) return null;
  const placeOf = new Int32Array(at.length).fill(-1);
  for (const [i, k] of edges.entries()) placeOf[k] = i;
  return { edges, starts, along, placeOf, extents, ...blocksOf(table, edges, starts) };
}

function blocksOf(table: VertexTable, edges: Int32Array, starts: Int32Array): Pick<OuterBorder, 'blocks' | 'index'> {
  const blocks: number[] = [];
  let boundary = 1;
  for (const [i, k] of edges.entries()) {
    const first = blocks.at(-1) ?? 0;
    const isNew = i === starts[boundary];
    if (isNew) boundary++;
    if (i === 0 || isNew || i - first === BLOCK || zoneAlong(table, k) !== zoneAlong(table, edges[i - 1] as number))
      blocks.push(i);
  }
  blocks.push(edges.length);
  const index = new Flatbush(blocks.length - 1);
  for (let b = 0; b + 1 < blocks.length; b++)
    index.add(...boxOfPlaces(table, edges, blocks[b] as number, blocks[b + 1] as number));
  index.finish();
  return { blocks: Int32Array.from(blocks), index };
}

export type Box = [west: number, south: number, east: number, north: number];

function boxOfPlaces({ at, lon, lat }: VertexTable, edges: Int32Array, first: number, end: number): Box {
  const box: Box = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = first; i < end; i++) {
    for (let k = edges[i] as number; k <= (edges[i] as number) + 1; k++) {
      box[0] = Math.min(box[0], lon[at[k] as number] as number);
      box[1] = Math.min(box[1], lat[at[k] as number] as number);
      box[2] = Math.max(box[2], lon[at[k] as number] as number);
      box[3] = Math.max(box[3], lat[at[k] as number] as number);
    }
  }
  return box;
}

/** Distances of nearest places that differ by less than this share are ties [1]. */
const TIE = 1 + 1e-6;

/** Two places that open ground parts lie near each other along the border too, up to so many reaches; if not, the slow way decides. */
const LOCAL = 4;

/** A boundary is at least so many reaches across; a smaller one might lie within what a bridge cuts off. */
const EXTENT = 20;

/** The vertices of the outer border within `reach` [m] of another zone's; `null` where a place so near is far along the border. */
export function nearPlaces(table: VertexTable, border: OuterBorder, reach: number): number[] | null {
  const { edges, blocks, index } = border;
  const near = new Set<number>();
  for (let b = 0; b + 1 < blocks.length; b++) {
    const first = blocks[b] as number;
    const end = blocks[b + 1] as number;
    const zone = zoneAlong(table, edges[first] as number);
    const box = boxOfPlaces(table, edges, first, end);
    const others = index.search(
      ...grown(box, reach),
      (other) => zoneAlong(table, edges[blocks[other] as number] as number) !== zone,
    );
    if (others.length === 0) continue;
    const places = others.flatMap((other) => range(blocks[other] as number, blocks[other + 1] as number));
    for (let i = first; i < end; i++) {
      for (const vertex of endsOf(table, edges[i] as number)) {
        if (near.has(vertex)) continue;
        const found = nearestPlaces(table, border, vertex, places, reach);
        if (found.length === 0) continue;
        if (!found.every((landing) => isLocal(table, border, vertex, landing, reach))) return null;
        near.add(vertex);
      }
    }
  }
  return [...near];
}

interface Landing {
  place: number;
  at: Position;
  length: number;
}

/** Where the shortest ways from a vertex to zones that do not have it end; of ties all. */
function nearestPlaces(
  table: VertexTable,
  { edges, placeOf }: OuterBorder,
  vertex: number,
  places: number[],
  reach: number,
): Landing[] {
  const own = new Set<number>();
  for (const k of edgesAt(table, vertex)) if (placeOf[k] !== -1) own.add(zoneAlong(table, k));
  const from = positionOf(table, vertex);
  const landings: Landing[] = [];
  for (const place of places) {
    const k = edges[place] as number;
    if (own.has(zoneAlong(table, k))) continue;
    const [a, b] = endsOf(table, k);
    const at = nearestOn(positionOf(table, a), positionOf(table, b), from);
    const length = straightLength(from, at);
    if (length <= reach) landings.push({ place, at, length });
  }
  const least = landings.reduce((low, { length }) => Math.min(low, length), Infinity);
  return landings.filter(({ length }) => length <= Math.max(least * TIE, 2 * ROUNDING));
}

/** Whether all of the border that a way from `vertex` to `landing` may cut off is near it along the border. */
function isLocal(
  table: VertexTable,
  border: OuterBorder,
  vertex: number,
  { place, at, length }: Landing,
  reach: number,
): boolean {
  const { edges, blocks, index, starts, extents, placeOf } = border;
  if (length <= 2 * ROUNDING || (extents[boundaryAt(starts, place)] as number) < EXTENT * reach) return false;
  const here = edgesAt(table, vertex).flatMap((k) => (placeOf[k] === -1 ? [] : [placeOf[k] as number]));
  const isNear = (other: number): boolean => here.some((i) => wayAlong(border, i, other) <= LOCAL * reach);
  if (!isNear(place)) return false;
  const [x, y] = positionOf(table, vertex);
  const way: Box = [Math.min(x, at[0]), Math.min(y, at[1]), Math.max(x, at[0]), Math.max(y, at[1])];
  for (const block of index.search(...way)) {
    for (const other of range(blocks[block] as number, blocks[block + 1] as number)) {
      const [west, south, east, north] = boxOfPlaces(table, edges, other, other + 1);
      const isBeside = west > way[2] || east < way[0] || south > way[3] || north < way[1];
      if (!isBeside && !isNear(other)) return false;
    }
  }
  return true;
}

/** Length of border between two edges of one boundary, the shorter way; infinite between boundaries [m]. */
function wayAlong({ starts, along }: OuterBorder, a: number, b: number): number {
  const boundary = boundaryAt(starts, a);
  const first = starts[boundary] as number;
  const end = starts[boundary + 1] as number;
  if (b < first || b >= end) return Infinity;
  const [low, high] = [Math.min(a, b), Math.max(a, b)];
  const between = (along[high] as number) - (along[low + 1] as number);
  const around = (along[end] as number) - (along[high + 1] as number) + (along[low] as number) - (along[first] as number);
  return Math.max(0, Math.min(between, around));
}

/** The boundary that a place belongs to. */
function boundaryAt(starts: Int32Array, place: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] as number) <= place) low = middle;
    else high = middle;
  }
  return low;
}

/** The edges that begin or end at a vertex, each as its owners number it. */
function edgesAt(table: VertexTable, vertex: number): number[] {
  const edges: number[] = [];
  for (let p = table.last[vertex] as number; p !== -1; p = table.before[p] as number) edges.push(p, edgeBefore(table, p));
  return edges;
}

function zoneAlong({ ringOf, polygonOf, zoneOf }: VertexTable, k: number): number {
  return zoneOf[polygonOf[ringOf[k] as number] as number] as number;
}

function endsOf({ at }: VertexTable, k: number): [number, number] {
  return [at[k] as number, at[k + 1] as number];
}

export function positionOf({ lon, lat }: VertexTable, vertex: number): Position {
  return [lon[vertex] as number, lat[vertex] as number];
}

/** The box with `reach` [m] added on each side. */
export function grown([west, south, east, north]: Box, reach: number): Box {
  const [perLon, perLat] = metresPerDegree(Math.max(Math.abs(south), Math.abs(north)));
  return [west - reach / perLon, south - reach / perLat, east + reach / perLon, north + reach / perLat];
}

function nearestOn(a: Position, b: Position, at: Position): Position {
  const [east, north] = metresPerDegree(at[1]);
  const dx = (b[0] - a[0]) * east;
  const dy = (b[1] - a[1]) * north;
  const along = ((at[0] - a[0]) * east * dx + (at[1] - a[1]) * north * dy) / (dx * dx + dy * dy);
  if (along <= 0) return a;
  return along >= 1 ? b : [a[0] + (b[0] - a[0]) * along, a[1] + (b[1] - a[1]) * along];
}

function range(first: number, end: number): number[] {
  return Array.from({ length: end - first }, (_, i) => first + i);
}
