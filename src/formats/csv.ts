/**
 * CSV (RFC 4180) in and out.
 *
 *     const { header, rows } = readCsv(file);   // rows: { line: 2, values: { id: 'core', … } }[]
 */
import { parse } from 'csv-parse/sync';
import { Problem } from '../problems.ts';
import type { SourceFile } from './source-node.ts';

export interface CsvRow {
  /** Line of the file where the row begins, 1 for the header. */
  line: number;
  values: Record<string, string>;
}

export interface CsvTable {
  header: string[];
  rows: CsvRow[];
}

/**
 * The rows of a CSV file in UTF-8, with or without a byte order mark, separated by comma, semicolon or tab.
 * @throws Problem `text-encoding`, `table-empty`, `table-header-twice` or `table-broken`, with file and line.
 */
export function readCsv(file: Pick<SourceFile, 'name' | 'bytes'>): CsvTable {
  const text = decodeUtf8(file);
  const titles = /^.*\S.*$/m.exec(text)?.[0] ?? '';
  // a semicolon parts titles that have a comma in them: "Год;Уровень, м"
  const [delimiter = ','] = [';', '\t', ',']
    .filter((mark) => titles.includes(mark))
    .sort((a, b) => titles.split(b).length - titles.split(a).length);
  let records: { record: string[]; info: { lines: number } }[];
  try {
    records = parse(text, { delimiter, info: true, skipEmptyLines: true }) as unknown as typeof records;
  } catch (error) {
    const { lines } = error as { lines?: number };
    throw new Problem(
      'table-broken',
      { file: file.name, line: String(lines ?? '?'), found: (error as Error).message },
      { cause: error },
    );
  }
  const header = records[0]?.record.map((name) => name.trim());
  if (header === undefined) throw new Problem('table-empty', { file: file.name });
  const twice = header.find((name, i) => header.indexOf(name) !== i);
  if (twice !== undefined) throw new Problem('table-header-twice', { file: file.name, field: twice });
  const rows = records.slice(1).map(({ record, info }) => ({
    line: info.lines - (record.join('').match(/\n/g)?.length ?? 0),
    values: Object.fromEntries(header.map((name, i) => [name, (record[i] ?? '').trim()])),
  }));
  return { header, rows };
}

/**
 * Text of `file` as UTF-8, without its byte order mark.
 * @throws Problem `text-encoding` with the place of the first byte that is not UTF-8.
 */
export function decodeUtf8(file: Pick<SourceFile, 'name' | 'bytes'>): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(file.bytes);
  } catch (error) {
    throw new Problem('text-encoding', { file: file.name, line: String(lineOfBadByte(file.bytes)) }, { cause: error });
  }
}

function lineOfBadByte(bytes: Uint8Array): number {
  const text = new TextDecoder('utf-8').decode(bytes);
  return text.slice(0, text.indexOf('\uFFFD')).split('\n').length;
}

/** `rows` as RFC 4180 text; a cell that a spreadsheet would take for a formula is written as text. */
export function writeCsv(header: string[], rows: (string | number | boolean | null)[][]): string {
  return `${[header, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

function cell(value: string | number | boolean | null): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value; // OWASP: CSV injection
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
