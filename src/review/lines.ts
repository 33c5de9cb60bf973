/**
 * Lines of registers in a review, and the footnotes of what is made of many of them.
 *
 *     const { shown, left } = entriesWhere(content, 'partners', (entry) => entry.fields.kind === 'school');
 *     blocks.push(told(content, `Schools: ${shown.length}.`, shown));
 */
import { number, t } from '../i18n/index.ts';
import type { Block, Cited } from '../print/blocks.ts';
import type { Entry, Id, Lang, Origin } from '../types.ts';
import type { Content } from './content.ts';
import { citeOrigin, entriesOf, originText } from './registers.ts';
import { namesText } from './sentences.ts';

/** More rows of one file than these are named by the first and the last. */
const MOST_ROWS = 10;

/** The lines of a register that `wanted` takes and that may be shown, and how many of those are confidential and left out. */
export function entriesWhere(
  content: Content,
  register: Id,
  wanted: (entry: Entry) => boolean,
): { shown: Entry[]; left: number } {
  const entries = content.records.entries.filter((entry) => entry.register === register && wanted(entry));
  return entriesOf({ ...content, records: { ...content.records, entries } }, register);
}

/** The first cell of a line of a register: its text, a mark where it is confidential, and where it comes from. */
export function entryCell(content: Content, entry: Entry, text: string): Cited {
  const marked = entry.confidential ? `${text} [${t(content.lang, 'review.confidential')}]` : text;
  return { text: marked, notes: [citeOrigin(content, entry.from)] };
}

/** A sentence whose figures come from `records`, and the table that shows them one by one, where there is one. */
export function told(content: Content, text: string, records: { from: Origin }[], see: Id | null = null): Block {
  const cited = { text, notes: citeAll(content, records) };
  return { kind: 'text', text: see === null ? cited : { ...cited, see: [see] } };
}

/** Footnotes for a figure made of many rows: one for each file, with the rows that it counts, and one for each source. */
export function citeAll(content: Content, records: { from: Origin }[]): number[] {
  const { lang } = content;
  const rows = new Map<Id, string[]>();
  const others: string[] = [];
  for (const { from } of records) {
    if ('dataset' in from) rows.set(from.dataset, [...(rows.get(from.dataset) ?? []), from.row]);
    else others.push(originText(content, from));
  }
  const files = [...rows].map(([dataset, of]) => {
    const distinct = [...new Set(of)];
    const row = distinct.length <= MOST_ROWS ? namesText(distinct, lang) : `${distinct[0]} … ${distinct.at(-1)}`;
    const text = originText(content, { dataset, row });
    return distinct.length <= MOST_ROWS ? text : `${text} (${t(lang, 'review.lines.rows', { count: distinct.length })})`;
  });
  return [...new Set([...files, ...others])].map((text) => content.cite(text));
}

/** Years as short as they can be said: `2015, 2017–2019`. */
export function yearsText(years: number[]): string {
  const sorted = [...new Set(years)].sort((a, b) => a - b);
  const runs: [number, number][] = [];
  for (const year of sorted) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] === year - 1) last[1] = year;
    else runs.push([year, year]);
  }
  return runs.map(([first, last]) => (first === last ? String(first) : `${first}–${last}`)).join(', ');
}

/** `2015: 3; 2016: 4`: how many there are of each year, undated last. */
export function byYearText(years: (string | null)[], lang: Lang): string {
  const groups = Map.groupBy(years, (year) => year ?? '');
  return [...groups.keys()]
    .sort((a, b) => (a === '' ? 1 : b === '' ? -1 : a.localeCompare(b)))
    .map((year) => `${year === '' ? t(lang, 'review.window.no-date') : year}: ${number(lang, groups.get(year)?.length ?? 0)}`)
    .join('; ');
}
