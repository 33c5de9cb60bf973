/** One cell as the value of one field: what it means, or why it cannot be told. */
import type { Cell } from '../formats/spreadsheet-cells.ts';
import { serialDate } from '../formats/spreadsheet-date.ts';
import { languages } from '../i18n/index.ts';
import { periodOf } from '../periods.ts';
import type { FieldValue, LocalText } from '../types.ts';
import type { Choice, RecordField } from './catalogue.ts';
import { choiceIn, choicesOf, chosen, labels, YES_NO } from './choices.ts';
import { dateOf, periodTextOf, shortened } from './dates.ts';
import { currencyOf, readNumber } from './numbers.ts';
import type { Fault } from './reading.ts';
import { plain } from './words.ts';

export interface ValueContext {
  /** The decimal mark that the column tells. */
  decimal: ',' | '.' | null;
  /** What numbers are multiplied by that name no factor of their own. */
  factor: number;
  themes: readonly Choice[];
  since1904: boolean;
}

/** What a cell says, with the currency that stands in it, or why it cannot be told; `blank`: not known, which is never zero. */
type ReadValue = { value: FieldValue; currency?: string; loosely?: boolean } | 'blank' | Omit<Fault, 'field'>;

const NOT_KNOWN = new Set(
  [
    'нет данных', 'нет сведений', 'нет информации', 'н д', 'нд', 'не известно', 'неизвестно', 'не установлено', 'не указано', 'б д', 'без данных',
    'n a', 'na', 'no data', 'not known', 'unknown', 'not available', 'none stated', 'tbd',
    'дерек жоқ', 'деректер жоқ', 'мәлімет жоқ', 'мәліметтер жоқ', 'белгісіз',
    'veri yok', 'bilinmiyor', 'bilgi yok', 'belirsiz',
  ].map(plain),
); // biome-ignore format: four languages, a line each

/** Whether a text says that nothing is known: a dash, dots, "no data". */
function isUnknown(text: string): boolean {
  const bare = text.trim();
  return !/[\p{L}\p{N}+✓✔%]/u.test(bare) || NOT_KNOWN.has(plain(bare));
}

/** The cell `cell` under the column of `field`. */
export function readValue(cell: Cell, field: RecordField, context: ValueContext): ReadValue {
  if (cell.kind === 'empty') return 'blank';
  if (cell.kind === 'error') return wrong('error-cell', cell);
  const isChoice = field.type === 'choice' && choiceIn(cell.text, choicesOf(field)) !== null;
  if (isUnknown(cell.text) && !isChoice) return 'blank';
  switch (field.type) {
    case 'text':
    case 'long-text':
    case 'link':
      return { value: tidy(textOf(cell), field.type) };
    case 'organisation': {
      const names = organisationNames(textOf(cell), { commas: false });
      if (names.length > 1 && field.key) return wrong('organisation-one', cell);
      return { value: names.length > 1 ? names : (names[0] ?? '') };
    }
    case 'organisations':
      return { value: organisationNames(textOf(cell)) };
    case 'integer':
    case 'number':
      return numberValue(cell, field, context);
    case 'year':
      return yearValue(cell, context);
    case 'date':
    case 'period':
      return dateValue(cell, field.type, context);
    case 'yes-no':
      return yesNo(cell);
    case 'choice':
    case 'zone':
      return choiceValue(cell.text, choicesOf(field), cell);
    case 'choices':
      return choiceValues(cell, choicesOf(field));
    case 'themes':
      return choiceValues(cell, context.themes);
    case 'currency': {
      const code = currencyOf(cell.text);
      return code === null ? wrong('currency', cell) : { value: code };
    }
  }
}

function wrong(reason: Fault['reason'], cell: Pick<Cell, 'text'>, details: Fault['details'] = {}): Omit<Fault, 'field'> {
  return { reason, found: cell.text.trim(), details };
}

/** What a text cell says; a number as it is shown, a date as ISO 8601. */
function textOf(cell: Cell): string {
  return cell.kind === 'date' ? String(cell.value) : cell.text;
}

/** One line without marks of footnotes; sentences keep their paragraphs. */
function tidy(text: string, type: RecordField['type']): string {
  const clean = text.replace(/\u00AD|\r/g, '').replace(/\u00A0/g, ' ');
  if (type === 'long-text') return clean.replace(/[ \t]+$/gm, '').trim();
  return clean
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/(?<=\S)\s*(\*+|(?<![мm])[¹²³⁴⁵⁶⁷⁸⁹]+)$/u, '');
}

