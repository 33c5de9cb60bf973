/**
 * Bytes from the file system: the only file below `cli/` that touches `node:fs`.
 *
 *     const file = readSource('zones.geojson');   // { name, bytes, digest }
 */
import {
  accessSync,
  closeSync,
  constants,
  fstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Problem } from '../problems.ts';
import { isAddress } from './address.ts';
import type { ByteSource } from './byte-source.ts';
import { urlBytes } from './byte-source-url.ts';
import { digestOf, newDigest } from './digest.ts';

export { blobBytes } from './byte-source.ts';
export { digestOf, urlBytes };

/** A file's content with what names it: messages show `name`, provenance keeps `digest`. */
export interface SourceFile {
  /** The name without its folder. */
  name: string;
  bytes: Uint8Array;
  /** `sha256:` and 64 hexadecimal digits. */
  digest: string;
}

/** The largest file that is read whole [bytes]: a Node buffer cannot be longer on 32-bit machines. */
const LARGEST_FILE = 1_000_000_000;

/** @throws Problem `file-missing`, `file-unreadable` or `file-too-large`. */
export function readSource(path: string): SourceFile {
  let size: number;
  try {
    const stat = statSync(path);
    if (stat.isDirectory()) throw new Problem('file-is-folder', { file: path });
    size = stat.size;
  } catch (error) {
    throw asProblem(error, path);
  }
  if (size > LARGEST_FILE)
    throw new Problem('file-too-large', { file: path, megabytes: Math.ceil(size / 1e6), limit: LARGEST_FILE / 1e6 });
  try {
    const bytes = readFileSync(path);
    let digest: string | undefined;
    return {
      name: basename(path),
      bytes,
      get digest() {
        digest ??= digestOf(bytes); // reckoned when it is asked for, since many never ask
        return digest;
      },
    };
  } catch (error) {
    throw asProblem(error, path);
  }
}

/** First bytes of a .shp or .shx file (ESRI 1998, table 1). */
const SHAPEFILE_START = '0000270a';

/** Endings of files that make up maps: what else lies in a folder is not looked at. */
const MAP_NAMES = /\.(shp|shx|dbf|prj|cpg|gpkg|geojson|json|kml|kmz|fgb|zip)$/i;

/** What a folder's maps may come to together [bytes]. */
const LARGEST_FOLDER = 300_000_000;

/**
 * The files that make up the map at `path`: the file itself, a folder's files, or a .shp with the parts that lie beside it.
 * @throws Problem `file-missing`, `file-unreadable` or `file-too-large`.
 */
export function readMapFiles(path: string): SourceFile[] {
  if (fileState(path) === 'folder') {
    const names = readdirSync(path, { recursive: true, encoding: 'utf8', withFileTypes: true })
      .filter((entry) => entry.isFile() && MAP_NAMES.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
    const size = names.reduce((sum, name) => sum + statSync(name).size, 0);
    if (size > LARGEST_FOLDER) {
      throw new Problem('file-too-large', { file: path, megabytes: Math.ceil(size / 1e6), limit: LARGEST_FOLDER / 1e6 });
    }
    if (names.length === 0) throw new Problem('folder-without-map', { file: path });
    // parts of maps are told apart by their folders
    return names.map((name) => ({ ...readSource(name), name: relative(path, name).replaceAll('\\', '/') }));
  }
  const file = readSource(path);
  if (Buffer.from(file.bytes.subarray(0, 4)).toString('hex') !== SHAPEFILE_START) return [file];
  const stem = (name: string): string => name.replace(/\.[^.]*$/, '').toLowerCase();
  const beside = readdirSync(dirname(path)).filter(
    (name) => stem(name) === stem(file.name) && name !== file.name && /\.(shp|shx|dbf|prj|cpg)$/i.test(name),
  );
  return [file, ...beside.map((name) => readSource(join(dirname(path), name)))];
}

/** What stands at `path`; `read-only` where the file or its folder cannot be written. */
export function fileState(path: string): 'missing' | 'folder' | 'read-only' | 'writable' {
  try {
    if (statSync(path).isDirectory()) return 'folder';
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'missing';
    throw asProblem(error, path);
  }
  try {
    accessSync(path, constants.W_OK);
    accessSync(dirname(path), constants.W_OK);
    return 'writable';
  } catch {
    return 'read-only';
  }
}

/** Writes `path` so that a reader sees the old file or the new one, never half of it. */
export function writeFile(path: string, content: string | Uint8Array): void {
  placeWhole(path, (draft) => writeFileSync(draft, content));
}

/** Lets `make` write a draft beside `path` and puts it there when it is whole; returns `path`. */
export function placeWhole(path: string, make: (draft: string) => void): string {
  const draft = `${path}.${process.pid}.draft`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    make(draft);
    renameSync(draft, path);
    return path;
  } catch (error) {
    rmSync(draft, { force: true });
    throw asProblem(error, path);
  }
}

