/** What is decided, as it stands in the address, so that a scenario can be sent as a link. */
import type { ScenarioOption } from '../../src/science/lake-scenario.ts';

/** Bounds, steps and first values of what can be moved; levels [m], years, per cent, km3 a year. */
export const CONTROLS = {
  full: { least: 42, most: 48, step: 0.5, first: 44 },
  since: { least: 2027, most: 2045, step: 1, first: 2030 },
  inflow: { least: 20, most: 150, step: 5, first: 100 },
  saved: { least: 0, most: 3, step: 0.1, first: 0 },
  evaporation: { least: 90, most: 130, step: 1, first: 100 },
} as const;

export type Control = keyof typeof CONTROLS;
export type Rule = ScenarioOption['rule'];
export type Chosen = Record<Control, number> & { rule: Rule };

/** Options that are talked of; the last says what cannot be computed. */
export const STAGES: readonly { id: string; full: number; since: number }[] = [
  { id: 'today', full: 42, since: CONTROLS.since.first },
  { id: 'second', full: 44, since: 2030 },
  { id: 'higher', full: 46, since: 2032 },
  { id: 'highest', full: 48, since: 2035 },
];

/** `?full=44&inflow=80` as what is chosen; what is no number or out of bounds counts as not said. */
export function chosenOf(query: URLSearchParams): Chosen {
  const chosen = { rule: query.get('rule') === 'gates' ? 'gates' : 'overflow' } as Chosen;
  for (const [name, { least, most, first }] of Object.entries(CONTROLS) as [Control, (typeof CONTROLS)[Control]][]) {
    const text = query.get(name) ?? '';
    const value = Number(text);
    chosen[name] = text.trim() !== '' && value >= least && value <= most ? value : first;
  }
  return chosen;
}

/** What has to stand in the address: all that differs from the first values. */
export function queryOf(chosen: Chosen): string {
  const params = new URLSearchParams();
  for (const name of Object.keys(CONTROLS) as Control[])
    if (chosen[name] !== CONTROLS[name].first) params.set(name, String(chosen[name]));
  if (chosen.rule === 'gates') params.set('rule', 'gates');
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
}

/** As the science takes it. */
export function optionOf({ full, since, inflow, saved, evaporation, rule }: Chosen): ScenarioOption {
  return { full, since, rule, saved, inflow: inflow / 100, evaporation: evaporation / 100 };
}

/** What it is compared with: the water held as today, with the same river and the same air. */
export function todayOf(chosen: Chosen): ScenarioOption {
  return { ...optionOf(chosen), full: 42, saved: 0, rule: 'overflow' };
}
