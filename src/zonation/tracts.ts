/**
 * Tracts: parts of one kind of zone that touch one another, whatever their names, taken as one.
 *
 *     const [tract] = tractsOf(facts, 'core');
 *     tract.shared.buffer / (tract.perimeter - tract.exempt)
 *
 * A core area of two forest units side by side is one core area: their common border needs no buffer zone.
 */
import { inAll, pick } from '../i18n/index.ts';
import { measureRing } from '../science/geodesic-ring.ts';
import type { Geometry, Id, LineString, LocalText, PolygonRings, ZoneKind } from '../types.ts';
import { drawnZones, polygonOf } from './drawn-zones.ts';
import { unique } from './figures.ts';
import { inEach } from './rule.ts';
import type { SiteFacts } from './site-facts.ts';
import { commonBorder, joined, type Stretch } from './stretches.ts';
import type { PartTopology } from './topology.ts';

export interface Tract {
  kind: ZoneKind;
  parts: PartTopology[];
  zones: Id[];
  /** Of all parts together, without the borders between them [m]. */
  perimeter: number;
  /** What the perimeter touches [m]; 0 for its own kind. */
  shared: Record<ZoneKind | 'outside', number>;
  /** Of `shared.outside`: along a State border or open water [m]. */
  exempt: number;
}

/**
 * Shorter stretches of border are where three lines of a digitised map meet, not something to ask about [m]: 1 mm on a map of
 * 1:100,000, as far as a limit may lie off (Z12). Of a small tract, one hundredth of its perimeter.
 */
export const STRETCH_TOLERANCE = 100;
export const STRETCH_SHARE = 0.01;

/** How many tracts are named one by one; the others are told together. */
export const NAMED = 5;

/** The tracts of one kind on the map of a site, the longest perimeter first; none where nobody looked at a map. */
export function tractsOf({ map }: SiteFacts, kind: ZoneKind): Tract[] {
  const parts = map?.topology.parts ?? [];
  const seen = new Set<number>();
  const tracts = [...parts.keys()].flatMap((start): Tract[] => {
    if (parts[start]?.kind !== kind || seen.has(start)) return [];
    seen.add(start);
    const members = [start];
    for (const p of members) {
      for (const { part: q } of parts[p]?.neighbours ?? []) {
        if (parts[q]?.kind !== kind || seen.has(q)) continue;
        seen.add(q);
        members.push(q);
      }
    }
    return [
      tractOf(
        kind,
        members.map((p) => parts[p]).filter((part) => part !== undefined),
      ),
    ];
  });
  return tracts.sort((a, b) => b.perimeter - a.perimeter || (partKey(a.parts[0]) < partKey(b.parts[0]) ? -1 : 1));
}

function tractOf(kind: ZoneKind, members: PartTopology[]): Tract {
  const parts = members.toSorted((a, b) => (partKey(a) < partKey(b) ? -1 : 1));
  const add = (of: (part: PartTopology) => number): number => parts.reduce((sum, part) => sum + of(part), 0);
  const touched = (other: ZoneKind | 'outside'): number => (other === kind ? 0 : add((part) => part.shared[other]));
  return {
    kind,
    parts,
    zones: unique(parts.map(({ zone }) => zone)),
    perimeter: add((part) => part.perimeter - part.shared[kind]),
    shared: { core: touched('core'), buffer: touched('buffer'), transition: touched('transition'), outside: touched('outside') },
    exempt: add((part) => part.exempt),
  };
}

function partKey(part: PartTopology | undefined): string {
  return `${part?.zone} ${String(part?.part ?? 0).padStart(6, '0')}`;
}

/** Up to which length a stretch of this tract's border is noise [m]. */
export function noiseOf({ perimeter }: Tract): number {
  return Math.min(STRETCH_TOLERANCE, STRETCH_SHARE * perimeter);
}

/** Border with the outside of the reserve that is not exempt [m]. */
export function openOf({ shared, exempt }: Tract): number {
  return Math.max(0, shared.outside - exempt);
}

