/**
 * A smooth line through values of years, as bent as cross-validation asks for.
 *
 *     const line = thinPlateSmoother([1970, 1971, 1973, 1976], 3)([2.3, 2.5, 2.2, 2.7]);
 *     line.at(1972)           // its value there
 *
 * What years alone decide is worked out once for all series that share them.
 *
 * @see Wood 2003, Thin plate regression splines, J. R. Stat. Soc. B 65, 95-114, doi 10.1111/1467-9868.00374
 * @see Wood 2017, Generalized Additive Models, 2nd ed., sections 5.4.3 (shrinkage) and 5.5.1 (thin plate)
 */
import { cubicPenalty, reflection, thinPlateBasis } from './spline-basis.ts';
import { middling, smoothness } from './spline-smoothness.ts';
import { mapCovariance } from './symmetric.ts';
import { symmetricEigen } from './symmetric-eigen.ts';

export interface SmoothLine {
  at: (x: number) => number;
  fitted: Float64Array;
  /** Effective degrees of freedom, the constant included. */
  freedom: number;
  /** Generalised cross-validation score at the smoothness chosen. */
  score: number;
}

/**
 * Thin plate regression splines of one variable with `size` functions, smoothness by generalised cross-validation.
 * @param x different values, 3 or more; @param size from 3 to as many
 * @returns what takes as many values y to their line
 */
export function thinPlateSmoother(x: readonly number[], size: number): (y: readonly number[]) => SmoothLine {
  const n = x.length;
  if (!(size >= 3 && size <= n)) throw new RangeError(`${size} functions for ${n} years; 3 to as many as there are years`);
  const { functions, penalty, evaluate } = thinPlateBasis(x, size);
  const start = startOf(functions, penalty, n, size);
  const { q, r, costs, vectors } = directionsOf(functions, penalty, n, size);
  return (y) => {
    if (y.length !== n) throw new RangeError(`${y.length} values for ${n} years`);
    const parts = along(vectors, along(q, y, size), size);
    const squares = sumOfSquares(y);
    const rest = Math.max(0, squares - sumOfSquares(parts));
    const { lambda, score, freedom } = smoothness({ parts, costs, rest, count: n }, { extra: 1, start });
    // Coefficients of directions, then of functions: R c = V f.
    const kept = parts.map((part, j) => part / (1 + lambda * (costs[j] as number)));
    const coefficients = new Float64Array(size);
    for (let i = size - 1; i >= 0; i--) {
      let sum = 0;
      for (let j = 0; j < size; j++) sum += (vectors[i * size + j] as number) * (kept[j] as number);
      for (let k = i + 1; k < size; k++) sum -= (r[i * size + k] as number) * (coefficients[k] as number);
      coefficients[i] = sum / (r[i * size + i] as number);
    }
    const at = (place: number): number => evaluate(place).reduce((sum, value, j) => sum + value * (coefficients[j] as number), 0);
    return { at, fitted: Float64Array.from(x, at), freedom, score };
  };
}

/** Columns of a matrix times y. */
function along(columns: Float64Array, y: ArrayLike<number>, width: number): Float64Array {
  const out = new Float64Array(width);
  for (let i = 0; i < y.length; i++)
    for (let j = 0; j < width; j++) out[j] = (out[j] as number) + (columns[i * width + j] as number) * (y[i] as number);
  return out;
}

const sumOfSquares = (values: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i] as number) ** 2;
  return sum;
};

/** Where the search for smoothness begins: with functions of unit length that have the constant taken out, as mgcv has them. */
function startOf(functions: Float64Array, penalty: Float64Array, n: number, size: number): number {
  const lengths = Float64Array.from({ length: size }, (_, j) => {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += (functions[i * size + j] as number) ** 2;
    return Math.sqrt(sum / n);
  });
  const means = Float64Array.from({ length: size }, (_, j) => {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += functions[i * size + j] as number;
    return sum / (lengths[j] as number);
  });
  const turn = reflection(means);
  const squares = Float64Array.from({ length: size * size }, (_, c) => {
    const [a, b] = [Math.floor(c / size), c % size];
    let sum = 0;
    for (let i = 0; i < n; i++) sum += (functions[i * size + a] as number) * (functions[i * size + b] as number);
    return sum / ((lengths[a] as number) * (lengths[b] as number));
  });
  const scaled = penalty.map((value, c) => value / ((lengths[Math.floor(c / size)] as number) * (lengths[c % size] as number)));
  const free = size - 1;
  const diagonal = (matrix: Float64Array): Float64Array => {
    const mapped = mapCovariance(turn, free, matrix, size);
    return Float64Array.from({ length: free }, (_, a) => mapped[a * free + a] as number);
  };
  return middling(diagonal(squares), diagonal(scaled));
}

