/**
 * Where a request comes from: the address at the other end, or the one that a proxy we trust names.
 *
 *     peerOf(request).secure   // over https
 */

export interface Peer {
  address: string;
  /** Over https, up to the proxy at least. */
  secure: boolean;
  /** As in the address bar: name and port. */
  host: string;
  /** From this machine, with nothing in between that we can tell. */
  here: boolean;
}

/** What `@hono/node-server` tells of a connection. */
interface Connection {
  incoming?: { socket?: { remoteAddress?: string | undefined; encrypted?: boolean } };
}

/** Only these may be written in the address bar of a user without an account. */
const LOCAL_HOST = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;
const LOCAL_ADDRESS = /^(127\.|::1$|::ffff:127\.|$)/;
const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'via'];

const peers = new WeakMap<Request, Peer>();

/** Finds out where `request` comes from, for `peerOf`. @param proxies addresses whose word is taken */
export function meetPeer(request: Request, connection: unknown, proxies: readonly string[]): Peer {
  const socket = (connection as Connection | undefined)?.incoming?.socket;
  const direct = (socket?.remoteAddress ?? '').replace(/^::ffff:/i, '');
  const trusted = proxies.includes(direct);
  const chain = trusted ? listOf(request, 'x-forwarded-for') : [];
  const peer = {
    address: chain.findLast((address) => !proxies.includes(address)) ?? direct,
    secure: socket?.encrypted === true || (trusted && listOf(request, 'x-forwarded-proto').at(-1) === 'https'),
    host: request.headers.get('host') ?? '',
    here:
      LOCAL_ADDRESS.test(direct) &&
      LOCAL_HOST.test(request.headers.get('host') ?? '') &&
      !FORWARDED.some((name) => request.headers.has(name)),
  };
  peers.set(request, peer);
  return peer;
}

export function peerOf(request: Request): Peer {
  const peer = peers.get(request);
  if (peer === undefined) throw new Error('a request that nobody met');
  return peer;
}

/** Whether `host` is one of `names`, with any port where the name has none. */
export function isHost(host: string, names: readonly string[]): boolean {
  const bare = host.replace(/:\d+$/, '').toLowerCase();
  return names.some((name) => name.toLowerCase() === bare || name.toLowerCase() === host.toLowerCase());
}

export function isLocalHost(host: string): boolean {
  return LOCAL_HOST.test(host);
}

function listOf(request: Request, header: string): string[] {
  return (request.headers.get(header) ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
