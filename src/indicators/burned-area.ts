/**
 * Burned area of zones by year, as mapped, with what unmapped ground could add; means of five years; fire rotation.
 * docs/methods/burned-area.md
 *
 * Layers hold the day of the year that a pixel burned on, 0 where it did not, -2 for water and the like, anything else where
 * nobody knows: the codes of MCD64A1. Layers of one year, such as twelve months, make one.
 */
import { burnedAreas, newFireTable, UNBURNABLE, yearOfBurns } from '../science/fire.ts';
import { fireRotation } from '../science/fire-regime.ts';
import { type AreaTable, areaOf, classIndex, pixelsOf } from '../science/land-cover-areas.ts';
import { bounded, fewNote, figure, known, outsideNote, outsideShare, pixelsIn, yearPeriod } from './figure.ts';
import { note, noteOf } from './figure-note.ts';
import type { BlockKernel, Figure, Given, RasterIndicator, TableCodes } from './raster-indicator.ts';
import { yearsOfDates } from './years.ts';

/** Rows of the table of a year. */
const [UNBURNED, BURNED, UNKNOWN, NO_GROUND] = [0, 1, 2, 3] as const;
const STATES = classIndex([UNBURNED, BURNED, UNKNOWN, NO_GROUND]);
/** Years that are averaged. */
const SPAN = 5;

interface Config {
  yearOf: number[];
  years: number;
}

export const burnedArea: RasterIndicator = {
  id: 'burned-area',
  method: 'burned-dates',
  version: 1,
  inputs: [{ name: 'burned', least: 1 }],
  params: {},
  kernels: { years: (config) => yearly(config as Config) },
  async compute(given, pass) {
    const dates = given.dates.burned ?? [];
    const { years, yearOf } = yearsOfDates(dates, { part: 0 });
    const layers = years.map((_, year) => yearOf.filter((own) => own === year).length);
    const tables = await pass('years', { yearOf, years: years.length } satisfies Config);
    return tables.flatMap((own, zone) => figuresOf(own, { given, zone, years, layers }));
  },
};

/** A table for each year. */
function yearly({ yearOf, years }: Config): BlockKernel {
  let [n, tables, year]: [number, readonly TableCodes[], number] = [0, [], -1];
  let [before, now] = [new Int16Array(0), new Int16Array(0)];
  const endYear = (): void => {
    const rows = tables[year]?.rows;
    for (let i = 0; i < n && rows !== undefined; i++) {
      const code = before[i] as number;
      rows[i] = code > 0 ? BURNED : code === 0 ? UNBURNED : code === UNBURNABLE ? NO_GROUND : UNKNOWN;
    }
  };
  return {
    tables: Array.from({ length: years }, () => ({ rows: STATES })),
    begin(count, codes) {
      [n, tables, year] = [count, codes, -1];
      if (before.length !== n) [before, now] = [new Int16Array(n), new Int16Array(n)];
    },
    layer(_, index, values) {
      const own = yearOf[index] ?? -1;
      if (own !== year) {
        endYear();
        year = own;
        yearOfBurns([values], before);
        return;
      }
      yearOfBurns([before, values], now); // month after month gives what all months together do
      [before, now] = [now, before];
    },
    end: endYear,
  };
}

interface OfZone {
  given: Given;
  zone: number;
  years: readonly number[];
  /** Layers of each year. */
  layers: readonly number[];
}

function figuresOf(tables: readonly AreaTable[], { given, zone, years, layers }: OfZone): Figure[] {
  const [first] = tables;
  const pixels = first === undefined ? 0 : pixelsIn(first);
  const outside = outsideNote(given, zone, pixels);
  const about = { indicator: 'burned-area', zone, unit: 'm2', n: Math.round(pixels) } as const;
  if (outsideShare(given, zone, pixels) === 1) {
    return years.map((year) => figure({ ...about, period: yearPeriod(year), note: outside }));
  }
  const most = Math.max(...layers);
  const shared = [outside, fewNote(pixels)];
  const yearlyFigures = years.map((year, y): Figure => {
    const table = tables[y] as AreaTable;
    const [burned, unburned, unknown] = [BURNED, UNBURNED, UNKNOWN].map((state) => areaOf(table, state)) as [
      number,
      number,
      number,
    ];
    const missing = most - (layers[y] as number);
    const gaps = unknown > 0 ? note('unseen', (100 * unknown) / (burned + unburned + unknown)) : null;
    // where layers of the year are lacking, ground taken for unburned may have burned
    const high = missing > 0 ? null : burned + unknown;
    return figure({
      ...about,
      period: yearPeriod(year),
      value: burned,
      low: burned,
      high,
      n: Math.round(pixels - pixelsOf(table, NO_GROUND)),
      note: noteOf(...shared, gaps, note('as-mapped'), missing > 0 ? note('layers-missing', missing) : note('bounds')),
    });
  });
  return [...yearlyFigures, ...means(yearlyFigures, about), ...rotation(tables, { years, layers, about, shared })];
}

/** Means of five years, from the first on, as long as each has all five. */
function means(yearlyFigures: readonly Figure[], about: Pick<Figure, 'zone' | 'unit' | 'n'>): Figure[] {
  const found: Figure[] = [];
  for (let at = 0; at + SPAN <= yearlyFigures.length; at += SPAN) {
    const five = yearlyFigures.slice(at, at + SPAN);
    const [start = '', last = ''] = [five[0]?.period.start, five.at(-1)?.period.start];
    const mean = (key: 'value' | 'low' | 'high'): number | null =>
      five.some((own) => own[key] === null) ? null : five.reduce((sum, own) => sum + (own[key] ?? 0), 0) / SPAN;
    if (Number(last.slice(0, 4)) - Number(start.slice(0, 4)) !== SPAN - 1) continue;
    const period = { start, end: five.at(-1)?.period.end ?? '' };
    const [value, low, high] = [mean('value'), mean('low'), mean('high')];
    found.push(
      figure({
        ...about,
        indicator: 'burned-area-mean',
        period,
        value,
        low,
        high,
        note: noteOf(note('as-mapped'), note('bounds')),
      }),
    );
  }
  return found;
}

/** Years in which an area as large as the burnable zone burns; of whole years only. */
function rotation(
  tables: readonly AreaTable[],
  {
    years,
    layers,
    about,
    shared,
  }: Pick<OfZone, 'years' | 'layers'> & { about: Pick<Figure, 'zone' | 'n'>; shared: readonly (string | null)[] },
): Figure[] {
  const [first = 0, last = 0] = [years[0], years.at(-1)];
  if (last - first + 1 !== years.length || new Set(layers).size > 1 || years.length < SPAN) return [];
  const table = newFireTable(first, years.length);
  for (const [y, own] of tables.entries()) {
    table.burned[y] = areaOf(own, BURNED);
    table.unburned[y] = areaOf(own, UNBURNED);
    table.unmapped[y] = areaOf(own, UNKNOWN);
    table.unburnable[y] = areaOf(own, NO_GROUND);
  }
  if (burnedAreas(table).every(({ burnable }) => burnable === 0)) return [];
  const { low, high } = fireRotation(table);
  const limits = known(high) === null ? {} : bounded({ value: high, low, high });
  const period = { start: `${first}-01-01`, end: `${last + 1}-01-01` };
  const remarks = noteOf(...shared, note('as-mapped'), known(high) === null ? note('nothing-burned') : note('bounds'));
  return [figure({ ...about, indicator: 'fire-rotation', unit: 'a', period, ...limits, note: remarks })];
}
