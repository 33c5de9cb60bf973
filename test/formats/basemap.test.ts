import { expect, test } from 'vitest';
import { type Basemap, readBasemap } from '../../src/formats/basemap.ts';
import { geodesicArea } from '../../src/science/areas.ts';
import { pointInPolygon } from '../../src/science/point-in-polygon.ts';
import type { MultiPolygon, Position } from '../../src/types.ts';

const base = readBasemap();
const ring = (numbers: number[]): Position[] =>
  numbers.flatMap((number, i) => {
    const line = number < 0 ? (base.lines[~number] as Position[]).toReversed() : (base.lines[number] as Position[]);
    return i === 0 ? line : line.slice(1);
  });
const shape = (polygons: number[][][]): MultiPolygon => ({
  type: 'MultiPolygon',
  coordinates: polygons.map((rings) => rings.map(ring)),
});
const country = (code: string): MultiPolygon =>
  shape(base.countries.filter((of) => of.code === code).flatMap(({ polygons }) => polygons));

test('countries close, share their borders, and have their codes', () => {
  for (const { polygons } of base.countries) {
    for (const numbers of polygons.flat()) {
      const positions = ring(numbers);
      expect(positions.length).toBeGreaterThan(3);
      expect(positions[0]).toEqual(positions[positions.length - 1]);
    }
  }
  const linesOf = (code: string): number[] =>
    base.countries.filter((of) => of.code === code).flatMap(({ polygons }) => polygons.flat(2));
  const kyrgyz = new Set(linesOf('KG').map((number) => (number < 0 ? ~number : number)));
  expect(linesOf('KZ').some((number) => kyrgyz.has(number < 0 ? ~number : number))).toBe(true);
  expect(base.countries.filter(({ code }) => code === null).length).toBeLessThan(6);
});

test('areas are those that countries are known to have', () => {
  // UN Statistics Division, Demographic Yearbook 2021, table 3: surface area [km²]; the base is generalised
  for (const [code, km2] of Object.entries({ KZ: 2_724_902, KG: 199_949, MN: 1_564_116, CH: 41_291, UA: 603_500 })) {
    expect(Math.abs(geodesicArea(country(code)) / 1e6 / km2 - 1), code).toBeLessThan(0.02);
  }
});

test('capitals lie in their countries, Crimea as on maps of the United Nations', () => {
  const within = (lon: number, lat: number, code: string): boolean => pointInPolygon([lon, lat], country(code)) === 'inside';
  expect(within(71.43, 51.13, 'KZ')).toBe(true);
  expect(within(37.62, 55.75, 'RU')).toBe(true);
  expect(within(-149.9, 61.2, 'US')).toBe(true);
  expect(within(34.1, 45.0, 'UA')).toBe(true);
  expect(within(34.1, 45.0, 'RU')).toBe(false);
});

test('lakes: Balkhash is there, of the Aral Sea only the northern part', () => {
  const water = (lon: number, lat: number): boolean =>
    base.lakes.some((rings) => pointInPolygon([lon, lat], shape([rings])) === 'inside');
  expect(water(74.0, 45.8)).toBe(true); // Balkhash
  expect(water(69.0, 50.4)).toBe(true); // Tengiz
  expect(water(60.7, 46.5)).toBe(true); // the northern Aral
  // the two southern basins, and Barsakelmes, once an island
  expect([water(59.7, 45.0), water(58.4, 45.0), water(59.9, 45.67)]).toEqual([false, false, false]);
});

test('it is read once', () => {
  const again: Basemap = readBasemap();
  expect(again).toBe(base);
});
