/** A thread for scenarios of a river; started by the pool. */
import { serve } from '../run/worker.ts';
import { openAllocation } from './water-allocate-task.ts';

await serve(openAllocation);
