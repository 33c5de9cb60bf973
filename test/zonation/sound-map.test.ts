/** What the fast way promises: it never calls a map sound that repair would change or ask about, and measures what topology does. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { MultiPolygon, PolygonRings, Position, Ring, ZoneKind } from '../../src/types.ts';
import { repairZones, type ZoneShape } from '../../src/zonation/repair.ts';
import { REPAIR_TOLERANCE } from '../../src/zonation/repair-tolerance.ts';
import { type SoundMap, soundMap } from '../../src/zonation/sound-map.ts';
import { soundTopology } from '../../src/zonation/sound-topology.ts';
import { metresPerDegree } from '../../src/zonation/straight-measures.ts';
import { type PartTopology, zoneTopology } from '../../src/zonation/topology.ts';
import { FAULTS, mosaic, randomNumbers } from './zone-mosaics.ts';

const AT: Position = [70, 50];
const [EAST, NORTH] = metresPerDegree(AT[1]);

/** A closed ring through places in metres from `AT`. */
function ring(...metres: [east: number, north: number][]): Ring {
  const open = metres.map(([x, y]): Position => [AT[0] + x / EAST, AT[1] + y / NORTH]);
  return [...open, open[0] as Position];
}

function box(west: number, south: number, east: number, north: number): Ring {
  return ring([west, south], [east, south], [east, north], [west, north]);
}

function zone(kind: ZoneKind, ...coordinates: PolygonRings[]): ZoneShape {
  return { id: kind, kind, geometry: { type: 'MultiPolygon', coordinates } };
}

const hole = (of: Ring): Ring => of.toReversed();
const find = (...zones: ZoneShape[]): Promise<SoundMap | null> => soundMap(zones, REPAIR_TOLERANCE);

/** Whether repair leaves the map as it is and asks nothing. */
async function isLeftAlone(zones: ZoneShape[]): Promise<boolean> {
  const { zones: after, repairs, unresolved } = await repairZones(zones);
  return repairs.length === 0 && unresolved.length === 0 && after.every((one, i) => one === zones[i]);
}

const square = box(0, 0, 2000, 2000);
const inner = box(500, 500, 1500, 1500);

const SOUND: Record<string, ZoneShape[]> = {
  'one square': [zone('core', [square])],
  'a core in a buffer zone': [zone('core', [inner]), zone('buffer', [square, hole(inner)])],
  'side by side, with the same positions': [
    zone('core', [ring([0, 0], [2000, 0], [2000, 800], [2000, 2000], [0, 2000])]),
    zone('buffer', [ring([2000, 0], [4000, 0], [4000, 2000], [2000, 2000], [2000, 800])]),
  ],
  'a lake with an island of the same zone': [zone('core', [square, hole(inner)], [box(900, 900, 1100, 1100)])],
  'two parts that touch at a corner': [zone('core', [square], [box(2000, 2000, 3000, 3000)])],
  'a hole that touches the outer ring once': [zone('core', [square, ring([0, 0], [800, 1000], [1000, 800])])],
  'a pond of 13 m': [zone('core', [square, hole(box(900, 900, 913, 913))])],
  'far apart': [zone('core', [square]), zone('buffer', [box(9000, 0, 10_000, 1000)])],
};

