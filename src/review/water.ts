/**
 * The waters at the shore of a reserve in its review: level, area, volume, salinity and the bed that the water has left, source by source,
 * first and latest; zone by zone what of it lies in the reserve; the years as a drawing; where the sources contradict each other.
 *
 *     Aral Sea | level, m | 53.4 (1960)¹ | 39.67 (1988)²
 *
 * Figures of a water stay figures of that water, and are told under its name: they are none of the reserve's.
 */
import { pick, t } from '../i18n/index.ts';
import { aralConflicts } from '../plans/aral-conflicts.ts';
import { ARAL_WATERS, aralHistory, aralHistoryChart } from '../plans/aral-history.ts';
import { aralTables, type Conflict } from '../plans/aral-tables.ts';
import { type Block, type Cited, plain, type Table } from '../print/blocks.ts';
import type { Id, Observation } from '../types.ts';
import { zoneKinds } from '../zonation/figures.ts';
import type { Content } from './content.ts';
import {
  citeFigure,
  featuresOfKind,
  featureText,
  figureCell,
  indicatorText,
  methodOf,
  NOTHING,
  shownUnit,
  tableId,
  together,
  unitText,
} from './figures.ts';

type Nearby = NonNullable<Content['nearby']>[number];

/** What is told of a water or a country, in this order. */
const TOLD: readonly Id[] = [
  'lake-level',
  'lake-area',
  'lake-volume',
  'salinity',
  'exposed-bed',
  'water-stress',
  'water-use-efficiency',
];
/** The method whose figures are of zones. */
const BY_ZONE = 'bed-at-level';
/** Before the sea fell. */
const FIRST_YEAR = '1960';
const CHART_WIDTH = 720;

/** The filler `water`; `null` where no water lies at the shore and no zone has a bed that water left. */
export async function water(content: Content): Promise<Block[] | null> {
  const rows = (content.nearby ?? []).flatMap((one) => TOLD.flatMap((indicator) => quantityRow(content, one, indicator)));
  const zones = zoneTable(content);
  if (rows.length === 0 && zones === null) return null;
  return [
    ...(rows.length === 0
      ? []
      : [...lead(content, rows), waterTable(content, rows), ...chart(content), ...conflictList(content)]),
    ...(zones === null ? [] : [zones]),
  ];
}

/** The first quantity that is known of two years, in words: what a summary of the section begins with. */
function lead(content: Content, rows: Cited[][]): Block[] {
  const known = rows.find(([, , , latest]) => latest !== undefined && latest.text !== NOTHING);
  if (known === undefined) return [];
  const [water, quantity, first, latest] = known as [Cited, Cited, Cited, Cited];
  const text = t(content.lang, 'review.water.lead', {
    water: water.text,
    quantity: quantity.text,
    first: first.text,
    latest: latest.text,
  });
  return [{ kind: 'text', text: { text, notes: [...first.notes, ...latest.notes], see: [tableId('water', content)] } }];
}

function waterTable(content: Content, rows: Cited[][]): Table {
  const { lang } = content;
  return {
    kind: 'table',
    id: tableId('water', content),
    caption: t(lang, 'review.water.table'),
    head: ['water', 'quantity', 'first', 'latest'].map((name) => t(lang, `review.water.${name}`)),
    rows,
    align: ['start', 'start', 'end', 'end'],
  };
}

/** First year since 1960 and latest year; values of one year stand beside each other, source by source. */
function quantityRow(content: Content, { site, observations }: Nearby, indicator: Id): Cited[][] {
  const { lang, facts, dates } = content;
  const ofSite = facts.observations.filter((o) => o.indicator === indicator && isOf(o, site.id));
  const own = ofSite.length > 0 ? ofSite : observations.filter((o) => o.indicator === indicator);
  const usable = own.filter(
    (o) =>
      isTold(o) && o.by.class === undefined && (o.period?.start ?? '') >= FIRST_YEAR && (o.period?.start ?? '') <= dates.current,
  );
  const years = [...new Set(usable.map(yearOf))].sort();
  const [first, last] = [years[0], years.at(-1)];
  const [sample] = usable;
  if (first === undefined || last === undefined || sample === undefined) return [];
  const unit = unitText(lang, shownUnit(sample.unit));
  const cell = (year: string): Cited => {
    const { text, notes } = together(usable.filter((o) => yearOf(o) === year).map((o) => valueCell(content, o)));
    return { text: t(lang, 'review.water.in-year', { value: text, year }), notes };
  };
  return [
    [
      plain(pick(site.name, lang) || site.id),
      plain(`${indicatorText(content, indicator)}${unit === '' ? '' : `, ${unit}`}`),
      cell(first),
      first === last ? plain(NOTHING) : cell(last),
    ],
  ];
}

