/** The basis of the dual simplex method: begun with the logical columns, its inverse renewed from the matrix, its rows checked. */
import type { Limits, Programme } from './allocation-programme.ts';

export interface Simplex {
  readonly programme: Programme;
  readonly limits: Limits;
  /** Columns, then one logical column for each row. */
  readonly x: Float64Array;
  /** Reduced costs. */
  readonly reduced: Float64Array;
  /** Which column is basic in each row; the row of each basic column, -1 for others. */
  readonly basis: Int32Array;
  readonly where: Int32Array;
  /** Where a column that is not basic stands: 0 lower, 1 upper. */
  readonly side: Uint8Array;
  /** Inverse of the basis, column by column. */
  readonly inverse: Float64Array;
  readonly duals: Float64Array;
  readonly work: { sums: Float64Array; row: Float64Array; alpha: Float64Array; column: Float64Array; list: Int32Array };
  /** Pivots since the inverse was renewed, and in all. */
  fresh: number;
  pivots: number;
  costScale: number;
  /** To be set when costs, or values of the matrix, have changed. */
  costChanged: boolean;
  matrixChanged: boolean;
  dualsKnown: boolean;
  /** The row that could not be met, when `infeasible`. */
  conflict: number;
}

/** Part of the largest number within which limits count as kept, and costs as zero. */
export const NEAR = 1e-12;
export const LEAST_PIVOT = 1e-9;

/** The logical columns as basis. */
export function startAgain(simplex: Simplex): void {
  const { basis, where, side, inverse, programme } = simplex;
  const { rows, columns } = programme;
  where.fill(-1);
  side.fill(0);
  inverse.fill(0);
  for (let i = 0; i < rows; i++) {
    basis[i] = columns + i;
    where[columns + i] = i;
    inverse[i * rows + i] = -1;
  }
  simplex.fresh = 0;
  simplex.costChanged = true;
  simplex.matrixChanged = false;
  simplex.dualsKnown = false;
}

/** Whether the rows close to within rounding. */
export function rowsClose({ x, programme, work }: Simplex): boolean {
  const { rows, columns, start, index, value } = programme;
  const { sums, row } = work;
  for (let i = 0; i < rows; i++) {
    const at = x[columns + i] as number;
    sums[i] = -at;
    row[i] = 1 + Math.abs(at);
  }
  for (let j = 0; j < columns; j++) {
    const at = x[j] as number;
    if (at === 0) continue;
    const end = start[j + 1] as number;
    for (let e = start[j] as number; e < end; e++) {
      const i = index[e] as number;
      const amount = (value[e] as number) * at;
      sums[i] = (sums[i] as number) + amount;
      row[i] = (row[i] as number) + Math.abs(amount);
    }
  }
  for (let i = 0; i < rows; i++) if (Math.abs(sums[i] as number) > 20 * NEAR * (row[i] as number)) return false;
  return true;
}

/** The inverse of the basis anew, by Gauss-Jordan with partial pivoting. False when the basis has become singular. */
export function renew(simplex: Simplex): boolean {
  const { basis, inverse, programme, where } = simplex;
  const { rows, columns, start, index, value } = programme;
  simplex.matrixChanged = false;
  simplex.costChanged = true;
  simplex.dualsKnown = false;
  simplex.fresh = 0;
  const matrix = new Float64Array(rows * rows); // row by row
  for (let k = 0; k < rows; k++) {
    const j = basis[k] as number;
    if (j >= columns) matrix[(j - columns) * rows + k] = -1;
    else
      for (let e = start[j] as number; e < (start[j + 1] as number); e++)
        matrix[(index[e] as number) * rows + k] = value[e] as number;
  }
  inverse.fill(0);
  for (let i = 0; i < rows; i++) inverse[i * rows + i] = 1; // column by column: inverse[i * rows + r] is row r of column i
  const order = Int32Array.from({ length: rows }, (_, i) => i);
  for (let k = 0; k < rows; k++) {
    let best = k;
    for (let r = k + 1; r < rows; r++)
      if (
        Math.abs(matrix[(order[r] as number) * rows + k] as number) >
        Math.abs(matrix[(order[best] as number) * rows + k] as number)
      )
        best = r;
    const found = order[best] as number;
    const turning = matrix[found * rows + k] as number;
    if (Math.abs(turning) < LEAST_PIVOT) return false;
    order[best] = order[k] as number;
    order[k] = found;
    for (let c = 0; c < rows; c++) {
      matrix[found * rows + c] = (matrix[found * rows + c] as number) / turning;
      inverse[c * rows + found] = (inverse[c * rows + found] as number) / turning;
    }
    for (let r = 0; r < rows; r++) {
      if (r === found) continue;
      const part = matrix[r * rows + k] as number;
      if (part === 0) continue;
      for (let c = k; c < rows; c++)
        matrix[r * rows + c] = (matrix[r * rows + c] as number) - part * (matrix[found * rows + c] as number);
      for (let c = 0; c < rows; c++)
        inverse[c * rows + r] = (inverse[c * rows + r] as number) - part * (inverse[c * rows + found] as number);
    }
  }
  // row order[k] of the result belongs to the basic column k
  const sorted = new Float64Array(rows);
  for (let c = 0; c < rows; c++) {
    for (let k = 0; k < rows; k++) sorted[k] = inverse[c * rows + (order[k] as number)] as number;
    inverse.set(sorted, c * rows);
  }
  for (let k = 0; k < rows; k++) where[basis[k] as number] = k;
  return true;
}
