/**
 * Functions of which smooth lines are made, and what their bending costs.
 *
 * @see Wood 2003, Thin plate regression splines, J. R. Stat. Soc. B 65, 95-114, doi 10.1111/1467-9868.00374
 * @see Wood 2017, Generalized Additive Models, 2nd ed., sections 5.3.1 (cubic) and 5.5.1 (thin plate)
 */
import { cholesky } from './symmetric.ts';
import { symmetricEigen } from './symmetric-eigen.ts';

export interface Basis {
  /** n × size, row-major. */
  functions: Float64Array;
  /** size × size. */
  penalty: Float64Array;
  evaluate: (x: number) => Float64Array;
}

/** |x - x_j|³ / 12 in its `size` strongest directions, kept off the straight lines, and these. Wood 2003, section 3 */
export function thinPlateBasis(x: readonly number[], size: number): Basis {
  const n = x.length;
  const middle = x.reduce((sum, value) => sum + value, 0) / n;
  const width = Math.max(...x) - Math.min(...x) || 1;
  const scaled = x.map((value) => (value - middle) / width);
  const bend = (a: number, b: number): number => Math.abs(a - b) ** 3 / 12;
  const matrix = Float64Array.from({ length: n * n }, (_, i) =>
    bend(scaled[Math.floor(i / n)] as number, scaled[i % n] as number),
  );
  const { values, vectors } = symmetricEigen(matrix, n);
  const strongest = Array.from({ length: n }, (_, k) => k)
    .sort((a, b) => Math.abs(values[b] as number) - Math.abs(values[a] as number))
    .slice(0, size)
    .sort((a, b) => a - b);
  const u = (i: number, k: number): number => vectors[i * n + (strongest[k] as number)] as number;
  // Z: what is orthogonal to the constant and the line, as seen in these directions.
  const lines = [scaled.map(() => 1), scaled].map((line) =>
    Float64Array.from({ length: size }, (_, k) => line.reduce((sum, value, i) => sum + value * u(i, k), 0)),
  );
  const z = offLines(lines, size);
  const free = size - 2;
  const weights = Float64Array.from({ length: n * free }, (_, c) => {
    const [i, j] = [Math.floor(c / free), c % free];
    let sum = 0;
    for (let k = 0; k < size; k++) sum += u(i, k) * (z[k * free + j] as number);
    return sum;
  });
  const penalty = new Float64Array(size * size);
  for (let a = 0; a < free; a++)
    for (let b = 0; b < free; b++) {
      let sum = 0;
      for (let k = 0; k < size; k++)
        sum += (z[k * free + a] as number) * (values[strongest[k] as number] as number) * (z[k * free + b] as number);
      penalty[a * size + b] = sum;
    }
  const evaluate = (place: number): Float64Array => {
    const here = (place - middle) / width;
    const out = new Float64Array(size);
    for (let i = 0; i < n; i++) {
      const value = bend(here, scaled[i] as number);
      for (let j = 0; j < free; j++) out[j] = (out[j] as number) + value * (weights[i * free + j] as number);
    }
    out[size - 2] = 1;
    out[size - 1] = here;
    return out;
  };
  const functions = new Float64Array(n * size);
  x.forEach((value, i) => {
    functions.set(evaluate(value), i * size);
  });
  return { functions, penalty, evaluate };
}

/** Orthonormal columns orthogonal to the given vectors, by reflections that take these to the last axes. @returns order × (order - vectors) */
function offLines(vectors: readonly Float64Array[], order: number): Float64Array {
  const rows = vectors.map((vector) => vector.slice());
  const q = new Float64Array(order * order);
  for (let i = 0; i < order; i++) q[i * order + i] = 1;
  rows.forEach((row, i) => {
    const active = order - i;
    const length = Math.hypot(...row.subarray(0, active));
    const v = row.slice(0, active);
    const last = v[active - 1] as number;
    const signed = last < 0 ? -length : length;
    v[active - 1] = last + signed;
    const factor = 1 / (signed * (v[active - 1] as number));
    const reflect = (line: Float64Array): void => {
      let part = 0;
      for (let k = 0; k < active; k++) part += (line[k] as number) * (v[k] as number);
      for (let k = 0; k < active; k++) line[k] = (line[k] as number) - factor * part * (v[k] as number);
    };
    for (const other of rows.slice(i + 1)) reflect(other);
    for (let r = 0; r < order; r++) reflect(q.subarray(r * order, (r + 1) * order));
  });
  const free = order - vectors.length;
  return Float64Array.from({ length: order * free }, (_, c) => q[Math.floor(c / free) * order + (c % free)] as number);
}

/** Rows orthogonal to a vector, by Householder's reflection that takes it to the first axis; (n - 1) × n. */
export function reflection(vector: Float64Array): Float64Array {
  const n = vector.length;
  const v = vector.slice();
  v[0] = (v[0] as number) + ((v[0] as number) < 0 ? -1 : 1) * Math.hypot(...vector);
  const square = v.reduce((sum, value) => sum + value * value, 0);
  return Float64Array.from({ length: (n - 1) * n }, (_, c) => {
    const [a, i] = [Math.floor(c / n) + 1, c % n];
    return (i === a ? 1 : 0) - (2 * (v[a] as number) * (v[i] as number)) / square;
  });
}

/** D' B⁻¹ D: the bending of the natural cubic spline through values at x. Wood 2017, table 5.1 */
export function cubicPenalty(x: readonly number[]): Float64Array {
  const n = x.length;
  const steps = x.slice(1).map((value, i) => value - (x[i] as number));
  const m = n - 2;
  const d = new Float64Array(m * n);
  const b = new Float64Array(m * m);
  for (let i = 0; i < m; i++) {
    const [before, after] = [steps[i] as number, steps[i + 1] as number];
    d[i * n + i] = 1 / before;
    d[i * n + i + 1] = -1 / before - 1 / after;
    d[i * n + i + 2] = 1 / after;
    b[i * m + i] = (before + after) / 3;
    if (i > 0) {
      b[i * m + i - 1] = before / 6;
      b[(i - 1) * m + i] = before / 6;
    }
  }
  const factor = cholesky(b, m);
  if (!factor) throw new RangeError('years must differ and ascend');
  // W = L⁻¹ D, so that the penalty is W' W.
  const w = d.slice();
  for (let c = 0; c < n; c++)
    for (let i = 0; i < m; i++) {
      let sum = w[i * n + c] as number;
      for (let k = 0; k < i; k++) sum -= (factor[i * m + k] as number) * (w[k * n + c] as number);
      w[i * n + c] = sum / (factor[i * m + i] as number);
    }
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++)
      for (let k = 0; k < m; k++)
        out[i * n + j] = (out[i * n + j] as number) + (w[k * n + i] as number) * (w[k * n + j] as number);
  return out;
}
