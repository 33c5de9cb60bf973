/** What a row below the header is: a record, a total, a heading inside the table, the header once more, a note, nothing. */
import type { Cell, SheetRow } from '../formats/spreadsheet.ts';
import { isTotalWord } from './columns.ts';
import type { UnderstoodColumn } from './reading.ts';
import { plain } from './words.ts';

export type RowKind =
  | { kind: 'data' }
  | { kind: 'heading'; text: string; index: number; merged: boolean }
  | { kind: 'total' | 'header' | 'numbering' | 'note' | 'part' | 'empty'; text: string };

const NOTE =
  /^(\*|†|‡|[¹²³⁴⁵]|прим\.|примечани|ескерт|note[s:]|not:|dipnot|источник данных|составил|исполнитель|руководитель ____|директор\s*_+|м\.п\.)/iu;
const PART =
  /^(из них|из общего|в т\.? ?ч\.?|в том числе|оның ішінде|соның ішінде|of which|of whom|of them|including|incl\.|bunların|bunlardan)(?![\p{L}])/iu;

/** Words of a total's label beyond which it is a sentence. */
const LONGEST_TOTAL = 8;

/**
 * @param titles what stands above the columns that are understood
 * @param first whether it is the row below the header
 */
export function rowKind(
  row: SheetRow,
  { titles, columns, first }: { titles: string[]; columns: readonly (UnderstoodColumn & { index: number })[]; first: boolean },
): RowKind {
  const filled = row.cells.map((cell, index) => ({ cell, index })).filter(({ cell }) => cell.kind !== 'empty');
  const [start] = filled;
  if (start === undefined) return { kind: 'empty', text: '' };
  const texts = filled.filter(({ cell }) => cell.kind === 'text' && /\p{L}/u.test(cell.text));
  const label = texts[0]?.cell.text.trim() ?? '';
  if (isNumbering(filled.map(({ cell }) => cell)) && first) return { kind: 'numbering', text: start.cell.text };
  if (
    isHeader(
      filled.map(({ cell }) => cell),
      titles,
    )
  )
    return { kind: 'header', text: label };
  if (NOTE.test(label) && texts.length === filled.length) return { kind: 'note', text: label };
  const distinct = new Set(filled.map(({ cell }) => plain(cell.text) || cell.text.trim()));
  const figures = filled.some(({ cell }) => cell.kind === 'number' || /^[\d\s.,]+$/.test(cell.text.trim()));
  if (texts[0] !== undefined && isTotal(label, filled.length, figures)) return { kind: 'total', text: label };
  if (PART.test(label) && columns.some(({ index, field }) => index !== texts[0]?.index || field !== 'title'))
    return { kind: 'part', text: label };
  if (distinct.size === 1 && texts.length === filled.length) {
    const merged = (start.cell.merged?.columns ?? 1) > 1;
    const signature = /_{3,}/.test(label);
    return signature ? { kind: 'note', text: label } : { kind: 'heading', text: label, index: start.index, merged };
  }
  return { kind: 'data' };
}

function isTotal(label: string, filled: number, figures: boolean): boolean {
  return isTotalWord(label) && plain(label).split(' ').length <= LONGEST_TOTAL && (figures || filled === 1);
}

/** `1 2 3 4`, also `А Б 1 2`, as printed forms number their columns. */
function isNumbering(cells: readonly Cell[]): boolean {
  const texts = [...new Set(cells.map(({ text }) => text.trim()))].filter((text) => !/^[АБВГABC]$/.test(text));
  const numbers = texts.map(Number);
  return cells.length >= 3 && numbers.length >= 2 && numbers.every((number, i) => number === i + 1 || number === i + 2);
}

/** Most of its cells say what stands above them in the header. */
function isHeader(cells: readonly Cell[], titles: string[]): boolean {
  const known = new Set(titles.flatMap((title) => title.split(' | ')).map(plain));
  const said = cells.filter(({ kind, text }) => kind === 'text' && known.has(plain(text))).length;
  return said >= 2 && said >= 0.6 * cells.length;
}
