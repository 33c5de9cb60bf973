/** A thread for zonal statistics; started by the pool. */
import { serve } from './worker.ts';
import { openZonal } from './zonal-task.ts';

await serve(openZonal);
