import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { documentOf, readPywr } from '../../src/formats/pywr.ts';
import { daysOf, frameOf, numbersOf, select } from '../../src/formats/pywr-frame.ts';
import { readGrids } from '../../src/formats/pywr-tables.ts';
import { riverModel } from '../../src/plans/river-model.ts';
import { runScenario } from '../../src/plans/river-run.ts';
import type { Problem } from '../../src/problems.ts';

const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));
const file = (name: string, value: unknown) => ({ name, bytes: bytes(value) });
const none = (): never => {
  throw new Error('nothing beside');
};
const where = { file: 'model.json', place: 'tables.flows' };

const small = {
  metadata: { title: 'Small' },
  timestepper: { start: '2015-01-01', end: '2015-01-03', timestep: 1 },
  nodes: [{ name: 'a', type: 'Input' }],
  edges: [],
};

test('pywr: an included document adds its nodes and parameters', () => {
  const document = readPywr(file('model.json', { ...small, includes: ['more.json'] }), (url) =>
    file(url, { nodes: [{ name: 'b', type: 'OUTPUT' }], parameters: { p: { type: 'ConstantParameter', value: 1 } } }),
  );
  expect(document.nodes.map(({ name, type }) => `${name} ${type}`)).toEqual(['a input', 'b output']);
  expect(document.parameters).toEqual([{ name: 'p', type: 'constant', written: 'ConstantParameter', data: { value: 1 } }]);
});

test.each([
  ['not JSON', '{', 'river-json', undefined],
  ['Python in it', { ...small, includes: ['mine.py'] }, 'river-type', 'includes'],
  ['no steps', { ...small, timestepper: undefined }, 'river-field', 'timestepper'],
  ['a node without a type', { ...small, nodes: [{ name: 'a' }] }, 'river-field', 'nodes[0].type'],
  ['an edge to nowhere', { ...small, edges: [['a']] }, 'river-field', 'edges[0]'],
  ['several models in one', { models: [] }, 'river-type', 'models'],
])('pywr: %s is told with its place', (_, json, code, place) => {
  try {
    readPywr(file('model.json', json), none);
    expect.unreachable();
  } catch (error) {
    expect([(error as Problem).code, (error as Problem).details.place]).toEqual([code, place]);
  }
});

const literal = (value: number) => ({ type: 'Literal', value });

/** Version 2: a reservoir that must let 1 through, spills above 20, and loses by evaporation on its area. */
const second = {
  metadata: { title: 'Second' },
  time: { start: '2015-01-01', end: '2015-01-03', timestep: { type: 'Days', days: 1 } },
  network: {
    nodes: [
      { meta: { name: 'head' }, type: 'Catchment', flow: { type: 'Parameter', name: 'flow' } },
      {
        meta: { name: 'lake' },
        type: 'Reservoir',
        max_volume: literal(20),
        initial_volume: { type: 'Proportional', proportion: 0.5 },
        cost: literal(-1),
        compensation: literal(1),
        spill: 'LinkNode',
        surface_area: {
          data: {
            type: 'Interpolated',
            storage: { type: 'Literal', values: [0, 20] },
            area: { type: 'Literal', values: [0, 10] },
          },
          is_storage_proportional: false,
        },
        evaporation: { data: literal(0.1), cost: literal(-100) },
      },
      { meta: { name: 'sea' }, type: 'Output' },
    ],
    edges: [
      { from_node: 'head', to_node: 'lake' },
      { from_node: 'lake', to_node: 'sea', from_slot: { type: 'Spill' } },
    ],
    parameters: [
      {
        meta: { name: 'flow' },
        type: 'MonthlyProfile',
        values: { type: 'Literal', values: [8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0] },
      },
    ],
  },
};

