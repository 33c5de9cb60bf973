/**
 * Groups that work more with each other than chance would have it: modularity, the Louvain method, and how steady its answer is.
 *
 *     const { communities, modularity, agreement } = stableCommunities(net, { seed: 1, runs: 100 });
 *     // agreement.mean 0.78: two runs agree so far; below 0.8 the groups are a matter of chance and should not be named
 *
 * Louvain takes nodes in a random order and finds a good answer, not the best one; another seed may find another. So it is run often,
 * the answer of greatest modularity is kept, and the agreement of the runs stands beside it. Modularity does not see groups
 * much smaller than the whole (Fortunato & Barthélemy 2007): `resolution` above 1 looks for smaller ones.
 *
 * @see Newman & Girvan 2004, Finding and evaluating community structure in networks, Phys. Rev. E 69, 026113, doi 10.1103/PhysRevE.69.026113
 * @see Blondel, Guillaume, Lambiotte & Lefebvre 2008, Fast unfolding of communities in large networks, J. Stat. Mech. P10008,
 * doi 10.1088/1742-5468/2008/10/P10008
 * @see Hubert & Arabie 1985, Comparing partitions, J. Classif. 2, 193-218, doi 10.1007/BF01908075
 * @see Fortunato & Barthélemy 2007, Resolution limit in community detection, PNAS 104, 36-41, doi 10.1073/pnas.0605965104
 */
import type { Network } from './network.ts';
import { type Random, seededRandom, shuffled } from './seeded-random.ts';

/** Runs where none are asked for. */
export const COMMUNITY_RUNS = 100;

/** Least gain of modularity for which a node moves, as a share of all weight. */
const LEAST_GAIN = 1e-10;

export interface CommunityOptions {
  seed: number;
  /** Whether weights count as strength of ties. */
  weight?: 'none' | 'strength';
  /** 1 is modularity as published; more finds smaller groups. */
  resolution?: number;
}

export interface Communities {
  /** Community of each node, 0 the largest; of equal ones that of the first node comes first. */
  of: Int32Array;
  sizes: number[];
  modularity: number | null;
}

export interface StableCommunities extends Communities {
  runs: number;
  /** Adjusted Rand index over all pairs of runs: 1 where they agree. */
  agreement: { mean: number; least: number };
  /** Least and greatest modularity of the runs. */
  modularityRange: [low: number, high: number] | null;
  /** For each node, how often it was found with those of its community, the mean of them [1]; 1 for one alone. */
  steadiness: Float64Array;
}

/**
 * Share of ties within communities less the share that chance would put there [1]; `null` without ties.
 * Q = Σ_c (L_c / m − γ (k_c / 2m)²). Newman & Girvan 2004, eq. 5.
 */
export function modularity(
  { start, to, weight }: Network,
  of: ArrayLike<number>,
  { weight: meaning = 'none', resolution = 1 }: Pick<CommunityOptions, 'weight' | 'resolution'> = {},
): number | null {
  const inside = new Map<number, number>();
  const all = new Map<number, number>();
  let total = 0;
  for (let i = 0; i + 1 < start.length; i++) {
    const c = of[i] as number;
    for (let e = start[i] as number; e < (start[i + 1] as number); e++) {
      const w = meaning === 'none' ? 1 : (weight[e] as number);
      total += w;
      all.set(c, (all.get(c) ?? 0) + w);
      if (of[to[e] as number] === c) inside.set(c, (inside.get(c) ?? 0) + w);
    }
  }
  if (total === 0) return null;
  return [...all].reduce((sum, [c, strength]) => sum + (inside.get(c) ?? 0) / total - resolution * (strength / total) ** 2, 0);
}

/** One run of the Louvain method, the order of nodes by the seed. Blondel et al. 2008, section 2. */
export function louvain(net: Network, { seed, weight = 'none', resolution = 1 }: CommunityOptions): Communities {
  const random = seededRandom(seed);
  let rows = net.nodes.map((_, i) => {
    const row = new Map<number, number>();
    for (let e = net.start[i] as number; e < (net.start[i + 1] as number); e++)
      row.set(net.to[e] as number, weight === 'none' ? 1 : (net.weight[e] as number));
    return row;
  });
  let of = Int32Array.from(net.nodes, (_, i) => i);
  for (;;) {
    const moved = moveNodes(rows, random, resolution);
    if (moved === null) break;
    of = of.map((community) => moved[community] as number);
    rows = folded(rows, moved);
  }
  return { ...bySize(of), modularity: modularity(net, of, { weight, resolution }) };
}

/** First phase: each node goes to the community that gains most, until none moves. Communities numbered from 0, `null` if nothing moved. */
function moveNodes(rows: readonly Map<number, number>[], random: Random, resolution: number): Int32Array | null {
  const strength = rows.map((row, i) => [...row].reduce((sum, [j, w]) => sum + (i === j ? 2 * w : w), 0));
  const total = strength.reduce((sum, k) => sum + k, 0);
  const of = Int32Array.from(rows, (_, i) => i);
  const held = Float64Array.from(strength);
  let any = false;
  for (let moves = 1; moves > 0; ) {
    moves = 0;
    for (const i of shuffled(rows.keys(), random)) {
      const [own, k] = [of[i] as number, strength[i] as number];
      const tied = new Map<number, number>([[own, 0]]);
      for (const [j, w] of rows[i] as Map<number, number>)
        if (j !== i) tied.set(of[j] as number, (tied.get(of[j] as number) ?? 0) + w);
      held[own] = (held[own] as number) - k;
      const gain = (c: number): number => (tied.get(c) as number) - (resolution * k * (held[c] as number)) / total; // Blondel et al. 2008, eq. 2
      let [best, most] = [own, gain(own) + LEAST_GAIN * total];
      for (const c of tied.keys()) if (gain(c) > most) [best, most] = [c, gain(c)];
      held[best] = (held[best] as number) + k;
      of[i] = best;
      if (best !== own) moves++;
    }
    any ||= moves > 0;
  }
  if (!any) return null;
  const place = new Map<number, number>();
  return of.map((c) => {
    if (!place.has(c)) place.set(c, place.size);
    return place.get(c) as number;
  });
}

