/**
 * What the sums Σ p^q and -Σ p ln p of all kinds there tend to, those never seen included.
 *
 * The published closed form ends in a difference of nearly equal numbers times (1 - a)^(1-n); the same difference is the tail of
 * a series, which is summed here instead: no digit is lost, whatever f2 / f1 is.
 *
 * @see Chao 1984, Scand. J. Stat. 11, 265-270 (f0)
 * @see Chao, Wang & Jost 2013, Entropy and the species accumulation curve, Methods Ecol. Evol. 4, 1091-1100, doi 10.1111/2041-210X.12108
 * @see Chao & Jost 2015, Methods Ecol. Evol. 6, 873-882, doi 10.1111/2041-210X.12349
 */
import { isOrderOne } from './hill.ts';

/** What the estimators need of a sample. */
export interface CountedKinds {
  size: number;
  counts: Float64Array;
  kinds: Float64Array;
  once: number;
  twice: number;
}

/** Kinds not seen, at least. Chao 1984; its bias-corrected form where nothing was seen twice */
export function unseen({ size, once, twice }: CountedKinds): number {
  const pairs = twice > 0 ? (once * once) / (2 * twice) : (once * (once - 1)) / 2;
  return ((size - 1) / size) * pairs;
}

/** Mean share of the kinds that were seen once. Chao, Wang & Jost 2013, eq. 7 */
function singleton({ size, once, twice }: CountedKinds): number {
  if (twice > 0) return (2 * twice) / ((size - 1) * once + 2 * twice);
  return once > 1 ? 2 / ((size - 1) * (once - 1) + 2) : 1;
}

/** Σ π^q over all kinds, or -Σ π ln π at order 1, with π the chance to find a kind in one unit. */
export function asymptoticSum(sample: CountedKinds, order: number): number {
  return isOrderOne(order) ? entropy(sample) : powerSum(sample, order);
}

/** A tail is summed until a term is below this share of the sum. */
const TAIL_END = 1e-17;

/** Chao, Wang & Jost 2013, eq. 8a: Σ x/n [ψ(n) - ψ(x)] + f1/n · Σ_j (1 - a)^(j+1) / (n + j) */
function entropy(sample: CountedKinds): number {
  const { size: n, counts, kinds, once } = sample;
  let sum = 0;
  let digamma = 0;
  // From the largest count down: ψ(n) - ψ(x) = Σ 1/k for k from x to n - 1.
  for (let i = counts.length - 1, k = n; i >= 0; i--) {
    const x = counts[i] as number;
    while (k > x) digamma += 1 / --k;
    sum += (kinds[i] as number) * (x / n) * digamma;
  }
  const rest = 1 - singleton(sample);
  let tail = 0;
  for (let j = 0, power = rest; power > 0; j++, power *= rest) {
    const term = power / (n + j);
    tail += term;
    if (term < TAIL_END * tail * (1 - rest)) break;
  }
  return sum + (once / n) * tail;
}

/** Chao & Jost 2015, eq. 10: Σ_k C(q-1, k) (-1)^k Δ_k + f1/n · Σ_{r ≥ n} C(q-1, r) (-1)^r (1 - a)^(r-n+1) */
function powerSum(sample: CountedKinds, order: number): number {
  const { size: n, counts, kinds, once } = sample;
  // Shares x/n · C(n-x, k) / C(n-1, k) of each count, from k to k + 1 by a ratio; ascending counts die out from the end.
  const chances = counts.map((x, i) => (kinds[i] as number) * (x / n));
  let living = counts.length;
  let sign = 1;
  let sum = 0;
  for (let k = 0; k < n; k++) {
    let delta = 0;
    for (let i = 0; i < living; i++) delta += chances[i] as number;
    sum += sign * delta;
    if (k + 1 < n)
      for (let i = 0; i < living; i++) chances[i] = (chances[i] as number) * ((n - (counts[i] as number) - k) / (n - 1 - k));
    while (living > 0 && !((chances[living - 1] as number) > 0)) living -= 1;
    sign *= 1 - order / (k + 1);
    if (living === 0 || sign === 0) break;
  }
  return sum + (once / n) * powerTail(n, 1 - singleton(sample), order);
}

function powerTail(n: number, rest: number, order: number): number {
  let coefficient = 1;
  for (let i = 1; i <= n; i++) coefficient *= 1 - order / i;
  let tail = 0;
  for (let r = n, power = rest; power > 0 && coefficient !== 0; r++, power *= rest) {
    const term = coefficient * power;
    tail += term;
    if (Math.abs(term) < TAIL_END * Math.abs(tail) * (1 - rest)) break;
    coefficient *= 1 - order / (r + 1);
  }
  return tail;
}
