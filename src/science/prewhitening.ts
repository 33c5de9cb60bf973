/**
 * Taking the memory out of a series before it is tested: what a year owes to the year before passes for a trend, else.
 *
 *     vonStorch(values)                    // the series less what is left of the year before
 *     trendFree(values, slope)             // the same, the trend being set aside meanwhile
 *     mannKendall(trendFree(values, slope).values)
 *
 * Both take a first-order memory and equal steps of time; a missing year (NaN) stays missing, and so does what follows it, which
 * has nothing to be freed of. The two answer differently: `vonStorch` takes a part of the trend away with the memory and so
 * misses trends; `trendFree` keeps it, and finds too many where the memory is strong.
 *
 * @see von Storch 1995, Misuses of statistical analysis in climate research, in: Analysis of climate variability, Springer, 11-26,
 * doi 10.1007/978-3-662-03167-4_2
 * @see Yue, Pilon, Phinney & Cavadias 2002, The influence of autocorrelation on the ability to detect trend in hydrological
 * series, Hydrol. Process. 16, 1807-1829, doi 10.1002/hyp.1095
 */
import { normalQuantile } from './normal.ts';

export interface Whitened {
  /** one value fewer than there were */
  values: Float64Array;
  /** correlation of a value with the one before, which was taken out */
  memory: number;
}

export interface WhiteningOptions {
  /** error at which the memory must differ from zero to be taken out, two-sided, 0-1; 1 to take it out always */
  significance?: number;
}

/**
 * Series less what each value owes to the one before: x_i - r x_(i-1). von Storch 1995.
 * @param values at equal steps of time; what is not finite is missing
 */
export function vonStorch(values: ArrayLike<number>, options: WhiteningOptions = {}): Whitened {
  return whiten(Float64Array.from(values), options);
}

/**
 * Series without memory but with its trend: the line is taken away, the rest freed of its memory, the line put back.
 * Yue et al. 2002.
 * @param slope Theil-Sen slope per step
 */
export function trendFree(values: ArrayLike<number>, slope: number, options: WhiteningOptions = {}): Whitened {
  const { values: free, memory } = whiten(detrended(values, slope), options);
  return { values: free.map((value, i) => value + slope * (i + 1)), memory };
}

/** Values less the line through zero. */
export function detrended(values: ArrayLike<number>, slope: number): Float64Array {
  return Float64Array.from(values, (value, i) => value - slope * i);
}

/**
 * Correlation of a series with itself `lag` steps later, 1 at lag 0; missing values are passed over.
 *
 * Sums of products are divided by n as is usual, or where values are missing by the number of pairs plus the lag, so that
 * both agree for a full series (the rule of R's `acf` with `na.pass`).
 */
export function autocorrelation(values: ArrayLike<number>, lag: number): number {
  const present = Array.from(values).filter(Number.isFinite);
  const mean = present.reduce((sum, value) => sum + value, 0) / present.length;
  const moment = (step: number): number => {
    let sum = 0;
    let pairs = 0;
    for (let i = 0; i + step < values.length; i++) {
      const product = ((values[i] as number) - mean) * ((values[i + step] as number) - mean);
      if (!Number.isFinite(product)) continue;
      sum += product;
      pairs++;
    }
    return sum / (pairs + step);
  };
  return moment(lag) / moment(0);
}

function whiten(values: Float64Array, { significance = 1 }: WhiteningOptions): Whitened {
  const n = values.filter(Number.isFinite).length;
  const found = autocorrelation(values, 1);
  const bound = significance < 1 ? normalQuantile(1 - significance / 2) / Math.sqrt(n) : 0;
  const memory = Math.abs(found) > bound ? found : 0; // also where it is not defined: all values equal
  return { values: values.slice(1).map((value, i) => value - memory * (values[i] as number)), memory };
}
