/**
 * Parameters and recorders of one small river from 10 February 2015 (day 41 of the year) on. Where numbers are not plain to see,
 * they are those of pywr 1.31.1 (with numpy 2.4, scipy 1.17) for the same parameter.
 */
import { expect, test } from 'vitest';
import { riverFrom } from '../../src/plans/river-model.ts';
import { runScenario, type ScenarioRun } from '../../src/plans/river-run.ts';

type Json = Record<string, unknown>;

/** A lake that falls by 2 a day from 100 of 120, and rises again by nothing. */
function river(parameters: Json, recorders: Json = {}, more: Json = {}): ScenarioRun {
  const kept = Object.fromEntries(
    Object.keys(parameters).map((name) => [name, { type: 'numpyarrayparameter', parameter: name }]),
  );
  return runScenario(
    riverFrom({
      timestepper: { start: '2015-02-10', end: '2016-03-20', timestep: 1 },
      nodes: [
        { name: 'lake', type: 'storage', max_volume: 120, initial_volume: 100 },
        { name: 'town', type: 'output', max_flow: 2, cost: -1 },
      ],
      edges: [['lake', 'town']],
      parameters,
      recorders: { ...kept, ...recorders },
      ...more,
    }),
    0,
    { series: true },
  );
}

const at = (run: ScenarioRun, name: string, ...steps: number[]): number[] => {
  const series = run.recorders.find((one) => one.name === name)?.series as Float64Array;
  return steps.map((step) => series[step] as number);
};
const near = (found: readonly number[], expected: readonly number[]): void => {
  for (const [i, value] of expected.entries()) expect(found[i]).toBeCloseTo(value, 10);
};

const MONTHS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
const STEPS = [0, 18, 19, 200, 330];

test('parameters: profiles of months hold, or go in lines from first or last days', () => {
  const run = river({
    plain: { type: 'monthlyprofile', values: MONTHS },
    first: { type: 'monthlyprofile', values: MONTHS, interp_day: 'first' },
    last: { type: 'monthlyprofile', values: MONTHS, interp_day: 'last' },
    weekly: { type: 'weeklyprofile', values: Array.from({ length: 52 }, (_, i) => i) },
    daily: { type: 'dailyprofile', values: Array.from({ length: 366 }, (_, i) => i / 2) },
  });
  near(at(run, 'plain', ...STEPS), [2, 2, 3, 8, 1]);
  near(at(run, 'first', ...STEPS), [2.321428571428571, 2.9642857142857144, 3, 8.903225806451612, 1.1612903225806452]);
  near(at(run, 'last', ...STEPS), [1.3571428571428572, 2, 2.032258064516129, 7.935483870967742, 9.870967741935484]);
  near(at(run, 'weekly', ...STEPS), [5, 8, 8, 34, 0]);
  near(at(run, 'daily', 0, 18, 19), [20, 29, 30]); // 1 March is the 61st day of every year
});

test('parameters: radial, harmonic and falling profiles', () => {
  const run = river({
    radial: { type: 'rbfprofile', days_of_year: [1, 90, 180, 270], values: [0.5, 0.7, 0.4, 0.6] },
    cubic: {
      type: 'rbfprofile',
      days_of_year: [1, 60, 200, 300],
      values: [0.5, 0.9, 0.2, 0.6],
      rbf_kwargs: { function: 'cubic' },
    },
    harmonic: { type: 'annualharmonicseries', mean: 3, amplitudes: [1, 0.5], phases: [0.3, 1.1] },
    falling: { type: 'uniformdrawdownprofile', reset_day: 15, reset_month: 4, residual_days: 10 },
  });
  near(
    at(run, 'radial', ...STEPS),
    [0.6205460212224974, 0.6748186899743105, 0.6772356060726454, 0.5288340584314081, 0.5107637395718418],
  );
  near(at(run, 'cubic', ...STEPS), [0.7924183168459265, 0.8964919101948723, 0.9, 0.3318450743910228, 0.5264946049166275]);
  near(
    at(run, 'harmonic', ...STEPS),
    [3.156260146793404, 2.7695175346395744, 2.7524250514734274, 2.223662585744655, 4.0735128196520085],
  );
  near(
    at(run, 'falling', ...STEPS),
    [0.1979358228560706, 0.14997185212985553, 0.14730718708951018, 0.6385678879632118, 0.29308131028098783],
  );
});

test('parameters: lines, steps and splines between points, as scipy draws them', () => {
  const daily = { type: 'dailyprofile', values: Array.from({ length: 366 }, (_, i) => i * 0.5) };
  const through = { type: 'interpolated', parameter: 'daily', x: [-1, 30, 50, 120, 190], y: [0, 10, 3, 7, 7.5] };
  const run = river({
    daily,
    line: { type: 'interpolated', parameter: 'daily', x: [-1, 50, 190], y: [0, 10, 3] },
    quadratic: { ...through, interp_kwargs: { kind: 'quadratic' } },
    cubic: { ...through, interp_kwargs: { kind: 'cubic' } },
    integral: { type: 'piecewiseintegral', parameter: 'daily', x: [10, 60, 200], y: [1, 2, 0.5] },
  });
  near(at(run, 'line', 0), [(21 / 51) * 10]);
  near(at(run, 'quadratic', ...STEPS), [10.017271392046998, 10.140716189647268, 10, 7.0552928809558955, 2.6154429364086385]);
  near(at(run, 'cubic', ...STEPS), [11.425889286235586, 10.261279630710844, 10, 7.113765998324577, 3.764298859199387]);
  near(at(run, 'integral', ...STEPS), [30, 48, 50, 140.25, 2.5]);
});

