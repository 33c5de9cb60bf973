/**
 * Tables of years by months, by decades of months (ten days), and of days by months, as Central Asian yearbooks print them: month names or
 * Roman numerals over the columns, merged or not, calendar or hydrological years, several tables one below another, or all of it turned.
 *
 *     Год | I       | II      | … | XII     | Ср.
 *         | 1  2  3 | 1  2  3 |   | 1  2  3 |
 *     1990| …
 */
import { Problem } from '../problems.ts';
import { decadePeriod, monthPeriod, yearLabel } from './water-dates.ts';
import { type Grid, type Heading, headingOf, notesOf, readCell, tallyOf, turned } from './water-grid.ts';
import type { SeriesInterval, SeriesOptions, SeriesPoint, WaterFormat, WrittenSeries } from './water-series.ts';
import { decadeNamed, monthNamed } from './water-words.ts';

interface Slot {
  column: number;
  month: number;
  decade: 1 | 2 | 3 | null;
}

interface Header {
  /** First row and the row below the last. */
  start: number;
  end: number;
  slots: Slot[];
  /** Columns behind the months that hold means, sums and the like. */
  others: number;
}

/** Months that a row must name to be a header; Roman I, II, III alone are decades. */
const FEWEST_MONTHS = 4;

export interface MatrixRead {
  format: WaterFormat;
  series: WrittenSeries[];
}

/** The series of every such table of a sheet; `null` where there is none. @throws Problem `series-year-named`, `series-decimal`. */
export function readMatrix(grid: Grid, file: string, options: SeriesOptions): MatrixRead | null {
  return readUpright(grid, file, options) ?? readUpright(turned(grid), file, options);
}

function readUpright(grid: Grid, file: string, options: SeriesOptions): MatrixRead | null {
  const headers = headersOf(grid);
  const first = headers[0];
  if (first === undefined) {
    const bare = bareHeader(grid);
    return bare === null ? null : finished([readBlock(grid, bare, grid.height, [], file, options, true)]);
  }
  const series = headers.map((header, i) => {
    const next = headers[i + 1];
    const above = i === 0 ? 0 : (headers[i - 1]?.end ?? 0);
    const titles = titleRows(grid, above, header, i === 0);
    return readBlock(grid, header, next === undefined ? grid.height : next.start, titles, file, options, false);
  });
  return finished(series);
}

function finished(blocks: (WrittenSeries | null)[]): MatrixRead | null {
  const series = blocks.filter((one): one is WrittenSeries => one !== null && one.points.length > 0);
  const [first] = series;
  if (first === undefined) return null;
  const format = first.interval === 'decade' ? 'decade-table' : first.interval === 'day' ? 'day-table' : 'month-table';
  return { format, series };
}

/** Rows that name months, with the row of decades below them. */
function headersOf(grid: Grid): Header[] {
  const headers: Header[] = [];
  for (let row = 0; row < grid.height; row++) {
    const header = headerAt(grid, row);
    if (header === null) continue;
    headers.push(header);
    row = header.end - 1;
  }
  return headers;
}

function headerAt(grid: Grid, row: number): Header | null {
  const texts = Array.from({ length: grid.width }, (_, c) => grid.text(row, c));
  const both = texts.map(monthAndDecade);
  if (new Set(both.flatMap((one) => (one === null ? [] : [one.month]))).size >= FEWEST_MONTHS) {
    const slots = both.flatMap((one, column) => (one === null ? [] : [{ column, ...one }]));
    return { start: row, end: row + 1, slots, others: othersBehind(texts, slots) };
  }
  const digits = yearLabel(texts[0] ?? '') === null && isCount(texts);
  const months = texts.map((text) => monthNamed(text, { digits }));
  const named = new Set(months.filter((month) => month !== null));
  if (named.size < FEWEST_MONTHS) return null;
  for (const below of [row + 1, row + 2]) {
    const slots = decadesUnder(grid, below, months);
    if (slots !== null) return { start: row, end: below + 1, slots, others: othersBehind(texts, slots) };
  }
  const seen = new Set<number>();
  const slots = months.flatMap((month, column): Slot[] => {
    if (month === null || seen.has(month)) return [];
    seen.add(month);
    return [{ column, month, decade: null }];
  });
  return { start: row, end: row + 1, slots, others: othersBehind(texts, slots) };
}

