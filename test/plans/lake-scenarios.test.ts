import { describe, expect, test } from 'vitest';
import { aralTables } from '../../src/plans/aral-tables.ts';
import { readLakeRecord } from '../../src/plans/lake-benchmarks.ts';
import { outcomes } from '../../src/plans/lake-outcomes.ts';
import { northCurve, scenarioEnsemble } from '../../src/plans/lake-scenarios.ts';
import { slopeConflicts } from '../../src/science/lake-curve.ts';

const tables = aralTables();
const settings = { tables, runs: 60, seed: 5 };

describe('Aral tables', () => {
  test('40 years of the whole sea with every term; 27 of the river, those at Karateren told apart', () => {
    expect(tables.whole.years.map(({ year }) => year)).toEqual(Array.from({ length: 40 }, (_, i) => 1950 + i));
    expect(tables.north.rivers).toHaveLength(27);
    expect(tables.north.rivers.find(({ year }) => year === 2012)).toEqual({ year: 2012, inflow: 4.588, gauge: 'karateren' });
    expect(tables.north.months.inflow.reduce((sum, part) => sum + part, 0)).toBeCloseTo(1, 12);
  });

  test('twelve conflicts in four languages', () => {
    expect(tables.conflicts.map(({ id }) => id)).toEqual(Array.from({ length: 12 }, (_, i) => `C${i + 1}`));
    for (const { text } of tables.conflicts) expect(Object.values(text).every((one) => one.length > 20)).toBe(true);
  });

  test('rows of the curve of the North Aral can stand on one curve', () => {
    expect(slopeConflicts(tables.north.curve.filter(({ level }) => level >= 37))).toEqual([]);
    expect(northCurve(tables).volumeAt(42)).toBe(27);
  });

  test('a record with a bad cell is told by row and column', () => {
    const bytes = new TextEncoder().encode('Date,Inflow,Prec,Evap,Vol_obs\n2006-01,1,0,0,24\n2006-02,x,0,0,24\n');
    expect(() => readLakeRecord({ name: 'r.csv', bytes })).toThrow('r.csv, line 3, field inflow: found "x"');
  });

  test('a record with a month left out, and one too short to be split, are told', () => {
    const record = (...rows: string[]) => ({
      name: 'r.csv',
      bytes: new TextEncoder().encode(['Date,Inflow,Prec,Evap,Vol_obs', ...rows, ''].join('\n')),
    });
    const [january, march] = ['2006-01,1,0,0,24', '2006-03,1,0,0,24'];
    expect(() => readLakeRecord(record(january, march))).toThrow('2006-03 where 2006-02 was due');
    expect(() => readLakeRecord(record(january))).toThrow('rows found: 1; expected ≥ 48');
  });
});

describe('scenarios', () => {
  test('every step of every run closes, the same seed gives the same runs', () => {
    const one = scenarioEnsemble({ full: 44, inflow: 1, rule: 'gates' }, settings);
    expect(one.closure).toBeLessThan(1e-9);
    expect(scenarioEnsemble({ full: 44, inflow: 1, rule: 'gates' }, settings)).toEqual(one);
  });

  test('water held higher covers more, evaporates more and leaves less for the Great Aral', () => {
    const [today, higher] = outcomes(
      [
        { full: 42, inflow: 1, rule: 'overflow' },
        { full: 46, inflow: 1, rule: 'overflow' },
      ],
      settings,
    );
    expect(higher?.area.mid).toBeGreaterThan(today?.area.mid ?? Infinity);
    expect(higher?.cost.greatAral.low).toBeGreaterThan(0);
    expect(higher?.cost.evaporation.low).toBeGreaterThan(0);
    expect(higher?.assumedBed).toBe(true);
    expect(today?.cost.greatAral).toEqual({ low: 0, mid: 0, high: 0 });
  });

  test('less river means a saltier lake; what is left upstream is held against the limits', () => {
    const [whole, half] = outcomes(
      [
        { full: 42, inflow: 1, rule: 'overflow' },
        { full: 42, inflow: 0.5, rule: 'overflow' },
      ],
      settings,
    );
    expect(half?.salinity.mid).toBeGreaterThan(whole?.salinity.mid ?? Infinity);
    const river = tables.north.rivers.reduce((sum, { inflow }) => sum + inflow, 0) / tables.north.rivers.length;
    expect(half?.cost.upstream).toBeCloseTo(-river / 2, 12);
    const kazakhstan = half?.cost.shares.find(({ party }) => party === 'Kazakhstan')?.part;
    expect(kazakhstan).toBeCloseTo((half?.cost.upstream ?? 0) / 14.17, 12);
    expect(half?.fish.find(({ id }) => id === 'flounder')?.part).toBeNull();
  });

  test('gates that let little through are helped by the crest of the dike', () => {
    const one = scenarioEnsemble({ full: 42, inflow: 1.5, rule: 'overflow', capacity: 1 }, settings);
    expect(Math.max(...one.level)).toBeLessThanOrEqual(45.5 + 1e-6);
    expect(Math.max(...one.level)).toBeGreaterThan(44);
  });

  test('a level beyond the curve is refused with what would do', () => {
    expect(() => scenarioEnsemble({ full: 50, inflow: 1, rule: 'overflow' }, settings)).toThrow('40 – 48');
  });
});
