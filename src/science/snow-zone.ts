/**
 * Snow of a zone: means and medians of what `snowBlock` found cell by cell.
 *
 *     const days = newSnowZone(365);                             // one per zone and figure
 *     addSnow(days, block.coverDays, 0, 512, 250_000);           // mergeSnowZones(a, b)
 *     snowOfZone(days)                                           // { mean: { value: 142, low: 128, high: 160 }, median: 145, … }
 *
 * The extent of snow date by date: `addExtent` and `extentOf` of presence.ts.
 */
import type { Bounds } from './presence.ts';
import type { SnowFigure } from './snow.ts';

/** Sums over the cells of a zone; areas [m²]. */
export interface SnowZone {
  /** Area by whole days of the value: `byDay[d]` is d <= value < d + 1. */
  byDay: Float64Array;
  /** Area of cells with a value, area times value, low and high of these, and area of those without a value. */
  sums: Float64Array;
}

export interface SnowOfZone {
  /** Mean over the area with a value [days]; `null` when there is none. */
  mean: Bounds | null;
  /** Day that half of the area with a value does not reach [days], by whole days. */
  median: number | null;
  /** Area with a value and without one [m²]. For cover days one without was never seen; for dates it had no snow, or was never seen. */
  area: number;
  without: number;
}

const [AREA, VALUE, LOW, HIGH, WITHOUT] = [0, 1, 2, 3, 4] as const;

/** @param days length of the snow year */
export function newSnowZone(days: number): SnowZone {
  return { byDay: new Float64Array(days + 1), sums: new Float64Array(5) };
}

/** Adds cells `from` to `to` (excluded), each with `area` of it inside the zone [m²]. */
export function addSnow(
  { byDay, sums }: SnowZone,
  { value, low, high }: SnowFigure,
  from: number,
  to: number,
  area: number,
): void {
  for (let i = from; i < to; i++) {
    const own = value[i] as number;
    if (Number.isNaN(own)) {
      sums[WITHOUT] = (sums[WITHOUT] as number) + area;
      continue;
    }
    const day = Math.max(0, Math.min(Math.floor(own), byDay.length - 1));
    byDay[day] = (byDay[day] as number) + area;
    sums[AREA] = (sums[AREA] as number) + area;
    sums[VALUE] = (sums[VALUE] as number) + area * own;
    sums[LOW] = (sums[LOW] as number) + area * (low[i] as number);
    sums[HIGH] = (sums[HIGH] as number) + area * (high[i] as number);
  }
}

/** Adds other cells of the same zone to `into`, which is returned. */
export function mergeSnowZones(into: SnowZone, from: SnowZone): SnowZone {
  if (into.byDay.length !== from.byDay.length) throw new RangeError('snow years of different length cannot be merged');
  for (const key of ['byDay', 'sums'] as const) {
    for (let i = 0; i < into[key].length; i++) into[key][i] = (into[key][i] as number) + (from[key][i] as number);
  }
  return into;
}

export function snowOfZone({ byDay, sums }: SnowZone): SnowOfZone {
  const area = sums[AREA] as number;
  if (!(area > 0)) return { mean: null, median: null, area, without: sums[WITHOUT] as number };
  let [below, median] = [0, 0];
  for (; median < byDay.length - 1; median++) {
    below += byDay[median] as number;
    if (below >= area / 2) break;
  }
  const mean = (key: number): number => (sums[key] as number) / area;
  return { mean: { value: mean(VALUE), low: mean(LOW), high: mean(HIGH) }, median, area, without: sums[WITHOUT] as number };
}
