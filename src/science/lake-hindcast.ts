/**
 * A lake by years: what rivers, rain and evaporation make of its level, with a loss that nobody measured.
 *
 *     const levels = hindcastLevels(years, curve, { loss: 4.2, evaporation: 1 }, { fluxes: 'year-before', surface: 'as-tabled' });
 *     leaveOut(years, curve, (year) => Math.floor(year / 10), { seed: 7 }).pooled.rmse    // decades left out in turn
 */
import { type Bounds, differentialEvolution, type Fit, fitOf, type ParameterSet } from './lake-calibration.ts';
import type { LakeCurve } from './lake-curve.ts';

/** One year: level [m], area [km2], terms [km3]. */
export interface LakeYear {
  year: number;
  level: number;
  area: number;
  inflow: number;
  precipitation: number;
  evaporation: number;
}

/** `loss` [km3] a year beyond the tabled terms; `evaporation`: part of the tabled one. */
export type HindcastName = 'loss' | 'evaporation';

/**
 * Bounds and why: up to 12 km3 a year lost between the gauges and the sea and into the ground (the delta of the Amu Darya lies
 * below the gauge); evaporation within 10 % of the tabled one, which was itself computed.
 */
export const HINDCAST_BOUNDS: Bounds<HindcastName> = { loss: [0, 12], evaporation: [0.9, 1.1] };

export interface HindcastOptions {
  /**
   * Which flows carry the lake from one tabled level to the next: those of the `year-before` (levels of 1 January) or the `mean` of both
   * years (levels that are means of their year).
   */
  fluxes?: 'year-before' | 'mean';
  /** Rain and evaporation as tabled, or their depths over the area of the modelled lake. */
  surface?: 'as-tabled' | 'modelled';
}

/** Levels [m] of all years, the first as tabled. @throws RangeError where the lake leaves the curve. */
export function hindcastLevels(
  years: readonly LakeYear[],
  curve: LakeCurve,
  { loss, evaporation }: ParameterSet<HindcastName>,
  { fluxes = 'mean', surface = 'modelled' }: HindcastOptions = {},
): Float64Array {
  const levels = new Float64Array(years.length);
  const first = years[0] as LakeYear;
  let volume = curve.volumeAt(first.level);
  levels[0] = first.level;
  for (let i = 1; i < years.length; i++) {
    const area = curve.areaAt(levels[i - 1] as number);
    const gain = ({ inflow, precipitation, evaporation: dry, area: own }: LakeYear): number => {
      const part = surface === 'modelled' ? area / own : 1;
      return inflow + (precipitation - dry * evaporation) * part;
    };
    const [before, now] = [years[i - 1] as LakeYear, years[i] as LakeYear];
    volume += (fluxes === 'mean' ? (gain(before) + gain(now)) / 2 : gain(before)) - loss;
    levels[i] = curve.levelAt(volume);
  }
  return levels;
}

export interface LeftOut {
  groups: { group: number; set: ParameterSet<HindcastName>; fit: Fit }[];
  /** Every year predicted by parameters that did not see its group. */
  pooled: Fit;
  /** Fitted on all years. */
  all: { set: ParameterSet<HindcastName>; fit: Fit };
}

/** Parameters fitted on all groups but one, tried on that one, for each in turn; the first year is given and counts nowhere. */
export function leaveOut(
  years: readonly LakeYear[],
  curve: LakeCurve,
  groupOf: (year: number) => number,
  {
    seed,
    bounds = HINDCAST_BOUNDS,
    generations = 60,
    ...options
  }: { seed: number; bounds?: Bounds<HindcastName>; generations?: number } & HindcastOptions,
): LeftOut {
  const observed = years.map(({ level }) => level);
  const seen = (keep: (year: number) => boolean): number[] =>
    years.map(({ year, level }, i) => (i > 0 && keep(year) ? level : Number.NaN));
  const run = (set: ParameterSet<HindcastName>): Float64Array => hindcastLevels(years, curve, set, options);
  const best = (keep: (year: number) => boolean): ParameterSet<HindcastName> => {
    const wanted = seen(keep);
    const score = (set: ParameterSet<HindcastName>): number => {
      try {
        return fitOf(run(set), wanted).rmse;
      } catch (error) {
        if (error instanceof RangeError) return Infinity; // the lake left the table: no set to keep
        throw error;
      }
    };
    return differentialEvolution(score, bounds, { seed, generations }).set;
  };
  const predicted = Float64Array.from(observed);
  const groups = [...new Set(years.map(({ year }) => groupOf(year)))].map((group) => {
    const set = best((year) => groupOf(year) !== group);
    const levels = run(set);
    for (const [i, { year }] of years.entries()) if (groupOf(year) === group) predicted[i] = levels[i] as number;
    return {
      group,
      set,
      fit: fitOf(
        levels,
        seen((year) => groupOf(year) === group),
      ),
    };
  });
  const set = best(() => true);
  return {
    groups,
    pooled: fitOf(
      predicted,
      seen(() => true),
    ),
    all: {
      set,
      fit: fitOf(
        run(set),
        seen(() => true),
      ),
    },
  };
}
