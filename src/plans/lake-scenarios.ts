/**
 * The North Aral from 2026 on under decisions, with what a user asked for checked; the method is `science/lake-scenario.ts`.
 *
 *     const runs = scenarioEnsemble({ full: 44, inflow: 1, rule: 'overflow' }, { tables: aralTables(), runs: 1000, seed: 7 });
 *     intervalOf(termIn(runs, 'level', 2060))       // { low, mid, high } m: 5, 50 and 95 in a hundred runs
 */
import { Problem } from '../problems.ts';
import {
  type EnsembleOptions,
  scenarioEnsemble as ensembleOf,
  optionBounds,
  type ScenarioOption,
  type ScenarioRuns,
  type ScenarioTables,
} from '../science/lake-scenario.ts';

export {
  type EnsembleOptions,
  type Interval,
  intervalOf,
  lateMean,
  northCurve,
  SCENARIO_FIRST_YEAR,
  SCENARIO_LAST_YEAR,
  type ScenarioOption,
  type ScenarioRuns,
  type ScenarioTables,
  type ScenarioTerm,
  termIn,
} from '../science/lake-scenario.ts';

/** Runs one option. @throws Problem `choice-wrong` for a full level beyond the curve, or a factor out of its bounds. */
export function scenarioEnsemble(option: ScenarioOption, options: EnsembleOptions): ScenarioRuns {
  checkOption(option, options.tables);
  return ensembleOf(option, options);
}

/** @throws Problem `choice-wrong` that names the option of the command */
export function checkOption(option: ScenarioOption, tables: ScenarioTables): void {
  for (const [name, [low, high]] of Object.entries(optionBounds(tables))) {
    const found = option[name as keyof ReturnType<typeof optionBounds>];
    if (found === undefined || (found >= low && found <= high)) continue;
    const field = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    throw new Problem('choice-wrong', { field, found: String(found), expected: `${low} – ${high}` });
  }
}
