/**
 * How many species there are, estimated from those seen once or twice, in one sample or in many sampling units.
 *
 *     const seeds = [1, 1, 1, 2, 2, 5, 12, 40];
 *     rarefiedRichness(seeds, 20)        // { value: 4.85, error: 1.06 }: species among 20 of the 64 individuals
 *     chao1(seeds)                       // { value: 9, error: 1.80 }
 *     speciesPool([[1, 0, 3], [0, 0, 2], [1, 1, 0]])   // Chao2, jackknives, bootstrap
 *
 *
 * @see Hurlbert 1971, Ecology 52, 577-586, doi 10.2307/1934145; Heck, van Belle & Simberloff 1975, Ecology 56, 1459-1461, doi 10.2307/1934716
 * @see Chao 1987, Biometrics 43, 783-791, doi 10.2307/2531532; Chiu et al. 2014, Biometrics 70, 671-682, doi 10.1111/biom.12200
 * @see Chao & Lee 1992, J. Am. Stat. Assoc. 87, 210-217, doi 10.1080/01621459.1992.10475194; O'Hara 2005, J. Anim. Ecol. 74, 375-386,
 * doi 10.1111/j.1365-2656.2005.00940.x (ACE)
 * @see Smith & van Belle 1984, Biometrics 40, 119-129, doi 10.2307/2530750 (jackknife, bootstrap)
 * @see Fisher, Corbet & Williams 1943, J. Anim. Ecol. 12, 42-58, doi 10.2307/1411
 */
import { sumOfCounts } from './hill.ts';

/** An estimate with its standard error; `NaN` where there is none. */
export interface Estimated {
  value: number;
  error: number;
}

/** Species of a sample with at most this many individuals are rare. Chao & Lee 1992 */
const RARE = 10;

/** A difference below this share of what it is left of is rounding. */
const ROUNDING = 1e-13;

/** Counts above 0. @throws RangeError where one is no whole number */
function individuals(counts: ArrayLike<number>): { found: number[]; total: number } {
  const total = sumOfCounts(counts);
  const found = Array.from(counts).filter((count) => count > 0);
  const broken = found.find((count) => !Number.isInteger(count));
  if (broken !== undefined) throw new RangeError(`a count is ${broken}; individuals are whole numbers`);
  return { found, total };
}

/** How many species have each count, for counts of 0 to `most`. */
function frequencies(found: readonly number[], most: number): Float64Array {
  const of = new Float64Array(most + 1);
  for (const count of found) if (count <= most) of[count] = (of[count] as number) + 1;
  return of;
}

/** C(n - x, m) / C(n, m) for x of 0 to `most`: the chance that none of x marked among n is among m drawn. */
function missChances(n: number, m: number, most: number): Float64Array {
  const chance = new Float64Array(most + 1);
  chance[0] = 1;
  for (let x = 1; x <= most; x++) chance[x] = Math.max(0, ((chance[x - 1] as number) * (n - m - x + 1)) / (n - x + 1));
  return chance;
}

/**
 * Species expected in a part of `size` individuals, with the deviation among such parts. Hurlbert 1971; Heck et al. 1975, eq. 2
 * @param size whole, 0 or more; all species where it is no less than the sample
 */
export function rarefiedRichness(counts: ArrayLike<number>, size: number): Estimated {
  if (!Number.isInteger(size) || size < 0) throw new RangeError(`a part of ${size} individuals; 0 or a whole number is needed`);
  const { found, total } = individuals(counts);
  if (size >= total) return { value: found.length, error: 0 };
  const kinds = [...Map.groupBy(found, (count) => count)].map(([count, all]) => ({ count, n: all.length }));
  const most = kinds.reduce((greatest, { count }) => Math.max(greatest, count), 0);
  const missed = missChances(total, size, Math.min(total, 2 * most));
  const of = (count: number): number => missed[count] ?? 0;
  let value = 0;
  let alone = 0;
  let together = 0;
  kinds.forEach(({ count, n }, i) => {
    const own = of(count);
    value += n * (1 - own);
    alone += n * own * (1 - own);
    together += n * (n - 1) * (of(2 * count) - own * own);
    for (let j = 0; j < i; j++) {
      const other = kinds[j] as { count: number; n: number };
      together += 2 * n * other.n * (of(count + other.count) - own * of(other.count));
    }
  });
  const variance = alone + together;
  return { value, error: variance > ROUNDING * alone ? Math.sqrt(variance) : 0 };
}

/** Chance of each species to be found in a part of `size` individuals. Hurlbert 1971 */
export function chancesInPart(counts: ArrayLike<number>, size: number): Float64Array {
  const { found, total } = individuals(counts);
  if (size >= total) return Float64Array.from(counts, (count) => (count > 0 ? 1 : 0));
  const most = found.reduce((greatest, count) => Math.max(greatest, count), 0);
  const missed = missChances(total, size, most);
  return Float64Array.from(counts, (count) => 1 - (missed[count] as number));
}

