/** A thread that does the heavy work of reviews, one job after the other, from a dossier that it opens to read and closes again. */
import { setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { Problem } from '../problems.ts';
import { closeDossier, openDossier } from '../store/dossier.ts';
import { doJob } from './review-jobs.ts';
import type { ThreadReply, ThreadRequest } from './review-thread.ts';

const port = parentPort;
if (port === null) throw new Error('not a worker');

/** Steps behind the thread that answers: whoever only reads does not wait for what somebody else's record made necessary. */
const NICE = 5;

// on Linux each thread has a priority of its own (sched(7)); elsewhere this would hold for the whole program
if (process.platform === 'linux') setPriority(0, NICE);

let last = Promise.resolve();

port.on('message', (request: ThreadRequest) => {
  last = last.then(async () => port.postMessage(await reply(request)));
});

async function reply({ id, path, job }: ThreadRequest): Promise<ThreadReply> {
  try {
    const db = openDossier(path, { readOnly: true });
    try {
      return { id, done: await doJob(db, job) };
    } finally {
      closeDossier(db);
    }
  } catch (error) {
    if (error instanceof Problem) return { id, problem: { code: error.code, details: error.details } };
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    return { id, failed: { message, stack } };
  }
}
