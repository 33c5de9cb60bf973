/**
 * Gaps between zones that are open to the outside: two neighbours drawn a few metres apart along their common border.
 *
 *     const { polygons, changes, doubts } = repairInlets(engine, zones, arrangement, tolerance);
 *
 * Such a gap encloses nothing, so it is no face. From each position on the outer boundary a bridge is laid to the nearest
 * boundary of another zone; bridges cut the gap into faces. A chain of such faces that is long for its width is a gap
 * drawn by accident; a wide one, or the sharp end of a bay between two zones, is how the zones are.
 */
import Flatbush from 'flatbush';
import type { PolygonRings, Position } from '../types.ts';
import { type Arrangement, areaLocator, arrange, components, type Edge, type Face, OUTSIDE } from './arrangement.ts';
import type { GeometryEngine } from './geometry-engine.ts';
import { rebuiltZones } from './rebuilt-zones.ts';
import { contactsOf, gapTaker, type Shape, zonesTouched } from './repair-borders.ts';
import { changesOf, type Handover } from './repair-borders-list.ts';
import { type Change, type Doubt, placeOf } from './repair-change.ts';
import { numbersOf } from './repair-polygons.ts';
import { isNarrow, type RepairTolerance, ROUNDING } from './repair-tolerance.ts';
import { metresPerDegree, straightArea, straightLength } from './straight-measures.ts';

/** An open gap is looked for up to this many tolerances wide, to be asked about. */
export const SEARCH = 5;

/** An open gap is at least so many times longer than wide: sides that part by less than 6 degrees. */
const ELONGATION = 10;

interface Bridge {
  from: Position;
  to: Position;
  length: number;
  /** The edge that `to` lies on. */
  edge: Edge;
}

export interface InletRepair {
  /** By zone, the same array where nothing was changed. */
  polygons: PolygonRings[][];
  changes: Change[];
  doubts: Doubt[];
}

/** One pass over the outer boundary of zones whose faces are in `arrangement`. */
export function repairInlets(
  engine: GeometryEngine,
  zones: Shape[],
  arrangement: Arrangement,
  tolerance: RepairTolerance,
  seam: number | null,
): InletRepair {
  const unchanged = zones.map((zone) => zone.polygons);
  const bridges = layBridges(arrangement, tolerance.width * SEARCH);
  if (bridges.length === 0) return { polygons: unchanged, changes: [], doubts: [] };
  const locator = areaLocator(engine, unchanged);
  const free = bridges.filter(({ from, to }) => locator.at([(from[0] + to[0]) / 2, (from[1] + to[1]) / 2]).length === 0);
  const known = new Set(arrangement.faces.filter((face) => face.labels.length === 0).map((face) => face.inside.join()));
  const { faces } = arrange(engine, withBridges(arrangement, free), (at) => locator.at(at));
  locator.free();
  const spans = spanFaces(faces, free, known);

  const handovers: Handover[] = [];
  const doubts: Doubt[] = [];
  const spanOf = (face: Face): number => spans.get(face) ?? Number.NaN;
  const isQuad = (face: Face): boolean => spanOf(face) > 0 && isNarrow(engine, face.rings, tolerance.width * SEARCH);
  const quads = new Set(faces.filter(isQuad));
  for (const group of components(faces, (face) => quads.has(face))) {
    const members = group.map((f) => faces[f] as Face);
    const contacts = contactsOf(faces, group);
    const taker = gapTaker(contacts);
    const width = Math.max(...members.map(spanOf));
    const sides = [...contacts.values()].reduce((sum, length) => sum + length, 0);
    if (taker === null || contacts.size < 2 || sides / 2 < ELONGATION * width) continue;
    const rings = members.map((face) => face.rings);
    const area = rings.reduce((sum, polygon) => sum + straightArea(polygon), 0);
    if (
      width <= tolerance.width &&
      area <= tolerance.borderArea &&
      rings.every((polygon) => isNarrow(engine, polygon, tolerance.width))
    ) {
      for (const f of group) handovers.push({ face: f, from: [], to: [taker], kind: 'gap' });
    } else {
      const ids = [...contacts.keys()].sort((a, b) => a - b).map((z) => (zones[z] as Shape).id);
      const numbers = { ...numbersOf(rings), widthM: width, lengthM: sides / 2 };
      doubts.push({
        rule: 'Z03',
        variant: 'open-gap',
        severity: 'question',
        zones: ids,
        place: placeOf(engine.dissolve(rings)),
        numbers,
      });
    }
  }
  if (handovers.length === 0) return { polygons: unchanged, changes: [], doubts };
  for (const { face, to } of handovers) (faces[face] as Face).labels = to;
  const touched = zonesTouched(faces, handovers);
  const polygons = rebuiltZones(engine, zones, faces, touched, seam);
  return { polygons, changes: changesOf(zones, faces, handovers), doubts };
}

