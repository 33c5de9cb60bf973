/**
 * Numbers of either sign as 16-bit codes and back: bins of equal ratio, so that a code says a number to a fixed part of it.
 *
 *     const bins = signedBins({ least: 1e-9, most: 10, perDecade: 500 });
 *     bins.valueOf(bins.codeOf(-0.0123))    // -0.0123 within 0.23 %
 *
 * What is nearer to zero than `least` has code 0; what is beyond `most` the outermost code.
 */

export interface SignedBins {
  /** All codes from the lowest number to the highest. */
  codes: number[];
  codeOf(value: number): number;
  /** Geometric middle of the bin. */
  valueOf(code: number): number;
  /** Greatest relative error of `valueOf(codeOf(value))` within the limits [1]. */
  error: number;
}

/** @throws RangeError when the limits are not in order or there are more codes than 16 bits have. */
export function signedBins({ least, most, perDecade }: { least: number; most: number; perDecade: number }): SignedBins {
  const first = Math.log10(least);
  const count = Math.ceil((Math.log10(most) - first) * perDecade);
  if (!(least > 0 && most > least && count <= 32_000)) throw new RangeError(`${count} bins from ${least} to ${most}`);
  return {
    codes: Array.from({ length: 2 * count + 1 }, (_, i) => i - count),
    codeOf(value) {
      const size = Math.abs(value);
      if (!(size >= least)) return 0;
      const bin = Math.min(count, 1 + Math.floor((Math.log10(size) - first) * perDecade));
      return value < 0 ? -bin : bin;
    },
    valueOf(code) {
      if (code === 0) return 0;
      return Math.sign(code) * 10 ** (first + (Math.abs(code) - 0.5) / perDecade);
    },
    error: 10 ** (0.5 / perDecade) - 1,
  };
}