/** The edges of a tract towards the outside, without those that are exempt. */
export function openEdges({ parts }: Tract): LineString[] {
  return parts.flatMap((part) => part.open);
}

/** The edges of a tract that are edges of zones of `kind` too. */
export function edgesBeside(facts: SiteFacts, { parts }: Tract, kind: ZoneKind): LineString[] {
  const touching = parts.filter((part) => part.shared[kind] > 0);
  const all = facts.map?.topology.parts ?? [];
  const others = unique(touching.flatMap(({ neighbours }) => neighbours.map(({ part }) => all[part])))
    .filter((part) => part?.kind === kind)
    .map((part) => (part === undefined ? null : polygonOf(facts, part)));
  return commonBorder(polygonsOf(facts, touching), others.filter(isThere));
}

/** The stretches of these edges that are no noise, none longer than `total` [m]: an edge may be exempt in part. */
export function stretchesOf(tract: Tract, edges: LineString[], total: number): Stretch[] {
  return joined(edges)
    .map((stretch) => ({ ...stretch, length: Math.min(stretch.length, total) }))
    .filter(({ length }) => length > noiseOf(tract));
}

export function polygonsOf(facts: SiteFacts, parts: PartTopology[]): PolygonRings[] {
  return parts.map((part) => polygonOf(facts, part)).filter(isThere);
}

const isThere = (polygon: PolygonRings | null): polygon is PolygonRings => polygon !== null;

/** Geodesic area of some parts, holes taken away [m2]; 0 for what is not on the map. */
export function areaOf(facts: SiteFacts, parts: PartTopology[]): number {
  return polygonsOf(facts, parts).reduce((sum, [outer = [], ...holes]) => {
    const inside = holes.reduce((area, hole) => area - measureRing(hole).area, measureRing(outer).area);
    return sum + Math.max(0, inside);
  }, 0);
}

/** The largest polygon of some parts, to be shown. */
export function largestPlace(facts: SiteFacts, parts: PartTopology[]): Geometry | null {
  const sized = parts.map((part) => ({ part, area: areaOf(facts, [part]) }));
  const largest = sized.toSorted((a, b) => b.area - a.area || (partKey(a.part) < partKey(b.part) ? -1 : 1))[0];
  const polygon = largest === undefined ? null : polygonOf(facts, largest.part);
  return polygon === null ? null : { type: 'Polygon', coordinates: polygon };
}

/** How people call some parts: "Dead Lake; korgalzhyn/core-2, part 3"; of many only the first. */
export function nameOf(facts: SiteFacts, parts: PartTopology[]): LocalText {
  const names = parts.slice(0, NAMED).map((part) => partName(facts, part));
  const rest = parts.length > NAMED ? ['…'] : [];
  return inEach((lang) => [...names.map((name) => pick(name, lang)), ...rest].join('; '));
}

function partName(facts: SiteFacts, { zone: id, part }: PartTopology): LocalText {
  const zone = drawnZones(facts).find((drawn) => drawn.id === id);
  const name = zone !== undefined && Object.values(zone.name).some((text) => text !== '') ? zone.name : { en: id };
  if (zone === undefined || zone.geometry.coordinates.length === 1) return name;
  return inAll('rules.words.part', { name, number: part + 1 });
}

/** " (Dead Lake)" behind the word for the kind, nothing where there is only one tract of it. */
export function which(facts: SiteFacts, { parts }: Tract, among: Tract[]): LocalText {
  const name = nameOf(facts, parts);
  return inEach((lang) => (among.length === 1 ? '' : ` (${pick(name, lang)})`));
}

/** A sentence that warns where the repair left something of these zones open; it may change the figures. */
export function openQuestions({ map }: SiteFacts, zones: Id[]): string[] {
  const asked = map?.unresolved.some((finding) => finding.zones.some((zone) => zones.includes(zone))) ?? false;
  return asked ? ['rules.words.unresolved'] : [];
}
