/** A bed that a user has: a raster of heights or polygons by level; what comes of it is the same curve, and bad input is told. */
import { describe, expect, test } from 'vitest';
import { lakeBedFile } from '../../src/api/water.ts';
import type { MapLayer } from '../../src/formats/layer.ts';
import type { Raster } from '../../src/formats/raster.ts';
import { bedOfContours, bedOfRaster } from '../../src/plans/lake-bathymetry.ts';
import { geodesicArea } from '../../src/science/areas.ts';
import { distanceAt } from '../../src/science/lake-bed.ts';
import { lakeCurve } from '../../src/science/lake-curve.ts';

const SIZE = 60;
const CELL = 0.01;

/** A bowl in degrees round 60.3° E, 46.3° N: 30 m in the middle, a metre up for each cell from it. */
function bowl(change: (height: number, x: number, y: number) => number = (height) => height): Raster {
  const middle = SIZE / 2;
  const values = Float32Array.from({ length: SIZE * SIZE }, (_, i) => {
    const [x, y] = [i % SIZE, Math.floor(i / SIZE)];
    return change(30 + Math.hypot(x + 0.5 - middle, y + 0.5 - middle), x, y);
  });
  return {
    name: 'bowl.tif',
    width: SIZE,
    height: SIZE,
    bands: [{ type: 'float32', nodata: -9999, scale: 1, offset: 0, description: null, date: null, unit: null, alpha: false }],
    transform: [60, CELL, 0, 46.6, 0, -CELL],
    crs: { code: 'EPSG:4326', proj: null },
    tile: { width: SIZE, height: SIZE, across: 1, down: 1 },
    overviews: [],
    notes: [],
    readTile: async () => ({ values, width: SIZE, height: SIZE, valid: null, empty: false }),
    prefetch: async () => {},
    close: () => {},
  };
}

describe('a raster', () => {
  test('curve, outlines and distances agree; beyond the edge of the map nothing is said', async () => {
    const bed = await bedOfRaster(bowl(), { step: 1, places: [{ name: 'shore town', lon: 60.05, lat: 46.3 }] });
    expect(lakeBedFile.parse(JSON.parse(JSON.stringify(bed)))).toEqual(bed);
    const curve = lakeCurve(bed.curve);
    const [first, last] = [bed.curve[0], bed.curve.at(-1)];
    expect(first?.volume).toBe(0);
    expect(last?.level).toBe(59); // the edge of the map lies 29.5 m up
    expect(() => curve.areaAt(60)).toThrow('nothing is extrapolated');
    const outline = bed.outlines.find(({ level }) => level === 50);
    // the line between cells lies half a cell within or without: 2 % of a circle of 20 cells
    expect(geodesicArea(outline?.geometry ?? { type: 'MultiPolygon', coordinates: [] }) / 1e6 / curve.areaAt(50)).toBeCloseTo(
      1,
      1,
    );
    const [place] = bed.places;
    if (place === undefined) throw new Error('no place');
    // 25 cells of 0.01 degrees west of the middle: 5 cells beyond the water of 20 m depth, at 46.3 N 0.77 km each
    expect(distanceAt(place, 50)).toBeCloseTo(5 * 0.7705, 0);
    expect(distanceAt(place, 57)).toBe(0);
    expect(distanceAt(place, 40)).toBeGreaterThan(distanceAt(place, 45));
  });

  test('depths below a level are the same bed as heights', async () => {
    const heights = await bedOfRaster(bowl(), { step: 2 });
    const depths = await bedOfRaster(
      bowl((height) => 64 - height),
      { step: 2, depthsBelow: 64 },
    );
    expect(depths.curve.map(({ level }) => level).slice(1)).toEqual(heights.curve.map(({ level }) => level).slice(1));
    for (const [i, { volume }] of depths.curve.entries()) expect(volume).toBeCloseTo(heights.curve[i]?.volume ?? -1, 3);
  });

  test('cells without a height end what is known; a map without any, or without room for a lake, is refused by name', async () => {
    const holed = await bedOfRaster(
      bowl((height, x, y) => (x === 40 && y === 30 ? -9999 : height)),
      { step: 0.5 },
    );
    expect(holed.curve.at(-1)?.level).toBeLessThan(41);
    await expect(bedOfRaster(bowl(() => -9999))).rejects.toThrow('bowl.tif');
    await expect(bedOfRaster(bowl(() => 5))).rejects.toThrow('bowl.tif');
  });
});

describe('polygons by level', () => {
  const square = (half: number) => ({
    type: 'Polygon' as const,
    coordinates: [
      [
        [60 - half, 46 - half],
        [60 + half, 46 - half],
        [60 + half, 46 + half],
        [60 - half, 46 + half],
        [60 - half, 46 - half],
      ] as [number, number][],
    ],
  });
  const layer = (levels: (number | string | null)[]): MapLayer[] => [
    {
      name: 'contours.geojson',
      crs: 'EPSG:4326',
      notes: [],
      skipped: 0,
      features: levels.map((level, i) => ({ index: i + 1, geometry: square(0.1 * (i + 1)), properties: { z: level } })),
    },
  ];

  test('areas grow with the level, numbers may be words', () => {
    const bed = bedOfContours(layer([40, '41', 42]), { field: 'z', places: [{ name: 'town', lon: 60.5, lat: 46 }] });
    expect(bed.curve.map(({ level }) => level)).toEqual([40, 41, 42]);
    expect(bed.curve[2]?.volume).toBeGreaterThan(bed.curve[1]?.volume ?? Infinity);
    expect(bed.places[0]?.distances[2]?.km).toBeCloseTo(0.2 * 77.47, 0); // 0.2 degrees of longitude at 46 N: 77.47 km each
  });

  test('a feature without a level is named; water that shrinks as it rises is refused', () => {
    expect(() => bedOfContours(layer([40, null]), { field: 'z' })).toThrow('contours.geojson:2 z');
    expect(() => bedOfContours(layer([42, 40]), { field: 'z' })).toThrow('volume and area must grow');
    expect(() => bedOfContours(layer([40]), { field: 'z' })).toThrow('≥ 2');
  });
});
