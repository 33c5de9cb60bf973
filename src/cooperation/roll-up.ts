/**
 * The portfolio by theme, target, marker, site, year, kind, function or country, each row saying what it counts.
 *
 *     const table = rollUp(portfolio, { by: 'theme', rates, into: 'USD' });
 *     table.rows[0]        // { key: 'mab', activities: 20, organisations: 12, participations: 41, people: [...], money: {...} }
 *     table.overlapping    // true: an activity of two themes stands in two rows, and rows do not add up to the total
 */
import type { ExchangeRates } from '../formats/exchange-rates.ts';
import type { Activity, Headcount, Id, LocalText, Money, Period } from '../types.ts';
import { type MoneySums, spentByPlanned, sumMoney } from './money-sums.ts';
import { countPeople, MEASURES, type PeopleCount } from './people-count.ts';
import type { Portfolio } from './portfolio.ts';

export type Dimension = 'theme' | 'target' | 'goal' | 'marker' | 'site' | 'year' | 'kind' | 'function' | 'country';

export const DIMENSIONS: readonly Dimension[] = [
  'theme',
  'target',
  'goal',
  'marker',
  'site',
  'year',
  'kind',
  'function',
  'country',
];

/** Tables whose rows are years and that are no roll-up: `over-time.ts`. */
export const OVER_TIME = ['partnership', 'marker-year'] as const;
export type OverTime = (typeof OVER_TIME)[number];

export interface RollUpOptions {
  by: Dimension;
  rates?: ExchangeRates | undefined;
  /** Currency that money is converted into, where there are rates. */
  into?: string;
}

export interface RollUpRow {
  /** A code of the dimension; empty where it is not stated. Of markers `1/2`: the marker and its score, `1/` where not screened. */
  key: string;
  /** What stands behind the code, where the dossier names it. */
  label: LocalText | null;
  activities: number;
  /** Different organisations, and how often they took part. */
  organisations: number;
  participations: number;
  /** Different people known by name, and how often they took part. */
  named: { people: number; participations: number };
  people: PeopleCount[];
  money: MoneySums;
  spentByPlanned: number | null;
  /** Activities with money whose parent has money in this row, too: it may be counted twice. */
  nested: number;
  /** Technology transfers by readiness: with both levels known, and the levels gained by all. */
  transfers: { activities: number; known: number; gained: number };
}

export interface RollUp {
  by: Dimension;
  into: string;
  rows: RollUpRow[];
  /** Over all activities, each once; `null` for markers, which are never added. */
  total: RollUpRow | null;
  /** Whether an activity may stand in several rows. */
  overlapping: boolean;
  /** Figures of the same thing by other sources, not added. */
  otherFigures: number;
}

/** Activities with what hangs on them. */
interface Group {
  activities: Set<Id>;
  headcounts: Headcount[];
  money: Money[];
}

export function rollUp(portfolio: Portfolio, { by, rates, into = 'USD' }: RollUpOptions): RollUp {
  const groups = new Map<string, Group>();
  const groupOf = (key: string): Group => {
    const known = groups.get(key) ?? { activities: new Set(), headcounts: [], money: [] };
    groups.set(key, known);
    return known;
  };
  const keys = new Map(portfolio.activities.map((one) => [one.id, keysOf(one, by, portfolio)]));
  for (const [id, own] of keys) for (const key of own) groupOf(key).activities.add(id);
  for (const noun of ['headcounts', 'money'] as const) {
    for (const one of portfolio[noun]) {
      const own = keys.get(one.feature) ?? [];
      for (const key of by === 'year' ? [yearOf(one.period, own)] : own) (groupOf(key)[noun] as (Headcount | Money)[]).push(one);
    }
  }
  const whole = { activities: new Set(keys.keys()), headcounts: portfolio.headcounts, money: portfolio.money };
  const row = (key: string, group: Group): RollUpRow => rowOf(key, group, portfolio, { by, rates, into });
  return {
    by,
    into,
    rows: [...groups].map(([key, group]) => row(key, group)).sort((a, b) => byKey(a.key, b.key, by)),
    total: by === 'marker' ? null : row('*', whole),
    overlapping: [...keys.values()].some((own) => own.length > 1),
    otherFigures: portfolio.otherFigures,
  };
}

function rowOf(
  key: string,
  group: Group,
  portfolio: Portfolio,
  { by, rates, into }: Required<Pick<RollUpOptions, 'by' | 'into'>> & RollUpOptions,
): RollUpRow {
  const taken = portfolio.participations.filter(({ activity }) => group.activities.has(activity));
  const organisations = taken.flatMap(({ organisation }) => organisation ?? []);
  const people = taken.flatMap(({ person }) => person ?? []);
  const money = sumMoney(group.money, { rates, into });
  return {
    key,
    label: by === 'site' ? (portfolio.siteNames.get(key) ?? null) : null,
    activities: group.activities.size,
    organisations: new Set(organisations).size,
    participations: organisations.length,
    named: { people: new Set(people).size, participations: people.length },
    people: MEASURES.flatMap((measure) => countPeople(group.headcounts, measure) ?? []),
    money,
    spentByPlanned: spentByPlanned(money),
    nested: nestedIn(group, portfolio),
    transfers: transfersIn(group, portfolio),
  };
}

