/**
 * Dates of hydrological tables as periods.
 *
 *     datePeriod('03.04.1990')        // { start: '1990-04-03', end: '1990-04-04' }, a day
 *     decadePeriod(1990, 2, 3)        // 21 to 28 February
 *     yearLabel('1960/61')            // { start: 1960, end: 1961 }
 */
import { periodOf } from '../periods.ts';
import type { Period } from '../types.ts';
import type { SeriesInterval } from './water-series.ts';
import { monthNamed } from './water-words.ts';

export interface Dated {
  period: Period;
  interval: SeriesInterval;
}

const pad = (value: number | string): string => String(value).padStart(2, '0');

/** First days of the three decades of a month: 1, 11, 21. */
const DECADE_STARTS = [1, 11, 21] as const;

/** Ten days of a month; the third goes on to its end. */
export function decadePeriod(year: number, month: number, decade: 1 | 2 | 3): Period {
  const start = `${year}-${pad(month)}-${pad(DECADE_STARTS[decade - 1] ?? 1)}`;
  const end = decade === 3 ? monthPeriod(year, month).end : `${year}-${pad(month)}-${DECADE_STARTS[decade]}`;
  return { start, end };
}

export function monthPeriod(year: number, month: number): Period {
  const [nextYear, next] = month === 12 ? [year + 1, 1] : [year, month + 1];
  return { start: `${year}-${pad(month)}-01`, end: `${nextYear}-${pad(next)}-01` };
}

/**
 * A date as tables write it: ISO 8601 with or without a time, `1990/04/03`, `03.04.1990`, `04.1990`, `1990`, `апрель 1990`, GRDC's `1990-04-00`.
 * Of `03/04/1990` the order must be told, unless one number is no month. `null` where it is no date; `'unclear'` where the order is not told.
 */
export function datePeriod(written: string, order: 'day-first' | 'month-first' | null = null): Dated | 'unclear' | null {
  const text = written.trim().replace(/\s+/g, ' ');
  const iso =
    /^(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?:[T ;]+(\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?) ?(Z|[+-]\d{2}:?\d{2})?)?$/i.exec(
      text,
    );
  if (iso !== null) {
    const [, year = '', month = '', day, time, zone] = iso;
    if (day === undefined || Number(day) === 0) return whole(`${year}-${pad(month)}`, 'month'); // GRDC: day 00 of a month
    return time === undefined
      ? whole(`${year}-${pad(month)}-${pad(day)}`, 'day')
      : moment(`${year}-${pad(month)}-${pad(day)}`, time, zone);
  }
  const turned = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?:[ T,]+(\d{1,2}:\d{2}(?::\d{2})?))?(?: г\.?)?$/i.exec(text);
  if (turned !== null) {
    const [, first = '', mark, second = '', year = '', time] = turned;
    const dayFirst = mark === '.' ? order !== 'month-first' : order === null ? told(first, second) : order === 'day-first';
    if (dayFirst === null) return 'unclear';
    const day = `${year}-${pad(dayFirst ? second : first)}-${pad(dayFirst ? first : second)}`;
    return time === undefined ? whole(day, 'day') : moment(day, time, undefined);
  }
  if (/^\d{4}(?: ?г(?:од|\.)?| ?ж\.?)?$/u.test(text)) return plausible(text.slice(0, 4)) ? whole(text.slice(0, 4), 'year') : null;
  const monthYear = /^(\d{1,2})[./-](\d{4})$/.exec(text);
  if (monthYear !== null) return whole(`${monthYear[2]}-${pad(monthYear[1] ?? '')}`, 'month');
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  if (compact !== null && plausible(compact[1] ?? '')) return whole(`${compact[1]}-${compact[2]}-${compact[3]}`, 'day');
  return named(text);
}

/** `true` where the first of two numbers can only be the day, `false` where only the second can. */
function told(first: string, second: string): boolean | null {
  if (Number(first) > 12) return true;
  return Number(second) > 12 ? false : null;
}

function plausible(year: string): boolean {
  return Number(year) >= 1700 && Number(year) <= 2200;
}

function whole(text: string, interval: SeriesInterval): Dated | null {
  const period = periodOf(text);
  return period === null ? null : { period, interval };
}

/** A moment, UTC where no zone is told; its period is a second, so that it has a length. */
function moment(day: string, time: string, zone: string | undefined): Dated | null {
  if (periodOf(day) === null) return null;
  const [hours = '', minutes = '', seconds = '00'] = time.split(':');
  const at = Date.parse(
    `${day}T${pad(hours)}:${minutes}:${seconds}${zone === undefined ? 'Z' : zone.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2')}`,
  );
  if (Number.isNaN(at)) return null;
  const iso = (of: number): string => new Date(of).toISOString().replace('.000Z', 'Z');
  return { period: { start: iso(at), end: iso(at + 1000) }, interval: 'instant' };
}

/** `3 апреля 1990`, `апрель 1990`, `Apr-1990`, `1990 сәуір`. */
function named(text: string): Dated | null {
  const parts = text.replace(/\s*г\.?$/u, '').split(/[\s,./-]+/);
  const years = parts.filter((part) => /^\d{4}$/.test(part) && plausible(part));
  const months = parts.flatMap((part) => (/^\d/.test(part) ? [] : [monthNamed(part)]));
  const days = parts.filter((part) => /^\d{1,2}$/.test(part));
  const month = months[0];
  if (years.length !== 1 || months.length !== 1 || month === null || month === undefined || parts.length > 3) return null;
  return days.length === 0
    ? whole(`${years[0]}-${pad(month)}`, 'month')
    : whole(`${years[0]}-${pad(month)}-${pad(days[0] ?? '')}`, 'day');
}

/** What a row of a table of years is called: `1960`, `1960 г.`, `1960/61`, `1960-1961`; `null` where it is no year. */
export function yearLabel(text: string): { start: number; end: number } | null {
  const found = /^\s*(\d{4})(?:\s*[-–—/]\s*(\d{2}|\d{4}))?\s*(?:гг?\.?|год[аы]?|жж?\.?|жыл|y\.?)?\s*\*?\s*$/iu.exec(text);
  if (found === null || !plausible(found[1] ?? '')) return null;
  const start = Number(found[1]);
  if (found[2] === undefined) return { start, end: start };
  const end =
    found[2].length === 4
      ? Number(found[2])
      : Math.floor(start / 100) * 100 + Number(found[2]) + (Number(found[2]) < start % 100 ? 100 : 0);
  return end === start + 1 ? { start, end } : null;
}
