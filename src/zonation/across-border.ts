/**
 * Which zones of two parts of a transboundary reserve face each other across the border.
 *
 *     facingZones(drawnZones(kazakh), drawnZones(russian))
 *     // [{ zone: 'katon-karagay/core', other: 'katunskiy/transition', lines, length: 12400 }, ...]
 *
 * The two maps were drawn apart: along the border they leave gaps or overlap. So each piece of the outer border of one part
 * faces the nearest outer border of the other, if that lies as near as State borders of two sources do.
 */
import Flatbush from 'flatbush';
import type { DrawnZone, Id, LineString, PolygonRings, Position } from '../types.ts';
import { BORDER_DISTANCE } from './exempt-borders.ts';
import { metresPerDegree, straightLength } from './straight-measures.ts';
import { type Box, boxAround, edgeKey, lengthOf, nodedEdges } from './stretches.ts';
import { unwrapping } from './unwrapped.ts';

export interface Facing {
  zone: Id;
  other: Id;
  /** The border of `zone`, in pieces. */
  lines: LineString[];
  /** [m] */
  length: number;
}

/** Borders are looked at piece by piece, each no longer than this part of the distance [1]. */
const STEP = 0.1;

/** Pieces of one edge at most: a long straight edge is sampled. */
const PIECES = 1000;

/** A border that leads away from the nearest place of the other by less than this does not face it: cosine of 30 degrees [1]. */
const ALONG = 0.87;

/** Borders are first looked for within this part of the distance, where they mostly are [1]. */
const CLOSE = 0.1;

interface BorderEdge {
  zone: Id;
  from: Position;
  to: Position;
}

/** What of the outer borders of `zones` faces which of `others`. */
export function facingZones(zones: DrawnZone[], others: DrawnZone[], within = BORDER_DISTANCE): Facing[] {
  const way = unwrapping([...zones, ...others].flatMap((zone) => zone.geometry.coordinates));
  const [ours, theirsDrawn] = [zones, others].map((list) =>
    list.flatMap(({ id, geometry }) => way.out(geometry.coordinates).map((rings): ZonePolygon => ({ zone: id, rings }))),
  ) as [ZonePolygon[], ZonePolygon[]];
  const theirs = outerEdges(theirsDrawn, reachedFrom(ours, within));
  const found = new Map<string, Facing>();
  if (theirs.length === 0) return [];
  const index = new Flatbush(theirs.length);
  for (const { from, to } of theirs)
    index.add(Math.min(from[0], to[0]), Math.min(from[1], to[1]), Math.max(from[0], to[0]), Math.max(from[1], to[1]));
  index.finish();
  for (const edge of outerEdges(ours, reachedFrom(theirsDrawn, within))) {
    for (const { line, other } of facingPieces(edge, theirs, index, within)) {
      const key = `${edge.zone} ${other}`;
      const facing = found.get(key) ?? { zone: edge.zone, other, lines: [], length: 0 };
      facing.lines.push({ type: 'LineString', coordinates: way.shown([[line]])[0]?.[0] ?? line });
      facing.length += lengthOf(line);
      found.set(key, facing);
    }
  }
  return [...found.values()];
}

interface ZonePolygon {
  zone: Id;
  rings: PolygonRings;
}

/** The box of some polygons, wider by `within` [m]. */
function reachedFrom(polygons: ZonePolygon[], within: number): Box {
  const [west, south, east, north] = boxAround(polygons.map(({ rings }) => rings));
  const [perLon, perLat] = metresPerDegree(Math.max(Math.abs(south), Math.abs(north)));
  return [west - within / perLon, south - within / perLat, east + within / perLon, north + within / perLat];
}

/** Edges in a box that only one polygon has: the outline of them all. */
function outerEdges(polygons: ZonePolygon[], box: Box): BorderEdge[] {
  const edges = new Map<string, BorderEdge | null>();
  const rings = polygons.map((polygon) => polygon.rings);
  for (const { polygon, from, to } of nodedEdges(rings, box)) {
    const key = edgeKey(from, to);
    edges.set(key, edges.has(key) ? null : { zone: polygons[polygon]?.zone ?? '', from, to });
  }
  return [...edges.values()].filter((edge) => edge !== null);
}

/** The pieces of one edge that face another zone; pieces in a row that face the same are one. */
function facingPieces(
  { from, to }: BorderEdge,
  theirs: BorderEdge[],
  index: Flatbush,
  within: number,
): { line: Position[]; other: Id }[] {
  const [east, north] = metresPerDegree((from[1] + to[1]) / 2);
  const reach = [within / east, within / north] as const;
  const [west, south] = [Math.min(from[0], to[0]), Math.min(from[1], to[1])];
  const near = index.search(
    west - reach[0],
    south - reach[1],
    Math.max(from[0], to[0]) + reach[0],
    Math.max(from[1], to[1]) + reach[1],
  );
  if (near.length === 0) return [];
  const count = Math.min(PIECES, Math.max(1, Math.ceil(straightLength(from, to) / (within * STEP))));
  const at = (part: number): Position => [from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part];
  const pieces: { line: Position[]; other: Id }[] = [];
  let last: Id | null = null;
  for (let i = 0; i < count; i++) {
    const other = nearest(at((i + 0.5) / count), { from, to }, theirs, index, within, [east, north]);
    const end = i + 1 === count ? to : at((i + 1) / count);
    if (other !== null && other === last) pieces.at(-1)?.line.push(end);
    else if (other !== null) pieces.push({ line: [i === 0 ? from : at(i / count), end], other });
    last = other;
  }
  return pieces;
}

/** The zone whose border is nearest to a place and lies beside the edge, not ahead of it; `null` where none is near. */
function nearest(
  place: Position,
  { from, to }: { from: Position; to: Position },
  theirs: BorderEdge[],
  index: Flatbush,
  within: number,
  [east, north]: [number, number],
): Id | null {
  let best = within;
  let found: { zone: Id; x: number; y: number } | null = null;
  for (const reach of [within * CLOSE, within]) {
    const [x, y] = [reach / east, reach / north];
    best = reach;
    for (const i of index.search(place[0] - x, place[1] - y, place[0] + x, place[1] + y)) {
      const edge = theirs[i] as BorderEdge;
      const [ahead, up] = towards(place, edge, east, north);
      const distance = Math.hypot(ahead, up);
      if (distance > best || (distance === best && found !== null && found.zone <= edge.zone)) continue;
      best = distance;
      found = { zone: edge.zone, x: ahead, y: up };
    }
    if (found !== null) break;
  }
  if (found === null) return null;
  const [dx, dy] = [(to[0] - from[0]) * east, (to[1] - from[1]) * north];
  const along = Math.abs(dx * found.x + dy * found.y);
  return best > 1 && along > ALONG * Math.hypot(dx, dy) * best ? null : found.zone;
}

/** From a place to the nearest of an edge [m east, m north]. */
function towards(place: Position, { from, to }: BorderEdge, east: number, north: number): [number, number] {
  const [dx, dy] = [(to[0] - from[0]) * east, (to[1] - from[1]) * north];
  const [x, y] = [(from[0] - place[0]) * east, (from[1] - place[1]) * north];
  const square = dx * dx + dy * dy;
  const along = square === 0 ? 0 : Math.max(0, Math.min(1, -(x * dx + y * dy) / square));
  return [x + dx * along, y + dy * along];
}