/** The rows that an activity stands in. */
function keysOf(activity: Activity, by: Dimension, { aims, participations, organisations, activities }: Portfolio): string[] {
  const own = aims.get(activity.id);
  const some = (keys: readonly string[]): string[] => (keys.length === 0 ? [''] : [...new Set(keys)]);
  const targets = targetsOf(activity, own?.sdgTargets);
  switch (by) {
    case 'theme':
      return some(activity.themes.filter((theme) => !/^(sdg|dac)-/.test(theme)));
    case 'target':
      return some(targets.filter((target) => target.includes('.')));
    case 'goal':
      return some(targets.map((target) => target.split('.')[0] ?? ''));
    case 'marker':
      return markerKeys(activity.id, markersOf(activities, aims), aims);
    case 'site':
      return some(activity.sites);
    case 'year':
      return some(yearsOf(activity));
    case 'kind':
      return [activity.kind];
    case 'function':
      return some(activity.functions);
    case 'country':
      return some(
        participations
          .filter((one) => one.activity === activity.id)
          .flatMap(({ organisation }) => organisations.get(organisation ?? '')?.country ?? []),
      );
  }
}

/** Targets and goals that an activity is meant for: as judged, or as its file tagged it. */
export function targetsOf({ themes }: Pick<Activity, 'themes'>, judged: readonly string[] = []): string[] {
  const tagged = themes.flatMap((theme) => /^sdg-(\d{1,2}(?:\.\w+)?)$/.exec(theme)?.[1] ?? []);
  return [...new Set([...judged, ...tagged])];
}

/** The markers that any activity was screened for. */
function markersOf(activities: readonly Activity[], aims: Portfolio['aims']): string[] {
  return [...new Set(activities.flatMap(({ id }) => aims.get(id)?.markers.map(({ code }) => code) ?? []))];
}

/** One row for every marker: its score, or that it was not screened, which is not a zero. */
function markerKeys(activity: Id, codes: readonly string[], aims: Portfolio['aims']): string[] {
  const own = aims.get(activity)?.markers ?? [];
  return codes.map((code) => `${code}/${own.find((marker) => marker.code === code)?.score ?? ''}`);
}

/** The years in which an activity ran; none where it has no end or no begin and is of no single year. */
export function yearsOf({ period: { start, end } }: Pick<Activity, 'period'>): string[] {
  if (start === null || end === null) return start === null ? [] : [start.slice(0, 4)];
  const last = new Date(Date.parse(end.slice(0, 10)) - 86_400_000).getUTCFullYear();
  const first = Number(start.slice(0, 4));
  return Array.from({ length: Math.max(0, Math.min(last - first, 200)) + 1 }, (_, i) => String(first + i));
}

/** The year a count or sum belongs to: that in which its own period begins, else that of its activity if it ran in one only. */
function yearOf(period: Period | null, own: readonly string[]): string {
  if (period !== null) return period.start.slice(0, 4);
  return own.length === 1 ? (own[0] ?? '') : '';
}

function nestedIn({ activities, money }: Group, portfolio: Portfolio): number {
  const paid = new Set(money.map(({ feature }) => feature));
  return portfolio.activities.filter(
    ({ id, parent }) => activities.has(id) && paid.has(id) && parent !== null && paid.has(parent),
  ).length;
}

function transfersIn({ activities }: Group, portfolio: Portfolio): RollUpRow['transfers'] {
  const transfers = portfolio.activities.filter(({ id, kind }) => kind === 'transfer' && activities.has(id));
  const levels = transfers.flatMap(({ id }) => {
    const { before, after } = portfolio.aims.get(id)?.readiness ?? { before: null, after: null };
    return before === null || after === null ? [] : [after - before];
  });
  return { activities: transfers.length, known: levels.length, gained: levels.reduce((sum, gain) => sum + gain, 0) };
}

/** Numbers by size, words by letter, what is not stated last. */
function byKey(a: string, b: string, by: Dimension): number {
  if (a === '' || b === '') return a === b ? 0 : a === '' ? 1 : -1;
  const [[a1 = '', a2 = ''], [b1 = '', b2 = '']] = [a.split(/[./]/), b.split(/[./]/)];
  const numbers = by === 'target' || by === 'goal' || by === 'marker' ? Number(a1) - Number(b1) : 0;
  if (numbers !== 0 && !Number.isNaN(numbers)) return numbers;
  if (by === 'marker') return (b2 === '' ? -1 : Number(b2)) - (a2 === '' ? -1 : Number(a2));
  const rest = Number(a2) - Number(b2);
  return by === 'target' && !Number.isNaN(rest) && rest !== 0 ? rest : a < b ? -1 : a > b ? 1 : 0;
}
