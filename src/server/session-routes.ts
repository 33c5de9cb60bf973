/** Who is there; signing in and out; one's own account; invitations. */
import { z } from 'zod';
import { acceptance, openInvitation as openShape } from '../api/accounts.ts';
import { accountChange, ownSessions, passwordChange, session, signIn as signInShape } from '../api/session.ts';
import { Problem } from '../problems.ts';
import { openInvitation } from '../store/invitations.ts';
import { endSession, endSessionsOf, listSessions } from '../store/sessions.ts';
import { getSite } from '../store/sites.ts';
import { changeUser, getUser } from '../store/users.ts';
import { cookieOf, identify, ownCookie, sessionHeaders } from './accounts.ts';
import { acceptAs, enter, finishAtProvider, setOwnPassword, signIn } from './entering.ts';
import { addressKey } from './limits.ts';
import { peerOf } from './peer.ts';
import { route } from './route.ts';
import { sessionOfVisitor } from './session-reply.ts';

/** Binds a sign-in at the provider to the browser that began it. */
const PROVIDER_COOKIE = { name: 'saryarka-provider', path: '/api/oidc' };

export const sessionRoutes = [
  route({
    method: 'get',
    path: '/api/session',
    rule: 'anyone',
    summary: 'Who is calling, in which language, and what they may do where',
    reply: session,
    handle: ({ context, visitor, lang }) => sessionOfVisitor(context, visitor, lang),
  }),
  route({
    method: 'post',
    path: '/api/session',
    rule: 'anyone',
    summary: 'Signs in with name and password',
    body: signInShape,
    reply: session,
    handle: async ({ context, visitor, body, request, lang }) => {
      const user = await signIn(context, body, request);
      return enter(context, user, { request, lang, before: visitor.session?.id ?? null });
    },
  }),
  route({
    method: 'delete',
    path: '/api/session',
    rule: 'signed-in',
    summary: 'Signs out',
    reply: { media: 'text/plain' },
    handle: ({ context, visitor, request }) => {
      if (visitor.session !== null) endSession(context.db, visitor.id, visitor.session.id);
      return new Response(null, { status: 204, headers: sessionHeaders(request, null) });
    },
  }),
  route({
    method: 'get',
    path: '/api/account/sessions',
    rule: 'signed-in',
    summary: 'Where one is signed in',
    reply: ownSessions,
    handle: ({ context, visitor }) =>
      listSessions(context.db, visitor.id, context.access.now()).map(({ user: _, ...one }) => ({
        ...one,
        current: one.id === visitor.session?.id,
      })),
  }),
  route({
    method: 'delete',
    path: '/api/account/sessions',
    rule: 'signed-in',
    summary: 'Signs out everywhere',
    reply: { media: 'text/plain' },
    handle: ({ context, visitor, request }) => {
      endSessionsOf(context.db, visitor.id, visitor.id);
      return new Response(null, { status: 204, headers: sessionHeaders(request, null) });
    },
  }),
  route({
    method: 'put',
    path: '/api/account',
    rule: 'signed-in',
    summary: "Changes one's own name or language",
    body: accountChange,
    reply: session,
    handle: ({ context, visitor, body, request, lang }) => {
      if (getUser(context.db, visitor.id) === null) throw new Problem('accounts-none');
      const { name, lang: spoken } = body;
      changeUser(context.db, visitor.id, visitor.id, { ...(name && { name }), ...(spoken && { lang: spoken }) });
      return sessionOfVisitor(context, identify(context, request), lang);
    },
  }),
  route({
    method: 'put',
    path: '/api/account/password',
    rule: 'signed-in',
    summary: 'Sets a new password; one stays signed in here and nowhere else',
    body: passwordChange,
    reply: session,
    handle: async ({ context, visitor, body, request, lang }) => {
      await setOwnPassword(context, visitor, body, request);
      return enter(context, visitor.id, { request, lang, before: visitor.session?.id ?? null });
    },
  }),
  route({
    method: 'get',
    path: '/api/invitation/:token',
    rule: 'anyone',
    summary: 'What an invitation link opens',
    reply: openShape,
    handle: ({ context, params, request }) => {
      const now = context.access.now();
      const attempt = context.access.limits.enter([addressKey(peerOf(request).address)], now);
      const { login, kind, site, role, expires } = openInvitation(context.db, params.token ?? '', now);
      attempt.succeeded();
      const siteName = site === null ? null : (getSite(context.db, site)?.name ?? null);
      return { login, kind, site, siteName, role, expires, known: getUser(context.db, login) !== null };
    },
  }),
  route({
    method: 'post',
    path: '/api/invitation/:token',
    rule: 'anyone',
    summary: 'Accepts an invitation: a new account, a further role, or a new password',
    body: acceptance,
    reply: session,
    handle: async ({ context, visitor, params, body, request, lang }) => {
      const user = await acceptAs(context, params.token ?? '', { ...body, spoken: lang, visitor, request });
      return enter(context, user, { request, lang, before: visitor.session?.id ?? null });
    },
  }),
  route({
    method: 'get',
    path: '/api/oidc/start',
    rule: 'anyone',
    summary: 'Sends the browser to the OpenID provider',
    query: z.looseObject({ invitation: z.string().max(100).optional() }),
    reply: { media: 'text/plain' },
    handle: async ({ context: { access }, query, request }) => {
      if (access.provider === null) throw new Problem('not-found');
      const peer = peerOf(request);
      const now = access.now();
      access.limits.enter([addressKey(peer.address)], now).succeeded();
      const back = `${peer.secure ? 'https' : 'http'}://${peer.host}/api/oidc/callback`;
      const { address, cookie } = await access.provider.start({ back, invitation: query.invitation ?? null, now });
      const { name, path } = PROVIDER_COOKIE;
      return new Response(null, {
        status: 302,
        headers: { location: address, 'set-cookie': ownCookie(peer, name, cookie, { maxAge: 600, path }) },
      });
    },
  }),
  route({
    method: 'get',
    path: '/api/oidc/callback',
    rule: 'anyone',
    summary: 'Where the OpenID provider sends the browser back to',
    reply: { media: 'text/plain' },
    handle: ({ context, request, visitor }) =>
      finishAtProvider(context, {
        request,
        visitor,
        cookie: cookieOf(request, PROVIDER_COOKIE.name),
        spent: ownCookie(peerOf(request), PROVIDER_COOKIE.name, '', { maxAge: 0, path: PROVIDER_COOKIE.path }),
      }),
  }),
];
