import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Problem } from '../../src/problems.ts';
import { runTasks, type Workshop } from '../../src/run/pool.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'saryarka-pool-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const served = new URL('../../src/run/worker.ts', import.meta.url).href;
const problems = new URL('../../src/problems.ts', import.meta.url).href;

/** A worker module whose workshop does `body` for each task. */
function worker(name: string, body: string): URL {
  const path = join(folder, `${name}.mjs`);
  writeFileSync(
    path,
    `import { serve } from '${served}';
     import { Problem } from '${problems}';
     import { setTimeout } from 'node:timers/promises';
     await serve(async (setup) => ({ async run(task, stopped) { ${body} }, close() {} }));`,
  );
  return pathToFileURL(path);
}

/** Squares, each after a while that depends on the task. */
const SQUARES = 'await setTimeout((task * 7) % 5); return Float64Array.of(task * task + setup.plus);';

const here = async (setup: { plus: number }): Promise<Workshop> => ({
  async run(task) {
    await new Promise((resolve) => setTimeout(resolve, (task * 3) % 4));
    return Float64Array.of(task * task + setup.plus);
  },
  close() {},
});

describe('the pool', () => {
  test.each([1, 2, 3])('with %i threads hands results over in the order of the tasks', async (jobs) => {
    const results: number[] = [];
    const progress: number[] = [];
    await runTasks({
      count: 40,
      jobs,
      worker: worker('squares', SQUARES),
      setup: { plus: 1 },
      open: here,
      onResult: (task, [value]) => {
        expect(task).toBe(results.length);
        results.push(value ?? Number.NaN);
      },
      onProgress: (done) => progress.push(done),
    });
    expect(results).toEqual(Array.from({ length: 40 }, (_, i) => i * i + 1));
    expect(progress).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
  });

  test('with one job starts no other thread', async () => {
    const results: number[] = [];
    const none = new URL('file:///nowhere/at-all.mjs');
    await runTasks({
      count: 3,
      jobs: 1,
      worker: none,
      setup: { plus: 0 },
      open: here,
      onResult: (_, [v]) => results.push(v ?? -1),
    });
    expect(results).toEqual([0, 1, 4]);
  });

  const slow = async (): Promise<Workshop> => ({
    async run(_, stopped) {
      while (!stopped()) await new Promise((resolve) => setTimeout(resolve, 5));
      return null;
    },
    close() {},
  });
  const failing = (name: string, body: string, open = slow): Promise<void> =>
    runTasks({ count: 50, jobs: 2, worker: worker(name, body), setup: { plus: 0 }, open, onResult: () => {} });

  test('says so when a thread dies, and does not wait for ever', async () => {
    const error = await failing('dying', 'process.exit(7)').catch((caught) => caught);
    expect(error).toBeInstanceOf(Problem);
    expect(error.code).toBe('worker-died');
    expect(error.message).toContain('exit 7');
  });

  test('passes a problem of a thread on as it is', async () => {
    const error = await failing('refusing', "throw new Problem('file-missing', { file: 'a.tif' })").catch((caught) => caught);
    expect(error).toBeInstanceOf(Problem);
    expect([error.code, error.details]).toEqual(['file-missing', { file: 'a.tif' }]);
  });

  test('passes a fault of ours on with its message', async () => {
    await expect(failing('faulty', "throw new RangeError('no such thing')")).rejects.toThrow('no such thing');
  });

  test('passes on what goes wrong on this thread', async () => {
    const open = async (): Promise<Workshop> => ({ run: () => Promise.reject(new RangeError('here')), close() {} });
    await expect(failing('waiting', 'while (!stopped()) await setTimeout(5); return null;', open)).rejects.toThrow('here');
  });

  test('passes on what goes wrong where results are taken', async () => {
    const taken = runTasks({
      count: 10,
      jobs: 2,
      worker: worker('squares', SQUARES),
      setup: { plus: 0 },
      open: here,
      onResult: (task) => {
        if (task === 4) throw new RangeError('cannot take it');
      },
    });
    await expect(taken).rejects.toThrow('cannot take it');
  });

  test('stops within a second when it is aborted, whatever a thread is at', async () => {
    const abort = new AbortController();
    const body = 'const end = performance.now() + 20_000; while (performance.now() < end); return Float64Array.of(0);';
    setTimeout(() => abort.abort(new Error('enough')), 300);
    const start = performance.now();
    const run = runTasks({
      count: 50,
      jobs: 2,
      worker: worker('busy', body),
      setup: { plus: 0 },
      open: slow,
      onResult: () => {},
      signal: abort.signal,
    });
    await expect(run).rejects.toThrow('enough');
    expect(performance.now() - start).toBeLessThan(1300);
  });

  test('does not begin when it is aborted before', async () => {
    const run = runTasks({
      count: 1,
      jobs: 1,
      worker: worker('squares', SQUARES),
      setup: { plus: 0 },
      open: () => Promise.reject(new Error('opened')),
      onResult: () => {},
      signal: AbortSignal.abort(new Error('before')),
    });
    await expect(run).rejects.toThrow('before');
  });
});
