/**
 * Eigenvalues and eigenvectors of dense symmetric matrices: Householder's reflections to three diagonals, then QL with shifts.
 *
 *     symmetricEigen(Float64Array.of(2, 1, 1, 2), 2)    // { values: [3, 1], vectors: columns (1, 1)/√2 and (1, -1)/√2 }
 *
 * @see Martin, Reinsch & Wilkinson 1968, Householder's tridiagonalization of a symmetric matrix, Numer. Math. 11, 181-195,
 * doi 10.1007/BF02161841
 * @see Bowdler, Martin, Reinsch & Wilkinson 1968, The QR and QL algorithms for symmetric matrices, Numer. Math. 11, 293-306,
 * doi 10.1007/BF02166681
 */

export interface Eigen {
  /** From the largest down. */
  values: Float64Array;
  /** Column k belongs to value k; row-major order × order. */
  vectors: Float64Array;
}

/** @param matrix order × order, symmetric; it stays as it is. @throws RangeError where a value is not finite */
export function symmetricEigen(matrix: Float64Array, order: number): Eigen {
  if (!matrix.every(Number.isFinite)) throw new RangeError('a matrix with a value that is not a finite number');
  // Rows of `turns` become vectors, so that each rotation walks along memory.
  const { diagonal, beside, turns } = threeDiagonals(matrix, order);
  shiftedQl(diagonal, beside, turns, order);
  const places = Array.from({ length: order }, (_, i) => i).sort((i, j) => (diagonal[j] as number) - (diagonal[i] as number));
  const vectors = new Float64Array(order * order);
  places.forEach((from, to) => {
    for (let i = 0; i < order; i++) vectors[i * order + to] = turns[from * order + i] as number;
  });
  return { values: Float64Array.from(places, (place) => diagonal[place] as number), vectors };
}

/** H A H' with three diagonals; `turns` holds H: its rows are what the axes came from. */
function threeDiagonals(matrix: Float64Array, n: number): { diagonal: Float64Array; beside: Float64Array; turns: Float64Array } {
  const a = matrix.slice();
  const turns = new Float64Array(n * n);
  for (let i = 0; i < n; i++) turns[i * n + i] = 1;
  const v = new Float64Array(n);
  const w = new Float64Array(n);
  for (let k = 0; k + 2 < n; k++) {
    let square = 0;
    for (let i = k + 2; i < n; i++) square += (a[i * n + k] as number) ** 2;
    if (square === 0) continue;
    const head = a[(k + 1) * n + k] as number;
    const length = Math.sqrt(head * head + square);
    const signed = head < 0 ? -length : length;
    v.fill(0);
    for (let i = k + 1; i < n; i++) v[i] = a[i * n + k] as number;
    v[k + 1] = head + signed;
    const factor = 1 / (signed * (head + signed));
    // A <- A - v w' - w v', w = p - (f/2)(p'v) v, p = f A v.
    let along = 0;
    for (let i = k; i < n; i++) {
      let sum = 0;
      for (let j = k + 1; j < n; j++) sum += (a[i * n + j] as number) * (v[j] as number);
      w[i] = factor * sum;
      along += (w[i] as number) * (v[i] as number);
    }
    for (let i = k; i < n; i++) w[i] = (w[i] as number) - (factor / 2) * along * (v[i] as number);
    for (let i = k; i < n; i++)
      for (let j = k; j < n; j++)
        a[i * n + j] = (a[i * n + j] as number) - (v[i] as number) * (w[j] as number) - (w[i] as number) * (v[j] as number);
    // H <- (I - f v v') H, by rows.
    w.fill(0);
    for (let i = k + 1; i < n; i++)
      for (let c = 0; c < n; c++) w[c] = (w[c] as number) + (v[i] as number) * (turns[i * n + c] as number);
    for (let i = k + 1; i < n; i++) {
      const part = factor * (v[i] as number);
      for (let c = 0; c < n; c++) turns[i * n + c] = (turns[i * n + c] as number) - part * (w[c] as number);
    }
  }
  const diagonal = Float64Array.from({ length: n }, (_, i) => a[i * n + i] as number);
  const beside = Float64Array.from({ length: n }, (_, i) => (i + 1 < n ? (a[(i + 1) * n + i] as number) : 0));
  return { diagonal, beside, turns };
}

/** Far more than are ever needed: 1 or 2 for each value. */
const TURNS_EACH = 60;

/** Takes the side diagonal to 0 by rotations with Wilkinson's shift; the loop stays in one piece for speed. */
function shiftedQl(diagonal: Float64Array, beside: Float64Array, rows: Float64Array, n: number): void {
  for (let l = 0; l < n; l++)
    for (let turn = 0; ; turn++) {
      let m = l;
      for (; m + 1 < n; m++) {
        const size = Math.abs(diagonal[m] as number) + Math.abs(diagonal[m + 1] as number);
        if (Math.abs(beside[m] as number) <= Number.EPSILON * size) break;
      }
      if (m === l) break;
      if (turn === TURNS_EACH) throw new RangeError('eigenvalues do not settle');
      let g = ((diagonal[l + 1] as number) - (diagonal[l] as number)) / (2 * (beside[l] as number));
      let r = Math.hypot(g, 1);
      g = (diagonal[m] as number) - (diagonal[l] as number) + (beside[l] as number) / (g + (g < 0 ? -r : r));
      let [s, c, p] = [1, 1, 0];
      let i = m - 1;
      for (; i >= l; i--) {
        const f = s * (beside[i] as number);
        const b = c * (beside[i] as number);
        r = Math.hypot(f, g);
        beside[i + 1] = r;
        if (r === 0) {
          diagonal[i + 1] = (diagonal[i + 1] as number) - p;
          beside[m] = 0;
          break;
        }
        s = f / r;
        c = g / r;
        g = (diagonal[i + 1] as number) - p;
        r = ((diagonal[i] as number) - g) * s + 2 * c * b;
        p = s * r;
        diagonal[i + 1] = g + p;
        g = c * r - b;
        for (let k = i * n; k < (i + 1) * n; k++) {
          const [x, y] = [rows[k] as number, rows[k + n] as number];
          rows[k + n] = s * x + c * y;
          rows[k] = c * x - s * y;
        }
      }
      if (r === 0 && i >= l) continue;
      diagonal[l] = (diagonal[l] as number) - p;
      beside[l] = g;
      beside[m] = 0;
    }
}
