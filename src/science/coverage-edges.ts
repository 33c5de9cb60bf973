/**
 * What the edges of a ring do to the cells that they run through, as smooth font rasterisers reckon it: within a row,
 * each piece of an edge adds its height to the `cover` of its cell, and the part of the cell to the right of it to `part`.
 *
 *     share of cell c = sum of cover over the cells left of c + part of c
 *
 * so that between two cells with an edge the share is the running sum of `cover` alone, and the area inside costs nothing.
 * Heights are whole multiples of `QUANTUM`: their sums are exact in any order, 0 outside and 1 inside to the last bit.
 * An edge is always walked from top to bottom: two zones that share it reckon with the same numbers.
 *
 * @see Turner, Wilhelm & Lemberg, FreeType, src/smooth/ftgrays.c (after Raph Levien, libart); Levien, font-rs: signed
 * areas accumulated along a row
 */

/** 2 ** -44, a height that is lost in no sum: what is added to a number under 256 and taken away again leaves a multiple of it. */
export const QUANTUM = 2 ** -44;
const TO_QUANTUM = 256;

/** Contributions to cells in the order in which edges came. */
export interface CellEvents {
  /** Of the grid: what lies left of column 0 covers it whole, what lies right of the last column or off the rows is dropped. */
  width: number;
  height: number;
  /** Rows and columns that events can be in, the latter number excluded. */
  rowFrom: number;
  rowTo: number;
  columnFrom: number;
  columnTo: number;
  count: number;
  row: Int32Array;
  column: Int32Array;
  cover: Float64Array;
  part: Float64Array;
}

export function newEvents(width: number, height: number): CellEvents {
  const size = 4096;
  return {
    width,
    height,
    rowFrom: height,
    rowTo: 0,
    columnFrom: width,
    columnTo: 0,
    count: 0,
    row: new Int32Array(size),
    column: new Int32Array(size),
    cover: new Float64Array(size),
    part: new Float64Array(size),
  };
}

export function clearEvents(events: CellEvents): void {
  events.count = 0;
  events.rowFrom = events.height;
  events.columnFrom = events.width;
  events.rowTo = 0;
  events.columnTo = 0;
}

/** A height in rows, to the nearest multiple of `QUANTUM`; from 256 rows on every double is one. */
export function quantised(y: number): number {
  return y < TO_QUANTUM && y > -TO_QUANTUM ? y + TO_QUANTUM - TO_QUANTUM : y;
}

/**
 * Adds the edges of a closed ring.
 * @param xs columns, and `ys` quantised rows, of `count` positions; the last one leads back to the first
 * @param sign 1 when the ring's inside counts as covered and edges that run down lie left of it, else -1
 */
export function addRing(events: CellEvents, xs: Float64Array, ys: Float64Array, count: number, sign: number): void {
  const { width, height } = events;
  let x = xs[count - 1] as number;
  let y = ys[count - 1] as number;
  let [left, right, top, bottom] = [x, x, y, y];
  for (let i = 0; i < count - 1; i++) {
    left = Math.min(left, xs[i] as number);
    right = Math.max(right, xs[i] as number);
    top = Math.min(top, ys[i] as number);
    bottom = Math.max(bottom, ys[i] as number);
  }
  if (left >= width || right <= 0 || top >= height || bottom <= 0) return;
  events.rowFrom = Math.min(events.rowFrom, Math.max(Math.floor(top), 0));
  events.rowTo = Math.max(events.rowTo, Math.min(Math.ceil(bottom), height));
  events.columnFrom = Math.min(events.columnFrom, Math.max(Math.floor(left), 0));
  events.columnTo = Math.max(events.columnTo, Math.min(Math.floor(right) + 1, width));
  for (let i = 0; i < count; i++) {
    const nextX = xs[i] as number;
    const nextY = ys[i] as number;
    if (y < nextY) addEdge(events, x, y, nextX, nextY, sign);
    else if (y > nextY) addEdge(events, nextX, nextY, x, y, -sign);
    x = nextX;
    y = nextY;
  }
}

