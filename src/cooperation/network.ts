/**
 * Who works with whom, made of participations and of nothing else: ties, measures with what the weight means, groups, and how far
 * a place rests on one activity.
 *
 *     const found = networkOf(portfolio, { rollUp: true, weight: 'newman', meaning: 'strength', seed: 1 });
 *     found.nodes[0]   // { id: 'unesco', degree: 41, betweenness: 0.62, range: { low: 0.55, high: 0.64, … }, community: 0, … }
 *
 * Methods: docs/methods/network.md.
 */
import { components, degrees, density, type Network, strengths } from '../science/network.ts';
import {
  type Concentration,
  concentration,
  type EiIndex,
  eiIndex,
  type PartnershipBalance,
  partnershipBalance,
} from '../science/network-balance.ts';
import { COMMUNITY_RUNS, stableCommunities } from '../science/network-communities.ts';
import { type EigenvectorResult, eigenvectorCentrality } from '../science/network-eigenvector.ts';
import { betweenness, closeness, type DistanceSummary, distances, type PathWeight } from '../science/network-paths.ts';
import {
  type LeaveOneOut,
  leaveOneOut,
  type ProjectionWeight,
  project,
  rollUp,
  type TakesPart,
} from '../science/network-projection.ts';
import { clustering, coreNumbers, transitivity } from '../science/network-structure.ts';
import type { Activity, Id, LocalText, Organisation } from '../types.ts';
import type { Portfolio } from './portfolio.ts';
import { yearsOf } from './roll-up.ts';

export interface NetworkOptions {
  /** Offices taken as their parents. */
  rollUp?: boolean;
  weight?: ProjectionWeight;
  /** What a heavy tie is for paths: a step like others, a long way (cost), or a short one (strength). */
  meaning?: PathWeight;
  seed?: number;
  runs?: number;
  /** Countries that count as one region, ISO 3166-1 alpha-2. */
  region?: readonly string[];
  signal?: AbortSignal;
}

/** Kazakhstan and its neighbours in Central Asia. */
export const CENTRAL_ASIA: readonly string[] = ['KZ', 'KG', 'TJ', 'TM', 'UZ'];

/** Codes of OrganisationType that are of no one country: multilateral; international non-governmental. */
const INTERNATIONAL = ['40', '21'];

export interface NetworkNode {
  id: Id;
  name: LocalText;
  country: string | null;
  activities: number;
  degree: number;
  strength: number;
  betweenness: number;
  /** Betweenness when each activity is left out in turn, and the places it would have. */
  range: Pick<LeaveOneOut, 'low' | 'high' | 'lowWithout' | 'highWithout' | 'rank' | 'bestRank' | 'worstRank'>;
  closeness: number;
  /** Of the largest part; `null` outside it. */
  eigenvector: number | null;
  core: number;
  clustering: number;
  community: number;
  /** How often it was found with those of its community [1]. */
  steadiness: number;
}

export interface YearOfNetwork {
  year: string;
  activities: number;
  concentration: Concentration;
}

export interface CooperationNetwork {
  net: Network;
  nodes: NetworkNode[];
  /** Who takes part in what, after rolling up: the two-mode network. */
  taken: TakesPart[];
  titles: ReadonlyMap<Id, LocalText>;
  options: { rollUp: boolean; weight: ProjectionWeight; meaning: PathWeight; seed: number; runs: number };
  activities: number;
  /** Activities with one partner, which tie nobody; and participations of persons, whose organisation is not taken for them. */
  alone: number;
  persons: number;
  density: number | null;
  parts: number[];
  distances: DistanceSummary;
  transitivity: number | null;
  eigenvector: Pick<EigenvectorResult, 'why' | 'covered'>;
  communities: { sizes: number[]; modularity: number | null; agreement: { mean: number; least: number }; stable: boolean };
  /** Between countries; nodes without a country are in neither. */
  ei: EiIndex;
  balance: PartnershipBalance;
  /** Shares of organisations in participations, by year. */
  years: YearOfNetwork[];
}

/** Below this mean agreement of runs the groups are a matter of chance (docs/methods/network.md). */
export const STABLE = 0.8;

