/**
 * A locally fitted line through years: what every line of draws is smoothed with.
 *
 *     loessMatrix([2001, …, 2010])?.(Float64Array.of(0, -0.1, …))      // as many values
 *
 * @see Cleveland & Devlin 1988, Locally weighted regression, J. Am. Stat. Assoc. 83, 596-610, doi 10.1080/01621459.1988.10478639
 */
import { cholesky, solveCholesky } from './symmetric.ts';

/** Share of years that count in each fit, and the power of the fit. Soldaat et al. 2017 leave both to R's defaults. */
const SPAN = 0.75;
const POWER = 2;
/** Below, three coefficients have too little to be told from. */
const FEWEST = 7;

/** What takes values of these years to the local parabola at each; `null` below seven years. */
export function loessMatrix(years: readonly number[]): ((values: Float64Array) => Float64Array) | null {
  const n = years.length;
  if (n < FEWEST) return null;
  const near = Math.floor(n * SPAN + 1e-5);
  const rows = years.map((here) => {
    const away = years.map((year) => Math.abs(year - here));
    const reach = away.toSorted((a, b) => a - b)[near - 1] as number;
    // Cleveland & Devlin 1988, tricube weights.
    const weights = away.map((distance) => (distance < reach ? (1 - (distance / reach) ** 3) ** 3 : 0));
    const order = POWER + 1;
    const normal = new Float64Array(order * order);
    const power = (year: number, k: number): number => ((year - here) / reach) ** k;
    for (let a = 0; a < order; a++)
      for (let b = 0; b < order; b++)
        normal[a * order + b] = years.reduce((sum, year, i) => sum + (weights[i] as number) * power(year, a) * power(year, b), 0);
    const factor = cholesky(normal, order);
    if (!factor) throw new RangeError('years must differ');
    // The value here is the constant: first row of the inverse times the weighted powers.
    const first = solveCholesky(factor, order, Float64Array.of(1, 0, 0));
    return Float64Array.from(
      years,
      (year, i) => (weights[i] as number) * first.reduce((sum, value, k) => sum + value * power(year, k), 0),
    );
  });
  return (values) =>
    Float64Array.from(rows, (row) => {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += (row[i] as number) * (values[i] as number);
      return sum;
    });
}
