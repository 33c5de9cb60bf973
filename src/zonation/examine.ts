/**
 * A zone map made sound and measured: repaired within the tolerance, its parts gathered into zones, neighbours and changes told.
 *
 *     const { zones, repairs } = await mend(intake(layers, names, options).zones);
 *     const { facts: known, repairs } = await examine(facts);   // facts.map filled, for the rules
 */
import { Problem } from '../problems.ts';
import { geodesicArea } from '../science/areas.ts';
import type { DrawnZone, Id, MultiPolygon, PolygonRings, Repair, Zone, ZoneKind } from '../types.ts';
import { dissolved } from './arrangement.ts';
import type { Exemptions } from './exempt-borders.ts';
import { type GeometryEngine, geometryEngine } from './geometry-engine.ts';
import { type RepairOptions, type RepairResult, repairZones, type ZoneShape } from './repair.ts';
import { repairOf } from './repair-change.ts';
import { orient, repairRings } from './repair-rings.ts';
import { REPAIR_TOLERANCE, type RepairTolerance } from './repair-tolerance.ts';
import { currentZones, type MapFacts, type SiteFacts, type ZoneChange } from './site-facts.ts';
import { soundMap } from './sound-map.ts';
import { soundTopology } from './sound-topology.ts';
import { type ZoneTopology, zoneTopology } from './topology.ts';

/** Repair cuts the whole map at once and needs some 1.5 kB of the engine's memory for each position; its 2 GB end here. */
const LARGEST_REPAIR = 1_000_000;

const KINDS: readonly ZoneKind[] = ['core', 'buffer', 'transition'];

/** Repairs the polygons of one site, one zone for each feature, and gathers them by kind and name. */
export async function mend(
  drawn: DrawnZone[],
  options: RepairOptions = {},
): Promise<{ zones: DrawnZone[]; repairs: Repair[]; unresolved: RepairResult['unresolved'] }> {
  const result = await repaired(drawn, options);
  const shapes = new Map(result.zones.map((zone) => [zone.id, zone.geometry]));
  const { zones, homes } = gather(await geometryEngine(), drawn, shapes);
  const home = (id: Id): Id => homes.get(id) ?? id;
  const site = drawn[0]?.site ?? null;
  return {
    zones,
    repairs: result.repairs.map((repair) => ({ ...repair, zone: repair.zone === null ? null : home(repair.zone) })),
    unresolved: result.unresolved.map((finding) => ({ ...finding, site, zones: [...new Set(finding.zones.map(home))] })),
  };
}

/** A sound map as it is, found so in a few microseconds a position; any other one repaired. */
async function repaired(drawn: DrawnZone[], options: RepairOptions): Promise<RepairResult> {
  const zones = drawn.map(({ id, kind, geometry }) => ({ id, kind, geometry }));
  const tolerance = { ...REPAIR_TOLERANCE, ...options.tolerance };
  if ((await soundMap(zones, tolerance)) !== null) return { zones, repairs: [], unresolved: [] };
  const positions = zones.reduce((n, { geometry }) => n + geometry.coordinates.flat().reduce((m, ring) => m + ring.length, 0), 0);
  return positions > LARGEST_REPAIR ? repairedRings(zones, tolerance, positions) : repairZones(zones, options);
}

/** A map too large to be cut: sound once each of its rings is mended by itself, or refused. */
async function repairedRings(zones: ZoneShape[], tolerance: RepairTolerance, positions: number): Promise<RepairResult> {
  const kinds = new Map(zones.map(({ id, kind }) => [id, kind]));
  const mended = zones.map(({ id, kind, geometry }) => {
    // a spike may be a border that two zones agree on: here it is left to whoever draws the map
    const { polygons, changes } = repairRings({ id, polygons: geometry.coordinates }, { tolerance, isShared: () => true });
    return { zone: { id, kind, geometry: { type: 'MultiPolygon' as const, coordinates: polygons } }, changes };
  });
  const result = mended.map(({ zone }) => zone);
  if ((await soundMap(result, tolerance)) === null)
    throw new Problem('repair-too-large', { found: positions, limit: LARGEST_REPAIR });
  return {
    zones: result,
    repairs: mended.flatMap(({ changes }) => changes.map((change) => repairOf(change, kinds))),
    unresolved: [],
  };
}

/** The neighbourhoods of zones: read from the shared edges of a sound map, else cut out of the drawing. */
async function topologyOf(zones: DrawnZone[], exemptions: Exemptions): Promise<ZoneTopology> {
  const sound = await soundMap(zones, REPAIR_TOLERANCE);
  return sound === null ? zoneTopology(zones, exemptions) : soundTopology(zones, sound, exemptions);
}

/**
 * What the map of a site shows: its zones repaired anew (nothing to do for a sound map), and `map` filled.
 * A site without a map comes back as it is.
 */
