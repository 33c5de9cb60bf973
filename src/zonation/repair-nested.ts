/**
 * Zones drawn one over the other by convention: a transition area that covers everything, a buffer zone that includes the core.
 *
 * A part of a stricter zone that lies wholly in zones of a less strict kind says what applies there: the stricter rule. The
 * less strict zone is cut back to what is left of it, and that is told with its area. Where nothing would be left of it,
 * or the part lies only partly inside, the drawing contradicts itself and is asked about.
 */
import type { Id, PolygonRings, ZoneKind } from '../types.ts';
import { components, type Face } from './arrangement.ts';
import type { GeometryEngine } from './geometry-engine.ts';
import { type Doubt, placeOf } from './repair-change.ts';
import { numbersOf } from './repair-polygons.ts';
import { isRounding, isTolerable, type RepairTolerance } from './repair-tolerance.ts';
import { straightArea } from './straight-measures.ts';

interface Zone {
  id: Id;
  kind: ZoneKind;
  polygons: PolygonRings[];
}

const STRICT_FIRST: ZoneKind[] = ['core', 'buffer', 'transition'];

/** Faces that a less strict zone gives up, with the labels that stay; the faces' labels are not changed here. */
export function nestedCuts(
  engine: GeometryEngine,
  zones: Zone[],
  faces: Face[],
  tolerance: RepairTolerance,
  nested: 'cut' | 'ask',
  doubts: Doubt[],
): { face: number; to: number[] }[] {
  const labels = new Map(faces.map((face, f) => [f, face.labels]));
  const cuts: { face: number; to: number[] }[] = [];
  const kindOf = (z: number): ZoneKind => (zones[z] as Zone).kind;
  for (const [i, strict] of STRICT_FIRST.entries()) {
    for (const loose of STRICT_FIRST.slice(i + 1)) {
      const inside = nestedFaces(engine, zones, faces, labels, tolerance, strict, loose);
      if (inside.length === 0) continue;
      const drop = [...new Set(inside.flatMap((f) => (labels.get(f) ?? []).filter((z) => kindOf(z) === loose)))];
      const left = drop.filter((z) =>
        faces.some((face, f) => labels.get(f)?.includes(z) && !inside.includes(f) && !isRounding(face.rings)),
      );
      for (const f of inside) {
        const before = labels.get(f) ?? [];
        const to = before.filter((z) => kindOf(z) !== loose || !left.includes(z));
        if (to.length === before.length) continue;
        if (nested === 'cut') {
          cuts.push({ face: f, to });
          labels.set(f, to);
        }
      }
      for (const z of drop.filter((zone) => !left.includes(zone))) doubts.push(sameShape(zones, faces, labels, z));
    }
  }
  return cuts;
}

/** Faces of parts of `strict` zones that lie in zones of kind `loose` wholly, up to the tolerance. */
function nestedFaces(
  engine: GeometryEngine,
  zones: Zone[],
  faces: Face[],
  labels: Map<number, number[]>,
  tolerance: RepairTolerance,
  strict: ZoneKind,
  loose: ZoneKind,
): number[] {
  const number = new Map(faces.map((face, f) => [face, f]));
  const labelsOf = (face: Face): number[] => labels.get(number.get(face) as number) ?? [];
  const inLoose = (face: Face): boolean => labelsOf(face).some((z) => zones[z]?.kind === loose);
  return zones.flatMap((zone, z) => {
    if (zone.kind !== strict) return [];
    return components(faces, (face) => labelsOf(face).includes(z)).flatMap((part) => {
      const outside = part.map((f) => faces[f] as Face).filter((face) => !inLoose(face));
      const covered = part.filter((f) => inLoose(faces[f] as Face));
      const nested =
        covered.length > 0 && outside.every((face) => isTolerable(engine, face.rings, tolerance.borderArea, tolerance.width));
      return nested ? covered : [];
    });
  });
}

/** Nothing of zone `z` lies outside stricter zones: which of the two is meant cannot be told. */
function sameShape(zones: Zone[], faces: Face[], labels: Map<number, number[]>, z: number): Doubt {
  const own = [...labels].filter(([, list]) => list.includes(z));
  const others = new Set(own.flatMap(([, list]) => list.filter((other) => other !== z)));
  const rings = own.map(([f]) => (faces[f] as Face).rings);
  const area = rings.reduce((sum, polygon) => sum + straightArea(polygon), 0);
  return {
    rule: 'Z02',
    variant: 'same-shape',
    severity: 'error',
    zones: [z, ...others].map((zone) => (zones[zone] as Zone).id),
    place: placeOf(rings),
    numbers: { ...numbersOf(rings), areaHa: area / 10_000 },
  };
}
