/**
 * Shortest paths of a network: betweenness, closeness and distances.
 *
 *     betweenness(net)                             // every tie is one step
 *     betweenness(net, { weight: 'strength' })     // strong ties are short: a tie is 1 / weight long
 *     closeness(net, { method: 'harmonic' })
 *
 * A weight means one of two things, and programs differ in which they silently take: with `cost` a heavy tie is long, with `strength`
 * it is short (Newman 2001). Joint activities are strengths.
 *
 * @see Brandes 2001, A faster algorithm for betweenness centrality, J. Math. Sociol. 25, 163-177, doi 10.1080/0022250X.2001.9990249
 * @see Freeman 1977, A set of measures of centrality based on betweenness, Sociometry 40, 35-41, doi 10.2307/3033543
 * @see Newman 2001, Scientific collaboration networks II, Phys. Rev. E 64, 016132, doi 10.1103/PhysRevE.64.016132, section IV
 */
import type { Network } from './network.ts';

/** What a weight is: nothing (each tie one step), the length of a tie, or its strength, 1 / length. */
export type PathWeight = 'none' | 'cost' | 'strength';

/** Relative difference below which two paths are as long: 1/2 + 1/3 + 1/6 and 1 differ in the last bit, and are one length. */
export const SAME_LENGTH = 1e-12;

export interface BetweennessOptions {
  weight?: PathWeight;
  /** Whether the value is the share of all pairs of other nodes [1]; otherwise the number of pairs. */
  normalised?: boolean;
  /**
   * Relative difference below which two paths are as long; 0 compares to the last bit, as networkx does, and with `strength` takes paths
   * of one length for different ones where their sums round otherwise.
   */
  sameLength?: number;
}

/** `wasserman-faust`: reach times the inverse mean distance; `harmonic`: sum of inverse distances. */
export type ClosenessMethod = 'wasserman-faust' | 'harmonic';

export interface ClosenessOptions {
  method: ClosenessMethod;
  weight?: PathWeight;
  /** For `harmonic`: whether the sum is divided by the number of other nodes. */
  normalised?: boolean;
}

/** Shortest paths from one node: distance [steps or length], nodes by rising distance, and how many paths lead to each. */
interface Paths {
  distance: Float64Array;
  order: number[];
  paths: Float64Array;
  before: number[][];
}

/** For each node, the share of shortest paths between two others that lead through it, summed over all pairs. Brandes 2001, theorem 6. */
export function betweenness(
  net: Network,
  { weight = 'none', normalised = true, sameLength = SAME_LENGTH }: BetweennessOptions = {},
): Float64Array {
  const n = net.nodes.length;
  const found = new Float64Array(n);
  const length = lengthsOf(net, weight);
  const share = new Float64Array(n);
  for (let source = 0; source < n; source++) {
    const { order, paths, before } = pathsFrom(net, source, length, sameLength);
    share.fill(0);
    for (let k = order.length - 1; k > 0; k--) {
      const w = order[k] as number;
      const part = (1 + (share[w] as number)) / (paths[w] as number);
      for (const v of before[w] as number[]) share[v] = (share[v] as number) + (paths[v] as number) * part;
      found[w] = (found[w] as number) + (share[w] as number) / 2; // each pair is met from both ends
    }
  }
  const pairs = normalised ? ((n - 1) * (n - 2)) / 2 : 1;
  return pairs > 0 ? found.map((value) => value / pairs) : found;
}

/**
 * How near each node is to the others; 0 for a node without ties.
 *
 * `wasserman-faust`: (r − 1)/(n − 1) × (r − 1)/Σ d over the r nodes of its component, which also holds for networks in parts;
 * `harmonic`: Σ 1/d, with 0 for those out of reach.
 * @see Wasserman & Faust 1994, Social network analysis, Cambridge, p. 201, doi 10.1017/CBO9780511815478
 * @see Marchiori & Latora 2000, Harmony in the small-world, Physica A 285, 539-546, doi 10.1016/S0378-4371(00)00311-3
 */
