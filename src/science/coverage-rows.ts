/**
 * From contributions to cells (coverage-edges.ts) to spans: sorted by row and column, summed along each row.
 */
import type { CellEvents } from './coverage-edges.ts';

/** Shares this close to 0 or 1 are rounding of the sums [1]: a share of less than it is left out. */
export const LEAST_SHARE = 2 ** -42;

/** A share that is out of 0 to 1 by more than this is a fault of the polygon, not of rounding [1]. */
const FAULT = 1e-9;

/** Spans of one zone, row by row, and what it takes to sort its events; reused from zone to zone. */
export interface RowBuffers {
  count: number;
  from: Int32Array;
  to: Int32Array;
  weight: Float64Array;
  /** First span of each row. */
  starts: Uint32Array;
  /** Where the events of a column or row begin. */
  begins: Uint32Array;
  /** Events by column, then by row and column. */
  byColumn: Uint32Array;
  order: Uint32Array;
}

/** What the rows of one zone came to: its spans are the first `count` of the buffers. */
export interface RowSums {
  rowFrom: number;
  rowTo: number;
  columnFrom: number;
  columnTo: number;
  covered: number;
  over: number;
  under: number;
}

export function newRowBuffers(): RowBuffers {
  return {
    count: 0,
    from: new Int32Array(2048), // room for twice as many spans as events
    to: new Int32Array(2048),
    weight: new Float64Array(2048),
    starts: new Uint32Array(1024),
    begins: new Uint32Array(1024),
    byColumn: new Uint32Array(1024),
    order: new Uint32Array(1024),
  };
}

/**
 * Sums `events` to the spans of one zone.
 * @param least shares this close to 0 or 1 are held to be so: `LEAST_SHARE` or more
 */
export function sumRows(events: CellEvents, buffers: RowBuffers, least: number): RowSums {
  buffers.count = 0;
  const sums = { rowFrom: 0, rowTo: 0, columnFrom: 0, columnTo: 0, covered: 0, over: 0, under: 0 };
  if (events.count === 0) return sums;
  const { rowFrom, rowTo, columnFrom, columnTo } = events;
  makeRoom(buffers, events.count, Math.max(rowTo - rowFrom, columnTo - columnFrom));
  const { begins, byColumn, order } = buffers;
  countingSort(events.column, events.count, columnFrom, columnTo, begins, null, byColumn);
  countingSort(events.row, events.count, rowFrom, rowTo, begins, byColumn, order);
  sums.columnFrom = events.width;
  let at = 0;
  let rows = 0;
  let filled = 0;
  for (let row = 0; row < rowTo - rowFrom; row++) {
    const end = begins[row] as number; // the sort has moved each beginning to its end
    const before = buffers.count;
    buffers.starts[rows] = before;
    sumRow(events, buffers, at, end, least, sums);
    at = end;
    if (buffers.count > before) filled = rows + 1;
    if (filled === 0) continue; // rows before the first span are left out, and those after the last
    if (rows === 0) sums.rowFrom = rowFrom + row;
    rows++;
  }
  sums.rowTo = sums.rowFrom + filled;
  if (buffers.count === 0) sums.columnFrom = 0;
  return sums;
}

/** One row, whose events are those from `at` to `end` in order. One loop, since it is all that a large zone costs. */
function sumRow(events: CellEvents, buffers: RowBuffers, at: number, end: number, least: number, sums: RowSums): void {
  const { column, cover, part } = events;
  const { order, from, to, weight } = buffers;
  const first = buffers.count;
  let count = first;
  let running = 0; // share of what follows the cells so far
  let partial = 0;
  let whole = 0;
  let reached = -1; // the last span's end, and its weight
  let last = 0;
  for (let next = at; next < end; ) {
    let index = order[next] as number;
    const here = column[index] as number;
    let share = running + (part[index] as number);
    running += cover[index] as number;
    let following = events.width;
    while (++next < end) {
      index = order[next] as number;
      following = column[index] as number;
      if (following !== here) break;
      share += part[index] as number;
      running += cover[index] as number;
      following = events.width;
    }

    // The cell itself.
    if (!(share > least && share < 1 - least)) share = held(share, 1, least, sums);
    if (share !== 0) {
      partial += share;
      if (reached !== here || last !== share) {
        from[count] = here;
        weight[count++] = share;
        last = share;
      }
      reached = here + 1;
      to[count - 1] = reached;
    }

    // What lies between it and the next cell with an edge.
    if (running === 0 || following === here + 1) continue;
    const cells = following - here - 1;
    const inside = running === 1 ? 1 : held(running, cells, least, sums);
    if (inside === 0) continue;
    if (inside === 1) whole += cells;
    else partial += inside * cells;
    if (reached !== here + 1 || last !== inside) {
      from[count] = here + 1;
      weight[count++] = inside;
      last = inside;
    }
    reached = following;
    to[count - 1] = reached;
  }
  buffers.count = count;
  sums.covered += whole + partial;
  if (count > first) {
    sums.columnFrom = Math.min(sums.columnFrom, from[first] as number);
    sums.columnTo = Math.max(sums.columnTo, reached);
  }
}

/** A share held within 0 and 1, and at them where it is close; faults are counted by cells. */
function held(share: number, cells: number, least: number, sums: RowSums): number {
  if (share > least && share < 1 - least) return share;
  const fault = Math.max(FAULT, 4 * least);
  if (share > least) {
    if (share > 1 + fault) sums.over += cells;
    return 1;
  }
  if (share < -fault) sums.under += cells;
  return 0;
}

/** Room for `count` events, which make at most twice as many spans, in `breadth` rows or columns. */
function makeRoom(buffers: RowBuffers, count: number, breadth: number): void {
  if (buffers.order.length < count) {
    buffers.byColumn = new Uint32Array(2 * count);
    buffers.order = new Uint32Array(2 * count);
    buffers.from = new Int32Array(4 * count);
    buffers.to = new Int32Array(4 * count);
    buffers.weight = new Float64Array(4 * count);
  }
  if (buffers.begins.length <= breadth) {
    buffers.begins = new Uint32Array(2 * breadth);
    buffers.starts = new Uint32Array(2 * breadth);
  }
}

/** Writes the indices `before` (or 0, 1, 2, ...) to `after` in order of their `keys`, equal ones as they were. */
function countingSort(
  keys: Int32Array,
  count: number,
  low: number,
  high: number,
  begins: Uint32Array,
  before: Uint32Array | null,
  after: Uint32Array,
): void {
  begins.fill(0, 0, high - low + 1);
  for (let i = 0; i < count; i++) {
    const slot = (keys[i] as number) - low + 1;
    begins[slot] = (begins[slot] as number) + 1;
  }
  for (let slot = 1; slot <= high - low; slot++) begins[slot] = (begins[slot] as number) + (begins[slot - 1] as number);
  for (let i = 0; i < count; i++) {
    const index = before === null ? i : (before[i] as number);
    const slot = (keys[index] as number) - low;
    const at = begins[slot] as number;
    begins[slot] = at + 1;
    after[at] = index;
  }
}
