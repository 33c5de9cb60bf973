/**
 * Where movement passes when every place is both a start and an end: currents of a window that moves over a landscape.
 *
 *     const found = movingWindow(conductance, sources, { width: 300, radius: 20, blockSize: 3, flowPotential: true });
 *     found.cumulative          // current by cell, summed over windows
 *     found.normalised          // by that of a land without resistance: above 1 movement is gathered, below it is let through or kept out
 *
 * From all sources within the radius current flows to the middle of each block, as much as the block's own sources are strong.
 * Blocks save time; what they distort in a land without resistance is divided out.
 *
 * @see McRae et al. 2016, Conserving nature's stage: mapping omnidirectional connectivity, The Nature Conservancy
 * @see Landau et al. 2021, Omniscape.jl, J. Open Source Softw. 6(57), 2829, doi 10.21105/joss.02829
 */
import { circuitGrid } from './circuit-grid.ts';
import { type CircuitSolver, cellCurrents, circuitSolver } from './circuit-solve.ts';

/** A source takes part where its own condition suits that of the target: the climate here today, and there tomorrow. */
export interface WindowCondition {
  /** Row-major; `NaN` where it is not known: such a source takes part. */
  present: ArrayLike<number>;
  /** What targets are compared by; `present` where none is given. */
  target?: ArrayLike<number>;
  /** Equal to the commonest value of the block; or from `lower` to `upper` beside its median. */
  compare: 'equal' | 'within';
  lower?: number;
  upper?: number;
}

export interface WindowOptions {
  width: number;
  /** Of the window [cells]. */
  radius: number;
  /** Cells around the window without sources, so that current need not follow its edge. */
  buffer?: number;
  /** Side of blocks [cells], odd. */
  blockSize?: number;
  neighbours?: 4 | 8;
  conditions?: readonly WindowCondition[];
  /** Divide out what blocks distort. */
  correct?: boolean;
  flowPotential?: boolean;
  /**
   * Near the western and northern edge Omniscape.jl empties cells beside the target block, as if the window were not cut off there;
   * `omniscape` does the same, for comparison.
   */
  edges?: 'exact' | 'omniscape';
  /** Only every `of`-th target, from `index`: parts are summed by `mergeWindows`. */
  part?: { index: number; of: number };
  signal?: AbortSignal | undefined;
  onProgress?: (done: number, total: number) => void;
}

export interface WindowSums {
  /** Row-major, 0 where nothing passes. */
  cumulative: Float64Array;
  potential: Float64Array | null;
  /** Blocks with a source, and those of them whose middle has no conductance: they draw nothing. */
  targets: number;
  ungrounded: number;
}

export interface MovingWindow extends WindowSums {
  /** `NaN` where there is no cell, as below. */
  normalised: Float64Array | null;
}

/** Sources as strong as conductances, none where the resistance is above `cutoff`. */
export function sourcesOf(conductance: ArrayLike<number>, cutoff: number = Number.POSITIVE_INFINITY): Float64Array {
  return Float64Array.from(conductance, (value) => (value > 0 && value >= 1 / cutoff ? value : 0));
}

/** Computes the currents of all windows. @throws RangeError where sizes do not fit; AbortError where `signal` says so */
export function movingWindow(conductance: ArrayLike<number>, sources: ArrayLike<number>, options: WindowOptions): MovingWindow {
  return finished(conductance, windowSums(conductance, sources, options));
}

/** Sums of two parts; in any order. */
export function mergeWindows(a: WindowSums, b: WindowSums): WindowSums {
  const add = (x: Float64Array, y: Float64Array): Float64Array => x.map((value, cell) => value + (y[cell] as number));
  return {
    cumulative: add(a.cumulative, b.cumulative),
    potential: a.potential && b.potential && add(a.potential, b.potential),
    targets: a.targets + b.targets,
    ungrounded: a.ungrounded + b.ungrounded,
  };
}

/** Normalised, and without values where there is no cell. */
export function finished(conductance: ArrayLike<number>, sums: WindowSums): MovingWindow {
  const shown = (map: Float64Array): Float64Array =>
    map.map((value, cell) => ((conductance[cell] as number) > 0 ? value : Number.NaN));
  const { cumulative, potential } = sums;
  const normalised =
    potential &&
    cumulative.map((current, cell) => {
      const share = current / (potential[cell] as number);
      return Number.isNaN(share) ? 0 : share;
    });
  return {
    ...sums,
    cumulative: shown(cumulative),
    potential: potential && shown(potential),
    normalised: normalised && shown(normalised),
  };
}

/** Currents of dead ends are what rounding leaves; as a part of the greatest. */
const NOTHING = 1e-8;

interface Window {
  /** First row and column, rows and columns of it, and the middle in it. */
  top: number;
  left: number;
  height: number;
  width: number;
  row: number;
  column: number;
}

