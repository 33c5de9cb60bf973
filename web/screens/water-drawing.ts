/** Scenarios of the lake as a drawing, in the language of the page. */
import type { AralScenarioReply } from '../../src/api/water.ts';
import { panelChart } from '../../src/drawing/chart-panels.ts';
import { intervalOf, type ScenarioTerm, termIn } from '../../src/science/lake-scenario.ts';
import { figure, lang, say } from '../words.ts';
import type { ScenarioResult } from './water-runs.ts';

const PANELS: readonly ScenarioTerm[] = ['level', 'area', 'salinity', 'released'];
const LIMITED: ScenarioTerm = 'salinity';

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
