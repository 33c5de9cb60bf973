import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readCrs } from '../../src/formats/crs.ts';
import type { Raster } from '../../src/formats/raster.ts';
import { Problem } from '../../src/problems.ts';
import { newMerger } from '../../src/run/merge.ts';
import { lastTasks, planTasks } from '../../src/run/plan.ts';
import {
  type OpenRaster,
  openRasters,
  valuesOf,
  type ZonalOptions,
  type ZonalResult,
  zonalStatistics,
} from '../../src/run/zonal.ts';
import { placeZones, turnOf, type ZonalZone } from '../../src/run/zonal-place.ts';
import { parseStats } from '../../src/run/zonal-stats.ts';
import { openZonal, type ZonalSetup } from '../../src/run/zonal-task.ts';
import { type Accumulator, finish } from '../../src/science/accumulate.ts';
import { geodesicArea } from '../../src/science/areas.ts';
import { gridFrom } from '../../src/science/grid.ts';
import type { Position } from '../../src/types.ts';
import { type TiffOptions, tiff } from './tiff.ts';

let folder = '';
let count = 0;
const open: Raster[] = [];
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'saryarka-zonal-'));
});
afterAll(() => {
  for (const raster of open) raster.close();
  rmSync(folder, { recursive: true, force: true });
});

async function raster(options: TiffOptions, name = `r${count++}.tif`): Promise<OpenRaster> {
  const path = join(folder, name);
  writeFileSync(path, tiff(options));
  const [own] = await openRasters([path]);
  if (own === undefined) throw new Error('not opened');
  open.push(own.raster);
  return own;
}

const zone = (id: string, ...rings: Position[][]): ZonalZone => ({
  id,
  kind: '',
  geometry: { type: 'MultiPolygon', coordinates: rings.map((ring) => [ring]) },
});

const box = (west: number, south: number, east: number, north: number): Position[] => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
  [west, south],
];

/** A round zone with so many corners. */
const disc = (id: string, lon: number, lat: number, radius: number, corners = 200): ZonalZone => {
  const ring = Array.from({ length: corners }, (_, i): Position => {
    const angle = (2 * Math.PI * i) / corners;
    return [lon + radius * Math.cos(angle), lat + radius * 0.7 * Math.sin(angle)];
  });
  return zone(id, [...ring, ring[0] as Position]);
};

async function statsOf(
  zones: ZonalZone[],
  rasters: OpenRaster[],
  stats: string,
  options: Partial<ZonalOptions> = {},
): Promise<ZonalResult> {
  return zonalStatistics(zones, rasters, {
    jobs: 1,
    ...options,
    stats: parseStats(stats, '--stat', { byClass: options.byClass ?? false }),
  });
}

const figures = (result: ZonalResult, zoneAt = 0, target = 0): number[] => {
  const { count: cells, nodataShare, stats } = valuesOf(result, zoneAt, target);
  return [cells, nodataShare, ...stats];
};

/** Values that no pattern of tiles hides. */
const scattered = (column: number, row: number, band: number): number => {
  const mixed = Math.imul(column * 7919 + row * 104729 + band * 31, 2654435761) >>> 0;
  return mixed % 97 === 0 ? -9999 : (mixed % 10_007) / 1000 - 2;
};

async function problemOf(run: Promise<unknown>): Promise<Problem> {
  const error = await run.then(
    () => null,
    (caught: unknown) => caught,
  );
  if (!(error instanceof Problem)) throw new Error(`expected a problem, got ${String(error)}`);
  return error;
}

