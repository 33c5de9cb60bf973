/**
 * How the pixels of one TIFF directory lie: their type, how they are cut into tiles or strips, packed and interleaved.
 *
 *     const layout = await readLayout(tiff, directory);
 *     layout.chunkWidth;   // 512
 */
import { Problem } from '../problems.ts';
import { RASTER_ARRAYS, type RasterType } from './raster.ts';
import { type Compression, compressionName, compressionOf } from './tiff-compression.ts';
import { type Tiff, type TiffDirectory, tagNumber, tagNumbers, tagRaw } from './tiff-directory.ts';

export interface TiffLayout {
  width: number;
  height: number;
  /** Values of a pixel, all bands together. */
  samples: number;
  /** Whether each band lies in chunks of its own. */
  planar: boolean;
  /** As given out: what has no array of its own (1 to 15 bits, float16) is widened. */
  type: RasterType;
  /** As stored: 1 to 16, 32 or 64. */
  bits: number;
  float: boolean;
  compression: Compression;
  predictor: 1 | 2 | 3;
  /** 6: JPEG in YCbCr; 4: a mask; else without meaning here. */
  photometric: number;
  /** Of bands after the colours: 1 and 2 are alpha. TIFF 6.0, p. 31. */
  extraSamples: number[];
  tiled: boolean;
  /** Chunks are tiles or strips. */
  chunkWidth: number;
  chunkHeight: number;
  across: number;
  down: number;
  littleEndian: boolean;
  jpegTables: Uint8Array | null;
}

/** Where each chunk stands [bytes]. */
export interface ChunkPlaces {
  offsets: Float64Array;
  lengths: Float64Array;
}

const IMAGE_WIDTH = 256;
const IMAGE_LENGTH = 257;
const BITS_PER_SAMPLE = 258;
const COMPRESSION = 259;
const PHOTOMETRIC = 262;
const FILL_ORDER = 266;
const STRIP_OFFSETS = 273;
const SAMPLES_PER_PIXEL = 277;
const ROWS_PER_STRIP = 278;
const STRIP_BYTE_COUNTS = 279;
const PLANAR_CONFIGURATION = 284;
const PREDICTOR = 317;
const TILE_WIDTH = 322;
const TILE_LENGTH = 323;
const TILE_OFFSETS = 324;
const TILE_BYTE_COUNTS = 325;
const EXTRA_SAMPLES = 338;
const SAMPLE_FORMAT = 339;
const JPEG_TABLES = 347;

/** Unpacked size of a chunk that is still read [bytes]: 8,192 x 8,192 numbers of float32. */
const LARGEST_CHUNK = 268_435_456;
/** Pixels in a row or column; beyond it positions of pixels would lose digits. */
const LARGEST_SIDE = 2 ** 31 - 1;
/** Bands; what claims more is damaged. */
const MOST_SAMPLES = 65_535;

/**
 * @throws Problem `raster-size`, `raster-type`, `raster-compression`, `raster-predictor` or `raster-chunk-too-large`.
 */
export async function readLayout(tiff: Tiff, directory: TiffDirectory): Promise<TiffLayout> {
  const number = (id: number, otherwise: number): Promise<number> => tagNumber(tiff, directory, id, otherwise);
  const file = tiff.source.name;
  const [width, height, samples] = [
    await number(IMAGE_WIDTH, 0),
    await number(IMAGE_LENGTH, 0),
    await number(SAMPLES_PER_PIXEL, 1),
  ];
  if (!isSide(width) || !isSide(height) || !isSide(samples) || samples > MOST_SAMPLES)
    throw new Problem('raster-size', { file, found: `${width} x ${height} x ${samples}` });
  const { type, bits, float } = await readType(tiff, directory);
  const code = await number(COMPRESSION, 1);
  const compression = compressionOf(code);
  const reversed = (await number(FILL_ORDER, 1)) === 2;
  if (compression === null || reversed)
    throw new Problem('raster-compression', { file, found: compression === null ? compressionName(code) : 'FillOrder 2' });
  const predictor = compression === 'none' || compression === 'packbits' ? 1 : await number(PREDICTOR, 1);
  const whole = bits === 8 || bits === 16 || bits === 32 || bits === 64;
  if (!(predictor === 1 || (predictor === 2 && whole) || (predictor === 3 && float)))
    throw new Problem('raster-predictor', { file, found: predictor });
  const planar = (await number(PLANAR_CONFIGURATION, 1)) === 2 && samples > 1;
  if (compression === 'jpeg' && (bits !== 8 || type !== 'uint8' || (!planar && samples !== 1 && samples !== 3)))
    throw new Problem('raster-compression', { file, found: `JPEG, ${samples} x ${bits} bit` });
  const tiled = directory.tags.has(TILE_WIDTH) || directory.tags.has(TILE_OFFSETS);
  const chunkWidth = tiled ? await number(TILE_WIDTH, 0) : width;
  const chunkHeight = tiled ? await number(TILE_LENGTH, 0) : Math.min(height, await number(ROWS_PER_STRIP, height));
  if (!isSide(chunkWidth) || !isSide(chunkHeight))
    throw new Problem('raster-size', { file, found: `${chunkWidth} x ${chunkHeight}` });
  const layout: TiffLayout = {
    width,
    height,
    samples,
    planar,
    type,
    bits,
    float,
    compression,
    predictor,
    photometric: await number(PHOTOMETRIC, 1),
    extraSamples: [...((await tagNumbers(tiff, directory, EXTRA_SAMPLES)) ?? [])].slice(0, samples),
    tiled,
    chunkWidth,
    chunkHeight,
    across: Math.ceil(width / chunkWidth),
    down: Math.ceil(height / chunkHeight),
    littleEndian: tiff.littleEndian,
    jpegTables: await tagRaw(tiff, directory, JPEG_TABLES),
  };
  const size = Math.max(rowBytes(layout), unpackedRowBytes(layout)) * chunkHeight;
  // strips that are not packed are read in parts
  if (size > LARGEST_CHUNK && (tiled || compression !== 'none' || rowBytes(layout) > LARGEST_CHUNK))
    throw new Problem('raster-chunk-too-large', {
      file,
      megabytes: Math.ceil(size / 1e6),
      limit: Math.floor(LARGEST_CHUNK / 1e6),
    });
  return layout;
}

