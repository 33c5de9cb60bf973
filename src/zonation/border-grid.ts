/**
 * Edges of a map by where they lie: a grid over the map, each edge in the cells that it passes.
 *
 *     const grid = borderGrid(borders);
 *     [...grid.near([69, 50, 69.1, 50.1])].map(endsOf)     // edges of the cells that the box meets
 *
 * An edge that several zones have is kept once and counted. Before a vertex moves its edges are taken out, afterwards put back.
 */
import type { Extent } from '../types.ts';
import type { Borders } from './shared-borders.ts';

export interface BorderGrid {
  /** Returns whether it is the first of its kind. */
  add(a: number, b: number): boolean;
  /** Returns whether it was the last of its kind. */
  remove(a: number, b: number): boolean;
  /** Keys of edges in the cells that `box` meets, each once. */
  near(box: Extent): Iterable<number>;
}

/** Borders are lines: of as many cells as edges, most are empty. */
const MOST_CELLS_A_SIDE = 1024;

/** An edge in no more cells than this, by its box, is put into all of them. */
const FEW_CELLS = 4;

/** More vertices than a map can hold; a key of two of them is a whole number below 2^53. */
const LIMIT = 2 ** 26;

/** Empty, fit for the vertices that `borders` has now. */
export function borderGrid(borders: Borders): BorderGrid {
  const { lon, lat } = borders;
  const [west, east] = range(lon);
  const [south, north] = range(lat);
  const side = Math.max(1, Math.min(MOST_CELLS_A_SIDE, Math.ceil(Math.sqrt(lon.length))));
  const [stepX, stepY] = [(east - west) / side || 1, (north - south) / side || 1];
  const column = (x: number): number => Math.max(0, Math.min(side - 1, Math.floor((x - west) / stepX)));
  const row = (y: number): number => Math.max(0, Math.min(side - 1, Math.floor((y - south) / stepY)));
  const cells = new Map<number, number[]>();
  const counts = new Map<number, number>();

  /** The cells of an edge: row by row those between where it comes in and goes out. */
  const eachCell = (a: number, b: number, work: (cell: number) => void): void => {
    const [x1, y1, x2, y2] = [lon[a] as number, lat[a] as number, lon[b] as number, lat[b] as number];
    const [first, last] = [row(Math.min(y1, y2)), row(Math.max(y1, y2))];
    const [left, right] = [column(Math.min(x1, x2)), column(Math.max(x1, x2))];
    if ((last - first + 1) * (right - left + 1) <= FEW_CELLS) {
      for (let r = first; r <= last; r++) for (let c = left; c <= right; c++) work(r * side + c);
      return;
    }
    for (let r = first; r <= last; r++) {
      const at = (y: number): number => (y1 === y2 ? x1 : x1 + ((Math.max(Math.min(y, Math.max(y1, y2)), Math.min(y1, y2)) - y1) / (y2 - y1)) * (x2 - x1)); // biome-ignore format: a formula
      const [low, high] = [r === 0 ? -Infinity : south + r * stepY, r === side - 1 ? Infinity : south + (r + 1) * stepY];
      const ends = first === last ? [x1, x2] : [at(low), at(high)];
      const [from, to] = [column(Math.min(...ends)), column(Math.max(...ends))];
      // one cell more on either side, where rounding might have chosen the other
      for (let c = Math.max(0, from - 1); c <= Math.min(side - 1, to + 1); c++) work(r * side + c);
    }
  };
  return {
    add(a, b) {
      const key = keyOf(a, b);
      const count = counts.get(key) ?? 0;
      counts.set(key, count + 1);
      if (count > 0) return false;
      eachCell(a, b, (cell) => {
        const list = cells.get(cell);
        if (list === undefined) cells.set(cell, [key]);
        else list.push(key);
      });
      return true;
    },
    remove(a, b) {
      const key = keyOf(a, b);
      const count = counts.get(key) ?? 0;
      if (count > 1) {
        counts.set(key, count - 1);
        return false;
      }
      counts.delete(key);
      eachCell(a, b, (cell) => {
        const list = cells.get(cell);
        const at = list?.indexOf(key) ?? -1;
        if (at !== -1) list?.splice(at, 1);
      });
      return true;
    },
    near([w, s, e, n]) {
      const [r1, r2, c1, c2] = [row(s), row(n), column(w), column(e)];
      if (r1 === r2 && c1 === c2) return cells.get(r1 * side + c1) ?? [];
      const found = new Set<number>();
      for (let r = r1; r <= r2; r++) {
        for (let c = c1; c <= c2; c++) for (const key of cells.get(r * side + c) ?? []) found.add(key);
      }
      return found;
    },
  };
}

/** The ends of an edge by its key. */
export function endsOf(key: number): [number, number] {
  return [Math.floor(key / LIMIT), key % LIMIT];
}

/** One number for an edge, whichever way it runs. */
export function keyOf(a: number, b: number): number {
  return a < b ? a * LIMIT + b : b * LIMIT + a;
}

function range(list: readonly number[]): [number, number] {
  let [least, most] = [Infinity, -Infinity];
  for (const value of list) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return [least, most];
}
