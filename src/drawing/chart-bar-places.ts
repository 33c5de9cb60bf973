/**
 * Where the bars of a chart lie: stacked on one another or side by side, in units of the chart.
 *
 *     barPlaces({ categories: ['2022'], series: [{ name: 'State', values: [120] }], arrangement: 'stacked' })
 *     // [{ category: 0, series: 0, value: 120, start: 0.12, end: 0.88, from: 0, to: 120 }]
 */
import type { ZoneKind } from '../types.ts';
import { drawable } from './chart-ticks.ts';

interface BarSeries {
  name: string;
  zone?: ZoneKind | null;
  /** One for each class; `null` where nothing is known. */
  values: (number | null)[];
}

export interface BarData {
  /** Years or other classes, as they are to be written. */
  categories: string[];
  series: BarSeries[];
  arrangement: 'stacked' | 'grouped';
}

/** One bar: classes lie a unit apart along the chart, values across it. */
export interface Bar {
  category: number;
  series: number;
  /** `null`: a blank, without a bar. */
  value: number | null;
  /** Along the chart: class 0 lies from 0 to 1. */
  start: number;
  end: number;
  /** Across it. */
  from: number;
  to: number;
}

/** Free on either side of the bars of a class, as a part of it. */
const PADDING = 0.12;

/** How many bars lie side by side in a class. */
export function barsInClass({ arrangement, series }: BarData): number {
  return arrangement === 'grouped' ? series.length : 1;
}

/**
 * The bars and blanks, class by class; stacked values grow from zero, positive ones up and negative ones down.
 * @throws RangeError when a series has not one value for each class, or one that is not finite or beyond 1e100.
 */
export function barPlaces(data: BarData): Bar[] {
  const { categories, series, arrangement } = data;
  const thick = (1 - 2 * PADDING) / barsInClass(data);
  for (const { name, values } of series) {
    if (values.length !== categories.length) {
      throw new RangeError(`${name}: ${values.length} values for ${categories.length} classes; a blank is written as null`);
    }
  }
  return categories.flatMap((_, category) => {
    const ends = { up: 0, down: 0 };
    return series.map(({ name, values }, i): Bar => {
      const value = values[category] == null ? null : drawable(values[category], name);
      const start = category + PADDING + (arrangement === 'grouped' ? i * thick : 0);
      const side = (value ?? 0) < 0 ? 'down' : 'up';
      const from = arrangement === 'stacked' ? ends[side] : 0;
      const to = drawable(from + (value ?? 0), name);
      ends[side] = to;
      return { category, series: i, value, start, end: start + thick, from, to };
    });
  });
}
