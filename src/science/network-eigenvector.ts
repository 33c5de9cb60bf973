/**
 * Whose partners are well connected themselves: eigenvector centrality and PageRank.
 *
 *     eigenvectorCentrality(net)                          // { values, eigenvalue: 6.73, components: 1, … }
 *     eigenvectorCentrality(parts)                        // { values: null, why: 'disconnected', components: 3 }
 *     eigenvectorCentrality(parts, { of: 'largest' })     // of the largest component; NaN outside
 *
 * @see Bonacich 1972, Factoring and weighting approaches to status scores and clique identification, J. Math. Sociol. 2, 113-120,
 * doi 10.1080/0022250X.1972.9989806
 * @see Brin & Page 1998, The anatomy of a large-scale hypertextual web search engine, Comput. Netw. ISDN Syst. 30, 107-117,
 * doi 10.1016/S0169-7552(98)00110-X
 */
import { components, type Network, strengths } from './network.ts';

/** Steps after which power iteration is given up, and the change of a step below which it is done. */
const STEPS = 10_000;
const CLOSE = 1e-12;

/** Share of steps that follow a tie. Brin & Page 1998, section 2.1. */
export const DAMPING = 0.85;

export interface EigenvectorOptions {
  /** Whether weights count as strength of ties. */
  weight?: 'none' | 'strength';
  /** `whole`: only where the network hangs together; `largest`: of the largest component, if it is the only one of its size. */
  of?: 'whole' | 'largest';
}

export interface EigenvectorResult {
  /** Length (root of the sum of squares) 1, none negative; NaN outside the component; `null` where there is no one answer. */
  values: Float64Array | null;
  /** `disconnected`: the parts cannot be compared; `no-ties`; `not-converged`. */
  why?: 'disconnected' | 'no-ties' | 'not-converged';
  eigenvalue: number | null;
  components: number;
  /** Nodes that have a value. */
  covered: number;
}

/**
 * The eigenvector of the greatest eigenvalue of the ties, by power iteration on A + I, which also settles where the network is
 * bipartite. Bonacich 1972. In a network of parts every mixture of theirs would do as well, so none is given.
 */
export function eigenvectorCentrality(
  net: Network,
  { weight = 'none', of = 'whole' }: EigenvectorOptions = {},
): EigenvectorResult {
  const parts = components(net);
  const [largest = 0, second = 0] = parts.sizes;
  const none = { values: null, eigenvalue: null, components: parts.count, covered: 0 };
  if (net.ties === 0) return { ...none, why: 'no-ties' };
  if (parts.count > 1 && (of === 'whole' || largest === second)) return { ...none, why: 'disconnected' };
  const inside = parts.of.map((part) => (part === 0 ? 1 : 0));
  let values = Float64Array.from(inside, (is) => is / Math.sqrt(largest));
  for (let step = 0; step < STEPS; step++) {
    const next = values.slice();
    spread(net, values, next, weight);
    const length = Math.hypot(...next);
    let change = 0;
    for (let i = 0; i < next.length; i++) {
      next[i] = (next[i] as number) / length;
      change += Math.abs((next[i] as number) - (values[i] as number));
    }
    values = next;
    if (change < CLOSE * largest) {
      const covered = values.map((value, i) => (inside[i] === 1 ? value : Number.NaN));
      return { values: covered, eigenvalue: length - 1, components: parts.count, covered: largest };
    }
  }
  return { ...none, why: 'not-converged' };
}

/** Adds to each node what its neighbours have. */
function spread({ start, to, weight }: Network, values: Float64Array, into: Float64Array, meaning: 'none' | 'strength'): void {
  for (let i = 0; i < values.length; i++) {
    let sum = 0;
    for (let e = start[i] as number; e < (start[i + 1] as number); e++)
      sum += (values[to[e] as number] as number) * (meaning === 'none' ? 1 : (weight[e] as number));
    into[i] = (into[i] as number) + sum;
  }
}

/**
 * Where a walker is found who follows ties and at times starts anew; sums to 1, also for a network in parts. From a node without
 * ties the walker starts anew.
 */
export function pageRank(
  net: Network,
  { weight = 'none', damping = DAMPING }: { weight?: 'none' | 'strength'; damping?: number } = {},
): Float64Array {
  const n = net.nodes.length;
  const out =
    weight === 'none'
      ? Float64Array.from(net.nodes, (_, i) => (net.start[i + 1] as number) - (net.start[i] as number))
      : strengths(net);
  let values = new Float64Array(n).fill(1 / n);
  for (let step = 0; step < STEPS; step++) {
    const given = values.map((value, i) => ((out[i] as number) > 0 ? value / (out[i] as number) : 0));
    const idle = values.reduce((sum, value, i) => sum + ((out[i] as number) > 0 ? 0 : value), 0);
    const next = new Float64Array(n);
    spread(net, given, next, weight);
    for (let i = 0; i < n; i++) next[i] = damping * ((next[i] as number) + idle / n) + (1 - damping) / n;
    const change = next.reduce((sum, value, i) => sum + Math.abs(value - (values[i] as number)), 0);
    values = next;
    if (change < CLOSE) break;
  }
  return values;
}