test('pywr 2: a reservoir with evaporation, compensation and spill is a store with parts around it', () => {
  const run = runScenario(riverModel(documentOf(second, 'second.json')), 0, { series: true });
  const flow = (name: string): number[] => [...(run.flows.get(name) as Float64Array)];
  // evaporation is 0.1 of the area, half the volume before the step: 10, 16.5, 20
  expect(flow('lake.evaporation')[0]).toBeCloseTo(0.5, 12);
  expect(flow('lake.evaporation')[1]).toBeCloseTo(0.825, 12);
  expect(flow('lake.compensation')[0]).toBe(1);
  expect(run.volumes.get('lake')?.[0]).toBeCloseTo(16.5, 12);
  expect(run.volumes.get('lake')?.[1]).toBe(20);
  expect(flow('sea')[1]).toBeCloseTo(8 - 0.825 - 3.5, 12);
});

test('pywr 2: drafts of the schema call the time `timestepper` and count its days bare', () => {
  const { time, ...rest } = structuredClone(second) as unknown as { time: { start: string; end: string } };
  const draft = { ...rest, timestepper: { start: time.start, end: time.end, timestep: 1 } };
  expect(documentOf(draft as never, 'draft.json').time).toMatchObject({ start: time.start, step: 1 });
});

test('pywr 2: what is not computed is named with its place', () => {
  const broken = structuredClone(second) as unknown as { network: { nodes: { type: string }[] } };
  (broken.network.nodes[2] as { type: string }).type = 'Ocean';
  try {
    documentOf(broken as never, 'second.json');
    expect.unreachable();
  } catch (error) {
    expect((error as Problem).details).toMatchObject({ place: 'nodes.sea', found: 'Ocean' });
  }
});

const grid = [
  ['level', 'node', 'flow', 'cost'],
  ['0', 'a', '10', '-1'],
  ['0', 'b', '20', '-2'],
  ['1', 'a', '30', 'dear'],
];

test('tables: rows by one or two levels of the index, columns by name, numbers compared as numbers', () => {
  const frame = frameOf(grid, { index_col: ['level', 'node'] }, where);
  expect(numbersOf(select(frame, { column: 'flow', index: [0, 'b'] }, where), where)).toEqual([[20]]);
  expect(numbersOf(select(frame, { column: 'flow', index: 0 }, where), where)).toEqual([[10], [20]]);
  expect(() => select(frame, { index: [2, 'a'] }, where)).toThrow(/tables\.flows/);
  expect(() => numbersOf(select(frame, { column: 'cost' }, where), where)).toThrow(/1 a cost: "dear"/);
});

test('tables: of 01/02/2015 the order is taken that the model tells, or that makes even steps', () => {
  const words = ['01/02/2015', '02/02/2015', '03/02/2015'];
  const february = Date.UTC(2015, 1, 1) / 86_400_000;
  expect([...daysOf(words, true, where)]).toEqual([february, february + 1, february + 2]);
  expect([...daysOf(words, 'auto', where)]).toEqual([february, february + 1, february + 2]);
  expect(daysOf(words, undefined, where)[1]).toBe(Date.UTC(2015, 1, 2) / 86_400_000);
  expect(() => daysOf(['13/13/2015'], 'auto', where)).toThrow(/13\/13\/2015/);
});

test('tables: packed text is read, and a file that is not the one meant is told', async () => {
  const packed = gzipSync('Date,flow\n2015-01-01,1\n2015-01-02,2\n2015-01-03,3\n');
  const md5 = createHash('md5').update(packed).digest('hex');
  const document = (sum: string) =>
    documentOf(
      {
        ...small,
        nodes: [
          {
            name: 'a',
            type: 'catchment',
            flow: { type: 'dataframe', url: 'flow.csv.gz', index_col: 0, parse_dates: true, checksum: { md5: sum } },
          },
          { name: 'b', type: 'output' },
        ],
        edges: [['a', 'b']],
      },
      'model.json',
    );
  const beside = (name: string) => ({ name, bytes: new Uint8Array(packed) });
  const grids = await readGrids(document(md5), beside);
  expect([...(runScenario(riverModel(document(md5), grids), 0, { series: true }).flows.get('b') as Float64Array)]).toEqual([
    1, 2, 3,
  ]);
  await expect(readGrids(document('0'), beside)).rejects.toThrow(md5);
});
