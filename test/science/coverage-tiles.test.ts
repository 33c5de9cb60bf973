import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { coverages, type PolygonRings } from '../../src/science/coverage.ts';
import { newSpans, spansInTile, zonesByTile } from '../../src/science/coverage-tiles.ts';

const grid = { width: 23, height: 17, x0: 0, y0: 0, dx: 1, dy: 1 };
const number = (min: number, max: number): fc.Arbitrary<number> => fc.double({ min, max, noNaN: true });
const triangle = fc
  .array(fc.tuple(number(-4, 27), number(-4, 21)), { minLength: 3, maxLength: 3 })
  .map((corners): PolygonRings => [corners]);
const zones = fc.array(fc.array(triangle, { minLength: 0, maxLength: 2 }), { minLength: 1, maxLength: 6 });
const runs = { seed: 20130101, numRuns: 200 };

/** Shares by cell of the grid, gathered tile by tile. */
function gathered(
  cover: ReturnType<typeof coverages>,
  zone: number,
  tile: [number, number],
  stride: number,
): Map<number, number> {
  const found = new Map<number, number>();
  const spans = newSpans();
  for (let row = 0; row < 17; row += tile[1]) {
    for (let column = 0; column < 23; column += tile[0]) {
      const window = { column, row, width: Math.min(tile[0], 23 - column), height: Math.min(tile[1], 17 - row), stride };
      expect(spansInTile(cover, zone, window, spans)).toBe(spans.count);
      for (let i = 0; i < spans.count; i++) {
        for (let at = spans.start[i] as number; at < (spans.end[i] as number); at++) {
          const [c, r] = [column + (at % stride), row + Math.floor(at / stride)];
          expect(r).toBe(spans.row[i]);
          expect(c < column + window.width && !found.has(r * 23 + c)).toBe(true);
          found.set(r * 23 + c, spans.weight[i] as number);
        }
      }
    }
  }
  return found;
}

describe('spansInTile', () => {
  test('tiles of any size, padded or not, hold the same shares as the whole', () => {
    fc.assert(
      fc.property(zones, fc.integer({ min: 1, max: 23 }), fc.integer({ min: 1, max: 17 }), (some, width, height) => {
        const cover = coverages(some, grid);
        for (let zone = 0; zone < cover.zones; zone++) {
          const whole = gathered(cover, zone, [23, 17], 23);
          expect(gathered(cover, zone, [width, height], width + 2)).toEqual(whole);
          const sum = [...whole.values()].reduce((a, b) => a + b, 0);
          expect(Math.abs(sum - (cover.covered[zone] as number))).toBeLessThan(1e-11);
        }
      }),
      { ...runs, numRuns: 60 },
    );
  });

  test('many spans in a row are found by halves', () => {
    const wide = { ...grid, width: 2000, height: 1 };
    const teeth: PolygonRings[] = Array.from({ length: 600 }, (_, i) => [
      [
        [i * 3 + 0.5, 0],
        [i * 3 + 1, 0],
        [i * 3 + 1, 1],
        [i * 3 + 0.5, 1],
      ],
    ]);
    const cover = coverages([teeth], wide);
    const spans = newSpans();
    for (const column of [0, 1, 2, 700, 1797, 1798, 1999]) {
      spansInTile(cover, 0, { column, row: 0, width: 1, height: 1, stride: 1 }, spans);
      expect([spans.count, spans.count && spans.weight[0]]).toEqual(column % 3 === 0 && column < 1800 ? [1, 0.5] : [0, 0]);
    }
    expect(spansInTile(cover, 0, { column: 0, row: 0, width: 2000, height: 1, stride: 2000 }, spans)).toBe(600);
  });

  test('more spans than the buffer had room for', () => {
    const tall = { width: 3, height: 5000, x0: 0, y0: 0, dx: 1, dy: 1 };
    const cover = coverages(
      [
        [
          [
            [
              [0.5, 0],
              [2.5, 0],
              [2.5, 5000],
              [0.5, 5000],
            ],
          ],
        ],
      ],
      tall,
    );
    const spans = newSpans();
    expect(spansInTile(cover, 0, { column: 0, row: 0, width: 3, height: 5000, stride: 3 }, spans)).toBe(15000);
    expect([spans.start[14999], spans.end[14999], spans.weight[14999], spans.row[14999]]).toEqual([14999, 15000, 0.5, 4999]);
  });

  test('a zone that the coverage has not is refused', () => {
    expect(() => spansInTile(coverages([], grid), 0, { column: 0, row: 0, width: 1, height: 1, stride: 1 }, newSpans())).toThrow(
      'zone 0',
    );
  });
});

describe('zonesByTile', () => {
  test('lists the zones that have a cell in a tile, and no others', () => {
    fc.assert(
      fc.property(zones, fc.integer({ min: 1, max: 23 }), fc.integer({ min: 1, max: 17 }), (some, width, height) => {
        const cover = coverages(some, grid);
        const tiles = zonesByTile(cover, width, height);
        expect([tiles.across, tiles.down]).toEqual([Math.ceil(23 / width), Math.ceil(17 / height)]);
        const spans = newSpans();
        for (let tile = 0; tile < tiles.across * tiles.down; tile++) {
          const listed = [...tiles.zones.subarray(tiles.starts[tile], tiles.starts[tile + 1])];
          const column = (tile % tiles.across) * width;
          const row = Math.floor(tile / tiles.across) * height;
          const window = { column, row, width: Math.min(width, 23 - column), height: Math.min(height, 17 - row), stride: width };
          expect(listed).toEqual(some.map((_, zone) => zone).filter((zone) => spansInTile(cover, zone, window, spans) > 0));
        }
      }),
      runs,
    );
  });
});
