/**
 * Whether any two edges of a map cross or touch elsewhere than at a common vertex, and what lies to the west of a vertex.
 *
 *     const chains = monotoneChains(table, twin);
 *     cross(table, chains)                        // false for a sound map
 *     edgeWestOf(table, chains, vertex)           // -1: nothing there
 *
 * Edges that go on in the same quadrant form a chain: it cannot cross itself, the box of any piece of it is that of the
 * piece's ends, and two chains are compared by halving both where their boxes overlap. Boxes of chains are found in a packed
 * Hilbert R-tree (flatbush). Signs are exact, so that nothing is missed.
 *
 * @see JTS Topology Suite, `index.chain.MonotoneChain` (M. Davis), the method of its noding and of GEOS
 */
import Flatbush from 'flatbush';
import { turn, type VertexTable } from './vertex-table.ts';

export interface MonotoneChains {
  /** First and last corner of each chain. */
  from: Int32Array;
  to: Int32Array;
  index: Flatbush;
}

/** Edges of one chain at most: longer chains have larger boxes, which overlap more. */
const LONGEST = 64;

/** Chains of all edges, each shared one once. */
export function monotoneChains(table: VertexTable, twin: Int32Array): MonotoneChains {
  const { at, lon, lat, starts } = table;
  const from = new Int32Array(at.length);
  const to = new Int32Array(at.length);
  let count = 0;
  for (let r = 0; r < starts.length - 1; r++) {
    const end = (starts[r + 1] as number) - 1;
    let open = -1;
    let quadrant = -1;
    for (let k = starts[r] as number; k < end; k++) {
      const a = at[k] as number;
      const b = at[k + 1] as number;
      const isRepeated = twin[k] !== -1 && (twin[k] as number) < k;
      const next = isRepeated
        ? -1
        : ((lon[b] as number) >= (lon[a] as number) ? 0 : 1) + ((lat[b] as number) >= (lat[a] as number) ? 0 : 2);
      if (open !== -1 && (next !== quadrant || k - open === LONGEST)) {
        from[count] = open;
        to[count++] = k;
        open = -1;
      }
      if (next !== -1 && open === -1) open = k;
      quadrant = next;
    }
    if (open === -1) continue;
    from[count] = open;
    to[count++] = end;
  }
  const index = new Flatbush(count);
  for (let c = 0; c < count; c++) {
    const a = at[from[c] as number] as number;
    const b = at[to[c] as number] as number;
    index.add(
      Math.min(lon[a] as number, lon[b] as number),
      Math.min(lat[a] as number, lat[b] as number),
      Math.max(lon[a] as number, lon[b] as number),
      Math.max(lat[a] as number, lat[b] as number),
    );
  }
  index.finish();
  return { from: from.slice(0, count), to: to.slice(0, count), index };
}

/** Whether two edges meet elsewhere than at a vertex that both have, or run along one another from there. */
export function cross(table: VertexTable, { from, to, index }: MonotoneChains): boolean {
  const { at, lon, lat } = table;
  let found = false;
  let chain = 0;
  const visit = (other: number): boolean => {
    if (!found && other > chain) {
      found = piecesMeet(table, from[chain] as number, to[chain] as number, from[other] as number, to[other] as number);
    }
    return false;
  };
  for (; chain < from.length && !found; chain++) {
    const a = at[from[chain] as number] as number;
    const b = at[to[chain] as number] as number;
    index.search(
      Math.min(lon[a] as number, lon[b] as number),
      Math.min(lat[a] as number, lat[b] as number),
      Math.max(lon[a] as number, lon[b] as number),
      Math.max(lat[a] as number, lat[b] as number),
      visit,
    );
  }
  return found;
}

/** Whether corners `a1` to `a2` of one chain meet `b1` to `b2` of another. */
function piecesMeet(table: VertexTable, a1: number, a2: number, b1: number, b2: number): boolean {
  const { at, lon, lat } = table;
  const [va1, va2, vb1, vb2] = [at[a1] as number, at[a2] as number, at[b1] as number, at[b2] as number];
  if (areApart(lon[va1] as number, lon[va2] as number, lon[vb1] as number, lon[vb2] as number)) return false;
  if (areApart(lat[va1] as number, lat[va2] as number, lat[vb1] as number, lat[vb2] as number)) return false;
  const isEdge = a2 - a1 === 1;
  if (isEdge && b2 - b1 === 1) return edgesMeet(table, va1, va2, vb1, vb2);
  if (isEdge || b2 - b1 > a2 - a1) {
    const middle = (b1 + b2) >> 1;
    return piecesMeet(table, a1, a2, b1, middle) || piecesMeet(table, a1, a2, middle, b2);
  }
  const middle = (a1 + a2) >> 1;
  return piecesMeet(table, a1, middle, b1, b2) || piecesMeet(table, middle, a2, b1, b2);
}

