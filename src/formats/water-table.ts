/**
 * What people keep tables of months, days and levels in, as plain CSV that the readers of `saryarka water crop|drought|trend|lake` take:
 * workbooks, old code pages, titles above the table, columns named in Kazakh, Russian or Turkish, years by months, files of gauges.
 *
 *     const { bytes } = await plainTable(readSource('осадки.xls'));            // date, precipitation_mm
 *     await plainTable(readSource('kazalinsk.txt'), { names: 'own' });         // GRDC text: date, "river discharge [m3/s]"
 *
 * Rows keep the numbers of their lines, so that an error names the line that people see. Nothing is converted but how it is written.
 */
import { Problem } from '../problems.ts';
import { readSpreadsheet } from './spreadsheet.ts';
import type { Cell, Sheet, SheetFile, SheetRow } from './spreadsheet-cells.ts';
import { decodeText, guessEncoding } from './text.ts';
import { bracketed, columnTitle, isTime, timeTitle } from './water-columns.ts';
import { readWrittenSeries } from './water-open.ts';
import type { WaterFormat, WrittenSeries } from './water-series.ts';
import { decimalOf, plainNumber } from './water-values.ts';
import { monthNamed } from './water-words.ts';

export interface PlainOptions {
  /** `known`: columns get the names that tables here have; `own`: they keep their words, but for dates. */
  names?: 'known' | 'own';
}

/** Columns by which a table is known to be one of ours already. */
const OURS = new Set(['date', 'date_doy', 'year-doy', 'doy', 'year', 'level_m', 'time']);
/** Rows that are looked through for the titles of the columns. */
const FURTHEST = 60;

/** `file` as CSV in UTF-8, itself where it is a table of ours already, in whatever code page. @throws Problem of `readSpreadsheet` */
export async function plainTable(file: SheetFile, { names = 'known' }: PlainOptions = {}): Promise<SheetFile> {
  const packed = (file.bytes[0] === 0x50 && file.bytes[1] === 0x4b) || (file.bytes[0] === 0xd0 && file.bytes[1] === 0xcf);
  if (!packed && isOurs(file)) return file;
  const found = await seriesIn(file);
  if (found !== null) return { name: file.name, bytes: encoded(tableOfSeries(found, names)) };
  const { sheets } = await readSpreadsheet(file);
  const sheet = sheets.find((one) => !one.hidden && titlesAt(one) !== null) ?? sheets.find(({ rows }) => rows.length > 1);
  if (sheet === undefined) throw new Problem('table-empty', { file: file.name });
  return { name: file.name, bytes: encoded(tableOfSheet(sheet, names)) };
}

/** Whether the first line of a text names a column as we do: such a file is read as it stands, faults and all. */
function isOurs(file: SheetFile): boolean {
  const { text } = tableText({ name: file.name, bytes: file.bytes.subarray(0, 4096) });
  const line = text.replace(/^\uFEFF/, '').split(/\r?\n/)[0] ?? '';
  return line.split(/[;,\t]/).some((cell) => OURS.has(cell.trim().replaceAll('"', '').toLowerCase()));
}

/** UTF-8 (16-bit where its mark says so), or the code page that reads most like words. */
export function tableText({ bytes }: SheetFile): { encoding: string; text: string } {
  const mark = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null;
  const encoding = mark ?? guessEncoding([bytes]);
  return { encoding, text: decodeText(bytes, encoding) };
}

/** Formats in which dates and values do not stand in rows below titles. */
const SERIES: readonly WaterFormat[] = [
  ...(['grdc', 'waterml2', 'sensorthings', 'hydroweb', 'dahiti'] as const),
  ...(['decade-table', 'month-table', 'day-table'] as const),
];

/** Series of a file of gauges or of a table of years by months; `null` where it is none, or a plain table. */
async function seriesIn(file: SheetFile): Promise<WrittenSeries[] | null> {
  try {
    const { format, series } = await readWrittenSeries(file);
    return SERIES.includes(format) ? series : null;
  } catch (error) {
    // no series: it may be a table of anything else; a question about dates or decimals is one for the user
    if (error instanceof Problem && ['series-empty', 'series-not-one', 'series-json'].includes(error.code)) return null;
    throw error;
  }
}

