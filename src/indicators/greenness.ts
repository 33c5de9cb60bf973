/**
 * Trend of greenness: yearly means of a vegetation index, Theil-Sen slope and Mann-Kendall test of every pixel, and per zone
 * how much of it becomes greener or less green, the false discovery rate being held. docs/methods/greenness.md
 *
 * Pixels are sorted by sign and probability and by slope, in bins of equal ratio (`signed-bins.ts`): probabilities are
 * rounded up, so that no more is believed than should be.
 */
import { Problem } from '../problems.ts';
import { stepUp } from '../science/false-discovery.ts';
import { NODATA } from '../science/land-cover.ts';
import { type AreaTable, areaOf, classIndex, newAreaTable, pixelsOf } from '../science/land-cover-areas.ts';
import { trendFree } from '../science/prewhitening.ts';
import { theilSen } from '../science/theil-sen.ts';
import { trendBlock } from '../science/trend-block.ts';
import type { Period } from '../types.ts';
import { fewNote, figure, known, outsideNote, outsideShare, pixelsIn, rowSums } from './figure.ts';
import { note, noteOf } from './figure-note.ts';
import { correctedTests, type SeasonsConfig, seasonalTests, seasonsOf } from './greenness-tests.ts';
import { choiceOf, numberOf } from './params.ts';
import { pictureOf, pictures } from './picture.ts';
import {
  type BlockKernel,
  type CodeMap,
  type Figure,
  type Given,
  type IndicatorPicture,
  NOWHERE,
  type RasterIndicator,
  type TableCodes,
} from './raster-indicator.ts';
import { signedBins } from './signed-bins.ts';
import { type MeansOptions, yearlyMeans, yearsOfDates } from './years.ts';

/** Fewest years, of the stack and of a pixel: below eight hardly any order of the values is rare enough. */
const FEWEST = 8;
/** Bins of a probability between 1 and 10: it is rounded up by less than half a percent. */
const PER_DECADE = 500;
/** Probabilities below this are taken for it. */
const LEAST_P = 1e-10;
const P_BINS = Math.round(-Math.log10(LEAST_P) * PER_DECADE);
/** Slopes [index per year]. */
const SLOPES = signedBins({ least: 1e-9, most: 100, perDecade: PER_DECADE });
/** Level of the interval of the slope of a zone. */
const LEVEL = 0.95;

const ONE = classIndex([1]);
const P_INDEX = classIndex(Array.from({ length: 2 * P_BINS + 3 }, (_, i) => i - P_BINS - 1));
const SLOPE_INDEX = classIndex(SLOPES.codes);

interface Config extends MeansOptions {
  /** Numbers of the years. */
  times: number[];
  prewhitening: 'none' | 'tfpw' | 'yue-wang';
  /** `null` where years are compared, not the same months of years. */
  seasonal: Pick<SeasonsConfig, 'seasonOf' | 'seasons' | 'dependence'> | null;
}

export const greenness: RasterIndicator = {
  id: 'greenness',
  method: 'theil-sen-mann-kendall',
  version: 1,
  inputs: [{ name: 'ndvi', least: FEWEST }],
  params: { alpha: '0.05', prewhitening: 'none', seasonal: 'no', months: '', part: '0.8', low: '-1', high: '1', scale: '1' },
  kernels: { trend: (config) => trendOf(config as Config) },
  async compute(given, pass) {
    const { params } = given;
    const part = numberOf(params, 'part', { low: 0, high: 1 });
    const { years, yearOf, least } = yearsOfDates(given.dates.ndvi ?? [], { months: params.months, part });
    if (years.length < FEWEST) throw new Problem('input-too-short', { input: 'ndvi', found: years.length, expected: FEWEST });
    const alpha = numberOf(params, 'alpha', { low: 0, high: 1 });
    const config: Config = {
      times: years,
      yearOf,
      years: years.length,
      least,
      low: numberOf(params, 'low'),
      high: numberOf(params, 'high'),
      scale: numberOf(params, 'scale', { low: Number.MIN_VALUE }),
      prewhitening: choiceOf<'none' | 'tfpw' | 'yue-wang'>(params, 'prewhitening', ['none', 'tfpw', 'yue-wang']),
      seasonal: seasonalOf(given, yearOf),
    };
    const tables = await pass('trend', config);
    const period = spanOfYears(years);
    return tables.flatMap((own, zone) => figuresOf(own, { given, zone, period, years, alpha }));
  },
  pictures: {
    kernel: 'trend',
    of({ params, dates }, [map], tables) {
      const part = numberOf(params, 'part', { low: 0, high: 1 });
      const { years } = yearsOfDates(dates.ndvi ?? [], { months: params.months, part });
      const alpha = numberOf(params, 'alpha', { low: 0, high: 1 });
      return map === undefined ? [] : pictures(trendPicture(map, tables, alpha, spanOfYears(years)));
    },
  },
};

