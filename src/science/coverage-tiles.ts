/**
 * A coverage, tile by tile: which zones touch which tile, and the spans of a zone within one.
 *
 *     const { starts, zones } = zonesByTile(cover, 512, 512);
 *     const spans = newSpans();
 *     for (let i = starts[tile]; i < starts[tile + 1]; i++) {
 *       spansInTile(cover, zones[i], window, spans);   // then addSpans(accumulator, scratch, values, spans) for each date
 *     }
 */
import type { Coverage } from './coverage.ts';

/** Where the values of a tile lie on the grid. */
export interface TileWindow {
  /** The cell of the grid whose value is `values[0]`. */
  readonly column: number;
  readonly row: number;
  /** Columns and rows of the tile that are on the grid; what pads the last tiles is not. */
  readonly width: number;
  readonly height: number;
  /** Values from one row to the next: the tile's full width where its rows are padded. Cell (c, r) of the grid is `values[(r - row) * stride + c - column]`. */
  readonly stride: number;
}

/** Stretches of a tile's values that are covered by the same share; a buffer to be filled again and again. */
export interface Spans {
  count: number;
  /** Indices into the values of the tile, `end` excluded. */
  start: Int32Array;
  end: Int32Array;
  weight: Float64Array;
  /** Row of the grid. */
  row: Int32Array;
}

export interface TileZones {
  /** Tiles, row by row: tile (i, j) is number `j * across + i`. */
  readonly across: number;
  readonly down: number;
  /** Zones of tile `t` are `zones[starts[t]]` to `zones[starts[t + 1] - 1]`, in increasing order. */
  readonly starts: Uint32Array;
  readonly zones: Uint32Array;
}

export function newSpans(): Spans {
  return {
    count: 0,
    start: new Int32Array(1024),
    end: new Int32Array(1024),
    weight: new Float64Array(1024),
    row: new Int32Array(1024),
  };
}

/** Fills `spans` with the spans of `zone` that lie in `window`, top to bottom and left to right; returns how many there are. */
export function spansInTile(coverage: Coverage, zone: number, window: TileWindow, spans: Spans): number {
  const { from, to, weight, starts } = coverage;
  spans.count = 0;
  if (!(zone >= 0 && zone < coverage.zones)) throw new RangeError(`zone ${zone}: the coverage has ${coverage.zones}`);
  const rowFrom = coverage.rowFrom[zone] as number;
  const top = Math.max(rowFrom, window.row);
  const bottom = Math.min(coverage.rowTo[zone] as number, window.row + window.height);
  const left = window.column;
  const right = left + window.width;
  if ((coverage.columnFrom[zone] as number) >= right || (coverage.columnTo[zone] as number) <= left) return 0;
  const first = (coverage.first[zone] as number) - rowFrom;
  for (let row = top; row < bottom; row++) {
    const end = starts[first + row + 1] as number;
    const base = (row - window.row) * window.stride - left;
    for (let i = spanFrom(to, starts[first + row] as number, end, left); i < end; i++) {
      const begins = from[i] as number;
      if (begins >= right) break;
      if (spans.count === spans.start.length) grow(spans);
      const at = spans.count++;
      spans.start[at] = base + Math.max(begins, left);
      spans.end[at] = base + Math.min(to[i] as number, right);
      spans.weight[at] = weight[i] as number;
      spans.row[at] = row;
    }
  }
  return spans.count;
}

/** The first span from `low` on, before `high`, that ends right of column `left`: by halves where there are many. */
function spanFrom(to: Int32Array, low: number, high: number, left: number): number {
  while (high - low > 8) {
    const middle = (low + high) >>> 1;
    if ((to[middle] as number) <= left) low = middle + 1;
    else high = middle;
  }
  while (low < high && (to[low] as number) <= left) low++;
  return low;
}

function grow(spans: Spans): void {
  for (const name of ['start', 'end', 'row'] as const) {
    const array = new Int32Array(spans[name].length * 2);
    array.set(spans[name]);
    spans[name] = array;
  }
  const weight = new Float64Array(spans.weight.length * 2);
  weight.set(spans.weight);
  spans.weight = weight;
}

/**
 * Which zones have a cell in which tile, exactly: tiles without any need not be read. Grows with spans, tiles and zones,
 * not with area.
 * @param tileWidth columns of a tile, and `tileHeight` rows; the last tiles of a row or column may be cut short
 */
export function zonesByTile(coverage: Coverage, tileWidth: number, tileHeight: number): TileZones {
  const across = Math.ceil(coverage.grid.width / tileWidth);
  const down = Math.ceil(coverage.grid.height / tileHeight);
  const starts = new Uint32Array(across * down + 1);
  eachTile(coverage, tileWidth, tileHeight, (tile) => {
    starts[tile + 1] = (starts[tile + 1] as number) + 1;
  });
  for (let tile = 0; tile < across * down; tile++) starts[tile + 1] = (starts[tile + 1] as number) + (starts[tile] as number);
  const zones = new Uint32Array(starts[across * down] as number);
  const next = starts.slice();
  eachTile(coverage, tileWidth, tileHeight, (tile, zone) => {
    const at = next[tile] as number;
    next[tile] = at + 1;
    zones[at] = zone;
  });
  return { across, down, starts, zones };
}

/** Calls `visit` once for each tile and zone that meet, zone by zone. */
function eachTile(coverage: Coverage, tileWidth: number, tileHeight: number, visit: (tile: number, zone: number) => void): void {
  const { from, to, starts } = coverage;
  const across = Math.ceil(coverage.grid.width / tileWidth);
  const seen = new Uint8Array(across);
  for (let zone = 0; zone < coverage.zones; zone++) {
    const rowTo = coverage.rowTo[zone] as number;
    let row = coverage.rowFrom[zone] as number;
    let at = coverage.first[zone] as number;
    const left = Math.floor((coverage.columnFrom[zone] as number) / tileWidth);
    const right = Math.floor(Math.max((coverage.columnTo[zone] as number) - 1, 0) / tileWidth);
    while (row < rowTo) {
      const down = Math.floor(row / tileHeight);
      const below = Math.min((down + 1) * tileHeight, rowTo);
      const end = starts[at + below - row] as number;
      let unseen = right - left + 1;
      for (let i = starts[at] as number; i < end && unseen > 0; i++) {
        const last = Math.floor(((to[i] as number) - 1) / tileWidth);
        for (let tile = Math.floor((from[i] as number) / tileWidth); tile <= last; tile++) {
          if (seen[tile] === 0) unseen -= 1;
          seen[tile] = 1;
        }
      }
      for (let tile = left; tile <= right; tile++) {
        if (seen[tile] === 1) visit(down * across + tile, zone);
        seen[tile] = 0;
      }
      at += below - row;
      row = below;
    }
  }
}
