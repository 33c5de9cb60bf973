/**
 * Tables of counts and of records whatever program keeps them: text, or the sheets of .xlsx, .xls and .ods that have the columns.
 *
 *     const { tables, left } = await readSheetTables(readSource('birds.xlsx'), (header) => header.includes('site'));
 *     tables[0]   // { name: 'birds.xlsx/2024', sheet: '2024', header: ['site', …], rows: [{ line: 5, values: { … } }, …] }
 *
 * Above the row that names the columns there may be titles. What stands in a cell that is merged over several rows holds for all of them, but for amounts.
 */
import { Problem } from '../problems.ts';
import { type CsvRow, type CsvTable, readCsv } from './csv.ts';
import { readSpreadsheet } from './spreadsheet.ts';
import type { Cell, Sheet, SheetFile, SheetRow } from './spreadsheet-cells.ts';

export interface SheetTable extends CsvTable {
  /** The file, with the sheet where there are sheets: for what is told of it. */
  name: string;
  /** Empty for text. */
  sheet: string;
}

export interface SheetTables {
  tables: SheetTable[];
  /** Sheets that were not read, and why. */
  left: { sheet: string; because: 'hidden' | 'columns' }[];
}

/** How zip archives (.xlsx, .ods) and old Excel files begin. */
const WORKBOOKS: readonly string[] = ['PK\x03\x04', 'PK\x05\x06', '\xD0\xCF\x11\xE0'];

/** Rows among which the one is looked for that names the columns. */
const HEADER_WITHIN = 15;

type Fits = (header: readonly string[]) => boolean;
/** Whether a column holds amounts: one that is merged over rows is one amount, and of which row nobody can tell. */
type Amounts = (title: string) => boolean;

/**
 * The tables whose columns fit; where none does, the first that can be seen, so that what is missing can be told.
 * @throws Problem `table-empty`, `table-header-twice`; those of `readCsv` and `readSpreadsheet`
 */
export async function readSheetTables(file: SheetFile, fits: Fits, amounts: Amounts = () => false): Promise<SheetTables> {
  const text = textTable(file);
  if (text !== null) return { tables: [text], left: [] };
  const { sheets } = await readSpreadsheet(file);
  const left: SheetTables['left'] = [];
  const filled = sheets.filter((sheet) => sheet.rows.some(isFilled));
  const tables = filled.flatMap((sheet): SheetTable[] => {
    const table = sheet.hidden ? null : tableOf(sheet, file, fits, amounts);
    if (table === null) left.push({ sheet: sheet.name, because: sheet.hidden ? 'hidden' : 'columns' });
    return table === null ? [] : [table];
  });
  if (tables.length > 0) return { tables, left };
  const first = filled.find(({ hidden }) => !hidden) ?? filled[0];
  const table = first === undefined ? null : tableOf(first, file, () => true, amounts);
  if (table === null) throw new Problem('table-empty', { file: file.name });
  return { tables: [table], left };
}

/** A table as UTF-8 text; `null` for a workbook, and for text in another encoding, which the reader of spreadsheets guesses. */
function textTable(file: SheetFile): SheetTable | null {
  if (WORKBOOKS.includes(String.fromCharCode(...file.bytes.subarray(0, 4)))) return null;
  try {
    return { ...readCsv(file), name: file.name, sheet: '' };
  } catch (error) {
    if (error instanceof Problem && error.code === 'text-encoding') return null;
    throw error;
  }
}

function tableOf(sheet: Sheet, file: SheetFile, fits: Fits, amounts: Amounts): SheetTable | null {
  const name = sheet.name === '' ? file.name : `${file.name}/${sheet.name}`;
  const rows = sheet.rows.filter(isFilled);
  const at = rows.slice(0, HEADER_WITHIN).findIndex((row) => fits(headerOf(row)));
  const first = rows[at];
  if (first === undefined) return null;
  const header = headerOf(first);
  const twice = header.find((title, i) => title !== '' && header.indexOf(title) !== i);
  if (twice !== undefined) throw new Problem('table-header-twice', { file: name, field: twice });
  return { name, sheet: sheet.name, header, rows: rows.slice(at + 1).map((row) => rowOf(header, row, amounts)) };
}

const isFilled = ({ cells }: SheetRow): boolean => cells.some(({ kind }) => kind !== 'empty');

function headerOf({ cells }: SheetRow): string[] {
  const header = cells.map((cell) => textOf(cell).replace(/^\uFEFF/, ''));
  while (header.at(-1) === '') header.pop();
  return header;
}

function rowOf(header: readonly string[], { number, cells }: SheetRow, amounts: Amounts): CsvRow {
  const values = header.map((title, i): [string, string] => {
    const cell = cells[i];
    const below = cell !== undefined && cell.kind !== 'empty' && cell.merged !== null && !cell.merged.first;
    return [title, below && amounts(title) ? `${textOf(cell)} ↕` : textOf(cell)];
  });
  return { line: number, values: Object.fromEntries(values) };
}

/** Numbers and days without the dress of their program. */
function textOf(cell: Cell | undefined): string {
  if (cell === undefined || cell.kind === 'empty' || cell.value === null) return '';
  return cell.kind === 'error' ? cell.text : String(cell.value).trim();
}
