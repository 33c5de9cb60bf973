/**
 * Faults between zones: overlaps, gaps, borders drawn twice, slivers, and zones nested in one another.
 *
 *     const { polygons, changes, doubts } = repairBorders(engine, zones, { tolerance, seam: null, nested: 'cut' });
 *
 * All zones are cut into faces together. Each faulty face within the tolerance is given to one zone, and the zones are put
 * together again from their faces, so that neighbours get the same positions. The line of the more strictly protected
 * zone stands and the other zone is fitted to it: an overlap goes to the stricter zone, a gap to the less strict one.
 */
import type { Id, PolygonRings, ZoneKind } from '../types.ts';
import { type Arrangement, areaLocator, arrange, components, type Face, OUTSIDE } from './arrangement.ts';
import type { GeometryEngine } from './geometry-engine.ts';
import { rebuiltZones } from './rebuilt-zones.ts';
import { changesOf, type Handover } from './repair-borders-list.ts';
import type { Change, Doubt } from './repair-change.ts';
import { placeOf } from './repair-change.ts';
import { nestedCuts } from './repair-nested.ts';
import { numbersOf, seamLine } from './repair-polygons.ts';
import { isNarrow, isRounding, isTolerable, meanWidth, type RepairTolerance } from './repair-tolerance.ts';
import { straightArea } from './straight-measures.ts';

/** A zone whose polygons are valid; `zones` are in the order of `strictFirst`. */
export interface Shape {
  id: Id;
  kind: ZoneKind;
  polygons: PolygonRings[];
}

export interface BorderOptions {
  tolerance: RepairTolerance;
  /** Longitude of a cut to keep (the antimeridian), or `null`. */
  seam: number | null;
  nested: 'cut' | 'ask';
}

export interface BorderRepair {
  /** By zone, the same array where nothing was changed. */
  polygons: PolygonRings[][];
  changes: Change[];
  doubts: Doubt[];
  /** The faces that were judged, with what covers them now. */
  arrangement: Arrangement;
}

/** A gap wider than so many tolerances and larger than so many hectares is likely meant: an enclave, told but not asked about. */
const ENCLAVE = { widths: 10, areaM2: 1_000_000 };

/** A zone touches a gap for good when it has at least this share of the longest contact: less is a corner [1]. */
const GOOD_CONTACT = 0.25;

/** One pass over all borders. */
export function repairBorders(engine: GeometryEngine, zones: Shape[], { tolerance, seam, nested }: BorderOptions): BorderRepair {
  const locator = areaLocator(
    engine,
    zones.map((zone) => zone.polygons),
  );
  const lines = zones.flatMap((zone) => zone.polygons.flat());
  const all = zones.flatMap((zone) => zone.polygons);
  const arrangement = arrange(engine, [...lines, ...seamLine(all, seam)], (at) => locator.at(at));
  locator.free();
  const { faces } = arrangement;
  const handovers: Handover[] = [];
  const doubts: Doubt[] = [];
  const hand = (face: number, to: number[], kind: Handover['kind']): void => {
    const { labels } = faces[face] as Face;
    handovers.push({ face, from: labels, to, kind });
    (faces[face] as Face).labels = to;
  };

  settleOverlaps(engine, faces, tolerance, hand);
  for (const cut of nestedCuts(engine, zones, faces, tolerance, nested, doubts)) hand(cut.face, cut.to, 'nested-zones');
  askOverlaps(zones, faces, doubts);
  settleGaps(engine, zones, faces, tolerance, hand, doubts);
  settleSlivers(engine, zones, faces, tolerance, hand, doubts);

  const real = handovers.filter(({ kind }) => kind !== 'rounding');
  if (real.length === 0) return { polygons: zones.map((zone) => zone.polygons), changes: [], doubts, arrangement };
  const touched = zonesTouched(faces, real);
  const polygons = rebuiltZones(engine, zones, faces, touched, seam);
  return { polygons, changes: changesOf(zones, faces, real), doubts, arrangement };
}

type Hand = (face: number, to: number[], kind: Handover['kind']) => void;

/** Small and narrow overlaps go to the stricter zone, which is the first of their labels. */
function settleOverlaps(engine: GeometryEngine, faces: Face[], tolerance: RepairTolerance, hand: Hand): void {
  for (const [f, face] of faces.entries()) {
    if (face.labels.length < 2) continue;
    const first = face.labels.slice(0, 1);
    if (isRounding(face.rings)) hand(f, first, 'rounding');
    else if (isTolerable(engine, face.rings, tolerance.borderArea, tolerance.width)) hand(f, first, 'overlap');
  }
}

/** What is still covered twice is asked about, each connected place by itself. */
function askOverlaps(zones: Shape[], faces: Face[], doubts: Doubt[]): void {
  const key = (face: Face): string => face.labels.join();
  for (const group of components(
    faces,
    (face) => face.labels.length > 1,
    (a, b) => key(a) === key(b),
  )) {
    const rings = group.map((f) => (faces[f] as Face).rings);
    const ids = (faces[group[0] as number] as Face).labels.map((z) => (zones[z] as Shape).id);
    if (doubts.some((doubt) => doubt.variant === 'same-shape' && doubt.zones.every((id) => ids.includes(id)))) continue;
    doubts.push({
      rule: 'Z02',
      variant: 'overlap',
      severity: 'error',
      zones: ids,
      place: placeOf(rings),
      numbers: numbersOf(rings),
    });
  }
}

