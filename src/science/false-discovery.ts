/**
 * Which of many tests to believe: of a million pixels without any trend, fifty thousand are significant at 5 % by chance.
 *
 *     falseDiscovery(p, { rate: 0.05 })      // { tests: 1000000, rejected: 4210, threshold: 0.00021 }
 *     adjustedP(p)                            // for each p the lowest rate at which it would be believed
 *
 * Of what is believed, the share `rate` may be wrong, on average. `benjamini-hochberg` holds that for independent tests and for
 * those that go together as neighbouring pixels do; `benjamini-yekutieli` for any, and is much stricter.
 *
 * @see Benjamini & Hochberg 1995, Controlling the false discovery rate, J. R. Stat. Soc. B 57, 289-300,
 * doi 10.1111/j.2517-6161.1995.tb02031.x
 * @see Benjamini & Yekutieli 2001, The control of the false discovery rate in multiple testing under dependency,
 * Ann. Stat. 29, 1165-1188, doi 10.1214/aos/1013699998
 */

/** Share of wrong among the believed where none is asked for. */
export const RATE = 0.05;

export type DiscoveryMethod = 'benjamini-hochberg' | 'benjamini-yekutieli';

export interface DiscoveryOptions {
  rate?: number;
  method?: DiscoveryMethod;
}

export interface Discovery {
  /** number of tests: p that are there */
  tests: number;
  /** how many are believed */
  rejected: number;
  /** greatest p that is believed; 0 where none is */
  threshold: number;
}

/** Finds the greatest p that is believed at a false discovery rate. @param p two-sided probabilities; NaN is no test */
export function falseDiscovery(p: ArrayLike<number>, options: DiscoveryOptions = {}): Discovery {
  const sorted = Float64Array.from(p)
    .filter((value) => !Number.isNaN(value))
    .sort();
  return stepUp(sorted, null, options);
}

/**
 * The same from distinct p in rising order with the number of each: the last of them with p <= rank / tests × rate / penalty.
 * Benjamini & Hochberg 1995, eq. 1.
 * @param counts how often each occurs; once where `null`
 */
export function stepUp(p: Float64Array, counts: Float64Array | null, { rate = RATE, method }: DiscoveryOptions = {}): Discovery {
  const tests = counts === null ? p.length : counts.reduce((sum, count) => sum + count, 0);
  const share = rate / (tests * penalty(tests, method));
  let rank = 0;
  let found: Discovery = { tests, rejected: 0, threshold: 0 };
  for (const [i, value] of p.entries()) {
    rank += counts?.[i] ?? 1;
    if (value <= rank * share) found = { tests, rejected: rank, threshold: value };
  }
  return found;
}

/** For each p, the lowest false discovery rate at which it is believed; NaN where p is. */
export function adjustedP(p: ArrayLike<number>, { method }: Omit<DiscoveryOptions, 'rate'> = {}): Float64Array {
  const order = Array.from(p, (_, i) => i)
    .filter((i) => !Number.isNaN(p[i]))
    .sort((a, b) => (p[a] as number) - (p[b] as number));
  const tests = order.length;
  const factor = tests * penalty(tests, method);
  const out = new Float64Array(p.length).fill(Number.NaN);
  let least = 1;
  for (let rank = tests; rank > 0; rank--) {
    const i = order[rank - 1] as number;
    least = Math.min(least, ((p[i] as number) * factor) / rank);
    out[i] = least;
  }
  return out;
}

/** 1 for Benjamini & Hochberg; 1 + 1/2 + … + 1/tests for Benjamini & Yekutieli 2001, theorem 1.3. */
function penalty(tests: number, method: DiscoveryMethod = 'benjamini-hochberg'): number {
  if (method === 'benjamini-hochberg') return 1;
  let sum = 0;
  for (let i = 1; i <= tests; i++) sum += 1 / i;
  return sum;
}
