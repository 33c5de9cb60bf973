/**
 * Patches of a code over all tiles: each task finds those of its own pixels, and they are put together where tasks meet.
 *
 *     const counter = patchCounter(kernel.patches, box);       // one task
 *     counter.add(zone, codes, spans, window, weight);
 *     merger.add(counter.packed());                            // in the order of the tasks
 *     merger.sums();                                           // by patch source: PatchSums
 *
 * Two pixels are of one patch where they touch, whatever part of them lies in a zone; what counts of a pixel is the part in a zone.
 * A patch that does not reach the edge of its task is done with there, so that what is kept grows with edges and not with patches.
 */
import type { PatchSource, PatchSums, TableCodes } from '../indicators/raster-indicator.ts';
import type { Spans, TileWindow } from '../science/coverage-tiles.ts';
import { disjointSets } from '../science/disjoint-sets.ts';
import { type EdgeRun, joinTouching, labelPatches } from '../science/patches.ts';
import type { CellBox } from './zonal-shapes.ts';
import type { WeightsOfTile } from './zonal-weights.ts';

/** Finds the patches of one task. */
export interface PatchCounter {
  /** @param codes of all tables of the kernel, of the pixels of `window` */
  add(zone: number, codes: readonly TableCodes[], spans: Spans, window: TileWindow, weights: WeightsOfTile): void;
  /** For each source how many numbers follow, then these. */
  packed(): number[];
}

/** One source on the pixels of a task. */
interface Sheet extends PatchSource {
  mask: Uint8Array;
  /** Zone, cell and area of each stretch of pixels side by side, one after another. */
  stretches: number[];
}

/** @param box cells that the task covers */
export function patchCounter(sources: readonly PatchSource[], box: CellBox): PatchCounter {
  const { columnFrom, rowFrom } = box;
  const [width, height] = [box.columnTo - columnFrom, box.rowTo - rowFrom];
  const sheets = sources.map((source): Sheet => ({ ...source, mask: new Uint8Array(width * height), stretches: [] }));
  return {
    add(zone, codes, spans, { column, row, stride }, weights) {
      for (let i = 0; i < spans.count; i++) {
        const [start = 0, end = 0, part = 0] = [spans.start[i], spans.end[i], spans.weight[i]];
        const pixelRow = rowFrom + (spans.row[i] ?? 0);
        const shift = (pixelRow - rowFrom) * width + column - columnFrom - (pixelRow - row) * stride;
        for (const sheet of sheets) {
          const own = codes[sheet.table]?.rows;
          if (own !== undefined) take(sheet, own, { zone, start, end, shift, part, pixelRow }, weights);
        }
      }
    },
    packed: () =>
      sheets.flatMap((sheet) => {
        const numbers = packSheet(sheet, box);
        return [numbers.length, ...numbers];
      }),
  };
}

/** Pixels `start` to `end` (excluded) of a tile, in one row and one zone; `shift` leads to their cells in the task. */
interface Span {
  zone: number;
  start: number;
  end: number;
  shift: number;
  part: number;
  pixelRow: number;
}

function take(
  { mask, stretches, code }: Sheet,
  codes: Int16Array,
  { zone, start, end, shift, part, pixelRow }: Span,
  { rows, cells }: WeightsOfTile,
): void {
  const area = rows?.[pixelRow] ?? 1;
  for (let p = start; p < end; ) {
    if (codes[p] !== code) {
      p++;
      continue;
    }
    const from = p;
    let sum = 0;
    for (; p < end && codes[p] === code; p++) {
      mask[shift + p] = 1;
      sum += cells === null ? area : (cells[p] as number);
    }
    stretches.push(zone, shift + from, sum * part);
  }
}

/**
 * A sheet as numbers: the box; how many patches are whole; for each zone the sum of their products; for each that reaches an edge its
 * number, zone and area there; then the runs along the four edges. Each list begins with its length.
 */
function packSheet({ mask, stretches, neighbours }: Sheet, { columnFrom, columnTo, rowFrom, rowTo }: CellBox): number[] {
  const [width, height] = [columnTo - columnFrom, rowTo - rowFrom];
  const { labels, count } = labelPatches(mask, width, height, neighbours);
  const edges = [
    edgeRuns(labels, { first: 0, step: 1, cells: width, from: columnFrom }),
    edgeRuns(labels, { first: (height - 1) * width, step: 1, cells: width, from: columnFrom }),
    edgeRuns(labels, { first: 0, step: width, cells: height, from: rowFrom }),
    edgeRuns(labels, { first: width - 1, step: width, cells: height, from: rowFrom }),
  ];
  const open = new Int32Array(count + 1); // numbers from 1 on of patches that reach an edge
  let opened = 0;
  for (const { label } of edges.flat()) if (open[label] === 0) open[label] = ++opened;
  const totals = new Float64Array(count + 1);
  const parts = new Map<number, number>();
  let zones = 1;
  for (let i = 0; i < stretches.length; i += 3) zones = Math.max(zones, (stretches[i] as number) + 1);
  for (let i = 0; i < stretches.length; i += 3) {
    const [zone = 0, cell = 0, area = 0] = [stretches[i], stretches[i + 1], stretches[i + 2]];
    const label = labels[cell] as number;
    const key = label * zones + zone;
    totals[label] = (totals[label] as number) + area;
    parts.set(key, (parts.get(key) ?? 0) + area);
  }
  const whole = new Map<number, number>();
  const reaching: number[] = [];
  for (const [key, area] of parts) {
    const [label, zone] = [Math.floor(key / zones), key % zones];
    if (open[label] !== 0) reaching.push((open[label] as number) - 1, zone, area);
    else whole.set(zone, (whole.get(zone) ?? 0) + area * (totals[label] as number));
  }
  const packed = [columnFrom, columnTo, rowFrom, rowTo, opened, count - opened];
  const append = (list: readonly number[]): void => {
    packed.push(list.length);
    for (const value of list) packed.push(value);
  };
  append([...whole].flat());
  append(reaching);
  for (const runs of edges) append(runs.flatMap(({ from, to, label }) => [from, to, (open[label] as number) - 1]));
  return packed;
}

