/**
 * Which of many things hang together, told pair by pair.
 *
 *     const sets = disjointSets(3);
 *     sets.join(0, 2);        // true: they were apart
 *     sets.leader(2)          // the same as sets.leader(0)
 *
 * @see Tarjan & van Leeuwen 1984, Worst-case analysis of set union algorithms, J. ACM 31, 245-281, doi 10.1145/62.2160
 */

export interface DisjointSets {
  /** The thing that stands for the set of `i`. */
  leader(i: number): number;
  /** Makes one set of the sets of `i` and `j`; false when they were one already. */
  join(i: number, j: number): boolean;
}

/** `count` things, each by itself. The lower number leads. */
export function disjointSets(count: number): DisjointSets {
  const above = Int32Array.from({ length: count }, (_, i) => i);
  const leader = (i: number): number => {
    let at = i;
    while (above[at] !== at) {
      const next = above[above[at] as number] as number; // path halving
      above[at] = next;
      at = next;
    }
    return at;
  };
  return {
    leader,
    join(i, j) {
      const a = leader(i);
      const b = leader(j);
      if (a === b) return false;
      above[Math.max(a, b)] = Math.min(a, b);
      return true;
    },
  };
}
