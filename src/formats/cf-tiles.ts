/**
 * Tiles of a cube: stored pieces where it has any, else windows; a piece that holds several steps is unpacked once for all.
 *
 *     const tiles = tilesOf(cube, pr, axes, { mirrored: false });
 *     await tiles.read(band, column, row, into);
 */
import { Problem } from '../problems.ts';
import type { Axes } from './cf-axes.ts';
import { type Cube, type CubeVariable, LARGEST_BLOCK, TYPE_BYTES } from './cf-cube.ts';
import { RASTER_ARRAYS, type RasterTiling, type RasterType, type RasterValues } from './raster.ts';

/** Small pieces are read together up to this size [bytes]. */
const BLOCK = 33_554_432;
/** Cells of a tile that small pieces are put together to, and windows are cut to. */
const TILE_CELLS = 131_072;
/** Windows of what is stored row by row are no wider [cells]. */
const WINDOW = 1_024;
/** Blocks that are kept [bytes]; one at least. */
const KEPT = 50_000_000;

export interface CubeTiles {
  tile: RasterTiling;
  /** How many bands there are. */
  bands: number;
  /** Stored values of one tile of one band, row-major, cropped; put into `into`. */
  read(band: number, column: number, row: number, into: RasterValues, signal?: AbortSignal): Promise<void>;
}

/** @throws Problem `cube-block-too-large`. */
export function tilesOf(cube: Cube, variable: CubeVariable, axes: Axes, { mirrored }: { mirrored: boolean }): CubeTiles {
  const { shape } = variable;
  const [xAt, yAt] = [axes.x.dimension, axes.y.dimension];
  const [width, height] = [shape[xAt] as number, shape[yAt] as number];
  const block = blockOf(cube, variable, xAt, yAt);
  const others = axes.others.map(({ dimension }) => dimension);
  const bands = others.reduce((product, dimension) => product * (shape[dimension] as number), 1);
  const [tileWidth, tileHeight] = [block[xAt] as number, block[yAt] as number];
  const tile: RasterTiling = {
    width: tileWidth,
    height: tileHeight,
    across: Math.ceil(width / tileWidth),
    down: Math.ceil(height / tileHeight),
  };
  const load = keeper(variable);

  /** Places of a band along the other dimensions, the last the fastest. */
  function placesOf(band: number): Map<number, number> {
    const places = new Map<number, number>();
    let rest = band;
    for (const dimension of [...others].reverse()) {
      const size = shape[dimension] as number;
      places.set(dimension, rest % size);
      rest = Math.floor(rest / size);
    }
    return places;
  }

  async function read(band: number, column: number, row: number, into: RasterValues, signal?: AbortSignal): Promise<void> {
    const places = placesOf(band);
    const first = column * tileWidth;
    const columns = Math.min(tileWidth, width - first);
    const rows = Math.min(tileHeight, height - row * tileHeight);
    const start = shape.map((_, dimension) => {
      const size = block[dimension] as number;
      if (dimension === xAt) return mirrored ? width - first - columns : first;
      if (dimension === yAt) return row * tileHeight;
      return Math.floor((places.get(dimension) as number) / size) * size;
    });
    const count = shape.map((size, dimension) => {
      if (dimension === xAt) return columns;
      if (dimension === yAt) return rows;
      return Math.min(block[dimension] as number, size - (start[dimension] as number));
    });
    const values = await load(start, count, signal);
    const strides = stridesOf(count);
    let origin = 0;
    for (const [dimension, place] of places) origin += (place - (start[dimension] as number)) * (strides[dimension] as number);
    const [byColumn, byRow] = [strides[xAt] as number, strides[yAt] as number];
    if (byColumn === 1 && byRow === columns && !mirrored) into.set(values.subarray(origin, origin + rows * columns));
    else
      for (let y = 0, to = 0; y < rows; y++)
        for (let x = 0; x < columns; x++, to++)
          into[to] = values[origin + y * byRow + (mirrored ? columns - 1 - x : x) * byColumn] as number;
  }
  return { tile, bands, read };
}

/** How much is read at once: stored pieces, small ones put together; else windows. */
function blockOf(cube: Cube, { name, shape, chunk, type }: CubeVariable, xAt: number, yAt: number): number[] {
  const bytes = TYPE_BYTES[type as RasterType];
  const outer = Math.min(xAt, yAt);
  // what is not in pieces: one of the slow dimensions, all of the fast ones, which lie between the cells
  const unit = shape.map((size, dimension) =>
    Math.max(1, Math.min(size, chunk?.[dimension] ?? (dimension === xAt || dimension === yAt || dimension < outer ? 1 : size))),
  );
  const block = [...unit];
  const size = (): number => block.reduce((product, side) => product * side, bytes);
  const side = (dimension: number): number => block[dimension] as number;
  const cells = (): number => side(xAt) * side(yAt);
  const widest = chunk === null ? WINDOW : Number.POSITIVE_INFINITY;
  for (;;) {
    if (cells() * 2 > TILE_CELLS * 1.5 || size() * 2 > BLOCK) break;
    const full = (dimension: number): boolean => side(dimension) >= (shape[dimension] as number);
    const wide = full(xAt) || side(xAt) >= widest;
    if (wide && full(yAt)) break;
    const grow = wide ? yAt : full(yAt) || chunk === null || side(xAt) <= side(yAt) ? xAt : yAt;
    block[grow] = Math.min(shape[grow] as number, side(grow) * 2);
  }
  if (size() > LARGEST_BLOCK)
    throw new Problem('cube-block-too-large', {
      file: cube.name,
      variable: name,
      found: `${block.join(' × ')}`,
      megabytes: Math.ceil(size() / 1e6),
      limit: Math.floor(LARGEST_BLOCK / 1e6),
    });
  return block;
}

/** Reads blocks and keeps the last few: bands of one tile often lie in one. */
function keeper(variable: CubeVariable) {
  const kept = new Map<string, Promise<RasterValues>>();
  const sizes = new Map<string, number>();
  return async (start: number[], count: number[], signal: AbortSignal | undefined): Promise<RasterValues> => {
    const key = `${start.join()} ${count.join()}`;
    const known = kept.get(key);
    if (known !== undefined) {
      kept.delete(key);
      kept.set(key, known);
      return known;
    }
    const bytes = count.reduce((product, size) => product * size, TYPE_BYTES[variable.type as RasterType]);
    let total = bytes;
    for (const own of sizes.values()) total += own;
    for (const oldest of kept.keys()) {
      if (total <= KEPT) break;
      total -= sizes.get(oldest) ?? 0;
      kept.delete(oldest);
      sizes.delete(oldest);
    }
    const values = variable.read(start, count, signal);
    kept.set(key, values);
    sizes.set(key, bytes);
    values.catch(() => {
      kept.delete(key);
      sizes.delete(key);
    });
    return values;
  };
}

/** Steps from value to value along each dimension, the last the fastest. */
export function stridesOf(shape: readonly number[]): number[] {
  const strides = shape.map(() => 1);
  for (let d = shape.length - 2; d >= 0; d--) strides[d] = (strides[d + 1] as number) * (shape[d + 1] as number);
  return strides;
}

/** A new array of a type. */
export function newArray(type: RasterType, length: number): RasterValues {
  return new RASTER_ARRAYS[type](new ArrayBuffer(length * TYPE_BYTES[type]), 0, length);
}
