/** `saryarka water trend`: does a series rise or fall, and did its level change at once? Every test by its name. */
import { writeCsv } from '../formats/csv.ts';
import { readSource, writeFile } from '../formats/source-node.ts';
import { plainTable } from '../formats/water-table.ts';
import { waterValue } from '../formats/water-values.ts';
import { number, t } from '../i18n/index.ts';
import { type Column, readSeriesTable, type SeriesTable } from '../plans/irrigation-columns.ts';
import { Problem } from '../problems.ts';
import { buishandRange, buishandU, type ChangePoint, pettitt, snht } from '../science/homogeneity.ts';
import { mannKendall, type TrendTest } from '../science/mann-kendall.ts';
import { seasonalMannKendall, seasonalTheilSen } from '../science/mann-kendall-seasonal.ts';
import { trendFree, vonStorch } from '../science/prewhitening.ts';
import { type TheilSen, theilSen } from '../science/theil-sen.ts';
import { hamedRao, yueWang } from '../science/trend-variance.ts';
import type { Lang } from '../types.ts';
import { amountIn, chosen } from './water-crop-options.ts';

interface Options {
  lang: Lang;
  column?: string;
  unit?: string;
  season?: string;
  lags?: string;
  gaps: string;
  level: string;
  draws: string;
  seed: string;
  json?: boolean;
  output?: string;
}

/** Values on equal steps of time, NaN where there is none. */
interface Series {
  name: string;
  unit: string;
  /** A decade is ten days, three to a month. */
  step: 'year' | 'month' | 'decade' | 'day';
  labels: string[];
  values: Float64Array;
}

interface Tests {
  trends: Record<string, TrendTest>;
  slope: TheilSen | Omit<TheilSen, 'intercept'>;
  seasonalSlope: Omit<TheilSen, 'intercept'> | null;
  changes: Record<string, ChangePoint & { after_label: string }>;
}

/** Fewer say nothing. */
const LEAST = 4;

export async function waterTrend(file: string, options: Options): Promise<number> {
  const series = seriesOf(readSeriesTable(await plainTable(readSource(file), { names: 'own' })), options);
  const known = series.values.filter(Number.isFinite).length;
  if (known < LEAST) throw new Problem('choice-wrong', { field: file, found: String(known), expected: `${LEAST} …` });
  const tests = testsOf(series, options);
  if (options.json) {
    const { name, unit, step, labels, values } = series;
    const head = {
      series: name,
      unit,
      step,
      from: labels[0],
      to: labels.at(-1),
      n: known,
      missing: values.length - known,
      gaps: options.gaps,
    };
    console.log(JSON.stringify({ ...head, ...tests }, null, 2));
  } else for (const line of told(series, tests, options)) console.log(line);
  if (options.output !== undefined) {
    writeFile(options.output, tableOf(tests));
    if (!options.json) console.log(t(options.lang, 'cli.water.written', { file: options.output }));
  }
  return 0;
}

function testsOf({ values, labels }: Series, options: Options): Tests {
  const close = chosen('--gaps', options.gaps, ['keep', 'close'] as const) === 'close';
  const level = amountIn('--level', options.level, 0.5, 0.999);
  const draws = {
    draws: amountIn('--draws', options.draws, 0, 1e6, { whole: true }),
    seed: amountIn('--seed', options.seed, 0, 2 ** 32 - 1, { whole: true }),
  };
  const lags = options.lags === undefined ? {} : { lags: amountIn('--lags', options.lags, 1, values.length, { whole: true }) };
  const period = options.season === undefined ? null : amountIn('--season', options.season, 2, 366, { whole: true });
  const ordered = close ? values.filter(Number.isFinite) : values;
  const slope = theilSen(values, { level });
  const seasonal: Record<string, TrendTest> =
    period === null
      ? {}
      : {
          seasonal: seasonalMannKendall(values, { period }),
          'seasonal-correlated': seasonalMannKendall(close ? wholeCycles(values, period) : values, {
            ...{ period, dependence: 'correlated' },
            continuity: close ? 'none' : 'corrected',
          }),
        };
  const found = {
    pettitt: pettitt(values),
    snht: snht(values, draws),
    'buishand-range': buishandRange(values, draws),
    'buishand-u': buishandU(values, draws),
  };
  return {
    trends: {
      'mann-kendall': mannKendall(values),
      ...seasonal,
      'pre-whitened': mannKendall(vonStorch(ordered).values),
      'trend-free': mannKendall(trendFree(ordered, slope.slope).values),
      'hamed-rao': hamedRao(ordered, { ...lags, slope: slope.slope }),
      'yue-wang': yueWang(ordered, lags),
    },
    slope,
    seasonalSlope: period === null ? null : seasonalTheilSen(values, { period, level }),
    changes: Object.fromEntries(
      Object.entries(found).map(([name, point]) => [name, { ...point, after_label: labels[point.at] ?? '' }]),
    ),
  };
}