export async function examine(facts: SiteFacts, exemptions: Exemptions = {}): Promise<{ facts: SiteFacts; repairs: Repair[] }> {
  const parts = await inTurn(facts.parts, (part) => examine(part, exemptions));
  const mapped = KINDS.flatMap((kind) => currentZones(facts, kind)).filter(isMapped);
  const { zones, repairs, unresolved } = await mend(mapped);
  const repaired = new Map(zones.map((zone) => [zone.id, zone]));
  const known: SiteFacts = {
    ...facts,
    zones: facts.zones.flatMap((zone) => (mapped.some(({ id }) => id === zone.id) ? (repaired.get(zone.id) ?? []) : [zone])),
    parts: parts.map((part) => part.facts),
  };
  const ofParts = known.parts.flatMap((part) => KINDS.flatMap((kind) => currentZones(part, kind)).filter(isMapped));
  const shown = (zones.length > 0 ? zones : ofParts).filter(isNumeric);
  return { facts: { ...known, map: shown.length === 0 ? null : await mapFacts(known, shown, unresolved, exemptions) }, repairs };
}

async function mapFacts(
  facts: SiteFacts,
  zones: DrawnZone[],
  unresolved: MapFacts['unresolved'],
  exemptions: Exemptions,
): Promise<MapFacts> {
  const before = facts.zones.filter((zone) => zone.valid.end !== null).filter(isMapped);
  return {
    unresolved,
    topology: await topologyOf(zones, exemptions),
    changes: before.length === 0 ? null : await changesSince(latest(before), zones),
  };
}

/** Ground won and lost by each kind of zone. */
export async function changesSince(before: DrawnZone[], now: DrawnZone[]): Promise<ZoneChange[]> {
  const engine = await geometryEngine();
  const ofKind = (zones: DrawnZone[], kind: ZoneKind): PolygonRings[] =>
    zones.filter((zone) => zone.kind === kind).flatMap((zone) => zone.geometry.coordinates);
  return KINDS.map((kind) => {
    const gained = asGeometry(engine.difference(ofKind(now, kind), ofKind(before, kind)));
    const lost = asGeometry(engine.difference(ofKind(before, kind), ofKind(now, kind)));
    return { kind, gained: areaOf(gained), lost: areaOf(lost), where: { gained, lost } };
  });
}

/**
 * Features of one kind and one name become one zone, their common borders dissolved; those with names of their own stay
 * apart, and so do those that still lie over one another.
 */
function gather(
  engine: GeometryEngine,
  drawn: DrawnZone[],
  shapes: Map<Id, MultiPolygon>,
): { zones: DrawnZone[]; homes: Map<Id, Id> } {
  const zones: DrawnZone[] = [];
  const homes = new Map<Id, Id>();
  for (const feature of drawn) {
    const shape = shapes.get(feature.id);
    const same = zones.find((zone) => zone.kind === feature.kind && JSON.stringify(zone.name) === JSON.stringify(feature.name));
    const joined = same === undefined || shape === undefined ? null : join(engine, same.geometry, shape);
    homes.set(feature.id, same !== undefined && (joined !== null || isEmpty(shape)) ? same.id : feature.id);
    if (same !== undefined && joined !== null) same.geometry = joined;
    else if (shape !== undefined && !isEmpty(shape)) zones.push({ ...feature, geometry: shape });
  }
  return { zones, homes };
}

/** Two sound shapes as one, or `null` where they overlap. */
function join(engine: GeometryEngine, a: MultiPolygon, b: MultiPolygon): MultiPolygon | null {
  const polygons = [...a.coordinates, ...b.coordinates];
  if (engine.areValid(polygons)) return { type: 'MultiPolygon', coordinates: polygons };
  if (engine.intersection(a.coordinates, b.coordinates).length > 0) return null;
  const whole = dissolved(engine, polygons).map((polygon) => orient(polygon));
  return engine.areValid(whole) ? { type: 'MultiPolygon', coordinates: whole } : null;
}

function isEmpty(shape: MultiPolygon | undefined): boolean {
  return shape === undefined || shape.coordinates.length === 0;
}

/** The zones of the zonation that ended last. */
function latest(zones: DrawnZone[]): DrawnZone[] {
  const end = zones
    .map((zone) => zone.valid.end ?? '')
    .toSorted()
    .at(-1);
  return zones.filter((zone) => zone.valid.end === end);
}

function asGeometry(polygons: PolygonRings[]): MultiPolygon {
  const sized = polygons.map((polygon) => ({ polygon, area: geodesicArea({ type: 'Polygon', coordinates: polygon }) }));
  return { type: 'MultiPolygon', coordinates: sized.toSorted((a, b) => b.area - a.area).map(({ polygon }) => polygon) };
}

function areaOf(geometry: MultiPolygon): number {
  return geometry.coordinates.length === 0 ? 0 : geodesicArea(geometry);
}

export function isMapped(zone: Zone): zone is DrawnZone {
  return zone.geometry !== null && zone.geometry.coordinates.length > 0;
}

/** A zone with a coordinate that is no number is asked about by Z02; there is nothing to measure in it. */
function isNumeric(zone: DrawnZone): boolean {
  return zone.geometry.coordinates.every((polygon) =>
    polygon.every((ring) => ring.every(([lon, lat]) => Number.isFinite(lon) && Number.isFinite(lat))),
  );
}

async function inTurn<In, Out>(items: In[], work: (item: In) => Promise<Out>): Promise<Out[]> {
  const done: Out[] = [];
  for (const item of items) done.push(await work(item));
  return done;
}