const tip = ring([0, 0], [2000, 0], [2000, 2000], [1000, 2000], [1000.5, 2400], [999, 2000], [0, 2000]);
const UNSOUND: Record<string, ZoneShape[]> = {
  'no zone at all': [],
  'a zone without a part': [zone('core', [square]), zone('buffer')],
  'a polygon without a ring': [zone('core', [square], [])],
  'an open ring': [zone('core', [square.slice(0, -1)])],
  'a position twice': [zone('core', [[square[0] as Position, ...square]])],
  'an outer ring clockwise': [zone('core', [hole(square)])],
  'a hole counter-clockwise': [zone('core', [square, inner])],
  'a spike': [zone('core', [tip])],
  'a bow tie': [zone('core', [ring([0, 0], [2000, 2000], [2000, 0], [0, 1500])])],
  'a ring that touches itself': [zone('core', [ring([0, 0], [2000, 0], [1000, 1000], [2000, 2000], [0, 2000], [1000, 1000])])],
  'a hole outside': [zone('core', [square, hole(box(3000, 0, 3100, 100))])],
  'a hole across the outer ring': [zone('core', [square, hole(box(1500, 500, 2500, 1500))])],
  'holes in one another': [zone('core', [square, hole(inner), hole(box(900, 900, 1100, 1100))])],
  'a hole that cuts the inside in two': [zone('core', [square, ring([0, 0], [900, 1100], [2000, 2000], [1100, 900])])],
  'a part within a part': [zone('core', [square], [inner])],
  'a part twice': [zone('core', [square], [square])],
  'parts that share an edge': [zone('core', [square], [box(2000, 0, 4000, 2000)])],
  'zones that overlap': [zone('core', [square]), zone('buffer', [box(1900, 100, 4000, 1900)])],
  'zones nested in one another': [zone('core', [inner]), zone('buffer', [square])],
  'a zone drawn twice': [zone('core', [square]), { ...zone('core', [square]), id: 'again' }],
  'one identifier twice': [zone('core', [square]), zone('core', [box(9000, 0, 10_000, 1000)])],
  'a gap of 50 m between zones': [zone('core', [inner]), zone('buffer', [square, hole(box(450, 450, 1550, 1550))])],
  'a large gap between zones': [zone('core', [box(900, 900, 1100, 1100)]), zone('buffer', [square, hole(inner)])],
  'a gap of 3 m, open to the outside': [zone('core', [square]), zone('buffer', [box(2003, 0, 4000, 2000)])],
  'a gap of 40 m, open at one end': [
    zone('core', [ring([0, 0], [2020, 0], [1980, 2000], [0, 2000])]),
    zone('buffer', [ring([2020, 0], [4000, 0], [4000, 2000], [2020, 2000])]),
  ],
  'a position missing on one side of a border': [
    zone('core', [ring([0, 0], [2000, 0], [2000.01, 800], [2000, 2000], [0, 2000])]),
    zone('buffer', [box(2000, 0, 4000, 2000)]),
  ],
  'a narrow hole': [zone('core', [square, hole(box(900, 500, 904, 1500))])],
  'a sliver': [zone('core', [square], [box(5000, 0, 5003, 500)])],
  'a collapsed part': [zone('core', [square], [ring([5000, 0], [5500, 100], [6000, 200])])],
  NaN: [zone('core', [square.map(([x, y], i): Position => [x, i === 1 ? Number.NaN : y])])],
  'a latitude over 90': [zone('core', [square.map(([x, y], i): Position => [x, i === 2 ? 91 : y])])],
};

for (const [name, zones] of Object.entries(SOUND)) {
  test(`sound map: ${name} is sound`, async () => {
    expect(await isLeftAlone(zones)).toBe(true);
    expect(await soundMap(zones, REPAIR_TOLERANCE)).not.toBeNull();
  });
}

for (const [name, zones] of Object.entries(UNSOUND)) {
  test(`sound map: ${name} is not`, async () => {
    expect(await soundMap(zones, REPAIR_TOLERANCE)).toBeNull();
  });
}

test('sound map: edges of two zones are each the twin of the other, all else is open', async () => {
  const map = await find(zone('core', [inner]), zone('buffer', [square, hole(inner)]));
  const twin = [...(map?.twin ?? [])];
  expect(twin.slice(0, 4)).toEqual([13, 12, 11, 10]);
  expect(twin.slice(10, 14)).toEqual([3, 2, 1, 0]);
  expect(twin.slice(5, 9)).toEqual([-1, -1, -1, -1]);
});

