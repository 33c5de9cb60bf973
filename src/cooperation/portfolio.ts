/**
 * Everything that roll-ups and networks are made of: who did what with whom, for how many people and how much money.
 * What is only known as a figure of an activity (participants, people trained) counts like a headcount of it.
 *
 *     const portfolio = portfolioOf({ activities, participations, organisations, people, headcounts, money, aims, observations, sites });
 */
import type {
  Activity,
  ActivityAims,
  Headcount,
  Id,
  LocalText,
  Money,
  Observation,
  Organisation,
  Participation,
  Period,
  Person,
} from '../types.ts';

export interface Portfolio {
  activities: Activity[];
  aims: ReadonlyMap<Id, ActivityAims>;
  organisations: ReadonlyMap<Id, Organisation>;
  people: ReadonlyMap<Id, Person>;
  participations: Participation[];
  headcounts: Headcount[];
  money: Money[];
  siteNames: ReadonlyMap<Id, LocalText>;
  /** Figures of one thing by several sources: the first of the best quality counts, the others are so many. */
  otherFigures: number;
}

export interface PortfolioFacts extends Omit<Portfolio, 'otherFigures'> {
  observations: readonly Observation[];
}

/** Only these sites and the years in which something ran, where given. */
export interface PortfolioFilter {
  sites?: ReadonlySet<Id>;
  /** End excluded. */
  period?: Period;
}

/** Figures of activities that count people, and as what. */
const PEOPLE: Record<Id, Headcount['measure']> = {
  participants: 'attended',
  'people-trained': 'trained',
  'people-awarded': 'awarded',
};

/** Figures of activities that are sums of money, and as what. */
const SUMS: Record<Id, Money['kind']> = { budget: 'budget', contribution: 'commitment' };

const QUALITIES: readonly Observation['quality'][] = ['ok', 'unconfirmed', 'partial'];

/** What activities there are, with all that hangs on them and nothing else. */
export function portfolioOf(facts: PortfolioFacts, { sites, period }: PortfolioFilter = {}): Portfolio {
  const activities = facts.activities.filter(
    (one) => (sites === undefined || one.sites.some((site) => sites.has(site))) && (period === undefined || runsIn(one, period)),
  );
  const own = new Set(activities.map(({ id }) => id));
  const ofOwn = ({ feature }: { feature: Id }): boolean => own.has(feature);
  const { chosen, others } = oneEach(facts.observations.filter(ofOwn));
  const headcounts = facts.headcounts.filter(ofOwn);
  const money = facts.money.filter(ofOwn);
  return {
    ...facts,
    activities,
    participations: facts.participations.filter(({ activity }) => own.has(activity)),
    headcounts: [...headcounts, ...headcountsOf(chosen, headcounts)],
    money: [...money, ...moneyOf(chosen, money)],
    otherFigures: others,
  };
}

/** Whether an activity ran in a period; one without any date is in none. */
export function runsIn({ period: { start, end } }: Pick<Activity, 'period'>, period: Period): boolean {
  if (start === null && end === null) return false;
  return (start === null || start < period.end) && (end === null || end > period.start);
}

/** Of several figures of one thing the first of the best quality; doubtful ones never. */
function oneEach(observations: readonly Observation[]): { chosen: Observation[]; others: number } {
  const usable = observations.filter(
    ({ indicator, value, quality, role, by }) =>
      (indicator in PEOPLE || indicator in SUMS) &&
      value !== null &&
      quality !== 'doubtful' &&
      role !== 'target' &&
      role !== 'baseline' &&
      by.age === undefined &&
      by.class === undefined,
  );
  const key = ({ indicator, feature, period, by }: Observation): string =>
    JSON.stringify([indicator, feature, period?.start, period?.end, by.sex]);
  const groups = [...Map.groupBy(usable, key).values()];
  const chosen = groups.map((group) =>
    group.reduce((best, one) => (QUALITIES.indexOf(one.quality) < QUALITIES.indexOf(best.quality) ? one : best)),
  );
  return { chosen, others: usable.length - chosen.length };
}

function headcountsOf(observations: readonly Observation[], known: readonly Headcount[]): Headcount[] {
  const counts = observations.filter(
    ({ indicator, feature }) =>
      indicator in PEOPLE && !known.some((one) => one.feature === feature && one.measure === PEOPLE[indicator]),
  );
  const groups = Map.groupBy(counts, ({ indicator, feature, period }) => JSON.stringify([indicator, feature, period]));
  return [...groups.values()].flatMap((group): Headcount[] => {
    const [first] = group;
    const measure = PEOPLE[first?.indicator ?? ''];
    if (first === undefined || measure === undefined) return [];
    const of = (sex: Observation['by']['sex']): number | null => {
      const value = group.find(({ by }) => by.sex === sex)?.value ?? null;
      return value === null ? null : Math.round(value);
    };
    const counted = { female: of('F'), male: of('M'), other: of('X'), unknown: of('unknown') };
    const parts = Object.values(counted).reduce((sum: number, count) => sum + (count ?? 0), 0);
    const total = of(undefined);
    return [
      {
        id: `observation/${first.id}`,
        feature: first.feature,
        measure,
        groups: [],
        age: null,
        period: first.period,
        total: total === null ? null : Math.max(total, parts),
        ...counted,
        unique: 'unknown',
        note: first.note,
        from: first.from,
      },
    ];
  });
}

function moneyOf(observations: readonly Observation[], known: readonly Money[]): Money[] {
  return observations.flatMap(({ id, indicator, feature, unit, value, period, note, from }): Money[] => {
    const [kind, currency] = [SUMS[indicator], /^\[([A-Z]{3})\]$/.exec(unit)?.[1]];
    if (kind === undefined || currency === undefined || value === null) return [];
    if (known.some((one) => one.feature === feature && one.kind === kind)) return [];
    const sum = { id: `observation/${id}`, feature, kind, value, currency, period, classes: [] };
    return [{ ...sum, provider: null, receiver: null, note, from }];
  });
}
