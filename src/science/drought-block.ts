/**
 * A drought index for every cell of a block of a raster stack.
 *
 *     const out = layers.map(() => new Float32Array(cells));
 *     const told = indexBlock([layers], ([rain]) => spi(rain, { scale: 3 }), out);             // or
 *     indexBlock([rain, pet], ([p, e]) => spei(p, e, { scale: 12 }), out);
 *
 * Cells are independent of one another, so blocks may be cut in any way; what is counted adds up.
 */
import type { StandardisedIndex } from './drought-index.ts';

/** How many cells have an index that rests on enough years, on too few, or none; and values refused or held at the limit. */
export interface BlockCounts {
  ok: number;
  short: number;
  none: number;
  refused: number;
  limited: number;
}

/**
 * @param inputs one or several stacks, each a layer per step: `Float32Array` of the cells of the block, NaN where missing
 * @param index of one cell, from its series of each stack; the series are reused from cell to cell
 * @param out a layer per step, filled with the index
 * @throws RangeError when stacks have different numbers of layers
 */
export function indexBlock(
  inputs: readonly (readonly ArrayLike<number>[])[],
  index: (series: readonly Float64Array[]) => StandardisedIndex<unknown>,
  out: readonly Float32Array[],
): BlockCounts {
  const steps = out.length;
  if (inputs.some((layers) => layers.length !== steps)) {
    throw new RangeError(`stacks of ${inputs.map((layers) => layers.length).join(', ')} layers for an index of ${steps}`);
  }
  const series = inputs.map(() => new Float64Array(steps));
  const counts: BlockCounts = { ok: 0, short: 0, none: 0, refused: 0, limited: 0 };
  const cells = out[0]?.length ?? 0;
  for (let cell = 0; cell < cells; cell++) {
    for (const [i, layers] of inputs.entries()) {
      const own = series[i] as Float64Array;
      for (let step = 0; step < steps; step++) own[step] = (layers[step] as ArrayLike<number>)[cell] as number;
    }
    const { values, quality, refused, limited } = index(series);
    for (let step = 0; step < steps; step++) (out[step] as Float32Array)[cell] = values[step] as number;
    counts[quality]++;
    counts.refused += refused;
    counts.limited += limited;
  }
  return counts;
}
