/** What a row below the header is: a record, a total, a heading inside the table, the header once more, a note, nothing. */
import type { Cell, SheetRow } from '../formats/spreadsheet-cells.ts';
import { isTotalWord } from './columns.ts';
import type { Column } from './header.ts';
import { plain } from './words.ts';

type RowKind =
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
  { titles, columns, first }: { titles: string[]; columns: readonly Column[]; first: boolean },
): RowKind {
  const filled = row.cells.filter(({ kind }) => kind !== 'empty');
  const [start] = filled;
  if (start === undefined) return { kind: 'empty', text: '' };
  const texts = filled.filter(({ kind, text }) => kind === 'text' && /\p{L}/u.test(text));
  const [named] = texts;
  const label = named?.text.trim() ?? '';
  if (first && isNumbering(filled)) return { kind: 'numbering', text: start.text };
  if (isHeader(filled, titles)) return { kind: 'header', text: label };
  if (NOTE.test(label) && texts.length === filled.length) return { kind: 'note', text: label };
  if (named !== undefined && isTotal(label, filled)) return { kind: 'total', text: label };
  if (PART.test(label) && columns.some(({ index, field }) => row.cells[index] !== named || field !== 'title'))
    return { kind: 'part', text: label };
  const distinct = new Set(filled.map(({ text }) => plain(text) || text.trim()));
  if (distinct.size === 1 && texts.length === filled.length) {
    const merged = (start.merged?.columns ?? 1) > 1;
    const signature = /_{3,}/.test(label);
    return signature ? { kind: 'note', text: label } : { kind: 'heading', text: label, index: row.cells.indexOf(start), merged };
  }
  return { kind: 'data' };
}

function isTotal(label: string, filled: readonly Cell[]): boolean {
  const figures = filled.some(({ kind, text }) => kind === 'number' || /^[\d\s.,]+$/.test(text.trim()));
  return isTotalWord(label) && plain(label).split(' ').length <= LONGEST_TOTAL && (figures || filled.length === 1);
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
