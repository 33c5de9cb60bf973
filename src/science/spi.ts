/**
 * Standardised Precipitation Index: how unusual the precipitation of the last months is for the time of the year.
 *
 *     const { values, quality } = spi(monthlyPrecipitation, { scale: 3 });   // from January; -1.7 is severely dry
 *
 * Zero means that half of the years were drier. Months without precipitation have a probability of their own, by one of three
 * rules (`zeros`), which differ a lot where many months are dry:
 *
 * - `edwards`: H = q + (1 - q) G(x), q the share of zeros. The usual one; a month that is dry every other year has an index of 0 when dry.
 * - `stagge`: a zero lies in the middle of its share, so that the mean index is 0.
 * - `omit`: zeros are left out of the fit and H = G(x); a zero is at the limit. This is what the R package SPEI 1.8.1 does,
 *   whose correction for zeros has no effect; only for comparison with it.
 *
 * @see McKee, Doesken & Kleist 1993, The relationship of drought frequency and duration to time scales, 8th Conf. Applied Climatology, 179-184
 * @see Edwards & McKee 1997, Characteristics of 20th century drought in the United States at multiple time scales, Climatology Report 97-2, Colorado State University
 * @see Stagge, Tallaksen, Gudmundsson, Van Loon & Stahl 2015, Candidate distributions for climatological drought indices (SPI and SPEI), Int. J. Climatol. 35, 4027-4040, doi 10.1002/joc.4267
 * @see WMO 2012, Standardized Precipitation Index User Guide, WMO-No. 1090
 */
import { type Gamma, gammaByLMoments, gammaByThom, gammaProbability, type Tails } from './drought-distributions.ts';
import { type IndexOptions, type MonthFit, type StandardisedIndex, standardise } from './drought-index.ts';

export interface SpiOptions extends IndexOptions {
  /** How the gamma distribution is fitted: Thom 1958, or L-moments (Hosking 1990). */
  fit?: 'thom' | 'l-moments';
  zeros?: 'edwards' | 'stagge' | 'omit';
}

/**
 * SPI of a series of precipitation sums [mm], NaN where missing. A negative value is refused: it counts as missing and in `refused`.
 * @throws RangeError as `standardise`
 */
export function spi(precipitation: ArrayLike<number>, options: SpiOptions = {}): StandardisedIndex<Gamma> {
  const { fit = 'thom', zeros = 'edwards' } = options;
  const series = Float64Array.from(precipitation);
  let refused = 0;
  for (let i = 0; i < series.length; i++) {
    if ((series[i] as number) < 0 || series[i] === Infinity) {
      series[i] = Number.NaN;
      refused++;
    }
  }
  return standardise(
    series,
    refused,
    {
      fit: (sums) => {
        const zero = sums.lastIndexOf(0) + 1;
        const wet = sums.subarray(zero);
        return { distribution: fit === 'thom' ? gammaByThom(wet) : gammaByLMoments(wet), zeros: zero };
      },
      probability: (own, sum) => withZeros(own, sum, zeros),
    },
    options,
  );
}

/** Probability below and above a sum, with that of none at all. */
function withZeros(own: MonthFit<Gamma>, sum: number, rule: 'edwards' | 'stagge' | 'omit'): Tails {
  const { below, above } = gammaProbability(own.distribution as Gamma, sum);
  if (rule === 'omit') return { below, above };
  if (rule === 'stagge') {
    if (sum === 0) {
      const centre = (own.zeros + 1) / (2 * (own.n + 1)); // Stagge et al. 2015
      return { below: centre, above: 1 - centre };
    }
    const dry = own.zeros / (own.n + 1); // Weibull's plotting position
    return { below: dry + (1 - dry) * below, above: (1 - dry) * above };
  }
  const dry = own.zeros / own.n; // Edwards & McKee 1997
  return { below: dry + (1 - dry) * below, above: (1 - dry) * above };
}
