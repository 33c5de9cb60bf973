/**
 * Series brought to the steps of a model. Each row of a table holds for the time to the next row; a month's for the month, and a
 * week's for the seven days that end with its date, as pandas tells them, unless the table says that rows hold from their dates on. A step has the mean of what falls into it; where rows
 * are longer than the step, that of the row it lies in.
 *
 *     const values = alignSeries(days, numbers, calendar, where);   // one row for each step
 */
import type { Where } from '../formats/pywr-frame.ts';
import { Problem } from '../problems.ts';
import { type Calendar, isoDay } from './river-calendar.ts';

const DAY_MS = 86_400_000;

/** Values of all columns for every step. @throws Problem `river-table` where steps are not covered or values missing. */
export function alignSeries(
  days: Float64Array,
  values: readonly (readonly number[])[],
  calendar: Calendar,
  where: Where,
  { fromStart = false }: { fromStart?: boolean } = {},
): Float64Array[] {
  const { from, to } = spansOf(days, where, fromStart);
  const columns = values[0]?.length ?? 0;
  const out = Array.from({ length: columns }, () => new Float64Array(calendar.count));
  let row = 0;
  for (let i = 0; i < calendar.count; i++) {
    const [start, end] = [calendar.start[i] as number, (calendar.start[i] as number) + (calendar.days[i] as number)];
    while (row > 0 && (from[row] as number) > start) row--;
    while (row < days.length && (to[row] as number) <= start + 1e-9) row++;
    const missing = (): Problem =>
      new Problem('river-table', {
        ...where,
        found: isoDay(start),
        expected: `${isoDay(from[0] as number)} … ${isoDay(to.at(-1) as number)}`,
      });
    if (row >= days.length || (from[row] as number) > start + 1e-9) throw missing();
    for (const column of out) column[i] = 0;
    let covered = 0;
    for (let at = row; at < days.length && (from[at] as number) < end - 1e-9; at++) {
      const part = Math.min(to[at] as number, end) - Math.max(from[at] as number, start);
      covered += part;
      for (let c = 0; c < columns; c++)
        (out[c] as Float64Array)[i] = ((out[c] as Float64Array)[i] as number) + part * (values[at]?.[c] as number);
    }
    // the last step may reach past the last row, as a mean of what there is
    if (covered < end - start - 1e-6 && i < calendar.count - 1) throw missing();
    for (const column of out) {
      column[i] = (column[i] as number) / covered;
      if (Number.isNaN(column[i])) throw new Problem('river-table', { ...where, found: `${isoDay(start)}: —`, expected: '0.0' });
    }
    if (covered === (to[row] as number) - (from[row] as number) || covered === end - start)
      exact(out, values, row, i, from, to, start, end);
  }
  return out;
}

/** A step within one row has its value, without the rounding of a mean. */
function exact(
  out: Float64Array[],
  values: readonly (readonly number[])[],
  row: number,
  i: number,
  from: Float64Array,
  to: Float64Array,
  start: number,
  end: number,
): void {
  if ((from[row] as number) <= start + 1e-9 && (to[row] as number) >= end - 1e-9)
    for (const [c, column] of out.entries()) column[i] = values[row]?.[c] as number;
}

/** From when to when each row holds. */
function spansOf(days: Float64Array, where: Where, fromStart: boolean): { from: Float64Array; to: Float64Array } {
  const count = days.length;
  if (count === 0) throw new Problem('river-table', { ...where, found: '0', expected: '≥ 1' });
  for (let i = 1; i < count; i++)
    if ((days[i] as number) <= (days[i - 1] as number))
      throw new Problem('river-table', {
        ...where,
        found: isoDay(days[i] as number),
        expected: `> ${isoDay(days[i - 1] as number)}`,
      });
  const gap = count > 1 ? (days[1] as number) - (days[0] as number) : 1;
  const even = days.every((day, i) => i === 0 || Math.abs(day - (days[i - 1] as number) - gap) < 1e-6);
  if (even && gap === 7 && count > 2 && !fromStart) return { from: days.map((day) => day - 6), to: days.map((day) => day + 1) };
  if (even && gap < 28) return { from: days, to: days.map((day) => day + gap) };
  const dates = Array.from(days, (day) => new Date(day * DAY_MS));
  const monthOf = (date: Date): number => date.getUTCFullYear() * 12 + date.getUTCMonth();
  const months = count > 1 ? monthOf(dates[1] as Date) - monthOf(dates[0] as Date) : 1;
  const regular =
    (months === 1 || months === 12) &&
    dates.every((date, i) => i === 0 || monthOf(date) - monthOf(dates[i - 1] as Date) === months);
  if (!regular) {
    if (even) return { from: days, to: days.map((day) => day + gap) };
    const at = Array.from(days).findIndex((day, i) => i > 0 && Math.abs(day - (days[i - 1] as number) - gap) >= 1e-6);
    throw new Problem('river-table', { ...where, found: isoDay(days[at] ?? (days[0] as number)), expected: `${gap} d` });
  }
  const first = (date: Date, on: number): number =>
    Date.UTC(date.getUTCFullYear(), months === 12 ? 12 * on : date.getUTCMonth() + on, 1) / DAY_MS;
  return { from: Float64Array.from(dates, (date) => first(date, 0)), to: Float64Array.from(dates, (date) => first(date, 1)) };
}
