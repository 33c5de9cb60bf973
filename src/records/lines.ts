/**
 * The rows of a sheet below its header: which are records, which are totals, headings, notes, repetitions; and what each says.
 *
 *     const reading = readSheet(sheet, kind, { themes, set: { year: 2023 } });
 *     reading.rows      // [{ row: 'Лист1!7', values: { year: 2023, category: 'rangers', total: 12 } }]
 *     reading.refused   // [{ row: 'Лист1!9', field: 'category', found: 'Хор', … }]
 */
import type { Sheet, SheetRow } from '../formats/spreadsheet-cells.ts';
import type { Id } from '../types.ts';
import type { RecordField, RecordKind } from './catalogue.ts';
import { choiceIn, choicesOf } from './choices.ts';
import { yearIn } from './columns.ts';
import { checkValues } from './consistency.ts';
import { type Column, findHeader } from './header.ts';
import { type Fault, type LooseChoice, type SheetReading, type SkippedWhy, toldFields, type Values } from './reading.ts';
import { rowKind } from './row-kinds.ts';
import { byContent, type Reader, readerOf, type SheetOptions } from './sheet-reader.ts';
import { totalsCheck } from './totals.ts';
import { readValue, type ValueContext } from './values.ts';

/** What `sheet` says in the terms of `kind`; `null` where no header of that kind is found. */
export function readSheet(sheet: Sheet, kind: RecordKind, options: SheetOptions = {}): SheetReading | null {
  const header = findHeader(sheet, kind, options);
  if (header === null) return null;
  byContent(sheet, header, kind);
  const loosely = new Map<string, LooseChoice>();
  const reader: Reader = {
    ...readerOf(sheet, kind, header, options),
    loosely(field, found, value) {
      const key = `${field} ${found}`;
      const known = loosely.get(key) ?? { field, found, value, rows: 0 };
      loosely.set(key, { ...known, rows: known.rows + 1 });
    },
  };
  const columns = [...reader.shared, ...reader.groups.flat()].sort((a, b) => a.index - b.index);
  const reading: SheetReading = {
    sheet: sheet.name,
    understood: columns,
    ignored: header.ignored,
    rows: [],
    refused: [],
    skipped: [],
    totals: [],
    loosely: [],
    given: reader.given,
    hidden: sheet.rows.slice(header.end).filter(({ hidden, cells }) => hidden && cells.some((cell) => cell.kind !== 'empty'))
      .length,
    unit: reader.unit,
  };
  readRows(sheet, columns, { reader, reading });
  return { ...reading, loosely: [...loosely.values()] };
}

/** Puts each row below the header where it belongs: among the records, the refused, the skipped or the totals. */
function readRows(sheet: Sheet, columns: Column[], { reader, reading }: { reader: Reader; reading: SheetReading }): void {
  const { header, kind } = reader;
  const titles = header.understood.map(({ title }) => title);
  const totals = totalsCheck(columns, reader.contexts, reader.fields);
  const given = new Set([...toldFields(header.understood), ...reader.given.map(({ field }) => field)]);
  const open = kind.fields.filter(({ id }) => !given.has(id));
  let carried: Values = {};
  let above: SheetRow | null = null;
  for (const [i, row] of sheet.rows.slice(header.end).entries()) {
    const name = rowName(sheet, row);
    const skip = (why: SkippedWhy, text: string): number => reading.skipped.push({ row: name, why, text });
    const found = rowKind(row, { titles, columns: header.understood, first: i === 0 });
    if (found.kind === 'total') {
      skip('total', found.text);
      reading.totals.push(...totals.check(row, name));
    } else if (found.kind === 'heading' && !isWhole(found, reader, carried)) {
      const named = headingValues(found.text, open);
      carried = named === null ? {} : { ...carried, ...named };
      totals.newBlock();
      skip(named === null ? 'section-unknown' : 'section', found.text);
    } else if (found.kind !== 'data' && found.kind !== 'heading') skip(found.kind, found.text);
    else {
      const full = withDittos(row, above, columns);
      totals.add(full);
      readRow(full, name, { reader, reading, carried });
      above = full;
    }
  }
}

/** The records of one row: one, or one for each year or class that stands beside it. */
function readRow(
  row: SheetRow,
  name: string,
  { reader, reading, carried }: { reader: Reader; reading: SheetReading; carried: Values },
): void {
  const groups = reader.groups.length === 0 ? [[]] : reader.groups;
  const before = reading.rows.length + reading.refused.length;
  for (const group of groups) {
    if (group.length > 0 && group.every(({ index }) => isBlank(row, index, reader))) continue; // nothing stands there for that year
    const record = recordOf(row, [...reader.shared, ...group], { reader, carried });
    if (record.blank) continue;
    const faults = record.faults.length > 0 ? record.faults : checkValues(record.values, reader.kind);
    if (faults.length > 0) reading.refused.push(...faults.map((fault) => ({ ...fault, row: name })));
    else reading.rows.push({ row: name, values: record.values });
    for (const given of reader.given) given.rows += 1;
  }
  if (reading.rows.length + reading.refused.length === before)
    reading.skipped.push({ row: name, why: 'blank', text: firstText(row) });
}