test('parameters: control curves look at how full the lake is before the step', () => {
  const run = river({
    level: { type: 'controlcurveindex', storage_node: 'lake', control_curves: [0.8, 0.5] },
    chosen: { type: 'indexedarray', index_parameter: 'level', params: [10, 20, 30] },
    between: { type: 'controlcurveinterpolated', storage_node: 'lake', control_curves: [0.5], values: [0, -5, -10] },
    paired: {
      type: 'controlcurvepiecewiseinterpolated',
      storage_node: 'lake',
      control_curves: [0.5],
      values: [
        [8, 6],
        [2, 0],
      ],
    },
  });
  // 100, 98, 96 … of 120: at 96 it stands at 0.8, from 58 on below 0.5
  expect(at(run, 'level', 0, 2, 3, 20, 21)).toEqual([0, 0, 1, 1, 2]);
  expect(at(run, 'chosen', 0, 3, 21)).toEqual([10, 20, 30]);
  near(at(run, 'between', 0, 20, 30, 35), [-5 / 3, -5, -5 - 5 * (1 - 40 / 60), -5 - 5 * (1 - 30 / 60)]);
  near(at(run, 'paired', 0, 30), [6 + 2 * ((100 / 120 - 0.5) / 0.5), 2 * (40 / 60)]);
});

test('parameters: what remembers knows the step before', () => {
  const run = river({
    flow: { type: 'flow', node: 'town', initial_value: 7 },
    delayed: { type: 'flowdelay', node: 'town', timesteps: 3, initial_flow: 5 },
    mean: { type: 'rollingmeanflownode', node: 'town', timesteps: 2, initial_flow: 9 },
    volume: { type: 'storage', storage_node: 'lake' },
    low: { type: 'storagethreshold', storage_node: 'lake', threshold: 95, predicate: '<', values: [1, 4], ratchet: true },
    short: { type: 'deficit', node: 'town' },
  });
  expect(at(run, 'flow', 0, 1)).toEqual([7, 2]);
  expect(at(run, 'delayed', 0, 2, 3)).toEqual([5, 5, 2]);
  expect(at(run, 'mean', 0, 1, 2)).toEqual([9, 2, 2]);
  expect(at(run, 'volume', 0, 1)).toEqual([100, 98]);
  expect(at(run, 'low', 2, 3)).toEqual([1, 4]);
  expect(at(run, 'short', 0, 50)).toEqual([0, 2]); // after 50 days the lake is empty
});

test('recorders: totals, deficits, percentiles, years and events', () => {
  const run = river(
    { low: { type: 'storagethreshold', storage_node: 'lake', threshold: 50, predicate: '<' } },
    {
      total: { type: 'totalflownode', node: 'town', factor: 0.5 },
      short: { type: 'totaldeficitnode', node: 'town' },
      often: { type: 'deficitfrequencynode', node: 'town' },
      curve: { type: 'storagedurationcurve', node: 'lake', percentiles: [0, 95] },
      years: { type: 'annualtotalflow', nodes: ['town'] },
      least: { type: 'minimumvolumestorage', node: 'lake' },
      event: { type: 'event', threshold: 'low' },
      lasted: { type: 'eventduration', event_recorder: 'event' },
      both: { type: 'aggregated', recorders: ['total', 'short'], recorder_agg_func: 'sum' },
    },
  );
  const value = (name: string): number => run.recorders.find((one) => one.name === name)?.value as number;
  expect(run.steps).toBe(405);
  expect(value('total')).toBe(50);
  expect(value('short')).toBe(355 * 2);
  expect(value('often')).toBeCloseTo(355 / 405, 12);
  expect(at(run, 'curve', 0)).toEqual([0]);
  expect(at(run, 'years', 0, 1)).toEqual([100, 0]);
  expect(value('least')).toBe(0);
  expect(value('lasted')).toBe(405 - 26); // from the 27th day on, to the day after the last
  expect(value('both')).toBe(760);
});

test('series: weeks, months and days are brought to the steps', () => {
  const series = (rows: Record<string, number>): Json => ({ type: 'dataframe', data: { v: rows }, parse_dates: true });
  const days = Object.fromEntries(Array.from({ length: 14 }, (_, i) => [`2015-02-${String(i + 9).padStart(2, '0')}`, i]));
  const timestepper = { start: '2015-02-09', end: '2015-02-16', timestep: 7 };
  const weekly = river({ days: series(days) }, {}, { timestepper });
  expect(at(weekly, 'days', 0, 1)).toEqual([3, 10]); // means of 0 to 6 and 7 to 13
  const months = { '2015-01-01': 1, '2015-02-01': 2, '2015-03-01': 3 };
  const daily = river({ months: series(months) }, {}, { timestepper: { start: '2015-02-27', end: '2015-03-02', timestep: 1 } });
  expect(at(daily, 'months', 0, 1, 2)).toEqual([2, 2, 3]);
  const ends = { '2015-02-08': 1, '2015-02-15': 2, '2015-02-22': 3 };
  const week = river({ weeks: series(ends) }, {}, { timestepper: { start: '2015-02-08', end: '2015-02-10', timestep: 1 } });
  expect(at(week, 'weeks', 0, 1, 2)).toEqual([1, 2, 2]); // a week ends with its date
  expect(() => river({ months: series(months) })).toThrow(/2015-04-01/);
});
