/** Options of a scenario one by one: the year in which it begins, ice, salts that fall out, bed that stays dry. */
import { describe, expect, test } from 'vitest';
import { aralTables } from '../../src/plans/aral-tables.ts';
import { runLake } from '../../src/science/lake-balance.ts';
import { outcomes } from '../../src/science/lake-outcome.ts';
import { northCurve, type ScenarioOption, scenarioEnsemble, termIn } from '../../src/science/lake-scenario.ts';

const tables = aralTables();
const settings = { tables, runs: 40, seed: 5 };
const option: ScenarioOption = { full: 46, inflow: 1, rule: 'overflow' };

describe('scenarios', () => {
  test('a dike that is raised in 2035 changes nothing before, and the balance goes on from what was there', () => {
    const [today, staged] = [
      scenarioEnsemble({ ...option, full: 42 }, settings),
      scenarioEnsemble({ ...option, since: 2035 }, settings),
    ];
    for (const term of ['level', 'salinity', 'released'] as const) {
      expect(termIn(staged, term, 2034)).toEqual(termIn(today, term, 2034));
      expect(termIn(staged, term, 2040)).not.toEqual(termIn(today, term, 2040));
    }
    expect(staged.closure).toBeLessThan(1e-9);
    expect(scenarioEnsemble({ ...option, since: 2026 }, settings).level).toEqual(scenarioEnsemble(option, settings).level);
    expect(scenarioEnsemble({ ...option, since: 2100 }, settings).level).toEqual(today.level);
  });

  test('under ice nothing evaporates: twelve months of it leave no evaporation, three winter months take some', () => {
    const mean = (ice?: number[]): number => {
      const { evaporation } = scenarioEnsemble(ice === undefined ? option : { ...option, ice }, settings);
      return evaporation.reduce((sum, value) => sum + value, 0) / evaporation.length;
    };
    expect(mean(Array(12).fill(1))).toBe(0);
    const winter = mean([1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect(winter).toBeLessThan(mean());
    expect(winter).toBeGreaterThan(mean() / 2);
  });

  test('above a limit salts fall out: the water is never saltier, and what fell is counted', () => {
    const dry = { ...option, inflow: 0.4 };
    const [free, limited] = outcomes([dry, { ...dry, saltLimit: 12 }], settings);
    expect(free?.salinity.mid).toBeGreaterThan(12);
    expect(limited?.salinity.high).toBeLessThanOrEqual(12 + 1e-9);
    expect(limited?.fallen.mid).toBeGreaterThan(0);
    expect(free?.fallen).toEqual({ low: 0, mid: 0, high: 0 });
  });

  test('bed that is dry all year is part of the bed that is dry at the end of it', () => {
    const runs = scenarioEnsemble(option, settings);
    for (const [i, dry] of runs.dry.entries()) expect(dry).toBeLessThanOrEqual((runs.exposed[i] as number) + 1e-9);
  });

  test('what is out of its bounds is refused by name', () => {
    expect(() => scenarioEnsemble({ ...option, full: 52 }, settings)).toThrow('full is 52; it can be 40 to 48');
    expect(() => scenarioEnsemble({ ...option, inflow: Number.NaN }, settings)).toThrow('inflow is NaN');
  });

  test('states are told for every year, by the middle run', () => {
    const [one] = outcomes([option], settings);
    expect(one?.states.map(({ year }) => year)).toEqual(Array.from({ length: 35 }, (_, i) => 2026 + i));
    expect(one?.states.at(-1)?.salinity).toBe(one?.salinity.mid);
    expect(one?.states[0]?.unknown).toEqual(['flounder']);
  });
});

test('levels of the quick curve are those of the exact one', () => {
  const curve = northCurve(tables);
  for (const { level, volume } of curve.rows) expect(curve.levelAt(volume)).toBeCloseTo(level, 9);
  for (let level = 37.8; level < 48; level += 0.13)
    expect(Math.abs(curve.levelAt(curve.volumeAt(level)) - level)).toBeLessThan(1e-9);
  expect(() => curve.levelAt(60)).toThrow('nothing is extrapolated');
  expect(northCurve(tables)).toBe(curve);
});

test('the same year by days and by months: every day closes, and both end within a part in a thousand', () => {
  const curve = northCurve(tables);
  const run = (steps: number) => {
    const even = (total: number): number[] => Array(steps).fill(total / steps);
    return runLake(
      { curve, rule: { kind: 'closed' } },
      { start: 25, inflow: even(5), precipitation: even(0.12), evaporation: even(1), depths: true, ice: even(0) },
    );
  };
  const [days, months] = [run(365), run(12)];
  expect(days.closure).toBeLessThan(1e-9);
  expect(Math.abs((days.volume.at(-1) as number) / (months.volume.at(-1) as number) - 1)).toBeLessThan(1e-3);
});
