/**
 * Small models written here; the numbers of the first group are those that pywr 1.31.1 with GLPK gives for models of the same
 * shape (its tests/models: simple1, reservoir1, reservoir2, river_mrf1, virtual_storage1, reservoir_evaporation).
 */
import { expect, test } from 'vitest';
import { riverFrom } from '../../src/plans/river-model.ts';
import { runScenario, type ScenarioRun } from '../../src/plans/river-run.ts';
import type { Problem } from '../../src/problems.ts';
import { proves } from '../../src/science/allocation-certificate.ts';

type Json = Record<string, unknown>;

const year = { start: '2015-01-01', end: '2015-12-31', timestep: 1 };
const chain = (...names: string[]): string[][] => names.slice(1).map((name, i) => [names[i] as string, name]);
const run = (json: Json): ScenarioRun => runScenario(riverFrom({ timestepper: year, ...json }), 0, { series: true });
const total = ({ totals }: ScenarioRun, node: string): number => totals.get(node)?.total as number;

test('river: a demand of 10 a day takes 3,650 in a year from a source of 15', () => {
  const found = run({
    nodes: [
      { name: 'supply', type: 'Input', max_flow: 15 },
      { name: 'pipe', type: 'Link' },
      { name: 'town', type: 'Output', max_flow: 10, cost: -10 },
    ],
    edges: chain('supply', 'pipe', 'town'),
  });
  expect(total(found, 'town')).toBe(3650);
  expect(proves(found.certificate)).toBe(true);
});

test('river: a reservoir of 35 empties by 10, 10, 10 and 5', () => {
  const found = run({
    nodes: [
      { name: 'lake', type: 'storage', max_volume: 35, initial_volume: 35, outputs: 0 },
      { name: 'town', type: 'output', max_flow: 10, cost: -10 },
    ],
    edges: chain('lake', 'town'),
  });
  expect([...(found.volumes.get('lake') as Float64Array).slice(0, 5)]).toEqual([25, 15, 5, 0, 0]);
  expect(total(found, 'town')).toBe(35);
});

test('river: a reservoir fed by 5 a day delivers 1,860 in a year', () => {
  const found = run({
    nodes: [
      { name: 'lake', type: 'storage', max_volume: { type: 'constant', value: 35 }, initial_volume: 35, initial_volume_pc: 1 },
      { name: 'town', type: 'output', max_flow: 15, cost: -10 },
      { name: 'stream', type: 'input', min_flow: 5, max_flow: 5 },
      { name: 'intake', type: 'link', max_flow: 5 },
      { name: 'sea', type: 'output', cost: 1 },
    ],
    edges: [...chain('stream', 'intake', 'lake', 'town'), ['intake', 'sea']],
  });
  expect(total(found, 'town')).toBe(1860);
  expect(total(found, 'sea')).toBe(0);
  expect([...(found.volumes.get('lake') as Float64Array).slice(0, 3)]).toEqual([25, 15, 5]);
});

test('river: a minimum flow of 20, from June to October 60, comes before a town: 13,420 and 23,080', () => {
  const found = run({
    nodes: [
      { name: 'head', type: 'catchment', flow: 100 },
      { name: 'river', type: 'river' },
      {
        name: 'gauge',
        type: 'rivergauge',
        mrf: { type: 'monthlyprofile', values: [20, 20, 20, 20, 20, 60, 60, 60, 60, 60, 20, 20] },
        mrf_cost: -1000,
      },
      { name: 'sea', type: 'output' },
      { name: 'town', type: 'output', max_flow: 200, cost: -500 },
    ],
    edges: [...chain('head', 'river', 'gauge', 'sea'), ['river', 'town']],
  });
  expect([total(found, 'gauge'), total(found, 'town')]).toEqual([13420, 23080]);
});

test('river: a licence of 205 a year lets 225 through in 367 days, as the second year begins', () => {
  const found = run({
    timestepper: { start: '2015-01-01', end: '2016-01-02', timestep: 1 },
    nodes: [
      { name: 'supply', type: 'input', max_flow: 100 },
      { name: 'town', type: 'output', max_flow: 10, cost: -10 },
      { name: 'licence', type: 'AnnualVirtualStorage', max_volume: 205, initial_volume: 205, nodes: ['supply'], factors: [1] },
    ],
    edges: chain('supply', 'town'),
  });
  expect(total(found, 'town')).toBe(225);
});

