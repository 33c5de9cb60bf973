/**
 * Sheets of cells from what people keep tables in: .xlsx, .xlsb, .xls, .ods, and text with separators. Told by content, never by name.
 *
 *     const { sheets } = await readSpreadsheet(readSource('staff.xlsx'));
 *     sheets[0].rows[6].cells[1]   // { kind: 'number', value: 12500.5, text: '12 500,50', merged: null }
 *
 * Nothing is computed: a formula has the value that its program left with it. What a cell means is not decided here.
 */
import { Problem } from '../problems.ts';
import { recognise } from './recognise.ts';
import type { SourceFile } from './source-node.ts';
import { readDelimited } from './spreadsheet-text.ts';
import { newBudget, readZip, unpack } from './zip.ts';

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
export const MOST_COLUMNS = 500;
/** What a workbook may unpack to [bytes]: its reader holds it several times over. */
export const LARGEST_WORKBOOK = 100_000_000;

export const EMPTY: Cell = { kind: 'empty', value: null, text: '', merged: null };

/**
 * The sheets of a file.
 * @throws Problem `sheet-empty`, `sheet-not-one`, `sheet-locked`, `sheet-damaged`, `sheet-too-large`, or one of `readZip` and `unpack`.
 */
export async function readSpreadsheet(file: SheetFile): Promise<Spreadsheet> {
  if (file.bytes.length === 0) throw new Problem('sheet-empty', { file: file.name });
  const start = String.fromCharCode(...file.bytes.subarray(0, 4));
  if (start === 'PK\x03\x04' || start === 'PK\x05\x06') return await readPacked(file);
  if (start === '\xD0\xCF\x11\xE0') return await (await import('./spreadsheet-workbook.ts')).readOldWorkbook(file);
  return { format: 'text', sheets: [readDelimited(checkText(file))] };
}

/** A workbook in a zip archive: its parts are unpacked and measured here, so that no bomb reaches the reader. */
async function readPacked(file: SheetFile): Promise<Spreadsheet> {
  const budget = { ...newBudget(), bytes: LARGEST_WORKBOOK };
  const { entries } = readZip(file, budget);
  const names = new Set(entries.map(({ name }) => name));
  const has = (pattern: RegExp): boolean => [...names].some((name) => pattern.test(name));
  const format = has(/^xl\/workbook\.(xml|bin)$/i) ? 'xlsx' : names.has('content.xml') ? 'ods' : null;
  if (format === null) {
    const found = has(/^word\//) ? 'Word (.docx)' : has(/^ppt\//) ? 'PowerPoint (.pptx)' : has(/^Index\//) ? 'Numbers' : 'ZIP';
    throw new Problem('sheet-not-one', { file: file.name, found });
  }
  const parts: Record<string, Uint8Array> = {};
  for (const entry of entries) if (!/\/media\//.test(entry.name)) parts[entry.name] = unpack(file, entry, budget);
  if (format === 'ods') checkOpenDocument(file, parts);
  return await (await import('./spreadsheet-workbook.ts')).readParts(file, parts, format);
}

function checkOpenDocument(file: SheetFile, parts: Record<string, Uint8Array>): void {
  const text = (name: string): string => new TextDecoder().decode(parts[name] ?? new Uint8Array());
  if (/encryption-data/.test(text('META-INF/manifest.xml'))) throw new Problem('sheet-locked', { file: file.name });
  const type = text('mimetype').trim();
  if (type !== '' && !type.includes('spreadsheet')) throw new Problem('sheet-not-one', { file: file.name, found: type });
}

/** Text goes on to be read; pictures, PDF, web pages named .xls and the like are told by what they are. */
function checkText(file: SheetFile): SheetFile {
  const { kind, found } = recognise(file.bytes.subarray(0, 4096));
  const head = new TextDecoder('latin1').decode(file.bytes.subarray(0, 512)).replaceAll('\0', '');
  const page = /^(?:\xEF\xBB\xBF|\xFF\xFE)?\s*<(!doctype|html|table|meta|\?xml)/i.test(head);
  if (page) throw new Problem('sheet-not-one', { file: file.name, found: 'HTML / XML' });
  const known = kind === 'geojson' || kind === 'kml' || kind === 'geopackage' || kind === 'shp' || kind === 'flatgeobuf';
  if (known) throw new Problem('sheet-not-one', { file: file.name, found });
  const wide = /^(\xFF\xFE|\xFE\xFF)/.test(head) || looksWide(file.bytes);
  const controls = file.bytes.subarray(0, 4096).filter((byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 27)).length;
  if (!wide && controls > 0) throw new Problem('sheet-not-one', { file: file.name, found });
  if (/^(%PDF|\{\\rtf)/.test(head)) throw new Problem('sheet-not-one', { file: file.name, found });
  return file;
}

/** UTF-16 without a byte order mark: every other byte of Latin letters, digits and separators is zero. */
export function looksWide(bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, 512);
  const zeros = [0, 1].map((odd) => head.filter((byte, i) => i % 2 === odd && byte === 0).length);
  const [even = 0, odd = 0] = zeros;
  return head.length >= 4 && Math.min(even, odd) === 0 && Math.max(even, odd) > head.length / 8;
}

/** A cell with text; empty where the text is blank. */
export function textCell(text: string): Cell {
  return text.trim() === '' ? EMPTY : { kind: 'text', value: text, text, merged: null };
}

/** The letters of a column, 0 for `A`. */
export function letterOf(column: number): string {
  const rest = Math.floor(column / 26) - 1;
  return `${rest >= 0 ? letterOf(rest) : ''}${String.fromCharCode(65 + (column % 26))}`;
}
