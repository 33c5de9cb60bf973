/**
 * HDF5 in WebAssembly (h5wasm) on a byte source: the library asks for bytes at once, so what lies far away is fetched first and
 * the question is asked again. Only the parts that it asks for are read, so files may be larger than memory.
 *
 *     const file = await openHdf5(source);
 *     await file.ask((h5, id) => h5.get_names(id, '/', true));
 *
 * Loaded when the first such file comes: it takes a tenth of a second and 40 MB.
 */
import { Problem } from '../problems.ts';
import type { ByteSource } from './byte-source.ts';
import { isHeapDamaged, lengthSize } from './netcdf-hdf5-heap.ts';

export interface Hdf5File {
  /**
   * What `question` finds out. It may be asked several times, so it only reads.
   * @throws Problem `cube-damaged`, or those of the source.
   */
  ask<T>(question: (h5: Hdf5, id: bigint) => T, about?: string): Promise<T>;
  close(): void;
}

/** What is fetched at least from far away [bytes]. */
const PART = 65_536;
/** Parts of far sources that are kept [bytes]; what one question needs stays in any case. */
const KEPT = 67_108_864;
/** Questions that need more parts than this are of a damaged file. */
const MOST_PARTS = 100_000;
/** Number of the error "input or output" in the library's file system (WASI). */
const EIO = 29;

/** How the library describes a dataset or an attribute. Classes of types: 0 integer, 1 float, 3 words, 8 enumeration. */
export interface Hdf5Shape {
  type: number;
  size: number;
  signed: boolean;
  /** Words of any length, which are pointers. */
  vlen: boolean;
  cset?: number;
  shape: number[] | null;
  chunks: number[] | null;
  total_size: number;
}

/** What of the library is used here: its own types need those of Emscripten. */
export interface Hdf5 {
  readonly HEAPU8: Uint8Array;
  readonly H5F_ACC_RDONLY: number;
  readonly H5G_DATASET: number;
  _malloc(bytes: number): number;
  _free(at: number): void;
  UTF8ToString(at: number): string;
  open(path: string, mode: number, trackOrder: boolean, low: number, high: number): bigint;
  close_file(id: bigint): number;
  get_names(id: bigint, path: string, recursive: boolean): string[];
  get_type(id: bigint, path: string): number;
  get_attribute_names(id: bigint, path: string): string[];
  get_attribute_metadata(id: bigint, path: string, name: string): Hdf5Shape;
  get_attribute_data(id: bigint, path: string, name: string, at: bigint): number;
  reclaim_vlen_memory(id: bigint, path: string, name: string, at: bigint): number;
  create_object_reference(id: bigint, path: string): Uint8Array;
  get_dataset_metadata(id: bigint, path: string): Hdf5Shape;
  get_dataset_filters(id: bigint, path: string): { id: number; name: string }[];
  get_dataset_data(id: bigint, path: string, count: bigint[], offset: bigint[], strides: bigint[], at: bigint): number;
}

/** What of the library's file system is used here. */
interface FileNode {
  usedBytes: number;
  stream_ops: Record<string, unknown>;
}

interface FileSystem {
  createFile(parent: string, name: string, properties: object, canRead: boolean, canWrite: boolean): FileNode;
  unlink(path: string): void;
  streams: ({ stream_ops: Record<string, unknown> } | undefined)[];
  ErrnoError: new (errno: number) => Error;
}

interface Library {
  h5: Hdf5;
  fs: FileSystem;
  /** What it wrote about its errors since it was last asked. */
  told(): string;
}

let library: Promise<Library> | null = null;
let opened = 0;

async function loadLibrary(): Promise<Library> {
  const { ready } = await import('h5wasm');
  const loaded = (await ready) as unknown as Hdf5 & { FS: FileSystem };
  const fs = loaded.FS;
  // errors go to a text instead of the console
  let text = '';
  const errors = fs.streams[2];
  if (errors !== undefined)
    errors.stream_ops = {
      ...errors.stream_ops,
      write: (_: unknown, buffer: Uint8Array, offset: number, length: number): number => {
        if (text.length < 20_000) text += new TextDecoder().decode(buffer.slice(offset, offset + length));
        return length;
      },
    };
  const told = (): string => {
    const all = text;
    text = '';
    return all;
  };
  return { h5: loaded, fs, told };
}

