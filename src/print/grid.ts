/**
 * A table as a grid: a cell in every column of every row, and the side on which the words of each column stand.
 *
 *     gridOf({ kind: 'table', caption: '', head: ['Year', 'Staff'], rows: [[plain('2024')]] })
 *     // { columns: 2, head: ['Year', 'Staff'], rows: [[plain('2024'), plain('')]], sides: ['start', 'end'] }
 */
import { type Align, type Cited, plain, type Table } from './blocks.ts';

/** What stands where a table has nothing to show. */
export const NOTHING = '–';

export interface Grid {
  /** None in a table without head and cells. */
  columns: number;
  /** Empty where the table has none. */
  head: string[];
  rows: Cited[][];
  sides: Align[];
}

/** `table` with its short rows filled up, and each column's side as it is given or usual. */
export function gridOf({ head, rows, align = [] }: Table): Grid {
  const columns = rows.reduce((most, row) => Math.max(most, row.length), head.length);
  const full = <Item>(of: (column: number) => Item): Item[] => Array.from({ length: columns }, (_, column) => of(column));
  return {
    columns,
    head: head.length === 0 ? [] : full((column) => head[column] ?? ''),
    rows: rows.map((row) => full((column) => row[column] ?? plain(''))),
    sides: full((column) => align[column] ?? (column === 0 ? 'start' : 'end')),
  };
}
