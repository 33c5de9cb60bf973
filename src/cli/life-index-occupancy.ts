/**
 * `saryarka life index --kind occupancy`: where species are found, from records that nobody planned, with effort taken out. The bare
 * number of records is never told as a trend.
 */
import { readDatedRecords } from '../formats/dated-records.ts';
import { readSource } from '../formats/source-node.ts';
import { number, t } from '../i18n/index.ts';
import { Problem } from '../problems.ts';
import { readOverWords } from '../run/sheet-told.ts';
import { changeIndexes, listLengthTrend, type OccupancyTrend, targetGroupTrend, visitsOf } from '../science/occupancy-trend.ts';
import { columns } from './columns.ts';
import type { IndexFound, IndexOptions } from './life-index-options.ts';
import { chanceText } from './life-trend-told.ts';
import { chosen } from './water-crop-options.ts';

export async function occupancy(files: string[], options: IndexOptions): Promise<IndexFound> {
  const read = await Promise.all(files.map((file) => readDatedRecords(readSource(file))));
  const records = read.flatMap((one) => one.records);
  const visits = visitsOf(records);
  const method = chosen('--method', options.method ?? 'list-length', ['list-length', 'target-group', 'telfer'] as const);
  if (method === 'telfer') return changes(visits, options);
  const known = [...new Set(records.map(({ species }) => species))].sort();
  const wanted = options.species === undefined ? known : options.species.split(',').map((name) => name.trim());
  const strange = wanted.find((name) => !known.includes(name));
  if (strange !== undefined)
    throw new Problem('choice-wrong', { field: '--species', found: strange, expected: known.slice(0, 12).join(', ') });
  if (new Set(visits.map(({ year }) => year)).size < 2)
    throw new Problem('population-one-year', { file: files.join(', '), year: String(visits[0]?.year ?? '–') });
  const left: string[] = [];
  const trends = wanted.flatMap((name) => {
    try {
      return [method === 'list-length' ? listLengthTrend(visits, name) : targetGroupTrend(visits, name)];
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      left.push(name);
      return [];
    }
  });
  const { lang } = options;
  const say = (key: string, of: Record<string, string | number> = {}): string => t(lang, `life.trend.${key}`, of);
  return {
    json: { method, trends, left },
    told: [
      ...read.flatMap(({ left }) => readOverWords({ totals: [], left }, lang)),
      say(`occupancy.${method}`, { visits: visits.length, sites: new Set(visits.map(({ site }) => site)).size }),
      ...trends.flatMap((trend) => toldTrend(trend, options)),
      ...(left.length === 0 ? [] : [say('occupancy.left', { count: left.length, species: left.slice(0, 12).join(', ') })]),
    ],
    header: ['species', 'year', 'chance', 'low', 'high', 'visited', 'found'],
    rows: trends.flatMap((trend) =>
      trend.years.map((year, at) => [
        ...[trend.species, year],
        ...[trend.values, trend.low, trend.high].map((values) => (Number.isNaN(values[at]) ? null : (values[at] as number))),
        ...[trend.visited[at] as number, trend.found[at] as number],
      ]),
    ),
  };
}

function toldTrend(trend: OccupancyTrend, { lang }: IndexOptions): string[] {
  const say = (key: string, of: Record<string, string | number> = {}): string => t(lang, `life.trend.${key}`, of);
  const size = (value: number | undefined, digits = 3): string =>
    value !== undefined && Number.isFinite(value) ? number(lang, value, digits) : '–';
  const titles = ['year', 'chance', 'low', 'high', 'visited', 'found'].map((key) => say(`column.${key}`));
  const rows = trend.years.map((year, at) => [
    String(year),
    ...[size(trend.values[at]), size(trend.low[at]), size(trend.high[at]), String(trend.visited[at]), String(trend.found[at])],
  ]);
  return [
    '',
    trend.species,
    ...columns([titles, ...rows]).map((line) => `  ${line}`),
    say('occupancy.slope', {
      slope: size(trend.slope, 4),
      low: size(trend.slopeLow, 4),
      high: size(trend.slopeHigh, 4),
      p: chanceText(lang, trend.p),
      class: say(`class.${trend.class}`),
    }),
    ...trend.cautions.map((caution) => `! ${say(`occupancy.caution.${caution}`)}`),
  ];
}

function changes(visits: ReturnType<typeof visitsOf>, { lang, periods = '' }: IndexOptions): IndexFound {
  const spans = periods.split(',').map((text) => /^\s*(\d{4})\s*[-–]\s*(\d{4})\s*$/.exec(text));
  const [first, second] = spans.map((span) => [Number(span?.[1]), Number(span?.[2])] as const);
  if (
    spans.length !== 2 ||
    spans.includes(null) ||
    !first ||
    !second ||
    !(first[0] <= first[1] && first[1] < second[0] && second[0] <= second[1])
  )
    throw new Problem('choice-wrong', { field: '--periods', found: periods || '–', expected: '1990-1999,2010-2019' });
  const say = (key: string, of: Record<string, string | number> = {}): string => t(lang, `life.trend.${key}`, of);
  let found: ReturnType<typeof changeIndexes>;
  try {
    found = changeIndexes(visits, { first, second });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Problem('occupancy-few-species', { found: periods });
  }
  const { sites, indexes, left } = found;
  const titles = ['species-name', 'first', 'second', 'change'].map((key) => say(`column.${key}`));
  return {
    json: { method: 'telfer', sites, indexes, left },
    told: [
      say('occupancy.telfer', { sites }),
      ...columns([
        titles,
        ...indexes.map((one) => [one.species, String(one.first), String(one.second), number(lang, one.index, 2)]),
      ]).map((line) => `  ${line}`),
      ...(left.length === 0 ? [] : [say('occupancy.few-sites', { count: left.length, species: left.slice(0, 12).join(', ') })]),
    ],
    header: ['species', 'sites_first', 'sites_second', 'change_index'],
    rows: indexes.map(({ species, first: early, second: late, index }) => [species, early, late, index]),
  };
}
