/**
 * Maps of codes, made while pixels are counted.
 *
 * Longitudes and latitudes of places on the projected grid: pyproj 3.7.2 (PROJ 9.5.1), EPSG:32642 to EPSG:4326.
 */
import { expect, test } from 'vitest';
import { greenness } from '../../src/indicators/greenness.ts';
import { landCover } from '../../src/indicators/land-cover.ts';
import type { RasterIndicator } from '../../src/indicators/raster-indicator.ts';
import { type BlockRequest, type BlockResult, computeWithPictures, type PlacedPicture } from '../../src/run/blocks.ts';
import { coarseGrid, MOST_CELLS } from '../../src/run/blocks-maps.ts';
import { openRasters } from '../../src/run/zonal.ts';
import type { ZonalZone } from '../../src/run/zonal-place.ts';
import { addPosition, beginPolygon, beginRing, endZone, newShapes, seal } from '../../src/run/zonal-shapes.ts';
import { put, scatter, zone } from '../indicators/rasters.ts';

type Work = Omit<BlockRequest, 'inputs' | 'params'> & { inputs: Record<string, string[]>; params?: Record<string, string> };

async function resultOf(indicator: RasterIndicator, { inputs, params, ...rest }: Work): Promise<BlockResult> {
  const open: BlockRequest['inputs'] = {};
  try {
    for (const [name, paths] of Object.entries(inputs)) open[name] = await openRasters(paths);
    return await computeWithPictures(indicator, { jobs: 1, ...rest, inputs: open, params: { ...indicator.params, ...params } });
  } finally {
    for (const { raster } of Object.values(open).flat()) raster.close();
  }
}

function named(pictures: readonly PlacedPicture[], name: string): PlacedPicture {
  const found = pictures.find((picture) => picture.name === name);
  if (found === undefined) throw new Error(`no picture ${name} among ${pictures.map((picture) => picture.name)}`);
  return found;
}

/** The class at a place, or `null`. */
function classAt(
  { width, height, west, south, east, north, codes, classes }: PlacedPicture,
  lon: number,
  lat: number,
): string | null {
  const column = Math.floor(((lon - west) / (east - west)) * width);
  const row = Math.floor(((north - lat) / (north - south)) * height);
  const code = column < 0 || column >= width || row < 0 || row >= height ? 0 : codes[row * width + column];
  return classes.find((one) => one.code === code)?.class ?? null;
}

function rectangle(id: string, [west, south, east, north]: [number, number, number, number]): ZonalZone {
  const ring: [number, number][] = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  return { id, kind: 'core', geometry: { type: 'MultiPolygon', coordinates: [[ring]] } };
}

test('a raster of few pixels is its own map: each cell has the class of its pixel, and nothing is outside the zones', async () => {
  const value = scatter(4, 7);
  const cover = put('cover_2000', { type: 'uint8', nodata: 0, value: (column, row) => value(column, row) + 1 });
  const { pictures } = await resultOf(landCover, { zones: [zone('a', [3, 2, 21, 17])], inputs: { 'land-cover': [cover] } });
  const picture = named(pictures, 'land-cover');
  expect([picture.width, picture.height, picture.step]).toEqual([18, 15, 1]);
  for (let row = 2; row < 17; row++) {
    for (let column = 3; column < 21; column++) {
      expect(classAt(picture, 70 + (column + 0.5) / 100, 50 - (row + 0.5) / 100)).toBe(`unccd:${value(column, row) + 1}`);
    }
  }
  expect(pictures.map(({ name }) => name)).toEqual(['land-cover']);
});

