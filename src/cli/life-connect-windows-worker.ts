/** A thread for moving windows; started by the pool. */
import { serve } from '../run/worker.ts';
import { openWindows } from './life-connect-windows-task.ts';

await serve(openWindows);