function spanOfYears(years: readonly number[]): Period {
  return { start: `${years[0]}-01-01`, end: `${(years.at(-1) ?? 0) + 1}-01-01` };
}

/** Months against the same months of other years, where it is asked for. @throws Problem `param-wrong` with prewhitening, which is of years. */
function seasonalOf({ params, dates }: Given, yearOf: number[]): Config['seasonal'] {
  const asked = choiceOf<'no' | 'yes' | 'correlated'>(params, 'seasonal', ['no', 'yes', 'correlated']);
  if (asked === 'no') return null;
  if (params.prewhitening !== 'none')
    throw new Problem('param-wrong', { field: 'prewhitening', found: params.prewhitening ?? '', expected: 'none (seasonal)' });
  const seasons = seasonsOf(dates.ndvi ?? [], { yearOf });
  if (seasons.seasons < 2) throw new Problem('param-wrong', { field: 'seasonal', found: asked, expected: 'no' });
  return { ...seasons, dependence: asked === 'yes' ? 'independent' : 'correlated' };
}

/** Rows of the table that a map of trends is counted by. */
const [DECREASING, UNCERTAIN, INCREASING] = [-1, 0, 1] as const;
const TRENDS = classIndex([DECREASING, UNCERTAIN, INCREASING]);

/** Pixels by what is believed of them in their zone, as its figures have it. */
function trendPicture(map: CodeMap, tables: readonly AreaTable[][], alpha: number, period: Period): IndicatorPicture | null {
  const found = tables.map(([table]) => (table === undefined ? null : sharesOf(table, alpha)));
  const counted = tables.map(([table], zone): AreaTable[] => {
    const { increasing = 0, decreasing = 0 } = found[zone] ?? {};
    const sums = newAreaTable(TRENDS);
    if (table === undefined) return [sums];
    const without = areaOf(table, 'nodata');
    const all = table.amounts.reduce((sum, own) => sum + own, 0);
    const width = sums.columns.length + 2;
    for (const [row, area] of [decreasing, all - without - increasing - decreasing, increasing, without].entries()) {
      sums.amounts[row * width] = area;
    }
    return [sums];
  });
  const codes = map.codes.map((code, cell) => {
    if (code === NOWHERE || code === NODATA) return code;
    const threshold = found[map.zones?.[cell] ?? -1]?.threshold ?? 0;
    return code !== 0 && pOf(code) <= threshold ? Math.sign(code) : UNCERTAIN;
  });
  return pictureOf({
    name: 'greenness-trend',
    period,
    map: { ...map, table: 0, codes },
    tables: counted,
    unknown: 'no-trend',
    classes: [
      { code: INCREASING, class: 'increasing', color: '#0b6e4f' },
      { code: DECREASING, class: 'decreasing', color: '#e69f00' },
      { code: UNCERTAIN, class: 'not-significant', color: '#f4f1e8', hatch: true },
    ],
  });
}

