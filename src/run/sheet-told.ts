/**
 * What is to be told of a table beside its figures: what of it was left out, and what its figures are of. Loads nothing heavy.
 *
 *     sheetWords(sheet.told, 'en')    // ['sites in no zone, counted for the whole alone: 1 (F)']
 */
import { t } from '../i18n/index.ts';
import type { Lang } from '../types.ts';

/** What of a file was not taken. */
export interface ReadOver {
  /** Lines that only add up others. */
  totals: readonly number[];
  /** Sheets that were not read, and why: hidden, without the columns, after the first that has them. */
  left: readonly { sheet: string; because: 'hidden' | 'columns' | 'further' }[];
}

export interface SheetTold extends ReadOver {
  /** How its sites were placed in zones: not at all, as the table says nothing, or as nothing is drawn; `null` for tables without places. */
  zones: 'column' | 'coordinates' | 'unnamed' | 'undrawn' | null;
  /** Sites that lie in no zone. */
  outside: readonly string[];
  /** Species of which no zone was read. */
  secret: readonly string[];
}

/** How many lines and sites are named. */
const MOST_LINES = 12;
const MOST_SITES = 8;

export function readOverWords({ totals, left }: ReadOver, lang: Lang): string[] {
  return [
    ...(totals.length === 0
      ? []
      : [t(lang, 'jobs.table.totals', { count: totals.length, lines: totals.slice(0, MOST_LINES).join(', ') })]),
    ...left.map(({ sheet, because }) => t(lang, `jobs.table.sheet-${because}`, { sheet })),
  ];
}

/** All of it, a sentence each. */
export function sheetWords(told: SheetTold, lang: Lang): string[] {
  const { zones, outside, secret } = told;
  return [
    ...readOverWords(told, lang),
    ...(zones === 'unnamed' || zones === 'undrawn' ? [t(lang, `jobs.table.${zones}`)] : []),
    ...(outside.length === 0
      ? []
      : [t(lang, 'jobs.table.outside', { count: outside.length, sites: outside.slice(0, MOST_SITES).join(', ') })]),
    ...(secret.length === 0 ? [] : [t(lang, 'jobs.table.secret', { species: secret.join(', ') })]),
  ];
}
