/** `saryarka life trend`: does a population grow or decline, from counts at sites in years that leave gaps (TRIM). */

import { writeCsv } from '../formats/csv.ts';
import { otherColumn, type PopulationTable, readPopulationFile } from '../formats/population-table.ts';
import { readSource, type SourceFile, writeFile } from '../formats/source-node.ts';
import { t } from '../i18n/index.ts';
import { type CountPart, countParts, fitPart } from '../indicators/population-fits.ts';
import { Problem } from '../problems.ts';
import { readOverWords } from '../run/sheet-told.ts';
import { beforeAfter } from '../science/before-after.ts';
import type { PopulationOptions, PopulationTrend } from '../science/population.ts';
import { overallTrend, populationIndex } from '../science/population-trend.ts';
import type { Observation } from '../types.ts';
import { keepsIn } from './life-trend-options.ts';
import { type PartFound, type TrendOptions, testsOf, yearRows } from './life-trend-rows.ts';
import { toldPart } from './life-trend-told.ts';
import { amountIn, chosen } from './water-crop-options.ts';

export async function lifeTrend(file: string, options: TrendOptions): Promise<number> {
  const source = readSource(file);
  const table = await readPopulationFile(source);
  const kept = keepsIn(options);
  if (kept !== null) {
    const [{ keepFigures }, { trendJobs }] = await Promise.all([import('./life-trend-keep.ts'), import('./life-trend-jobs.ts')]);
    return await keepFigures(kept, options, (_, ground) => trendJobs(ground, { source, table }, options));
  }
  const covariates = list(options.covariates);
  const strange = covariates.find((name) => !table.others.includes(name));
  if (strange !== undefined)
    throw new Problem('choice-wrong', { field: '--covariates', found: strange, expected: table.others.join(', ') || '–' });
  const parts = countParts(table, { zones: options.zones ?? null, species: options.species ?? null });
  const fits = parts.map((part) => ({ part, fitted: fitPart(part, optionsOf(options), { covariates }) }));
  // Sites that the table marks have their effects told apart, whatever zone they lie in.
  const marked = isMarked(table, options);
  const found = fits.map(({ part, fitted }) =>
    partFound(part, fitted, fits, marked ? { ...options, since: undefined } : options),
  );
  const effects = marked ? await effectsOf(table, source, options) : null;
  if (options.json)
    console.log(JSON.stringify({ file, parts: found.map(jsonOf), ...(effects === null ? {} : { effects }) }, null, 2));
  else {
    for (const line of readOverWords(table, options.lang)) console.log(line);
    for (const line of found.flatMap((one, i) => [...(i > 0 ? [''] : []), ...toldPart(one, options)])) console.log(line);
    if (effects !== null) {
      const { figureLines } = await import('./life-trend-keep.ts');
      for (const line of ['', ...figureLines(effects, options.lang)]) console.log(line);
    }
  }
  const written = (name: string, text: string): void => {
    writeFile(name, text);
    if (!options.json) console.log(t(options.lang, 'cli.life.trend.written', { file: name }));
  };
  if (options.output !== undefined) written(options.output, tableOf(found));
  if (options.chart !== undefined) written(options.chart, await chartOf(found, options));
  return 0;
}

/** Whether a table says at which sites something was done, and when. */
const isMarked = (table: PopulationTable, { since }: TrendOptions): boolean =>
  otherColumn(table, 'role') !== null && (since !== undefined || otherColumn(table, 'phase') !== null);

/** Effects at the sites that the table marks. */
async function effectsOf(table: PopulationTable, source: SourceFile, options: TrendOptions): Promise<Observation[]> {
  const [{ beforeAfterOfTable }, { tableFigures }, { effectSheet }] = await Promise.all([
    import('../indicators/before-after-effect.ts'),
    import('../run/compute-tables.ts'),
    import('./life-trend-jobs.ts'),
  ]);
  return tableFigures(beforeAfterOfTable, {
    name: table.file,
    table: effectSheet(table, options),
    inputs: [{ href: source.name, digest: source.digest }],
    feature: t(options.lang, 'life.trend.all-sites'),
    params: { since: options.since ?? '' },
  }).observations;
}

