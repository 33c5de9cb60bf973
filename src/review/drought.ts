/**
 * Droughts in the review: for each zone, index and scale how many years had months in drought and when most; and the index over
 * the years, with the limits of its classes, for the longest scale. Zones are mostly smaller than the cells of climate data: those of
 * which the same is known stand together.
 */
import { type Series, seriesChart } from '../drawing/chart-series.ts';
import { t } from '../i18n/index.ts';
import { type Block, type Cited, plain, type Table } from '../print/blocks.ts';
import type { Id, Observation } from '../types.ts';
import { zoneKinds } from '../zonation/figures.ts';
import { indexText } from './class-words.ts';
import type { Content } from './content.ts';
import { citeFigure, featuresOfKind, featureText, NOTHING, tableId } from './figures.ts';

type Index = 'spi' | 'spei';

/** What droughts of a zone are told by. */
interface Told {
  feature: Id;
  index: Index;
  scale: number;
  /** Months in drought by year, in order. */
  years: Observation[];
}

/** Limits of the classes: McKee et al. 1993, table 1. */
const LIMITS = [
  { at: -1, name: 'moderate' },
  { at: -1.5, name: 'severe' },
  { at: -2, name: 'extreme' },
] as const;
const MONTHS = 12;
/** Years that are told where it is not known when the report before was. */
const LAST_YEARS = 10;

/** The filler `drought`; `null` where no index was computed. */
export async function drought(content: Content): Promise<Block[] | null> {
  const told = toldOf(content);
  if (told.length === 0) return null;
  return [table(content, told), ...(await charts(content, told))];
}

function toldOf(content: Content): Told[] {
  const { facts } = content;
  const features = zoneKinds.flatMap((kind) => featuresOfKind(facts, kind));
  const own = facts.observations.filter((o) => o.indicator === 'drought-months' && o.role === 'computed' && o.value !== null);
  const groups = Map.groupBy(own, ({ feature, by }) => `${feature}\n${by.class ?? ''}`);
  const told = [...groups.values()].flatMap((same): Told[] => {
    const [o] = same;
    const [, index, scale] = /^(spi|spei)-(\d+)$/.exec(o?.by.class ?? '') ?? [];
    if (o === undefined || index === undefined || !features.includes(o.feature)) return [];
    const years = [...new Map(same.map((year) => [year.period?.start ?? '', year])).entries()].sort(([a], [b]) =>
      a < b ? -1 : 1,
    );
    return [{ feature: o.feature, index: index as Index, scale: Number(scale), years: years.map(([, year]) => year) }];
  });
  const rank = ({ feature, index, scale }: Told): number =>
    (index === 'spei' ? 1e6 : 0) + scale * 1000 + features.indexOf(feature);
  return told.toSorted((a, b) => rank(a) - rank(b));
}

function table(content: Content, told: Told[]): Table {
  const { lang, dates } = content;
  return {
    kind: 'table',
    id: tableId('drought', content),
    caption: t(lang, 'drought.table'),
    head: [
      t(lang, 'review.zone'),
      t(lang, 'drought.index'),
      t(lang, 'drought.years'),
      t(lang, 'drought.most'),
      t(lang, dates.previous === null ? 'drought.last' : 'drought.since'),
    ],
    rows: rows(content, told),
    align: ['start', 'start', 'end', 'end', 'end'],
  };
}

/** A row for each index and scale, and for zones of which the same is known. */
function rows(content: Content, told: Told[]): Cited[][] {
  const zones = new Set(told.map(({ feature }) => feature)).size;
  const all = told.map((own) => ({ feature: own.feature, cells: row(content, own) }));
  return [...Map.groupBy(all, ({ cells }) => cells.map(({ text }) => text).join('\n')).values()].map((same) => {
    const [first] = same;
    const names = same.map(({ feature }) => feature);
    return [plain(zonesText(content, names, zones)), ...(first?.cells ?? [])];
  });
}

