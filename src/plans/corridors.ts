/**
 * Where to connect: which links and patches the network hangs on, and where a corridor would add most habitat that can be reached.
 *
 *     const plan = planCorridors({ patches, links, distance: 10_000, width: 1000 });
 *     plan.candidates[0]     // { from: 2, to: 5, gain: 812, area: 640, gainByArea: 1.27, proof: { before, after, recomputed } }
 *
 * A corridor makes one patch of two: where it lies the way costs nothing. All ways that get shorter by one new link lead over it, so
 * p*'_ij = max(p*_ij, p*_ia p*_bj, p*_ib p*_aj) is exact, and every candidate is valued without seeking ways again; those that are
 * shown are computed a second time from the whole network, and both numbers stand beside each other.
 *
 * @see Saura & Rubio 2010, Ecography 33, 523-537, doi 10.1111/j.1600-0587.2009.05760.x (what patches and links are worth)
 * @see Saura et al. 2011, Ecol. Indic. 11, 1561-1570 (ECA, what a change adds to it)
 */
import { type Connectivity, connectivity } from '../science/connectivity.ts';
import { findWays, habitatNetwork, newWays } from '../science/habitat-network.ts';
import type { PlacedLink } from '../science/habitat-network-distances.ts';
import type { Id, Position } from '../types.ts';

export interface CorridorPatch {
  id: Id;
  /** As people name it. */
  name: string;
  /** Reserve it belongs to; candidates between two are told apart from those within one. */
  site: Id;
  /** [ha] */
  area: number;
}

export interface CorridorProblem {
  patches: readonly CorridorPatch[];
  links: readonly PlacedLink[];
  /** Distance that half of the dispersers reach [m]. */
  distance: number;
  /** Of corridors [m]. */
  width: number;
  /** Longest corridor [m]. */
  longest?: number;
  /** How many of each list are given. */
  most?: number;
  signal?: AbortSignal | undefined;
}

export interface WeakLink {
  from: number;
  to: number;
  /** [m] */
  distance: number;
  /** Percent of PC that is lost without it. */
  share: number;
  ends: [Position, Position];
}

export interface SteppingStone {
  patch: number;
  /** Percent of PC that passes through it and finds no other way; and what it holds and receives itself. */
  connector: number;
  share: number;
}

export interface Candidate {
  from: number;
  to: number;
  /** Length [m], and length × width [ha]. */
  distance: number;
  area: number;
  /** ΔECA [ha], and by hectare of corridor. */
  gain: number;
  gainByArea: number;
  ends: [Position, Position];
  /** ECA before and after [ha]; the latter again, from the whole network. */
  proof: { before: number; after: number; recomputed: number };
}

export interface CorridorPlan {
  problem: { distance: number; width: number; patches: readonly CorridorPatch[] };
  /** [ha], and percent of the area of all patches. */
  equivalentArea: number;
  share: number;
  components: number;
  isolated: number;
  weakest: WeakLink[];
  stones: SteppingStone[];
  candidates: Candidate[];
  /** Links valued as corridors, of all that are long enough to be one and no longer than allowed. */
  examined: number;
  possible: number;
}

const MOST = 10;
const [M2_IN_HA, HALF] = [10_000, 0.5];
/** Pairs of patches looked at for all candidates: beyond, those of least direct gain by area are left out, and counted. */
const BUDGET = 2e9;
/** Shares below would be told as none [%]. */
const NOTHING = 0.05;
/** A corridor that adds less than this part of ECA is none: it closes a gap as narrow as the lines of the map are wide. */
const NEGLIGIBLE = 1e-4;

