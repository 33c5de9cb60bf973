/**
 * Scenarios in the browser: the same methods as `saryarka water lake`, with fewer runs so that a slider can be followed.
 *
 *     const { outcomes: [today, chosen], svg, took } = runScenario(tables, chosenOf(query));
 */
import type { AralScenarioReply } from '../../src/api/water.ts';
import { type Outcome, outcomes } from '../../src/science/lake-outcome.ts';
import type { ScenarioRuns } from '../../src/science/lake-scenario.ts';
import { type Chosen, optionOf, todayOf } from './water-option.ts';

/** Runs of each option here; the command makes 1,000. */
export const RUNS = 200;
const SEED = 1;

export interface ScenarioResult {
  outcomes: [today: Outcome, chosen: Outcome];
  runs: [today: ScenarioRuns, chosen: ScenarioRuns];
  /** What it took to run them [ms]. */
  took: number;
}

/** Both options with the same draws. @throws RangeError for what lies beyond the curve */
export function runScenario(tables: AralScenarioReply['tables'], chosen: Chosen): ScenarioResult {
  const start = performance.now();
  const drawn: ScenarioRuns[] = [];
  const found = outcomes([todayOf(chosen), optionOf(chosen)], { tables, runs: RUNS, seed: SEED }, (runs) => drawn.push(runs));
  return {
    outcomes: found as ScenarioResult['outcomes'],
    runs: drawn as ScenarioResult['runs'],
    took: performance.now() - start,
  };
}
