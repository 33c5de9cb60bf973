/**
 * Standardised Precipitation Evapotranspiration Index: how unusual precipitation less potential evapotranspiration is.
 *
 *     const pet = thornthwaite(temperature, { latitude: 50.4, year: 1991 });
 *     spei(precipitation, pet, { scale: 12 }).values
 *
 * In contrast to SPI a warm month is drier than a cool one with the same rain. The balance of the last `scale` months is fitted to the
 * three-parameter log-logistic distribution by unbiased probability weighted moments.
 *
 * The Python package climate_indices fits a gamma distribution to the balance plus 1000 mm a month instead: `shifted-gamma`, for
 * comparison with it. The sum of so large a number is hardly skewed, so that the index is near that of a normal distribution.
 *
 * @see Vicente-Serrano, Begueria & Lopez-Moreno 2010, A multiscalar drought index sensitive to global warming: the Standardized
 * Precipitation Evapotranspiration Index, J. Clim. 23, 1696-1718, doi 10.1175/2009JCLI2909.1
 * @see Begueria, Vicente-Serrano, Reig & Latorre 2014, SPEI revisited, Int. J. Climatol. 34, 3001-3023, doi 10.1002/joc.3887: why
 * unbiased moments, not plotting positions
 */
import {
  type Gamma,
  type GeneralisedLogistic,
  gammaByThom,
  gammaProbability,
  logisticByMoments,
  logisticProbability,
} from './drought-distributions.ts';
import { type IndexOptions, type StandardisedIndex, standardise } from './drought-index.ts';

/** What climate_indices adds to the balance of a month so that none is below zero [mm]. */
export const SHIFT = 1000;

export interface SpeiOptions extends IndexOptions {
  distribution?: 'log-logistic' | 'shifted-gamma';
}

/**
 * SPEI of monthly precipitation and potential evapotranspiration [mm], NaN where missing; a negative one of either is refused: it counts
 * as missing and in `refused`.
 * @throws RangeError as `standardise`, and when the two series have different lengths
 */
export function spei(
  precipitation: ArrayLike<number>,
  evapotranspiration: ArrayLike<number>,
  options?: SpeiOptions & { distribution?: 'log-logistic' },
): StandardisedIndex<GeneralisedLogistic>;
export function spei(
  precipitation: ArrayLike<number>,
  evapotranspiration: ArrayLike<number>,
  options: SpeiOptions,
): StandardisedIndex<GeneralisedLogistic | Gamma>;
export function spei(
  precipitation: ArrayLike<number>,
  evapotranspiration: ArrayLike<number>,
  options: SpeiOptions = {},
): StandardisedIndex<GeneralisedLogistic | Gamma> {
  if (precipitation.length !== evapotranspiration.length) {
    throw new RangeError(
      `${precipitation.length} values of precipitation and ${evapotranspiration.length} of evapotranspiration`,
    );
  }
  const shifted = options.distribution === 'shifted-gamma';
  const balance = new Float64Array(precipitation.length);
  let refused = 0;
  for (let i = 0; i < balance.length; i++) {
    const [rain, demand] = [precipitation[i] as number, evapotranspiration[i] as number];
    const impossible = rain < 0 || demand < 0 || rain === Infinity || demand === Infinity;
    if (impossible) refused++;
    balance[i] = impossible ? Number.NaN : rain - demand + (shifted ? SHIFT : 0);
  }
  if (shifted) {
    const gamma = {
      fit: (sums: Float64Array) => ({ distribution: (sums[0] ?? 0) > 0 ? gammaByThom(sums) : null, zeros: 0 }),
      probability: ({ distribution }: { distribution: Gamma | null }, sum: number) =>
        gammaProbability(distribution as Gamma, sum),
    };
    return standardise<Gamma>(balance, refused, gamma, options);
  }
  return standardise<GeneralisedLogistic>(
    balance,
    refused,
    {
      fit: (sums) => ({ distribution: logisticByMoments(sums), zeros: 0 }),
      probability: ({ distribution }, sum) => logisticProbability(distribution as GeneralisedLogistic, sum),
    },
    options,
  );
}
