/**
 * Coverage and accumulators together, against exactextract 0.3.0 (test/golden/zonal): every type, weighted and not, in tiles of
 * several sizes and in any order.
 *
 * Tolerances: exactextract keeps shares as 32-bit floats, 3e-8 of a cell off at most, so that counts differ by up to 3e-8 of
 * the cells, and means by as much of the range of values.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  type Accumulator,
  type AccumulatorSpec,
  addSpans,
  classes,
  clear,
  finish,
  mergeParcel,
  newAccumulator,
  newParcel,
  newScratch,
  type Pixels,
  type PixelType,
  pack,
  quantiles,
  sealParcel,
} from '../../src/science/accumulate.ts';
import { coverages, type PolygonRings } from '../../src/science/coverage.ts';
import { newSpans, spansInTile, zonesByTile } from '../../src/science/coverage-tiles.ts';
import type { Grid } from '../../src/science/grid.ts';

interface Expected extends Record<string, unknown> {
  quantiles: number[];
  classes?: [number, number][];
}

const golden = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'golden', 'zonal', 'zonal.json'), 'utf8')) as {
  grid: Grid;
  probabilities: number[];
  zones: Record<string, PolygonRings[]>;
  cells: Record<string, number>;
  weights: number[];
  layers: Record<PixelType, { nodata: number | null; values: (number | null)[]; expected: Record<string, Expected> }>;
};
const { grid } = golden;
const names = Object.keys(golden.zones);
const cover = coverages(Object.values(golden.zones), grid);
const ARRAYS = {
  float32: Float32Array,
  float64: Float64Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint8: Uint8Array,
  int8: Int8Array,
};

/** The part of the raster in a window, padded to the tile's width. */
function cutTile(all: Pixels, column: number, row: number, width: number, height: number): Pixels {
  const tile = all.slice(0, 0).constructor as new (length: number) => Pixels;
  const values = new tile(width * height);
  for (let r = 0; r < height && row + r < grid.height; r++) {
    for (let c = 0; c < width && column + c < grid.width; c++)
      values[r * width + c] = all[(row + r) * grid.width + column + c] as number;
  }
  return values;
}

/** All zones, tile by tile as workers do it: a parcel for each tile, merged in the order of tiles whatever the order of work. */
function zonal(spec: AccumulatorSpec, all: Pixels, tile: [number, number], weights: Pixels | null, order = 1): Accumulator[] {
  const totals = names.map(() => newAccumulator(spec));
  const { across, down, starts, zones } = zonesByTile(cover, ...tile);
  const scratch = newScratch();
  const partial = newAccumulator(spec);
  const parcel = newParcel();
  const spans = newSpans();
  const done: Float64Array[] = [];
  for (let step = 0; step < across * down; step++) {
    const t = (step * order) % (across * down); // every tile once when the two have no common factor
    const [column, row] = [(t % across) * tile[0], Math.floor(t / across) * tile[1]];
    const window = {
      column,
      row,
      width: Math.min(tile[0], grid.width - column),
      height: Math.min(tile[1], grid.height - row),
      stride: tile[0],
    };
    const values = cutTile(all, column, row, ...tile);
    const own = weights === null ? {} : { weights: cutTile(weights, column, row, ...tile) as Float64Array };
    for (const zone of zones.subarray(starts[t], starts[t + 1])) {
      spansInTile(cover, zone, window, spans);
      clear(partial);
      addSpans(partial, scratch, values, spans, own);
      pack(partial, zone, parcel);
    }
    done[t] = sealParcel(parcel);
  }
  for (const numbers of done) mergeParcel(numbers, (key) => totals[key] as Accumulator);
  return totals;
}

const FLOAT_SHARE = 3e-8;

