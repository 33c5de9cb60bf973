/**
 * The ways in: a password, an invitation, an OpenID provider. Each ends with a session that is new (against session fixation), and
 * each try counts against the name and the address that it comes from.
 */
import { Problem } from '../problems.ts';
import { acceptInvitation, openInvitation } from '../store/invitations.ts';
import { hashPassword, isPassword } from '../store/passwords.ts';
import { endSession, openSession } from '../store/sessions.ts';
import { getUser, keptPassword, setPassword, userByIdentity } from '../store/users.ts';
import type { Id, Lang } from '../types.ts';
import { modeOf } from './access.ts';
import { identify, sessionHeaders } from './accounts.ts';
import type { ServerContext } from './context.ts';
import { type Attempt, addressKey } from './limits.ts';
import { peerOf } from './peer.ts';
import { sessionOfVisitor } from './session-reply.ts';
import type { Visitor } from './visitor.ts';

/** @throws Problem `accounts-none`, `sign-in-failed`, `too-many-requests`. */
export async function signIn(
  context: ServerContext,
  { login, password }: { login: string; password: string },
  request: Request,
): Promise<Id> {
  if (modeOf(context) === 'local') throw new Problem('accounts-none');
  const id = login.trim().normalize('NFKC').toLowerCase();
  const attempt = tryAs(context, id, request);
  const right = await isPassword(password, keptPassword(context.db, id));
  if (!right || getUser(context.db, id)?.status !== 'active') throw new Problem('sign-in-failed');
  attempt.succeeded();
  return id;
}

/** @throws Problem `accounts-none`, `password-old-wrong`, `password-short`, `too-many-requests`. */
export async function setOwnPassword(
  context: ServerContext,
  { id }: Visitor,
  { old, new: next }: { old: string; new: string },
  request: Request,
): Promise<void> {
  if (getUser(context.db, id) === null) throw new Problem('accounts-none');
  const attempt = tryAs(context, id, request);
  const known = keptPassword(context.db, id);
  if (!(await isPassword(old, known))) throw new Problem('password-old-wrong');
  attempt.succeeded();
  setPassword(context.db, id, id, { password: await hashPassword(next), now: context.access.now().toISOString() });
}

export interface Accepting {
  name?: string | undefined;
  lang?: Lang | undefined;
  password?: string | undefined;
  /** The language that the page was read in. */
  spoken: Lang;
  visitor: Visitor;
  request: Request;
}

/** @throws Problem `invitation-gone`, `invitation-other`, `login-taken`, `password-short`, `request-unlike`. */
export async function acceptAs(context: ServerContext, token: string, given: Accepting): Promise<Id> {
  const { db, access } = context;
  const { name, password, lang, spoken, visitor, request } = given;
  const attempt = access.limits.enter([addressKey(peerOf(request).address)], access.now());
  const { kind } = openInvitation(db, token, access.now()); // before a hash is worked out for nothing
  attempt.succeeded();
  if (kind === 'invitation' && visitor.session !== null)
    return acceptInvitation(db, token, { signedIn: visitor.id }, access.now());
  if (password === undefined) throw new Problem('request-unlike', { where: 'body', field: 'password', found: '–' });
  const hash = await hashPassword(password);
  if (kind === 'password') return acceptInvitation(db, token, { password: hash }, access.now());
  if (name === undefined) throw new Problem('request-unlike', { where: 'body', field: 'name', found: '–' });
  return acceptInvitation(db, token, { name, lang: lang ?? spoken, password: hash }, access.now());
}

export interface AtProvider {
  request: Request;
  visitor: Visitor;
  /** What the browser was given when it was sent there. */
  cookie: string | null;
  /** Takes it away. */
  spent: string;
}

/** Lets in whom the provider vouches for, or sends them to the page that says why not. */
export async function finishAtProvider(
  context: ServerContext,
  { request, visitor, cookie, spent }: AtProvider,
): Promise<Response> {
  const { db, access } = context;
  if (access.provider === null) throw new Problem('not-found');
  const now = access.now();
  const to = (location: string, headers: [string, string][] = []): Response =>
    new Response(null, { status: 302, headers: [['location', location], ['set-cookie', spent], ...headers] });
  const attempt = access.limits.enter([addressKey(peerOf(request).address)], now);
  try {
    const { identity, name, invitation } = await access.provider.finish(new URL(request.url), cookie, now);
    const known = userByIdentity(db, identity);
    if (known === null && invitation === null) throw new Problem('oidc-no-account');
    if (known?.status === 'blocked') throw new Problem('sign-in-failed');
    const user =
      known?.id ?? acceptInvitation(db, invitation ?? '', { name, lang: context.lang, password: null, identity }, access.now());
    attempt.succeeded();
    if (visitor.session !== null) endSession(db, visitor.id, visitor.session.id);
    const { token } = openSession(db, user, access.now());
    return to('/', Object.entries(sessionHeaders(request, token)));
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const why =
      error.code === 'oidc-failed'
        ? `&why=${String(error.details.found)
            .replace(/[^\w.-]/g, '-')
            .slice(0, 60)}`
        : '';
    return to(`/sign-in?refused=${error.code}${why}`);
  }
}

export interface Entering {
  request: Request;
  lang: Lang;
  /** The session that the browser had until now. */
  before: Id | null;
}

/** Opens a session for `user`, ends the one before, and replies with who is there now. */
export function enter(context: ServerContext, user: Id, { request, lang, before }: Entering): Response {
  const { db, access } = context;
  if (before !== null) endSession(db, user, before);
  const { token } = openSession(db, user, access.now());
  const headers = sessionHeaders(request, token);
  const visitor = identify(context, request, token);
  return Response.json(sessionOfVisitor(context, visitor, lang), { headers });
}

function tryAs({ access }: ServerContext, login: string, request: Request): Attempt {
  return access.limits.enter([`login ${login.slice(0, 64)}`, addressKey(peerOf(request).address)], access.now());
}
