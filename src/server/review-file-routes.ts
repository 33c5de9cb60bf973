/** The review as files, and the dossier itself. */
import { Problem } from '../problems.ts';
import { type DocumentFormat, documentFormats, reviewDocument } from '../review/document.ts';
import { dossierBytes } from '../store/dossier.ts';
import { lastChange, loadReviewFacts } from '../store/review-facts.ts';
import type { Lang } from '../types.ts';
import { route } from './route.ts';

const MEDIA_TYPE: Record<DocumentFormat, string> = {
  html: 'text/html; charset=utf-8',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
};

export const reviewFileRoutes = [
  route({
    method: 'get',
    path: '/api/sites/:site/review/:file',
    rule: 'reader here',
    summary: 'The draft review as it stands: draft.html, draft.docx or draft.pdf, in the language of `lang`',
    reply: { media: '*/*' },
    handle: async ({ context: { db, today }, params, lang }) => {
      const format = documentFormats.find((known) => params.file === `draft.${known}`);
      if (format === undefined) throw new Problem('not-found');
      const known = loadReviewFacts(db, params.site ?? '');
      const { bytes } = await reviewDocument(known, format, { lang, date: lastChange(db) ?? today() });
      return new Response(new Uint8Array(bytes), { headers: headersOf(known.facts.site.id, lang, format) });
    },
  }),
  route({
    method: 'get',
    path: '/api/dossier.gpkg',
    rule: 'administrator everywhere',
    summary: 'The dossier as one GeoPackage, while others go on working',
    reply: { media: 'application/geopackage+sqlite3' },
    handle: ({ context }) => {
      const name = (context.file.split(/[\\/]/).at(-1) ?? 'dossier.gpkg').replace(/[^\w.-]/g, '_');
      return new Response(dossierBytes(context.db), {
        headers: {
          'content-type': 'application/geopackage+sqlite3',
          'content-disposition': `attachment; filename="${name}"`,
        },
      });
    },
  }),
];

/** A page is shown, a file is saved under the reserve's name. */
function headersOf(site: string, lang: Lang, format: DocumentFormat): Record<string, string> {
  if (format === 'html') return { 'content-type': MEDIA_TYPE.html };
  const name = `${site}.${lang}.${format}`.replace(/[^\w.-]/g, '_');
  return { 'content-type': MEDIA_TYPE[format], 'content-disposition': `attachment; filename="${name}"` };
}
