/**
 * A linear programme in the form that solvers and certificates share:
 *
 *     min c·x   with   A x = s,   lower ≤ x ≤ upper,   rowLower ≤ s ≤ rowUpper
 *
 * The matrix lies column by column: entries `start[j]` to `start[j + 1] - 1` of `index` (the row) and `value` are column `j`.
 *
 *     const programme = programmeOf(1, [{ entries: [{ row: 0, value: 1 }] }]);
 */

/** The matrix of a programme. Values may be changed in place; the pattern may not. */
export interface Programme {
  rows: number;
  columns: number;
  start: Int32Array;
  index: Int32Array;
  value: Float64Array;
}

/** What changes from step to step. Infinite limits are `Infinity` and `-Infinity`. */
export interface Limits {
  cost: Float64Array;
  lower: Float64Array;
  upper: Float64Array;
  rowLower: Float64Array;
  rowUpper: Float64Array;
}

/** One column: what a unit of it adds to each row. */
export interface Column {
  entries: readonly { row: number; value: number }[];
}

/** The programme of `columns`; entries of one row within a column are added up. */
export function programmeOf(rows: number, columns: readonly Column[]): Programme {
  const start = new Int32Array(columns.length + 1);
  const index: number[] = [];
  const value: number[] = [];
  for (const [j, { entries }] of columns.entries()) {
    const sums = new Map<number, number>();
    for (const { row, value: amount } of entries) sums.set(row, (sums.get(row) ?? 0) + amount);
    for (const [row, amount] of sums) {
      index.push(row);
      value.push(amount);
    }
    start[j + 1] = index.length;
  }
  return { rows, columns: columns.length, start, index: Int32Array.from(index), value: Float64Array.from(value) };
}

/** Limits that allow everything from zero on, at no cost; rows are equations with zero. */
export function openLimits({ rows, columns }: Pick<Programme, 'rows' | 'columns'>): Limits {
  return {
    cost: new Float64Array(columns),
    lower: new Float64Array(columns),
    upper: new Float64Array(columns).fill(Number.POSITIVE_INFINITY),
    rowLower: new Float64Array(rows),
    rowUpper: new Float64Array(rows),
  };
}

/**
 * Where in `value` the entry of `row` in `column` lies, to change it in place.
 * @throws RangeError when the pattern has no such entry: a fault of ours.
 */
export function entryOf({ start, index }: Programme, row: number, column: number): number {
  const end = start[column + 1] as number;
  for (let at = start[column] as number; at < end; at++) if (index[at] === row) return at;
  throw new RangeError(`no entry in row ${row} of column ${column}`);
}
