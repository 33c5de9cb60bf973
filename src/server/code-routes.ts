/** The codebook: one code at a time, the one that ships, and files of codes. */
import { z } from 'zod';
import { codeBody, codeReply, codesImported } from '../api/codes.ts';
import { codeTree, shippedCodebook, writeCodebookJson } from '../evidence/codebook.ts';
import { exportedCodes } from '../evidence/qda-export.ts';
import { writeQdc } from '../formats/qda-writer.ts';
import { digestOf } from '../formats/source-node.ts';
import { listCodes } from '../store/coding.ts';
import { limitedBytes } from './answer.ts';
import { addCode, changeCode, codeFor, dropCode, importCodes, keepCodes } from './code-desk.ts';
import { route } from './route.ts';
import { plainName } from './uploads.ts';
import { expectVersion, versioned } from './versions.ts';

/** A codebook has hundreds of codes [bytes]. */
const LARGEST = 10 * 1024 * 1024;

export const codeRoutes = [
  route({
    method: 'get',
    path: '/api/codes/:code',
    rule: 'reader everywhere',
    summary: 'One code, with its version',
    reply: codeReply,
    handle: ({ context: { db }, params: { code = '' } }) => versioned(codeFor(db, code)),
  }),
  route({
    method: 'post',
    path: '/api/codes',
    rule: 'contributor everywhere',
    summary: 'A new code; its id is made of its name',
    once: true,
    body: codeBody,
    reply: codeReply,
    handle: ({ context: { db }, visitor, body }) => versioned(codeFor(db, addCode(db, visitor.id, body)), { status: 201 }),
  }),
  route({
    method: 'put',
    path: '/api/codes/:code',
    rule: 'contributor everywhere',
    summary: 'Changes a code; the version that was seen goes along in if-match',
    once: true,
    body: codeBody,
    reply: codeReply,
    handle: ({ context: { db }, visitor, params: { code = '' }, request, body }) => {
      expectVersion(request, codeFor(db, code));
      changeCode(db, visitor.id, code, body);
      return versioned(codeFor(db, code));
    },
  }),
  route({
    method: 'delete',
    path: '/api/codes/:code',
    rule: 'editor everywhere',
    summary: 'Removes a code that no passage has and below which none stands',
    once: true,
    reply: z.undefined(),
    handle: ({ context: { db }, visitor, params: { code = '' }, request }) => {
      expectVersion(request, codeFor(db, code));
      dropCode(db, visitor.id, code);
    },
  }),
  route({
    method: 'post',
    path: '/api/codes/shipped',
    rule: 'contributor everywhere',
    summary: 'Brings in the codebook of the field that ships; codes of the same id are written anew',
    once: true,
    reply: codesImported,
    handle: ({ context: { db }, visitor }) => keepCodes(db, visitor.id, shippedCodebook()),
  }),
  route({
    method: 'post',
    path: '/api/code-files',
    rule: 'editor everywhere',
    summary: 'Codes of a file: REFI-QDA (.qdc) or JSON',
    query: z.object({ name: z.string().min(1).max(300) }),
    body: { media: 'application/octet-stream' },
    reply: codesImported,
    handle: async ({ context: { db }, visitor, query, request, lang }) => {
      const bytes = await limitedBytes(request, LARGEST);
      return importCodes(db, visitor.id, { name: plainName(query.name), bytes, digest: digestOf(bytes) }, lang);
    },
  }),
  route({
    method: 'get',
    path: '/api/codes.qdc',
    rule: 'reader everywhere',
    summary: 'The codebook for other programs (REFI-QDA), in the language of the caller',
    reply: { media: 'application/xml' },
    handle: ({ context: { db }, lang }) =>
      download(writeQdc(exportedCodes(codeTree(listCodes(db)), lang), 'Saryarka'), 'application/xml', `codes.${lang}.qdc`),
  }),
  route({
    method: 'get',
    path: '/api/codes.json',
    rule: 'reader everywhere',
    summary: 'The codebook with all its languages',
    reply: { media: 'application/json' },
    handle: ({ context: { db } }) => download(writeCodebookJson(listCodes(db)), 'application/json', 'codes.json'),
  }),
];

/** A file to be saved. */
export function download(content: string | Uint8Array<ArrayBuffer>, type: string, name: string): Response {
  return new Response(content, {
    headers: { 'content-type': type, 'content-disposition': `attachment; filename="${name}"`, 'cache-control': 'no-store' },
  });
}
