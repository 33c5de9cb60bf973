/**
 * What options for the North Aral come to, side by side: a table with intervals, and what each costs others.
 *
 *     const table = outcomes(options, { tables, seed: 7 });
 *     table[1].released.mid - table[0].released.mid      // km3 a year less for the Great Aral
 *
 * Costs are against the first option, run by run with the same draws: water that no longer reaches the Great Aral, water that
 * evaporates more, water that has to be left in the river upstream and its part of what parties may take by Protocol 413.
 */
import {
  type EnsembleOptions,
  type Interval,
  intervalOf,
  lateMean,
  type ScenarioOption,
  type ScenarioRuns,
  type ScenarioTables,
  scenarioEnsemble,
  termIn,
} from './lake-scenario.ts';
import { type YearState, yearStates } from './lake-state.ts';
import { type SalinityClass, salinityClass } from './salinity.ts';

/** Tables of scenarios with what outcomes are held against. */
export interface OutcomeTables extends ScenarioTables {
  fish: readonly { id: string; below: number | null }[];
  /** What each party may take from the river in a year [km3]. */
  limits: readonly { party: string; limit: number }[];
}

export interface OutcomeOptions extends EnsembleOptions {
  tables: OutcomeTables;
}

export interface Outcome {
  option: ScenarioOption;
  runs: number;
  year: number;
  /** On 31 December of `year`. */
  level: Interval;
  area: Interval;
  volume: Interval;
  salinity: Interval;
  exposed: Interval;
  /** Of it dry all year: what wind can take dust from, at most. */
  dry: Interval;
  /** Salt that fell out of the water in all years together [Mt]. */
  fallen: Interval;
  /** Means of the last ten years [km3 a year]. */
  inflow: Interval;
  evaporation: Interval;
  released: Interval;
  /** Part of the runs that come within 0.25 m of the full level in that year. */
  full: number;
  /** First year in which half the runs come so far; `null` if they never do. */
  fullBy: number | null;
  /** Class of the Venice System of the middle run. */
  state: SalinityClass;
  /** Part of the runs in which the salinity lies below what a group of fish bears; `null` where no limit is known. */
  fish: { id: string; part: number | null }[];
  /** Of the middle run's salinity on 31 December of every year. */
  states: YearState[];
  /** Against the first option. */
  cost: {
    /** Less for the Great Aral [km3 a year]. */
    greatAral: Interval;
    /** More evaporation [km3 a year]. */
    evaporation: Interval;
    /** Left in the river upstream beyond the first option [km3 a year], and as a part of what a party may take. */
    upstream: number;
    shares: { party: string; part: number }[];
  };
  /** The bed above 44 m is assumed, not surveyed. */
  assumedBed: boolean;
  closure: number;
}

/** Within so much of the full level a lake counts as full [m]. */
const NEARLY = 0.25;
/** Highest level of the curve that a source stands behind [m]. */
export const HIGHEST_REPORTED = 44;

/** Runs all options and compares them with the first. `each` sees the runs of every option, for charts. */
export function outcomes(
  options: readonly ScenarioOption[],
  settings: OutcomeOptions,
  each: (runs: ScenarioRuns) => void = () => {},
): Outcome[] {
  let first: { released: Float64Array; evaporation: Float64Array; option: ScenarioOption } | null = null;
  return options.map((option) => {
    const runs = scenarioEnsemble(option, settings);
    each(runs);
    const own = { released: lateMean(runs, 'released'), evaporation: lateMean(runs, 'evaporation'), option };
    first ??= own;
    return outcomeOf(runs, own, first, settings.tables);
  });
}

type Flows = { released: Float64Array; evaporation: Float64Array; option: ScenarioOption };

function outcomeOf(runs: ScenarioRuns, own: Flows, first: Flows, tables: OutcomeTables): Outcome {
  const year = runs.years.at(-1) as number;
  const at = (term: Parameters<typeof termIn>[1]): Interval => intervalOf(termIn(runs, term, year));
  const salinity = termIn(runs, 'salinity', year);
  const isFull = (values: Float64Array): number =>
    values.filter((level) => level >= runs.option.full - NEARLY).length / runs.runs;
  const less = (a: Float64Array, b: Float64Array): Interval => intervalOf(a.map((value, i) => value - (b[i] as number)));
  const upstream = riverOf(runs.option, tables) - riverOf(first.option, tables);
  return {
    option: runs.option,
    runs: runs.runs,
    year,
    level: at('level'),
    area: at('area'),
    volume: at('volume'),
    salinity: intervalOf(salinity),
    exposed: at('exposed'),
    dry: at('dry'),
    fallen: intervalOf(sumOf(runs, 'fallen')),
    inflow: intervalOf(lateMean(runs, 'inflow')),
    evaporation: intervalOf(own.evaporation),
    released: intervalOf(own.released),
    full: isFull(termIn(runs, 'highest', year)),
    fullBy: runs.years.find((one) => isFull(termIn(runs, 'highest', one)) >= 0.5) ?? null,
    state: salinityClass(intervalOf(salinity).mid),
    fish: tables.fish.map(({ id, below }) => ({
      id,
      part: below === null ? null : salinity.filter((value) => value < below).length / runs.runs,
    })),
    states: yearStates(
      runs.years.map((one) => ({ year: one, salinity: intervalOf(termIn(runs, 'salinity', one)).mid })),
      tables.fish,
    ),
    cost: {
      greatAral: less(first.released, own.released),
      evaporation: less(own.evaporation, first.evaporation),
      upstream,
      shares: tables.limits.map(({ party, limit }) => ({ party, part: upstream / limit })),
    },
    assumedBed: runs.option.full > HIGHEST_REPORTED,
    closure: runs.closure,
  };
}

/** Mean river of an option before the delta [km3 a year]: years gauged below it are as they are. */
function riverOf({ inflow, saved = 0 }: ScenarioOption, { north: { rivers } }: ScenarioTables): number {
  return (inflow * rivers.reduce((sum, river) => sum + river.inflow, 0)) / rivers.length + saved;
}

/** Sum over all years of each run. */
function sumOf(runs: ScenarioRuns, term: 'fallen'): Float64Array {
  return lateMean(runs, term, { last: runs.years.length }).map((mean) => mean * runs.years.length);
}
