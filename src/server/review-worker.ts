/** A thread that does the heavy work of reviews, one job after the other, from a dossier that it opens to read and closes again. */
import { parentPort } from 'node:worker_threads';
import { Problem } from '../problems.ts';
import { closeDossier, openDossier } from '../store/dossier.ts';
import { doJob } from './review-jobs.ts';
import type { ThreadReply, ThreadRequest } from './review-thread.ts';

const port = parentPort;
if (port === null) throw new Error('not a worker');

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
