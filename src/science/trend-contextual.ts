/**
 * Contextual Mann-Kendall test: a pixel with its neighbours, as a region of nine. A trend is seldom of one pixel alone; what
 * neighbours share by the weather of a year is not counted twice.
 *
 *     contextualMannKendall(values, { years: 23, width: 512, height: 512 })
 *
 * It is the regional average test of Douglas, Vogel & Kroll 2000 in a moving window. Series are taken as free of memory: prewhiten
 * first (`prewhitening.ts`). It should not be used over sharp borders, where neighbours rightly differ.
 *
 * @see Neeti & Eastman 2011, A contextual Mann-Kendall approach for the assessment of trend significance in image time series,
 * Trans. GIS 15, 599-611, doi 10.1111/j.1467-9671.2011.01280.x
 * @see Douglas, Vogel & Kroll 2000, Trends in floods and low flows in the United States: impact of spatial correlation, J. Hydrol.
 * 240, 90-105, doi 10.1016/S0022-1694(00)00336-X
 */
import { twoSided } from './normal.ts';
import { FEWEST, type Samples, trendBlock } from './trend-block.ts';

export interface ContextualOptions {
  years: number;
  width: number;
  height: number;
  /** fewest values of a pixel to be counted, 2 or more */
  fewest?: number;
}

export interface Contextual {
  /** pixels of the window that have a series, the middle one included; 0 where that has none */
  n: Uint8Array;
  /** mean S of the window, its variance, Z without continuity correction, two-sided p; NaN where the pixel has no series */
  s: Float64Array;
  variance: Float64Array;
  z: Float64Array;
  p: Float64Array;
}

/** Half of the steps between two pixels of a window: the other half is the same pairs. */
const STEPS: readonly (readonly [down: number, right: number])[] = [
  [0, 1],
  [0, 2],
  ...[1, 2].flatMap((down) => [-2, -1, 0, 1, 2].map((right) => [down, right] as const)),
];

/**
 * Tests each pixel with those around it. At the edges of the block, and beside pixels without data, the window has fewer.
 * @param values years × height × width, as `trendBlock` takes them; give a margin of one pixel where the raster goes on
 */
export function contextualMannKendall(values: Samples, { years, width, height, fewest = FEWEST }: ContextualOptions): Contextual {
  const pixels = width * height;
  const single = { n: new Uint16Array(pixels), s: new Int32Array(pixels), variance: new Float64Array(pixels) };
  trendBlock(
    values,
    Float64Array.from({ length: years }, (_, i) => i),
    single,
    { fewest },
  );
  const covariances = STEPS.map((step) => covarianceMap(values, single.variance, { years, width, height }, step));
  const out: Contextual = {
    n: new Uint8Array(pixels),
    s: new Float64Array(pixels).fill(Number.NaN),
    variance: new Float64Array(pixels).fill(Number.NaN),
    z: new Float64Array(pixels).fill(Number.NaN),
    p: new Float64Array(pixels).fill(Number.NaN),
  };
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const pixel = row * width + column;
      if ((single.n[pixel] as number) < fewest) continue;
      const window = cellsAround(row, column, { width, height }).filter((cell) => (single.n[cell] as number) >= fewest);
      const m = window.length;
      const s = window.reduce((sum, cell) => sum + (single.s[cell] as number), 0) / m; // Neeti & Eastman 2011, eq. 7
      const variance = windowVariance(window, single.variance, covariances, width) / (m * m); // eqs. 11-13
      const z = s === 0 ? 0 : s / Math.sqrt(variance); // eq. 10
      out.n[pixel] = m;
      out.s[pixel] = s;
      out.variance[pixel] = variance;
      out.z[pixel] = z;
      out.p[pixel] = twoSided(z);
    }
  }
  return out;
}

/** Variances and twice the covariances of all pairs of cells, which are in the order of rows. */
function windowVariance(
  cells: readonly number[],
  variance: Float64Array,
  covariances: readonly Float64Array[],
  width: number,
): number {
  let sum = 0;
  for (const [i, a] of cells.entries()) {
    sum += variance[a] as number;
    for (let j = i + 1; j < cells.length; j++) {
      const b = cells[j] as number;
      const down = Math.floor(b / width) - Math.floor(a / width);
      const right = (b % width) - (a % width);
      const step = down === 0 ? right - 1 : down * 5 - 1 + right; // its place in STEPS
      sum += 2 * ((covariances[step] as Float64Array)[a] as number);
    }
  }
  return sum;
}

/**
 * Covariance of S between each pixel and the one a step away: the correlation of their values over the years that both have, times
 * both standard deviations. Douglas et al. 2000; 0 where a series does not vary.
 */
function covarianceMap(
  values: Samples,
  variance: Float64Array,
  { years, width, height }: { years: number; width: number; height: number },
  [down, right]: readonly [number, number],
): Float64Array {
  const pixels = width * height;
  const out = new Float64Array(pixels);
  for (let row = 0; row + down < height; row++) {
    for (let column = Math.max(0, -right); column < Math.min(width, width - right); column++) {
      const a = row * width + column;
      const b = a + down * width + right;
      const r = correlation(values, a, b, years, pixels);
      out[a] = r === 0 ? 0 : r * Math.sqrt((variance[a] as number) * (variance[b] as number));
    }
  }
  return out;
}

/** Pearson's correlation of two pixels over the years that both have; 0 where it is not defined. */
function correlation(values: Samples, a: number, b: number, years: number, pixels: number): number {
  let n = 0;
  let meanA = 0;
  let meanB = 0;
  let aa = 0;
  let bb = 0;
  let ab = 0;
  for (let i = 0; i < years; i++) {
    const x = values[i * pixels + a] as number;
    const y = values[i * pixels + b] as number;
    if (!Number.isFinite(x - y)) continue;
    n++;
    const dx = x - meanA;
    const dy = y - meanB;
    meanA += dx / n; // Welford 1962, doi 10.1080/00401706.1962.10490022
    meanB += dy / n;
    aa += dx * (x - meanA);
    bb += dy * (y - meanB);
    ab += dx * (y - meanB);
  }
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : 0;
}

function cellsAround(row: number, column: number, { width, height }: { width: number; height: number }): number[] {
  const cells: number[] = [];
  for (let r = Math.max(0, row - 1); r <= Math.min(height - 1, row + 1); r++) {
    for (let c = Math.max(0, column - 1); c <= Math.min(width - 1, column + 1); c++) cells.push(r * width + c);
  }
  return cells;
}
