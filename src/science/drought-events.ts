/**
 * Droughts in a series of SPI or SPEI, and the area of a zone that is in drought.
 *
 *     droughtEvents(index.values)      // [{ from: 14, to: 19, magnitude: 6.2, peak: -1.9, … }]
 *     const areas = newDroughtAreas(months);
 *     addDroughtArea(areas, month, spiOfMonth, from, to, area);       // block by block
 *     droughtShare(areas, month)       // share of the zone in drought, within bounds
 *
 * @see McKee, Doesken & Kleist 1993, The relationship of drought frequency and duration to time scales, 8th Conf. Applied
 * Climatology, 179-184: the classes, and when a drought begins and ends
 */
import type { Bounds } from './presence.ts';

/** From extremely dry to extremely wet; McKee 1993, table 1, and WMO-No. 1090, table 1. */
export type DroughtClass = -3 | -2 | -1 | 0 | 1 | 2 | 3;

export interface DroughtEvent {
  /** Steps, `to` excluded. */
  from: number;
  to: number;
  /** Sum of the index over the drought, with its sign turned. */
  magnitude: number;
  /** Least index. */
  peak: number;
  /** The series, or a gap in it, comes before it was seen to begin: it may be longer. */
  openStart: boolean;
  openEnd: boolean;
}

/** Area [m²] by class and date: `areas[date * 8 + class + 3]`, place 7 for cells without an index. */
export interface DroughtAreas {
  dates: number;
  areas: Float64Array;
}

const PLACES = 8;

/** Class of an index: 0 near normal, -1 moderately dry (-1 and below), -2 severely (-1.5), -3 extremely (-2); wet alike. `null` for NaN. */
export function droughtClass(index: number): DroughtClass | null {
  if (Number.isNaN(index)) return null;
  const size = Math.abs(index);
  const rank = size >= 2 ? 3 : size >= 1.5 ? 2 : size >= 1 ? 1 : 0;
  return (index < 0 ? -rank : rank) as DroughtClass;
}

/**
 * Droughts of a series: unbroken spans below zero in which the index falls to -1 or less. A drought ends when the index is zero or above,
 * or not known; in the latter case it is told as open.
 */
export function droughtEvents(index: ArrayLike<number>): DroughtEvent[] {
  const events: DroughtEvent[] = [];
  for (let from = 0; from < index.length; from++) {
    if (!((index[from] as number) < 0)) continue;
    let [to, magnitude, peak] = [from, 0, 0];
    for (; to < index.length && (index[to] as number) < 0; to++) {
      magnitude -= index[to] as number;
      peak = Math.min(peak, index[to] as number);
    }
    if (peak <= -1) {
      const openStart = from === 0 || Number.isNaN(index[from - 1]);
      events.push({ from, to, magnitude, peak, openStart, openEnd: to === index.length || Number.isNaN(index[to]) });
    }
    from = to;
  }
  return events;
}

export function newDroughtAreas(dates: number): DroughtAreas {
  return { dates, areas: new Float64Array(dates * PLACES) };
}

/** Adds cells `from` to `to` (excluded) of the index of a date, each with `area` of it inside the zone [m²]. */
export function addDroughtArea(
  areas: DroughtAreas,
  date: number,
  index: ArrayLike<number>,
  from: number,
  to: number,
  area: number,
): void {
  for (let i = from; i < to; i++) {
    const place = date * PLACES + (droughtClass(index[i] as number) ?? 4) + 3;
    areas.areas[place] = (areas.areas[place] as number) + area;
  }
}

/** Adds other cells of the same zone and dates to `into`, which is returned. */
export function mergeDroughtAreas(into: DroughtAreas, from: DroughtAreas): DroughtAreas {
  if (into.dates !== from.dates) throw new RangeError(`areas of ${from.dates} dates cannot be merged into ${into.dates}`);
  for (let i = 0; i < into.areas.length; i++) into.areas[i] = (into.areas[i] as number) + (from.areas[i] as number);
  return into;
}

/**
 * Share of the zone [0-1] that is as dry as a class or drier, and how much of it has an index: cells without one are dry in `high`, not
 * dry in `low`, and left out of `value`.
 */
export function droughtShare({ areas }: DroughtAreas, date: number, dryAs: -1 | -2 | -3 = -1): Bounds & { knownShare: number } {
  const own = areas.subarray(date * PLACES, (date + 1) * PLACES);
  const known = own.subarray(0, 7).reduce((sum, area) => sum + area, 0);
  const dry = own.subarray(0, dryAs + 4).reduce((sum, area) => sum + area, 0);
  const unknown = own[7] as number;
  return {
    value: known > 0 ? dry / known : null,
    low: dry / (known + unknown),
    high: (dry + unknown) / (known + unknown),
    knownShare: known / (known + unknown),
  };
}
