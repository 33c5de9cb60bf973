/** Profiles of a year of 366 days, where the 60th is 29 February: from months, and from a few days by radial functions. */
import type { Fields } from './river-fields.ts';
import { eliminated } from './river-spline.ts';

const MONTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** What `of` tells for each day (0 to 365) and its month (0 to 11). */
export function ofYear(of: (day: number, month: number) => number): Float64Array {
  const values = new Float64Array(366);
  let day = 0;
  for (const [month, length] of MONTHS.entries())
    for (let i = 0; i < length + (month === 1 ? 1 : 0); i++, day++) values[day] = of(day, month);
  return values;
}

/** 365 days with 28 February repeated. */
function withLeapDay(values: readonly number[]): Float64Array {
  return Float64Array.from([...values.slice(0, 59), values[58] as number, ...values.slice(59)]);
}

/** Days between values of months, which stand for the first or the last day of each. */
export function monthDays(values: readonly number[], on: 'first' | 'last'): Float64Array {
  const knots = [on === 'first' ? 1 : 0];
  for (const length of MONTHS) knots.push((knots.at(-1) as number) + length);
  const heights = on === 'first' ? [...values, values[0] as number] : [values[11] as number, ...values];
  const days: number[] = [];
  for (let day = 1, k = 0; day <= 365; day++) {
    while (k < 11 && day >= (knots[k + 1] as number)) k++;
    const [from, to] = [knots[k] as number, knots[k + 1] as number];
    const [low, high] = [heights[k] as number, heights[k + 1] as number];
    days.push(day === to ? high : ((high - low) / (to - from)) * (day - from) + low);
  }
  return withLeapDay(days);
}

type Radial = (distance: number, width: number) => number;

const RADIAL: Record<string, Radial> = {
  multiquadric: (r, e) => Math.sqrt((r / e) ** 2 + 1),
  inverse: (r, e) => 1 / Math.sqrt((r / e) ** 2 + 1),
  gaussian: (r, e) => Math.exp(-((r / e) ** 2)),
  linear: (r) => r,
  cubic: (r) => r ** 3,
  quintic: (r) => r ** 5,
  thin_plate: (r) => (r === 0 ? 0 : r ** 2 * Math.log(r)),
};

/** A profile through values of some days of the year, mirrored at its ends, by radial basis functions. */
export function radialProfile(fields: Fields): Float64Array {
  const days = fields.numbers('days_of_year');
  const values = fields.numbers('values');
  if (
    days[0] !== 1 ||
    days.length < 3 ||
    days.length !== values.length ||
    days.some((day, i) => i > 0 && day <= (days[i - 1] as number))
  )
    throw fields.fail('days_of_year', '[1, …, …]');
  const options = (fields.raw('rbf_kwargs') ?? {}) as Record<string, unknown>;
  const radial = RADIAL[String(options.function ?? 'multiquadric')];
  if (radial === undefined) throw fields.fail('rbf_kwargs', Object.keys(RADIAL).join(', '));
  const x = [(days.at(-1) as number) - 365, ...days, 366, 365 + (days[1] as number)];
  const y = [values.at(-1) as number, ...values, values[0] as number, values[1] as number];
  const width = Number(options.epsilon ?? ((x.at(-1) as number) - (x[0] as number)) / x.length);
  const smooth = Number(options.smooth ?? 0);
  const weights = eliminated(
    x.map((a, i) => [...x.map((b, j) => radial(Math.abs(a - b), width) - (i === j ? smooth : 0)), y[i] as number]),
  );
  const [least, most] = [fields.number('min_value', -Infinity), fields.number('max_value', Infinity)];
  return withLeapDay(
    Array.from({ length: 365 }, (_, i) => {
      const value = weights.reduce((sum, weight, k) => sum + weight * radial(Math.abs(i + 1 - (x[k] as number)), width), 0);
      return Math.max(Math.min(value, most), least);
    }),
  );
}
