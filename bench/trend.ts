/**
 * Time for the Theil-Sen slope and the Mann-Kendall test of each pixel of 23 years, in turns with code as one would write it first
 * and with pymannkendall (`pip install pymannkendall`) on pixels of the same stack: `node bench/trend.ts [python]`.
 * Then a stack on two threads. CPU seconds count; what is compared is checked to be the same.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { kendallVariance, standardised, tieGroups } from '../src/science/mann-kendall.ts';
import { twoSided } from '../src/science/normal.ts';
import { trendBlock } from '../src/science/trend-block.ts';
import { selectRank } from '../src/science/trend-select.ts';

const YEARS = 23;
const PIXELS = 262_144;
const PYTHON_PIXELS = 1_000;
const ROUNDS = 5;
const THREADS = 2;
const BLOCKS_PER_THREAD = 8;
const TIMES = Float64Array.from({ length: YEARS }, (_, i) => 2001 + i);

const PYTHON = `
import sys, time, warnings
import numpy as np
import pymannkendall as mk
warnings.simplefilter('ignore')
x = np.fromfile(sys.argv[1], dtype='<f4').reshape(${YEARS}, -1).astype(float)
start = time.process_time()
found = [mk.original_test(x[:, i]) for i in range(x.shape[1])]
took = time.process_time() - start
print(took, *[repr(float(v)) for one in found for v in (one.slope, one.p)])
`;

/** Greenness of every kind of trend, with the noise of years. */
function stack(pixels: number, seed: number): Float32Array {
  let state = seed;
  const random = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state + 0.5) / 4294967296;
  };
  const normal = (): number => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
  const values = new Float32Array(YEARS * pixels);
  for (let pixel = 0; pixel < pixels; pixel++) {
    const [level, slope] = [0.4 + 0.1 * normal(), 0.002 * normal()];
    for (let year = 0; year < YEARS; year++) values[year * pixels + pixel] = level + slope * year + 0.05 * normal();
  }
  return values;
}

interface Trends {
  slope: Float64Array;
  p: Float64Array;
}

const room = (pixels: number): Trends => ({ slope: new Float64Array(pixels), p: new Float64Array(pixels) });

/**
 * As one would write it first: all slopes, then their middle one, by the runtime's own sort or by selection; nothing is
 * allocated for a pixel without ties.
 */
function plain(values: Float32Array, { slope, p }: Trends, middle: (slopes: Float64Array) => number): void {
  const slopes = new Float64Array((YEARS * (YEARS - 1)) / 2);
  const x = new Float64Array(YEARS);
  for (let pixel = 0; pixel < slope.length; pixel++) {
    for (let i = 0; i < YEARS; i++) x[i] = values[i * slope.length + pixel] as number;
    let k = 0;
    let s = 0;
    let tied = 0;
    for (let i = 0; i < YEARS; i++) {
      for (let j = i + 1; j < YEARS; j++) {
        const rise = (x[j] as number) - (x[i] as number);
        s += Math.sign(rise);
        if (rise === 0) tied++;
        slopes[k++] = rise / (j - i);
      }
    }
    slope[pixel] = middle(slopes);
    p[pixel] = twoSided(standardised(s, kendallVariance(YEARS, tied === 0 ? [] : tieGroups([...x]))));
  }
}

const sorted = (slopes: Float64Array): number => slopes.sort()[slopes.length >> 1] as number;
const selected = (slopes: Float64Array): number => selectRank(slopes, 0, slopes.length - 1, slopes.length >> 1);

/** CPU time of a run [us]. */
function cpu(run: () => void): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] as number;

function farthest(a: Float64Array, b: ArrayLike<number>): number {
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - (b[i] ?? Number.NaN)) || 0), 0);
}

