import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { livingPlanetIndex, type PopulationSeries, populationChanges, speciesChanges } from '../../src/science/living-planet.ts';
import { thinPlateSmoother, traceOfTrend } from '../../src/science/penalised-spline.ts';
import { symmetricEigen } from '../../src/science/symmetric-eigen.ts';

const population = (id: string, years: number[], values: number[]): PopulationSeries => ({ id, years, values });
const alone = (...populations: PopulationSeries[]) => [
  { name: 'all', species: populations.map((one) => ({ name: one.id, populations: [one] })) },
];
const years = (count: number, from = 2000): number[] => Array.from({ length: count }, (_, i) => from + i);

describe('changes of a population', () => {
  test('between counts far apart the logarithm goes in a straight line', () => {
    const { first, changes, method } = populationChanges(population('a', [2000, 2002, 2003], [100, 400, 40]));
    expect([first, method]).toEqual([2001, 'chain']);
    expect([...changes].map((change) => Number(change.toFixed(12)))).toEqual([
      Number(Math.log10(2).toFixed(12)),
      Number(Math.log10(2).toFixed(12)),
      -1,
    ]);
  });

  test('where there are zeros a hundredth of the mean of the others is added to all', () => {
    const { changes } = populationChanges(population('a', [2000, 2001, 2002], [10, 0, 30]));
    expect(changes[0]).toBeCloseTo(Math.log10(0.2 / 10.2), 12);
    expect(changes[1]).toBeCloseTo(Math.log10(30.2 / 0.2), 12);
    expect([...populationChanges(population('a', [2000, 2001], [0, 0])).changes]).toEqual([0]);
  });

  test('halving every year is a line, smooth or not', () => {
    const { changes, method } = populationChanges(
      population(
        'a',
        years(12),
        years(12).map((_, i) => 4096 / 2 ** i),
      ),
    );
    expect(method).not.toBe('too-short');
    for (const change of changes) expect(change).toBeCloseTo(-Math.log10(2), 6);
  });

  test('one count says nothing of a change, and faults name population and year', () => {
    expect(populationChanges(population('a', [2000], [4])).method).toBe('too-short');
    expect(() => populationChanges(population('a', [2001, 2000], [4, 3]))).toThrow('population a: year 2000');
    expect(() => populationChanges(population('a', [2000, 2001], [4, -3]))).toThrow('population a, year 2001: value -3');
    expect(() => populationChanges(population('a', [2000], [4, 3]))).toThrow('1 years and 2 values');
  });
});

