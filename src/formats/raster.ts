/**
 * What every reader of rasters gives: a grid of pixels in bands, read tile by tile.
 *
 *     const raster = await openRaster('ndvi.tif');
 *     const { values, width, height, valid } = await raster.readTile(0, column, row);
 *
 * `values` are raw, as stored: what is measured is `raw * scale + offset`, and `nodata` is compared with the raw value.
 * A pixel counts where it is not NaN, is not `nodata`, and `valid` is null or 1 there.
 */
import { Problem } from '../problems.ts';
import type { Period } from '../types.ts';
import { type Crs, codeIn, readCrs } from './crs.ts';
import { projOf } from './crs-codes.ts';
import type { ReadingNote } from './layer.ts';

/** Types of the values in a band, by their arrays. */
export interface RasterArrays {
  uint8: Uint8Array<ArrayBuffer>;
  int8: Int8Array<ArrayBuffer>;
  uint16: Uint16Array<ArrayBuffer>;
  int16: Int16Array<ArrayBuffer>;
  uint32: Uint32Array<ArrayBuffer>;
  int32: Int32Array<ArrayBuffer>;
  float32: Float32Array<ArrayBuffer>;
  float64: Float64Array<ArrayBuffer>;
}

export type RasterType = keyof RasterArrays;

export type RasterValues = RasterArrays[RasterType];

export interface RasterBand {
  type: RasterType;
  /** The raw value that stands for "nothing known", as this type can hold it; `null` where none is stated or the type cannot hold it. NaN never counts, stated or not. */
  nodata: number | null;
  /** Measured value = raw * scale + offset. */
  scale: number;
  offset: number;
  description: string | null;
  /** The time that the band is of, where its description or tags say it. */
  date: Period | null;
  /** As the file states it, UCUM or not. */
  unit: string | null;
  /** Whether the band tells which pixels of the others stand, and is no measurement itself. */
  alpha: boolean;
}

/** How a raster is cut for reading: `across * down` tiles, the last ones in row and column smaller. */
export interface RasterTiling {
  width: number;
  height: number;
  across: number;
  down: number;
}

/** One tile of one band: row-major, cropped to the raster, so that `values.length === width * height`. */
export interface RasterTile {
  values: RasterValues;
  /** Of this tile [pixels]: smaller than the tiling's in the last column. */
  width: number;
  /** Of this tile [pixels]: smaller than the tiling's in the last row. */
  height: number;
  /** 1 where the mask or alpha band of the file lets a pixel stand, 0 where not; `null` where all stand. NaN and `nodata` are not in it. */
  valid: Uint8Array | null;
  /** Whether the file holds nothing for this tile: then no pixel of it counts. */
  empty: boolean;
}

/** Column of the raster's left edge, pixel width, 0, row of its upper edge, 0, pixel height (negative where north is up): GDAL's order, in units of the CRS, to the outer corner of the first pixel. */
export type RasterTransform = readonly [x0: number, dx: number, shearX: 0, y0: number, shearY: 0, dy: number];

/** The coordinate reference system as the file states it; both `null` where it states none. */
export interface RasterCrs {
  /** `EPSG:32642`; `null` where the file defines its own. */
  code: string | null;
  /** A PROJ string or WKT that `readCrs` understands; `null` where only the code is known. */
  proj: string | null;
}

export interface ReadTileOptions {
  /** An array of the band's type, at least `tile.width * tile.height` long, that the values are put into: it spares an allocation. Else each call gives its own. */
  into?: RasterValues | undefined;
  signal?: AbortSignal | undefined;
}

export interface Raster {
  /** As messages show it. */
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly bands: readonly RasterBand[];
  readonly transform: RasterTransform;
  readonly crs: RasterCrs;
  readonly tile: RasterTiling;
  /** The same raster with fewer, larger pixels, the finest first; for pictures, never for figures. */
  readonly overviews: readonly Raster[];
  /** What had to be assumed, and what was left aside. */
  readonly notes: readonly ReadingNote[];
  /**
   * The pixels of one tile, decoded. Bands, columns and rows count from 0. Bands stored together are decoded together: ask for
   * all bands of one tile before the next tile.
   * @throws Problem `raster-tile-…` naming file, tile and offset.
   */
  readTile(band: number, column: number, row: number, options?: ReadTileOptions): Promise<RasterTile>;
  /** Tells which tiles of a band are wanted next, in this order: over HTTP neighbours then come in one request, and from files three are unpacked at a time. */
  prefetch(band: number, tiles: readonly { column: number; row: number }[]): Promise<void>;
  close(): void;
}

/** The arrays of each type, to make new ones. */
export const RASTER_ARRAYS: {
  readonly [T in RasterType]: new (
    buffer: ArrayBuffer,
    offset?: number,
    length?: number,
  ) => RasterArrays[T];
} = {
  uint8: Uint8Array,
  int8: Int8Array,
  uint16: Uint16Array,
  int16: Int16Array,
  uint32: Uint32Array,
  int32: Int32Array,
  float32: Float32Array,
  float64: Float64Array,
};

/**
 * The way from a raster's coordinates to WGS 84: by the system it states, or by `crs` where a person chose another.
 * @throws Problem `raster-crs-missing`, or those of `readCrs`.
 */
export function rasterCrs(raster: Raster, options: { crs?: string | undefined } = {}): Crs {
  const { code, proj } = raster.crs;
  if (options.crs !== undefined) return readCrs(options.crs, raster.name);
  if (code !== null && (proj === null || projOf(codeIn(code) ?? '') !== null)) return readCrs(code, raster.name);
  if (proj !== null) return readCrs(proj, raster.name);
  throw new Problem('raster-crs-missing', { file: raster.name });
}
