/**
 * Coverage against clipping: each cell of the grid is cut out of the polygon on its own (Sutherland & Hodgman 1974,
 * Reentrant polygon clipping, CACM 17, 32-42, doi 10.1145/360767.360802) and its area taken, which shares no code and no idea
 * with the sums along rows.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Coverage,
  coverage,
  coverageBuilder,
  coverages,
  type PlaneRing,
  type PolygonRings,
} from '../../src/science/coverage.ts';
import type { Grid } from '../../src/science/grid.ts';

const runs = { seed: 20130101, numRuns: 150 };
const grid: Grid = { width: 12, height: 9, x0: 0, y0: 0, dx: 1, dy: 1 };
type XY = [number, number];

/** Shares of all cells of one zone, row by row. */
function shares(cover: Coverage, zone = 0): Float64Array {
  const { width, height } = cover.grid;
  const all = new Float64Array(width * height);
  const rowFrom = cover.rowFrom[zone] as number;
  for (let row = rowFrom; row < (cover.rowTo[zone] as number); row++) {
    const at = (cover.first[zone] as number) + row - rowFrom;
    for (let i = cover.starts[at] as number; i < (cover.starts[at + 1] as number); i++) {
      for (let c = cover.from[i] as number; c < (cover.to[i] as number); c++) {
        if (all[row * width + c] !== 0) throw new Error(`two spans in cell ${c}, ${row}`);
        all[row * width + c] = cover.weight[i] as number;
      }
    }
  }
  return all;
}

const shoelace = (ring: readonly XY[]): number =>
  ring.reduce((sum, [x, y], i) => {
    const [[x0, y0], [nextX, nextY]] = [ring[0] as XY, ring[(i + 1) % ring.length] as XY];
    return sum + ((x - x0) * (nextY - y0) - (nextX - x0) * (y - y0)) / 2;
  }, 0);

/** What of a ring lies on the side of a line where `side` is at least 0. */
const cut = (ring: readonly XY[], side: (at: XY) => number): XY[] =>
  ring.flatMap((to, i): XY[] => {
    const from = ring.at(i - 1) as XY;
    const [a, b] = [side(from), side(to)];
    const part = a / (a - b);
    const crossing: XY = [from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part];
    return [...(a < 0 !== b < 0 ? [crossing] : []), ...(b >= 0 ? [to] : [])];
  });

/** The share of a cell by clipping, in the coordinates of the cell: where a ring crosses itself, loops that turn the other way count below 0. */
function clipped(polygons: readonly PolygonRings[], { x0, y0, dx, dy }: Grid, column: number, row: number): number {
  let share = 0;
  for (const rings of polygons) {
    for (const [r, ring] of rings.entries()) {
      const own = ring.map(([x, y]): XY => [(x - x0) / dx - column, (y - y0) / dy - row]);
      const sides = [([x]: XY) => x, ([x]: XY) => 1 - x, ([, y]: XY) => y, ([, y]: XY) => 1 - y];
      const area = Math.sign(shoelace(own)) * shoelace(sides.reduce(cut, own));
      share += r === 0 ? area : -area;
    }
  }
  return Math.min(Math.max(share, 0), 1);
}

function worst(polygons: readonly PolygonRings[], on: Grid, all = shares(coverage(polygons, on))): number {
  return Math.max(...all.map((share, i) => Math.abs(share - clipped(polygons, on, i % on.width, Math.floor(i / on.width)))));
}

const areaOf = (polygons: readonly PolygonRings[], { dx, dy }: Grid): number =>
  polygons.reduce((sum, rings) => {
    const [outer = 0, ...holes] = rings.map((ring) => Math.abs(shoelace(ring as XY[]) / (dx * dy)));
    return sum + outer - holes.reduce((a, b) => a + b, 0);
  }, 0);

const around = (x: number, y: number, radii: readonly number[], part = 1): PlaneRing => {
  const ring = radii.map((radius, i): XY => {
    const angle = (2 * Math.PI * (i + 0.3)) / radii.length;
    return [x + part * radius * Math.cos(angle), y + part * radius * Math.sin(angle)];
  });
  return [...ring, ring[0] as XY];
};

const number = (min: number, max: number): fc.Arbitrary<number> => fc.double({ min, max, noNaN: true });
const radii = (least: number, most: number): fc.Arbitrary<number[]> =>
  fc.array(number(least, most), { minLength: 3, maxLength: 16 });
/** Well within the grid, with a hole. */
const holed = fc
  .record({ x: number(5, 7), y: number(4.2, 4.8), radii: radii(1, 4), part: number(0.05, 0.9) })
  .map(({ x, y, radii, part }) => [around(x, y, radii), around(x, y, radii, part)]);
