/**
 * The bounded dual simplex method for many small programmes that differ little from one to the next, such as the days of a
 * river: the basis of the last one is kept, so that most steps need no pivot at all, and few need more than two.
 *
 * Dual ratio test with bound flipping (Maros 2003, ch. 10, doi:10.1007/978-1-4615-0257-9); the inverse of the
 * basis is kept dense and is renewed from the matrix after many pivots or when the rows no longer close. Columns without an
 * upper limit stand at one far away until they enter; where one still stands there at the end, costs fall without bound.
 *
 *     const simplex = openSimplex(programme, limits);
 *     limits.upper[3] = 1.7;                       // the next day
 *     if (solveSimplex(simplex) === 'optimal') use(simplex.x, dualsOf(simplex));
 *
 * The loops stay in one piece each for speed.
 */
import { LEAST_PIVOT, NEAR, renew, rowsClose, type Simplex, startAgain } from './allocation-basis.ts';
import type { Limits, Programme } from './allocation-programme.ts';

export type { Simplex };
export type SimplexEnd = 'optimal' | 'infeasible' | 'unbounded' | 'stalled';

/** How far away the limit of an unlimited column is put: a power of two, so that sums with it stay exact for longer. */
const FAR = 2 ** 40;
const RENEW_AFTER = 100;

/** A solver that begins with the logical basis. `limits` is read anew at every solve. */
export function openSimplex(programme: Programme, limits: Limits): Simplex {
  const { rows, columns } = programme;
  const all = rows + columns;
  const simplex: Simplex = {
    programme,
    limits,
    x: new Float64Array(all),
    reduced: new Float64Array(all),
    basis: new Int32Array(rows),
    where: new Int32Array(all),
    side: new Uint8Array(all),
    inverse: new Float64Array(rows * rows),
    duals: new Float64Array(rows),
    work: {
      sums: new Float64Array(rows),
      row: new Float64Array(rows),
      alpha: new Float64Array(all),
      column: new Float64Array(rows),
      list: new Int32Array(all),
    },
    fresh: 0,
    pivots: 0,
    costScale: 1,
    costChanged: true,
    matrixChanged: false,
    dualsKnown: false,
    conflict: -1,
  };
  startAgain(simplex);
  return simplex;
}

/** Solves for the limits as they stand now. The flows are in `x`. */
export function solveSimplex(simplex: Simplex): SimplexEnd {
  let end = solveOnce(simplex);
  if (end === 'optimal' && simplex.fresh > 0 && !rowsClose(simplex)) {
    simplex.matrixChanged = true;
    end = solveOnce(simplex);
  }
  if (end === 'optimal') return end;
  // what a worn inverse says is asked again from the beginning
  startAgain(simplex);
  return solveOnce(simplex);
}

/** What one unit more on the right of each row would cost: `y` with reduced costs c - A'y. */
export function dualsOf(simplex: Simplex): Float64Array {
  const { duals, inverse, basis, limits, programme } = simplex;
  if (simplex.dualsKnown) return duals;
  const { rows, columns } = programme;
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    for (let k = 0; k < rows; k++) {
      const j = basis[k] as number;
      if (j < columns) sum += (limits.cost[j] as number) * (inverse[i * rows + k] as number);
    }
    duals[i] = sum;
  }
  simplex.dualsKnown = true;
  return duals;
}

function solveOnce(simplex: Simplex): SimplexEnd {
  const { rows, columns } = simplex.programme;
  if (simplex.matrixChanged && !renew(simplex)) startAgain(simplex);
  if (simplex.costChanged) priceAll(simplex);
  const most = 50 * (rows + columns) + 500;
  const careful = 5 * (rows + columns) + 50;
  for (let turn = 0; turn < most; turn++) {
    const far = place(simplex);
    const leaving = leavingRow(simplex, turn > careful);
    if (leaving === -1) {
      if (far) return 'unbounded';
      return 'optimal';
    }
    if (!pivot(simplex, leaving, turn > careful)) {
      simplex.conflict = leaving;
      return 'infeasible';
    }
    if (simplex.fresh >= RENEW_AFTER || simplex.matrixChanged) {
      if (!renew(simplex)) startAgain(simplex);
      priceAll(simplex);
    }
  }
  return 'stalled';
}

