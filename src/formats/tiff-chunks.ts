/**
 * Reading of tiles from one TIFF directory: which chunks make one up, fetching, unpacking, cropping.
 *
 * Tiles of the file are tiles here. Strips are put together, or cut where they are not packed, to about a quarter of a million
 * pixels, so that narrow strips do not make reading slow and one tall strip does not fill the memory.
 */
import { Problem } from '../problems.ts';
import type { ByteSource } from './byte-source.ts';
import type { RasterTiling, RasterValues } from './raster.ts';
import { mostUnpacked, unpack } from './tiff-compression.ts';
import { type ChunkPlaces, rowBytes, samplesInChunk, type TiffLayout } from './tiff-layout.ts';
import { quickReader } from './tiff-quick.ts';
import { newValues, numbersOf, pickSample } from './tiff-samples.ts';

/** A tile that strips are put together to [pixels], and [values] where bands lie together. */
const TILE_PIXELS = 262_144;
const TILE_VALUES = 1_048_576;
/** Strips are read in one piece where no more than this lies between them [bytes]. */
const SMALL_GAP = 65_536;
/** The longest piece that several strips are read in [bytes]. */
const LONGEST_PIECE = 67_108_864;

/** A tile of a file's directory, counted from 0. */
export interface TilePlace {
  /** Band for messages and for planar files. */
  band: number;
  column: number;
  row: number;
}

/** Rows of a tile that lie in one chunk; `length` 0 where the file holds nothing. */
interface Piece {
  offset: number;
  length: number;
  /** First row in the tile, and how many. */
  at: number;
  rows: number;
}

/** The values of a tile with all that lie beside them, and the rows the file holds nothing for. */
interface Chunk {
  values: RasterValues;
  /** Values of `values` in a row. */
  width: number;
  /** First row and row after the last, several times. */
  gaps: [from: number, to: number][];
}

export interface ChunkReader {
  tiling: RasterTiling;
  /** Values of one band, cropped to the raster, with gaps filled by `fill`. */
  read(place: TilePlace, fill: number, into: RasterValues | null): Promise<Chunk>;
  /** Tells which tiles will be read next, in this order. */
  announce(places: readonly TilePlace[]): void;
  /** What lies in the file for a tile [bytes]. */
  ranges(place: TilePlace): { offset: number; length: number }[];
}

/** How a directory is cut for reading. */
export function tilingOf(layout: TiffLayout): RasterTiling {
  const { width, height, chunkWidth, chunkHeight, across, down } = layout;
  if (layout.tiled) return { width: chunkWidth, height: chunkHeight, across, down };
  const pixels = Math.min(TILE_PIXELS, TILE_VALUES / samplesInChunk(layout));
  const unit = layout.compression === 'none' ? 1 : chunkHeight;
  const rows = Math.min(height, unit * Math.max(1, Math.floor(pixels / (width * unit))));
  return { width, height: rows, across: 1, down: Math.ceil(height / rows) };
}

/** The reader of one directory. `source` must be open as long as it reads. */
export function chunkReader(source: ByteSource, layout: TiffLayout, { offsets, lengths }: ChunkPlaces): ChunkReader {
  const tiling = tilingOf(layout);
  const samples = samplesInChunk(layout);
  const stride = layout.chunkWidth * samples;
  const quick = quickReader(source, layout);
  let kept: { key: string; chunk: Promise<Chunk> } | null = null;

  const chunkAt = ({ band, column }: TilePlace, chunkRow: number): number =>
    (layout.planar ? band * layout.across * layout.down : 0) + chunkRow * layout.across + column;

  function piecesOf(place: TilePlace): Piece[] {
    if (layout.tiled) {
      const index = chunkAt(place, place.row);
      return [{ offset: offsets[index] ?? 0, length: lengths[index] ?? 0, at: 0, rows: layout.chunkHeight }];
    }
    const pieces: Piece[] = [];
    const first = place.row * tiling.height;
    const last = Math.min(layout.height, first + tiling.height);
    for (let row = first; row < last; ) {
      const strip = Math.floor(row / layout.chunkHeight);
      const end = Math.min(last, (strip + 1) * layout.chunkHeight);
      const index = chunkAt(place, strip);
      const [offset, length] = [offsets[index] ?? 0, lengths[index] ?? 0];
      const skip = layout.compression === 'none' && length > 0 ? (row - strip * layout.chunkHeight) * rowBytes(layout) : 0;
      const cut = layout.compression === 'none' ? Math.min(length - skip, (end - row) * rowBytes(layout)) : length;
      pieces.push({ offset: offset + skip, length: Math.max(0, cut), at: row - first, rows: end - row });
      row = end;
    }
    return pieces;
  }

  /** All samples of a tile's rows, uncropped; straight into `out` where it is given. */
  async function load(place: TilePlace, fill: number, out: RasterValues | null): Promise<Chunk> {
    const pieces = piecesOf(place);
    const [only] = pieces;
    if (pieces.length === 1 && only !== undefined) {
      const values = quick.read(only, out);
      if (values !== null) return { values, width: stride, gaps: [] };
    }
    const packed = await fetchPieces(source, pieces, place);
    const rows = pieces.reduce((sum, piece) => sum + piece.rows, 0);
    const gaps: Chunk['gaps'] = [];
    const whole = pieces.length === 1 && out === null;
    let values = out;
    for (const [i, piece] of pieces.entries()) {
      const bytes = packed[i] ?? null;
      if (bytes === null) {
        values ??= newValues(layout.type, stride * rows);
        values.fill(fill, piece.at * stride, (piece.at + piece.rows) * stride);
        gaps.push([piece.at, piece.at + piece.rows]);
        continue;
      }
      const unpacked = await unpackPiece(source, layout, bytes, piece, place);
      if (!whole) values ??= newValues(layout.type, stride * rows);
      const into = values?.subarray(piece.at * stride, (piece.at + piece.rows) * stride) ?? null;
      const numbers = numbersOf(unpacked, layout, piece.rows, { own: unpacked !== bytes, into });
      values ??= numbers;
    }
    return { values: values ?? newValues(layout.type, 0), width: stride, gaps };
  }

  /** Chunks that hold several bands are kept until another tile is asked for. */
  function loadOnce(place: TilePlace, fill: number): Promise<Chunk> {
    const key = `${place.column} ${place.row}`;
    if (kept?.key === key) return kept.chunk;
    const chunk = load(place, fill, null);
    kept = { key, chunk };
    chunk.catch(() => {
      if (kept?.key === key) kept = null;
    });
    return chunk;
  }

  async function read(place: TilePlace, fill: number, into: RasterValues | null): Promise<Chunk> {
    const width = Math.min(tiling.width, layout.width - place.column * tiling.width);
    const rows = Math.min(tiling.height, layout.height - place.row * tiling.height);
    const count = width * rows;
    const fits = samples === 1 && width === layout.chunkWidth && (!layout.tiled || rows === layout.chunkHeight);
    if (fits) {
      const { values, gaps } = await load(place, fill, into?.subarray(0, count) ?? null);
      return { values: values.subarray(0, count), width, gaps };
    }
    const { values, gaps } = samples === 1 ? await load(place, fill, null) : await loadOnce(place, fill);
    const out = into?.subarray(0, count) ?? newValues(layout.type, count);
    pickSample(values, out, { stride, samples, sample: layout.planar ? 0 : place.band, width, rows });
    return { values: out, width, gaps: gaps.map(([from, to]) => [from, Math.min(to, rows)]) };
  }

  const announce = (places: readonly TilePlace[]): void =>
    quick.announce(places.map((place) => piecesOf(place)).flatMap((pieces) => (pieces.length === 1 ? pieces : [])));

  return { tiling, read, announce, ranges: (place) => piecesOf(place).filter(({ length }) => length > 0) };
}