describe.each(Object.keys(golden.layers) as (keyof typeof ARRAYS)[])('%s', (type) => {
  const { nodata, values, expected } = golden.layers[type];
  const all = ARRAYS[type].from(values.map((value) => value ?? Number.NaN));
  const spec: AccumulatorSpec = { type, nodata, extremes: true, spread: true, distribution: 'exact' };
  const present = values.filter((value): value is number => value !== null && value !== nodata);
  const range = Math.max(...present) - Math.min(...present);
  const size = Math.max(...present.map(Math.abs));

  test('every statistic is what exactextract gives', () => {
    const totals = zonal(spec, all, [8, 5], null);
    for (const [zone, name] of names.entries()) {
      const total = totals[zone] as Accumulator;
      const { count, cells, sum, mean, variance, standardDeviation, min, max, nodataShare } = finish(total);
      const theirs = expected[name] as Expected;
      const off = (found: number | null, of: string, tolerance: number): void => {
        const difference = Math.abs((found as number) - (theirs[of] as number));
        if (!(difference <= tolerance)) throw new Error(`${name}: ${of} is ${found}, theirs ${theirs[of]}`);
      };
      const boundary = Math.max(cells, 1) * FLOAT_SHARE;
      off(count, 'count', boundary);
      off(sum, 'sum', boundary * size);
      off(mean, 'mean', 2 * FLOAT_SHARE * range + 1e-15 * size);
      off(variance, 'variance', 4 * FLOAT_SHARE * range * range + 1e-8 * (theirs.variance as number));
      off(standardDeviation, 'stdev', 1e-6 * range);
      off(min, 'min', 0);
      off(max, 'max', 0);
      expect(Math.abs(cells - (golden.cells[name] as number))).toBeLessThanOrEqual(boundary);
      expect(Math.abs((nodataShare as number) - (1 - (theirs.count as number) / (golden.cells[name] as number)))).toBeLessThan(
        1e-7,
      );
      expect(quantiles(total, golden.probabilities)).toEqual(theirs.quantiles);
      if (theirs.classes === undefined) continue;
      const shares = classes(total).map(({ value, weight }) => [value, weight / count] as const);
      expect(shares.map(([value]) => value)).toEqual(theirs.classes.map(([value]) => value));
      shares.forEach(([, share], i) => {
        expect(Math.abs(share - (theirs.classes?.[i]?.[1] as number))).toBeLessThan(1e-7);
      });
    }
  });

  test('weighted by a second raster it is, too', () => {
    const totals = zonal(spec, all, [7, 18], Float64Array.from(golden.weights));
    for (const [zone, name] of names.entries()) {
      const { sum, mean, variance, weight } = finish(totals[zone] as Accumulator);
      const theirs = expected[name] as unknown as Record<string, number>;
      const scale = Math.max(weight, 1000) * FLOAT_SHARE;
      expect(Math.abs((sum as number) - (theirs.weighted_sum as number))).toBeLessThanOrEqual(scale * size);
      expect(Math.abs((mean as number) - (theirs.weighted_mean as number))).toBeLessThanOrEqual(1e-6 * range);
      expect(Math.abs((variance as number) - (theirs.weighted_variance as number))).toBeLessThanOrEqual(1e-6 * range * range);
    }
  });

  test('the order in which tiles are worked changes no bit, their size only the last ones', () => {
    const one = zonal(spec, all, [5, 4], null).map(finish);
    expect(zonal(spec, all, [5, 4], null, 7).map(finish)).toEqual(one);
    expect(zonal(spec, all, [5, 4], null, 11).map(finish)).toEqual(one);
    for (const tile of [
      [24, 18],
      [1, 1],
      [24, 1],
    ] as [number, number][]) {
      for (const [zone, { sum, variance, count }] of zonal(spec, all, tile, null).map(finish).entries()) {
        expect(Math.abs((sum as number) - (one[zone]?.sum as number))).toBeLessThan(1e-13 * 432 * size);
        expect(Math.abs((variance as number) - (one[zone]?.variance as number))).toBeLessThan(
          1e-12 * range * range + 1e-15 * size * range,
        );
        expect(Math.abs(count - (one[zone]?.count as number))).toBeLessThan(1e-11);
      }
    }
  });
});
