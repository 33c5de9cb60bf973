/** People at their browsers, for the bench: what they ask, what they write, how long they waited. */
import { Agent, request } from 'node:http';
import { SITES, writtenSections } from './dossier.ts';

export interface Person {
  id: string;
  token: string;
  csrf: string;
}

export interface Reply {
  status: number;
  body: string;
  bytes: number;
  etag: string | null;
  ms: number;
}

const agent = new Agent({ keepAlive: true, maxSockets: 400 });

/** Asks once; a refused or broken connection has status 0. */
export function ask(
  port: number,
  { token, csrf }: Person,
  path: string,
  { method = 'GET', body, ifMatch }: { method?: string; body?: unknown; ifMatch?: string | null } = {},
): Promise<Reply> {
  const started = performance.now();
  const write = method === 'GET' ? {} : { 'x-csrf-token': csrf, 'content-type': 'application/json' };
  // as browsers do; what comes is not unpacked, for the bench shares the machine with the server
  const packed = method === 'GET' ? { 'accept-encoding': 'gzip' } : {};
  const headers = { ...packed, cookie: `saryarka=${token}`, ...write, ...(ifMatch == null ? {} : { 'if-match': ifMatch }) };
  return new Promise((resolve) => {
    const done = (status: number, text: string, bytes: number, etag: string | null): void =>
      resolve({ status, body: text, bytes, etag, ms: performance.now() - started });
    const sent = request({ port, host: '127.0.0.1', path, method, headers, agent }, (reply) => {
      const chunks: Buffer[] = [];
      reply.on('data', (chunk: Buffer) => chunks.push(chunk));
      reply.on('error', () => done(0, 'broken off', 0, null));
      reply.on('end', () => {
        const whole = Buffer.concat(chunks);
        // what is only read is not decoded: the bench shares the machine with the server
        const text = method !== 'GET' || whole.length < 20_000 ? whole.toString() : '';
        done(reply.complete ? (reply.statusCode ?? 0) : 0, text, whole.length, reply.headers.etag ?? null);
      });
    });
    sent.on('error', (error) => done(0, String(error), 0, null));
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/** The same numbers at each run. Steele, Lea & Flood 2014, SplitMix; doi:10.1145/2660193.2660195 */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return ((z ^ (z >>> 16)) >>> 0) / 2 ** 32;
  };
}

const KINDS = ['events', 'staff', 'monitoring', 'research', 'facilities', 'projects'];

/** What readers open, how often, and the name that it is counted under. */
const MIX: [weight: number, route: string, path: (site: string, random: () => number) => string][] = [
  [12, 'country list', () => '/api/sites'],
  [12, 'site detail', (site) => `/api/sites/${site}`],
  [6, 'findings', (site) => `/api/sites/${site}/findings`],
  [4, 'zones.geojson', (site) => `/api/sites/${site}/zones.geojson`],
  [4, 'map.svg', (site) => `/api/sites/${site}/map.svg`],
  [6, 'figures', (site) => `/api/sites/${site}/indicators`],
  [6, 'one indicator', (site) => `/api/sites/${site}/indicators/surface-water`],
  [6, 'record kinds', (site) => `/api/sites/${site}/records`],
  [10, 'records', (site, random) => `/api/sites/${site}/records/${KINDS[Math.floor(random() * KINDS.length)]}`],
  [8, 'review outline', (site) => `/api/sites/${site}/review?in=ru`],
  [6, 'review section', (site) => `/api/sites/${site}/review/sections/II.1.4?in=ru`],
  [3, 'comments', (site) => `/api/sites/${site}/comments`],
  [4, 'OGC occurrences', (_, random) => `/ogc/collections/occurrences/items?limit=100&after=${Math.floor(random() * 90_000)}`],
  [2, 'OGC sites', () => '/ogc/collections/sites/items'],
  [
    6,
    'tile, occurrences',
    (_, random) => `/tiles/occurrences/7/${81 + Math.floor(random() * 12)}/${45 + Math.floor(random() * 3)}`,
  ],
  [4, 'tile, zones', (_, random) => `/tiles/zones/7/${81 + Math.floor(random() * 12)}/${45 + Math.floor(random() * 3)}`],
  [1, 'table of zones', (site) => `/api/sites/${site}/tables/zones.csv`],
  [1, 'table of occurrences', (site) => `/api/sites/${site}/tables/occurrences.csv`],
];

const WHOLE = MIX.reduce((sum, [weight]) => sum + weight, 0);

export function nextPage(random: () => number): { route: string; path: string } {
  const site = SITES[Math.floor(random() * SITES.length)] ?? '';
  let at = random() * WHOLE;
  for (const [weight, route, path] of MIX) {
    at -= weight;
    if (at < 0) return { route, path: path(site, random) };
  }
  return { route: 'country list', path: '/api/sites' };
}

/** Something that the server said it keeps. */
export type Kept = { what: 'record'; site: string; id: string } | { what: 'answer' | 'comment'; site: string; text: string };

const SECTIONS = writtenSections();

/** One write of a person; `kept` when the server acknowledged it, `conflict` when somebody else was first. */
export async function writeOnce(
  port: number,
  person: Person,
  n: number,
  random: () => number,
): Promise<{ reply: Reply; kept: Kept | null; conflict: boolean; route: string }> {
  const site = SITES[Math.floor(random() * SITES.length)] ?? '';
  const token = `${person.id}-${n}-${Math.floor(random() * 1e9)}`;
  const kind = random();
  if (kind < 0.4) {
    const values = { title: `Встреча ${token}`, date: '2024-05-12', type: 'workshop', total: 12, female: 5 };
    const reply = await ask(port, person, `/api/sites/${site}/records/events`, { method: 'POST', body: { values } });
    const kept =
      reply.status === 201 ? ({ what: 'record', site, id: (JSON.parse(reply.body) as { id: string }).id } as const) : null;
    return { reply, kept, conflict: false, route: 'new record' };
  }
  if (kind < 0.6) {
    const body = { section: SECTIONS[Math.floor(random() * SECTIONS.length)], text: `Замечание ${token}` };
    const reply = await ask(port, person, `/api/sites/${site}/comments`, { method: 'POST', body });
    return {
      reply,
      kept: reply.status === 200 ? { what: 'comment', site, text: body.text } : null,
      conflict: false,
      route: 'comment',
    };
  }
  // few sections, so that two people meet in one now and then
  const path = `/api/sites/${site}/answers/${SECTIONS[Math.floor(random() * 4)]}?in=ru`;
  const seen = await ask(port, person, path);
  const text = `Текст ${token}`;
  const reply = await ask(port, person, path, { method: 'PUT', body: { text }, ifMatch: seen.etag });
  return {
    reply,
    kept: reply.status === 200 ? { what: 'answer', site, text } : null,
    conflict: reply.status === 412,
    route: 'answer',
  };
}

export interface Tally {
  /** Waiting times by route [ms]. */
  times: Map<string, number[]>;
  errors: Map<string, number>;
  bytes: number;
}

export const newTally = (): Tally => ({ times: new Map(), errors: new Map(), bytes: 0 });

export function count(tally: Tally, route: string, { status, ms, bytes, body }: Reply): void {
  if (status >= 200 && status < 400) {
    const times = tally.times.get(route) ?? [];
    tally.times.set(route, times);
    times.push(ms);
    tally.bytes += bytes;
  } else {
    const key = `${route}: ${status} ${body.slice(0, 120)}`;
    tally.errors.set(key, (tally.errors.get(key) ?? 0) + 1);
  }
}

export function quantile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
