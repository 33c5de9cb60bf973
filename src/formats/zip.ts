/**
 * Zip archives that may be damaged, hostile or made on a Russian Windows: nothing is written to disk, and sizes are checked
 * before memory is given.
 *
 *     const { entries } = readZip(file, newBudget());
 *     const bytes = unpack(file, entries[0], budget);
 *
 * Reference: PKWARE APPNOTE 6.3.10; the Info-ZIP Unicode path field 0x7075.
 */
import { Inflate } from 'fflate';
import { Problem } from '../problems.ts';
import type { ReadingNote } from './layer.ts';
import type { SourceFile } from './source-node.ts';
import { decodeText, guessEncoding, isAscii } from './text.ts';

/** Files in an archive, those of archives inside it included. */
export const MOST_ENTRIES = 10_000;
/** What an archive may unpack to altogether [bytes]. */
export const LARGEST_UNPACKED = 300_000_000;
/** How far an entry above `RATIO_FREE` may be packed; maps reach about 30, deflate's limit is 1032. */
export const MOST_RATIO = 200;
/** Entries up to this size may be packed to any ratio [bytes]. */
export const RATIO_FREE = 20_000_000;
/** Archives inside archives. */
export const DEEPEST_ARCHIVE = 2;

/** Packed bytes handed to the inflater at a time [bytes]: 66 MB at most come of it, 260 kB of a head. */
const CHUNK = 65_536;
const HEAD_CHUNK = 256;

export type Bytes = Pick<SourceFile, 'name' | 'bytes'>;

/** What one input may still unpack. */
export interface Budget {
  entries: number;
  bytes: number;
}

export interface ZipEntry {
  /** Path in the archive with `/` between folders. */
  name: string;
  method: number;
  packed: number;
  size: number;
  crc: number;
  encrypted: boolean;
  at: number;
}

/** The allowance that one call of `openMap` starts with. */
export function newBudget(): Budget {
  return { entries: MOST_ENTRIES, bytes: LARGEST_UNPACKED };
}

/**
 * The files of a zip archive, folders and the shadow files of macOS left out.
 * @throws Problem `archive-truncated`, `archive-damaged`, `archive-count`, `archive-name-climbs`.
 */
export function readZip(file: Bytes, budget: Budget): { entries: ZipEntry[]; notes: ReadingNote[] } {
  const view = viewOf(file.bytes);
  try {
    const { count, at } = directoryOf(file, view);
    if (count > budget.entries) throw new Problem('archive-count', { file: file.name, found: count, limit: MOST_ENTRIES });
    budget.entries -= count;
    return readDirectory(file, view, count, at);
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem('archive-damaged', { file: file.name, entry: '', found: (error as Error).message }, { cause: error });
  }
}

/**
 * The content of one entry, checked by size and CRC-32.
 * @throws Problem `archive-encrypted`, `archive-method`, `archive-bomb`, `archive-damaged`.
 */
export function unpack(file: Bytes, entry: ZipEntry, budget: Budget): Uint8Array {
  const where = { file: file.name, entry: entry.name };
  if (entry.encrypted) throw new Problem('archive-encrypted', where);
  if (entry.method !== 0 && entry.method !== 8) throw new Problem('archive-method', { ...where, found: String(entry.method) });
  const tooLarge = entry.size > budget.bytes || (entry.size > RATIO_FREE && entry.size > entry.packed * MOST_RATIO);
  if (tooLarge)
    throw new Problem('archive-bomb', {
      ...where,
      megabytes: Math.round(entry.size / 1e6),
      packed: Math.ceil(entry.packed / 1e6),
      limit: LARGEST_UNPACKED / 1e6,
    });
  budget.bytes -= entry.size;
  const bytes = inflated(file, entry, entry.size);
  if (bytes.length !== entry.size)
    throw new Problem('archive-damaged', { ...where, found: `${bytes.length} B ≠ ${entry.size} B` });
  if (crc32(bytes) !== entry.crc) throw new Problem('archive-damaged', { ...where, found: 'CRC-32' });
  return bytes;
}

/** The first bytes of an entry, to recognise it by. */
export function head(file: Bytes, entry: ZipEntry, length: number): Uint8Array {
  if (entry.encrypted || (entry.method !== 0 && entry.method !== 8)) return new Uint8Array(0);
  return inflated(file, entry, Math.min(length, entry.size));
}

/** Up to `limit` bytes of an entry; stops as soon as there are more. */
function inflated(file: Bytes, entry: ZipEntry, limit: number): Uint8Array {
  const where = { file: file.name, entry: entry.name };
  const start = dataOffset(file, entry);
  const packed = file.bytes.subarray(start, start + entry.packed);
  if (packed.length < entry.packed) throw new Problem('archive-truncated', { file: file.name, found: file.bytes.length });
  if (entry.method === 0) return packed.subarray(0, limit);
  const out = new Uint8Array(Math.min(limit, entry.packed * 1040 + 1040));
  const chunk = limit === entry.size ? CHUNK : HEAD_CHUNK;
  let length = 0;
  let over = false;
  const inflate = new Inflate((part) => {
    over ||= part.length > out.length - length;
    const fitting = part.subarray(0, out.length - length);
    out.set(fitting, length);
    length += fitting.length;
  });
  try {
    for (let at = 0; at < packed.length && !over && (length < limit || limit === entry.size); at += chunk) {
      inflate.push(packed.subarray(at, at + chunk), at + chunk >= packed.length);
    }
  } catch (error) {
    throw new Problem('archive-damaged', { ...where, found: (error as Error).message }, { cause: error });
  }
  if (over && limit === entry.size && limit > 0) throw new Problem('archive-damaged', { ...where, found: `> ${entry.size} B` });
  return out.subarray(0, length);
}

