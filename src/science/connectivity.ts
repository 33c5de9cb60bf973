/**
 * How much habitat can be reached: the probability of connectivity and its kin, and what each patch and link is worth.
 *
 *     const found = connectivity(network, { metric: 'PC', distance: 10_000, landscapeArea: 4e6 });
 *     found.equivalentArea               // ECA: one patch of this area would offer as much
 *     found.patches[3]                   // { share: 8.3, intra: 4.1, flux: 4.2, connector: 0.005 } percent of the index lost without it
 *
 * What is lost without a patch is counted from the ways that lead through it: below it in the tree of ways from each other patch,
 * the next best ways are sought again, and nowhere else.
 *
 * @see Pascual-Hortal & Saura 2006, Landsc. Ecol. 21, 959-967, doi 10.1007/s10980-006-0013-z (IIC)
 * @see Saura & Pascual-Hortal 2007, Landsc. Urban Plan. 83, 91-103, doi 10.1016/j.landurbplan.2007.03.005 (PC)
 * @see Saura & Rubio 2010, Ecography 33, 523-537, doi 10.1111/j.1600-0587.2009.05760.x (intra, flux, connector)
 * @see Saura et al. 2011, Ecol. Indic. 11, 1561-1570 (ECA); Bodin & Saura 2010, Ecol. Model. 221, 2393-2405 (betweenness)
 */
import { findWays, type HabitatNetwork, newWays, type Ways } from './habitat-network.ts';
import { raise, takeLowest } from './min-heap.ts';

export interface ConnectivityOptions {
  metric: 'PC' | 'IIC';
  /** Dispersal distance: that at which `probability` is reached (PC), or beyond which there is no link (IIC), as far as the link's. */
  distance: number;
  /** Chance to get as far; half for a median distance. `null`: `distance` is the mean of a negative exponential. */
  probability?: number | null;
  /** Area of the landscape that PC and IIC are shares of, in the unit of areas squared by them; none: they are not given. */
  landscapeArea?: number;
  /** Direct links of lower chance are none. 0; other programs cut at 0.01 without saying. */
  leastProbability?: number;
  /** What each patch and link is worth. */
  patches?: boolean;
  links?: boolean;
  /** Ways of lower chance are not followed. 0; of use for tens of thousands of patches, where `leftOut` bounds what it costs. */
  leastWay?: number;
  onProgress?: (done: number, total: number) => void;
  signal?: AbortSignal;
}

/** Percent of PC or IIC that is lost without a patch: its own area, what flows to and from it, and what passes through it. */
export interface PatchWorth {
  share: number;
  intra: number;
  flux: number;
  connector: number;
  /** a_i a_j p*_ij of pairs whose least costly way leads through it, in percent of the index. Bodin & Saura 2010 */
  betweenness: number;
}

export interface Connectivity {
  /** Σ a_i a_j p*_ij, or Σ a_i a_j / (1 + links between). */
  sum: number;
  /** √sum: the area of one patch that offers as much (ECA). */
  equivalentArea: number;
  /** PC or IIC; `null` without the area of the landscape. */
  index: number | null;
  patches: PatchWorth[];
  /** Percent of the index lost without each link. */
  links: Float64Array;
  /** Patches without any link in use, and groups of patches that reach each other. */
  isolated: number;
  components: number;
  /** Most that ways below `leastWay` could add to the sum. */
  leftOut: number;
}

/** Computes the index of a network. @throws RangeError where distance or probability cannot be; AbortError where `signal` says so */
export function connectivity(network: HabitatNetwork, options: ConnectivityOptions): Connectivity {
  const { landscapeArea, onProgress, signal, leastWay = 0 } = options;
  const { areas } = network;
  const { costs, worthOf, limit } = scale(network, options);
  const count = areas.length;
  const ways = newWays(count);
  const scratch = newRepair(network);
  const worth = {
    flux: new Float64Array(count),
    connector: new Float64Array(count),
    between: new Float64Array(count),
    links: new Float64Array(network.links.length),
  };
  let sum = 0;
  let unreached = 0;
  const whole = areas.reduce((total, area) => total + area, 0);
  let isolated = 0;
  for (let source = 0; source < count; source++) {
    signal?.throwIfAborted();
    findWays(network, costs, source, ways, limit);
    if (ways.reached === 1) isolated += 1;
    const area = areas[source] as number;
    if (leastWay > 0 && area > 0) unreached += area * (whole - reachedArea(areas, ways));
    if (area > 0) {
      const flow = sourceFlow(areas, ways, worthOf);
      sum += area * flow;
      worth.flux[source] = area * (flow - area);
      if (options.patches || options.links) losses(network, costs, source, ways, scratch, { ...options, worthOf, limit, worth });
    }
    onProgress?.(source + 1, count);
  }
  const percent = 100 / sum;
  return {
    sum,
    equivalentArea: Math.sqrt(sum),
    index: landscapeArea === undefined ? null : sum / landscapeArea ** 2,
    patches: options.patches ? Array.from(areas, (area, i) => patchWorth(area, i, worth, percent)) : [],
    links: options.links ? worth.links.map((lost) => lost * percent) : new Float64Array(0),
    isolated,
    components: groupsOf(network, costs),
    leftOut: leastWay * Math.max(0, unreached),
  };
}

