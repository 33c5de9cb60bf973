/**
 * The time that a review looks at: since the report before, as a rule ten years.
 *
 *     const { shown, older } = sinceLast(content, plans, (plan) => plan.end);
 *     blocks.push(...olderLeftOut(content, older));
 */
import { t } from '../i18n/index.ts';
import { periodOf } from '../periods.ts';
import type { Block } from '../print/blocks.ts';
import type { FieldValue } from '../types.ts';
import type { Content } from './content.ts';
import { dateText, leftOut } from './registers.ts';

/** A year, month or day as records keep it: a number for a year, ISO 8601 text for the others. */
export type When = FieldValue | null | undefined;

/** Parts the records that reach into the time since the report before from older ones; those without a date are shown. */
export function sinceLast<T>(content: Content, records: T[], whenOf: (record: T) => When): { shown: T[]; older: number } {
  const shown = records.filter((record) => !isOlder(content, whenOf(record)));
  return { shown, older: records.length - shown.length };
}

/** Whether a time had passed when the report before was written. */
export function isOlder({ dates }: Content, when: When): boolean {
  const period = spanOf(when);
  if (dates.previous === null || period === null) return false;
  return period.end <= (spanOf(dates.previous)?.start ?? dates.previous);
}

/** Whether a time has passed on the day of the review. */
export function hasPassed({ dates }: Content, when: When): boolean {
  const period = spanOf(when);
  return period !== null && period.end <= dates.current;
}

/** A sentence that counts what is left out as older than the report before; nothing when there is none. */
export function olderLeftOut({ dates, lang }: Content, count: number): Block[] {
  if (count === 0 || dates.previous === null) return [];
  return [{ kind: 'hint', text: t(lang, 'review.window.older', { count, date: dateText(dates.previous, lang) }) }];
}

/** What stands where nothing may be shown: a gap where all is older, a count of what is left out; `null` where nothing is known. */
export function onlyLeftOut(content: Content, older: number, left: number): Block[] | null {
  if (older === 0 && left === 0) return null;
  const { dates, lang } = content;
  const gap =
    older === 0 || dates.previous === null ? [] : [t(lang, 'review.window.none', { date: dateText(dates.previous, lang) })];
  return [...gap.map((text): Block => ({ kind: 'gap', text })), ...olderLeftOut(content, older), ...leftOut(content, left)];
}

function spanOf(when: When): ReturnType<typeof periodOf> {
  return when === null || when === undefined ? null : periodOf(String(when));
}

/** The full years between the report before and this one, or from the first known year on where there was none. */
export function yearsExpected({ dates }: Content, known: string[]): string[] {
  const first = dates.previous === null ? Number([...known].sort()[0]) : Number(dates.previous.slice(0, 4)) + 1;
  const years: string[] = [];
  for (let year = first; year < Number(dates.current.slice(0, 4)); year += 1) years.push(String(year));
  return years;
}

/** A marked gap that names years as `{years}`; nothing when there is none. */
export function yearsMissing({ lang }: Content, key: string, years: string[]): Block[] {
  return years.length === 0 ? [] : [{ kind: 'gap', text: t(lang, key, { years: yearsList(years) }) }];
}

/** `2015–2019, 2021`. */
export function yearsList(years: string[]): string {
  const runs: [string, string][] = [];
  for (const year of years) {
    const run = runs.at(-1);
    if (run !== undefined && Number(year) === Number(run[1]) + 1) run[1] = year;
    else runs.push([year, year]);
  }
  return runs.map(([first, last]) => (first === last ? first : `${first}–${last}`)).join(', ');
}
