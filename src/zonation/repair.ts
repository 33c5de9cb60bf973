/**
 * Repairs a zone map: what is within the tolerance is mended and listed, what is beyond it is left alone and asked about.
 *
 *     const { zones, repairs, unresolved } = await repairZones([{ id: 'core', kind: 'core', geometry }, ...]);
 *
 * A sound map comes back as it is, to the bit. What comes back is not changed by a second run. `docs/repair.md` says what
 * is repaired and what never is.
 */
import { measureRing } from '../science/geodesic-ring.ts';
import type { Finding, Id, MultiPolygon, PolygonRings, Repair, ZoneKind } from '../types.ts';
import { boxOf } from './arrangement.ts';
import { type GeometryEngine, geometryEngine } from './geometry-engine.ts';
import { repairBorders, type Shape } from './repair-borders.ts';
import { type Change, type Doubt, findingOf, placeOf, repairOf } from './repair-change.ts';
import { repairInlets } from './repair-inlets.ts';
import { repairPolygons } from './repair-polygons.ts';
import { repairRings } from './repair-rings.ts';
import { REPAIR_TOLERANCE, type RepairTolerance } from './repair-tolerance.ts';
import { sameShape } from './same-shape.ts';
import { signedArea } from './straight-measures.ts';
import { type Unwrapping, unwrapping } from './unwrapped.ts';

/** A zone as it is drawn; its rings may have any fault. */
export interface ZoneShape {
  id: Id;
  kind: ZoneKind;
  geometry: MultiPolygon;
}

export interface RepairResult {
  /** In the order given; duplicates are left out, zones without a change are the same objects. */
  zones: ZoneShape[];
  repairs: Repair[];
  unresolved: Finding[];
}

export interface RepairOptions {
  tolerance?: Partial<RepairTolerance>;
  /** Zones drawn over one another by convention: cut the less strict one back and say so, or only ask. */
  nested?: 'cut' | 'ask';
  signal?: AbortSignal;
}

/** Repairs bring about new neighbours, which may need repair; more rounds than this were never seen to be needed. */
const ROUNDS = 12;

/** A zone's area may change by this much without a line of its own [m2]. */
const UNTOLD = 1;

interface Work extends Shape {
  /** Not compared with other zones: something in it is asked about. */
  held: boolean;
  /** Has to be looked at by itself. */
  fresh: boolean;
  before: PolygonRings[];
}

/**
 * Repairs zones within `tolerance`. The result does not depend on the order of the features.
 * @throws RangeError when two zones have the same identifier.
 */
export async function repairZones(zones: ZoneShape[], options: RepairOptions = {}): Promise<RepairResult> {
  const { tolerance: given = {}, nested = 'cut', signal } = options;
  const tolerance = { ...REPAIR_TOLERANCE, ...given };
  const engine = await geometryEngine();
  const kinds = new Map(zones.map((zone) => [zone.id, zone.kind]));
  if (kinds.size < zones.length) throw new RangeError('two zones have the same identifier');
  const doubts: Doubt[] = [];
  const changes: Change[] = [];
  const sound = zones.filter((zone) => isNumeric(zone, doubts));
  const way = unwrapping(sound.flatMap((zone) => zone.geometry.coordinates));
  let work = strictFirst(sound).map((zone): Work => {
    const polygons = way.out(zone.geometry.coordinates);
    return { id: zone.id, kind: zone.kind, polygons, before: polygons, held: false, fresh: true };
  });
  const all = work;
  let open: Doubt[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    signal?.throwIfAborted();
    const before = changes.length;
    for (const zone of work.filter(({ fresh }) => fresh)) repairAlone(engine, zone, work, tolerance, way, changes, doubts);
    work = withoutDuplicates(work, changes);
    const free = work.filter(({ held }) => !held);
    const result = repairBetween(engine, free, { tolerance, nested, seam: way.seam });
    for (const [z, zone] of free.entries()) {
      zone.polygons = result.polygons[z] ?? [];
    }
    changes.push(...result.changes);
    open = result.doubts;
    if (changes.length === before) break;
    // A spike may stand alone now that a neighbour has changed.
    for (const zone of work) zone.fresh = !zone.held;
  }
  const told = all.flatMap((zone) => (zone.polygons === zone.before ? [] : untoldChange(zone, changes)));
  const kept = new Map(work.map((zone) => [zone.id, zone]));
  return {
    zones: zones.flatMap((zone): ZoneShape[] => {
      const done = kept.get(zone.id);
      if (done === undefined) return sound.includes(zone) ? [] : [zone];
      const same = done.polygons === done.before;
      return [same ? zone : { ...zone, geometry: { type: 'MultiPolygon', coordinates: way.back(done.polygons) } }];
    }),
    repairs: [...changes, ...told].map((change) => repairOf({ ...change, place: backIn(change.place, way) }, kinds)),
    unresolved: [...doubts, ...open].map((doubt) => findingOf({ ...doubt, place: backIn(doubt.place, way) }, kinds)).sort(byRule),
  };
}

