/**
 * How unlike the species of two sites are: 21 measures by one name each.
 *
 *     dissimilarities([[1, 0, 3], [0, 2, 3]], 'bray')     // [0.333]: pairs (1, 2), (1, 3), … (2, 3), …
 *     compareSites([1, 0, 3], [0, 2, 3], 'jaccard')       // 0.5
 *
 * Measures of counts are between 0 (the same) and 1 (nothing in common) where their definition has a bound; a measure that two
 * sites do not define (one of them empty, say) is `NaN`, never 0. Some depend on all sites of a table: gower (ranges), raup (species
 * there are), chisq (column sums).
 *
 * @see Legendre & De Cáceres 2013, Ecol. Lett. 16, 951-963, doi 10.1111/ele.12141 (most of them compared)
 * @see Anderson et al. 2006, Ecol. Lett. 9, 683-693, doi 10.1111/j.1461-0248.2006.00926.x (altGower)
 * @see Horn 1966, Am. Nat. 100, 419-424, doi 10.1086/282436; Morisita 1959, Mem. Fac. Sci. Kyushu Univ. E 3, 65-80
 * @see Chao et al. 2005, Ecol. Lett. 8, 148-159, doi 10.1111/j.1461-0248.2004.00707.x
 * @see Raup & Crick 1979, J. Paleontol. 53, 1213-1227; Mountford 1962, in: Progress in Soil Zoology, 43-50
 * @see Cao, Williams & Bark 1997, Water Environ. Res. 69, 95-106, doi 10.2175/106143097X125245
 * @see Anderson & Millar 2004, J. Exp. Mar. Biol. Ecol. 305, 191-221, doi 10.1016/j.jembe.2003.12.011 (binomial)
 * @see Aitchison 1986, The Statistical Analysis of Compositional Data; Martino et al. 2019, mSystems 4, e00016-19, doi 10.1128/mSystems.00016-19
 * @see Koleff, Gaston & Lennon 2003, J. Anim. Ecol. 72, 367-382, doi 10.1046/j.1365-2656.2003.00710.x (whittaker)
 */
import { hypergeometricChance } from './binomial.ts';

export const DISSIMILARITIES = [
  'aitchison',
  'altGower',
  'binomial',
  'bray',
  'canberra',
  'cao',
  'chao',
  'chisq',
  'chord',
  'clark',
  'euclidean',
  'gower',
  'hellinger',
  'horn',
  'jaccard',
  'kulczynski',
  'manhattan',
  'morisita',
  'mountford',
  'raup',
  'robust.aitchison',
  'whittaker',
] as const;
export type Dissimilarity = (typeof DISSIMILARITIES)[number];

type Site = ArrayLike<number>;
type Measure = (a: Site, b: Site) => number;

/** Counts of no individual stand for this in Cao's measure. Cao et al. 1997 */
const CAO_LEAST = 0.1;

export interface DissimilarityOptions {
  /** Added to every count before logarithms are taken ('aitchison' alone, which counts of 0 would stop). */
  pseudocount?: number;
}

/**
 * Dissimilarities of all pairs of sites: (1, 2), (1, 3), … (1, n), (2, 3), …
 * @param sites counts, or any amounts of 0 or more, of the same species
 * @throws RangeError where a site has other species than the first, or an amount below 0
 */
export function dissimilarities(sites: readonly Site[], method: Dissimilarity, options: DissimilarityOptions = {}): Float64Array {
  const width = sites[0]?.length ?? 0;
  sites.forEach((site, s) => {
    if (site.length !== width) throw new RangeError(`site ${s + 1} has ${site.length} species, the first ${width}`);
    for (let i = 0; i < width; i++)
      if (!((site[i] as number) >= 0)) throw new RangeError(`site ${s + 1}, species ${i + 1}: ${site[i]}; amounts are 0 or more`);
  });
  const { measure, shown } = measureOf(sites, method, options);
  const out = new Float64Array((sites.length * (sites.length - 1)) / 2);
  let next = 0;
  for (let a = 0; a < shown.length; a++)
    for (let b = a + 1; b < shown.length; b++) out[next++] = measure(shown[a] as Site, shown[b] as Site);
  return out;
}

/** The dissimilarity of two sites that are compared with no others. */
export const compareSites = (a: Site, b: Site, method: Dissimilarity, options: DissimilarityOptions = {}): number =>
  dissimilarities([a, b], method, options)[0] as number;

