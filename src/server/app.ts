/**
 * The pages and their data over HTTP: each route parses, calls one function and returns. docs/api.md
 */
import { Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { isLang } from '../i18n/index.ts';
import { Problem, problemText } from '../problems.ts';
import { type DocumentFormat, documentFormats, reviewDocument } from '../review/document.ts';
import type { Db } from '../store/db.ts';
import { dossierBytes } from '../store/dossier.ts';
import { lastChange, loadReviewFacts } from '../store/review-facts.ts';
import { loadSiteFacts } from '../store/site-facts.ts';
import type { Lang } from '../types.ts';
import { zoneSummaries } from '../zonation/zone-summary.ts';
import { countryPage, overview } from './country-page.ts';
import { problemPage } from './layout.ts';
import { sitePage } from './site-page.ts';
import { statuses } from './statuses.ts';
import { style } from './style.ts';

interface AppContext {
  db: Db;
  /** Name under which the dossier is downloaded. */
  file: string;
  /** Language of a visitor whose browser asks for none of ours. */
  lang: Lang;
  /** ISO 8601 date. */
  today(): string;
}

/** Only these may be written in the address bar: a page elsewhere must not reach us through a name of its own. */
const LOCAL = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

const MEDIA_TYPE: Record<Exclude<DocumentFormat, 'html'>, string> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
};

export function createApp({ db, file, lang: fallback, today }: AppContext): Hono {
  const app = new Hono();
  const status = statuses(db, today);
  const langOf = (query: string | undefined, header: string | undefined): Lang =>
    query !== undefined && isLang(query)
      ? query
      : ((header ?? '')
          .split(/[,;]/)
          .map((part) => part.trim().slice(0, 2))
          .find(isLang) ?? fallback);

  app.use(
    secureHeaders({
      strictTransportSecurity: false, // this machine only, without TLS
      contentSecurityPolicy: {
        imgSrc: ['data:'],
        defaultSrc: ["'none'"],
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
  app.onError((error, c) => {
    if (!(error instanceof Problem)) throw error;
    const lang = langOf(c.req.query('lang'), c.req.header('accept-language'));
    const status = error.code === 'site-unknown' ? 404 : 500;
    return c.req.path.startsWith('/api/')
      ? c.json({ code: error.code, message: error.message }, status)
      : c.html(problemPage(problemText(error, lang), lang), status);
  });

  app.get('/', async (c) =>
    c.html(countryPage(await overview(status, db), langOf(c.req.query('lang'), c.req.header('accept-language')))),
  );
  app.get('/style.css', (c) => c.body(style, 200, { 'content-type': 'text/css; charset=utf-8' }));
  app.get('/sites/:id', async (c) => {
    const lang = langOf(c.req.query('lang'), c.req.header('accept-language'));
    return c.html(sitePage(await status(c.req.param('id')), lang));
  });
  app.get('/sites/:id/review', async (c) => {
    const lang = langOf(c.req.query('lang'), c.req.header('accept-language'));
    const format = documentFormats.find((known) => known === c.req.query('format')) ?? 'html';
    const known = loadReviewFacts(db, c.req.param('id'));
    const { bytes } = await reviewDocument(known, format, { lang, date: lastChange(db) ?? today() });
    return c.body(new Uint8Array(bytes), 200, reviewHeaders(known.facts.site.id, lang, format));
  });
  app.get('/dossier.gpkg', (c) => {
    const name = (file.split(/[\\/]/).at(-1) ?? 'dossier.gpkg').replace(/[^\w.-]/g, '_');
    return c.body(dossierBytes(db), 200, {
      'content-type': 'application/geopackage+sqlite3',
      'content-disposition': `attachment; filename="${name}"`,
    });
  });
  app.get('/api/sites', async (c) => c.json(await overview(status, db)));
  app.get('/api/sites/:id/findings', async (c) => c.json((await status(c.req.param('id'))).findings));
  app.get('/api/sites/:id/zones', (c) => c.json(zoneSummaries(loadSiteFacts(db, c.req.param('id')))));
  return app;
}

/** A page is shown, a file is saved under the reserve's name. */
function reviewHeaders(site: string, lang: Lang, format: DocumentFormat): Record<string, string> {
  if (format === 'html') return { 'content-type': 'text/html; charset=utf-8' };
  const name = `${site}.${lang}.${format}`.replace(/[^\w.-]/g, '_');
  return { 'content-type': MEDIA_TYPE[format], 'content-disposition': `attachment; filename="${name}"` };
}
