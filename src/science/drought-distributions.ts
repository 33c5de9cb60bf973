/**
 * The two distributions that drought indices are fitted to: gamma for precipitation, generalised logistic for water balances.
 *
 *     const gamma = gammaByThom(sample);              // { shape, scale }, from values above zero
 *     gammaProbability(gamma, 40).below               // probability of less than 40 mm
 *     const logistic = logisticByMoments(sample);     // { location, scale, shape }
 *
 * Probabilities come as the part below and the part above, so that neither tail loses its digits. A sample that no distribution
 * can be fitted to (too few values, all the same) gives `null`.
 */

/** Probability below and above a value; the two sum to 1. */
export interface Tails {
  below: number;
  above: number;
}

export interface Gamma {
  /** [1] */
  shape: number;
  /** In the unit of the values. */
  scale: number;
}

/** Hosking's generalised logistic distribution: the log-logistic with three parameters, in a form that also holds for shape 0. */
export interface GeneralisedLogistic {
  location: number;
  scale: number;
  shape: number;
}

/** Fewer values than this are not fitted: the least that the R package SPEI takes, too. That is no sign of being enough. */
export const LEAST_SAMPLE = 4;

/** Less skewed than this is not told from symmetrical [1]. */
const SYMMETRICAL = 1e-6;

/** Spread in the logarithms below which values are all the same: rounding. */
const ALL_THE_SAME = 1e-12;

const LANCZOS = [
  676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905, -0.13857109526572012,
  9.984369578019572e-6, 1.5056327351493116e-7,
] as const;

/**
 * Gamma distribution by Thom's approximation of maximum likelihood.
 *
 *     A = ln(mean) - mean(ln x),  shape = (1 + sqrt(1 + 4A/3)) / (4A),  scale = mean / shape
 *
 * @param values above zero, in any order
 * @see Thom 1958, A note on the gamma distribution, Mon. Weather Rev. 86, 117-122,
 * doi 10.1175/1520-0493(1958)086<0117:ANOTGD>2.0.CO;2
 */
export function gammaByThom(values: Float64Array): Gamma | null {
  if (values.length < LEAST_SAMPLE) return null;
  let [sum, logs] = [0, 0];
  for (const value of values) {
    sum += value;
    logs += Math.log(value);
  }
  const mean = sum / values.length;
  const a = Math.log(mean) - logs / values.length;
  if (!(a > ALL_THE_SAME)) return null;
  const shape = (1 + Math.sqrt(1 + (4 * a) / 3)) / (4 * a);
  return { shape, scale: mean / shape };
}

/**
 * Gamma distribution by L-moments.
 * @param values above zero, in increasing order
 * @see Hosking 1990, L-moments: analysis and estimation of distributions using linear combinations of order statistics,
 * J. R. Stat. Soc. B 52, 105-124, doi 10.1111/j.2517-6161.1990.tb01775.x
 */
export function gammaByLMoments(values: Float64Array): Gamma | null {
  const [mean, spread] = lMoments(values);
  const t = spread / mean;
  if (values.length < LEAST_SAMPLE || !(t > ALL_THE_SAME) || t >= 1) return null;
  let shape: number;
  if (t < 0.5) {
    const z = Math.PI * t * t;
    shape = (1 - 0.308 * z) / (z - 0.05812 * z ** 2 + 0.01765 * z ** 3); // Hosking 1990, appendix
  } else {
    const z = 1 - t;
    shape = (0.7213 * z - 0.5947 * z ** 2) / (1 - 2.1817 * z + 1.2113 * z ** 2);
  }
  return { shape, scale: mean / shape };
}

/**
 * Generalised logistic distribution by unbiased probability weighted moments, which SPEI is standardised with.
 *
 *     shape = -t3,  scale = l2 sin(shape pi) / (shape pi),  location = l1 - scale (1 / shape - pi / sin(shape pi))
 *
 * The log-logistic of Vicente-Serrano et al. 2010 is the same: beta = -1 / shape, alpha = -scale / shape, gamma = location - alpha,
 * for a negative shape; samples skewed to the left are mirrored.
 * @param values in increasing order
 * @see Hosking 1990, table 1, doi 10.1111/j.2517-6161.1990.tb01775.x
 */