/** Tables: probabilities by sign; slopes; then for each year the area that has a value, and the sum of value less line times area. */
function trendOf(config: Config): BlockKernel {
  const { times, prewhitening } = config;
  const means = yearlyMeans(config);
  const seasons = config.seasonal === null ? null : seasonalTests({ ...config, ...config.seasonal });
  const middle = ((times[0] ?? 0) + (times.at(-1) ?? 0)) / 2;
  const steps = times.map((year) => year - middle);
  let [n, tables]: [number, readonly TableCodes[]] = [0, []];
  return {
    tables: [
      { rows: P_INDEX },
      { rows: SLOPE_INDEX },
      ...times.flatMap(() => [{ rows: ONE }, { rows: ONE, values: true } as const]),
    ],
    maps: [{ table: 0, take: 'nearest' }],
    begin(count, codes) {
      [n, tables] = [count, codes];
      means.begin(n);
      seasons?.begin(n);
    },
    layer(_, index, values) {
      means.add(index, values);
      seasons?.add(index, values);
    },
    end() {
      const values = means.end();
      const slope = new Float64Array(n);
      const intercept = new Float64Array(n);
      const s = new Int32Array(n);
      const p = new Float64Array(n);
      trendBlock(values, steps, { slope, intercept, s, p }, { fewest: FEWEST });
      if (prewhitening === 'tfpw') whitened(values, times, { slope, s, p });
      if (prewhitening === 'yue-wang') correctedTests(values, times, { p });
      seasons?.end({ slope, s, p });
      const [probabilities, slopes] = tables;
      for (let i = 0; i < n; i++) {
        const probability = p[i] as number;
        const none = Number.isNaN(probability);
        if (probabilities !== undefined) probabilities.rows[i] = none ? NODATA : pCode(probability, s[i] as number);
        if (slopes !== undefined) slopes.rows[i] = none ? NODATA : SLOPES.codeOf(slope[i] as number);
      }
      for (let year = 0; year < times.length; year++) {
        const [area, sum] = [tables[2 + 2 * year], tables[3 + 2 * year]];
        for (let i = 0, at = year * n; i < n; i++, at++) {
          const above = (values[at] as number) - (intercept[i] as number); // NaN without value or line
          if (area !== undefined) area.rows[i] = Number.isNaN(above) ? NODATA : 1;
          if (sum?.values != null) [sum.rows[i], sum.values[i]] = [1, above];
        }
      }
    },
  };
}

/** Code of a probability: its bin from 1 down, counted from 1, with the sign of the trend; 0 where there is none to either side. */
function pCode(p: number, s: number): number {
  return s === 0 ? 0 : Math.sign(s) * (1 + Math.min(P_BINS, Math.floor(-Math.log10(p) * PER_DECADE)));
}

/** Upper edge of the bin of a code. */
function pOf(code: number): number {
  return 10 ** (-(Math.abs(code) - 1) / PER_DECADE);
}

/**
 * S and p anew, of each pixel's series freed of its memory but not of its trend (Yue et al. 2002). Years without a layer keep
 * their place, so that a step is always a year.
 */
function whitened(
  values: Float64Array,
  times: readonly number[],
  { slope, s, p }: { slope: Float64Array; s: Int32Array; p: Float64Array },
): void {
  const n = slope.length;
  const [first = 0, last = 0] = [times[0], times.at(-1)];
  const span = last - first + 1;
  const series = new Float64Array(span);
  const free = new Float64Array((span - 1) * n).fill(Number.NaN);
  for (let i = 0; i < n; i++) {
    if (Number.isNaN(p[i])) continue;
    series.fill(Number.NaN);
    for (const [k, year] of times.entries()) series[year - first] = values[k * n + i] as number;
    const found = trendFree(series, slope[i] as number).values;
    for (let k = 0; k < span - 1; k++) free[k * n + i] = found[k] as number;
  }
  const steps = Array.from({ length: span - 1 }, (_, k) => k);
  trendBlock(free, steps, { s, p }, { fewest: FEWEST - 1 });
}

