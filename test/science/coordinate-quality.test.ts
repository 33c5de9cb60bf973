/** Each rule on places and days that everybody knows; countries are those of the base map that ships. */
import { describe, expect, test } from 'vitest';
import { readBasemap } from '../../src/formats/basemap.ts';
import { basemapFeatures } from '../../src/formats/basemap-geojson.ts';
import { digitsOf, type PlaceToCheck, placeRules, precisionRadius } from '../../src/science/coordinate-quality.ts';
import { countryIndex } from '../../src/science/coordinate-quality-countries.ts';
import { recordDate } from '../../src/science/coordinate-quality-date.ts';

const countries = countryIndex(
  basemapFeatures(readBasemap()).flatMap(({ properties, geometry }) =>
    properties.layer === 'land' && geometry.type === 'MultiPolygon'
      ? [{ code: properties.code ?? null, polygons: geometry.coordinates }]
      : [],
  ),
);
const rulesOf = (lon: number, lat: number, more: Partial<PlaceToCheck> = {}) =>
  placeRules(
    { lon, lat, lonText: `${lon}`, latText: `${lat}`, country: 'KZ', uncertaintyM: null, ...more },
    { countries, zoneRadiusM: 5000 },
  );

describe('places', () => {
  test.each([
    ['Astana', 71.4306, 51.1283, []],
    [
      'Astana with its coordinates swapped',
      51.1283,
      71.4306,
      ['coordinates-at-sea', 'coordinates-outside-country', 'coordinates-swapped'],
    ],
    ['Astana west of Greenwich', -71.4306, 51.1283, ['coordinates-outside-country', 'coordinates-sign']],
    ['Bishkek', 74.5698, 42.8746, ['coordinates-outside-country']],
    ['the Pacific', -150.1234, 20.1234, ['coordinates-at-sea', 'coordinates-outside-country']],
    ['nowhere at all', 0, 0, ['coordinates-zero', 'coordinates-at-sea', 'coordinates-outside-country', 'coordinates-rounded']],
    ['the middle of Kazakhstan by the Factbook', 68, 48, ['coordinates-centroid', 'coordinates-rounded']],
    ['one number twice', 50.1234, 50.1234, ['coordinates-equal']],
    ['beyond the pole', 51.1283, 171.4306, ['coordinates-out-of-range']],
  ])('%s', (_, lon, lat, rules) => expect(rulesOf(lon, lat)).toEqual(rules));

  test('latitude 98 with longitude 51 is a swap where the other way round lies in the country', () => {
    expect(
      placeRules(
        { lon: 61.12, lat: 98.23, lonText: '61.12', latText: '98.23', country: 'MN', uncertaintyM: null },
        { countries },
      ),
    ).toEqual(['coordinates-out-of-range']);
    expect(
      placeRules(
        { lon: 47.12, lat: 98.23, lonText: '47.12', latText: '98.23', country: 'MN', uncertaintyM: null },
        { countries },
      ),
    ).toEqual(['coordinates-out-of-range', 'coordinates-swapped']);
  });

  test('a place is less sure than a zone is wide, and a border is not drawn to the metre', () => {
    expect(rulesOf(71.4306, 51.1283, { uncertaintyM: 6000 })).toEqual(['uncertainty-wide']);
    expect(rulesOf(80.21, 43.95, { country: 'CN' }).includes('coordinates-outside-country')).toBe(true);
    expect(rulesOf(80.4, 44.18, { country: 'CN', uncertaintyM: 30_000 }).includes('coordinates-outside-country')).toBe(false);
  });

  test('digits that say nothing do not count, and those that are left bound the error', () => {
    expect([digitsOf('51.50'), digitsOf('51.123'), digitsOf('51')]).toEqual([1, 3, 0]);
    expect(precisionRadius(0, '10.1', '0.1')).toBeCloseTo(0.05 * 111_195 * Math.SQRT2, 0);
  });
});

describe('days', () => {
  test.each([
    ['2021-05-12', '2021-05-12', '2021-05-13', []],
    ['2021-05', '2021-05-01', '2021-06-01', []],
    ['2020-02-29T08:15:00Z', '2020-02-29', '2020-03-01', []],
    ['2021-05-12/2021-05-14', '2021-05-12', '2021-05-15', []],
    ['2021-05-12/14', '2021-05-12', '2021-05-15', []],
    ['12.05.2021', '2021-05-12', '2021-05-13', []],
    ['25/04/2006', '2006-04-25', '2006-04-26', []],
    ['10/04/2006', '2006-01-01', '2007-01-01', ['date-ambiguous']],
    ['Fri Mar 01 00:00:00 CET 1935', '1935-03-01', '1935-03-02', []],
    ['3 мая 2019 г.', '2019-05-03', '2019-05-04', []],
    ['14-VI-1975', '1975-06-14', '1975-06-15', []],
    ['2021-02-30', null, null, ['date-impossible']],
    ['1021-05-12', '1021-05-12', '1021-05-13', ['date-too-early']],
    ['2027-05-12', '2027-05-12', '2027-05-13', ['date-future']],
    ['весной', null, null, ['date-unreadable']],
    ['', null, null, ['date-missing']],
  ])('%s', (text, start, end, rules) => expect(recordDate(text, { today: '2026-11-23' })).toEqual({ start, end, rules }));

  test('year, month and day of their own stand in, and a date that they gainsay is told', () => {
    expect(recordDate('', { year: '2021', month: '12', day: '31' })).toEqual({
      start: '2021-12-31',
      end: '2022-01-01',
      rules: [],
    });
    expect(recordDate('', { year: '2021', month: '13' })).toEqual({
      start: '2021-01-01',
      end: '2022-01-01',
      rules: ['date-impossible'],
    });
    expect(recordDate('2021-05-12', { year: '2020' }).rules).toEqual(['date-conflict']);
  });
});
