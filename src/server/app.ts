/**
 * The observatory over HTTP: the pages, and the routes that they and others call. docs/api.md
 */
import { Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { Problem, problemText } from '../problems.ts';
import type { Db } from '../store/db.ts';
import type { Lang } from '../types.ts';
import { type AccessOptions, accessOf, isExpected } from './access.ts';
import { expectOwnPage, identify } from './accounts.ts';
import { answer, langOf, problemReply } from './answer.ts';
import { compressed } from './compression.ts';
import type { ServerContext, WebFile } from './context.ts';
import { TooManyRequests } from './limits.ts';
import { webFile } from './pages.ts';
import { meetPeer } from './peer.ts';
import { allowed, type Route } from './route.ts';
import { routes as everyRoute } from './routes.ts';
import { statuses } from './statuses.ts';
import { ChangedMeanwhile, versionOf } from './versions.ts';

export interface AppOptions {
  db: Db;
  /** Name under which the dossier is downloaded. */
  file: string;
  /** Language of a visitor whose browser asks for none of ours. */
  lang: Lang;
  /** ISO 8601 date. */
  today(): string;
  /** The built pages; none where only the interface is wanted. */
  pages?: ReadonlyMap<string, WebFile>;
  /** Folder that data are computed from. */
  data?: string;
  /** Who is let in: without it the one user of this machine, until the dossier has accounts. */
  access?: AccessOptions;
  /** Told of what nobody foresaw; the caller is only told that it happened. Without it such an error is thrown. */
  report?(error: unknown): void;
  /** Others than all there are, for tests. */
  routes?: readonly Route[];
}

/** For a year, and for this name alone [s]. RFC 6797. */
const HTTPS_ONLY = 'max-age=31536000';

/** Requests that change nothing. RFC 9110, 9.2.1. */
const SAFE = ['GET', 'HEAD', 'OPTIONS'];

export function createApp(options: AppOptions): Hono {
  const { db, file, lang, today, pages = new Map(), access = {}, data = null, routes = everyRoute, report } = options;
  const context: ServerContext = { db, file, lang, today, status: statuses(db, today), access: accessOf(access), pages, data };
  const app = new Hono();
  app.use(
    secureHeaders({
      strictTransportSecurity: false, // below, over https alone
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        connectSrc: ["'self'"],
        workerSrc: ["'self'", 'blob:'],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'"],
        manifestSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
      },
    }),
  );
  app.use(async (c, next) => {
    const peer = meetPeer(c.req.raw, c.env, context.access.proxies);
    if (!isExpected(context, peer)) return c.text('this is not a name of this server', 403);
    await next();
    if (peer.secure) c.res.headers.set('strict-transport-security', HTTPS_ONLY);
  });
  app.onError((error, c) => refusal(error, langOf(c.req.raw, lang), report));
  for (const route of routes) {
    app.on(route.method.toUpperCase(), route.path, async (c) => {
      const request = c.req.raw;
      const params: Record<string, string> = c.req.param();
      const visitor = identify(context, request);
      if (!SAFE.includes(request.method)) expectOwnPage(context, visitor, request);
      if (!allowed(route.rule, visitor, params.site)) throw new Problem(visitor.signedIn ? 'not-allowed' : 'not-signed-in');
      const response = await answer(route, { context, visitor, params, request });
      if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'private, no-cache');
      response.headers.append('vary', 'cookie');
      return compressed(request, response);
    });
  }
  app.all('/api/*', () => {
    throw new Problem('not-found');
  });
  app.get('*', (c) => webFile(pages, c.req.raw));
  return app;
}

/** What cannot be done, in the caller's language; what somebody else stored meanwhile goes along. */
function refusal(error: unknown, lang: Lang, report: AppOptions['report']): Response {
  if (error instanceof ChangedMeanwhile) {
    const body = { code: error.code, message: problemText(error, lang), stored: error.stored };
    return Response.json(body, { status: 412, headers: { etag: `"${versionOf(error.stored)}"` } });
  }
  try {
    const response = problemReply(error, lang);
    if (error instanceof TooManyRequests) response.headers.set('retry-after', String(error.seconds));
    return response;
  } catch (unforeseen) {
    if (report === undefined) throw unforeseen;
    report(unforeseen);
    return Response.json({ code: 'internal', message: problemText(new Problem('internal'), lang) }, { status: 500 });
  }
}
