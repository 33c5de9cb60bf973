/**
 * A thread beside the one that answers requests: started with the first job, ended when there has been none for a while.
 *
 *     const thread = reviewThread('korgalzhyn.gpkg', { longest: 6, idle: 3_000, young: 8, most: 2048 });
 *     await thread.do({ kind: 'file', site, file, options });
 */
import { Worker } from 'node:worker_threads';
import { Problem, type ProblemCode } from '../problems.ts';
import type { ReviewJob, ReviewMade } from './review-jobs.ts';

export interface ThreadRequest {
  id: number;
  path: string;
  job: ReviewJob;
}

export type ThreadReply = { id: number } & (
  | { done: ReviewMade }
  | { problem: { code: ProblemCode; details: Problem['details'] } }
  | { failed: { message: string; stack: string | undefined } }
);

export interface ReviewThread {
  /**
   * @param options.isFirst somebody waits who has nothing to look at meanwhile: it goes before what is only made anew
   * @throws Problem `too-many-requests` when too many wait already.
   */
  do(job: ReviewJob, options?: { isFirst?: boolean }): Promise<ReviewMade>;
  /** Jobs that are not done yet. */
  waiting(): number;
  /** Ends it; what waits is given up. */
  close(): Promise<void>;
}

interface Waiting {
  job: ReviewJob;
  isFirst: boolean;
  resolve(result: ReviewMade): void;
  reject(error: unknown): void;
}

/** What a document takes as a rule, for those who are asked to come back later [s]. */
const A_DOCUMENT = 6;

const MODULE = new URL(import.meta.url.endsWith('.ts') ? './review-worker.ts' : './review-worker.js', import.meta.url);

/**
 * @param options.longest jobs that may wait, the one in work among them
 * @param options.young what young objects live in [MB], as in `cli/memory.ts`
 * @param options.most what all others may take before the thread is ended and the job told to have failed, not the server [MB]
 * @param options.idle time without work after which it is ended, and its memory given back [ms]
 */
export function reviewThread(
  path: string,
  { longest, idle: patience, young, most }: { longest: number; idle: number; young: number; most: number },
): ReviewThread {
  const waiting = new Map<number, Waiting>();
  /** The one in work. */
  let current: number | null = null;
  let isClosed = false;
  let worker: Worker | null = null;
  let idle: NodeJS.Timeout | undefined;
  let last = 0;

  const end = (own: Worker, error: unknown): void => {
    if (worker !== own) return;
    worker = null;
    current = null;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  const next = (own: Worker): void => {
    const [first] = [...waiting].toSorted(([, a], [, b]) => Number(b.isFirst) - Number(a.isFirst));
    if (first === undefined || current !== null) return;
    const [id, { job }] = first;
    current = id;
    own.postMessage({ id, path, job } satisfies ThreadRequest);
  };
  const settle = (own: Worker, reply: ThreadReply): void => {
    const asked = waiting.get(reply.id);
    waiting.delete(reply.id);
    if ('done' in reply) asked?.resolve(reply.done);
    else asked?.reject(errorOf(reply));
    current = null;
    next(own);
    if (current !== null) return;
    own.unref();
    idle = setTimeout(() => {
      if (worker === own) worker = null;
      void own.terminate();
    }, patience).unref();
  };
  const start = (): Worker => {
    const own = new Worker(MODULE, { resourceLimits: { maxYoungGenerationSizeMb: young, maxOldGenerationSizeMb: most } });
    own.on('message', (reply: ThreadReply) => settle(own, reply));
    own.on('error', (error) => end(own, new Problem('worker-died', { found: String(error) }, { cause: error })));
    own.on('exit', (code) => end(own, new Problem('worker-died', { found: `exit ${code}` })));
    return own;
  };

  return {
    waiting: () => waiting.size,
    async close() {
      isClosed = true;
      clearTimeout(idle);
      await worker?.terminate();
    },
    do(job, { isFirst = false } = {}) {
      if (isClosed) throw new Problem('worker-died', { found: 'closed' });
      if (waiting.size >= longest) throw new Problem('too-many-requests', { expected: waiting.size * A_DOCUMENT });
      clearTimeout(idle);
      worker ??= start();
      worker.ref();
      last += 1;
      const [own, id] = [worker, last];
      return new Promise((resolve, reject) => {
        waiting.set(id, { job, isFirst, resolve, reject });
        next(own);
      });
    },
  };
}

function errorOf(reply: Exclude<ThreadReply, { done: unknown }>): Error {
  if ('problem' in reply) return new Problem(reply.problem.code, reply.problem.details);
  return Object.assign(new Error(reply.failed.message), { stack: reply.failed.stack });
}
