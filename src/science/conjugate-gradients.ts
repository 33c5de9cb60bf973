/**
 * Solves symmetric positive definite equations that are given by what they do to a vector.
 *
 * @see Hestenes & Stiefel 1952, J. Res. Natl. Bur. Stand. 49, 409-436, doi 10.6028/jres.049.044
 * @see Golub & Van Loan 2013, Matrix Computations, 4th ed., algorithm 11.5.1 (preconditioned)
 */

export interface GradientOptions {
  /** y = A x. */
  apply: (x: Float64Array, y: Float64Array) => void;
  /** z ≈ A⁻¹ r, symmetric and positive definite. */
  precondition: (r: Float64Array, z: Float64Array) => void;
  /** Least residual, of that of the start from 0. */
  tolerance?: number;
  mostSteps?: number;
  signal?: AbortSignal | undefined;
}

export interface Solution {
  x: Float64Array;
  steps: number;
  /** |b - A x| / |b|. */
  residual: number;
}

/** Solves A x = b. @throws RangeError where it does not get as near as asked in `mostSteps` */
export function conjugateGradients(
  b: Float64Array,
  { apply, precondition, tolerance = 1e-11, mostSteps = 1000, signal }: GradientOptions,
): Solution {
  const x = new Float64Array(b.length);
  const r = b.slice();
  const z = new Float64Array(b.length);
  const q = new Float64Array(b.length);
  const asked = Math.sqrt(dot(b, b));
  if (asked === 0) return { x, steps: 0, residual: 0 };
  precondition(r, z);
  const p = z.slice();
  let rho = dot(r, z);
  let residual = 1;
  let steps = 0;
  while (residual > tolerance) {
    signal?.throwIfAborted();
    if (steps++ >= mostSteps)
      throw new RangeError(`the equations were solved to ${residual.toExponential(1)} only in ${mostSteps} steps`);
    apply(p, q);
    const alpha = rho / dot(p, q);
    let square = 0;
    for (let i = 0; i < x.length; i++) {
      x[i] = (x[i] as number) + alpha * (p[i] as number);
      const left = (r[i] as number) - alpha * (q[i] as number);
      r[i] = left;
      square += left * left;
    }
    residual = Math.sqrt(square) / asked;
    if (!(residual < Number.POSITIVE_INFINITY))
      throw new RangeError('the equations have no solution: a part of the grid has no ground');
    if (residual <= tolerance) break;
    precondition(r, z);
    const next = dot(r, z);
    const beta = next / rho;
    rho = next;
    for (let i = 0; i < p.length; i++) p[i] = (z[i] as number) + beta * (p[i] as number);
  }
  return { x, steps, residual };
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}
