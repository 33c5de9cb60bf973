/**
 * What the service worker does with a request, and what of the answers it may keep: nothing in here touches the browser's caches.
 *
 *     wayOf({ method: 'GET', url: 'http://localhost/api/sites', mode: 'cors', … })   // 'answer'
 */

/**
 * `shell`: a file of the build, from the cache; `page`: any address of the pages, from the cache; `answer`: from the server, and
 * without a connection what it last said; `session`: the same, and it says whose answers are kept; `farewell`: somebody comes or
 * goes; `pass`: the browser's own.
 */
export type Way = 'shell' | 'page' | 'answer' | 'session' | 'farewell' | 'pass';

interface Asked {
  method: string;
  url: string;
  /** `Request.mode` */
  mode: string;
  headers: { get(name: string): string | null };
}

/** Addresses that are no pages of ours. */
const ELSEWHERE = /^\/(api|ogc|sta|stac|tiles)(\/|$)/;

/** Answers that pages are drawn from: those to programs, whole dossiers and what goes on by itself are left out. */
const KEPT = /^\/(api|tiles)(\/|$)/;
const NOT_KEPT = /^\/api\/(docs|openapi\.json|oidc|invitation|account|backup|dossier|restore|check|jobs)(\/|\.|$)/;

/** Who is there may be another after these. */
const COMING_AND_GOING = /^\/api\/(session|invitation|account|oidc|restore)(\/|$)/;

/** @param shell paths of the files of the build */
export function wayOf({ method, url, mode, headers }: Asked, origin: string, shell: ReadonlySet<string>): Way {
  const to = new URL(url);
  if (to.origin !== origin) return 'pass';
  const path = to.pathname;
  if (method !== 'GET') return COMING_AND_GOING.test(path) ? 'farewell' : 'pass';
  if (mode === 'navigate') {
    if (path.startsWith('/api/oidc/')) return 'farewell';
    return ELSEWHERE.test(path) || /\.\w+$/.test(path) ? 'pass' : 'page';
  }
  if (shell.has(path)) return 'shell';
  if (path === '/api/session') return 'session';
  if ((headers.get('accept') ?? '').includes('text/event-stream') || headers.get('range') !== null) return 'pass';
  return KEPT.test(path) && !NOT_KEPT.test(path) && !isJob(path) ? 'answer' : 'pass';
}

/** How a computation goes on is of no use later. */
function isJob(path: string): boolean {
  return /\/jobs(\/|$)/.test(path);
}

/** The most that one kept answer may hold [bytes]. */
export const LARGEST = 5 * 1024 * 1024;

/** From here on an answer is large [bytes]: of large ones fewer are kept. */
export const LARGE = 256 * 1024;

/** How many answers are kept: at most 130 MB of small ones and 100 MB of large ones, in truth far less. */
export const MOST = { small: 500, large: 20 } as const;

/** Whether an answer may be kept at all. */
export function mayKeep({ status, headers }: { status: number; headers: { get(name: string): string | null } }): boolean {
  if (status !== 200) return false;
  if (/\bno-store\b/.test(headers.get('cache-control') ?? '')) return false;
  if (/^text\/event-stream\b/.test(headers.get('content-type') ?? '')) return false;
  if (/^attachment\b/.test(headers.get('content-disposition') ?? '')) return false;
  return Number(headers.get('content-length') ?? 0) <= LARGEST;
}

/** The names of the caches in which the answers to a user are kept. */
export function answerCaches(user: string): { small: string; large: string } {
  const whose = encodeURIComponent(user);
  return { small: `answers-small:${whose}`, large: `answers-large:${whose}` };
}

export function isAnswerCache(name: string): boolean {
  return name.startsWith('answers-');
}

/** Whose answers are kept, by the names of all caches; `null` where nobody's are. */
export function keptUser(names: readonly string[]): string | null {
  const name = names.find((one) => one.startsWith('answers-small:'));
  return name === undefined ? null : decodeURIComponent(name.slice('answers-small:'.length));
}
