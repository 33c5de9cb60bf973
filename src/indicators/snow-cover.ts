/**
 * Days with snow on the ground in each snow year, mean over a zone, within what cloud leaves open. docs/methods/snow-cover.md
 *
 * Each layer stands for the time to the next one, but for no longer than layers of the stack usually do: the rest was not seen.
 */
import { Problem } from '../problems.ts';
import { NODATA } from '../science/land-cover.ts';
import { type AreaTable, areaOf, classIndex } from '../science/land-cover-areas.ts';
import { UNSEEN } from '../science/presence.ts';
import { newSnowBlock, type SnowBlock, snowBlock } from '../science/snow.ts';
import type { Period } from '../types.ts';
import { fewNote, figure, outsideNote, outsideShare, pixelsIn } from './figure.ts';
import { note, noteOf } from './figure-note.ts';
import { numberOf } from './params.ts';
import { type Painted, pictureOf, pictures } from './picture.ts';
import { codesMeaning, type Meaning, maskOf } from './presence-layers.ts';
import type { BlockKernel, Figure, Given, RasterIndicator, TableCodes } from './raster-indicator.ts';

const ONE = classIndex([1]);
const DAY = 86_400_000;
/** A year of which layers cover less than this share of the days has no figure: a convention. */
const COVERED = 0.5;
const NO_LAYER = -1;

/** Mean days of snow of a pixel, in steps of so many. */
const STEP = 30;
const DAYS: readonly Painted[] = [
  '#3b0f4f',
  '#472d7b',
  '#3b528b',
  '#2c728e',
  '#21918c',
  '#28ae80',
  '#5ec962',
  '#addc30',
  '#fde725',
].map((color, i) => ({ code: i, class: i === 8 ? 'snow-240' : `snow-${i * STEP}`, color }));
const DAYS_INDEX = classIndex(DAYS.map(({ code }) => code));

/** One snow year: spans between its start and end, each with its layer or none. */
interface SnowYear {
  period: Period;
  /** Days from its start at which spans begin. */
  starts: number[];
  /** Its length [d]. */
  end: number;
  /** Layer of each span; `NO_LAYER` where there is none. */
  layers: number[];
}

interface Config {
  meaning: Meaning;
  /** Values above it are not known; `null` for codes. */
  high: number | null;
  years: SnowYear[];
}

export const snowCover: RasterIndicator = {
  id: 'snow-cover',
  method: 'snow-days',
  version: 1,
  inputs: [{ name: 'snow', least: 10, once: true }],
  params: { present: '200', absent: '25', unseen: '0,1,11,37,39,50,100,254,255', threshold: '', high: '100', start: '08-01' },
  kernels: { days: (config) => days(config as Config) },
  async compute(given, pass) {
    const { params } = given;
    const byIndex = (params.threshold ?? '') !== '';
    const meaning = byIndex ? { threshold: numberOf(params, 'threshold') } : codesMeaning(params);
    const years = snowYears(given.dates.snow ?? [], params.start ?? '');
    const config: Config = { meaning, high: byIndex ? numberOf(params, 'high') : null, years };
    const tables = await pass('days', config);
    return tables.flatMap((own, zone) => figuresOf(own, { given, zone, years }));
  },
  pictures: {
    kernel: 'days',
    of({ dates, params }, [map], tables) {
      const years = snowYears(dates.snow ?? [], params.start ?? '').filter(isCovered);
      const [first, last] = [years[0], years.at(-1)];
      if (map === undefined || first === undefined || last === undefined) return [];
      const period = { start: first.period.start, end: last.period.end };
      return pictures(pictureOf({ name: 'snow-days', period, map, tables, classes: DAYS, unknown: 'unseen' }));
    },
  },
};

/** Days of a year that layers stand for. */
function coveredDays({ starts, layers, end }: SnowYear): number {
  return starts.reduce((sum, from, i) => sum + (layers[i] === NO_LAYER ? 0 : (starts[i + 1] ?? end) - from), 0);
}

/** Whether layers cover enough of a year for a figure. */
function isCovered(year: SnowYear): boolean {
  return coveredDays(year) >= COVERED * year.end;
}

/** The snow years that layers fall in. @throws Problem `param-wrong` for a start that is no month and day. */
export function snowYears(dates: readonly Period[], start: string): SnowYear[] {
  if (!/^(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])$/.test(start)) {
    throw new Problem('param-wrong', { field: 'start', found: start, expected: '08-01' });
  }
  const days = dates.map((date) => Date.parse(`${date.start}T00:00Z`) / DAY);
  const usual = usualStep(days);
  const beginOf = (year: number): number => Date.parse(`${year}-${start}T00:00Z`) / DAY;
  const firstYear = Number(dates[0]?.start.slice(0, 4)) - 1;
  const lastYear = Number(dates.at(-1)?.start.slice(0, 4));
  const years: SnowYear[] = [];
  for (let year = firstYear; year <= lastYear; year++) {
    const [begin, finish] = [beginOf(year), beginOf(year + 1)];
    if (!days.some((day) => day >= begin && day < finish)) continue; // the last layer of a year may reach into the next
    const [starts, layers]: [number[], number[]] = [[], []];
    let covered = 0;
    const put = (start: number, layer: number): void => {
      starts.push(start);
      layers.push(layer);
    };
    for (const [layer, day] of days.entries()) {
      const next = Math.min(days[layer + 1] ?? Infinity, day + usual);
      const [from, to] = [Math.max(day, begin), Math.min(next, finish)];
      if (from >= to) continue;
      if (from - begin > covered) put(covered, NO_LAYER);
      put(from - begin, layer);
      covered = to - begin;
    }
    if (covered < finish - begin) put(covered, NO_LAYER);
    const period = { start: `${year}-${start}`, end: `${year + 1}-${start}` };
    years.push({ period, starts, layers, end: finish - begin });
  }
  return years;
}

