import { expect, test } from 'vitest';
import type { CorridorPlan } from '../../src/plans/corridors.ts';
import { changedCores, corridorRun } from '../../src/run/compute-corridors.ts';
import type { DrawnZone } from '../../src/types.ts';
import { squares } from '../store/network-fixture.ts';

const zone = (id: string, size: number, kind: DrawnZone['kind'] = 'core'): DrawnZone => ({
  id,
  site: 'lake',
  kind,
  name: {},
  valid: { start: null, end: null },
  geometry: squares(size, [69, 50]),
  from: { source: 'by-hand' },
});
const found = {
  problem: {
    distance: 10_000,
    width: 1000,
    patches: ['lake', 'hills', 'lake'].map((site, i) => ({ id: `${i}`, name: '', site, area: 1 })),
  },
} as unknown as CorridorPlan;
const cores = new Map([
  ['lake', [zone('lake/a', 0.1), zone('lake/b', 0.2)]],
  ['hills', [zone('hills/a', 0.1)]],
  ['far', [zone('far/a', 0.1)]],
]);
const run = corridorRun('lake', found, { within: 100_000, cores });

test('its inputs are the cores of the reserves in the plan; settings and cores decide its id, the order of zones does not', () => {
  expect(run.inputs.map(({ href }) => href)).toEqual(['cores/hills', 'cores/lake']);
  expect(run).toMatchObject({ indicator: 'connectivity', params: { distance: '10000', width: '1000', within: '100000' } });
  const turned = new Map([...cores].map(([site, zones]) => [site, zones.toReversed()] as const));
  expect(corridorRun('lake', found, { within: 100_000, cores: turned }).id).toBe(run.id);
  expect(corridorRun('lake', found, { within: 90_000, cores }).id).not.toBe(run.id);
  expect(corridorRun('lake', found, { within: 100_000, cores: new Map(cores).set('hills', []) }).id).not.toBe(run.id);
});

test('cores that were redrawn are told; of a reserve that is not there nobody can tell', () => {
  const now = new Map<string, DrawnZone[] | null>(cores);
  const changed = () => changedCores(run, (site) => now.get(site) ?? null);
  expect(changed()).toEqual([]);
  now.set('lake', [...(cores.get('lake') ?? []), zone('lake/buffer', 0.5, 'buffer')]);
  expect(changed()).toEqual([]);
  now.set('lake', [zone('lake/a', 0.1)]);
  expect(changed()).toEqual(['lake']);
  now.set('hills', null);
  expect(changed()).toEqual(['lake']);
});