/** Reduced costs of all columns from the basis. */
function priceAll(simplex: Simplex): void {
  const { reduced, where, limits, programme } = simplex;
  const { rows, columns, start, index, value } = programme;
  simplex.dualsKnown = false;
  const y = dualsOf(simplex);
  let scale = 1;
  for (let j = 0; j < columns; j++) {
    let sum = limits.cost[j] as number;
    const size = sum < 0 ? -sum : sum;
    if (size > scale) scale = size;
    if ((where[j] as number) >= 0) {
      reduced[j] = 0;
      continue;
    }
    const end = start[j + 1] as number;
    for (let at = start[j] as number; at < end; at++) sum -= (value[at] as number) * (y[index[at] as number] as number);
    reduced[j] = sum;
  }
  for (let i = 0; i < rows; i++) reduced[columns + i] = (where[columns + i] as number) >= 0 ? 0 : (y[i] as number);
  simplex.costScale = scale;
  simplex.costChanged = false;
}

/** Puts every column that is not basic on its side, and basic ones where the rows then want them. Whether some stand far away. */
function place(simplex: Simplex): boolean {
  const { x, reduced, where, side, basis, inverse, limits, programme, work } = simplex;
  const { rows, columns, start, index, value } = programme;
  const { lower, upper, rowLower, rowUpper } = limits;
  const { sums } = work;
  const zero = NEAR * simplex.costScale;
  let far = false;
  for (let i = 0; i < rows; i++) sums[i] = 0;
  const all = rows + columns;
  for (let j = 0; j < all; j++) {
    if ((where[j] as number) >= 0) continue;
    const low = (j < columns ? lower[j] : rowLower[j - columns]) as number;
    const high = (j < columns ? upper[j] : rowUpper[j - columns]) as number;
    const d = reduced[j] as number;
    let at: number;
    if (low === high) at = low;
    else if (d > zero || (d >= -zero && (side[j] === 0 || high === Infinity) && low !== -Infinity)) {
      side[j] = 0;
      at = low;
      if (low === -Infinity) {
        at = -FAR;
        far = true;
      }
    } else if (d < -zero || high !== Infinity) {
      side[j] = 1;
      at = high;
      if (high === Infinity) {
        at = FAR;
        far = true;
      }
    } else at = 0;
    x[j] = at;
    if (at === 0) continue;
    if (j < columns) {
      const end = start[j + 1] as number;
      for (let e = start[j] as number; e < end; e++) {
        const row = index[e] as number;
        sums[row] = (sums[row] as number) - (value[e] as number) * at;
      }
    } else sums[j - columns] = (sums[j - columns] as number) + at;
  }
  const { column } = work;
  for (let k = 0; k < rows; k++) column[k] = 0;
  for (let i = 0; i < rows; i++) {
    const sum = sums[i] as number;
    if (sum === 0) continue;
    const base = i * rows;
    for (let k = 0; k < rows; k++) column[k] = (column[k] as number) + sum * (inverse[base + k] as number);
  }
  for (let k = 0; k < rows; k++) x[basis[k] as number] = column[k] as number;
  return far;
}

/** The row whose basic column breaks its limits most; -1 when all keep them, and those that nearly do are put on them. */
function leavingRow({ x, basis, limits, programme }: Simplex, first: boolean): number {
  const { rows, columns } = programme;
  const { lower, upper, rowLower, rowUpper } = limits;
  let worst = 0;
  let leaving = -1;
  for (let k = 0; k < rows; k++) {
    const j = basis[k] as number;
    const low = (j < columns ? lower[j] : rowLower[j - columns]) as number;
    const high = (j < columns ? upper[j] : rowUpper[j - columns]) as number;
    const at = x[j] as number;
    const size = at < 0 ? -at : at;
    const near = NEAR * Math.max(size, 1);
    let short = 0;
    if (at < low) {
      short = low - at;
      if (short <= 10 * near) {
        x[j] = low;
        continue;
      }
    } else if (at > high) {
      short = at - high;
      if (short <= 10 * near) {
        x[j] = high;
        continue;
      }
    } else continue;
    if (first) return k;
    if (short > worst) {
      worst = short;
      leaving = k;
    }
  }
  return leaving;
}

