/**
 * Change of the extent of water against a baseline: SDG indicator 6.6.1, sub-indicator on extent.
 *
 *     const years = [{ year: 2001, extent: waterYear(table).permanent }, …];
 *     const baseline = periodMean(years, 2001, 2005);
 *     extentChange(periodMean(years, 2016, 2020).extent, baseline.extent)   // { value: -61.6, low: -64, high: -58 } [%]
 *
 * Loss is negative. An early version of the metadata wrote (baseline - now) / baseline, in which loss is positive; later ones
 * write gains less losses. The baseline was 2001-2005 in the former, 2000-2004 is that of sdg661.app: so it is a parameter that
 * is told with the figure.
 *
 * @see UN metadata of SDG indicator 6.6.1, unstats.un.org/sdgs/metadata/files/Metadata-06-06-01a.pdf
 */
import type { Bounds } from './presence.ts';
import { DRY, PERMANENT, SEASONAL, WATER_UNKNOWN } from './water-extent.ts';

/** Baseline of the first metadata of the indicator: first and last year. */
export const FIRST_BASELINE = [2001, 2005] as const;

export interface YearExtent {
  year: number;
  /** [m²], or any unit of area, the same for all years. */
  extent: Bounds;
}

/** Mean over the years of a period for which there is a value. */
export interface PeriodMean {
  extent: Bounds;
  years: number[];
  /** Years of the period without a value. */
  missing: number[];
}

/** Area [m²] by class before (row) and after (column), in the order of the class codes. */
export interface WaterTransitions {
  areas: Float64Array;
}

const CLASSES = 4;

const KNOWN = [DRY, SEASONAL, PERMANENT] as const;

/**
 * Mean extent of the years `first` to `last`, both included. Years without a value are told and not filled; without any year
 * the value is `null` and the bounds are 0 and infinity.
 */
export function periodMean(series: readonly YearExtent[], first: number, last: number): PeriodMean {
  const known = new Map(series.filter(({ extent }) => extent.value !== null).map(({ year, extent }) => [year, extent]));
  const all = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  const years = all.filter((year) => known.has(year));
  const missing = all.filter((year) => !known.has(year));
  if (years.length === 0) return { extent: { value: null, low: 0, high: Infinity }, years, missing };
  const mean = (key: 'value' | 'low' | 'high'): number =>
    years.reduce((sum, year) => sum + ((known.get(year) as Bounds)[key] as number), 0) / years.length;
  return { extent: { value: mean('value'), low: mean('low'), high: mean('high') }, years, missing };
}

/**
 * (now - baseline) / baseline [%]; `null` where one has no value or the baseline is zero. The bounds are those of any pair within the
 * bounds of both; `high` is infinite where the baseline may be zero.
 */
export function extentChange(now: Bounds, baseline: Bounds): Bounds | null {
  if (now.value === null || baseline.value === null || baseline.value === 0) return null;
  return {
    value: (now.value / baseline.value - 1) * 100,
    low: (now.low / baseline.high - 1) * 100,
    high: baseline.low > 0 ? (now.high / baseline.low - 1) * 100 : Infinity,
  };
}

export function newWaterTransitions(): WaterTransitions {
  return { areas: new Float64Array(CLASSES * CLASSES) };
}

/**
 * Adds cells `from` to `to` (excluded), each with `area` of it inside the zone [m²]. Codes are those of `waterClasses`, which are those of
 * the yearly layers of Global Surface Water; any other is taken as unknown.
 */
export function addWaterTransitions(
  table: WaterTransitions,
  before: ArrayLike<number>,
  after: ArrayLike<number>,
  from: number,
  to: number,
  area: number,
): void {
  for (let i = from; i < to; i++) {
    const row = before[i] as number;
    const column = after[i] as number;
    const place = known(row) * CLASSES + known(column);
    table.areas[place] = (table.areas[place] as number) + area;
  }
}

/** Anything but a class is unknown. */
function known(code: number): number {
  return code === DRY || code === SEASONAL || code === PERMANENT ? code : WATER_UNKNOWN;
}

/** Adds other cells of the same zone to `into`, which is returned. */
export function mergeWaterTransitions(into: WaterTransitions, from: WaterTransitions): WaterTransitions {
  for (let i = 0; i < into.areas.length; i++) into.areas[i] = (into.areas[i] as number) + (from.areas[i] as number);
  return into;
}

/**
 * Change of permanent or seasonal water [%], from where it came and went:
 *
 *     D = ((a - b) + (r - s)) / (e + b + s) · 100
 *
 * with a new from dry, b lost to dry, r from the other kind of water, s to the other kind, e unchanged (metadata of 6.6.1), which is
 * what there is now less what there was, by what there was. A cell unknown at one time is shared out as the cells with the same
 * class at the other time are; the bounds let each unknown cell be what makes the change least or greatest. `value` is `null` where
 * there was none before.
 */
export function waterTransitionChange(
  { areas }: WaterTransitions,
  kind: typeof PERMANENT | typeof SEASONAL,
): Bounds & { unknownShare: number } {
  const flipped = areas.map((_, place) => areas[(place % CLASSES) * CLASSES + Math.floor(place / CLASSES)] as number);
  const [before, now] = [amountBefore(areas, kind), amountBefore(flipped, kind)];
  const both = KNOWN.reduce(
    (sum, row) => sum + KNOWN.reduce((part, column) => part + (areas[row * CLASSES + column] as number), 0),
    0,
  );
  const all = areas.reduce((sum, area) => sum + area, 0);
  const percent = (of: number, by: number): number => (of / by - 1) * 100;
  return {
    value: before.value > 0 ? percent(now.value, before.value) : null,
    low: before.high > 0 ? percent(now.low, before.high) : -100,
    high: before.low > 0 ? percent(now.high, before.low) : Infinity,
    unknownShare: 1 - both / all,
  };
}

/** Area of a class before: as known, with a share of what was unknown then, and within its limits. */
function amountBefore(areas: Float64Array, kind: number): { value: number; low: number; high: number } {
  const at = (before: number, after: number): number => areas[before * CLASSES + after] as number;
  const low = at(kind, WATER_UNKNOWN) + KNOWN.reduce((sum, after) => sum + at(kind, after), 0);
  const unknown = at(WATER_UNKNOWN, WATER_UNKNOWN) + KNOWN.reduce((sum, after) => sum + at(WATER_UNKNOWN, after), 0);
  const column = (after: number): number => KNOWN.reduce((sum, before) => sum + at(before, after), 0);
  const total = KNOWN.reduce((sum, after) => sum + column(after), 0);
  const share = total > 0 ? KNOWN.reduce((sum, after) => sum + at(kind, after), 0) / total : 0;
  const shared = KNOWN.reduce(
    (sum, after) => sum + at(WATER_UNKNOWN, after) * (column(after) > 0 ? at(kind, after) / column(after) : share),
    at(WATER_UNKNOWN, WATER_UNKNOWN) * share,
  );
  return { value: low + shared, low, high: low + unknown };
}
