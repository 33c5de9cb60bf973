/** Scenarios of a river as tasks: each thread opens the model once and runs one combination after another. */
import { openRiver, type RiverModel } from '../plans/river-model.ts';
import { packRun, type RunShape, shapeOf, unpackRun } from '../plans/river-pack.ts';
import { runScenario, type ScenarioRun } from '../plans/river-run.ts';
import { runTasks, type Workshop } from '../run/pool.ts';

export interface AllocationSetup {
  path: string;
  /** Combinations to run; a task is one of them. */
  combinations: number[];
  series: boolean;
}

/** Opens the model for a thread. */
export async function openAllocation({ path, combinations, series }: AllocationSetup): Promise<Workshop> {
  return workshopOf(await openRiver(path), combinations, series);
}

function workshopOf(model: RiverModel, combinations: readonly number[], series: boolean): Workshop {
  return {
    run: async (task) => packRun(runScenario(model, combinations[task], { series })),
    close: () => {},
  };
}

const WORKER = new URL(
  import.meta.url.endsWith('.ts') ? './water-allocate-worker.ts' : './water-allocate-worker.js',
  import.meta.url,
);

/** Runs combinations of a model on `jobs` threads, in their order. */
export async function runScenarios(
  model: RiverModel,
  setup: AllocationSetup,
  { jobs, onProgress }: { jobs: number; onProgress?: (done: number, total: number) => void },
): Promise<ScenarioRun[]> {
  const runs: ScenarioRun[] = [];
  const shape: RunShape = shapeOf(model);
  await runTasks({
    count: setup.combinations.length,
    jobs,
    worker: WORKER,
    setup,
    open: async () => workshopOf(model, setup.combinations, setup.series), // this thread has the model already
    onResult: (task, numbers) => void runs.push(unpackRun(model, shape, setup.combinations[task] as number, numbers)),
    ...(onProgress === undefined ? {} : { onProgress }),
  });
  return runs;
}
