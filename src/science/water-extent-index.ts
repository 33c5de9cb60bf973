/**
 * Water seen in reflectances: two indices that are high over open water.
 *
 *     const index = new Float32Array(green.length);
 *     const { held, undefined: none } = normalisedDifference(green, swir, index);   // MNDWI
 *     presenceAbove(index, ZERO, mask);                                             // or the threshold of otsu(histogram)
 *
 * NDWI = (green - nir) / (green + nir): McFeeters 1996, doi 10.1080/01431169608948714
 * MNDWI = (green - swir) / (green + swir), swir about 1.6 micrometres: Xu 2006, doi 10.1080/01431160600589179. Built-up land,
 * which NDWI takes for water, is negative in it.
 *
 * Not to be mixed up with Gao's NDWI (1996, doi 10.1016/S0034-4257(96)00067-3), which speaks of water in leaves.
 */

/** Both authors take values above zero as water, and say that the threshold may need a change from place to place. */
export const ZERO = 0;

/**
 * (a - b) / (a + b) for each cell into `index`, which is -1 to 1, or NaN where a value is missing or the sum is not above zero.
 *
 * A correction of the atmosphere may leave a reflectance a little below zero, most of all over water. The index is then held
 * at its limit, -1 or 1, and counted in `held`; where both are so, nothing can be said, and it is counted in `undefined`.
 * @param a,b reflectances on one scale without offset: apply scale and offset before. Levels of Landsat Collection 2
 * (offset -0.2) or of Sentinel-2 since 2022 (offset -0.1) give wrong indices as they are
 */
export function normalisedDifference(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  index: Float32Array | Float64Array,
): { held: number; undefined: number } {
  let [held, none] = [0, 0];
  for (let i = 0; i < index.length; i++) {
    const [x, y] = [a[i] as number, b[i] as number];
    const sum = x + y;
    if (sum > 0) {
      const value = (x - y) / sum; // McFeeters 1996; Xu 2006
      if (value > 1 || value < -1) held++;
      index[i] = Math.max(-1, Math.min(1, value));
    } else {
      index[i] = Number.NaN;
      if (sum <= 0) none++;
    }
  }
  return { held, undefined: none };
}