test('river: evaporation follows the area as the lake falls', () => {
  const found = run({
    nodes: [
      { name: 'lake', type: 'storage', max_volume: 1000, initial_volume: 1000, area: 'area', outputs: 0 },
      { name: 'town', type: 'output', max_flow: 10, cost: -10 },
      { name: 'evaporation', type: 'output', max_flow: 'evaporation', cost: -1000 },
    ],
    edges: [
      ['lake', 'evaporation'],
      ['lake', 'town'],
    ],
    parameters: {
      area: { type: 'interpolatedvolume', node: 'lake', volumes: [0, 1000], values: [0, 500] },
      depth: { type: 'monthlyprofile', values: [5, 5, 5, 5, 5, 6, 6, 6, 5, 5, 5, 5] },
      evaporation: { type: 'aggregated', agg_func: 'product', parameters: ['area', 'depth', 0.001] },
    },
  });
  const [lost, volume] = [found.flows.get('evaporation') as Float64Array, found.volumes.get('lake') as Float64Array];
  expect([...lost.slice(0, 2)]).toEqual([2.5, 2.46875]);
  expect(lost[2]).toBeCloseTo(2.437578, 6);
  expect(volume[2]).toBeCloseTo(962.593672, 6);
  expect(total(found, 'evaporation')).toBeCloseTo(108.5435, 4);
  expect(total(found, 'town')).toBeCloseTo(891.4565, 4);
});

test('river: water that enters a delay of two days comes out two days later, and before that what was told', () => {
  const found = run({
    timestepper: { start: '2015-01-01', end: '2015-01-05', timestep: 1 },
    nodes: [
      { name: 'head', type: 'catchment', flow: { type: 'arrayindexed', values: [1, 2, 3, 4, 5] } },
      { name: 'reach', type: 'DelayNode', days: 2, initial_flow: 7 },
      { name: 'sea', type: 'output' },
    ],
    edges: chain('head', 'reach', 'sea'),
  });
  expect([...(found.flows.get('sea') as Float64Array)]).toEqual([7, 7, 1, 2, 3]);
});

test('river: a canal that loses a fifth of what it brings takes 12 for 10; gross, a fifth of what it takes, 12.5', () => {
  const canal = (type: string): ScenarioRun =>
    run({
      nodes: [
        { name: 'head', type: 'input', max_flow: 100 },
        { name: 'canal', type: 'LossLink', loss_factor: 0.2, loss_factor_type: type },
        { name: 'field', type: 'output', max_flow: 10, cost: -10 },
      ],
      edges: chain('head', 'canal', 'field'),
    });
  expect(canal('net').flows.get('head')?.[0]).toBe(12);
  expect(canal('net').losses.get('canal')).toBeCloseTo(2 * 365, 9);
  expect(canal('gross').flows.get('head')?.[0]).toBeCloseTo(12.5, 12);
});

test('river: a split keeps a quarter for its side branch', () => {
  const found = run({
    nodes: [
      { name: 'head', type: 'catchment', flow: 100 },
      { name: 'weir', type: 'riversplit', factors: [3, 1], slot_names: ['river', 'canal'] },
      { name: 'sea', type: 'output' },
      { name: 'field', type: 'output', cost: -1 },
    ],
    edges: [
      ['head', 'weir'],
      ['weir', 'sea', 'river', null],
      ['weir', 'field', 'canal', null],
    ],
  });
  expect([found.flows.get('sea')?.[0], found.flows.get('field')?.[0]]).toEqual([75, 25]);
});

test('river: water is worth what the one who goes short would pay, and nothing where nobody does', () => {
  const town = (supply: number): ScenarioRun =>
    run({
      nodes: [
        { name: 'head', type: 'catchment', flow: supply },
        { name: 'first', type: 'output', max_flow: 3, cost: -9 },
        { name: 'second', type: 'output', max_flow: 3, cost: -4 },
        { name: 'sea', type: 'output' },
      ],
      edges: [
        ['head', 'first'],
        ['head', 'second'],
        ['head', 'sea'],
      ],
    });
  const worth = (found: ScenarioRun): number => found.meanWorth[found.pointOf.get('head') as number] as number;
  expect([2, 5, 8].map((supply) => worth(town(supply)))).toEqual([9, 4, 0]);
});

