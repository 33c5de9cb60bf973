/**
 * What the sources say of the Aral in every year, each figure with who says so and which contradictions bear on it; and all of it on one
 * axis of time.
 *
 *     const figures = aralHistory(observations, aralTables().conflicts);
 *     aralHistoryChart(figures, { names, lang: 'ru', to: 2026 })      // SVG: level, area, volume, salinity, catch
 *
 * Nothing is averaged and nothing chosen: where two sources differ, both are drawn.
 */
import { type PanelSeries, panelChart } from '../drawing/chart-panels.ts';
import { number, pick, t } from '../i18n/index.ts';
import type { Id, Lang, LocalText, Observation } from '../types.ts';
import { aralConflicts } from './aral-conflicts.ts';
import type { Conflict } from './aral-tables.ts';

/** Waters of the sea, the whole first; each keeps its line in every drawing. */
export const ARAL_WATERS = [
  'aral-sea',
  'aral-sea-north',
  'aral-sea-south',
  'aral-sea-west',
  'aral-sea-east',
  'aral-sea-tushchybas',
] as const;

/** What is drawn, from above. */
export const HISTORY_INDICATORS = ['lake-level', 'lake-area', 'lake-volume', 'salinity', 'fish-catch'] as const;

/** First year of the axis. */
export const HISTORY_FIRST_YEAR = 1960;

export interface HistoryFigure {
  id: Id;
  water: Id;
  indicator: Id;
  period: Observation['period'];
  /** Middle of the period as a year and its part; `null` where the source names none. */
  at: number | null;
  value: number | null;
  low: number | null;
  high: number | null;
  unit: string;
  source: Id;
  role: string;
  quality: string;
  note: string;
  /** Ids of the contradictions that bear on it. */
  conflicts: string[];
}

/** The figures of the sea among `observations`, by water, indicator and time. */
export function aralHistory(observations: readonly Observation[], conflicts: readonly Conflict[]): HistoryFigure[] {
  const rank = (list: readonly string[], id: string): number => list.indexOf(id);
  return observations
    .filter(({ feature, indicator }) => rank(ARAL_WATERS, feature) >= 0 && rank(HISTORY_INDICATORS, indicator) >= 0)
    .map(
      (o): HistoryFigure => ({
        id: o.id,
        water: o.feature,
        indicator: o.indicator,
        period: o.period,
        at: o.period === null ? null : middleOf(o.period),
        value: o.value,
        low: o.low,
        high: o.high,
        unit: o.unit,
        source: 'source' in o.from ? (o.from.source ?? '') : 'dataset' in o.from ? (o.from.dataset ?? '') : '',
        role: o.role,
        quality: o.quality,
        note: o.note ?? '',
        conflicts: conflictsOf(o, conflicts),
      }),
    )
    .sort(
      (a, b) =>
        rank(ARAL_WATERS, a.water) - rank(ARAL_WATERS, b.water) ||
        rank(HISTORY_INDICATORS, a.indicator) - rank(HISTORY_INDICATORS, b.indicator) ||
        (a.at ?? 0) - (b.at ?? 0),
    );
}

/** By the table of conflicts, and by what the row itself says. */
function conflictsOf({ feature, indicator, period, note }: Observation, conflicts: readonly Conflict[]): string[] {
  const found = aralConflicts(feature, indicator, period, conflicts).map(({ id }) => id);
  const told = (note ?? '').match(/\bC\d{1,2}\b/g) ?? [];
  const known = new Set(conflicts.map(({ id }) => id));
  return [...new Set([...found, ...told.filter((id) => known.has(id))])].sort((a, b) => Number(a.slice(1)) - Number(b.slice(1)));
}

function middleOf({ start, end }: { start: string; end: string }): number {
  const middle = (Date.parse(start) + Date.parse(end)) / 2;
  const year = new Date(middle).getUTCFullYear();
  const [from, to] = [Date.UTC(year, 0), Date.UTC(year + 1, 0)];
  return year + (middle - from) / (to - from);
}

export interface HistoryChartOptions {
  names: ReadonlyMap<Id, LocalText>;
  lang: Lang;
  /** The year that the axis ends with. */
  to: number;
  /** [px] */
  width?: number;
}

/** The drawing: a panel for each quantity, a line for each water and source. */
export function aralHistoryChart(figures: readonly HistoryFigure[], { names, lang, to, width }: HistoryChartOptions): string {
  const dated = figures.filter(({ at }) => at !== null && at >= HISTORY_FIRST_YEAR && at < to + 1);
  const waters = ARAL_WATERS.filter((water) => dated.some((figure) => figure.water === water));
  const title = t(lang, 'web.water.history');
  const undated = figures.filter(({ at }) => at === null).length;
  return panelChart({
    title,
    lang,
    description: t(lang, 'web.water.chart-described', {
      waters: waters.map((water) => pick(names.get(water) ?? {}, lang)).join(', '),
      figures: dated.length,
      from: String(HISTORY_FIRST_YEAR),
      to: String(to),
    }),
    from: HISTORY_FIRST_YEAR,
    to: to + 1,
    panels: HISTORY_INDICATORS.map((indicator) => ({
      title: t(lang, `web.water.panel.${indicator}`),
      series: waters.flatMap((water) => seriesOf(dated, water, indicator)),
      empty: t(lang, 'web.water.none'),
      free: indicator === 'lake-level',
    })),
    legend: waters.map((water) => ({ name: pick(names.get(water) ?? {}, lang), style: ARAL_WATERS.indexOf(water) })),
    notes: [t(lang, 'web.water.chart-note'), ...(undated === 0 ? [] : [t(lang, 'web.water.undated', { count: undated })])],
    figure: (value, digits) => number(lang, value, digits),
    ...(width === undefined ? {} : { width }),
  });
}

/** One line for each source of a water: those of different sources are not joined. */
function seriesOf(figures: readonly HistoryFigure[], water: Id, indicator: Id): PanelSeries[] {
  const own = figures.filter((figure) => figure.water === water && figure.indicator === indicator);
  const style = ARAL_WATERS.indexOf(water as (typeof ARAL_WATERS)[number]);
  return [...Map.groupBy(own, ({ source }) => source).values()].map((some) => ({
    style,
    points: some.flatMap(({ at, value, low, high, conflicts }) => {
      const middle = value ?? (low !== null && high !== null ? (low + high) / 2 : null);
      if (middle === null || at === null) return [];
      return [
        {
          at,
          value: middle,
          ...(low === null || high === null ? {} : { low, high }),
          ...(conflicts.length === 0 ? {} : { sign: conflicts.join(', ') }),
        },
      ];
    }),
  }));
}
