/**
 * One thread of the pool: opens a workshop and works until no task is left.
 *
 *     serve(openZonal);   // all that a worker module does
 */
import { once } from 'node:events';
import { parentPort } from 'node:worker_threads';
import { Problem } from '../problems.ts';
import { type WorkerMessage, type WorkerStart, type Workshop, workThrough } from './pool.ts';

/** Works for the thread that started this one; what goes wrong is told there. */
export async function serve<Setup>(open: (setup: Setup) => Promise<Workshop>): Promise<void> {
  if (parentPort === null) throw new Error('not a worker');
  const port = parentPort;
  const post = (message: WorkerMessage, transfer: ArrayBuffer[] = []): void => port.postMessage(message, transfer);
  const [{ setup, control, count }] = (await once(port, 'message')) as [WorkerStart<Setup>];
  try {
    const workshop = await open(setup);
    try {
      await workThrough(workshop, control, count, (task, numbers) => post({ task, numbers }, [numbers.buffer]));
    } finally {
      workshop.close();
    }
    post({ ended: true });
  } catch (error) {
    if (error instanceof Problem) post({ failed: { code: error.code, details: error.details } });
    else if (error instanceof Error) post({ failed: { message: error.message, stack: error.stack } });
    else post({ failed: { message: String(error), stack: undefined } });
  }
}