/** Mends one zone by itself, in place. */
function repairAlone(
  engine: GeometryEngine,
  zone: Work,
  all: Work[],
  tolerance: RepairTolerance,
  way: Unwrapping,
  changes: Change[],
  doubts: Doubt[],
): void {
  zone.fresh = false;
  let others: Set<string> | null = null;
  const isShared = (at: readonly [number, number]): boolean => {
    others ??= new Set(all.filter((other) => other !== zone).flatMap((other) => other.polygons.flat(2).map(String)));
    return others.has(String(at));
  };
  const rings = repairRings(zone, { tolerance, isShared });
  if (rings.polygons.length === 0) {
    // a zone whose last ground went to another by a repair is told there
    if (zone.polygons === zone.before) {
      doubts.push({ rule: 'Z02', variant: 'no-area', severity: 'error', zones: [zone.id], place: null, numbers: {} });
    }
    zone.held = true;
    return;
  }
  const mended = repairPolygons(engine, { id: zone.id, polygons: rings.polygons }, tolerance, way.seam);
  zone.polygons = mended.polygons;
  zone.held = mended.doubts.length > 0;
  changes.push(...rings.changes, ...mended.changes);
  doubts.push(...mended.doubts);
}

/** One pass over the borders, then, where nothing was amiss, one over the gaps that are open to the outside. */
function repairBetween(engine: GeometryEngine, zones: Shape[], options: Parameters<typeof repairBorders>[2]) {
  const borders = repairBorders(engine, zones, options);
  if (borders.changes.length > 0) return borders;
  const inlets = repairInlets(engine, zones, borders.arrangement, options.tolerance, options.seam);
  return { ...inlets, doubts: [...borders.doubts, ...inlets.doubts] };
}

/** Zones of one kind and shape are one zone: the first by identifier stays. */
function withoutDuplicates(work: Work[], changes: Change[]): Work[] {
  const alike = (a: Work, b: Work): boolean => a.kind === b.kind && sameShape(a.polygons, b.polygons);
  const kept: Work[] = [];
  for (const zone of work) {
    const first = zone.held ? undefined : kept.find((other) => !other.held && alike(other, zone));
    if (first === undefined) kept.push(zone);
    else {
      const area = geodesicArea(zone.polygons);
      changes.push({ kind: 'duplicate', zone: zone.id, other: first.id, place: placeOf(zone.polygons), area });
      zone.polygons = [];
    }
  }
  return kept;
}

/** What positions put on long edges do to a geodesic area, and all else that no repair names. */
function untoldChange(zone: Work, changes: Change[]): Change[] {
  // A sliver that goes from one zone to another is listed once: set it aside on both sides.
  const slivers = changes.filter((c) => c.kind === 'sliver');
  const given = slivers.filter((c) => c.zone === zone.id).reduce((sum, c) => sum + c.area, 0);
  const taken = slivers.filter((c) => c.other === zone.id).reduce((sum, c) => sum + c.area, 0);
  const change = Math.abs(geodesicArea(zone.polygons) - geodesicArea(zone.before) + given - taken);
  const listed = changes.filter((c) => c.zone === zone.id && c.kind !== 'sliver').reduce((sum, c) => sum + c.area, 0);
  return change - listed <= UNTOLD ? [] : [{ kind: 'shared-vertices', zone: zone.id, place: null, area: change - listed }];
}

/** Geodesic area as readers of the map compute it, whatever the rings are [m2]. */
function geodesicArea(polygons: PolygonRings[]): number {
  const area = (ring: PolygonRings[number]): number => measureRing(ring).area;
  return polygons.reduce(
    (sum, [outer = [], ...holes]) => sum + area(outer) - holes.reduce((out, hole) => out + area(hole), 0),
    0,
  );
}

/** Core before buffer before transition, the larger first; then by place and identifier. */
function strictFirst(zones: ZoneShape[]): ZoneShape[] {
  const rank = { core: 0, buffer: 1, transition: 2 };
  const keyed = zones.map((zone) => {
    const { coordinates } = zone.geometry;
    const area = coordinates.reduce((sum, [outer = []]) => sum + Math.abs(signedArea(outer)), 0);
    return { zone, area, box: boxOf(coordinates[0] ?? []) };
  });
  keyed.sort(
    (a, b) =>
      rank[a.zone.kind] - rank[b.zone.kind] ||
      b.area - a.area ||
      a.box.reduce((order, value, i) => order || value - (b.box[i] as number), 0) ||
      (a.zone.id < b.zone.id ? -1 : 1),
  );
  return keyed.map(({ zone }) => zone);
}

/** Whether all coordinates are longitudes and latitudes; a zone where not is asked about and left alone. */
function isNumeric(zone: ZoneShape, doubts: Doubt[]): boolean {
  const bad = zone.geometry.coordinates.flat(2).filter(([lon, lat]) => !(Number.isFinite(lon) && Math.abs(lat) <= 90));
  if (bad.length === 0) return true;
  doubts.push({
    rule: 'Z02',
    variant: 'not-a-number',
    severity: 'error',
    zones: [zone.id],
    place: null,
    numbers: { count: bad.length },
  });
  return false;
}

/** Findings in an order that does not hang on which face came first. */
function byRule(a: Finding, b: Finding): number {
  const key = ({ rule, zones, numbers }: Finding): string => [rule, ...zones, numbers.areaHa].join(' ');
  return key(a) < key(b) ? -1 : 1;
}

function backIn(place: Change['place'], way: Unwrapping): Change['place'] {
  if (place === null || way.seam === null) return place;
  if (place.type === 'Polygon') return { ...place, coordinates: way.shown([place.coordinates])[0] ?? [] };
  if (place.type === 'MultiPolygon') return { ...place, coordinates: way.shown(place.coordinates) };
  if (place.type === 'LineString') return { ...place, coordinates: way.shown([[place.coordinates]])[0]?.[0] ?? [] };
  return { ...place, coordinates: way.shown([[[place.coordinates]]])[0]?.[0]?.[0] ?? place.coordinates };
}
