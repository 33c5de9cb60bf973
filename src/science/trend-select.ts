/**
 * The value of one rank among many, without sorting them all.
 *
 *     selectRank(Float64Array.of(5, 1, 4), 0, 2, 1)   // 4: the second lowest
 *
 * @see Hoare 1961, Algorithm 65: Find, Comm. ACM 4, 321-322, doi 10.1145/366622.366647
 */

/**
 * Value of rank `rank` (counted from 0) when `values[from..to]` are sorted; they are put in part in order on the way: what is
 * before `rank` is no greater afterwards, what is after it no less.
 * @param from first place, and `to` the last, both included; what lies before and after must already be no greater and no less
 */
export function selectRank(values: Float64Array, from: number, to: number, rank: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const pivot = values[rank] as number;
    let i = low;
    let j = high;
    do {
      while ((values[i] as number) < pivot) i++;
      while (pivot < (values[j] as number)) j--;
      if (i > j) break;
      const swapped = values[i] as number;
      values[i] = values[j] as number;
      values[j] = swapped;
      i++;
      j--;
    } while (i <= j);
    if (j < rank) low = i;
    if (rank < i) high = j;
  }
  return values[rank] as number;
}
