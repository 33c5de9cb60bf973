import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { adjustAreas, Z95 } from '../../src/science/area-adjustment.ts';
import { golden } from './land-data.ts';

interface Golden {
  name: string;
  sample: number[][];
  mapped: number[];
  printed?: Record<'users' | 'producers' | 'area', [number, number | null][]> & { overall: [number, number] };
  overall: number;
  overallError: number;
  users: number[];
  usersError: number[];
  producers: number[];
  producersError: number[];
  area: number[];
  areaError: number[];
}
const cases = golden<Golden[]>('area-adjustment');
/** Doubles against fractions: a few roundings. */
const close = (found: number | null | undefined, expected: number): void =>
  expect(Math.abs((found ?? Number.NaN) - expected)).toBeLessThanOrEqual(1e-13 * Math.max(1, Math.abs(expected)));

describe('areas adjusted for map error', () => {
  test.each(cases)('$name: as computed with fractions', (expected) => {
    const { classes, overall } = adjustAreas(expected.sample, expected.mapped);
    close(overall.value, expected.overall);
    close((overall.value - (overall.low ?? 0)) / Z95, expected.overallError);
    for (const [j, found] of classes.entries()) {
      close(found.area.value, expected.area[j] as number);
      close(found.standardError, expected.areaError[j] as number);
      close(found.users.value, expected.users[j] as number);
      close((found.users.value - (found.users.low ?? 0)) / Z95, expected.usersError[j] as number);
      close(found.producers.value, expected.producers[j] as number);
      close((found.producers.value - (found.producers.low ?? 0)) / Z95, expected.producersError[j] as number);
    }
  });

  test('Olofsson et al. 2014, section 5: the areas and accuracies as printed', () => {
    const [{ sample, mapped, printed } = {} as Golden] = cases;
    const { classes, overall } = adjustAreas(sample, mapped);
    const half = ({ value, low }: { value: number; low: number | null }): number => value - (low ?? 0);
    expect(classes.map(({ area }) => [Math.round(area.value), Math.round(half(area))])).toEqual(printed?.area);
    expect(classes.map(({ users }) => [Number(users.value.toFixed(2)), Number(half(users).toFixed(2))])).toEqual(printed?.users);
    expect(classes.map(({ producers }) => Number(producers.value.toFixed(2)))).toEqual(
      printed?.producers.map(([value]) => value),
    );
    expect([Number(overall.value.toFixed(2)), Number(half(overall).toFixed(2))]).toEqual(printed?.overall);
  });

  const confusion = fc
    .integer({ min: 2, max: 5 })
    .chain((k) =>
      fc.tuple(
        fc.array(fc.array(fc.nat(60), { minLength: k, maxLength: k }), { minLength: k, maxLength: k }),
        fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: k, maxLength: k }),
      ),
    )
    .filter(([sample]) => sample.every((row) => row.reduce((a, b) => a + b, 0) >= 2));

  test('adjusted areas add up to the map, within their limits', () => {
    fc.assert(
      fc.property(confusion, ([sample, mapped]) => {
        const { classes, proportions } = adjustAreas(sample, mapped);
        const total = mapped.reduce((a, b) => a + b, 0);
        expect(classes.reduce((sum, { area }) => sum + area.value, 0) / total).toBeCloseTo(1, 12);
        expect(proportions.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
        for (const { area, users } of classes) {
          expect(area.low).toBeGreaterThanOrEqual(0);
          expect(area.low).toBeLessThanOrEqual(area.value);
          expect(users.high).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  test('a sample without error leaves the map as it is, with no width', () => {
    const { classes, overall } = adjustAreas(
      [
        [60, 0],
        [0, 80],
      ],
      [3, 9],
    );
    expect(classes.map(({ area }) => [area.value, area.low, area.high])).toEqual([
      [3, 3, 3],
      [9, 9, 9],
    ]);
    expect(overall).toMatchObject({ value: 1, low: 1, high: 1 });
  });

  test('the unit of the areas does not matter', () => {
    const [{ sample, mapped } = {} as Golden] = cases;
    const [hectares, metres] = [
      adjustAreas(sample, mapped),
      adjustAreas(
        sample,
        mapped.map((area) => area * 1e4),
      ),
    ];
    close(metres.classes[0]?.area.high, (hectares.classes[0]?.area.high ?? 0) * 1e4);
    close(metres.classes[0]?.producers.low, hectares.classes[0]?.producers.low ?? 0);
  });

  test('a class of the reference alone takes part with no mapped area', () => {
    const { classes, warnings } = adjustAreas(
      [
        [90, 0, 10],
        [5, 95, 0],
        [0, 0, 0],
      ],
      [1000, 1000, 0],
    );
    expect(classes[2]?.area.value).toBeCloseTo(100, 10);
    expect(classes[2]?.users.low).toBeNull();
    expect(warnings).toEqual([{ kind: 'empty-class', class: 2 }]);
  });

  test('few units are warned about; none, or one, is refused', () => {
    expect(
      adjustAreas(
        [
          [20, 5],
          [1, 90],
        ],
        [10, 90],
      ).warnings,
    ).toEqual([{ kind: 'few-units', class: 0, units: 25 }]);
    expect(() =>
      adjustAreas(
        [
          [1, 0],
          [0, 90],
        ],
        [10, 90],
      ),
    ).toThrow('map class 1 has 1 sampled units: expected at least two');
    expect(() =>
      adjustAreas(
        [
          [10, 0],
          [0, 90],
        ],
        [10],
      ),
    ).toThrow('2 rows of sample counts for 1 mapped areas');
    expect(() =>
      adjustAreas(
        [
          [10.5, 0],
          [0, 90],
        ],
        [10, 3],
      ),
    ).toThrow('a count of 10.5');
    expect(() => adjustAreas([[10], [0, 90]], [10, 3])).toThrow('row 1 of the sample has 1 counts');
  });
});