/** Costs below this share of the largest are rounding: straight lines cost nothing. */
const NO_COST = 1e-12;

/** X = Q R, R⁻' S R⁻¹ = V costs V': data are taken along Q V. */
function directionsOf(
  functions: Float64Array,
  penalty: Float64Array,
  n: number,
  size: number,
): { q: Float64Array; r: Float64Array; costs: Float64Array; vectors: Float64Array } {
  const { q, r } = orthogonal(functions, n, size);
  const lower = transposed(r, size, size);
  const half = solveLower(lower, penalty, size);
  const scaled = solveLower(lower, transposed(half, size, size), size);
  const { values, vectors } = symmetricEigen(symmetrised(scaled, size), size);
  const least = NO_COST * (values[0] as number);
  return { q, r, vectors, costs: values.map((cost) => (cost < least ? 0 : cost)) };
}

/** Gram and Schmidt, twice: functions are few and well apart. */
function orthogonal(x: Float64Array, n: number, size: number): { q: Float64Array; r: Float64Array } {
  const q = x.slice();
  const r = new Float64Array(size * size);
  for (let j = 0; j < size; j++) {
    for (let turn = 0; turn < 2; turn++)
      for (let k = 0; k < j; k++) {
        let part = 0;
        for (let i = 0; i < n; i++) part += (q[i * size + k] as number) * (q[i * size + j] as number);
        r[k * size + j] = (r[k * size + j] as number) + part;
        for (let i = 0; i < n; i++) q[i * size + j] = (q[i * size + j] as number) - part * (q[i * size + k] as number);
      }
    let length = 0;
    for (let i = 0; i < n; i++) length += (q[i * size + j] as number) ** 2;
    length = Math.sqrt(length);
    r[j * size + j] = length;
    for (let i = 0; i < n; i++) q[i * size + j] = (q[i * size + j] as number) / length;
  }
  return { q, r };
}

/** L⁻¹ B. */
function solveLower(lower: Float64Array, b: Float64Array, size: number): Float64Array {
  const out = b.slice();
  for (let c = 0; c < size; c++)
    for (let i = 0; i < size; i++) {
      let sum = out[i * size + c] as number;
      for (let k = 0; k < i; k++) sum -= (lower[i * size + k] as number) * (out[k * size + c] as number);
      out[i * size + c] = sum / (lower[i * size + i] as number);
    }
  return out;
}

/** @param a rows × columns */
const transposed = (a: Float64Array, rows: number, columns: number): Float64Array =>
  a.map((_, i) => a[(i % rows) * columns + Math.floor(i / rows)] as number);
const symmetrised = (a: Float64Array, size: number): Float64Array =>
  a.map((value, i) => (value + (a[(i % size) * size + Math.floor(i / size)] as number)) / 2);

/** The share of the smallest bending that lines and constants are made to cost. mgcv's `cs`, Wood 2017, section 5.4.3 */
const SHRINKS = 0.1;

/**
 * Cubic splines with a knot at each year that may shrink to nothing.
 * @param extra each degree of freedom counts as so many; 1.4 is cautious (Wood 2017, section 6.2.4)
 * @returns what takes values to their effective degrees of freedom, the constant included: 1 where they hold no trace of a line
 */
export function traceOfTrend(x: readonly number[], extra = 1.4): (y: readonly number[]) => number {
  const n = x.length;
  const { values, vectors } = symmetricEigen(cubicPenalty(x), n);
  values[n - 2] = SHRINKS * (values[n - 3] as number);
  values[n - 1] = SHRINKS * (values[n - 2] as number);
  const diagonal = new Float64Array(n * n);
  for (let k = 0; k < n; k++) diagonal[k * n + k] = values[k] as number;
  const penalty = mapCovariance(vectors, n, diagonal, n);
  const free = n - 1;
  const offConstant = reflection(new Float64Array(n).fill(1));
  const within = mapCovariance(offConstant, free, penalty, n);
  const eigen = symmetricEigen(symmetrised(within, free), free);
  const squares = Float64Array.from({ length: free }, (_, a) => within[a * free + a] as number);
  const start = middling(new Float64Array(free).fill(1), squares);
  const across = transposed(offConstant, free, n);
  return (y) => {
    if (y.length !== n) throw new RangeError(`${y.length} values for ${n} years`);
    const parts = along(eigen.vectors, along(across, y, free), free);
    return smoothness({ parts, costs: eigen.values, rest: 0, count: n }, { extra, base: 1, start }).freedom;
  };
}