const list = (text: string | undefined): string[] =>
  (text ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
const yearsIn = (field: string, text: string): number[] =>
  list(text).map((year) => amountIn(field, year, 1, 9999, { whole: true }));

function optionsOf(options: TrendOptions): PopulationOptions {
  const model = Number(chosen('--model', options.model ?? '3', ['1', '2', '3'] as const)) as 1 | 2 | 3;
  const { changepoints } = options;
  return {
    model,
    ...(changepoints === undefined
      ? {}
      : { changepoints: changepoints === 'all' ? ('all' as const) : yearsIn('--changepoints', changepoints) }),
    stepwise: options.stepwise ?? false,
    overdispersion: options.overdispersion ?? false,
    serialCorrelation: options.serialCorrelation ?? false,
  };
}

function partFound(
  part: CountPart,
  fitted: PopulationTrend,
  all: readonly { part: CountPart; fitted: PopulationTrend }[],
  options: TrendOptions,
): PartFound {
  const { years } = fitted.fit.cells;
  const base = options.base === undefined ? [years[0] as number] : yearsIn('--base', options.base);
  const strange = base.find((year) => !years.includes(year));
  if (strange !== undefined)
    throw new Problem('choice-wrong', { field: '--base', found: String(strange), expected: `${years[0]} – ${years.at(-1)}` });
  const { imputed } = fitted.totals;
  const index = populationIndex(
    imputed,
    base.map((year) => years.indexOf(year)),
  );
  const overall = imputed.values.every((value) => value > 0) && years.length > 1 ? overallTrend(imputed) : null;
  return { part, fitted, index, overall, effect: effectOf(part, fitted, all, options) };
}

/** Before and after: of a zone against the control, where one is named; of all, alone. */
function effectOf(
  part: CountPart,
  fitted: PopulationTrend,
  all: readonly { part: CountPart; fitted: PopulationTrend }[],
  { since, control: named }: TrendOptions,
): PartFound['effect'] {
  const control = named ?? null;
  if (since === undefined) {
    if (control !== null) throw new Problem('choice-wrong', { field: '--control', found: control, expected: '--since' });
    return null;
  }
  const from = amountIn('--since', since, 1, 9999, { whole: true });
  if (control !== null && (part.zone === null || part.zone === control)) return null;
  const other = control === null ? null : all.find((one) => one.part.zone === control && one.part.species === part.species);
  const zones = [...new Set(all.map((one) => one.part.zone).filter((zone) => zone !== null))];
  if (other === undefined)
    throw new Problem('choice-wrong', { field: '--control', found: control as string, expected: zones.join(', ') || '–' });
  // Years that both have.
  const years = fitted.fit.cells.years.filter((year) => !other || other.fitted.fit.cells.years.includes(year));
  if (!years.some((year) => year < from) || !years.some((year) => year >= from))
    throw new Problem('choice-wrong', {
      field: '--since',
      found: since,
      expected: `${(years[0] ?? 0) + 1} – ${years.at(-1) ?? ''}`,
    });
  const of = (trend: PopulationTrend) => shared(trend, years);
  for (const { part: own, fitted: trend } of [{ part, fitted }, ...(other ? [other] : [])]) {
    const none = of(trend).values.findIndex((value) => !(value > 0));
    if (none >= 0) throw new Problem('population-silent-year', { file: own.label, year: String(years[none]), of: '–' });
  }
  return { ...beforeAfter(of(fitted), { control: other ? of(other.fitted) : null, years, from }), control };
}

/** Imputed totals of some of the years. */
function shared({ fit, totals }: PopulationTrend, years: readonly number[]): PopulationTrend['totals']['imputed'] {
  const places = years.map((year) => fit.cells.years.indexOf(year));
  const { values, covariance } = totals.imputed;
  return {
    values: Float64Array.from(places, (place) => values[place] as number),
    covariance: Float64Array.from(
      places.flatMap((row) => places.map((column) => covariance[row * values.length + column] as number)),
    ),
  };
}

function jsonOf(found: PartFound) {
  const { part, fitted, overall, effect, index } = found;
  const { fit, dropped, cautions, totals } = fitted;
  return {
    species: part.species,
    zone: part.zone,
    model: fit.design.model,
    sites: fit.cells.sites.length,
    sites_without_any: fit.cells.empty,
    observed: fit.observed,
    overdispersion: fit.estimatedDispersion,
    serial_correlation: fit.correlation,
    years: yearRows(found),
    imputed_covariance: [...totals.imputed.covariance],
    index_covariance: [...index.covariance],
    trend: overall && {
      ...overall,
      from: fit.cells.years[overall.from],
      to: fit.cells.years[overall.to],
    },
    tests: testsOf(fitted),
    effect,
    dropped,
    cautions,
  };
}

/** One row for each part and year; names of columns are the same in every language. */
function tableOf(found: readonly PartFound[]): string {
  const rows = found.flatMap((one) => yearRows(one).map((row) => ({ species: one.part.species, zone: one.part.zone, ...row })));
  return writeCsv(
    Object.keys(rows[0] ?? {}),
    rows.map((row) => Object.values(row)),
  );
}

async function chartOf(found: readonly PartFound[], { lang, zones }: TrendOptions): Promise<string> {
  const { seriesChart } = await import('../drawing/chart-series.ts');
  const z = 1.959963984540054;
  const shown = zones === undefined ? found : found.filter(({ part }) => part.zone !== null);
  const svg = await seriesChart({
    title: t(lang, 'life.trend.chart-title'),
    unit: t(lang, 'life.trend.chart-unit'),
    lang,
    level: 0.95,
    series: shown.map((one) => ({
      name: [one.part.species, one.part.zone].filter((word) => word !== null).join(', ') || t(lang, 'life.trend.all-sites'),
      points: yearRows(one).map(({ year, index, index_error }) => ({
        date: String(year),
        value: index,
        low: Math.max(0, index - z * index_error),
        high: index + z * index_error,
      })),
    })),
  });
  if (svg === null) throw new Problem('choice-wrong', { field: '--chart', found: '0', expected: '1 …' });
  return svg;
}
