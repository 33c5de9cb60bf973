/**
 * Allocation step by step against pip's pywr on the same machine, by turns: `node bench/allocation.ts [model.json …]`.
 * `SARYARKA_PYTHON` names a Python that has pywr; without it ours runs alone. Without models it makes one as large as pywr's
 * example of the Thames: seven nodes, 36,159 days, five scenarios, demand saving by two control curves.
 *
 * What is measured is the run, without reading the model: scenario-steps a second by the clock, and by seconds of processor, as
 * other work on the machine takes away from the first. Ours proves every step meanwhile, and works on all processors.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runScenarios } from '../src/cli/water-allocate-task.ts';
import { isoDay } from '../src/plans/river-calendar.ts';
import { openRiver, type RiverModel } from '../src/plans/river-model.ts';
import { threads } from '../src/run/pool.ts';
import { proves } from '../src/science/allocation-certificate.ts';
import { seededRandom } from '../src/science/seeded-random.ts';

const TURNS = 3;
const DAYS = 36_159;
const python = process.env.SARYARKA_PYTHON;

interface Speed {
  byClock: number;
  byProcessor: number;
}

const folder = mkdtempSync(join(tmpdir(), 'allocation-'));
try {
  const given = process.argv.slice(2);
  for (const path of given.length > 0 ? given : [thamesSized()]) await compare(path);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function compare(path: string): Promise<void> {
  const model = await openRiver(path);
  const scenarios = model.combinations.length;
  console.log(`${model.document.title}: ${model.calendar.count} steps x ${scenarios} scenarios, ${threads()} processors`);
  await ours(path, model); // once to warm up, as the first run also compiles
  const turns: { own: Speed; theirs: Speed | null }[] = [];
  for (let turn = 0; turn < TURNS; turn++) turns.push({ own: await ours(path, model), theirs: theirs(path) });
  const show = (name: string, of: (turn: (typeof turns)[number]) => Speed | null): void => {
    const speeds = turns.flatMap((turn) => of(turn) ?? []);
    if (speeds.length === 0) {
      console.log(`  ${name}: not here (set SARYARKA_PYTHON to a Python that has pywr)`);
      return;
    }
    const rates = (field: keyof Speed): string => speeds.map((speed) => Math.round(speed[field]).toLocaleString('en')).join(', ');
    console.log(
      `  ${name.padEnd(5)} scenario-steps a second by the clock: ${rates('byClock')}; by second of processor: ${rates('byProcessor')}`,
    );
  };
  show('ours', ({ own }) => own);
  show('pywr', (turn) => turn.theirs);
  const ratio = (field: keyof Speed): string =>
    middle(turns.flatMap(({ own, theirs: other }) => (other === null ? [] : [own[field] / other[field]]))).toFixed(1);
  if (turns[0]?.theirs)
    console.log(
      `  ours is ${ratio('byClock')} times as fast by the clock, ${ratio('byProcessor')} times by processor (middle of ${TURNS} turns)`,
    );
}

async function ours(path: string, model: RiverModel): Promise<Speed> {
  const combinations = model.combinations.map((_, i) => i);
  const cpu = process.cpuUsage();
  const start = performance.now();
  const runs = await runScenarios(model, { path, combinations, series: false }, { jobs: threads() });
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  if (!runs.every(({ certificate }) => proves(certificate))) throw new Error('a step is not proved');
  const done = runs.reduce((sum, { steps }) => sum + steps, 0);
  return { byClock: done / seconds, byProcessor: done / ((user + system) / 1e6) };
}

function theirs(path: string): Speed | null {
  if (python === undefined) return null;
  const program = [
    'import sys, time, warnings',
    'warnings.simplefilter("ignore")',
    'from pywr.core import Model',
    'model = Model.load(sys.argv[1])',
    'model.setup()',
    'clock, cpu = time.perf_counter(), time.process_time()',
    'model.run()',
    'print(time.perf_counter() - clock, time.process_time() - cpu, len(model.timestepper) * len(model.scenarios.combinations))',
  ].join('\n');
  const { stdout, stderr, status } = spawnSync(python, ['-c', program, path], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr.slice(-400));
  const [seconds = 0, cpu = 0, done = 0] = stdout.trim().split('\n').at(-1)?.split(' ').map(Number) ?? [];
  return { byClock: done / seconds, byProcessor: done / cpu };
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

/** A river with an abstraction into a reservoir and a town whose demand is cut in two steps as the reservoir falls. */
function thamesSized(): string {
  const random = seededRandom(20261123);
  let wet = 0;
  const first = Date.UTC(2100, 0, 1) / 86_400_000;
  const rows = Array.from({ length: DAYS }, (_, day) => {
    wet = 0.97 * wet + (random() < 0.3 ? 6 * random() : 0);
    return `${isoDay(first + day)},${(8 + 14 * (1 + Math.cos((day / 365.25) * 2 * Math.PI)) + 4 * wet * random()).toFixed(6)}`;
  });
  writeFileSync(join(folder, 'flow.csv'), `Date,flow\n${rows.join('\n')}\n`);
  const year = (values: number[]): object => ({ type: 'monthlyprofile', values });
  const product = (...parameters: string[]): object => ({ type: 'aggregated', agg_func: 'product', parameters });
  const model = {
    metadata: { title: "As large as pywr's example of the Thames", minimum_version: '1.0' },
    timestepper: { start: '2100-01-01', end: isoDay(first + DAYS - 1), timestep: 1 },
    scenarios: [{ name: 'demand', size: 5 }],
    nodes: [
      { name: 'headwater', type: 'catchment', flow: 'flow' },
      { name: 'river', type: 'link' },
      { name: 'gauge', type: 'rivergauge', mrf: 0.6, mrf_cost: -1000 },
      { name: 'estuary', type: 'output' },
      { name: 'intake', type: 'link', max_flow: 3.5 },
      { name: 'reservoir', type: 'storage', max_volume: 200, initial_volume: 200, cost: -10 },
      { name: 'town', type: 'output', max_flow: 'demand', cost: -500 },
    ],
    edges: [
      ['headwater', 'river'],
      ['river', 'gauge'],
      ['gauge', 'estuary'],
      ['river', 'intake'],
      ['intake', 'reservoir'],
      ['reservoir', 'town'],
    ],
    parameters: {
      cumecs: { type: 'dataframe', url: 'flow.csv', column: 'flow', index_col: 'Date', parse_dates: true },
      to_million_m3: { type: 'constant', value: 0.0864 },
      flow: product('cumecs', 'to_million_m3'),
      base: { type: 'constant', value: 1.7 },
      season: year([0.9, 0.9, 0.9, 0.9, 1.2, 1.2, 1.2, 1.2, 0.9, 0.9, 0.9, 0.9]),
      growth: { type: 'constantscenario', scenario: 'demand', values: [0.75, 0.9, 1, 1.1, 1.25] },
      upper: year([0.8, 0.85, 0.9, 0.92, 0.9, 0.85, 0.8, 0.7, 0.65, 0.7, 0.75, 0.8]),
      lower: year([0.5, 0.55, 0.6, 0.62, 0.6, 0.55, 0.5, 0.4, 0.35, 0.4, 0.45, 0.5]),
      level: { type: 'controlcurveindex', storage_node: 'reservoir', control_curves: ['upper', 'lower'] },
      none: { type: 'constant', value: 1 },
      some: year([0.95, 0.95, 0.95, 0.95, 0.9, 0.9, 0.9, 0.9, 0.95, 0.95, 0.95, 0.95]),
      much: year([0.8, 0.8, 0.8, 0.8, 0.75, 0.75, 0.75, 0.75, 0.8, 0.8, 0.8, 0.8]),
      saving: { type: 'indexedarray', index_parameter: 'level', params: ['none', 'some', 'much'] },
      demand: product('base', 'season', 'saving', 'growth'),
    },
  };
  const path = join(folder, 'model.json');
  writeFileSync(path, JSON.stringify(model));
  return path;
}