/** Currents of the targets of one part. */
export function windowSums(conductance: ArrayLike<number>, sources: ArrayLike<number>, options: WindowOptions): WindowSums {
  const { width, radius, buffer = 0, blockSize = 1, conditions = [], correct = true, signal, onProgress } = options;
  const height = conductance.length / width;
  if (!Number.isInteger(height)) throw new RangeError(`${conductance.length} values do not fill rows of ${width}`);
  if (sources.length !== conductance.length) throw new RangeError(`sources: ${sources.length} cells for ${conductance.length}`);
  for (const { present, target = present } of conditions)
    if (present.length !== conductance.length || target.length !== conductance.length)
      throw new RangeError(`condition: ${present.length} and ${target.length} cells for ${conductance.length}`);
  if (!(Number.isInteger(blockSize) && blockSize % 2 === 1 && blockSize > 0))
    throw new RangeError(`block of ${blockSize} cells; 1, 3, 5 … are needed`);
  if (!(Number.isInteger(radius) && radius > blockSize / 2))
    throw new RangeError(`radius of ${radius} cells for blocks of ${blockSize}`);
  if (!(Number.isInteger(buffer) && buffer >= 0)) throw new RangeError(`buffer of ${buffer} cells; 0, 1, 2 … are needed`);
  const around = radius + buffer;
  const sums: WindowSums = {
    cumulative: new Float64Array(conductance.length),
    potential: options.flowPotential ? new Float64Array(conductance.length) : null,
    targets: 0,
    ungrounded: 0,
  };
  const correction = correct && blockSize > 1 ? correctionOf(options) : null;
  const even = new Map<string, CircuitSolver>();
  const all = targetsOf(sources, width, height, blockSize);
  const { index, of } = options.part ?? { index: 0, of: 1 };
  const mine = all.filter((_, k) => k % of === index);
  mine.forEach(({ row, column, strength }, done) => {
    signal?.throwIfAborted();
    onProgress?.(done + 1, mine.length);
    sums.targets += 1;
    const top = Math.max(0, row - around);
    const left = Math.max(0, column - around);
    const window: Window = {
      top,
      left,
      height: Math.min(height - 1, row + around) - top + 1,
      width: Math.min(width - 1, column + around) - left + 1,
      row: row - top,
      column: column - left,
    };
    if (!((conductance[row * width + column] as number) > 0)) {
      sums.ungrounded += 1;
      if (sums.potential === null) return;
    }
    const sent = sentTo(sources, window, strength, options);
    const own = windowValues(window, (y, x) =>
      Math.hypot(y - row, x - column) > around ? Number.NaN : (conductance[y * width + x] as number),
    );
    const solver = solverOf(own, window, options.neighbours);
    if (solver) add(sums.cumulative, currentsOf(solver, sent), window, width, correction, around);
    if (sums.potential === null) return;
    // Land without resistance is the same for all windows that are cut off the same.
    const key = `${window.height} ${window.width} ${window.row} ${window.column}`;
    const null_ = even.get(key) ?? solverOf(new Float64Array(own.length).fill(1), window, options.neighbours);
    if (!null_) return;
    even.set(key, null_);
    add(sums.potential, currentsOf(null_, sent), window, width, correction, around);
  });
  return sums;
}

/** Middles of blocks with a source, and how strong it is. */
function targetsOf(
  sources: ArrayLike<number>,
  width: number,
  height: number,
  blockSize: number,
): { row: number; column: number; strength: number }[] {
  const reach = (blockSize - 1) / 2;
  const targets: { row: number; column: number; strength: number }[] = [];
  for (let column = reach; column < width - reach; column += blockSize)
    for (let row = reach; row < height - reach; row += blockSize) {
      let strength = 0;
      for (let y = row - reach; y <= row + reach; y++)
        for (let x = column - reach; x <= column + reach; x++) strength += (sources[y * width + x] as number) || 0;
      if (strength > 0) targets.push({ row, column, strength });
    }
  return targets;
}

function windowValues({ top, left, height, width }: Window, of: (row: number, column: number) => number): Float64Array {
  return Float64Array.from({ length: height * width }, (_, k) => of(top + Math.floor(k / width), left + (k % width)));
}

