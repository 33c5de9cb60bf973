/**
 * Bytes of a file on a web server, by HTTP ranges (RFC 9110, 14): a Cloud Optimized GeoTIFF opens with one request, and
 * neighbouring tiles come together.
 *
 *     const source = await urlBytes('https://example.org/ndvi.tif');
 *     await source.prefetch(tiles);
 */
import { Problem } from '../problems.ts';
import { fetchAddress, plainAddress } from './address.ts';
import type { ByteRange, ByteSource } from './byte-source.ts';

export interface UrlOptions {
  signal?: AbortSignal | undefined;
  /** Wait before the first repetition [ms]; each further one waits twice as long. */
  wait?: number;
}

/** Blocks that the file is fetched and kept in [bytes]. */
const BLOCK = 65_536;
/** Blocks that are kept: 64 MB. */
const MOST_BLOCKS = 1_024;
/** The longest single request [blocks]: 8 MB. */
const LONGEST_REQUEST = 128;
/** Blocks that are fetched though nobody asked, where two requests become one by it. */
const SMALL_GAP = 2;
/** Requests at the same time. */
const AT_ONCE = 4;
/** Repetitions of a request that failed for a reason that may pass. */
const REPETITIONS = 4;
const FIRST_WAIT = 250;
/** HTTP states that may pass: timeout, too early, too many requests, and the server's own troubles. */
const PASSING = new Set([408, 425, 429, 500, 502, 503, 504]);

/** A part of the file as the server gave it. */
interface Part {
  bytes: Uint8Array;
  size: number;
  /** ETag or date: other parts must have the same. */
  version: string | null;
}

/**
 * Opens an address, and fetches its first block.
 * @throws Problem `url-unreadable`, `url-without-ranges`, later also `url-changed`.
 */
export async function urlBytes(
  url: string,
  options: UrlOptions = {},
): Promise<ByteSource & Required<Pick<ByteSource, 'prefetch'>>> {
  const name = nameOf(url);
  const first = await requestPart(url, name, 0, BLOCK, options);
  const { size, version } = first;
  const blocks = new Map<number, Promise<Uint8Array>>([[0, Promise.resolve(first.bytes)]]);
  let closed = false;

  /** Fetches blocks `from` to before `to` in one request; each is known at once as a promise. */
  function fetchRun(from: number, to: number): Promise<unknown> {
    const part = requestPart(url, name, from * BLOCK, Math.min(size, to * BLOCK), options).then((got) => {
      if (got.size !== size || got.version !== version) throw new Problem('url-changed', { file: name });
      return got.bytes;
    });
    for (let block = from; block < to; block++) {
      const start = (block - from) * BLOCK;
      // a copy: else one block would hold the whole answer in memory
      const bytes = part.then((all) => all.slice(start, start + BLOCK));
      bytes.catch(() => blocks.delete(block));
      blocks.set(block, bytes);
    }
    return part;
  }

  async function prefetch(ranges: readonly ByteRange[]): Promise<void> {
    const wanted = new Set<number>();
    for (const { offset, length } of ranges)
      for (let block = Math.floor(offset / BLOCK); block * BLOCK < Math.min(size, offset + length); block++)
        if (!blocks.has(block) && wanted.size < MOST_BLOCKS / 2) wanted.add(block);
    const runs = runsOf([...wanted].sort((a, b) => a - b));
    for (let i = 0; i < runs.length; i += AT_ONCE)
      await Promise.all(runs.slice(i, i + AT_ONCE).map(([from, to]) => fetchRun(from, to)));
  }

  async function read(offset: number, length: number): Promise<Uint8Array> {
    if (closed) throw new Error(`${name} is closed`);
    const end = Math.min(size, offset + length);
    if (end <= offset) return new Uint8Array(0);
    await prefetch([{ offset, length }]);
    const bytes = new Uint8Array(end - offset);
    for (let block = Math.floor(offset / BLOCK); block * BLOCK < end; block++) {
      if (!blocks.has(block)) await prefetch([{ offset: block * BLOCK, length: end - block * BLOCK }]); // of long parts, the next piece
      const kept = blocks.get(block) as Promise<Uint8Array>;
      blocks.delete(block); // the last asked for goes to the end, the first of all is forgotten first
      blocks.set(block, kept);
      const start = block * BLOCK;
      const from = Math.max(offset, start);
      bytes.set((await kept).subarray(from - start, Math.min(end, start + BLOCK) - start), from - offset);
    }
    for (const block of blocks.keys()) {
      if (blocks.size <= MOST_BLOCKS) break;
      blocks.delete(block);
    }
    return bytes;
  }

  const close = (): void => {
    closed = true;
    blocks.clear();
  };
  return { name, size, read, prefetch, close };
}