function dataOffset(file: Bytes, entry: ZipEntry): number {
  const view = viewOf(file.bytes);
  if (entry.at + 30 > file.bytes.length || view.getUint32(entry.at, true) !== 0x04034b50) {
    throw new Problem('archive-damaged', { file: file.name, entry: entry.name, found: `PK 3 4 (${entry.at})` });
  }
  return entry.at + 30 + view.getUint16(entry.at + 26, true) + view.getUint16(entry.at + 28, true);
}

/** Where the central directory begins, and how many entries it claims. */
function directoryOf(file: Bytes, view: DataView): { count: number; at: number } {
  const lowest = Math.max(0, view.byteLength - 22 - 65_535);
  for (let end = view.byteLength - 22; end >= lowest; end--) {
    if (view.getUint32(end, true) !== 0x06054b50) continue;
    const count = view.getUint16(end + 10, true);
    const at = view.getUint32(end + 16, true);
    if (count !== 0xffff && at !== 0xffffffff) return { count, at };
    const locator = end - 20;
    if (locator < 0 || view.getUint32(locator, true) !== 0x07064b50) return { count, at };
    const record = Number(view.getBigUint64(locator + 8, true));
    return { count: Number(view.getBigUint64(record + 32, true)), at: Number(view.getBigUint64(record + 48, true)) };
  }
  throw new Problem('archive-truncated', { file: file.name, found: view.byteLength });
}

function readDirectory(file: Bytes, view: DataView, count: number, start: number): { entries: ZipEntry[]; notes: ReadingNote[] } {
  const raw: { entry: Omit<ZipEntry, 'name'>; path: Uint8Array; utf8: boolean }[] = [];
  let at = start;
  for (let i = 0; i < count; i++) {
    if (view.getUint32(at, true) !== 0x02014b50)
      throw new Problem('archive-damaged', { file: file.name, entry: String(i + 1), found: `PK 1 2 (${at})` });
    const [nameLength, extraLength, commentLength] = [
      view.getUint16(at + 28, true),
      view.getUint16(at + 30, true),
      view.getUint16(at + 32, true),
    ];
    const flags = view.getUint16(at + 8, true);
    const extra = new DataView(view.buffer, view.byteOffset + at + 46 + nameLength, extraLength);
    const unicode = fieldOf(extra, 0x7075);
    raw.push({
      entry: {
        method: view.getUint16(at + 10, true),
        crc: view.getUint32(at + 16, true),
        encrypted: (flags & 1) === 1,
        ...sizesOf(view, at, extra),
      },
      path: unicode === null ? file.bytes.subarray(at + 46, at + 46 + nameLength) : unicode.subarray(5),
      utf8: unicode !== null || (flags & 0x800) !== 0,
    });
    at += 46 + nameLength + extraLength + commentLength;
  }
  // entries that share their data are how small archives are made to unpack for hours (D. Fifield, A better zip bomb, 2019)
  const claimed = raw.reduce((sum, { entry }) => sum + 30 + entry.packed, 0);
  if (claimed > view.byteLength) throw new Problem('archive-truncated', { file: file.name, found: view.byteLength });
  const unsure = raw.filter(({ utf8, path }) => !utf8 && !isAscii(path));
  const encoding = guessEncoding(unsure.map(({ path }) => path));
  const notes =
    unsure.length > 0 && encoding !== 'utf-8' ? [{ code: 'archive-names-guessed', details: { file: file.name, encoding } }] : [];
  const entries = raw.map(({ entry, path, utf8 }) => ({
    ...entry,
    name: decodeText(path, utf8 || encoding === 'ascii' ? 'utf-8' : encoding).replaceAll('\\', '/'),
  }));
  const climbing = entries.find(({ name }) => /^\/|^[a-z]:|(^|\/)\.\.(\/|$)|\0/i.test(name));
  if (climbing !== undefined) throw new Problem('archive-name-climbs', { file: file.name, found: climbing.name });
  return { entries: entries.filter(({ name }) => !name.endsWith('/') && !/(^|\/)(__MACOSX\/|\._)/.test(name)), notes };
}

/** Packed and unpacked size and offset, from the ZIP64 field where the small ones are full. */
function sizesOf(view: DataView, at: number, extra: DataView): { packed: number; size: number; at: number } {
  const small = { size: view.getUint32(at + 24, true), packed: view.getUint32(at + 20, true), at: view.getUint32(at + 42, true) };
  const large = fieldOf(extra, 1);
  if (large === null) return small;
  const wide = viewOf(large);
  let next = 0;
  for (const key of ['size', 'packed', 'at'] as const) {
    if (small[key] !== 0xffffffff) continue;
    small[key] = Number(wide.getBigUint64(next, true));
    next += 8;
  }
  return small;
}

function fieldOf(extra: DataView, id: number): Uint8Array | null {
  for (let at = 0; at + 4 <= extra.byteLength; at += 4 + extra.getUint16(at + 2, true)) {
    const length = extra.getUint16(at + 2, true);
    if (extra.getUint16(at, true) === id && at + 4 + length <= extra.byteLength)
      return new Uint8Array(extra.buffer, extra.byteOffset + at + 4, length);
  }
  return null;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

const CRC = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});

/** CRC-32 of ISO 3309, as zip archives use it. */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (let i = 0; i < bytes.length; i++) crc = (CRC[(crc ^ (bytes[i] ?? 0)) & 255] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}
