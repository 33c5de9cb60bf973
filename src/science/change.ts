/**
 * What lies between two estimates: their difference, their ratio, and how sure both are.
 *
 *     const before = { value: 120, low: 100, high: 145, level: 0.95 };
 *     const now = { value: 180, low: 155, high: 210, level: 0.95 };
 *     difference(now, before)    // { value: 60, low: 24.6, high: 96.1, level: 0.95, without: null }
 *     ratio(now, before)         // { value: 1.5, low: 1.18, high: 1.90, … }
 *
 * Intervals are made from the limits of the two, which need not be symmetric: the method of variance estimates recovery
 * (MOVER). The variance of an estimate near its lower limit l is recovered as (value - l)²/z², near its upper limit u as
 * (u - value)²/z²; z cancels. Both estimates are taken as independent. Where an interval is not given, none is invented.
 *
 * @see Zou & Donner 2008, Construction of confidence limits about effect measures, Stat. Med. 27, 1693-1702, doi 10.1002/sim.3095
 * @see Donner & Zou 2012, Closed-form confidence intervals for functions of the normal mean and standard deviation,
 * Stat. Methods Med. Res. 21, 347-359, doi 10.1177/0962280210383082
 */

/** A value with the limits of its interval; `null` where they are not known. */
export interface Estimate {
  value: number;
  low: number | null;
  high: number | null;
  /** Probability that the true value lies between `low` and `high`, 0-1. */
  level: number | null;
}

/**
 * Why there is no interval: one of the two has none, or no level; their levels differ; their limits do not hold their value;
 * the baseline may be zero, so that the ratio has no upper limit.
 */
export type NoInterval = 'no-interval' | 'no-level' | 'levels-differ' | 'value-outside' | 'baseline-may-be-zero';

/** An estimate made of two others, and why it has no interval where it has none. */
export interface Effect extends Estimate {
  without: NoInterval | null;
}

type Bounded = { value: number; low: number; high: number };

/** `now` less `before`, in their unit. */
export function difference(now: Estimate, before: Estimate): Effect {
  const value = now.value - before.value;
  const pair = bounded(now, before);
  if (typeof pair === 'string') return withoutInterval(value, pair);
  const [a, b, level] = pair;
  const low = value - Math.hypot(a.value - a.low, b.high - b.value); // Zou & Donner 2008, lower limit of a difference
  const high = value + Math.hypot(a.high - a.value, b.value - b.low); // and upper limit
  return { value, low, high, level, without: null };
}

/**
 * `now` by `before` [1]; `null` where it means nothing: a baseline of zero or below, or a negative value.
 *
 * Its limits are those R at which the limits of `now - R before` reach zero; for normal estimates they are Fieller's.
 */
export function ratio(now: Estimate, before: Estimate): Effect | null {
  if (!(before.value > 0) || !(now.value >= 0)) return null;
  const value = now.value / before.value;
  const pair = bounded(now, before);
  if (typeof pair === 'string') return withoutInterval(value, pair);
  const [a, b, level] = pair;
  if (b.low <= 0) return withoutInterval(value, 'baseline-may-be-zero');
  return { value, low: lowestRatio(a, b), high: highestRatio(a, b), level, without: null };
}

/**
 * Natural logarithm of the ratio: the effect by which changes of figures in different units are put in order. `null` where
 * one of the values is not above zero. Its limits are the logarithms of those of the ratio, so that both tell alike whether
 * nothing may have changed.
 * @see Hedges, Gurevitch & Curtis 1999, The meta-analysis of response ratios in experimental ecology, Ecology 80, 1150-1156,
 * doi 10.1890/0012-9658(1999)080[1150:TMAORR]2.0.CO;2
 */
export function logResponseRatio(now: Estimate, before: Estimate): Effect | null {
  const by = now.value > 0 ? ratio(now, before) : null;
  if (by === null) return null;
  const value = Math.log(by.value); // Hedges et al. 1999, eq. 2: L = ln(now) - ln(before)
  if (by.low === null || by.high === null || by.low <= 0) return withoutInterval(value, by.without ?? 'no-interval');
  return { ...by, value, low: Math.log(by.low), high: Math.log(by.high) };
}

/** Whether an effect's interval leaves `nothing` out (0 for a difference, 1 for a ratio); `null` where it has none. */
export function excludes({ low, high }: Estimate, nothing: number): boolean | null {
  return low === null || high === null ? null : low > nothing || high < nothing;
}

/**
 * Donner & Zou 2012, lower limit of a ratio: the lesser root R of b.high (2b - b.high) R² - 2ab R + a.low (2a - a.low) = 0,
 * in the form that needs no division by b.high (2b - b.high), which may be zero. Below zero the lower limit of
 * `a - R b` is made with b.low instead.
 */
function lowestRatio(a: Bounded, b: Bounded): number {
  const limit = a.low < 0 ? b.low : b.high;
  const numerator = a.low * (2 * a.value - a.low);
  const denominator = limit * (2 * b.value - limit);
  if (numerator === 0) return 0;
  return numerator / (a.value * b.value + rootPart(a, a.value - a.low, numerator, b, limit - b.value, denominator));
}

/** Donner & Zou 2012, upper limit of a ratio: the greater root with a.high and b.low. */
function highestRatio(a: Bounded, b: Bounded): number {
  const numerator = a.high * (2 * a.value - a.high);
  const denominator = b.low * (2 * b.value - b.low);
  return (a.value * b.value + rootPart(a, a.high - a.value, numerator, b, b.value - b.low, denominator)) / denominator;
}

/**
 * sqrt((ab)² - numerator denominator), where numerator = a² - s² and denominator = b² - t², of the two equal sums
 * a²t² + s² denominator = b²s² + t² numerator the one whose terms do not cancel.
 */
function rootPart(a: Bounded, s: number, numerator: number, b: Bounded, t: number, denominator: number): number {
  return denominator >= 0
    ? Math.hypot(a.value * t, s * Math.sqrt(denominator))
    : Math.hypot(b.value * s, t * Math.sqrt(numerator));
}

/** The two with their limits and common level, or why no interval can be made of them. */
function bounded(a: Estimate, b: Estimate): [Bounded, Bounded, number] | NoInterval {
  if (a.low === null || a.high === null || b.low === null || b.high === null) return 'no-interval';
  if (a.level === null || b.level === null) return 'no-level';
  if (a.level !== b.level) return 'levels-differ';
  const first = { value: a.value, low: a.low, high: a.high };
  const second = { value: b.value, low: b.low, high: b.high };
  if (![first, second].every(({ value, low, high }) => low <= value && value <= high)) return 'value-outside';
  return [first, second, a.level];
}

function withoutInterval(value: number, without: NoInterval): Effect {
  return { value, low: null, high: null, level: null, without };
}
