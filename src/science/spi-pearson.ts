/**
 * SPI and SPEI by a Pearson type III distribution, as the Python package climate_indices has them beside its gamma.
 *
 *     spiPearson(monthlyPrecipitation, { scale: 6, calibration: { from: 1032, to: 1392 } }).values
 *     speiPearson(precipitation, pet, { scale: 6 }).values
 *
 * The three parameters are those of L-moments. Of precipitation, sums of zero have their share as a probability of their own
 * (Edwards & McKee 1997), and the fit holds over all sums, as it does there.
 *
 * @see Hosking 1990, L-moments, J. R. Stat. Soc. B 52, 105-124, doi 10.1111/j.2517-6161.1990.tb01775.x; the approximation of the shape:
 * Hosking & Wallis 1997, Regional frequency analysis, appendix A.9, doi 10.1017/CBO9780511529443
 */
import { incompleteGamma, LEAST_SAMPLE, lMoments, logGamma, type Tails } from './drought-distributions.ts';
import { type IndexOptions, type StandardisedIndex, standardise } from './drought-index.ts';
import { normalTail } from './normal.ts';

export interface PearsonThree {
  mean: number;
  deviation: number;
  /** [1] */
  skew: number;
}

/** L-skewness below which the distribution is the normal one. */
const SYMMETRICAL = 1e-6;

/** Parameters of a sample in increasing order; `null` where none can be fitted. Hosking & Wallis 1997, eqs. A.89 to A.92. */
export function pearsonByLMoments(values: Float64Array): PearsonThree | null {
  if (values.length < LEAST_SAMPLE) return null;
  const [mean, second, third] = lMoments(values);
  if (!(second > 0)) return null;
  const ratio = third / second;
  const size = Math.abs(ratio);
  if (size >= 1) return null;
  if (size <= SYMMETRICAL) return { mean, deviation: second * Math.sqrt(Math.PI), skew: 0 };
  const shape = shapeOf(size);
  const gap = Math.exp(logGamma(shape) - logGamma(shape + 0.5));
  return { mean, deviation: second * Math.sqrt(Math.PI * shape) * gap, skew: (2 / Math.sqrt(shape)) * Math.sign(ratio) };
}

/** Shape of the gamma distribution from the size of the L-skewness. Hosking & Wallis 1997, eqs. A.91, A.92. */
function shapeOf(size: number): number {
  if (size < 1 / 3) {
    const z = 3 * Math.PI * size * size;
    return (1 + 0.2906 * z) / (z + 0.1882 * z ** 2 + 0.0442 * z ** 3);
  }
  const z = 1 - size;
  return (0.36067 * z - 0.59567 * z ** 2 + 0.25361 * z ** 3) / (1 - 2.78861 * z + 2.56096 * z ** 2 - 0.77045 * z ** 3);
}

/** Probability of values below and above `x`. */
export function pearsonProbability({ mean, deviation, skew }: PearsonThree, x: number): Tails {
  const z = (x - mean) / deviation;
  if (skew === 0) return { below: normalTail(-z), above: normalTail(z) };
  const shape = 4 / (skew * skew);
  const tails = incompleteGamma(shape, Math.max(0, shape + (2 / skew) * z)); // (x - xi) / beta, both of the sign of the skew
  return skew > 0 ? tails : { below: tails.above, above: tails.below };
}

/** SPI of precipitation sums [mm], NaN where missing; a negative one is refused and counted. */
export function spiPearson(precipitation: ArrayLike<number>, options: IndexOptions = {}): StandardisedIndex<PearsonThree> {
  const { series, refused } = checked(Float64Array.from(precipitation), (mm) => mm >= 0 && mm < Infinity);
  return standardise<PearsonThree>(
    series,
    refused,
    {
      fit: (sums) => ({ distribution: pearsonByLMoments(sums), zeros: sums.lastIndexOf(0) + 1 }),
      probability: ({ distribution, zeros, n }, sum) => {
        const dry = zeros / n;
        const { below, above } = pearsonProbability(distribution as PearsonThree, sum);
        return sum === 0 ? { below: dry, above: 1 - dry } : { below: dry + (1 - dry) * below, above: (1 - dry) * above };
      },
    },
    options,
  );
}

/** SPEI of precipitation and potential evapotranspiration [mm]. @throws RangeError when their lengths differ */
export function speiPearson(
  precipitation: ArrayLike<number>,
  evapotranspiration: ArrayLike<number>,
  options: IndexOptions = {},
): StandardisedIndex<PearsonThree> {
  if (precipitation.length !== evapotranspiration.length)
    throw new RangeError(
      `${precipitation.length} values of precipitation and ${evapotranspiration.length} of evapotranspiration`,
    );
  const possible = (i: number): boolean => !((precipitation[i] as number) < 0 || (evapotranspiration[i] as number) < 0);
  const balance = Float64Array.from(precipitation, (mm, i) =>
    possible(i) ? mm - (evapotranspiration[i] as number) : Number.NaN,
  );
  const refused = Array.from(balance.keys()).filter((i) => !possible(i)).length;
  return standardise<PearsonThree>(
    balance,
    refused,
    {
      fit: (sums) => ({ distribution: pearsonByLMoments(sums), zeros: 0 }),
      probability: ({ distribution }, sum) => pearsonProbability(distribution as PearsonThree, sum),
    },
    options,
  );
}

function checked(series: Float64Array, possible: (value: number) => boolean): { series: Float64Array; refused: number } {
  let refused = 0;
  for (let i = 0; i < series.length; i++) {
    if (Number.isNaN(series[i]) || possible(series[i] as number)) continue;
    series[i] = Number.NaN;
    refused++;
  }
  return { series, refused };
}
