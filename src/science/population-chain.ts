/**
 * The counts of one site as a Markov chain of years: the inverse of R = ρ^|j-k| over the years observed has a diagonal and what
 * stands beside it, so that a product with it costs as much as the counts.
 *
 * @see Rue & Held 2005, Gaussian Markov Random Fields, section 1.1.1 (inverse of an autoregressive correlation)
 */
import type { PopulationCells } from './population-cells.ts';

/** The observed cells of a site in order, with the inverse of their correlation: `diagonal`, and `beside` between k and k + 1. */
export interface Chain {
  length: number;
  cells: Uint32Array;
  roots: Float64Array;
  diagonal: Float64Array;
  beside: Float64Array;
}

/** Room for the cells of one site. */
export const newChain = (width: number): Chain => ({
  length: 0,
  cells: new Uint32Array(width),
  roots: new Float64Array(width),
  diagonal: new Float64Array(width),
  beside: new Float64Array(width),
});

/** Reads a site into the room. @param mean μ of all cells @param correlation ρ of successive years */
export function readChain(
  chain: Chain,
  { counts, width }: PopulationCells,
  { mean, correlation }: { mean: Float64Array; correlation: number },
  site: number,
): void {
  const { cells, roots, diagonal, beside } = chain;
  let n = 0;
  for (let cell = site * width; cell < (site + 1) * width; cell++) {
    if (!((counts[cell] as number) >= 0)) continue;
    cells[n] = cell;
    roots[n] = Math.sqrt(mean[cell] as number);
    diagonal[n] = 1;
    beside[n] = 0;
    if (n > 0 && correlation !== 0) {
      const r = correlation ** (cell - (cells[n - 1] as number));
      const within = (r * r) / (1 - r * r);
      diagonal[n] = 1 + within;
      diagonal[n - 1] = (diagonal[n - 1] as number) + within;
      beside[n - 1] = -r / (1 - r * r);
    }
    n += 1;
  }
  chain.length = n;
}

/** Row k of the inverse correlation times x. */
export function chainProduct({ length, diagonal, beside }: Chain, k: number, x: Float64Array): number {
  let sum = (diagonal[k] as number) * (x[k] as number);
  if (k > 0) sum += (beside[k - 1] as number) * (x[k - 1] as number);
  if (k + 1 < length) sum += (beside[k] as number) * (x[k + 1] as number);
  return sum;
}