/** Names in a list: by semicolon or line; by comma where every part begins like a name. */
function organisationNames(text: string, { commas = true } = {}): string[] {
  const lines = text.split(/[;\n]/).map((part) => tidy(part.replace(/^\s*(\d+[.)]|[-–•·*])\s+/, ''), 'text'));
  const names = lines.flatMap((line) => {
    const parts = line.split(/,\s+/);
    return commas && parts.length > 1 && lines.length === 1 && parts.every((part) => /^["«“„]?[\p{Lu}\d]/u.test(part))
      ? parts
      : [line];
  });
  return [...new Set(names.map((name) => name.replace(/[,.;]+$/, '').trim()).filter((name) => name !== '' && !isUnknown(name)))];
}

function numberValue(cell: Cell, field: RecordField, { decimal, factor }: ValueContext): ReadValue {
  const integer = field.type === 'integer';
  if (cell.kind === 'date' || cell.kind === 'boolean') return wrong(integer ? 'integer' : 'number', cell);
  const read =
    cell.kind === 'number'
      ? { value: Number(cell.value), factor: 1, currency: null }
      : (readNumber(cell.text, decimal) ?? (integer ? groupedInteger(cell.text) : null));
  if (read === null) {
    const twoWays = readNumber(cell.text, ',') !== null;
    return wrong(twoWays ? 'number-two-ways' : integer ? 'integer' : 'number', cell);
  }
  const value = Number((read.value * (read.factor === 1 ? factor : read.factor)).toPrecision(15));
  if (integer && (!Number.isInteger(value) || value < 0)) return wrong('integer', cell);
  return { value, ...(read.currency === null ? {} : { currency: read.currency }) };
}

/** `12,500` people cannot be twelve and a half. */
function groupedInteger(text: string): ReturnType<typeof readNumber> {
  const read = readNumber(text, '.');
  const other = readNumber(text, ',');
  const whole = [read, other].filter((candidate) => candidate !== null && Number.isInteger(candidate.value));
  return whole.length === 1 ? (whole[0] ?? null) : null;
}

function yearValue(cell: Cell, context: ValueContext): ReadValue {
  if (cell.kind === 'number') {
    const year = Number(cell.value);
    return Number.isInteger(year) && year >= 1700 && year <= 2200 ? { value: year } : wrong('year', cell);
  }
  const iso = isoOf(cell, context);
  return iso === null ? wrong('year', cell) : { value: Number(iso.slice(0, 4)) };
}

function dateValue(cell: Cell, type: 'date' | 'period', context: ValueContext): ReadValue {
  const iso = isoOf(cell, context) ?? (type === 'period' ? periodTextOf(cell.text) : null);
  if (iso !== null && periodOf(iso) !== null) return { value: type === 'period' ? shortened(iso) : iso };
  return wrong(type, cell);
}

/** A day, month or year; a bare number that can only be a serial one, too (a date cell that lost its format). */
function isoOf(cell: Cell, { since1904 }: ValueContext): string | null {
  if (cell.kind === 'date') return String(cell.value).slice(0, 10);
  if (cell.kind === 'number' && Number(cell.value) > 20_000) return serialDate(Number(cell.value), 'yyyy-mm-dd', since1904);
  return dateOf(cell.text);
}

function yesNo(cell: Cell): ReadValue {
  if (cell.kind === 'boolean') return { value: cell.value === true };
  const said = choiceIn(cell.text.replace(/[✓✔☑]/g, '+'), YES_NO, { exact: true });
  return said === null ? wrong('yes-no', cell) : { value: said.id === 'yes' };
}

function choiceValue(text: string, choices: readonly Choice[], cell: Cell): ReadValue {
  const found = chosen(text, choices);
  if (found === null) return wrong('choice', cell, { expected: labels(choices) });
  if ('tie' in found) return wrong('choice-tie', cell, { expected: labels(found.tie) });
  return { value: found.choice.id, ...(found.loosely ? { loosely: true } : {}) };
}

function choiceValues(cell: Cell, choices: readonly Choice[]): ReadValue {
  const isOne = (text: string): boolean => choiceIn(text, choices, { exact: true }) !== null;
  // a label may hold a comma or an "and" itself
  const pieces = (isOne(cell.text) ? [cell.text] : cell.text.split(/[;\n]/)).flatMap((piece) =>
    isOne(piece) ? [piece] : piece.split(/[,/]|\s(?:и|және|and|ve)\s/),
  );
  const ids: string[] = [];
  for (const piece of pieces.map((part) => part.trim())) {
    if (piece === '' || isUnknown(piece)) continue;
    const read = choiceValue(piece, choices, { ...cell, text: piece });
    if (read === 'blank') continue;
    if (!('value' in read)) return read;
    ids.push(String(read.value));
  }
  return ids.length === 0 ? 'blank' : { value: [...new Set(ids)] };
}

/** A value as it is shown to people: labels for codes. */
export function shownValue(value: FieldValue, field: RecordField, themes: readonly Choice[] = []): LocalText | string | number {
  const known = field.type === 'themes' ? themes : choicesOf(field);
  if (typeof value === 'boolean') return YES_NO[value ? 0 : 1]?.label ?? String(value);
  if (Array.isArray(value)) {
    const found = value.map((id) => known.find((choice) => choice.id === id) ?? { id, label: {} as LocalText });
    return Object.fromEntries(languages.map((lang) => [lang, found.map(({ id, label }) => label[lang] ?? id).join('; ')]));
  }
  const choice = known.find(({ id }) => id === value);
  return choice === undefined ? value : choice.label;
}