describe('by hand', () => {
  // 1 2
  // 3 4
  const four: TiffOptions = { width: 2, height: 2, tile: 1, transform: [10, 1, 52, -1], value: (x, y) => 1 + x + 2 * y };

  test('a half-covered cell counts half', async () => {
    const result = await statsOf([zone('a', box(10.5, 50, 12, 52))], [await raster(four)], 'mean,sum,min,max');
    expect(figures(result)).toEqual([3, 0, (0.5 + 2 + 1.5 + 4) / 3, 8, 1, 4]);
  });

  test('a cell without a value is in the share without one, and in nothing else', async () => {
    const result = await statsOf([zone('a', box(10.5, 50, 12, 52))], [await raster({ ...four, nodata: 4 })], 'mean,sum');
    expect(figures(result)).toEqual([2, 1 / 3, 2, 4]);
  });

  test('scale and offset are applied, and nodata is compared before', async () => {
    const metadata =
      '<GDALMetadata><Item name="SCALE" sample="0" role="scale">0.5</Item><Item name="OFFSET" sample="0" role="offset">10</Item></GDALMetadata>';
    const own = await raster({ ...four, type: 'int16', nodata: 2, metadata });
    expect(figures(await statsOf([zone('a', box(10, 50, 12, 52))], [own], 'sum,mean'))).toEqual([3, 0.25, 34, 34 / 3]);
  });

  test('classes: the weight of each value', async () => {
    const own = await raster({
      width: 4,
      height: 1,
      tile: 1,
      type: 'uint8',
      nodata: 0,
      transform: [0, 1, 1, -1],
      value: (x) => [7, 7, 3, 0][x] ?? 0,
    });
    const result = await statsOf([zone('a', box(0.5, 0, 4, 1))], [own], '', { byClass: true });
    expect(result.classes).toEqual([
      [
        { value: 3, weight: 1 },
        { value: 7, weight: 1.5 },
      ],
    ]);
    expect(figures(result)).toEqual([2.5, 1 / 3.5]);
  });

  test('a second raster weighs the cells, and where it has none the cell is counted as unweighted', async () => {
    const weight = await raster({ ...four, nodata: -1, value: (x, y) => [1, 3, -1, 0][x + 2 * y] ?? 0 });
    const result = await statsOf([zone('a', box(10, 50, 12, 52))], [await raster(four)], 'mean,weight,unweighted', { weight });
    expect(figures(result).slice(2)).toEqual([(1 * 1 + 2 * 3 + 4 * 0) / 4, 4, 1]);
  });

  test('a zone with several parts and a zone within another each have their own figures', async () => {
    const own = await raster({ width: 10, height: 10, tile: [4, 4], transform: [0, 1, 10, -1], value: (x, y) => x + 10 * y });
    const zones = [zone('parts', box(0, 9, 1, 10), box(9, 0, 10, 1)), zone('all', box(0, 0, 10, 10))];
    const result = await statsOf(zones, [own], 'sum,max');
    expect(figures(result, 0)).toEqual([2, 0, 99, 99]);
    expect(figures(result, 1)).toEqual([100, 0, 4950, 99]);
  });
});