/** Numbers in order as runs `[from, to)`: small gaps are closed, long runs cut. */
function runsOf(blocks: readonly number[]): [from: number, to: number][] {
  const runs: [number, number][] = [];
  for (const block of blocks) {
    const last = runs.at(-1);
    if (last !== undefined && block - last[1] <= SMALL_GAP && block + 1 - last[0] <= LONGEST_REQUEST) last[1] = block + 1;
    else runs.push([block, block + 1]);
  }
  return runs;
}

/** An address as messages show it: queries may hold keys. */
function nameOf(url: string): string {
  try {
    const { protocol, host, pathname } = new URL(plainAddress(url));
    if (protocol === 'http:' || protocol === 'https:') return `${protocol}//${host}${pathname}`;
  } catch {
    // told below
  }
  throw new Problem('url-unreadable', { file: url, reason: 'http://, https://' });
}

/** Bytes from `from` to before `to`, asked for again where the reason may pass. */
async function requestPart(
  url: string,
  name: string,
  from: number,
  to: number,
  { signal, wait = FIRST_WAIT }: UrlOptions,
): Promise<Part> {
  for (let repetition = 0; ; repetition++) {
    signal?.throwIfAborted();
    const answer = await askOnce(url, name, from, to, signal);
    if (typeof answer !== 'string') return answer;
    if (repetition === REPETITIONS) throw new Problem('url-unreadable', { file: name, reason: answer });
    await new Promise((resolve) => setTimeout(resolve, wait * 2 ** repetition));
  }
}

/** The part; or what went wrong, where it may pass. */
async function askOnce(
  url: string,
  name: string,
  from: number,
  to: number,
  signal: AbortSignal | undefined,
): Promise<Part | string> {
  try {
    const response = await fetchAddress(url, { headers: { range: `bytes=${from}-${to - 1}` }, signal: signal ?? null });
    const { status, headers } = response;
    if (status !== 206) await response.body?.cancel();
    if (PASSING.has(status)) return `HTTP ${status}`;
    if (status === 200 || status === 416) throw new Problem('url-without-ranges', { file: name });
    if (status !== 206) throw new Problem('url-unreadable', { file: name, reason: `HTTP ${status}` });
    const [, start, end, whole] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(headers.get('content-range') ?? '') ?? [];
    if (whole === undefined || Number(start) !== from) throw new Problem('url-without-ranges', { file: name });
    const bytes = await bodyOf(response, to - from);
    if (bytes === null || bytes.length !== Number(end) + 1 - from || bytes.length < Math.min(to, Number(whole)) - from)
      return `${bytes?.length ?? '>'} / ${to - from}`;
    return { bytes, size: Number(whole), version: headers.get('etag') ?? headers.get('last-modified') };
  } catch (error) {
    if (error instanceof Problem || signal?.aborted) throw error;
    return reasonOf(error);
  }
}

/** The body, at most `most` bytes of it; `null` where there are more. */
async function bodyOf(response: Response, most: number): Promise<Uint8Array | null> {
  const bytes = new Uint8Array(most);
  let at = 0;
  for await (const piece of response.body ?? []) {
    if (at + piece.length > most) return null; // leaving the loop ends the transfer
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes.subarray(0, at);
}

/** `ECONNREFUSED` stands in the cause of what fetch throws. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (cause instanceof Error) return (cause as NodeJS.ErrnoException).code ?? cause.message;
  return String(error);
}
