/** Times of cubes. Dates in the tables are those of cftime 1.6.6 (`num2date`); time zones are those of CF 1.11, 4.4, and months those of the calendar. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { calendarNamed } from '../../src/formats/cf-calendar.ts';
import { periodsOf, type TimeSteps, yearPeriods } from '../../src/formats/cf-periods.ts';
import { timeReader } from '../../src/formats/cf-time.ts';

const NAMES = ['standard', 'proleptic_gregorian', 'julian', 'noleap', 'all_leap', '360_day'] as const;

function calendar(name: string) {
  const found = calendarNamed(name);
  if (found === null) throw new Error(name);
  return found;
}

function reader(units: string, name: string | null = null) {
  const found = timeReader(units, name);
  if (found === null) throw new Error(units);
  return found;
}

function periods(units: string, values: number[], more: Partial<TimeSteps> & { calendar?: string } = {}) {
  const { calendar: name = null, ...steps } = more;
  return periodsOf(reader(units, name), { values: Float64Array.from(values), bounds: null, frequency: null, ...steps });
}

const spans = (...args: Parameters<typeof periods>): string[] =>
  periods(...args).periods.map((period) => (period === null ? 'none' : `${period.start} ${period.end}`));

describe('calendars', () => {
  test.each(NAMES)('%s: days go to dates and back', (name) => {
    fc.assert(
      fc.property(fc.integer({ min: -900_000, max: 3_000_000 }), (day) => {
        const own = calendar(name);
        expect(own.day(...own.date(day))).toBe(day);
        const [next, here] = [own.date(day + 1), own.date(day)];
        const rolls =
          next[2] === 1 ? here[2] === own.daysInMonth(here[0], here[1]) || name === 'standard' : next[2] === here[2] + 1;
        expect(rolls || (name === 'standard' && here[0] === 1582)).toBe(true);
      }),
      { seed: 11, numRuns: 300 },
    );
  });

  test('the proleptic Gregorian calendar is that of Date', () => {
    fc.assert(
      fc.property(fc.integer({ min: -719_000, max: 2_900_000 }), (day) => {
        expect(calendar('proleptic_gregorian').iso(day)).toBe(new Date(day * 86_400_000).toISOString().slice(0, 10));
      }),
      { seed: 12, numRuns: 300 },
    );
  });

  test('the standard calendar leaves out ten days of 1582', () => {
    const standard = calendar('standard');
    expect(standard.day(1582, 10, 15) - standard.day(1582, 10, 4)).toBe(1);
    expect(standard.date(standard.day(1582, 10, 15) - 1)).toEqual([1582, 10, 4]);
    expect(standard.iso(standard.day(1582, 10, 4))).toBe('1582-10-14');
  });

  test('days of a model year are shown by their own names, or not at all', () => {
    const days = calendar('360_day');
    expect(days.iso(days.day(2001, 2, 28))).toBe('2001-02-28');
    expect(days.iso(days.day(2001, 2, 30))).toBeNull();
    const leap = calendar('all_leap');
    expect(leap.iso(leap.day(2001, 2, 29))).toBeNull();
    expect(leap.iso(leap.day(2004, 2, 29))).toBe('2004-02-29');
  });

  test.each(['gregorian', 'Standard', '365_day', 'NOLEAP', '366_day', '360'])('%s is a name of a calendar', (name) =>
    expect(calendarNamed(name)).not.toBeNull(),
  );

  test.each(['none', 'lunar', ''])('"%s" is none', (name) => expect(calendarNamed(name)).toBeNull());
});

describe('times as they are counted', () => {
  test.each([
    ['days since 1950-01-01 00:00:00', null, 17_897, '1999-01-01', 0],
    ['hours since 1900-01-01 00:00:0.0', 'gregorian', 876_582, '2000-01-01', 0.25],
    ['seconds since 1970-01-01T00:00:00Z', 'standard', 951_782_400, '2000-02-29', 0],
    ['minutes since 2000-01-01 06:00:00 +6:00', null, 90, '2000-01-01', 0.0625],
    ['days since 1-1-1 00:00:00', 'standard', 730_121, '2000-01-01', 0],
    ['days since 1-1-1 00:00:00', 'proleptic_gregorian', 730_119, '2000-01-01', 0],
    ['days since 0001-01-01', 'noleap', 729_635, '2000-01-01', 0],
    ['days since 1850-1-1', '360_day', 54_000, '2000-01-01', 0],
    ['days since 1999-12-19', 'julian', 13, '2000-01-14', 0],
    ['day as %Y%m%d.%f', null, 20_000_229.5, '2000-02-29', 0.5],
    ['months since 1960-01-01', '360', 480.5, '2000-01-16', 0],
    ['months since 2000-01-31', 'standard', 1, '2000-02-29', 0],
    ['years since 1990-01-01', 'standard', 10, '2000-01-01', 0],
  ])('%s (%s): %d', (units, name, value, iso, fraction) => {
    const own = reader(units, name);
    const day = own.day(value);
    expect(own.calendar.iso(Math.floor(day))).toBe(iso);
    expect(day - Math.floor(day)).toBeCloseTo(fraction, 9);
  });

  test.each([
    ['fortnights since 2000-01-01', null],
    ['days', null],
    ['days since the flood', null],
    ['days since 2001-02-29', 'standard'],
    ['days since 2000-13-01', null],
    ['days since 2000-01-01', 'lunar'],
    ['', null],
    [null, null],
  ])('%s (%s) is not read', (units, name) => expect(timeReader(units, name)).toBeNull());
});

describe('periods of steps', () => {
  test('without bounds, steps of successive months are whole months, wherever in them they stand', () => {
    const wanted = ['2001-01-01 2001-02-01', '2001-02-01 2001-03-01', '2001-03-01 2001-04-01'];
    expect(spans('days since 2001-01-01', [0, 31, 59])).toEqual(wanted);
    expect(spans('days since 2001-01-01', [15.5, 45, 74.5])).toEqual(wanted);
    expect(spans('days since 2001-01-01', [30, 58, 89])).toEqual(wanted);
    expect(spans('months since 2001-01-01', [0.5, 1.5, 2.5], { calendar: '360' })).toEqual(wanted);
  });

  test('two days on both sides of the end of a month are days', () =>
    expect(spans('days since 2001-01-31', [0, 1])).toEqual(['2001-01-31 2001-02-01', '2001-02-01 2001-02-02']));

  test('years are years, also where only every fifth is there', () => {
    expect(spans('days since 2000-07-01', [0, 365, 730])).toEqual([
      '2000-01-01 2001-01-01',
      '2001-01-01 2002-01-01',
      '2002-01-01 2003-01-01',
    ]);
    expect(spans('years since 1990-01-01', [0, 5, 10])[2]).toBe('2000-01-01 2001-01-01');
  });

  test('steps of eight and sixteen days last until the next, the last as long as usual', () => {
    expect(spans('days since 2001-01-01', [0, 16, 32])).toEqual([
      '2001-01-01 2001-01-17',
      '2001-01-17 2001-02-02',
      '2001-02-02 2001-02-18',
    ]);
    // the last composite of a year is cut short: the new year begins anew
    expect(spans('days since 2001-12-03', [0, 16, 29, 45])[1]).toBe('2001-12-19 2002-01-01');
  });

  test('quarters that begin with the first last three months', () =>
    expect(spans('months since 2000-12-01', [0, 3, 6])).toEqual([
      '2000-12-01 2001-03-01',
      '2001-03-01 2001-06-01',
      '2001-06-01 2001-09-01',
    ]));

  test('scattered scenes have the day that they were taken', () =>
    expect(spans('days since 2001-01-01', [3, 19, 163])).toEqual([
      '2001-01-04 2001-01-05',
      '2001-01-20 2001-01-21',
      '2001-06-13 2001-06-14',
    ]));

  test('hours have the date of their day, and tell the time', () => {
    const { periods: found, times, withinDay } = periods('hours since 2001-01-01', [0, 6, 12, 18, 24]);
    expect(found.map((period) => period?.start)).toEqual(['2001-01-01', '2001-01-01', '2001-01-01', '2001-01-01', '2001-01-02']);
    expect(times).toEqual(['00:00', '06:00', '12:00', '18:00', '00:00']);
    expect(withinDay).toBe(true);
  });

  test('bounds count, not the step: a day of rain that ends in the morning', () =>
    expect(spans('hours since 2001-01-01', [30], { bounds: Float64Array.of(6, 30) })).toEqual(['2001-01-01 2001-01-02']));

  test('bounds that end a second before midnight end at midnight', () =>
    expect(spans('seconds since 2001-01-01', [0], { bounds: Float64Array.of(0, 31 * 86_400 - 1) })).toEqual([
      '2001-01-01 2001-02-01',
    ]));

  test('the day before one that a model leaves out is one day', () =>
    expect(spans('days since 2004-02-28', [0, 1], { calendar: 'noleap', bounds: Float64Array.of(0, 1, 1, 2) })).toEqual([
      '2004-02-28 2004-02-29',
      '2004-03-01 2004-03-02',
    ]));

  test('steps without a time, and days that are in no common year, have no date and are counted', () => {
    const { periods: found, undated } = periods('days since 2001-02-29', [0, 1, Number.NaN, 2], { calendar: '360_day' });
    expect(found.map((period) => period?.start ?? null)).toEqual([null, null, null, '2001-03-01']);
    expect(undated).toBe(3);
  });

  test('a single step lasts as long as the file says', () => {
    expect(spans('days since 2001-01-15', [0], { frequency: 'mon' })).toEqual(['2001-01-01 2001-02-01']);
    expect(spans('days since 2001-01-15', [0], { frequency: 'P1Y' })).toEqual(['2001-01-01 2002-01-01']);
    expect(spans('days since 2001-01-15', [0])).toEqual(['2001-01-15 2001-01-16']);
  });

  test('years as plain numbers', () => {
    expect(yearPeriods(Float64Array.of(1992, 1993))).toEqual([
      { start: '1992-01-01', end: '1993-01-01' },
      { start: '1993-01-01', end: '1994-01-01' },
    ]);
    expect(yearPeriods(Float64Array.of(1, 2))).toBeNull();
  });
});
