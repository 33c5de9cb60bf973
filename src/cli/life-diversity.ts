/** `saryarka life diversity`: species diversity of sites or zones from a table of counts, made comparable, with intervals. */
import { writeCsv } from '../formats/csv.ts';
import { readSource, writeFile } from '../formats/source-node.ts';
import { number, t } from '../i18n/index.ts';
import { Problem } from '../problems.ts';
import { DISSIMILARITIES, dissimilarities } from '../science/dissimilarity.ts';
import type { Bounded } from '../science/diversity-curve.ts';
import { ace, chao1, type Estimated, fisherAlpha } from '../science/species-estimators.ts';
import type { Lang } from '../types.ts';
import { columns } from './columns.ts';
import {
  type Assemblage,
  type AssemblageFigures,
  assemblagesOf,
  compareAssemblages,
  curveOf,
  type Standard,
} from './life-diversity-figures.ts';
import { type CountTable, readCounts } from './life-diversity-table.ts';
import { amountIn, chosen } from './water-crop-options.ts';

interface Options {
  lang: Lang;
  sample: string;
  by?: string;
  rows?: string;
  blanks?: string;
  orders: string;
  coverage: string;
  size?: boolean;
  bootstraps: string;
  seed: string;
  dissimilarity?: string;
  curve?: string;
  json?: boolean;
  output?: string;
}

interface Told {
  file: string;
  table: CountTable;
  kind: 'abundance' | 'incidence';
  standard: Standard;
  figures: AssemblageFigures[];
  assemblages: Assemblage[];
  empty: string[];
  dissimilarity: { method: string; values: Float64Array } | null;
  bootstraps: number;
  seed: number;
}

export async function lifeDiversity(file: string, options: Options): Promise<number> {
  const { lang } = options;
  const told = compared(file, options);
  if (options.curve !== undefined) writeFile(options.curve, await chartOf(told, options));
  if (options.output !== undefined) writeFile(options.output, csvOf(told));
  if (options.json) console.log(JSON.stringify(jsonOf(told), null, 2));
  else {
    for (const line of textOf(told, lang)) console.log(line);
    for (const path of [options.curve, options.output])
      if (path !== undefined) console.log(t(lang, 'cli.water.written', { file: path }));
  }
  return 0;
}

function compared(file: string, options: Options): Told {
  const kind = chosen('--sample', options.sample, ['abundance', 'incidence'] as const);
  const by = options.by === undefined ? null : chosen('--by', options.by, ['zone', 'site'] as const);
  const orders = options.orders.split(',').map((one) => amountIn('--orders', one, 0, 100));
  const coverage = options.coverage === 'common' ? null : amountIn('--coverage', options.coverage, 0.001, 1);
  const bootstraps = amountIn('--bootstraps', options.bootstraps, 0, 100_000, { whole: true });
  const seed = amountIn('--seed', options.seed, 0, 2 ** 32 - 1, { whole: true });
  const method = options.dissimilarity === undefined ? null : chosen('--dissimilarity', options.dissimilarity, DISSIMILARITIES);
  const source = readSource(file);
  const table = readCounts(source, {
    ...(options.rows === undefined ? {} : { rows: chosen('--rows', options.rows, ['species', 'sites'] as const) }),
    blanksAreZero: options.blanks !== undefined && chosen('--blanks', options.blanks, ['zero'] as const) === 'zero',
    whole: kind === 'abundance',
  });
  if (by === 'zone' && table.units.some(({ zone }) => zone === null))
    throw new Problem('life-zone-missing', {
      file: source.name,
      site: table.units.find(({ zone }) => zone === null)?.site ?? '',
    });
  const { assemblages, empty } = assemblagesOf(table, {
    kind,
    byZone: by === 'zone',
    all: t(options.lang, 'life.diversity.all'),
  });
  const { standard, assemblages: figures } = compareAssemblages(assemblages, {
    orders,
    coverage,
    bySize: options.size === true,
    bootstraps,
    seed,
  });
  const values =
    method === null
      ? null
      : dissimilarities(
          assemblages.map(({ counts }) => counts),
          method,
        );
  const dissimilarity = method === null || values === null ? null : { method, values };
  return { file: source.name, table, kind, standard, figures, assemblages, empty, dissimilarity, bootstraps, seed };
}

