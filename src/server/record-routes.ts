/** What a reserve keeps through the years: lists, one record at a time, files of them, and papers beside them. */
import { z } from 'zod';
import { attachment, importBody, importReply, recordBody, recordKindCount, recordList, recordReply } from '../api/records.ts';
import { Problem } from '../problems.ts';
import { listsName, templateSheets } from '../records/template.ts';
import { attach, attachedFile, detach, listAttachments } from '../store/attachments.ts';
import { listRecordDatasets, loadRecordContext, removeRecords } from '../store/import-records.ts';
import { getSite } from '../store/sites.ts';
import { limitedBytes } from './answer.ts';
import { REVIEWED, siteState } from './changes.ts';
import { keptReply } from './kept-replies.ts';
import { countKinds, dropRecord, keepRecord, kindFor, listRecords, recordFor, recordState, shownTo } from './record-desk.ts';
import { importFile } from './record-imports.ts';
import { type Call, route } from './route.ts';
import { dropUpload, keepUpload, plainName, readUpload } from './uploads.ts';
import { expectVersion, versioned } from './versions.ts';

const MEGABYTE = 1024 * 1024;
/** The most that a table of records may take; a register of a reserve has hundreds of rows. */
const LARGEST_TABLE = 50 * MEGABYTE;
/** The most that a paper beside a record may take: it is kept in the dossier. */
const LARGEST_PAPER = 20 * MEGABYTE;

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export const recordRoutes = [
  route({
    method: 'get',
    path: '/api/sites/:site/records',
    rule: 'reader here',
    summary: 'The kinds of records, and how many there are of each',
    reply: z.array(recordKindCount),
    handle: (call) => {
      const [db, site] = [call.context.db, existing(call.context.db, siteOf(call))];
      const { secrets } = seenBy(call);
      const state = siteState(db, site, [...REVIEWED, 'answers']);
      return keptReply(db, { key: `kinds ${site} ${secrets}`, state, make: () => countKinds(db, call.visitor, site) });
    },
  }),
  route({
    method: 'get',
    path: '/api/sites/:site/records/:kind',
    rule: 'reader here',
    summary: 'The records of one kind, with the fields of the kind',
    reply: recordList,
    handle: (call) => {
      const [db, site, kind] = [call.context.db, existing(call.context.db, siteOf(call)), kindOf(call)];
      const { lang, secrets } = seenBy(call);
      return keptReply(db, {
        key: JSON.stringify(['records', site, kind.id, lang, secrets]),
        state: recordState(db, site, kind),
        make: () => listRecords(db, site, kind, { lang, secrets }),
      });
    },
  }),
  route({
    method: 'post',
    path: '/api/sites/:site/records/:kind',
    rule: 'contributor here',
    summary: 'Keeps a new record; values are read as those of a sheet are',
    once: true,
    body: recordBody,
    reply: recordReply,
    handle: (call) => {
      const id = keepRecord(call.context.db, whoOf(call), call.body.values, { ...placeOf(call), before: null });
      return versioned(recordFor(call.context.db, siteOf(call), kindOf(call), { id, ...seenBy(call) }), { status: 201 });
    },
  }),
  route({
    method: 'get',
    path: '/api/sites/:site/records/:kind/items/:record',
    rule: 'reader here',
    summary: 'One record, with its version',
    reply: recordReply,
    handle: (call) => versioned(found(recordOf(call))),
  }),
  route({
    method: 'put',
    path: '/api/sites/:site/records/:kind/items/:record',
    rule: 'contributor here',
    summary: 'Changes a record; the version that was seen goes along in if-match',
    once: true,
    body: recordBody,
    reply: recordReply,
    handle: (call) => {
      expectVersion(call.request, found(recordOf(call)));
      const id = keepRecord(call.context.db, whoOf(call), call.body.values, {
        ...placeOf(call),
        before: call.params.record ?? '',
      });
      return versioned(recordFor(call.context.db, siteOf(call), kindOf(call), { id, ...seenBy(call) }));
    },
  }),
  route({
    method: 'delete',
    path: '/api/sites/:site/records/:kind/items/:record',
    rule: 'contributor here',
    summary: 'Removes a record and what hangs on it; the audit keeps what it was',
    once: true,
    reply: z.undefined(),
    handle: (call) => {
      expectVersion(call.request, found(recordOf(call)));
      dropRecord(call.context.db, call.visitor.id, { site: siteOf(call), kind: kindOf(call), id: call.params.record ?? '' });
    },
  }),
  route({
    method: 'get',
    path: '/api/sites/:site/records/:kind/template.xlsx',
    rule: 'reader here',
    summary: 'A table to be filled in, with the records that are kept already',
    reply: { media: XLSX },
    handle: async (call) => {
      const { lang } = call;
      const kind = kindOf(call);
      const { context, kept: all } = loadRecordContext(call.context.db, siteOf(call), kind, '');
      // whoever may not see all of a record gets no row that would take the rest away when it comes back
      const { secrets } = seenBy(call);
      const kept = shownTo(all, secrets).filter(({ values }) => secrets || values.sensitive !== true);
      const { writeSpreadsheet } = await import('../formats/spreadsheet-writer.ts');
      const bytes = await writeSpreadsheet(templateSheets(kind, { lang, context, kept }), listsName(lang));
      const name = `${kind.id}.${lang}.xlsx`;
      return new Response(new Uint8Array(bytes), {
        headers: { 'content-type': XLSX, 'content-disposition': `attachment; filename="${name}"` },
      });
    },
  }),
  route({
    method: 'post',
    path: '/api/sites/:site/record-files',
    rule: 'contributor here',
    summary: 'A table of records, or one that was pasted; kept apart until it is imported',
    query: z.object({ name: z.string().min(1).max(300), lang: z.string().optional() }),
    body: { media: 'application/octet-stream' },
    reply: z.object({ digest: z.string(), name: z.string(), size: z.int() }),
    handle: async ({ request, query }) => ({
      name: plainName(query.name),
      ...(await keepUpload(request.body, { limit: LARGEST_TABLE })),
    }),
  }),
  route({
    method: 'post',
    path: '/api/sites/:site/record-previews',
    rule: 'contributor here',
    summary: 'What is understood of a table, row by row, and what importing it would do; nothing is written',
    body: importBody,
    reply: importReply,
    handle: (call) => imported(call, call.body, false),
  }),
  route({
    method: 'post',
    path: '/api/sites/:site/record-imports',
    rule: 'contributor here',
    summary: 'Keeps the records of a table',
    body: importBody,
    reply: importReply,
    handle: async (call) => {
      const reply = await imported(call, call.body, true);
      dropUpload(call.body.digest);
      return reply;
    },
  }),
  route({
    method: 'delete',
    path: '/api/sites/:site/records/:kind/imports/:dataset',
    rule: 'contributor here',
    summary: 'Takes back what one import brought',
    reply: z.object({ rows: z.int() }),
    handle: (call) => {
      const [db, kind] = [call.context.db, kindOf(call)];
      const dataset = listRecordDatasets(db, siteOf(call), kind.id).find(({ id }) => id === call.params.dataset);
      if (dataset === undefined) throw new Problem('not-found');
      const removed = removeRecords(db, call.visitor.id, dataset.id);
      return { rows: [...removed.values()].reduce((sum, count) => sum + count, 0) };
    },
  }),
  route({
    method: 'get',
    path: '/api/sites/:site/records/:kind/items/:record/attachments',
    rule: 'reader here',
    summary: 'The files that stand beside a record',
    reply: z.array(attachment),
    handle: (call) => listAttachments(call.context.db, attachedTo(call)),
  }),
  route({
    method: 'post',
    path: '/api/sites/:site/records/:kind/items/:record/attachments',
    rule: 'contributor here',
    summary: 'Puts a file beside a record; it is kept in the dossier under its digest',
    query: z.object({ name: z.string().min(1).max(300), lang: z.string().optional() }),
    body: { media: 'application/octet-stream' },
    reply: attachment,
    handle: async (call) => {
      found(recordOf(call));
      const bytes = await limitedBytes(call.request, LARGEST_PAPER);
      if (bytes.length === 0) throw new Problem('sheet-empty', { file: plainName(call.query.name) });
      const mediaType = call.request.headers.get('content-type') ?? 'application/octet-stream';
      return attach(call.context.db, call.visitor.id, attachedTo(call), { name: plainName(call.query.name), mediaType, bytes });
    },
  }),
  route({
    method: 'get',
    path: '/api/sites/:site/attachments/:attachment',
    rule: 'reader here',
    summary: 'A file that stands beside a record, to be saved',
    reply: { media: '*/*' },
    handle: ({ context: { db }, visitor, params: { site = '', attachment: id = '' } }) => {
      const file = attachedFile(db, site, id);
      if (file === null || file.bytes === null) throw new Problem('not-found');
      kindFor(visitor, site, file.recordKind);
      return new Response(new Uint8Array(file.bytes), {
        headers: {
          // never shown by the browser: what somebody attached is not a page of ours
          'content-type': 'application/octet-stream',
          'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.title)}`,
          'x-content-type-options': 'nosniff',
        },
      });
    },
  }),
  route({
    method: 'delete',
    path: '/api/sites/:site/attachments/:attachment',
    rule: 'contributor here',
    summary: 'Takes a file away from a record',
    reply: z.undefined(),
    handle: ({ context: { db }, visitor, params: { site = '', attachment: id = '' } }) => {
      const file = attachedFile(db, site, id);
      if (file === null) throw new Problem('not-found');
      kindFor(visitor, site, file.recordKind);
      detach(db, visitor.id, site, id);
    },
  }),
];