/** Cycles without a gap only: what pymannkendall tests where seasons are correlated. */
function wholeCycles(values: Float64Array, period: number): Float64Array {
  const cycles = Array.from({ length: Math.floor(values.length / period) }, (_, i) =>
    values.subarray(i * period, (i + 1) * period),
  );
  return Float64Array.from(cycles.filter((cycle) => cycle.every(Number.isFinite)).flatMap((cycle) => [...cycle]));
}

/** The column asked for, or the only one with values, on equal steps. @throws Problem `columns-missing`, `water-unit`, `cell-wrong` */
function seriesOf(table: SeriesTable, options: Options): Series {
  const column = pickedColumn(table, options.column);
  const unit = options.unit ?? unitOf(column);
  if (unit === null)
    throw new Problem('water-unit', {
      file: table.file,
      field: column.field,
      found: '–',
      expected: `${column.field}_m, "${column.field} [m3/s]", --unit m`,
    });
  const read = table.rows.map(({ line, values }): number => {
    const text = values[column.field] ?? '';
    const found = waterValue(text, { decimal: /^[-+]?\d+,\d+$/.test(text) ? ',' : '.' });
    if (found === null)
      throw new Problem('cell-wrong', {
        file: table.file,
        line: String(line),
        field: column.field,
        found: text,
        expected: '0.0',
      });
    return found.value ?? Number.NaN;
  });
  return { name: column.field.replace(/\s*\[[^\]]*\]$/, ''), unit, ...onSteps(table, read) };
}

/** Endings of a header that are units here: `level_m`, `flow_m3_s`. */
const ENDINGS = [
  'm',
  'mm',
  'cm',
  'km',
  'km2',
  'ha',
  'm2',
  'm3',
  'km3',
  'm3_s',
  'km3_a',
  'c',
  'k',
  'pct',
  'g_l',
  'mg_l',
  'ds_m',
  't',
  'kg',
  'gw_h',
  'ms',
  '1',
];

function unitOf({ field, unit }: Column): string | null {
  const found = endingOf(field, unit);
  return found === null ? null : (WRITTEN[found] ?? found);
}

/** As people write them. */
const WRITTEN: Record<string, string> = {
  m3_s: 'm3/s',
  km3_a: 'km3/a',
  g_l: 'g/L',
  mg_l: 'mg/L',
  ds_m: 'dS/m',
  gw_h: 'GW.h',
  ms: 'm/s',
  c: 'Cel',
  pct: '%',
};

function endingOf(field: string, unit: string | null): string | null {
  if (unit !== null) return unit;
  const lower = field.toLowerCase();
  return ENDINGS.filter((ending) => lower.endsWith(`_${ending}`)).sort((a, b) => b.length - a.length)[0] ?? null;
}

const TIMES = new Set(['date', 'date_doy', 'year-doy', 'day', 'time', 'year', 'month', 'doy']);

function pickedColumn({ file, columns }: SeriesTable, wanted: string | undefined): Column {
  const own = columns.filter(({ field }) => !TIMES.has(field.toLowerCase()));
  const found =
    wanted === undefined
      ? own.length === 1
        ? own[0]
        : undefined
      : own.find(({ field, name }) => field === wanted || name === wanted || lettersOf(field) === lettersOf(wanted));
  if (found !== undefined) return found;
  const expected = own.map(({ field }) => `"${field}"`).join(', ') || '–';
  throw wanted === undefined
    ? new Problem('option-needed', { field: `${file}: --column`, expected })
    : new Problem('choice-wrong', { field: `${file}: --column`, found: wanted, expected });
}

/** A title without its marks: `Уровень, м` and `Уровень [м]` are one. */
const lettersOf = (title: string): string => title.toLowerCase().replace(/[^\p{L}\d]/gu, '');

