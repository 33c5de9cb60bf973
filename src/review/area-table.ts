/**
 * The form's six areas: core area, buffer zone and transition area on land and in the sea.
 *
 *     await areaTable(facts, { water, date: '2024-08-15', source: 'OpenStreetMap water polygons' });
 *
 * Where the shore runs is a matter of a date: without a dated mask nothing is said about the sea, not even zero.
 */
import { geodesicArea } from '../science/areas.ts';
import type { MultiPolygon, PolygonRings, ZoneKind } from '../types.ts';
import { boxOf } from '../zonation/arrangement.ts';
import { drawnZones } from '../zonation/drawn-zones.ts';
import { zoneKinds } from '../zonation/figures.ts';
import { type GeometryEngine, geometryEngine } from '../zonation/geometry-engine.ts';
import type { SiteFacts } from '../zonation/site-facts.ts';
import { unwrapping } from '../zonation/unwrapped.ts';

/** What counts as sea on a day. */
export interface Shoreline {
  /** Polygons that do not overlap one another. */
  water: MultiPolygon;
  /** ISO 8601. */
  date: string;
  /** Where the mask comes from: an address or a title. */
  source: string;
}

export interface AreaRow {
  kind: ZoneKind;
  realm: 'terrestrial' | 'marine';
  /** Geodesic [ha]; `null` where it is not known: no zone of the kind is drawn, or there is no shoreline. */
  areaHa: number | null;
  /** The day of the shoreline; `null` where none was given, and then the terrestrial row is the whole zone. */
  shoreline: string | null;
}

/**
 * Six rows, the terrestrial ones first. Land and sea of a zone add up to its area.
 * @throws Error when the engine cannot intersect the mask, because it crosses itself for instance.
 */
export async function areaTable(facts: SiteFacts, shore?: Shoreline): Promise<AreaRow[]> {
  const engine = await geometryEngine();
  const zones = drawnZones(facts);
  const way = unwrapping([...zones.flatMap(({ geometry }) => geometry.coordinates), ...(shore?.water.coordinates ?? [])]);
  const water = way.out(shore?.water.coordinates ?? []);
  const rows = zoneKinds.map((kind) => {
    const polygons = way.out(zones.filter((zone) => zone.kind === kind).flatMap(({ geometry }) => geometry.coordinates));
    if (polygons.length === 0) return { kind, land: null, sea: null };
    const whole = areaOf(polygons);
    if (shore === undefined) return { kind, land: whole, sea: null };
    const sea = Math.min(whole, commonArea(engine, polygons, water));
    return { kind, land: whole - sea, sea };
  });
  const shoreline = shore?.date ?? null;
  const row = (kind: ZoneKind, realm: AreaRow['realm'], area: number | null): AreaRow => ({
    kind,
    realm,
    areaHa: area === null ? null : area / 1e4,
    shoreline,
  });
  return [
    ...rows.map(({ kind, land }) => row(kind, 'terrestrial', land)),
    ...rows.map(({ kind, sea }) => row(kind, 'marine', sea)),
  ];
}

/** Area where polygons of `a` and of `b` both lie [m2]; polygon by polygon, for neighbours may share edges. */
function commonArea(engine: GeometryEngine, a: PolygonRings[], b: PolygonRings[]): number {
  const boxes = b.map((polygon) => ({ polygon, box: boxOf(polygon) }));
  return a.reduce((sum, polygon) => {
    const [west, south, east, north] = boxOf(polygon);
    const near = boxes.filter(({ box }) => box[0] <= east && box[2] >= west && box[1] <= north && box[3] >= south);
    return sum + near.reduce((common, other) => common + areaOf(engine.intersection([polygon], [other.polygon])), 0);
  }, 0);
}

function areaOf(polygons: PolygonRings[]): number {
  return polygons.length === 0 ? 0 : geodesicArea({ type: 'MultiPolygon', coordinates: polygons });
}
