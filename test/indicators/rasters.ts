/** Rasters and zones for tests of indicators: small GeoTIFFs in a folder of their own, squares, and one call that computes. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { Figure, RasterIndicator } from '../../src/indicators/raster-indicator.ts';
import { type BlockRequest, computeBlocks } from '../../src/run/blocks.ts';
import { openRasters } from '../../src/run/zonal.ts';
import type { ZonalZone } from '../../src/run/zonal-place.ts';
import { type TiffOptions, tiff } from '../run/tiff.ts';

const folder = mkdtempSync(join(tmpdir(), 'saryarka-indicators-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Cells of a hundredth of a degree from 70 E, 50 N. */
export const GRID = { width: 40, height: 30, tile: [16, 16], transform: [70, 0.01, 50, -0.01] } as const;

let written = 0;

/** Writes a raster; returns its path. `name` carries the date. */
export function put(name: string, options: Partial<TiffOptions> = {}): string {
  const path = join(folder, `${written++}_${name}.tif`);
  const { tile, transform, ...grid } = GRID;
  writeFileSync(path, tiff({ ...grid, tile: [...tile], transform: [...transform], ...options }));
  return path;
}

/** A rectangle by columns and rows of `GRID`, which need not be whole. */
export function zone(id: string, [left, top, right, bottom]: [number, number, number, number]): ZonalZone {
  const [west, east, north, south] = [70 + left / 100, 70 + right / 100, 50 - top / 100, 50 - bottom / 100];
  const ring: [number, number][] = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  return { id, kind: 'core', geometry: { type: 'MultiPolygon', coordinates: [[ring]] } };
}

type Work = Omit<BlockRequest, 'inputs' | 'params'> & { inputs: Record<string, string[]>; params?: Record<string, string> };

/** Figures of an indicator, with the defaults of its parameters, on one thread where not said otherwise. */
export async function figuresOf(indicator: RasterIndicator, { inputs, params, ...rest }: Work): Promise<Figure[]> {
  const open: BlockRequest['inputs'] = {};
  try {
    for (const [name, paths] of Object.entries(inputs)) open[name] = await openRasters(paths);
    return await computeBlocks(indicator, { jobs: 1, ...rest, inputs: open, params: { ...indicator.params, ...params } });
  } finally {
    for (const { raster } of Object.values(open).flat()) raster.close();
  }
}

/** The one figure of an indicator, a class and a zone. */
export function only(figures: readonly Figure[], wanted: Partial<Figure>): Figure {
  const found = figures.filter((own) => Object.entries(wanted).every(([key, value]) => own[key as keyof Figure] === value));
  if (found.length !== 1) throw new Error(`${found.length} figures are ${JSON.stringify(wanted)}`);
  return found[0] as Figure;
}

/** Whole numbers from 0 to `below - 1` that look random and are always the same. */
export function scatter(seed: number, below: number): (column: number, row: number) => number {
  return (column, row) => {
    let hash = Math.imul(column + 1, 0x9e3779b1) ^ Math.imul(row + 1, 0x85ebca77) ^ Math.imul(seed + 1, 0xc2b2ae3d);
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
    return ((hash ^ (hash >>> 15)) >>> 0) % below;
  };
}
