/** Partnership and markers by year as a drawing: concentration with the E-I index, or the share of what is targeted for each marker. */
import { type Series, seriesChart } from '../drawing/chart-series.ts';
import { t } from '../i18n/index.ts';
import type { Lang } from '../types.ts';
import { ALL_YEARS, markersOverTime, type PartnershipOptions, partnershipOverTime } from './over-time.ts';
import type { Portfolio } from './portfolio.ts';
import type { OverTime } from './roll-up.ts';
import { MARKERS } from './table-text.ts';

/** The drawing as SVG; `null` where there is nothing to draw. The table has the same numbers and more. */
export function overTimeChart(
  portfolio: Portfolio,
  { by, lang, ...options }: PartnershipOptions & { by: OverTime; lang: Lang },
): Promise<string | null> {
  const series = by === 'partnership' ? partnershipSeries(portfolio, lang, options) : markerSeries(portfolio, lang, options);
  return seriesChart({
    series,
    unit: t(lang, `cooperation.over-time.unit-${by}`),
    title: t(lang, `cooperation.dimension.${by}`),
    lang,
  });
}

function partnershipSeries(portfolio: Portfolio, lang: Lang, options: PartnershipOptions): Series[] {
  const years = partnershipOverTime(portfolio, options).filter(({ year }) => isYear(year));
  const line = (name: string, value: (row: (typeof years)[number]) => number | null): Series => ({
    name: t(lang, `cooperation.column.${name}`),
    points: years.map((row) => ({ date: row.year, value: value(row) })),
  });
  return [line('hhi', ({ concentration }) => concentration.index), line('ei_index', ({ ei }) => ei.value)];
}

function markerSeries(portfolio: Portfolio, lang: Lang, options: PartnershipOptions): Series[] {
  const rows = markersOverTime(portfolio, options).filter(({ year }) => isYear(year));
  return [...Map.groupBy(rows, ({ marker }) => marker)].map(([marker, own]) => ({
    name: MARKERS.includes(marker) ? t(lang, `cooperation.marker.${marker}`) : marker,
    points: own.map(({ year, share }) => ({ date: year, value: share })),
  }));
}

const isYear = (year: string): boolean => year !== ALL_YEARS && year !== '';