/** Whether a file begins as SQLite files do. https://sqlite.org/fileformat.html#magic_header_string */
export function startsLikeSqlite(path: string): boolean {
  return new TextDecoder().decode(readHead(path, 16)) === 'SQLite format 3\0';
}

/**
 * The first bytes of a file, at most `length`.
 * @throws Problem `file-missing` or `file-unreadable`.
 */
export function readHead(path: string, length: number): Uint8Array {
  try {
    const file = openSync(path, 'r');
    try {
      const head = new Uint8Array(length);
      return head.subarray(0, readSync(file, head, 0, length, 0));
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw asProblem(error, path);
  }
}

/**
 * A file whose parts are read when they are asked for; it stays open until `close()`.
 * @throws Problem `file-missing`, `file-is-folder` or `file-unreadable`.
 */
export function fileBytes(path: string): ByteSource & Required<Pick<ByteSource, 'readSync'>> {
  let file: number | null;
  let size: number;
  try {
    if (statSync(path).isDirectory()) throw new Problem('file-is-folder', { file: path });
    file = openSync(path, 'r');
    size = fstatSync(file).size;
  } catch (error) {
    throw asProblem(error, path);
  }
  const readInto = (offset: number, into: Uint8Array): number => {
    try {
      if (file === null) throw Object.assign(new Error(path), { code: 'EBADF' });
      let at = 0;
      while (at < into.length) {
        const read = readSync(file, into, at, into.length - at, offset + at);
        if (read === 0) break; // the file ends here, or became shorter
        at += read;
      }
      return at;
    } catch (error) {
      throw asProblem(error, path);
    }
  };
  const readPart = (offset: number, length: number): Uint8Array => {
    const bytes = Buffer.allocUnsafeSlow(Math.max(0, Math.min(length, size - offset))); // every byte is written by readInto
    return bytes.subarray(0, readInto(offset, bytes));
  };
  const close = (): void => {
    if (file !== null) closeSync(file);
    file = null;
  };
  return {
    name: basename(path),
    size,
    readInto,
    readSync: readPart,
    read: async (offset, length) => readPart(offset, length),
    close,
  };
}

/**
 * Text of the file beside `path` whose name differs by its ending: `.tfw` beside `ndvi.tif`, or `.aux.xml` added to it;
 * without regard to case; `null` where there is none.
 */
export function readBeside(path: string, endings: readonly string[]): string | null {
  const stem = basename(path).replace(/\.[^.]*$/, '');
  const names = endings.flatMap((ending) => [`${stem}${ending}`, `${basename(path)}${ending}`].map((name) => name.toLowerCase()));
  const found = readdirSync(dirname(path)).find((name) => names.includes(name.toLowerCase()));
  return found === undefined ? null : new TextDecoder().decode(readSource(join(dirname(path), found)).bytes);
}

/** The bytes that `write` puts into a file of its own, which is gone afterwards. */
export function withScratchFile(write: (path: string) => void): Uint8Array<ArrayBuffer> {
  const folder = mkdtempSync(join(tmpdir(), 'saryarka-'));
  try {
    const path = join(folder, 'scratch');
    write(path);
    return new Uint8Array(readFileSync(path));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A folder of this process alone, which is gone when the process ends. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'saryarka-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/**
 * Writes a stream into `folder` as it comes, under its own digest, so that no name from elsewhere becomes a path.
 * @throws Problem `too-large` past `limit` bytes, `disk-full`; nothing is left behind then.
 */
export async function keepStream(
  stream: AsyncIterable<Uint8Array>,
  folder: string,
  { limit }: { limit: number },
): Promise<{ path: string; digest: string; size: number }> {
  const draft = join(folder, `${++drafts}.draft`);
  const hash = newDigest();
  const file = openSync(draft, 'wx', 0o600);
  let size = 0;
  try {
    for await (const chunk of stream) {
      size += chunk.length;
      if (size > limit) throw new Problem('too-large', { expected: Math.floor(limit / 1024 / 1024) });
      hash.update(chunk);
      for (let at = 0; at < chunk.length; ) at += writeSync(file, chunk, at);
    }
    const hex = hash.digest('hex');
    const path = join(folder, hex);
    renameSync(draft, path);
    return { path, digest: `sha256:${hex}`, size };
  } catch (error) {
    rmSync(draft, { force: true });
    throw isOfSystem(error) ? asProblem(error, folder) : error;
  } finally {
    closeSync(file);
  }
}

let drafts = 0;

/** Whether the operating system said no, and not we. */
function isOfSystem(error: unknown): boolean {
  return error instanceof Error && 'code' in error && 'syscall' in error;
}

/** Removes a file that may not be there any more. */
export function removeFile(path: string): void {
  rmSync(path, { force: true });
}

/** Sent at once: small beside the memory, large beside a disk's page [bytes]. */
const STREAM_PIECE = 1_000_000;

/** The bytes of the file at `path` piece by piece; `onEnd` is called once, when all are sent or nobody wants more. */
export function fileStream(path: string, onEnd: () => void): ReadableStream<Uint8Array<ArrayBuffer>> {
  const file = fileBytes(path);
  let at = 0;
  const end = (): void => {
    file.close();
    onEnd();
  };
  return new ReadableStream(
    {
      pull(controller) {
        const piece = file.readSync(at, STREAM_PIECE);
        at += piece.length;
        if (piece.length > 0) controller.enqueue(new Uint8Array(piece));
        if (at < file.size && piece.length > 0) return;
        controller.close();
        end();
      },
      cancel: end,
    },
    { highWaterMark: 1 },
  );
}

/**
 * Gives the file at `path`, with what SQLite keeps beside it, a name that is free: `korgalzhyn.before-restore.gpkg`, then
 * `korgalzhyn.before-restore-2.gpkg`. Returns that name.
 */
export function putAside(path: string): string {
  const kept = freeName(path);
  for (const ending of ['', '-wal', '-shm']) {
    if (fileState(`${path}${ending}`) !== 'missing') renameSync(`${path}${ending}`, `${kept}${ending}`);
  }
  return kept;
}

/** A name beside `path` that no file has. */
export function freeName(path: string): string {
  const stem = path.replace(/\.gpkg$/i, '');
  for (let n = 1; ; n++) {
    const name = `${stem}.before-restore${n === 1 ? '' : `-${n}`}.gpkg`;
    if (fileState(name) === 'missing') return name;
  }
}

/** Removes a file that was only made in passing, if it is there. */
export function discard(path: string): void {
  rmSync(path, { force: true });
}

/** Read at once for a digest: a raster may be larger than the memory [bytes]. */
const DIGEST_PIECE = 8_000_000;

/**
 * SHA-256 of the file at `path`, piece by piece. What an address holds is not fetched for it: its length stands instead
 * (`length:` and bytes), which says less.
 */
export async function digestOfSource(path: string): Promise<string> {
  if (isAddress(path)) {
    const source = await urlBytes(path);
    return `length:${source.size}`;
  }
  const file = fileBytes(path);
  const hash = newDigest();
  try {
    for (let at = 0; at < file.size; at += DIGEST_PIECE) {
      hash.update(file.readSync(at, Math.min(DIGEST_PIECE, file.size - at)));
      await new Promise((resolve) => setImmediate(resolve)); // a server has others to answer
    }
  } finally {
    file.close();
  }
  return `sha256:${hash.digest('hex')}`;
}

/** Path of something that ships with Saryarka (`data/indicators.csv`); the same from source and from the built package. */
export function shippedPath(...parts: string[]): string {
  return join(fileURLToPath(new URL('../../', import.meta.url)), ...parts);
}

/** Text of something that ships with Saryarka. */
export function readShipped(...parts: string[]): string {
  return new TextDecoder().decode(readSource(shippedPath(...parts)).bytes);
}

/** The version of Saryarka that is running, from its package. */
export function softwareVersion(): string {
  return (JSON.parse(readShipped('package.json')) as { version: string }).version;
}

/** Names of the files in a folder that ends with `suffix`, sorted. */
export function listFiles(folder: string, suffix: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(suffix))
    .sort();
}

function asProblem(error: unknown, path: string): Problem {
  if (error instanceof Problem) return error;
  const { code = 'unknown' } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return new Problem('file-missing', { file: path });
  if (code === 'ENOSPC') return new Problem('disk-full', { file: path });
  return new Problem('file-unreadable', { file: path, reason: code }, { cause: error });
}