type AnyCall = Pick<Call<unknown, unknown>, 'context' | 'params' | 'visitor' | 'lang'>;

function siteOf({ params }: AnyCall): string {
  return params.site ?? '';
}

function kindOf(call: AnyCall): ReturnType<typeof kindFor> {
  return kindFor(call.visitor, siteOf(call), call.params.kind ?? '');
}

function placeOf(call: AnyCall): { site: string; kind: ReturnType<typeof kindFor>; lang: AnyCall['lang']; secrets: boolean } {
  return { site: existing(call.context.db, siteOf(call)), kind: kindOf(call), ...seenBy(call) };
}

/** How records are shown to the caller. */
function seenBy({ visitor, lang, params }: AnyCall): { lang: AnyCall['lang']; secrets: boolean } {
  return { lang, secrets: visitor.may('editor', params.site ?? '') };
}

function recordOf(call: AnyCall): ReturnType<typeof recordFor> {
  return recordFor(call.context.db, siteOf(call), kindOf(call), { id: call.params.record ?? '', ...seenBy(call) });
}

function attachedTo(call: AnyCall): { site: string; kind: string; record: string } {
  return { site: siteOf(call), kind: kindOf(call).id, record: call.params.record ?? '' };
}

function whoOf({ visitor, context }: AnyCall): { id: string; name: string; day: string } {
  return { id: visitor.id, name: visitor.name, day: context.today() };
}

function imported({ context, visitor, lang, params }: AnyCall, how: z.infer<typeof importBody>, isStored: boolean) {
  const site = existing(context.db, params.site ?? '');
  const file = readUpload(how.digest, how.name);
  return importFile(context.db, file, { site, lang, day: context.today(), visitor, how, isStored });
}

function found<Value>(value: Value | null): Value {
  if (value === null) throw new Problem('not-found');
  return value;
}

/** @throws Problem `site-unknown`. */
function existing(db: AnyCall['context']['db'], site: string): string {
  if (getSite(db, site) === null) throw new Problem('site-unknown', { found: site, known: '…' });
  return site;
}
