/**
 * Typed arrays that grow by pieces, so that what is in them is copied once: when all is there.
 */
type Typed = Int32Array | Uint32Array | Float64Array;

const PIECE = 2 ** 17;

export interface Growing<A extends Typed> {
  length: number;
  pieces: A[];
  make: (length: number) => A;
}

export function growing<A extends Typed>(make: (length: number) => A): Growing<A> {
  return { length: 0, pieces: [], make };
}

/** Appends the first `count` values of `from`, each plus `add`. */
export function push<A extends Typed>(to: Growing<A>, from: A, count: number): void {
  for (let done = 0; done < count; ) {
    const used = to.length % PIECE;
    if (used === 0) to.pieces.push(to.make(PIECE));
    const size = Math.min(count - done, PIECE - used);
    (to.pieces[to.pieces.length - 1] as A).set(from.subarray(done, done + size), used);
    to.length += size;
    done += size;
  }
}

/** All values in one array; the pieces are given up, so that not all is held twice. */
export function whole<A extends Typed>(list: Growing<A>): A {
  const array = list.make(list.length);
  for (const [i, piece] of list.pieces.entries())
    array.set(piece.subarray(0, Math.min(PIECE, list.length - i * PIECE)), i * PIECE);
  list.pieces = [];
  list.length = 0;
  return array;
}
