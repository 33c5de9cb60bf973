/**
 * All steps of a network as one programme, for whoever knows the future: volumes go on from step to step, and what enters a delay
 * comes out later. The best flows of this programme are never worse than those found step by step.
 *
 *     const horizon = horizonProgramme({ points, columns, steps, carries, lags });
 *     horizon.programme, horizon.limits            // for a large solver
 *     flowsAt(horizon, x, step)                    // flows of the arcs in a step
 */
import { type Limits, openLimits, type Programme } from './allocation-programme.ts';

/** A step: its length [d], its limits and the values of its matrix. */
export interface HorizonStep {
  days: number;
  limits: Limits;
  value: Float64Array;
}

/** A volume that goes on: at the end of a step it is what it was, and `days` × the sum of its terms more. */
export interface Carry {
  /** What one unit of flow of each arc adds, in each step. */
  terms: readonly { arc: number; factor: readonly number[] | number }[];
  /** Volume that a step begins with where it does not go on from the step before: the first, or a refill; else null. */
  begin: readonly (number | null)[];
  lower: readonly number[];
  upper: readonly number[];
  /** Steps in which it neither binds nor changes. */
  asleep?: readonly boolean[];
  /** What was used comes back after so many steps; `before` is what comes back in the first of them. */
  back?: { steps: number; before: number };
}

/** Water that goes in by one arc and comes out by another some steps later. */
export interface Lag {
  sink: number;
  source: number;
  steps: number;
}

export interface HorizonGiven {
  /** The matrix of one step. */
  programme: Programme;
  /** Rows of it that carries take the place of. */
  leftOut: ReadonlySet<number>;
  steps: readonly HorizonStep[];
  carries: readonly Carry[];
  lags: readonly Lag[];
}

export interface Horizon {
  programme: Programme;
  limits: Limits;
  /** Columns of a step: its arcs, then its volumes. */
  width: number;
  arcs: number;
  /** Row of each row of a step, -1 for those left out; and how many rows a step has. */
  rowOf: Int32Array;
  height: number;
}

/** The programme of all steps; costs count for the days of their step. */
export function horizonProgramme({ programme, leftOut, steps, carries, lags }: HorizonGiven): Horizon {
  const arcs = programme.columns;
  const width = arcs + carries.length;
  const rowOf = new Int32Array(programme.rows).fill(-1);
  let kept = 0;
  for (let i = 0; i < programme.rows; i++) if (!leftOut.has(i)) rowOf[i] = kept++;
  const height = kept + carries.length + lags.length;
  const entries: Entries = Array.from({ length: steps.length * width }, () => new Map());
  const limits = openLimits({ rows: steps.length * height, columns: steps.length * width });
  const lagged = new Set(lags.map(({ source }) => source));
  for (const [t, { days, limits: own, value }] of steps.entries()) {
    const column = t * width;
    const row = t * height;
    for (let j = 0; j < arcs; j++) {
      limits.cost[column + j] = (own.cost[j] as number) * days;
      limits.lower[column + j] = own.lower[j] as number;
      limits.upper[column + j] = own.upper[j] as number;
      for (let e = programme.start[j] as number; e < (programme.start[j + 1] as number); e++) {
        const at = rowOf[programme.index[e] as number] as number;
        if (at !== -1) addEntry(entries, column + j, row + at, value[e] as number);
      }
    }
    for (let i = 0; i < programme.rows; i++) {
      const at = rowOf[i] as number;
      if (at === -1) continue;
      limits.rowLower[row + at] = own.rowLower[i] as number;
      limits.rowUpper[row + at] = own.rowUpper[i] as number;
    }
    for (const [k, carry] of carries.entries())
      carryRow(carry, t, column + arcs + k, row + kept + k, { steps, width, arcs: column, entries, limits });
    for (const [k, { sink, source, steps: late }] of lags.entries()) {
      const at = row + kept + carries.length + k;
      if (t < late) {
        limits.rowLower[at] = Number.NEGATIVE_INFINITY;
        limits.rowUpper[at] = Number.POSITIVE_INFINITY;
        continue;
      }
      addEntry(entries, column + source, at, 1);
      addEntry(entries, column + sink - late * width, at, -1);
      if (lagged.has(source)) {
        limits.lower[column + source] = 0;
        limits.upper[column + source] = Number.POSITIVE_INFINITY;
      }
    }
  }
  return { programme: matrixOf(entries, steps.length * height), limits, width, arcs, rowOf, height };
}

interface Placing {
  steps: readonly HorizonStep[];
  width: number;
  /** First column of the step. */
  arcs: number;
  entries: Entries;
  limits: Limits;
}

/** volume(t) - volume(t - 1) - days × flows = 0, with what comes back, and beginnings on the right. */
function carryRow(carry: Carry, t: number, column: number, row: number, { steps, width, arcs, entries, limits }: Placing): void {
  const days = (steps[t] as HorizonStep).days;
  limits.lower[column] = carry.lower[t] as number;
  limits.upper[column] = carry.upper[t] as number;
  addEntry(entries, column, row, 1);
  let right = carry.begin[t] ?? 0;
  if (carry.begin[t] === null) addEntry(entries, column - width, row, -1);
  if (carry.asleep?.[t] === true) {
    limits.lower[column] = Number.NEGATIVE_INFINITY;
    limits.upper[column] = Number.POSITIVE_INFINITY;
  } else {
    for (const { arc, factor } of carry.terms)
      addEntry(entries, arcs + arc, row, -days * (typeof factor === 'number' ? factor : (factor[t] as number)));
    if (carry.back !== undefined) {
      const late = carry.back.steps;
      if (t < late) right += carry.back.before;
      else {
        const then = (steps[t - late] as HorizonStep).days;
        for (const { arc, factor } of carry.terms)
          addEntry(
            entries,
            arcs - late * width + arc,
            row,
            then * (typeof factor === 'number' ? factor : (factor[t - late] as number)),
          );
      }
    }
  }
  // what comes back above the full volume is lost, so a rolling volume may be less, never more
  limits.rowLower[row] = carry.back === undefined ? right : Number.NEGATIVE_INFINITY;
  limits.rowUpper[row] = right;
}

/** Flows of the arcs in a step. */
export function flowsAt({ width, arcs }: Horizon, x: Float64Array, step: number): Float64Array {
  return x.subarray(step * width, step * width + arcs);
}

/** Volume of a carry at the end of a step. */
export function volumeAt({ width, arcs }: Horizon, x: Float64Array, step: number, carry: number): number {
  return x[step * width + arcs + carry] as number;
}

/** What one unit of flow more in a row of a step would save: duals without the days that the step lasts. */
export function worthAt({ rowOf, height }: Horizon, y: Float64Array, step: number, row: number, days: number): number {
  const at = rowOf[row] as number;
  return at === -1 ? 0 : (y[step * height + at] as number) / days;
}

/** A matrix while it is put together, column by column; entries of one place add up. */
type Entries = Map<number, number>[];

function addEntry(entries: Entries, column: number, row: number, value: number): void {
  const own = entries[column] as Map<number, number>;
  own.set(row, (own.get(row) ?? 0) + value);
}

function matrixOf(columns: Entries, rows: number): Programme {
  const start = new Int32Array(columns.length + 1);
  for (const [j, own] of columns.entries()) start[j + 1] = (start[j] as number) + own.size;
  const index = new Int32Array(start.at(-1) as number);
  const value = new Float64Array(index.length);
  let at = 0;
  for (const own of columns)
    for (const [row, amount] of own) {
      index[at] = row;
      value[at++] = amount;
    }
  return { rows, columns: columns.length, start, index, value };
}
