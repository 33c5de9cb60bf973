/** Where a pointer means to be: on a vertex or border that is near, else where it is. */
import type { Position } from '../../src/types.ts';
import type { Desk } from '../../src/zonation/border-desk.ts';
import { beside } from '../../src/zonation/border-nodes.ts';
import { positionOf } from '../../src/zonation/shared-borders.ts';

export interface Snapped {
  at: Position;
  /** The vertex that it is. */
  vertex?: number;
  /** The edge that it lies on. */
  edge?: [number, number];
}

/** Nearer than this it is meant [px]. */
export const REACH = 10;

/** Positions are written to so many places of a degree: 1 cm. */
const PLACES = 7;

/**
 * A vertex comes before an edge.
 * @param options.pixel size of a pixel there: in longitude and in latitude [deg]
 * @param options.except a vertex that is being moved, with its edges
 */
export function snapped(
  { borders, edgesNear }: Desk,
  at: Position,
  { pixel: [dx, dy], except }: { pixel: [number, number]; except?: number },
): Snapped {
  const [rx, ry] = [REACH * dx, REACH * dy];
  const edges = edgesNear([at[0] - rx, at[1] - ry, at[0] + rx, at[1] + ry]).filter(([a, b]) => a !== except && b !== except);
  const away = ([lon, lat]: Position): number => Math.hypot((lon - at[0]) / dx, (lat - at[1]) / dy);
  let best: { far: number; found: Snapped } = { far: REACH, found: { at: [rounded(at[0]), rounded(at[1])] } };
  for (const vertex of new Set(edges.flat())) {
    const place = positionOf(borders, vertex);
    if (away(place) <= best.far) best = { far: away(place), found: { at: place, vertex } };
  }
  if (best.found.vertex !== undefined) return best.found;
  for (const edge of edges) {
    const [p, q] = edge.map((vertex) => inPixels(positionOf(borders, vertex), at, dx, dy)) as [Position, Position];
    const { foot, off, along } = beside([0, 0], p, q);
    if (off > best.far || along <= 0 || along >= 1) continue;
    best = { far: off, found: { at: [rounded(at[0] + foot[0] * dx), rounded(at[1] + foot[1] * dy)], edge } };
  }
  return best.found;
}

export function rounded(degrees: number): number {
  return Number(degrees.toFixed(PLACES));
}

function inPixels([lon, lat]: Position, origin: Position, dx: number, dy: number): Position {
  return [(lon - origin[0]) / dx, (lat - origin[1]) / dy];
}
