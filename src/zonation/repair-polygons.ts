/**
 * Faults of one zone by itself: rings that cross themselves or each other, holes outside their outer ring, parts drawn
 * twice or over one another.
 *
 *     const { polygons, changes, doubts } = repairPolygons(engine, { id: 'core', polygons }, tolerance);
 *
 * Rings are cut at their crossings into faces. In a sound polygon the outer ring goes once around what is inside and a
 * hole once around what is not; a face where that is not so is disputed. Small disputed faces are decided (a
 * loop of the outer ring belongs to the zone, a hole takes away whatever it goes around), larger ones are asked about.
 */
import type { Id, PolygonRings, Position, Ring } from '../types.ts';
import { areaLocator, arrange, components, dissolved, type Face } from './arrangement.ts';
import type { GeometryEngine } from './geometry-engine.ts';
import { type Change, type Doubt, placeOf } from './repair-change.ts';
import { orient } from './repair-rings.ts';
import { isRounding, meanWidth, type RepairTolerance } from './repair-tolerance.ts';
import { signedArea, straightArea } from './straight-measures.ts';

export interface PolygonRepair {
  /** The same array where nothing was changed. */
  polygons: PolygonRings[];
  changes: Change[];
  /** With any doubt the zone stays unsound and is not compared with other zones. */
  doubts: Doubt[];
}

interface Shape {
  id: Id;
  polygons: PolygonRings[];
}

/** The zone with each polygon valid and no part over another, as far as the tolerance allows. `seam`: longitude of a cut to keep. */
export function repairPolygons(
  engine: GeometryEngine,
  zone: Shape,
  tolerance: RepairTolerance,
  seam: number | null,
): PolygonRepair {
  const changes: Change[] = [];
  const doubts: Doubt[] = [];
  let changed = false;
  const single = zone.polygons.flatMap((polygon): PolygonRings[] => {
    if (engine.isValid(polygon)) return [polygon];
    const mended = untangle(engine, zone.id, polygon, tolerance, seam);
    changes.push(...mended.changes);
    doubts.push(...mended.doubts);
    if (mended.doubts.length > 0) return [polygon];
    changed = true;
    return mended.polygons;
  });
  if (doubts.length > 0) return { polygons: zone.polygons, changes: [], doubts };
  if (single.length > 1 && !engine.areValid(single)) {
    const merged = mergeParts(engine, zone.id, single, tolerance, seam);
    if (merged.doubts.length > 0) return { polygons: changed ? single : zone.polygons, changes, doubts: merged.doubts };
    if (merged.changes.length > 0) return { polygons: merged.polygons, changes: [...changes, ...merged.changes], doubts };
  }
  return { polygons: changed ? single : zone.polygons, changes, doubts };
}

interface Turns {
  outer: number;
  holes: number;
}

/** One polygon whose rings cross, as sound polygons. */
function untangle(
  engine: GeometryEngine,
  zone: Id,
  polygon: PolygonRings,
  tolerance: RepairTolerance,
  seam: number | null,
): PolygonRepair {
  const [outer = [], ...holes] = orient(polygon);
  const turns = new Map<Face, Turns>();
  const { faces } = arrange(engine, [outer, ...holes, ...seamLine([polygon], seam)], () => []);
  const doubts: Doubt[] = [];
  for (const face of faces) {
    const turn = {
      outer: turnsAround(outer, face.inside),
      holes: holes.reduce((sum, hole) => sum + turnsAround(hole, face.inside), 0),
    };
    turns.set(face, turn);
    face.labels = turn.outer !== 0 && turn.holes === 0 ? [0] : [];
    const variant = disputed(turn);
    if (variant === null || isRounding(face.rings)) continue;
    if (straightArea(face.rings) <= tolerance.sliverArea) continue;
    doubts.push({
      rule: 'Z02',
      variant,
      severity: 'error',
      zones: [zone],
      place: placeOf([face.rings]),
      numbers: numbersOf([face.rings]),
    });
  }
  if (doubts.length > 0) return { polygons: [polygon], changes: [], doubts };
  const polygons = joinFaces(engine, faces, (face) => face.labels.length > 0, seam);
  const places = faces.filter((face) => disputed(turns.get(face) as Turns) !== null);
  const outside = places.length > 0 && places.every((face) => disputed(turns.get(face) as Turns) === 'hole-outside');
  const area = Math.abs(total(polygons) - Math.max(0, Math.abs(signedArea(outer)) - total(holes.map((hole) => [hole]))));
  const place = placeOf((places.length > 0 ? places : faces).map((face) => face.rings));
  const kind = outside ? 'hole-outside' : 'self-intersection';
  return { polygons, changes: [{ kind, zone, place, area, count: Math.max(1, places.length) }], doubts };
}

function disputed({ outer, holes }: Turns): 'crosses-itself' | 'hole-outside' | null {
  if (outer === 0 && holes !== 0) return 'hole-outside';
  return outer < 0 || outer > 1 || holes > 0 || holes < -1 ? 'crosses-itself' : null;
}

