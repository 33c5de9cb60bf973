/**
 * Layers of one year put together as they come, pixel by pixel: their mean, where enough of them have a value.
 *
 *     const { years, yearOf, least } = yearsOfDates(dates, { months: '4-10', part: 0.8 });
 *     const means = yearlyMeans({ yearOf, years: years.length, least, low: -1, high: 1, scale: 1 });
 *     means.begin(n); means.add(layer, values); const { values } = means.end();      // years × n, NaN where too few
 */
import { Problem } from '../problems.ts';
import type { Period } from '../types.ts';

/** A part of a whole number of layers that is rounding. */
const ROUNDING = 1e-9;

export interface YearsOfDates {
  /** Rising; a year between two without any layer is not among them. */
  years: number[];
  /** Place of the year of each layer; -1 for a layer that is left out. */
  yearOf: number[];
  /** How many layers of a year must have a value. */
  least: number;
}

/**
 * The years that layers are of, by the start of each. A year of too few layers is left out: half a year is no year.
 * @param options `months`: first and last month that count, `4-10`; `11-2` goes over New Year and counts to the year it ends in;
 * empty for all. `part`: of the layers that the fullest year has, 0-1
 * @throws Problem `param-wrong`.
 */
export function yearsOfDates(
  dates: readonly Period[],
  { months = '', part }: { months?: string | undefined; part: number },
): YearsOfDates {
  const [from, to] = monthsOf(months);
  const years = dates.map(({ start }) => {
    const [year, month] = [Number(start.slice(0, 4)), Number(start.slice(5, 7))];
    if (from <= to) return month >= from && month <= to ? year : null;
    return month >= from ? year + 1 : month <= to ? year : null;
  });
  const counts = new Map<number, number>();
  for (const year of years) if (year !== null) counts.set(year, (counts.get(year) ?? 0) + 1);
  const least = Math.max(1, Math.ceil(part * Math.max(0, ...counts.values()) - ROUNDING));
  const all = [...counts].flatMap(([year, count]) => (count >= least ? [year] : [])).sort((a, b) => a - b);
  return { years: all, yearOf: years.map((year) => (year === null ? -1 : all.indexOf(year))), least };
}

function monthsOf(months: string): [from: number, to: number] {
  if (months.trim() === '') return [1, 12];
  const [, from, to] = /^(\d{1,2})\s*[-–]\s*(\d{1,2})$/.exec(months.trim()) ?? [];
  const found: [number, number] = [Number(from), Number(to)];
  if (found.every((month) => month >= 1 && month <= 12)) return found;
  throw new Problem('param-wrong', { field: 'months', found: months, expected: '4-10' });
}

export interface MeansOptions {
  yearOf: readonly number[];
  years: number;
  least: number;
  /** What values are divided by. */
  scale: number;
  /** Values beyond these are not known, divided already. */
  low: number;
  high: number;
}

export interface YearlyMeans {
  begin(n: number): void;
  add(layer: number, values: Float64Array): void;
  /** Year by year, `n` pixels of each. */
  end(): Float64Array;
}

export function yearlyMeans({ yearOf, years, least, low, high, scale }: MeansOptions): YearlyMeans {
  const [bottom, top] = [low * scale, high * scale];
  let [n, sums, counts] = [0, new Float64Array(0), new Uint16Array(0)];
  return {
    begin(count) {
      n = count;
      if (sums.length < years * n) [sums, counts] = [new Float64Array(years * n), new Uint16Array(years * n)];
      sums.fill(0);
      counts.fill(0);
    },
    add(layer, values) {
      const year = yearOf[layer] ?? -1;
      if (year < 0) return;
      for (let i = 0, at = year * n; i < n; i++, at++) {
        const value = values[i] as number;
        if (!(value >= bottom && value <= top)) continue;
        sums[at] = (sums[at] as number) + value;
        counts[at] = (counts[at] as number) + 1;
      }
    },
    end() {
      for (let year = 0, at = 0; year < years; year++) {
        for (let i = 0; i < n; i++, at++) {
          const count = counts[at] as number;
          sums[at] = count >= least ? (sums[at] as number) / (count * scale) : Number.NaN;
        }
      }
      return sums.subarray(0, years * n);
    },
  };
}
