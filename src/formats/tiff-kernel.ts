/**
 * Unpacking of DEFLATE in WebAssembly (tiff-kernel.c): three streams at a time in little more than the time of one, into memory
 * that is used again and again.
 *
 *     const kernel = kernelFor(packed, 1_048_576);          // null where there is none, or the memory would be too large
 *     kernel.input(0, packed).set(bytes);
 *     kernel.unpack([packed], 1_048_576);
 *     kernel.output(0);                                     // the bytes, or null where they are damaged
 *
 * Nothing here may wait between writing and reading: the memory is the same for all rasters of a thread.
 */
import { KERNEL_BYTES } from './tiff-kernel-bytes.ts';

/** What is used of WebAssembly, which is no part of the language. */
declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object) => { exports: unknown };
};

interface KernelExports {
  memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  /** Place, length and place of the output for each of three streams, then how long an output may be. */
  unpack(...numbers: number[]): void;
  unpacked(which: number): number;
  join_floats(from: number, to: number, width: number, rows: number): void;
  free_from(): number;
}

export type Slot = 0 | 1 | 2;

/** Streams that are unpacked at a time. */
export const SLOTS: readonly Slot[] = [0, 1, 2];

export interface Kernel {
  /** Changes with every unpacking: what was unpacked before is then gone. */
  readonly turn: number;
  /** Where the packed bytes of a stream are to be written, `length` of them. */
  input(slot: Slot, length: number): Uint8Array<ArrayBuffer>;
  /** Unpacks what was written to as many slots as there are lengths, to `most` bytes each. */
  unpack(lengths: readonly number[], most: number): void;
  /** What a stream held, until the next unpacking; it may be written to. `null` where the stream is damaged or held more. */
  output(slot: Slot): Uint8Array<ArrayBuffer> | null;
  /** The 32-bit values of an output with predictor 3, `width` a multiple of 16; they stand until the next call. */
  joinFloats(slot: Slot, width: number, rows: number): Uint8Array<ArrayBuffer>;
}

/** Streams that are longer, packed or unpacked, are not for this memory [bytes]. */
const LONGEST = 8_388_608;
/** What may be read and written beyond an end; tiff-kernel.c says how much less it is. */
const BEYOND = 512;
const PAGE = 65_536;

let made: ReturnType<typeof makeKernel> | undefined;

/** The kernel of this thread with room for streams of `packed` bytes that unpack to `most`. */
export function kernelFor(packed: number, most: number): Kernel | null {
  if (packed > LONGEST || most > LONGEST) return null;
  made ??= makeKernel();
  made?.makeRoom(packed, most);
  return made;
}

/** `null` where there is no WebAssembly, or no such as this. */
function makeKernel(): (Kernel & { makeRoom(packed: number, most: number): void }) | null {
  let exports: KernelExports;
  try {
    const bytes = Uint8Array.from(atob(KERNEL_BYTES), (letter) => letter.charCodeAt(0));
    exports = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports as KernelExports;
  } catch {
    return null;
  }
  const { memory } = exports;
  const start = Math.ceil(exports.free_from() / 64) * 64;
  let room = { packed: 0, most: 0 };
  let turn = 0;
  const inputAt = (slot: Slot): number => start + slot * room.packed;
  const outputAt = (slot: Slot | 3): number => start + SLOTS.length * room.packed + slot * room.most;
  const bytesAt = (from: number, length: number): Uint8Array<ArrayBuffer> => new Uint8Array(memory.buffer, from, length);
  return {
    get turn() {
      return turn;
    },
    makeRoom(packed, most) {
      const needed = { packed: roomFor(packed), most: roomFor(most) };
      if (needed.packed <= room.packed && needed.most <= room.most) return;
      room = { packed: Math.max(room.packed, needed.packed), most: Math.max(room.most, needed.most) };
      turn += 1;
      const missing = start + SLOTS.length * room.packed + (SLOTS.length + 1) * room.most - memory.buffer.byteLength;
      if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
    },
    input: (slot, length) => bytesAt(inputAt(slot), length),
    unpack(lengths, most) {
      turn += 1;
      exports.unpack(...SLOTS.flatMap((slot) => [inputAt(slot), lengths[slot] ?? 0, outputAt(slot)]), most);
    },
    output(slot) {
      const length = exports.unpacked(slot);
      return length < 0 ? null : bytesAt(outputAt(slot), length);
    },
    joinFloats(slot, width, rows) {
      exports.join_floats(outputAt(slot), outputAt(3), width, rows);
      return bytesAt(outputAt(3), width * rows * 4);
    },
  };
}

/** Whole pages, so that room grows seldom. */
function roomFor(bytes: number): number {
  return Math.ceil((bytes + BEYOND) / PAGE) * PAGE;
}
