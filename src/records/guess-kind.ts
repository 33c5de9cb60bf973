/** Which kind of records a file holds, by its headers and titles; only where one kind clearly fits best. */
import type { Sheet } from '../formats/spreadsheet-cells.ts';
import type { Id } from '../types.ts';
import type { RecordKind } from './catalogue.ts';
import { findHeader } from './header.ts';
import { toldFields } from './reading.ts';
import { phrase, tokens } from './words.ts';

/** How far the second kind must be behind. */
const CLEAR = 0.15;

interface Guess {
  kind: RecordKind;
  /** How well headers and titles fit, 0-2.5. */
  fit: number;
}

/**
 * The kinds that fit, the best first; the first is meant where `isClear`.
 * @param given fields that have a value without a column
 */
export function guessKinds(
  sheets: readonly Sheet[],
  kinds: readonly RecordKind[],
  { given, names }: { given: readonly Id[]; names: string[] },
): Guess[] {
  const guesses = kinds.map((kind) => ({
    kind,
    fit: Math.max(0, ...sheets.map((sheet) => fitOf(sheet, kind, { given, names }))),
  }));
  return guesses.filter(({ fit }) => fit > 0.5).toSorted((a, b) => b.fit - a.fit);
}

/** Whether the best guess fits, and no other nearly as well. */
export function isClear([best, second]: readonly Guess[]): boolean {
  return best !== undefined && best.fit >= 1 && best.fit >= (second?.fit ?? 0) + CLEAR;
}

/** 0-2.5: the share of the columns that are understood, the share of the required fields that are there, words of the title. */
function fitOf(sheet: Sheet, kind: RecordKind, { given, names }: { given: readonly Id[]; names: string[] }): number {
  const header = findHeader(sheet, kind);
  if (header === null) return 0;
  const there = new Set([...toldFields(header.understood), ...given]);
  const required = kind.fields.filter((field) => field.required);
  const covered = required.filter(
    ({ id, type }) => there.has(id) || (type === 'year' && id === 'year') || type === 'currency',
  ).length;
  const columns = header.understood.length + header.ignored.length;
  const exact = header.understood.filter(({ how }) => how === 'same' || how === 'slip').length;
  const above = sheet.rows.slice(0, header.start).flatMap(({ cells }) => cells.map(({ text }) => text));
  const said = new Set([...above, sheet.name, ...names].flatMap((text) => tokens(text)));
  const titled = Object.values(kind.title).some((title) => phrase(title).tokens.every((word) => said.has(word)));
  const share = (header.understood.length + exact) / (2 * Math.max(1, columns));
  return share + (required.length === 0 ? 0.5 : covered / required.length) + (titled ? 0.4 : 0) + Math.min(exact, 8) / 40;
}
