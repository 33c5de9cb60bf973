/**
 * The directory of a zip archive that may be larger than memory, by ranges (PKWARE APPNOTE 6.3.10); of entries only what is
 * asked for is read.
 *
 *     const entries = await readArchive(source);
 *     const { size, packed, read } = entries.get('pr/0.0.0');
 */
import { inflateSync } from 'fflate';
import { Problem } from '../problems.ts';
import type { ByteSource } from './byte-source.ts';

export interface ArchiveEntry {
  /** 0 stored, 8 deflate. */
  method: number;
  packed: number;
  size: number;
  /** Packed bytes, from `offset`. */
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** Node's zlib, taken so that bundlers for browsers do not look for it. */
const nodeZlib: typeof import('node:zlib') | null = globalThis.process?.getBuiltinModule?.('node:zlib') ?? null;

/** Pieces of a cube: ten thousand steps of a hundred pieces. */
const MOST_ENTRIES = 1_000_000;
/** The longest directory [bytes]. */
const LONGEST_DIRECTORY = 200_000_000;
const [END, END_64, LOCATOR_64, ENTRY, LOCAL] = [0x06054b50, 0x06064b50, 0x07064b50, 0x02014b50, 0x04034b50];
const ZIP_64 = 0x0001;
const ENCRYPTED = 1;

/** The files by name, folders left out. @throws Problem `archive-truncated`, `archive-damaged`, `archive-count`, `archive-encrypted`, `archive-method`. */
export async function readArchive(source: ByteSource): Promise<Map<string, ArchiveEntry>> {
  const file = source.name;
  const { count, at, length } = await directoryOf(source);
  if (count > MOST_ENTRIES) throw new Problem('archive-count', { file, found: count, limit: MOST_ENTRIES });
  const damaged = (found: string): Problem => new Problem('archive-damaged', { file, entry: '', found });
  if (!(length <= LONGEST_DIRECTORY) || at + length > source.size) throw damaged(`${length} B`);
  const bytes = await source.read(at, length);
  const view = viewOf(bytes);
  const entries = new Map<string, ArchiveEntry>();
  let place = 0;
  for (let i = 0; i < count; i++) {
    if (place + 46 > bytes.length || view.getUint32(place, true) !== ENTRY) throw damaged(`PK 1 2 (${at + place})`);
    const [names, extras, comments] = [28, 30, 32].map((offset) => view.getUint16(place + offset, true)) as [
      number,
      number,
      number,
    ];
    const next = place + 46 + names + extras + comments;
    if (next > bytes.length) throw damaged(`PK 1 2 (${at + place})`);
    const name = new TextDecoder().decode(bytes.subarray(place + 46, place + 46 + names));
    const flags = view.getUint16(place + 8, true);
    const method = view.getUint16(place + 10, true);
    const sizes = {
      packed: view.getUint32(place + 20, true),
      size: view.getUint32(place + 24, true),
      at: view.getUint32(place + 42, true),
    };
    widen(sizes, view, place + 46 + names, extras);
    place = next;
    if (name.endsWith('/')) continue;
    if ((flags & ENCRYPTED) !== 0) throw new Problem('archive-encrypted', { file, entry: name });
    if (method !== 0 && method !== 8) throw new Problem('archive-method', { file, entry: name, found: String(method) });
    entries.set(name.replaceAll('\\', '/'), entryAt(source, name, { method, ...sizes }));
  }
  return entries;
}

function entryAt(
  source: ByteSource,
  entry: string,
  { method, packed, size, at }: { method: number; packed: number; size: number; at: number },
): ArchiveEntry {
  let data: number | null = null;
  async function read(offset: number, length: number): Promise<Uint8Array> {
    if (data === null) {
      const head = await source.read(at, 30);
      const view = viewOf(head);
      if (head.length < 30 || view.getUint32(0, true) !== LOCAL)
        throw new Problem('archive-damaged', { file: source.name, entry, found: `PK 3 4 (${at})` });
      data = at + 30 + view.getUint16(26, true) + view.getUint16(28, true);
    }
    const wanted = Math.max(0, Math.min(length, packed - offset));
    const bytes = await source.read(data + offset, wanted);
    if (bytes.length < wanted) throw new Problem('archive-truncated', { file: source.name, found: source.size });
    return bytes;
  }
  return { method, packed, size: method === 0 ? packed : size, read };
}

/** The content of a packed entry. @throws Problem `archive-damaged` where it is not of the size that is stated. */
export function unpackEntry(bytes: Uint8Array, size: number, where: { file: string; entry: string }): Uint8Array {
  const damaged = (found: string, cause?: unknown): Problem => new Problem('archive-damaged', { ...where, found }, { cause });
  let out: Uint8Array;
  try {
    out =
      nodeZlib === null
        ? inflateSync(bytes, { out: new Uint8Array(size) })
        : nodeZlib.inflateRawSync(bytes, { maxOutputLength: Math.max(1, size) });
  } catch (error) {
    throw damaged((error as Error).message, error);
  }
  if (out.length !== size) throw damaged(`${out.length} B ≠ ${size} B`);
  return out;
}

/** Numbers that are too long for 32 bits stand in an extra field, in this order. */
function widen(sizes: { packed: number; size: number; at: number }, view: DataView, from: number, length: number): void {
  for (let at = from; at + 4 <= from + length; ) {
    const [kind, size] = [view.getUint16(at, true), view.getUint16(at + 2, true)];
    let place = at + 4;
    const end = Math.min(place + size, from + length);
    const long = (value: number): number => {
      if (value !== 0xffffffff || place + 8 > end) return value;
      place += 8;
      return Number(view.getBigUint64(place - 8, true));
    };
    if (kind === ZIP_64) {
      sizes.size = long(sizes.size);
      sizes.packed = long(sizes.packed);
      sizes.at = long(sizes.at);
    }
    at = at + 4 + size;
  }
}

async function directoryOf(source: ByteSource): Promise<{ count: number; at: number; length: number }> {
  const from = Math.max(0, source.size - 22 - 65_535 - 20);
  const tail = await source.read(from, source.size - from);
  const view = viewOf(tail);
  for (let end = tail.length - 22; end >= 0; end--) {
    if (view.getUint32(end, true) !== END) continue;
    const [count, length, at] = [view.getUint16(end + 10, true), view.getUint32(end + 12, true), view.getUint32(end + 16, true)];
    if (count !== 0xffff && at !== 0xffffffff && length !== 0xffffffff) return { count, at, length };
    const locator = end - 20;
    if (locator < 0 || view.getUint32(locator, true) !== LOCATOR_64) return { count, at, length };
    const record = viewOf(await source.read(Number(view.getBigUint64(locator + 8, true)), 56));
    if (record.byteLength < 56 || record.getUint32(0, true) !== END_64) break;
    return {
      count: Number(record.getBigUint64(32, true)),
      length: Number(record.getBigUint64(40, true)),
      at: Number(record.getBigUint64(48, true)),
    };
  }
  throw new Problem('archive-truncated', { file: source.name, found: source.size });
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}
