/**
 * What an activity contributes to a target and what is known of the target's indicators, side by side. Nothing leads from one to the
 * other: a contribution is what was put in and came out, never a change of an indicator.
 *
 *     sdgPage(portfolio, { observations, indicators })[0]
 *     // { target: '15.3', contributions: { activities: 2, … }, series: [{ indicator: 'land-degraded', standing: 'official', … }] }
 */
import type { Id, Indicator, LocalText, Observation } from '../types.ts';
import { type MoneySums, sumMoney } from './money-sums.ts';
import { countPeople, MEASURES, type PeopleCount } from './people-count.ts';
import type { Portfolio } from './portfolio.ts';
import { targetsOf } from './roll-up.ts';

/** Official: as the custodian publishes it; national; own: a figure of the dossier that no authority publishes; computed here; a proxy. */
export type SeriesStanding = 'official' | 'national' | 'own' | 'computed' | 'proxy';

export interface SdgSeries {
  indicator: Id;
  title: LocalText;
  codes: string[];
  standing: SeriesStanding;
  unit: string;
  feature: Id;
  figures: number;
  /** The first and the last year with a value, and the value. */
  first: { year: string; value: number } | null;
  last: { year: string; value: number } | null;
}

export interface SdgTarget {
  target: string;
  contributions: {
    activities: { id: Id; title: LocalText }[];
    people: PeopleCount[];
    money: MoneySums;
    /** Activities whose result is written down. */
    results: number;
  };
  series: SdgSeries[];
  /** What is missing: activities without any series beside them, or the other way round. */
  gap: 'no-series' | 'no-activity' | null;
}

/** Every target that an activity names or an indicator measures, by number. */
export function sdgPage(
  portfolio: Portfolio,
  {
    observations,
    indicators,
    into = 'USD',
  }: { observations: readonly Observation[]; indicators: readonly Indicator[]; into?: string },
): SdgTarget[] {
  const byTarget = new Map<string, { activities: Set<Id>; series: SdgSeries[] }>();
  const at = (target: string) => {
    const known = byTarget.get(target) ?? { activities: new Set<Id>(), series: [] };
    byTarget.set(target, known);
    return known;
  };
  for (const one of portfolio.activities)
    for (const target of targetsOf(one, portfolio.aims.get(one.id)?.sdgTargets))
      if (target.includes('.')) at(target).activities.add(one.id);
  const results = new Set(portfolio.activities.map(({ id }) => id)); // what an activity brought about is its contribution, no series
  const figures = observations.filter(({ feature }) => !results.has(feature));
  for (const series of seriesOf(figures, indicators)) {
    const targets = new Set(
      series.codes.map((code) => code.split('.').slice(0, 2).join('.')).filter((code) => code.includes('.')),
    );
    for (const target of targets) at(target).series.push(series);
  }
  return [...byTarget]
    .sort(([a], [b]) => inOrder(a, b))
    .map(([target, { activities, series }]) => {
      const own = portfolio.activities.filter(({ id }) => activities.has(id));
      const headcounts = portfolio.headcounts.filter(({ feature }) => activities.has(feature));
      return {
        target,
        contributions: {
          activities: own.map(({ id, title }) => ({ id, title })),
          people: MEASURES.flatMap((measure) => countPeople(headcounts, measure) ?? []),
          money: sumMoney(
            portfolio.money.filter(({ feature }) => activities.has(feature)),
            { into },
          ),
          results: own.filter(({ result }) => result !== null).length,
        },
        series,
        gap: own.length > 0 && series.length === 0 ? 'no-series' : own.length === 0 ? 'no-activity' : null,
      };
    });
}

/** Figures of indicators with an SDG code, by feature; computed ones apart from declared ones. */
function seriesOf(observations: readonly Observation[], indicators: readonly Indicator[]): SdgSeries[] {
  const known = new Map(indicators.filter(({ codes }) => (codes.sdg ?? []).length > 0).map((one) => [one.id, one]));
  const figures = observations.filter(
    ({ indicator, value, by, role }) =>
      known.has(indicator) && value !== null && Object.keys(by).length === 0 && role !== 'target' && role !== 'baseline',
  );
  const groups = Map.groupBy(figures, ({ indicator, feature, role, unit }) =>
    JSON.stringify([indicator, feature, role === 'computed', unit]),
  );
  return [...groups.values()].map((list): SdgSeries => {
    const [{ indicator, feature, role, unit }] = list as [Observation];
    const { title, codes, standing } = known.get(indicator) as Indicator;
    const dated = list
      .flatMap(({ period, value }) => (period === null || value === null ? [] : [{ year: period.start.slice(0, 4), value }]))
      .sort((a, b) => (a.year < b.year ? -1 : a.year > b.year ? 1 : 0));
    return {
      indicator,
      title,
      codes: codes.sdg ?? [],
      standing: standingOf(standing, role),
      unit,
      feature,
      figures: list.length,
      first: dated[0] ?? null,
      last: dated.at(-1) ?? null,
    };
  });
}

/** What we compute is never official, and what stands for another thing is a proxy whoever publishes it. */
function standingOf(standing: Indicator['standing'], role: Observation['role']): SeriesStanding {
  if (standing === 'proxy') return 'proxy';
  return role === 'computed' ? 'computed' : standing;
}

function inOrder(a: string, b: string): number {
  const [[goal = '', part = ''], [goal2 = '', part2 = '']] = [a.split('.'), b.split('.')];
  const parts = Number(part) - Number(part2);
  return Number(goal) - Number(goal2) || (Number.isNaN(parts) ? (part < part2 ? -1 : part > part2 ? 1 : 0) : parts);
}