export function closeness(net: Network, { method, weight = 'none', normalised = false }: ClosenessOptions): Float64Array {
  const n = net.nodes.length;
  const length = lengthsOf(net, weight);
  return Float64Array.from(net.nodes, (_, source) => {
    const { order, distance } = pathsFrom(net, source, length);
    const others = order.slice(1);
    if (others.length === 0) return 0;
    if (method === 'harmonic') {
      const sum = others.reduce((total, i) => total + 1 / (distance[i] as number), 0);
      return normalised ? sum / (n - 1) : sum;
    }
    const sum = others.reduce((total, i) => total + (distance[i] as number), 0);
    return (others.length / (n - 1)) * (others.length / sum);
  });
}

export interface DistanceSummary {
  /** Mean and greatest distance of pairs that reach each other; `null` where there are none. */
  mean: number | null;
  diameter: number | null;
  /** Pairs that reach each other, and that do not. */
  reached: number;
  apart: number;
}

/** Mean distance and diameter over the pairs that reach each other; those that do not are counted, not taken as infinite. */
export function distances(net: Network, { weight = 'none' }: { weight?: PathWeight } = {}): DistanceSummary {
  const n = net.nodes.length;
  const length = lengthsOf(net, weight);
  let [sum, most, reached] = [0, 0, 0];
  for (let source = 0; source < n; source++) {
    const { order, distance } = pathsFrom(net, source, length);
    for (const i of order) {
      sum += distance[i] as number;
      most = Math.max(most, distance[i] as number);
    }
    reached += order.length - 1;
  }
  const apart = (n * (n - 1) - reached) / 2;
  return { mean: reached > 0 ? sum / reached : null, diameter: reached > 0 ? most : null, reached: reached / 2, apart };
}

function lengthsOf({ weight }: Network, meaning: PathWeight): Float64Array | null {
  if (meaning === 'none') return null;
  return meaning === 'cost' ? weight : weight.map((w) => 1 / w); // Newman 2001 II, section IV
}

/** Breadth first where every tie is one step, else Dijkstra 1959 (doi 10.1007/BF01386390) with a binary heap. */
function pathsFrom({ nodes, start, to }: Network, source: number, length: Float64Array | null, same = SAME_LENGTH): Paths {
  const n = nodes.length;
  const distance = new Float64Array(n).fill(Infinity);
  const paths = new Float64Array(n);
  const before: number[][] = nodes.map(() => []);
  const done = new Uint8Array(n);
  const order: number[] = [];
  const heap: [distance: number, node: number][] = [[0, source]];
  distance[source] = 0;
  paths[source] = 1;
  for (let next = length === null ? 0 : -1; ; ) {
    const top = length === null ? heap[next++] : takeLeast(heap);
    if (top === undefined) break;
    const v = top[1];
    if (done[v] === 1) continue;
    done[v] = 1;
    order.push(v);
    for (let e = start[v] as number; e < (start[v + 1] as number); e++) {
      const w = to[e] as number;
      const far = (distance[v] as number) + (length?.[e] ?? 1);
      const known = distance[w] as number;
      if (far < known * (1 - same)) {
        distance[w] = far;
        paths[w] = paths[v] as number;
        before[w] = [v];
        if (length === null) heap.push([far, w]);
        else add(heap, [far, w]);
      } else if (done[w] === 0 && far <= known * (1 + same)) {
        paths[w] = (paths[w] as number) + (paths[v] as number);
        before[w]?.push(v);
      }
    }
  }
  return { distance, order, paths, before };
}

function add(heap: [number, number][], item: [number, number]): void {
  let i = heap.push(item) - 1;
  while (i > 0) {
    const parent = (i - 1) >> 1;
    if ((heap[parent] as [number, number])[0] <= item[0]) break;
    heap[i] = heap[parent] as [number, number];
    i = parent;
  }
  heap[i] = item;
}

function takeLeast(heap: [number, number][]): [number, number] | undefined {
  const least = heap[0];
  const last = heap.pop();
  if (least === undefined || last === undefined || heap.length === 0) return least;
  let i = 0;
  for (;;) {
    let child = 2 * i + 1;
    if (child >= heap.length) break;
    const right = heap[child + 1];
    if (right !== undefined && right[0] < (heap[child] as [number, number])[0]) child++;
    if ((heap[child] as [number, number])[0] >= last[0]) break;
    heap[i] = heap[child] as [number, number];
    i = child;
  }
  heap[i] = last;
  return least;
}
