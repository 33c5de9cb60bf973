/** A thread for distributions of pressure; started by the pool. */
import { enableCompileCache } from 'node:module';

enableCompileCache?.(); // before the rest is loaded: a thread then starts in half the time
const [{ serve }, { openPressure }] = await Promise.all([import('./worker.ts'), import('./pressure-task.ts')]);
await serve(openPressure);
