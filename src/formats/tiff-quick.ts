/**
 * The quick way to the values of a chunk that is packed with DEFLATE and lies in a file or in memory: three chunks are unpacked at a
 * time where it is known which ones come next, and nothing is allocated for what is packed.
 *
 *     const quick = quickReader(source, layout);
 *     quick.announce(chunks);
 *     quick.read(chunks[0], null);   // the values, or null: then it takes the long way
 *
 * Whatever is not as it should be takes the long way, which also finds the words for it.
 */
import type { ByteSource } from './byte-source.ts';
import type { RasterValues } from './raster.ts';
import { type Kernel, kernelFor, SLOTS, type Slot } from './tiff-kernel.ts';
import { rowBytes, samplesInChunk, type TiffLayout } from './tiff-layout.ts';
import { newValues, numbersOf } from './tiff-samples.ts';

/** Bytes of a file that hold `rows` rows of values. */
export interface PackedRows {
  offset: number;
  length: number;
  rows: number;
}

export interface QuickReader {
  /** Tells which chunks will be read next, in this order. */
  announce(chunks: readonly PackedRows[]): void;
  /** All samples of a chunk, in `into` where it is given; `null` where the long way is to be taken. */
  read(chunk: PackedRows, into: RasterValues | null): RasterValues | null;
}

/** A source that can also fill memory that is there already. */
export type FillingSource = ByteSource & { readInto?(offset: number, into: Uint8Array): number };

/** Chunks that were unpacked beside the one before, for as long as the kernel's turn is the same. */
interface Beside {
  chunks: PackedRows[];
  /** Of the first of them. */
  slot: Slot;
  kernel: Kernel;
  turn: number;
}

export function quickReader(source: FillingSource, layout: TiffLayout): QuickReader {
  const samples = samplesInChunk(layout);
  const bytesInRow = rowBytes(layout);
  const most = bytesInRow * layout.chunkHeight;
  const joins = layout.predictor === 3 && layout.bits === 32 && samples === 1 && layout.chunkWidth % 16 === 0;
  const able = layout.compression === 'deflate' && source.readSync !== undefined;
  let followers = new Map<number, PackedRows>();
  let beside: Beside | null = null;
  let inOrder = true;

  function announce(chunks: readonly PackedRows[]): void {
    if (able && inOrder) followers = new Map(chunks.slice(1).map((chunk, i) => [(chunks[i] as PackedRows).offset, chunk]));
  }

  /** Puts packed bytes where they are unpacked from; `false` where they are not all there. */
  function fetch(kernel: Kernel, slot: Slot, { offset, length }: PackedRows): boolean {
    if (length === 0 || offset + length > source.size) return false;
    const into = kernel.input(slot, length);
    if (source.readInto !== undefined) return source.readInto(offset, into) === length;
    const packed = source.readSync?.(offset, length);
    if (packed?.length !== length) return false;
    into.set(packed);
    return true;
  }

  /** A chunk and those that follow, as many as are unpacked at a time. */
  function withFollowers(chunk: PackedRows): PackedRows[] {
    const chunks = [chunk];
    while (chunks.length < SLOTS.length) {
      const next = followers.get((chunks.at(-1) as PackedRows).offset);
      if (next === undefined) break;
      chunks.push(next);
    }
    return chunks;
  }

  /** Unpacks chunks, as many as can be read; `false` where that is none. */
  function unpack(kernel: Kernel, chunks: PackedRows[]): boolean {
    const missing = chunks.findIndex((chunk, i) => !fetch(kernel, SLOTS[i] as Slot, chunk));
    const fetched = missing === -1 ? chunks : chunks.slice(0, missing);
    if (fetched.length === 0) return false;
    kernel.unpack(
      fetched.map(({ length }) => length),
      most,
    );
    if (fetched.length > 1) beside = { chunks: fetched.slice(1), slot: 1, kernel, turn: kernel.turn };
    return true;
  }

  function valuesIn(kernel: Kernel, slot: Slot, { rows }: PackedRows, into: RasterValues | null): RasterValues | null {
    const unpacked = kernel.output(slot);
    if (unpacked === null || unpacked.length < bytesInRow * rows) return null;
    const values = into ?? newValues(layout.type, layout.chunkWidth * samples * rows);
    if (!joins) return numbersOf(unpacked.subarray(0, bytesInRow * rows), layout, rows, { own: true, into: values });
    const joined = kernel.joinFloats(slot, layout.chunkWidth, rows);
    new Uint8Array(values.buffer, values.byteOffset, joined.length).set(joined);
    return values;
  }

  function read(chunk: PackedRows, into: RasterValues | null): RasterValues | null {
    if (!able) return null;
    const before = beside;
    beside = null;
    if (before !== null) {
      const { kernel, turn, slot, chunks } = before;
      const [expected, ...others] = chunks as [PackedRows, ...PackedRows[]];
      if (expected.offset === chunk.offset && expected.length === chunk.length && kernel.turn === turn) {
        if (others.length > 0) beside = { ...before, chunks: others, slot: (slot + 1) as Slot };
        return valuesIn(kernel, slot, chunk, into);
      }
      // other rasters are read in between, or others of its chunks: unpacking ahead would be for nothing again
      inOrder = false;
      followers.clear();
    }
    const chunks = withFollowers(chunk);
    const kernel = kernelFor(Math.max(...chunks.map(({ length }) => length)), most);
    if (kernel === null || !unpack(kernel, chunks)) return null;
    return valuesIn(kernel, 0, chunk, into);
  }

  return { announce, read };
}
