/**
 * The zones of a map as they hang together: a position that several zones have is one vertex, so that moving it moves the border
 * of all of them.
 *
 *     const borders = bordersOf(zones);
 *     const edit = moved(borders, vertex, [69.1, 50.4]);     // border-edits.ts; nothing is changed yet
 *     take(borders, edit);
 *     giveBack(borders, edit);                               // every coordinate is what it was, to the bit
 *
 * Rings are lists of vertex numbers, the first not repeated at the end. Zones, parts and rings are never changed but replaced, and
 * those that an edit does not touch stay the same objects: what was measured of a part holds as long as the part is there.
 */
import { measureRing } from '../science/geodesic-ring.ts';
import type { Id, LocalText, MultiPolygon, PolygonRings, Position, Ring, ZoneKind } from '../types.ts';

/** Vertex numbers of a ring, open. */
export type Corners = readonly number[];

/** One polygon: the outer ring, then its holes. */
export interface BorderPart {
  readonly rings: readonly Corners[];
}

export interface BorderZone {
  readonly id: Id;
  readonly kind: ZoneKind;
  readonly name: LocalText;
  readonly parts: readonly BorderPart[];
}

export interface Borders {
  /** By vertex [deg]; vertices are only ever added, so that an edit can be taken again. */
  lon: number[];
  lat: number[];
  zones: readonly BorderZone[];
}

/** What is changed, in both directions. */
export interface Edit {
  before: readonly BorderZone[];
  after: readonly BorderZone[];
  moves: readonly { vertex: number; from: Position; to: Position }[];
}

/** Why an edit cannot be made. */
export interface Refused {
  refused: 'too-few' | 'touches' | 'path-crosses' | 'not-split' | 'nothing-left' | 'no-ground';
}

/** A ring of a triangle, open. */
export const FEWEST = 3;

/** Zones with vertices of their own numbers; a position that is repeated at once counts once, rings without ground are left out. */
export function bordersOf(zones: readonly { id: Id; kind: ZoneKind; name: LocalText; geometry: MultiPolygon }[]): Borders {
  const borders: Borders = { lon: [], lat: [], zones: [] };
  const known = new Map<string, number>();
  const vertexOf = ([lon, lat]: Position): number => {
    const key = `${lon},${lat}`;
    const found = known.get(key) ?? newVertex(borders, [lon, lat]);
    known.set(key, found);
    return found;
  };
  const cornersOf = (ring: Ring): Corners => {
    const corners = ring.map(vertexOf);
    return corners.filter((vertex, i) => vertex !== corners[(i + 1) % corners.length]);
  };
  borders.zones = zones.map(({ id, kind, name, geometry }) => ({
    id,
    kind,
    name,
    parts: geometry.coordinates
      .map((rings) => ({ rings: rings.map(cornersOf).filter((corners, i) => i === 0 || corners.length >= FEWEST) }))
      .filter(({ rings: [outer = []] }) => outer.length >= FEWEST),
  }));
  return borders;
}

/** A vertex that no ring has yet. */
export function newVertex(borders: Borders, [lon, lat]: Position): number {
  borders.lat.push(lat);
  return borders.lon.push(lon) - 1;
}

export function positionOf({ lon, lat }: Borders, vertex: number): Position {
  return [lon[vertex] as number, lat[vertex] as number];
}

export function take(borders: Borders, { after, moves }: Edit): void {
  for (const { vertex, to } of moves) place(borders, vertex, to);
  borders.zones = after;
}

export function giveBack(borders: Borders, { before, moves }: Edit): void {
  for (const { vertex, from } of moves) place(borders, vertex, from);
  borders.zones = before;
}

function place(borders: Borders, vertex: number, [lon, lat]: Position): void {
  borders.lon[vertex] = lon;
  borders.lat[vertex] = lat;
}

/** `zones` with each ring as `change` makes it (the same array: unchanged); parts where a ring changed, or holds a vertex of `also`, are new. */
export function withRings(
  zones: readonly BorderZone[],
  change: (corners: Corners, zone: BorderZone) => Corners,
  also: readonly number[] = [],
): readonly BorderZone[] {
  return zones.map((zone) => {
    let touched = false;
    const parts = zone.parts.map((part) => {
      const rings = part.rings.map((corners) => change(corners, zone));
      const same = rings.every((corners, i) => corners === part.rings[i]);
      if (same && !part.rings.some((corners) => also.some((vertex) => corners.includes(vertex)))) return part;
      touched = true;
      return { rings: same ? part.rings : rings };
    });
    return touched ? { ...zone, parts } : zone;
  });
}

/** Twice the area in the plane of longitude and latitude, from the first corner [deg2]: positive where the ring turns to the left. */
export function signedTwice({ lon, lat }: Borders, corners: Corners): number {
  const [first = 0] = corners;
  const [x0, y0] = [lon[first] as number, lat[first] as number];
  let sum = 0;
  for (let i = 1; i < corners.length; i++) {
    const [a, b] = [corners[i - 1] as number, corners[i] as number];
    sum += ((lon[a] as number) - x0) * ((lat[b] as number) - y0) - ((lon[b] as number) - x0) * ((lat[a] as number) - y0);
  }
  return sum;
}

/** The part with the outer ring to the left and the holes to the right (RFC 7946, section 3.1.6): its ground is left of every edge. */
export function oriented(borders: Borders, { rings }: BorderPart): readonly Corners[] {
  return rings.map((corners, i) => (signedTwice(borders, corners) > 0 === (i === 0) ? corners : corners.toReversed()));
}

/** A part with closed rings. */
export function ringsOfPart(borders: Borders, part: BorderPart): PolygonRings {
  return oriented(borders, part).map((corners) => {
    const ring = corners.map((vertex) => positionOf(borders, vertex));
    return [...ring, ring[0] as Position];
  });
}

export function geometryOf(borders: Borders, zone: BorderZone): MultiPolygon {
  return { type: 'MultiPolygon', coordinates: zone.parts.map((part) => ringsOfPart(borders, part)) };
}

const areas = new WeakMap<BorderPart, number>();

/** Area of one part on the ellipsoid [m2], as `geodesicArea` has it; reckoned once for each part. */
export function partArea(borders: Borders, part: BorderPart): number {
  const known = areas.get(part);
  if (known !== undefined) return known;
  const [whole = 0, ...holes] = part.rings.map(
    (corners) => measureRing(corners.map((vertex) => positionOf(borders, vertex))).area,
  );
  const area = holes.reduce((rest, hole) => rest - hole, whole);
  areas.set(part, area);
  return area;
}

/** Area of a zone on the ellipsoid [m2]. */
export function zoneArea(borders: Borders, { parts }: BorderZone): number {
  return parts.reduce((sum, part) => sum + partArea(borders, part), 0);
}
