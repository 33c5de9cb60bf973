/**
 * How much of a reserve's cores can be reached from each other: the equivalent connected area as a share of their area.
 * docs/methods/connectivity.md
 */
import { connectivity as connectivityOf } from '../science/connectivity.ts';
import { habitatNetwork, type PatchLink } from '../science/habitat-network.ts';
import type { TableFigure } from './table-indicator.ts';

export const CONNECTIVITY = { id: 'connectivity', method: 'saura-2011', version: 1, unit: '%' } as const;

export interface ConnectivityPatches {
  /** Of each patch [ha]. */
  areas: readonly number[];
  links: readonly PatchLink[];
  /** Distances that half of the dispersers reach [m]: one figure each. */
  distances: readonly number[];
}

/** One figure for each distance, which is its class; none where there is no patch. */
export function connectivityFigures(
  { areas, links, distances }: ConnectivityPatches,
  period: TableFigure['period'],
): TableFigure[] {
  const total = areas.reduce((sum, area) => sum + area, 0);
  if (total === 0) return [];
  const network = habitatNetwork(areas, links);
  return distances.map((distance) => ({
    indicator: CONNECTIVITY.id,
    unit: CONNECTIVITY.unit,
    class: `${distance} m`,
    value: (100 * connectivityOf(network, { metric: 'PC', distance }).equivalentArea) / total,
    low: null,
    high: null,
    level: null,
    n: areas.length,
    note: null,
    period,
  }));
}