/** 1 to 12 in the order of a year, wherever it begins. */
function isCount(texts: readonly string[]): boolean {
  const numbers = texts.filter((text) => /^(?:0?[1-9]|1[0-2])$/.test(text)).map(Number);
  return numbers.length === 12 && numbers.every((value, i) => i === 0 || value === ((numbers[i - 1] ?? 0) % 12) + 1);
}

/** "янв I", "I-2", "Jan 3", "март, 1 дек." */
function monthAndDecade(text: string): { month: number; decade: 1 | 2 | 3 } | null {
  const found = /^([\p{L}\d]+)\.?[\s,._/-]+(.+)$/u.exec(text);
  if (found === null) return null;
  const month = monthNamed(found[1] ?? '', { digits: /^\d+[/-]/.test(text) }); // 1,1 is a number
  const decade = decadeNamed(found[2] ?? '');
  return month === null || decade === null ? null : { month, decade };
}

/** Decades in `row` below months; a month's name reaches until the next one. `null` where most cells there are no decades. */
function decadesUnder(grid: Grid, row: number, months: readonly (number | null)[]): Slot[] | null {
  const slots: Slot[] = [];
  let month: number | null = null;
  let last = 0;
  let others = 0;
  for (let column = 0; column < grid.width; column++) {
    const named = months[column] ?? null;
    if (named !== null && named !== month) [month, last] = [named, 0];
    if (month === null) continue;
    const decade = decadeNamed(grid.text(row, column));
    if (decade !== null && decade === last + 1) {
      slots.push({ column, month, decade });
      last = decade;
    } else if (grid.text(row, column) !== '') others += 1;
  }
  return slots.length >= FEWEST_MONTHS * 3 && slots.length >= others ? slots : null;
}

/** Columns with a title that is no month: yearly means, extremes. */
function othersBehind(texts: readonly string[], slots: readonly Slot[]): number {
  const last = Math.max(...slots.map(({ column }) => column));
  return texts.slice(last + 1).filter((text) => text !== '' && monthNamed(text) === null).length;
}

/** Rows of years and nothing above them: 12 columns are months, 36 are decades, from January on. */
function bareHeader(grid: Grid): Header | null {
  const isYear = (row: number): boolean => yearLabel(grid.text(row, 0)) !== null;
  const width = grid.width - 1;
  if (width !== 12 && width !== 36) return null;
  const start = [0, 1].find((row) => isYear(row));
  if (start === undefined || grid.height - start < 2) return null;
  for (let row = start; row < grid.height; row++) if (!isYear(row) && grid.text(row, 0) !== '') return null;
  const slots = Array.from({ length: width }, (_, i): Slot => {
    const decade = ((i % 3) + 1) as 1 | 2 | 3;
    return width === 12 ? { column: i + 1, month: i + 1, decade: null } : { column: i + 1, month: Math.floor(i / 3) + 1, decade };
  });
  return { start, end: start, slots, others: 0 };
}

/** Lines above a header: of a later table those behind the last year of the one before. */
function titleRows(grid: Grid, from: number, header: Header, first: boolean): number[] {
  const rows: number[] = [];
  for (let row = header.start - 1; row >= from; row--) {
    const label = grid.text(row, 0);
    if (!first && (yearLabel(label) !== null || isAggregate(label))) break;
    rows.unshift(row);
  }
  return rows;
}

function isAggregate(label: string): boolean {
  return /^(?:средн|сумм|макс|мин|наиб|наим|орташа|mean|avg|average|sum|total|max|min|ort|норма|norm|σ|cv|год$|итого|декад|дек\.|1-10|11-20|21-)/iu.test(
    label.trim(),
  );
}