/** Richness by other estimators, with their errors, and Fisher's α. */
function estimatorsOf({ sample, counts }: Assemblage) {
  const told = ({ value, error }: Estimated) => ({ value: known(value), error: known(error) });
  if (sample.kind === 'incidence') return {};
  return { chao1: told(chao1(counts)), ace: told(ace(counts)), fisherAlpha: known(fisherAlpha(counts)) };
}

const known = (value: number | undefined): number | null => (value === undefined || !Number.isFinite(value) ? null : value);
const bounds = ({ value, low, high }: Bounded) => ({ value: known(value), low: known(low), high: known(high) });

function jsonOf({ file, table, kind, standard, figures, assemblages, empty, dissimilarity, bootstraps, seed }: Told) {
  return {
    file,
    sample: kind,
    form: table.form,
    species: table.species.length,
    added: table.added,
    blanks: table.blanks,
    empty,
    standard,
    bootstraps,
    seed,
    level: 0.95,
    assemblages: figures.map((one, i) => ({
      ...{ name: one.name, size: one.size, total: one.total, observed: one.observed, once: one.once, twice: one.twice },
      ...{
        coverage: bounds(one.coverage),
        standardSize: known(one.standardSize ?? undefined),
        completeness: known(one.completeness),
      },
      ...estimatorsOf(assemblages[i] as Assemblage),
      orders: one.orders.map(({ order, observed, standard: at, asymptote }) => ({
        ...{ order, observed, standard: at === null ? null : bounds(at), asymptote: bounds(asymptote) },
      })),
      cautions: one.cautions,
    })),
    dissimilarity:
      dissimilarity === null
        ? null
        : {
            method: dissimilarity.method,
            names: assemblages.map(({ name }) => name),
            values: Array.from(dissimilarity.values, known),
          },
  };
}

function csvOf({ figures, standard, kind }: Told): string {
  const header = [
    'assemblage',
    'sample',
    'size',
    'species',
    'once',
    'twice',
    'coverage',
    'coverage_low',
    'coverage_high',
    'completeness',
  ];
  const own = ['order', 'observed', 'standard', 'standard_value', 'standard_size', 'diversity', 'low', 'high'];
  const asymptote = ['asymptote', 'asymptote_low', 'asymptote_high', 'cautions'];
  return writeCsv(
    [...header, ...own, ...asymptote],
    figures.flatMap((one) =>
      one.orders.map(({ order, observed, standard: at, asymptote: limit }) => [
        ...[one.name, kind, one.size, one.observed, one.once, one.twice, known(one.coverage.value), known(one.coverage.low)],
        ...[known(one.coverage.high), known(one.completeness), order, observed, standard.kind, standard.value],
        ...[known(one.standardSize ?? undefined), known(at?.value), known(at?.low), known(at?.high)],
        ...[known(limit.value), known(limit.low), known(limit.high), one.cautions.join('; ')],
      ]),
    ),
  );
}

