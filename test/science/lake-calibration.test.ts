import { describe, expect, test } from 'vitest';
import {
  differentialEvolution,
  fitOf,
  glue,
  independent,
  latinHypercube,
  weightedQuantile,
} from '../../src/science/lake-calibration.ts';
import { lakeCurve } from '../../src/science/lake-curve.ts';
import { errorBudget } from '../../src/science/lake-error-budget.ts';
import { hindcastLevels, leaveOut } from '../../src/science/lake-hindcast.ts';
import {
  ensembleIntervals,
  type LakeRecord,
  leadFits,
  leadForecast,
  regulatedEnsemble,
  simulateRegulated,
  splitSample,
} from '../../src/science/lake-regulated.ts';

describe('fit', () => {
  test('the mean of what was observed has an efficiency of 0, gaps do not count', () => {
    expect(fitOf([2, 2, 2, 9], [1, 2, 3, Number.NaN])).toEqual({ n: 3, rmse: Math.sqrt(2 / 3), bias: 0, nse: 0, worst: 1 });
  });

  test('nothing observed, or not simulated, is an error', () => {
    expect(() => fitOf([1], [Number.NaN])).toThrow('nothing was observed');
    expect(() => fitOf([Number.NaN], [1])).toThrow('step 1');
  });
});

describe('sampling', () => {
  test('a Latin hypercube has one value in each slice of each parameter', () => {
    const sets = latinHypercube({ a: [0, 10], b: [-1, 1] }, 10, { seed: 3 });
    expect(sets.map(({ a }) => Math.floor(a)).sort((x, y) => x - y)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(latinHypercube({ a: [0, 10], b: [-1, 1] }, 10, { seed: 3 })).toEqual(sets);
  });

  test('differential evolution finds the bottom of a bent valley within its bounds, the same with the same seed', () => {
    const score = ({ x, y }: { x: number; y: number }): number => (1 - x) ** 2 + 100 * (y - x * x) ** 2; // Rosenbrock 1960
    const best = differentialEvolution(score, { x: [-2, 2], y: [-2, 2] }, { seed: 5, generations: 300 });
    expect(best.set.x).toBeCloseTo(1, 6);
    expect(best.set.y).toBeCloseTo(1, 6);
    expect(differentialEvolution(score, { x: [-2, 2], y: [-2, 2] }, { seed: 5, generations: 300 })).toEqual(best);
    expect(differentialEvolution(score, { x: [-2, 0.5], y: [-2, 2] }, { seed: 5 }).set.x).toBeLessThanOrEqual(0.5);
  });

  test('GLUE gives the better set more weight, and more of it the more independent values there are', () => {
    const sets = [{ a: 0 }, { a: 1 }];
    const weigh = (effective: number): number => glue(sets, ({ a }) => a, { spread: 1, effective }).weights[0] as number;
    expect(weigh(2)).toBeCloseTo(1 / (1 + Math.exp(-1)), 12);
    expect(weigh(6)).toBeGreaterThan(weigh(2));
    expect(() => glue(sets, () => Number.NaN, { spread: 1, effective: 1 })).toThrow('none of 2 sets');
  });

  test('errors that last are few independent values', () => {
    expect(independent([1, -1, 1, -1, 1, -1])).toBe(6);
    expect(independent([1, 1, 1, 1, -1, -1, -1, -1])).toBeLessThan(4);
  });

  test('quantiles, with weights and without', () => {
    expect(weightedQuantile([3, 1, 2], null, 0.5)).toBe(2);
    expect(weightedQuantile([3, 1, 2], [8, 1, 1], 0.5)).toBe(3);
  });
});

/** A lake made by the model itself, so that what comes out is known. */
function made(months: number): LakeRecord & { truth: Parameters<typeof simulateRegulated>[1] } {
  const truth = { evaporation: 0.9, residence: 1, share: 0.5, full: 26.5, swing: 0.5, peak: 4 };
  const month = Array.from({ length: months }, (_, i) => i % 12);
  const wave = (i: number, phase: number): number => 1 + Math.cos((2 * Math.PI * (i - phase)) / 12);
  const record = {
    months: month,
    inflow: month.map((m, i) => 0.45 * wave(m, 1) * (1 + 0.3 * Math.sin(i / 9))),
    precipitation: month.map(() => 0.03),
    evaporation: month.map((m) => 0.32 * wave(m, 6.5)),
    volume: [] as number[],
    before: 25,
  };
  record.volume = [...simulateRegulated(record, truth)];
  return { ...record, truth };
}

describe('regulated lake', () => {
  const { truth, ...record } = made(96);

  test('a split sample recovers what the model itself made', () => {
    const { pooled, halves } = splitSample(record, undefined, { seed: 3, generations: 150 });
    expect(pooled.rmse).toBeLessThan(0.05);
    expect(halves[0].set.evaporation).toBeCloseTo(truth.evaporation, 1);
  });

  test('a forecast with the true parameters is right at every lead; persistence is not', () => {
    const { pairs } = leadForecast(record, truth, { from: 48, to: 96, leads: [1, 6, 12], window: 12 });
    const { leads } = leadFits(pairs);
    expect(leads.map(({ lead }) => lead)).toEqual([1, 6, 12]);
    // The store of the delta is started from the last month's inflow: that is all that is not known.
    for (const { fit, persistence } of leads.slice(0, 2)) expect(fit.rmse).toBeLessThan(persistence.rmse / 3);
  });

  test('a forecast sees nothing of what comes after its start', () => {
    const later = { ...record, volume: Array.from(record.volume, (value, i) => (i >= 60 ? value + 5 : value)) };
    const at = (one: LakeRecord): number[] =>
      leadForecast(one, truth, { from: 48, to: 61, leads: [1], window: 12 }).pairs.map(({ forecast }) => forecast);
    expect(at(later)).toEqual(at(record));
  });

  test('the interval of an ensemble holds what the model itself made', () => {
    const ensemble = regulatedEnsemble(record, { fitted: [0, 48], set: truth }, undefined, { seed: 4, count: 300 });
    expect(ensemble.weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
    const { low, mid, high } = ensembleIntervals(record, ensemble, [48, 96], { observation: 0.3 });
    for (const [i, at] of mid.entries()) {
      expect(low[i]).toBeLessThanOrEqual(at);
      expect(high[i]).toBeGreaterThanOrEqual(at);
    }
    const inside = [...low].filter(
      (end, i) => end <= (record.volume[48 + i] as number) && (record.volume[48 + i] as number) <= (high[i] as number),
    );
    expect(inside.length).toBeGreaterThan(40);
  });

  test('the parts of the error budget add up to its total', () => {
    const split = splitSample(
      record,
      { evaporation: [1, 1.05], residence: [0, 1], share: [0, 0.1], full: [25, 26], swing: [0, 0.1], peak: [0, 12] },
      { seed: 3, generations: 10 },
    );
    const { total, input, observation, structure, shift } = errorBudget(record, split, {
      inflow: 0.05,
      evaporation: 0.05,
      observation: 0.05,
      seed: 2,
      runs: 20,
    });
    expect(input + observation + structure).toBeCloseTo(total, 9);
    expect(shift).toBeLessThanOrEqual(structure);
    expect(input).toBeGreaterThan(0);
  });
});

describe('hindcast by years', () => {
  const curve = lakeCurve(
    [
      { level: 30, area: 20_000, volume: 100 },
      { level: 60, area: 80_000, volume: 1600 },
    ],
    { interpolation: 'linear' },
  );
  const tabled = Array.from({ length: 30 }, (_, i) => ({
    year: 1960 + i,
    level: 55,
    area: 70_000,
    inflow: 40 + 10 * Math.sin(i),
    precipitation: 9,
    evaporation: 70,
  }));
  const levels = hindcastLevels(tabled, curve, { loss: 3, evaporation: 0.95 });
  const years = tabled.map((year, i) => ({ ...year, level: levels[i] as number }));

  test('decades left out in turn are predicted where the model is true', () => {
    const { pooled, all, groups } = leaveOut(years, curve, (year) => Math.floor(year / 10), { seed: 9 });
    expect(groups).toHaveLength(3);
    expect(pooled.n).toBe(29);
    expect(pooled.rmse).toBeLessThan(0.05);
    expect(all.set.loss).toBeCloseTo(3, 0);
  });

  test('a sea that leaves its table is refused, not extrapolated', () => {
    expect(() =>
      hindcastLevels(
        tabled.map((year) => ({ ...year, inflow: 400 })),
        curve,
        { loss: 0, evaporation: 1 },
      ),
    ).toThrow('outside the table');
  });
});
