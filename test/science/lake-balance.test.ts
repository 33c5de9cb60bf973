import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { balanceSums, type Lake, type LakeForcing, runLake } from '../../src/science/lake-balance.ts';
import { runBasins } from '../../src/science/lake-basins.ts';
import { lakeCurve } from '../../src/science/lake-curve.ts';
import { salinityClass, saltBalance, vapourPressurePart } from '../../src/science/salinity.ts';

const curve = lakeCurve([
  { level: 20, area: 0, volume: 0 },
  { level: 40, area: 2800, volume: 21 },
  { level: 48, area: 5139, volume: 52 },
]);

const steps = fc.array(
  fc.record({
    inflow: fc.double({ min: 0, max: 2, noNaN: true }),
    rain: fc.double({ min: 0, max: 0.05, noNaN: true }),
    dry: fc.double({ min: 0, max: 0.4, noNaN: true }),
    under: fc.double({ min: -0.2, max: 0.2, noNaN: true }),
    ice: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
  { minLength: 1, maxLength: 60 },
);
const rules: fc.Arbitrary<Lake['rule']> = fc.constantFrom(
  { kind: 'closed' as const },
  { kind: 'overflow' as const, full: 27 },
  { kind: 'gates' as const, full: 26, share: 0.4, swing: 0.8, peak: 4 },
);

const forcingOf = (
  list: { inflow: number; rain: number; dry: number; under: number; ice: number }[],
  start: number,
): LakeForcing => ({
  start,
  inflow: list.map(({ inflow }) => inflow),
  precipitation: list.map(({ rain }) => rain),
  evaporation: list.map(({ dry }) => dry),
  groundwater: list.map(({ under }) => under),
  ice: list.map(({ ice }) => ice),
  months: list.map((_, i) => i % 12),
  depths: true,
});

describe('lake balance', () => {
  test('a month by hand: 3,000 km2 under 100 mm of evaporation lose 0.3 km3', () => {
    const flat = lakeCurve([
      { level: 0, area: 3000, volume: 0 },
      { level: 20, area: 3000, volume: 60 },
    ]);
    const run = runLake(
      { curve: flat, rule: { kind: 'overflow', full: 30 } },
      { start: 29, inflow: [2], precipitation: [0.01], evaporation: [0.1], depths: true },
    );
    expect(run.precipitation[0]).toBeCloseTo(0.03, 12);
    expect(run.release[0]).toBeCloseTo(1.03, 12);
    expect(run.evaporation[0]).toBeCloseTo(0.3, 12);
    expect(run.volume[1]).toBeCloseTo(29.7, 12);
  });

  test('order: a storage capped after evaporation keeps what the gates would have let go before it', () => {
    const forcing = { start: 27, inflow: [2], precipitation: [0], evaporation: [0.5] };
    const rule = { kind: 'overflow', full: 27.9 } as const;
    expect(runLake({ rule }, forcing).volume[1]).toBeCloseTo(27.4, 12);
    expect(runLake({ rule, order: 'evaporation-first' }, forcing).volume[1]).toBeCloseTo(27.9, 12);
  });

  test('property: every step closes to 1e-9, evaporation is never negative and the sums add up', () => {
    fc.assert(
      fc.property(
        steps,
        rules,
        fc.double({ min: 1, max: 35, noNaN: true }),
        fc.constantFrom('spill-first' as const, 'evaporation-first' as const),
        (list, rule, start, order) => {
          const run = runLake({ curve, rule, order, dike: { crest: 45 } }, forcingOf(list, start));
          expect(run.closure).toBeLessThanOrEqual(1e-9);
          expect(Math.min(...run.evaporation)).toBeGreaterThanOrEqual(0);
          expect(Math.min(...run.volume)).toBeGreaterThanOrEqual(0);
          const { gained, inflow, precipitation, groundwater, evaporation, release, overflow } = balanceSums(run);
          expect(Math.abs(inflow + precipitation + groundwater - evaporation - release - overflow - gained)).toBeLessThan(1e-9);
        },
      ),
    );
  });

  test('gates let no more through than they can; the dike overflows above its crest', () => {
    const run = runLake(
      { rule: { kind: 'overflow', full: 27 }, capacity: 0.5, dike: { crest: 30 } },
      { start: 27, inflow: [5, 0], precipitation: [0, 0], evaporation: [0, 0] },
    );
    expect([...run.release]).toEqual([0.5, 0.5]);
    expect([...run.overflow]).toEqual([1.5, 0]);
  });

  test('a dry lake evaporates what there is, and tells what was missing', () => {
    const run = runLake({ rule: { kind: 'closed' } }, { start: 1, inflow: [0], precipitation: [0], evaporation: [3] });
    expect(run.evaporation[0]).toBe(1);
    expect(run.missing).toBe(2);
  });

  test('a forcing that is no number is named by column and step', () => {
    expect(() =>
      runLake({ rule: { kind: 'closed' } }, { start: 1, inflow: [0, Number.NaN], precipitation: [0, 0], evaporation: [0, 0] }),
    ).toThrow('inflow of step 2 is NaN');
    expect(() =>
      runLake({ rule: { kind: 'closed' } }, { start: 1, inflow: [0], precipitation: [0, 0], evaporation: [0] }),
    ).toThrow('precipitation has 2 steps');
  });
});

describe('basins', () => {
  const still = (start: number, inflow: number[]): LakeForcing => ({
    start,
    inflow,
    precipitation: inflow.map(() => 0),
    evaporation: inflow.map(() => 0),
  });

  test('what one lets go another receives in the same step', () => {
    const runs = runBasins(
      [
        { id: 'small', lake: { rule: { kind: 'overflow', full: 27 } }, forcing: still(27, [3]) },
        { id: 'great', lake: { rule: { kind: 'closed' } }, forcing: still(50, [1]) },
      ],
      { spills: [{ from: 'small', to: 'great', part: 0.5 }] },
    );
    expect(runs.get('small')?.volume[1]).toBe(27);
    expect(runs.get('great')?.volume[1]).toBe(52.5);
  });

  test('property: over a sill nothing is lost, and the two end level or the higher at the sill', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 50, noNaN: true }),
        fc.double({ min: 1, max: 50, noNaN: true }),
        fc.double({ min: 22, max: 46, noNaN: true }),
        (a, b, level) => {
          const runs = runBasins(
            [
              { id: 'west', lake: { curve, rule: { kind: 'closed' } }, forcing: still(a, [0]) },
              { id: 'east', lake: { curve, rule: { kind: 'closed' } }, forcing: still(b, [0]) },
            ],
            { sills: [{ between: ['west', 'east'], level }] },
          );
          const [west, east] = ['west', 'east'].map((id) => runs.get(id)?.volume[1] as number) as [number, number];
          expect(west + east).toBeCloseTo(a + b, 9);
          const [high, low] = [curve.levelAt(Math.max(west, east)), curve.levelAt(Math.min(west, east))];
          if (high > level + 1e-6) expect(high - low).toBeLessThan(1e-6);
        },
      ),
    );
  });

  test('a spill towards a basin that has stepped already is refused', () => {
    const basin = (id: string) => ({ id, lake: { rule: { kind: 'closed' as const } }, forcing: still(1, [0]) });
    expect(() => runBasins([basin('a'), basin('b')], { spills: [{ from: 'b', to: 'a' }] })).toThrow('turn the order');
    expect(() => runBasins([basin('a')], { spills: [{ from: 'a', to: 'x' }] })).toThrow('no basin is called x');
  });
});

