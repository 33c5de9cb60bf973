/**
 * The directories of a TIFF file, classic (TIFF 6.0, Adobe 1992) and BigTIFF, in both byte orders: which tags stand where.
 * Values are read when they are asked for, and never more than the file can hold.
 *
 *     const tiff = await readTiff(fileBytes('ndvi.tif'));
 *     const [first] = tiff.directories;
 *     await tagNumber(tiff, first, 256, 0);   // ImageWidth
 */
import { Problem } from '../problems.ts';
import type { ByteSource } from './byte-source.ts';

/** Where the values of a tag stand. */
export interface TiffTag {
  /** TIFF 6.0, p. 15; 16 to 18 in BigTIFF. */
  type: number;
  count: number;
  /** Of the first value, from the start of the file. */
  offset: number;
}

export interface TiffDirectory {
  offset: number;
  tags: ReadonlyMap<number, TiffTag>;
}

export interface Tiff {
  source: ByteSource;
  littleEndian: boolean;
  /** In the order of the file, each once. */
  directories: TiffDirectory[];
}

/** Bytes of a value by its type: BYTE, ASCII, SHORT, LONG, RATIONAL, SBYTE, UNDEFINED, SSHORT, SLONG, SRATIONAL, FLOAT, DOUBLE, IFD; LONG8, SLONG8, IFD8. */
const SIZES: Readonly<Record<number, number>> = {
  1: 1,
  2: 1,
  3: 2,
  4: 4,
  5: 8,
  6: 1,
  7: 1,
  8: 2,
  9: 4,
  10: 8,
  11: 4,
  12: 8,
  13: 4,
  16: 8,
  17: 8,
  18: 8,
};

/** More directories than any raster has: pages, overviews and masks together. */
const MOST_DIRECTORIES = 10_000;
/** More tags than are defined for one image. */
const MOST_TAGS = 4_096;
/** Numbers of one tag: the places of 16 million tiles. */
const MOST_NUMBERS = 16_777_216;
/** Texts and numbers of a tag are read up to this length [bytes]. */
const LONGEST_TAG = 8 * MOST_NUMBERS;

/**
 * Reads the header and all directories.
 * @throws Problem `raster-unknown`, `raster-truncated` or `raster-directory`.
 */
export async function readTiff(source: ByteSource): Promise<Tiff> {
  const head = await source.read(0, 16);
  const mark = String.fromCharCode(head[0] ?? 0, head[1] ?? 0);
  const littleEndian = mark === 'II';
  const view = new DataView(head.buffer, head.byteOffset, head.length);
  const magic = head.length >= 8 && (littleEndian || mark === 'MM') ? view.getUint16(2, littleEndian) : 0;
  if (magic !== 42 && magic !== 43) throw new Problem('raster-unknown', { file: source.name, found: startOf(head) });
  const big = magic === 43;
  if (big && (head.length < 16 || view.getUint16(4, littleEndian) !== 8))
    throw new Problem('raster-unknown', { file: source.name, found: startOf(head) });
  const tiff: Tiff = { source, littleEndian, directories: [] };
  const seen = new Set<number>();
  let next = big ? Number(view.getBigUint64(8, littleEndian)) : view.getUint32(4, littleEndian);
  while (next !== 0) {
    if (seen.has(next) || seen.size >= MOST_DIRECTORIES)
      throw damaged(tiff, next, seen.has(next) ? 'cycle' : `> ${MOST_DIRECTORIES}`);
    seen.add(next);
    const { directory, following } = await readDirectory(tiff, next, big);
    tiff.directories.push(directory);
    next = following;
  }
  if (tiff.directories.length === 0) throw damaged(tiff, 0, '0');
  return tiff;
}

async function readDirectory(tiff: Tiff, offset: number, big: boolean): Promise<{ directory: TiffDirectory; following: number }> {
  const { littleEndian } = tiff;
  const [countSize, entrySize, wordSize] = big ? [8, 20, 8] : [2, 12, 4];
  const word = (view: DataView, at: number): number =>
    big ? Number(view.getBigUint64(at, littleEndian)) : view.getUint32(at, littleEndian);
  const start = await bytesAt(tiff, offset, countSize);
  const entries = big ? word(start, 0) : start.getUint16(0, littleEndian);
  if (entries === 0 || entries > MOST_TAGS) throw damaged(tiff, offset, String(entries));
  const view = await bytesAt(tiff, offset + countSize, entries * entrySize + wordSize);
  const tags = new Map<number, TiffTag>();
  for (let i = 0; i < entries; i++) {
    const at = i * entrySize;
    const type = view.getUint16(at + 2, littleEndian);
    const count = word(view, at + 4);
    const size = SIZES[type];
    if (size === undefined) continue; // readers skip tags of types they do not know: TIFF 6.0, p. 16
    const value = at + 4 + wordSize;
    const inside = count * size <= wordSize;
    tags.set(view.getUint16(at, littleEndian), { type, count, offset: inside ? offset + countSize + value : word(view, value) });
  }
  return { directory: { offset, tags }, following: word(view, entries * entrySize) };
}

