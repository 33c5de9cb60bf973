/**
 * Land degradation, SDG indicator 15.3.1: three sub-indicators into one, and two periods into a status.
 *
 *     oneOutAllOut(0, 1, -1)                 // -1: one of the three says degraded
 *     oneOutAllOut(NODATA, -1, 0)            // NODATA: one of the three is not known
 *     oneOutAllOut(NODATA, -1, 0, { missing: 'known-degradation' })   // -1: whatever the missing one is
 *     degradationStatus(-1, 0)               // 3: degraded in the baseline, stable since
 *     statusClass(3)                         // -1
 *
 * The sub-indicators are made in `land-degradation-{trajectory,state,performance,productivity,soil}.ts` and `land-cover.ts`.
 * Every layer is Int16Array: -1 degraded, 0 stable, 1 improved, NODATA.
 *
 * @see Sims et al. 2021, Good Practice Guidance, SDG Indicator 15.3.1, version 2.0, UNCCD, ISBN 978-92-95118-28-7
 * @see UNCCD 2025, Addendum to the Good Practice Guidance, advanced unedited: the status matrices
 * @see Trends.Earth, te_algorithms 35b2b7d, Conservation International, MIT: the rules as country reports have them
 */
import { NODATA } from './land-cover.ts';

/**
 * Peculiarities of Trends.Earth, each of which can be had or left. docs/methods/land-degradation.md has a case of each.
 */
export interface Compat {
  /** The first level asks for |S| > K, the other two for |S| >= K. Off: all three ask for >=. */
  strict90: boolean;
  /** From seven years on the list of the 99 % level is the one of a series longer by a year. Off: that of the series itself. */
  shifted99: boolean;
  /** Critical values are those of the whole period although years are missing in a pixel. Off: of the years there are. */
  nominalLength: boolean;
  /** A ratio to the 90th percentile of exactly 0.5 is degraded. Off: only below 0.5, as the documentation says. */
  halfDegraded: boolean;
  /** A loss of soil carbon beyond -101 % is handed on as it is, as if it were a class. Off: it is degraded. */
  rawSoilLoss: boolean;
  /** Carbon stocks are cut to whole t/ha before they are compared. Off: they are not. */
  integerStocks: boolean;
  /** A land cover class that the transition matrix does not have is stable. Off: not known. */
  unlistedStable: boolean;
  /** Where no climate is known the carbon factor is 0: a change to cropland loses everything. Off: not known. */
  climateZero: boolean;
}

/** All of them, for figures that are to equal a map of Trends.Earth. */
export const TRENDS_EARTH_COMPAT: Readonly<Compat> = {
  strict90: true,
  shifted99: true,
  nominalLength: true,
  halfDegraded: true,
  rawSoilLoss: true,
  integerStocks: true,
  unlistedStable: true,
  climateZero: true,
};

/** None of them. */
export const NO_COMPAT: Readonly<Compat> = {
  strict90: false,
  shifted99: false,
  nominalLength: false,
  halfDegraded: false,
  rawSoilLoss: false,
  integerStocks: false,
  unlistedStable: false,
  climateZero: false,
};

/** The default: the thresholds as published, without what passes a defect on or makes a value where none is known. */
export const PUBLISHED_COMPAT: Readonly<Compat> = { ...NO_COMPAT, strict90: true, shifted99: true, halfDegraded: true };

/** Baseline and reporting periods, first and last year: `data/land/periods.json`. */
export interface DegradationPeriod {
  id: string;
  productivity: readonly [first: number, last: number];
  landCover: readonly [first: number, last: number];
  soil: readonly [first: number, last: number];
}

/**
 * What is done where a sub-indicator is missing. `nodata`: the indicator is not known (Trends.Earth). `known-degradation`: it is
 * degraded if one of the others says so, as no value of the missing one could change that; else not known.
 */
export type Missing = 'nodata' | 'known-degradation';

/**
 * One out, all out: degraded if one is; else improved if one is; else stable.
 * @see Sims et al. 2021; Trends.Earth `calc_deg_sdg`
 */
export function oneOutAllOut(
  productivity: number,
  landCover: number,
  soil: number,
  { missing = 'nodata' }: { missing?: Missing } = {},
): number {
  const unknown = productivity === NODATA || landCover === NODATA || soil === NODATA;
  if (unknown && missing === 'nodata') return NODATA;
  if (productivity === -1 || landCover === -1 || soil === -1) return -1;
  if (unknown) return NODATA;
  return productivity === 1 || landCover === 1 || soil === 1 ? 1 : 0;
}