function edgeRuns(
  labels: Int32Array,
  { first, step, cells, from }: { first: number; step: number; cells: number; from: number },
): EdgeRun[] {
  const runs: EdgeRun[] = [];
  for (let i = 0; i < cells; ) {
    const label = labels[first + i * step] as number;
    let end = i + 1;
    while (end < cells && labels[first + end * step] === label) end++;
    if (label !== 0) runs.push({ from: from + i, to: from + end, label });
    i = end;
  }
  return runs;
}

/** Puts the patches of all tasks together. */
export interface PatchMerger {
  add(packed: Float64Array): void;
  sums(): PatchSums[];
}

/** The raster that tasks are parts of. */
interface Ground {
  zones: number;
  width: number;
  /** Columns in a whole turn of longitude, or `null`. */
  turn: number | null;
}

export function patchMerger(sources: readonly PatchSource[], ground: Ground): PatchMerger {
  const merged = sources.map((source) => mergedSource(source, ground));
  return {
    add(packed) {
      let at = 0;
      for (const one of merged) {
        const length = packed[at++] ?? 0;
        one.add(packed.subarray(at, at + length));
        at += length;
      }
    },
    sums: () => merged.map((one) => one.sums()),
  };
}

/** Runs on both sides of a line between pixels. */
interface Line {
  before: EdgeRun[];
  after: EdgeRun[];
}

function mergedSource(
  { neighbours }: PatchSource,
  { zones, width, turn }: Ground,
): { add(numbers: Float64Array): void; sums(): PatchSums } {
  const isRound = turn !== null && Math.abs(turn - width) < 0.5;
  const products = new Float64Array(zones);
  const [across, down] = [new Map<number, Line>(), new Map<number, Line>()];
  const reaching: number[] = []; // number, zone, area
  let [opened, patches] = [0, 0];
  const lineAt = (lines: Map<number, Line>, place: number): Line => {
    const known = lines.get(place) ?? { before: [], after: [] };
    lines.set(place, known);
    return known;
  };
  return {
    add(numbers) {
      const [columnFrom = 0, columnTo = 0, rowFrom = 0, rowTo = 0, own = 0, whole = 0] = numbers;
      const list = lists(numbers, 6);
      const [closed, open, top, bottom, left, right] = Array.from({ length: 6 }, list) as [Float64Array, ...Float64Array[]];
      for (let i = 0; i < closed.length; i += 2) {
        const zone = closed[i] as number;
        products[zone] = (products[zone] as number) + (closed[i + 1] as number);
      }
      for (let i = 0; i < (open?.length ?? 0); i += 3)
        reaching.push(opened + (open?.[i] ?? 0), open?.[i + 1] ?? 0, open?.[i + 2] ?? 0);
      addRuns(lineAt(across, rowFrom).after, top, opened);
      addRuns(lineAt(across, rowTo).before, bottom, opened);
      addRuns(lineAt(down, columnFrom).after, left, opened);
      addRuns(lineAt(down, isRound && columnTo === width ? 0 : columnTo).before, right, opened);
      opened += own;
      patches += whole;
    },
    sums() {
      const sets = disjointSets(opened);
      let apart = opened;
      const join = (a: number, b: number): void => {
        if (sets.join(a, b)) apart -= 1;
      };
      const byPlace = (a: EdgeRun, b: EdgeRun): number => a.from - b.from;
      for (const lines of [across, down])
        for (const { before, after } of lines.values())
          joinTouching(before.toSorted(byPlace), after.toSorted(byPlace), neighbours, join);
      if (isRound && neighbours === 8) for (const { before, after } of across.values()) joinCorners(before, after, width, join);
      const totals = new Float64Array(opened);
      for (let i = 0; i < reaching.length; i += 3) {
        const leader = sets.leader(reaching[i] as number);
        totals[leader] = (totals[leader] as number) + (reaching[i + 2] as number);
      }
      const all = products.slice();
      for (let i = 0; i < reaching.length; i += 3) {
        const [zone = 0, area = 0] = [reaching[i + 1], reaching[i + 2]];
        all[zone] = (all[zone] as number) + area * (totals[sets.leader(reaching[i] as number)] as number);
      }
      return { products: all, patches: patches + apart };
    },
  };
}

/** Pixels that touch by their corners where the raster goes around the earth. */
function joinCorners(
  before: readonly EdgeRun[],
  after: readonly EdgeRun[],
  width: number,
  join: (a: number, b: number) => void,
): void {
  for (const [one, other] of [
    [before, after],
    [after, before],
  ] as const) {
    const [first, last] = [one.find(({ from }) => from === 0), other.find(({ to }) => to === width)];
    if (first !== undefined && last !== undefined) join(first.label, last.label);
  }
}

/** Lists one after another, each behind its length. */
function lists(numbers: Float64Array, start: number): () => Float64Array {
  let at = start;
  return () => {
    const length = numbers[at] ?? 0;
    const list = numbers.subarray(at + 1, at + 1 + length);
    at += 1 + length;
    return list;
  };
}

function addRuns(into: EdgeRun[], runs: Float64Array | undefined, offset: number): void {
  for (let i = 0; i < (runs?.length ?? 0); i += 3)
    into.push({ from: runs?.[i] ?? 0, to: runs?.[i + 1] ?? 0, label: offset + (runs?.[i + 2] ?? 0) });
}