/** A measure of pairs, and the sites as it takes them. */
function measureOf(
  sites: readonly Site[],
  method: Dissimilarity,
  { pseudocount = 1 }: DissimilarityOptions,
): { measure: Measure; shown: readonly Site[] } {
  const turned = (how: (site: Site) => Site): { measure: Measure; shown: readonly Site[] } => ({
    measure: euclidean,
    shown: sites.map(how),
  });
  switch (method) {
    case 'chord':
      return turned((site) => divided(site, Math.sqrt(sumOf(site, (x) => x * x))));
    case 'hellinger':
      return turned((site) => divided(site, sumOf(site)).map(Math.sqrt));
    case 'chisq':
      return turned(chiSquare(sites));
    case 'aitchison':
      return turned((site) => centred(Float64Array.from(site, (x) => x + pseudocount)));
    case 'robust.aitchison':
      return turned((site) => centred(Float64Array.from(site)));
    case 'gower':
      return { measure: gower(sites), shown: sites };
    case 'raup':
      return { measure: (a, b) => raupCrick(a, b), shown: sites };
    default:
      return { measure: PAIRS[method], shown: sites };
  }
}

const sumOf = (site: Site, of: (x: number) => number = (x) => x): number => {
  let sum = 0;
  for (let i = 0; i < site.length; i++) sum += of(site[i] as number);
  return sum;
};

const divided = (site: Site, by: number): Float64Array => Float64Array.from(site, (x) => x / by);

/** Sum over species of a term of both amounts. */
function over(a: Site, b: Site, term: (x: number, y: number) => number): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += term(a[i] as number, b[i] as number);
  return sum;
}

/** Mean over species that are in one of the sites at least; `NaN` where there is none. */
function overPresent(a: Site, b: Site, term: (x: number, y: number) => number): number {
  let sum = 0;
  let present = 0;
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] as number, b[i] as number];
    if (x === 0 && y === 0) continue;
    present += 1;
    sum += term(x, y);
  }
  return sum / present;
}

const manhattan: Measure = (a, b) => over(a, b, (x, y) => Math.abs(x - y));
const euclidean: Measure = (a, b) => Math.sqrt(over(a, b, (x, y) => (x - y) * (x - y)));
const bray: Measure = (a, b) => manhattan(a, b) / (sumOf(a) + sumOf(b));

/** Species in both sites, in the first, and in the second. */
function shared(a: Site, b: Site): { both: number; first: number; second: number } {
  const seen = (x: number): number => (x > 0 ? 1 : 0);
  return { both: over(a, b, (x, y) => seen(x) * seen(y)), first: sumOf(a, seen), second: sumOf(b, seen) };
}

const PAIRS: Readonly<
  Record<Exclude<Dissimilarity, 'chord' | 'hellinger' | 'chisq' | 'aitchison' | 'robust.aitchison' | 'gower' | 'raup'>, Measure>
> = {
  manhattan,
  euclidean,
  bray,
  /** Růžička's form for amounts: 2 B / (1 + B) of Bray and Curtis' B. */
  jaccard(a, b) {
    const half = bray(a, b);
    return (2 * half) / (1 + half);
  },
  kulczynski(a, b) {
    const least = over(a, b, Math.min);
    return 1 - (least / sumOf(a) + least / sumOf(b)) / 2;
  },
  canberra: (a, b) => overPresent(a, b, (x, y) => Math.abs(x - y) / (x + y)),
  clark: (a, b) => Math.sqrt(overPresent(a, b, (x, y) => ((x - y) / (x + y)) ** 2)),
  altGower: (a, b) => overPresent(a, b, (x, y) => Math.abs(x - y)),
  /** Horn 1966, eq. 13, Morisita's with Simpson's concentration of amounts. */
  horn: (a, b) => overlap(a, b, (site, total) => sumOf(site, (x) => x * x) / (total * total)),
  /** Morisita 1959: for counts of individuals alone. */
  morisita: (a, b) => overlap(a, b, (site, total) => sumOf(site, (x) => x * (x - 1)) / (total * (total - 1))),
  /** Anderson & Millar 2004, eq. 8. */
  binomial(a, b) {
    const part = (x: number, n: number): number => (x > 0 ? x * Math.log(x / n) : 0);
    return overAny(a, b, (x, y) => (part(x, x + y) + part(y, x + y)) / (x + y) + Math.LN2);
  },
  /** Cao et al. 1997, with natural logarithms. */
  cao: (a, b) =>
    overPresent(a, b, (given, other) => {
      const [x, y] = [Math.max(given, CAO_LEAST), Math.max(other, CAO_LEAST)];
      return Math.log((x + y) / 2) - (x * Math.log(y) + y * Math.log(x)) / (x + y);
    }),
  /** Chao et al. 2005, eq. 10: Jaccard's by individuals of shared species, those not seen included. */
  chao(a, b) {
    const [u, v] = [sharedShare(a, b), sharedShare(b, a)];
    if (Number.isNaN(u) && Number.isNaN(v)) return Number.NaN;
    return u > 0 && v > 0 ? 1 - (u * v) / (u + v - u * v) : 1;
  },
  mountford,
  whittaker(a, b) {
    const { both, first, second } = shared(a, b);
    return (first + second - 2 * both) / (first + second);
  },
};