test('a cell of many pixels has the class that covers most of it, counted one by one', async () => {
  const size = { width: 1301, height: 640 };
  const value = (column: number, row: number): number => 1 + ((scatter(7, 3)(column, row) + Math.floor((column + row) / 37)) % 5);
  const cover = put('cover_2000', { type: 'uint8', ...size, tile: [64, 48], transform: [70, 0.001, 50, -0.001], value });
  const box: [number, number, number, number] = [70, 50 - 0.64, 71.301, 50];
  const { pictures } = await resultOf(landCover, { zones: [rectangle('a', box)], inputs: { 'land-cover': [cover] } });
  const picture = named(pictures, 'land-cover');
  const { step } = picture;
  expect([step, picture.width, picture.height]).toEqual([3, 434, 214]);
  for (let cell = 0; cell < picture.width * picture.height; cell += 13) {
    const [x, y] = [(cell % picture.width) * step, Math.floor(cell / picture.width) * step];
    const counts = [0, 0, 0, 0, 0, 0, 0, 0];
    for (let row = y; row < Math.min(size.height, y + step); row++)
      for (let column = x; column < Math.min(size.width, x + step); column++) {
        const code = value(column, row);
        counts[code] = (counts[code] ?? 0) + 1;
      }
    const most = counts.indexOf(Math.max(...counts)); // of equal ones the first
    expect(picture.classes.find(({ code }) => code === picture.codes[cell])?.class).toBe(`unccd:${most}`);
  }
});

test('one, two and three threads give the same bits, whichever way a cell comes by its code', async () => {
  const wave = (column: number, row: number): number => 3.5 + 3 * Math.sin(column / 90) * Math.cos(row / 70);
  const big = {
    tile: [128, 128] as [number, number],
    width: 700,
    height: 450,
    transform: [70, 0.0004, 50, -0.0004] as [number, number, number, number],
  };
  const cover = [2000, 2020].map((year) =>
    put(`cover_${year}`, { type: 'uint8', ...big, value: (column, row) => Math.round(wave(column + year, row)) }),
  );
  const ndvi = Array.from({ length: 9 }, (_, i) =>
    put(`ndvi_${2001 + i}`, {
      ...big,
      tile: 64,
      value: (column, row) => 0.05 * wave(column, row) * (i % 3) + 0.02 * i * Math.sin(column / 200),
    }),
  );
  const zones = [zone('a', [1.2, 1.1, 14, 16.3]), zone('b', [14, 1.1, 29, 17])];
  for (const [indicator, inputs] of [
    [landCover, { 'land-cover': cover }],
    [greenness, { ndvi }],
  ] as const) {
    const one = await resultOf(indicator, { zones, inputs, jobs: 1 });
    expect(one.pictures.length).toBeGreaterThan(0);
    for (const jobs of [2, 3]) expect(await resultOf(indicator, { zones, inputs, jobs })).toEqual(one);
  }
});

test('on a projected grid each place has the class of the pixel that lies there', async () => {
  const value = (column: number, row: number): number => 1 + ((Math.floor(column / 10) + 2 * Math.floor(row / 10)) % 7);
  const cover = put('cover_2000', {
    type: 'uint8',
    epsg: 32642,
    transform: [560_000, 1000, 5_540_000, -1000],
    width: 60,
    height: 70,
    tile: [16, 16],
    value,
  });
  const { pictures } = await resultOf(landCover, {
    zones: [rectangle('a', [69.86, 49.39, 70.65, 49.99])],
    inputs: { 'land-cover': [cover] },
  });
  const picture = named(pictures, 'land-cover');
  expect(Math.max(picture.width, picture.height)).toBe(300);
  const places = [
    [5, 5, 69.9131833, 49.9592538],
    [25, 15, 70.189747, 49.8668016],
    [45, 35, 70.4625401, 49.6837829],
    [55, 65, 70.5923215, 49.4122117],
    [15, 55, 70.0428965, 49.5084244],
    [31, 42, 70.2668777, 49.6231244],
  ] as const;
  for (const [column, row, lon, lat] of places) expect(classAt(picture, lon, lat)).toBe(`unccd:${value(column, row)}`);
  expect([picture.west, picture.south, picture.east, picture.north]).toEqual([69.86, 49.39, 70.65, 49.99]);
});