/**
 * The numbers of a tag; `null` where the directory does not have it. Rationals are divided.
 * @throws Problem `raster-directory` or `raster-truncated`.
 */
export async function tagNumbers(tiff: Tiff, directory: TiffDirectory, id: number): Promise<Float64Array | null> {
  const tag = directory.tags.get(id);
  if (tag === undefined) return null;
  const view = await tagBytes(tiff, directory, id, tag);
  const size = SIZES[tag.type] ?? 1;
  const read = NUMBERS[tag.type];
  if (read === undefined || tag.count > MOST_NUMBERS) throw damaged(tiff, directory.offset, `tag ${id}: ${tag.count}`);
  const values = new Float64Array(tag.count);
  for (let i = 0; i < values.length; i++) values[i] = read(view, i * size, tiff.littleEndian);
  return values;
}

/** The first number of a tag, or `otherwise`. */
export async function tagNumber(tiff: Tiff, directory: TiffDirectory, id: number, otherwise: number): Promise<number> {
  return (await tagNumbers(tiff, directory, id))?.[0] ?? otherwise;
}

/** The text of a tag without the zeros at its end; `null` where the directory does not have it. */
export async function tagText(tiff: Tiff, directory: TiffDirectory, id: number): Promise<string | null> {
  const bytes = await tagRaw(tiff, directory, id);
  return bytes === null ? null : new TextDecoder().decode(bytes).replace(/\0+$/, '');
}

/** The bytes of a tag as they stand; `null` where the directory does not have it. */
export async function tagRaw(tiff: Tiff, directory: TiffDirectory, id: number): Promise<Uint8Array | null> {
  const tag = directory.tags.get(id);
  if (tag === undefined) return null;
  const { buffer, byteOffset, byteLength } = await tagBytes(tiff, directory, id, tag);
  return new Uint8Array(buffer, byteOffset, byteLength);
}

async function tagBytes(tiff: Tiff, directory: TiffDirectory, id: number, { type, count, offset }: TiffTag): Promise<DataView> {
  const length = count * (SIZES[type] ?? 1);
  if (length > LONGEST_TAG) throw damaged(tiff, directory.offset, `tag ${id}: ${count}`);
  return bytesAt(tiff, offset, length);
}

const NUMBERS: Readonly<Record<number, (view: DataView, at: number, little: boolean) => number>> = {
  1: (view, at) => view.getUint8(at),
  3: (view, at, little) => view.getUint16(at, little),
  4: (view, at, little) => view.getUint32(at, little),
  5: (view, at, little) => view.getUint32(at, little) / view.getUint32(at + 4, little),
  6: (view, at) => view.getInt8(at),
  7: (view, at) => view.getUint8(at),
  8: (view, at, little) => view.getInt16(at, little),
  9: (view, at, little) => view.getInt32(at, little),
  10: (view, at, little) => view.getInt32(at, little) / view.getInt32(at + 4, little),
  11: (view, at, little) => view.getFloat32(at, little),
  12: (view, at, little) => view.getFloat64(at, little),
  13: (view, at, little) => view.getUint32(at, little),
  16: (view, at, little) => Number(view.getBigUint64(at, little)),
  17: (view, at, little) => Number(view.getBigInt64(at, little)),
  18: (view, at, little) => Number(view.getBigUint64(at, little)),
};

async function bytesAt({ source }: Tiff, offset: number, length: number): Promise<DataView> {
  if (offset + length > source.size)
    throw new Problem('raster-truncated', { file: source.name, size: source.size, expected: offset + length });
  const bytes = await source.read(offset, length);
  if (bytes.length < length)
    throw new Problem('raster-truncated', { file: source.name, size: offset + bytes.length, expected: offset + length });
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

function damaged({ source }: Tiff, offset: number, found: string): Problem {
  return new Problem('raster-directory', { file: source.name, offset, found });
}

/** The first bytes of a file, as letters where they are some. */
function startOf(head: Uint8Array): string {
  const letters = [...head.subarray(0, 8)].map((byte) => (byte > 32 && byte < 127 ? String.fromCharCode(byte) : '.')).join('');
  return head.length === 0 ? '' : letters;
}
