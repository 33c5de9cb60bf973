/** The cores of a reserve as a network: hand-checkable figures, runs that know their ground, what does not hang on neighbours. */
import { expect, test } from 'vitest';
import {
  type ConnectivityWork,
  connectivityRuns,
  coreNetwork,
  coresOf,
  networkFigures,
} from '../../src/run/compute-connectivity.ts';
import { geodesicDistance } from '../../src/science/distances.ts';
import type { DrawnZone, Position } from '../../src/types.ts';

/** Squares of 0.1° on the equator, as wide as they are far from each other where they are named by tenths of a degree. */
function square(tenth: number): Position[][] {
  const west = tenth / 10;
  return [
    [
      [west, 0],
      [west + 0.1, 0],
      [west + 0.1, 0.1],
      [west, 0.1],
      [west, 0],
    ],
  ];
}

function zone(site: string, kind: DrawnZone['kind'], tenths: number[], start: string | null = '2000-01-01'): DrawnZone {
  return {
    id: `${site}/${kind}`,
    site,
    kind,
    name: {},
    valid: { start, end: null },
    geometry: { type: 'MultiPolygon', coordinates: tenths.map(square) },
    from: { source: 'by-hand' },
  } as DrawnZone;
}

const WITHIN = 100_000;

function work(core: number[], others: number[] = [], start: string | null = '2000-01-01'): ConnectivityWork {
  const zones = [zone('lake', 'core', core, start), zone('lake', 'buffer', [50], start)];
  const own = coresOf(zones, 'lake', 'Lake');
  const network = coreNetwork(own, coresOf([zone('hills', 'core', others)], 'hills', 'Hills'), { within: WITHIN });
  return { site: 'lake', zones, network };
}

const shareOf = (of: ConnectivityWork, indicator: string, distance: number): number | null | undefined =>
  networkFigures(of, distance).find((one) => one.indicator === indicator && one.class === `${distance} m`)?.value;

/** Between the edges of squares 0 and 2 [m]. */
const APART = geodesicDistance([0.1, 0.05], [0.2, 0.05]);

test('one core is wholly connected; of two equal ones as much as the chance between them says', () => {
  expect(shareOf(work([0]), 'connectivity', 1000)).toBeCloseTo(100, 9);
  // ECA² = 2a² + 2a²p over (2a)², Saura et al. 2011; p = 1/2 at the distance that half of them get
  expect(shareOf(work([0, 2]), 'connectivity', APART)).toBeCloseTo(100 * Math.sqrt((2 + 2 * 0.5) / 4), 3);
  expect(shareOf(work([0, 2]), 'connectivity', APART / 2)).toBeCloseTo(100 * Math.sqrt((2 + 2 * 0.25) / 4), 3);
});

test('a core of a neighbour between two of ours lets pass, and counts for nothing itself', () => {
  const [alone, helped] = [work([0, 4]), work([0, 4], [2])];
  expect(helped.network.own).toBe(2);
  expect(shareOf(helped, 'protected-connectivity', APART)).toBeGreaterThan(shareOf(alone, 'protected-connectivity', APART) ?? 0);
  expect(shareOf(helped, 'connectivity', APART)).toBe(shareOf(alone, 'connectivity', APART));
  expect(work([0, 4], [40]).network.patches).toHaveLength(2);
});

test('runs name the zones as all runs do, neighbours only where a figure hangs on them, and the same work is the same run', () => {
  const runs = connectivityRuns(work([0, 4], [2]), { distance: 10_000, within: WITHIN });
  expect(runs.map(({ run }) => run.indicator)).toEqual(['connectivity', 'protected-connectivity']);
  const hrefs = runs.map(({ run }) => run.inputs.map(({ href }) => href));
  expect(hrefs).toEqual([
    ['zones/lake/core', 'zones/lake/buffer'],
    ['zones/lake/core', 'zones/lake/buffer', 'cores of hills'],
  ]);
  const ids = (of: ConnectivityWork, distance = 10_000) =>
    connectivityRuns(of, { distance, within: WITHIN }).map(({ run }) => run.id);
  const own = runs.map(({ run }) => run.id);
  expect(ids(work([0, 4], [2]))).toEqual(own);
  expect(ids(work([0, 4], [2]), 20_000).filter((id) => own.includes(id))).toEqual([]);
  // another neighbour is another ProtConn, and no other connectivity
  const [first, second] = ids(work([0, 4], [6]));
  expect([first === own[0], second === own[1]]).toEqual([true, false]);
});

test('figures are of the year from which the zones are valid, or of none, and each has its run', () => {
  for (const [start, period] of [
    ['2012-06-01', { start: '2012-01-01', end: '2013-01-01' }],
    [null, null],
  ] as const)
    for (const { run, observations } of connectivityRuns(work([0, 2], [], start), { distance: 1000, within: WITHIN })) {
      expect(observations).toHaveLength(2);
      for (const one of observations) expect(one).toMatchObject({ feature: 'lake', period, from: { run: run.id } });
    }
});

test('several polygons of a core are numbered; a buffer is none', () => {
  const cores = coresOf([zone('lake', 'core', [0, 2]), zone('lake', 'buffer', [4])], 'lake', 'Lake');
  expect(cores.map(({ id, name }) => [id, name])).toEqual([
    ['lake/1', 'Lake 1'],
    ['lake/2', 'Lake 2'],
  ]);
  expect(coresOf([zone('lake', 'core', [0])], 'lake', 'Lake')[0]?.name).toBe('Lake');
});
