/**
 * The period that each step of a cube is of: by its bounds (CF 1.11, 7.1), its climatological bounds (7.4), else by the
 * spacing of the steps.
 *
 *     periodsOf(reader, Float64Array.of(15, 45, 74), { bounds: null, … });   // January, February, March
 */
import type { Period } from '../types.ts';
import type { TimeReader } from './cf-time.ts';

export interface TimeSteps {
  /** As stored; NaN where a step has none. */
  values: Float64Array;
  /** First and last moment of each step, two after two; `null` where none are stated. */
  bounds: Float64Array | null;
  /** What the file says of its spacing (`mon`, `P1M`, `day`): used for a single step. */
  frequency: string | null;
}

export interface StepPeriods {
  periods: (Period | null)[];
  /** Time of day of each step where several share a day, `06:00`; else `null`. */
  times: (string | null)[];
  /** Lengths told by the spacing, not by the file. */
  assumed: boolean;
  /** Several steps share a day, and have its date. */
  withinDay: boolean;
  /** Steps without a date: no value, or a day that the common calendar does not have. */
  undated: number;
}

/** How far lengths of months and years may be from one another [days]: those of all calendars are within. */
const MONTH = [27, 32] as const;
const YEAR = [359, 367] as const;
/** Rounding in the distance of two times [days]. */
const NEAR = 1e-3;
/** Rounding of a time itself: just before midnight is midnight [days]. */
const JUST = 1e-5;

/** The periods of all steps. Days are UTC; their names are those of the calendar. */
export function periodsOf(reader: TimeReader, { values, bounds, frequency }: TimeSteps): StepPeriods {
  const days = values.map((value) => reader.day(value));
  const gaps = Array.from(days.subarray(1), (day, i) => day - (days[i] as number));
  const withinDay = gaps.some((gap) => gap > 0 && gap < 1 - NEAR);
  const spans = bounds === null ? spansBySpacing(reader, days, gaps, frequency) : spansByBounds(reader, days, bounds);
  const periods = spans.map((span) => (span === null ? null : periodOfSpan(reader, span)));
  return {
    periods,
    times: Array.from(days, (day) => (withinDay && Number.isFinite(day) ? timeOf(day) : null)),
    assumed: bounds === null && spans.some((span) => span !== null && span[1] - span[0] > 1),
    withinDay,
    undated: periods.filter((period) => period === null).length,
  };
}

/** Whole days from the first to before the second. */
type Span = [from: number, to: number];

function spansByBounds(reader: TimeReader, days: Float64Array, bounds: Float64Array): (Span | null)[] {
  return Array.from(days, (day, i) => {
    const pair = [reader.day(bounds[2 * i] as number), reader.day(bounds[2 * i + 1] as number)];
    const [from, to] = [Math.min(...pair), Math.max(...pair)];
    if (!Number.isFinite(to - from)) return Number.isFinite(day) ? dayOf(day) : null;
    // a length within a day, or none: the day that it is in
    if (to - from < 1 - NEAR) return dayOf(to === from ? day : from);
    const first = Math.floor(from + JUST);
    return [first, first + Math.round(to - from)];
  });
}

function spansBySpacing(reader: TimeReader, days: Float64Array, gaps: number[], frequency: string | null): (Span | null)[] {
  const { calendar } = reader;
  const dates = Array.from(days, (day) => (Number.isFinite(day) ? calendar.date(Math.floor(day + JUST)) : null));
  const whole = (place: number, count: number): Span | null => {
    const date = dates[place];
    if (date == null) return null;
    const at = count >= 12 ? date[0] * 12 : date[0] * 12 + date[1] - 1;
    const first = (index: number): number => calendar.day(Math.floor(index / 12), (index % 12) + 1, 1);
    return [first(at), first(at + Math.min(count, 12))];
  };
  const single = days.length === 1 ? monthsIn(frequency) : null;
  const months = single ?? (dates.includes(null) ? null : monthsApart(dates as [number, number, number][], gaps));
  if (months !== null) return dates.map((_, i) => whole(i, months));
  const [low, high] = [Math.min(...gaps), Math.max(...gaps)];
  const even = gaps.length > 0 && low > 1 + NEAR && high <= 2 * low;
  const usual = even ? Math.round(median(gaps)) : 1;
  return Array.from(days, (day, i) => {
    if (!Number.isFinite(day)) return null;
    const first = Math.floor(day + JUST);
    const next = days[i + 1];
    return [first, even && next !== undefined ? Math.floor(next + JUST) : first + usual];
  });
}

/** Months from step to step, where each is in the month that follows so: 1, those of a quarter that begin with the first, 12 for years. */
function monthsApart(dates: readonly [number, number, number][], gaps: readonly number[]): number | null {
  if (gaps.length === 0) return null;
  const index = ([year, month]: [number, number, number]): number => year * 12 + month - 1;
  const steps = dates.slice(1).map((date, i) => index(date) - index(dates[i] as [number, number, number]));
  const [apart = 0] = steps;
  if (apart < 1 || steps.some((step) => step !== apart)) return null;
  const all = ([low, high]: readonly [number, number], times: number): boolean =>
    gaps.every((gap) => gap >= low * times - NEAR && gap <= high * times + NEAR);
  if (apart === 1) return all(MONTH, 1) ? 1 : null;
  // of years that stand apart only they themselves are known
  if (apart % 12 === 0) return all(YEAR, apart / 12) ? 12 : null;
  return apart < 12 && dates.every(([, , day]) => day === 1) ? apart : null;
}

/** What words for a spacing mean, in months: `mon`, `monthly`, `P1M`, `yr`, `P1Y`. */
function monthsIn(frequency: string | null): number | null {
  const plain = (frequency ?? '').trim().toLowerCase();
  if (/^(mon|month|monthly|monc|monpt|amon|p1m|p0000-01.*|p0y1m.*)$/.test(plain)) return 1;
  return /^(yr|year|yearly|annual|yrpt|p1y|p0001-.*)$/.test(plain) ? 12 : null;
}

/** Years that stand as numbers, in a coordinate without units; `null` where they are no years. */
export function yearPeriods(values: Float64Array): Period[] | null {
  if (values.length === 0 || !values.every((value) => Number.isInteger(value) && value >= 1000 && value <= 3000)) return null;
  return Array.from(values, (year) => ({ start: `${year}-01-01`, end: `${year + 1}-01-01` }));
}

function dayOf(day: number): Span {
  const first = Math.floor(day + JUST);
  return [first, first + 1];
}

function periodOfSpan({ calendar }: TimeReader, [from, to]: Span): Period | null {
  const start = calendar.iso(from);
  if (start === null) return null;
  // a day is a day, also before one that a model's year leaves out
  const end = to - from === 1 ? dayAfter(start) : calendar.iso(to);
  return end === null || end <= start ? null : { start, end };
}

function dayAfter(iso: string): string | null {
  const next = new Date(Date.parse(`${iso}T00:00Z`) + 86_400_000).toISOString();
  return next.startsWith('+') ? null : next.slice(0, 10);
}

function timeOf(day: number): string {
  const minutes = Math.floor((day - Math.floor(day)) * 1440 + 0.01);
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] as number;
}
