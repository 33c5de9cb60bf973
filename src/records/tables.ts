/**
 * Which sheets of a file are read, and as what kind of records: as `--as` says, as a sheet's own name says, else as the header does.
 *
 *     tablesOf('registers.xlsx', sheets, options)   // [{ kind: projects, sheets: [ … ] }, { kind: species, sheets: [ … ] }]
 */
import type { Sheet } from '../formats/spreadsheet-cells.ts';
import { languages, pick, t } from '../i18n/index.ts';
import { Problem } from '../problems.ts';
import type { Lang } from '../types.ts';
import { setFields } from './by-hand.ts';
import { type RecordKind, recordKind, recordKinds } from './catalogue.ts';
import { guessKinds, isClear } from './guess-kind.ts';
import { readSheet } from './lines.ts';
import type { SheetReading } from './reading.ts';
import { isExplanation, sheetName } from './template.ts';
import { plain } from './words.ts';

/** Sheets of one file that are read as one kind. */
export interface RecordTable {
  kind: RecordKind;
  sheets: Sheet[];
}

export interface TableOptions {
  lang: Lang;
  /** The kind of records. */
  as?: string | undefined;
  /** The only sheet to be read. */
  sheet?: string | undefined;
  /** Values for fields that have no column: `year=2023`. */
  set: string[];
}

/**
 * @param say told what was found out, line by line
 * @throws Problem `choice-wrong`, `records-no-rows`, `records-kind`.
 */
export function tablesOf(
  file: string,
  sheets: readonly Sheet[],
  options: TableOptions,
  say: (line: string) => void,
): RecordTable[] {
  const chosen = sheetsOf(file, sheets, options.sheet);
  if (options.as !== undefined) return [{ kind: kindOf(options.as), sheets: chosen }];
  const named = chosen.map((sheet) => ({ sheet, kind: kindNamed(sheet) }));
  if (named.every(({ kind }) => kind === null)) return [{ kind: guessed(file, chosen, options, say), sheets: chosen }];
  const tables = new Map<RecordKind, Sheet[]>();
  for (const { sheet, kind: own } of named) {
    const kind = own ?? guess([sheet], [], options.set);
    const told = { file, sheet: sheet.name };
    if (kind === null) say(t(options.lang, 'cli.records.sheet-unknown', told));
    else {
      say(t(options.lang, 'cli.records.sheet-as', { ...told, kind: kind.title, as: kind.id }));
      tables.set(kind, [...(tables.get(kind) ?? []), sheet]);
    }
  }
  return [...tables].map(([kind, own]) => ({ kind, sheets: own }));
}

/** @throws Problem `choice-wrong` with the kinds there are. */
export function kindOf(id: string): RecordKind {
  const kind = recordKind(id);
  if (kind === null)
    throw new Problem('choice-wrong', {
      field: '--as',
      found: id,
      expected: recordKinds()
        .map((one) => one.id)
        .join(', '),
    });
  return kind;
}

/** The sheet asked for, else those that can be seen and are no explanations of ours. */
function sheetsOf(file: string, sheets: readonly Sheet[], asked: string | undefined): Sheet[] {
  const names = sheets.map(({ name }) => name).join(', ');
  if (asked !== undefined) {
    const sheet = sheets.find(({ name }) => name.trim().toLowerCase() === asked.trim().toLowerCase());
    if (sheet === undefined) throw new Problem('choice-wrong', { field: '--sheet', found: asked, expected: names });
    return [sheet];
  }
  const shown = sheets.filter(({ hidden, name, rows }) => !hidden && rows.length > 0 && !isExplanation(name));
  if (shown.length === 0) throw new Problem('records-no-rows', { file, sheets: names || '–' });
  return shown;
}

/** The kind that the name of a sheet is the id or the title of, where its columns are found as well. */
function kindNamed(sheet: Sheet): RecordKind | null {
  const own = plain(sheet.name);
  const isNamed = ({ id, title }: RecordKind): boolean =>
    own === plain(id) || languages.some((lang) => own === plain(sheetName(title[lang] ?? '')));
  const kind = recordKinds().find(isNamed);
  return kind !== undefined && readSheet(sheet, kind) !== null ? kind : null;
}

function guessed(file: string, sheets: readonly Sheet[], { set, lang }: TableOptions, say: (line: string) => void): RecordKind {
  const names = [file.replace(/\.\w+$/, '')];
  const kind = guess(sheets, names, set);
  if (kind === null) {
    const found = guessKinds(sheets, recordKinds(), { given: setFields(set), names })
      .slice(0, 3)
      .map((one) => `${one.kind.id} (${pick(one.kind.title, lang)})`);
    throw new Problem('records-kind', { file, found: found.join(', ') || '–' });
  }
  say(t(lang, 'cli.records.guessed', { file, kind: kind.title, as: kind.id }));
  return kind;
}

/** The kind that fits clearly best. */
function guess(sheets: readonly Sheet[], names: string[], set: readonly string[]): RecordKind | null {
  const guesses = guessKinds(sheets, recordKinds(), { given: setFields(set), names });
  return isClear(guesses) ? (guesses[0]?.kind ?? null) : null;
}

/** A file in which no header is found is told as a whole. @throws Problem `records-no-header`. */
export function checkReadings(
  file: string,
  { kind, sheets }: RecordTable,
  readings: readonly SheetReading[],
  { set, lang }: TableOptions,
): void {
  if (readings.length > 0) return;
  const given = setFields(set);
  const needed = kind.fields.filter(({ id, required }) => required && !given.includes(id)).map(({ label }) => pick(label, lang));
  throw new Problem('records-no-header', {
    file,
    sheets: sheets.map(({ name }) => name).join(', ') || '–',
    expected: needed.join(', '),
  });
}
