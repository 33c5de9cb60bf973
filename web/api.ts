/**
 * What the pages ask of the server, and what they are told when it cannot be done.
 *
 *     const { sites } = await read<Overview>('/api/sites');
 *     await write('put', `/api/sites/${id}/answers/2.1`, { text }, { version });
 */
import { signal } from '@preact/signals';
import { lang, say } from './words.ts';

/** What the server said no with, or that it cannot be reached. */
export class Refusal extends Error {
  override name = 'Refusal';
  readonly code: string;
  readonly status: number;

  constructor(code: string, status: number, message: string) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

export interface Written<Reply> {
  reply: Reply;
  /** Of what is stored now: goes back with the next write of the same. */
  version: string | null;
}

/** Goes with every write, so that no page elsewhere can write in the user's name. */
export const csrf = signal('');

/** Whether the last request reached the server. */
export const online = signal(true);

/** Raised by every write of ours: whoever shows what was read reads again. */
export const writes = signal(0);

/** @throws Refusal */
export async function read<Reply>(path: string, { signal: stop }: { signal?: AbortSignal } = {}): Promise<Reply> {
  const response = await sent(path, stop === undefined ? {} : { signal: stop });
  return (await response.json()) as Reply;
}

/** Reads what can be written back, with its version. @throws Refusal */
export async function readVersioned<Reply>(path: string): Promise<Written<Reply>> {
  const response = await sent(path, {});
  return { reply: (await response.json()) as Reply, version: response.headers.get('etag') };
}

/**
 * Sends JSON, or bytes as they are (a `Blob`).
 * @param options.version what the caller saw; the server refuses (`changed-meanwhile`) when something newer is stored
 * @throws Refusal
 */
export async function write<Reply = undefined>(
  method: 'post' | 'put' | 'patch' | 'delete',
  path: string,
  body?: unknown,
  { version = null }: { version?: string | null } = {},
): Promise<Written<Reply>> {
  const raw = body instanceof Blob;
  const headers: Record<string, string> = { 'x-csrf-token': csrf.value };
  if (version !== null) headers['if-match'] = version;
  if (body !== undefined) headers['content-type'] = raw ? body.type || 'application/octet-stream' : 'application/json';
  const response = await sent(path, {
    method: method.toUpperCase(),
    headers,
    ...(body === undefined ? {} : { body: raw ? body : JSON.stringify(body) }),
  });
  writes.value += 1;
  const reply = (response.status === 204 ? undefined : await response.json()) as Reply;
  return { reply, version: response.headers.get('etag') };
}

async function sent(path: string, init: RequestInit): Promise<Response> {
  const address = new URL(path, location.origin);
  address.searchParams.set('lang', lang.value);
  let response: Response;
  try {
    response = await fetch(address, { ...init, credentials: 'same-origin' });
    online.value = true;
  } catch (error) {
    if (init.signal?.aborted) throw error;
    online.value = false;
    throw new Refusal('no-connection', 0, say('web.no-connection'));
  }
  if (response.ok) return response;
  const told = (await response.json().catch(() => null)) as { code: string; message: string } | null;
  throw new Refusal(told?.code ?? 'unknown', response.status, told?.message ?? `${response.status} ${response.statusText}`);
}
