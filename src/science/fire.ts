/**
 * Fire in a zone from layers of burned dates: area by year, how often, how long between, and when in the year.
 *
 *     const layer = new Int16Array(cells);
 *     yearOfBurns(months, layer);                     // twelve monthly layers as one: day of the first burn
 *     const zone = newFireTable(2001, 23);            // one per zone
 *     addFires(zone, layers, 0, 512, 250_000);        // all years of a run of cells; mergeFireTables(a, b)
 *     burnedAreas(zone)                               // per year, within bounds
 *
 * A layer holds the day of the year (1-366) on which a cell burned, 0 where it did not, `UNMAPPED` where nobody knows and `UNBURNABLE`
 * for water and the like: the codes of MCD64A1. A cell that was not mapped is no unburned cell: it widens the bounds.
 *
 * What several fires of one cell in one year add is not seen: it counts as burned once a year.
 *
 * @see Giglio, Boschetti, Roy, Humber & Justice 2018, The Collection 6 MODIS burned area mapping algorithm and product, Remote Sens.
 * Environ. 217, 72-85, doi 10.1016/j.rse.2018.08.005
 */
import { monthDays } from './evapotranspiration-sun.ts';
import { type Bounds, type FrequencyTable, newFrequencyTable } from './presence.ts';

export const UNMAPPED = -1;
export const UNBURNABLE = -2;

/** All that is kept of a zone. Areas [m²]; plain arrays, so that it can be sent to another thread. */
export interface FireTable {
  firstYear: number;
  years: number;
  /** By year. */
  burned: Float64Array;
  unburned: Float64Array;
  unmapped: Float64Array;
  unburnable: Float64Array;
  /** By year and month of the first burn: `byMonth[year * 12 + month]`, January is 0. */
  byMonth: Float64Array;
  /** By day of the year of the first burn, over all years: `byDay[day - 1]`. */
  byDay: Float64Array;
  /** By years mapped and years burned, of cells that are not unburnable. */
  recurrence: FrequencyTable;
  /** By length [years]: `complete[3]` is what burned again after three years. */
  complete: Float64Array;
  /** By years since a fire in which nothing burned, until the record ended or had a gap. */
  censored: Float64Array;
}

const DAYS = 366;

/** @param firstYear of the first layer @param years number of layers, one a year */
export function newFireTable(firstYear: number, years: number): FireTable {
  const perYear = (): Float64Array => new Float64Array(years);
  return {
    firstYear,
    years,
    burned: perYear(),
    unburned: perYear(),
    unmapped: perYear(),
    unburnable: perYear(),
    byMonth: new Float64Array(years * 12),
    byDay: new Float64Array(DAYS),
    recurrence: newFrequencyTable(years),
    complete: new Float64Array(years + 1),
    censored: new Float64Array(years + 1),
  };
}

/**
 * One layer of a year from several: the first day that burned; else not mapped where one of them was not; else unburnable where all say
 * so; else not burned.
 */
export function yearOfBurns(layers: readonly ArrayLike<number>[], year: Int16Array): void {
  for (let i = 0; i < year.length; i++) {
    let [first, unmapped, unburnable] = [0, false, layers.length > 0];
    for (const layer of layers) {
      const code = codeOf(layer[i] as number);
      if (code > 0 && (first === 0 || code < first)) first = code;
      if (code === UNMAPPED) unmapped = true;
      if (code !== UNBURNABLE) unburnable = false;
    }
    year[i] = first > 0 ? first : unmapped || layers.length === 0 ? UNMAPPED : unburnable ? UNBURNABLE : 0;
  }
}

/**
 * Adds cells `from` to `to` (excluded) of all years, each with `area` of it inside the zone [m²]. Codes that mean nothing here count as
 * unmapped.
 * @param layers one per year, in order
 * @throws RangeError when there are other than the table's number of layers
 */
export function addFires(table: FireTable, layers: readonly ArrayLike<number>[], from: number, to: number, area: number): void {
  if (layers.length !== table.years) throw new RangeError(`${layers.length} layers for a table of ${table.years} years`);
  const ends = Array.from({ length: table.years }, (_, y) => monthEnds(table.firstYear + y));
  for (let i = from; i < to; i++) addCell(table, layers, ends, i, area);
}

function addCell(
  table: FireTable,
  layers: readonly ArrayLike<number>[],
  ends: readonly number[][],
  i: number,
  area: number,
): void {
  let [mapped, fires, last, gap, burnable] = [0, 0, -1, false, false];
  for (let y = 0; y < table.years; y++) {
    const code = codeOf((layers[y] as ArrayLike<number>)[i] as number);
    if (code === UNBURNABLE) {
      add(table.unburnable, y, area);
      continue;
    }
    burnable = true;
    if (code === UNMAPPED) {
      add(table.unmapped, y, area);
      if (last >= 0 && !gap) add(table.censored, y - 1 - last, area); // known not to have burned until the year before
      gap = true;
      continue;
    }
    mapped++;
    if (code === 0) {
      add(table.unburned, y, area);
      continue;
    }
    add(table.burned, y, area);
    add(table.byDay, code - 1, area);
    const month = (ends[y] as number[]).findIndex((end) => code <= end);
    add(table.byMonth, y * 12 + (month === -1 ? 11 : month), area);
    if (last >= 0 && !gap) add(table.complete, y - last, area);
    fires++;
    [last, gap] = [y, false];
  }
  if (last >= 0 && !gap) add(table.censored, table.years - 1 - last, area);
  if (burnable) add(table.recurrence.areas, mapped * (table.years + 1) + fires, area);
}

/**
 * Adds other cells of the same zone and years to `into`, which is returned.
 * @throws RangeError when the years differ
 */
export function mergeFireTables(into: FireTable, from: FireTable): FireTable {
  if (into.firstYear !== from.firstYear || into.years !== from.years)
    throw new RangeError('fires of different years cannot be merged');
  for (const key of ['burned', 'unburned', 'unmapped', 'unburnable', 'byMonth', 'byDay', 'complete', 'censored'] as const) {
    for (let i = 0; i < into[key].length; i++) add(into[key], i, from[key][i] as number);
  }
  for (let i = 0; i < into.recurrence.areas.length; i++) add(into.recurrence.areas, i, from.recurrence.areas[i] as number);
  return into;
}

/**
 * Burned area of each year [m²]: `value` and `low` as mapped, `high` if all that was not mapped burned; no value where nothing was.
 *
 * Nothing is scaled up: a cell of monthly layers is known to have burned from one month alone, and not to have burned only from all of
 * them, so that of the ground mapped all year too large a part has burned.
 */
export function burnedAreas(table: FireTable): (Bounds & { year: number; burnable: number; mappedShare: number })[] {
  return Array.from(table.burned, (burned, y) => {
    const known = burned + (table.unburned[y] as number);
    const burnable = known + (table.unmapped[y] as number);
    return {
      year: table.firstYear + y,
      value: known > 0 ? burned : null,
      low: burned,
      high: burned + burnable - known,
      burnable,
      mappedShare: known / burnable,
    };
  });
}

function codeOf(value: number): number {
  return (value >= 1 && value <= DAYS) || value === 0 || value === UNBURNABLE ? Math.floor(value) : UNMAPPED;
}

function monthEnds(year: number): number[] {
  let day = 0;
  return monthDays(year).map((days) => {
    day += days;
    return day;
  });
}

function add(array: Float64Array, at: number, amount: number): void {
  array[at] = (array[at] as number) + amount;
}
