/**
 * Workbooks of Excel and LibreOffice as sheets of cells, read with SheetJS.
 */
import { CFB, type ParsingOptions, read, SSF } from '@e965/xlsx';
import { zipSync } from 'fflate';
import { Problem } from '../problems.ts';
import {
  type Cell,
  checkSize,
  dropEmptyEnd,
  EMPTY,
  MOST_ROWS,
  type Sheet,
  type SheetFile,
  type SheetRow,
  type Spreadsheet,
} from './spreadsheet-cells.ts';
import { serialDate } from './spreadsheet-date.ts';
import { hiddenParts } from './spreadsheet-ods.ts';

interface RawCell {
  t: string;
  v?: unknown;
  w?: string;
  z?: string;
  f?: string;
}
interface Range {
  s: { r: number; c: number };
  e: { r: number; c: number };
}
type Dense = { '!data'?: (RawCell | undefined)[][]; '!merges'?: Range[]; '!rows'?: ({ hidden?: boolean } | undefined)[] };

/** One row more than is read, so that a longer sheet is told from one that just fits. */
const OPTIONS: ParsingOptions = {
  type: 'array',
  sheetRows: MOST_ROWS + 1,
  dense: true,
  cellNF: true,
  cellStyles: true,
  cellFormula: true,
  cellHTML: false,
  cellText: true,
};

/** A workbook from parts that were unpacked and measured: handed over stored, not deflated. */
export function readParts(file: SheetFile, parts: Record<string, Uint8Array>, format: 'xlsx' | 'ods'): Spreadsheet {
  if (format === 'xlsx') return spreadsheetOf(file, () => stored(parts), format);
  const text = (name: string): string => new TextDecoder().decode(parts[name] ?? new Uint8Array());
  // formats by condition say nothing about values, and the reader complains of them
  const plain = (name: string): Uint8Array => new TextEncoder().encode(text(name).replace(/<style:map\b[^>]*\/>/g, ''));
  const bare = {
    ...parts,
    'content.xml': plain('content.xml'),
    ...('styles.xml' in parts ? { 'styles.xml': plain('styles.xml') } : {}),
  };
  const { sheets } = spreadsheetOf(file, () => stored(bare), format);
  const hidden = guarded(file, () => hiddenParts(text('content.xml')));
  return {
    format,
    sheets: sheets.map((sheet, i) => ({
      ...sheet,
      hidden: hidden[i]?.hidden ?? false,
      rows: sheet.rows.map((row) => ({ ...row, hidden: hidden[i]?.rows.has(row.number - 1) ?? false })),
    })),
  };
}

function stored(parts: Record<string, Uint8Array>): Uint8Array {
  return zipSync(parts, { level: 0, mtime: new Date(1980, 0, 1) });
}

/**
 * A workbook of Excel 97-2003.
 * @throws Problem `sheet-locked`, `sheet-not-one`, `sheet-damaged`.
 */
export function readOldWorkbook(file: SheetFile): Spreadsheet {
  let streams: string[];
  try {
    streams = CFB.read(file.bytes as Uint8Array & number[], { type: 'array' }).FullPaths.map((path: string) =>
      path.replace(/^.*\//, ''),
    );
  } catch (error) {
    throw new Problem('sheet-damaged', { file: file.name, found: (error as Error).message }, { cause: error });
  }
  const has = (...names: string[]): boolean => names.some((name) => streams.includes(name));
  if (has('EncryptedPackage')) throw new Problem('sheet-locked', { file: file.name });
  if (!has('Workbook', 'Book', 'WORKBOOK', 'BOOK')) {
    const found = has('WordDocument')
      ? 'Word (.doc)'
      : has('PowerPoint Document')
        ? 'PowerPoint (.ppt)'
        : 'Microsoft Office 97–2003';
    throw new Problem('sheet-not-one', { file: file.name, found });
  }
  return spreadsheetOf(file, () => file.bytes, 'xls');
}

/** Whatever a reader stumbles over is damage of the file. */
function guarded<Result>(file: SheetFile, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    const { message } = error as Error;
    if (/password|encrypt/i.test(message)) throw new Problem('sheet-locked', { file: file.name }, { cause: error });
    throw new Problem('sheet-damaged', { file: file.name, found: message }, { cause: error });
  }
}

