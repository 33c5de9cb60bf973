/**
 * An indicator of rasters: a kernel that sorts the pixels of a block into classes, and what the areas of the classes mean.
 *
 * Everything that is computed of rasters passes through tables of areas by class, which are exact, small and merge: pixels
 * are sorted on many threads, and a zone's figures are made of its tables alone.
 */
import type { AreaTable, ClassIndex } from '../science/land-cover-areas.ts';
import type { Neighbours } from '../science/patches.ts';
import type { Id, Period } from '../types.ts';
import type { PictureClass } from './kept-picture.ts';

/** What a kernel sorts pixels into: rows, and columns where pairs are counted. */
export interface TableShape {
  rows: ClassIndex;
  columns?: ClassIndex;
  /** Amounts are sums of value times area in place of areas; pixels whose value is NaN are in none of them. */
  values?: true;
}

/** A table whose rows make a map, and how the cells of the map come by one of many pixels. */
export interface MapSource {
  table: number;
  /** `most`: what covers most of the cell, right for classes; `nearest`: the pixel nearest to its middle, right for codes that are on a scale. */
  take: 'most' | 'nearest';
}

/** Where on the ground the codes of a table are, in cells of one pixel or of several. */
export interface CodeMap extends MapSource {
  /** Row by row, in the order of the raster; `NOWHERE` where no zone is. */
  codes: Int32Array;
  /** The zone of the pixel that was taken; that of `most` is not told. */
  zones: Int32Array | null;
}

/** No code: ground outside all zones. */
export const NOWHERE = -(2 ** 31);

/** Pixels of one code whose patches are wanted: what touches makes a patch, whatever tiles and zones it lies in. */
export interface PatchSource {
  table: number;
  /** A code of the rows of that table. */
  code: number;
  neighbours: Neighbours;
}

/** What patches come to. */
export interface PatchSums {
  /** By zone, sum over patches of the part in the zone times the whole patch in all zones together [m4]. */
  products: Float64Array;
  /** How many there are in all zones together. */
  patches: number;
}

/** What a kernel tells of the pixels of a tile for one table, in arrays that are used again for the next tile. */
export interface TableCodes {
  rows: Int16Array;
  /** `null` for a table of rows alone. */
  columns: Int16Array | null;
  /** `null` for a table of areas. */
  values: Float64Array | null;
}

/**
 * Sorts pixels, tile by tile: `begin`, then every layer of every input, then `end`; after which `codes` hold for the first `n`
 * pixels. A layer is gone when the next one comes: what is still needed of it has to be kept.
 */
export interface BlockKernel {
  tables: readonly TableShape[];
  /** Tables whose rows are also wanted as maps, where the indicator has `pictures` of this kernel. */
  maps?: readonly MapSource[];
  /** Codes that patches are wanted of: `onPatches` of the pass is told them. */
  patches?: readonly PatchSource[];
  /** @param codes one for each table; the same arrays until `end` */
  begin(n: number, codes: readonly TableCodes[]): void;
  /**
   * Inputs come in the order of the indicator's list, layers in the order of their dates.
   * @param values of `n` pixels with scale and offset applied, NaN where nothing is known
   */
  layer(input: Id, index: number, values: Float64Array): void;
  end(): void;
}

/** Code of a pixel whose value is no class: neither that of a table nor "not known". */
export const UNLISTED = -32767;

/** Sorts all pixels that zones (or the reference region) cover: tables by zone. What `config` holds must survive JSON. */
export type Pass = (kernel: string, config: object, options?: PassOptions) => Promise<AreaTable[][]>;

export interface PassOptions {
  over?: 'zones' | 'region';
  /** Inputs that are read; all where not said. */
  inputs?: readonly Id[];
  /** Is told of the patches of the kernel, in the order it has them, before the pass ends. */
  onPatches?: (sums: PatchSums[]) => void;
}

/** What an indicator is asked to compute from. */
export interface Given {
  /** Dates of the layers of each input, in order; an input that is left out has none. */
  dates: Record<string, readonly Period[]>;
  params: Record<string, string>;
  /** Area of each zone [pixels], with what lies beside the rasters; 0 for a zone wholly beside them. */
  cells: Float64Array;
  /** Whether a region was given that is not the zones. */
  region: boolean;
}

/** A figure for one zone. */
export interface Figure {
  /** Row of `data/indicators.csv`. */
  indicator: Id;
  zone: number;
  class: string | null;
  period: Period;
  value: number | null;
  low: number | null;
  high: number | null;
  /** Of the interval, 0-1; `null` where there is none, or where it holds for certain. */
  level: number | null;
  /** UCUM code. */
  unit: string;
  /** Pixels behind it. */
  n: number | null;
  /** Codes, as `figure-note.ts` has them. */
  note: string | null;
}

/** A map of an indicator before it has its place. */
export interface IndicatorPicture {
  name: string;
  period: Period;
  take: MapSource['take'];
  classes: PictureClass[];
  /** A class for each cell of the map it was made from; 0 for none. */
  codes: Uint8Array;
}

/** How an indicator looks on the ground. */
export interface Pictures {
  /** Whose maps they are made from; of several passes with it the last. */
  kernel: string;
  /** @param tables of that pass, by zone */
  of(given: Given, maps: readonly CodeMap[], tables: readonly AreaTable[][]): IndicatorPicture[];
}

export interface InputSpec {
  name: string;
  /** How many dates it must have at least; 1 for a single layer. */
  least: number;
  optional?: boolean;
  /** Its layer is of no date in particular: the first band of its one raster. */
  undated?: boolean;
  /** Two layers of one date are a mistake. */
  once?: boolean;
}

export interface RasterIndicator {
  /** As `--indicator` names it; its page is docs/methods/<id>.md. */
  id: Id;
  method: string;
  /** Raised whenever the same input would give another value. */
  version: number;
  inputs: readonly InputSpec[];
  /** Parameters with their defaults; those in the dossier's run are always all of them. */
  params: Record<string, string>;
  /** By name; `config` is what `pass` was given, through JSON. */
  kernels: Record<string, (config: object) => BlockKernel>;
  compute(given: Given, pass: Pass): Promise<Figure[]>;
  pictures?: Pictures;
}
