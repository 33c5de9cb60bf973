/**
 * Human pressure in the review: a table of figures by zone, a table of gradients with their verdicts, and a chart of the effects.
 *
 *     roads | core → buffer 81 (74–87; 95 %)¹ | buffer → transition 66 (60–71; 95 %)² | rises at each step
 */
import { barsChart } from '../drawing/chart-bars.ts';
import { t } from '../i18n/index.ts';
import { type Block, type Cited, plain, type Table } from '../print/blocks.ts';
import type { Id, Observation } from '../types.ts';
import { zoneKinds } from '../zonation/figures.ts';
import { type Gradient, type GradientStep, gradients } from '../zonation/pressure-figures.ts';
import type { Content } from './content.ts';
import {
  citeFigure,
  estimateText,
  featuresOfKind,
  featureText,
  figureCell,
  figuresFor,
  indicatorText,
  NOTHING,
  periodText,
  placeText,
  shownUnit,
  tableId,
  together,
  unitText,
} from './figures.ts';

const MEASURES: readonly Id[] = [
  'built-up-share',
  'cropland-share',
  'road-density',
  'night-lights',
  'population-density',
  'settlements',
];
const PERCENT = 100;

/** The filler `pressure`; `null` where nothing was computed. */
export async function pressure(content: Content): Promise<Block[] | null> {
  const rows = MEASURES.flatMap((indicator) => measureRow(content, indicator));
  const known = gradients(content.facts).filter(({ verdict }) => verdict !== 'unknown');
  if (rows.length === 0 && known.length === 0) return null;
  return [
    ...(rows.length === 0 ? [] : [measures(content, rows)]),
    ...(known.length === 0 ? [] : [gradientTable(content, known), ...(await gradientChart(content, known))]),
  ];
}

function measures(content: Content, rows: Cited[][]): Table {
  const { lang } = content;
  return {
    kind: 'table',
    id: tableId('pressure', content),
    caption: t(lang, 'pressure.table'),
    head: [t(lang, 'pressure.measure'), ...zoneKinds.map((kind) => t(lang, `zone.${kind}`)), t(lang, 'pressure.date')],
    rows,
    align: ['start', 'end', 'end', 'end', 'start'],
  };
}

/** The computed values of the latest time, zone by zone. */
function measureRow(content: Content, indicator: Id): Cited[][] {
  const { facts, lang } = content;
  const all = zoneKinds.map((kind) => figuresFor(facts, featuresOfKind(facts, kind), indicator, { roles: ['computed'] }));
  const last = all.flat().map(startOf).sort().at(-1);
  const [first] = all.flat().filter((o) => startOf(o) === last);
  if (first === undefined) return [];
  const unit = unitText(lang, shownUnit(first.unit));
  const cells = all.map((own) => together(newest(own.filter((o) => startOf(o) === last)).map((o) => named(content, own, o))));
  const name = `${indicatorText(content, indicator)}${unit === '' ? '' : `, ${unit}`}`;
  return [[plain(name), ...cells, plain(first.period === null ? NOTHING : periodText(lang, first.period))]];
}

/** Of each zone what was computed last. */
function newest(own: Observation[]): Observation[] {
  return [...Map.groupBy(own, ({ feature }) => feature).values()].flatMap((same) => same.slice(-1));
}

/** The value; with the name of its zone where there are several of the kind. */
function named(content: Content, own: Observation[], o: Observation): Cited {
  const cell = figureCell(content, o);
  if (new Set(own.map(({ feature }) => feature)).size < 2) return cell;
  const kind = content.facts.zones.find(({ id }) => id === o.feature)?.kind;
  const zone = featureText(content, o.feature);
  const short = kind === undefined ? zone : zone.replace(`${placeText(content.lang, kind)}: `, '');
  return { ...cell, text: `${short}: ${cell.text}` };
}

function startOf({ period }: Observation): string {
  return period?.start ?? '';
}

function gradientTable(content: Content, known: Gradient[]): Table {
  const { lang } = content;
  return {
    kind: 'table',
    id: tableId('pressure-gradient', content),
    caption: t(lang, 'pressure.gradient'),
    head: [
      t(lang, 'pressure.layer-name'),
      ...columnsOf(known).map((step) => stepText(content, step)),
      t(lang, 'pressure.verdict-name'),
    ],
    rows: known.map(({ layer, verdict, ...of }) => [
      plain(t(lang, `pressure.layer.${layer}`)),
      ...columnsOf(known).map((column) =>
        effectCell(
          content,
          allSteps({ ...of, layer, verdict }).find((step) => same(step, column)),
        ),
      ),
      plain(t(lang, `pressure.verdict.${verdict}`)),
    ]),
    align: ['start', ...columnsOf(known).map(() => 'end' as const), 'start'],
  };
}

/** The steps that any layer has, from the inside out, then the whole way. */
function columnsOf(known: Gradient[]): GradientStep[] {
  const all = known.flatMap(allSteps);
  return all.filter((step, i) => all.findIndex((other) => same(step, other)) === i);
}

function allSteps({ steps, whole }: Gradient): GradientStep[] {
  return whole === null || steps.includes(whole) ? steps : [...steps, whole];
}

function same(a: GradientStep, b: GradientStep): boolean {
  return a.inner === b.inner && a.outer === b.outer;
}

function stepText({ lang }: Content, { inner, outer }: GradientStep): string {
  return t(lang, 'pressure.step', { inner: t(lang, `zone.${inner}`), outer: t(lang, `zone.${outer}`) });
}

function effectCell(content: Content, step: GradientStep | undefined): Cited {
  if (step?.effect == null) return plain(NOTHING);
  const { effect, low, high, level, observation } = step;
  const percent = (share: number | null): number | null => (share === null ? null : share * PERCENT);
  const written = estimateText(content.lang, { value: effect * PERCENT, low: percent(low), high: percent(high), level });
  return { text: written, notes: [citeFigure(content, observation)] };
}

async function gradientChart(content: Content, known: Gradient[]): Promise<Block[]> {
  const { lang } = content;
  const svg = await barsChart({
    title: '',
    lang,
    unit: '%',
    categories: known.map(({ layer }) => t(lang, `pressure.layer.${layer}`)),
    arrangement: 'grouped',
    series: columnsOf(known).map((column) => ({
      name: stepText(content, column),
      values: known.map((gradient) => {
        const effect = allSteps(gradient).find((step) => same(step, column))?.effect;
        return effect == null ? null : Math.round(effect * 1000) / 10;
      }),
    })),
  });
  return svg === null
    ? []
    : [{ kind: 'figure', id: tableId('pressure-chart', content), svg, caption: t(lang, 'pressure.chart') }];
}
