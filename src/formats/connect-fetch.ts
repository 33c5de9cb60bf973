/**
 * Asks a web service politely: a pause between requests, patience with one that is busy (`Retry-After` is kept to), an end after which it is
 * given up. Only public machines are asked (see `public-fetch.ts`).
 *
 *     const { bytes } = await askPolitely('world-bank', address, { pause: 500 });
 */
import { Problem } from '../problems.ts';
import { fetchAddress, publicOnly } from './address.ts';

export type Transport = (address: string, options: { headers: Record<string, string>; signal: AbortSignal }) => Promise<Response>;

export interface AskOptions {
  /** Before the request [ms]. */
  pause?: number;
  headers?: Record<string, string>;
  signal?: AbortSignal | undefined;
  /** What asks; the web where not given. */
  transport?: Transport | undefined;
  /** Lets time pass; the clock where not given. */
  wait?: ((ms: number, signal?: AbortSignal) => Promise<void>) | undefined;
}

/** Repetitions of a request that failed for a reason that may pass, and the wait before the first; each further is twice as long [ms]. */
const TRIES = 5;
const FIRST_WAIT = 1000;
/** Longer than this nobody waits at a terminal [ms]. */
const LONGEST_WAIT = 120_000;
/** Of one request [ms]. */
const PATIENCE = 60_000;
/** Of one reply [bytes]: a tile of water has some 100 MB. */
const LARGEST = 512 * 1024 * 1024;

const PASSING = new Set([408, 425, 429, 500, 502, 503, 504]);

const AGENT = 'Saryarka (open observatory for biosphere reserves)';

/** @throws Problem `connect-offline`, `connect-status`, `connect-large`, `address-private`; what `signal` was broken off with */
export async function askPolitely(
  source: string,
  address: string,
  options: AskOptions = {},
): Promise<{ bytes: Uint8Array; type: string }> {
  const { pause = 0, headers = {}, signal, transport = overWeb, wait = clock } = options;
  const host = URL.canParse(address) ? new URL(address).host : address.slice(0, 60);
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address))
    throw new Problem('choice-wrong', { field: source, found: address.slice(0, 120), expected: 'https://…' });
  if (pause > 0) await wait(pause, signal);
  let failed: { found: string; reason: string } = { found: '–', reason: '–' };
  for (let tries = 1; tries <= TRIES; tries++) {
    signal?.throwIfAborted();
    const limit = AbortSignal.timeout(PATIENCE);
    let after: number | null = null;
    try {
      const reply = await transport(address, {
        headers: { accept: 'application/json, */*;q=0.5', 'user-agent': AGENT, ...headers },
        signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
      });
      if (reply.ok) return { bytes: await bytesOf(source, reply), type: reply.headers.get('content-type') ?? '' };
      failed = { found: `HTTP ${reply.status}`, reason: (await reply.text()).replace(/\s+/g, ' ').slice(0, 160) || '–' };
      if (!PASSING.has(reply.status)) throw new Problem('connect-status', { source, host, tries, ...failed });
      after = retryAfter(reply);
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof Problem) throw error;
      const { code, cause, name, message } = error as {
        code?: string;
        cause?: { code?: string };
        name?: string;
        message?: string;
      };
      failed = {
        found: '',
        reason: code ?? cause?.code ?? (name === 'TimeoutError' ? `> ${PATIENCE / 1000} s` : (message ?? '–')),
      };
      if (/ENOTFOUND|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|ECONNREFUSED/.test(failed.reason)) break; // no network: waiting does not help
    }
    const next = Math.max(after ?? 0, FIRST_WAIT * 2 ** (tries - 1));
    if (next > LONGEST_WAIT) {
      failed.reason = `Retry-After ${Math.round(next / 1000)} s`;
      break;
    }
    if (tries < TRIES) await wait(next, signal);
  }
  if (failed.found === '') throw new Problem('connect-offline', { source, host, reason: failed.reason });
  throw new Problem('connect-status', { source, host, tries: TRIES, ...failed });
}

/** Seconds, or a moment. RFC 9110, 10.2.3. @returns [ms] */
function retryAfter(reply: Response): number | null {
  const told = reply.headers.get('retry-after');
  if (told === null) return null;
  if (/^\d+$/.test(told.trim())) return Number(told) * 1000;
  const [until, now] = [Date.parse(told), Date.parse(reply.headers.get('date') ?? '')];
  return Number.isNaN(until) || Number.isNaN(now) ? null : Math.max(0, until - now);
}

async function bytesOf(source: string, reply: Response): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  const reader = reply.body?.getReader();
  for (let next = await reader?.read(); next !== undefined && !next.done; next = await reader?.read()) {
    size += next.value.length;
    if (size > LARGEST) {
      await reader?.cancel();
      throw new Problem('connect-large', { source, expected: LARGEST / 1024 / 1024, pages: 1 });
    }
    parts.push(next.value);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const overWeb: Transport = (address, options) => fetchAddress(publicOnly(address), options);

function clock(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((done, failed) => {
    const stop = (): void => {
      clearTimeout(timer);
      failed(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      done();
    }, ms);
    signal?.addEventListener('abort', stop, { once: true });
  });
}
