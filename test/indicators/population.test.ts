import { expect, test } from 'vitest';
import { population } from '../../src/indicators/population.ts';
import { boxArea } from '../../src/science/areas.ts';
import { put } from './rasters.ts';
import { computed, drawn, file, valuesOf } from './sources.ts';

const zones = [drawn('core', [0, 0, 10.5, 30]), drawn('buffer', [10.5, 0, 20, 30]), drawn('transition', [20, 0, 40, 30])];

test('people of cells are divided at the border of a zone, and the whole reserve is their sum', async () => {
  const value = (c: number): number => (c === 10 ? 4 : c >= 20 ? 1 : 0);
  const files = { population: [put('people_2020', { type: 'float32', value })] };
  const { observations } = await computed(population, { zones, files, params: { 'population-unit': 'person' } });
  const people = valuesOf(observations, 'population');
  expect(people['s/core grid']).toBeCloseTo(60, 6);
  expect(people['s/buffer grid']).toBeCloseTo(60, 6);
  expect(people['s/transition grid']).toBeCloseTo(600, 6);
  expect(people['s grid']).toBeCloseTo(720, 6);
  expect(observations[0]).toMatchObject({
    unit: '{person}',
    role: 'computed',
    period: { start: '2020-01-01', end: '2021-01-01' },
    note: 'people-modelled',
  });
});

test('a density is taken times the area; where the grid is silent it is a lower bound, and there is no sum', async () => {
  const value = (_: number, r: number): number => (r < 15 ? 2 : Number.NaN);
  const files = { population: [put('density_2020', { type: 'float32', value })] };
  const params = { 'population-unit': 'person/km2' };
  const { observations } = await computed(population, { zones, files, params });
  const [core] = observations;
  expect(core?.value).toBeCloseTo((2 * boxArea([70, 49.85, 70.105, 50])) / 1e6, 3);
  expect(core).toMatchObject({ low: core?.value, high: null, quality: 'partial' });
  expect(core?.note).toMatch(/^unseen=50/);
  expect(observations).toHaveLength(3);
});

test('settlements: points count where they lie, polygons by area; the unknown makes a lower bound', async () => {
  const square = (west: number, east: number) => ({
    type: 'Polygon',
    coordinates: [
      [
        [west, 49.8],
        [east, 49.8],
        [east, 49.82],
        [west, 49.82],
        [west, 49.8],
      ],
    ],
  });
  const features = [
    { name: 'A', population: '1 200', geometry: { type: 'Point', coordinates: [70.05, 49.9] } },
    { name: 'B', population: 100, geometry: square(70.18, 70.22) }, // half in the buffer zone
    { name: 'C', population: null, geometry: { type: 'Point', coordinates: [70.3, 49.9] } },
  ].map(({ geometry, ...properties }) => ({ type: 'Feature', properties, geometry }));
  const map = file('places.geojson', JSON.stringify({ type: 'FeatureCollection', features }));
  const { observations } = await computed(population, { zones, files: { settlements: [map] }, params: { date: '2021' } });
  const people = valuesOf(observations, 'population');
  expect(people['s/core settlements']).toBe(1200);
  expect(people['s/buffer settlements']).toBeCloseTo(50, 4);
  expect(people['s/transition settlements']).toBeCloseTo(50, 4);
  expect(observations[2]).toMatchObject({ note: 'people-unknown=1', quality: 'partial', high: null });
});

test('a table as people keep it: other words, decimal commas, rows without coordinates counted', async () => {
  const table = file('сёла.csv', 'Село;Долгота;Широта;Население\nА;70,05;49,9;1 200\nБ;;;300\nВ;70,3;49,9;–\n');
  const { observations, run } = await computed(population, { zones, files: { settlements: [table] } });
  expect(valuesOf(observations, 'population')).toMatchObject({ 's/core settlements': 1200, 's/buffer settlements': 0 });
  expect(observations[2]).toMatchObject({ value: null, note: 'people-unknown=1' });
  expect(run.skipped).toBe(1);
});

test('a table without coordinates, and people that are no number, are refused by name', async () => {
  const without = file('a.csv', 'name,population\nA,1\nB,2\n');
  await expect(computed(population, { zones, files: { settlements: [without] } })).rejects.toMatchObject({
    code: 'places-columns',
    details: { field: 'lon, lat', found: 'name, population' },
  });
  const wrong = file('b.csv', 'name,lon,lat,population\nA,70.1,49.9,many\n');
  await expect(computed(population, { zones, files: { settlements: [wrong] } })).rejects.toMatchObject({
    code: 'places-people',
    details: { row: '2', field: 'population', found: 'many' },
  });
});
