/**
 * What a Darwin Core archive is kept in: a folder, a zip, a gzipped tar, or one file alone. Files come as pieces of bytes, never whole,
 * so that a download of several gigabytes needs no more memory than a small one.
 *
 *     const container = await openContainer('0021794-260906.zip');
 *     container.files                                   // ['citations.txt', 'meta.xml', 'occurrence.txt', …]
 *     for await (const bytes of container.pieces('occurrence.txt')) …
 *     container.close();
 */
import { Gunzip, Inflate } from 'fflate';
import { Problem } from '../problems.ts';
import type { ByteSource } from './byte-source.ts';
import { fileBytes, fileState, listFiles } from './source-node.ts';
import { type ArchiveEntry, readArchive } from './zarr-archive.ts';

export interface Container {
  name: string;
  kind: 'folder' | 'zip' | 'tar' | 'file';
  /** Paths with `/`, without the folder that all lie in, sorted; the shadow files of macOS are left out. */
  files: string[];
  /** Bytes of `file` in pieces; a piece is overwritten by nobody. */
  pieces(file: string): AsyncGenerator<Uint8Array>;
  close(): void;
}

/** Node's zlib, taken so that bundlers for browsers do not look for it: it unpacks beside the thread that reads rows. */
const nodeZlib: typeof import('node:zlib') | null = globalThis.process?.getBuiltinModule?.('node:zlib') ?? null;

/** Bytes taken at a time: packed from a file, and plain to a reader [bytes]. */
const PIECE = 262_144;
/** A description or a citation is not longer [bytes]. */
const LONGEST_TEXT = 20_000_000;
/** Files in a tar. */
const MOST_FILES = 10_000;

const SHADOW = /(^|\/)(__MACOSX\/|\._|\.DS_Store$|Thumbs\.db$|\.keep$)/;

/** Files that describe the folder they lie in: who names one means the folder. */
const DESCRIPTION = /(^|[/\\])(datapackage\.json|meta\.xml)$/i;
const PACKED = /\.(zip|tgz|tar\.gz)$/i;

/** @throws Problem `file-missing`, `archive-truncated`, `archive-damaged` and the like. */
export async function openContainer(path: string): Promise<Container> {
  const described = path.replace(DESCRIPTION, '');
  if (described !== path && fileState(path) !== 'folder') {
    if (fileState(path) === 'missing') throw new Problem('file-missing', { file: path });
    return folderContainer(described || '.');
  }
  if (fileState(path) === 'folder') {
    const folder = folderContainer(path);
    const [only = ''] = folder.files.length === 1 ? listFiles(path, '').filter((name) => PACKED.test(name)) : [];
    return only === '' ? folder : await openContainer(`${path.replace(/[/\\]+$/, '')}/${only}`);
  }
  const source = fileBytes(path);
  try {
    const [a, b, c] = source.readSync(0, 4);
    if (a === 0x50 && b === 0x4b && (c === 3 || c === 5)) return await zipContainer(source);
    if (a === 0x1f && b === 0x8b) return await gzipContainer(source);
    return {
      name: source.name,
      kind: 'file',
      files: [source.name],
      pieces: () => plainPieces(source),
      close: () => source.close(),
    };
  } catch (error) {
    source.close();
    throw error;
  }
}

/** The whole of a small file. @throws Problem `file-too-large` */
export async function smallFile(container: Container, file: string): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const piece of container.pieces(file)) {
    length += piece.length;
    if (length > LONGEST_TEXT)
      throw new Problem('file-too-large', { file, megabytes: Math.ceil(length / 1e6), limit: LONGEST_TEXT / 1e6 });
    parts.push(piece);
  }
  return joined(parts, length);
}

/** The first bytes of a file, `length` of them where there are as many. */
export async function firstBytes(container: Container, file: string, length: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let have = 0;
  for await (const piece of container.pieces(file)) {
    parts.push(piece);
    have += piece.length;
    if (have >= length) break;
  }
  return joined(parts, have).subarray(0, length);
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

async function* plainPieces(source: ByteSource): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < source.size; ) {
    const bytes = await source.read(at, Math.min(PIECE, source.size - at));
    if (bytes.length === 0) return;
    at += bytes.length;
    yield bytes;
  }
}

