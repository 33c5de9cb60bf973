/**
 * A roll-up and a network as tables of cells: for CSV, for the terminal, for pages. Column names are codes; `hidden` stands where a number
 * was hidden, an empty cell where there is none.
 */
import { pick, t } from '../i18n/index.ts';
import type { Lang } from '../types.ts';
import { MONEY_KINDS, type MoneySum } from './money-sums.ts';
import type { CooperationNetwork } from './network.ts';
import { MEASURES, type PeopleCount } from './people-count.ts';
import type { PublicRollUp } from './public-table.ts';
import type { Dimension, RollUp, RollUpRow } from './roll-up.ts';

export type Cell = string | number | null;

export interface CellTable {
  header: string[];
  rows: Cell[][];
}

/** What a hidden number is written as. */
export const HIDDEN = 'hidden';

const PEOPLE = [
  'counted',
  'women',
  'men',
  'other',
  'unknown',
  'share_women',
  'share_low',
  'share_high',
  'parity',
  'people_low',
  'people_high',
];

/** Columns for the measures and kinds of money that occur, the total last. */
export function rollUpCells(table: RollUp | PublicRollUp, lang: Lang): CellTable {
  const all = table.total === null ? table.rows : [...table.rows, table.total];
  const measures = MEASURES.filter((measure) => all.some((row) => row.people.some((one) => one.measure === measure)));
  const kinds = MONEY_KINDS.filter((kind) => all.some((row) => row.money[kind] !== undefined));
  const transfers = all.some((row) => row.transfers.activities > 0);
  const header = [
    table.by,
    'title',
    'activities',
    'organisations',
    'participations',
    'named_people',
    ...measures.flatMap((measure) => PEOPLE.map((column) => `${measure}_${column}`)),
    ...kinds.flatMap((kind) => [`${kind}_${table.into}`, `${kind}_not_converted`]),
    ...(kinds.length > 0 ? ['spent_by_planned', 'nested_money'] : []),
    ...(transfers ? ['transfers', 'transfers_with_readiness', 'readiness_gained'] : []),
  ];
  const rows = all.map((row): Cell[] => [
    row.key,
    rowTitle(table.by, row, lang),
    row.activities,
    row.organisations,
    row.participations,
    shown(row.named.people),
    ...measures.flatMap((measure) => peopleCells(row.people.find((one) => one.measure === measure))),
    ...kinds.flatMap((kind) => moneyCells(row.money[kind])),
    ...(kinds.length > 0 ? [rounded(row.spentByPlanned), row.nested] : []),
    ...(transfers
      ? [row.transfers.activities, row.transfers.known, row.transfers.known === 0 ? null : row.transfers.gained]
      : []),
  ]);
  return { header, rows };
}

function peopleCells(count: PeopleCount | undefined): Cell[] {
  if (count === undefined) return PEOPLE.map(() => null);
  const { counted, women, men, other, unknown, share, parity, unique } = count;
  return [
    ...[counted, women, men, other, unknown].map(shown),
    ...[share.value, share.low, share.high, parity.adjusted].map(rounded),
    shown(unique.low),
    shown(unique.high),
  ];
}

function moneyCells(sum: MoneySum | undefined): Cell[] {
  if (sum === undefined) return [null, null];
  const rest = Object.entries(sum.notConverted).map(([currency, value]) => `${value} ${currency}`);
  return [sum.converted === null ? null : Math.round(sum.converted * 100) / 100, rest.length === 0 ? null : rest.join('; ')];
}

const shown = (value: number | null): Cell => (value !== null && Number.isNaN(value) ? HIDDEN : value);

const rounded = (value: number | null): Cell => (value === null ? null : Math.round(value * 10_000) / 10_000);

/** What the key of a row means, in words. */
export function rowTitle(by: Dimension, { key, label }: Pick<RollUpRow, 'key' | 'label'>, lang: Lang): string {
  if (key === '*') return t(lang, 'cooperation.total');
  if (key === '') return t(lang, 'cooperation.not-stated');
  if (label !== null) return pick(label, lang);
  if (by === 'kind') return t(lang, `cooperation.kind.${key}`);
  if (by === 'function') return t(lang, `cooperation.function.${key}`);
  if (by === 'theme') return themeTitle(key, lang);
  if (by === 'marker') return markerTitle(key, lang);
  return key;
}

/** Themes of the shipped facts have words; others are shown as they were written. */
export const THEMES: readonly string[] = [
  'mab',
  'cryosphere-drr',
  'education',
  'world-heritage',
  'water',
  'water-aral',
  'women-in-science',
  'institutions',
  'ich',
  'geoparks',
  'climate',
  'livelihoods',
  'desertification',
  'energy-education',
  'technology-transfer',
  'energy',
];

function themeTitle(key: string, lang: Lang): string {
  return THEMES.includes(key) ? t(lang, `cooperation.theme.${key}`) : key;
}

/** Policy markers of the DAC that have words here. */
export const MARKERS: readonly string[] = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12'];

function markerTitle(key: string, lang: Lang): string {
  const [code = '', score = ''] = key.split('/');
  const name = MARKERS.includes(code) ? t(lang, `cooperation.marker.${code}`) : code;
  const scored =
    score === '' ? t(lang, 'cooperation.score.none') : /^[0-4]$/.test(score) ? t(lang, `cooperation.score.${score}`) : score;
  return `${name}: ${scored}`;
}

/** One row for each organisation, numbered as in the drawing. */
export function networkCells(found: CooperationNetwork, lang: Lang): CellTable {
  const header = [
    'number',
    'organisation',
    'title',
    'country',
    'activities',
    'degree',
    'strength',
    'betweenness',
    'betweenness_low',
    'betweenness_high',
    'rank_best',
    'rank_worst',
    'low_without',
    'closeness',
    'eigenvector',
    'core',
    'clustering',
    'community',
    'steadiness',
  ];
  const rows = found.nodes.map((one, i): Cell[] => [
    i + 1,
    one.id,
    pick(one.name, lang) || one.id,
    one.country,
    one.activities,
    one.degree,
    rounded(one.strength),
    rounded(one.betweenness),
    rounded(one.range.low),
    rounded(one.range.high),
    one.range.bestRank,
    one.range.worstRank,
    one.range.lowWithout,
    rounded(one.closeness),
    rounded(one.eigenvector),
    one.core,
    rounded(one.clustering),
    one.community + 1,
    rounded(one.steadiness),
  ]);
  return { header, rows };
}
