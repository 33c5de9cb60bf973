/**
 * Calendars of climate models and of people, as days on a line (CF 1.11, 4.4.1).
 *
 *     const noleap = calendarNamed('365_day');
 *     noleap.day(2001, 3, 1) - noleap.day(2001, 2, 28)   // 1
 *     noleap.iso(noleap.day(2001, 3, 1))                 // '2001-03-01'
 *
 * Days of the calendars that people live by (standard, proleptic Gregorian, Julian) are shown as ISO 8601 does: in the
 * proleptic Gregorian one. Days of models' years are shown by the same name; those that no real year has (30 February) have none.
 */

export interface Calendar {
  /** Number of the day on the line of this calendar; lines of different calendars do not compare. */
  day(year: number, month: number, day: number): number;
  date(day: number): [year: number, month: number, day: number];
  /** The day as ISO 8601; `null` where the common calendar has no such day, or its year has not four digits. */
  iso(day: number): string | null;
  daysInMonth(year: number, month: number): number;
}

/** Days before each month of a common year. */
const BEFORE = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365];
/** The first day of the Gregorian calendar, 15 October 1582, counted from 1970-01-01. */
const REFORM = -141_427;

const leapGregorian = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
const leapJulian = (year: number): boolean => year % 4 === 0;

/** Years before `year`, leap days in them: floor works for years before 1, too. */
const gregorianLeaps = (year: number): number =>
  Math.floor((year - 1) / 4) - Math.floor((year - 1) / 100) + Math.floor((year - 1) / 400);
const julianLeaps = (year: number): number => Math.floor((year - 1) / 4);

/** 1970-01-01, counted from 0001-01-01 in the Gregorian calendar. */
const EPOCH = 719_162;
/** 0001-01-01 of the Julian calendar is two days before that of the Gregorian one. */
const JULIAN_EPOCH = EPOCH + 2;

const gregorian = leapYears(leapGregorian, gregorianLeaps, 365.2425, EPOCH);
const julian = leapYears(leapJulian, julianLeaps, 365.25, JULIAN_EPOCH);

/** Real days: shown in the proleptic Gregorian calendar whatever they are counted in. */
const realIso = (day: number): string | null => isoOf(gregorian.date(day));

const mixed: Omit<Calendar, 'iso'> = {
  day: (year, month, day) => {
    const own = gregorian.day(year, month, day);
    return own >= REFORM ? own : julian.day(year, month, day);
  },
  date: (day) => (day >= REFORM ? gregorian : julian).date(day),
  daysInMonth: (year, month) => (year > 1582 ? gregorian : julian).daysInMonth(year, month),
};

const CALENDARS: Readonly<Record<string, Calendar>> = {
  standard: { ...mixed, iso: realIso },
  proleptic_gregorian: { ...gregorian, iso: realIso },
  julian: { ...julian, iso: realIso },
  noleap: modelled(
    leapYears(
      () => false,
      () => 0,
      365,
      0,
    ),
  ),
  all_leap: modelled(
    leapYears(
      () => true,
      (year) => year - 1,
      366,
      0,
    ),
  ),
  '360_day': modelled({
    day: (year, month, day) => year * 360 + (month - 1) * 30 + day - 1,
    date: (day) => [Math.floor(day / 360), Math.floor(modulo(day, 360) / 30) + 1, modulo(day, 30) + 1],
    daysInMonth: () => 30,
  }),
};

/** Other names of calendars, as files have them. */
const ALIASES: Readonly<Record<string, string>> = {
  gregorian: 'standard',
  utc: 'standard',
  tai: 'standard',
  '365_day': 'noleap',
  no_leap: 'noleap',
  '366_day': 'all_leap',
  '360': '360_day',
  uniform30day: '360_day',
};

/** The calendar that an attribute names (`standard` where there is none); `null` where it is not known. */
export function calendarNamed(name: string | null): Calendar | null {
  const plain = (name ?? 'standard').trim().toLowerCase();
  return CALENDARS[ALIASES[plain] ?? plain] ?? null;
}

/** Days as whole years, then months of known lengths, then days. */
function leapYears(
  leap: (year: number) => boolean,
  leapsBefore: (year: number) => number,
  meanYear: number,
  epoch: number,
): Omit<Calendar, 'iso'> {
  const before = (year: number, month: number): number => (BEFORE[month - 1] as number) + (month > 2 && leap(year) ? 1 : 0);
  const newYear = (year: number): number => (year - 1) * 365 + leapsBefore(year) - epoch;
  return {
    day: (year, month, day) => newYear(year) + before(year, month) + day - 1,
    date: (day) => {
      let year = Math.floor((day + epoch) / meanYear) + 1;
      while (newYear(year) > day) year -= 1;
      while (newYear(year + 1) <= day) year += 1;
      const rest = day - newYear(year);
      let month = 12;
      while (before(year, month) > rest) month -= 1;
      return [year, month, rest - before(year, month) + 1];
    },
    daysInMonth: (year, month) => (BEFORE[month] as number) - (BEFORE[month - 1] as number) + (month === 2 && leap(year) ? 1 : 0),
  };
}

/** A calendar of a model: its days are shown by their own names. */
function modelled(calendar: Omit<Calendar, 'iso'>): Calendar {
  return {
    ...calendar,
    iso: (number) => {
      const [year, month, day] = calendar.date(number);
      return day <= gregorian.daysInMonth(year, month) ? isoOf([year, month, day]) : null;
    },
  };
}

function isoOf([year, month, day]: [number, number, number]): string | null {
  if (!(year >= 1 && year <= 9999)) return null;
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}