/** A folder and the folders right in it: an archive is no deeper. */
function folderContainer(path: string): Container {
  const real = new Map<string, string>();
  const look = (folder: string, prefix: string, depth: number): void => {
    for (const name of listFiles(folder, '')) {
      const [whole, shown] = [`${folder}/${name}`, `${prefix}${name}`];
      if (fileState(whole) !== 'folder') real.set(shown, whole);
      else if (depth > 0) look(whole, `${shown}/`, depth - 1);
    }
  };
  look(path.replace(/[/\\]+$/, ''), '', 2);
  const { files, of } = named([...real.keys()]);
  return {
    name: path.replace(/[/\\]+$/, '').replace(/^.*[/\\]/, ''),
    kind: 'folder',
    files,
    async *pieces(file) {
      const source = fileBytes(real.get(of(file)) ?? file);
      try {
        yield* plainPieces(source);
      } finally {
        source.close();
      }
    },
    close: () => {},
  };
}

/** Names without the folder that all of them lie in, and the way back. */
function named(paths: readonly string[]): { files: string[]; of: (file: string) => string } {
  const seen = paths.filter((path) => !SHADOW.test(path));
  const first = seen[0] ?? '';
  const folder = first.includes('/') ? first.slice(0, first.indexOf('/') + 1) : '';
  const common = folder !== '' && folder !== 'dataset/' && seen.every((path) => path.startsWith(folder)) ? folder : '';
  return { files: seen.map((path) => path.slice(common.length)).sort(), of: (file) => common + file };
}

async function zipContainer(source: ByteSource): Promise<Container> {
  const entries = await readArchive(source);
  const { files, of } = named([...entries.keys()]);
  return {
    name: source.name,
    kind: 'zip',
    files,
    pieces: (file) => {
      const entry = entries.get(of(file));
      if (entry === undefined) throw new Problem('file-missing', { file });
      return entryPieces(entry, { file: source.name, entry: file });
    },
    close: () => source.close(),
  };
}

async function* entryPieces(entry: ArchiveEntry, where: { file: string; entry: string }): AsyncGenerator<Uint8Array> {
  const packed = packedPieces(entry);
  if (entry.method === 0) {
    yield* packed;
    return;
  }
  let length = 0;
  for await (const piece of unpacked(packed, 'raw', where)) {
    length += piece.length;
    if (length > entry.size) throw new Problem('archive-damaged', { ...where, found: `> ${entry.size} B` });
    yield piece;
  }
  if (length !== entry.size) throw new Problem('archive-damaged', { ...where, found: `${length} B ≠ ${entry.size} B` });
}

async function* packedPieces(entry: ArchiveEntry): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < entry.packed; at += PIECE) yield await entry.read(at, PIECE);
}

/** Deflated bytes as plain ones. @throws Problem `archive-damaged` */
async function* unpacked(
  packed: AsyncGenerator<Uint8Array>,
  kind: 'raw' | 'gzip',
  where: { file: string; entry: string },
): AsyncGenerator<Uint8Array> {
  try {
    yield* nodeZlib === null ? inflatedHere(packed, kind) : inflatedBeside(packed, kind, nodeZlib);
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem('archive-damaged', { ...where, found: (error as Error).message }, { cause: error });
  }
}

/** Through Node's own zlib, whose threads unpack the next piece while this one is read. */
async function* inflatedBeside(
  packed: AsyncGenerator<Uint8Array>,
  kind: 'raw' | 'gzip',
  zlib: typeof import('node:zlib'),
): AsyncGenerator<Uint8Array> {
  const stream = kind === 'raw' ? zlib.createInflateRaw({ chunkSize: PIECE }) : zlib.createGunzip({ chunkSize: PIECE });
  let go = (): void => {};
  stream.on('drain', () => go()).on('close', () => go());
  const room = (): Promise<void> =>
    new Promise((resolve) => {
      go = resolve;
    });
  const feed = async (): Promise<void> => {
    for await (const bytes of packed) {
      if (stream.destroyed) return;
      if (!stream.write(bytes)) await room();
    }
    stream.end();
  };
  feed().catch((error: Error) => stream.destroy(error));
  try {
    for await (const piece of stream) yield piece as Uint8Array;
  } finally {
    stream.destroy();
  }
}

async function* inflatedHere(packed: AsyncGenerator<Uint8Array>, kind: 'raw' | 'gzip'): AsyncGenerator<Uint8Array> {
  let ready: Uint8Array[] = [];
  const take = (piece: Uint8Array): void => {
    if (piece.length > 0) ready.push(piece);
  };
  const inflate = kind === 'raw' ? new Inflate(take) : new Gunzip(take);
  for await (const bytes of packed) {
    inflate.push(bytes);
    const now = ready;
    ready = [];
    yield* now;
  }
  inflate.push(new Uint8Array(0), true);
  yield* ready;
}

