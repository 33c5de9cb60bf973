/**
 * Surface water of zones: permanent and seasonal water of each year, means of five years, and their change against a baseline
 * (SDG 6.6.1). docs/methods/surface-water.md
 *
 * Layers of one month make one mask; a year is as many months as it has layers of. What cloud hid widens the bounds.
 */
import { Problem } from '../problems.ts';
import { NODATA } from '../science/land-cover.ts';
import { type AreaTable, areaOf, classIndex, pixelsOf } from '../science/land-cover-areas.ts';
import { newHistogram, otsu } from '../science/otsu.ts';
import { type FrequencyTable, newFrequencyTable, PRESENT, UNSEEN } from '../science/presence.ts';
import { waterYear } from '../science/water-extent.ts';
import { extentChange, periodMean, type YearExtent } from '../science/water-extent-change.ts';
import { bounded, fewNote, figure, outsideNote, outsideShare, pixelsIn, rowSums, yearPeriod } from './figure.ts';
import { note, noteOf } from './figure-note.ts';
import { numberOf, yearsOf } from './params.ts';
import { type Painted, pictureOf, pictures } from './picture.ts';
import { codesMeaning, type Meaning, type MonthsOfDates, maskOf, monthComposite, monthsOfDates } from './presence-layers.ts';
import type { BlockKernel, Figure, Given, Pass, RasterIndicator, TableCodes } from './raster-indicator.ts';

/** Months of a year: rows and columns of a table are 0 to 12. */
const MONTHS = classIndex(Array.from({ length: 13 }, (_, i) => i));
const ONE = classIndex([1]);
/** Bins of an index between its limits -1 and 1, for Otsu's threshold. */
const BINS = 400;
const BIN_INDEX = classIndex(Array.from({ length: BINS }, (_, i) => i));
/** Years that are averaged: SDG 6.6.1. */
const SPAN = 5;

const KINDS = ['permanent', 'seasonal', 'ever'] as const;

interface Config extends MonthsOfDates {
  meaning: Meaning;
  /** Places of the first and last years that are compared: baseline and latest five years; `null` where these are not apart. */
  compared: [before: [number, number], now: [number, number]] | null;
}

/** Water seen on so many of a hundred months. Pekel et al. 2016, doi 10.1038/nature20584, call it occurrence. */
const OCCURRENCE: readonly Painted[] = [
  { code: 0, class: 'never-water', color: '#f6f1e3' },
  { code: 1, class: 'water-25', color: '#cfe5f0' },
  { code: 2, class: 'water-50', color: '#94c4df' },
  { code: 3, class: 'water-75', color: '#4b97c9' },
  { code: 4, class: 'water-99', color: '#1c5fa5' },
  { code: 5, class: 'always-water', color: '#08264f' },
];
const OCCURRENCE_INDEX = classIndex(OCCURRENCE.map(({ code }) => code));

/** Water on half of the months seen, or more, before and now. */
const CHANGES: readonly Painted[] = [
  { code: 1, class: 'surface-lost', color: '#d55e00' },
  { code: 2, class: 'surface-gained', color: '#56b4e9' },
  { code: 3, class: 'water-stays', color: '#0b3c7d' },
  { code: 0, class: 'dry-stays', color: '#f6f1e3' },
];
const CHANGE_INDEX = classIndex(CHANGES.map(({ code }) => code));

