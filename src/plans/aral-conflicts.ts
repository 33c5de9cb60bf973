/**
 * Which contradictions among the sources of the Aral (C1 to C12) bear on a figure.
 *
 *     aralConflicts('aral-sea', 'lake-volume', { start: '1960-01-01', end: '1961-01-01' })   // [C1]
 */
import type { Id, Period } from '../types.ts';
import { aralTables, type Conflict } from './aral-tables.ts';

/** Basins of `conflicts.csv` as sites of `data/kazakhstan/sites.csv`. */
const SITES: Record<string, readonly Id[]> = {
  whole: ['aral-sea'],
  north: ['aral-sea-north', 'kok-aral-dam'],
  'west and east': ['aral-sea-west', 'aral-sea-east'],
  'Syr Darya': ['syr-darya'],
};

/** Quantities of `conflicts.csv` as indicators. */
const INDICATORS: Record<string, readonly Id[]> = {
  level: ['lake-level'],
  area: ['lake-area'],
  volume: ['lake-volume'],
  precipitation: ['lake-precipitation'],
  inflow: ['inflow', 'cumulative-inflow'],
  outflow: ['outflow'],
  'fish catch': ['fish-catch'],
  dam: ['dam-length', 'lake-level-rise'],
  limits: ['water-limit'],
};

/**
 * The conflicts of a site's indicator, or of one period of it, in the order of their numbers.
 * @param among the conflicts that are chosen from; those of the shipped table unless told
 */
export function aralConflicts(
  feature: Id,
  indicator: Id,
  period: Period | null = null,
  among: readonly Conflict[] = aralTables().conflicts,
): Conflict[] {
  return among.filter(({ basin, quantity, years }) => {
    const here = (SITES[basin] ?? []).includes(feature);
    const it = quantity.split(/,\s*/).some((word) => (INDICATORS[word] ?? []).includes(indicator));
    return here && it && (period === null || within(years, period));
  });
}

/** Whether a period touches `1960`, `2010-2023` or `2010, 2017`. */
function within(years: string, { start, end }: Period): boolean {
  const [first, last] = [Number(start.slice(0, 4)), Number(new Date(Date.parse(end) - 1).toISOString().slice(0, 4))];
  return years.split(/,\s*/).some((part) => {
    const [from = Number.NaN, to = from] = part.split('-').map(Number);
    return first <= to && last >= from;
  });
}