describe('salt', () => {
  test('evaporation leaves it behind: half the water has twice the salinity', () => {
    const { salinity, closure } = saltBalance({ start: 10, volume: [20, 10], inflow: [0], release: [0], river: 1 });
    expect(salinity[0]).toBe(20);
    expect(closure).toBeLessThan(1e-12);
  });

  test('above the limit it falls out, and is counted', () => {
    const { salinity, fallen } = saltBalance({ start: 300, volume: [20, 10], inflow: [0], release: [0], river: 1, limit: 350 });
    expect(salinity[0]).toBe(350);
    expect(fallen[0]).toBe(2500);
  });

  test('property: salt of any run closes', () => {
    fc.assert(
      fc.property(steps, rules, (list, rule) => {
        const run = runLake(
          { curve, rule, dike: { crest: 45 } },
          {
            ...forcingOf(
              list.map((one) => ({ ...one, dry: one.dry / 10 })),
              25,
            ),
          },
        );
        const gone = run.release.map((value, i) => value + (run.overflow[i] as number));
        const salt = saltBalance({
          start: 10,
          volume: run.volume,
          inflow: run.inflow,
          release: gone,
          river: 1.5,
          leaves: 'mixed',
          groundwater: { water: run.groundwater, salinity: 3 },
        });
        expect(salt.closure).toBeLessThan(1e-12);
        const total = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);
        expect(total(salt.brought) - total(salt.carried) + 250).toBeCloseTo(salt.mass.at(-1) as number, 6);
      }),
    );
  });

  test('classes of the Venice System; Witting holds to 40 g/L', () => {
    expect([0.2, 3, 10, 25, 35, 130].map(salinityClass)).toEqual([
      'limnetic',
      'oligohaline',
      'mesohaline',
      'polyhaline',
      'euhaline',
      'hyperhaline',
    ]);
    expect(vapourPressurePart(35)).toBeCloseTo(0.9812, 4);
    expect(() => vapourPressurePart(100)).toThrow(RangeError);
  });
});
