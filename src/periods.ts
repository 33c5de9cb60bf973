/**
 * Periods and the calendar of the periodic review.
 *
 *     periodOf('2014')          // { start: '2014-01-01', end: '2015-01-01' }
 *     reviewDeadline(2012)      // '2022-09-30'
 */
import type { Period } from './types.ts';

/** Years between designation (or the last review) and the report. Statutory Framework, Art. 9(1). */
const REVIEW_INTERVAL_YEARS = 10;

/** Reports reach the Secretariat by 30 September (SC-16/CONF.228/9, SC-17/CONF.229/7). */
const REVIEW_DAY = '09-30';

const iso = (time: number): string => new Date(time).toISOString().slice(0, 10);

/**
 * The period that an ISO 8601 year, month, day or pair `a/b` (b included) covers.
 * Returns `null` where the text is none of these.
 */
export function periodOf(text: string): Period | null {
  const [first, last, more] = text.trim().split('/');
  if (first === undefined || more !== undefined) return null;
  const start = span(first);
  const end = last === undefined ? start : span(last);
  if (start === null || end === null || end.end <= start.start) return null;
  return { start: start.start, end: end.end };
}

function span(text: string): Period | null {
  const match = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(text);
  if (match === null) return null;
  const [, year = '', month, day] = match;
  const start = Date.UTC(Number(year), Number(month ?? 1) - 1, Number(day ?? 1));
  if (iso(start) !== `${year}-${month ?? '01'}-${day ?? '01'}`) return null; // 2014-02-31
  const end =
    month === undefined
      ? Date.UTC(Number(year) + 1, 0, 1)
      : day === undefined
        ? Date.UTC(Number(year), Number(month), 1)
        : start + 86_400_000;
  return { start: iso(start), end: iso(end) };
}

/** The day by which the first periodic review of a reserve designated in `year` is due (ISO 8601). */
export function reviewDeadline(year: number): string {
  return `${year + REVIEW_INTERVAL_YEARS}-${REVIEW_DAY}`;
}

/** Whole days from `today` to `deadline`; negative when it has passed. Both ISO 8601 dates. */
export function daysUntil(deadline: string, today: string): number {
  return Math.round((Date.parse(`${deadline}T00:00Z`) - Date.parse(`${today}T00:00Z`)) / 86_400_000);
}
