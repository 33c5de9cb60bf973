/**
 * Tiles of one level of a GeoTIFF: the raster itself or an overview, with its mask or alpha band.
 */
import type { Raster, RasterBand, RasterTile, RasterTiling, ReadTileOptions } from './raster.ts';
import { type ChunkReader, chunkReader, tilingOf } from './tiff-chunks.ts';
import type { Tiff, TiffDirectory } from './tiff-directory.ts';
import { readPlaces, type TiffLayout } from './tiff-layout.ts';

interface Image {
  directory: TiffDirectory;
  layout: TiffLayout;
}

/** A tile by its place, and its size in pixels. */
interface Window {
  column: number;
  row: number;
  width: number;
  height: number;
}

/** Size, tiling and reading of a level. Where its chunks stand is read with the first tile. */
export function levelOf(
  tiff: Tiff,
  image: Image,
  mask: Image | null,
  bands: readonly RasterBand[],
): Pick<Raster, 'width' | 'height' | 'tile' | 'readTile' | 'prefetch'> {
  const { layout } = image;
  const tile = tilingOf(layout);
  const alpha = bands.findIndex((band) => band.alpha);
  const pixels = opener(tiff, image);
  const masks = mask === null ? null : opener(tiff, mask);
  let kept: { key: string; valid: Promise<Uint8Array | null> } | null = null;

  /** The mask of a tile, read once for all bands. */
  function validOnce(window: Window): Promise<Uint8Array | null> {
    const key = `${window.column} ${window.row}`;
    if (kept?.key === key) return kept.valid;
    const valid = masks === null ? alphaIn(pixels, alpha, window) : maskIn(masks, window, tile);
    kept = { key, valid };
    valid.catch(() => {
      kept = null;
    });
    return valid;
  }

  async function readTile(band: number, column: number, row: number, options: ReadTileOptions = {}): Promise<RasterTile> {
    const { into = null, signal } = options;
    signal?.throwIfAborted();
    const about = bands[band];
    if (about === undefined || !(column >= 0 && column < tile.across && row >= 0 && row < tile.down))
      throw new RangeError(`no tile ${column}, ${row} of band ${band}`);
    const width = Math.min(tile.width, layout.width - column * tile.width);
    const height = Math.min(tile.height, layout.height - row * tile.height);
    const reader = await pixels();
    const { values, gaps } = await reader.read({ band, column, row }, fillOf(about), into);
    const masked = masks !== null || (alpha >= 0 && !about.alpha);
    const valid = masked ? await validOnce({ column, row, width, height }) : null;
    const empty = gaps.reduce((sum, [from, to]) => sum + to - from, 0) >= height;
    return { values, width, height, valid: gaps.length === 0 ? valid : withGaps(valid, gaps, width, height), empty };
  }

  async function prefetch(band: number, tiles: readonly { column: number; row: number }[]): Promise<void> {
    const reader = await pixels();
    reader.announce(tiles.map(({ column, row }) => ({ band, column, row })));
    await tiff.source.prefetch?.(tiles.flatMap(({ column, row }) => reader.ranges({ band, column, row })));
  }

  return { width: layout.width, height: layout.height, tile, readTile, prefetch };
}

/** What stands where the file holds nothing; such pixels are not valid, whatever it is. */
function fillOf({ nodata, type }: RasterBand): number {
  return nodata ?? (type === 'float32' || type === 'float64' ? Number.NaN : 0);
}

/** The reader of an image, which learns where the chunks stand when it is first asked. */
function opener(tiff: Tiff, { directory, layout }: Image): () => Promise<ChunkReader> {
  let reader: Promise<ChunkReader> | null = null;
  return () => {
    reader ??= readPlaces(tiff, directory, layout).then((places) => chunkReader(tiff.source, layout, places));
    return reader;
  };
}

/** 1 where a mask's pixels are not 0; `null` where all are. The mask may be cut into other tiles than the raster. */
async function maskIn(
  masks: () => Promise<ChunkReader>,
  { column, row, width, height }: Window,
  tile: RasterTiling,
): Promise<Uint8Array | null> {
  const reader = await masks();
  const { tiling } = reader;
  const [left, top] = [column * tile.width, row * tile.height];
  const valid = new Uint8Array(width * height);
  for (let y = Math.floor(top / tiling.height); y * tiling.height < top + height; y++)
    for (let x = Math.floor(left / tiling.width); x * tiling.width < left + width; x++) {
      const { values, width: across } = await reader.read({ band: 0, column: x, row: y }, 0, null);
      const first = { x: x * tiling.width, y: y * tiling.height };
      const from = { x: Math.max(left, first.x), y: Math.max(top, first.y) };
      const to = { x: Math.min(left + width, first.x + across), y: Math.min(top + height, first.y + values.length / across) };
      for (let line = from.y; line < to.y; line++)
        for (let at = from.x; at < to.x; at++)
          if (values[(line - first.y) * across + at - first.x] !== 0) valid[(line - top) * width + at - left] = 1;
    }
  return valid.includes(0) ? valid : null;
}

/** 1 where the alpha band is not 0; `null` where it is 0 nowhere. */
async function alphaIn(pixels: () => Promise<ChunkReader>, band: number, { column, row }: Window): Promise<Uint8Array | null> {
  const { values } = await (await pixels()).read({ band, column, row }, 0, null);
  const valid = Uint8Array.from(values, (value) => (value === 0 ? 0 : 1));
  return valid.includes(0) ? valid : null;
}

/** The mask with 0 in the rows that the file holds nothing for. */
function withGaps(
  valid: Uint8Array | null,
  gaps: readonly (readonly [number, number])[],
  width: number,
  height: number,
): Uint8Array {
  const both = valid?.slice() ?? new Uint8Array(width * height).fill(1);
  for (const [from, to] of gaps) both.fill(0, from * width, to * width);
  return both;
}