describe('the same figures', () => {
  const wide: TiffOptions = {
    width: 700,
    height: 500,
    tile: [64, 64],
    transform: [60, 0.01, 52, -0.01],
    nodata: -9999,
    value: scattered,
  };
  const zones = [
    disc('a', 62, 50, 1.3),
    disc('b', 64.5, 49.2, 2.1, 37),
    zone('c', box(60.123, 47.5, 66.7, 51.9)),
    disc('tiny', 63.333, 50.001, 0.004),
  ];
  const wanted = 'mean,sum,min,max,variance,median,p90,majority';

  test('to the last bit with one, two and three threads', async () => {
    const rasters = [await raster({ ...wide, packed: true })];
    const [one, two, three] = await Promise.all([1, 2, 3].map((jobs) => statsOf(zones, rasters, wanted, { jobs })));
    expect(two?.figures).toEqual(one?.figures);
    expect(three?.figures).toEqual(one?.figures);
  });

  test('to the last bit in whatever order the tasks end', async () => {
    const own = await raster(wide);
    const grid = gridFrom(700, 500, own.raster.transform);
    const crs = readCrs('EPSG:4326', '');
    const { shapes } = placeZones(zones, grid, crs, { file: '' });
    const { spec } = parseStats(wanted, '');
    const full = { type: 'float32', nodata: -9999, scale: 1, offset: 0, ...spec } as const;
    const planned = { grid, tile: own.raster.tile, layers: 1, shapes, turn: turnOf(grid, crs) };
    const setup: ZonalSetup = {
      files: [own.path],
      grids: [{ ...planned, members: [{ layer: 0, file: 0, band: 0, spec: full }], weight: { kind: 'none' } }],
      tasks: planTasks([planned], { work: 20_000 }),
      layers: 1,
      crossed: new Uint8Array(new SharedArrayBuffer(zones.length)),
    };
    expect(setup.tasks.length).toBeGreaterThan(10);
    const summaries = async (order: number[]): Promise<unknown[]> => {
      const workshop = await openZonal(setup);
      const parcels = new Map<number, Float64Array>();
      for (const task of order) parcels.set(task, (await workshop.run(task, () => false)) ?? new Float64Array(0));
      workshop.close();
      const found: unknown[] = [];
      const finished = (at: number, _: number, total: Accumulator | null): void => {
        found[at] = total === null ? null : finish(total);
      };
      const merger = newMerger({
        zones: zones.length,
        layers: 1,
        targets: new Int32Array(1),
        specs: [full],
        last: lastTasks(setup.tasks, setup.grids),
        finished,
      });
      for (const task of setup.tasks.keys()) merger.take(task, parcels.get(task) ?? new Float64Array(0));
      merger.end();
      return found;
    };
    const order = [...setup.tasks.keys()];
    const shuffled = order.toSorted((a, b) => ((a * 7919) % 101) - ((b * 7919) % 101));
    expect(await summaries(shuffled)).toEqual(await summaries(order));
  });

  test.each<[string, Partial<TiffOptions>]>([
    ['strips of one row', { tile: 1 }],
    ['strips of 17 rows', { tile: 17 }],
    ['one strip', { tile: 500 }],
    ['tall tiles', { tile: [16, 256] }],
    ['decimal numbers of 64 bits', { type: 'float64', value: (x, y, b) => Math.fround(scattered(x, y, b)) }],
  ])('within rounding from %s', async (_, more) => {
    const [own, other] = [await raster(wide), await raster({ ...wide, ...more })];
    const [a, b] = [await statsOf(zones, [own], wanted), await statsOf(zones, [other], wanted)];
    for (const [i, value] of a.figures.entries())
      expect(Math.abs((b.figures[i] ?? 0) - value)).toBeLessThanOrEqual(1e-11 * Math.abs(value));
  });

  test('from a raster whose rows run north', async () => {
    const own = await raster(wide);
    const up = await raster({ ...wide, transform: [60, 0.01, 47, 0.01], value: (x, y, b) => scattered(x, 499 - y, b) }).catch(
      () => null,
    );
    if (up === null) return; // such rasters may be refused when they are opened
    const [a, b] = [await statsOf(zones, [own], wanted), await statsOf(zones, [up], wanted)];
    for (const [i, value] of a.figures.entries())
      expect(Math.abs((b.figures[i] ?? 0) - value)).toBeLessThanOrEqual(1e-11 * Math.abs(value));
  });

  test('on a globe that begins at another meridian, and for a zone whole turns away', async () => {
    const value = (x: number, y: number): number => ((x * 37 + y * 101) % 89) + 1;
    const globe: TiffOptions = { width: 720, height: 360, tile: [128, 128], transform: [-180, 0.5, 90, -0.5], value };
    const turned: TiffOptions = { ...globe, transform: [0, 0.5, 90, -0.5], value: (x, y) => value((x + 360) % 720, y) };
    const across = disc('across', 179.3, 20, 12);
    const back = disc('across', -180.7, 20, 12);
    const far = disc('across', 539.3, 20, 12);
    const reference = figures(await statsOf([across], [await raster(globe)], 'mean,sum,max'));
    expect(reference[0]).toBeGreaterThan(1000);
    for (const [zoneAt, own] of [
      [back, globe],
      [far, globe],
      [across, turned],
      [back, turned],
    ] as const) {
      const other = figures(await statsOf([zoneAt], [await raster(own)], 'mean,sum,max'));
      for (const [i, value] of reference.entries())
        expect(Math.abs((other[i] ?? 0) - value)).toBeLessThanOrEqual(1e-9 * Math.abs(value));
    }
  });
});

