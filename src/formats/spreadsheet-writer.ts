/**
 * A workbook to be filled in: header in colour and frozen, widths, drop-down lists. Written with write-excel-file; equal content gives equal bytes.
 *
 *     await writeSpreadsheet([{ name: 'Staff', columns: [{ title: 'Year', width: 8 }], rows: [[2024]] }])
 */
import type { Stream } from 'node:stream';
import { unzipSync, zipSync } from 'fflate';
import writeXlsxFile, { type Cell, type Feature, type SheetData } from 'write-excel-file/node';
import { letterOf } from './spreadsheet-cells.ts';

export interface WrittenColumn {
  title: string;
  /** In characters. */
  width: number;
  /** A colour that says what sort of column it is. */
  tone?: 'required' | 'optional' | 'extra';
  /** What may be chosen from a list; other words may still be typed. */
  choices?: string[];
  wrap?: boolean;
}

export interface WrittenSheet {
  name: string;
  columns: WrittenColumn[];
  rows: (string | number | null)[][];
}

/** Rows below the header for which lists are offered. */
const LISTED_ROWS = 2000;

const TONES = { required: '#1F6F54', optional: '#4F7F9F', extra: '#808080' } as const;

/**
 * @param lists name of the last sheet, on which the choices of drop-down lists stand
 * @returns the bytes of an .xlsx file
 */
export async function writeSpreadsheet(sheets: WrittenSheet[], lists: string): Promise<Uint8Array<ArrayBuffer>> {
  const offered = sheets.flatMap((sheet) => sheet.columns.flatMap(({ choices }) => (choices === undefined ? [] : [choices])));
  const written = [...sheets.map(contentOf), ...(offered.length === 0 ? [] : [listsOf(offered, lists)])];
  let next = 0;
  const features = [
    listFeature((sheet) =>
      (sheets[sheet]?.columns ?? []).flatMap(({ choices }, column) => {
        if (choices === undefined) return [];
        const letter = letterOf(next++);
        return [{ column, range: `'${lists.replaceAll("'", "''")}'!$${letter}$1:$${letter}$${choices.length}` }];
      }),
    ),
  ];
  const bytes = await writeXlsxFile(written, { features }).toBuffer();
  return repacked(bytes);
}

function contentOf({ name, columns, rows }: WrittenSheet) {
  const head = columns.map(
    ({ title, tone = 'optional' }): Cell => ({
      value: title,
      fontWeight: 'bold',
      textColor: '#FFFFFF',
      backgroundColor: TONES[tone],
      wrap: true,
      alignVertical: 'center',
    }),
  );
  const body = rows.map((row) =>
    row.map(
      (value, i): Cell => (value === null ? null : { value, alignVertical: 'top', ...(columns[i]?.wrap ? { wrap: true } : {}) }),
    ),
  );
  return {
    data: [head, ...body] as SheetData,
    sheet: name,
    columns: columns.map(({ width }) => ({ width })),
    stickyRowsCount: 1,
  };
}

function listsOf(offered: string[][], sheet: string) {
  const longest = Math.max(...offered.map(({ length }) => length));
  const data = Array.from({ length: longest }, (_, r) =>
    offered.map((choices): Cell => (choices[r] === undefined ? null : { value: choices[r] })),
  );
  return { data: data as SheetData, sheet, columns: offered.map(() => ({ width: 24 })) };
}

/** Data validation of type `list`, which warns but does not forbid. ECMA-376 part 1, 18.3.1.32. */
function listFeature(of: (sheet: number) => { column: number; range: string }[]): Feature<Stream | Buffer | Blob> {
  return {
    files: {
      transform: {
        'xl/worksheets/sheet{id}.xml': {
          transform: (xml, _, { sheetIndex }) => {
            const rules = of(sheetIndex).map(({ column, range }) => {
              const cells = `${letterOf(column)}2:${letterOf(column)}${LISTED_ROWS}`;
              return `<dataValidation type="list" errorStyle="information" allowBlank="1" showErrorMessage="0" sqref="${cells}"><formula1>${escaped(range)}</formula1></dataValidation>`;
            });
            if (rules.length === 0) return xml;
            return xml.replace(
              '</sheetData>',
              `</sheetData><dataValidations count="${rules.length}">${rules.join('')}</dataValidations>`,
            );
          },
        },
      },
    },
  };
}

/** The same parts in an archive without the time of writing. */
function repacked(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const parts = unzipSync(bytes);
  const sorted = Object.fromEntries(Object.keys(parts).map((name) => [name, parts[name] as Uint8Array]));
  return zipSync(sorted, { mtime: new Date(1980, 0, 1) }) as Uint8Array<ArrayBuffer>;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