const isSide = (value: number): boolean => Number.isInteger(value) && value >= 1 && value <= LARGEST_SIDE;

/** Values of a pixel that lie in one chunk. */
export function samplesInChunk({ planar, samples }: TiffLayout): number {
  return planar ? 1 : samples;
}

/** Bytes of one row of a chunk as stored, unpacked: rows begin at whole bytes. */
export function rowBytes(layout: TiffLayout): number {
  return Math.ceil((layout.chunkWidth * samplesInChunk(layout) * layout.bits) / 8);
}

/** Bytes of one row of a chunk as given out. */
function unpackedRowBytes(layout: TiffLayout): number {
  return layout.chunkWidth * samplesInChunk(layout) * bytesOf(layout.type);
}

/** Bytes of a value of a type. */
export function bytesOf(type: RasterType): number {
  return new RASTER_ARRAYS[type](new ArrayBuffer(0)).BYTES_PER_ELEMENT;
}

/** Rows of a strip that hold pixels; of a tile, all of its rows are stored. */
export function storedRows(layout: TiffLayout, chunkRow: number): number {
  return layout.tiled ? layout.chunkHeight : Math.min(layout.chunkHeight, layout.height - chunkRow * layout.chunkHeight);
}

async function readType(tiff: Tiff, directory: TiffDirectory): Promise<Pick<TiffLayout, 'type' | 'bits' | 'float'>> {
  const allBits = (await tagNumbers(tiff, directory, BITS_PER_SAMPLE)) ?? new Float64Array([1]);
  const formats = (await tagNumbers(tiff, directory, SAMPLE_FORMAT)) ?? new Float64Array([1]);
  const bits = allBits[0] ?? 1;
  const format = formats[0] ?? 1;
  const type =
    allBits.every((value) => value === bits) && formats.every((value) => value === format) ? typeOf(bits, format) : null;
  if (type === null) {
    const found = [...new Set(allBits)].map((value) => `${FORMATS[format] ?? `SampleFormat ${format}`} ${value}`).join(', ');
    throw new Problem('raster-type', { file: tiff.source.name, found });
  }
  return { type, bits, float: format === 3 };
}

/** TIFF 6.0, p. 80; 4 is undefined and taken for 1, as libtiff does; 5 and 6 are complex numbers. */
const FORMATS: Readonly<Record<number, string>> = {
  1: 'uint',
  2: 'int',
  3: 'float',
  4: 'uint',
  5: 'complex int',
  6: 'complex float',
};

function typeOf(bits: number, format: number): RasterType | null {
  if (!Number.isInteger(bits) || bits < 1) return null;
  if (format === 3) return bits === 16 || bits === 32 ? 'float32' : bits === 64 ? 'float64' : null;
  if (format === 2) return bits === 8 ? 'int8' : bits === 16 ? 'int16' : bits === 32 ? 'int32' : null;
  if (format !== 1 && format !== 4) return null;
  return bits <= 8 ? 'uint8' : bits <= 16 ? 'uint16' : bits === 32 ? 'uint32' : null;
}

/**
 * Where the chunks stand.
 * @throws Problem `raster-directory` where there are fewer places than chunks.
 */
export async function readPlaces(tiff: Tiff, directory: TiffDirectory, layout: TiffLayout): Promise<ChunkPlaces> {
  const chunks = layout.across * layout.down * (layout.planar ? layout.samples : 1);
  const offsets = await tagNumbers(tiff, directory, layout.tiled ? TILE_OFFSETS : STRIP_OFFSETS);
  const lengths = await tagNumbers(tiff, directory, layout.tiled ? TILE_BYTE_COUNTS : STRIP_BYTE_COUNTS);
  const file = tiff.source.name;
  if (offsets === null || offsets.length < chunks)
    throw new Problem('raster-directory', { file, offset: directory.offset, found: `${offsets?.length ?? 0} / ${chunks}` });
  if (lengths !== null && lengths.length >= chunks) return { offsets, lengths };
  if (layout.compression !== 'none')
    throw new Problem('raster-directory', { file, offset: directory.offset, found: `${lengths?.length ?? 0} / ${chunks}` });
  // old writers leave the lengths out where nothing is packed
  const known = Float64Array.from(
    { length: chunks },
    (_, i) => rowBytes(layout) * storedRows(layout, Math.floor(i / layout.across) % layout.down),
  );
  return { offsets, lengths: known };
}
