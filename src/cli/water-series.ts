/** `saryarka water series`: what was recognised in a file of hydrological series, and what the rules find, row by row. No dossier is needed. */
import { writeCsv } from '../formats/csv.ts';
import { readSource, writeFile } from '../formats/source-node.ts';
import { readWaterSeries } from '../formats/water-open.ts';
import { marksOf, qualityOf } from '../formats/water-quality.ts';
import { DATUMS, MARKS, type SeriesOptions, VARIABLES, type WaterSeries, type WaterVariable } from '../formats/water-series.ts';
import { number, t } from '../i18n/index.ts';
import { Problem } from '../problems.ts';
import { QUALITY_RULES, type QualityReport } from '../science/series-quality.ts';
import type { Lang } from '../types.ts';

/** Options as they are typed. */
export interface TypedOptions {
  station?: string;
  variable?: string;
  unit?: string;
  datum?: string;
  zero?: string;
  interval?: string;
  yearNamed?: string;
  dry?: string;
  decimal?: string;
  dates?: string;
  sheet?: string;
  column?: string;
}

/** Rows that are listed for each series; JSON has all. */
const MOST_ROWS = 12;

export async function waterSeries(
  path: string,
  options: TypedOptions & { lang: Lang; json?: boolean; output?: string },
): Promise<number> {
  const { lang } = options;
  const file = readSource(path);
  const { format, series } = await readWaterSeries(file, seriesOptions(options));
  const reports = series.map((one) => ({ one, report: qualityOf(one) }));
  if (options.output !== undefined) writeFile(options.output, tableOf(reports));
  if (options.json === true) {
    const told = reports.map(({ one, report }) => ({ ...one, marks: marksOf(one.points), quality: plainReport(one, report) }));
    console.log(JSON.stringify({ file: file.name, digest: file.digest, format, series: told }, null, 2));
    return 0;
  }
  console.log(
    t(lang, 'cli.water.series.read', { file: file.name, format: t(lang, `water.series.format.${format}`), count: series.length }),
  );
  for (const { one, report } of reports) for (const line of toldSeries(one, report, lang)) console.log(line);
  if (options.output !== undefined) console.log(t(lang, 'cli.water.written', { file: options.output }));
  return 0;
}

/** One row for each value, in the unit of its variable, with what was written; names of columns are the same in every language. */
function tableOf(reports: readonly { one: WaterSeries; report: QualityReport }[]): string {
  const header = ['station', 'code', 'river', 'variable', 'variant', 'unit', 'datum', 'interval', 'start', 'end', 'value'];
  const rows = reports.flatMap(({ one, report: { flags } }) =>
    one.points.map((at, i) => [
      ...[one.station?.name ?? '', one.station?.code ?? '', one.station?.river ?? '', one.variable, one.variant ?? ''],
      ...[one.unit, one.datum ?? '', one.interval, at.period.start, at.period.end, at.value, at.low, at.high],
      ...[at.marks.join(' '), (flags.get(i) ?? []).join(' '), at.row, at.text],
    ]),
  );
  return writeCsv([...header, 'low', 'high', 'marks', 'rules', 'row', 'written'], rows);
}

/** What was typed as what readers take. @throws Problem `choice-wrong` */
export function seriesOptions(typed: TypedOptions): SeriesOptions {
  const choice = <Of extends string>(field: string, found: string | undefined, known: readonly Of[]): Of | undefined => {
    if (found === undefined) return undefined;
    const it = known.find((one) => one === found);
    if (it === undefined) throw new Problem('choice-wrong', { field, found, expected: known.join(', ') });
    return it;
  };
  const zero = typed.zero === undefined ? undefined : Number(typed.zero.replace(',', '.'));
  if (zero !== undefined && (!Number.isFinite(zero) || typed.zero?.trim() === ''))
    throw new Problem('choice-wrong', { field: '--zero', found: typed.zero ?? '', expected: '52.30' });
  const mark = choice('--decimal', typed.decimal, ['comma', 'point']);
  return defined({
    station: typed.station,
    variable: choice('--variable', typed.variable, Object.keys(VARIABLES) as WaterVariable[]),
    unit: typed.unit,
    datum: choice('--datum', typed.datum, DATUMS),
    zero,
    interval: choice('--interval', typed.interval, ['hour', 'day', 'decade', 'month', 'year']),
    yearNamed: choice('--year-named', typed.yearNamed, ['start', 'end']),
    dry: choice('--dry', typed.dry, ['missing', 'zero']),
    decimal: mark === undefined ? undefined : mark === 'comma' ? ',' : '.',
    dates: choice('--dates', typed.dates, ['day-first', 'month-first']),
    sheet: typed.sheet,
    column: typed.column,
  });
}

