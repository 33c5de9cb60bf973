/** Documents as they come in, change and go. */
import { z } from 'zod';
import { documentFacts, documentImportQuery, documentImportReply } from '../api/documents.ts';
import { digestOf } from '../formats/source-node.ts';
import { Problem } from '../problems.ts';
import { removeDocument } from '../store/code-passages.ts';
import type { Db } from '../store/db.ts';
import { changeDocument } from '../store/keep-document.ts';
import { getSource, getSourceText } from '../store/source-texts.ts';
import type { Id } from '../types.ts';
import { limitedBytes } from './answer.ts';
import { importDocument } from './document-import.ts';
import { route } from './route.ts';
import { plainName } from './uploads.ts';
import { expectVersion, versioned } from './versions.ts';

/** The most that a document may take: it is kept in the dossier [bytes]. */
const LARGEST = 50 * 1024 * 1024;

export const documentRoutes = [
  route({
    method: 'post',
    path: '/api/documents',
    rule: 'contributor everywhere',
    summary:
      'Takes a document (PDF, Word, HTML, Markdown, text) or a list of references (CSL-JSON, BibTeX, RIS); told by its content',
    query: documentImportQuery,
    body: { media: 'application/octet-stream' },
    reply: documentImportReply,
    handle: async ({ context: { db }, visitor, query, request, lang }) => {
      const bytes = await limitedBytes(request, LARGEST);
      const file = { name: plainName(query.name), bytes, digest: digestOf(bytes) };
      return importDocument(db, visitor, file, { asked: query, lang });
    },
  }),
  route({
    method: 'get',
    path: '/api/documents/:document/facts',
    rule: 'reader everywhere',
    summary: 'What is said of a document: title, kind, licence, language, date, rights; with its version',
    reply: documentFacts,
    handle: ({ context: { db }, params }) => versioned(factsOf(db, params.document ?? '')),
  }),
  route({
    method: 'put',
    path: '/api/documents/:document/facts',
    rule: 'editor everywhere',
    summary: 'Says what a document is; without the right to store it, its text and file are removed',
    once: true,
    body: documentFacts,
    reply: documentFacts,
    handle: ({ context: { db }, visitor, params: { document = '' }, request, body }) => {
      expectVersion(request, factsOf(db, document));
      changeDocument(db, visitor.id, document, body);
      return versioned(factsOf(db, document));
    },
  }),
  route({
    method: 'delete',
    path: '/api/documents/:document',
    rule: 'editor everywhere',
    summary: 'Removes a document with its passages; one that is coded only with `force=yes`',
    once: true,
    query: z.object({ force: z.literal('yes').optional() }),
    reply: z.object({ passages: z.int(), codings: z.int(), kept: z.boolean() }),
    handle: ({ context: { db }, visitor, params: { document = '' }, query: { force } }) => {
      factsOf(db, document);
      return removeDocument(db, visitor.id, document, { force: force === 'yes' });
    },
  }),
];

/** @throws Problem `not-found` */
function factsOf(db: Db, id: Id): z.infer<typeof documentFacts> {
  const [source, text] = [getSource(db, id), getSourceText(db, id)];
  if (source === null || text === null) throw new Problem('not-found');
  const { title, kind, licence, href } = source;
  return { title, kind, licence, href, lang: text.lang, date: text.date, mayQuote: text.mayQuote, mayStore: text.mayStore };
}