/**
 * Variance of an estimate S = S_seen + U(f1, f2, …) by the delta method: Σ (1 + h)² f - (Σ (1 + h) f)² / S over all frequencies,
 * h the gradient of U (Chao 1987); put so that nothing is subtracted from a nearly equal number: Σ h² f + U - (Σ h f - U)² / S.
 */
function deltaVariance(gradient: readonly number[], frequency: ArrayLike<number>, added: number, estimate: number): number {
  let squares = 0;
  let sum = 0;
  gradient.forEach((slope, i) => {
    squares += slope * slope * (frequency[i] as number);
    sum += slope * (frequency[i] as number);
  });
  return Math.max(0, squares + added - (sum - added) ** 2 / estimate);
}

/**
 * Chao1, bias-corrected: S + f1 (f1 - 1) / (2 (f2 + 1)), at least as many species are there.
 * Chiu et al. 2014, eq. 4 and its web appendix (variance)
 */
export function chao1(counts: ArrayLike<number>): Estimated {
  const { found } = individuals(counts);
  const [, once = 0, twice = 0] = frequencies(found, 2);
  const added = (once * (once - 1)) / (2 * (twice + 1));
  const value = found.length + added;
  const gradient = [(2 * once - 1) / (2 * (twice + 1)), (-once * (once - 1)) / (2 * (twice + 1) ** 2)];
  return { value, error: value === 0 ? 0 : Math.sqrt(deltaVariance(gradient, [once, twice], added, value)) };
}

/**
 * Abundance-based coverage estimator: S_abundant + S_rare / C + f1 / C · γ², rare being up to 10 individuals. Chao & Lee 1992; O'Hara 2005
 *
 * The error is by the delta method over all frequencies, as that of Chao1.
 * @returns `NaN` where every rare species was seen once: nothing tells then how many are missing
 */
export function ace(counts: ArrayLike<number>): Estimated {
  const { found } = individuals(counts);
  const rare = frequencies(found, RARE);
  const abundant = found.filter((count) => count > RARE).length;
  const species = found.length - abundant;
  if (species === 0) return { value: abundant, error: 0 };
  const once = rare[1] as number;
  const n = rare.reduce((sum, f, i) => sum + i * f, 0);
  if (once === n) return { value: Number.NaN, error: Number.NaN };
  const pairs = rare.reduce((sum, f, i) => sum + i * (i - 1) * f, 0);
  // n / (n - f1) is 1 / C; γ² + 1 is S_rare · pairs / ((n - f1) (n - 1)).
  const [rest, most] = [n - once, n - 1];
  const spread = (species * pairs) / (rest * most) - 1;
  const added = (species * once) / rest + (spread > 0 ? ((once * n) / rest) * spread : 0);
  const value = found.length + added;
  const gradient = Array.from({ length: RARE + 1 }, (_, i): number => {
    if (i === 0) return 0;
    const first = i === 1 ? 1 : 0;
    const ofRest = i - first; // of n - f1
    const base = once / rest + (species * (first * rest - once * ofRest)) / (rest * rest);
    if (spread <= 0) return base;
    const ofShare = (first * n + once * i) / rest - (once * n * ofRest) / (rest * rest);
    const ofSpread = (spread + 1) * (1 / species + (i * (i - 1)) / pairs - ofRest / rest - i / most);
    return base + ofShare * spread + ((once * n) / rest) * ofSpread;
  });
  return { value, error: Math.sqrt(deltaVariance(gradient, rare, added, value)) };
}

/**
 * Fisher's α: the root of S = α ln(1 + N / α), N individuals of S species. Fisher et al. 1943, p. 44
 * @returns `NaN` for fewer than two species, Infinity where every individual is another species
 */
export function fisherAlpha(counts: ArrayLike<number>): number {
  const { found, total } = individuals(counts);
  const species = found.length;
  if (species < 2) return Number.NaN;
  if (species === total) return Number.POSITIVE_INFINITY;
  // α ln(1 + N / α) rises with α, and is bent one way: Newton's steps from below never pass the root.
  let alpha = species / Math.log(1 + total);
  for (let step = 0; step < 200; step++) {
    const log = Math.log1p(total / alpha);
    const next = alpha + (species - alpha * log) / (log - total / (alpha + total));
    if (!(Math.abs(next - alpha) > 1e-15 * alpha)) break;
    alpha = next;
  }
  return alpha;
}

/** Species of a region, estimated from how many sampling units each was found in. */
export interface SpeciesPool {
  observed: number;
  units: number;
  /** Chao2 with the correction for few units; the bias-corrected form where no species was found twice. */
  chao: Estimated;
  jackknife1: Estimated;
  /** Its variance is not known. */
  jackknife2: Estimated;
  bootstrap: Estimated;
}

