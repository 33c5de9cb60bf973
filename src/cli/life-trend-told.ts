/** What `saryarka life trend` prints of one species in one zone. */
import { number, t } from '../i18n/index.ts';
import type { EffectInterval } from '../science/before-after.ts';
import type { Lang } from '../types.ts';
import { columns } from './columns.ts';
import { type PartFound, type TrendOptions, testsOf, yearRows } from './life-trend-rows.ts';

/** A chance; below 1 in 10,000 by its power of ten. */
export const chanceText = (lang: Lang, p: number): string =>
  Number.isNaN(p) ? '–' : p < 1e-4 ? p.toExponential(1) : number(lang, p, 4);
const size = (lang: Lang, value: number, digits = 3): string => (Number.isFinite(value) ? number(lang, value, digits) : '–');

export function toldPart(found: PartFound, { lang }: TrendOptions): string[] {
  const { part, fitted, overall, effect } = found;
  const { fit, dropped, cautions } = fitted;
  const { years, sites, empty } = fit.cells;
  const say = (key: string, of: Record<string, string | number> = {}): string => t(lang, `life.trend.${key}`, of);
  const name = [part.species, part.zone ?? (part.species === null ? null : say('all-sites'))]
    .filter((word) => word !== null)
    .join(', ');
  const head = say('heading', {
    name: name === '' ? say('all-sites') : name,
    model: say(`model.${fit.design.model}`),
    sites: sites.length,
    from: String(years[0]),
    to: String(years.at(-1)),
    counts: fit.observed,
  });
  const rows = yearRows(found).map((row) => [
    String(row.year),
    number(lang, row.sites_counted, 0),
    size(lang, row.index),
    size(lang, row.index_error),
    size(lang, row.imputed, 1),
    size(lang, row.imputed_error, 1),
    size(lang, row.modelled, 1),
    size(lang, row.modelled_error, 1),
  ]);
  const titles = ['year', 'counted', 'index', 'error', 'imputed', 'error', 'modelled', 'error'].map((key) =>
    say(`column.${key}`),
  );
  return [
    head,
    ...columns([titles, ...rows]).map((line) => `  ${line}`),
    ...(overall === null
      ? [say('no-slope')]
      : [
          say('slope', {
            slope: size(lang, overall.slope, 4),
            error: size(lang, overall.error, 4),
            low: size(lang, overall.low, 4),
            high: size(lang, overall.high, 4),
            class: say(`class.${overall.class}`),
            p: chanceText(lang, overall.p),
          }),
        ]),
    ...(fit.estimatedDispersion === null ? [] : [say('overdispersion', { value: size(lang, fit.estimatedDispersion) })]),
    ...(fit.method === 'estimating-equations' && fit.correlation !== 0
      ? [say('correlation', { value: size(lang, fit.correlation) })]
      : []),
    ...Object.entries(testsOf(fitted)).map(([key, test]) => {
      const [kind = '', of = ''] = key.split(/ (.*)/);
      return say('test', {
        test: say(`tests.${kind}`, { of }),
        statistic: size(lang, test.statistic, 2),
        freedom: test.freedom,
        p: chanceText(lang, test.p),
      });
    }),
    ...(effect === null ? [] : effectLines(effect, lang)),
    ...(empty.length === 0 ? [] : [say('empty', { count: empty.length, sites: empty.slice(0, 8).join(', ') })]),
    ...dropped.map(({ year, because }) => say(`dropped.${because}`, { year: String(year) })),
    ...cautions.map((caution) => `! ${say(`caution.${caution}`)}`),
  ];
}

function effectLines(effect: NonNullable<PartFound['effect']>, lang: Lang): string[] {
  const say = (key: string, of: Record<string, string | number> = {}): string => t(lang, `life.trend.effect.${key}`, of);
  const interval = (key: string, of: EffectInterval | null): string[] =>
    of === null ? [] : [say(key, { low: size(lang, of.low), high: size(lang, of.high), p: chanceText(lang, of.p) })];
  return [
    say(effect.control === null ? 'alone' : 'against', {
      since: String(effect.after[0]),
      factor: size(lang, effect.factor),
      control: effect.control ?? '–',
      verdict: say(`verdict.${effect.verdict}`),
    }),
    ...interval('counts', effect.counts),
    ...interval('years', effect.years),
    ...effect.cautions.map((caution) => `! ${say(`caution.${caution}`)}`),
  ];
}
