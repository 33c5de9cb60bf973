/** A thread for zonal statistics; started by the pool. */
import { enableCompileCache } from 'node:module';

enableCompileCache?.(); // before the rest is loaded: a thread then starts in half the time
const [{ serve }, { openZonal }] = await Promise.all([import('./worker.ts'), import('./zonal-task.ts')]);
await serve(openZonal);