describe('stacks', () => {
  const base: TiffOptions = {
    width: 90,
    height: 60,
    tile: [32, 32],
    transform: [60, 0.1, 50, -0.1],
    type: 'int16',
    nodata: -9999,
  };
  const value = (x: number, y: number, band: number): number => x * (band + 1) + y;
  const zones = [disc('a', 64, 47, 2), disc('b', 66, 46, 1)];

  test('a file per date and a band per date give the same', async () => {
    const names = ['NDVI_2016_033.tif', 'NDVI_2016_001.tif', 'NDVI_2016_017.tif'];
    const bands = [2, 0, 1];
    const files = await Promise.all(
      names.map((name, i) => raster({ ...base, value: (x, y) => value(x, y, bands[i] ?? 0) }, name)),
    );
    const described = ['2016-01-01', '2016-01-17', '2016-02-02'].map(
      (date, i) => `<Item name="DESCRIPTION" sample="${i}" role="description">${date}</Item>`,
    );
    const stack = await raster({ ...base, bands: 3, value, metadata: `<GDALMetadata>${described.join('')}</GDALMetadata>` });
    const a = await statsOf(zones, files, 'mean,max', { by: 'date' });
    const b = await statsOf(zones, [stack], 'mean,max', { by: 'date' });
    expect(a.targets.map(({ date }) => date?.start)).toEqual(['2016-01-01', '2016-01-17', '2016-02-02']);
    expect(b.figures).toEqual(a.figures);
    const single = await statsOf(zones, [files[2] as OpenRaster], 'mean,max');
    expect(figures(single, 1)).toEqual(figures(a, 1, 1));
  });

  test('rasters side by side of one date make one figure, as if they were one', async () => {
    const whole = await raster({ ...base, value: (x, y) => value(x, y, 0) });
    const west = await raster({ ...base, width: 37, value: (x, y) => value(x, y, 0) }, 'west_2016-05.tif');
    const east = await raster(
      { ...base, width: 53, transform: [63.7, 0.1, 50, -0.1], value: (x, y) => value(x + 37, y, 0) },
      'east_2016-05.tif',
    );
    const one = figures(await statsOf(zones, [whole], 'mean,sum'));
    const both = await statsOf(zones, [west, east], 'mean,sum', { by: 'date' });
    expect(both.targets).toHaveLength(1);
    expect(both.targets[0]?.file).toBe('west_2016-05.tif + east_2016-05.tif');
    for (const [i, figure] of figures(both).entries())
      expect(Math.abs(figure - (one[i] ?? 0))).toBeLessThanOrEqual(1e-10 * figure);
  });

  test('rasters of one date with other kinds of values are refused', async () => {
    const rasters = [await raster(base, 'a_2017.tif'), await raster({ ...base, type: 'float32' }, 'b_2017.tif')];
    expect((await problemOf(statsOf(zones, rasters, 'mean', { by: 'date' }))).code).toBe('stack-mixed');
  });

  test('a raster without a date is refused where figures by date are wanted', async () => {
    expect((await problemOf(statsOf(zones, [await raster(base)], 'mean', { by: 'date' }))).code).toBe('stack-date-missing');
  });
});

describe('other systems', () => {
  const round = disc('round', 69, 50, 0.2, 2000);
  const area = geodesicArea(round.geometry);
  const systems: [string, string, [number, number, number, number]][] = [
    ['UTM', 'EPSG:32642', [480_000, 250, 5_560_000, -250]],
    [
      'sinusoidal',
      '+proj=sinu +lon_0=0 +x_0=0 +y_0=0 +R=6371007.181 +towgs84=0,0,0 +units=m',
      [4_880_000, 463.3127, 5_590_000, -463.3127],
    ],
    ['Web Mercator', 'EPSG:3857', [7_640_000, 300, 6_480_000, -300]],
    ['Gauss-Kruger on Pulkovo 1942', 'EPSG:28412', [12_480_000, 250, 5_560_000, -250]],
    ['degrees on Pulkovo 1942', 'EPSG:4284', [68.5, 0.002, 50.4, -0.002]],
    ['degrees', 'EPSG:4326', [68.5, 0.002, 50.4, -0.002]],
  ];

  test.each(systems)('%s: cells weighed by area come to the area of the zone', async (_, crs, transform) => {
    const own = await raster({ width: 500, height: 400, tile: [128, 128], transform, epsg: null, value: () => 1 });
    const result = await statsOf([round], [own], 'weight,sum', { weight: 'area', crs });
    const [, , weight = 0] = figures(result);
    expect(result.outside[0]).toBe(0);
    expect(Math.abs(weight / area - 1)).toBeLessThan(crs.includes('sinu') || crs === 'EPSG:4284' ? 5e-5 : 2e-6);
  });

  test('an edge that is straight on the map is bent on the grid', async () => {
    // one degree of a parallel: in UTM its middle lies hundreds of metres off the straight line
    const [, crs, transform] = systems[0] as (typeof systems)[number];
    const own = await raster({ width: 500, height: 400, tile: [128, 128], transform, epsg: null, value: () => 1 });
    const corners = zone('corners', box(68.9, 49.9, 69.9, 50.1));
    const dense = zone('dense', [
      ...Array.from({ length: 1001 }, (_, i): Position => [68.9 + i / 1000, 49.9]),
      ...Array.from({ length: 1001 }, (_, i): Position => [69.9 - i / 1000, 50.1]),
      [68.9, 49.9],
    ]);
    const result = await statsOf([corners, dense], [own], 'sum', { crs });
    expect(Math.abs((figures(result, 0)[0] ?? 0) / (figures(result, 1)[0] ?? 1) - 1)).toBeLessThan(1e-6);
  });

  test('a raster without a system is refused, naming the option', async () => {
    const own = await raster({ width: 4, height: 4, tile: 4, epsg: null });
    const problem = await problemOf(statsOf([round], [own], 'mean'));
    expect(problem.code).toBe('raster-crs-missing');
    expect(problem.message).toContain('--crs');
  });
});

