/** What an option comes to beside what there is today, with intervals of 90 in a hundred runs, and the same as a file. */
import type { AralScenarioReply } from '../../src/api/water.ts';
import { type BedPlace, distanceAt } from '../../src/science/lake-bed.ts';
import type { Outcome } from '../../src/science/lake-outcome.ts';
import type { Interval } from '../../src/science/lake-scenario.ts';
import { stateChanges } from '../../src/science/lake-state.ts';
import { figure, named, say } from '../words.ts';
import type { LakeBed } from './water-bed.tsx';
import type { ScenarioResult } from './water-runs.ts';

interface Row {
  key: string;
  title: string;
  cells: [string, string];
}

const TERMS = [
  ['level', 2],
  ['area', 0],
  ['volume', 1],
  ['salinity', 1],
  ['released', 2],
  ['evaporation', 2],
  ['exposed', 0],
  ['dry', 0],
] as const;

export interface OutcomeTableProps {
  result: ScenarioResult;
  tables: AralScenarioReply['tables'];
  bed: LakeBed | null;
}

export function OutcomeTable({ result, tables, bed }: OutcomeTableProps) {
  const rows = rowsOf(result, tables, bed);
  const [{ year }, own] = result.outcomes;
  return (
    <>
      <h3>{say('web.water.outcomes', { year: String(year) })}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section class="scroll" aria-label={say('web.water.outcomes', { year: String(year) })} tabIndex={0}>
        <table class="cards water-outcomes">
          <thead>
            <tr>
              <th scope="col">{say('web.water.quantity')}</th>
              <th scope="col">{say('web.water.as-today')}</th>
              <th scope="col">{say('web.water.as-chosen')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, title, cells: [today, now] }) => (
              <tr key={key} data-row={key}>
                <th scope="row">{title}</th>
                <td data-label={say('web.water.as-today')}>{today}</td>
                <td data-label={say('web.water.as-chosen')}>{now}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {own.assumedBed && bed === null ? <p class="finding question">{say('water.assumed-bed')}</p> : null}
      <p>
        <button type="button" onClick={() => download(csvOf(result))}>
          {say('web.water.outcomes-csv')}
        </button>
      </p>
      <h3>{say('web.water.states')}</h3>
      <p class="hint">{say('web.water.states-hint')}</p>
      <ul>
        {stateChanges(own.states).map((state) => (
          <li key={state.year}>
            {say('web.water.state-in', {
              year: String(state.year),
              salinity: figure(state.salinity, 1),
              state: say(`water.state.${state.class}`),
            })}{' '}
            {state.fit.map((id) => named(tables.fish.find((fish) => fish.id === id)?.name ?? { en: id })).join('; ')}
          </li>
        ))}
      </ul>
    </>
  );
}

const interval = ({ low, mid, high }: Interval, digits: number): string => {
  const plain = (value: number): string => figure(Math.round(value * 10 ** digits) / 10 ** digits + 0, digits);
  return `${plain(mid)} (${plain(low)} … ${plain(high)})`;
};
const part = (value: number): string => `${figure(value * 100, 0)} %`;

function rowsOf({ outcomes: [today, own] }: ScenarioResult, tables: AralScenarioReply['tables'], bed: LakeBed | null): Row[] {
  const highest = Math.max(...tables.north.curve.map(({ level }) => level));
  const both = (of: (outcome: Outcome) => string): [string, string] => [of(today), of(own)];
  const row = (key: string, of: (outcome: Outcome) => string): Row => ({
    key,
    title: say(`web.water.term.${key}`, { level: highest }),
    cells: both(of),
  });
  return [
    ...TERMS.map(([key, digits]) => row(key, (one) => interval(one[key], digits))),
    row('full', (one) =>
      one.fullBy === null ? part(one.full) : `${part(one.full)} · ${say('water.full-by', { year: String(one.fullBy) })}`,
    ),
    row('state', (one) => say(`water.state.${one.state}`)),
    ...tables.fish.map(({ id, name, below }) => ({
      key: `fish-${id}`,
      title: below === null ? named(name) : say('web.water.fish', { name: named(name), limit: figure(below) }),
      cells: both(({ fish }) => {
        const share = fish.find((one) => one.id === id)?.part ?? null;
        return share === null ? say('web.water.unknown') : part(share);
      }),
    })),
    ...(bed === null || bed.places.length === 0
      ? [{ key: 'shore', title: say('web.water.term.shore'), cells: both(() => say('web.water.shore-refused')) }]
      : bed.places.map((place) => ({
          key: `shore-${place.name}`,
          title: say('web.water.shore', { place: place.name }),
          cells: both(({ level }) => distances(place, level)),
        }))),
    row('cost-great-aral', ({ cost }) => interval(cost.greatAral, 2)),
    row('cost-evaporation', ({ cost }) => interval(cost.evaporation, 2)),
    row('cost-upstream', ({ cost }) =>
      cost.upstream === 0
        ? figure(0)
        : `${figure(cost.upstream, 2)} (${cost.shares.map((share) => `${say(`water.party.${share.party}`)} ${part(share.part)}`).join(', ')})`,
    ),
  ];
}

/** Kilometres at the three levels; the higher the water, the nearer. */
function distances(place: BedPlace, { low, mid, high }: Interval): string {
  const at = (level: number): string => figure(distanceAt(place, level), 1);
  return `${at(mid)} (${at(high)} … ${at(low)})`;
}

/** Both options by year as a CSV file; names of columns are the same in every language. */
function csvOf({ runs: [today, own] }: ScenarioResult): string {
  const names = [
    'level_m',
    'area_km2',
    'volume_km3',
    'salinity_g_l',
    'released_km3_a',
    'evaporation_km3_a',
    'exposed_km2',
    'dry_km2',
  ];
  const terms = ['level', 'area', 'volume', 'salinity', 'released', 'evaporation', 'exposed', 'dry'] as const;
  const header = ['option', 'full_m', 'since', 'inflow_part', 'saved_km3_a', 'evaporation_part', 'rule', 'runs', 'year'];
  const lines = [today, own].flatMap((one, which) =>
    one.years.map((year, at) => {
      const { full, since = '', inflow, saved = 0, evaporation = 1, rule } = one.option;
      const spread = terms.flatMap((term) => {
        const values = Float64Array.from(
          { length: one.runs },
          (_, run) => one[term][run * one.years.length + at] as number,
        ).sort();
        return [0.05, 0.5, 0.95].map((share) =>
          String(Number((values[Math.round(share * (one.runs - 1))] as number).toPrecision(6))),
        );
      });
      return [which === 0 ? 'today' : 'chosen', full, since, inflow, saved, evaporation, rule, one.runs, year, ...spread].join(
        ',',
      );
    }),
  );
  const head = [...header, ...names.flatMap((name) => ['p05', 'p50', 'p95'].map((share) => `${name}_${share}`))].join(',');
  return [head, ...lines, ''].join('\n');
}

function download(csv: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([csv], { type: 'text/csv' }));
  link.download = 'north-aral-2060.csv';
  link.click();
  URL.revokeObjectURL(link.href);
}
