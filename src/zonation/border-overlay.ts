/**
 * New lines over the zones of a map: a zone split, a new zone drawn, ground cut out. Where the new line meets borders, all zones
 * that have the border get a vertex, so that nothing gapes and nothing lies over anything.
 *
 *     const edit = drawnZone(borders, path, { id: 'new-1', kind: 'core', name: {}, overlap: 'strict' });
 *
 * Which side of an edge is ground is told as in Weiler & Atherton, by edges: those of the one border lie within the other, without
 * it, or along it in the same or the other direction.
 *
 * @see Weiler & Atherton 1977, Hidden surface removal using polygon area sorting, SIGGRAPH Computer Graphics 11, 214-222,
 * doi 10.1145/965141.563896
 */
import type { Id, LocalText, Position, ZoneKind } from '../types.ts';
import { noded } from './border-nodes.ts';
import { partsOf, sideOf, type Way } from './border-rings.ts';
import { type BorderPart, type Borders, type BorderZone, type Corners, type Edit, oriented, positionOf, type Refused, signedTwice } from './shared-borders.ts'; // biome-ignore format: one line

/** Whose the ground is that a new zone and others have in common: the new one's, the others', or that of the stricter kind (the others', where they are alike). */
export type Overlap = 'take' | 'leave' | 'strict';

/** From the strictest. */
const STRICTNESS: readonly ZoneKind[] = ['core', 'buffer', 'transition'];

/**
 * A zone parted by a line that crosses it; the largest piece stays the zone, the others become zones of its kind.
 * @param ids for the new zones, as many as are wanted
 */
export function split(borders: Borders, id: Id, path: readonly Position[], newId: (n: number) => Id): Edit | Refused {
  const before = borders.zones;
  const nodes = noded(borders, path, { closed: false, of: id });
  if (nodes === null) return { refused: 'path-crosses' };
  const zone = nodes.zones.find((own) => own.id === id);
  if (zone === undefined) return { refused: 'not-split' };
  const pieces = zone.parts.map((part) => {
    const [side, names] = [sideTeller(borders, part), new Set(groundWays(borders, part).map(nameOf))];
    const chords = waysOf(nodes.path, { closed: false }).filter(
      (way) => !names.has(nameOf(way)) && !names.has(nameOf(turned(way))) && side(way) === 'inside',
    );
    return chords.length === 0 ? [part] : partsOf(borders, [...groundWays(borders, part), ...chords, ...chords.map(turned)]);
  });
  if (pieces.every((list) => list.length === 1)) return { refused: 'not-split' };
  const kept = { ...zone, parts: pieces.flatMap((list) => list.slice(0, 1)) };
  const fresh = pieces.flatMap((list) => list.slice(1)).map((part, i) => ({ ...zone, id: newId(i), parts: [part] }));
  const after = nodes.zones.flatMap((own) => (own.id === id ? [kept, ...fresh] : [own]));
  return { before, after, moves: [] };
}

export interface NewZone {
  id: Id;
  kind: ZoneKind;
  name: LocalText;
  overlap: Overlap;
}

/** A new zone within a closed path. */
export function drawnZone(borders: Borders, path: readonly Position[], { id, kind, name, overlap }: NewZone): Edit | Refused {
  const before = borders.zones;
  const nodes = noded(borders, path, { closed: true });
  if (nodes === null) return { refused: 'path-crosses' };
  const drawn: BorderPart = { rings: [toTheLeft(borders, nodes.path)] };
  const gives = (zone: BorderZone): boolean =>
    overlap === 'take' || (overlap === 'strict' && STRICTNESS.indexOf(kind) < STRICTNESS.indexOf(zone.kind));
  const others = nodes.zones.map((zone) => (gives(zone) ? without(borders, zone, drawn) : zone));
  let parts = [drawn];
  for (const part of nodes.zones.filter((zone) => !gives(zone)).flatMap((zone) => zone.parts)) {
    parts = parts.flatMap((own) => subtracted(borders, own, part));
  }
  const left = others.filter((zone) => zone.parts.length > 0);
  if (parts.length === 0) return { refused: 'no-ground' };
  return { before, after: [...left, { id, kind, name, parts }], moves: [] };
}