describe('the index', () => {
  test('two species, one doubling and one halving, cancel out', () => {
    const found = livingPlanetIndex(
      alone(population('a', [2000, 2001, 2002], [1, 2, 4]), population('b', [2000, 2001, 2002], [4, 2, 1])),
      { from: 2000, to: 2002, seed: 1 },
    );
    for (const value of found.index) expect(value).toBeCloseTo(1, 12);
    expect(found.low[2]).toBeCloseTo(1 / 4, 12);
    expect(found.high[2]).toBeCloseTo(4, 12);
    expect([...found.species]).toEqual([0, 2, 2]);
    expect(found.methods).toEqual({ smooth: 0, chain: 2, 'too-short': 0 });
  });

  test('what is drawn are whole species: years drawn one by one give a narrower interval', () => {
    const species = alone(...['a', 'b', 'c', 'd'].map((id, k) => population(id, [2000, 2010], [100, 100 * 3 ** (k - 1.5)])));
    const width = (resample: 'species' | 'years'): number => {
      const { low, high } = livingPlanetIndex(species, { from: 2000, to: 2010, seed: 5, bootstraps: 200, resample });
      return Math.log((high[10] as number) / (low[10] as number));
    };
    expect(width('species')).toBeGreaterThan(1.7 * width('years'));
  });

  test('sets count by weight, and a set without data leaves its weight to the others', () => {
    const set = (name: string, last: number, weight: number, to = 2001) => ({
      name,
      weight,
      species: [{ name, populations: [population(name, [to - 1, to], [1, last])] }],
    });
    const found = livingPlanetIndex([set('a', 2, 3), set('b', 8, 1)], { from: 2000, to: 2002, seed: 1, bootstraps: 0 });
    expect(found.index[1]).toBeCloseTo(2 ** (3 / 4 + 3 / 4), 12);
    expect(found.index[2]).toBe(found.index[1]);
    const later = livingPlanetIndex([set('a', 2, 3), set('b', 8, 1, 2002)], { from: 2000, to: 2002, seed: 1, bootstraps: 0 });
    expect(later.index[1]).toBeCloseTo(2, 12);
    expect(later.index[2]).toBeCloseTo(16, 12);
  });

  test('in the mode of rlpi the weight of a set without data is lost, and the mean drawn to no change', () => {
    const set = (name: string, years: number[], weight?: number) => ({
      name,
      ...(weight === undefined ? {} : { weight }),
      species: [
        {
          name,
          populations: [
            population(
              name,
              years,
              years.map((_, i) => 2 ** i),
            ),
          ],
        },
      ],
    });
    const index = (weight?: number): Float64Array =>
      livingPlanetIndex([set('a', [2000, 2001, 2002], weight), set('b', [2000, 2001], weight)], {
        ...{ from: 2000, to: 2002, seed: 1, bootstraps: 0 },
        resample: 'years',
      }).index;
    expect(index(0.5)[2]).toBeCloseTo(2 * 2 ** 0.5, 12);
    expect(index()[2]).toBeCloseTo(4, 12);
    // calculate_index of rlpi (bfa3177) takes weights as they stand: those of its five realms add up to 0.98115
    expect(index(0.25)[1]).toBeCloseTo(2 ** 0.5, 12);
  });

  test('a thousandfold change in a year counts as tenfold', () => {
    expect([...speciesChanges([{ first: 2001, changes: Float64Array.of(3, -0.1) }], 2000, 2003)].slice(0, 2)).toEqual([1, -0.1]);
    expect(speciesChanges([{ first: 2001, changes: Float64Array.of(3, -0.1) }], 2000, 2003)[2]).toBeNaN();
  });

  test('scale of counts, order of species and of populations change nothing', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 4, maxLength: 9 }), { minLength: 2, maxLength: 4 }),
        fc.integer({ min: 1, max: 900 }),
        (all, factor) => {
          const of = (times: number) =>
            all.map((values, i) =>
              population(
                `p${i}`,
                years(values.length),
                values.map((v) => v * times),
              ),
            );
          const options = { from: 2000, to: 2008, seed: 1, bootstraps: 0 } as const;
          const [plain, scaled] = [
            livingPlanetIndex(alone(...of(1)), options),
            livingPlanetIndex(alone(...of(factor).reverse()), options),
          ];
          for (const [t, value] of plain.index.entries()) expect(scaled.index[t]).toBeCloseTo(value, 4);
        },
      ),
      { numRuns: 30 },
    );
  });

  test('of one species there is nothing to draw from: an index without an interval, of two with one', () => {
    const options = { from: 2000, to: 2004, seed: 1 } as const;
    const rising = population('a', years(5), [10, 12, 13, 15, 18]);
    const falling = population('b', years(5), [10, 9, 7, 6, 6]);
    const one = livingPlanetIndex(alone(rising), options);
    expect(one.index[4]).toBeGreaterThan(1);
    expect([...one.low, ...one.high].every(Number.isNaN)).toBe(true);
    const two = livingPlanetIndex(alone(rising, falling), options);
    expect(two.high[4]).toBeGreaterThan(two.low[4] as number);
  });

  test('years the wrong way round', () => {
    expect(() => livingPlanetIndex([], { from: 2001, to: 2000, seed: 1 })).toThrow('years 2001 to 2000');
  });
});