/** Parts that overlap or share an edge, as one shape. */
function mergeParts(
  engine: GeometryEngine,
  zone: Id,
  polygons: PolygonRings[],
  tolerance: RepairTolerance,
  seam: number | null,
): PolygonRepair {
  const locator = areaLocator(
    engine,
    polygons.map((polygon) => [polygon]),
  );
  const { faces } = arrange(engine, [...polygons.flat(), ...seamLine(polygons, seam)], (at) => locator.at(at));
  locator.free();
  const twice = faces.filter((face) => face.labels.length > 1 && !isRounding(face.rings));
  const merged = joinFaces(engine, faces, (face) => face.labels.length > 0, seam);
  if (twice.length === 0) {
    // Parts that only share edges; along the seam they are meant to.
    if (merged.length === polygons.length) return { polygons, changes: [], doubts: [] };
    return {
      polygons: merged,
      changes: [{ kind: 'parts-overlap', zone, place: null, area: 0, count: polygons.length }],
      doubts: [],
    };
  }
  const doubts: Doubt[] = [];
  const changes: Change[] = [];
  const groups = new Map<string, Face[]>();
  for (const face of twice) {
    const key = face.labels.join();
    groups.set(key, [...(groups.get(key) ?? []), face]);
  }
  for (const group of groups.values()) {
    const rings = group.map((face) => face.rings);
    const within = containedPart(faces, group);
    if (within === 'part-in-part' && total(rings) > tolerance.sliverArea) {
      doubts.push({
        rule: 'Z02',
        variant: within,
        severity: 'error',
        zones: [zone],
        place: placeOf(rings),
        numbers: numbersOf(rings),
      });
    } else {
      const kind = within === 'same' ? 'duplicate-part' : 'parts-overlap';
      changes.push({ kind, zone, place: placeOf(rings), area: total(rings), count: (group[0]?.labels.length ?? 2) - 1 });
    }
  }
  return doubts.length > 0 ? { polygons, changes: [], doubts } : { polygons: merged, changes, doubts };
}

/** Whether the doubly covered faces are the whole of all parts there (`same`), of one of them, or of none. */
function containedPart(faces: Face[], group: Face[]): 'same' | 'part-in-part' | 'overlap' {
  const labels = group[0]?.labels ?? [];
  const covered = total(group.map((face) => face.rings));
  const alone = labels.map(
    (label) => total(faces.filter((face) => face.labels.includes(label)).map((face) => face.rings)) - covered,
  );
  const whole = alone.filter((area) => area < covered * 1e-9).length;
  return whole === labels.length ? 'same' : whole > 0 ? 'part-in-part' : 'overlap';
}

/** The chosen faces as polygons, each put together only with those on its side of the seam. */
export function joinFaces(
  engine: GeometryEngine,
  faces: Face[],
  chosen: (face: Face) => boolean,
  seam: number | null,
): PolygonRings[] {
  const side = (face: Face): boolean => seam !== null && face.inside[0] > seam;
  return components(faces, chosen, (a, b) => side(a) === side(b)).flatMap((group) =>
    dissolved(
      engine,
      group.map((f) => (faces[f] as Face).rings),
    ).map((polygon) => orient(polygon)),
  );
}

/** The seam as a line across the polygons, or nothing. */
export function seamLine(polygons: PolygonRings[], seam: number | null): Position[][] {
  if (seam === null) return [];
  const lats = polygons.flatMap(([outer = []]) => outer.map(([, lat]) => lat));
  const south = lats.reduce((low, lat) => Math.min(low, lat), 90);
  const north = lats.reduce((high, lat) => Math.max(high, lat), -90);
  return [
    [
      [seam, Math.max(-90, south - 1)],
      [seam, Math.min(90, north + 1)],
    ],
  ];
}

/** How often a ring goes around a position, counter-clockwise positive. */
function turnsAround(ring: Ring, [x, y]: Position): number {
  let turns = 0;
  for (let i = 1; i < ring.length; i++) {
    const [x1, y1] = ring[i - 1] as Position;
    const [x2, y2] = ring[i] as Position;
    if (y1 <= y === y2 <= y) continue;
    const side = (x2 - x1) * (y - y1) - (x - x1) * (y2 - y1);
    if (y1 <= y ? side > 0 : side < 0) turns += y1 <= y ? 1 : -1;
  }
  return turns;
}

function total(polygons: PolygonRings[]): number {
  return polygons.reduce((sum, polygon) => sum + straightArea(polygon), 0);
}

/** Area [ha] and width [m] as findings give them. */
export function numbersOf(polygons: PolygonRings[]): { areaHa: number; widthM: number } {
  return { areaHa: total(polygons) / 10_000, widthM: Math.max(...polygons.map(meanWidth)) };
}
