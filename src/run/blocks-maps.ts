/**
 * Codes of tables as coarse maps, made in the pass that counts them: a map has some hundred cells along each side, however
 * large the raster is.
 *
 *     const coarse = coarseGrid(shapes, grid, turn);
 *     const counter = mapCounter(kernel, coarse, box);        // one task
 *     counter.add(zone, codes, spans, window);
 *     merger.add(counter.packed());                           // in any order
 *     merger.maps();
 *
 * Everything that is added is a whole number, so the same bits come out whatever was done where and in which order.
 */
import { type CodeMap, type MapSource, NOWHERE, UNLISTED } from '../indicators/raster-indicator.ts';
import type { Spans, TileWindow } from '../science/coverage-tiles.ts';
import type { Grid } from '../science/grid.ts';
import { NODATA, rankOf } from '../science/land-cover.ts';
import type { ClassIndex } from '../science/land-cover-areas.ts';
import type { CellBox, ZoneShapes } from './zonal-shapes.ts';

/** Cells along the longer side of a map: finer than paper shows. */
export const MOST_CELLS = 600;

/** Parts that the fraction of a pixel in a zone is counted in. */
const PARTS = 255;

/** A part of a pixel that is rounding: it makes no row of cells [pixels]. */
const ROUNDING = 1e-6;

/** Where the cells of a map lie on the pixels of a raster. */
export interface CoarseGrid {
  /** First column and row of pixels; a column may lie beyond the raster where it goes around the earth. */
  left: number;
  top: number;
  /** Pixels along each side of a cell. */
  step: number;
  width: number;
  height: number;
  /** Columns in a whole turn of longitude, or `null`. */
  turn: number | null;
}

/** Cells over all that zones cover of a raster. */
export function coarseGrid(
  shapes: ZoneShapes,
  { width, height }: Pick<Grid, 'width' | 'height'>,
  turn: number | null,
): CoarseGrid {
  const { ringBoxes } = shapes;
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  const middle = ((ringBoxes[0] ?? 0) + (ringBoxes[2] ?? 0)) / 2;
  for (let at = 0; at < ringBoxes.length; at += 4) {
    const [west, north, east, south] = ringBoxes.subarray(at, at + 4) as unknown as [number, number, number, number];
    const shift = turn === null ? 0 : turn * Math.round((middle - (west + east) / 2) / turn); // beside the first, the short way
    left = Math.min(left, west + shift);
    right = Math.max(right, east + shift);
    top = Math.min(top, north);
    bottom = Math.max(bottom, south);
  }
  if (turn !== null) {
    const shift = turn * Math.round((width / 2 - (left + right) / 2) / turn); // onto the raster, where it is on it
    [left, right] = [left + shift, right + shift];
  }
  if (turn === null || width < turn - 1) [left, right] = [Math.max(0, left), Math.min(width, right)];
  left = Math.floor(left + ROUNDING);
  top = Math.max(0, Math.floor(top + ROUNDING));
  const across = Math.max(1, Math.ceil(right - ROUNDING) - left);
  const down = Math.max(1, Math.ceil(Math.min(height, bottom) - ROUNDING) - top);
  const step = Math.ceil(Math.max(across, down) / MOST_CELLS);
  return { left, top, step, width: Math.ceil(across / step), height: Math.ceil(down / step), turn };
}

/** What is wanted of the tables of a kernel. */
export interface MapShape extends MapSource {
  index: ClassIndex;
}

/** Counts the pixels of one task. */
export interface MapCounter {
  /** @param codes of each map, of the pixels of `window` */
  add(zone: number, codes: readonly Int16Array[], spans: Spans, window: TileWindow, rowFrom: number): void;
  /** For each map how many numbers follow, then these. */
  packed(): number[];
}

/** A cell of a single pixel needs no count: the pixel decides. */
function isCounted({ take }: MapSource, { step }: CoarseGrid): boolean {
  return take === 'most' && step > 1;
}

/** @param box cells that the task covers */
export function mapCounter(shapes: readonly MapShape[], coarse: CoarseGrid, box: CellBox): MapCounter {
  const { top, step, width, height } = coarse;
  const from = Math.max(0, Math.floor((box.rowFrom - top) / step));
  const to = Math.min(height, Math.floor((box.rowTo - 1 - top) / step) + 1);
  const cells = Math.max(0, to - from) * width;
  const sheets = shapes.map((shape) => (isCounted(shape, coarse) ? countSheet(shape.index, cells) : nearestSheet(cells, step)));
  const stretch: Stretch = { cell: 0, part: 0, zone: 0, inRow: 0, inColumn: 0 }; // used again: there are millions
  return {
    add(zone, codes, spans, { column, row, stride }, rowFrom) {
      stretch.zone = zone;
      for (let i = 0; i < spans.count; i++) {
        const [start = 0, end = 0, weight = 0] = [spans.start[i], spans.end[i], spans.weight[i]];
        const pixelRow = rowFrom + (spans.row[i] ?? 0);
        const cellRow = Math.floor((pixelRow - top) / step);
        if (cellRow < from || cellRow >= to) continue;
        stretch.part = Math.max(1, Math.round(weight * PARTS));
        stretch.inRow = pixelRow - top - cellRow * step;
        const first = column - (pixelRow - row) * stride;
        for (let p = start; p < end; ) {
          const place = placeOf(first + p, coarse);
          const cellColumn = Math.floor(place / step);
          const stop = Math.min(end, p + step - (place - cellColumn * step)); // where the cell ends
          if (cellColumn >= 0 && cellColumn < width) {
            stretch.cell = (cellRow - from) * width + cellColumn;
            stretch.inColumn = place - cellColumn * step;
            for (let m = 0; m < sheets.length; m++) (sheets[m] as Sheet).add(codes[m] as Int16Array, p, stop, stretch);
          }
          p = stop;
        }
      }
    },
    packed: () =>
      sheets.flatMap((sheet) => {
        const numbers = sheet.packed(from * width);
        return [numbers.length, ...numbers];
      }),
  };
}