describe('what does not fit', () => {
  const small: TiffOptions = { width: 50, height: 50, tile: [16, 16], transform: [60, 0.1, 50, -0.1], value: (x) => x };

  test('zones that lie elsewhere are refused, naming both extents', async () => {
    const problem = await problemOf(
      statsOf([zone('a', box(10, 10, 11, 11)), zone('b', box(12, 12, 13, 13))], [await raster(small)], 'mean'),
    );
    expect(problem.code).toBe('zones-off-raster');
    expect(problem.message).toContain('10 10 – 13 13');
    expect(problem.message).toContain('60 45 – 65 50');
  });

  test('zones that only touch the raster from outside are refused, too', async () => {
    const problem = await problemOf(statsOf([zone('a', box(59, 46, 60, 47))], [await raster(small)], 'mean'));
    expect(problem.code).toBe('zones-off-raster');
  });

  test('a zone beside the raster has no cells, one across its edge only those on it', async () => {
    const zones = [zone('beside', box(10, 10, 11, 11)), zone('across', box(59, 46, 61, 47)), zone('inside', box(61, 46, 62, 47))];
    const result = await statsOf(zones, [await raster(small)], 'mean,sum');
    expect(figures(result, 0)).toEqual([0, Number.NaN, Number.NaN, Number.NaN]);
    expect(figures(result, 1)[0]).toBeCloseTo(100, 9);
    expect([...result.outside].map((share) => Math.round(share * 1e6) / 1e6)).toEqual([1, 0.5, 0]);
  });

  test('a second raster with other cells is refused', async () => {
    const weight = await raster({ ...small, transform: [60.05, 0.1, 50, -0.1] });
    expect((await problemOf(statsOf([zone('a', box(61, 46, 62, 47))], [await raster(small)], 'mean', { weight }))).code).toBe(
      'weight-other-grid',
    );
  });

  test('classes of measurements are refused', async () => {
    const many = await raster({
      width: 200,
      height: 200,
      tile: [64, 64],
      transform: [60, 0.01, 50, -0.01],
      value: (x, y) => x + 200 * y,
    });
    expect((await problemOf(statsOf([zone('a', box(60, 48, 62, 50))], [many], '', { byClass: true }))).code).toBe(
      'stats-too-many-classes',
    );
  });

  test('a zone whose parts overlap counts each cell once, and is named; rings that bound nothing are passed over', async () => {
    const twice = zone('twice', box(60, 49, 61, 50), box(60.5, 49, 61.5, 50));
    const point: Position[] = [
      [62, 47],
      [62, 47],
      [62, 47],
    ];
    const sound = zone('sound', box(62, 46, 63, 47), point);
    const result = await statsOf([twice, sound], [await raster(small)], 'cells');
    expect(figures(result, 0)[0]).toBeCloseTo(150, 9);
    expect(figures(result, 1)[0]).toBeCloseTo(100, 9);
    expect(result.crossed).toEqual([0]);
  });

  test('tiles that the file does not hold count as missing', async () => {
    const sparse = await raster({ ...small, sparse: (tile) => tile !== 0 });
    const [cells, missing, sum] = figures(await statsOf([zone('a', box(60, 45, 65, 50))], [sparse], 'sum'));
    expect([cells, missing, sum]).toEqual([256, (2500 - 256) / 2500, 16 * 120]);
  });

  test('a figure that does not exist is refused, with those that do', () => {
    expect(() => parseStats('mean,medean', '--stat')).toThrow('medean');
    expect(() => parseStats('p101', '--stat')).toThrow('p101');
  });
});

test('a computation that is aborted stops within a second', async () => {
  const own = await raster({
    width: 30_000,
    height: 30_000,
    tile: [512, 512],
    transform: [0, 0.001, 60, -0.001],
    sparse: () => true,
  });
  const abort = new AbortController();
  setTimeout(() => abort.abort(new Error('enough')), 200);
  const run = statsOf([zone('a', box(0, 30, 30, 60))], [own], 'mean,median', { jobs: 2, signal: abort.signal });
  await expect(run).rejects.toThrow('enough');
  const start = performance.now();
  await new Promise((resolve) => setTimeout(resolve, 0));
  expect(performance.now() - start).toBeLessThan(1000);
});