export function logisticByMoments(values: Float64Array): GeneralisedLogistic | null {
  const [mean, spread, third] = lMoments(values);
  if (values.length < LEAST_SAMPLE || !(spread > ALL_THE_SAME * Math.max(1, Math.abs(mean)))) return null;
  const shape = -third / spread;
  if (Math.abs(shape) >= 1) return null;
  if (Math.abs(shape) <= SYMMETRICAL) return { location: mean, scale: spread, shape: 0 };
  const turn = Math.sin(shape * Math.PI) / (shape * Math.PI);
  const scale = spread * turn;
  return { location: mean - (scale / shape) * (1 - 1 / turn), scale, shape };
}

/**
 * First three L-moments of a sample, from unbiased probability weighted moments: mean, spread, and the third.
 * @param values in increasing order, three or more
 */
export function lMoments(values: Float64Array): [l1: number, l2: number, l3: number] {
  const n = values.length;
  let [b0, b1, b2] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const value = values[i] as number;
    b0 += value;
    b1 += value * i;
    b2 += value * i * (i - 1);
  }
  b0 /= n;
  b1 /= n * (n - 1);
  b2 /= n * (n - 1) * (n - 2);
  return [b0, 2 * b1 - b0, 6 * b2 - 6 * b1 + b0]; // Hosking 1990, from unbiased moments of Landwehr et al. 1979
}

/** Probability of values below and above `x`, of a generalised logistic distribution. */
export function logisticProbability({ location, scale, shape }: GeneralisedLogistic, x: number): Tails {
  const reduced = (x - location) / scale;
  if (shape === 0) return { below: 1 / (1 + Math.exp(-reduced)), above: 1 / (1 + Math.exp(reduced)) };
  const base = 1 - shape * reduced;
  if (base <= 0) return shape < 0 ? { below: 0, above: 1 } : { below: 1, above: 0 }; // beyond the limit of the distribution
  const y = Math.log(base) / shape; // F = 1 / (1 + exp(y))
  return { below: 1 / (1 + Math.exp(y)), above: 1 / (1 + Math.exp(-y)) };
}

/** Probability of values below and above `x`, of a gamma distribution. */
export function gammaProbability({ shape, scale }: Gamma, x: number): Tails {
  return x > 0 ? incompleteGamma(shape, x / scale) : { below: 0, above: 1 };
}

/** ln of the gamma function for x > 0. @see Lanczos 1964, SIAM J. Numer. Anal. 1, 86-96, doi 10.1137/0701008 (with g = 7, n = 9) */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const z = x - 1;
  const t = z + 7.5;
  const sum = LANCZOS.reduce((total, c, i) => total + c / (z + i + 1), 0.9999999999998099);
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(sum);
}

/**
 * The regularised incomplete gamma functions P(a, x) and Q(a, x), to about 1e-14.
 * @see NIST Digital Library of Mathematical Functions, eqs. 8.7.1 (series) and 8.9.2 (continued fraction, by the algorithm of Lentz
 * 1976, Appl. Opt. 15, 668-671, doi 10.1364/AO.15.000668)
 */
export function incompleteGamma(a: number, x: number): Tails {
  if (x <= 0) return { below: 0, above: 1 };
  if (x === Infinity) return { below: 1, above: 0 };
  const factor = Math.exp(a * Math.log(x) - x - logGamma(a));
  if (x < a + 1) {
    const below = Math.min(1, factor * series(a, x));
    return { below, above: 1 - below };
  }
  const above = Math.min(1, factor * fraction(a, x));
  return { below: 1 - above, above };
}

function series(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let n = 1; term > sum * 1e-17 && n < 100_000; n++) {
    term *= x / (a + n);
    sum += term;
  }
  return sum;
}

function fraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = Infinity;
  let d = 1 / b;
  let product = d;
  for (let n = 1; n < 100_000; n++) {
    const above = -n * (n - a);
    b += 2;
    d = 1 / (above * d + b);
    c = b + above / c;
    const step = d * c;
    product *= step;
    if (Math.abs(step - 1) < 1e-16) break;
  }
  return product;
}
