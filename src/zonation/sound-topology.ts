/**
 * The topology of a sound map, read from its shared edges: what `zoneTopology` finds, without cutting anything.
 *
 *     const { parts, groups } = await soundTopology(zones, map, { borders: stateBorders });
 */
import { measureRing } from '../science/geodesic-ring.ts';
import type { Id, MultiPolygon, Position, Ring, ZoneKind } from '../types.ts';
import { borderLocator, type Exemptions } from './exempt-borders.ts';
import { geometryEngine } from './geometry-engine.ts';
import type { SoundMap } from './sound-map.ts';
import { groupsOf, type PartTopology, type ZoneTopology } from './topology.ts';
import { unwrapping } from './unwrapped.ts';

type ExemptShare = (from: Position, to: Position) => number;

/**
 * The topology of all parts of `zones`, which `map` belongs to. As `zoneTopology` gives it, but that edges of open border
 * which follow one another are one line.
 */
export async function soundTopology(
  zones: { id: Id; kind: ZoneKind; geometry: MultiPolygon }[],
  map: SoundMap,
  exemptions: Exemptions = {},
): Promise<ZoneTopology> {
  const isAny = (exemptions.borders ?? []).length + (exemptions.water ?? []).length > 0;
  const shareOf: ExemptShare = isAny ? borderLocator(await geometryEngine(), exemptions, unwrapping([])) : () => 0;
  const parts = zones.flatMap(({ id, kind, geometry }) =>
    geometry.coordinates.map((_, part): PartTopology => {
      const shared = { core: 0, buffer: 0, transition: 0, outside: 0 };
      return { zone: id, kind, part, perimeter: 0, shared, exempt: 0, neighbours: [], open: [] };
    }),
  );
  const beside = parts.map(() => new Map<number, number>());
  const rings = zones.flatMap((zone) => zone.geometry.coordinates.flat());
  for (const [r, ring] of rings.entries()) measureSides(map, r, ring, parts, beside, shareOf);
  for (const [p, part] of parts.entries()) {
    part.neighbours = [...(beside[p] ?? [])].map(([other, length]) => ({ part: other, length })).sort((a, b) => a.part - b.part);
  }
  return { parts, groups: groupsOf(parts) };
}

/** Adds the edges of ring `r` to its part, and the shared ones to the part across too. A loop in one piece, for speed. */
function measureSides(
  { twin, starts, ringOf, polygonOf }: SoundMap,
  r: number,
  ring: Ring,
  parts: PartTopology[],
  beside: Map<number, number>[],
  shareOf: ExemptShare,
): void {
  const own = polygonOf[r] as number;
  const part = parts[own] as PartTopology;
  const start = starts[r] as number;
  const edge: [Position, Position] = [ring[0] as Position, ring[0] as Position];
  let open: Position[] | null = null;
  for (let i = 0; i + 1 < ring.length; i++) {
    const other = twin[start + i] as number;
    if (other !== -1) open = null;
    if (other !== -1 && other < start + i) continue; // measured from across
    edge[0] = ring[i] as Position;
    edge[1] = ring[i + 1] as Position;
    const length = measureRing(edge).perimeter / 2;
    if (other !== -1) {
      const across = polygonOf[ringOf[other] as number] as number;
      addSide(part, beside[own], across, (parts[across] as PartTopology).kind, length);
      addSide(parts[across] as PartTopology, beside[across], own, part.kind, length);
      continue;
    }
    part.perimeter += length;
    part.shared.outside += length;
    const share = shareOf(edge[0], edge[1]);
    part.exempt += share * length;
    if (share >= 1) open = null;
    else if (open !== null) open.push(edge[1]);
    else {
      open = [edge[0], edge[1]];
      part.open.push({ type: 'LineString', coordinates: open });
    }
  }
}

function addSide(
  part: PartTopology,
  beside: Map<number, number> | undefined,
  other: number,
  kind: ZoneKind,
  length: number,
): void {
  part.perimeter += length;
  part.shared[kind] += length;
  beside?.set(other, (beside.get(other) ?? 0) + length);
}
