/** Random inputs are the same in every run, so that a test that passes today passes tomorrow; another seed is looked at with SARYARKA_SEED. */
import { configureGlobal } from 'fast-check';

configureGlobal({ seed: Number(process.env.SARYARKA_SEED ?? 20_261_123) });
