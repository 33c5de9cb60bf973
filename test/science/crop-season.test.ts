import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Crop, type CropDay, cropSeason, type Soil } from '../../src/science/crop-season.ts';
import { irrigationEvents, irrigationRule } from '../../src/science/irrigation-schedule.ts';

const crop: Crop = {
  stages: { initial: 10, development: 20, middle: 30, late: 15 },
  single: [0.35, 1.15, 0.6],
  basal: [0.15, 1.1, 0.5],
  height: [0.05, 1.2],
  roots: [0.3, 1.2],
  depletion: 0.6,
};
const soil: Soil = { fieldCapacity: 0.25, wiltingPoint: 0.12, initial: 0.25, evaporationDepth: 0.125, readyEvaporation: 9 };
const still = (days: number, day: Partial<CropDay> = {}): CropDay[] =>
  Array.from({ length: days }, () => ({ reference: 6, rain: 0, wind: 2, lowestHumidity: 45, ...day }));

describe('a season', () => {
  test('the first two days by hand: a dry top, then 20 mm of rain', () => {
    const days = [...still(1), ...still(1, { rain: 20 })];
    const { days: found } = cropSeason(days, crop, { ...soil, initial: 0.2 });
    // 50 mm per metre are missing over 0.3 m; the top is dry: nothing evaporates; Ks 1: p = 0.6 + 0.04 (5 - 0.9) = 0.764 of 39 mm
    expect(found[0]).toMatchObject({ evaporation: 0, stress: 1, percolation: 0 });
    expect(found[0]?.potential).toBeCloseTo(0.15 * 6, 12);
    expect(found[0]?.depletion).toBeCloseTo(15.9, 12);
    // 20 mm on a top that lacks 23.75 mm: 3.75 left, no evaporation yet (Kr of the morning), the root zone is full and 3.2 mm pass
    expect(found[1]?.surfaceDepletion).toBeCloseTo(3.75, 12);
    expect(found[1]?.percolation).toBeCloseTo(20 - 0.9 - 15.9, 12);
    expect(found[1]?.depletion).toBeCloseTo(0, 12);
  });

  test('without rain and irrigation the crop uses up what there is, and no more', () => {
    const { days, totals, depletion } = cropSeason(still(300), crop, { ...soil, layers: undefined } as Soil);
    expect(days.at(-1)?.stress).toBeLessThan(0.01);
    expect(depletion.after).toBeLessThanOrEqual(1000 * 0.13 * 1.2 + 1e-9);
    expect(totals.actual).toBeLessThan(totals.potential / 2);
  });

  test('evaporation from below the wilting point is told, not lost', () => {
    const events = irrigationEvents(new Map([[0, { depth: 8, wetted: 1 }]]));
    const { totals, depletion, closure } = cropSeason(
      still(40),
      { ...crop, roots: [0.12, 0.12] },
      { ...soil, initial: 0.12 },
      { irrigation: events },
    );
    expect(totals.beyond).toBeGreaterThan(0);
    expect(depletion.before + totals.actual + totals.percolation - 8 - totals.beyond).toBeCloseTo(depletion.after, 9);
    expect(closure).toBeLessThan(1e-12);
  });

  test('water that rises from below is water', () => {
    const dry = cropSeason(still(75), crop, soil).totals.actual;
    const wet = cropSeason(still(75, { capillaryRise: 2 }), crop, soil);
    expect(wet.totals.capillaryRise).toBe(150);
    expect(wet.totals.actual).toBeGreaterThan(dry + 50);
  });

  test('a day without weather ends the run, and the rest is counted', () => {
    const days = [...still(20), ...still(1, { wind: Number.NaN }), ...still(60)];
    expect(cropSeason(days, crop, soil)).toMatchObject({ missing: 55 });
    expect(cropSeason(days, crop, soil).days).toHaveLength(20);
    expect(cropSeason(still(75), crop, soil).missing).toBe(0);
  });

  test('what was measured on a day stands for what is reckoned, and is carried on by the slope of the table', () => {
    const days = still(75).map((day, i) =>
      i === 40 ? { ...day, basal: 0.9, cover: 0.5, height: 0.7 } : i === 70 ? { ...day, basal: 0.9 } : day,
    );
    const { days: found } = cropSeason(days, crop, soil);
    expect(found[40]).toMatchObject({ basal: 0.9, cover: 0.5, height: 0.7 });
    expect(found[41]?.basal).toBe(1.1); // level in the middle
    expect(found[71]?.basal).toBeCloseTo(0.9 + (0.5 - 1.1) / 15, 12); // on a slope
  });

  test('layers: roots find what is there, and the profile closes', () => {
    const layers = [
      { bottom: 0.3, fieldCapacity: 0.25, wiltingPoint: 0.12, initial: 0.25 },
      { bottom: 1.2, fieldCapacity: 0.2, wiltingPoint: 0.1, initial: 0.12 },
    ];
    const { depletion, totals, closure, days } = cropSeason(still(75, { rain: 3 }), crop, { ...soil, layers });
    expect(depletion.before).toBeCloseTo(900 * 0.08, 9);
    expect(depletion.before + totals.actual + totals.percolation - totals.rain - totals.beyond).toBeCloseTo(depletion.after, 9);
    expect(closure).toBeLessThan(1e-10);
    expect(days.at(-1)?.available).toBeCloseTo(300 * 0.13 + 900 * 0.1, 9);
  });

  test('coefficients moved to a dry climate ask for more', () => {
    const dry = still(75, { wind: 5, lowestHumidity: 20 });
    const [given, moved] = (['as-given', 'climate'] as const).map((tabled) =>
      cropSeason(dry, crop, soil, { tabled, coefficients: 'single' }),
    );
    // (0.04 x 3 + 0.004 x 25) (1.2 / 3)^0.3 = 0.1671
    expect((moved?.days[50]?.single ?? 0) - (given?.days[50]?.single ?? 0)).toBeCloseTo(0.22 * 0.4 ** 0.3, 12);
    expect(given?.days[5]?.single).toBe(moved?.days[5]?.single);
  });

  test('the balance closes, stress stays in 0 to 1, nothing turns negative: any weather, soil and irrigation', () => {
    const day = fc.record({
      reference: fc.double({ min: 0, max: 12, noNaN: true }),
      rain: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 60, noNaN: true })),
      wind: fc.double({ min: 0, max: 12, noNaN: true }),
      lowestHumidity: fc.double({ min: 5, max: 95, noNaN: true }),
      capillaryRise: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 3, noNaN: true })),
    });
    fc.assert(
      fc.property(
        fc.array(day, { minLength: 5, maxLength: 90 }),
        fc.double({ min: 0.12, max: 0.25, noNaN: true }),
        fc.record({
          share: fc.double({ min: 0.2, max: 1.5, noNaN: true }),
          wetted: fc.double({ min: 0.1, max: 1, noNaN: true }),
          efficiency: fc.double({ min: 0.3, max: 1, noNaN: true }),
        }),
        fc.constantFrom('dual' as const, 'single' as const),
        fc.boolean(),
        (weather, initial, { share, wetted, efficiency }, coefficients, runs) => {
          const irrigation = irrigationRule({ when: { share }, howMuch: 'refill', wetted, efficiency });
          const own = { ...soil, initial, ...(runs ? { curveNumber: 75 } : {}) };
          const { totals, depletion, days, closure } = cropSeason(weather, crop, own, { irrigation, coefficients });
          const entered = totals.rain - totals.runoff + totals.irrigation - totals.lost + totals.capillaryRise;
          expect(
            Math.abs(depletion.before + totals.actual + totals.percolation - entered - totals.beyond - depletion.after),
          ).toBeLessThan(1e-9);
          expect(closure).toBeLessThan(1e-10);
          for (const { stress, percolation, depletion: left, available, actual, potential, runoff, rain } of days) {
            expect(stress >= 0 && stress <= 1 && percolation >= 0 && left >= 0 && left <= available && runoff <= rain).toBe(true);
            expect(actual).toBeLessThanOrEqual(potential + 1e-12);
          }
        },
      ),
      { numRuns: 80 },
    );
  });
});

