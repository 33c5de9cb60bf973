/**
 * A table as text: separated by semicolon, comma, tab or vertical bar, in UTF-8, UTF-16 or a code page of old Windows or DOS.
 *
 *     readDelimited(readSource('staff.csv')).rows[1].cells[0].text   // 'Управление'
 */
import { parse } from 'csv-parse/sync';
import { Problem } from '../problems.ts';
import { checkSize, dropEmptyEnd, type Sheet, type SheetFile, type SheetRow, textCell } from './spreadsheet-cells.ts';
import { decodeText, guessEncoding } from './text.ts';

const DELIMITERS = [';', '\t', ',', '|'] as const;

/** Lines by which the separator is told. */
const SAMPLE_LINES = 30;

/** @throws Problem `sheet-damaged`, `sheet-too-large`. */
export function readDelimited(file: SheetFile): Sheet {
  const text = textOf(file.bytes);
  const named = /^sep=(.)\r?\n/i.exec(text); // as Excel names its separator
  const body = named === null ? text : text.slice(named[0].length);
  const rows = recordsOf(file, body, named?.[1] ?? delimiterOf(body)).map(
    ({ record, info }): SheetRow => ({
      number: info.lines - breaks(record) + (named === null ? 0 : 1),
      hidden: false,
      cells: record.map((cell) => textCell(unguarded(cell))),
    }),
  );
  const width = rows.reduce((most, { cells }) => Math.max(most, cells.length), 0);
  checkSize(file, rows.length, width);
  dropEmptyEnd(rows);
  return { name: '', hidden: false, rows, since1904: false };
}

function recordsOf(file: SheetFile, text: string, delimiter: string): { record: string[]; info: { lines: number } }[] {
  const options = { delimiter, info: true, relaxColumnCount: true, skipEmptyLines: false } as const;
  try {
    return parse(text, options) as unknown as { record: string[]; info: { lines: number } }[];
  } catch {
    try {
      // a quotation mark inside a cell, which nobody doubled
      return parse(text, { ...options, relaxQuotes: true }) as unknown as { record: string[]; info: { lines: number } }[];
    } catch (error) {
      throw new Problem('sheet-damaged', { file: file.name, found: (error as Error).message }, { cause: error });
    }
  }
}

/** The separator that splits the lines into the most columns, the same number in as many lines as can be. */
function delimiterOf(text: string): string {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const sample = lines.slice(0, SAMPLE_LINES).map((line) => line.replace(/"[^"]*"/g, ''));
  const scores = DELIMITERS.map((delimiter) => {
    const counts = sample.map((line) => line.split(delimiter).length - 1);
    const most = counts.toSorted((a, b) => a - b)[Math.floor(counts.length / 2)] ?? 0;
    return most === 0 ? 0 : counts.filter((count) => count === most).length + Math.min(most, 3) / 10;
  });
  const best = Math.max(...scores);
  return best === 0 ? mostFrequent(sample) : (DELIMITERS[scores.indexOf(best)] as string);
}

/** Where most lines hold one cell (titles above a short table): what occurs most. */
function mostFrequent(lines: string[]): string {
  const counts = DELIMITERS.map((delimiter) => lines.join('').split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] as string;
}

function textOf(bytes: Uint8Array): string {
  const [a, b] = bytes;
  if (a === 0xff && b === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (a === 0xfe && b === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  if (looksWide(bytes)) return new TextDecoder(bytes[0] === 0 ? 'utf-16be' : 'utf-16le').decode(bytes);
  return decodeText(bytes, guessEncoding([bytes])).replace(/^\uFEFF/, '');
}

/** UTF-16 without a byte order mark: every other byte of Latin letters, digits and separators is zero. */
export function looksWide(bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, 512);
  const zeros = [0, 1].map((odd) => head.filter((byte, i) => i % 2 === odd && byte === 0).length);
  const [even = 0, odd = 0] = zeros;
  return head.length >= 4 && Math.min(even, odd) === 0 && Math.max(even, odd) > head.length / 8;
}

function breaks(record: string[]): number {
  return record.join('').match(/\n/g)?.length ?? 0;
}

/** A text that `writeCsv` guarded from being taken for a formula. */
function unguarded(cell: string): string {
  return /^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell;
}