/** An edge from (`x0`, `y0`) down to (`x1`, `y1`), row by row. */
function addEdge(events: CellEvents, x0: number, y0: number, x1: number, y1: number, sign: number): void {
  const { width, height } = events;
  if (y1 <= 0 || y0 >= height) return;
  const least = Math.min(x0, x1);
  const most = Math.max(x0, x1);
  if (least >= width) return;
  const slope = (x1 - x0) / (y1 - y0);
  const bottom = Math.min(y1, height);
  let y = Math.max(y0, 0);
  let x = y0 >= 0 ? x0 : between(x0 - y0 * slope, least, most);
  let row = Math.floor(y);
  while (y < bottom) {
    const last = row + 1 >= bottom;
    const nextY = last ? bottom : row + 1;
    const nextX = nextY === y1 ? x1 : between(x0 + (nextY - y0) * slope, least, most);
    // Differences of doubles within a factor of two are exact (Sterbenz 1974, Floating-point computation, theorem 4.3.1).
    if (x <= nextX) addPiece(events, row, x, y - row, nextX, nextY - row, sign);
    else addPiece(events, row, nextX, nextY - row, x, y - row, sign);
    x = nextX;
    y = nextY;
    row++;
  }
}

/** A piece of an edge within one row, from left to right; heights from the top of the row. */
function addPiece(events: CellEvents, row: number, x0: number, y0: number, x1: number, y1: number, sign: number): void {
  const { width } = events;
  if (x0 >= width || y0 === y1) return;
  let column = Math.floor(x0);
  if (x0 >= 0 && x1 <= column + 1) {
    const height = sign * Math.abs(y1 - y0);
    addCell(events, row, column, height, height * (1 - (x0 - column + (x1 - column)) / 2));
    return;
  }
  if (x1 <= 0) {
    const height = sign * Math.abs(y1 - y0);
    addCell(events, row, 0, height, height);
    return;
  }
  const slope = (y1 - y0) / (x1 - x0);
  const high = Math.min(y0, y1);
  const low = Math.max(y0, y1);
  let x = x0;
  let y = y0;
  if (x0 < 0) {
    y = between(y0 - x0 * slope + TO_QUANTUM - TO_QUANTUM, high, low);
    const height = sign * Math.abs(y - y0);
    if (height !== 0) addCell(events, row, 0, height, height);
    x = 0;
    column = 0;
  }
  while (column < width) {
    const right = column + 1;
    const ends = x1 <= right;
    const nextY = ends ? y1 : between(y0 + (right - x0) * slope + TO_QUANTUM - TO_QUANTUM, high, low);
    const height = sign * Math.abs(nextY - y);
    if (height !== 0) addCell(events, row, column, height, height * (1 - (x - column + ((ends ? x1 : right) - column)) / 2));
    if (ends) return;
    x = right;
    y = nextY;
    column = right;
  }
}

function between(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}

function addCell(events: CellEvents, row: number, column: number, cover: number, part: number): void {
  const at = events.count - 1;
  if (at >= 0 && events.row[at] === row && events.column[at] === column) {
    events.cover[at] = (events.cover[at] as number) + cover;
    events.part[at] = (events.part[at] as number) + part;
    return;
  }
  if (events.count === events.row.length) grow(events);
  const next = events.count++;
  events.row[next] = row;
  events.column[next] = column;
  events.cover[next] = cover;
  events.part[next] = part;
}

function grow(events: CellEvents): void {
  const size = events.row.length * 2;
  const row = new Int32Array(size);
  const column = new Int32Array(size);
  const cover = new Float64Array(size);
  const part = new Float64Array(size);
  row.set(events.row);
  column.set(events.column);
  cover.set(events.cover);
  part.set(events.part);
  Object.assign(events, { row, column, cover, part });
}
