import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type SuppressedTable, suppressSmallCells } from '../../src/science/small-cells.ts';

/** Every table of whole numbers that would look the same: hidden numbers tried from 1, to `most`. */
function* tablesLike({ cells, marks }: SuppressedTable, most: number): Generator<number[][]> {
  const [rows, columns] = [cells.length - 1, (cells[0]?.length ?? 1) - 1];
  const inner = Array.from({ length: rows * columns }, (_, k) => ({ i: Math.floor(k / columns), j: k % columns }));
  const table = cells.slice(0, -1).map((row) => row.slice(0, -1).map((value) => value ?? 0));
  const fits = (shown: number | null | undefined, sum: number, mark: unknown): boolean =>
    mark === 'shown' ? shown === sum : sum > 0;
  const isLike = (): boolean => {
    const sums = table.map((row) => row.reduce((a, b) => a + b, 0));
    for (const [i, sum] of sums.entries()) if (!fits(cells[i]?.[columns], sum, marks[i]?.[columns])) return false;
    for (let j = 0; j < columns; j++)
      if (
        !fits(
          cells[rows]?.[j],
          table.reduce((a, row) => a + (row[j] as number), 0),
          marks[rows]?.[j],
        )
      )
        return false;
    return fits(
      cells[rows]?.[columns],
      sums.reduce((a, b) => a + b, 0),
      marks[rows]?.[columns],
    );
  };
  const hidden = inner.filter(({ i, j }) => marks[i]?.[j] === 'small' || marks[i]?.[j] === 'protect');
  const count = most ** hidden.length;
  for (let n = 0; n < count; n++) {
    let rest = n;
    for (const { i, j } of hidden) {
      (table[i] as number[])[j] = 1 + (rest % most);
      rest = Math.floor(rest / most);
    }
    if (isLike()) yield table;
  }
}

/** Values of each small inner cell over all tables that look the same. */
function rangesOf(found: SuppressedTable, most: number): Set<number>[] {
  const small = found.marks
    .slice(0, -1)
    .flatMap((row, i) => row.slice(0, -1).flatMap((mark, j) => (mark === 'small' ? [{ i, j }] : [])));
  const seen = small.map(() => new Set<number>());
  for (const table of tablesLike(found, most)) for (const [k, { i, j }] of small.entries()) seen[k]?.add(table[i]?.[j] as number);
  return seen;
}

describe('small cells', () => {
  test('nothing small, nothing hidden; totals are added', () => {
    expect(
      suppressSmallCells([
        [10, 0],
        [5, 8],
      ]),
    ).toEqual({
      cells: [
        [10, 0, 10],
        [5, 8, 13],
        [15, 8, 23],
      ],
      marks: Array(3).fill(Array(3).fill('shown')),
      hidden: 0,
    });
  });

  test('one small cell takes three more with it, the cheapest', () => {
    const { marks, cells, hidden } = suppressSmallCells([
      [12, 3, 20],
      [15, 30, 40],
      [50, 60, 70],
    ]);
    expect(hidden).toBe(4);
    expect(marks.slice(0, 2).map((row) => row.slice(0, 2))).toEqual([
      ['protect', 'small'],
      ['protect', 'protect'],
    ]);
    expect(cells[3]).toEqual([77, 93, 130, 300]);
  });

  test('a list: two small cells whose sum is two give themselves away, so a third is hidden', () => {
    const { marks } = suppressSmallCells([[1, 1, 9, 40]]);
    expect(marks[0]).toEqual(['small', 'small', 'protect', 'shown', 'shown']);
  });

  test('women and men of one training: with the total shown the other must go too', () => {
    const { cells } = suppressSmallCells([[3, 17]]);
    expect(cells[0]).toEqual([null, null, 20]);
  });

  test('one cell alone goes with its totals', () => {
    expect(suppressSmallCells([[3]]).cells).toEqual([
      [null, null],
      [null, null],
    ]);
  });

  test('missing is not hidden and not zero', () => {
    const { cells, marks } = suppressSmallCells([
      [10, null],
      [20, 30],
    ]);
    expect(cells).toEqual([
      [10, null, 10],
      [20, 30, 50],
      [30, 30, 60],
    ]);
    expect(marks[0]).toEqual(['shown', 'missing', 'shown']);
  });

  test('what is no table of counts is refused', () => {
    expect(() => suppressSmallCells([[1, 2], [3]])).toThrow('row 2 has 1 cells');
    expect(() => suppressSmallCells([[1.5]])).toThrow('not a count');
    expect(suppressSmallCells([]).cells).toEqual([[0]]);
  });

  const count = fc.oneof(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 5, max: 6 }));
  const tables = fc
    .record({ rows: fc.integer({ min: 1, max: 2 }), columns: fc.integer({ min: 1, max: 3 }) })
    .chain(({ rows, columns }) =>
      fc.array(fc.array(count, { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows }),
    );

  // of cells up to 6, none need go beyond 6 + 3 for another to go from 4 to 1
  test('by trying every table that looks the same: no hidden cell is told, and small ones could be 1 to 4 unless their totals are small', () => {
    fc.assert(
      fc.property(tables, (table) => {
        const found = suppressSmallCells(table);
        const smallTotals = found.marks.some((row, i) =>
          row.some((mark, j) => mark === 'small' && (i === table.length || j === table[0]?.length)),
        );
        for (const values of rangesOf(found, 9)) {
          if (smallTotals) continue;
          for (const value of [1, 2, 3, 4]) expect(values).toContain(value);
        }
        for (const [i, row] of table.entries())
          for (const [j, value] of row.entries()) if (value > 0 && value < 5) expect(found.cells[i]?.[j]).toBeNull();
      }),
      { numRuns: 50 },
    );
  });

  test('what is shown is true', () => {
    fc.assert(
      fc.property(tables, (table) => {
        for (const [i, row] of suppressSmallCells(table).cells.slice(0, -1).entries())
          for (const [j, value] of row.slice(0, -1).entries()) if (value !== null) expect(value).toBe(table[i]?.[j]);
      }),
    );
  });
});
