/**
 * Scenarios in the browser: the same methods as `saryarka water lake`, with fewer runs so that a slider can be followed.
 *
 *     const { outcomes: [today, chosen], svg, took } = runScenario(tables, chosenOf(query));
 */
import type { AralScenarioReply } from '../../src/api/water.ts';
import { panelChart } from '../../src/drawing/chart-panels.ts';
import { type Outcome, outcomes } from '../../src/science/lake-outcome.ts';
import { intervalOf, type ScenarioRuns, type ScenarioTerm, termIn } from '../../src/science/lake-scenario.ts';
import { figure, lang, say } from '../words.ts';
import { type Chosen, optionOf, todayOf } from './water-option.ts';

/** Runs of each option here; the command makes 1,000. */
export const RUNS = 200;
const SEED = 1;
const PANELS: readonly ScenarioTerm[] = ['level', 'area', 'salinity', 'released'];
const LIMITED: ScenarioTerm = 'salinity';

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

/** Level, area, salinity and what reaches the Great Aral by year, with intervals, as one drawing. */
export function scenarioDrawing({ runs }: ScenarioResult, tables: AralScenarioReply['tables'], width: number): string {
  const years = runs[0].years;
  const limits = tables.fish.flatMap(({ below, name }) => (below === null ? [] : [{ value: below, text: figure(below), name }]));
  return panelChart({
    title: '',
    lang: lang.value,
    description: say('web.water.future-described'),
    from: years[0] ?? 0,
    to: (years.at(-1) ?? 0) + 1,
    panels: PANELS.map((term) => ({
      title: say(`web.water.term.${term}`),
      series: runs.map((one, style) => ({
        style,
        smooth: true,
        points: years.map((year) => {
          const { low, mid, high } = intervalOf(termIn(one, term, year));
          return { at: year + 0.99, value: mid, low, high };
        }),
      })),
      marks: term === LIMITED ? limits.map(({ value, text }) => ({ value, text })) : [],
    })),
    legend: [say('web.water.as-today'), say('web.water.as-chosen')].map((name, style) => ({ name, style })),
    notes: [say('web.water.interval-note'), say('web.water.limits-note')],
    figure,
    width,
    panelHeight: 100,
  });
}