/** Lets another column take the place of the basic one of `leaving`. False when none can: the row cannot be met. */
function pivot(simplex: Simplex, leaving: number, first: boolean): boolean {
  const { x, reduced, where, side, basis, inverse, limits, programme, work } = simplex;
  const { rows, columns, start, index, value } = programme;
  const { row, alpha, column, list } = work;
  const all = rows + columns;
  const out = basis[leaving] as number;
  const low = (out < columns ? limits.lower[out] : limits.rowLower[out - columns]) as number;
  const high = (out < columns ? limits.upper[out] : limits.rowUpper[out - columns]) as number;
  const below = (x[out] as number) < low;
  let short = below ? low - (x[out] as number) : (x[out] as number) - high;
  for (let i = 0; i < rows; i++) row[i] = inverse[i * rows + leaving] as number;
  let candidates = 0;
  for (let j = 0; j < all; j++) {
    if ((where[j] as number) >= 0) {
      alpha[j] = 0;
      continue;
    }
    let a = 0;
    if (j < columns) {
      const end = start[j + 1] as number;
      for (let e = start[j] as number; e < end; e++) a += (row[index[e] as number] as number) * (value[e] as number);
    } else a = -(row[j - columns] as number);
    alpha[j] = a;
    if (a < LEAST_PIVOT && a > -LEAST_PIVOT) continue;
    const least = (j < columns ? limits.lower[j] : limits.rowLower[j - columns]) as number;
    const most = (j < columns ? limits.upper[j] : limits.rowUpper[j - columns]) as number;
    if (least === most) continue;
    const free = least === -Infinity && most === Infinity && x[j] === 0;
    const upward = below ? a < 0 : a > 0;
    if (free || upward === (side[j] === 0)) list[candidates++] = j;
  }
  let entering = -1;
  while (candidates > 0) {
    let best = Infinity;
    let size = 0;
    let at = -1;
    for (let c = 0; c < candidates; c++) {
      const j = list[c] as number;
      const a = Math.abs(alpha[j] as number);
      const ratio = Math.abs(reduced[j] as number) / a;
      const tie = NEAR * simplex.costScale;
      if (ratio < best - tie || (ratio <= best + tie && !first && a > size)) {
        best = Math.min(best, ratio);
        size = a;
        at = c;
      }
    }
    const j = list[at] as number;
    const range =
      j < columns
        ? (limits.upper[j] as number) - (limits.lower[j] as number)
        : (limits.rowUpper[j - columns] as number) - (limits.rowLower[j - columns] as number);
    if (range < FAR && short - size * range > NEAR * Math.max(1, short)) {
      short -= size * range;
      side[j] = side[j] === 0 ? 1 : 0;
      list[at] = list[--candidates] as number;
      continue;
    }
    entering = j;
    break;
  }
  if (entering === -1) return false;
  for (let k = 0; k < rows; k++) column[k] = 0;
  if (entering < columns) {
    const end = start[entering + 1] as number;
    for (let e = start[entering] as number; e < end; e++) {
      const v = value[e] as number;
      const base = (index[e] as number) * rows;
      for (let k = 0; k < rows; k++) column[k] = (column[k] as number) + v * (inverse[base + k] as number);
    }
  } else {
    const base = (entering - columns) * rows;
    for (let k = 0; k < rows; k++) column[k] = -(inverse[base + k] as number);
  }
  const turning = column[leaving] as number;
  if (Math.abs(turning - (alpha[entering] as number)) > 1e-8 * (1 + Math.abs(turning)) && simplex.fresh > 0) {
    simplex.matrixChanged = true; // worn: renewed before the next turn
    return true;
  }
  const step = (reduced[entering] as number) / turning;
  if (step !== 0)
    for (let j = 0; j < all; j++) {
      const a = alpha[j] as number;
      if (a !== 0) reduced[j] = (reduced[j] as number) - step * a;
    }
  reduced[entering] = 0;
  reduced[out] = -step;
  for (let i = 0; i < rows; i++) {
    const base = i * rows;
    const part = (inverse[base + leaving] as number) / turning;
    if (part === 0) continue;
    for (let k = 0; k < rows; k++) inverse[base + k] = (inverse[base + k] as number) - part * (column[k] as number);
    inverse[base + leaving] = part;
  }
  basis[leaving] = entering;
  where[entering] = leaving;
  where[out] = -1;
  side[out] = below ? 0 : 1;
  simplex.fresh++;
  simplex.pivots++;
  simplex.dualsKnown = false;
  return true;
}
