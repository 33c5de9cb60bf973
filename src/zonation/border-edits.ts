/**
 * Edits of single vertices and whole zones that keep shared borders shared: each is worked out for all zones at once.
 *
 *     const edit = removed(borders, vertex);
 *     if ('refused' in edit) return edit.refused;
 *     take(borders, edit);
 */
import type { Id, LocalText, Position, ZoneKind } from '../types.ts';
import { partsOf } from './border-rings.ts';
import { type Borders, type BorderZone, type Corners, type Edit, FEWEST, newVertex, oriented, positionOf, type Refused, withRings } from './shared-borders.ts'; // biome-ignore format: one line

/** An edge by the numbers of its ends, either way. */
export type EdgeEnds = readonly [number, number];

/** A vertex at another place, in all zones that have it. */
export function moved(borders: Borders, vertex: number, to: Position): Edit {
  const after = withRings(borders.zones, (corners) => corners, [vertex]);
  return { before: borders.zones, after, moves: [{ vertex, from: positionOf(borders, vertex), to }] };
}

/** A new vertex on an edge, in all zones that have the edge. */
export function inserted(borders: Borders, edge: EdgeEnds, at: Position): Edit & { vertex: number } {
  const vertex = newVertex(borders, at);
  const after = withRings(borders.zones, (corners) => between(corners, edge, vertex));
  return { before: borders.zones, after, moves: [], vertex };
}

/** A vertex put on an edge of a neighbour, which gets it too. */
export function putOnEdge(borders: Borders, vertex: number, edge: EdgeEnds, at: Position): Edit {
  const grown = withRings(borders.zones, (corners) => (corners.includes(vertex) ? corners : between(corners, edge, vertex)), [
    vertex,
  ]);
  return { before: borders.zones, after: grown, moves: [{ vertex, from: positionOf(borders, vertex), to: at }] };
}

/** `vertex` becomes one with `other`: an edge between them vanishes. */
export function joined(borders: Borders, vertex: number, other: number): Edit | Refused {
  let refused: Refused['refused'] | null = null;
  const after = withRings(borders.zones, (corners) => {
    const at = corners.indexOf(vertex);
    if (at === -1) return corners;
    if (!corners.includes(other)) return corners.map((corner) => (corner === vertex ? other : corner));
    if (!neighbours(corners, at).includes(other)) refused = 'touches';
    if (corners.length === FEWEST) refused = 'too-few';
    return corners.filter((corner) => corner !== vertex);
  });
  return refused === null ? { before: borders.zones, after, moves: [] } : { refused };
}

/**
 * Without `vertex`. Where borders of several zones meet in it, it becomes one with the nearest vertex that it has an edge to:
 * taken out of each ring by itself it would leave a gap between them.
 */
export function removed(borders: Borders, vertex: number): Edit | Refused {
  const beside = besideOf(borders, vertex);
  if (beside.length === 2) {
    let few = false;
    const after = withRings(borders.zones, (corners) => {
      if (!corners.includes(vertex)) return corners;
      if (corners.length === FEWEST) few = true;
      return corners.filter((corner) => corner !== vertex);
    });
    return few ? { refused: 'too-few' } : { before: borders.zones, after, moves: [] };
  }
  const [x, y] = positionOf(borders, vertex);
  const narrow = Math.cos((y * Math.PI) / 180);
  const far = (other: number): number => {
    const [lon, lat] = positionOf(borders, other);
    return Math.hypot((lon - x) * narrow, lat - y);
  };
  let last: Edit | Refused = { refused: 'too-few' };
  for (const other of beside.toSorted((a, b) => far(a) - far(b))) {
    last = joined(borders, vertex, other);
    if (!('refused' in last)) return last;
  }
  return last;
}

/** A zone as another kind, or under another name. */
export function described(borders: Borders, id: Id, change: { kind?: ZoneKind; name?: LocalText }): Edit {
  const after = borders.zones.map((zone) => (zone.id === id ? { ...zone, ...change } : zone));
  return { before: borders.zones, after, moves: [] };
}

/** Without a zone: its ground becomes that of `heir`, or of nobody. */
export function dropped(borders: Borders, id: Id, { heir = null }: { heir?: Id | null } = {}): Edit | Refused {
  const gone = borders.zones.find((zone) => zone.id === id);
  const left = borders.zones.filter((zone) => zone.id !== id);
  if (left.length === 0) return { refused: 'nothing-left' };
  const after = left.map((zone) => (zone.id === heir && gone !== undefined ? merged(borders, zone, gone) : zone));
  return { before: borders.zones, after, moves: [] };
}

/** Zones that have an edge in common with `id`. */
export function besideZone({ zones }: Borders, id: Id): BorderZone[] {
  const edges = new Set<string>();
  const own = zones.find((zone) => zone.id === id);
  const each = (zone: BorderZone | undefined, work: (edge: string) => boolean): boolean =>
    zone?.parts.some(({ rings }) => rings.some((corners) => corners.some((a, i) => work(named(a, corners[(i + 1) % corners.length] as number))))) ?? false; // biome-ignore format: one thought
  each(own, (edge) => {
    edges.add(edge);
    return false;
  });
  return zones.filter((zone) => zone.id !== id && each(zone, (edge) => edges.has(edge)));
}

/** Both grounds as one; edges that run both ways are inside it. */
function merged(borders: Borders, zone: BorderZone, other: BorderZone): BorderZone {
  const edges = new Map<string, EdgeEnds>();
  for (const corners of [...zone.parts, ...other.parts].flatMap((part) => oriented(borders, part))) {
    for (const [i, a] of corners.entries()) {
      const b = corners[(i + 1) % corners.length] as number;
      if (!edges.delete(`${b},${a}`)) edges.set(`${a},${b}`, [a, b]);
    }
  }
  return { ...zone, parts: partsOf(borders, [...edges.values()]) };
}

function between(corners: Corners, [a, b]: EdgeEnds, vertex: number): Corners {
  const at = corners.findIndex((corner, i) => {
    const next = corners[(i + 1) % corners.length];
    return (corner === a && next === b) || (corner === b && next === a);
  });
  return at === -1 ? corners : corners.toSpliced(at + 1, 0, vertex);
}

/** Vertices that have an edge to `vertex`. */
export function besideOf({ zones }: Borders, vertex: number): number[] {
  const found = new Set<number>();
  for (const { parts } of zones) {
    for (const corners of parts.flatMap(({ rings }) => rings)) {
      const at = corners.indexOf(vertex);
      if (at !== -1) for (const other of neighbours(corners, at)) found.add(other);
    }
  }
  return [...found];
}

function neighbours(corners: Corners, at: number): [number, number] {
  return [corners.at(at - 1) as number, corners[(at + 1) % corners.length] as number];
}

function named(a: number, b: number): string {
  return a < b ? `${a},${b}` : `${b},${a}`;
}