function defined(options: { [Key in keyof SeriesOptions]: SeriesOptions[Key] | undefined }): SeriesOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as SeriesOptions;
}

/** A series in lines: what it is, what it counts, what was found where. */
export function toldSeries(series: WaterSeries, report: QualityReport, lang: Lang): string[] {
  const { station, variable, unit, datum, interval, points, notes } = series;
  const [first, last] = [points[0], points.at(-1)];
  const name =
    station === null
      ? series.title
      : [station.name, station.code, station.name.includes(station.river ?? '') ? null : station.river]
          .filter((part) => part !== null && part !== '')
          .join(', ');
  const marks = marksOf(points);
  const places =
    station?.place === null || station === null
      ? ''
      : ` · ${number(lang, station.place[0], 4)}, ${number(lang, station.place[1], 4)}`;
  return [
    `${name || '–'}${places}`,
    `  ${[
      t(lang, `water.series.variable.${variable}`),
      unit === series.writtenUnit ? unit : `${unit} (${t(lang, 'water.series.written-in', { unit: series.writtenUnit })})`,
      ...(datum === null ? [] : [t(lang, `water.series.datum.${datum}`)]),
      t(lang, `water.series.interval.${interval}`),
      `${first?.period.start.slice(0, 10) ?? '–'} – ${last?.period.start.slice(0, 10) ?? '–'}`,
    ].join(' · ')}`,
    `  ${t(lang, 'water.series.points', { count: points.length, values: points.filter(({ value }) => value !== null).length })}${countsText(marks, MARKS, 'mark', lang)}`,
    `  ${t(lang, 'water.series.rules')}${countsText(report.counts, QUALITY_RULES, 'rule', lang, ['missing']) || `: ${t(lang, 'water.series.none')}`}`,
    ...report.gaps.slice(0, 3).map(({ after, before, steps }) => `    ${t(lang, 'water.series.gap', { after, before, steps })}`),
    ...toldRows(series, report, lang),
    ...notes.map(({ key, details }) => `  ${t(lang, `water.series.note.${key}`, details)}`),
  ];
}

function toldRows({ points }: WaterSeries, { flags }: QualityReport, lang: Lang): string[] {
  const found = [...flags].sort(([a], [b]) => a - b);
  const lines = found.slice(0, MOST_ROWS).map(([i, rules]) => {
    const one = points[i];
    const words = rules.map((rule) => t(lang, `water.series.rule.${rule}`)).join(', ');
    return `    ${one?.row ?? ''} · ${one?.period.start ?? ''} · ${one?.text || (one?.value ?? '–')} · ${words}`;
  });
  return found.length > MOST_ROWS
    ? [...lines, `    ${t(lang, 'water.series.more', { count: found.length - MOST_ROWS })}`]
    : lines;
}

function countsText<Key extends string>(
  counts: Record<Key, number>,
  keys: readonly Key[],
  kind: 'mark' | 'rule',
  lang: Lang,
  without: readonly Key[] = [],
): string {
  const some = keys.filter((key) => counts[key] > 0 && !without.includes(key));
  return some.length === 0
    ? ''
    : `: ${some.map((key) => `${t(lang, `water.series.${kind}.${key}`)} ${number(lang, counts[key])}`).join(', ')}`;
}

/** The report as JSON holds it. */
export function plainReport({ points }: Pick<WaterSeries, 'points'>, { counts, flags, gaps }: QualityReport) {
  const found = [...flags].sort(([a], [b]) => a - b);
  return {
    counts,
    gaps,
    rows: found.map(([i, rules]) => ({ row: points[i]?.row ?? '', start: points[i]?.period.start ?? '', rules })),
  };
}
