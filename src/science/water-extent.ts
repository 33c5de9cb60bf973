/**
 * How much of a zone is under water in a year, always or for a season; after the definitions of SDG 6.6.1.
 *
 *     const table = newFrequencyTable(12);                 // one per zone and year, filled tile by tile: presence.ts
 *     addFrequencies(table, tally, from, to, area);
 *     waterYear(table).permanent                           // { value: 4.1e8, low: 3.6e8, high: 4.9e8 } [m2]
 *     waterRange(extents, { seenAtLeast: 0.8 }).max        // the widest extent of the year
 *
 * Permanent water is there on every date of the year, seasonal water on some. `value` is what was seen; cells that no date
 * saw are taken to be as the others. `low` and `high` are what holds whatever the unseen dates were: they are wide where much
 * was cloud, and that is what is known. Dates are taken as they come, each with the same weight: where some months have more
 * scenes than others, make one mask a month first (`compositePresence`).
 *
 * @see Pekel, Cottam, Gorelick & Belward 2016, High-resolution mapping of global surface water and its long-term changes,
 * Nature 540, 418-422, doi 10.1038/nature20584
 * @see UN metadata of SDG indicator 6.6.1, unstats.un.org/sdgs/metadata/files/Metadata-06-06-01a.pdf
 */
import { areaWhere, type Bounds, type Extents, extentOf, type FrequencyTable, type Tally } from './presence.ts';

/** Water of a zone in one year [m²]. */
export interface WaterYear {
  /** Area of the zone on the raster [m²]. */
  area: number;
  /** Share of it that was seen on one date at least [0-1]; NaN without area. */
  seenShare: number;
  /** Mean share of it that was seen, over the dates [0-1]. */
  meanSeenShare: number;
  /** Under water on every date. */
  permanent: Bounds;
  /** Under water on some dates, dry on others. */
  seasonal: Bounds;
  /** Under water on one date at least: permanent and seasonal. */
  ever: Bounds;
}

/** Extents over the dates of a year [m²]; `null` when no date could be used. */
export interface WaterRange {
  min: Bounds | null;
  max: Bounds | null;
  mean: Bounds | null;
  /** Dates that were used, and dates left out because too little of the zone was seen. */
  used: number[];
  leftOut: number[];
}

/** Classes of a cell in a year, with the codes of the yearly layers of Global Surface Water. */
export const WATER_UNKNOWN = 0;
export const DRY = 1;
export const SEASONAL = 2;
export const PERMANENT = 3;

/** A date of which less than this share of the zone was seen says little of its extent [0-1]. A convention of this program. */
export const SEEN_AT_LEAST = 0.5;

/** Permanent, seasonal and any water of a zone in the year of the table. */
export function waterYear(table: FrequencyTable): WaterYear {
  const { steps, areas } = table;
  let [area, never, seen] = [0, 0, 0];
  for (let place = 0; place < areas.length; place++) {
    const dates = Math.floor(place / (steps + 1));
    const own = areas[place] as number;
    area += own;
    seen += own * dates;
    if (dates === 0) never += own;
  }
  return {
    area,
    seenShare: (area - never) / area,
    meanSeenShare: seen / (area * steps),
    permanent: areaWhere(table, (wet, dates) => wet === dates),
    seasonal: areaWhere(table, (wet, dates) => wet > 0 && wet < dates),
    ever: areaWhere(table, (wet) => wet > 0),
  };
}

/**
 * Least, widest and mean extent over dates of which enough was seen. A date left out is told, not guessed: the year may have had
 * a wider or lesser extent on it.
 * @param options `seenAtLeast`: share of the zone that must have been seen [0-1]
 */
export function waterRange(extents: Extents, { seenAtLeast = SEEN_AT_LEAST }: { seenAtLeast?: number } = {}): WaterRange {
  const [used, leftOut, found]: [number[], number[], Bounds[]] = [[], [], []];
  for (let date = 0; date < extents.present.length; date++) {
    const extent = extentOf(extents, date);
    if (extent.value === null || extent.seenShare < seenAtLeast) leftOut.push(date);
    else {
      used.push(date);
      found.push({ value: extent.value, low: extent.low, high: extent.high });
    }
  }
  const over = (reduce: (numbers: number[]) => number): Bounds | null =>
    found.length === 0
      ? null
      : {
          value: reduce(found.map(({ value }) => value as number)),
          low: reduce(found.map(({ low }) => low)),
          high: reduce(found.map(({ high }) => high)),
        };
  return {
    min: over((numbers) => Math.min(...numbers)),
    max: over((numbers) => Math.max(...numbers)),
    mean: over((numbers) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length),
    used,
    leftOut,
  };
}

/**
 * Area of the zone by the share of the seen dates that it was under water: `areas[i]` is that with `edges[i]` <= share < `edges[i + 1]`,
 * the last one with its upper edge; and the area that no date saw [m²].
 * @param edges increasing, from 0 to 1
 */
export function waterPersistence(table: FrequencyTable, edges: readonly number[]): { areas: Float64Array; unseen: number } {
  const areas = new Float64Array(edges.length - 1);
  let unseen = 0;
  for (let seen = 0; seen <= table.steps; seen++) {
    for (let wet = 0; wet <= seen; wet++) {
      const area = table.areas[seen * (table.steps + 1) + wet] as number;
      if (seen === 0) unseen += area;
      else {
        const after = edges.findIndex((edge, i) => i > 0 && (wet / seen < edge || i === edges.length - 1));
        areas[after - 1] = (areas[after - 1] as number) + area;
      }
    }
  }
  return { areas, unseen };
}

/**
 * The class of each cell over the dates of a tally: `DRY`, `SEASONAL`, `PERMANENT` or `WATER_UNKNOWN`.
 * @param options `certain`: only classes that hold whatever the unseen dates were; else what was seen
 */
export function waterClasses(tally: Tally, classes: Uint8Array, { certain = false }: { certain?: boolean } = {}): void {
  for (let i = 0; i < classes.length; i++) {
    const seen = tally.seen[i] as number;
    const wet = tally.present[i] as number;
    if (wet > 0 && wet < seen) classes[i] = SEASONAL;
    else if (seen === 0 || (certain && seen < tally.steps)) classes[i] = WATER_UNKNOWN;
    else classes[i] = wet === 0 ? DRY : PERMANENT;
  }
}
