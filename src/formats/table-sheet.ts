/**
 * A table with named columns, whatever program kept it: the first visible sheet of .xlsx, .xls, .ods, or text with separators.
 *
 *     const { header, rows } = await readTableSheet(readSource('basins.xlsx'));   // rows: { line: 2, values: { basin: 'Irtysh', … } }[]
 *
 * The first row with anything in it names the columns, as for CSV (docs/tables.md). Sheets as offices keep them, with titles, totals
 * and words of their own, are what `records/` reads.
 */
import { Problem } from '../problems.ts';
import type { CsvRow, CsvTable } from './csv.ts';
import { readSpreadsheet } from './spreadsheet.ts';
import type { Cell, SheetFile, SheetRow } from './spreadsheet-cells.ts';

/** @throws Problem `table-empty`, `table-header-twice`; those of `readSpreadsheet`. */
export async function readTableSheet(file: SheetFile): Promise<CsvTable> {
  const { sheets } = await readSpreadsheet(file);
  const full =
    sheets.find((sheet) => !sheet.hidden && sheet.rows.some(isFilled)) ?? sheets.find(({ rows }) => rows.some(isFilled));
  const rows = full?.rows.filter(isFilled) ?? [];
  const [first, ...rest] = rows;
  if (first === undefined) throw new Problem('table-empty', { file: file.name });
  const header = first.cells.map((cell) => textOf(cell).replace(/^\uFEFF/, ''));
  while (header.at(-1) === '') header.pop();
  const twice = header.find((name, i) => name !== '' && header.indexOf(name) !== i);
  if (twice !== undefined) throw new Problem('table-header-twice', { file: file.name, field: twice });
  return { header, rows: rest.map((row) => rowOf(header, row)) };
}

const isFilled = ({ cells }: SheetRow): boolean => cells.some(({ kind }) => kind !== 'empty');

function rowOf(header: readonly string[], { number, cells }: SheetRow): CsvRow {
  return { line: number, values: Object.fromEntries(header.map((name, i) => [name, textOf(cells[i])])) };
}

/** Numbers and days without the dress of their program, truth as `yes` and `no`. */
function textOf(cell: Cell | undefined): string {
  if (cell === undefined || cell.kind === 'empty' || cell.value === null) return '';
  if (cell.kind === 'boolean') return cell.value === true ? 'yes' : 'no';
  return cell.kind === 'error' ? cell.text : String(cell.value).trim();
}
