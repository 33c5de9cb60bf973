/**
 * Living things through the years in the review: which species grow and which decline, in which zone; how many change together; what
 * measures did. Counts and records stand behind models that take gaps and effort out: how often something was recorded is never shown.
 *
 *     const blocks = await speciesTrends(content);   // a sentence, tables with classes and intervals, charts by zone
 */
import { pick, t } from '../i18n/index.ts';
import { TRENDS, type Verdict, verdictOf } from '../indicators/trend-verdict.ts';
import { type Block, plain } from '../print/blocks.ts';
import type { Observation, SiteFunction } from '../types.ts';
import { isDrawnByParts } from '../zonation/drawn-zones.ts';
import type { Content, Filler } from './content.ts';
import { NOTHING, periodText, tableId } from './figures.ts';
import { sentence } from './sentences.ts';
import { indexChart } from './trends-charts.ts';
import { seriesOfPlaces, type Trend, trendsOf } from './trends-known.ts';
import { citeTrend, effectTable, factorText, subjectText, trendTable } from './trends-tables.ts';

/** Species that get a chart each; of more those that change for certain, the fastest first. */
const MOST_CHARTS = 4;

/**
 * The filler `species-trends`. A section of conservation has all that is known, and a gap where nothing is; one of another function the
 * groups that the reserve named by it.
 */
export const speciesTrends: Filler = async (content) => {
  const [only] = content.section.only?.functions ?? [];
  if (only !== undefined && only !== 'conservation') return await ofFunction(content, only);
  const blocks = [
    ...(await populations(content)),
    ...(await manySpecies(content, () => true)),
    ...(await livingPlanet(content)),
    ...occupancies(content),
    ...effects(content, () => true),
  ];
  if (blocks.length > 0) return [...ofParts(content), ...blocks];
  return [...ofParts(content), { kind: 'gap', text: t(content.lang, 'review.trends.none') }];
};

/** Of a transboundary whole without a map of its own: where the figures of its parts stand. */
function ofParts({ facts, lang }: Content): Block[] {
  if (!isDrawnByParts(facts)) return [];
  const names = facts.parts.map(({ site }) => pick(site.name, lang)).join(', ');
  return [{ kind: 'text', text: plain(t(lang, 'review.trends.of-parts', { names })) }];
}

async function ofFunction(content: Content, name: SiteFunction): Promise<Block[] | null> {
  const isOf = (trend: Trend): boolean => trend.name === name;
  const blocks = [...(await manySpecies(content, isOf)), ...effects(content, isOf)];
  return blocks.length === 0 ? null : blocks;
}

async function populations(content: Content): Promise<Block[]> {
  const trends = trendsOf(content, 'population-trend').filter(({ name }) => name !== null);
  if (trends.length === 0) return [];
  const { lang } = content;
  const shown = charted(trends);
  const charts: Block[] = [];
  for (const { name } of shown) charts.push(...(await indexChart(content, TRENDS['population-trend'], name)));
  const left = trends.length - shown.length;
  const alone = trends.length > 1 && trendsOf(content, 'species-trend').length === 0;
  return [
    lead(content, trends),
    trendTable(content, 'population-trend', trends),
    { kind: 'hint', text: t(lang, 'review.trends.classes') },
    ...charts,
    ...(charts.length > 0 && left > 0
      ? [{ kind: 'hint' as const, text: t(lang, 'review.trends.charts-left', { count: left }) }]
      : []),
    ...(alone ? [{ kind: 'gap' as const, text: t(lang, 'review.trends.no-index') }] : []),
  ];
}

