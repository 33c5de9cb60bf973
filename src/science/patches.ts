/**
 * Patches: pixels of one kind that touch, found piece by piece of a grid and put together where the pieces meet.
 *
 *     const { labels, count } = labelPatches(mask, width, height, 8);       // of one piece
 *     joinTouching(lastRows, firstRows, 8, (a, b) => sets.join(a, b));      // across the line between two
 *     effectiveMesh(products, area);
 *
 * Labels of a piece are given in the order of its rows, so the same bits come out whoever made them.
 *
 * @see Jaeger 2000, Landscape division, splitting index, and effective mesh size, Landscape Ecology 15, 115-130,
 *   doi 10.1023/A:1008129329289
 * @see Moser, Jaeger, Tappeiner, Tasser & Eiselt 2007, Modification of the effective mesh size for measuring landscape fragmentation
 *   to solve the boundary problem, Landscape Ecology 22, 447-459, doi 10.1007/s10980-006-9023-0
 */
import { type DisjointSets, disjointSets } from './disjoint-sets.ts';

/** Whether pixels touch by their sides alone (4), or by their corners as well (8). */
export type Neighbours = 4 | 8;

/** Patches of a piece by number. */
export interface PatchLabels {
  /** 0 where there is none, else 1 to `count`. */
  labels: Int32Array;
  count: number;
}

/**
 * Numbers the patches of a piece.
 * @param mask row by row, not 0 where a pixel is of the kind
 */
export function labelPatches(mask: Uint8Array, width: number, height: number, neighbours: Neighbours): PatchLabels {
  const labels = new Int32Array(width * height);
  const sets = disjointSets(Math.ceil((width * height) / 2) + 2); // no two first pixels of patches stand side by side
  const corners = neighbours === 8;
  let next = 1;
  for (let row = 0, at = 0; row < height; row++) {
    for (let column = 0; column < width; column++, at++) {
      if (mask[at] === 0) continue;
      let own = column > 0 ? (labels[at - 1] as number) : 0;
      if (row > 0) {
        own = joined(sets, own, labels[at - width] as number);
        if (corners && column > 0) own = joined(sets, own, labels[at - width - 1] as number);
        if (corners && column + 1 < width) own = joined(sets, own, labels[at - width + 1] as number);
      }
      labels[at] = own === 0 ? next++ : own;
    }
  }
  const numbers = new Int32Array(next);
  let count = 0;
  for (let at = 0; at < labels.length; at++) {
    const label = labels[at] as number;
    if (label === 0) continue;
    const leader = sets.leader(label);
    if (numbers[leader] === 0) numbers[leader] = ++count;
    labels[at] = numbers[leader] as number;
  }
  return { labels, count };
}

/** The label of a pixel that has `own` already and touches `other`; 0 is none. */
function joined(sets: DisjointSets, own: number, other: number): number {
  if (other === 0 || own === other) return own;
  if (own !== 0) sets.join(own, other);
  return own === 0 ? other : own;
}

/** Pixels side by side along a line, `to` excluded, and the patch that they are of. */
export interface EdgeRun {
  from: number;
  to: number;
  label: number;
}

/**
 * Joins patches across a line: `a` are the runs on one side of it, `b` those on the other, each list in order.
 */
export function joinTouching(
  a: readonly EdgeRun[],
  b: readonly EdgeRun[],
  neighbours: Neighbours,
  join: (a: number, b: number) => void,
): void {
  const reach = neighbours === 8 ? 1 : 0;
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    const [x, y] = [a[i] as EdgeRun, b[j] as EdgeRun];
    if (x.from < y.to + reach && y.from < x.to + reach) join(x.label, y.label);
    if (x.to < y.to) i++;
    else j++;
  }
}

/**
 * Effective mesh size [m2]: the size of the patch that a random place of a zone lies in, 0 for a place in no patch, on average.
 *
 *     m_eff = (1 / A) sum over patches i of (a_i A_i)                        Moser et al. 2007, eq. 2 (CBC procedure)
 *
 * with a_i the part of a patch in the zone and A_i the whole patch; for the ground as a whole a_i = A_i, which is Jaeger 2000, eq. 8.
 * @param products sum of a_i A_i [m4]
 * @param area of the zone, without what is not known [m2]
 * @returns NaN where nothing is known
 */
export function effectiveMesh(products: number, area: number): number {
  return area > 0 ? products / area : Number.NaN;
}