/** A row for each date, a column for each series. */
function tableOfSeries(series: readonly WrittenSeries[], names: 'known' | 'own'): string {
  const title = (one: WrittenSeries): string => {
    const variable = one.title || one.variable || '';
    const [station, variant] = [one.station?.name ?? '', one.variant ?? ''];
    const words = names === 'known' ? [variable] : series.length === 1 ? [station || variable] : [station, variant, variable];
    const own = words
      .filter((part) => part !== '')
      .join(' · ')
      .replaceAll(/[([\])]/g, '');
    const titled = one.unit === null ? own : `${own} [${one.unit}]`;
    return names === 'own' ? titled : columnTitle(titled);
  };
  const titles = series.map(title).map((one, i, all) => (all.indexOf(one) === i ? one : `${one} ${i + 1}`));
  const dates = new Map<string, string[]>();
  for (const [i, { points, interval }] of series.entries())
    for (const { period, value } of points) {
      const date = period.start.slice(0, interval === 'year' ? 4 : interval === 'month' ? 7 : 10);
      const row = dates.get(date) ?? series.map(() => '');
      row[i] = value === null ? '' : String(value);
      dates.set(date, row);
    }
  const rows = [...dates].sort(([a], [b]) => (a < b ? -1 : 1)).map(([date, values]) => [date, ...values]);
  return [['date', ...titles], ...rows].map(line).join('\n');
}

/** The row of titles: the first that names a date, or two columns that we know. */
function titlesAt({ rows }: Sheet): number | null {
  const at = rows.slice(0, FURTHEST).findIndex(({ cells }) => {
    const texts = cells.map(({ text }) => text).filter((text) => text.trim() !== '');
    const known = texts.filter((text) => OURS.has(text.trim().toLowerCase()) || columnTitle(text) !== bracketed(text));
    const dated = texts.some((text) => OURS.has(text.trim().toLowerCase()) || timeTitle(text) !== null);
    return texts.length > 1 && (dated || known.length > 1);
  });
  return at === -1 ? null : at;
}

/** The sheet from its titles on; rows above are left empty, so that line numbers stay. */
function tableOfSheet(sheet: Sheet, names: 'known' | 'own'): string {
  const at = titlesAt(sheet) ?? sheet.rows.findIndex(({ cells }) => cells.filter(({ text }) => text.trim() !== '').length > 1);
  const titles = sheet.rows[at]?.cells.map(({ text }) => text) ?? [];
  const kept = titles.flatMap((text, i) => (text.trim() === '' ? [] : [i]));
  const written = kept.map((i) => {
    const text = titles[i] ?? '';
    return names === 'known' ? columnTitle(text) : (timeTitle(text) ?? bracketed(text));
  });
  const below = sheet.rows.slice(Math.max(0, at) + 1);
  const texts = below.flatMap((row) => kept.filter((_, k) => !isTime(written[k] ?? '')).map((i) => cellText(row, i)));
  const decimal = decimalOf(texts) ?? ',';
  const lines: string[] = [];
  lines[(sheet.rows[at]?.number ?? 1) - 1] = line(written);
  for (const row of below) {
    const cells = kept.map((i, k) => valueText(row, i, { title: written[k] ?? '', decimal }));
    lines[row.number - 1] = cells.every((text) => text === '') ? '' : line(cells);
  }
  return Array.from(lines, (one) => one ?? '').join('\n');
}

/** What a cell says: numbers with a point, the name of a month as its number. */
function valueText(row: SheetRow, at: number, { title, decimal }: { title: string; decimal: ',' | '.' }): string {
  const text = cellText(row, at);
  if (title === 'month') return String(monthNamed(text, { digits: true }) ?? text);
  if (isTime(title) || row.cells[at]?.kind === 'number') return text;
  return String(plainNumber(text, decimal) ?? text);
}

function cellText({ cells }: SheetRow, at: number): string {
  const cell: Cell | undefined = cells[at];
  if (cell === undefined) return '';
  return cell.kind === 'number' || cell.kind === 'date' ? String(cell.value) : cell.text.replace(/\s+/g, ' ').trim();
}

const line = (cells: readonly string[]): string =>
  cells.map((text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)).join(',');

const encoded = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(`${text}\n`);