function areApart(a1: number, a2: number, b1: number, b2: number): boolean {
  return Math.max(a1, a2) < Math.min(b1, b2) || Math.max(b1, b2) < Math.min(a1, a2);
}

/** Edges a-b and c-d, whose boxes overlap, by their vertices. */
function edgesMeet(table: VertexTable, a: number, b: number, c: number, d: number): boolean {
  if (a === c) return isAlong(table, a, b, d);
  if (a === d) return isAlong(table, a, b, c);
  if (b === c) return isAlong(table, b, a, d);
  if (b === d) return isAlong(table, b, a, c);
  return turn(table, a, b, c) * turn(table, a, b, d) <= 0 && turn(table, c, d, a) * turn(table, c, d, b) <= 0;
}

/** Whether the ways from `o` to `a` and to `b` begin as one. */
function isAlong(table: VertexTable, o: number, a: number, b: number): boolean {
  if (turn(table, o, a, b) !== 0) return false;
  const { lon, lat } = table;
  const values = lon[a] === lon[o] ? lat : lon;
  return (values[a] as number) > (values[o] as number) === (values[b] as number) > (values[o] as number);
}

/**
 * The edge that the parallel just north of `vertex` meets first, going west; -1 where it meets none. For a vertex that is
 * the westernmost of what it hangs together with, in a map where no edges cross.
 */
export function edgeWestOf(table: VertexTable, chains: MonotoneChains, vertex: number): number {
  const x = table.lon[vertex] as number;
  const [west, , east] = table.box;
  let width = (FIRST_LOOK * (east - west)) / Math.sqrt(chains.from.length);
  while (x - width > west) {
    const found = edgeWithin(table, chains, vertex, x - width);
    // Nearer edges would have been found with it.
    if (found !== -1 && crossingOf(table, found, table.lat[vertex] as number) > x - SURE * width) return found;
    width *= WIDENING;
  }
  return edgeWithin(table, chains, vertex, west);
}

/** The first look west goes so many mean distances of chains far, each next one so many times farther. */
const FIRST_LOOK = 2;
const WIDENING = 4;

/** An edge found within this share of a look is the nearest, whatever rounding did to its place [1]. */
const SURE = 0.99;

/** `edgeWestOf` among chains whose boxes reach to `west` or further east. */
function edgeWithin(table: VertexTable, { from, to, index }: MonotoneChains, vertex: number, west: number): number {
  const y = table.lat[vertex] as number;
  let best = -1;
  index.search(west, y, table.lon[vertex] as number, y, (chain) => {
    const k = edgeAcross(table, from[chain] as number, to[chain] as number, y);
    if (k === -1) return false;
    const [low, high] = upwards(table, k);
    if (turn(table, low, high, vertex) < 0 && (best === -1 || isEastOf(table, k, best))) best = k;
    return false;
  });
  return best;
}

/** Longitude where an edge meets the parallel `y` [deg]. */
function crossingOf(table: VertexTable, k: number, y: number): number {
  const { lon, lat } = table;
  const [low, high] = upwards(table, k);
  const part = (y - (lat[low] as number)) / ((lat[high] as number) - (lat[low] as number));
  return (lon[low] as number) + part * ((lon[high] as number) - (lon[low] as number));
}

/** The edge of a chain between corners `first` and `end` that crosses the parallel just north of `y`; -1 for none. */
function edgeAcross({ at, lat }: VertexTable, first: number, end: number, y: number): number {
  let a = first;
  let b = end;
  const isAbove = (k: number): boolean => (lat[at[k] as number] as number) > y;
  const start = isAbove(a);
  if (start === isAbove(b)) return -1;
  while (b - a > 1) {
    const middle = (a + b) >> 1;
    if (isAbove(middle) === start) a = middle;
    else b = middle;
  }
  return a;
}

/** The ends of an edge, the southern one first. */
export function upwards({ at, lat }: VertexTable, k: number): [low: number, high: number] {
  const a = at[k] as number;
  const b = at[k + 1] as number;
  return (lat[a] as number) <= (lat[b] as number) ? [a, b] : [b, a];
}

/** Whether edge `k` lies east of edge `other` on a parallel that both cross. */
function isEastOf(table: VertexTable, k: number, other: number): boolean {
  const [low, high] = upwards(table, k);
  const [otherLow, otherHigh] = upwards(table, other);
  if (low === otherLow) return turn(table, low, otherHigh, high) < 0;
  const { lat } = table;
  if ((lat[low] as number) >= (lat[otherLow] as number)) return turn(table, otherLow, otherHigh, low) < 0;
  return turn(table, low, high, otherLow) > 0;
}
