/** A thread in which a dossier's file is checked or copied, so that the server goes on answering. */
import { parentPort, workerData } from 'node:worker_threads';
import { Problem } from '../problems.ts';
import type { ThreadJob } from './backup-thread.ts';

async function done(job: ThreadJob): Promise<string[]> {
  const { problemsIn, soundCopy } = await import('./backup.ts');
  if (job.do === 'check') return problemsIn(job.file);
  if (job.do === 'sound-copy') soundCopy(job.file, job.to);
  else (await import('./open-copy.ts')).openCopyFile(job.file, job.to, job);
  return [];
}

if (parentPort !== null && workerData !== null) {
  const port = parentPort;
  done(workerData as ThreadJob).then(
    (found) => port.postMessage({ found }),
    (error: unknown) => {
      if (!(error instanceof Problem)) throw error;
      port.postMessage({ code: error.code, details: error.details });
    },
  );
}