/**
 * Species of the region that sampling units were taken from. Chao 1987; Chiu et al. 2014, eq. 5; Smith & van Belle 1984
 * @param units each with the counts, or presences, of the same species
 */
export function speciesPool(units: readonly ArrayLike<number>[]): SpeciesPool {
  const n = units.length;
  const width = units[0]?.length ?? 0;
  if (n === 0 || units.some((unit) => unit.length !== width))
    throw new RangeError('sampling units need counts of the same species');
  const found = new Float64Array(width);
  for (const unit of units) for (let i = 0; i < width; i++) if ((unit[i] as number) > 0) found[i] = (found[i] as number) + 1;
  const [once, twice] = [found.filter((f) => f === 1).length, found.filter((f) => f === 2).length];
  const observed = found.filter((f) => f > 0).length;
  const small = (n - 1) / n;
  const second = n > 1 ? observed + (once * (2 * n - 3)) / n - (twice * (n - 2) ** 2) / (n * (n - 1)) : observed;
  return {
    observed,
    units: n,
    chao: chao2(n, found),
    jackknife1: { value: observed + once * small, error: Math.sqrt(Math.max(0, singlesSpread(units, found) * small)) },
    jackknife2: { value: second, error: Number.NaN },
    bootstrap: bootstrapped(units, found),
  };
}

/**
 * Chao2: species, from how many sampling units each was found in, with the correction for few units; its bias-corrected form where no
 * species was found twice. Chao 1987; Chiu et al. 2014, eq. 5 and 6
 */
export function chao2(units: number, found: ArrayLike<number>): Estimated {
  const counts = Array.from(found);
  const [once, twice] = [counts.filter((f) => f === 1).length, counts.filter((f) => f === 2).length];
  const observed = counts.filter((f) => f > 0).length;
  const small = (units - 1) / units;
  if (twice > 0) {
    const ratio = once / twice;
    const variance = twice * (small * (ratio ** 2 / 2) + small * small * (ratio ** 3 + ratio ** 4 / 4));
    return { value: observed + (small * once * ratio) / 2, error: Math.sqrt(variance) };
  }
  const value = observed + (small * once * (once - 1)) / 2;
  const squares = (small * small * once * (2 * once - 1) ** 2) / 4;
  const fourth = value > 0 ? (small * small * once ** 4) / (4 * value) : 0;
  return { value, error: Math.sqrt(Math.max(0, squares + (small * once * (once - 1)) / 2 - fourth)) };
}

/** Width of an interval of 95 % [standard errors]. */
const NORMAL_95 = 1.959963984540054;

/**
 * Interval of 95 % for a number of species that is no less than those seen: the number not seen is taken to be log-normal. Chao 1987, eq. 13
 */
export function richnessInterval(observed: number, { value, error }: Estimated): { low: number; high: number } {
  const unseen = value - observed;
  if (!(unseen > 0)) return { low: observed, high: observed };
  const factor = Math.exp(NORMAL_95 * Math.sqrt(Math.log1p((error / unseen) ** 2)));
  return { low: observed + unseen / factor, high: observed + unseen * factor };
}

/** Σ r² - f1² / N, where r species of a unit were found in no other. Smith & van Belle 1984, eq. 2.4 */
function singlesSpread(units: readonly ArrayLike<number>[], found: Float64Array): number {
  let squares = 0;
  let all = 0;
  for (const unit of units) {
    let own = 0;
    for (let i = 0; i < found.length; i++) if (found[i] === 1 && (unit[i] as number) > 0) own += 1;
    squares += own * own;
    all += own;
  }
  return squares - (all * all) / units.length;
}

/** Smith & van Belle 1984, eq. 3.2 and 3.4: species that a sample of as many units, drawn again with replacement, would miss. */
function bootstrapped(units: readonly ArrayLike<number>[], found: Float64Array): Estimated {
  const n = units.length;
  const seen = [...found.keys()].filter((i) => (found[i] as number) > 0);
  const missed = seen.map((i) => (1 - (found[i] as number) / n) ** n);
  let variance = missed.reduce((sum, q) => sum + q * (1 - q), 0);
  const absent = seen.map((i) => Uint8Array.from(units, (unit) => ((unit[i] as number) > 0 ? 0 : 1)));
  for (let a = 1; a < seen.length; a++)
    for (let b = 0; b < a; b++) {
      const [one, other] = [absent[a] as Uint8Array, absent[b] as Uint8Array];
      let both = 0;
      for (let unit = 0; unit < n; unit++) both += (one[unit] as number) & (other[unit] as number);
      variance += 2 * ((both / n) ** n - (missed[a] as number) * (missed[b] as number));
    }
  return { value: seen.length + missed.reduce((sum, q) => sum + q, 0), error: Math.sqrt(Math.max(0, variance)) };
}
