/**
 * What options for the North Aral come to, side by side; the method is `science/lake-outcome.ts`, which runs in a browser, too.
 *
 *     const table = outcomes(options, { tables: aralTables(), seed: 7 });
 *     table[1].released.mid - table[0].released.mid      // km3 a year less for the Great Aral
 */
import { type Outcome, type OutcomeOptions, outcomes as outcomesOf } from '../science/lake-outcome.ts';
import type { ScenarioOption, ScenarioRuns } from '../science/lake-scenario.ts';
import { checkOption } from './lake-scenarios.ts';

export { HIGHEST_REPORTED, type Outcome, type OutcomeOptions } from '../science/lake-outcome.ts';

/** Runs all options and compares them with the first. `each` sees the runs of every option, for charts. @throws Problem `choice-wrong` */
export function outcomes(
  options: readonly ScenarioOption[],
  settings: OutcomeOptions,
  each: (runs: ScenarioRuns) => void = () => {},
): Outcome[] {
  for (const option of options) checkOption(option, settings.tables);
  return outcomesOf(options, settings, each);
}
