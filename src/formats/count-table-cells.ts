/** What a cell of a table of counts says: a year, a number, or nothing. */
import type { RecordFlag } from '../life-types.ts';
import { wholeNumber } from './darwin-core-record.ts';
import type { Cell } from './spreadsheet-cells.ts';

const NOTHING = /^([-–—.]|н\/д|нет данных|n\/?a|nd|жоқ|yok)$/iu;

/** A year that stands alone, or behind or before its word. */
export function yearOf(text: string): number | null {
  const found = /^(?:год\s*)?(1[89]\d\d|20\d\d)\s*(?:г\.?|год[ау]?|ж\.?|жыл)?$/iu.exec(text.trim());
  return found === null ? null : Number(found[1]);
}

/** Individuals in a cell; `null` and no fault where nobody counted, or something was seen without counting ("+"). */
export function countOf(cell: Cell | undefined, flags: RecordFlag[], wrong: () => void): number | null {
  const text = cell?.text.replace(/(?<=\d)[\s\u00a0](?=\d{3}\b)/g, '').trim() ?? '';
  if (text === '' || NOTHING.test(text) || /^[+xх]+$/iu.test(text)) return null;
  if (cell?.kind === 'number' && Number.isInteger(cell.value)) return cell.value as number;
  const count = wholeNumber(text, flags);
  if (count === null) wrong();
  return count;
}