/** From each corner of the outer boundary the shortest way over open ground to another zone, if within `reach` [m]. */
function layBridges({ faces, edges }: Arrangement, reach: number): Bridge[] {
  const outer = edges.filter((edge) => edge.across === OUTSIDE && labelsOf(faces, edge).length > 0);
  const present = new Set(outer.flatMap((edge) => labelsOf(faces, edge)));
  if (present.size < 2) return [];
  const index = new Flatbush(outer.length);
  const corners = new Map<string, { at: Position; zones: Set<number> }>();
  for (const edge of outer) {
    const { from, to } = edge;
    index.add(Math.min(from[0], to[0]), Math.min(from[1], to[1]), Math.max(from[0], to[0]), Math.max(from[1], to[1]));
    for (const at of [from, to]) {
      const key = at.join();
      const corner = corners.get(key) ?? { at, zones: new Set() };
      for (const z of labelsOf(faces, edge)) corner.zones.add(z);
      corners.set(key, corner);
    }
  }
  index.finish();
  const bridges: Bridge[] = [];
  for (const { at, zones } of corners.values()) {
    const [east, north] = metresPerDegree(at[1]);
    const found = index.search(at[0] - reach / east, at[1] - reach / north, at[0] + reach / east, at[1] + reach / north, (i) =>
      labelsOf(faces, outer[i] as Edge).every((z) => !zones.has(z)),
    );
    let best: Bridge | null = null;
    for (const i of found) {
      const edge = outer[i] as Edge;
      const to = nearestOn(edge, at, east, north);
      const length = straightLength(at, to);
      if (length > ROUNDING && length <= reach && (best === null || length < best.length)) best = { from: at, to, length, edge };
    }
    if (best !== null) bridges.push(best);
  }
  return bridges;
}

/** The position of `edge` nearest to `at`, measured with these metres per degree; an end of it where that is as good as one. */
function nearestOn({ from, to }: Edge, at: Position, east: number, north: number): Position {
  const dx = (to[0] - from[0]) * east;
  const dy = (to[1] - from[1]) * north;
  const square = dx * dx + dy * dy;
  const along = square === 0 ? 0 : ((at[0] - from[0]) * east * dx + (at[1] - from[1]) * north * dy) / square;
  const length = Math.sqrt(square);
  if (along * length < NEAR_CORNER) return from;
  if ((1 - along) * length < NEAR_CORNER) return to;
  return [from[0] + (to[0] - from[0]) * along, from[1] + (to[1] - from[1]) * along];
}

/** A bridge that lands this close to a corner lands on it [m]: it would leave an edge too short to see. */
const NEAR_CORNER = 0.01;

/** All edges, those that bridges land on split there, and the bridges. */
function withBridges({ edges }: Arrangement, bridges: Bridge[]): Position[][] {
  const landings = new Map<Edge, Position[]>();
  for (const { edge, to } of bridges) {
    const list = landings.get(edge);
    if (list === undefined) landings.set(edge, [to]);
    else list.push(to);
  }
  const split = edges.map((edge): Position[] => {
    const { from, to } = edge;
    const order = (at: Position): number => (at[0] - from[0]) * (to[0] - from[0]) + (at[1] - from[1]) * (to[1] - from[1]);
    const between = (landings.get(edge) ?? []).sort((a, b) => order(a) - order(b));
    return [from, ...between, to].filter((at, i, all) => i === 0 || at.join() !== (all[i - 1] as Position).join());
  });
  return [...split, ...bridges.map(({ from, to }): Position[] => [from, to])];
}

/** For each face of open ground that bridges cut off, the length of its longest bridge [m]. */
function spanFaces(faces: Face[], bridges: Bridge[], known: Set<string>): Map<Face, number> {
  const lengths = new Map<string, number>();
  for (const { from, to, length } of bridges) {
    lengths.set(`${from.join()} ${to.join()}`, length);
    lengths.set(`${to.join()} ${from.join()}`, length);
  }
  const spans = new Map<Face, number>();
  for (const face of faces) {
    if (face.labels.length > 0 || known.has(face.inside.join())) continue;
    for (const ring of face.rings) {
      for (let i = 1; i < ring.length; i++) {
        const length = lengths.get(`${(ring[i - 1] as Position).join()} ${(ring[i] as Position).join()}`);
        if (length !== undefined) spans.set(face, Math.max(spans.get(face) ?? 0, length));
      }
    }
  }
  return spans;
}

function labelsOf(faces: Face[], edge: Edge): number[] {
  return faces[edge.face]?.labels ?? [];
}
