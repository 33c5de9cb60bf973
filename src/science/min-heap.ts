/**
 * Which of many places is nearest next: a binary heap of places by cost, each at most once, its cost lowered in place.
 *
 * @see Williams 1964, Algorithm 232: heapsort, Commun. ACM 7, 347-348, doi 10.1145/512274.512284
 */

/** A heap of places 0 to `size` - 1 that reads costs where the caller keeps them. */
export interface MinHeap {
  length: number;
  heap: Int32Array;
  /** Where each place stands in the heap; -1 where it does not. */
  at: Int32Array;
}

export const newHeap = (size: number): MinHeap => ({ length: 0, heap: new Int32Array(size), at: new Int32Array(size).fill(-1) });

/** Puts a place in, or moves it up after its cost was lowered. @param costs of all places; that of `place` is already the new one */
export function raise(queue: MinHeap, place: number, costs: Float64Array): void {
  const { heap, at } = queue;
  let i = at[place] as number;
  if (i < 0) i = queue.length++;
  const cost = costs[place] as number;
  while (i > 0) {
    const parent = (i - 1) >> 1;
    const above = heap[parent] as number;
    if ((costs[above] as number) <= cost) break;
    heap[i] = above;
    at[above] = i;
    i = parent;
  }
  heap[i] = place;
  at[place] = i;
}

/** Takes the place of lowest cost out; the heap is not empty. */
export function takeLowest(queue: MinHeap, costs: Float64Array): number {
  const { heap, at } = queue;
  const lowest = heap[0] as number;
  at[lowest] = -1;
  queue.length -= 1;
  const { length } = queue;
  if (length === 0) return lowest;
  const last = heap[length] as number;
  const cost = costs[last] as number;
  let i = 0;
  for (;;) {
    let child = 2 * i + 1;
    if (child >= length) break;
    if (child + 1 < length && (costs[heap[child + 1] as number] as number) < (costs[heap[child] as number] as number)) child += 1;
    const below = heap[child] as number;
    if ((costs[below] as number) >= cost) break;
    heap[i] = below;
    at[below] = i;
    i = child;
  }
  heap[i] = last;
  at[last] = i;
  return lowest;
}
