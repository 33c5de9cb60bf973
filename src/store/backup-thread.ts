/** Work on a whole dossier file, done in a thread of its own, so that the server goes on answering. */
import { Worker } from 'node:worker_threads';
import { Problem } from '../problems.ts';

/** What `backup-worker.ts` does. */
export type ThreadJob =
  | { do: 'check'; file: string }
  | { do: 'sound-copy'; file: string; to: string }
  | { do: 'open-copy'; file: string; to: string; exact: boolean };

const WORKER = new URL(import.meta.url.endsWith('.ts') ? './backup-worker.ts' : './backup-worker.js', import.meta.url);

/** Does `job` in a thread. @throws what the thread met with. */
export function inThread(job: ThreadJob): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(WORKER, { workerData: job });
    worker.once(
      'message',
      ({ found, code, details }: { found?: string[]; code?: Problem['code']; details?: Problem['details'] }) => {
        if (code === undefined) resolve(found ?? []);
        else reject(new Problem(code, details));
      },
    );
    worker.once('error', reject);
  });
}
