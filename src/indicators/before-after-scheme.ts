/**
 * Which sites a measure was taken at and when, as a table of counts marks it.
 *
 *     rolesOf(rows, read, '')        // ['impact', 'control', …], of the column `role`
 *     schemeOf(rows, read, '2021')   // { years: [2016, …, 2025], from: 2021, left: 0 }
 */
import type { PopulationRow } from '../formats/population-table.ts';
import { Problem } from '../problems.ts';
import { NO_ZONE } from './population-fits.ts';
import type { TableRow } from './table-indicator.ts';

const ROLES = {
  impact: /^(impact|treatment|treated|measure|мера|воздействие|опыт|шара|әсер|etki|önlem)$/iu,
  control: /^(control|контроль|бақылау|kontrol)$/iu,
} as const;
const PHASES = {
  before: /^(before|до|дейін|бұрын|önce)$/iu,
  after: /^(after|после|кейін|sonra)$/iu,
} as const;

export type Role = 'impact' | 'control' | null;

/** Years on either side, ascending; those between, while the measure was taken, are in neither. */
export interface Scheme {
  years: number[];
  from: number;
  /** Years of the table that are in neither. */
  left: number;
}

const wordOf = <T extends string>(text: string, words: Readonly<Record<T, RegExp>>): T | null =>
  (Object.keys(words) as T[]).find((word) => words[word].test(text)) ?? null;

/** By the column `role`; else the zone that the parameter names is the control; else all sites are of the measure. */
export function rolesOf(rows: readonly TableRow[], read: readonly PopulationRow[], control: string): Role[] | null {
  let [sound, named] = [true, false];
  const roles = rows.map(({ cells }): Role => {
    const found = cells.text('role');
    if (found === null || found === NO_ZONE) return null;
    named = true;
    const role = wordOf(found, ROLES);
    if (role === null) {
      sound = false;
      cells.wrong('role', found, 'impact, control');
    }
    return role;
  });
  if (!sound) return null;
  const zones = [...new Set(read.map(({ other }) => other.zone as string))].filter((zone) => zone !== '');
  if (named) {
    if (!roles.includes('impact'))
      throw new Problem('choice-wrong', { field: 'role', found: 'control', expected: 'impact, control' });
    return roles;
  }
  if (control !== '' && !zones.includes(control))
    throw new Problem('choice-wrong', { field: 'control', found: control, expected: zones.join(', ') || '–' });
  return read.map(({ other }) => (control !== '' && other.zone === control ? 'control' : 'impact'));
}

/** By the column `phase`; else by the first year after. */
export function schemeOf(rows: readonly TableRow[], read: readonly PopulationRow[], since: string): Scheme | null {
  const all = [...new Set(read.map(({ year }) => year))].sort((a, b) => a - b);
  const [first = 0, last = 0] = [all[0], all.at(-1)];
  let sound = true;
  const phases = new Map<number, 'before' | 'after'>();
  rows.forEach(({ cells }, i) => {
    const found = cells.text('phase');
    if (found === null || found === NO_ZONE) return;
    const phase = wordOf(found, PHASES);
    const year = (read[i] as PopulationRow).year;
    const known = phases.get(year) ?? phase;
    if (phase === null || known !== phase) {
      sound = false;
      cells.wrong('phase', phase === null ? found : `${year}: ${found}`, phase === null ? 'before, after' : `${known}`);
    } else phases.set(year, phase);
  });
  if (!sound) return null;
  if (phases.size === 0) {
    const from = Number(since);
    if (!(Number.isInteger(from) && from > first && from <= last))
      throw new Problem('choice-wrong', { field: 'since', found: since || '–', expected: `${first + 1} – ${last}` });
    return { years: all, from, left: 0 };
  }
  const of = (phase: string): number[] => all.filter((year) => phases.get(year) === phase);
  const [before, after] = [of('before'), of('after')];
  const [end, start] = [before.at(-1), after[0]];
  if (end === undefined || start === undefined || end >= start)
    throw new Problem('choice-wrong', {
      field: 'phase',
      found: `before: ${before.join(', ') || '–'}; after: ${after.join(', ') || '–'}`,
      expected: 'before < after',
    });
  return { years: [...before, ...after], from: start, left: all.length - before.length - after.length };
}
