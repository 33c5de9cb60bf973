/** Where the header of a sheet stands, how deep it is, and what its columns mean: titles may stand above, numbers of columns below. */
import { letterOf, type Sheet, type SheetRow } from '../formats/spreadsheet-cells.ts';
import type { Id } from '../types.ts';
import type { RecordKind } from './catalogue.ts';
import { type ColumnMatch, matchColumn } from './columns.ts';
import { unitOf } from './numbers.ts';
import type { IgnoredColumn, SheetReading, UnderstoodColumn } from './reading.ts';
import { plain } from './words.ts';

/** Rows in which a header is looked for, and how deep it may be. */
const FURTHEST = 40;
const DEEPEST = 3;

/** What stands above a column that only numbers the rows, in plain words (`№` is `no`). */
const ROW_NUMBERS = new Set([
  'no',
  'no п п',
  'п п',
  'n п п',
  'no пп',
  'р с',
  'р н',
  'рет саны',
  'рет no',
  'no р с',
  'sıra',
  'sıra no',
  's no',
  'row',
  'row no',
  'nr',
]);

/** A column with its place in the rows, 0 for the first. */
export type Column = UnderstoodColumn & { index: number };

export interface Header {
  /** Index of its first row, and of the first row below it. */
  start: number;
  end: number;
  understood: Column[];
  ignored: (IgnoredColumn & { index: number })[];
  unit: SheetReading['unit'];
}

/** Columns that a person assigned: by what stands above them or by letter; `null` for a column that is not to be read. */
export type ByHand = ReadonlyMap<string, Id | null>;

/** What a header means for one kind of record; the same levels are matched once. */
type Match = (levels: readonly string[]) => ColumnMatch;

/** The header of `sheet` for `kind`; `null` where no row names its fields. */
export function findHeader(
  sheet: Sheet,
  kind: RecordKind,
  { byHand = new Map(), extras = new Set() }: { byHand?: ByHand; extras?: ReadonlySet<string> } = {},
): Header | null {
  const match = matcher(kind);
  const rows = headerRows(sheet, match, byHand);
  if (rows === null) return null;
  const { start, end } = rows;
  const columns = assign(levelsOf(sheet.rows.slice(start, end)), match, { byHand, extras });
  return columns.understood.length === 0 ? null : { start, end, ...columns, unit: titleUnit(sheet.rows.slice(0, start)) };
}

function matcher(kind: RecordKind): Match {
  const known = new Map<string, ColumnMatch>();
  return (levels) => {
    const key = levels.join('\n');
    const found = known.get(key) ?? matchColumn(levels, kind);
    known.set(key, found);
    return found;
  };
}

/** The rows that name the most fields best, of those near the top. */
function headerRows({ rows }: Sheet, match: Match, byHand: ByHand): { start: number; end: number } | null {
  let best: { start: number; end: number; score: number } | null = null;
  for (let start = 0; start < Math.min(FURTHEST, rows.length); start++) {
    for (let end = start + 1; end <= Math.min(start + DEEPEST, rows.length); end++) {
      if (end - start > 1 && isData(rows[end - 1] as SheetRow)) break;
      const score = scoreOf(levelsOf(rows.slice(start, end)), match, byHand);
      const better = score > (best?.score ?? 0) + 0.01;
      // a title above that adds nothing is no part of the header; a row of headings stays, for what it says of those below
      const tighter =
        best !== null &&
        score > best.score - 0.01 &&
        start > best.start &&
        end === best.end &&
        rows.slice(best.start, start).every(isTitle);
      if (better || tighter) best = { start, end, score };
    }
  }
  return best;
}

/** What stands above each column, each text once; a heading over several cells counts for all of them. */
function levelsOf(rows: readonly SheetRow[]): string[][] {
  const width = Math.max(0, ...rows.map(({ cells }) => cells.length));
  const texts = rows.map(({ cells }) =>
    Array.from({ length: width }, (_, c) => (cells[c]?.text ?? '').replace(/\s+/g, ' ').trim()),
  );
  for (let r = 0; r < texts.length - 1; r++) {
    const [row = [], below = []] = [texts[r], texts[r + 1]];
    // a heading that was not merged, as in CSV: it reaches as far as there are headings below it
    for (let c = 1; c < width; c++)
      if (row[c] === '' && below[c] !== '' && below[c - 1] !== '' && row[c - 1] !== '') row[c] = row[c - 1] ?? '';
  }
  return Array.from({ length: width }, (_, c) => {
    const levels = texts.map((row) => row[c] ?? '').filter((text) => text !== '');
    return levels.filter((text, i) => i === 0 || plain(text) !== plain(levels[i - 1] ?? ''));
  });
}

/** One text at most, over whatever cells. */
function isTitle({ cells }: SheetRow): boolean {
  return new Set(cells.filter(({ kind }) => kind !== 'empty').map(({ text }) => plain(text))).size <= 1;
}

/** Rows of figures are no headers; years may stand in one. */
function isData({ cells }: SheetRow): boolean {
  const filled = cells.filter(({ kind }) => kind !== 'empty');
  const figures = filled.filter(({ kind, value, text }) =>
    kind === 'number'
      ? !isYear(Number(value))
      : kind === 'date' || kind === 'error' || (/^[\d\s.,]+$/.test(text) && !isYear(Number(text))),
  );
  return figures.length > 0;
}