/** A zone without the ground within a closed path: a hole, a bay, or nothing left of a part. */
export function cutOut(borders: Borders, id: Id, path: readonly Position[]): Edit | Refused {
  const before = borders.zones;
  const nodes = noded(borders, path, { closed: true, of: id });
  if (nodes === null) return { refused: 'path-crosses' };
  const cut: BorderPart = { rings: [toTheLeft(borders, nodes.path)] };
  const after = nodes.zones.map((zone) => (zone.id === id ? without(borders, zone, cut) : zone));
  const own = after.find((zone) => zone.id === id);
  if (own === undefined || own.parts.length === 0) return { refused: 'nothing-left' };
  return own === nodes.zones.find((zone) => zone.id === id) ? { refused: 'no-ground' } : { before, after, moves: [] };
}

function without(borders: Borders, zone: BorderZone, cut: BorderPart): BorderZone {
  const parts = zone.parts.flatMap((part) => subtracted(borders, part, cut));
  const same = parts.length === zone.parts.length && parts.every((part, i) => part === zone.parts[i]);
  return same ? zone : { ...zone, parts };
}

/** The ground of `part` that is not that of `cut`; the same object where they have none in common. */
function subtracted(borders: Borders, part: BorderPart, cut: BorderPart): BorderPart[] {
  if (apart(borders, part, cut)) return [part];
  const [own, other] = [groundWays(borders, part), groundWays(borders, cut)];
  const [sideOfCut, sideOfPart] = [sideTeller(borders, cut), sideTeller(borders, part)];
  const [ownNames, otherNames] = [new Set(own.map(nameOf)), new Set(other.map(nameOf))];
  const kept = own.filter((way) => {
    if (otherNames.has(nameOf(way))) return false;
    return otherNames.has(nameOf(turned(way))) || sideOfCut(way) === 'outside';
  });
  const seams = other.filter(
    (way) => !ownNames.has(nameOf(way)) && !ownNames.has(nameOf(turned(way))) && sideOfPart(way) === 'inside',
  );
  if (kept.length === own.length && seams.length === 0) return [part];
  return partsOf(borders, [...kept, ...seams.map(turned)]);
}

/** Whether the boxes of two parts have nothing in common. */
function apart(borders: Borders, a: BorderPart, b: BorderPart): boolean {
  const [[w1, s1, e1, n1], [w2, s2, e2, n2]] = [boxOfPart(borders, a), boxOfPart(borders, b)];
  return e1 <= w2 || e2 <= w1 || n1 <= s2 || n2 <= s1;
}

function boxOfPart({ lon, lat }: Borders, { rings }: BorderPart): [number, number, number, number] {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const vertex of rings[0] ?? []) {
    [west, east] = [Math.min(west, lon[vertex] as number), Math.max(east, lon[vertex] as number)];
    [south, north] = [Math.min(south, lat[vertex] as number), Math.max(north, lat[vertex] as number)];
  }
  return [west, south, east, north];
}

function toTheLeft(borders: Borders, corners: Corners): Corners {
  return signedTwice(borders, corners) > 0 ? corners : corners.toReversed();
}

function groundWays(borders: Borders, part: BorderPart): Way[] {
  return oriented(borders, part).flatMap((corners) => waysOf(corners, { closed: true }));
}

function waysOf(path: Corners, { closed }: { closed: boolean }): Way[] {
  const ways = path.map((from, i): Way => [from, path[(i + 1) % path.length] as number]);
  return closed ? ways : ways.slice(0, -1);
}

/** Tells where the middle of an edge lies that does not cross the part's border. */
function sideTeller(borders: Borders, part: BorderPart): (way: Way) => 'inside' | 'outside' | 'boundary' {
  const rings = part.rings.map((corners) => corners.map((vertex) => positionOf(borders, vertex)));
  const [west, south, east, north] = boxOfPart(borders, part);
  return ([a, b]) => {
    const [[x1, y1], [x2, y2]] = [positionOf(borders, a), positionOf(borders, b)];
    const [x, y] = [(x1 + x2) / 2, (y1 + y2) / 2];
    return x < west || x > east || y < south || y > north ? 'outside' : sideOf([x, y], rings);
  };
}

function turned([from, to]: Way): Way {
  return [to, from];
}

function nameOf([from, to]: Way): string {
  return `${from},${to}`;
}
