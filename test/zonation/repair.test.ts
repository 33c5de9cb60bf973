/** One hand-checkable map for each kind of fault. A square of 0.01 degree at 50 north is 715.8 m wide and 1112.3 m high. */
import { expect, test } from 'vitest';
import type { PolygonRings, Ring, ZoneKind } from '../../src/types.ts';
import { type RepairOptions, type RepairResult, repairZones, type ZoneShape } from '../../src/zonation/repair.ts';

/** Degrees of longitude and latitude per metre at 50 north. */
const E = 1 / 71_696;
const N = 1 / 111_229;

function box(west: number, south: number, east: number, north: number): Ring {
  return [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
}

function zone(kind: ZoneKind, ...coordinates: PolygonRings[]): ZoneShape {
  return { id: kind, kind, geometry: { type: 'MultiPolygon', coordinates } };
}

const core = zone('core', [box(70, 50, 70.01, 50.01)]);

async function repaired(zones: ZoneShape[], options: RepairOptions = {}): Promise<RepairResult> {
  const result = await repairZones(zones, options);
  const again = await repairZones(result.zones, options);
  expect(again.repairs).toEqual([]);
  expect(again.zones.every((z, i) => z === result.zones[i])).toBe(true);
  expect(again.unresolved).toEqual(result.unresolved);
  return result;
}

const kinds = ({ repairs }: RepairResult): string[] => repairs.map(({ kind }) => kind);
const asked = ({ unresolved }: RepairResult): string[] => unresolved.map(({ rule, severity }) => `${rule} ${severity}`);
const ring = (result: RepairResult, z = 0): Ring | undefined => result.zones[z]?.geometry.coordinates[0]?.[0];

test('repair: a sound map comes back as the same objects', async () => {
  const map = [core, zone('buffer', [box(69.99, 49.99, 70.02, 50.02), box(70, 50, 70.01, 50.01).reverse()])];
  const result = await repaired(map);
  expect(result).toEqual({ zones: map, repairs: [], unresolved: [] });
  expect(result.zones[0]).toBe(core);
});

test('repair: an open ring is closed, repeated positions go, rings turn as RFC 7946 says', async () => {
  const result = await repaired([
    zone('core', [
      [
        [70, 50],
        [70, 50.01],
        [70, 50.01],
        [70.01, 50.01],
        [70.01, 50],
      ],
    ]),
  ]);
  expect(kinds(result).sort()).toEqual(['open-ring', 'orientation', 'repeated-points']);
  expect(ring(result)).toEqual([
    [70, 50],
    [70.01, 50],
    [70.01, 50.01],
    [70, 50.01],
    [70, 50],
  ]);
});

test('repair: a spike without width is taken off, however long', async () => {
  const result = await repaired([
    zone('core', [
      [
        [70, 50],
        [70.01, 50],
        [70.01, 50.01],
        [70.005, 50.01],
        [70.005, 51],
        [70.005, 50.01],
        [70, 50.01],
        [70, 50],
      ],
    ]),
  ]);
  expect(kinds(result)).toEqual(['spike']);
  expect(result.repairs[0]?.place).toEqual({ type: 'Point', coordinates: [70.005, 51] });
  expect(ring(result)).toHaveLength(6);
});

test('repair: a spike 2 m wide and 1112 m long is taken off with its 0.11 ha; one of 20 m is the shape of the zone', async () => {
  const spiked = (width: number) =>
    zone('core', [
      [
        [70, 50],
        [70.01, 50],
        [70.01, 50.01],
        [70.005, 50.01],
        [70.005, 50.02],
        [70.005 - width * E, 50.01],
        [70, 50.01],
        [70, 50],
      ],
    ]);
  const result = await repaired([spiked(2)]);
  expect(kinds(result)).toEqual(['spike']);
  expect(result.repairs[0]?.areaHa).toBeCloseTo(0.1112, 3);
  const wide = spiked(20);
  expect((await repaired([wide])).zones[0]).toBe(wide);
});

test('repair: a small loop of the border is undone, a bow tie of 20 ha is asked about and left alone', async () => {
  const looped = zone('core', [
    [
      [70, 50],
      [70.01, 50],
      [70.01, 50.01],
      [70.005 + 5 * E, 50.01],
      [70.005 - 5 * E, 50.01 + 5 * N],
      [70.005 - 5 * E, 50.01 - 5 * N],
      [70.005 + 5 * E, 50.01 + 5 * N],
      [70, 50.01],
      [70, 50],
    ],
  ]);
  expect(kinds(await repaired([looped]))).toEqual(['self-intersection']);
  const bowTie = zone('core', [
    [
      [70, 50],
      [70.01, 50.01],
      [70.01, 50],
      [70, 50.01],
      [70, 50],
    ],
  ]);
  const result = await repaired([bowTie]);
  expect(result.zones[0]).toBe(bowTie);
  expect(asked(result)).toEqual(['Z02 error']);
  expect(result.unresolved[0]?.numbers.areaHa).toBeCloseTo(19.9, 1);
});

test('repair: a ring that touches itself at a position covers the same ground in valid polygons', async () => {
  const result = await repaired([
    zone('core', [
      [
        [70, 50],
        [70.01, 50],
        [70.01, 50.01],
        [70.005, 50],
        [70, 50.01],
        [70, 50],
      ],
    ]),
  ]);
  expect(kinds(result)).toContain('self-intersection');
  expect(result.zones[0]?.geometry.coordinates).toHaveLength(2);
});

test('repair: a hole outside goes when small and is asked about when large', async () => {
  const away = (size: number) =>
    zone('core', [box(70, 50, 70.01, 50.01), box(70.1, 50, 70.1 + size * E, 50 + size * N).reverse()]);
  const result = await repaired([away(50)]);
  expect(kinds(result)).toEqual(['hole-outside']);
  expect(result.repairs[0]?.areaHa).toBeCloseTo(0.25, 3);
  expect(asked(await repaired([away(500)]))).toEqual(['Z02 error']);
});

test('repair: collapsed parts go, a zone of nothing else is asked about', async () => {
  const line: Ring = [
    [71, 50],
    [71.001, 50.001],
    [71.002, 50.002],
    [71, 50],
  ];
  const result = await repaired([zone('core', [box(70, 50, 70.01, 50.01)], [line]), zone('buffer', [line])]);
  expect(kinds(result)).toEqual(['collapsed-part']);
  expect(asked(result)).toEqual(['Z02 error']);
});

test('repair: features and parts drawn twice count once', async () => {
  const turned = [...box(70, 50, 70.01, 50.01).slice(1), [70.01, 50] as [number, number]];
  const result = await repaired([
    core,
    { ...zone('core', [turned]), id: 'core-2' },
    zone('buffer', [box(71, 50, 71.01, 50.01)], [box(71, 50, 71.01, 50.01)]),
  ]);
  expect(kinds(result).sort()).toEqual(['duplicate', 'duplicate-part']);
  expect(result.zones.map(({ id }) => id)).toEqual(['core', 'buffer']);
});

test('repair: a part inside a part of the same zone may be a hole and is asked about', async () => {
  expect(asked(await repaired([zone('core', [box(70, 50, 70.01, 50.01)], [box(70.004, 50.004, 70.006, 50.006)])]))).toEqual([
    'Z02 error',
  ]);
});

test('repair: an overlap of 5 m goes to the stricter zone, one of 50 m is asked about', async () => {
  const beside = (metres: number) => [zone('buffer', [box(70.01 - metres * E, 50, 70.02, 50.01)]), core];
  const result = await repaired(beside(5));
  expect(kinds(result)).toEqual(['overlap']);
  expect(result.repairs[0]).toMatchObject({ zone: 'buffer' });
  expect(result.repairs[0]?.areaHa).toBeCloseTo(0.556, 3);
  expect(result.zones[1]).toEqual(core);
  expect(ring(result)).toEqual(
    expect.arrayContaining([
      [70.01, 50],
      [70.01, 50.01],
    ]),
  );
  const wide = beside(50);
  const open = await repaired(wide);
  expect(open.zones[0]).toBe(wide[0]);
  expect(asked(open)).toEqual(['Z02 error']);
  expect(open.unresolved[0]?.numbers.areaHa).toBeCloseTo(5.56, 2);
  expect(kinds(await repaired(wide, { tolerance: { width: 60 } }))).toEqual(['overlap']);
});

test('repair: a gap of 5 m goes to the less strict zone, open to the outside or not; wider ones are asked about', async () => {
  const beside = (metres: number) => [core, zone('buffer', [box(70.01 + metres * E, 50, 70.02, 50.01)])];
  const around = (m: number) => [
    core,
    zone('buffer', [box(69.99, 49.99, 70.02, 50.02), box(70 - m * E, 50 - m * N, 70.01 + m * E, 50.01 + m * N).reverse()]),
  ];
  for (const map of [beside, around]) {
    const result = await repaired(map(5));
    expect(kinds(result)).toEqual(['gap']);
    expect(result.repairs[0]).toMatchObject({ zone: 'buffer' });
    expect(result.zones[0]).toBe(core);
    expect(asked(await repaired(map(30)))).toEqual(['Z03 question']);
  }
});

test('repair: a border drawn twice is one line afterwards, the same positions on both sides', async () => {
  const wave = (shift: number): Ring =>
    Array.from({ length: 21 }, (_, i) => [70.01 + (shift + 3 * Math.sin(i)) * E * (shift === 0 ? 1 : -1), 50 + i * 0.0005]);
  const result = await repaired([
    zone('core', [[[70, 50], ...wave(0), [70, 50.01], [70, 50]]]),
    zone('buffer', [[[70.02, 50], [70.02, 50.01], ...wave(1).reverse(), [70.02, 50]]]),
  ]);
  expect(kinds(result)).toContain('border');
  const shared = (ring(result, 0) ?? []).filter(([lon]) => lon > 70.005).map(String);
  const buffer = new Set((ring(result, 1) ?? []).map(String));
  expect(shared.filter((position) => !buffer.has(position))).toEqual([]);
});

test('repair: slivers go to the neighbour, or go', async () => {
  const beside = await repaired([core, zone('buffer', [box(70.01, 50, 70.02, 50.01)], [box(70 - 3 * E, 50, 70, 50.01)])]);
  expect(beside.repairs[0]).toMatchObject({ kind: 'sliver', zone: 'buffer' });
  const alone = await repaired([zone('core', [box(70, 50, 70.01, 50.01)], [box(70.5, 50, 70.5 + 3 * E, 50.01)])]);
  expect(kinds(alone)).toEqual(['sliver-dropped']);
});

test('repair: zones drawn over one another are cut back and that is said, or asked', async () => {
  const nested = [core, zone('buffer', [box(69.99, 49.99, 70.02, 50.02)]), zone('transition', [box(69.9, 49.9, 70.1, 50.1)])];
  const result = await repaired(nested);
  expect(kinds(result)).toEqual(['nested-zones', 'nested-zones', 'nested-zones']);
  expect(result.zones[1]?.geometry.coordinates[0]?.[1]).toHaveLength(5);
  expect(result.zones[0]).toBe(core);
  const left = await repaired(nested, { nested: 'ask' });
  expect(left.zones).toEqual(nested);
  expect(left.unresolved.every(({ rule }) => rule === 'Z02')).toBe(true);
});

test('repair: two kinds of zone of the same shape contradict each other', async () => {
  expect(asked(await repaired([core, zone('buffer', [box(70, 50, 70.01, 50.01)])]))).toEqual(['Z02 error']);
});

test('repair: a site across the antimeridian is repaired where it is and stays cut', async () => {
  const map = [
    zone('core', [box(179.99, 50, 180, 50.01)], [box(-180, 50, -179.99, 50.01)]),
    zone('buffer', [box(-179.99 - 5 * E, 50, -179.98, 50.01)]),
  ];
  const result = await repaired(map);
  expect(kinds(result)).toEqual(['overlap']);
  expect(
    result.zones
      .flatMap(({ geometry }) => geometry.coordinates.flat(2))
      .every(([lon]) => Math.abs(lon) > 179.9 && Math.abs(lon) <= 180),
  ).toBe(true);
});

test('repair: coordinates that are no longitudes and latitudes are asked about', async () => {
  expect(asked(await repairZones([core, zone('buffer', [box(Number.NaN, 50, 70.02, 50.01)])]))).toEqual(['Z02 error']);
});
