/**
 * Splines through points with "not-a-knot" ends, of degree 2 or 3, as scipy makes them: de Boor 1978, A Practical Guide to
 * Splines, ch. IX and XIII.
 *
 *     splineThrough(x, y, 3)(2.5)
 */

/** The spline of `degree` through the points; `x` rises. Beyond its ends it goes on with its last pieces. */
export function splineThrough(x: readonly number[], y: readonly number[], degree: 2 | 3): (at: number) => number {
  const middle =
    degree === 3
      ? x.slice(2, -2)
      : x
          .slice(1)
          .map((right, i) => (right + (x[i] as number)) / 2)
          .slice(1, -1);
  const ends = degree + 1;
  const knots = [...new Array<number>(ends).fill(x[0] as number), ...middle, ...new Array<number>(ends).fill(x.at(-1) as number)];
  const rows = x.map((at, i) => {
    const row = new Array<number>(x.length + 1).fill(0);
    const { first, values } = basisAt(knots, degree, x.length, at);
    for (const [k, value] of values.entries()) row[first + k] = value;
    row[x.length] = y[i] as number;
    return row;
  });
  const weights = eliminated(rows);
  return (at) => {
    const { first, values } = basisAt(knots, degree, x.length, at);
    return values.reduce((sum, value, k) => sum + value * (weights[first + k] as number), 0);
  };
}

/** Values of the splines that are not zero at a place, from the first of them on. */
function basisAt(knots: readonly number[], degree: number, count: number, at: number): { first: number; values: number[] } {
  let span = degree;
  while (span < count - 1 && at >= (knots[span + 1] as number)) span++;
  let values = [1];
  for (let d = 1; d <= degree; d++) {
    const next = new Array<number>(d + 1).fill(0);
    for (const [k, value] of values.entries()) {
      const left = knots[span - d + 1 + k] as number;
      const right = knots[span + 1 + k] as number;
      const part = right === left ? 0 : (at - left) / (right - left);
      next[k] = (next[k] as number) + (1 - part) * value;
      next[k + 1] = (next[k + 1] as number) + part * value;
    }
    values = next;
  }
  return { first: span - degree, values };
}

/** Solves a system whose last column is its right side, by elimination with partial pivoting. */
export function eliminated(system: readonly (readonly number[])[]): number[] {
  const rows = system.map((row) => [...row]);
  const size = rows.length;
  for (let k = 0; k < size; k++) {
    let best = k;
    for (let r = k + 1; r < size; r++) if (Math.abs(rows[r]?.[k] as number) > Math.abs(rows[best]?.[k] as number)) best = r;
    [rows[k], rows[best]] = [rows[best] as number[], rows[k] as number[]];
    const own = rows[k] as number[];
    for (let r = k + 1; r < size; r++) {
      const row = rows[r] as number[];
      const part = (row[k] as number) / (own[k] as number);
      if (part !== 0) for (let c = k; c <= size; c++) row[c] = (row[c] as number) - part * (own[c] as number);
    }
  }
  const out = new Array<number>(size).fill(0);
  for (let k = size - 1; k >= 0; k--) {
    const own = rows[k] as number[];
    let sum = own[size] as number;
    for (let c = k + 1; c < size; c++) sum -= (own[c] as number) * (out[c] as number);
    out[k] = sum / (own[k] as number);
  }
  return out;
}
