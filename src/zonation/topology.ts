/**
 * Which part of a zone lies beside what, and for how many metres: the numbers that rules Z05-Z07 and TB1 need.
 *
 *     const { parts, groups } = await zoneTopology(zones, { borders: stateBorders, water: lakes });
 *     parts[0].shared.buffer / parts[0].perimeter      // share of the core's border that touches the buffer zone
 *
 * For repaired zones: their neighbours share edges. Lengths are geodesic.
 */
import { measureRing } from '../science/geodesic-ring.ts';
import type { Id, LineString, MultiPolygon, PolygonRings, Position, ZoneKind } from '../types.ts';
import { type Arrangement, areaLocator, arrange, type Edge, OUTSIDE } from './arrangement.ts';
import { borderLocator, type Exemptions } from './exempt-borders.ts';
import { type GeometryEngine, geometryEngine } from './geometry-engine.ts';
import { unwrapping } from './unwrapped.ts';

/** One polygon of a zone and what lies around it; the four sides of `shared` add up to `perimeter`. */
export interface PartTopology {
  zone: Id;
  kind: ZoneKind;
  /** Place of the polygon in its zone, from 0. */
  part: number;
  /** [m] */
  perimeter: number;
  /** Length of border with parts of each kind of zone, and with what is no zone [m]. Where zones overlap, with the strictest. */
  shared: Record<ZoneKind | 'outside', number>;
  /** Of `shared.outside`: along a State border or open water [m]. */
  exempt: number;
  /** The parts beside it by their place in `parts`, with the length of common border [m]. */
  neighbours: { part: number; length: number }[];
  /** Border with the outside that is not exempt, for the map. */
  open: LineString[];
}

export interface ZoneTopology {
  parts: PartTopology[];
  /** Parts that hang together by common borders, by their place in `parts`, the largest group first. One group: nothing is isolated. */
  groups: number[][];
}

/** The topology of all parts of `zones`. */
export async function zoneTopology(
  zones: { id: Id; kind: ZoneKind; geometry: MultiPolygon }[],
  exemptions: Exemptions = {},
): Promise<ZoneTopology> {
  const engine = await geometryEngine();
  const way = unwrapping(zones.flatMap((zone) => zone.geometry.coordinates));
  const owners = zones.flatMap((zone) => way.out(zone.geometry.coordinates).map((polygon, part) => ({ zone, part, polygon })));
  const parts = owners.map(({ zone, part }): PartTopology => {
    const shared = { core: 0, buffer: 0, transition: 0, outside: 0 };
    return { zone: zone.id, kind: zone.kind, part, perimeter: 0, shared, exempt: 0, neighbours: [], open: [] };
  });
  const arrangement = arrangeParts(
    engine,
    owners.map(({ polygon }) => polygon),
  );
  const isExempt = borderLocator(engine, exemptions, way);
  const beside = parts.map(() => new Map<number, number>());
  for (const edge of arrangement.edges) {
    const sides = [labelsOf(arrangement, edge.face), labelsOf(arrangement, edge.across)] as const;
    for (const [own, other] of [sides, [sides[1], sides[0]] as const]) {
      for (const p of own) {
        if (!other.includes(p)) measureEdge(parts, beside, p, other, edge, isExempt);
      }
    }
  }
  for (const [p, part] of parts.entries()) {
    part.neighbours = [...(beside[p] ?? [])].map(([other, length]) => ({ part: other, length })).sort((a, b) => a.part - b.part);
    part.open = part.open.map((line) => ({ ...line, coordinates: way.back([[line.coordinates]])[0]?.[0] ?? [] }));
  }
  return { parts, groups: groupsOf(parts) };
}

function arrangeParts(engine: GeometryEngine, polygons: PolygonRings[]): Arrangement {
  const locator = areaLocator(
    engine,
    polygons.map((polygon) => [polygon]),
  );
  const arrangement = arrange(engine, polygons.flat(), (at) => locator.at(at));
  locator.free();
  return arrangement;
}

function labelsOf({ faces }: Arrangement, face: number): number[] {
  return face === OUTSIDE ? [] : (faces[face]?.labels ?? []);
}

const STRICT_FIRST: ZoneKind[] = ['core', 'buffer', 'transition'];

/** Adds one edge of part `p` that has parts `other` on its far side. */
function measureEdge(
  parts: PartTopology[],
  beside: Map<number, number>[],
  p: number,
  other: number[],
  { from, to }: Edge,
  isExempt: (from: Position, to: Position) => number,
): void {
  const part = parts[p] as PartTopology;
  const length = measureRing([from, to]).perimeter / 2;
  part.perimeter += length;
  for (const q of other) beside[p]?.set(q, (beside[p]?.get(q) ?? 0) + length);
  const kinds = other.map((q) => parts[q]?.kind);
  const kind = STRICT_FIRST.find((candidate) => kinds.includes(candidate)) ?? 'outside';
  part.shared[kind] += length;
  if (kind !== 'outside') return;
  const share = isExempt(from, to);
  part.exempt += share * length;
  if (share < 1) part.open.push({ type: 'LineString', coordinates: [from, to] });
}

/** Parts reachable from one another over common borders. */
export function groupsOf(parts: PartTopology[]): number[][] {
  const seen = new Set<number>();
  const groups: number[][] = [];
  for (const start of parts.keys()) {
    if (seen.has(start)) continue;
    seen.add(start);
    const group = [start];
    for (const p of group) {
      for (const { part } of parts[p]?.neighbours ?? []) {
        if (seen.has(part)) continue;
        seen.add(part);
        group.push(part);
      }
    }
    groups.push(group.sort((a, b) => a - b));
  }
  return groups.sort((a, b) => b.length - a.length || (a[0] ?? 0) - (b[0] ?? 0));
}
