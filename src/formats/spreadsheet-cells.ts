/**
 * What every table becomes, whatever kept it: sheets of rows of cells.
 *
 *     textCell('12')    // { kind: 'text', value: '12', text: '12', merged: null }
 *     letterOf(27)      // 'AB'
 */
import { Problem } from '../problems.ts';
import type { SourceFile } from './source-node.ts';

export interface Cell {
  /** `date` is ISO 8601 text, as exact as the cell shows it: `2024-05-12`, `2024-05`, `2024`; `error` is `#REF!` and the like. */
  kind: 'empty' | 'text' | 'number' | 'boolean' | 'date' | 'error';
  value: string | number | boolean | null;
  /** What people see. */
  text: string;
  /** The merged range that the cell belongs to: its size, and whether this is its first cell, where the value really stands. */
  merged: { rows: number; columns: number; first: boolean } | null;
}

export interface SheetRow {
  /** As the program numbers it; in text the line where the row begins. */
  number: number;
  hidden: boolean;
  cells: Cell[];
}

export interface Sheet {
  /** Empty for text. */
  name: string;
  hidden: boolean;
  /** Rows from the first to the last with something in them, empty ones between them included. */
  rows: SheetRow[];
  /** Serial numbers of days count from 1904 (old Macintosh) instead of 1900. */
  since1904: boolean;
}

export interface Spreadsheet {
  format: 'xlsx' | 'xls' | 'ods' | 'text';
  sheets: Sheet[];
}

export type SheetFile = Pick<SourceFile, 'name' | 'bytes'>;

/** Rows of one sheet that are read; a register of a reserve has hundreds. */
export const MOST_ROWS = 100_000;
/** Columns of one sheet that are read. */
const MOST_COLUMNS = 500;

/** What stands where nothing does. */
export const EMPTY: Cell = { kind: 'empty', value: null, text: '', merged: null };

/** A cell with text; empty where the text is blank. */
export function textCell(text: string): Cell {
  return text.trim() === '' ? EMPTY : { kind: 'text', value: text, text, merged: null };
}

/** The letters of a column, 0 for `A`. */
export function letterOf(column: number): string {
  const rest = Math.floor(column / 26) - 1;
  return `${rest >= 0 ? letterOf(rest) : ''}${String.fromCharCode(65 + (column % 26))}`;
}

/** @throws Problem `sheet-too-large` when a sheet has more `rows` or `columns` than are read. */
export function checkSize({ name }: SheetFile, rows: number, columns: number): void {
  if (rows > MOST_ROWS || columns > MOST_COLUMNS)
    throw new Problem('sheet-too-large', { file: name, rows: MOST_ROWS, columns: MOST_COLUMNS });
}

/** Takes the empty rows off the end of a sheet. */
export function dropEmptyEnd(rows: SheetRow[]): void {
  while (rows.at(-1)?.cells.every(({ kind }) => kind === 'empty')) rows.pop();
}
