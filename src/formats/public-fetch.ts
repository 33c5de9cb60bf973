/**
 * Asks web servers on public machines only, so that nobody reads through us what lies behind our own firewall (server-side request
 * forgery): names are resolved once, every machine they may lead to is looked at, and the connection goes to one of those.
 * Redirections are followed by the same rule.
 *
 *     const response = await publicFetch('https://example.org/ndvi.tif', { headers: { range: 'bytes=0-65535' } });
 */
import { type LookupAddress, lookup } from 'node:dns';
import { type IncomingMessage, type RequestOptions, request as requestPlain } from 'node:http';
import { request as requestSecure } from 'node:https';
import { BlockList, isIP } from 'node:net';
import { Readable } from 'node:stream';
import { Problem } from '../problems.ts';

export interface AddressRequest {
  headers?: Record<string, string>;
  signal?: AbortSignal | null;
}

export interface PublicFetchOptions extends AddressRequest {
  /** All addresses of a name; the system's resolver where not given. */
  resolve?: (host: string) => Promise<LookupAddress[]>;
  isAllowed?: (address: string) => boolean;
}

const MOST_REDIRECTIONS = 5;
const REDIRECTIONS = new Set([301, 302, 303, 307, 308]);
/** Without an answer for so long a server is taken for gone [ms]. */
const PATIENCE = 30_000;

/** What of IPv4 is not public: https://www.iana.org/assignments/iana-ipv4-special-registry and multicast. */
const NOT_PUBLIC_V4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
];
/** Global unicast of IPv6 is all there is to reach; what of it is set aside: https://www.iana.org/assignments/iana-ipv6-special-registry */
const PUBLIC_V6 = ['2000::/3'];
const NOT_PUBLIC_V6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

const refusedV4 = listOf(NOT_PUBLIC_V4, 'ipv4');
const [allowedV6, refusedV6] = [listOf(PUBLIC_V6, 'ipv6'), listOf(NOT_PUBLIC_V6, 'ipv6')];

/** Whether an IP address is one that anybody on the internet can reach; addresses of IPv4 inside those of IPv6 are not taken. */
export function isPublic(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !refusedV4.check(address, 'ipv4');
  return family === 6 && allowedV6.check(address, 'ipv6') && !refusedV6.check(address, 'ipv6');
}

/**
 * As `fetch`, GET alone.
 * @throws Problem `address-private`, `url-unreadable`; errors of the connection.
 */
export async function publicFetch(address: string, options: PublicFetchOptions = {}): Promise<Response> {
  let url = new URL(address);
  let asked = options;
  for (let hop = 0; hop <= MOST_REDIRECTIONS; hop++) {
    const answer = await askOnce(url, asked);
    const { location } = answer.headers;
    if (!REDIRECTIONS.has(answer.statusCode ?? 0) || location === undefined) return responseOf(answer);
    answer.destroy();
    const next = URL.canParse(location, url.href) ? new URL(location, url) : null;
    const isLess = next === null || !/^https?:$/.test(next.protocol) || (url.protocol === 'https:' && next.protocol !== 'https:');
    if (isLess)
      throw new Problem('url-unreadable', { file: nameOf(url), reason: `HTTP ${answer.statusCode}: ${location.slice(0, 80)}` });
    if (next.origin !== url.origin) asked = { ...asked, headers: withoutKeys(asked.headers ?? {}) };
    url = next;
  }
  throw new Problem('url-unreadable', { file: nameOf(url), reason: `> ${MOST_REDIRECTIONS} HTTP 3xx` });
}

/** What a server is told in confidence is not told to another one that it sends us to. */
const withoutKeys = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !/^(authorization|cookie|x-api-key)$/i.test(name)));

async function askOnce(
  url: URL,
  { headers = {}, signal = null, resolve = resolved, isAllowed = isPublic }: PublicFetchOptions,
): Promise<IncomingMessage> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const found = isIP(host) === 0 ? await resolve(host) : [{ address: host, family: isIP(host) }];
  const refused = found.find(({ address }) => !isAllowed(address));
  const [target] = found;
  if (refused !== undefined || target === undefined)
    throw new Problem('address-private', { file: nameOf(url), found: refused?.address ?? '–' });
  signal?.throwIfAborted();
  const options: RequestOptions = {
    headers: { ...headers, 'accept-encoding': 'identity' },
    agent: false,
    timeout: PATIENCE,
    ...(signal === null ? {} : { signal }),
    // what was looked at is what is connected to: the name is not resolved a second time
    lookup: (_, asked, done) => {
      if (typeof asked === 'object' && asked.all === true) done(null, [target]);
      else done(null, target.address, target.family);
    },
  };
  return new Promise((answered, failed) => {
    const request = (url.protocol === 'https:' ? requestSecure : requestPlain)(url, options, answered);
    request.on('timeout', () => request.destroy(Object.assign(new Error('ETIMEDOUT'), { code: 'ETIMEDOUT' })));
    request.on('error', failed);
    request.end();
  });
}

function responseOf(answer: IncomingMessage): Response {
  const status = answer.statusCode ?? 500;
  const headers = new Headers();
  for (const [name, value] of Object.entries(answer.headers)) if (value !== undefined) headers.set(name, String(value));
  const isEmpty = status === 204 || status === 205 || status === 304;
  if (isEmpty) answer.resume();
  return new Response(isEmpty ? null : (Readable.toWeb(answer) as unknown as ReadableStream), { status, headers });
}

function resolved(host: string): Promise<LookupAddress[]> {
  return new Promise((done, failed) => {
    lookup(host, { all: true }, (error, addresses) => (error === null ? done(addresses) : failed(error)));
  });
}

function nameOf({ protocol, host, pathname }: URL): string {
  return `${protocol}//${host}${pathname}`;
}

function listOf(ranges: readonly string[], family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [network = '', bits = ''] = range.split('/');
    list.addSubnet(network, Number(bits), family);
  }
  return list;
}
