/**
 * Models of others run here: the folder is `../shared/golden`, or what `SARYARKA_GOLDEN` names; pywr's own models are read from the
 * checkout that `SARYARKA_PYWR` names. Expected: pywr 1.31.1 with GLPK.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runForesight } from '../../../src/plans/river-foresight.ts';
import { openRiver } from '../../../src/plans/river-model.ts';
import { runScenario, type ScenarioRun } from '../../../src/plans/river-run.ts';
import { proves } from '../../../src/science/allocation-certificate.ts';

const golden = join(
  process.env.SARYARKA_GOLDEN ?? join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'golden'),
  'water',
);
const toy = join(golden, 'syrdarya-toy.pywr.json');
const present = existsSync(toy);
if (!present) console.warn(`no golden data at ${golden}: allocation is not compared (set SARYARKA_GOLDEN)`);
const pywr = process.env.SARYARKA_PYWR ?? '';
const models = join(pywr, 'tests', 'models');
const theirs = pywr !== '' && existsSync(models);
if (!theirs) console.warn("pywr's own models are not compared (set SARYARKA_PYWR to a checkout of pywr)");

const opened = async (path: string): Promise<ScenarioRun> => {
  const run = runScenario(await openRiver(path), 0, { series: true });
  expect(proves(run.certificate, 1e-10)).toBe(true);
  return run;
};
const flows = (run: ScenarioRun, node: string): number[] => [...(run.flows.get(node) as Float64Array)];
const volumes = (run: ScenarioRun, node: string): number[] => [...(run.volumes.get(node) as Float64Array)];
const near = (found: readonly number[], expected: readonly number[], within = 1e-12): void => {
  expect(found).toHaveLength(expected.length);
  expect(Math.max(...found.map((value, i) => Math.abs(value - (expected[i] as number))))).toBeLessThan(within);
};

describe.skipIf(!present)('golden allocation', () => {
  test('the Syr Darya in six steps: Aral and upstream first, then Uzbekistan, then Kazakhstan', async () => {
    const run = await opened(toy);
    near(flows(run, 'KG'), [0.03, 0.03, 0.03, 0.03, 0.03, 0.03]);
    near(flows(run, 'TJ'), [0.28, 0.28, 0.28, 0.28, 0.28, 0.28]);
    near(flows(run, 'ToAral'), [0.12, 0.12, 0.12, 0.12, 0.12, 0.12]);
    near(flows(run, 'UZ'), [1.55, 1.55, 1.55, 1.55, 0.37, 0.27]);
    near(flows(run, 'KZ'), [1.14, 1.14, 0.88, 0.32, 0, 0]);
    near(volumes(run, 'Toktogul'), [8, 7.2, 6.7, 5.5, 5.5, 5.5]);
    near(volumes(run, 'Shardara'), [1.48, 0.96, 0.7, 0.7, 0.7, 0.7]);
  });

  test('with the future known the same river costs less, and that is proved too', async () => {
    const ahead = await runForesight(await openRiver(toy));
    expect(ahead.foresight).toBeLessThan(ahead.stepwise);
    expect(proves(ahead.certificate)).toBe(true);
    expect(ahead.totals.get('Toktogul')?.volume).toBeCloseTo(5.5, 9);
  });

  test('the North Aral as a linear programme: capped after evaporation', async () => {
    const run = await opened(join(golden, 'north-aral.pywr.json'));
    const rows = readFileSync(join(golden, 'north-aral-forcing-per-day.csv'), 'utf8').trim().split('\n').slice(1);
    let volume = 23.177;
    let spilled = 0;
    const [expected, days]: [number[], number[]] = [[], []];
    for (const row of rows) {
      const [date = '', ...values] = row.split(',');
      const header = readFileSync(join(golden, 'north-aral-forcing-per-day.csv'), 'utf8').split('\n')[0]?.trim().split(',').slice(1) ?? [];
      const at = (name: string): number => Number(values[header.indexOf(name)]);
      const [year = 0, month = 0] = date.split('-').map(Number);
      const length = new Date(Date.UTC(year, month, 0)).getUTCDate();
      const next = volume + (at('inflow') + at('prec') - at('evap')) * length;
      spilled += Math.max(0, next - 27.9);
      volume = Math.min(27.9, next);
      expected.push(volume);
      days.push(length);
    }
    near(volumes(run, 'NorthAral'), expected);
    expect(run.totals.get('Spill')?.total).toBeCloseTo(24.9616, 4);
    expect(Math.abs((run.totals.get('Spill')?.total as number) - spilled)).toBeLessThan(1e-12);
    expect(volumes(run, 'NorthAral').at(-1)).toBe(27.9);
  });
});

describe.skipIf(!theirs)("golden allocation: pywr's own models", () => {
  const model = (name: string): Promise<ScenarioRun> => opened(join(models, `${name}.json`));
  const total = (run: ScenarioRun, node: string): number => run.totals.get(node)?.total as number;

  test('simple1, reservoir1, reservoir2, river1', async () => {
    const simple = await model('simple1');
    expect([simple.steps, total(simple, 'demand1')]).toEqual([365, 3650]);
    const one = await model('reservoir1');
    near(volumes(one, 'supply1').slice(0, 4), [25, 15, 5, 0]);
    expect(total(one, 'demand1')).toBe(35);
    const two = await model('reservoir2');
    near(volumes(two, 'supply1').slice(0, 3), [25, 15, 5]);
    expect(total(two, 'demand1')).toBe(1860);
    const river = await model('river1');
    expect([...new Set(flows(river, 'demand1'))]).toEqual([5]);
    expect(total(river, 'term1')).toBe(0);
  });

  test('river_mrf1, reservoir_evaporation, virtual_storage1', async () => {
    const mrf = await model('river_mrf1');
    expect([total(mrf, 'demand'), total(mrf, 'mrf')]).toEqual([23080, 13420]);
    const lake = await model('reservoir_evaporation');
    near(flows(lake, 'evaporation').slice(0, 3), [2.5, 2.46875, 2.437578], 5e-7);
    near(volumes(lake, 'reservoir1').slice(0, 3), [987.5, 975.03125, 962.593672], 5e-7);
    near([total(lake, 'evaporation'), total(lake, 'demand1')], [108.5435, 891.4565], 5e-5);
    const licence = await model('virtual_storage1');
    expect([licence.steps, total(licence, 'demand1')]).toEqual([367, 225]);
  });

  test('two_reservoir: 522 weeks', async () => {
    const run = await model('two_reservoir');
    const recorder = (name: string): number => run.recorders.find((one) => one.name === name)?.value as number;
    expect(run.steps).toBe(522);
    expect(recorder('deficit1')).toBeCloseTo(22851.69897, 5);
    expect(recorder('deficit2')).toBeCloseTo(0, 9);
    expect(total(run, 'transfer')).toBeCloseTo(0, 9);
    near([run.totals.get('reservoir1')?.volume as number, run.totals.get('reservoir2')?.volume as number], [5636.2792, 20000], 5e-5);
  });

  test('hydropower_example: energy 7,134.070822 from a turbine of 40', async () => {
    const run = await model('hydropower_example');
    expect([flows(run, 'catchment1')[0], flows(run, 'turbine1')[0]]).toEqual([100, 40]);
    expect(run.recorders.find(({ name }) => name === 'turbine1_energy')?.value).toBeCloseTo(7134.070822, 6);
  });
});
