/** A thread for indicators of rasters; started by the pool. */
import { enableCompileCache } from 'node:module';

enableCompileCache?.(); // before the rest is loaded: a thread then starts in half the time
const [{ serve }, { openBlocks }] = await Promise.all([import('./worker.ts'), import('./blocks-task.ts')]);
await serve(openBlocks);