/** @throws Problem `cube-damaged`, or those of the source. */
export async function openHdf5(source: ByteSource): Promise<Hdf5File> {
  library ??= loadLibrary();
  const { h5, fs, told } = await library;
  const parts = partsOf(source);
  const lengths = await lengthSize(source);
  let heap = false;
  opened += 1;
  const place = `cube-${opened}`;
  const node = fs.createFile('/', place, {}, true, false);
  Object.defineProperty(node, 'usedBytes', { get: () => source.size });
  node.stream_ops = {
    ...node.stream_ops,
    read: (_: unknown, buffer: Uint8Array, offset: number, length: number, position: number): number => {
      const bytes = parts.get(position, Math.max(0, Math.min(length, source.size - position)));
      if (bytes === null) throw new fs.ErrnoError(EIO);
      // the library would walk through it for ever
      const about = { position, end: source.size, more: parts.get };
      const isDamaged = lengths === null ? false : isHeapDamaged(bytes, { ...about, lengths });
      heap ||= isDamaged === true;
      if (isDamaged !== false) throw new fs.ErrnoError(EIO);
      buffer.set(bytes, offset);
      return bytes.length;
    },
  };
  const damaged = (about: string, found: string, cause?: unknown): Problem =>
    new Problem('cube-damaged', { file: source.name, variable: about, found }, { cause });

  let before: Promise<unknown> = Promise.resolve();
  /** One question after another: they share what was fetched. */
  function ask<T>(question: () => T, about: string): Promise<T> {
    const answer = before.then(() => askNow(question, about));
    before = answer.catch(() => {});
    return answer;
  }

  async function askNow<T>(question: () => T, about: string): Promise<T> {
    parts.begin();
    for (let round = 0; round < MOST_PARTS; round++) {
      told();
      let answer: T | undefined;
      let failure: unknown = null;
      try {
        answer = question();
      } catch (error) {
        failure = error;
      }
      if (parts.failure() !== null) throw parts.failure();
      if (heap) throw damaged(about, 'global heap');
      // whatever was answered, it was without bytes that had to be fetched
      if (await parts.fetch()) continue;
      if (failure instanceof Problem) throw failure;
      // some of its functions go on after an error and leave out what they could not read
      const reason = reasonIn(told());
      if (failure === null && reason === null) return answer as T;
      throw damaged(about, reason ?? (failure as Error).message, failure);
    }
    throw damaged(about, `> ${MOST_PARTS}`);
  }

  const id = await ask(() => {
    const own = h5.open(`/${place}`, h5.H5F_ACC_RDONLY, false, -1, -1);
    if (own < 0n) throw new Error('H5Fopen');
    return own;
  }, '–').catch((error: unknown) => {
    fs.unlink(`/${place}`);
    throw error;
  });
  return {
    ask: (question, about = '–') => ask(() => question(h5, id), about),
    close: () => {
      h5.close_file(id);
      fs.unlink(`/${place}`);
      told();
    },
  };
}

/** The innermost reason in what the library writes: `#006: … line 412 in H5Z_pipeline(): filter returned failure`. */
export function reasonIn(text: string): string | null {
  const reasons = [...text.matchAll(/ in \w+\(\): (.+)/g)].map(([, reason = '']) => reason.split(':')[0]?.trim() ?? '');
  return reasons.at(-1) || null;
}

/** Bytes of a source for a library that cannot wait. */
function partsOf(source: ByteSource) {
  const kept = new Map<number, Uint8Array>();
  let missing: { offset: number; length: number }[] = [];
  let failed: unknown = null;
  let bytes = 0;

  /** The bytes, or `null` where some have to be fetched first. */
  function get(offset: number, length: number): Uint8Array | null {
    if (source.readSync !== undefined) {
      try {
        return source.readSync(offset, length);
      } catch (error) {
        failed = error;
        return null;
      }
    }
    const out = new Uint8Array(length);
    const wanted: number[] = [];
    for (let part = Math.floor(offset / PART); part * PART < offset + length; part++) {
      const own = kept.get(part);
      if (own === undefined) wanted.push(part);
      else {
        const from = Math.max(offset, part * PART);
        out.set(own.subarray(from - part * PART, offset + length - part * PART), from - offset);
      }
    }
    const [first, last] = [wanted[0], wanted.at(-1)];
    if (first === undefined || last === undefined) return out;
    missing.push({ offset: first * PART, length: (last + 1 - first) * PART });
    return null;
  }

  return {
    get,
    failure: () => failed,
    /** Lets go of parts that the last question needed. */
    begin(): void {
      failed = null;
      missing = [];
      for (const [part, own] of kept) {
        if (bytes <= KEPT) break;
        kept.delete(part);
        bytes -= own.length;
      }
    },
    /** Fetches what was missing; `false` where nothing was. */
    async fetch(): Promise<boolean> {
      if (missing.length === 0) return false;
      const wanted = missing;
      missing = [];
      for (const { offset, length } of wanted) {
        const got = await source.read(offset, Math.min(length, source.size - offset));
        for (let at = 0; at < got.length; at += PART) {
          const part = (offset + at) / PART;
          if (!kept.has(part)) {
            const own = got.slice(at, at + PART);
            kept.set(part, own);
            bytes += own.length;
          }
        }
        if (got.length < Math.min(length, source.size - offset))
          throw new Problem('cube-truncated', {
            file: source.name,
            variable: '–',
            size: offset + got.length,
            expected: Math.min(source.size, offset + length),
          });
      }
      return true;
    },
  };
}