/** The bytes of each piece, `null` for what the file does not hold; pieces that lie side by side are read in one go. */
async function fetchPieces(source: ByteSource, pieces: Piece[], place: TilePlace): Promise<(Uint8Array | null)[]> {
  const stored = pieces.filter(({ length }) => length > 0);
  for (const { offset, length } of stored)
    if (offset + length > source.size || !Number.isSafeInteger(offset + length))
      throw new Problem('raster-tile-outside', { ...named(source, place), offset, expected: offset + length, size: source.size });
  const from = Math.min(...stored.map(({ offset }) => offset));
  const to = Math.max(...stored.map(({ offset, length }) => offset + length));
  const sum = stored.reduce((total, { length }) => total + length, 0);
  const together = stored.length > 1 && to - from <= Math.min(LONGEST_PIECE, sum + SMALL_GAP);
  const all = together ? await bytesOf(source, from, to - from, place) : null;
  const fetched: (Uint8Array | null)[] = [];
  for (const { offset, length } of pieces) {
    if (length === 0) fetched.push(null);
    else fetched.push(all?.subarray(offset - from, offset - from + length) ?? (await bytesOf(source, offset, length, place)));
  }
  return fetched;
}

async function bytesOf(source: ByteSource, offset: number, length: number, place: TilePlace): Promise<Uint8Array> {
  const bytes = source.readSync?.(offset, length) ?? (await source.read(offset, length));
  if (bytes.length < length)
    throw new Problem('raster-tile-outside', { ...named(source, place), offset, expected: offset + length, size: source.size });
  return bytes;
}

/** Exactly the bytes of a piece's rows, unpacked. */
async function unpackPiece(
  source: ByteSource,
  layout: TiffLayout,
  bytes: Uint8Array,
  { offset, rows }: Piece,
  place: TilePlace,
): Promise<Uint8Array> {
  const expected = rowBytes(layout) * rows;
  const short = (found: number): Problem =>
    new Problem('raster-tile-short', { ...named(source, place), offset, found: Math.floor(found), expected });
  const most = mostUnpacked(layout.compression, bytes.length);
  if (most < expected) throw short(most);
  let unpacked: Uint8Array | null;
  try {
    if (layout.compression === 'jpeg') unpacked = await (await import('./tiff-jpeg.ts')).unpackJpeg(bytes, layout, rows);
    else unpacked = unpack(layout.compression, bytes, Math.max(expected, rowBytes(layout) * layout.chunkHeight));
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error);
    throw new Problem('raster-tile-damaged', { ...named(source, place), offset, found }, { cause: error });
  }
  if (unpacked === null) throw new Problem('raster-compression', { file: source.name, found: layout.compression });
  if (unpacked.length < expected) throw short(unpacked.length);
  return unpacked.length > expected ? unpacked.subarray(0, expected) : unpacked;
}

/** File, band and tile for messages, which count from 1. */
function named(source: ByteSource, { band, column, row }: TilePlace) {
  return { file: source.name, band: band + 1, column: column + 1, row: row + 1 };
}