export const surfaceWater: RasterIndicator = {
  id: 'surface-water',
  method: 'sdg-661-extent',
  version: 1,
  inputs: [{ name: 'water', least: 1 }],
  params: { present: '2', absent: '1', unseen: '0', threshold: '', baseline: '' },
  kernels: {
    months: (config) => monthly(config as Config),
    histogram: (config) => histogram(config as { layers: number }),
  },
  async compute(given, pass) {
    const dates = given.dates.water ?? [];
    const months = monthsOfDates(dates);
    const { meaning, notes } = await meaningOf(given, dates.length, pass);
    const baseline = baselineOf(given.params, months.years);
    const config: Config = { ...months, meaning, compared: comparedYears(months.years, baseline) };
    const tables = await pass('months', config);
    return tables.flatMap((own, zone) => figuresOf(own, { given, zone, months, baseline, notes }));
  },
  pictures: {
    kernel: 'months',
    of({ dates, params }, [often, change], tables) {
      const { years } = monthsOfDates(dates.water ?? []);
      const period = { start: `${years[0]}-01-01`, end: `${(years.at(-1) ?? 0) + 1}-01-01` };
      const compared = comparedYears(years, baselineOf(params, years));
      const from = years[compared?.[0][0] ?? 0];
      return pictures(
        often === undefined
          ? null
          : pictureOf({ name: 'water-occurrence', period, map: often, tables, classes: OCCURRENCE, unknown: 'unseen' }),
        change === undefined || compared === null
          ? null
          : pictureOf({
              name: 'water-change',
              period: { ...period, start: `${from}-01-01` },
              map: change,
              tables,
              classes: CHANGES,
              unknown: 'unseen',
            }),
      );
    },
  },
};

/** The years of the baseline and the latest five after it, by their places. */
function comparedYears(years: readonly number[], baseline: [first: number, last: number] | null): Config['compared'] {
  if (baseline === null) return null;
  const placesOf = (first: number, last: number): [number, number] | null => {
    const own = years.flatMap((year, place) => (year >= first && year <= last ? [place] : []));
    return own.length === 0 ? null : [own[0] ?? 0, own.at(-1) ?? 0];
  };
  const newest = years.at(-1) ?? 0;
  const [before, now] = [placesOf(...baseline), placesOf(Math.max(baseline[1] + 1, newest - SPAN + 1), newest)];
  return before === null || now === null ? null : [before, now];
}

/** Codes, a threshold that was given, or the one that parts the values of all dates best. */
async function meaningOf(
  { params, region }: Given,
  layers: number,
  pass: Pass,
): Promise<{ meaning: Meaning; notes: (string | null)[] }> {
  const asked = params.threshold ?? '';
  if (asked === '') return { meaning: codesMeaning(params), notes: [] };
  if (asked !== 'otsu') {
    const threshold = numberOf(params, 'threshold');
    return { meaning: { threshold }, notes: [note('threshold', asked)] };
  }
  const tables = await pass('histogram', { layers }, { over: region ? 'region' : 'zones' });
  const found = otsu({ ...newHistogram({ low: -1, high: 1, bins: BINS }), counts: pooled(tables.flat()) });
  if (found === null) throw new Problem('param-wrong', { field: 'threshold', found: 'otsu', expected: '-1 – 1' });
  const doubts = found.doubts.length === 0 ? null : note('threshold-doubtful', found.doubts.join(', '));
  return { meaning: { threshold: found.threshold }, notes: [note('threshold', found.threshold), doubts] };
}

/** Areas by bin over all tables; added from the least up, so that the order of zones makes no difference. */
function pooled(tables: readonly AreaTable[]): Float64Array {
  const areas = tables.map((table) => rowSums(table).areas);
  return Float64Array.from({ length: BINS }, (_, bin) =>
    Float64Array.from(areas, (own) => own[bin] as number)
      .sort()
      .reduce((sum, area) => sum + area, 0),
  );
}

/** A table of bins for each layer. */
function histogram({ layers }: { layers: number }): BlockKernel {
  let [n, tables]: [number, readonly TableCodes[]] = [0, []];
  return {
    tables: Array.from({ length: layers }, () => ({ rows: BIN_INDEX })),
    begin(count, codes) {
      [n, tables] = [count, codes];
    },
    layer(_, index, values) {
      const rows = tables[index]?.rows;
      if (rows === undefined) return;
      for (let i = 0; i < n; i++) {
        const value = values[i] as number;
        rows[i] = value >= -1 && value <= 1 ? Math.min(BINS - 1, Math.floor(((value + 1) / 2) * BINS)) : NODATA;
      }
    },
    end: () => {},
  };
}

/**
 * A table for each year, of months seen by months with water; one of pixels that ever had a code in no list; then how often
 * there was water, and what changed.
 */
