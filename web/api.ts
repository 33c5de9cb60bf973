/**
 * What the pages ask of the server, and what they are told when it cannot be done.
 *
 *     const { sites } = await read<Overview>('/api/sites');
 *     await write('put', `/api/sites/${id}/answers/2.1`, { text }, { version });
 */
import { signal } from '@preact/signals';
import { lang, say } from './words.ts';

export interface FieldFault {
  field: string;
  message: string;
}

/** What the server said no with, or that it cannot be reached. */
export class Refusal extends Error {
  override name = 'Refusal';
  readonly code: string;
  readonly status: number;
  /** What is wrong with single fields of what was sent. */
  readonly fields: readonly FieldFault[];
  /** What somebody else stored meanwhile, with its version; `null` where it was removed. */
  readonly stored: { value: unknown; version: string | null } | null;

  constructor(
    code: string,
    status: number,
    message: string,
    { fields = [], stored = null }: { fields?: readonly FieldFault[]; stored?: Refusal['stored'] } = {},
  ) {
    super(message);
    this.code = code;
    this.status = status;
    this.fields = fields;
    this.stored = stored;
  }
}

export interface Written<Reply> {
  reply: Reply;
  /** Of what is stored now: goes back with the next write of the same. */
  version: string | null;
  /** There is no connection: it is kept on this machine and sent later, and `reply` is not there. */
  waiting: boolean;
}

/** What a write that may wait for a connection is called, where it waits. */
export interface Offline {
  /** What is done to what, as the user would say it. */
  title: string;
  /** What the fields of the body are called. */
  labels?: Record<string, string>;
  /** Where to post the body to, should somebody else have removed meanwhile what it changes. */
  anew?: string;
}

/** A write as it can be sent later, too. */
export interface Unsent {
  method: Method;
  path: string;
  body: unknown;
  version: string | null;
  /** The server carries out once what comes with the same key. */
  key: string;
  offline: Offline;
}

export type Method = 'post' | 'put' | 'patch' | 'delete';

/** Keeps a write until there is a connection; set by `outbox.ts`. Says whether there was room. */
export const later: { keep: (write: Unsent) => Promise<boolean> } = { keep: async () => false };

/** Goes with every write, so that no page elsewhere can write in the user's name. */
export const csrf = signal('');

/** Whether the last request reached the server. */
export const online = signal(true);

/** Raised when the server does not know any more who we are: the session has ended. */
export const unknown = signal(0);

/** Asks for a new token, where the server was started anew; set by `session.ts`. Says whether the user is still the same. */
export const renewal: { ask: () => Promise<boolean> } = { ask: async () => false };

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
  return { reply: (await response.json()) as Reply, version: response.headers.get('etag'), waiting: false };
}

/**
 * Sends JSON, or bytes as they are (a `Blob`).
 * @param options.version what the caller saw; the server refuses (`changed-meanwhile`) when something newer is stored
 * @param options.offline given, the write waits for a connection where there is none, instead of being refused
 * @param options.key of a write that was perhaps sent before
 * @throws Refusal
 */
export async function write<Reply = undefined>(
  method: Method,
  path: string,
  body?: unknown,
  { version = null, offline, key }: { version?: string | null; offline?: Offline; key?: string } = {},
): Promise<Written<Reply>> {
  if (offline !== undefined) {
    const unsent = { method, path, body, version, key: key ?? newKey(), offline };
    try {
      return await write<Reply>(method, path, body, { version, key: unsent.key });
    } catch (error) {
      const lost = error instanceof Refusal && LOST.includes(error.status);
      if (!lost || !(await later.keep(unsent))) throw error;
      return { reply: undefined as Reply, version: null, waiting: true };
    }
  }
  const raw = body instanceof Blob;
  const headers: Record<string, string> = {};
  if (key !== undefined) headers['idempotency-key'] = key;
  if (version !== null) headers['if-match'] = version;
  if (body !== undefined) headers['content-type'] = raw ? body.type || 'application/octet-stream' : 'application/json';
  const init = (): RequestInit => ({
    method: method.toUpperCase(),
    headers: { ...headers, 'x-csrf-token': csrf.value },
    ...(body === undefined ? {} : { body: raw ? body : JSON.stringify(body) }),
  });
  const response = await sent(path, init()).catch(async (error: unknown) => {
    const outdated = error instanceof Refusal && error.code === 'csrf-wrong';
    if (outdated && (await renewal.ask())) return sent(path, init());
    throw error;
  });
  writes.value += 1;
  const reply = (response.status === 204 ? undefined : await response.json()) as Reply;
  return { reply, version: response.headers.get('etag'), waiting: false };
}

/** 128 bits at random. `randomUUID` is only there over https. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** No answer, or one of something that stands before a server which does not answer. RFC 9110, 15.6.3 to 15.6.5 */
export const LOST: readonly number[] = [0, 502, 503, 504];

/** Says that an answer is one that was kept from an earlier time: there is no connection. Set by `sw.ts`. */
const KEPT = 'x-kept';

interface Told {
  code: string;
  message: string;
  fields?: FieldFault[];
  stored?: unknown;
}

async function sent(path: string, init: RequestInit): Promise<Response> {
  const address = new URL(path, location.origin);
  address.searchParams.set('lang', lang.value);
  let response: Response;
  try {
    response = await fetch(address, { ...init, credentials: 'same-origin' });
    online.value = !response.headers.has(KEPT);
  } catch (error) {
    if (init.signal?.aborted) throw error;
    online.value = false;
    throw new Refusal('no-connection', 0, say('web.no-connection'));
  }
  if (response.ok) return response;
  if (response.status === 401) unknown.value += 1;
  const told = (await response.json().catch(() => null)) as Told | null;
  throw new Refusal(told?.code ?? 'unknown', response.status, told?.message ?? `${response.status} ${response.statusText}`, {
    ...(told?.fields === undefined ? {} : { fields: told.fields }),
    ...(told?.stored === undefined ? {} : { stored: { value: told.stored, version: response.headers.get('etag') } }),
  });
}
