/**
 * From "who takes part in what" to "who works with whom": the one-mode projection of a two-mode network, and how far its figures
 * rest on single activities.
 *
 *     const taken = [{ activity: 'training', partner: 'UNESCO' }, { activity: 'training', partner: 'KazNU' }];
 *     project(taken).net                          // UNESCO and KazNU, tie of weight 1
 *     project(rollUp(taken, { KazNU: 'Ministry' }))
 *     leaveOneOut(taken, (net) => betweenness(net), { partner: 'UNESCO' })
 *
 * A tie says that two took part in the same activity, not that they met. An activity of many partners ties all of them: by `count`
 * each such tie is worth 1, by `newman` 1 / (partners − 1), so that every partner has one unit of attention per activity.
 *
 * @see Newman 2001, Scientific collaboration networks II, Phys. Rev. E 64, 016132, doi 10.1103/PhysRevE.64.016132, eq. 2
 * @see Borgatti & Halgin 2011, Analyzing affiliation networks, SAGE handbook of social network analysis, 417-433, doi 10.4135/9781446294413.n28
 */
import { type Network, network, type Tie } from './network.ts';

export interface TakesPart {
  activity: string;
  partner: string;
}

export type ProjectionWeight = 'count' | 'newman';

export interface ProjectionOptions {
  weight?: ProjectionWeight;
  /** The nodes and their order, also those without an activity; otherwise partners in the order in which they first occur. */
  nodes?: readonly string[];
}

export interface Projection {
  net: Network;
  weight: ProjectionWeight;
  activities: number;
  /** Different pairs of activity and partner; pairs given more than once, which count once. */
  participations: number;
  repeated: number;
  /** Activities with one partner, which tie nobody. */
  alone: number;
}

/** Partners tied by the activities that they share. */
export function project(taken: readonly TakesPart[], { weight = 'count', nodes }: ProjectionOptions = {}): Projection {
  const partners = partnersByActivity(taken);
  const ties: Tie[] = [];
  let [alone, participations] = [0, 0];
  for (const members of partners.values()) {
    const list = [...members];
    participations += list.length;
    if (list.length === 1) alone++;
    const worth = weight === 'newman' ? 1 / (list.length - 1) : 1; // Newman 2001 II, eq. 2
    for (const [i, a] of list.entries()) for (const b of list.slice(i + 1)) ties.push({ a, b, weight: worth });
  }
  const net = network(nodes ?? [...new Set(taken.map(({ partner }) => partner))], ties);
  return { net, weight, activities: partners.size, participations, repeated: taken.length - participations, alone };
}

/**
 * Offices taken as their parents: each partner is replaced by its parent, then by the parent's parent.
 * @throws RangeError where parents go round in a circle
 */
export function rollUp(taken: readonly TakesPart[], parents: Readonly<Record<string, string>>): TakesPart[] {
  const top = (partner: string): string => {
    const passed = new Set([partner]);
    let at = partner;
    while (Object.hasOwn(parents, at)) {
      at = parents[at] as string;
      if (passed.has(at)) throw new RangeError(`the parents of "${partner}" go round in a circle at "${at}"`);
      passed.add(at);
    }
    return at;
  };
  return taken.map(({ activity, partner }) => ({ activity, partner: top(partner) }));
}

export interface LeaveOneOut {
  partner: string;
  /** With all activities; the least and the greatest when one is left out, and which. */
  value: number;
  low: number;
  lowWithout: string | null;
  high: number;
  highWithout: string | null;
  /** Place among all nodes by the value, 1 the greatest, equal ones share the best; and its range. */
  rank: number;
  bestRank: number;
  worstRank: number;
}

export interface LeaveOneOutOptions extends ProjectionOptions {
  /** How many nodes are told, those of the greatest values; all where it is not given. */
  top?: number;
  signal?: AbortSignal;
  onProgress?: (done: number, total: number) => void;
}

/**
 * A measure of each node with every activity left out in turn: how far a node's place rests on one activity. Nodes stay, also
 * when they lose all ties.
 * @param measure of a network, one value per node; a node without a value (NaN) has none in the ranges either
 */
export function leaveOneOut(
  taken: readonly TakesPart[],
  measure: (net: Network) => Float64Array,
  { top, signal, onProgress, ...options }: LeaveOneOutOptions = {},
): LeaveOneOut[] {
  const { net } = project(taken, options);
  const nodes = net.nodes;
  const whole = measure(net);
  const found = nodes.map((partner, i): LeaveOneOut => {
    const [value, rank] = [whole[i] as number, rankOf(whole, i)];
    return {
      partner,
      value,
      low: value,
      lowWithout: null,
      high: value,
      highWithout: null,
      rank,
      bestRank: rank,
      worstRank: rank,
    };
  });
  const activities = [...partnersByActivity(taken).keys()];
  for (const [done, left] of activities.entries()) {
    signal?.throwIfAborted();
    const rest = taken.filter(({ activity }) => activity !== left);
    const values = measure(project(rest, { ...options, nodes }).net);
    for (const [i, range] of found.entries()) {
      const value = values[i] as number;
      if (value < range.low) Object.assign(range, { low: value, lowWithout: left });
      if (value > range.high) Object.assign(range, { high: value, highWithout: left });
      const rank = rankOf(values, i);
      range.bestRank = Math.min(range.bestRank, rank);
      range.worstRank = Math.max(range.worstRank, rank);
    }
    onProgress?.(done + 1, activities.length);
  }
  return found.sort((a, b) => a.rank - b.rank || (a.partner < b.partner ? -1 : 1)).slice(0, top ?? found.length);
}

/** 1 and the number of nodes with a greater value, rests of rounding apart. */
function rankOf(values: Float64Array, i: number): number {
  const own = values[i] as number;
  return 1 + values.reduce((count, value) => count + (value > own + 1e-12 * Math.abs(own) ? 1 : 0), 0);
}

function partnersByActivity(taken: readonly TakesPart[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const { activity, partner } of taken) {
    const members = found.get(activity);
    if (members === undefined) found.set(activity, new Set([partner]));
    else members.add(partner);
  }
  return found;
}