/** Current that each cell of the window sends: in all as strong as the target, shared by the strength of sources. */
function sentTo(sources: ArrayLike<number>, window: Window, strength: number, options: WindowOptions): Float64Array {
  const { width, radius, buffer = 0, blockSize = 1, conditions = [], edges = 'exact' } = options;
  const reach = (blockSize - 1) / 2;
  const [row, column] = [window.top + window.row, window.left + window.column];
  const empty = edges === 'exact' ? window : { row: radius + buffer, column: radius + buffer };
  const inBlock = (y: number, x: number): boolean =>
    Math.abs(y - window.top - empty.row) <= reach && Math.abs(x - window.left - empty.column) <= reach;
  const sent = windowValues(window, (y, x) =>
    Math.hypot(y - row, x - column) > radius || inBlock(y, x) ? 0 : Math.max(0, (sources[y * width + x] as number) || 0),
  );
  const total = sent.reduce((sum, value) => sum + value, 0);
  const scale = total > 0 ? strength / total : 0;
  for (let k = 0; k < sent.length; k++) sent[k] = (sent[k] as number) * scale;
  for (const condition of conditions) {
    const height = condition.present.length / width;
    const block: number[] = [];
    // By columns, as ties of the commonest value are settled by order.
    for (let x = column - reach; x <= Math.min(column + reach, width - 1); x++)
      for (let y = row - reach; y <= Math.min(row + reach, height - 1); y++) {
        const value = (condition.target ?? condition.present)[y * width + x] as number;
        if (!Number.isNaN(value)) block.push(value);
      }
    if (block.length === 0) continue;
    const suits = suiting(condition, block);
    windowValues(window, (y, x) => condition.present[y * width + x] as number).forEach((value, k) => {
      if (!Number.isNaN(value) && !suits(value)) sent[k] = 0;
    });
  }
  return sent;
}

function suiting({ compare, lower = 0, upper = 0 }: WindowCondition, block: readonly number[]): (value: number) => boolean {
  if (compare === 'equal') {
    const counts = new Map<number, number>();
    let [mode, most] = [block[0] as number, 0];
    for (const value of block) {
      const count = (counts.get(value) ?? 0) + 1;
      counts.set(value, count);
      if (count > most) [mode, most] = [value, count];
    }
    return (value) => value === mode;
  }
  const sorted = [...block].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const median = ((sorted[Math.floor(middle)] as number) + (sorted[Math.ceil(middle)] as number)) / 2;
  return (value) => value - median <= upper && value - median >= lower;
}

/** The circuit of a window, its middle grounded; none where that has no conductance. */
function solverOf(conductance: Float64Array, { width, row, column }: Window, neighbours: 4 | 8 = 8): CircuitSolver | null {
  if (!((conductance[row * width + column] as number) > 0)) return null;
  const grid = circuitGrid(conductance, { width, kind: 'conductance', neighbours });
  return circuitSolver(grid, { direct: [(row + 1) * (width + 2) + column + 1] });
}

/** Current by cell, 0 where there is none. */
function currentsOf(solver: CircuitSolver, sent: Float64Array): Float64Array {
  const { width, operator, conductance } = solver.grid;
  const sources = new Float64Array(operator.diagonal.length);
  let any = false;
  for (let k = 0; k < sent.length; k++) {
    const at = (Math.floor(k / width) + 1) * (width + 2) + (k % width) + 1;
    if (sent[k] === 0 || !((conductance[k] as number) > 0) || solver.held[at] === 0) continue;
    sources[at] = sent[k] as number;
    any = true;
  }
  if (!any) return new Float64Array(sent.length);
  return cellCurrents(solver, solver.solve(sources).voltages).map((current) => current || 0);
}

function add(
  sums: Float64Array,
  currents: Float64Array,
  { top, left, height, width, row, column }: Window,
  across: number,
  correction: Float64Array | null,
  around: number,
): void {
  const side = 2 * around + 1;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const factor = correction === null ? 1 : (correction[(y - row + around) * side + x - column + around] as number);
      const cell = (top + y) * across + left + x;
      sums[cell] = (sums[cell] as number) + (currents[y * width + x] as number) * factor;
    }
}

/** What windows of single cells would carry in a land without resistance, by what the window of a block carries. Landau 2021 */
function correctionOf({ radius, buffer = 0, blockSize = 1, neighbours }: WindowOptions): Float64Array {
  const around = radius + buffer;
  const side = 2 * around + 1;
  const window: Window = { top: 0, left: 0, height: side, width: side, row: around, column: around };
  const distance = (y: number, x: number): number => Math.hypot(y - around, x - around);
  const solver = solverOf(
    windowValues(window, (y, x) => (distance(y, x) > around ? Number.NaN : 1)),
    window,
    neighbours,
  ) as CircuitSolver;
  const even = new Float64Array(side * side).fill(1);
  const blocked = currentsOf(solver, sentTo(even, window, blockSize ** 2, { width: side, radius, buffer, blockSize }));
  const single = currentsOf(solver, sentTo(even, window, 1, { width: side, radius, buffer, blockSize: 1 }));
  const reach = (blockSize - 1) / 2;
  const least = NOTHING * Math.max(...blocked);
  return blocked.map((current, k) => {
    if (current <= least) return 1;
    const [row, column] = [Math.floor(k / side), k % side];
    let total = 0;
    for (let y = Math.max(0, row - reach); y <= Math.min(side - 1, row + reach); y++)
      for (let x = Math.max(0, column - reach); x <= Math.min(side - 1, column + reach); x++)
        total += single[y * side + x] as number;
    return (total === 0 ? 1 : total) / current;
  });
}
