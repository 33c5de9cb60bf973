/** Golden drought indices, as the tests of SPI, SPEI and evapotranspiration share them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';

interface Day {
  latitude: number;
  day: number;
  min: number;
  max: number;
  elevation: number;
  rs: number;
  wind: number;
  ea: number;
  radiation: number;
  daylight: number;
  penmanMonteith: number;
}

export const drought = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'golden', 'drought', 'drought.json'), 'utf8')) as {
  start: number;
  latitude: number;
  rain: number[];
  warmth: number[];
  pet: number[];
  thom: { scale: number; from: number; to: number; values: (number | null)[] }[];
  stagge: (number | null)[];
  lmoments: { scale: number; values: (number | null)[] }[];
  spei: { scale: number; values: (number | null)[] }[];
  days: Day[];
  year: { min: number[]; max: number[]; hargreaves: number[] };
};

/** Every value as expected to `tolerance`; `null` is no value. */
export function expectSeries(found: ArrayLike<number>, expected: readonly (number | null)[], tolerance: number): void {
  expect(found.length).toBe(expected.length);
  const off = expected.flatMap((value, i) => {
    const own = found[i] as number;
    const alike = value === null ? Number.isNaN(own) : Math.abs(own - value) <= tolerance;
    return alike ? [] : [{ i, own, value }];
  });
  expect(off.slice(0, 5)).toEqual([]);
}
