/** Moving windows as tasks: each does its share of the targets, and sums are added in the order of the shares, however many threads there are. */
import { runTasks, threads, type Workshop } from '../run/pool.ts';
import {
  finished,
  type MovingWindow,
  mergeWindows,
  type WindowOptions,
  type WindowSums,
  windowSums,
} from '../science/omniscape.ts';

export interface WindowsSetup {
  /** On shared memory. */
  conductance: Float64Array;
  sources: Float64Array;
  options: WindowOptions;
}

/** Shares of the targets: the same on every machine, so that sums have the same last digit. */
const SHARES = 32;
const WORKER = new URL(
  import.meta.url.endsWith('.ts') ? './life-connect-windows-worker.ts' : './life-connect-windows-worker.js',
  import.meta.url,
);

/** Opens the maps for a thread. */
export async function openWindows({ conductance, sources, options }: WindowsSetup): Promise<Workshop> {
  return {
    run: async (index) => packed(windowSums(conductance, sources, { ...options, part: { index, of: SHARES } })),
    close: () => {},
  };
}

/** Currents of all windows, on `jobs` threads. */
export async function runWindows(
  setup: WindowsSetup,
  { jobs = threads(), onProgress }: { jobs?: number; onProgress?: (done: number, total: number) => void } = {},
): Promise<MovingWindow> {
  let sums: WindowSums | null = null;
  await runTasks({
    count: SHARES,
    jobs: Math.min(jobs, SHARES),
    worker: WORKER,
    setup: { ...setup, conductance: shared(setup.conductance), sources: shared(setup.sources) },
    open: openWindows,
    onResult: (_, numbers) => {
      const part = unpacked(numbers, setup.conductance.length);
      sums = sums === null ? part : mergeWindows(sums, part);
    },
    onProgress,
  });
  return finished(setup.conductance, sums as unknown as WindowSums);
}

function shared(values: Float64Array): Float64Array {
  const copy = new Float64Array(new SharedArrayBuffer(values.byteLength));
  copy.set(values);
  return copy;
}

const packed = ({ targets, ungrounded, cumulative, potential }: WindowSums): Float64Array<ArrayBuffer> => {
  const numbers = new Float64Array(2 + cumulative.length + (potential?.length ?? 0));
  numbers.set([targets, ungrounded]);
  numbers.set(cumulative, 2);
  if (potential) numbers.set(potential, 2 + cumulative.length);
  return numbers;
};

const unpacked = (numbers: Float64Array, cells: number): WindowSums => ({
  targets: numbers[0] as number,
  ungrounded: numbers[1] as number,
  cumulative: numbers.slice(2, 2 + cells),
  potential: numbers.length > 2 + cells ? numbers.slice(2 + cells) : null,
});
