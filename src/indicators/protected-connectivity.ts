/**
 * How much of a region is protected and connected (ProtConn): patches beyond its border let pass, and count for nothing themselves.
 * docs/methods/protected-connectivity.md
 */
import { habitatNetwork } from '../science/habitat-network.ts';
import { type ProtectedConnectivity, protectedConnectivity } from '../science/protected-connectivity.ts';
import type { ConnectivityPatches } from './connectivity.ts';
import type { TableFigure } from './table-indicator.ts';

export const PROTECTED_CONNECTIVITY = { id: 'protected-connectivity', method: 'saura-2018', version: 1, unit: '%' } as const;

export interface ProtectedPatches extends ConnectivityPatches {
  /** Area of the region [ha]. */
  regionArea: number;
  /** Whether a patch lies beyond the border; its area is not used. */
  transboundary: readonly boolean[];
}

/** All fractions for one distance. */
export function protectedOf(
  { areas, links, regionArea, transboundary }: Omit<ProtectedPatches, 'distances'>,
  distance: number,
): ProtectedConnectivity {
  const own = areas.map((area, i) => (transboundary[i] ? 0 : area));
  return protectedConnectivity(habitatNetwork(own, links), { regionArea, distance, transboundary });
}

/** One figure for each distance, which is its class. */
export function protectedFigures(patches: ProtectedPatches, period: TableFigure['period']): TableFigure[] {
  const count = patches.transboundary.filter((abroad) => !abroad).length;
  if (count === 0) return [];
  return patches.distances.map((distance) => ({
    indicator: PROTECTED_CONNECTIVITY.id,
    unit: PROTECTED_CONNECTIVITY.unit,
    class: `${distance} m`,
    value: protectedOf(patches, distance).connected,
    low: null,
    high: null,
    level: null,
    n: count,
    note: null,
    period,
  }));
}
