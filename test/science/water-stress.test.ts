import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rainfedPart, stressClass, waterStress, waterUseEfficiency } from '../../src/science/water-stress.ts';

test('24 of 108 with an environmental flow of 36 is a third (metadata 6.4.2)', () => {
  expect(waterStress({ withdrawal: 24, resources: 108, environment: 36 })).toEqual({ value: 100 / 3, class: 'low' });
});

test('published levels of 2023 fall into the classes of FAO', () => {
  // UN SDG database, year 2023: Kazakhstan, Kyrgyzstan, Turkmenistan, Uzbekistan
  expect([33.57, 49.72, 135.21, 123.03].map(stressClass)).toEqual(['low', 'low', 'critical', 'critical']);
  expect([0, 24.99, 25, 50, 75, 100, 100.01].map(stressClass)).toEqual([
    'none',
    'none',
    'low',
    'medium',
    'high',
    'high',
    'critical',
  ]);
});

test('where rivers need all there is nothing may be taken; what is no volume is refused', () => {
  expect(waterStress({ withdrawal: 1, resources: 10, environment: 10 })).toEqual({ value: null, class: 'critical' });
  expect(() => waterStress({ withdrawal: -1, resources: 10, environment: 1 })).toThrow('withdrawal of -1');
  expect(() => waterStress({ withdrawal: 1, resources: Number.NaN, environment: 1 })).toThrow('resources of NaN');
});

test('the unit of volume does not matter, and more environmental flow is more stress', () => {
  const volume = fc.double({ min: 0.01, max: 1000, noNaN: true });
  fc.assert(
    fc.property(volume, volume, volume, fc.constantFrom(1e9, 1e-3), (withdrawal, free, environment, unit) => {
      const resources = 2 * environment + free;
      const own = waterStress({ withdrawal, resources, environment }).value as number;
      const other = waterStress({ withdrawal: withdrawal * unit, resources: resources * unit, environment: environment * unit });
      expect(Math.abs((other.value as number) / own - 1)).toBeLessThan(1e-9);
      expect(waterStress({ withdrawal, resources, environment: environment / 2 }).value as number).toBeLessThanOrEqual(
        own * (1 + 1e-9),
      );
    }),
  );
});

test('efficiency by hand: 6 of 10 billion of farming by irrigation, sectors weighted by what they take', () => {
  const found = waterUseEfficiency({
    agriculture: { value: 10e9, withdrawal: 15e9, rainfed: 0.4 },
    industry: { value: 60e9, withdrawal: 4e9 },
    services: { value: 90e9, withdrawal: 1e9 },
  });
  expect(found.sectors.agriculture.value).toBeCloseTo(0.4, 12);
  expect(found.sectors.industry.value).toBeCloseTo(15, 12);
  expect(found.sectors.services.value).toBeCloseTo(90, 12);
  expect(found.value).toBeCloseTo((6 + 60 + 90) / 20, 12);
  expect(
    waterUseEfficiency({
      agriculture: { value: 1, withdrawal: 0, rainfed: 0 },
      industry: { value: 0, withdrawal: 0 },
      services: { value: 0, withdrawal: 0 },
    }).value,
  ).toBeNull();
});

test('the part that rain earned: none where all land is irrigated, all where none is', () => {
  expect(rainfedPart(1)).toBe(0);
  expect(rainfedPart(0)).toBe(1);
  expect(rainfedPart(0.5)).toBeCloseTo(0.563 / 1.563, 12); // one hectare of each: 0.563 of yield by rain to 1 by irrigation
});