function zonesText(content: Content, features: Id[], all: number): string {
  if (features.length === all && all > 1) return t(content.lang, 'drought.all-zones');
  return features.map((feature) => featureText(content, feature)).join('; ');
}

function row(content: Content, { index, scale, years }: Told): Cited[] {
  const { lang, dates } = content;
  const dry = years.filter(({ value }) => (value ?? 0) > 0);
  const most = dry.reduce<Observation | null>(
    (worst, o) => (worst === null || (o.value ?? 0) > (worst.value ?? 0) ? o : worst),
    null,
  );
  const from = dates.previous?.slice(0, 4) ?? String(Number(dates.current.slice(0, 4)) - LAST_YEARS);
  const since = years.filter(({ period }) => (period?.start ?? '') >= from && (period?.start ?? '') <= dates.current);
  const months = since.reduce((sum, { value }) => sum + (value ?? 0), 0);
  const all = since.reduce((sum, { low, high, value }) => sum + MONTHS - ((high ?? value ?? 0) - (low ?? value ?? 0)), 0);
  const last = years.at(-1);
  return [
    plain(indexText(lang, index, scale)),
    {
      text: t(lang, 'drought.years-of', { years: dry.length, all: years.length }),
      notes: last === undefined ? [] : [citeFigure(content, last)],
    },
    plain(
      most === null
        ? NOTHING
        : t(lang, 'drought.most-of', { months: most.value ?? 0, year: most.period?.start.slice(0, 4) ?? '' }),
    ),
    plain(since.length === 0 ? NOTHING : t(lang, 'drought.months-of', { months, all })),
  ];
}

/** One chart for the index that knows most, over the longest scale: a line for each kind of zone. */
async function charts(content: Content, told: Told[]): Promise<Block[]> {
  const { facts, lang } = content;
  const index: Index = told.some((own) => own.index === 'spei') ? 'spei' : 'spi';
  const scale = Math.max(...told.filter((own) => own.index === index).map((own) => own.scale));
  const chosen = zoneKinds.flatMap((zone) => {
    const own = featuresOfKind(facts, zone).find((feature) => told.some((one) => one.feature === feature && one.index === index));
    return own === undefined ? [] : [{ zone, feature: own }];
  });
  const single = chosen.map(({ zone, feature }): Series => {
    const points = facts.observations
      .filter((o) => o.indicator === index && o.feature === feature && o.by.class === `months-${scale}` && o.period !== null)
      .map((o) => ({ date: o.period?.start.slice(0, 7) ?? '', value: o.value }));
    return { name: feature, zone, points: points.toSorted((a, b) => (a.date < b.date ? -1 : 1)) };
  });
  const alike = Map.groupBy(single, ({ points }) => points.map(({ date, value }) => `${date} ${value?.toFixed(2)}`).join());
  const lines = [...alike.values()].flatMap((same): Series[] => {
    const [first] = same;
    const name = zonesText(
      content,
      same.map((own) => own.name),
      single.length,
    );
    return first === undefined ? [] : [{ ...first, name, zone: same.length === 1 ? (first.zone ?? null) : null }];
  });
  const dates = lines.flatMap(({ points }) => points.map(({ date }) => date)).sort();
  const [first, last] = [dates[0], dates.at(-1)];
  if (first === undefined || last === undefined || first === last) return [];
  const middle = new Date((Date.parse(first) + Date.parse(last)) / 2).toISOString().slice(0, 7);
  const limits = LIMITS.map(({ at, name }): Series => {
    return { name: t(lang, `drought.${name}`), points: [first, middle, last].map((date) => ({ date, value: at })) };
  });
  const svg = await seriesChart({ title: '', lang, unit: indexText(lang, index, scale), series: [...lines, ...limits] });
  const caption = t(lang, 'drought.chart', { index: indexText(lang, index, scale) });
  return svg === null ? [] : [{ kind: 'figure', id: tableId('drought-chart', content), svg, caption }];
}