/** Second phase: each community is one node, its inner weight a loop. */
function folded(rows: readonly Map<number, number>[], of: Int32Array): Map<number, number>[] {
  const out = Array.from({ length: Math.max(...of) + 1 }, () => new Map<number, number>());
  for (const [i, row] of rows.entries()) {
    const into = out[of[i] as number] as Map<number, number>;
    for (const [j, w] of row) {
      const c = of[j] as number;
      const worth = c === of[i] && i !== j ? w / 2 : w; // met from both ends
      into.set(c, (into.get(c) ?? 0) + worth);
    }
  }
  return out;
}

/** Louvain with many seeds, the best answer by modularity, and how far the runs agree. */
export function stableCommunities(
  net: Network,
  {
    seed,
    runs = COMMUNITY_RUNS,
    signal,
    onProgress,
    ...options
  }: CommunityOptions & { runs?: number; signal?: AbortSignal; onProgress?: (done: number, total: number) => void },
): StableCommunities {
  if (!Number.isInteger(runs) || runs < 1) throw new RangeError(`runs is a whole number of 1 or more, not ${runs}`);
  const found: Communities[] = [];
  for (let run = 0; run < runs; run++) {
    signal?.throwIfAborted();
    found.push(louvain(net, { ...options, seed: seed + run }));
    onProgress?.(run + 1, runs);
  }
  const values = found.flatMap(({ modularity }) => modularity ?? []);
  const best = found.reduce((a, b) => ((b.modularity ?? -1) > (a.modularity ?? -1) + 1e-12 ? b : a));
  let [sum, least, pairs] = [0, 1, 0];
  for (let a = 0; a < runs; a++) {
    for (let b = a + 1; b < runs; b++) {
      const index = adjustedRand((found[a] as Communities).of, (found[b] as Communities).of);
      sum += index;
      least = Math.min(least, index);
      pairs++;
    }
  }
  return {
    ...best,
    runs,
    agreement: { mean: pairs > 0 ? sum / pairs : 1, least },
    modularityRange: values.length > 0 ? [Math.min(...values), Math.max(...values)] : null,
    steadiness: steadinessOf(best.of, found),
  };
}

/** How often each node was found with the others of its community. */
function steadinessOf(best: Int32Array, found: readonly Communities[]): Float64Array {
  const groups = Map.groupBy(best.keys(), (i) => best[i] as number);
  return Float64Array.from(best, (c, i) => {
    const others = (groups.get(c) as number[]).filter((j) => j !== i);
    if (others.length === 0) return 1;
    const together = found.reduce((sum, { of }) => sum + others.filter((j) => of[j] === of[i]).length, 0);
    return together / (others.length * found.length);
  });
}

/** Agreement of two partitions of the same nodes beyond chance: 1 where they are the same. Hubert & Arabie 1985, eq. 5. */
export function adjustedRand(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new RangeError(`partitions of ${a.length} and ${b.length} nodes cannot be compared`);
  const [placesA, placesB] = [placesOf(a), placesOf(b)];
  const [inA, inB] = [pairsWithin(placesA.of, placesA.count), pairsWithin(placesB.of, placesB.count)];
  const joint = placesA.of.map((place, i) => place * placesB.count + (placesB.of[i] as number));
  const both = pairsWithin(joint, placesA.count * placesB.count);
  const most = (inA + inB) / 2;
  const chance = a.length < 2 ? 0 : (inA * inB) / ((a.length * (a.length - 1)) / 2);
  return most === chance ? 1 : (both - chance) / (most - chance);
}

/** Groups numbered from 0 as they first occur. */
function placesOf(of: ArrayLike<number>): { of: Int32Array; count: number } {
  const places = new Map<number, number>();
  const numbered = Int32Array.from(of, (group) => {
    const place = places.get(group) ?? places.size;
    places.set(group, place);
    return place;
  });
  return { of: numbered, count: places.size };
}

/** Pairs that are in one group. */
function pairsWithin(of: Int32Array, groups: number): number {
  const sizes = groups <= 4 * of.length + 64 ? new Float64Array(groups) : null;
  if (sizes === null) {
    const sorted = of.toSorted();
    let [pairs, run] = [0, 0];
    for (let i = 1; i < sorted.length; i++) {
      run = sorted[i] === sorted[i - 1] ? run + 1 : 0;
      pairs += run;
    }
    return pairs;
  }
  for (const group of of) sizes[group] = (sizes[group] as number) + 1;
  return sizes.reduce((sum, size) => sum + (size * (size - 1)) / 2, 0);
}

/** Communities numbered by size, then by their first node. */
function bySize(of: Int32Array): { of: Int32Array; sizes: number[] } {
  const sizes = new Map<number, number>();
  for (const c of of) sizes.set(c, (sizes.get(c) ?? 0) + 1);
  const order = [...sizes].sort(([, a], [, b]) => b - a); // a stable sort: a Map keeps the order of first nodes
  const rank = new Map(order.map(([c], i) => [c, i]));
  return { of: of.map((c) => rank.get(c) as number), sizes: order.map(([, size]) => size) };
}
