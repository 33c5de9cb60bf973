/**
 * Accumulators as numbers in a row, to go from one thread to another: a parcel holds those of one tile.
 *
 *     key, numbers in all, moments, runs; for each run: level, values, lost, values ..., weights ...
 */
import type { Accumulator } from './accumulate.ts';
import * as moment from './accumulate-moments.ts';
import { mergeMoments } from './accumulate-moments.ts';
import { addRun, type Run } from './quantiles.ts';

/** Made by `newParcel`, filled by `pack`. */
export interface Parcel {
  length: number;
  numbers: Float64Array;
}

const KEY = 0;
const LENGTH = 1;
const FIRST = 2;
const RUNS = FIRST + moment.MOMENTS;
const HEAD = RUNS + 1;
const RUN_HEAD = 3;

export function newParcel(): Parcel {
  return { length: 0, numbers: new Float64Array(1024) };
}

/**
 * Appends `accumulator` to `parcel` under `key`, a whole number. One without cells is left out: 100,000 zones cost what
 * they touch.
 */
export function pack({ moments, distribution }: Accumulator, key: number, parcel: Parcel): void {
  const cells = [moment.COUNT, moment.MISSING, moment.UNWEIGHTED].some((place) => moments[place] !== 0);
  if (!cells) return;
  const levels = distribution?.levels ?? [];
  let length = HEAD;
  for (const runs of levels) for (const run of runs) length += RUN_HEAD + 2 * run.count;
  makeRoom(parcel, length);
  const { numbers } = parcel;
  let at = parcel.length;
  numbers[at + KEY] = key;
  numbers[at + LENGTH] = length;
  numbers.set(moments, at + FIRST);
  numbers[at + RUNS] = levels.reduce((sum, runs) => sum + runs.length, 0);
  at += HEAD;
  for (const [level, runs] of levels.entries()) for (const run of runs) at = writeRun(numbers, at, level, run);
  parcel.length = at;
}

function writeRun(numbers: Float64Array, at: number, level: number, { count, values, weights, lost }: Run): number {
  numbers[at] = level;
  numbers[at + 1] = count;
  numbers[at + 2] = lost;
  numbers.set(values.subarray(0, count), at + RUN_HEAD);
  numbers.set(weights.subarray(0, count), at + RUN_HEAD + count);
  return at + RUN_HEAD + 2 * count;
}

function makeRoom(parcel: Parcel, more: number): void {
  if (parcel.length + more <= parcel.numbers.length) return;
  const numbers = new Float64Array(2 * (parcel.length + more));
  numbers.set(parcel.numbers.subarray(0, parcel.length));
  parcel.numbers = numbers;
}

/** The numbers of a parcel in an array of their own, which may be transferred; the parcel is empty again. */
export function sealParcel(parcel: Parcel): Float64Array {
  const numbers = parcel.numbers.slice(0, parcel.length);
  parcel.length = 0;
  return numbers;
}

/** Merges each accumulator of a sealed parcel into the one that `totalOf` returns for its key, in the order they were packed. */
export function mergeParcel(numbers: Float64Array, totalOf: (key: number) => Accumulator): void {
  let at = 0;
  while (at < numbers.length) {
    const { moments, distribution } = totalOf(numbers[at + KEY] as number);
    mergeMoments(moments, numbers.subarray(at + FIRST, at + RUNS));
    const end = at + (numbers[at + LENGTH] as number);
    for (let run = at + HEAD; run < end; ) {
      const count = numbers[run + 1] as number;
      const values = numbers.slice(run + RUN_HEAD, run + RUN_HEAD + count);
      const weights = numbers.slice(run + RUN_HEAD + count, run + RUN_HEAD + 2 * count);
      if (distribution === null) throw new RangeError('the total keeps no distribution, its parts do');
      addRun(distribution, { count, values, weights, lost: numbers[run + 2] as number }, numbers[run] as number);
      run += RUN_HEAD + 2 * count;
    }
    at = end;
  }
}
