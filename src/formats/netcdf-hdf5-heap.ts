/**
 * Looks at global heaps of HDF5 before its library does, which walks from object to object by their sizes and never comes to an end
 * where a damaged size leads it onto zeros. (HDF5 file format, III.E, "Global Heap".)
 *
 *     const lengths = await lengthSize(source);             // 8 [bytes]
 *     isHeapDamaged(bytes, { position, lengths, end: source.size, more });
 */
import type { ByteSource } from './byte-source.ts';

/** `GCOL` and version 1, then three zeros. */
const SIGNATURE = [0x47, 0x43, 0x4f, 0x4c, 1, 0, 0, 0];
/** Objects begin at multiples of this, counted from the head of their heap [bytes]. */
const ALIGNED = 8;
/** Head of a heap, and of each object: number, references, four zeros, size; rounded up to `ALIGNED` for sizes of 4 bytes and of 8. */
const HEAD = 16;
/** First bytes of an HDF5 file, and where they may stand (II.A). */
const SUPERBLOCK = [0x89, 0x48, 0x44, 0x46];
const PLACES = [0, 512, 1024, 2048];
/** A heap is made for words of attributes: larger ones are a damaged size [bytes]. */
const LARGEST = 67_108_864;

/** Bytes that a length takes in this file, as its superblock says it; `null` where that is damaged or of no use here. */
export async function lengthSize(source: ByteSource): Promise<4 | 8 | null> {
  for (const place of PLACES) {
    if (place + HEAD > source.size) return null;
    const bytes = await source.read(place, HEAD);
    if (!SUPERBLOCK.every((byte, i) => bytes[i] === byte)) continue;
    const size = (bytes[8] ?? 0) < 2 ? bytes[14] : bytes[10];
    return size === 4 || size === 8 ? size : null;
  }
  return null;
}

export interface HeapPlace {
  /** Where the bytes lie in the file. */
  position: number;
  /** Bytes of a length. */
  lengths: 4 | 8;
  /** Size of the file. */
  end: number;
  /** Other bytes of the file; `null` where they have to be fetched first. */
  more(position: number, length: number): Uint8Array | null;
}

/**
 * Whether bytes hold a heap that cannot be walked through; `null` where more of it has to be fetched to know. The library reads the
 * first 4 kB of a heap and then the rest by itself, so a heap is looked at as a whole when its beginning comes.
 */
export function isHeapDamaged(bytes: Uint8Array, { position, lengths, end, more }: HeapPlace): boolean | null {
  const [first = 0] = SIGNATURE;
  for (let at = bytes.indexOf(first); at !== -1 && at + HEAD <= bytes.length; at = bytes.indexOf(first, at + 1)) {
    if (!SIGNATURE.every((byte, i) => bytes[at + i] === byte)) continue;
    const size = lengthAt(viewOf(bytes), at + ALIGNED, lengths);
    if (size < HEAD || size > LARGEST || position + at + size > end) return true;
    const heap = at + size <= bytes.length ? bytes.subarray(at, at + size) : more(position + at, size);
    if (heap === null) return null;
    if (!isWalkable(viewOf(heap), size, lengths)) return true;
  }
  return false;
}

function isWalkable(view: DataView, size: number, lengths: 4 | 8): boolean {
  for (let at = HEAD; at + HEAD <= size; ) {
    const isFree = view.getUint16(at, true) === 0;
    const own = lengthAt(view, at + ALIGNED, lengths);
    // the size of free room holds its head, that of an object does not
    const step = isFree ? own : HEAD + Math.ceil(own / ALIGNED) * ALIGNED;
    if (step < HEAD || at + step > size) return false;
    at += step;
    if (isFree && at + HEAD <= size) return false; // free room is what is left
  }
  return true;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function lengthAt(view: DataView, at: number, lengths: 4 | 8): number {
  return lengths === 4 ? view.getUint32(at, true) : view.getUint32(at, true) + 2 ** 32 * view.getUint32(at + 4, true);
}
