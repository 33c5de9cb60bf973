import { describe, expect, test } from 'vitest';
import { pressure } from '../../src/indicators/pressure.ts';
import { Problem } from '../../src/problems.ts';
import { boxArea } from '../../src/science/areas.ts';
import { geodesicDistance } from '../../src/science/distances.ts';
import { put, scatter } from './rasters.ts';
import { computed, drawn, file, valuesOf } from './sources.ts';

// core, buffer and transition side by side: columns 0-10, 10-20, 20-40 of the grid of a hundredth of a degree
const zones = [drawn('core', [0, 0, 10, 30]), drawn('buffer', [10, 0, 20, 30]), drawn('transition', [20, 0, 40, 30])];
const random = scatter(3, 1000);

describe('rasters', () => {
  test('shares by codes, and a gradient that rises where built-up land does', async () => {
    // none in the core, one cell in ten in the buffer, every second in the transition area
    const value = (c: number, r: number): number => (random(c, r) < (c < 10 ? 0 : c < 20 ? 100 : 500) ? 50 : 30);
    const { observations, run } = await computed(pressure, {
      zones,
      files: { 'built-up': [put('cover_2021', { type: 'uint8', value })] },
      params: { 'built-up-codes': '50' },
    });
    const shares = valuesOf(observations, 'built-up-share');
    expect(shares['s/core']).toBe(0);
    expect(shares['s/buffer']).toBeGreaterThan(5);
    expect(shares['s/transition']).toBeGreaterThan(40);
    const gradient = observations.filter((o) => o.indicator === 'pressure-gradient');
    expect(gradient.map((o) => o.by.class)).toEqual([
      'built-up:core-buffer',
      'built-up:buffer-transition',
      'built-up:core-transition',
    ]);
    for (const o of gradient) {
      expect(o).toMatchObject({ feature: 's', unit: '1', level: 0.95, period: { start: '2021-01-01', end: '2022-01-01' } });
      expect(o.low).toBeLessThan(o.value as number);
      expect(o.high).toBeGreaterThan(o.value as number);
    }
    // of two masks the effect is 0.5 + half the difference of the shares
    const half = 0.5 + ((shares['s/transition'] as number) - (shares['s/buffer'] as number)) / 200;
    expect(gradient[1]?.value).toBeCloseTo(half, 2);
    expect(run.inputs.map(({ href }) => href.replace(/: \d+_/, ': '))).toEqual([
      'built-up: cover_2021.tif',
      'zones/s/core',
      'zones/s/buffer',
      'zones/s/transition',
    ]);
  });

  test('zones of one kind are one in the gradient; the same bits for any number of threads', async () => {
    const parts = [drawn('core', [0, 0, 5, 30], '-a'), drawn('core', [5, 0, 10, 30], '-b'), ...zones.slice(1)];
    const value = (c: number, r: number): number => (random(c, r) * (c + 1)) / 1000;
    const files = { 'night-lights': [put('lights_2020', { type: 'float32', value })] };
    const whole = await computed(pressure, { zones, files });
    const inParts = await computed(pressure, { zones: parts, files });
    const gradient = (observations: typeof whole.observations) =>
      Object.values(valuesOf(observations, 'pressure-gradient')).map((own) => own?.toFixed(9));
    expect(gradient(inParts.observations)).toEqual(gradient(whole.observations));
    const two = await computed(pressure, { zones, files }, { jobs: 2 });
    expect(two.figures).toEqual(whole.figures);
  });

  test('an amount in each cell is divided by the area, a part or per cent is averaged; ground without a value is told', async () => {
    const cell = boxArea([70, 49.85, 70.01, 49.86]);
    const share = async (unit: string, amount: number) => {
      const value = (c: number): number => (c < 10 ? amount : Number.NaN);
      const { observations } = await computed(pressure, {
        zones,
        files: { cropland: [put('crops_2020', { type: 'float32', value })] },
        params: { 'cropland-unit': unit },
      });
      return observations.filter((o) => o.indicator === 'cropland-share');
    };
    expect((await share('1', 0.25))[0]?.value).toBeCloseTo(25, 6);
    expect((await share('%', 25))[0]?.value).toBeCloseTo(25, 6);
    const [core, buffer] = await share('m2', cell / 4);
    expect(core?.value).toBeCloseTo(25, 1);
    expect(buffer).toMatchObject({ value: null, quality: 'partial', note: 'unseen=100' });
  });

  test('a unit that nobody states is asked for, never guessed', async () => {
    const files = { population: [put('people_2020', { type: 'float32', value: () => 1 })] };
    const refused = await computed(pressure, { zones, files }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(Problem);
    expect(refused).toMatchObject({ code: 'input-unit', details: { input: 'population', field: 'population-unit' } });
    const { observations } = await computed(pressure, { zones, files, params: { 'population-unit': 'person' } });
    const density = 1 / (boxArea([70, 49.7, 70.4, 50]) / 1200 / 1e6);
    expect(valuesOf(observations, 'population-density')['s/core']).toBeCloseTo(density, 6);
  });
});

describe('roads', () => {
  const roads = (lines: [number, number][][]): string =>
    file(
      'roads.geojson',
      JSON.stringify({
        type: 'FeatureCollection',
        features: lines.map((coordinates) => ({
          type: 'Feature',
          properties: {},
          geometry: { type: 'LineString', coordinates },
        })),
      }),
    );

  test('length within each zone by its area', async () => {
    const line: [number, number][] = [
      [69.9, 49.9],
      [70.6, 49.9],
    ];
    const { observations } = await computed(pressure, { zones, files: { roads: [roads([line])] }, params: { date: '2024' } });
    const density = valuesOf(observations, 'road-density');
    const length = geodesicDistance([70, 49.9], [70.1, 49.9]) / 1000;
    expect(density['s/core']).toBeCloseTo(length / (boxArea([70, 49.7, 70.1, 50]) / 1e6), 5);
    expect(observations[0]?.period).toEqual({ start: '2024-01-01', end: '2025-01-01' });
    // one road through all of them: no gradient
    for (const effect of Object.values(valuesOf(observations, 'pressure-gradient'))) expect(effect).toBeCloseTo(0.5, 2);
  });

  test('a map without lines is refused', async () => {
    const points = file('roads.geojson', JSON.stringify({ type: 'Point', coordinates: [70, 49.9] }));
    await expect(computed(pressure, { zones, files: { roads: [points] } })).rejects.toMatchObject({ code: 'lines-none' });
  });
});

test('settlements are counted in the zone they lie in', async () => {
  const table = file('villages.csv', 'name,lon,lat,population\nA,70.05,49.9,120\nB,70.3,49.9,\nC,70.31,49.8,40\nD,75,49,9\n');
  const { observations } = await computed(pressure, { zones, files: { settlements: [table] } });
  expect(valuesOf(observations, 'settlements')).toEqual({ 's/core': 1, 's/buffer': 0, 's/transition': 2 });
});

test('nothing given, an unknown input or parameter: said with what would do', async () => {
  await expect(computed(pressure, { zones, files: {} })).rejects.toMatchObject({ code: 'input-missing' });
  await expect(computed(pressure, { zones, files: { mines: ['x'] } })).rejects.toMatchObject({ code: 'input-unknown' });
  await expect(computed(pressure, { zones, files: {}, params: { x: '1' } })).rejects.toMatchObject({ code: 'param-unknown' });
});
