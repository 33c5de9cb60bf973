/**
 * Who is calling: by the cookie of their session, by the key of a program, or the one user of a dossier on their own machine.
 *
 *     const visitor = identify(context, request);
 *     if (isWrite) expectOwnPage(context, visitor, request);
 */
import { timingSafeEqual } from 'node:crypto';
import { parse, serialize } from 'hono/utils/cookie';
import { atLeast, type Role } from '../api/roles.ts';
import { Problem } from '../problems.ts';
import { userOfKey } from '../store/api-keys.ts';
import { EVERYWHERE, rolesOf, visitorsMay } from '../store/roles.ts';
import { csrfOf, sessionOf } from '../store/sessions.ts';
import { getUser } from '../store/users.ts';
import { modeOf } from './access.ts';
import type { ServerContext } from './context.ts';
import { type Peer, peerOf } from './peer.ts';
import { LOCAL_USER, NOBODY, type Visitor, visitor } from './visitor.ts';

/** Keys write as editors at most: who administers does it in person. */
const OF_KEYS: Role = 'editor';

/** @param given token of a session that the browser is only now given */
export function identify({ db, access }: ServerContext, request: Request, given?: string): Visitor {
  if (modeOf({ db, access }) === 'local') return LOCAL_USER;
  const visitors: Visitor['roles'] = visitorsMay(db) === 'read' ? { [EVERYWHERE]: 'reader' } : {};
  const key = /^Bearer ([\w-]{20,200})$/.exec(request.headers.get('authorization') ?? '')?.[1];
  if (given === undefined && key !== undefined) return programOf({ db, access }, key) ?? visitor(NOBODY, visitors);
  const token = given ?? cookieOf(request, sessionCookie(peerOf(request)));
  const session = token === null ? null : sessionOf(db, token, access.now());
  const user = session === null ? null : getUser(db, session.user);
  if (token === null || session === null || user === null) return visitor(NOBODY, visitors);
  const who = { id: user.id, name: user.name, signedIn: true };
  return visitor(who, { ...visitors, ...rolesOf(db, user.id) }, { id: session.id, csrf: csrfOf(token) });
}

/** The user for whom a program acts; no cookie is looked at, so that no page can borrow one. */
function programOf({ db, access }: Pick<ServerContext, 'db' | 'access'>, key: string): Visitor | null {
  const id = userOfKey(db, key, access.now());
  const user = id === null ? null : getUser(db, id);
  if (user === null) return null;
  const roles = Object.entries(rolesOf(db, user.id)).map(([place, role]) => [place, atLeast(role, OF_KEYS) ? OF_KEYS : role]);
  return visitor({ id: user.id, name: user.name, signedIn: true }, Object.fromEntries(roles));
}

/**
 * Refuses a write that another page makes a browser send. Browsers name the page with every write (Fetch Standard, 3.2), and ours
 * send a token: that of the session, or of this start of the server where nobody signs in. Programs that have no session send
 * neither. Who has not signed in has nothing that could be abused.
 * @throws Problem `csrf-wrong`.
 */
export function expectOwnPage(context: ServerContext, { session }: Visitor, request: Request): void {
  const [site, origin, sent] = ['sec-fetch-site', 'origin', 'x-csrf-token'].map((name) => request.headers.get(name) ?? null);
  const foreign = (site ?? 'same-origin') !== 'same-origin' || (origin != null && hostOf(origin) !== peerOf(request).host);
  if (foreign) throw new Problem('csrf-wrong');
  const fromPage = [site, origin, sent].some((header) => header !== null);
  const expected = session?.csrf ?? (fromPage && modeOf(context) === 'local' ? context.access.csrf : null);
  if (expected !== null && !isSame(sent ?? '', expected)) throw new Problem('csrf-wrong');
}

/** Over https nobody but this very host can set the cookie. RFC 6265bis, 4.1.3.2. */
function sessionCookie({ secure }: Peer): string {
  return secure ? '__Host-saryarka' : 'saryarka';
}

export function cookieOf(request: Request, name: string): string | null {
  return parse(request.headers.get('cookie') ?? '', name)[name] ?? null;
}

/** The header that gives a browser the session of `token`, or takes it away. */
export function sessionHeaders(request: Request, token: string | null): Record<string, string> {
  const peer = peerOf(request);
  return { 'set-cookie': ownCookie(peer, sessionCookie(peer), token ?? '', { maxAge: token === null ? 0 : DAYS_30 }) };
}

const DAYS_30 = 30 * 86_400;

/** A cookie that scripts cannot read and that other sites' pages do not send. */
export function ownCookie(
  { secure }: Peer,
  name: string,
  value: string,
  { maxAge, path = '/' }: { maxAge: number; path?: string },
): string {
  return serialize(name, value, { httpOnly: true, sameSite: 'Lax', secure, path, maxAge });
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
