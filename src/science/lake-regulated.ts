/**
 * A regulated terminal lake below a delta, as the North Aral is: rivers pass the delta first, and gates are worked by season.
 *
 *     const bounds = REGULATED_BOUNDS;
 *     const split = splitSample(record, bounds, { seed: 7 });       // first half to second and back
 *     split.pooled.rmse                                             // km3, out of sample
 *     leadForecast(record, split.halves[0].set, { from, to, lead: 6, window: 24 })
 *
 * The delta is a linear store (Nash 1957, IAHS Publ. 45, 114-121): of what it holds 1 / (1 + residence) leaves within a month.
 * Evaporation is the given series times a factor, carried over to the area of the lake; the gates are those of `lake-balance.ts`.
 */

import {
  type Bounds,
  differentialEvolution,
  type Ensemble,
  type Fit,
  fitOf,
  glue,
  independent,
  latinHypercube,
  type ParameterSet,
  weightedQuantile,
} from './lake-calibration.ts';
import type { LakeCurve } from './lake-curve.ts';

export type RegulatedName = 'evaporation' | 'residence' | 'share' | 'full' | 'swing' | 'peak';
export type RegulatedSet = ParameterSet<RegulatedName>;

/**
 * Bounds and why: evaporation 0.75 to 1.05 times the published series of 1.23 m a year (0.92 to 1.29 m; the sea of 1950-1989 has 1.00 m);
 * the lower delta holds water for up to three months; gates let go up to all of what is above the mark; marks lie between 25 and 28.5 km3
 * round the design volume of 27 km3 and swing by up to 1.2 km3.
 */
export const REGULATED_BOUNDS: Bounds<RegulatedName> = {
  evaporation: [0.75, 1.05],
  residence: [0, 3],
  share: [0, 1],
  full: [25, 28.5],
  swing: [0, 1.2],
  peak: [0, 12],
};

/** Monthly record [km3]: `volume` is what was observed at the end of each month. */
export interface LakeRecord {
  /** 0 to 11. */
  months: ArrayLike<number>;
  inflow: ArrayLike<number>;
  precipitation: ArrayLike<number>;
  evaporation: ArrayLike<number>;
  volume: ArrayLike<number>;
  /** Volume before the first month. */
  before: number;
}

export interface RegulatedOptions {
  /** Without one the area changes by 0.1 thousand km2 per km3 about 3.25 at 26.5 km3, as the curve of the North Aral does there. */
  curve?: LakeCurve;
  /** Moves the mark of the gates [km3]. */
  shift?: number;
  /** Errors of the input to try: parts of the inflow and the evaporation that are added. */
  inflowError?: (step: number) => number;
  evaporationError?: (step: number) => number;
}

/** Where the published series of evaporation was computed: its mean volume [km3] and the area there [km2]. */
const REFERENCE = { volume: 26.5, area: 3250, perKm3: 100 };

/**
 * Volumes after each month from `from` to before `to`, started from what was observed before `from`; what is observed later is not
 * looked at. Written without the terms, for the many runs of a calibration: `regulatedLake` gives them.
 */
export function simulateRegulated(
  record: LakeRecord,
  set: RegulatedSet,
  { from = 0, to = record.inflow.length }: { from?: number; to?: number } = {},
  { curve, shift = 0, inflowError, evaporationError }: RegulatedOptions = {},
): Float64Array {
  const out = new Float64Array(to - from);
  let water = from === 0 ? record.before : (record.volume[from - 1] as number);
  let delta = (record.inflow[Math.max(0, from - 1)] as number) * set.residence;
  const reference = curve === undefined ? REFERENCE.area : curve.areaOf(REFERENCE.volume);
  for (let i = from; i < to; i++) {
    const area = curve === undefined ? REFERENCE.area + REFERENCE.perKm3 * (water - REFERENCE.volume) : curve.areaOf(water);
    delta += (record.inflow[i] as number) * (1 + (inflowError?.(i) ?? 0));
    const arriving = delta / (1 + set.residence);
    delta -= arriving;
    const dry = (record.evaporation[i] as number) * set.evaporation * (1 + (evaporationError?.(i) ?? 0)) * (area / reference);
    const left = water + arriving + (record.precipitation[i] as number) - dry;
    const mark = set.full + shift + set.swing * Math.cos((2 * Math.PI * ((record.months[i] as number) - set.peak)) / 12);
    water = left - Math.max(0, set.share * (left - mark));
    out[i - from] = water;
  }
  return out;
}