function monthly({ meaning, steps, yearOf, years, compared }: Config): BlockKernel {
  const sort = maskOf(meaning);
  const composite = monthComposite();
  let [n, step, year]: [number, number, number] = [0, 0, 0];
  let tables: readonly TableCodes[] = [];
  let [mask, strange, seen, present] = [new Uint8Array(0), new Uint8Array(0), new Uint8Array(0), new Uint8Array(0)];
  const spans = [[0, years.length - 1], ...(compared ?? [])] as [number, number][];
  const often = spans.map(monthsWithWater);
  const endMonth = (): void => {
    composite.end(mask);
    for (let i = 0; i < n; i++) {
      if (mask[i] === UNSEEN) continue;
      seen[i] = (seen[i] as number) + 1;
      if (mask[i] === PRESENT) present[i] = (present[i] as number) + 1;
    }
  };
  const endYear = (): void => {
    const own = tables[year];
    for (let i = 0; i < n && own !== undefined; i++) {
      own.rows[i] = seen[i] as number;
      if (own.columns !== null) own.columns[i] = present[i] as number;
    }
    for (const [i, [from, to]] of spans.entries()) if (year >= from && year <= to) often[i]?.add(n, seen, present);
    seen.fill(0);
    present.fill(0);
  };
  return {
    tables: [
      ...years.map(() => ({ rows: MONTHS, columns: MONTHS })),
      { rows: ONE },
      { rows: OCCURRENCE_INDEX },
      ...(compared === null ? [] : [{ rows: CHANGE_INDEX }]),
    ],
    maps: (compared === null ? [1] : [1, 2]).map((own) => ({ table: years.length + own, take: 'most' })),
    begin(count, codes) {
      [n, tables, step, year] = [count, codes, 0, 0];
      for (const one of often) one.begin(n);
      if (mask.length < n)
        [mask, strange, seen, present] = [new Uint8Array(n), new Uint8Array(n), new Uint8Array(n), new Uint8Array(n)];
      for (const array of [strange, seen, present]) array.fill(0);
      composite.begin(n);
    },
    layer(_, index, values) {
      if (steps[index] !== step) {
        endMonth();
        step = steps[index] as number;
        if (yearOf[step] !== year) {
          endYear();
          year = yearOf[step] as number;
        }
      }
      sort(values, n, mask, strange);
      composite.add(mask);
    },
    end() {
      endMonth();
      endYear();
      const codes = tables[years.length]?.rows;
      for (let i = 0; i < n && codes !== undefined; i++) codes[i] = strange[i] === 1 ? 1 : NODATA;
      const [all, before, now] = often.map((one) => one.shares());
      const [occurrence, change] = [tables[years.length + 1]?.rows, tables[years.length + 2]?.rows];
      for (let i = 0; i < n && all !== undefined && occurrence !== undefined; i++) {
        const share = all[i] as number; // in quarters; below one in a hundred is the first of them, too
        occurrence[i] = Number.isNaN(share) ? NODATA : share === 1 ? 5 : Math.min(4, share === 0 ? 0 : 1 + Math.floor(share * 4));
      }
      for (let i = 0; i < n && before !== undefined && now !== undefined && change !== undefined; i++) {
        const [was, is] = [before[i] as number, now[i] as number];
        change[i] = Number.isNaN(was + is) ? NODATA : was >= 0.5 ? (is >= 0.5 ? 3 : 1) : is >= 0.5 ? 2 : 0;
      }
    },
  };
}

/** Months seen and months with water over some years, pixel by pixel. */
function monthsWithWater() {
  let [n, seen, present] = [0, new Uint16Array(0), new Uint16Array(0)];
  return {
    begin(count: number): void {
      n = count;
      if (seen.length < n) [seen, present] = [new Uint16Array(n), new Uint16Array(n)];
      seen.fill(0);
      present.fill(0);
    },
    add(count: number, months: Uint8Array, wet: Uint8Array): void {
      for (let i = 0; i < count; i++) {
        seen[i] = (seen[i] as number) + (months[i] as number);
        present[i] = (present[i] as number) + (wet[i] as number);
      }
    },
    /** Part of the months seen; NaN where none was. */
    shares: (): Float64Array => Float64Array.from({ length: n }, (_, i) => (present[i] as number) / (seen[i] as number)),
  };
}

interface OfZone {
  given: Given;
  zone: number;
  months: MonthsOfDates;
  baseline: [first: number, last: number] | null;
  notes: readonly (string | null)[];
}