/** The rows of one table. */
function readBlock(
  grid: Grid,
  header: Header,
  end: number,
  titles: readonly number[],
  file: string,
  options: SeriesOptions,
  bare: boolean,
): WrittenSeries | null {
  const first = Math.min(...header.slots.map(({ column }) => column));
  const corner = Array.from({ length: Math.max(0, header.end - header.start) }, (_, i) =>
    Array.from({ length: first }, (__, c) => grid.text(header.start + i, c)),
  ).flat();
  const heading = headingOf(grid, titles, corner);
  const rows = Array.from({ length: Math.max(0, end - header.end) }, (_, i) => header.end + i);
  const labels = labelColumn(grid, rows, first);
  const cells = rows.flatMap((row) => header.slots.map(({ column }): [number, number] => [row, column]));
  const tally = tallyOf(grid, cells, options);
  if (tally.decimal === null) throw new Problem('series-decimal', { file, sheet: grid.name || '–' });
  const points: SeriesPoint[] = [];
  const days = labels !== null && labels.kind === 'day';
  const interval: SeriesInterval = days ? 'day' : header.slots.some(({ decade }) => decade !== null) ? 'decade' : 'month';
  if (labels === null || (days && heading.year === null)) return null;
  for (const row of rows) {
    const label = grid.text(row, labels.column);
    const years = days ? dayYears(label, heading.year ?? 0) : yearLabel(label);
    if (years === null) {
      if (header.slots.some(({ column }) => grid.text(row, column) !== '')) tally.leftOut += 1;
      continue;
    }
    for (const slot of header.slots) {
      const period = days
        ? dayPeriod(heading.year ?? 0, slot.month, Number.parseInt(label, 10))
        : slotPeriod(slot, years, header.slots, file, options);
      if (period === null) {
        if (grid.text(row, slot.column) !== '' && !/^[-–—xх]$/iu.test(grid.text(row, slot.column))) tally.leftOut += 1;
        continue;
      }
      const read = readCell(grid, row, slot.column, { tally, dry: options.dry });
      if (read !== null) points.push({ ...read, period, doubtful: false });
    }
  }
  points.sort((a, b) => (days ? (a.period.start < b.period.start ? -1 : 1) : 0));
  tally.leftOut += header.others;
  const notes = [
    ...notesOf(tally),
    ...(bare ? [{ key: 'months-assumed' as const, details: { count: header.slots.length } }] : []),
  ];
  return writtenOf(heading, { interval, points, notes, sheet: grid.name });
}

function writtenOf(
  { title, unit, datum, station }: Heading,
  { interval, points, notes, sheet }: Pick<WrittenSeries, 'interval' | 'points' | 'notes'> & { sheet: string },
): WrittenSeries {
  const named =
    station ??
    (sheet === '' || /^(?:лист|sheet|парақ|sayfa|table|таблица)\s*\d*$/iu.test(sheet)
      ? null
      : { name: sheet, code: null, river: null, country: null, place: null });
  return {
    station: named,
    title: unit === null ? title : title.replace(unit, '').replace(/[\s,;]+$/, ''),
    variant: null,
    variable: null,
    unit,
    datum,
    interval,
    points,
    notes,
  };
}

/** The column before the months that holds the years, or the days of a month. */
function labelColumn(grid: Grid, rows: readonly number[], before: number): { column: number; kind: 'year' | 'day' } | null {
  for (const kind of ['year', 'day'] as const) {
    let best = { column: -1, count: 0 };
    for (let column = 0; column < before; column++) {
      const count = rows.filter((row) =>
        kind === 'year' ? yearLabel(grid.text(row, column)) !== null : /^(?:[1-9]|[12]\d|3[01])$/.test(grid.text(row, column)),
      ).length;
      if (count > best.count) best = { column, count };
    }
    if (best.count >= (kind === 'year' ? 1 : 28)) return { column: best.column, kind };
  }
  return null;
}

function dayYears(label: string, year: number): { start: number; end: number } | null {
  return /^(?:[1-9]|[12]\d|3[01])$/.test(label) ? { start: year, end: year } : null;
}

/** `null` for 30 February. */
function dayPeriod(year: number, month: number, day: number): SeriesPoint['period'] | null {
  const at = new Date(Date.UTC(year, month - 1, day));
  if (at.getUTCMonth() !== month - 1) return null;
  return { start: at.toISOString().slice(0, 10), end: new Date(at.getTime() + 86_400_000).toISOString().slice(0, 10) };
}

/** A month or decade of a year; of a hydrological year its months before the first one lie in the next calendar year. */
function slotPeriod(
  { month, decade }: Slot,
  label: { start: number; end: number },
  slots: readonly Slot[],
  file: string,
  { yearNamed }: SeriesOptions,
): SeriesPoint['period'] | null {
  const first = slots[0]?.month ?? 1;
  const wraps = slots.some((slot, i) => i > 0 && slot.month < (slots[i - 1]?.month ?? 0));
  let year = label.start;
  if (wraps) {
    if (label.start === label.end && yearNamed === undefined)
      throw new Problem('series-year-named', { file, month: first, found: String(label.start) });
    if (label.start === label.end && yearNamed === 'end') year -= 1;
    if (month < first) year += 1;
  } else if (label.end !== label.start) return null;
  return decade === null ? monthPeriod(year, month) : decadePeriod(year, month, decade);
}