export interface SplitHalf {
  /** Months that the parameters were fitted on, and those that they were tried on: from, and to before. */
  fitted: readonly [number, number];
  tried: readonly [number, number];
  set: RegulatedSet;
  calibration: Fit;
  validation: Fit;
}

/** Months between the starts of the short runs that `horizon` asks for. */
const START_EVERY = 3;

/**
 * Parameters of one half tried on the other, and back; `pooled` is over all months, each predicted by the half that it is not in.
 * With a `horizon` the parameters are those that fit best over so many months from every third month on, started from what was observed there: the
 * use that a forecast makes of them. Without, one run through the whole half is fitted. The trial is one run through the other half in both cases.
 */
export function splitSample(
  record: LakeRecord,
  bounds: Bounds<RegulatedName> = REGULATED_BOUNDS,
  { seed, generations = 80, horizon, ...options }: { seed: number; generations?: number; horizon?: number } & RegulatedOptions,
): { halves: [SplitHalf, SplitHalf]; pooled: Fit; predicted: Float64Array } {
  const n = record.inflow.length;
  const half = n >> 1;
  const predicted = new Float64Array(n);
  const one = (fitted: readonly [number, number], tried: readonly [number, number]): SplitHalf => {
    const observed = (span: readonly [number, number]): number[] => Array.prototype.slice.call(record.volume, ...span);
    const run = (set: RegulatedSet, [from, to]: readonly [number, number]): Float64Array =>
      simulateRegulated(record, set, { from, to }, options);
    const wanted = observed(fitted);
    const score = (trial: RegulatedSet): number =>
      horizon === undefined ? fitOf(run(trial, fitted), wanted).rmse : shortRuns(record, trial, fitted, horizon, options);
    const { set } = differentialEvolution(score, bounds, { seed, generations });
    const forward = run(set, tried);
    predicted.set(forward, tried[0]);
    return { fitted, tried, set, calibration: fitOf(run(set, fitted), wanted), validation: fitOf(forward, observed(tried)) };
  };
  const halves: [SplitHalf, SplitHalf] = [one([0, half], [half, n]), one([half, n], [0, half])];
  return { halves, pooled: fitOf(predicted, record.volume), predicted };
}

/** Root of the mean squared error over all short runs within the span. */
function shortRuns(
  record: LakeRecord,
  set: RegulatedSet,
  [first, end]: readonly [number, number],
  horizon: number,
  options: RegulatedOptions,
): number {
  let [squares, n] = [0, 0];
  for (let from = first; from < end; from += START_EVERY) {
    const run = simulateRegulated(record, set, { from, to: Math.min(end, from + horizon) }, options);
    for (let i = 0; i < run.length; i++) squares += ((run[i] as number) - (record.volume[from + i] as number)) ** 2;
    n += run.length;
  }
  return Math.sqrt(squares / n);
}

/** Marks that are tried for what the gates were held at [km3], and how far the mark may wander from that of the calibration. */
const SHIFTS = Array.from({ length: 41 }, (_, i) => -2 + 0.1 * i);
const SHIFT_SPREAD = 1;
/** Of an observed volume [km3], with three months for one independent value. */
const OBSERVED_SPREAD = 0.6;
const MONTHS_PER_VALUE = 3;

export interface LeadForecast {
  /** Months ahead. */
  lead: number;
  /** Of the value at the lead itself. */
  fit: Fit;
  /** Of a forecast that nothing changes. */
  persistence: Fit;
}

/**
 * Forecasts as they would be made: parameters from elsewhere, the lake as it was last observed, and the mark of the gates learned from
 * the last `window` observed months only (Dawid 1984, J. R. Stat. Soc. A 147, 278-292, doi 10.2307/2981683: prequential).
 * Inflow, rain and evaporation of the months ahead are taken as they were: what is tested is the lake, not the weather.
 */
export function leadForecast(
  record: LakeRecord,
  set: RegulatedSet,
  {
    from,
    to,
    leads,
    window = 24,
    ...options
  }: { from: number; to: number; leads: readonly number[]; window?: number } & RegulatedOptions,
): { pairs: { lead: number; forecast: number; observed: number; last: number }[] } {
  const longest = Math.max(...leads);
  const pairs: { lead: number; forecast: number; observed: number; last: number }[] = [];
  for (let origin = from; origin < to; origin++) {
    const shift = learnedShift(record, set, { from: Math.max(from, origin - window), to: origin }, options);
    const end = Math.min(to, origin + longest);
    const ahead = simulateRegulated(record, set, { from: origin, to: end }, { ...options, shift });
    const last = origin === 0 ? record.before : (record.volume[origin - 1] as number);
    for (const lead of leads)
      if (lead <= ahead.length)
        pairs.push({ lead, forecast: ahead[lead - 1] as number, observed: record.volume[origin + lead - 1] as number, last });
  }
  return { pairs };
}

