/**
 * Small symmetric positive definite matrices, dense and row-major: factor, solve, invert.
 *
 *     invertSymmetric(Float64Array.of(2, 1, 1, 2), 2)     // [2/3, -1/3, -1/3, 2/3]
 *
 * @see Golub & Van Loan 2013, Matrix Computations, 4th ed., algorithm 4.2.1 (Cholesky)
 */

/**
 * Lower factor L of A = L L'. @param matrix order × order; its lower half is read
 * @returns null where the matrix is not positive definite (to about 1e-12 of its diagonal): some column says nothing of its own
 */
export function cholesky(matrix: Float64Array, order: number): Float64Array | null {
  const factor = new Float64Array(order * order);
  for (let i = 0; i < order; i++)
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * order + j] as number;
      for (let k = 0; k < j; k++) sum -= (factor[i * order + k] as number) * (factor[j * order + k] as number);
      if (i !== j) factor[i * order + j] = sum / (factor[j * order + j] as number);
      else if (sum > 1e-12 * Math.abs(matrix[i * order + i] as number)) factor[i * order + i] = Math.sqrt(sum);
      else return null;
    }
  return factor;
}

/** Solves L L' x = b in place. @param factor of `cholesky` */
export function solveCholesky(factor: Float64Array, order: number, b: Float64Array): Float64Array {
  for (let i = 0; i < order; i++) {
    let sum = b[i] as number;
    for (let k = 0; k < i; k++) sum -= (factor[i * order + k] as number) * (b[k] as number);
    b[i] = sum / (factor[i * order + i] as number);
  }
  for (let i = order - 1; i >= 0; i--) {
    let sum = b[i] as number;
    for (let k = i + 1; k < order; k++) sum -= (factor[k * order + i] as number) * (b[k] as number);
    b[i] = sum / (factor[i * order + i] as number);
  }
  return b;
}

/** Inverse of a symmetric positive definite matrix; null where it is none. */
export function invertSymmetric(matrix: Float64Array, order: number): Float64Array | null {
  const factor = cholesky(matrix, order);
  if (!factor) return null;
  const inverse = new Float64Array(order * order);
  const column = new Float64Array(order);
  for (let j = 0; j < order; j++) {
    column.fill(0);
    column[j] = 1;
    solveCholesky(factor, order, column);
    for (let i = 0; i < order; i++) inverse[i * order + j] = column[i] as number;
  }
  return inverse;
}

/** x' A x of a symmetric matrix. */
export function quadraticForm(matrix: Float64Array, order: number, x: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < order; i++)
    for (let j = 0; j < order; j++) sum += (x[i] as number) * (matrix[i * order + j] as number) * (x[j] as number);
  return sum;
}

/** M A M' of a symmetric A. @param map rows × order @returns rows × rows */
export function mapCovariance(map: Float64Array, rows: number, matrix: Float64Array, order: number): Float64Array {
  const half = new Float64Array(rows * order);
  for (let r = 0; r < rows; r++)
    for (let k = 0; k < order; k++) {
      const weight = map[r * order + k] as number;
      if (weight !== 0)
        for (let c = 0; c < order; c++)
          half[r * order + c] = (half[r * order + c] as number) + weight * (matrix[k * order + c] as number);
    }
  const out = new Float64Array(rows * rows);
  for (let r = 0; r < rows; r++)
    for (let s = 0; s < rows; s++) {
      let sum = 0;
      for (let c = 0; c < order; c++) sum += (half[r * order + c] as number) * (map[s * order + c] as number);
      out[r * rows + s] = sum;
    }
  return out;
}