describe('smooth lines', () => {
  // mgcv 1.8-41: gam(y ~ s(x, k = 5)), Gaussian, GCV.
  const x = [1970, 1971, 1973, 1974, 1976, 1977, 1980, 1981, 1983, 1985];
  const y = [10, 12, 9, 14, 15, 11, 8, 7, 9, 6].map(Math.log);
  const known = [
    2.42352722, 2.43409806, 2.44684835, 2.4435547, 2.4061837, 2.36962013, 2.20250117, 2.13704422, 2.00492231, 1.87575484,
  ];

  test('a line of mgcv', () => {
    const { fitted, freedom, score, at } = thinPlateSmoother(x, 5)(y);
    expect(score).toBeCloseTo(0.059725023444647, 10);
    expect(freedom).toBeCloseTo(2.84945362, 6);
    known.forEach((value, i) => {
      expect(fitted[i]).toBeCloseTo(value, 6);
    });
    expect(at(1972)).toBeCloseTo(2.44276186, 6);
    expect(traceOfTrend(x)(y.map((value, i) => value - (fitted[i] as number)))).toBeCloseTo(1, 6);
  });

  test('a straight line is left as it is, and leaves a trace where it is not taken out', () => {
    const line = x.map((year) => 3 - 0.02 * (year - 1970));
    const { fitted, freedom } = thinPlateSmoother(x, 6)(line);
    line.forEach((value, i) => {
      expect(fitted[i]).toBeCloseTo(value, 6);
    });
    expect(freedom).toBeGreaterThan(1.99);
    expect(traceOfTrend(x)(line)).toBeGreaterThan(1.9);
  });

  test('too few or too many functions, and values for other years', () => {
    expect(() => thinPlateSmoother([1, 2, 3], 4)).toThrow('4 functions for 3 years');
    expect(() => thinPlateSmoother([1, 2, 3], 3)([1, 2])).toThrow('2 values for 3 years');
  });
});

describe('eigenvalues', () => {
  test('of a matrix by hand', () => {
    const { values, vectors } = symmetricEigen(Float64Array.of(2, 1, 1, 2), 2);
    expect(values[0]).toBeCloseTo(3, 14);
    expect(values[1]).toBeCloseTo(1, 14);
    expect(Math.abs(vectors[0] as number)).toBeCloseTo(Math.SQRT1_2, 14);
    expect([...symmetricEigen(Float64Array.of(1, 0, 0, 0, 7, 0, 0, 0, 3), 3).values]).toEqual([7, 3, 1]);
    expect(() => symmetricEigen(Float64Array.of(Number.NaN), 1)).toThrow('not a finite number');
  });

  test('vectors are orthonormal and make up the matrix', () => {
    fc.assert(
      fc.property(
        fc
          .integer({ min: 1, max: 12 })
          .chain((n) =>
            fc.tuple(fc.constant(n), fc.array(fc.integer({ min: -9, max: 9 }), { minLength: n * n, maxLength: n * n })),
          ),
        ([n, cells]) => {
          const matrix = Float64Array.from(cells, (_, i) => cells[Math.min(i, (i % n) * n + Math.floor(i / n))] as number);
          const { values, vectors } = symmetricEigen(matrix, n);
          for (let i = 0; i < n; i++)
            for (let j = 0; j < n; j++) {
              let [product, made] = [0, 0];
              for (let k = 0; k < n; k++) {
                product += (vectors[k * n + i] as number) * (vectors[k * n + j] as number);
                made += (vectors[i * n + k] as number) * (values[k] as number) * (vectors[j * n + k] as number);
              }
              expect(product).toBeCloseTo(i === j ? 1 : 0, 12);
              expect(made).toBeCloseTo(matrix[i * n + j] as number, 11);
            }
        },
      ),
      { numRuns: 60 },
    );
  });
});