/** Anywhere, on the grid or off it, from a hundredth of a cell to far larger than the grid. */
const anywhere = fc
  .record({ x: number(-20, 30), y: number(-20, 30), size: number(-2, 2), radii: radii(0.2, 1) })
  .map(({ x, y, size, radii }) => [
    around(
      x,
      y,
      radii.map((radius) => radius * 10 ** size),
    ),
  ]);
/** Corners on the corners, edges and middles of cells. */
const snapped = anywhere.map(
  ([ring = []]): PolygonRings => [ring.map(([x, y]): XY => [Math.round(x * 2) / 2, Math.round(y * 2) / 2])],
);

const square = (x: number, y: number, width: number, height: number): PlaneRing => [
  [x, y],
  [x + width, y],
  [x + width, y + height],
  [x, y + height],
  [x, y],
];

describe('coverage', () => {
  test('a half-covered cell counts half, and a run inside is one span', () => {
    const cover = coverage([[square(0.5, 0, 2.5, 1)]], grid);
    expect([...cover.from]).toEqual([0, 1]);
    expect([...cover.to]).toEqual([1, 3]);
    expect([...cover.weight]).toEqual([0.5, 1]);
    expect([cover.rowFrom[0], cover.rowTo[0], cover.columnFrom[0], cover.columnTo[0]]).toEqual([0, 1, 0, 3]);
    expect(cover.covered[0]).toBe(2.5);
  });

  test('a triangle over 2 x 2 cells', () => {
    const all = shares(
      coverage(
        [
          [
            [
              [0, 0],
              [2, 0],
              [0, 2],
            ],
          ],
        ],
        { ...grid, width: 2, height: 2 },
      ),
    );
    expect([...all]).toEqual([1, 0.5, 0.5, 0]);
  });

  test('an edge along the middle of a row makes one span of halves', () => {
    const cover = coverage([[square(2, 0.5, 8, 1)]], grid);
    expect([...cover.from]).toEqual([2, 2]);
    expect([...cover.to]).toEqual([10, 10]);
    expect([...cover.weight]).toEqual([0.5, 0.5]);
  });

  test('polygons on the lines of the grid cover whole cells only', () => {
    const cover = coverage([[square(3, 2, 4, 5), square(4, 3, 1, 2)]], grid);
    expect(new Set(cover.weight)).toEqual(new Set([1]));
    expect(cover.covered[0]).toBe(18);
  });

  test.each([
    ['with holes', holed],
    ['anywhere', anywhere],
    ['with corners on the lines of the grid', snapped],
  ])('each share is that of clipping: polygons %s', (_, polygon) => {
    fc.assert(
      fc.property(
        polygon.filter((rings) => Math.abs(areaOf([rings], grid)) > 1e-9),
        (rings) => worst([rings], grid) < 1e-10,
      ),
      runs,
    );
  });

  test('a polygon along the lines of a fine grid in degrees touches no neighbour', () => {
    const fine: Grid = { width: 4000, height: 4000, x0: 68.5, y0: 51, dx: 0.00025, dy: -0.00025 };
    for (const column of [1, 13, 997, 3001]) {
      const [left, top] = [68.5 + column * 0.00025, 51 - column * 0.00025];
      const [right, bottom] = [68.5 + (column + 7) * 0.00025, 51 - (column + 5) * 0.00025];
      const cover = coverage([[square(left, bottom, right - left, top - bottom)]], fine);
      expect([...new Set(cover.weight)]).toEqual([1]);
      expect([cover.covered[0], cover.columnFrom[0], cover.rowFrom[0], cover.rowTo[0]]).toEqual([35, column, column, column + 5]);
    }
  });

  test('the area is recovered to 1e-12', () => {
    fc.assert(
      fc.property(holed, (rings) => {
        const { covered, area, over, under } = coverage([rings], grid);
        const exact = areaOf([rings], grid);
        const off = Math.max(Math.abs((covered[0] as number) - exact), Math.abs((area[0] as number) - exact));
        return off <= 1e-12 * exact && over[0] === 0 && under[0] === 0;
      }),
      runs,
    );
  });

  test('inside is 1 and outside 0 to the last bit', () => {
    fc.assert(
      fc.property(anywhere, (rings) => {
        const all = shares(coverage([rings], grid));
        return all.every((share, i) => {
          const exact = clipped([rings], grid, i % 12, Math.floor(i / 12));
          return (share === 0 || exact > 1e-14) && (share === 1 || exact < 1 - 1e-14);
        });
      }),
      runs,
    );
  });

  test('what is off the grid covers nothing, and all around it covers all', () => {
    for (const [x, y] of [
      [-9, 2],
      [40, 2],
      [3, -9],
      [3, 40],
      [-9, -9],
    ] as const) {
      const cover = coverage([[square(x, y, 3, 3)]], grid);
      expect(cover.covered[0]).toBe(0);
      expect(cover.area[0]).toBe(9);
      expect(cover.rowFrom[0]).toBe(cover.rowTo[0]);
    }
    const cover = coverage([[square(-1e9, -1e9, 2e9, 2e9)]], grid);
    expect(shares(cover).every((share) => share === 1)).toBe(true);
    expect(cover.from.length).toBe(9);
  });

  test('rows and columns that are touched by rounding alone are none of the zone', () => {
    const cover = coverage([[square(3 - 1e-13, 2 - 1e-13, 4 + 2e-13, 5 + 2e-13)]], grid);
    expect([cover.rowFrom[0], cover.rowTo[0], cover.columnFrom[0], cover.columnTo[0]]).toEqual([2, 7, 3, 7]);
    expect(cover.covered[0]).toBe(20);
  });

  test('slivers a billionth wide have their area', () => {
    for (const width of [1e-9, 1e-6]) {
      for (const ring of [
        square(1.3, 1.2, 7, width),
        square(1.3, 1.2, width, 6),
        [
          [1, 1],
          [9, 7],
          [9, 7 + width],
        ] as XY[],
      ]) {
        const cover = coverage([[ring]], grid);
        expect(worst([[ring]], grid)).toBeLessThan(1e-12); // less than 3e-13 of a cell is left out
        expect(Math.abs((cover.covered[0] as number) - areaOf([[ring]], grid))).toBeLessThan(1e-12); // heights are multiples of 6e-14
      }
    }
  });

  test('a polygon within one cell has its area', () => {
    fc.assert(
      fc.property(number(0.3, 0.7), radii(0.01, 0.2), fc.nat(11), fc.nat(8), (centre, some, column, row) => {
        const rings = [around(column + centre, row + centre, some)];
        const cover = coverage([rings], grid);
        const exact = areaOf([rings], grid);
        return cover.weight.length === 1 && Math.abs((cover.covered[0] as number) - exact) <= 1e-12 * exact + 1e-14;
      }),
      runs,
    );
  });

  test('a grid of metres far from its origin, its rows from north to south', () => {
    const metres: Grid = { width: 40, height: 30, x0: 4_500_000.5, y0: 5_700_000.25, dx: 30, dy: -30 };
    const far = fc
      .record({ x: number(-200, 1400), y: number(-200, 1100), radii: radii(20, 700) })
      .map(({ x, y, radii }) => [around(metres.x0 + x, metres.y0 - y, radii)]);
    fc.assert(
      fc.property(far, (rings) => worst([rings], metres) < 1e-10),
      runs,
    );
  });

  test('a fine grid in degrees, ten thousand columns in', () => {
    const fine: Grid = { width: 10_040, height: 10_030, x0: 75, y0: 47.5, dx: 0.00025, dy: -0.00025 };
    const window: Grid = {
      width: 40,
      height: 30,
      x0: 75 + 10_000 * 0.00025,
      y0: 47.5 - 10_000 * 0.00025,
      dx: 0.00025,
      dy: -0.00025,
    };
    fc.assert(
      fc.property(number(0.003, 0.007), number(0.003, 0.0045), radii(0.0005, 0.003), (x, y, some) => {
        const rings = [around(window.x0 + x, window.y0 - y, some)];
        const cover = coverage([rings], fine);
        const near = shares(coverage([rings], window));
        const off = worst([rings], window, near);
        return off < 1.5e-10 && Math.abs((cover.covered[0] as number) / areaOf([rings], fine) - 1) < 1e-11;
      }),
      { ...runs, numRuns: 50 },
    );
  });

  test('the shares of a zone and of all around it sum to 1 everywhere', () => {
    const all = square(-5, -5, 30, 30);
    fc.assert(
      fc.property(
        anywhere.filter(([ring = []]) => ring.every(([x, y]) => x > -5 && x < 25 && y > -5 && y < 25)),
        (rings) => {
          const [zone, rest] = [coverage([rings], grid), coverage([[all, ...rings]], grid)].map((cover) => shares(cover));
          return zone?.every((share, i) => Math.abs(share + (rest?.[i] as number) - 1) < 1e-13) === true;
        },
      ),
      runs,
    );
  });

  test('zones that share their edges leave no gap: strips between random lines sum to 1', () => {
    const lines = fc.array(fc.array(number(0, 1), { minLength: 7, maxLength: 7 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(lines, (between) => {
        const heights = [Array(7).fill(0), ...between, Array(7).fill(1)].map((line) => line.map((part, i): XY => [i * 2, part]));
        for (let l = 1; l < heights.length; l++) {
          for (const [i, at] of (heights[l] as XY[]).entries()) {
            const low = (heights[l - 1] as XY[])[i]?.[1] as number;
            at[1] = l === heights.length - 1 ? 9 : low + (9 - low) * at[1];
          }
        }
        const strips = heights.slice(1).map((line, l) => [[[...(heights[l] as XY[]), ...line.toReversed()]]]);
        const cover = coverages(strips, grid);
        const sum = new Float64Array(grid.width * grid.height);
        for (let zone = 0; zone < cover.zones; zone++)
          shares(cover, zone).forEach((share, i) => {
            sum[i] = (sum[i] as number) + share;
          });
        return sum.every((share) => Math.abs(share - 1) < 1e-12);
      }),
      runs,
    );
  });

  test('the order of zones, the way rings turn, where they begin and whether they are closed change nothing', () => {
    fc.assert(
      fc.property(holed, anywhere, fc.nat(5), (one, two, by) => {
        const cover = coverages([[one], [two]], grid);
        const shuffled = coverages([[two], [one]], grid);
        const same = one.map((ring) => {
          const open = ring.slice(0, -1).toReversed();
          return [...open.slice(by), ...open.slice(0, by)];
        });
        const [a, b, c] = [shares(cover, 0), shares(shuffled, 1), shares(coverage([same], grid))];
        return a.every((share, i) => share === b[i] && Math.abs(share - (c[i] as number)) < 1e-14);
      }),
      runs,
    );
  });

  test('parts that overlap are held at 1 and counted, and so are holes that leave their polygon', () => {
    const twice = coverage([[square(1, 1, 4, 4)], [square(3, 3, 4, 4)]], grid);
    expect([twice.over[0], twice.under[0], twice.covered[0], twice.area[0]]).toEqual([4, 0, 28, 32]);
    const outside = coverage([[square(1, 1, 2, 2), square(5, 5, 2, 3)]], grid);
    expect([outside.over[0], outside.under[0], outside.covered[0]]).toEqual([0, 6, 4]);
    expect(shares(twice).every((share) => share <= 1)).toBe(true);
  });

  test('parts that touch are none that overlap', () => {
    fc.assert(
      fc.property(number(1.1, 10.9), number(1.1, 10.9), (top, bottom) => {
        const left = [
          [0.5, 0.5],
          [top, 0.5],
          [bottom, 8.5],
          [0.5, 8.5],
        ] as XY[];
        const right = [
          [top, 0.5],
          [11.5, 0.5],
          [11.5, 8.5],
          [bottom, 8.5],
        ] as XY[];
        const cover = coverage([[left], [right]], grid);
        return cover.over[0] === 0 && Math.abs((cover.covered[0] as number) - 88) < 1e-11;
      }),
      runs,
    );
  });
});

describe('coverage in longitudes', () => {
  const world: Grid = { width: 360, height: 180, x0: -180, y0: 90, dx: 1, dy: -1 };
  const turned: Grid = { ...world, x0: 0 };
  const whole = around(180.3, 10.2, [4, 3, 5, 2.5, 4.5, 3.3, 4.8]);
  const continuous = whole.map(([x, y]): XY => [x - 360, y]);
  const jumping = whole.map(([x, y]): XY => [x > 180 ? x - 360 : x, y]);
  const split = [(x: number) => 180 - x, (x: number) => x - 180].map((side, i) => [
    cut(whole.slice(0, -1) as XY[], ([x]) => side(x)).map(([x, y]): XY => [x - 360 * i, y]),
  ]);
  const expected = clippedOver([[whole]], { ...world, x0: 0, width: 720 });

  function clippedOver(polygons: readonly PolygonRings[], on: Grid): Map<string, number> {
    const found = new Map<string, number>();
    for (let row = 70; row < 90; row++) {
      for (let column = 160; column < 200; column++) {
        const share = clipped(polygons, on, column, row);
        if (share > 0) found.set(`${column % 360} ${row}`, share);
      }
    }
    return found;
  }

  test.each([
    ['as it is', [[whole]]],
    ['around -180', [[continuous]]],
    ['with longitudes that jump', [[jumping]]],
    ['split at the antimeridian', split],
  ] as [string, PolygonRings[]][])('a polygon across the antimeridian, %s, on two grids of the world', (_, polygons) => {
    for (const on of [world, turned]) {
      const all = shares(coverage(polygons, on, { turn: 360 }));
      let touched = 0;
      all.forEach((share, i) => {
        const column = ((i % 360) + on.x0 + 360) % 360;
        const exact = expected.get(`${column} ${Math.floor(i / 360)}`) ?? 0;
        if (share > 0) touched++;
        if (Math.abs(share - exact) > 1e-10) throw new Error(`${column} ${Math.floor(i / 360)}: ${share}, expected ${exact}`);
      });
      expect(touched).toBe(expected.size);
    }
  });

  test('the edge of a world map is no short edge', () => {
    const cover = coverage([[square(-180, -90, 360, 180)]], world, { turn: 360 });
    expect(cover.covered[0]).toBe(64800);
    expect(coverage([[square(-180, -90, 360, 180)]], turned, { turn: 360 }).covered[0]).toBe(64800);
  });

  test('whole turns away is the same place', () => {
    const near = shares(coverage([[around(70, 50, [3, 4, 5, 3])]], world, { turn: 360 }));
    const far = shares(coverage([[around(70 + 1080, 50, [3, 4, 5, 3])]], world, { turn: 360 }));
    expect(near.every((share, i) => Math.abs(share - (far[i] as number)) < 1e-11)).toBe(true);
  });
});

describe('coverageBuilder', () => {
  test('a ring that bounds nothing or is not finite is named, and the next zone may follow', () => {
    const builder = coverageBuilder(grid);
    builder.addZone([[square(0, 0, 1, 1)]]);
    expect(() =>
      builder.addZone([
        [square(0, 0, 1, 1)],
        [
          square(0, 0, 3, 3),
          [
            [1, 1],
            [2, 2],
            [1, 1],
          ],
        ],
      ]),
    ).toThrow('zone 1, polygon 1, ring 1: 3 positions do not bound an area');
    expect(() =>
      builder.addZone([
        [
          [
            [0, 0],
            [1, Number.NaN],
            [1, 1],
            [0, 0],
          ],
        ],
      ]),
    ).toThrow('zone 1, polygon 0, ring 0, position 1: 1, NaN');
    expect(() =>
      builder.addZone([
        [
          [
            [0, 0],
            [1e300, 0],
            [1, 1],
            [0, 0],
          ],
        ],
      ]),
    ).toThrow('cells from');
    expect(builder.addZone([[square(0, 0, 2, 1)]])).toBe(1);
    const cover = builder.build();
    expect([...cover.covered]).toEqual([1, 2]);
  });

  test('many zones lie behind one another, those without a cell as well', () => {
    const cover = coverages([[[square(0, 0, 2, 2)]], [[square(50, 0, 2, 2)]], [[square(1.5, 1, 2, 2)]], []], grid);
    expect(cover.zones).toBe(4);
    expect([...cover.covered]).toEqual([4, 0, 4, 0]);
    expect(shares(cover, 2)[12 + 1]).toBe(0.5);
    expect(shares(cover, 1).every((share) => share === 0)).toBe(true);
  });

  test('many zones together are what each is alone: buffers carry nothing over', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(anywhere, holed, snapped), { minLength: 2, maxLength: 9 }), (zones) => {
        const together = coverages(
          zones.map((rings) => [rings]),
          grid,
        );
        zones.forEach((rings, zone) => {
          const alone = coverage([rings], grid);
          expect(shares(together, zone)).toEqual(shares(alone));
          expect(together.covered[zone]).toBe(alone.covered[0]);
        });
      }),
      runs,
    );
  });

  test('thousands of spans are all kept', () => {
    const big: Grid = { width: 400, height: 400, x0: 0, y0: 0, dx: 1, dy: 1 };
    const comb = Array.from({ length: 399 }, (_, i): XY => [i + 0.5, i % 2 === 0 ? 0.25 : 399.75]);
    const rings: PolygonRings = [[...comb, [399.9, 399.9], [0.1, 399.9]]];
    const cover = coverage([rings], big);
    expect(cover.from.length).toBeGreaterThan(100_000);
    expect(Math.abs((cover.covered[0] as number) / areaOf([rings], big) - 1)).toBeLessThan(1e-12);
  });

  test('a grid without cells or a turn without length is refused', () => {
    expect(() => coverage([], { ...grid, width: 0 })).toThrow('grid of 0 x 9');
    expect(() => coverage([], { ...grid, dx: 0 })).toThrow('cells of 0 x 1');
    expect(() => coverage([], grid, { turn: 0 })).toThrow('turn of 0');
  });
});
