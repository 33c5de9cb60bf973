/**
 * Tables that a model refers to, with the options that Pywr hands on to pandas: which column is the index, which are dates, which
 * column or row is meant.
 *
 *     const frame = frameOf(grid, { index_col: 0, parse_dates: true }, { file, place });
 *     frame.days      // days since 1970-01-01 of each row
 *     numbersOf(select(frame, { column: 'flow' }, where))
 */
import { Problem } from '../problems.ts';
import { isJson, type Json, shown } from './pywr-document.ts';

/** Cells of a sheet, its header among them. */
export type Grid = string[][];

/** Heading of an index whose rows hold from their dates on, whatever their distance. */
export const FROM_START = '@start';
/** Heading of an index that the file knows for one. */
export const INDEX = '@index';

export interface Where {
  file: string;
  place: string;
}

export interface Frame {
  /** Levels of the index, each with a word for every row. */
  index: string[][];
  /** Days since 1970-01-01 of every row, where the index is one of dates. */
  days: Float64Array | null;
  /** Whether rows hold from their dates on even where these lie a week apart. */
  fromStart: boolean;
  columns: string[];
  /** Row by row. */
  cells: string[][];
  /** What remains when one column or one row was chosen. */
  rank: 0 | 1 | 2;
}

/** Options that change nothing here, or that say where the table is. */
const PASSED = new Set([
  'url',
  'table',
  'comment',
  'checksum',
  'filetype',
  'key',
  'type',
  'name',
  'engine',
  'freq',
  'encoding',
  'compression',
]);
const READ = new Set([
  'index_col',
  'parse_dates',
  'dayfirst',
  'sheet_name',
  'sheetname',
  'header',
  'column',
  'index',
  'columns',
  'indexes',
  'data',
  'skiprows',
  'sep',
  'delimiter',
]);

/** Whether an option of a table is known; others are of the part that holds the table. */
export const isTableOption = (name: string): boolean => PASSED.has(name) || READ.has(name);

/** The table in `grid` as the options tell. @throws Problem `river-field` or `river-table`. */
export function frameOf(grid: Grid, options: Json, where: Where): Frame {
  const skipped = options.skiprows === undefined ? 0 : Number(options.skiprows);
  const header =
    options.header === undefined || options.header === null || options.header === 'infer' ? 0 : Number(options.header);
  if (!Number.isInteger(skipped) || !Number.isInteger(header))
    throw new Problem('river-field', { ...where, found: shown(options.header ?? options.skiprows), expected: '0' });
  const rows = grid.slice(skipped + header + 1).filter((row) => row.some((cell) => cell !== ''));
  const names = (grid[skipped + header] ?? []).map((name) => name.trim());
  const own = names[0] === FROM_START || names[0] === INDEX ? [0] : [];
  const given =
    options.index_col === undefined || options.index_col === null || options.index_col === false ? own : options.index_col;
  const indexed = (Array.isArray(given) ? given : [given]).map((name) => placeOf(names, name, where));
  const kept = names.map((_, i) => i).filter((i) => !indexed.includes(i));
  const index =
    indexed.length === 0 ? [rows.map((_, i) => String(i))] : indexed.map((i) => rows.map((row) => (row[i] ?? '').trim()));
  const dated = options.parse_dates === true || (Array.isArray(options.parse_dates) && options.parse_dates.length > 0);
  return {
    index,
    days: dated && index.length === 1 ? daysOf(index[0] as string[], options.dayfirst, where) : null,
    fromStart: names[0] === FROM_START,
    columns: kept.map((i) => names[i] as string),
    cells: rows.map((row) => kept.map((i) => (row[i] ?? '').trim())),
    rank: 2,
  };
}

/** A table written into the model: columns of lists, or of values by index. */
export function embeddedFrame(data: unknown, options: Json, where: Where): Frame {
  if (!isJson(data)) throw new Problem('river-field', { ...where, found: shown(data), expected: '{ column: { index: value } }' });
  const columns = Object.keys(data);
  const first = data[columns[0] ?? ''];
  const rows = Array.isArray(first) ? first.map((_, i) => String(i)) : isJson(first) ? Object.keys(first) : [];
  const cells = rows.map((row, i) =>
    columns.map((name) => {
      const column = data[name];
      const value = Array.isArray(column) ? column[i] : isJson(column) ? column[row] : undefined;
      return value === undefined || value === null ? '' : String(value);
    }),
  );
  return {
    index: [rows],
    days: options.parse_dates === true ? daysOf(rows, options.dayfirst, where) : null,
    fromStart: false,
    columns,
    cells,
    rank: 2,
  };
}

