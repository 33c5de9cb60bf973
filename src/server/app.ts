/**
 * The observatory over HTTP: the pages, and the routes that they and others call. docs/api.md
 */
import { Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { Problem } from '../problems.ts';
import type { Db } from '../store/db.ts';
import type { Lang } from '../types.ts';
import { answer, langOf, problemReply } from './answer.ts';
import type { ServerContext, WebFile } from './context.ts';
import { webFile } from './pages.ts';
import { allowed } from './route.ts';
import { routes } from './routes.ts';
import { statuses } from './statuses.ts';
import { LOCAL_USER } from './visitor.ts';

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
}

/** Only these may be written in the address bar: a page elsewhere must not reach us through a name of its own. */
const LOCAL = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

export function createApp({ db, file, lang, today, pages = new Map() }: AppOptions): Hono {
  const context: ServerContext = { db, file, lang, today, status: statuses(db, today), pages };
  const app = new Hono();
  app.use(
    secureHeaders({
      strictTransportSecurity: false, // this machine only, without TLS
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
    if (!LOCAL.test(c.req.header('host') ?? '')) return c.text('only localhost', 403);
    return next();
  });
  app.onError((error, c) => problemReply(error, langOf(c.req.raw, lang)));
  for (const route of routes) {
    app.on(route.method.toUpperCase(), route.path, async (c) => {
      const params: Record<string, string> = c.req.param();
      const visitor = LOCAL_USER;
      if (!allowed(route.rule, visitor, params.site)) throw new Problem(visitor.signedIn ? 'not-allowed' : 'not-signed-in');
      return answer(route, { context, visitor, params, request: c.req.raw });
    });
  }
  app.all('/api/*', () => {
    throw new Problem('not-found');
  });
  app.get('*', (c) => webFile(pages, c.req.raw));
  return app;
}