/** What `columns` of one row say, and what is wrong with it; `blank` where they say nothing. */
function recordOf(
  row: SheetRow,
  columns: Column[],
  { reader, carried }: { reader: Reader; carried: Values },
): { values: Values; faults: Fault[]; blank: boolean } {
  const { kind, fields, unit } = reader;
  const values: Values = { ...Object.fromEntries(reader.given.map(({ field, value }) => [field, value])), ...carried };
  const faults: Fault[] = [];
  let currency: string | null = null;
  let filled = 0;
  for (const column of columns) {
    const field = fields.get(column.field);
    const cell = row.cells[column.index];
    Object.assign(values, column.fixed);
    if (field === undefined || cell === undefined || isShadow(cell.merged, field)) continue;
    const read = readValue(cell, field, reader.contexts.get(column.index) as ValueContext);
    if (read === 'blank') continue;
    if (!('value' in read)) faults.push({ ...read, field: field.id });
    else {
      values[field.id] = read.value;
      if (read.loosely === true) reader.loosely(field.id, cell.text.trim(), read.value);
      const own = field.type === 'number' ? (read.currency ?? column.currency ?? unit?.currency ?? null) : null;
      if (own !== null && currency !== null && own !== currency) faults.push(twoCurrencies(currency, own));
      currency ??= own;
    }
    if (!isLabel(field)) filled += 1;
  }
  if (currency !== null && fields.has('currency')) {
    values.currency ??= currency;
    if (values.currency !== currency) faults.push(twoCurrencies(currency, String(values.currency)));
  }
  const measured = columns.some(({ field }) => !isLabel(fields.get(field)));
  const hasMeasure = ['headcounts', 'money', 'observations', 'answers'].includes(kind.keeps);
  const blank =
    faults.length === 0 && (hasMeasure ? measured && filled === 0 : columns.every(({ index }) => isBlank(row, index, reader)));
  return { values, faults: [...faults, ...missing(values, faults, kind)], blank };
}

function twoCurrencies(one: string, other: string): Fault {
  return { field: 'currency', reason: 'currency-two', found: `${one}, ${other}`, details: {} };
}

/** Required fields without a value; where a value could not be read that was said already, and a currency is asked for last. */
function missing(values: Values, faults: readonly Fault[], { fields }: RecordKind): Fault[] {
  const found: Fault[] = [];
  for (const { id, type, required } of fields) {
    const excused = [...faults, ...found].some(({ field }) => field === id || type === 'currency');
    if (required && values[id] === undefined && !excused)
      found.push({ field: id, reason: id === 'currency' ? 'currency-missing' : 'missing', found: '', details: {} });
  }
  return found;
}

/** Fields that say which record it is, and notes; the others are what it tells. */
function isLabel(field: RecordField | undefined): boolean {
  return (
    field === undefined ||
    field.key ||
    field.type === 'currency' ||
    ['note', 'kind', 'author', 'date', 'confidential', 'source', 'unit'].includes(field.id)
  );
}

/** A number that was merged over several rows or columns stands once. */
function isShadow(merged: { first: boolean } | null, { type }: RecordField): boolean {
  return merged !== null && !merged.first && (type === 'integer' || type === 'number');
}

function isBlank(row: SheetRow, index: number, { header, fields, contexts }: Reader): boolean {
  const column = header.understood.find((candidate) => candidate.index === index);
  const field = fields.get(column?.field ?? '');
  const cell = row.cells[index];
  if (cell === undefined || field === undefined || isShadow(cell.merged, field)) return true;
  return readValue(cell, field, contexts.get(index) as ValueContext) === 'blank';
}

/** Whether the only text of a row is a record by itself: a list with one column filled. */
function isWhole({ index, merged }: { index: number; merged: boolean }, reader: Reader, carried: Values): boolean {
  const column = reader.header.understood.find((candidate) => candidate.index === index);
  if (merged || column === undefined) return false;
  const have = new Set([column.field, ...Object.keys(carried), ...reader.given.map(({ field }) => field)]);
  const needed = reader.kind.fields.filter(({ required }) => required);
  return needed.every(({ id }) => have.has(id)) || reader.fields.get(column.field)?.type === 'choice';
}

/** What a heading inside the table says of the rows below it: a choice of a field that has no column, or a year. */
function headingValues(text: string, open: readonly RecordField[]): Values | null {
  const bare = text.replace(/^\s*(?:[IVX]+|\d+)[.)]\s*/, '').replace(/[:.]\s*$/, '');
  const found = open.flatMap((field): [Id, string | number][] => {
    if (field.type === 'year') {
      const year = yearIn(bare);
      return year !== null && year.rest === '' ? [[field.id, year.year]] : [];
    }
    if (field.type !== 'choice' && field.type !== 'zone') return [];
    const choice = choiceIn(bare, choicesOf(field));
    return choice === null ? [] : [[field.id, choice.id]];
  });
  return found.length === 1 ? Object.fromEntries(found) : null;
}

/** A row with "the same" marks replaced by what stands above them. */
function withDittos(row: SheetRow, above: SheetRow | null, columns: readonly Column[]): SheetRow {
  if (above === null || !columns.some(({ index }) => isDitto(row.cells[index]?.text ?? ''))) return row;
  const own = new Set(columns.map(({ index }) => index));
  return { ...row, cells: row.cells.map((cell, i) => (own.has(i) && isDitto(cell.text) ? (above.cells[i] ?? cell) : cell)) };
}

function isDitto(text: string): boolean {
  const bare = text.trim();
  return (
    /^[-–—]*\s*(?:\/\/|\\\\|[″〃„“”"«»])+\s*[-–—]*$/.test(bare) ||
    /^(то же|тоже самое|то же самое|сол сияқты|same|ditto|idem|aynı|aynısı)$/i.test(bare)
  );
}

function firstText({ cells }: SheetRow): string {
  return cells.find(({ kind }) => kind !== 'empty')?.text.trim() ?? '';
}

/** `Лист1!7`; the line alone where the sheet has no name. */
function rowName({ name }: Pick<Sheet, 'name'>, { number }: Pick<SheetRow, 'number'>): string {
  return name === '' ? String(number) : `${name}!${number}`;
}
