/**
 * How fire comes back: rotation, recurrence, intervals and season of a zone, from its fire table (fire.ts).
 *
 *     fireRotation(table)                        // { value: 34, low: 29, high: 36 }: years to burn an area as large as the zone
 *     areaWhere(table.recurrence, (fires) => fires >= 3)   // what burned three times or more
 *     fireIntervals(table).median                // half of what burned did so again within so many years
 *     fireSeason(table.byDay)                    // { from: 102, to: 141, peak: 118, share: 0.8 }
 */

import { burnedAreas, type FireTable } from './fire.ts';
import type { Bounds } from './presence.ts';

export interface FireIntervals {
  /** Share of burned ground that has not burned again after t years: `survival[t]`, 1 at 0. */
  survival: Float64Array;
  /** Least number of years within which half burned again; `null` when the record is too short to see that. */
  median: number | null;
  /** Area of intervals that were seen to end, and of those that were not [m²]; ground that burned n times has n intervals. */
  complete: number;
  censored: number;
}

export interface FireSeason {
  /** First and last day of the year of the shortest span that holds `share` of the burned area; `from` > `to` goes over New Year. */
  from: number;
  to: number;
  share: number;
  /** Day of the largest burned area, and month (1-12 by days of a common year). */
  peak: number;
}

/**
 * Fire rotation [years]: the time in which an area as large as the burnable part of the zone burns, years by the sum of the shares that
 * burned. Years of which nothing was mapped are left out; `value` is infinite where nothing burned, `null` where no year was mapped.
 * The bounds are those of what was not mapped; that a short record holds few large fires is in neither.
 * @see Heinselman 1973, Fire in the virgin forests of the Boundary Waters Canoe Area, Minnesota, Quat. Res. 3, 329-382,
 * doi 10.1016/0033-5894(73)90003-3
 */
export function fireRotation(table: FireTable): Bounds & { years: number } {
  const known = burnedAreas(table).filter(({ value }) => value !== null);
  const time = (share: (year: (typeof known)[number]) => number): number => {
    const sum = known.reduce((total, year) => total + share(year) / year.burnable, 0);
    return sum > 0 ? known.length / sum : Infinity;
  };
  return {
    value: known.length > 0 ? time(({ value }) => value as number) : null,
    low: known.length > 0 ? time(({ high }) => high) : 0,
    high: time(({ low }) => low),
    years: known.length,
  };
}

/**
 * Years between fires, by the product-limit estimate over area: ground that has not burned again when the record ends (or has a gap)
 * counts for as long as it was seen. Without it only the short intervals of a short record would be left. Cells that burn together are
 * not independent, so there is no interval of confidence.
 * @see Kaplan & Meier 1958, Nonparametric estimation from incomplete observations, J. Am. Stat. Assoc. 53, 457-481, doi 10.1080/01621459.1958.10501452
 * @see Polakow & Dunne 1999, Modelling fire-return interval T: stochasticity and censoring in the two-parameter Weibull model, Ecol.
 * Model. 121, 79-102, doi 10.1016/S0304-3800(99)00074-5: why censoring matters
 */
export function fireIntervals({ complete, censored, years }: FireTable): FireIntervals {
  const sum = (areas: Float64Array): number => areas.reduce((total, area) => total + area, 0);
  const survival = new Float64Array(years + 1).fill(1);
  let atRisk = sum(complete) + sum(censored);
  let median: number | null = null;
  for (let t = 0; t <= years; t++) {
    const burned = complete[t] as number;
    const before = t === 0 ? 1 : (survival[t - 1] as number);
    survival[t] = burned > 0 ? Math.max(0, before * (1 - burned / atRisk)) : before; // Kaplan & Meier 1958
    if (median === null && (survival[t] as number) <= 0.5) median = t;
    atRisk -= burned + (censored[t] as number);
  }
  return { survival, median, complete: sum(complete), censored: sum(censored) };
}

/**
 * The shortest span of days that holds a share of the burned area, also across New Year; `null` where nothing burned. Of several the earliest.
 * @param byDay area by day of the year
 */
export function fireSeason(byDay: Float64Array, { share = 0.8 }: { share?: number } = {}): FireSeason | null {
  const total = byDay.reduce((sum, area) => sum + area, 0);
  if (!(total > 0)) return null;
  const days = byDay.length;
  const wanted = share * total * (1 - 1e-12); // of sums in another order
  let [best, start, held, length] = [days + 1, 0, 0, 0];
  for (let from = 0; from < days; from++) {
    while (held < wanted && length < days) held += byDay[(from + length++) % days] as number;
    if (held >= wanted && length < best && (byDay[from] as number) > 0) [best, start] = [length, from];
    held -= byDay[from] as number;
    length--;
  }
  return { from: start + 1, to: ((start + best - 1) % days) + 1, share, peak: byDay.indexOf(Math.max(...byDay)) + 1 };
}