function isYear(value: number): boolean {
  return Number.isInteger(value) && value >= 1950 && value <= 2100;
}

/** How well rows fit as a header: the likeness of the fields that they name, less long texts, which are titles. */
function scoreOf(levels: string[][], match: Match, byHand: ByHand): number {
  const fields = new Map<string, number>();
  let titles = 0;
  for (const [index, path] of levels.entries()) {
    if (path.length === 0) continue;
    if (handOf(byHand, path, index, { byLetter: false }) !== undefined) fields.set(`by hand ${index}`, 1.2);
    const { field, score, fixed } = match(path);
    if (path.join(' ').length > 120) titles += 1;
    if (field === null) continue;
    const key = `${field} ${JSON.stringify(fixed)}`;
    fields.set(key, Math.max(fields.get(key) ?? 0, 0.3 + score));
  }
  const distinct = new Set([...fields.keys()].map((key) => key.split(' ')[0]));
  const filled = levels.filter((path) => path.length > 0).length;
  if (filled > 1 && distinct.size < 2 && fields.size < 2) return 0; // a title row with one word of ours
  return [...fields.values()].reduce((sum, score) => sum + score, 0) - titles;
}

/** What each column means, and which are not read. */
function assign(
  levels: string[][],
  match: Match,
  { byHand, extras }: { byHand: ByHand; extras: ReadonlySet<string> },
): Pick<Header, 'understood' | 'ignored'> {
  const understood: Header['understood'] = [];
  const ignored: Header['ignored'] = [];
  for (const [index, path] of levels.entries()) {
    const column = { index, letter: letterOf(index), title: path.join(' | ') };
    const hand = handOf(byHand, path, index);
    if (hand === null) ignored.push({ ...column, why: 'by-hand', fields: [] });
    if (hand === null || (path.length === 0 && hand === undefined)) continue;
    const { field, how, fixed, factor, currency, tie } = match(path);
    if (hand !== undefined) understood.push({ ...column, field: hand, how: 'by-hand', fixed: {}, factor, currency });
    else if (extras.has(plain(path.join(' '))) || ROW_NUMBERS.has(plain(path.join(' '))))
      ignored.push({ ...column, why: 'extra', fields: [] });
    else if (field === null) ignored.push({ ...column, why: tie.length > 1 ? 'tie' : 'unknown', fields: tie });
    else understood.push({ ...column, field, how, fixed, factor, currency });
  }
  return settled({ understood, ignored }, (column) => match(levels[column.index] ?? []).score);
}

/** Of two columns for one field the surer one is taken; where both are as sure, neither is, unless one was named by hand. */
function settled(
  columns: Pick<Header, 'understood' | 'ignored'>,
  sure: (column: { index: number }) => number,
): Pick<Header, 'understood' | 'ignored'> {
  const key = ({ field, fixed }: UnderstoodColumn): string => `${field} ${JSON.stringify(Object.entries(fixed).sort())}`;
  const rank = (column: Column): number => (column.how === 'by-hand' ? 2 : sure(column));
  const understood: Header['understood'] = [];
  const ignored = [...columns.ignored];
  for (const column of columns.understood) {
    const same = columns.understood.filter((other) => other !== column && key(other) === key(column));
    const better = same.filter((other) => rank(other) > rank(column) + 0.001);
    const equal = same.filter((other) => Math.abs(rank(other) - rank(column)) <= 0.001);
    const { index, letter, title, field } = column;
    if (better.length > 0) ignored.push({ index, letter, title, why: 'second', fields: [field] });
    else if (equal.length > 0) ignored.push({ index, letter, title, why: 'tie', fields: [field] });
    else understood.push(column);
  }
  return { understood, ignored: ignored.sort((a, b) => a.index - b.index) };
}

/** What a person said of a column; `undefined` where nothing. */
function handOf(byHand: ByHand, path: string[], index: number, { byLetter = true } = {}): Id | null | undefined {
  if (byHand.size === 0) return undefined;
  const names = [path.join(' '), path.at(-1) ?? '', path.join(' | ')].map(plain);
  for (const [name, field] of byHand) {
    if (byLetter && /^[A-Z]{1,3}$/.test(name) && name === letterOf(index)) return field;
    if (plain(name) !== '' && names.includes(plain(name))) return field;
  }
  return undefined;
}

/** A unit that stands above the table: `(тыс. тенге)`, `ед. изм.: млн тг`. */
function titleUnit(rows: readonly SheetRow[]): SheetReading['unit'] {
  for (const { cells } of [...rows].reverse()) {
    for (const { text, kind } of cells) {
      if (kind !== 'text' || text.length > 200 || /\d\s*(тыс|млн|млрд|мың|тенге|теңге|тг|\$|usd|kzt|bin|milyon)/iu.test(text))
        continue;
      const { factor, currency } = unitOf(text);
      if (currency !== null) return { text: text.trim(), factor, currency };
    }
  }
  return null;
}