/** Rows in the order of time, each on its year, month or day; steps without a row are missing. */
function onSteps({ file, dates, rows }: SeriesTable, read: readonly number[]): Omit<Series, 'name' | 'unit'> {
  const yearly = dates.every((date) => date.endsWith('-01-01')) && new Set(dates).size === dates.length;
  const monthly = dates.every((date) => date.endsWith('-01'));
  const decades = dates.every((date) => /-(?:01|11|21)$/.test(date));
  const step = yearly ? 'year' : monthly ? 'month' : decades ? 'decade' : 'day';
  const place = (date: string): number => {
    const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
    if (step === 'year') return year;
    if (step === 'day') return Math.round(Date.parse(date) / 86_400_000);
    return step === 'month' ? year * 12 + month - 1 : (year * 12 + month - 1) * 3 + (day - 1) / 10;
  };
  const first = place(dates[0] ?? '');
  const values = new Float64Array(place(dates.at(-1) ?? '') - first + 1).fill(Number.NaN);
  const labels = new Array<string>(values.length).fill('');
  for (const [i, date] of dates.entries()) {
    if (i > 0 && place(date) <= place(dates[i - 1] as string))
      throw new Problem('water-days', { file, line: String(rows[i]?.line ?? 0), found: date, expected: `> ${dates[i - 1]}` });
    values[place(date) - first] = read[i] as number;
    labels[place(date) - first] = step === 'year' ? date.slice(0, 4) : step === 'month' ? date.slice(0, 7) : date;
  }
  return { step, labels, values };
}

function told(
  { name, unit, step, labels, values }: Series,
  { trends, slope, seasonalSlope, changes }: Tests,
  options: Options,
): string[] {
  const { lang } = options;
  const say = (key: string, of: Record<string, string | number> = {}): string => t(lang, `cli.water.trend.${key}`, of);
  const known = values.filter(Number.isFinite).length;
  const chance = (p: number): string => (Number.isNaN(p) ? '–' : p < 1e-4 ? p.toExponential(1) : number(lang, p, 4));
  const size = (value: number): string => (Number.isNaN(value) ? '–' : number(lang, value, 4));
  const slopeLine = (key: string, of: Omit<TheilSen, 'intercept'>): string =>
    `  ${say(key, { slope: size(of.slope), low: size(of.low), high: size(of.high), unit, step: say(`step.${key === 'slope' ? step : 'cycle'}`), level: `${number(lang, of.level * 100, 1)} %` })}`;
  return [
    say('heading', {
      series: name,
      unit,
      from: labels[0] ?? '',
      to: labels.at(-1) ?? '',
      n: known,
      missing: values.length - known,
    }),
    slopeLine('slope', slope),
    ...(seasonalSlope === null ? [] : [slopeLine('seasonal-slope', seasonalSlope)]),
    ...Object.entries(trends).map(
      ([key, test]) =>
        `  ${say(`test.${key}`)}: ${say('result', { s: size(test.s), z: size(test.z), p: chance(test.p), tau: size(test.tau) })}`,
    ),
    '',
    say('changes'),
    ...Object.entries(changes).map(([key, point]) =>
      point.k === 0
        ? `  ${say(`test.${key}`)}: ${say('no-change')}`
        : `  ${say(`test.${key}`)}: ${say('change', { statistic: size(point.statistic), p: chance(point.p), label: point.after_label, before: size(point.before), after: size(point.after) })}`,
    ),
    say('by', { draws: options.draws, seed: options.seed }),
  ];
}

/** One row for each test; names of columns are the same in every language. */
function tableOf({ trends, slope, seasonalSlope, changes }: Tests): string {
  const plain = (value: number): number | null => (Number.isFinite(value) ? value : null);
  return writeCsv(
    [
      'test',
      'n',
      's',
      'variance',
      'z',
      'tau',
      'statistic',
      'p',
      'p_by',
      'slope',
      'slope_low',
      'slope_high',
      'change_after',
      'mean_before',
      'mean_after',
    ],
    [
      ...Object.entries(trends).map(([name, test]) => [
        ...[name, test.n, test.s, plain(test.variance), plain(test.z), plain(test.tau), null, plain(test.p)],
        ...[test.exact ? 'exact' : 'normal', null, null, null, null, null, null],
      ]),
      ...[['sen', slope] as const, ...(seasonalSlope === null ? [] : [['seasonal-sen', seasonalSlope] as const])].map(
        ([name, of]) => [
          ...[name, of.n, null, null, null, null, null, null, null],
          ...[plain(of.slope), plain(of.low), plain(of.high), null, null, null],
        ],
      ),
      ...Object.entries(changes).map(([name, of]) => [
        ...[name, of.n, null, null, null, null, plain(of.statistic), plain(of.p), of.pBy, null, null, null],
        ...[of.after_label, plain(of.before), plain(of.after)],
      ]),
    ],
  );
}
