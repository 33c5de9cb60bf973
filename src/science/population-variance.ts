/**
 * How counts vary more than chance, and how much a year holds of the year before.
 *
 * @see Pannekoek & van Strien 2005, TRIM 3 manual, Statistics Netherlands, appendix A, eq. A.6 and A.7
 * @see Bogaart 2020, Taming overdispersion, vignette of rtrim 2.1 (rules for outliers)
 */
import { normalQuantile } from './normal.ts';
import { type PopulationCells, PopulationFault } from './population-cells.ts';
import { sampleQuantile } from './sample-quantile.ts';

/**
 * How a few wild counts are kept from making all errors large: left out beyond a level of χ² (turn by turn), or beyond Tukey's fence,
 * in quartile ranges above the upper quartile.
 */
export type OutlierRule = { rule: 'chi-squared'; level: number } | { rule: 'tukey'; fence: number };

/** σ² = Σ (f - μ)² / μ by degrees of freedom. TRIM 3 manual, eq. A.6 */
export function dispersionOf(
  { counts }: PopulationCells,
  mean: Float64Array,
  freedom: number,
  outliers: OutlierRule | null,
): number {
  const squares: number[] = [];
  for (let cell = 0; cell < counts.length; cell++) {
    const count = counts[cell] as number;
    if (count >= 0) squares.push((count - (mean[cell] as number)) ** 2 / (mean[cell] as number));
  }
  const parameters = squares.length - freedom;
  const ratio = (kept: readonly number[]): number => kept.reduce((sum, one) => sum + one, 0) / (kept.length - parameters);
  if (outliers?.rule === 'tukey') {
    const limit = tukeyLimit(squares, outliers.fence);
    return ratio(squares.filter((one) => one < limit));
  }
  if (outliers?.rule !== 'chi-squared') return ratio(squares);
  let kept = squares;
  for (let turn = 0; turn < 1000; turn++) {
    const limit = ratio(kept) * chiSquaredOne(outliers.level);
    const next = squares.filter((one) => one < limit);
    if (next.length === kept.length || next.length <= parameters) break;
    kept = next;
  }
  return ratio(kept);
}

/** Upper fence of the quartiles. */
function tukeyLimit(values: readonly number[], fence: number): number {
  const sorted = Float64Array.from(values).sort();
  const [lower, upper] = [sampleQuantile(sorted, 0.25), sampleQuantile(sorted, 0.75)];
  return upper + fence * (upper - lower);
}

/** Quantile of χ² with one degree of freedom: the square of a normal deviate. */
const chiSquaredOne = (level: number): number => normalQuantile((1 + level) / 2) ** 2;

/** ρ from pairs of years that follow one another and were both counted. TRIM 3 manual, eq. A.7 */
export function correlationOf({ sites, counts, width }: PopulationCells, mean: Float64Array, dispersion: number): number {
  let [sum, pairs] = [0, 0];
  const residual = (cell: number): number =>
    ((counts[cell] as number) - (mean[cell] as number)) / Math.sqrt(mean[cell] as number);
  for (let site = 0; site < sites.length; site++)
    for (let cell = site * width + 1; cell < (site + 1) * width; cell++)
      if ((counts[cell] as number) >= 0 && (counts[cell - 1] as number) >= 0) {
        sum += residual(cell) * residual(cell - 1);
        pairs += 1;
      }
  if (pairs === 0)
    throw new PopulationFault(
      { code: 'no-pairs' },
      'no site was counted in two successive years: serial correlation cannot be told',
    );
  const correlation = sum / (pairs * dispersion);
  if (!(Math.abs(correlation) < 1))
    throw new PopulationFault(
      { code: 'correlation', found: correlation.toFixed(3) },
      `successive years are correlated by ${correlation.toFixed(3)}: the counts do not fit the model`,
    );
  return correlation;
}
