/**
 * Patches of habitat and the links between them, and what can be reached from each.
 *
 *     const network = habitatNetwork([12, 40, 7], [{ from: 0, to: 1, distance: 800 }, { from: 1, to: 2, distance: 2500 }]);
 *     patchLinks([[0, 0], [300, 400]], 1000)      // [{ from: 0, to: 1, distance: 500 }]
 */
import { type MinHeap, newHeap, raise, takeLowest } from './min-heap.ts';

export interface PatchLink {
  from: number;
  to: number;
  /** Distance, or cost of the least costly way [m, or the unit of the dispersal distance]. */
  distance: number;
}

export interface HabitatNetwork {
  /** Area or another attribute of each patch, 0 or more; 0 where a patch only lets pass. */
  areas: Float64Array;
  links: readonly PatchLink[];
  /** Neighbours of patch i: `neighbour` and `link` from `first[i]` to `first[i + 1]`. */
  first: Uint32Array;
  neighbour: Uint32Array;
  /** Index in `links`. */
  link: Uint32Array;
}

/** @throws RangeError naming the patch or link: a negative area, a link to no patch or to itself, a negative distance */
export function habitatNetwork(areas: ArrayLike<number>, links: readonly PatchLink[]): HabitatNetwork {
  const count = areas.length;
  for (let i = 0; i < count; i++)
    if (!((areas[i] as number) >= 0)) throw new RangeError(`patch ${i + 1} has area ${areas[i]}; 0 or more is needed`);
  const first = new Uint32Array(count + 1);
  links.forEach(({ from, to, distance }, i) => {
    if (!(from >= 0 && from < count && to >= 0 && to < count))
      throw new RangeError(`link ${i + 1} joins patches ${from} and ${to}; there are ${count}, from 0`);
    if (from === to) throw new RangeError(`link ${i + 1} joins patch ${from} with itself`);
    if (!(distance >= 0)) throw new RangeError(`link ${i + 1} has distance ${distance}; 0 or more is needed`);
    first[from + 1] = (first[from + 1] as number) + 1;
    first[to + 1] = (first[to + 1] as number) + 1;
  });
  for (let i = 0; i < count; i++) first[i + 1] = (first[i + 1] as number) + (first[i] as number);
  const neighbour = new Uint32Array(2 * links.length);
  const link = new Uint32Array(2 * links.length);
  const next = first.slice();
  links.forEach(({ from, to }, index) => {
    for (const [here, there] of [
      [from, to],
      [to, from],
    ] as const) {
      const place = next[here] as number;
      next[here] = place + 1;
      neighbour[place] = there;
      link[place] = index;
    }
  });
  return { areas: Float64Array.from(areas), links, first, neighbour, link };
}

/** Links between points nearer to each other than `limit`, in a plane. @param points x, y [m] */
export function patchLinks(
  points: readonly (readonly [number, number])[],
  limit: number = Number.POSITIVE_INFINITY,
): PatchLink[] {
  const order = points.map((_, i) => i).sort((a, b) => (points[a]?.[0] as number) - (points[b]?.[0] as number));
  const links: PatchLink[] = [];
  order.forEach((from, place) => {
    const [x, y] = points[from] as readonly [number, number];
    for (let k = place + 1; k < order.length; k++) {
      const to = order[k] as number;
      const [a, b] = points[to] as readonly [number, number];
      if (a - x >= limit) break;
      const distance = Math.hypot(a - x, b - y);
      if (distance < limit) links.push({ from: Math.min(from, to), to: Math.max(from, to), distance });
    }
  });
  return links;
}

/** Costs of the least costly ways from one patch, and the link that each way comes by. */
export interface Ways {
  /** Infinity where there is no way. */
  cost: Float64Array;
  /** Patch before, and place in `neighbour` that leads here; -1 at the source and where there is no way. */
  before: Int32Array;
  by: Int32Array;
  /** Patches reached, nearest first. */
  order: Int32Array;
  reached: number;
  queue: MinHeap;
}

export const newWays = (count: number): Ways => ({
  cost: new Float64Array(count),
  before: new Int32Array(count),
  by: new Int32Array(count),
  order: new Int32Array(count),
  reached: 0,
  queue: newHeap(count),
});

/**
 * Least costly ways from `source` to all patches up to `limit`.
 * @param costs of each link; Infinity where there is none @see Dijkstra 1959, Numer. Math. 1, 269-271, doi 10.1007/BF01386390
 */
export function findWays(
  { first, neighbour, link }: HabitatNetwork,
  costs: Float64Array,
  source: number,
  ways: Ways,
  limit = Number.POSITIVE_INFINITY,
): void {
  const { cost, before, by, order, queue } = ways;
  cost.fill(Number.POSITIVE_INFINITY);
  before.fill(-1);
  by.fill(-1);
  ways.reached = 0;
  cost[source] = 0;
  raise(queue, source, cost);
  while (queue.length > 0) {
    const here = takeLowest(queue, cost);
    order[ways.reached++] = here;
    const sum = cost[here] as number;
    for (let k = first[here] as number; k < (first[here + 1] as number); k++) {
      const there = neighbour[k] as number;
      const through = sum + (costs[link[k] as number] as number);
      if (!(through < (cost[there] as number)) || through > limit) continue;
      cost[there] = through;
      before[there] = here;
      by[there] = k;
      raise(queue, there, cost);
    }
  }
}
