/**
 * Tables with a row for each month of each year, and its decades or days in columns:
 *
 *     Год;Месяц;I;II;III;Ср.
 *     1990;янв;10,5;11;12;11,2
 *         ;фев;…
 */
import { Problem } from '../problems.ts';
import { datePeriod, decadePeriod, yearLabel } from './water-dates.ts';
import { type Grid, headingOf, notesOf, readCell, tallyOf } from './water-grid.ts';
import type { SeriesOptions, SeriesPoint, WaterFormat, WrittenSeries } from './water-series.ts';
import { decadeNamed, monthNamed } from './water-words.ts';

interface Header {
  row: number;
  year: number;
  month: number;
  /** Decades 1 to 3, or days 1 to 31, by column. */
  columns: { index: number; part: number }[];
  kind: 'decade' | 'day';
  /** Titled columns that are neither. */
  others: number;
}

/** Rows in which the header is looked for. */
const FURTHEST = 60;
const MOST_DAYS = 31;
const FEWEST_DAYS = 28;

/** The series of such a sheet; `null` where it is none. @throws Problem `series-decimal` */
export function readMonthRows(
  grid: Grid,
  file: string,
  options: SeriesOptions,
): { format: WaterFormat; series: WrittenSeries[] } | null {
  const header = headerOf(grid);
  if (header === null) return null;
  const rows = Array.from({ length: grid.height - header.row - 1 }, (_, i) => header.row + 1 + i);
  const cells = rows.flatMap((row) => header.columns.map(({ index }): [number, number] => [row, index]));
  const tally = tallyOf(grid, cells, options);
  if (tally.decimal === null) throw new Problem('series-decimal', { file, sheet: grid.name || '–' });
  tally.leftOut += header.others;
  const points: SeriesPoint[] = [];
  let year: number | null = null;
  for (const row of rows) {
    const label = yearLabel(grid.text(row, header.year));
    if (label !== null && label.start === label.end) year = label.start; // a year that stands with its first month only
    const month = monthNamed(grid.text(row, header.month), { digits: true });
    if (year === null || month === null) {
      if (header.columns.some(({ index }) => grid.text(row, index) !== '')) tally.leftOut += 1;
      continue;
    }
    for (const { index, part } of header.columns) {
      const period = periodOf(year, month, part, header.kind);
      if (period === null) continue; // 30 February
      const read = readCell(grid, row, index, { tally, dry: options.dry });
      if (read !== null) points.push({ ...read, period, doubtful: false });
    }
  }
  if (points.length === 0) return null;
  const heading = headingOf(
    grid,
    Array.from({ length: header.row }, (_, i) => i),
  );
  const { title, unit, datum, station } = heading;
  const series: WrittenSeries = {
    station,
    title,
    variant: null,
    variable: null,
    unit,
    datum,
    interval: header.kind,
    points,
    notes: notesOf(tally),
  };
  return { format: header.kind === 'day' ? 'day-table' : 'decade-table', series: [series] };
}

function periodOf(year: number, month: number, part: number, kind: Header['kind']): SeriesPoint['period'] | null {
  if (kind === 'decade') return decadePeriod(year, month, part as 1 | 2 | 3);
  const day = datePeriod(`${year}-${month}-${part}`);
  return day === null || day === 'unclear' ? null : day.period;
}

/** A row with a column of years, one of months, and decades I to III or days 1 to 28 and on behind them. */
function headerOf(grid: Grid): Header | null {
  for (let row = 0; row < Math.min(FURTHEST, grid.height); row++) {
    const texts = Array.from({ length: grid.width }, (_, c) => grid.text(row, c));
    const year = texts.findIndex((text) => /^(?:год|годы|year|жыл|yıl)$/iu.test(text));
    const month = texts.findIndex((text) => /^(?:месяц|мес\.?|month|ай|ay)$/iu.test(text));
    if (year === -1 || month === -1) continue;
    const behind = texts.flatMap((text, index) => (index > Math.max(year, month) && text !== '' ? [{ text, index }] : []));
    const days = behind.filter(({ text }, i) => text === String(i + 1) && i < MOST_DAYS);
    const decades = behind.filter(({ text }, i) => i < 3 && decadeNamed(text) === i + 1);
    const kind = days.length >= FEWEST_DAYS ? 'day' : decades.length === 3 ? 'decade' : null;
    if (kind === null) continue;
    const columns = (kind === 'day' ? days : decades).map(({ index }, i) => ({ index, part: i + 1 }));
    return { row, year, month, columns, kind, others: behind.length - columns.length };
  }
  return null;
}