/** `oneOutAllOut` over blocks. */
export function oneOutAllOutBlock(
  productivity: Int16Array,
  landCover: Int16Array,
  soil: Int16Array,
  out = new Int16Array(productivity.length),
  { missing = 'nodata' }: { missing?: Missing } = {},
): Int16Array {
  const options = { missing };
  for (let i = 0; i < out.length; i++) {
    out[i] = oneOutAllOut(productivity[i] as number, landCover[i] as number, soil[i] as number, options);
  }
  return out;
}

/**
 * Status of a reporting period against the baseline, seven classes:
 *
 *     baseline \ period    -1   0   1
 *     -1                    1   3   6      1 persistent degradation, 2 recent degradation, 3 baseline degradation,
 *      0                    2   4   6      4 stable, 5 baseline improvement, 6 recent improvement,
 *      1                    2   5   7      7 persistent improvement
 *
 * NODATA where either is not known.
 * @see UNCCD 2025, Addendum, expanded status matrix; Trends.Earth `sdg_status_expanded`
 */
export function degradationStatus(baseline: number, period: number): number {
  if (!isClass(baseline) || !isClass(period)) return NODATA;
  return STATUS[(baseline + 1) * 3 + period + 1] as number;
}

const STATUS = [1, 3, 6, 2, 4, 6, 2, 5, 7];
const isClass = (value: number): boolean => value === -1 || value === 0 || value === 1;

/** The seven classes of status as three: 1-3 degraded, 4 stable, 5-7 improved. Anything else is NODATA. */
export function statusClass(status: number): number {
  if (status === 1 || status === 2 || status === 3) return -1;
  if (status === 4) return 0;
  return status === 5 || status === 6 || status === 7 ? 1 : NODATA;
}

/** `degradationStatus` over blocks. */
export function degradationStatusBlock(
  baseline: Int16Array,
  period: Int16Array,
  out = new Int16Array(baseline.length),
): Int16Array {
  for (let i = 0; i < out.length; i++) out[i] = degradationStatus(baseline[i] as number, period[i] as number);
  return out;
}

/** `statusClass` over blocks. */
export function statusClassBlock(status: Int16Array, out = new Int16Array(status.length)): Int16Array {
  for (let i = 0; i < out.length; i++) out[i] = statusClass(status[i] as number);
  return out;
}

/**
 * The older rule of progress, of land cover alone: what was degraded and improves is stable again, what degrades is degraded,
 * everything else is as in the baseline. Trends.Earth `calc_progress_lc_deg`.
 */
export function landCoverProgress(baseline: number, period: number): number {
  if (period === -1) return -1;
  if (period !== 1) return baseline;
  if (baseline === -1) return 0;
  return baseline === 0 ? 1 : baseline;
}

/** What the people on the ground know better, for the pixels of one polygon; `null` leaves a class as it is. */
export interface Correction {
  /** Code of its polygon in the layer of polygons. */
  polygon: number;
  degraded: number | null;
  stable: number | null;
  improved: number | null;
  /** Periods it holds for: sum of 1 baseline, 2 first reporting period, 4 second. */
  periods: number;
}

/**
 * Puts known errors of the indicator right, polygon by polygon.
 * @param period 1 baseline, 2 first reporting period, 4 second
 * @returns number of pixels that changed; `values` are changed in place.
 * @see UNCCD 2025, Addendum, false positives and negatives; Trends.Earth `recode_indicator_errors`
 */
export function correctErrors(
  values: Int16Array,
  polygons: Int16Array,
  corrections: readonly Correction[],
  period: 1 | 2 | 4,
): number {
  const rules = new Map(corrections.filter(({ periods }) => (periods & period) !== 0).map((rule) => [rule.polygon, rule]));
  let changed = 0;
  for (let i = 0; i < values.length; i++) {
    const rule = rules.get(polygons[i] as number);
    if (rule === undefined) continue;
    const value = values[i] as number;
    const to = value === -1 ? rule.degraded : value === 0 ? rule.stable : value === 1 ? rule.improved : null;
    if (to === null || to === value) continue;
    values[i] = to;
    changed++;
  }
  return changed;
}
