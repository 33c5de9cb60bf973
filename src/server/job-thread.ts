/**
 * A thread that carries one computation out, with threads of its own below it: ended with all of them at any moment, it leaves
 * nothing behind, as it never writes.
 *
 *     const thread = jobThread(work, { onPrepared: (run) => true, onProgress: (part) => …, signal });
 *     const computed = await thread;      // null where `onPrepared` said that nothing is to be done
 */
import { Worker } from 'node:worker_threads';
import { Problem, type ProblemCode, Problems } from '../problems.ts';
import type { LifeComputed } from '../run/compute-life.ts';
import type { RasterWork } from '../run/compute-rasters.ts';
import type { Computed } from '../store/keep-computed.ts';
import type { Id, Run } from '../types.ts';
import type { LifeOrder } from './life-jobs.ts';

interface NamedWork {
  indicator: Id;
  site: Id;
  /** Files that are known as datasets: what a run names them by, and what digest they must have. */
  datasets: { input: string; place: string; dataset: Id; digest: string | null }[];
}

/** Of files that lie in the folder of data or at addresses. */
export interface FileWork extends NamedWork {
  work: RasterWork;
  /** Paths of a table of dates and of a map of a reference region; `null` for none. */
  dates: string | null;
  region: string | null;
}

/** Of what the dossier holds of living things, or of a table of them. */
export interface LifeWork extends NamedWork {
  life: LifeOrder;
}

/** What a thread is to compute. Plain data. */
export type JobWork = FileWork | LifeWork;

/** What a thread hands over; of living things with what no figure rests on, what is to be told of a table, and the plan that goes along. */
export type JobDone = Computed & Partial<Pick<LifeComputed, 'skipped' | 'told' | 'corridors'>>;

/** To the thread: first the work, then whether to go on. */
export type JobRequest = { work: JobWork } | { proceed: true };

export type JobReply =
  | { prepared: Run }
  | { progress: number }
  | { done: JobDone }
  | { problem: PlainProblem }
  | { problems: PlainProblem[] }
  | { failed: { message: string; stack: string | undefined } };

export interface PlainProblem {
  code: ProblemCode;
  details: Problem['details'];
}

export interface JobThreadOptions {
  /** Told once the inputs are read, where the run is known before anything is computed; whether they are to be computed from. */
  onPrepared(run: Run): boolean;
  onProgress(part: number): void;
  signal: AbortSignal;
}

const MODULE = new URL(import.meta.url.endsWith('.ts') ? './job-worker.ts' : './job-worker.js', import.meta.url);

/** @throws whatever goes wrong; the reason of `signal`. */
export async function jobThread(work: JobWork, { onPrepared, onProgress, signal }: JobThreadOptions): Promise<JobDone | null> {
  signal.throwIfAborted();
  const worker = new Worker(MODULE);
  worker.unref(); // a server that is stopped does not wait
  const post = (request: JobRequest): void => worker.postMessage(request);
  try {
    return await new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      worker.on('error', (error) => reject(new Problem('worker-died', { found: String(error) }, { cause: error })));
      worker.on('exit', (code) => reject(new Problem('worker-died', { found: `exit ${code}` })));
      worker.on('message', (reply: JobReply) => {
        if ('progress' in reply) onProgress(reply.progress);
        else if ('done' in reply) resolve(reply.done);
        else if ('problem' in reply) reject(new Problem(reply.problem.code, reply.problem.details));
        else if ('problems' in reply) reject(new Problems(reply.problems.map(({ code, details }) => new Problem(code, details))));
        else if ('failed' in reply) reject(Object.assign(new Error(reply.failed.message), { stack: reply.failed.stack }));
        else if (onPrepared(reply.prepared)) post({ proceed: true });
        else resolve(null);
      });
      post({ work });
    });
  } finally {
    await worker.terminate();
  }
}
