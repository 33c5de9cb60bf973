/**
 * How much may be repaired without asking. What is larger is never changed: it is a finding.
 */

import type { PolygonRings } from '../types.ts';
import type { GeometryEngine } from './geometry-engine.ts';
import { inMetres, straightArea, straightPerimeter, stripWidth } from './straight-measures.ts';

export interface RepairTolerance {
  /** Width of an overlap, gap, spike or sliver: the diameter of the largest circle inside [m]. */
  width: number;
  /** Area of one overlap or gap between two zones, or of a spike [m2]. */
  borderArea: number;
  /** Area of one sliver: a narrow part or hole of a zone, or a loop of a ring that crosses itself, whatever its width [m2]. */
  sliverArea: number;
}

/**
 * 10 m: one pixel of Sentinel-2, the finest grid that figures per zone are computed on, and 0.4 mm on a map of
 * 1:25,000, about what a hand digitising such a map is true to. 10 ha per place: 10 m along 10 km of border. 1 ha: the
 * unit that zone areas are declared in.
 */
export const REPAIR_TOLERANCE: RepairTolerance = { width: 10, borderArea: 100_000, sliverArea: 10_000 };

/**
 * Narrower than this is rounding of coordinates, not a fault [m]: float64 longitudes are spaced by up to 3e-9 m, and a
 * position that some program put on an edge stands that far beside it.
 */
export const ROUNDING = 1e-6;

/** Whether a shape is nothing but rounding. */
export function isRounding(polygon: PolygonRings): boolean {
  return meanWidth(polygon) < ROUNDING;
}

/** Area over half the perimeter: the width of a long shape, never more than the widest circle inside [m]. */
export function meanWidth(polygon: PolygonRings): number {
  const perimeter = straightPerimeter(polygon);
  return perimeter === 0 ? 0 : (2 * straightArea(polygon)) / perimeter;
}

/** Whether no circle of diameter `width` [m] fits inside. */
export function isNarrow(engine: GeometryEngine, polygon: PolygonRings, width: number): boolean {
  if (meanWidth(polygon) > width) return false;
  const metres = inMetres(polygon);
  return stripWidth(metres[0] ?? []) <= width || engine.vanishes(metres, width / 2);
}

/** Whether a shape is both small and narrow enough to be repaired. */
export function isTolerable(engine: GeometryEngine, polygon: PolygonRings, area: number, width: number): boolean {
  return straightArea(polygon) <= area && isNarrow(engine, polygon, width);
}
