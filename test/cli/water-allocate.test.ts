import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { main } from '../../src/cli/main.ts';

let folder = '';
let told: string[] = [];
let failed: string[] = [];

const model = {
  metadata: { title: 'A river and two towns' },
  timestepper: { start: '2020-04-01', end: '2020-04-04', timestep: 1 },
  scenarios: [{ name: 'year', size: 3, ensemble_names: ['dry', 'middle', 'wet'] }],
  nodes: [
    { name: 'head', type: 'catchment', flow: { type: 'constantscenario', scenario: 'year', values: [1, 3, 9] } },
    { name: 'lake', type: 'storage', max_volume: 10, initial_volume: 4, cost: -1 },
    { name: 'first', type: 'output', max_flow: 2, cost: -100 },
    { name: 'second', type: 'output', max_flow: 2, cost: -50 },
    { name: 'sea', type: 'output', basin: 'north' },
  ],
  edges: [
    ['head', 'lake'],
    ['lake', 'first'],
    ['lake', 'second'],
    ['lake', 'sea'],
  ],
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'allocate-'));
  writeFileSync(join(folder, 'model.json'), JSON.stringify(model));
  [told, failed] = [[], []];
  vi.spyOn(console, 'log').mockImplementation((line: string) => void told.push(line));
  vi.spyOn(console, 'error').mockImplementation((line: string) => void failed.push(line));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

const allocate = (...args: string[]): Promise<number> => main(['water', 'allocate', join(folder, 'model.json'), ...args]);

test.each(['en', 'ru', 'kk', 'tr'])(
  'water allocate (%s): who gets what, what water is worth, the proof, what was not used',
  async (lang) => {
    expect(await allocate('--lang', lang)).toBe(0);
    const text = told.join('\n');
    expect(text).toContain('A river and two towns');
    for (const name of ['first', 'second', 'lake', 'sea', 'basin']) expect(text).toContain(name);
    expect(text).not.toMatch(/\{\w+\}/);
    if (lang === 'en') {
      expect(text).toContain('Proved in every step');
      expect(text).toContain('nodes.sea: basin');
    }
  },
);

test('water allocate: JSON by scenario, the same on one thread and on two', async () => {
  expect(await allocate('--json', '--jobs', '1')).toBe(0);
  expect(await allocate('--json', '--jobs', '2')).toBe(0);
  expect(told[1]).toBe(told[0]);
  const json = JSON.parse(told[0] ?? '') as {
    proved: boolean;
    nodes: { node: string; scenarios: { total: number; share: number | null }[] }[];
  };
  expect(json.proved).toBe(true);
  const second = json.nodes.find(({ node }) => node === 'second')?.scenarios;
  expect(second?.map(({ total }) => total)).toEqual([2, 8, 8]); // in the dry year 4 are left, and 1 comes: 5 for both on the first day, then less than the first wants;
  expect(json.nodes.find(({ node }) => node === 'sea')?.scenarios[0]?.share).toBeNull();
});

test('water allocate: chosen scenarios, flows of every step as CSV', async () => {
  const out = join(folder, 'flows.csv');
  expect(await allocate('--scenarios', '0,2', '-o', out)).toBe(0);
  const rows = readFileSync(out, 'utf8').trim().split('\r\n');
  expect(rows[0]).toBe('time_start,time_end,simulation_id,label,metric_set,name,attribute,value');
  expect(rows).toContain('2020-04-01,2020-04-02,0,year dry,nodes,first,flow,2');
  expect(rows).toContain('2020-04-04,2020-04-05,2,year wet,nodes,lake,volume,10');
  expect(rows.some((row) => row.includes(',1,year middle,'))).toBe(false);
});

test('water allocate: with the future known nothing costs more, and it is proved', async () => {
  expect(await allocate('--foresight', '--json')).toBe(0);
  const { scenarios } = JSON.parse(told[0] ?? '') as { scenarios: { cost: number; foresight: { cost: number } }[] };
  for (const { cost, foresight } of scenarios) expect(foresight.cost).toBeLessThanOrEqual(cost + 1e-9);
});

test('water allocate: a scenario that is not there, and a model that is not', async () => {
  expect(await allocate('--scenarios', '3')).not.toBe(0);
  expect(failed.join('\n')).toContain('--scenarios');
  expect(await main(['water', 'allocate', join(folder, 'none.json')])).not.toBe(0);
  expect(failed.join('\n')).toContain('none.json');
});