function spreadsheetOf(file: SheetFile, bytes: () => Uint8Array, format: Spreadsheet['format']): Spreadsheet {
  const book = guarded(file, () => read(bytes(), OPTIONS));
  const since1904 = book.Workbook?.WBProps?.date1904 === true && format !== 'ods';
  const sheets = book.SheetNames.map((name, i) => {
    const sheet = book.Sheets[name];
    const hidden = (book.Workbook?.Sheets?.[i]?.Hidden ?? 0) !== 0;
    return {
      name,
      hidden,
      rows: sheet === undefined ? [] : rowsOf(file, sheet as unknown as Dense, since1904),
      since1904,
    } satisfies Sheet;
  });
  if (sheets.length === 0) throw new Problem('sheet-damaged', { file: file.name, found: '0' });
  return { format, sheets };
}

function rowsOf(file: SheetFile, sheet: Dense, since1904: boolean): SheetRow[] {
  const data = sheet['!data'] ?? [];
  const width =
    data.reduce((most, row) => Math.max(most, row?.findLastIndex((cell) => cell !== undefined && isFilled(cell)) ?? -1), -1) + 1;
  checkSize(file, data.length, width);
  const rows = Array.from({ length: data.length }, (_, r): SheetRow => {
    const raw = data[r];
    return {
      number: r + 1,
      hidden: sheet['!rows']?.[r]?.hidden === true,
      cells: Array.from({ length: width }, (_, c) => cellOf(raw?.[c], since1904)),
    };
  });
  for (const range of sheet['!merges'] ?? []) spread(rows, range);
  dropEmptyEnd(rows);
  return rows;
}

function isFilled({ t, v, f }: RawCell): boolean {
  return (t !== 'z' && v !== undefined && v !== null && v !== '') || f !== undefined;
}

function cellOf(raw: RawCell | undefined, since1904: boolean): Cell {
  if (raw === undefined || !isFilled(raw)) return EMPTY;
  const { t, v, w, z = 'General', f } = raw;
  const shown = (w ?? String(v ?? '')).trim();
  if (v === undefined || v === null || t === 'z')
    return { kind: 'error', value: `=${f ?? ''}`, text: `=${f ?? ''}`, merged: null };
  if (t === 'e') return { kind: 'error', value: shown, text: shown, merged: null };
  if (t === 'b') return { kind: 'boolean', value: v === true, text: shown, merged: null };
  if (t === 'd') return dateCell(isoDay(v as Date), shown);
  if (t !== 'n') return String(v).trim() === '' ? EMPTY : { kind: 'text', value: String(v), text: String(v), merged: null };
  const iso = SSF.is_date(z) ? serialDate(Number(v), z, since1904) : null;
  if (iso !== null) return dateCell(iso, shown);
  if (SSF.is_date(z)) return { kind: 'text', value: shown, text: shown, merged: null }; // a time of day
  return { kind: 'number', value: Number(v), text: shown, merged: null };
}

function dateCell(iso: string, shown: string): Cell {
  return { kind: 'date', value: iso, text: shown === '' || /^\d+(\.\d+)?$/.test(shown) ? iso : shown, merged: null };
}

function isoDay(date: Date): string {
  return date.toISOString().slice(0, 10);
}

/** The value of a merged range in all of its cells, as far as the sheet reaches. */
function spread(rows: SheetRow[], { s, e }: Range): void {
  const first = rows[s.r]?.cells[s.c];
  if (first === undefined || (s.r === e.r && s.c === e.c)) return;
  const size = { rows: e.r - s.r + 1, columns: e.c - s.c + 1 };
  for (let r = s.r; r <= Math.min(e.r, rows.length - 1); r++) {
    const cells = rows[r]?.cells ?? [];
    for (let c = s.c; c <= Math.min(e.c, cells.length - 1); c++)
      cells[c] = { ...first, merged: { ...size, first: r === s.r && c === s.c } };
  }
}