/** A gzipped tar; or, where there is none inside, one file that was gzipped. */
async function gzipContainer(source: ByteSource): Promise<Container> {
  const bytes = (): AsyncGenerator<Uint8Array> => unpacked(plainPieces(source), 'gzip', { file: source.name, entry: '' });
  const paths: string[] = [];
  for await (const { name } of tarEntries(bytes())) {
    paths.push(name);
    if (paths.length > MOST_FILES)
      throw new Problem('archive-count', { file: source.name, found: paths.length, limit: MOST_FILES });
  }
  const plain = source.name.replace(/\.gz$/i, '');
  const alone = { name: source.name, kind: 'file' as const, files: [plain], pieces: bytes, close: () => source.close() };
  if (paths.length === 0) return alone;
  const { files, of } = named(paths);
  async function* pieces(file: string): AsyncGenerator<Uint8Array> {
    for await (const { name, content } of tarEntries(bytes())) {
      if (name !== of(file)) continue;
      yield* content();
      return;
    }
  }
  return { name: source.name, kind: 'tar', files, pieces, close: () => source.close() };
}

/** The files of a tar as they pass by (POSIX.1-1988 ustar, pax and GNU long names); no content is kept that nobody reads. */
async function* tarEntries(
  bytes: AsyncGenerator<Uint8Array>,
): AsyncGenerator<{ name: string; content: () => AsyncGenerator<Uint8Array> }> {
  let rest = new Uint8Array(0) as Uint8Array;
  const more = async (): Promise<boolean> => {
    const { value, done } = await bytes.next();
    if (done === true) return false;
    rest = rest.length === 0 ? value : joined([rest, value], rest.length + value.length);
    return true;
  };
  async function* part(length: number): AsyncGenerator<Uint8Array> {
    for (let left = length; left > 0; ) {
      if (rest.length === 0 && !(await more())) return;
      const piece = rest.subarray(0, left);
      rest = rest.subarray(piece.length);
      left -= piece.length;
      yield piece;
    }
  }
  const text = async (length: number): Promise<string> => {
    const parts: Uint8Array[] = [];
    for await (const piece of part(length)) parts.push(piece);
    return new TextDecoder().decode(
      joined(
        parts,
        parts.reduce((sum, one) => sum + one.length, 0),
      ),
    );
  };
  let longName: string | null = null;
  for (;;) {
    while (rest.length < 512) if (!(await more())) return;
    const head = rest.subarray(0, 512);
    if (!isTarHead(head)) return;
    rest = rest.subarray(512);
    const size = Number.parseInt(field(head, 124, 12), 8) || 0;
    const padding = (512 - (size % 512)) % 512;
    const type = String.fromCharCode(head[156] ?? 0);
    if (type === 'L' || type === 'x') {
      const told = await text(Math.min(size, 1_000_000));
      longName = type === 'L' ? told.replace(/\0.*$/s, '') : (/\d+ path=([^\n]*)\n/.exec(told)?.[1] ?? longName);
      for await (const _ of part(padding));
      continue;
    }
    const prefix = field(head, 345, 155);
    const name = (longName ?? (prefix === '' ? '' : `${prefix}/`) + field(head, 0, 100)).replace(/^\.\//, '');
    longName = null;
    let left = size + padding;
    const content = async function* (): AsyncGenerator<Uint8Array> {
      for await (const piece of part(size)) {
        left -= piece.length;
        yield piece;
      }
    };
    if ((type === '0' || type === '\0') && name !== '') yield { name, content };
    for await (const _ of part(left));
  }
}

function field(head: Uint8Array, from: number, length: number): string {
  const bytes = head.subarray(from, from + length);
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(end === -1 ? bytes : bytes.subarray(0, end)).trim();
}

/** The sum of a header's bytes, its own eight taken as blanks, stands in it. POSIX.1-1988 */
function isTarHead(head: Uint8Array): boolean {
  let sum = 0;
  for (let i = 0; i < 512; i++) sum += i >= 148 && i < 156 ? 32 : (head[i] ?? 0);
  return sum > 256 && Number.parseInt(field(head, 148, 8), 8) === sum;
}