test('sound map: a tolerance of 60 m takes what one of 10 m leaves', async () => {
  const zones = [zone('core', [square, hole(box(900, 900, 950, 950))])];
  expect(await soundMap(zones, REPAIR_TOLERANCE)).not.toBeNull();
  expect(await soundMap(zones, { ...REPAIR_TOLERANCE, width: 60 })).toBeNull();
});

test('sound map: what crosses the antimeridian is left to repair', async () => {
  const across: MultiPolygon = {
    type: 'MultiPolygon',
    coordinates: [
      [
        [
          [179, 0],
          [-179, 0],
          [-179, 1],
          [179, 1],
          [179, 0],
        ],
      ],
    ],
  };
  expect(await find({ id: 'core', kind: 'core', geometry: across })).toBeNull();
});

const maps = fc.record({
  seed: fc.nat(),
  at: fc.constantFrom<Position>([70, 50], [30, -5], [20, 78]),
  cells: fc.integer({ min: 3, max: 7 }),
  bends: fc.integer({ min: 0, max: 5 }),
  size: fc.constantFrom(300, 1500, 20_000),
  empty: fc.constantFrom(0, 0, 0.05, 0.2),
  apart: fc.boolean(),
});

/** A mosaic; `apart`: each of its parts a zone of its own. */
async function zonesOf({ apart, ...options }: Parameters<typeof mosaic>[0] & { apart: boolean }): Promise<ZoneShape[]> {
  const zones = await mosaic(options);
  if (!apart) return zones;
  return zones.flatMap(({ id, kind, geometry }) =>
    geometry.coordinates.map((polygon, i) => ({ ...zone(kind, polygon), id: `${id}-${i}` })),
  );
}

const RUNS = { numRuns: 300, seed: 42 };

test('sound map: nearly all sound mosaics are known as such, and none that is not', async () => {
  let sound = 0;
  let known = 0;
  await fc.assert(
    fc.asyncProperty(maps, async (map) => {
      const zones = await zonesOf(map);
      const isSound = await isLeftAlone(zones);
      const isKnown = (await soundMap(zones, REPAIR_TOLERANCE)) !== null;
      if (isKnown) expect(isSound).toBe(true);
      if (isSound) sound++;
      if (isKnown) known++;
    }),
    RUNS,
  );
  expect(sound).toBeGreaterThan(RUNS.numRuns / 4);
  expect(known / sound).toBeGreaterThan(0.98);
}, 120_000);

for (const [name, fault] of Object.entries(FAULTS)) {
  test(`sound map: a mosaic with the fault ${name} is sound only where repair leaves it alone`, async () => {
    await fc.assert(
      fc.asyncProperty(maps, async (map) => {
        const zones = fault(await zonesOf(map), randomNumbers(map.seed + 1));
        if ((await soundMap(zones, REPAIR_TOLERANCE)) !== null) expect(await isLeftAlone(zones)).toBe(true);
      }),
      { ...RUNS, numRuns: 60 },
    );
  }, 120_000);
}

/** Two zones side by side whose outer border falls into a notch where they meet: its sides part by `degrees`. */
function notched(degrees: number, depth: number, steps: [number, number], noise: number, seed: number): ZoneShape[] {
  const random = randomNumbers(seed);
  const side = (sign: 1 | -1, step: number): [number, number][] => {
    const lean = (sign * degrees * Math.PI) / 360;
    const places: [number, number][] = [];
    for (let t = step * (0.2 + random()); t < depth; t += step * (0.3 + random())) {
      const off = (random() - 0.5) * noise * Math.min(1, t / 20);
      places.push([t * Math.sin(lean) + off, t * Math.cos(lean) + off]);
    }
    return [...places, [sign * 3000, depth]];
  };
  const west = side(-1, steps[0]);
  const east = side(1, steps[1]);
  return [
    zone('core', [ring([-3000, -4000], [0, -4000], [0, 0], ...west)]),
    zone('transition', [ring([0, -4000], [3000, -4000], ...east.toReversed(), [0, 0])]),
  ];
}

