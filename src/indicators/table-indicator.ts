/**
 * An indicator of a table: each row is a basin, an assessment, an answer, a sum. What the columns mean is the indicator's; who reads
 * the table, and what the figures are kept with, is not (`run/compute-tables.ts`).
 */
import type { Cells } from '../formats/cells.ts';
import type { Id } from '../types.ts';
import { yearPeriod } from './figure.ts';
import type { Figure } from './raster-indicator.ts';

/** A figure of the place that is asked for, or of a zone of it. */
export type TableFigure = Omit<Figure, 'zone'> & {
  /** As the table names it. */
  zone?: string | null;
};

export interface TableRow {
  cells: Cells;
}

export interface TableIndicator {
  /** As `--indicator` names it; its page is docs/methods/<id>.md. */
  id: Id;
  method: string;
  /** Raised whenever the same table would give another value. */
  version: number;
  required: readonly string[];
  optional: readonly string[];
  /** Parameters with their defaults. */
  params: Readonly<Record<string, string>>;
  /** Faults of rows are told through their cells; where there is one, the figures are not used. */
  compute(rows: readonly TableRow[], params: Readonly<Record<string, string>>): TableFigure[];
}

/** A figure of one year; what is not said of it is `null`. */
export function tableFigure(
  known: Pick<TableFigure, 'indicator' | 'unit'> & Partial<TableFigure> & { year: number },
): TableFigure {
  const { year, ...rest } = known;
  return { class: null, value: null, low: null, high: null, level: null, n: null, note: null, period: yearPeriod(year), ...rest };
}

const YES = /^(yes|y|true|1|да|иә|evet)$/i;
const NO = /^(no|n|false|0|нет|жоқ|hayır)$/i;

/** Yes, no, or `null` where the cell is empty; anything else is a fault. */
export function yesNo(cells: Cells, field: string): boolean | null {
  const found = cells.text(field);
  if (found === null) return null;
  if (YES.test(found)) return true;
  if (!NO.test(found)) cells.wrong(field, found, 'yes, no');
  return false;
}

/** A number of 0 or more; `null` where the cell is empty. */
export function amount(cells: Cells, field: string): number | null {
  const found = cells.number(field);
  if (found !== null && found < 0) cells.wrong(field, String(found), '0 …');
  return found === null || found < 0 ? null : found;
}

/** A number of 0 or more that has to be there. */
export function amountOf(cells: Cells, field: string): number {
  cells.required(field);
  return amount(cells, field) ?? 0;
}

/** The year of a row, which has to be there. */
export function yearOf(cells: Cells): number {
  cells.required('year');
  return cells.year('year') ?? 0;
}

/** Rows by their year, in its order. */
export function byYear<Row extends { year: number }>(rows: readonly Row[]): [number, Row[]][] {
  return [...Map.groupBy(rows, ({ year }) => year)].sort(([a], [b]) => a - b);
}