/** Median of the days from one layer to the next, the lower of two. */
function usualStep(days: readonly number[]): number {
  const steps = days.flatMap((day, i) => (i > 0 && day > (days[i - 1] as number) ? [day - (days[i - 1] as number)] : []));
  return steps.sort((a, b) => a - b)[(steps.length - 1) >> 1] ?? 1;
}

/** Four tables a year: area with a figure; sums of days, of the least and of the most that they can be. Then classes of mean days. */
function days({ meaning, high, years }: Config): BlockKernel {
  const sort = maskOf(meaning);
  let [n, tables]: [number, readonly TableCodes[]] = [0, []];
  let [block, unseen, strange]: [SnowBlock, Uint8Array, Uint8Array] = [newSnowBlock(0), new Uint8Array(0), new Uint8Array(0)];
  const spans = years.map(({ layers }) => layers.map(() => new Uint8Array(0)));
  let [sums, counts] = [new Float64Array(0), new Uint16Array(0)];
  const endYear = (year: number): void => {
    const { starts, layers, end } = years[year] as SnowYear;
    const masks = layers.map((layer, span) => (layer === NO_LAYER ? unseen : (spans[year]?.[span] as Uint8Array)));
    snowBlock(masks, { starts, end }, block);
    const { value, low, high: most } = block.coverDays;
    const [area, ...bounds] = tables.slice(4 * year, 4 * year + 4);
    for (let i = 0; i < n && area !== undefined; i++) area.rows[i] = Number.isNaN(value[i]) ? NODATA : 1;
    for (let i = 0; i < n && isCovered(years[year] as SnowYear); i++) {
      if (Number.isNaN(value[i])) continue;
      sums[i] = (sums[i] as number) + (value[i] as number);
      counts[i] = (counts[i] as number) + 1;
    }
    for (const [k, figure] of [value, low, most].entries()) {
      const own = bounds[k];
      own?.rows.fill(1, 0, n);
      own?.values?.set(figure);
    }
    for (const [span] of layers.entries()) if (spans[year] !== undefined) spans[year][span] = new Uint8Array(0); // free at once
  };
  return {
    tables: [
      ...years.flatMap(() => [{ rows: ONE }, ...[1, 2, 3].map(() => ({ rows: ONE, values: true }) as const)]),
      { rows: DAYS_INDEX },
    ],
    maps: [{ table: 4 * years.length, take: 'most' }],
    begin(count, codes) {
      [n, tables] = [count, codes];
      if (sums.length < n) [sums, counts] = [new Float64Array(n), new Uint16Array(n)];
      sums.fill(0);
      counts.fill(0);
      if (unseen.length !== n) [block, unseen, strange] = [newSnowBlock(n), new Uint8Array(n).fill(UNSEEN), new Uint8Array(n)];
    },
    layer(_, index, values) {
      if (high !== null) for (let i = 0; i < n; i++) if (!((values[i] as number) <= high)) values[i] = Number.NaN;
      const mask = new Uint8Array(n);
      sort(values, n, mask, strange);
      for (const [year, { layers }] of years.entries()) {
        const span = layers.indexOf(index);
        if (span < 0) continue;
        if (spans[year] !== undefined) spans[year][span] = mask;
        if (Math.max(...layers) === index) endYear(year);
      }
    },
    end() {
      const rows = tables[4 * years.length]?.rows;
      for (let i = 0; i < n && rows !== undefined; i++) {
        const mean = (sums[i] as number) / (counts[i] as number);
        rows[i] = Number.isNaN(mean) ? NODATA : Math.min(DAYS.length - 1, Math.floor(mean / STEP));
      }
    },
  };
}

function figuresOf(
  tables: readonly AreaTable[],
  { given, zone, years }: { given: Given; zone: number; years: readonly SnowYear[] },
): Figure[] {
  return years.map((snowYear, year) => {
    const { period } = snowYear;
    const [area, value, low, high] = tables.slice(4 * year, 4 * year + 4) as [AreaTable, AreaTable, AreaTable, AreaTable];
    const pixels = pixelsIn(area);
    const about = { indicator: 'snow-cover', zone, period, unit: 'd', n: Math.round(pixels) } as const;
    const outside = outsideNote(given, zone, pixels);
    const seen = areaOf(area, 1);
    const all = seen + areaOf(area, 'nodata');
    const covered = coveredDays(snowYear);
    if (outsideShare(given, zone, pixels) === 1 || !(seen > 0) || !isCovered(snowYear)) {
      return figure({ ...about, note: noteOf(outside, note('days-covered', covered)) });
    }
    const bounds = { low: areaOf(low, 1) / all, high: areaOf(high, 1) / all };
    const mean = Math.min(Math.max(areaOf(value, 1) / seen, bounds.low), bounds.high);
    const gaps = bounds.high > bounds.low ? note('bounds') : null;
    return figure({
      ...about,
      value: mean,
      ...bounds,
      note: noteOf(outside, fewNote(pixels), note('days-covered', covered), gaps),
    });
  });
}