function main(): void {
  const values = stack(PIXELS, 1);
  const [ours, theirs] = [room(PIXELS), room(PIXELS)];
  const limits = { ...ours, low: new Float64Array(PIXELS), high: new Float64Array(PIXELS) };
  const python = openPython(values);
  const rounds = Array.from({ length: ROUNDS + 1 }, () => ({
    ours: cpu(() => trendBlock(values, TIMES, ours)) / PIXELS,
    sorted: cpu(() => plain(values, theirs, sorted)) / PIXELS,
    selected: cpu(() => plain(values, theirs, selected)) / PIXELS,
    limits: cpu(() => trendBlock(values, TIMES, limits)) / PIXELS,
    python: python?.run() ?? Number.NaN,
  })).slice(1);
  const middle = (of: (round: (typeof rounds)[number]) => number): string => median(rounds.map(of)).toFixed(2);
  console.log(`slope and p of ${PIXELS} pixels × ${YEARS} years, CPU us a pixel, medians of ${ROUNDS} rounds in turns:`);
  console.log(`  trendBlock ${middle((round) => round.ours)}, with limits of the slope ${middle((round) => round.limits)}`);
  for (const way of ['sorted', 'selected'] as const) {
    const ratio = middle((round) => round[way] / round.ours);
    console.log(
      `  all slopes made, the middle one ${way} ${middle((round) => round[way])}: median ratio ${ratio};`,
      differing(ours, theirs),
    );
  }
  if (python !== null) {
    console.log(
      `  pymannkendall ${middle((round) => round.python)}, ${PYTHON_PIXELS} of the pixels: median ratio ${middle((round) => round.python / round.ours)};`,
      differing(ours, python.found()),
    );
    python.close();
  }
  threads();
}

const differing = (a: Trends, b: { slope: ArrayLike<number>; p: ArrayLike<number> }): string =>
  `slopes differ by ${farthest(a.slope, b.slope).toExponential(0)}, p by ${farthest(a.p, b.p).toExponential(0)} at most`;

/** pymannkendall on the first pixels; `null`, and a line that says so, where there is none. */
function openPython(
  values: Float32Array,
): { run: () => number; found: () => { slope: number[]; p: number[] }; close: () => void } | null {
  const program = process.argv[2] ?? 'python3';
  if (spawnSync(program, ['-c', 'import pymannkendall']).status !== 0) {
    console.log(`NOT COMPARED with pymannkendall: ${program} has none (pip install pymannkendall; node bench/trend.ts PYTHON)`);
    return null;
  }
  const folder = mkdtempSync(join(tmpdir(), 'saryarka-trend-'));
  const file = join(folder, 'stack.bin');
  const part = new Float32Array(YEARS * PYTHON_PIXELS);
  for (let i = 0; i < part.length; i++) {
    part[i] = values[Math.floor(i / PYTHON_PIXELS) * PIXELS + (i % PYTHON_PIXELS)] as number;
  }
  writeFileSync(file, part);
  let printed: number[] = [];
  return {
    run: () => {
      const { stdout, stderr, status } = spawnSync(program, ['-c', PYTHON, file], { encoding: 'utf8', maxBuffer: 1e9 });
      if (status !== 0) throw new Error(stderr);
      const [took = 0, ...rest] = stdout.trim().split(' ').map(Number);
      printed = rest;
      return (took * 1e6) / PYTHON_PIXELS;
    },
    found: () => ({ slope: printed.filter((_, i) => i % 2 === 0), p: printed.filter((_, i) => i % 2 === 1) }),
    close: () => rmSync(folder, { recursive: true }),
  };
}

/** The same block again and again on each of the threads, all started at once. */
function threads(): void {
  let start = 0;
  let ready = 0;
  let done = 0;
  const workers = Array.from({ length: THREADS }, (_, i) => new Worker(new URL(import.meta.url), { workerData: i + 1 }));
  for (const worker of workers) {
    worker.on('message', () => {
      ready++;
      if (ready === THREADS) {
        start = performance.now();
        for (const each of workers) each.postMessage('start');
      }
      if (ready <= THREADS) return;
      done++;
      if (done < THREADS) return;
      const seconds = (performance.now() - start) / 1000;
      const pixels = THREADS * BLOCKS_PER_THREAD * PIXELS;
      console.log(
        `${(pixels / 1e6).toFixed(1)} Mpx × ${YEARS} years on ${THREADS} threads: ${seconds.toFixed(2)} s wall;`,
        `100 Mpx at that rate: ${((seconds * 1e8) / pixels).toFixed(0)} s`,
      );
    });
  }
}

function work(): void {
  const values = stack(PIXELS, workerData as number);
  const out = room(PIXELS);
  trendBlock(values, TIMES, out);
  parentPort?.once('message', () => {
    for (let i = 0; i < BLOCKS_PER_THREAD; i++) trendBlock(values, TIMES, out);
    parentPort?.postMessage('done');
  });
  parentPort?.postMessage('ready');
}

if (isMainThread) main();
else work();