function patchWorth(
  area: number,
  i: number,
  worth: { flux: Float64Array; connector: Float64Array; between: Float64Array },
  percent: number,
): PatchWorth {
  const intra = percent * area * area;
  const flux = percent * 2 * (worth.flux[i] as number);
  const connector = percent * (worth.connector[i] as number);
  return { share: intra + flux + connector, intra, flux, connector, betweenness: percent * (worth.between[i] as number) };
}

/** Costs of links, and what a way of some cost is worth: PC p* = e^-cost, IIC 1 / (1 + links). */
function scale(
  network: HabitatNetwork,
  options: ConnectivityOptions,
): { costs: Float64Array; worthOf: (cost: number) => number; limit: number } {
  const { metric, distance, probability = 0.5, leastProbability = 0, leastWay = 0 } = options;
  if (!(distance > 0)) throw new RangeError(`dispersal distance ${distance}; more than 0 is needed`);
  if (metric === 'IIC') {
    const costs = Float64Array.from(network.links, (link) => (link.distance < distance ? 1 : Number.POSITIVE_INFINITY));
    return { costs, worthOf: (cost) => 1 / (1 + cost), limit: leastWay > 0 ? 1 / leastWay - 1 : Number.MAX_VALUE };
  }
  if (probability !== null && !(probability > 0 && probability < 1))
    throw new RangeError(`probability ${probability} at the dispersal distance; more than 0 and less than 1 is needed`);
  const k = probability === null ? 1 / distance : -Math.log(probability) / distance;
  const most = leastProbability > 0 ? -Math.log(leastProbability) : Number.MAX_VALUE;
  const costs = Float64Array.from(network.links, (link) =>
    k * link.distance > most ? Number.POSITIVE_INFINITY : k * link.distance,
  );
  return { costs, worthOf: (cost) => Math.exp(-cost), limit: leastWay > 0 ? -Math.log(leastWay) : Number.MAX_VALUE };
}

/** Groups of patches that links in use join, however long the ways. */
function groupsOf({ areas: { length: count }, first, neighbour, link }: HabitatNetwork, costs: Float64Array): number {
  const seen = new Uint8Array(count);
  const queue = new Uint32Array(count);
  let groups = 0;
  for (let start = 0; start < count; start++) {
    if (seen[start] === 1) continue;
    groups++;
    seen[start] = 1;
    queue[0] = start;
    for (let next = 0, filled = 1; next < filled; next++) {
      const here = queue[next] as number;
      for (let n = first[here] as number; n < (first[here + 1] as number); n++) {
        const there = neighbour[n] as number;
        if (seen[there] === 1 || costs[link[n] as number] === Number.POSITIVE_INFINITY) continue;
        seen[there] = 1;
        queue[filled++] = there;
      }
    }
  }
  return groups;
}

function reachedArea(areas: Float64Array, { order, reached }: Ways): number {
  let sum = 0;
  for (let k = 0; k < reached; k++) sum += areas[order[k] as number] as number;
  return sum;
}

/** Σ a_j × value of the way there, the source itself included. */
function sourceFlow(areas: Float64Array, { order, reached, cost }: Ways, worthOf: (cost: number) => number): number {
  let flow = 0;
  for (let k = 0; k < reached; k++) {
    const there = order[k] as number;
    const area = areas[there] as number;
    if (area > 0) flow += area * worthOf(cost[there] as number);
  }
  return flow;
}

/** Room to seek ways again below a patch or link that is taken away. */
interface Repair {
  /** Tree of ways: first child and next sibling of each patch, -1 for none. */
  child: Int32Array;
  sibling: Int32Array;
  /** Patches below, and whether a patch is among them. */
  below: Int32Array;
  cut: Uint8Array;
  cost: Float64Array;
  queue: Ways['queue'];
  /** Numbers of equal ways, and what they carry (Brandes). */
  ways: Float64Array;
  carried: Float64Array;
  /** Patches that equal ways come by, up to `comesTill` of each place in the order. */
  comesFrom: Int32Array;
  comesTill: Int32Array;
}

function newRepair({ areas: { length: count }, neighbour }: HabitatNetwork): Repair {
  const { queue } = newWays(count);
  return {
    child: new Int32Array(count),
    sibling: new Int32Array(count),
    below: new Int32Array(count),
    cut: new Uint8Array(count),
    cost: new Float64Array(count),
    queue,
    ways: new Float64Array(count),
    carried: new Float64Array(count),
    comesFrom: new Int32Array(neighbour.length),
    comesTill: new Int32Array(count),
  };
}

interface LossOptions extends ConnectivityOptions {
  worthOf: (cost: number) => number;
  limit: number;
  worth: { connector: Float64Array; between: Float64Array; links: Float64Array };
}

