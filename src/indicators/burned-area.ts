/**
 * Burned area of zones by year, as mapped, with what unmapped ground could add; means of five years; fire rotation.
 * docs/methods/burned-area.md
 *
 * Layers hold the day of the year that a pixel burned on, 0 where it did not, -2 for water and the like, anything else where
 * nobody knows: the codes of MCD64A1. Layers of one year, such as twelve months, make one.
 */
import { burnedAreas, newFireTable, UNBURNABLE, yearOfBurns } from '../science/fire.ts';
import { fireRotation } from '../science/fire-regime.ts';
import { NODATA } from '../science/land-cover.ts';
import { type AreaTable, areaOf, classIndex, pixelsOf } from '../science/land-cover-areas.ts';
import { bounded, fewNote, figure, known, outsideNote, outsideShare, pixelsIn, yearPeriod } from './figure.ts';
import { note, noteOf } from './figure-note.ts';
import { type Painted, pictureOf, pictures } from './picture.ts';
import type { BlockKernel, Figure, Given, RasterIndicator, TableCodes } from './raster-indicator.ts';
import { yearsOfDates } from './years.ts';

/** Rows of the table of a year. */
const [UNBURNED, BURNED, UNKNOWN, NO_GROUND] = [0, 1, 2, 3] as const;
const STATES = classIndex([UNBURNED, BURNED, UNKNOWN, NO_GROUND]);
/** Years that are averaged. */
const SPAN = 5;

/** Years in which a pixel burned; `to` closes each class. */
const TIMES: readonly (Painted & { to: number })[] = [
  { code: 0, to: 0, class: 'unburned', color: '#f6f1e3' },
  { code: 1, to: 1, class: 'burned-1', color: '#fcce7d' },
  { code: 2, to: 2, class: 'burned-2', color: '#f49437' },
  { code: 3, to: 3, class: 'burned-3', color: '#d65a26' },
  { code: 4, to: 5, class: 'burned-5', color: '#a02c3b' },
  { code: 5, to: Infinity, class: 'burned-6', color: '#4a0f3f' },
];
const UNBURNABLE_ON_MAP: Painted = { code: 9, class: 'unburnable', color: '#b9d6e6' };
const TIMES_INDEX = classIndex([...TIMES, UNBURNABLE_ON_MAP].map(({ code }) => code));

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
  pictures: {
    kernel: 'years',
    of({ dates }, [map], tables) {
      const { years } = yearsOfDates(dates.burned ?? [], { part: 0 });
      const period = { start: `${years[0]}-01-01`, end: `${(years.at(-1) ?? 0) + 1}-01-01` };
      const classes = [...TIMES, UNBURNABLE_ON_MAP];
      return map === undefined ? [] : pictures(pictureOf({ name: 'burned-years', period, map, tables, classes }));
    },
  },
};

/** A table for each year, and one of the years in which pixels burned. */
function yearly({ yearOf, years }: Config): BlockKernel {
  let [n, tables, year]: [number, readonly TableCodes[], number] = [0, [], -1];
  let [before, now] = [new Int16Array(0), new Int16Array(0)];
  let [burned, seen, bare] = [new Uint16Array(0), new Uint8Array(0), new Uint8Array(0)];
  const endYear = (): void => {
    const rows = tables[year]?.rows;
    for (let i = 0; i < n && rows !== undefined; i++) {
      const code = before[i] as number;
      const state = code > 0 ? BURNED : code === 0 ? UNBURNED : code === UNBURNABLE ? NO_GROUND : UNKNOWN;
      rows[i] = state;
      if (state === BURNED) burned[i] = (burned[i] as number) + 1;
      if (state === BURNED || state === UNBURNED) seen[i] = 1;
      if (state === NO_GROUND) bare[i] = 1;
    }
  };
  return {
    tables: [...Array.from({ length: years }, () => ({ rows: STATES })), { rows: TIMES_INDEX }],
    maps: [{ table: years, take: 'most' }],
    begin(count, codes) {
      [n, tables, year] = [count, codes, -1];
      if (before.length !== n) {
        [before, now] = [new Int16Array(n), new Int16Array(n)];
        [burned, seen, bare] = [new Uint16Array(n), new Uint8Array(n), new Uint8Array(n)];
      }
      for (const array of [burned, seen, bare]) array.fill(0);
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
    end() {
      endYear();
      const rows = tables[years]?.rows;
      for (let i = 0; i < n && rows !== undefined; i++) {
        const times = burned[i] as number;
        rows[i] = seen[i] === 1 ? codeOfTimes(times) : bare[i] === 1 ? UNBURNABLE_ON_MAP.code : NODATA;
      }
    },
  };
}

function codeOfTimes(times: number): number {
  return TIMES.find(({ to }) => times <= to)?.code ?? NODATA;
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
  for (const [y, own] of tables.slice(0, years.length).entries()) {
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