/** Columns of pixels from the left edge of the map. */
function placeOf(column: number, { left, turn }: CoarseGrid): number {
  const place = column - left;
  return turn === null ? place : Math.floor(place - turn * Math.floor(place / turn));
}

interface Stretch {
  cell: number;
  part: number;
  zone: number;
  /** Place of the first pixel within its cell. */
  inRow: number;
  inColumn: number;
}

interface Sheet {
  /** Pixels `from` to `to` (excluded) lie in one cell, side by side. */
  add(codes: Int16Array, from: number, to: number, stretch: Stretch): void;
  packed(offset: number): number[];
}

/** How much of a cell each class covers. */
function countSheet(index: ClassIndex, cells: number): Sheet {
  const ranks = index.codes.length + 2;
  const counts = new Uint32Array(cells * ranks);
  return {
    add(codes, from, to, { cell, part }) {
      for (let p = from; p < to; ) {
        const code = codes[p] as number;
        let end = p + 1;
        while (end < to && codes[end] === code) end++;
        const rank = rankOf(index.ranks, code);
        const at = cell * ranks + (rank >= 0 ? rank : index.codes.length + (index.nodata.has(code) ? 0 : 1));
        counts[at] = (counts[at] as number) + part * (end - p);
        p = end;
      }
    },
    packed(offset) {
      const numbers: number[] = [];
      for (let at = 0; at < counts.length; at++) {
        if (counts[at] !== 0) numbers.push(offset * ranks + at, counts[at] as number);
      }
      return numbers;
    },
  };
}

/** The pixel nearest to the middle of a cell; of several the first, row by row; of two zones the one with more of it. */
function nearestSheet(cells: number, step: number): Sheet {
  const order = new Float64Array(cells).fill(Infinity);
  const found = new Int16Array(cells);
  const zones = new Int32Array(cells);
  return {
    add(codes, from, to, { cell, part, zone, inRow, inColumn }) {
      for (let p = from; p < to; p++) {
        const column = inColumn + p - from;
        const far = (2 * inRow + 1 - step) ** 2 + (2 * column + 1 - step) ** 2;
        const own = (far * step * step + inRow * step + column) * (PARTS + 1) + PARTS - part;
        if (own >= (order[cell] as number)) continue;
        [order[cell], found[cell], zones[cell]] = [own, codes[p] as number, zone];
      }
    },
    packed(offset) {
      const numbers: number[] = [];
      for (let cell = 0; cell < cells; cell++) {
        if (order[cell] === Infinity) continue;
        numbers.push(offset + cell, order[cell] as number, found[cell] as number, zones[cell] as number);
      }
      return numbers;
    },
  };
}

/** Puts the counts of all tasks together. */
export interface MapMerger {
  add(packed: Float64Array): void;
  maps(): CodeMap[];
}

export function mapMerger(shapes: readonly MapShape[], coarse: CoarseGrid): MapMerger {
  const cells = coarse.width * coarse.height;
  const merged = shapes.map((shape) => (isCounted(shape, coarse) ? mergedCounts(shape, cells) : mergedNearest(shape, cells)));
  return {
    add(packed) {
      let at = 0;
      for (const one of merged) {
        const length = packed[at++] ?? 0;
        one.add(packed.subarray(at, at + length));
        at += length;
      }
    },
    maps: () => merged.map((one) => one.map()),
  };
}

/** A plane for each class that occurs: most legends have far more classes than a reserve. */
function mergedCounts({ index, ...source }: MapShape, cells: number): { add(numbers: Float64Array): void; map(): CodeMap } {
  const ranks = index.codes.length + 2;
  const planes: (Uint32Array | undefined)[] = [];
  return {
    add(numbers) {
      for (let i = 0; i < numbers.length; i += 2) {
        const key = numbers[i] as number;
        const [cell, rank] = [Math.floor(key / ranks), key % ranks];
        planes[rank] ??= new Uint32Array(cells);
        const plane = planes[rank];
        plane[cell] = (plane[cell] as number) + (numbers[i + 1] as number);
      }
    },
    map() {
      const codes = new Int32Array(cells).fill(NOWHERE);
      const most = new Uint32Array(cells);
      for (let rank = 0; rank < ranks; rank++) {
        const plane = planes[rank];
        if (plane === undefined) continue;
        const code = index.codes[rank] ?? (rank === index.codes.length ? NODATA : UNLISTED);
        for (let cell = 0; cell < cells; cell++) {
          const count = plane[cell] as number;
          if (count > (most[cell] as number)) [most[cell], codes[cell]] = [count, code]; // of equal ones the first of the legend
        }
      }
      return { ...source, codes, zones: null };
    },
  };
}

function mergedNearest({ index: _, ...source }: MapShape, cells: number): { add(numbers: Float64Array): void; map(): CodeMap } {
  const order = new Float64Array(cells).fill(Infinity);
  const codes = new Int32Array(cells).fill(NOWHERE);
  const zones = new Int32Array(cells).fill(-1);
  return {
    add(numbers) {
      for (let i = 0; i < numbers.length; i += 4) {
        const [cell = 0, own = 0, code = 0, zone = 0] = numbers.subarray(i, i + 4);
        if (own >= (order[cell] as number)) continue;
        [order[cell], codes[cell], zones[cell]] = [own, code, zone];
      }
    },
    map: () => ({ ...source, codes, zones }),
  };
}
