/** The review as files, and the dossier itself. */
import { documentQuery } from '../api/review.ts';
import { Problem } from '../problems.ts';
import { documentFormats } from '../review/document.ts';
import type { Id, Lang } from '../types.ts';
import { reviewDesk } from './review-desk.ts';
import type { ReviewFile } from './review-jobs.ts';
import { readingOf } from './review-reading.ts';
import { route } from './route.ts';

const MEDIA_TYPE: Record<ReviewFile['format'], string> = {
  html: 'text/html; charset=utf-8',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
  zip: 'application/zip',
};

/** What can be had, by name. */
const FILES: ReadonlyMap<string, ReviewFile> = new Map([
  ...[...documentFormats, 'zip' as const].map((format): [string, ReviewFile] => [`draft.${format}`, { what: 'draft', format }]),
  ...documentFormats.map((format): [string, ReviewFile] => [`questions.${format}`, { what: 'questions', format }]),
]);

export const reviewFileRoutes = [
  route({
    method: 'get',
    path: '/api/sites/:site/review/:file',
    rule: 'reader here',
    summary:
      'The draft review as it stands (draft.html, draft.docx, draft.pdf; draft.zip with all that is sent along) or the questions that a reviewer may ask (questions.html …), in the language of `in`',
    query: documentQuery,
    reply: { media: '*/*' },
    handle: async ({ context, visitor, params, lang, query }) => {
      const file = FILES.get(params.file ?? '');
      if (file === undefined) throw new Problem('not-found');
      const reading = readingOf(context, visitor, { site: params.site ?? '', lang: query.in ?? lang });
      const bytes = await reviewDesk(context.db).file(reading.site, file, {
        lang: reading.lang,
        date: reading.date,
        // only who may see what is confidential has a choice
        confidential: reading.confidential === 'mark' ? (query.confidential ?? 'mark') : 'leave-out',
        ...(query.previous === undefined ? {} : { previous: query.previous }),
      });
      return new Response(new Uint8Array(bytes), { headers: headersOf(reading.site, reading.lang, file) });
    },
  }),
];

/** A page is shown, a file is saved under the reserve's name. */
export function headersOf(site: Id, lang: Lang, { what, format }: ReviewFile): Record<string, string> {
  const common = { 'content-type': MEDIA_TYPE[format], 'cache-control': 'no-store' };
  if (format === 'html') return common;
  const name = `${site}${what === 'questions' ? '.questions' : ''}.${lang}.${format}`.replace(/[^\w.-]/g, '_');
  return { ...common, 'content-disposition': `attachment; filename="${name}"` };
}