/** Small and narrow gaps between zones, and holes as narrow within one, are filled; larger gaps are asked about. */
function settleGaps(
  engine: GeometryEngine,
  zones: Shape[],
  faces: Face[],
  tolerance: RepairTolerance,
  hand: Hand,
  doubts: Doubt[],
): void {
  // Where a seam cuts a bay off, it is a face; it is still outside.
  const gaps = components(faces, (face) => face.labels.length === 0).filter((group) =>
    group.every((f) => !(faces[f] as Face).borders.has(OUTSIDE)),
  );
  for (const f of gaps.flat()) {
    const face = faces[f] as Face;
    const contacts = contactsOf(faces, [f]);
    const taker = gapTaker(contacts);
    if (taker === null) continue;
    const between = contacts.size > 1;
    if (isRounding(face.rings)) hand(f, [taker], 'rounding');
    else if (isTolerable(engine, face.rings, between ? tolerance.borderArea : tolerance.sliverArea, tolerance.width)) {
      hand(f, [taker], between ? 'gap' : 'narrow-hole');
    } else if (between) doubts.push(gapDoubt(zones, face, [...contacts.keys()], tolerance));
  }
}

function gapDoubt(zones: Shape[], face: Face, around: number[], tolerance: RepairTolerance): Doubt {
  const meant = meanWidth(face.rings) > ENCLAVE.widths * tolerance.width && straightArea(face.rings) > ENCLAVE.areaM2;
  return {
    rule: 'Z03',
    variant: meant ? 'enclave' : 'gap',
    severity: meant ? 'info' : 'question',
    zones: around.sort((a, b) => a - b).map((z) => (zones[z] as Shape).id),
    place: placeOf([face.rings]),
    numbers: numbersOf([face.rings]),
  };
}

/** Parts of a zone too small and narrow to be meant go to the neighbour with the longest border, or go. */
function settleSlivers(
  engine: GeometryEngine,
  zones: Shape[],
  faces: Face[],
  tolerance: RepairTolerance,
  hand: Hand,
  doubts: Doubt[],
): void {
  for (const [z, zone] of zones.entries()) {
    const parts = components(faces, (face) => face.labels.includes(z));
    if (parts.length < 2) continue;
    const rings = parts.map((part) => part.map((f) => (faces[f] as Face).rings));
    const areas = rings.map((part) => part.reduce((sum, polygon) => sum + straightArea(polygon), 0));
    const largest = areas.indexOf(Math.max(...areas));
    for (const [p, part] of parts.entries()) {
      const area = areas[p] as number;
      if (p === largest || area > tolerance.borderArea || part.some((f) => (faces[f] as Face).labels.length > 1)) continue;
      const shapes = engine.dissolve(rings[p] as PolygonRings[]);
      if (!shapes.every((shape) => isNarrow(engine, shape, tolerance.width))) continue;
      if (area > tolerance.sliverArea) {
        doubts.push({
          rule: 'Z03',
          variant: 'sliver',
          severity: 'question',
          zones: [zone.id],
          place: placeOf(shapes),
          numbers: numbersOf(shapes),
        });
        continue;
      }
      const contacts = contactsOf(faces, part);
      contacts.delete(z);
      const [taker] = [...contacts].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0] ?? [];
      for (const f of part) hand(f, taker === undefined ? [] : [taker], taker === undefined ? 'sliver-dropped' : 'sliver');
    }
  }
}

/** Length of border of a group of faces with each zone around [m]. */
export function contactsOf(faces: Face[], group: number[]): Map<number, number> {
  const contacts = new Map<number, number>();
  const own = new Set(group);
  for (const f of group) {
    for (const [next, length] of (faces[f] as Face).borders) {
      if (next === OUTSIDE || own.has(next)) continue;
      for (const z of (faces[next] as Face).labels) contacts.set(z, (contacts.get(z) ?? 0) + length);
    }
  }
  return contacts;
}

/** The zone that a gap goes to: of those that touch it for good the least strict, the last in order. */
export function gapTaker(contacts: Map<number, number>): number | null {
  const longest = Math.max(0, ...contacts.values());
  const good = [...contacts].filter(([, length]) => length > 0 && length >= GOOD_CONTACT * longest).map(([z]) => z);
  return good.length === 0 ? null : Math.max(...good);
}

/** Zones that gave, took, or touch what changed hands: their borders get the new positions. */
export function zonesTouched(faces: Face[], handovers: Handover[]): Set<number> {
  const corners = new Set(handovers.flatMap(({ face }) => (faces[face] as Face).corners));
  const touched = new Set(handovers.flatMap(({ from, to }) => [...from, ...to]));
  for (const face of faces) {
    if (face.labels.every((z) => touched.has(z))) continue;
    if (face.corners.some((corner) => corners.has(corner))) for (const z of face.labels) touched.add(z);
  }
  return touched;
}