/** How many species grow and decline in the reserve as a whole. */
function lead(content: Content, trends: readonly Trend[]): Block {
  const wholes = trends.flatMap(({ places }) => places.get('whole') ?? []);
  const verdicts = wholes.map((o) => verdictOf(o));
  const count = (...those: Verdict[]): number => verdicts.filter((one) => one !== null && those.includes(one)).length;
  const text = t(content.lang, 'review.trends.lead', {
    count: trends.length,
    years: [...new Set(wholes.map(({ period }) => periodText(content.lang, period)))].slice(0, 3).join('; ') || NOTHING,
    increase: count('strong-increase', 'moderate-increase'),
    decline: count('strong-decline', 'moderate-decline'),
    stable: count('stable'),
    uncertain: count('uncertain') + trends.length - wholes.length + verdicts.filter((one) => one === null).length,
  });
  return sentence(content, text, {
    notes: [...new Set(wholes.slice(0, 1).map((o) => citeTrend(content, o)))],
    see: tableId('population-trend', content),
  });
}

function charted(trends: readonly Trend[]): readonly Trend[] {
  if (trends.length <= MOST_CHARTS) return trends;
  const speed = ({ places }: Trend): number =>
    Math.max(
      0,
      ...[...places.values()]
        .flat()
        .filter(isCertain)
        .map(({ value }) => Math.abs(Math.log(value ?? 1))),
    );
  return trends
    .filter((trend) => speed(trend) > 0)
    .toSorted((a, b) => speed(b) - speed(a))
    .slice(0, MOST_CHARTS);
}

const isCertain = (o: Observation): boolean => /increase|decline/.test(verdictOf(o) ?? '');

async function manySpecies(content: Content, takes: (trend: Trend) => boolean): Promise<Block[]> {
  const trends = trendsOf(content, 'species-trend').filter(takes);
  if (trends.length === 0) return [];
  const charts: Block[] = [];
  for (const { name } of differing(trends).slice(0, MOST_CHARTS))
    charts.push(...(await indexChart(content, TRENDS['species-trend'], name)));
  return [trendTable(content, 'species-trend', trends), ...charts];
}

/** A group of all species that are counted has no line of its own. */
function differing(trends: readonly Trend[]): Trend[] {
  const valuesOf = ({ places }: Trend): string =>
    JSON.stringify([...places].map(([place, own]) => [place, own.map((o) => o.value)]));
  return trends.filter((trend, i) => trends.findIndex((other) => valuesOf(other) === valuesOf(trend)) === i);
}

async function livingPlanet(content: Content): Promise<Block[]> {
  const { lang } = content;
  const last = seriesOfPlaces(content, 'living-planet-index', null)
    .get('whole')
    ?.findLast(({ value }) => value !== null);
  const first = seriesOfPlaces(content, 'living-planet-index', null).get('whole')?.[0];
  if (last === undefined || first === undefined || last.value === null) return [];
  const text = t(lang, 'review.trends.living-planet', {
    value: factorText(lang, last),
    year: periodText(lang, last.period),
    base: periodText(lang, first.period),
  });
  return [
    { kind: 'text', text: { text, notes: [citeTrend(content, last)] } },
    ...(await indexChart(content, 'living-planet-index', null)),
  ];
}

function occupancies(content: Content): Block[] {
  const trends = trendsOf(content, 'occupancy-trend').filter(({ name }) => name !== null);
  if (trends.length === 0) return [];
  return [trendTable(content, 'occupancy-trend', trends), { kind: 'hint', text: t(content.lang, 'review.trends.effort') }];
}

/** The effects of measures, those on many species first. */
function effects(content: Content, takes: (trend: Trend) => boolean): Block[] {
  const all = trendsOf(content, 'before-after-effect').filter(takes);
  if (all.length === 0) return [];
  const { lang } = content;
  const alone = all.filter(({ places }) =>
    [...places.values()].flat().some(({ note }) => note?.includes('effect-alone') === true),
  );
  const names = alone.map(({ name }) => subjectText(content, name)).join('; ');
  return [
    effectTable(content, all),
    { kind: 'hint', text: t(lang, 'review.trends.effect') },
    ...(alone.length === 0 ? [] : [{ kind: 'gap' as const, text: t(lang, 'review.trends.without-control', { names }) }]),
  ];
}
