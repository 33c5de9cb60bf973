/**
 * The service worker: the pages open without a connection, with what the server last said. Writes are not its business: those wait
 * in `outbox.ts`. https://w3c.github.io/ServiceWorker/
 *
 * The build puts the names of its files and their common digest in place of `__FILES__` and `__DIGEST__` (vite.config.ts).
 */
import { answerCaches, isAnswerCache, keptUser, LARGE, LARGEST, MOST, mayKeep, wayOf } from './sw-rules.ts';

declare const self: ServiceWorkerGlobalScope;
declare const __FILES__: readonly string[];
declare const __DIGEST__: string;

const SHELL = `shell:${__DIGEST__}`;
const FILES: ReadonlySet<string> = new Set(__FILES__);
/** The one page that all screens are in. */
const PAGE = '/index.html';
const SESSION = '/api/session';

/** Whose answers are kept, and of which dossier; not known before the server or the names of the caches were asked. */
let user: string | null = null;
/** Raised whenever somebody comes or goes: what was on its way then is nobody's. */
let turn = 0;

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches.open(SHELL).then((cache) => cache.addAll([...FILES].map((path) => new Request(path, { cache: 'no-cache' })))),
  );
});

self.addEventListener('activate', (event) => {
  const older = async (): Promise<void> => {
    for (const name of await caches.keys()) if (name !== SHELL && name.startsWith('shell:')) await caches.delete(name);
    await self.clients.claim();
  };
  event.waitUntil(older());
});

/**
 * What pages ask for: that a new version takes over (`of`: only if it is the one that their own file is of), or that what they
 * have read before there was a worker be kept, too.
 */
type Asked = { type: 'take-over'; of?: string } | { type: 'keep'; addresses: string[] };

self.addEventListener('message', (event) => {
  const asked = event.data as Asked;
  if (asked.type === 'take-over') {
    if (asked.of === undefined || FILES.has(asked.of)) event.waitUntil(self.skipWaiting());
  } else event.waitUntil(keepAll(asked.addresses));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const way = wayOf(request, self.location.origin, FILES);
  if (way === 'pass') return;
  if (way === 'page') event.respondWith(page(request));
  else if (way === 'shell') event.respondWith(fromShell(new URL(request.url).pathname, request));
  else if (way === 'session') event.respondWith(sessionAnswer(request));
  else if (way === 'farewell') event.respondWith(farewell(request));
  else event.respondWith(answer(request, (work) => event.waitUntil(work)));
});

async function fromShell(path: string, request: Request): Promise<Response> {
  const cache = await caches.open(SHELL);
  return (await cache.match(path)) ?? fetch(request);
}

/**
 * From the cache at once. On the user's own machine the server is asked first: it costs nothing, and under the same address there
 * may be another program the next time.
 */
async function page(request: Request): Promise<Response> {
  if (!IS_OWN_MACHINE.test(self.location.hostname)) return fromShell(PAGE, request);
  return fetch(request).catch(() => fromShell(PAGE, request));
}

const IS_OWN_MACHINE = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** From the server, else what it last said, marked as such. */
async function answer(request: Request, later: (work: Promise<unknown>) => void): Promise<Response> {
  const whose = await currentUser();
  const mine = turn;
  try {
    const response = await fetch(request);
    if (whose !== null && mayKeep(response)) later(keep(request, response.clone(), whose, mine).catch(() => {}));
    return response;
  } catch (error) {
    if (request.signal.aborted || whose === null || mine !== turn) throw error;
    const kept = await find(request, whose);
    if (kept === undefined) throw error;
    return marked(kept);
  }
}

async function find(request: Request, whose: string): Promise<Response | undefined> {
  const { small, large } = answerCaches(whose);
  return (await (await caches.open(small)).match(request)) ?? (await (await caches.open(large)).match(request));
}

/** Reads on only while it is not too large, and keeps it for whoever asked, if they are still there. */
async function keep(request: Request, response: Response, whose: string, mine: number): Promise<void> {
  const bytes = await bytesOf(response);
  if (bytes === null || mine !== turn) return;
  const names = answerCaches(whose);
  const size = bytes.size < LARGE ? 'small' : 'large';
  const cache = await caches.open(names[size]);
  if (mine !== turn) return void (await caches.delete(names[size]));
  await cache.delete(request); // those asked for last stand last
  await cache.put(request, new Response(bytes, { headers: response.headers }));
  if (size === 'large') await (await caches.open(names.small)).delete(request);
  const known = await cache.keys();
  for (const oldest of known.slice(0, Math.max(0, known.length - MOST[size]))) await cache.delete(oldest);
}

async function bytesOf(response: Response): Promise<Blob | null> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  const reader = response.body?.getReader();
  for (let next = await reader?.read(); next !== undefined && !next.done; next = await reader?.read()) {
    size += next.value.length;
    if (size > LARGEST) {
      await reader?.cancel();
      return null;
    }
    parts.push(next.value);
  }
  return new Blob(parts);
}

function marked(kept: Response): Response {
  const headers = new Headers(kept.headers);
  headers.set('x-kept', kept.headers.get('date') ?? 'yes');
  return new Response(kept.body, { status: kept.status, headers });
}

interface Known {
  user: { id: string } | null;
  dossier: string;
  csrf: string;
}

/** Who is there. The token for writes is not kept: one that comes with the connection is asked for. */
async function sessionAnswer(request: Request): Promise<Response> {
  try {
    const response = await fetch(request);
    if (!response.ok) return response;
    const known = (await response.clone().json()) as Known;
    const { small } = await settle(`${known.user?.id ?? ''} ${known.dossier}`);
    const cache = await caches.open(small);
    await cache.put(SESSION, new Response(JSON.stringify({ ...known, csrf: '' }), { headers: response.headers }));
    return response;
  } catch (error) {
    const whose = await currentUser();
    const kept = whose === null ? undefined : await (await caches.open(answerCaches(whose).small)).match(SESSION);
    if (kept === undefined) throw error;
    return marked(kept);
  }
}

/** From now on `next` is there: what was kept for others goes. */
async function settle(next: string): Promise<{ small: string; large: string }> {
  const names = answerCaches(next);
  if (user !== null && user !== next) turn += 1;
  user = next;
  for (const name of await caches.keys())
    if (isAnswerCache(name) && name !== names.small && name !== names.large) await caches.delete(name);
  return names;
}

/** Nothing of what was kept outlasts somebody who comes or goes. */
async function farewell(request: Request): Promise<Response> {
  const response = await fetch(request);
  if (!response.ok && response.type !== 'opaqueredirect') return response;
  turn += 1;
  user = null;
  for (const name of await caches.keys()) if (isAnswerCache(name)) await caches.delete(name);
  return response;
}

async function currentUser(): Promise<string | null> {
  user ??= keptUser(await caches.keys());
  return user;
}

/** Asks once more for what was read before the worker was there. */
async function keepAll(addresses: readonly string[]): Promise<void> {
  await sessionAnswer(new Request(SESSION)).catch(() => null);
  const requests = addresses.map((address) => new Request(address));
  const asked = requests.filter((request) => wayOf(request, self.location.origin, FILES) === 'answer');
  const work: Promise<unknown>[] = [];
  await Promise.all(asked.map((request) => answer(request, (later) => work.push(later)).catch(() => null)));
  await Promise.all(work);
}
