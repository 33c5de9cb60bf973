/** The bed that water left, zone by zone: against areas that follow from the slope of a bed. */
import { expect, test } from 'vitest';
import type { Raster } from '../../src/formats/raster.ts';
import { lakeBedFigures } from '../../src/run/compute-lake-bed.ts';
import { geodesicArea } from '../../src/science/areas.ts';
import type { DrawnZone } from '../../src/types.ts';

const [WIDTH, HEIGHT, CELL] = [40, 20, 0.01];

/** A bed that rises by 1 m for each column eastwards from 20 m, with walls of 99 m in the north and south and at both ends. */
function slope(): Raster {
  const values = Float64Array.from({ length: WIDTH * HEIGHT }, (_, i) => {
    const [x, y] = [i % WIDTH, Math.floor(i / WIDTH)];
    return y === 0 || y === HEIGHT - 1 || x === 0 || x === WIDTH - 1 ? 99 : 20 + x;
  });
  return {
    name: 'bed.asc',
    width: WIDTH,
    height: HEIGHT,
    bands: [{ type: 'float64', nodata: null, scale: 1, offset: 0, description: null, date: null, unit: null, alpha: false }],
    transform: [59, CELL, 0, 45.2, 0, -CELL],
    crs: { code: 'EPSG:4326', proj: null },
    tile: { width: WIDTH, height: HEIGHT, across: 1, down: 1 },
    overviews: [],
    notes: [],
    readTile: async () => ({ values, width: WIDTH, height: HEIGHT, valid: null, empty: false }),
    prefetch: async () => {},
    close: () => {},
  };
}

const box = (west: number, south: number, east: number, north: number): DrawnZone['geometry'] => ({
  type: 'MultiPolygon',
  coordinates: [
    [
      [
        [west, south],
        [east, south],
        [east, north],
        [west, north],
        [west, south],
      ],
    ],
  ],
});
const zone = (kind: DrawnZone['kind'], geometry: DrawnZone['geometry']): DrawnZone => ({
  id: `barsakelmes/${kind}`,
  site: 'barsakelmes',
  kind,
  name: {},
  valid: { start: null, end: null },
  geometry,
  from: { source: 'test' },
});
// columns 5.5 to 15 and 15 to 25 of rows 5 to 10, cut half way through column 5
const zones = [zone('core', box(59.055, 45.1, 59.15, 45.15)), zone('buffer', box(59.15, 45.1, 59.25, 45.15))];
const work = { site: 'barsakelmes', zones, raster: slope(), digest: 'sha256:x', reference: 53, water: 'aral-sea' };
const area = (west: number, east: number): number => geodesicArea(box(west, 45.1, east, 45.15));

test('of each zone what is under water at the level of the year, and what was at the reference and is dry now', async () => {
  const { run, observations } = await lakeBedFigures({ ...work, levels: [{ year: 2000, level: 30 }] });
  const value = (feature: string, indicator: string): number | null | undefined =>
    observations.find((o) => o.feature === feature && o.indicator === indicator)?.value;
  // the column at 30 m is the tenth: cells up to 59.11
  expect(value('barsakelmes/core', 'lake-area')).toBeCloseTo(area(59.055, 59.11), -2);
  expect(value('barsakelmes/core', 'exposed-bed')).toBeCloseTo(area(59.11, 59.15), -2);
  expect(value('barsakelmes/buffer', 'lake-area')).toBe(0);
  expect(value('barsakelmes/buffer', 'exposed-bed')).toBeCloseTo(area(59.15, 59.25), -2);
  expect(value('barsakelmes', 'exposed-bed')).toBeCloseTo(area(59.11, 59.25), -2);
  expect(observations.every((o) => 'run' in o.from && o.from.run === run.id && o.role === 'computed' && o.unit === 'm2')).toBe(
    true,
  );
  expect(observations[0]?.note).toBe('bed-level=30; bed-reference=53');
});

test('several levels of a year give the figure at their mean, between those at the lowest and the highest', async () => {
  const levels = [25, 33].map((level) => ({ year: 2019, level }));
  const { observations } = await lakeBedFigures({ ...work, levels });
  const water = observations.find(({ feature, indicator }) => feature === 'barsakelmes/core' && indicator === 'lake-area');
  expect(water?.n).toBe(2);
  expect(water?.low).toBeCloseTo(area(59.055, 59.06), -2);
  expect(water?.value).toBeCloseTo(area(59.055, 59.1), -2);
  expect(water?.high).toBeCloseTo(area(59.055, 59.14), -2);
});

test('a zone that reaches beyond the map is partial, and says how much of it lies there', async () => {
  const wide = [zone('core', box(58.95, 45.1, 59.1, 45.15))];
  const { observations } = await lakeBedFigures({ ...work, zones: wide, levels: [{ year: 2000, level: 30 }] });
  expect(observations[0]).toMatchObject({ quality: 'partial', note: expect.stringMatching(/outside=33\.\d+/) });
});

test('a reference that the map does not hold, and a place that is not on it, are refused', async () => {
  const levels = [{ year: 2000, level: 30 }];
  await expect(lakeBedFigures({ ...work, reference: 120, levels })).rejects.toMatchObject({ code: 'lake-beyond' });
  await expect(lakeBedFigures({ ...work, levels, from: [70, 50] })).rejects.toMatchObject({ code: 'choice-wrong' });
});

test('water spreads from the place that is told: a basin behind a ridge stays out of it', async () => {
  const raster = slope();
  const ridge: Raster = {
    ...raster,
    readTile: async () => {
      const tile = await raster.readTile(0, 0, 0);
      return { ...tile, values: Float64Array.from(tile.values, (height, i) => (i % WIDTH === 12 ? 60 : height)) };
    },
  };
  const levels = [{ year: 2000, level: 40 }];
  const at = async (from?: [number, number]) => {
    const { observations } = await lakeBedFigures({ ...work, raster: ridge, levels, ...(from === undefined ? {} : { from }) });
    return observations.find(({ feature, indicator }) => feature === 'barsakelmes/buffer' && indicator === 'lake-area')?.value;
  };
  expect(await at()).toBe(0);
  expect(await at([59.2, 45.12])).toBeGreaterThan(0);
});

test('the same work is the same run', async () => {
  const levels = [{ year: 2000, level: 30 }];
  const [a, b] = [await lakeBedFigures({ ...work, levels }), await lakeBedFigures({ ...work, levels })];
  expect(a).toEqual(b);
});
