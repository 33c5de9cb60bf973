/**
 * Typed arrays that grow by pieces, so that what is in them is copied once: when all is there.
 */
type Typed = Int32Array | Uint32Array | Float64Array;

/** Values in the first piece; each is as long as all before it, up to the longest. Small zones then need little memory. */
const FIRST = 2 ** 10;
const LONGEST = 2 ** 17;

export interface Growing<A extends Typed> {
  length: number;
  pieces: A[];
  /** Values that fit into the pieces. */
  room: number;
  make: (length: number) => A;
}

export function growing<A extends Typed>(make: (length: number) => A): Growing<A> {
  return { length: 0, pieces: [], room: 0, make };
}

/** Appends the first `count` values of `from`. */
export function push<A extends Typed>(to: Growing<A>, from: A, count: number): void {
  for (let done = 0; done < count; ) {
    if (to.length === to.room) addPiece(to);
    const last = to.pieces[to.pieces.length - 1] as A;
    const size = Math.min(count - done, to.room - to.length);
    last.set(from.subarray(done, done + size), last.length - (to.room - to.length));
    to.length += size;
    done += size;
  }
}

function addPiece<A extends Typed>(to: Growing<A>): void {
  const piece = to.make(Math.min(Math.max(to.room, FIRST), LONGEST));
  to.pieces.push(piece);
  to.room += piece.length;
}

/** All values in one array; the pieces are given up, so that not all is held twice. */
export function whole<A extends Typed>(list: Growing<A>): A {
  const array = list.make(list.length);
  let at = 0;
  for (const piece of list.pieces) {
    array.set(piece.subarray(0, Math.min(piece.length, list.length - at)), at);
    at += piece.length;
  }
  list.pieces = [];
  list.length = 0;
  list.room = 0;
  return array;
}
