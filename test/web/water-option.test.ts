/** What is decided on the page of the Aral: as an address, and as what is run. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aralTables } from '../../src/plans/aral-tables.ts';
import { outcomes } from '../../src/plans/lake-outcomes.ts';
import { scenarioTables } from '../../src/server/water-desk.ts';
import {
  type Chosen,
  CONTROLS,
  type Control,
  chosenOf,
  optionOf,
  queryOf,
  STAGES,
  todayOf,
} from '../../web/screens/water-option.ts';
import { RUNS, runScenario } from '../../web/screens/water-runs.ts';

const read = (query: string): Chosen => chosenOf(new URLSearchParams(query));

test('what stands in the address is what is chosen; what is no number or out of bounds counts as not said', () => {
  expect(read('')).toEqual({ full: 44, since: 2030, inflow: 100, saved: 0, evaporation: 100, rule: 'overflow' });
  expect(read('?full=46.5&rule=gates')).toMatchObject({ full: 46.5, rule: 'gates' });
  expect(read('?full=99&inflow=x&saved=&since=1e9')).toEqual(read(''));
  const any = fc.record(
    Object.fromEntries(
      Object.entries(CONTROLS).map(([name, { least, most, step }]) => [
        name,
        fc.integer({ min: 0, max: Math.round((most - least) / step) }).map((n) => Number((least + n * step).toFixed(6))),
      ]),
    ) as Record<Control, fc.Arbitrary<number>>,
  );
  fc.assert(
    fc.property(any, (some) => {
      expect(read(queryOf({ ...some, rule: 'gates' }))).toEqual({ ...some, rule: 'gates' });
    }),
  );
  for (const { full, since } of STAGES) expect(read(queryOf({ ...read(''), full, since }))).toMatchObject({ full, since });
});

test('the browser runs what the command runs, from the tables that the server sends', () => {
  const { tables } = scenarioTables();
  const chosen = read('?full=46&inflow=80&rule=gates');
  const here = runScenario(tables, chosen);
  const there = outcomes([todayOf(chosen), optionOf(chosen)], { tables: aralTables(), runs: RUNS, seed: 1 });
  expect(here.outcomes).toEqual(there);
  expect(here.outcomes[1].cost.greatAral.mid).toBeGreaterThan(0);
});

test('water held as today costs nobody anything', () => {
  const { outcomes: both } = runScenario(scenarioTables().tables, read('?full=42'));
  expect(both[1].cost.greatAral).toEqual({ low: 0, mid: 0, high: 0 });
});