export function networkOf(portfolio: Portfolio, asked: NetworkOptions = {}): CooperationNetwork {
  const { weight = 'count', meaning = 'strength', seed = 1, runs = COMMUNITY_RUNS, region = CENTRAL_ASIA, signal } = asked;
  const taken = takenPart(portfolio, asked.rollUp ?? false);
  const nodes = [...new Set(taken.map(({ partner }) => partner))].sort();
  const projection = project(taken, { weight, nodes });
  const { net } = projection;
  const between = (one: Network): Float64Array => betweenness(one, { weight: meaning });
  const ranges = leaveOneOut(taken, between, { weight, nodes, ...(signal === undefined ? {} : { signal }) });
  const range = new Map(ranges.map((one) => [one.partner, one]));
  const strong = meaning === 'none' ? 'none' : 'strength';
  const eigen = eigenvectorCentrality(net, { weight: strong, of: 'largest' });
  const groups = stableCommunities(net, { seed, runs, weight: 'strength', ...(signal === undefined ? {} : { signal }) });
  const values = {
    degree: degrees(net),
    strength: strengths(net),
    betweenness: between(net),
    closeness: closeness(net, { method: 'wasserman-faust', weight: meaning }),
    core: coreNumbers(net),
    clustering: clustering(net),
  };
  const inActivities = Map.groupBy(taken, ({ partner }) => partner);
  const country = (id: Id): string | null => portfolio.organisations.get(id)?.country ?? null;
  const list = nodes.map((id, i): NetworkNode => {
    const at = (of: Float64Array | Int32Array): number => of[i] as number;
    const eigenvector = eigen.values?.[i] ?? Number.NaN;
    const {
      low = 0,
      high = 0,
      lowWithout = null,
      highWithout = null,
      rank = 0,
      bestRank = 0,
      worstRank = 0,
    } = range.get(id) ?? {};
    return {
      id,
      name: portfolio.organisations.get(id)?.name ?? {},
      country: country(id),
      activities: new Set(inActivities.get(id)?.map(({ activity }) => activity)).size,
      degree: at(values.degree),
      strength: at(values.strength),
      betweenness: at(values.betweenness),
      range: { low, high, lowWithout, highWithout, rank, bestRank, worstRank },
      closeness: at(values.closeness),
      eigenvector: Number.isNaN(eigenvector) ? null : eigenvector,
      core: at(values.core),
      clustering: at(values.clustering),
      community: at(groups.of),
      steadiness: at(groups.steadiness),
    };
  });
  return {
    net,
    nodes: list.sort((a, b) => b.betweenness - a.betweenness || b.degree - a.degree || (a.id < b.id ? -1 : 1)),
    taken,
    titles: new Map(portfolio.activities.map(({ id, title }) => [id, title])),
    options: { rollUp: asked.rollUp ?? false, weight, meaning, seed, runs },
    activities: projection.activities,
    alone: projection.alone,
    persons: portfolio.participations.filter(({ organisation }) => organisation === null).length,
    density: density(net),
    parts: components(net).sizes,
    distances: distances(net, { weight: meaning }),
    transitivity: transitivity(net),
    eigenvector: { covered: eigen.covered, ...(eigen.why === undefined ? {} : { why: eigen.why }) },
    communities: {
      sizes: groups.sizes,
      modularity: groups.modularity,
      agreement: groups.agreement,
      stable: groups.agreement.mean >= STABLE,
    },
    ei: eiIndex(net, country),
    balance: balanceOf(portfolio, region),
    years: yearsOfNetwork(portfolio.activities, taken),
  };
}

/** Different pairs of activity and organisation, offices as their parents where asked for. */
export function takenPart({ participations, organisations }: Portfolio, isRolledUp: boolean): TakesPart[] {
  const pairs = participations.flatMap(({ activity, organisation }) =>
    organisation === null ? [] : [{ activity, partner: organisation }],
  );
  const rolled = isRolledUp ? rollUp(pairs, parentsOf([...organisations.values()])) : pairs;
  const once = new Map(rolled.map((pair) => [JSON.stringify([pair.activity, pair.partner]), pair]));
  return [...once.values()];
}

function parentsOf(organisations: readonly Organisation[]): Record<Id, Id> {
  return Object.fromEntries(organisations.flatMap(({ id, parent }) => (parent === null ? [] : [[id, parent]])));
}

/** An office of an international organisation is international wherever it stands. */
export function balanceOf(
  { activities, participations, organisations }: Pick<Portfolio, 'activities' | 'participations' | 'organisations'>,
  region: readonly string[],
): PartnershipBalance {
  const by = Map.groupBy(participations, ({ activity }) => activity);
  return partnershipBalance(
    activities.flatMap(({ id }) => {
      const partners = (by.get(id) ?? []).flatMap(({ organisation }) => organisations.get(organisation ?? '') ?? []);
      if (partners.length === 0) return [];
      const national = partners.filter(({ kind }) => !INTERNATIONAL.includes(kind ?? ''));
      return [
        {
          countries: [...new Set(national.flatMap(({ country }) => country ?? []))],
          international: national.length < partners.length,
          incomplete: national.some(({ country }) => country === null),
        },
      ];
    }),
    { region },
  );
}

function yearsOfNetwork(activities: readonly Activity[], taken: readonly TakesPart[]): YearOfNetwork[] {
  const years = Map.groupBy(
    activities.flatMap((one) => yearsOf(one).map((year) => ({ year, id: one.id }))),
    ({ year }) => year,
  );
  return [...years]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([year, list]) => {
      const own = new Set(list.map(({ id }) => id));
      const partners = Map.groupBy(
        taken.filter(({ activity }) => own.has(activity)),
        ({ partner }) => partner,
      );
      if (partners.size === 0) return [];
      return [{ year, activities: own.size, concentration: concentration([...partners.values()].map(({ length }) => length)) }];
    });
}