test('sound map: of notches of all kinds only those are sound that repair leaves alone', async () => {
  const step = fc.constantFrom(0.5, 3, 20, 150);
  let sound = 0;
  let known = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.double({ min: 2, max: 150, noNaN: true }),
      fc.constantFrom(20, 60, 150, 400),
      fc.tuple(step, step),
      fc.constantFrom(0, 0.3, 2),
      fc.nat(),
      async (degrees, depth, steps, noise, seed) => {
        const zones = notched(degrees, depth, steps, noise, seed);
        const isKnown = (await soundMap(zones, REPAIR_TOLERANCE)) !== null;
        const isSound = await isLeftAlone(zones);
        if (isKnown) expect(isSound).toBe(true);
        if (isSound) sound++;
        if (isKnown) known++;
      },
    ),
    { ...RUNS, numRuns: 100 },
  );
  expect(known / sound).toBeGreaterThan(0.7);
}, 120_000);

function expectSame(ours: PartTopology, theirs: PartTopology): void {
  const near = (a: number, b: number): void => expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-9 * Math.max(a, b, 1e-3));
  expect([ours.zone, ours.kind, ours.part]).toEqual([theirs.zone, theirs.kind, theirs.part]);
  near(ours.perimeter, theirs.perimeter);
  near(ours.exempt, theirs.exempt);
  for (const kind of ['core', 'buffer', 'transition', 'outside'] as const) near(ours.shared[kind], theirs.shared[kind]);
  expect(ours.neighbours.map(({ part }) => part)).toEqual(theirs.neighbours.map(({ part }) => part));
  for (const [i, { length }] of ours.neighbours.entries()) near(length, theirs.neighbours[i]?.length ?? 0);
  expect(edgesOf(ours)).toEqual(edgesOf(theirs));
}

/** The edges of open border, whichever way they run and wherever lines begin. */
function edgesOf({ open }: PartTopology): string[] {
  return open
    .flatMap(({ coordinates }) => coordinates.slice(1).map((to, i) => [String(coordinates[i]), String(to)].sort().join(' ')))
    .sort();
}

test('sound topology: the same as by cutting into faces', async () => {
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(maps, async (map) => {
      const zones = await zonesOf(map);
      const sound = await soundMap(zones, REPAIR_TOLERANCE);
      if (sound === null) return;
      compared++;
      const [x, y] = map.at;
      const border = {
        type: 'LineString' as const,
        coordinates: [[x - 1, y - 0.001] as Position, [x + 2, y + 0.002] as Position],
      };
      const water = { type: 'Polygon' as const, coordinates: [box(-500, -500, 900, 3000)] };
      const exemptions = map.seed % 2 === 0 ? {} : { borders: [border], water: [water] };
      const ours = await soundTopology(zones, sound, exemptions);
      const theirs = await zoneTopology(zones, exemptions);
      expect(ours.groups).toEqual(theirs.groups);
      expect(ours.parts.length).toBe(theirs.parts.length);
      for (const [p, part] of ours.parts.entries()) expectSame(part, theirs.parts[p] as PartTopology);
    }),
    RUNS,
  );
  expect(compared).toBeGreaterThan(RUNS.numRuns / 4);
}, 120_000);

test('sound topology: a core in a buffer zone, its open border one line', async () => {
  const zones = [zone('core', [inner]), zone('buffer', [square, hole(inner)])];
  const { parts } = await soundTopology(zones, (await find(...zones)) as SoundMap);
  expect(parts[0]?.shared.buffer).toBe(parts[0]?.perimeter);
  expect(parts[0]?.open).toEqual([]);
  expect(parts[1]?.open).toEqual([{ type: 'LineString', coordinates: square }]);
});