function figuresOf(
  tables: readonly AreaTable[],
  { given, zone, period, years, alpha }: { given: Given; zone: number; period: Period; years: number[]; alpha: number },
): Figure[] {
  const [probabilities, slopes] = tables;
  if (probabilities === undefined || slopes === undefined) return [];
  const all = pixelsIn(probabilities);
  const outside = outsideNote(given, zone, all);
  const unclear = pixelsOf(probabilities, 'nodata');
  const pixels = all - unclear;
  const without = areaOf(probabilities, 'nodata');
  const area = probabilities.amounts.reduce((sum, own) => sum + own, 0) - without;
  const about = { zone, period, n: Math.round(pixels) };
  const gaps = unclear > 0 ? note('no-trend', (100 * without) / (area + without)) : null;
  const remarks = [outside, gaps, fewNote(pixels)];
  if (outsideShare(given, zone, all) === 1 || area === 0) {
    return [figure({ ...about, indicator: 'greenness', unit: '1', note: noteOf(...remarks) })];
  }
  const shares = sharesOf(probabilities, alpha);
  const discovery = note('discovery', alpha);
  const share = (indicator: string, part: number): Figure =>
    figure({ ...about, indicator, unit: '%', value: (100 * part) / area, note: noteOf(...remarks, discovery) });
  return [
    ofZone(tables, years, { ...about, note: noteOf(...remarks, note('zone-mean')) }),
    figure({
      ...about,
      indicator: 'greenness',
      class: 'pixel-median',
      unit: '1',
      value: medianSlope(slopes),
      note: noteOf(...remarks, note('pixel-median', 100 * SLOPES.error)),
    }),
    share('greenness-increasing', shares.increasing),
    share('greenness-decreasing', shares.decreasing),
    share('greenness-undetermined', area - shares.increasing - shares.decreasing),
  ];
}

/** Areas that are believed to increase and decrease: Benjamini and Hochberg over the pixels of the zone, each by its part inside. */
function sharesOf(table: AreaTable, alpha: number): { increasing: number; decreasing: number; threshold: number } {
  const { areas, pixels } = rowSums(table);
  const level = P_BINS + 1; // place of code 0
  const bins = Array.from({ length: P_BINS + 1 }, (_, i) => level - i); // from the least probability up
  const both = (bin: number): number => (pixels[level + bin] as number) + (pixels[level - bin] as number);
  const counts = Float64Array.from([...bins.map(both), pixels[level] as number]);
  const { threshold } = stepUp(Float64Array.from([...bins.map(pOf), 1]), counts, { rate: alpha });
  let [increasing, decreasing] = [0, 0];
  for (const bin of bins) {
    if (pOf(bin) > threshold) break;
    increasing += areas[level + bin] as number;
    decreasing += areas[level - bin] as number;
  }
  return { increasing, decreasing, threshold };
}

/** Slope that half of the area lies below. */
function medianSlope(table: AreaTable): number {
  const { areas } = rowSums(table);
  const half = areas.reduce((sum, area) => sum + area, 0) / 2;
  let [at, below] = [0, areas[0] ?? 0];
  while (below < half && at + 1 < areas.length) below += areas[++at] as number;
  return SLOPES.valueOf(SLOPES.codes[at] ?? 0);
}

/**
 * Slope of the means of the zone over the years with the interval of Gilbert 1987. Each pixel is taken about its own line in the
 * middle of the period, so that one that lacks years does not pull the means of the others.
 */
function ofZone(
  tables: readonly AreaTable[],
  years: readonly number[],
  about: Pick<Figure, 'zone' | 'period' | 'n' | 'note'>,
): Figure {
  const means = years.map((_, year) => {
    const [area, sum] = [tables[2 + 2 * year], tables[3 + 2 * year]];
    return area === undefined || sum === undefined ? Number.NaN : areaOf(sum, 1) / areaOf(area, 1);
  });
  const { slope, low, high } = theilSen(means, { times: years, level: LEVEL });
  const limits = known(low) === null || known(high) === null ? {} : { low, high, level: LEVEL };
  return figure({ ...about, indicator: 'greenness', unit: '1', value: known(slope), ...limits });
}
