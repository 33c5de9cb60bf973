/**
 * Figures from tables of areas: what all indicators of rasters say in the same way.
 *
 *     const beside = outsideNote(given, zone, pixelsIn(table));    // how much of the zone the rasters do not reach
 *     figure({ indicator: 'land-cover', zone, period, unit: 'm2', value: areaOf(table, 3), note: noteOf(beside) });
 */
import type { AreaTable } from '../science/land-cover-areas.ts';
import { FEW_PIXELS } from '../science/land-cover-areas.ts';
import type { Bounds } from '../science/presence.ts';
import type { Period } from '../types.ts';
import { note } from './figure-note.ts';
import type { Figure, Given } from './raster-indicator.ts';

/** A share of a zone beside the rasters that is rounding and nothing else. */
const ROUNDING = 1e-6;

/** A figure; what is not said of it is `null`. */
export function figure(known: Pick<Figure, 'indicator' | 'zone' | 'period' | 'unit'> & Partial<Figure>): Figure {
  return { class: null, value: null, low: null, high: null, level: null, n: null, note: null, ...known };
}

/** Value and bounds of a figure; numbers that are none become `null`. */
export function bounded({ value, low, high }: Bounds): Pick<Figure, 'value' | 'low' | 'high'> {
  return { value: known(value), low: value === null ? null : known(low), high: value === null ? null : known(high) };
}

/** A number, or `null` where it is none. */
export function known(value: number | null | undefined): number | null {
  return value === null || value === undefined || !Number.isFinite(value) ? null : value;
}

/** Number of pixels that a table was filled with. */
export function pixelsIn({ pixels }: AreaTable): number {
  return pixels.reduce((sum, count) => sum + count, 0);
}

/** Areas and pixels of each row class of a table, in the order of its list: for tables of many classes. */
export function rowSums({ rows, columns, amounts, pixels }: AreaTable): { areas: Float64Array; pixels: Float64Array } {
  const width = columns.length + 2;
  const sums = (of: Float64Array): Float64Array =>
    Float64Array.from(rows, (_, row) => of.subarray(row * width, (row + 1) * width).reduce((sum, own) => sum + own, 0));
  return { areas: sums(amounts), pixels: sums(pixels) };
}

/** Share of a zone that lies beside the rasters, 0-1. */
export function outsideShare({ cells }: Pick<Given, 'cells'>, zone: number, pixels: number): number {
  const all = cells[zone] ?? 0;
  const share = all > 0 ? 1 - pixels / all : 1;
  return share > ROUNDING ? share : 0;
}

/** Says how much of a zone lies beside the rasters; `null` for nothing. */
export function outsideNote(given: Pick<Given, 'cells'>, zone: number, pixels: number): string | null {
  const share = outsideShare(given, zone, pixels);
  return share === 0 ? null : note('outside', 100 * share);
}

/** Says that a figure rests on few pixels; `null` where it rests on enough, or on none. */
export function fewNote(pixels: number): string | null {
  return pixels > 0 && pixels < FEW_PIXELS ? note('few-pixels', pixels) : null;
}

/** From the start of the first of several periods to the end of the last. */
export function spanOf(dates: readonly Period[]): Period {
  const ends = dates.map(({ end }) => end).sort();
  return { start: dates[0]?.start ?? '', end: ends.at(-1) ?? '' };
}

/** A calendar year. */
export function yearPeriod(year: number): Period {
  return { start: `${year}-01-01`, end: `${year + 1}-01-01` };
}