/** The part of a table that `column`, `columns`, `index` and `indexes` choose. */
export function select(frame: Frame, { column, columns, index, indexes }: Json, where: Where): Frame {
  let found = frame;
  if (column !== undefined && column !== null) found = { ...pickColumns(found, [column], where), rank: 1 };
  if (Array.isArray(columns)) found = pickColumns(found, columns, where);
  if (index !== undefined && index !== null) {
    const key = Array.isArray(index) ? index : [index];
    const rows = rowsWhere(found, (i) => key.every((part, level) => same(found.index[level]?.[i], part)));
    if (rows.length === 0)
      throw new Problem('river-table', { ...where, found: shown(index), expected: few(found.index[0] ?? []) });
    const whole = key.length >= found.index.length && rows.length === 1;
    found = { ...pickRows(found, rows), rank: whole ? ((found.rank - 1) as 0 | 1) : found.rank };
  }
  if (Array.isArray(indexes)) {
    const rows = indexes.map((one) => {
      const at = found.index[0]?.findIndex((name) => same(name, one)) ?? -1;
      if (at === -1) throw new Problem('river-table', { ...where, found: shown(one), expected: few(found.index[0] ?? []) });
      return at;
    });
    found = pickRows(found, rows);
  }
  return found;
}

/** The numbers of a table row by row. @throws Problem `river-table` with the first cell that is none. */
export function numbersOf(frame: Frame, where: Where): number[][] {
  return frame.cells.map((row, i) =>
    row.map((cell, j) => {
      const value = cell === '' ? Number.NaN : Number(cell);
      if (Number.isNaN(value) && !/^nan$/i.test(cell)) {
        const at = `${frame.index.map((level) => level[i]).join(' ')} ${frame.columns[j] ?? ''}`.trim();
        throw new Problem('river-table', { ...where, found: `${at}: ${shown(cell)}`, expected: '0.0' });
      }
      return value;
    }),
  );
}

/** Days since 1970-01-01 of a date as tables write it, with parts of a day; NaN where it is none. */
export function dayOf(text: string, dayFirst = false): number {
  const match = /^(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?Z?$/.exec(text.trim());
  if (match === null) return Number.NaN;
  const [, a = '', b = '', c = '', hours = '0', minutes = '0', seconds = '0'] = match;
  const [year, month, day] = a.length === 4 ? [a, b, c] : dayFirst ? [c, b, a] : [c, a, b];
  const full = year.length <= 2 ? (Number(year) < 69 ? 2000 : 1900) + Number(year) : Number(year);
  const time = Date.UTC(full, Number(month) - 1, Number(day), Number(hours), Number(minutes), Number(seconds));
  const back = new Date(time);
  if (back.getUTCMonth() + 1 !== Number(month) || back.getUTCDate() !== Number(day)) return Number.NaN;
  return time / 86_400_000;
}

/**
 * Days of an index that is written as dates. With "auto", of 01/02/2015 the order that makes rows follow at even distances is taken.
 * @throws Problem `river-table` with the first word that is none.
 */
export function daysOf(words: readonly string[], dayFirst: unknown, where: Where): Float64Array {
  const read = (first: boolean): Float64Array => Float64Array.from(words, (word) => dayOf(word, first));
  const days = read(dayFirst === true || (dayFirst === 'auto' && unevenness(read(true)) < unevenness(read(false))));
  const at = days.findIndex(Number.isNaN);
  if (at !== -1) throw new Problem('river-table', { ...where, found: shown(words[at]), expected: '2015-12-31, 31/12/2015' });
  return days;
}

/** How many rows do not follow at the distance of the first two; infinite where some are no dates. */
function unevenness(days: Float64Array): number {
  if (days.some(Number.isNaN)) return Number.POSITIVE_INFINITY;
  const gap = (days[1] ?? 0) - (days[0] ?? 0);
  return days.reduce((sum, day, i) => sum + (i > 0 && day - (days[i - 1] as number) !== gap ? 1 : 0), gap > 0 ? 0 : days.length);
}

function placeOf(names: readonly string[], name: unknown, where: Where): number {
  const at = typeof name === 'number' ? (name < names.length ? name : -1) : names.indexOf(String(name));
  if (at === -1) throw new Problem('river-table', { ...where, found: shown(name), expected: few(names) });
  return at;
}

function pickColumns(frame: Frame, wanted: readonly unknown[], where: Where): Frame {
  const places = wanted.map((name) => {
    const at = frame.columns.findIndex((one) => same(one, name));
    if (at === -1) throw new Problem('river-table', { ...where, found: shown(name), expected: few(frame.columns) });
    return at;
  });
  return {
    ...frame,
    columns: places.map((i) => frame.columns[i] as string),
    cells: frame.cells.map((row) => places.map((i) => row[i] ?? '')),
  };
}

const rowsWhere = (frame: Frame, wanted: (row: number) => boolean): number[] => frame.cells.map((_, i) => i).filter(wanted);

function pickRows(frame: Frame, rows: readonly number[]): Frame {
  const days = frame.days;
  return {
    ...frame,
    index: frame.index.map((level) => rows.map((i) => level[i] as string)),
    days: days === null ? null : Float64Array.from(rows, (i) => days[i] as number),
    cells: rows.map((i) => frame.cells[i] as string[]),
  };
}

/** Whether a word of a table is the one meant: numbers are compared as numbers. */
const same = (word: string | undefined, key: unknown): boolean =>
  word !== undefined && (word === String(key) || (word !== '' && String(key) !== '' && Number(word) === Number(key)));

const few = (names: readonly string[]): string => names.slice(0, 8).join(', ') + (names.length > 8 ? ', …' : '');