/** Fits of `pairs`, lead by lead, and all leads together. */
export function leadFits(pairs: readonly { lead: number; forecast: number; observed: number; last: number }[]): {
  leads: LeadForecast[];
  all: Fit;
} {
  const fits = (some: typeof pairs): { fit: Fit; persistence: Fit } => ({
    fit: fitOf(
      some.map(({ forecast }) => forecast),
      some.map(({ observed }) => observed),
    ),
    persistence: fitOf(
      some.map(({ last }) => last),
      some.map(({ observed }) => observed),
    ),
  });
  const leads = [...new Set(pairs.map(({ lead }) => lead))].sort((a, b) => a - b);
  return { leads: leads.map((lead) => ({ lead, ...fits(pairs.filter((pair) => pair.lead === lead)) })), all: fits(pairs).fit };
}

function learnedShift(
  record: LakeRecord,
  set: RegulatedSet,
  { from, to }: { from: number; to: number },
  options: RegulatedOptions,
): number {
  if (to - from < MONTHS_PER_VALUE) return 0;
  let [best, least] = [0, Infinity];
  for (const shift of SHIFTS) {
    const run = simulateRegulated(record, set, { from, to }, { ...options, shift });
    let cost = (shift / SHIFT_SPREAD) ** 2;
    for (let i = from; i < to; i++)
      cost += (((run[i - from] as number) - (record.volume[i] as number)) / OBSERVED_SPREAD) ** 2 / MONTHS_PER_VALUE;
    if (cost < least) [best, least] = [shift, cost];
  }
  return best;
}

/**
 * Sets that the half can not tell apart (GLUE): sampled within the bounds, weighed by their error, with as many independent observations
 * as the errors of the best set leave. `spread` is the standard error that model and observation may have together [km3].
 */
export function regulatedEnsemble(
  record: LakeRecord,
  { fitted, set }: Pick<SplitHalf, 'fitted' | 'set'>,
  bounds: Bounds<RegulatedName> = REGULATED_BOUNDS,
  {
    seed,
    count = 2000,
    spread = OBSERVED_SPREAD,
    ...options
  }: { seed: number; count?: number; spread?: number } & RegulatedOptions,
): Ensemble<RegulatedName> {
  const [from, to] = fitted;
  const observed: number[] = Array.prototype.slice.call(record.volume, from, to);
  const run = (one: RegulatedSet): Float64Array => simulateRegulated(record, one, { from, to }, options);
  const errors = run(set).map((value, i) => value - (observed[i] as number));
  const sets = [set, ...latinHypercube(bounds, count, { seed })];
  return glue(sets, (one) => fitOf(run(one), observed).rmse ** 2, { spread, effective: independent(errors) });
}

/** Intervals of 90 in a hundred of an ensemble's runs, month by month; `observation` [km3] widens them by the error of what they are compared with. */
export function ensembleIntervals(
  record: LakeRecord,
  { sets, weights }: Ensemble<RegulatedName>,
  [from, to]: readonly [number, number],
  { observation = 0, ...options }: { observation?: number } & RegulatedOptions = {},
): { low: Float64Array; mid: Float64Array; high: Float64Array } {
  const runs = sets.map((set) => simulateRegulated(record, set, { from, to }, options));
  const at = (part: number): Float64Array =>
    Float64Array.from({ length: to - from }, (_, i) =>
      weightedQuantile(
        runs.map((run) => run[i] as number),
        weights,
        part,
      ),
    );
  const [low, mid, high] = [at(0.05), at(0.5), at(0.95)];
  const widened = (ends: Float64Array, sign: -1 | 1): Float64Array =>
    ends.map((end, i) => {
      const own = end - (mid[i] as number);
      return (mid[i] as number) + sign * Math.hypot(own, NORMAL_90 * observation);
    });
  return { low: widened(low, -1), mid, high: widened(high, 1) };
}

/** Standard errors on either side of the middle that hold 90 in a hundred of a normal distribution. */
const NORMAL_90 = 1.6449;
