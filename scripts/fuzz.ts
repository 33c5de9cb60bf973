/**
 * Nightly: 100,000 mutated maps per reader, from a new seed each night. A failure prints the seed to run it again with.
 *
 *     node scripts/fuzz.ts               # FUZZ_RUNS=100000, FUZZ_SEED=now
 *     FUZZ_SEED=42 node scripts/fuzz.ts
 */
import { spawnSync } from 'node:child_process';

const runs = process.env.FUZZ_RUNS ?? '100000';
const seed = process.env.FUZZ_SEED ?? String(Math.floor(Date.now() / 1000));
console.log(`fuzz: ${runs} inputs per reader, seed ${seed}`);
const { status } = spawnSync('npx', ['vitest', 'run', 'test/formats/fuzz.test.ts'], {
  stdio: 'inherit',
  env: { ...process.env, FUZZ_RUNS: runs, FUZZ_SEED: seed },
});
process.exitCode = status ?? 1;
