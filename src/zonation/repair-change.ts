/**
 * What repair says: each change and each finding in four languages, with place and numbers.
 *
 *     repairOf({ kind: 'overlap', zone, other, place, area: 1200, count: 3 }, names)
 */
import { languages, number, t } from '../i18n/index.ts';
import type { Finding, Geometry, Id, LocalText, PolygonRings, Position, Repair, ZoneKind } from '../types.ts';

/** Why the shape of a zone was changed; each has a sentence under `repairs`. */
export type RepairKind =
  | 'open-ring'
  | 'repeated-points'
  | 'spike'
  | 'orientation'
  | 'collapsed-part'
  | 'self-intersection'
  | 'hole-outside'
  | 'duplicate-part'
  | 'parts-overlap'
  | 'duplicate'
  | 'nested-zones'
  | 'overlap'
  | 'gap'
  | 'border'
  | 'narrow-hole'
  | 'sliver'
  | 'sliver-dropped'
  | 'shared-vertices';

export interface Change {
  kind: RepairKind;
  /** The zone whose shape changed. */
  zone: Id;
  /** The zone across the border, where there is one. */
  other?: Id;
  place: Geometry | null;
  /** Ground that changed hands, joined or left [m2]. */
  area: number;
  /** How many positions, rings or places. */
  count?: number;
}

/** Why something was not repaired; each has a sentence under `rules.Z02` or `rules.Z03`. */
export interface Doubt {
  rule: 'Z02' | 'Z03';
  variant:
    | 'not-a-number'
    | 'no-area'
    | 'crosses-itself'
    | 'hole-outside'
    | 'part-in-part'
    | 'overlap'
    | 'same-shape'
    | 'gap'
    | 'enclave'
    | 'open-gap'
    | 'sliver';
  severity: Finding['severity'];
  zones: Id[];
  place: Geometry | null;
  numbers: Record<string, number>;
}

/** What may stay as it is and be explained in a report; the other doubts are faults of the map, to be mended before it is sent. */
const IN_REPORT: ReadonlySet<Doubt['variant']> = new Set(['overlap', 'gap', 'enclave', 'open-gap', 'sliver']);

export type ZoneKinds = Map<Id, ZoneKind>;

/** The repair of a change, with its sentence. */
export function repairOf(change: Change, kinds: ZoneKinds): Repair {
  const { kind, zone, other, place, area, count = 1 } = change;
  const areaHa = area / 10_000;
  const values = {
    areaHa: decimals(areaHa, 4),
    count,
    zone: named(zone, kinds),
    other: other === undefined ? null : named(other, kinds),
  };
  const alike = kind === 'overlap' && other !== undefined && kinds.get(other) === kinds.get(zone);
  return { kind, zone, place, areaHa, text: sentence(`repairs.${alike ? 'overlap-same-kind' : kind}`, values) };
}

/** The finding of a doubt, with its sentence; `site` is filled in by the one who knows it. */
export function findingOf(doubt: Doubt, kinds: ZoneKinds): Finding {
  const { rule, variant, severity, place } = doubt;
  const numbers = Object.fromEntries(
    Object.entries(doubt.numbers).map(([name, value]) => [name, Number(value.toPrecision(DIGITS))]),
  );
  const zones = [...doubt.zones].sort((a, b) => rank(kinds.get(a)) - rank(kinds.get(b)) || (a < b ? -1 : 1));
  const words = Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, decimals(value, 2)]));
  const [zone, other] = variant === 'same-shape' ? doubt.zones : zones;
  const values = {
    ...words,
    zone: zone === undefined ? null : named(zone, kinds),
    other: other === undefined ? null : named(other, kinds),
  };
  const key = `rules.${rule}.${variant}`;
  const suggestion = IN_REPORT.has(variant) ? sentence(`${key}-report`, values) : null;
  return { rule, severity, site: null, zones, place, numbers, sources: [], text: sentence(key, values), suggestion };
}

/** Digits of numbers in findings: what follows is rounding. */
const DIGITS = 9;

/** Stricter zones first. */
function rank(kind: ZoneKind | undefined): number {
  return kind === 'core' ? 0 : kind === 'buffer' ? 1 : 2;
}

/** Polygons as the one geometry that holds them. */
export function placeOf(polygons: PolygonRings[]): Geometry | null {
  const [only] = polygons;
  if (only === undefined) return null;
  return polygons.length === 1 ? { type: 'Polygon', coordinates: only } : { type: 'MultiPolygon', coordinates: polygons };
}

export function pointAt(position: Position): Geometry {
  return { type: 'Point', coordinates: [position[0], position[1]] };
}

function sentence(key: string, values: Parameters<typeof t>[2]): LocalText {
  return Object.fromEntries(languages.map((lang) => [lang, t(lang, key, values)]));
}

/** "core area (korgalzhyn/core)". */
function named(zone: Id, kinds: ZoneKinds): LocalText {
  const kind = kinds.get(zone);
  return Object.fromEntries(languages.map((lang) => [lang, kind === undefined ? zone : `${t(lang, `zone.${kind}`)} (${zone})`]));
}

function decimals(value: number, digits: number): LocalText {
  return Object.fromEntries(languages.map((lang) => [lang, number(lang, value, digits)]));
}
