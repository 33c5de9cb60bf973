/** Maps made sound and gathered into zones: what `mend` and `examine` add to the repair. */
import { describe, expect, test } from 'vitest';
import type { DrawnZone, Position, ZoneKind } from '../../src/types.ts';
import { changesSince, mend } from '../../src/zonation/examine.ts';

const box = (west: number, south: number, east: number, north: number): Position[] => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
  [west, south],
];
const zone = (id: string, kind: ZoneKind, rings: Position[][], name = ''): DrawnZone => ({
  id,
  site: 'steppe',
  kind,
  name: name === '' ? {} : { en: name },
  valid: { start: null, end: null },
  geometry: { type: 'MultiPolygon', coordinates: [rings] },
  from: { source: 'by-hand' },
});

describe('mend', () => {
  test('features of one kind that touch become one zone in one part; those with names of their own stay apart', async () => {
    const { zones, repairs } = await mend([
      zone('a', 'core', [box(70, 50, 70.1, 50.1)]),
      zone('b', 'core', [box(70.1, 50, 70.2, 50.1)]),
      zone('c', 'core', [box(71, 50, 71.1, 50.1)], 'Lake'),
    ]);
    expect(zones.map(({ id, geometry }) => [id, geometry.coordinates.length])).toEqual([
      ['a', 1],
      ['c', 1],
    ]);
    expect(repairs).toEqual([]);
  });

  test('a map that was mended and gathered is mended no further', async () => {
    const drawn = [
      zone('a', 'core', [box(70, 50, 70.1, 50.1)]),
      zone('b', 'core', [box(70.1, 50, 70.2, 50.1).reverse()]),
      zone('c', 'buffer', [box(70.19999, 50, 70.3, 50.1)]),
    ];
    const once = await mend(drawn);
    expect(once.repairs.map(({ kind }) => kind)).toEqual(['orientation', 'overlap']);
    const twice = await mend(once.zones);
    expect(twice.repairs).toEqual([]);
    expect(twice.zones).toEqual(once.zones);
  });

  /** A ring of a million positions and more round a small circle. */
  const large = (radius: number, count: number): Position[] => {
    const ring = Array.from(
      { length: count },
      (_, i): Position => [70 + radius * Math.cos((2 * Math.PI * i) / count), 50 + radius * Math.sin((2 * Math.PI * i) / count)],
    );
    return [...ring, ring[0] ?? [0, 0]];
  };

  test('a map too large to be cut is mended ring by ring', async () => {
    const { repairs, zones } = await mend([zone('a', 'core', [large(1, 1_000_001).reverse()])]);
    expect(repairs.map(({ kind }) => kind)).toEqual(['orientation']);
    expect((await mend(zones)).repairs).toEqual([]);
  });

  test('a map too large to be cut, with zones that overlap, is refused with a sentence', async () => {
    const overlapping = [zone('a', 'core', [large(1, 600_000)]), zone('b', 'buffer', [large(1.1, 600_000)])];
    await expect(mend(overlapping)).rejects.toThrow(
      'zones in it cross, overlap or leave gaps; up to 1,000,000 positions can be repaired at once',
    );
  });
});

test('ground won and lost adds up to the difference of the areas', async () => {
  const before = [zone('a', 'core', [box(70, 50, 70.1, 50.1)])];
  const now = [zone('a', 'core', [box(70.05, 50, 70.2, 50.1)])];
  const [core] = await changesSince(before, now);
  // half of the old square is lost; a square as large as the old one is won
  expect((core?.gained ?? 0) / (core?.lost ?? 1)).toBeCloseTo(2, 6); // edges are geodesics: their bulge grows with their length
  expect(core?.where.lost.coordinates).toHaveLength(1);
});
