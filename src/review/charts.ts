/**
 * The charts of the review: what changed, how an indicator went through the years, where the money came from.
 */

import { barsChart } from '../drawing/chart-bars.ts';
import { changeChart } from '../drawing/chart-change.ts';
import { type Series, seriesChart } from '../drawing/chart-series.ts';
import { pick, t } from '../i18n/index.ts';
import type { Block } from '../print/blocks.ts';
import type { Money, Observation } from '../types.ts';
import { zoneKinds } from '../zonation/figures.ts';
import type { Change } from './change-digest.ts';
import type { Content } from './content.ts';
import { featuresOfKind, featureText, figureOf, indicatorText, methodOf, shownUnit, tableId, unitText } from './figures.ts';
import { MEASURES, measureOf, SOURCES, sourceOf, total, wholes, yearsOf } from './ledger.ts';
import { choiceText } from './registers.ts';

/** A line needs as many dated values as this; fewer stand in the table well enough. */
const LEAST_POINTS = 3;

/** The changes of a digest in per cent, with their intervals; nothing where none can be written so. */
export async function changeFigure(content: Content, changes: Change[]): Promise<Block[]> {
  const { lang } = content;
  const told = changes.filter(({ percent }) => percent !== null);
  if (told.length < 2) return [];
  const levels = new Set(told.flatMap(({ percent }) => (percent?.level == null ? [] : [percent.level])));
  const svg = await changeChart({
    title: '',
    lang,
    rows: told.map(({ indicator, by, place, percent }) => ({
      indicator: indicatorText(content, indicator, by),
      ...(place === 'whole' ? { name: t(lang, 'review.whole') } : { zone: place }),
      effect: percent?.value ?? null,
      low: levels.size > 1 ? null : (percent?.low ?? null),
      high: levels.size > 1 ? null : (percent?.high ?? null),
    })),
    ...(levels.size === 1 ? { level: [...levels][0] ?? 0.95 } : {}),
  });
  return figure(svg, tableId('change-chart', content), t(lang, 'review.charts.changes'));
}

/** A chart for each indicator that has been followed through the years, a line for each zone. */
export async function seriesFigures(content: Content, shown: Observation[]): Promise<Block[]> {
  const { lang } = content;
  const blocks: Block[] = [];
  for (const ofOne of Map.groupBy(shown, (o) => JSON.stringify([o.indicator, o.by, o.role, shownUnit(o.unit)])).values()) {
    const [first] = ofOne;
    if (first === undefined || first.period === null) continue;
    const series = seriesOf(content, first);
    if (series.every(({ points }) => points.length < LEAST_POINTS)) continue;
    const name = indicatorText(content, first.indicator, first.by);
    const svg = await seriesChart({ title: '', lang, unit: unitText(lang, shownUnit(first.unit)), series });
    blocks.push(...figure(svg, `${tableId('series', content)}-${blocks.length + 1}`, t(lang, 'review.charts.series', { name })));
  }
  return blocks;
}

/** The sums of one currency by year and source: what was spent where that is known for most years, else what was planned. */
export async function budgetFigure(content: Content, sums: Money[], currency: string): Promise<Block[]> {
  const { lang } = content;
  const own = wholes(sums.filter((sum) => sum.currency === currency && sum.period !== null));
  const [measure = 'planned'] = MEASURES.toSorted((a, b) => yearsWith(own, b).length - yearsWith(own, a).length);
  const years = yearsWith(own, measure);
  if (years.length < LEAST_POINTS) return [];
  const chosen = own.filter((sum) => measureOf(sum) === measure && yearsOf(sum).length === 1);
  const sources = SOURCES.filter((source) => chosen.some((sum) => sourceOf(sum) === source));
  const svg = await barsChart({
    title: '',
    lang,
    unit: currency,
    categories: years,
    arrangement: 'stacked',
    series: sources.map((source) => ({
      name: choiceText('budget', source, lang),
      values: years.map((year) => {
        const of = chosen.filter((sum) => sourceOf(sum) === source && yearsOf(sum)[0] === year);
        return of.length === 0 ? null : total(of);
      }),
    })),
  });
  return figure(
    svg,
    tableId(`budget-chart-${currency.toLowerCase()}`, content),
    t(lang, `review.charts.${measure}`, { currency }),
  );
}

function yearsWith(sums: Money[], measure: (typeof MEASURES)[number]): string[] {
  return [...new Set(sums.filter((sum) => measureOf(sum) === measure).flatMap(yearsOf))].sort();
}

/** The dated values like `like`, zone by zone, and of the whole; of several for one time the first. */
export function seriesOf(content: Pick<Content, 'facts' | 'runs' | 'lang'>, like: Observation): Series[] {
  const { facts, lang } = content;
  const unit = shownUnit(like.unit);
  const method = JSON.stringify(methodOf(content, like));
  const same = facts.observations.filter(
    (o) =>
      o.indicator === like.indicator &&
      o.role === like.role &&
      o.quality !== 'doubtful' &&
      o.period !== null &&
      JSON.stringify(o.by) === JSON.stringify(like.by) &&
      JSON.stringify(methodOf(content, o)) === method,
  );
  const points = (features: readonly string[]): Series['points'] =>
    [
      ...Map.groupBy(
        same.filter((o) => features.includes(o.feature)),
        (o) => o.period?.start ?? '',
      ).values(),
    ].flatMap(([o]) => {
      const value = o === undefined ? null : figureOf(o, unit);
      const start = o?.period?.start ?? '';
      return value === null
        ? []
        : [{ date: wholeYear(o) ? start.slice(0, 4) : start, value: value.value, low: value.low, high: value.high }];
    });
  const zones = zoneKinds.flatMap((zone): Series[] => {
    const features = featuresOfKind(facts, zone);
    const own = like.role === 'computed' ? features.filter((feature) => points([feature]).length > 0) : [];
    if (own.length < 2) return [{ name: t(lang, `zone.${zone}`), zone, points: points(features) }];
    return own.map((feature, i) => ({
      name: featureText(content, feature),
      zone: i === 0 ? zone : null,
      points: points([feature]),
    }));
  });
  const stations = (facts.stations ?? []).map(({ id, name }): Series => ({ name: pick(name, lang) || id, points: points([id]) }));
  return [...zones, { name: pick(facts.site.name, lang), points: points([facts.site.id]) }, ...stations]
    .filter((one) => one.points.length > 0)
    .map((one) => ({ ...one, points: one.points.toSorted((a, b) => (a.date < b.date ? -1 : 1)) }));
}

function wholeYear(o: Observation | undefined): boolean {
  const { start = '', end = '' } = o?.period ?? {};
  return start.endsWith('-01-01') && end === `${Number(start.slice(0, 4)) + 1}-01-01`;
}

function figure(svg: string | null, id: string, caption: string): Block[] {
  return svg === null ? [] : [{ kind: 'figure', id, svg, caption }];
}
