/** Indices of living things through the years, a line for each zone, as charts of the review. */
import { type Series, seriesChart } from '../drawing/chart-series.ts';
import { t } from '../i18n/index.ts';
import type { Block } from '../print/blocks.ts';
import type { Id } from '../types.ts';
import type { Content } from './content.ts';
import { placeText, tableId } from './figures.ts';
import { PLACES, seriesOfPlaces } from './trends-known.ts';
import { subjectText } from './trends-tables.ts';

/** Fewer years stand in the table well enough. */
const LEAST_YEARS = 3;

/** The index of a species, group or set; nothing where it has too few years. */
export async function indexChart(content: Content, indicator: Id, name: string | null): Promise<Block[]> {
  const { lang } = content;
  const found = seriesOfPlaces(content, indicator, name);
  const known = PLACES.filter((place) => (found.get(place) ?? []).filter(({ value }) => value !== null).length >= LEAST_YEARS);
  // The whole hides what zones tell where each has a line.
  const places = known.length > 2 ? known.filter((place) => place !== 'whole') : known;
  const series = places.map((place): Series => {
    const points = (found.get(place) ?? []).map(({ period, value, low, high }) => ({
      ...{ date: period?.start.slice(0, 4) ?? '', value, low, high },
    }));
    return { name: placeText(lang, place), zone: place === 'whole' ? null : place, points };
  });
  const unit = t(lang, `review.trends.unit-${indicator}`);
  const svg = await seriesChart({ title: '', lang, unit, series, level: 0.95 });
  if (svg === null) return [];
  const caption = t(lang, 'review.trends.chart', {
    index: t(lang, `review.trends.index-${indicator}`),
    name: subjectText(content, name),
  });
  return [{ kind: 'figure', id: `${tableId(indicator, content)}-${slug(name)}`, svg, caption }];
}

const slug = (name: string | null): string =>
  (name ?? 'all')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
