/**
 * When the next review is due, and what happens with it then.
 *
 *     nextReview(facts, entries)   // { due: '2022-09-30', after: 2012 }
 */
import { date, pick, t } from '../i18n/index.ts';
import { daysUntil, reviewDeadline } from '../periods.ts';
import { plain, type Table } from '../print/blocks.ts';
import type { Entry, Lang } from '../types.ts';
import { designationYear } from '../zonation/designation-year.ts';
import type { SiteFacts } from '../zonation/site-facts.ts';
import type { CalendarStep, Form } from './form.ts';

/**
 * The day by which the next report is due: ten years after the last review in the register `reviews`, else after the
 * designation; `after` is that year. `null` where neither is known.
 */
export function nextReview(facts: SiteFacts, entries: Entry[]): { due: string; after: number } | null {
  const reviews = entries.flatMap(({ register, fields }) =>
    register === 'reviews' && typeof fields.year === 'number' ? [fields.year] : [],
  );
  const after = reviews.length > 0 ? Math.max(...reviews) : designationYear(facts)?.year;
  return after === undefined ? null : { due: reviewDeadline(after), after };
}

/** The steps of the examination with their dates, for a report that is due on `due`. */
export function calendarTable(form: Form, due: string, today: string, lang: Lang): Table {
  const year = Number(due.slice(0, 4));
  return {
    kind: 'table',
    id: 'calendar',
    caption: t(lang, 'review.calendar.title', { due: date(lang, due), days: daysText(due, today, lang) }),
    head: [t(lang, 'review.calendar.when'), t(lang, 'review.calendar.what'), t(lang, 'review.calendar.note')],
    rows: form.calendar.map((step) => [
      plain(stepText(step, year + step.year, lang)),
      plain(pick(step.title, lang)),
      plain([step.note === null ? '' : pick(step.note, lang), step.evidence.join(', ')].filter((part) => part !== '').join(' ')),
    ]),
    align: ['start', 'start', 'start'],
  };
}

/** `in 312 days` or `1,515 days ago`. */
export function daysText(due: string, today: string, lang: Lang): string {
  return new Intl.RelativeTimeFormat(lang, { numeric: 'always' }).format(daysUntil(due, today), 'day');
}

function stepText({ from, to, precision }: CalendarStep, year: number, lang: Lang): string {
  const write = (monthDay: string): string =>
    precision === 'day'
      ? date(lang, `${year}-${monthDay}`)
      : new Intl.DateTimeFormat(lang, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
          new Date(`${year}-${monthDay}T00:00Z`),
        );
  const ends = [from, to].flatMap((end) => (end === null ? [] : [write(end)]));
  return ends.length === 0 ? String(year) : [...new Set(ends)].join(' – ');
}
