/**
 * Did what was done change a population: before and after, here and at a control (BACI).
 *
 *     beforeAfter(here, { control, years, from: 2015 })     // { effect: 0.41, factor: 1.51, low: 1.08, high: 2.11, … }
 *
 * The effect is on the logarithm: by what factor the population here rose more than the control did. Two errors are told. That of the
 * counts comes from the covariance of the totals (TRIM). That of the years comes from how far the ratio of here to the control
 * wanders from year to year by itself, and holds the first in it; the wider one judges.
 *
 * @see Stewart-Oaten, Murdoch & Parker 1986, Environmental impact assessment: pseudoreplication in time? Ecology 67, 929-940,
 *   doi 10.2307/1939815
 * @see Welch 1947, The generalization of Student's problem, Biometrika 34, 28-35, doi 10.1093/biomet/34.1-2.28
 */
import { normalQuantile, twoSided } from './normal.ts';
import type { YearTotals } from './population-totals.ts';
import { studentQuantile, studentTwoSided } from './student.ts';

export interface EffectInterval {
  error: number;
  /** Of the factor, 95 %. */
  low: number;
  high: number;
  p: number;
  /** Degrees of freedom; infinite for the error of counts. */
  freedom: number;
}

export interface BeforeAfter {
  /** Logarithm of the factor. */
  effect: number;
  factor: number;
  counts: EffectInterval;
  /** `null` with fewer than two years on either side. */
  years: EffectInterval | null;
  /** The wider of the two. */
  judged: EffectInterval;
  verdict: 'rose' | 'fell' | 'no-sign';
  before: number[];
  after: number[];
  cautions: ('no-control' | 'few-years')[];
}

/** Years on either side below which how the ratio wanders is hardly known. */
const FEW_YEARS = 3;

/**
 * @param here totals by year with their covariance @param control the same years where nothing was done, from a fit of its own;
 * `null`: change alone, which may have other causes
 * @param years of both @param from first year after
 * @throws RangeError where a side has no year, or a total is not above 0
 */
export function beforeAfter(
  here: YearTotals,
  { control, years, from }: { control: YearTotals | null; years: readonly number[]; from: number },
): BeforeAfter {
  const before = years.filter((year) => year < from);
  const after = years.filter((year) => year >= from);
  if (before.length === 0 || after.length === 0)
    throw new RangeError(`first year after: ${from}; counts are of ${years[0]} to ${years.at(-1)}`);
  const weights = Float64Array.from(years, (year) => (year < from ? -1 / before.length : 1 / after.length));
  const parts = [here, ...(control ? [control] : [])].map((totals, part) =>
    contrast(totals, weights, years, part === 0 ? 'here' : 'control'),
  );
  const effect = (parts[0]?.value as number) - (parts[1]?.value ?? 0);
  const counts = intervalOf(effect, Math.sqrt(parts.reduce((sum, { variance }) => sum + variance, 0)), Number.POSITIVE_INFINITY);
  const ratios = years.map((year, j): [number, number] => [
    year,
    Math.log(here.values[j] as number) - (control ? Math.log(control.values[j] as number) : 0),
  ]);
  const ofYears = wandering(effect, ratios, from);
  const width = ({ low, high }: EffectInterval): number => Math.log(high / low);
  const judged = ofYears && width(ofYears) > width(counts) ? ofYears : counts;
  return {
    effect,
    factor: Math.exp(effect),
    counts,
    years: ofYears,
    judged,
    verdict: judged.low > 1 ? 'rose' : judged.high < 1 ? 'fell' : 'no-sign',
    before,
    after,
    cautions: [
      ...(control ? [] : (['no-control'] as const)),
      ...(Math.min(before.length, after.length) < FEW_YEARS ? (['few-years'] as const) : []),
    ],
  };
}

/** Σ w ln T and w' D⁻¹ C D⁻¹ w: the delta method. */
function contrast(
  { values, covariance }: YearTotals,
  weights: Float64Array,
  years: readonly number[],
  place: string,
): { value: number; variance: number } {
  const n = years.length;
  if (values.length !== n) throw new RangeError(`${place}: ${values.length} totals for ${n} years`);
  let [value, variance] = [0, 0];
  for (let j = 0; j < n; j++) {
    const total = values[j] as number;
    if (!(total > 0)) throw new RangeError(`${place}, ${years[j]}: a total of ${total} has no logarithm`);
    value += (weights[j] as number) * Math.log(total);
    for (let k = 0; k < n; k++)
      variance +=
        ((weights[j] as number) * (weights[k] as number) * (covariance[j * n + k] as number)) / (total * (values[k] as number));
  }
  return { value, variance: Math.max(0, variance) };
}

/** Two means of unequal spread. Welch 1947; Stewart-Oaten et al. 1986 for differences of logarithms */
function wandering(effect: number, ratios: readonly [number, number][], from: number): EffectInterval | null {
  const sides = [ratios.filter(([year]) => year < from), ratios.filter(([year]) => year >= from)];
  if (sides.some((side) => side.length < 2)) return null;
  const parts = sides.map((side) => {
    const mean = side.reduce((sum, [, ratio]) => sum + ratio, 0) / side.length;
    return {
      n: side.length,
      part: side.reduce((sum, [, ratio]) => sum + (ratio - mean) ** 2, 0) / (side.length - 1) / side.length,
    };
  });
  const variance = parts.reduce((sum, { part }) => sum + part, 0);
  if (variance === 0) return null;
  const freedom = variance ** 2 / parts.reduce((sum, { n, part }) => sum + part ** 2 / (n - 1), 0);
  return intervalOf(effect, Math.sqrt(variance), freedom);
}

function intervalOf(effect: number, error: number, freedom: number): EffectInterval {
  // Student's t is the normal distribution where nothing is estimated of its spread.
  const known = freedom === Number.POSITIVE_INFINITY;
  const reach = (known ? normalQuantile(0.975) : studentQuantile(0.975, freedom)) * error;
  const chance = (t: number): number => (known ? twoSided(t) : studentTwoSided(t, freedom));
  return {
    error,
    low: Math.exp(effect - reach),
    high: Math.exp(effect + reach),
    p: error === 0 ? (effect === 0 ? 1 : 0) : chance(effect / error),
    freedom,
  };
}
