import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addPressure,
  integerEdges,
  mergePressureZones,
  newPressureZone,
  type PressureZone,
  pressureEdges,
  pressureOf,
} from '../../src/science/pressure.ts';
import { populationOf } from '../../src/science/pressure-population.ts';

/** Numbers from 0 to 1, the same in every run (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const zoneOf = (rows: readonly (readonly number[])[], edges = integerEdges(0, 9)): PressureZone => {
  const zone = newPressureZone(edges);
  const stride = rows[0]?.length ?? 0;
  const values = rows.flat();
  for (let row = 0; row < rows.length; row++)
    addPressure(zone, values, row * stride, (row + 1) * stride, { share: 1, area: 100, stride });
  return zone;
};

describe('pressure of a zone', () => {
  test('people: total by share, mean by area, density', () => {
    const zone = newPressureZone(integerEdges(0, 9));
    addPressure(zone, [4, 6, Number.NaN], 0, 3, { share: 1, area: 500_000, stride: 0 });
    addPressure(zone, [8], 0, 1, { share: 0.25, area: 125_000, stride: 0 });
    const { cells, area, unknownArea, mean, total, perKm2 } = pressureOf(zone);
    expect([cells, area, unknownArea, total]).toEqual([2.25, 1_125_000, 500_000, 12]);
    expect(mean).toBeCloseTo((4 * 500_000 + 6 * 500_000 + 8 * 125_000) / 1_125_000, 12);
    expect(perKm2).toBeCloseTo(12 / 1.125, 12);
  });

  test('an empty zone has no mean, and not the mean zero', () =>
    expect(pressureOf(zoneOf([]))).toMatchObject({ cells: 0, mean: null, perKm2: null, effective: 0 }));

  test('a zone of one value all over says as much as one cell', () => {
    const { neighbours, effective } = pressureOf(zoneOf(Array.from({ length: 5 }, () => Array(5).fill(3))));
    expect(neighbours).toEqual({ row: 1, column: 1 });
    expect(effective).toBe(1);
  });

  test('cells that have nothing to do with one another count nearly all, those in broad patches few', () => {
    const random = seeded(7);
    const noise = Array.from({ length: 60 }, () => Array.from({ length: 60 }, () => Math.floor(random() * 10)));
    const patches = noise.map((row, y) => row.map((_, x) => noise[Math.floor(y / 10) * 10]?.[Math.floor(x / 10) * 10] as number));
    expect(pressureOf(zoneOf(noise)).effective).toBeGreaterThan(3200);
    expect(pressureOf(zoneOf(patches)).effective).toBeLessThan(40);
  });

  test('rows of a field with correlation 0.6 along them: the effective number of theory', () => {
    const random = seeded(11);
    const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const rows = Array.from({ length: 150 }, () => {
      let x = normal();
      return Array.from({ length: 150 }, () => {
        x = 0.6 * x + 0.8 * normal();
        return Math.round(x * 20);
      });
    });
    const { neighbours, effective } = pressureOf(zoneOf(rows, integerEdges(-90, 90)));
    expect(neighbours.row).toBeCloseTo(0.6, 1);
    expect(effective / (150 * 150)).toBeCloseTo((0.4 / 1.6) * 1, 1);
  });

  test('blocks merge: counts are the same, but pairs across their limits are not taken', () => {
    const rows = [
      [1, 2, 3],
      [4, 5, 6],
      [7, 8, 9],
    ];
    const [whole, upper, lower] = [zoneOf(rows), zoneOf(rows.slice(0, 2)), zoneOf(rows.slice(2))];
    const merged = mergePressureZones(upper, lower);
    expect([merged.cells, merged.sums, merged.alongRow]).toEqual([whole.cells, whole.sums, whole.alongRow]);
    expect([merged.alongColumn[0], whole.alongColumn[0]]).toEqual([3, 6]);
    expect(() => mergePressureZones(whole, zoneOf(rows, integerEdges(0, 5)))).toThrow('different bins');
  });

  test('bins: zero alone, then by logarithm, in order', () => {
    const edges = pressureEdges({ from: 0.1, to: 1000, bins: 4 });
    expect(Array.from(edges.subarray(1), (edge) => Number(edge.toPrecision(6)))).toEqual([0.1, 1, 10, 100, 1000]);
    const zone = newPressureZone(edges);
    addPressure(zone, [0, 0.01, 0.5, 5, 50, 500, 5000, -1], 0, 8, { share: 1, area: 1, stride: 0 });
    expect(Array.from(zone.cells)).toEqual([2, 1, 1, 1, 1, 1, 1]);
    expect(() => pressureEdges({ from: 0, to: 1, bins: 3 })).toThrow('above 0');
  });

  test('every value is in the bin between its edges', () => {
    fc.assert(
      fc.property(fc.double({ min: -5, max: 2e4, noNaN: true }), (value) => {
        const edges = pressureEdges({ from: 0.5, to: 5000, bins: 37 });
        const zone = newPressureZone(edges);
        addPressure(zone, [value], 0, 1, { share: 1, area: 1, stride: 0 });
        const bin = zone.cells.indexOf(1);
        return (bin === 0 || (edges[bin - 1] as number) <= value) && (bin === edges.length || value < (edges[bin] as number));
      }),
    );
  });
});

describe('population', () => {
  const figure = (kind: 'census' | 'register' | 'raster', value: number, year: number) => ({
    kind,
    value,
    year,
    low: null,
    high: null,
    source: `${kind}-${year}`,
  });

  test('people counted go before people modelled, then the closest year', () => {
    const figures = [
      figure('raster', 1210, 2025),
      figure('census', 1500, 2009),
      figure('register', 1400, 2024),
      figure('census', 1385, 2021),
    ];
    const { shown, others, disagreement } = populationOf(figures, { year: 2025 });
    expect(shown?.source).toBe('census-2021');
    expect(others.map(({ source }) => source)).toEqual(['census-2009', 'register-2024', 'raster-2025']);
    expect(disagreement).toBeCloseTo(1 - 1210 / 1385, 12);
  });

  test('nobody counted: nobody is shown, and zero against zero agrees', () => {
    expect(populationOf([], { year: 2025 })).toEqual({ shown: null, others: [], disagreement: null });
    expect(populationOf([figure('census', 0, 2021), figure('raster', 0, 2020)], { year: 2025 }).disagreement).toBe(0);
    expect(populationOf([figure('raster', 3, 2020)], { year: 2025 }).disagreement).toBeNull();
  });
});