/** Ranks what is there and what could be. @throws RangeError as `connectivity`; AbortError where `signal` says so */
export function planCorridors({
  patches,
  links,
  distance,
  width,
  longest = Infinity,
  most = MOST,
  signal,
}: CorridorProblem): CorridorPlan {
  const areas = patches.map(({ area }) => area);
  const network = habitatNetwork(areas, links);
  const found = connectivity(network, { metric: 'PC', distance, patches: true, links: true, ...(signal ? { signal } : {}) });
  const total = areas.reduce((sum, area) => sum + area, 0);
  const possible = links.filter((link) => link.distance > 0 && link.distance <= longest);
  const chosen = promising(possible, areas, distance, Math.max(most, Math.floor(BUDGET / patches.length ** 2)));
  return {
    problem: { distance, width, patches },
    equivalentArea: found.equivalentArea,
    share: total === 0 ? 0 : (100 * found.equivalentArea) / total,
    components: found.components,
    isolated: found.isolated,
    weakest: weakest(found, links, most),
    stones: found.patches
      .map(({ connector, share }, patch) => ({ patch, connector, share }))
      .filter(({ connector }) => connector > NOTHING)
      .sort((a, b) => b.connector - a.connector || a.patch - b.patch)
      .slice(0, most),
    candidates: candidates({ areas, links, distance, width, signal }, found, chosen, most),
    examined: chosen.length,
    possible: possible.length,
  };
}

function weakest(found: Connectivity, links: readonly PlacedLink[], most: number): WeakLink[] {
  return links
    .map(({ from, to, distance, ends }, k): WeakLink => ({ from, to, distance, ends, share: found.links[k] as number }))
    .filter(({ share }) => share > NOTHING)
    .sort((a, b) => b.share - a.share || a.distance - b.distance)
    .slice(0, most);
}

/** The links of most direct gain, 2 a_i a_j (1 - p_ij), by length. */
function promising(links: readonly PlacedLink[], areas: readonly number[], distance: number, most: number): PlacedLink[] {
  if (links.length <= most) return [...links];
  const value = ({ from, to, distance: length }: PlacedLink): number =>
    ((areas[from] as number) * (areas[to] as number) * (1 - HALF ** (length / distance))) / length;
  return links.toSorted((a, b) => value(b) - value(a)).slice(0, most);
}

function candidates(
  {
    areas,
    links,
    distance,
    width,
    signal,
  }: { areas: number[]; links: readonly PlacedLink[]; distance: number; width: number; signal: AbortSignal | undefined },
  before: Connectivity,
  chosen: readonly PlacedLink[],
  most: number,
): Candidate[] {
  const reach = waysBetween(areas, links, distance);
  const ranked = chosen.map((link) => {
    signal?.throwIfAborted();
    const after = Math.sqrt(before.sum + added(reach, areas, link));
    const area = (link.distance * width) / M2_IN_HA;
    const gain = after - before.equivalentArea;
    return { link, after, area, gain, gainByArea: gain / area };
  });
  return ranked
    .filter(({ gain }) => gain > NEGLIGIBLE * before.equivalentArea)
    .sort((a, b) => b.gainByArea - a.gainByArea || a.link.distance - b.link.distance)
    .slice(0, most)
    .map(({ link, after, ...rest }) => {
      const { from, to, ends } = link;
      const joined = habitatNetwork(areas, [...links, { from, to, distance: 0 }]);
      const recomputed = connectivity(joined, { metric: 'PC', distance }).equivalentArea;
      return { from, to, distance: link.distance, ends, ...rest, proof: { before: before.equivalentArea, after, recomputed } };
    });
}

/** p*_ij of all pairs. */
function waysBetween(areas: readonly number[], links: readonly PlacedLink[], distance: number): Float64Array {
  const n = areas.length;
  const network = habitatNetwork(areas, links);
  const costs = Float64Array.from(links, (link) => (-Math.log(HALF) * link.distance) / distance);
  const ways = newWays(n);
  const reach = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    findWays(network, costs, i, ways);
    for (let j = 0; j < n; j++) reach[i * n + j] = Math.exp(-(ways.cost[j] as number));
  }
  return reach;
}

/** What a way of chance 1 from `from` to `to` adds to Σ a_i a_j p*_ij. */
function added(reach: Float64Array, areas: readonly number[], { from, to }: PlacedLink): number {
  const n = areas.length;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const [own, a, b] = [areas[i] as number, reach[i * n + from] as number, reach[i * n + to] as number];
    if (own === 0 || a === b) continue;
    // The nearer end of the two: only ways that go in there and out at the other get shorter.
    const [near, out] = a > b ? [a, to] : [b, from];
    let row = 0;
    for (let j = 0; j < n; j++) {
      const better = near * (reach[out * n + j] as number) - (reach[i * n + j] as number);
      if (better > 0) row += (areas[j] as number) * better;
    }
    sum += own * row;
  }
  return sum;
}