/** A value with its interval, or the limits of one that is known by them only. */
function valueCell(content: Content, o: Observation): Cited {
  if (o.value !== null) return figureCell(content, o);
  const ends = [o.low, o.high].map((end) => figureCell(content, { ...o, value: end, low: null, high: null }).text);
  return { text: ends.join('–'), notes: [citeFigure(content, o)] };
}

/** Of a value or of two limits; no plan, nothing doubted. */
function isTold(o: Observation): boolean {
  return (
    (o.value !== null || (o.low !== null && o.high !== null)) &&
    o.role !== 'target' &&
    o.role !== 'baseline' &&
    o.quality !== 'doubtful' &&
    o.period !== null
  );
}

const yearOf = ({ period }: Observation): string => period?.start.slice(0, 4) ?? '';
const isOf = ({ note }: Observation, water: Id): boolean => (note ?? '').split('; ').includes(`of-water=${water}`);

/** What of the bed that the water left, and of the water left, lies in each zone. */
function zoneTable(content: Content): Table | null {
  const { facts, lang, dates } = content;
  const features = [...zoneKinds.flatMap((kind) => featuresOfKind(facts, kind)), facts.site.id];
  const own = facts.observations.filter(
    (o) =>
      features.includes(o.feature) &&
      o.value !== null &&
      methodOf(content, o)?.method === BY_ZONE &&
      (o.period?.start ?? '') <= dates.current,
  );
  const all = [...new Set(own.map(yearOf))].sort();
  const [first, last] = [all[0], all.at(-1)];
  if (first === undefined || last === undefined) return null;
  const before = dates.previous === null ? undefined : all.findLast((year) => year <= (dates.previous ?? '').slice(0, 4));
  const years = [...new Set([first, ...(before === undefined ? [] : [before]), last])];
  const cell = (feature: Id, indicator: Id, year: string): Cited =>
    together(
      own
        .filter((o) => o.feature === feature && o.indicator === indicator && yearOf(o) === year)
        .slice(-1)
        .map((o) => figureCell(content, o)),
    );
  const shown = features.filter((feature) => own.some((o) => o.feature === feature));
  const head = (key: string): string[] => years.map((year) => t(lang, `review.water.${key}`, { year }));
  return {
    kind: 'table',
    id: tableId('water-zones', content),
    caption: t(lang, 'review.water.zones'),
    head: [t(lang, 'review.zone'), ...head('exposed-in'), ...head('left-in')],
    rows: shown.map((feature) => [
      plain(featureText(content, feature)),
      ...years.map((year) => cell(feature, 'exposed-bed', year)),
      ...years.map((year) => cell(feature, 'lake-area', year)),
    ]),
    align: ['start', ...years.flatMap(() => ['end', 'end'] as const)],
  };
}

/** The years of those waters that the drawing of the Aral knows. */
function chart(content: Content): Block[] {
  const { lang, nearby = [], dates } = content;
  const waters = nearby.filter(({ site }) => (ARAL_WATERS as readonly Id[]).includes(site.id));
  const told = waters
    .flatMap(({ observations }) => observations)
    .filter((o) => isTold(o) && (o.period?.start ?? '') <= dates.current);
  if (told.length === 0) return [];
  const svg = aralHistoryChart(aralHistory(told, aralTables().conflicts), {
    names: new Map(waters.map(({ site }) => [site.id, site.name])),
    ...{ lang, to: Number(dates.current.slice(0, 4)), width: CHART_WIDTH },
  });
  return [{ kind: 'figure', id: tableId('water-chart', content), svg, caption: t(lang, 'review.water.chart') }];
}

/** Contradictions among the sources that bear on the quantities told. */
function conflictList({ lang, nearby = [] }: Content): Block[] {
  const { conflicts } = aralTables();
  const bearing = nearby.flatMap(({ site, observations }) =>
    TOLD.filter((indicator) => observations.some((o) => o.indicator === indicator)).flatMap((indicator) =>
      aralConflicts(site.id, indicator, null, conflicts),
    ),
  );
  const found: Conflict[] = conflicts.filter(({ id }) => bearing.some((one) => one.id === id));
  if (found.length === 0) return [];
  return [
    { kind: 'text', text: plain(t(lang, 'review.water.conflicts')) },
    { kind: 'list', items: found.map(({ id, text }) => plain(`${id} ${pick(text, lang)}`)) },
  ];
}
