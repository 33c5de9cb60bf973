/**
 * One record as it is typed into a form: read by the same rules as a row of a sheet.
 *
 *     typedValues({ year: 2024, category: 'rangers', total: '12' }, staff, { themes: [] })
 */
import { type Cell, EMPTY, textCell } from '../formats/spreadsheet-cells.ts';
import type { FieldValue, Id } from '../types.ts';
import type { Choice, RecordKind } from './catalogue.ts';
import { checkValues } from './consistency.ts';
import type { RefusedRow, SheetReading, Values } from './reading.ts';
import { readValue } from './values.ts';

/**
 * The values of a record, each read as its field asks; blanks are left out.
 * @param typed by field; `null` or an empty text is "not known"
 */
export function typedValues(
  typed: Readonly<Record<Id, FieldValue | null>>,
  kind: RecordKind,
  { themes }: { themes: readonly Choice[] },
): { values: Values; refused: RefusedRow[] } {
  const values: Values = {};
  const refused: RefusedRow[] = [];
  const refuse = (fault: Omit<RefusedRow, 'row'>): number => refused.push({ row: '', ...fault });
  for (const field of kind.fields) {
    const given = typed[field.id] ?? null;
    const read =
      given === null ? 'blank' : readValue(cellOf(given), field, { decimal: null, factor: 1, themes, since1904: false });
    if (read === 'blank') {
      if (field.required) {
        refuse({ field: field.id, reason: field.id === 'currency' ? 'currency-missing' : 'missing', found: '', details: {} });
      }
    } else if ('value' in read) values[field.id] = read.value;
    else refuse({ ...read, field: field.id });
  }
  if (refused.length === 0) for (const fault of checkValues(values, kind)) refuse(fault);
  return { values, refused };
}

/** A record as the reading of a sheet of one row, in which every field has a column. */
export function readingOf(values: Values, kind: RecordKind, row: string): SheetReading {
  return {
    sheet: '',
    understood: kind.fields.map(({ id }) => ({
      letter: '',
      title: '',
      field: id,
      how: 'same',
      fixed: {},
      factor: 1,
      currency: null,
    })),
    ignored: [],
    rows: [{ row, values }],
    refused: [],
    skipped: [],
    totals: [],
    given: [],
    loosely: [],
    hidden: 0,
    unit: null,
  };
}

function cellOf(given: FieldValue): Cell {
  if (typeof given === 'number') return { kind: 'number', value: given, text: String(given), merged: null };
  if (typeof given === 'boolean') return { kind: 'boolean', value: given, text: given ? '+' : '-', merged: null };
  const text = Array.isArray(given) ? given.join('; ') : given;
  return text.trim() === '' ? EMPTY : textCell(text);
}
