/**
 * Where the pieces of a Zarr cube lie: a folder, a zip archive, or an address.
 *
 *     const store = await zipStore(fileBytes('cube.zarr.zip'));
 *     await store.get('/pr/.zarray');   // bytes, or undefined where there is none
 */
import { join } from 'node:path';
import { Problem } from '../problems.ts';
import type { ByteSource } from './byte-source.ts';
import { LARGEST_BLOCK } from './cf-cube.ts';
import { fileBytes, fileState, listFiles } from './source-node.ts';
import { type ArchiveEntry, readArchive, unpackEntry } from './zarr-archive.ts';

/** Part of a value, from its start or its end. */
export type ZarrRange = { offset: number; length: number } | { suffixLength: number };

export interface ZarrOptions {
  signal?: AbortSignal;
}

export interface ZarrStore {
  /** As messages show it. */
  name: string;
  /** @throws Problem `cube-piece-too-large`, or those of the place. */
  get(key: string, options?: ZarrOptions): Promise<Uint8Array | undefined>;
  getRange(key: string, range: ZarrRange, options?: ZarrOptions): Promise<Uint8Array | undefined>;
  /** Keys of metadata; `null` where the place cannot list them. */
  list(): Promise<string[] | null>;
  close(): void;
}

/** Names of metadata in both versions of the format. */
export const METADATA = /(^|\/)(\.zarray|\.zgroup|\.zattrs|\.zmetadata|zarr\.json)$/;
/** Folders in folders that are looked through for variables. */
const DEEPEST = 4;
/** Folders that are looked through: chunks lie in folders, too. */
const MOST_FOLDERS = 10_000;

/** A Zarr store in a folder. */
export function folderStore(path: string, name: string): ZarrStore {
  const part = (
    key: string,
    read: (source: ByteSource & { readSync(offset: number, length: number): Uint8Array }) => Uint8Array,
  ) => {
    let source: ReturnType<typeof fileBytes>;
    try {
      source = fileBytes(join(path, ...segmentsOf(key)));
    } catch (error) {
      if (error instanceof Problem && (error.code === 'file-missing' || error.code === 'file-is-folder')) return undefined;
      throw error;
    }
    try {
      return read(source);
    } finally {
      source.close();
    }
  };
  return {
    name,
    get: async (key) => part(key, (source) => source.readSync(0, fitting(source.size, name, key))),
    getRange: async (key, range) =>
      part(key, (source) => {
        const { offset, length } = placed(range, source.size);
        return source.readSync(offset, fitting(length, name, key));
      }),
    list: async () => listFolder(path),
    close: () => {},
  };
}

/** Keys of metadata in a folder and those below it. */
function listFolder(root: string): string[] {
  const found: string[] = [];
  let folders = 0;
  const walk = (inside: string[]): void => {
    const names = listFiles(join(root, ...inside), '');
    const own = names.filter((name) => METADATA.test(name));
    found.push(...own.map((name) => ['', ...inside, name].join('/')));
    // below an array only its chunks lie
    if (inside.length >= DEEPEST || own.includes('.zarray')) return;
    for (const name of names) {
      if (METADATA.test(name) || /^(c|\d[\d.]*)$/.test(name)) continue;
      folders += 1;
      if (folders <= MOST_FOLDERS && fileState(join(root, ...inside, name)) === 'folder') walk([...inside, name]);
    }
  };
  walk([]);
  return found;
}

/** The parts of a key: none of them leads upwards or out. */
function segmentsOf(key: string): string[] {
  return key.split(/[\\/]/).filter((segment) => segment !== '' && segment !== '.' && segment !== '..');
}

/** A Zarr store in a zip archive, which may lie in a folder of its own inside. @throws Problem `archive-…`. */
export async function zipStore(source: ByteSource): Promise<ZarrStore> {
  const entries = await readArchive(source);
  const roots = [...entries.keys()].filter((name) => /(^|\/)(\.zgroup|\.zmetadata|zarr\.json|\.zarray)$/.test(name));
  const root = roots.map((name) => name.replace(/[^/]*$/, '')).sort((a, b) => a.length - b.length || (a < b ? -1 : 1))[0] ?? '';
  const entryOf = (key: string): ArchiveEntry | undefined => entries.get(root + segmentsOf(key).join('/'));
  const whole = async (entry: ArchiveEntry, key: string): Promise<Uint8Array> => {
    fitting(Math.max(entry.size, entry.packed), source.name, key);
    const bytes = await entry.read(0, entry.packed);
    return entry.method === 0 ? bytes : unpackEntry(bytes, entry.size, { file: source.name, entry: key });
  };
  return {
    name: source.name,
    get: async (key) => {
      const entry = entryOf(key);
      return entry === undefined ? undefined : whole(entry, key);
    },
    getRange: async (key, range) => {
      const entry = entryOf(key);
      if (entry === undefined) return undefined;
      const { offset, length } = placed(range, entry.size);
      if (entry.method === 0) return entry.read(offset, fitting(length, source.name, key));
      return (await whole(entry, key)).subarray(offset, offset + length);
    },
    list: async () => [...entries.keys()].filter((name) => name.startsWith(root)).map((name) => `/${name.slice(root.length)}`),
    close: () => source.close(),
  };
}

/** Where a range lies in a value of `size`. */
export function placed(range: ZarrRange, size: number): { offset: number; length: number } {
  if ('suffixLength' in range)
    return { offset: Math.max(0, size - range.suffixLength), length: Math.min(size, range.suffixLength) };
  return { offset: range.offset, length: Math.max(0, Math.min(range.length, size - range.offset)) };
}

/** @throws Problem `cube-piece-too-large`. */
export function fitting(length: number, file: string, piece: string): number {
  if (!(length <= LARGEST_BLOCK))
    throw new Problem('cube-piece-too-large', {
      file,
      piece,
      megabytes: Math.ceil(length / 1e6),
      limit: Math.floor(LARGEST_BLOCK / 1e6),
    });
  return length;
}