test('rasters from south to north, and zones across the antimeridian, have their places', async () => {
  const upwards = put('cover_2000', {
    type: 'uint8',
    transform: [70, 0.01, 49.7, 0.01],
    value: (_, row) => (row < 15 ? 1 : 2), // rows count from the south
  });
  const south = await resultOf(landCover, { zones: [zone('a', [2, 2, 30, 28])], inputs: { 'land-cover': [upwards] } });
  const picture = named(south.pictures, 'land-cover');
  expect([classAt(picture, 70.1, 49.75), classAt(picture, 70.1, 49.95)]).toEqual(['unccd:1', 'unccd:2']);

  const world = put('cover_2000', {
    type: 'uint8',
    width: 360,
    height: 180,
    transform: [-180, 1, 90, -1],
    value: (column) => (column === 0 ? 3 : column === 359 ? 4 : 5),
  });
  const zones = [rectangle('east', [178, 60, 180, 63]), rectangle('west', [-180, 60, -178, 63])];
  const across = named((await resultOf(landCover, { zones, inputs: { 'land-cover': [world] } })).pictures, 'land-cover');
  expect([across.width, across.height, across.west, across.east]).toEqual([4, 3, 178, 182]);
  expect([178.5, 179.5, 180.5, 181.5].map((lon) => classAt(across, lon, 61.5))).toEqual([
    'unccd:5',
    'unccd:4',
    'unccd:3',
    'unccd:5',
  ]);
});

test('shares of a picture are those of the figures', async () => {
  const value = scatter(5, 7);
  const cover = [2000, 2020].map((year, i) =>
    put(`cover_${year}`, { type: 'uint8', nodata: 0, value: (column, row) => (value(column + 3 * i, row) + i) % 8 }),
  );
  const zones = [zone('a', [1.25, 2.5, 20.75, 17.1]), zone('b', [20.75, 2.5, 39.9, 29.3])];
  const { figures, pictures } = await resultOf(landCover, { zones, inputs: { 'land-cover': cover } });
  const last = figures.filter(({ indicator, period }) => indicator === 'land-cover' && period.start === '2020-01-01');
  const all = last.reduce((sum, { value: area }) => sum + (area ?? 0), 0);
  for (const { class: name, share } of named(pictures, 'land-cover').classes) {
    const area = last
      .filter((own) => own.class === (name === 'unknown' ? 'nodata' : name))
      .reduce((sum, own) => sum + (own.value ?? 0), 0);
    expect(share).toBeCloseTo(area / all, 12);
  }
  const changed = figures.filter(({ indicator, class: name }) => indicator === 'land-cover-change' && name !== 'unknown');
  const moved = changed.reduce((sum, { value: area }) => sum + (area ?? 0), 0);
  const groups = named(pictures, 'land-cover-change').classes.filter(
    ({ class: name }) => name !== 'no-change' && name !== 'unknown',
  );
  expect(groups.reduce((sum, { share }) => sum + (share ?? 0), 0)).toBeCloseTo(moved / all, 12);
});

test('a map has at most so many cells along its longer side, and covers all that zones do', () => {
  for (const [left, right, top, bottom] of [
    [0, 40_000, 0, 40_000],
    [17.3, 618.2, 3.5, 9.9],
    [-5, 30, -2, 700],
    [39_990.5, 40_100, 5, 6],
  ] as const) {
    const draft = newShapes();
    beginPolygon(draft);
    beginRing(draft);
    for (const [column, row] of [
      [left, top],
      [right, top],
      [right, bottom],
      [left, bottom],
      [left, top],
    ] as const)
      addPosition(draft, column, row);
    endZone(draft);
    const size = { width: 40_000, height: 40_000 };
    const coarse = coarseGrid(seal(draft), size, null);
    expect(Math.max(coarse.width, coarse.height)).toBeLessThanOrEqual(MOST_CELLS);
    expect(coarse.left).toBeLessThanOrEqual(Math.max(0, left));
    expect(coarse.left + coarse.width * coarse.step).toBeGreaterThanOrEqual(Math.min(size.width, right));
    expect(coarse.top + coarse.height * coarse.step).toBeGreaterThanOrEqual(Math.min(size.height, bottom));
  }
});