/** What the source loses without each patch on its ways, and without each link of them. */
function losses(
  network: HabitatNetwork,
  costs: Float64Array,
  source: number,
  ways: Ways,
  repair: Repair,
  options: LossOptions,
): void {
  const { order, reached, before, by } = ways;
  const { child, sibling } = repair;
  const { worth } = options;
  child.fill(-1);
  for (let k = reached - 1; k > 0; k--) {
    const here = order[k] as number;
    const parent = before[here] as number;
    sibling[here] = child[parent] as number;
    child[parent] = here;
  }
  const area = network.areas[source] as number;
  for (let k = 1; k < reached; k++) {
    const here = order[k] as number;
    if (options.links) {
      const link = network.link[by[here] as number] as number;
      worth.links[link] =
        (worth.links[link] as number) +
        area * lossBelow(network, costs, ways, repair, options, { root: here, without: -1, link });
    }
    if (options.patches && child[here] !== -1)
      worth.connector[here] =
        (worth.connector[here] as number) +
        area * lossBelow(network, costs, ways, repair, options, { root: here, without: here, link: -1 });
  }
  if (options.patches) betweenness(network, costs, source, ways, repair, options);
}

/**
 * Σ a_j (value of the way - value of the next best) of patches below `root`, where the patch `without` or the link `link` is gone.
 * The ways of all others stay: they are what the next best ways start from.
 */
function lossBelow(
  { areas, first, neighbour, link }: HabitatNetwork,
  costs: Float64Array,
  ways: Ways,
  { child, sibling, below, cut, cost, queue }: Repair,
  { worthOf, limit }: LossOptions,
  gone: { root: number; without: number; link: number },
): number {
  let count = 0;
  if (gone.without === -1) below[count++] = gone.root;
  else for (let next = child[gone.root] as number; next !== -1; next = sibling[next] as number) below[count++] = next;
  for (let k = 0; k < count; k++)
    for (let next = child[below[k] as number] as number; next !== -1; next = sibling[next] as number) below[count++] = next;
  for (let k = 0; k < count; k++) cut[below[k] as number] = 1;
  if (gone.without !== -1) cut[gone.without] = 2;
  for (let k = 0; k < count; k++) {
    const here = below[k] as number;
    let least = Number.POSITIVE_INFINITY;
    for (let n = first[here] as number; n < (first[here + 1] as number); n++) {
      const there = neighbour[n] as number;
      if (cut[there] !== 0 || link[n] === gone.link) continue;
      const through = (ways.cost[there] as number) + (costs[link[n] as number] as number);
      if (through < least) least = through;
    }
    cost[here] = least;
    if (least <= limit) raise(queue, here, cost);
  }
  while (queue.length > 0) {
    const here = takeLowest(queue, cost);
    const sum = cost[here] as number;
    for (let n = first[here] as number; n < (first[here + 1] as number); n++) {
      const there = neighbour[n] as number;
      if (cut[there] !== 1 || link[n] === gone.link) continue;
      const through = sum + (costs[link[n] as number] as number);
      if (!(through < (cost[there] as number)) || through > limit) continue;
      cost[there] = through;
      raise(queue, there, cost);
    }
  }
  let lost = 0;
  for (let k = 0; k < count; k++) {
    const here = below[k] as number;
    cut[here] = 0;
    const area = areas[here] as number;
    const next = cost[here] as number;
    if (area > 0 && next > (ways.cost[here] as number))
      lost += area * (worthOf(ways.cost[here] as number) - (next > limit ? 0 : worthOf(next)));
  }
  if (gone.without !== -1) cut[gone.without] = 0;
  return lost;
}

/** Costs this near are equal: ways of the same links in another order. */
const EQUAL = 1e-12;

/** What passes through each patch, shared among equal ways. @see Brandes 2001, J. Math. Sociol. 25, 163-177, doi 10.1080/0022250X.2001.9990249 */
function betweenness(
  { areas, first, neighbour, link }: HabitatNetwork,
  costs: Float64Array,
  source: number,
  { order, reached, cost }: Ways,
  { ways, carried, comesFrom, comesTill }: Repair,
  { worthOf, worth }: LossOptions,
): void {
  ways[source] = 1;
  let filled = 0;
  for (let k = 1; k < reached; k++) {
    const here = order[k] as number;
    const own = cost[here] as number;
    let count = 0;
    for (let n = first[here] as number; n < (first[here + 1] as number); n++) {
      const there = neighbour[n] as number;
      const before = cost[there] as number;
      if (!(before < own) || before + (costs[link[n] as number] as number) > own * (1 + EQUAL)) continue;
      comesFrom[filled++] = there;
      count += ways[there] as number;
    }
    comesTill[k] = filled;
    carried[here] = 0;
    ways[here] = count;
  }
  const area = areas[source] as number;
  for (let k = reached - 1; k > 0; k--) {
    const here = order[k] as number;
    worth.between[here] = (worth.between[here] as number) + area * (carried[here] as number);
    const share = ((carried[here] as number) + (areas[here] as number) * worthOf(cost[here] as number)) / (ways[here] as number);
    for (let n = k === 1 ? 0 : (comesTill[k - 1] as number); n < (comesTill[k] as number); n++) {
      const there = comesFrom[n] as number;
      carried[there] = (carried[there] as number) + share * (ways[there] as number);
    }
  }
}