function textOf(told: Told, lang: Lang): string[] {
  const { file, table, kind, standard, figures, assemblages, empty, dissimilarity, bootstraps, seed } = told;
  const say = (key: string, values: Record<string, string | number> = {}): string => t(lang, `life.diversity.${key}`, values);
  // 99.98 % is not all of it
  const part = (value: number): string =>
    Number.isNaN(value) ? '–' : `${number(lang, 100 * value, value > 0.995 && value < 1 ? 2 : 1)} %`;
  const interval = (of: Bounded | null): string =>
    of === null || Number.isNaN(of.value)
      ? '–'
      : Number.isFinite(of.low)
        ? `${number(lang, of.value, 1)} (${number(lang, of.low, 1)}–${number(lang, of.high, 1)})`
        : number(lang, of.value, 1);
  const heads = ['assemblage', kind === 'abundance' ? 'individuals' : 'units', 'species', 'once', 'coverage', 'completeness'];
  const orders = figures[0]?.orders.map(({ order }) => order) ?? [];
  const level =
    standard.value === null ? null : standard.kind === 'coverage' ? part(standard.value) : number(lang, standard.value, 0);
  return [
    say('heading', { file, species: table.species.length, assemblages: figures.length, form: say(`form.${table.form}`) }),
    ...(table.added > 0 ? [say('added', { n: table.added })] : []),
    ...(table.blanks > 0 ? [say('blanks', { n: table.blanks })] : []),
    ...(empty.length > 0 ? [say('empty', { n: empty.length, names: empty.join(', ') })] : []),
    '',
    ...columns([
      heads.map((key) => say(`column.${key}`)),
      ...figures.map((one) => [
        ...[one.name, number(lang, one.size), number(lang, one.observed), number(lang, one.once)],
        ...[part(one.coverage.value), part(one.completeness)],
      ]),
    ]),
    '',
    level === null ? say('not-comparable') : say(standard.kind === 'coverage' ? 'at-coverage' : 'at-size', { level }),
    ...columns([
      [say('column.assemblage'), say('column.at'), ...orders.map((order) => `q = ${number(lang, order)}`)],
      ...figures.map((one) => [
        one.name,
        one.standardSize === null || !Number.isFinite(one.standardSize) ? '–' : number(lang, one.standardSize, 1),
        ...one.orders.map(({ standard: at }) => interval(at)),
      ]),
    ]),
    '',
    say('tends-to'),
    ...columns([
      [say('column.assemblage'), ...orders.map((order) => `q = ${number(lang, order)}`)],
      ...figures.map((one) => [one.name, ...one.orders.map(({ asymptote }) => interval(asymptote))]),
    ]),
    ...(bootstraps > 0 ? [say('intervals', { n: bootstraps, seed })] : []),
    ...(dissimilarity === null ? [] : ['', ...matrixOf(assemblages, dissimilarity, lang)]),
    ...figures.flatMap((one) => one.cautions.map((caution) => say(`caution.${caution}`, { name: one.name }))),
  ];
}

/** Dissimilarities as a table, each pair once. */
function matrixOf(
  assemblages: readonly Assemblage[],
  { method, values }: { method: string; values: Float64Array },
  lang: Lang,
): string[] {
  const n = assemblages.length;
  const at = (a: number, b: number): number => values[a * n - (a * (a + 1)) / 2 + b - a - 1] as number;
  const shown = (value: number): string => (Number.isFinite(value) ? number(lang, value, 3) : '–');
  return [
    t(lang, 'life.diversity.dissimilarity', { method }),
    ...columns([
      ['', ...assemblages.slice(0, -1).map(({ name }) => name)],
      ...assemblages
        .slice(1)
        .map(({ name }, b) => [name, ...assemblages.slice(0, -1).map((_, a) => (a <= b ? shown(at(a, b + 1)) : ''))]),
    ]),
  ];
}

/** Order by order, all assemblages. */
async function chartOf({ assemblages, figures, bootstraps, seed, kind }: Told, { lang }: Options): Promise<string> {
  const { diversityChart } = await import('./life-diversity-chart.ts');
  return diversityChart({
    title: t(lang, 'life.diversity.chart.title'),
    across: t(lang, `life.diversity.column.${kind === 'abundance' ? 'individuals' : 'units'}`),
    lang,
    panels: (figures[0]?.orders ?? []).map(({ order }) => ({
      unit: t(lang, 'life.diversity.chart.order', { order }),
      lines: assemblages.map((one) => ({ name: one.name, points: curveOf(one, { order, bootstraps, seed }) })),
    })),
  });
}
