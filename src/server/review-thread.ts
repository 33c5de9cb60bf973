/**
 * A thread beside the one that answers requests: started with the first job, ended when there has been none for a while.
 *
 *     const thread = reviewThread('korgalzhyn.gpkg', { longest: 6, idle: 3_000 });
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
  /** @throws Problem `too-many-requests` when too many wait already. */
  do(job: ReviewJob): Promise<ReviewMade>;
  /** Jobs that are not done yet. */
  waiting(): number;
  /** Ends it; what waits is given up. */
  close(): Promise<void>;
}

interface Waiting {
  resolve(result: ReviewMade): void;
  reject(error: unknown): void;
}

/** What a document takes as a rule, for those who are asked to come back later [s]. */
const A_DOCUMENT = 6;

const MODULE = new URL(import.meta.url.endsWith('.ts') ? './review-worker.ts' : './review-worker.js', import.meta.url);

/**
 * @param options.longest jobs that may wait, the one in work among them
 * @param options.young what young objects live in [MB], as in `cli/memory.ts`
 * @param options.idle time without work after which it is ended, and its memory given back [ms]
 */
export function reviewThread(
  path: string,
  { longest, idle: patience, young }: { longest: number; idle: number; young: number },
): ReviewThread {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | null = null;
  let idle: NodeJS.Timeout | undefined;
  let next = 0;

  const end = (own: Worker, error: unknown): void => {
    if (worker !== own) return;
    worker = null;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  const settle = (own: Worker, reply: ThreadReply): void => {
    const asked = waiting.get(reply.id);
    waiting.delete(reply.id);
    if ('done' in reply) asked?.resolve(reply.done);
    else asked?.reject(errorOf(reply));
    if (waiting.size > 0) return;
    own.unref();
    idle = setTimeout(() => {
      if (worker === own) worker = null;
      void own.terminate();
    }, patience).unref();
  };
  const start = (): Worker => {
    const own = new Worker(MODULE, { resourceLimits: { maxYoungGenerationSizeMb: young } });
    own.on('message', (reply: ThreadReply) => settle(own, reply));
    own.on('error', (error) => end(own, new Problem('worker-died', { found: String(error) }, { cause: error })));
    own.on('exit', (code) => end(own, new Problem('worker-died', { found: `exit ${code}` })));
    return own;
  };

  return {
    waiting: () => waiting.size,
    async close() {
      clearTimeout(idle);
      await worker?.terminate();
    },
    do(job) {
      if (waiting.size >= longest) throw new Problem('too-many-requests', { expected: waiting.size * A_DOCUMENT });
      clearTimeout(idle);
      worker ??= start();
      worker.ref();
      next += 1;
      const request: ThreadRequest = { id: next, path, job };
      return new Promise((resolve, reject) => {
        waiting.set(request.id, { resolve, reject });
        worker?.postMessage(request);
      });
    },
  };
}

function errorOf(reply: Exclude<ThreadReply, { done: unknown }>): Error {
  if ('problem' in reply) return new Problem(reply.problem.code, reply.problem.details);
  return Object.assign(new Error(reply.failed.message), { stack: reply.failed.stack });
}
