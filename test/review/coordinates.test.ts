import { expect, test } from 'vitest';
import { coordinates } from '../../src/review/coordinates.ts';
import { geodesicDistance } from '../../src/science/distances.ts';
import type { Observation } from '../../src/types.ts';
import { box } from '../zonation/site-facts-of.ts';
import { contentOf, observationOf, wordsOf, zoneOf } from './content-fixture.ts';

/** Degrees and hemisphere are kept on one line by spaces that do not break. */
const words = (blocks: ReturnType<typeof coordinates>) => wordsOf(blocks).replaceAll('\u00a0', ' ');

const degrees = (indicator: string, value: number, rest: Partial<Observation> = {}) =>
  observationOf(indicator, value, 'deg', rest);
const zones = [zoneOf('core', { geometry: box(69, 50, 70, 51) })];
const centre = [degrees('centre-latitude', 50.4), degrees('centre-longitude', 69.5)];

test('without a map the declared points stand alone, source by source', () => {
  const other = { from: { source: 'other' } };
  const observations = [
    ...centre,
    degrees('centre-latitude', 50.45, other),
    degrees('centre-longitude', 69.5, other),
    degrees('extent-north', 51),
  ];
  const one = contentOf({ facts: { observations } });
  const all = words(coordinates(one)).split('\n');
  expect(all[1]).toBe('Point | Declared');
  expect(all[2]).toBe('Central point | 50.4° N, 69.5° E / 50.45° N, 69.5° E');
  expect(all[3]).toBe('Northernmost point | 51° N');
  expect(all[6]).toBe('Easternmost point | –');
  expect(one.notes).toHaveLength(5);
});

test('with a map its points come first, and the distance to the declared ones is in kilometres', () => {
  const observations = [...centre, degrees('extent-north', 50.9), degrees('extent-west', -69)];
  const all = words(coordinates(contentOf({ facts: { observations, zones } }))).split('\n');
  expect(all[1]).toBe('Point | Latitude, from the map | Longitude, from the map | Declared | Distance, km');
  const north = (geodesicDistance([69, 51], [69, 50.9]) / 1000).toFixed(1);
  expect(all[3]).toBe(`Northernmost point | 51.00000° N | 69.00000° E | 50.9° N | ${north}`);
  expect(all[4]).toBe('Southernmost point | 50.00000° N | 69.00000° E | – | –');
  expect(all[5]).toContain('| 69° W |');
  expect(all[2]).toMatch(/^Central point \| 50\.4\d+° N \| 69\.50000° E \| 50\.4° N, 69\.5° E \| 11\.1$/);
});

test('a map without declared points is enough, neither is null', () => {
  const one = contentOf({ facts: { zones } });
  expect(words(coordinates(one))).toContain('Central point | 50.49934° N | 69.50000° E');
  expect(one.notes).toEqual([expect.stringContaining('WGS 84; https://en.unesco.org/biosphere/aspac/almaty')]);
  expect(coordinates(contentOf())).toBeNull();
});

test('doubtful points are left out, a point of a part says so', () => {
  const observations = [
    degrees('extent-north', 12, { quality: 'doubtful' }),
    degrees('extent-south', 50.1, { by: { class: 'state-reserve' } }),
  ];
  const all = words(coordinates(contentOf({ facts: { observations } })));
  expect(all).toContain('Northernmost point | –');
  expect(all).toContain('50.1° N [state-reserve]');
});
