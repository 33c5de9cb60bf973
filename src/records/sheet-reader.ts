/** What the rows of a sheet are read with: its columns by sort, how their cells are to be read, values that no column gives. */
import { letterOf, type Sheet } from '../formats/spreadsheet-cells.ts';
import type { FieldValue, Id } from '../types.ts';
import type { Choice, RecordField, RecordKind } from './catalogue.ts';
import { choiceIn, choicesOf } from './choices.ts';
import { isTotalWord } from './columns.ts';
import type { ByHand, Column, Header } from './header.ts';
import { decimalMark } from './numbers.ts';
import { type GivenValue, type SheetReading, toldFields, type Values } from './reading.ts';
import type { ValueContext } from './values.ts';

export interface SheetOptions {
  themes?: readonly Choice[];
  byHand?: ByHand;
  /** Values for fields that have no column. */
  set?: Values;
  /** Headers that are known and of no use, in plain words. */
  extras?: ReadonlySet<string>;
}

/** What the rows of one sheet are read with. */
export interface Reader {
  kind: RecordKind;
  fields: Map<Id, RecordField>;
  header: Header;
  /** Columns that hold for all records of a row, and those of each record: years or classes beside one another. */
  shared: Column[];
  groups: Column[][];
  contexts: Map<number, ValueContext>;
  given: GivenValue[];
  unit: SheetReading['unit'];
  /** Notes a text that was taken for a choice by a part of it. */
  loosely(field: Id, found: string, value: FieldValue): void;
}

/** Everything that the rows of `sheet` are read with but what is noted on the way. */
export function readerOf(
  sheet: Sheet,
  kind: RecordKind,
  header: Header,
  { themes = [], set = {} }: SheetOptions,
): Omit<Reader, 'loosely'> {
  const fields = new Map(kind.fields.map((field) => [field.id, field]));
  const byFixed = Map.groupBy(header.understood, ({ fixed }) => JSON.stringify(Object.entries(fixed).sort()));
  const groups = [...byFixed].filter(([fixed]) => fixed !== '[]').map(([, columns]) => columns);
  const measured = new Set(groups.flat().map(({ field }) => field));
  const plainColumns = byFixed.get('[]') ?? [];
  const sums = plainColumns.filter(({ field }) => measured.has(field));
  for (const { index, letter, title, field } of sums) header.ignored.push({ index, letter, title, why: 'sum', fields: [field] });
  header.understood = header.understood.filter((column) => !sums.includes(column));
  const shared = plainColumns.filter((column) => !sums.includes(column));
  const unit = header.unit !== null && kind.fields.some(({ type }) => type === 'currency') ? header.unit : null;
  return {
    kind,
    fields,
    header,
    shared,
    groups,
    contexts: contextsOf(sheet, header, { themes, unit, fields }),
    given: givenOf(sheet, kind, header, set),
    unit,
  };
}

/** How the cells of each column are read: numbers with the decimal mark and the factor that the column or the sheet tells. */
function contextsOf(
  sheet: Sheet,
  header: Header,
  { themes, unit, fields }: { themes: readonly Choice[]; unit: SheetReading['unit']; fields: Map<Id, RecordField> },
): Map<number, ValueContext> {
  const numbersIn = (index: number): string[] => textsBelow(sheet, header, index).filter((text) => /\d/.test(text));
  const isNumeric = (field: Id): boolean => ['number', 'integer'].includes(fields.get(field)?.type ?? '');
  const whole = decimalMark(header.understood.flatMap(({ index, field }) => (isNumeric(field) ? numbersIn(index) : [])));
  return new Map(
    header.understood.map(({ index, field, factor, currency }): [number, ValueContext] => {
      const shared = { themes, since1904: sheet.since1904 };
      if (!isNumeric(field)) return [index, { ...shared, decimal: null, factor: 1 }];
      const texts = numbersIn(index);
      const money = fields.get(field)?.type === 'number' && fields.has('currency');
      const bare = money && factor === 1 && currency === null;
      const decimal = decimalMark(texts) ?? whole ?? degreesMark(field, texts);
      return [index, { ...shared, decimal, factor: bare ? (unit?.factor ?? 1) : factor }];
    }),
  );
}

/** Degrees have no thousands: whatever mark stands in them is the decimal one. */
function degreesMark(field: Id, texts: readonly string[]): ',' | '.' | null {
  if (field !== 'latitude' && field !== 'longitude') return null;
  return texts.some((text) => text.includes(',')) ? ',' : '.';
}

/** Values for fields without a column: by hand, or the one year that the titles or the sheet's name tell. */
function givenOf(sheet: Sheet, kind: RecordKind, header: Header, set: Values): GivenValue[] {
  const told = toldFields(header.understood);
  const given = Object.entries(set).flatMap(([field, value]): GivenValue[] =>
    told.has(field) ? [] : [{ field, value, from: 'set', rows: 0 }],
  );
  const needsYear = kind.fields.some(({ id, type, required }) => id === 'year' && type === 'year' && required);
  if (!needsYear || told.has('year') || 'year' in set) return given;
  const yearsOf = (text: string): string[] => text.match(/(?<!\d)(?:19|20)\d{2}(?!\d)/g) ?? [];
  const above = sheet.rows
    .slice(0, header.start)
    .flatMap(({ cells }) => cells.filter(({ merged }) => merged === null || merged.first));
  for (const [from, texts] of [
    ['title', above.map(({ text }) => text)],
    ['sheet', [sheet.name]],
  ] as const) {
    const years = new Set(texts.flatMap(yearsOf));
    if (years.size === 1) return [...given, { field: 'year', value: Number([...years][0]), from, rows: 0 }];
    if (years.size > 1) return given;
  }
  return given;
}

/** Columns without a name of ours whose cells hold the choices of a required field that no column gives, one for each. */
export function byContent(sheet: Sheet, header: Header, kind: RecordKind): void {
  const told = toldFields(header.understood);
  const open = kind.fields.filter(
    ({ id, type, required }) => required && (type === 'choice' || type === 'zone') && !told.has(id),
  );
  for (const field of open) {
    const index = columnHolding(field, sheet, header);
    if (index === null) continue;
    const before = header.ignored.find((column) => column.index === index);
    header.ignored = header.ignored.filter((column) => column !== before);
    header.understood.push({
      index,
      letter: letterOf(index),
      title: before?.title ?? '',
      field: field.id,
      how: 'content',
      fixed: {},
      factor: 1,
      currency: null,
    });
  }
}

/** The only column that is not understood whose texts are choices of `field`, most of them; `null` where none or several. */
function columnHolding(field: RecordField, sheet: Sheet, header: Header): number | null {
  const width = Math.max(0, ...sheet.rows.map(({ cells }) => cells.length));
  const fitting = Array.from({ length: width }, (_, index) => index).filter((index) => {
    if (header.understood.some((column) => column.index === index)) return false;
    const texts = textsBelow(sheet, header, index).filter((text) => !isTotalWord(text));
    const named = texts.filter((text) => choiceIn(text, choicesOf(field)) !== null);
    return texts.length > 0 && named.length >= 0.6 * texts.length;
  });
  return fitting.length === 1 ? (fitting[0] ?? null) : null;
}

/** The texts of a column below its header. */
function textsBelow(sheet: Sheet, header: Header, index: number): string[] {
  return sheet.rows.slice(header.end).flatMap(({ cells }) => (cells[index]?.kind === 'text' ? [cells[index].text] : []));
}