function figuresOf(tables: readonly AreaTable[], { given, zone, months, baseline, notes }: OfZone): Figure[] {
  const [first] = tables;
  const { years, counts } = months;
  if (first === undefined) return [];
  const pixels = pixelsIn(first);
  const outside = outsideNote(given, zone, pixels);
  const about = { zone, unit: 'm2', n: Math.round(pixels) } as const;
  if (outsideShare(given, zone, pixels) === 1) {
    return years.map((year) => figure({ ...about, indicator: 'surface-water', period: yearPeriod(year), note: outside }));
  }
  const table = tables[years.length];
  const unlisted = table === undefined ? 0 : (100 * pixelsOf(table, 1)) / pixels;
  const remarks = [outside, unlisted > 0 ? note('unlisted', unlisted) : null, fewNote(pixels), ...notes];
  const series: Record<(typeof KINDS)[number], YearExtent[]> = { permanent: [], seasonal: [], ever: [] };
  const yearly = years.flatMap((year, y) => {
    const found = waterYear(frequencyOf(tables[y] as AreaTable, counts[y] as number));
    const unseen = 100 * (1 - found.meanSeenShare);
    const gaps = unseen > 1e-9 ? [note('unseen', unseen), note('bounds')] : [];
    // one month a year tells what is under water then, not for how long
    const kinds = KINDS.filter((kind) => kind === 'ever' || (counts[y] as number) > 1);
    return kinds.map((kind) => {
      series[kind].push({ year, extent: found[kind] });
      const period = yearPeriod(year);
      return figure({
        ...about,
        indicator: 'surface-water',
        class: kind,
        period,
        ...bounded(found[kind]),
        note: noteOf(...remarks, ...gaps),
      });
    });
  });
  return [...yearly, ...(baseline === null ? [] : KINDS.flatMap((kind) => overYears(series[kind], kind)))];

  function overYears(extents: readonly YearExtent[], kind: string): Figure[] {
    if (baseline === null || extents.length === 0) return [];
    const [from, to] = baseline;
    const reference = periodMean(extents, from, to);
    const shared = noteOf(...remarks, note('bounds'));
    const windows = windowsAfter(to, extents.at(-1)?.year ?? to);
    const mean = (start: number, end: number, { extent, missing }: ReturnType<typeof periodMean>): Figure =>
      figure({
        ...about,
        indicator: 'surface-water-mean',
        class: kind,
        period: { start: `${start}-01-01`, end: `${end + 1}-01-01` },
        ...bounded(extent),
        note: noteOf(shared, missing.length === 0 ? null : note('years-missing', missing.join(', '))),
      });
    return [
      mean(from, to, reference),
      ...windows.flatMap(([start, end]) => {
        const now = periodMean(extents, start, end);
        const change = extentChange(now.extent, reference.extent);
        const own = mean(start, end, now);
        if (change === null) return [own];
        return [own, { ...own, indicator: 'surface-water-change', unit: '%', ...bounded(change) }];
      }),
    ];
  }
}

/** Five years after five years from the baseline on, as long as they are whole. */
function windowsAfter(baselineEnd: number, last: number): [number, number][] {
  const windows: [number, number][] = [];
  for (let start = baselineEnd + 1; start + SPAN - 1 <= last; start += SPAN) windows.push([start, start + SPAN - 1]);
  return windows;
}

/** Years given, else the first five of a stack that has more; `null` for a shorter one. */
function baselineOf(params: Record<string, string>, years: readonly number[]): [number, number] | null {
  if ((params.baseline ?? '') !== '') return yearsOf(params, 'baseline');
  const [first = 0, last = 0] = [years[0], years.at(-1)];
  return last - first + 1 >= SPAN ? [first, first + SPAN - 1] : null;
}

/** Areas by months seen and months with water, as the kernels of water take them. */
function frequencyOf(table: AreaTable, steps: number): FrequencyTable {
  const found = newFrequencyTable(steps);
  for (let seen = 0; seen <= steps; seen++) {
    for (let wet = 0; wet <= seen; wet++) found.areas[seen * (steps + 1) + wet] = areaOf(table, seen, wet);
  }
  return found;
}
