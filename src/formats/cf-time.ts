/**
 * Times as CF counts them: `days since 1950-01-01` in a calendar (CF 1.11, 4.4), and the ways that older programs write them.
 *
 *     const read = timeReader('hours since 1900-01-01 00:00:0.0', 'gregorian');
 *     read.day(876_576)    // days of the calendar's line, with their fraction
 */
import { type Calendar, calendarNamed } from './cf-calendar.ts';

export interface TimeReader {
  calendar: Calendar;
  /** The day on the calendar's line and its fraction, to the millisecond; NaN where the value is none. */
  day(value: number): number;
  /** Whether months or years are counted, which have no one length: they were taken for those of the calendar. */
  byMonths: boolean;
}

/** Units by the day [1]. UDUNITS-2, udunits2-common.xml and udunits2-accepted.xml. */
const UNITS: readonly (readonly [pattern: RegExp, days: number])[] = [
  [/^(d|days?)$/, 1],
  [/^(h|hrs?|hours?)$/, 1 / 24],
  [/^(min|mins|minutes?)$/, 1 / 1440],
  [/^(s|secs?|seconds?)$/, 1 / 86_400],
  [/^(ms|msecs?|milliseconds?|millisecs?)$/, 1 / 86_400_000],
  [/^(us|microseconds?|microsecs?)$/, 1 / 86_400_000_000],
  [/^(ns|nanoseconds?|nanosecs?)$/, 1 / 86_400_000_000_000],
  [/^weeks?$/, 7],
  [/^common_years?$/, 365],
];

/** Months in a unit: a mean month as UDUNITS has it (30.44 days) is never what is meant. */
const MONTHS: readonly (readonly [pattern: RegExp, months: number])[] = [
  [/^(mon|months?)$/, 1],
  [/^(yr|years?|calendar_years?)$/, 12],
];

/** Thirty thousand years: years have four digits, and some calendars begin with the year 0 [days]. */
const MOST_DAYS = 11_000_000;

const REFERENCE =
  /^(-?\d{1,5})-(\d{1,2})(?:-(\d{1,2}))?(?:[T\s]+(\d{1,2})(?::(\d{1,2})(?::(\d{1,2}(?:\.\d*)?))?)?)?\s*(Z|UTC|GMT|[+-]\d{1,2}(?::?\d{2})?)?$/i;

/** Reader for the times that `units` counts; `null` where units or calendar are not read. */
export function timeReader(units: string | null, calendarName: string | null): TimeReader | null {
  const calendar = calendarNamed(calendarName);
  if (units === null || calendar === null) return null;
  const packed = /^(day|month|year) as (%Y(?:%m(?:%d)?)?)\.%f$/i.exec(units.trim());
  if (packed !== null)
    return { calendar, byMonths: false, day: (value) => rounded(packedDay(calendar, value, packed[2] as string)) };
  const [, unit = '', since = ''] = /^\s*([A-Za-z_]+)\s+(?:since|after|from|ref|@)\s+(.*?)\s*$/i.exec(units) ?? [];
  const start = referenceIn(since, calendar);
  if (start === null) return null;
  const plain = unit.toLowerCase();
  const days = UNITS.find(([pattern]) => pattern.test(plain))?.[1];
  if (days !== undefined)
    return { calendar, byMonths: false, day: (value) => rounded(start.day + start.fraction + value * days) };
  const months = MONTHS.find(([pattern]) => pattern.test(plain))?.[1];
  if (months === undefined) return null;
  return { calendar, byMonths: true, day: (value) => rounded(monthsLater(calendar, start, value * months)) };
}

interface Reference {
  day: number;
  /** Of the day; also below 0 and above 1, by the time zone. */
  fraction: number;
}

/** The date in `days since 1950-1-1 00:00:00 +6:00`; `null` for what is none of the calendar. */
function referenceIn(text: string, calendar: Calendar): Reference | null {
  const match = REFERENCE.exec(text.replace(/\s+/g, ' '));
  if (match === null) return null;
  const [, year = '', month = '', day = '1', hour = '0', minute = '0', second = '0', zone = 'Z'] = match;
  const [y, m, d] = [Number(year), Number(month), Number(day)];
  if (m < 1 || m > 12 || d < 1 || d > Math.max(31, calendar.daysInMonth(y, m))) return null;
  if (d > calendar.daysInMonth(y, m)) return null;
  const [, sign = '', hours = '0', minutes = '0'] = /^([+-])(\d{1,2}):?(\d{2})?$/.exec(zone) ?? [];
  const east = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  const fraction = (Number(hour) * 60 + Number(minute) - east) / 1440 + Number(second) / 86_400;
  return { day: calendar.day(y, m, d), fraction };
}

/** So many months after a date, part of a month as part of its days. */
function monthsLater(calendar: Calendar, start: Reference, months: number): number {
  if (!(Math.abs(months) < MOST_DAYS)) return Number.NaN;
  const [year, month, day] = calendar.date(start.day);
  const whole = Math.floor(months + 1e-9);
  const count = year * 12 + month - 1 + whole;
  const [y, m] = [Math.floor(count / 12), count - 12 * Math.floor(count / 12) + 1];
  const length = calendar.daysInMonth(y, m);
  return calendar.day(y, m, Math.min(day, length)) + start.fraction + Math.max(0, months - whole) * length;
}

/** `20000131.5` by `day as %Y%m%d.%f`, as CDO writes absolute times. */
function packedDay(calendar: Calendar, value: number, format: string): number {
  if (!(Math.abs(value) < 1e9)) return Number.NaN;
  const whole = Math.floor(value);
  const rest = value - whole;
  if (format === '%Y') return calendar.day(whole, 1, 1) + Math.floor(rest * 365);
  const [year, month, day] =
    format === '%Y%m'
      ? [Math.floor(whole / 100), whole % 100, 1]
      : [Math.floor(whole / 10_000), Math.floor(whole / 100) % 100, whole % 100];
  if (month < 1 || month > 12 || day < 1 || day > calendar.daysInMonth(year, month)) return Number.NaN;
  return calendar.day(year, month, day) + (format === '%Y%m' ? Math.floor(rest * calendar.daysInMonth(year, month)) : rest);
}

/** To the millisecond: `0.1` hours and the like are not what float64 makes of them. Days that no calendar reaches are none. */
function rounded(day: number): number {
  return Math.abs(day) <= MOST_DAYS ? Math.round(day * 86_400_000) / 86_400_000 : Number.NaN;
}
