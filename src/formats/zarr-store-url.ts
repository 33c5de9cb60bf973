/**
 * A Zarr store at an address: each piece is a file of its own below it.
 *
 *     const store = urlStore('https://example.org/climate.zarr');
 *     await store.get('/.zmetadata');
 */
import { Problem } from '../problems.ts';
import { fetchAddress, plainAddress, publicOnly } from './address.ts';
import { LARGEST_BLOCK } from './cf-cube.ts';
import { fitting, type ZarrRange, type ZarrStore } from './zarr-store.ts';

export interface UrlStoreOptions {
  signal?: AbortSignal | undefined;
  /** Wait before the first repetition [ms]; each further one waits twice as long. */
  wait?: number;
}

/** Repetitions of a request that failed for a reason that may pass. */
const REPETITIONS = 4;
const FIRST_WAIT = 250;
const PASSING = new Set([408, 425, 429, 500, 502, 503, 504]);
/** What servers answer where there is no such piece; those that may not list their contents say "forbidden". */
const ABSENT = new Set([403, 404, 410]);

/** @throws Problem `url-unreadable` for what is no address. */
export function urlStore(address: string, { signal, wait = FIRST_WAIT }: UrlStoreOptions = {}): ZarrStore {
  const base = new URL(plainAddress(address));
  const reached = (own: URL): string => (plainAddress(address) === address ? own.href : publicOnly(own.href));
  const path = base.pathname.replace(/\/+$/, '');
  const name = `${base.protocol}//${base.host}${path}`;
  /** The address of a piece; what stands after `?` may be a key to all of them. */
  const addressOf = (key: string): URL => {
    const own = new URL(base);
    own.pathname = `${path}/${key
      .split('/')
      .filter((part) => part !== '' && part !== '.' && part !== '..')
      .map(encodeURIComponent)
      .join('/')}`;
    own.hash = '';
    return own;
  };

  async function fetchPiece(key: string, range: string | null, own: AbortSignal | undefined): Promise<Uint8Array | undefined> {
    const stop = own ?? signal;
    for (let repetition = 0; ; repetition++) {
      stop?.throwIfAborted();
      const answer = await askOnce(addressOf(key), key, range, stop);
      if (typeof answer !== 'string') return answer;
      if (repetition === REPETITIONS) throw new Problem('url-unreadable', { file: `${name}${key}`, reason: answer });
      await new Promise((resolve) => setTimeout(resolve, wait * 2 ** repetition));
    }
  }

  /** The piece, nothing where there is none, or why not, where that may pass. */
  async function askOnce(url: URL, key: string, range: string | null, stop: AbortSignal | undefined) {
    try {
      const response = await fetchAddress(reached(url), { headers: range === null ? {} : { range }, signal: stop ?? null });
      const { status } = response;
      const expected = range === null ? 200 : 206;
      if (status !== expected) await response.body?.cancel();
      if (ABSENT.has(status)) return undefined;
      if (PASSING.has(status)) return `HTTP ${status}`;
      if (range !== null && status === 200) throw new Problem('url-without-ranges', { file: `${name}${key}` });
      if (status !== expected) throw new Problem('url-unreadable', { file: `${name}${key}`, reason: `HTTP ${status}` });
      return await bodyOf(response, key);
    } catch (error) {
      if (error instanceof Problem || stop?.aborted) throw error;
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
      return cause instanceof Error ? ((cause as NodeJS.ErrnoException).code ?? cause.message) : String(error);
    }
  }

  async function bodyOf(response: Response, key: string): Promise<Uint8Array> {
    fitting(Number(response.headers.get('content-length') ?? 0), name, key);
    const pieces: Uint8Array[] = [];
    let length = 0;
    for await (const piece of response.body ?? []) {
      length += piece.length;
      fitting(length, name, key); // leaving the loop ends the transfer
      pieces.push(piece);
    }
    const bytes = new Uint8Array(length);
    let at = 0;
    for (const piece of pieces) {
      bytes.set(piece, at);
      at += piece.length;
    }
    return bytes;
  }

  return {
    name,
    get: (key, options) => fetchPiece(key, null, options?.signal),
    getRange: (key, range, options) => fetchPiece(key, headerOf(range), options?.signal),
    list: async () => null,
    close: () => {},
  };
}

function headerOf(range: ZarrRange): string {
  if ('suffixLength' in range) return `bytes=-${Math.min(range.suffixLength, LARGEST_BLOCK)}`;
  return `bytes=${range.offset}-${range.offset + Math.min(range.length, LARGEST_BLOCK) - 1}`;
}
