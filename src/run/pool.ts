/**
 * Carries tasks out on several threads and hands their results over in the order of the tasks.
 *
 *     await runTasks({ count, jobs: 2, worker, setup, open, onResult: (task, numbers) => … });
 *
 * This thread is one of them: it works between messages, and with one job no other is started. Whoever is free takes the
 * next task from a counter that all threads see. Knows nothing of what the tasks are.
 */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { Problem, type ProblemCode } from '../problems.ts';

/** Something that does tasks, opened once per thread. */
export interface Workshop {
  /** The result of one task; `null` where it stopped because `stopped()` became true, which it asks for often. */
  run(task: number, stopped: () => boolean): Promise<Float64Array<ArrayBuffer> | null>;
  close(): void;
}

export interface RunOptions<Setup> {
  /** How many tasks there are; they are named by 0 to `count - 1`. */
  count: number;
  /** Threads, this one among them. */
  jobs: number;
  /** A module that calls `serve` of `worker.ts`. */
  worker: URL;
  /** What threads need; typed arrays on shared memory are not copied. */
  setup: Setup;
  open(setup: Setup): Promise<Workshop>;
  /** Called in the order of the tasks. */
  onResult(task: number, numbers: Float64Array): void;
  onProgress?: ((done: number, total: number) => void) | undefined;
  signal?: AbortSignal | undefined;
  /** Threads of the same module that were started before; they end with the work. */
  ready?: ReadyThreads | undefined;
}

/** Threads that load their code while something else is still being done, such as reading zones. */
export interface ReadyThreads {
  /** Takes one; `null` when none is left. */
  take(): Worker | null;
  /** Ends those that were not taken. */
  close(): void;
}

/** Starts the threads beside this one that `jobs` needs. */
export function readyThreads(worker: URL, jobs: number): ReadyThreads {
  const workers = new Set<Worker>();
  for (let i = 1; i < jobs; i++) {
    const own = startThread(worker);
    workers.add(own);
    own.unref();
    // one that died is not taken: where another cannot be started, either, that tells why
    own.on('error', () => workers.delete(own));
    own.on('exit', () => workers.delete(own));
  }
  return {
    take() {
      const [own = null] = workers;
      if (own !== null) workers.delete(own);
      return own;
    },
    close() {
      for (const own of workers) own.terminate();
      workers.clear();
    },
  };
}

/**
 * What a thread does first, in JavaScript: from its first module on it then finds what was compiled before, and never loads what
 * takes types away.
 */
const FIRST = `
require('node:module').enableCompileCache?.();
import(require('node:worker_threads').workerData);
`;

function startThread(module: URL): Worker {
  return new Worker(FIRST, { eval: true, workerData: module.href });
}

/** What a thread is sent first. */
export interface WorkerStart<Setup> {
  setup: Setup;
  control: Int32Array<SharedArrayBuffer>;
  count: number;
}

/** What a thread tells: a result, that no task is left, or what went wrong. */
export type WorkerMessage =
  | { task: number; numbers: Float64Array<ArrayBuffer> }
  | { ended: true }
  | { failed: { code: ProblemCode; details: Problem['details'] } | { message: string; stack: string | undefined } };

/** Places in the memory that threads share. */
export const NEXT_TASK = 0;
export const STOP = 1;

/** Threads that this machine can run at once. */
export function threads(): number {
  return availableParallelism();
}

/**
 * Does all tasks, or throws the first thing that went wrong on any thread.
 * @throws Problem `worker-died` when a thread ends before its work; the reason of `signal` when that is aborted.
 */
export async function runTasks<Setup>(options: RunOptions<Setup>): Promise<void> {
  const { count, jobs, setup, open, signal } = options;
  signal?.throwIfAborted();
  const control = new Int32Array(new SharedArrayBuffer(8));
  const deliver = inOrder(options);
  const others = Array.from({ length: Math.min(jobs, count) - 1 }, () => startWorker(options, control, deliver));
  const failures: unknown[] = [];
  const stop = (): void => {
    Atomics.store(control, STOP, 1);
    for (const { end } of others) end();
  };
  const fail = (error: unknown): void => {
    failures.push(error);
    stop();
  };
  const aborted = (): void => fail(signal?.reason);
  signal?.addEventListener('abort', aborted);
  const own = async (): Promise<void> => {
    const workshop = await open(setup);
    await workThrough(workshop, control, count, deliver).finally(() => workshop.close());
  };
  await Promise.all([own(), ...others.map(({ done }) => done)].map((work) => work.catch(fail)));
  signal?.removeEventListener('abort', aborted);
  await Promise.all(others.map(({ end }) => end()));
  if (failures.length > 0) throw failures[0];
}

/** Takes tasks from the common counter until there are none, or somebody says stop. */
export async function workThrough(
  workshop: Workshop,
  control: Int32Array,
  count: number,
  deliver: (task: number, numbers: Float64Array<ArrayBuffer>) => void,
): Promise<void> {
  const stopped = (): boolean => Atomics.load(control, STOP) === 1;
  while (!stopped()) {
    const task = Atomics.add(control, NEXT_TASK, 1);
    if (task >= count) return;
    const numbers = await workshop.run(task, stopped);
    if (numbers === null) return;
    deliver(task, numbers);
  }
}

/** Keeps results until those of all tasks before have come. */
function inOrder<Setup>({ count, onResult, onProgress }: RunOptions<Setup>) {
  const early = new Map<number, Float64Array>();
  let next = 0;
  let done = 0;
  return (task: number, numbers: Float64Array): void => {
    early.set(task, numbers);
    for (let ready = early.get(next); ready !== undefined; ready = early.get(next)) {
      early.delete(next);
      onResult(next, ready);
      next += 1;
    }
    done += 1;
    onProgress?.(done, count);
  };
}

/** A thread; `done` when it has no task left, or fails. */
function startWorker<Setup>(
  { worker: url, setup, count, ready }: RunOptions<Setup>,
  control: Int32Array<SharedArrayBuffer>,
  deliver: (task: number, numbers: Float64Array) => void,
): { done: Promise<void>; end(): Promise<unknown> } {
  const start: WorkerStart<Setup> = { setup, control, count };
  const worker = ready?.take() ?? startThread(url);
  worker.ref();
  worker.postMessage(start);
  const done = new Promise<void>((resolve, reject) => {
    worker.on('message', (message: WorkerMessage) => {
      if ('failed' in message) reject(revived(message.failed));
      else if ('ended' in message) resolve();
      else
        try {
          deliver(message.task, message.numbers);
        } catch (error) {
          reject(error);
        }
    });
    worker.on('error', (error) => reject(new Problem('worker-died', { found: String(error) }, { cause: error })));
    worker.on('exit', (code) => reject(new Problem('worker-died', { found: `exit ${code}` })));
  });
  return { done, end: () => worker.terminate() };
}

function revived(failed: Extract<WorkerMessage, { failed: unknown }>['failed']): Error {
  if ('code' in failed) return new Problem(failed.code, failed.details);
  return Object.assign(new Error(failed.message), { stack: failed.stack });
}
