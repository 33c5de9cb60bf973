/**
 * Other tests of the trend of pixels than the plain one: with the variance corrected for memory, or season by season.
 *
 *     correctedTests(values, times, { s, p });             // Yue & Wang 2004
 *     const seasons = seasonalTests(config);               // Hirsch, Slack & Smith 1982
 *     seasons.begin(n); seasons.add(layer, values); seasons.end({ slope, s, p });
 *
 * Pixels that the plain test has no probability for, having too few years, keep none.
 */
import { seasonalMannKendall, seasonalTheilSen } from '../science/mann-kendall-seasonal.ts';
import { yueWang } from '../science/trend-variance.ts';
import type { Period } from '../types.ts';
import { type MeansOptions, yearlyMeans } from './years.ts';

interface Tests {
  slope: Float64Array;
  s: Int32Array;
  p: Float64Array;
}

/** p anew, with the variance of S corrected for the memory of the series; years without a layer keep their place. */
export function correctedTests(values: Float64Array, times: readonly number[], { p }: Pick<Tests, 'p'>): void {
  const n = p.length;
  const [first = 0, last = 0] = [times[0], times.at(-1)];
  const series = new Float64Array(last - first + 1);
  for (let i = 0; i < n; i++) {
    if (Number.isNaN(p[i])) continue;
    series.fill(Number.NaN);
    for (const [k, year] of times.entries()) series[year - first] = values[k * n + i] as number;
    p[i] = yueWang(series).p;
  }
}

export interface SeasonsConfig extends MeansOptions {
  /** Place of the month of each layer among the months that have any, every year having all of them; -1 for a layer left out. */
  seasonOf: number[];
  seasons: number;
  dependence: 'independent' | 'correlated';
}

/** Months of layers as seasons: those of one month of a year make a mean. */
export function seasonsOf(
  dates: readonly Period[],
  { yearOf }: Pick<MeansOptions, 'yearOf'>,
): Pick<SeasonsConfig, 'seasonOf' | 'seasons'> {
  const months = dates.map(({ start }, layer) => ((yearOf[layer] ?? -1) < 0 ? null : Number(start.slice(5, 7))));
  const used = [...new Set(months.filter((month) => month !== null))].sort((a, b) => a - b);
  const seasonOf = months.map((month, layer) =>
    month === null ? -1 : (yearOf[layer] as number) * used.length + used.indexOf(month),
  );
  return { seasonOf, seasons: used.length };
}

export interface SeasonalTests {
  begin(n: number): void;
  add(layer: number, values: Float64Array): void;
  /** Slope, S and p anew, of each pixel that has a p. */
  end(into: Tests): void;
}

/** @param config `times` are those of the years: one without layers between two keeps its place */
export function seasonalTests(config: SeasonsConfig & { times: readonly number[] }): SeasonalTests {
  const { seasonOf, seasons, years, times, dependence } = config;
  const means = yearlyMeans({ ...config, yearOf: seasonOf, years: years * seasons, least: 1 });
  const [first = 0, last = 0] = [times[0], times.at(-1)];
  const series = new Float64Array((last - first + 1) * seasons);
  return {
    begin: means.begin,
    add: means.add,
    end({ slope, s, p }) {
      const values = means.end();
      const n = p.length;
      for (let i = 0; i < n; i++) {
        if (Number.isNaN(p[i])) continue;
        series.fill(Number.NaN);
        for (const [k, year] of times.entries())
          for (let season = 0; season < seasons; season++)
            series[(year - first) * seasons + season] = values[(k * seasons + season) * n + i] as number;
        const options = { period: seasons, dependence };
        const test = seasonalMannKendall(series, options);
        [s[i], p[i], slope[i]] = [test.s, test.p, seasonalTheilSen(series, options).slope];
      }
    },
  };
}