describe('irrigation', () => {
  const run = (rule: Parameters<typeof irrigationRule>[0]) =>
    cropSeason(still(75), crop, soil, { irrigation: irrigationRule(rule) });

  test('before the readily available water is gone: no stress, and the field is filled up to capacity', () => {
    const { days, totals } = run({ when: { share: 1 }, howMuch: 'refill', wetted: 1 });
    expect(Math.min(...days.map(({ stress }) => stress))).toBeGreaterThan(0.98);
    for (const [i, day] of days.entries())
      if (day.irrigation > 0) expect(day.irrigation).toBeCloseTo(days[i - 1]?.depletion ?? 0, 9);
    expect(totals.percolation).toBeLessThan(1e-9);
  });

  test('every ten days, a fixed depth, an efficiency: what enters is the depth asked for', () => {
    const { days, totals } = run({ when: { interval: 10, first: 5 }, howMuch: { net: 30 }, wetted: 0.5, efficiency: 0.6 });
    expect([...days.keys()].filter((i) => (days[i]?.irrigation ?? 0) > 0)).toEqual([5, 15, 25, 35, 45, 55, 65]);
    expect(totals.irrigation).toBeCloseTo((7 * 30) / 0.6, 9);
    expect(totals.lost).toBeCloseTo((7 * 30 * 0.4) / 0.6, 9);
  });

  test('no more than there is for the season, none after a day, no little ones', () => {
    expect(run({ when: { share: 1 }, howMuch: 'refill', wetted: 1, supply: 100 }).totals.irrigation).toBeCloseTo(100, 9);
    expect(run({ when: { interval: 1 }, howMuch: { net: 5 }, wetted: 1, until: 3 }).totals.irrigation).toBe(15);
    expect(run({ when: { interval: 1 }, howMuch: { net: 5 }, wetted: 1, least: 6 }).totals.irrigation).toBe(0);
    expect(
      run({ when: { share: 1 }, howMuch: { part: 0.5 }, wetted: 1 }).days.every(
        ({ irrigation, depletion }) => irrigation === 0 || depletion > 0,
      ),
    ).toBe(true);
  });

  test('water to wash out salt passes below the roots', () => {
    const { totals } = run({ when: { share: 1 }, howMuch: 'refill', wetted: 1, leaching: 0.15 });
    expect(totals.percolation / totals.irrigation).toBeGreaterThan(0.12);
    expect(totals.percolation / totals.irrigation).toBeLessThan(0.18);
  });

  test('what cannot be is refused', () => {
    const rule = { when: { share: 1 }, howMuch: 'refill' as const, wetted: 1 };
    expect(() => irrigationRule({ ...rule, wetted: 0 })).toThrow('wetted part of 0');
    expect(() => irrigationRule({ ...rule, efficiency: 1.2 })).toThrow('efficiency of 1.2');
    expect(() => irrigationRule({ ...rule, leaching: 1 })).toThrow('leaching part of 1');
    expect(() => irrigationRule({ ...rule, when: { interval: 0.5 } })).toThrow('interval of 0.5');
    expect(() => irrigationRule({ ...rule, when: { share: 0 } })).toThrow('share of 0');
  });
});
