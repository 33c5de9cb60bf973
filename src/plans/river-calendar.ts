/**
 * The steps of a model: what day each begins, how long it is, and where in the year it lies, by the calendar of pandas periods
 * that Pywr keeps to. A step of days is placed by its first day; a week, month, quarter or year by its last.
 *
 *     const calendar = calendarOf({ start: '2015-01-01', end: '2015-12-31', step: 1 }, where);
 *     calendar.days[0]    // 1
 */
import { dayOf, type Where } from '../formats/pywr-frame.ts';
import { Problem } from '../problems.ts';

export interface Calendar {
  count: number;
  /** First day of each step, and of the one after the last, in days since 1970-01-01. */
  start: Float64Array;
  /** Length [d]. */
  days: Float64Array;
  year: Int32Array;
  /** 1 to 12. */
  month: Uint8Array;
  day: Uint8Array;
  /** 1 to 366. */
  dayOfYear: Uint16Array;
  /** 0 to 365, where the 60th is 29 February and left out in other years. */
  dayIndex: Uint16Array;
  /** 0 to 51. */
  weekIndex: Uint8Array;
  /** Whole days of a step, where all steps have as many; else null. */
  delta: number | null;
  /** Year of the last day that was asked for. */
  lastYear: number;
}

type Unit = 'D' | 'H' | 'T' | 'W' | 'M' | 'Q' | 'Y';

/** Steps of a run that are accepted: three hundred years of hours. */
const MOST_STEPS = 3_000_000;
const DAY_MS = 86_400_000;

/** @throws Problem `river-field` where dates or step cannot be read. */
export function calendarOf(time: { start: string; end: string; step: number | string }, { file }: Pick<Where, 'file'>): Calendar {
  const [first, last] = [dayIn(time.start, file, 'start'), dayIn(time.end, file, 'end')];
  const { unit, times, weekEnd } = frequencyOf(time.step, file);
  const starts = startsOf(first, last, unit, times, weekEnd);
  const count = starts.length - 1;
  if (count < 1)
    throw new Problem('river-field', { file, place: 'timestepper.end', found: time.end, expected: `≥ ${time.start}` });
  if (count > MOST_STEPS)
    throw new Problem('river-field', { file, place: 'timestepper', found: String(count), expected: `≤ ${MOST_STEPS}` });
  const calendar: Calendar = {
    count,
    start: Float64Array.from(starts),
    days: new Float64Array(count),
    year: new Int32Array(count),
    month: new Uint8Array(count),
    day: new Uint8Array(count),
    dayOfYear: new Uint16Array(count),
    dayIndex: new Uint16Array(count),
    weekIndex: new Uint8Array(count),
    delta: unit === 'D' ? times : null,
    lastYear: new Date(last * DAY_MS).getUTCFullYear(),
  };
  for (let i = 0; i < count; i++) {
    const start = starts[i] as number;
    calendar.days[i] = Math.round(((starts[i + 1] as number) - start) * 86400) / 86400;
    const at = new Date((unit === 'D' || unit === 'H' || unit === 'T' ? start : onePeriodOn(start, unit) - 1) * DAY_MS);
    const year = at.getUTCFullYear();
    const dayOfYear = Math.floor((at.getTime() - Date.UTC(year, 0, 1)) / DAY_MS) + 1;
    const leap = Date.UTC(year, 2, 1) - Date.UTC(year, 1, 1) === 29 * DAY_MS;
    const index = !leap && dayOfYear > 59 ? dayOfYear : dayOfYear - 1;
    calendar.year[i] = year;
    calendar.month[i] = at.getUTCMonth() + 1;
    calendar.day[i] = at.getUTCDate();
    calendar.dayOfYear[i] = dayOfYear;
    calendar.dayIndex[i] = index;
    calendar.weekIndex[i] = index >= 364 ? 51 : Math.floor(index / 7);
  }
  return calendar;
}

/** A day since 1970-01-01 as ISO 8601, with the time of day where there is one. */
export function isoDay(day: number): string {
  const text = new Date(Math.round(day * 86400) * 1000).toISOString();
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text.slice(0, 16);
}

function dayIn(text: string, file: string, field: string): number {
  const day = dayOf(text);
  if (Number.isNaN(day))
    throw new Problem('river-field', { file, place: `timestepper.${field}`, found: text, expected: '2015-12-31' });
  return day;
}

function frequencyOf(step: number | string, file: string): { unit: Unit; times: number; weekEnd: number } {
  const wrong = (): Problem =>
    new Problem('river-field', {
      file,
      place: 'timestepper.timestep',
      found: String(step),
      expected: '1, "7D", "W-SUN", "M", "Y"',
    });
  if (typeof step === 'number') {
    if (!Number.isInteger(step) || step < 1) throw wrong();
    return { unit: 'D', times: step, weekEnd: 0 };
  }
  const match = /^(\d*)\s*([A-Za-z]+)(?:-([A-Z]{3}))?$/.exec(step.trim());
  const names: Record<string, Unit> = {
    d: 'D',
    h: 'H',
    min: 'T',
    t: 'T',
    w: 'W',
    m: 'M',
    me: 'M',
    q: 'Q',
    y: 'Y',
    a: 'Y',
    ye: 'Y',
  };
  const unit = names[match?.[2]?.toLowerCase() ?? ''];
  const weekEnd = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'].indexOf(match?.[3] ?? 'SUN');
  const times = match?.[1] === '' ? 1 : Number(match?.[1]);
  if (unit === undefined || !(times >= 1) || (unit === 'W' && weekEnd === -1)) throw wrong();
  return { unit, times, weekEnd };
}

/** Beginnings of all steps and of the one after the last. */
function startsOf(first: number, last: number, unit: Unit, times: number, weekEnd: number): number[] {
  const length = unit === 'D' ? 1 : unit === 'H' ? 1 / 24 : unit === 'T' ? 1 / 1440 : unit === 'W' ? 7 : 0;
  const starts: number[] = [];
  if (length > 0) {
    // 1 January 1970 was a Thursday
    const origin =
      unit === 'W' ? Math.floor(first) - ((Math.floor(first) + 4 - weekEnd + 6) % 7) : Math.floor(first / length) * length;
    const least = unit === 'H' || unit === 'T' ? Math.floor(first / length + 1e-9) : 0;
    for (let i = 0; starts.length <= MOST_STEPS + 1; i += times) {
      const start = unit === 'H' || unit === 'T' ? (least + i) * length : origin + i * length;
      starts.push(start);
      if (start > last + 1e-9) return starts;
    }
    return starts;
  }
  const date = new Date(first * DAY_MS);
  const months = unit === 'M' ? 1 : unit === 'Q' ? 3 : 12;
  const begin = Math.floor((date.getUTCFullYear() * 12 + date.getUTCMonth()) / months) * months;
  for (let i = begin; starts.length <= MOST_STEPS + 1; i += months * times) {
    const start = Date.UTC(Math.floor(i / 12), i % 12, 1) / DAY_MS;
    starts.push(start);
    if (start > last) return starts;
  }
  return starts;
}

/** The beginning of the period after the one that begins at `start`. */
function onePeriodOn(start: number, unit: Unit): number {
  if (unit === 'W') return start + 7;
  const date = new Date(start * DAY_MS);
  const months = unit === 'M' ? 1 : unit === 'Q' ? 3 : 12;
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1) / DAY_MS;
}