const broken = (json: Json): Problem => {
  try {
    run(json);
  } catch (error) {
    return error as Problem;
  }
  throw new Error('nothing was thrown');
};

test('river: a type that is not computed is named with its node or parameter, never left out', () => {
  const glacier = broken({ nodes: [{ name: 'ice', type: 'Glacier' }], edges: [] });
  expect([glacier.code, glacier.details.place, glacier.details.found]).toEqual(['river-type', 'nodes.ice', 'Glacier']);
  const oracle = broken({ nodes: [{ name: 'a', type: 'input', max_flow: { type: 'Oracle' } }], edges: [] });
  expect([oracle.code, oracle.details.place, oracle.details.found]).toEqual(['river-type', 'nodes.a.max_flow', 'Oracle']);
  const diary = broken({
    nodes: [
      { name: 'a', type: 'input' },
      { name: 'b', type: 'output' },
    ],
    edges: [['a', 'b']],
    recorders: { diary: { type: 'diary' } },
  });
  expect([diary.code, diary.details.place]).toEqual(['river-type', 'recorders.diary']);
});

test('river: names that lead nowhere, rings and limits that contradict are told with their places', () => {
  const nodes = [
    { name: 'a', type: 'input', min_flow: 3, max_flow: 3 },
    { name: 'b', type: 'output', max_flow: 2 },
  ];
  expect(broken({ nodes, edges: [['a', 'c']] }).details).toMatchObject({ place: 'edges[0]', found: 'c' });
  const ring = {
    x: { type: 'negative', parameter: 'y' },
    y: { type: 'negative', parameter: 'x' },
  };
  expect(broken({ nodes, edges: [['a', 'b']], parameters: ring })).toMatchObject({
    code: 'river-ring',
    details: { found: 'x → y → x' },
  });
  const dry = broken({ nodes, edges: [['a', 'b']] });
  expect(dry.code).toBe('river-infeasible');
  expect(dry.details.found).toMatch(/a|b/);
  expect(dry.details.day).toBe('2015-01-01');
});

test('river: a least flow above the largest one is told with its node and day', () => {
  const nodes = [
    { name: 'a', type: 'input' },
    {
      name: 'b',
      type: 'output',
      min_flow: { type: 'monthlyprofile', values: [1, 1, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1] },
      max_flow: 2,
    },
  ];
  expect(broken({ nodes, edges: [['a', 'b']] }).details).toMatchObject({ found: 'b', day: '2015-03-01' });
});

test('river: fields that nobody asked for are told', () => {
  const { notes } = run({
    nodes: [
      { name: 'a', type: 'input', max_flow: 1, colour: 'blue', spillway: 3 },
      { name: 'b', type: 'output' },
    ],
    edges: [['a', 'b']],
  });
  expect(notes).toEqual([{ place: 'nodes.a', fields: ['spillway'] }]);
});

test('river: scenarios are combined, or run as they are listed', () => {
  const json = {
    timestepper: year,
    scenarios: [
      { name: 'wet', size: 2 },
      { name: 'town', size: 3, ensemble_names: ['small', 'middle', 'large'] },
    ],
    nodes: [
      { name: 'head', type: 'catchment', flow: { type: 'constantscenario', scenario: 'wet', values: [2, 9] } },
      { name: 'town', type: 'output', max_flow: { type: 'constantscenario', scenario: 'town', values: [1, 3, 5] }, cost: -1 },
      { name: 'sea', type: 'output' },
    ],
    edges: [
      ['head', 'town'],
      ['head', 'sea'],
    ],
  };
  const all = riverFrom(json);
  expect(all.combinations.map((_, i) => runScenario(all, i).totals.get('town')?.mean)).toEqual([1, 2, 2, 1, 3, 5]);
  expect(runScenario(all, 5).name).toBe('wet 1, town large');
  const two = riverFrom({
    ...json,
    scenario_combinations: [
      [1, 2],
      [0, 0],
    ],
  });
  expect(two.combinations.map((_, i) => runScenario(two, i).totals.get('town')?.mean)).toEqual([5, 1]);
});
