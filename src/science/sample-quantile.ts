/**
 * Quantiles of a sorted sample, on straight lines between its values, the first at 0 and the last at 1.
 *
 *     sampleQuantile([1, 2, 4], 0.75)     // 3
 *
 * @see Hyndman & Fan 1996, Sample quantiles in statistical packages, Am. Stat. 50, 361-365, doi 10.1080/00031305.1996.10473566, type 7
 */

/** @param sorted ascending @param p share, 0 to 1 @returns `NaN` for a sample without values */
export function sampleQuantile(sorted: ArrayLike<number>, p: number): number {
  const place = p * (sorted.length - 1);
  const below = Math.floor(place);
  const low = sorted[below] ?? Number.NaN;
  return low + (place - below) * ((sorted[below + 1] ?? low) - low);
}