/** A sum over species present, `NaN` where there is none. */
function overAny(a: Site, b: Site, term: (x: number, y: number) => number): number {
  const { both, first, second } = shared(a, b);
  return overPresent(a, b, term) * (first + second - both);
}

/** 1 - 2 Σ x y / ((λ_a + λ_b) Σ x Σ y), never below 0. */
function overlap(a: Site, b: Site, concentration: (site: Site, total: number) => number): number {
  const [first, second] = [sumOf(a), sumOf(b)];
  const both = over(a, b, (x, y) => x * y);
  return Math.max(0, 1 - (2 * both) / ((concentration(a, first) + concentration(b, second)) * first * second));
}

/** Share of the individuals of `a` that belong to species in `b`, seen there or not. Chao et al. 2005, eq. 5 and 6 */
function sharedShare(a: Site, b: Site): number {
  const [total, other] = [sumOf(a), sumOf(b)];
  let [common, ofOnce, once, twice] = [0, 0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] as number, b[i] as number];
    if (x === 0 || y === 0) continue;
    common += x;
    if (y === 1) {
      once += 1;
      ofOnce += x;
    }
    if (y === 2) twice += 1;
  }
  const unseen = once === 0 ? 0 : (((other - 1) / other) * once * ofOnce) / (2 * Math.max(1, twice)) / total;
  return Math.min(1, common / total + unseen);
}

/** Differences relative to the range of each species over all sites, in the mean of species. Gower 1971 */
function gower(sites: readonly Site[]): Measure {
  const ranges = Float64Array.from(sites[0] ?? [], (_, i) => {
    const of = sites.map((site) => site[i] as number);
    return of.reduce((most, x) => Math.max(most, x)) - of.reduce((least, x) => Math.min(least, x));
  });
  return (a, b) => {
    let sum = 0;
    for (let i = 0; i < a.length; i++)
      if ((ranges[i] as number) > 0) sum += Math.abs((a[i] as number) - (b[i] as number)) / (ranges[i] as number);
    return sum / a.length;
  };
}

/** Chance that as many species or more are shared, were the species of both sites drawn from those of the table. Raup & Crick 1979 */
function raupCrick(a: Site, b: Site): number {
  const { both, first, second } = shared(a, b);
  let fewer = 0;
  let more = 0;
  for (let k = 0; k <= Math.min(first, second); k++) {
    const chance = hypergeometricChance(k, first, a.length, second);
    if (k < both) fewer += chance;
    else more += chance;
  }
  return both === 0 ? 1 : fewer < 0.5 ? 1 - fewer : more;
}

/**
 * ln 2 less 1 / α of the logarithmic series that both sites would be samples of, the root M of e^(aM) + e^(bM) = 1 + e^((a + b - j) M),
 * for a and b species of which j are shared. Mountford 1962. 0 where one site has all species of the other, ln 2 where they share none
 */
function mountford(a: Site, b: Site): number {
  const { both, first, second } = shared(a, b);
  if (first === 0 || second === 0) return Number.NaN;
  if (both === 0) return Math.LN2;
  if (both === first || both === second) return 0;
  // Divided by e^((a + b - j) M): the left side less the right falls from 0 upwards first, then through the root to -1.
  const all = first + second - both;
  const beside = (m: number): number => Math.exp((first - all) * m) + Math.exp((second - all) * m) - Math.exp(-all * m) - 1;
  let [low, high] = [0, Math.LN2];
  for (let step = 0; step < 200; step++) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (beside(middle) > 0) low = middle;
    else high = middle;
  }
  return Math.LN2 - (low + high) / 2;
}

/** Amounts by row sum and root of column sum, so that Euclid's distance is that of correspondence analysis. Legendre & Gallagher 2001, doi 10.1007/s004420100716 */
function chiSquare(sites: readonly Site[]): (site: Site) => Site {
  const columns = Float64Array.from(sites[0] ?? [], (_, i) => sites.reduce((sum, site) => sum + (site[i] as number), 0));
  const total = Math.sqrt(sumOf(columns));
  return (site) => {
    const row = sumOf(site);
    return Float64Array.from(site, (x, i) =>
      x === 0 && columns[i] === 0 ? 0 : (total * x) / row / Math.sqrt(columns[i] as number),
    );
  };
}

/** Logarithms of the amounts above 0 less their mean; amounts of 0 stay 0. Aitchison 1986; Martino et al. 2019 (with zeros) */
function centred(site: Float64Array): Float64Array {
  const logs = site.map((x) => (x > 0 ? Math.log(x) : Number.NaN));
  const known = logs.filter((x) => !Number.isNaN(x));
  const mean = known.reduce((sum, x) => sum + x, 0) / known.length;
  return logs.map((x) => (Number.isNaN(x) ? 0 : x - mean));
}
