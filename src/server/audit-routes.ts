/** Who wrote what, when: to read and to take along. */
import { auditPage, auditQuery } from '../api/audit.ts';
import type { Rule } from '../api/roles.ts';
import { writeCsv } from '../formats/csv.ts';
import { type AuditQuery, auditNouns, auditWriters, searchAudit } from '../store/audit.ts';
import type { Db } from '../store/db.ts';
import { expectSite } from '../store/roles.ts';
import { route } from './route.ts';

/** Entries of one page. */
const PAGE = 50;

/** Entries of one piece of a table. */
const PIECE = 1000;

/** The audit of the dossier, and of one site for those who administer it. */
export const auditRoutes = (
  [
    ['/api', 'administrator everywhere', 'the dossier'],
    ['/api/sites/:site', 'administrator here', 'a site'],
  ] satisfies [string, Rule, string][]
).flatMap(([path, rule, of]) => [
  route({
    method: 'get',
    path: `${path}/audit`,
    rule,
    summary: `Who wrote what in ${of}, when, and what became different; the latest first`,
    query: auditQuery,
    reply: auditPage,
    handle: ({ context: { db }, query, params }) => {
      if (params.site !== undefined) expectSite(db, params.site);
      const entries = searchAudit(db, { ...query, site: params.site ?? query.site, limit: PAGE + 1 });
      return {
        entries: entries.slice(0, PAGE).map(({ row_id, ...entry }) => ({ ...entry, row: row_id })),
        next: entries.length > PAGE ? (entries[PAGE - 1]?.n ?? null) : null,
        writers: auditWriters(db),
        nouns: auditNouns(db),
      };
    },
  }),
  route({
    method: 'get',
    path: `${path}/audit.csv`,
    rule,
    summary: `The same of ${of} as a table, a line for each field that became different`,
    query: auditQuery,
    reply: { media: 'text/csv' },
    handle: ({ context: { db }, query, params }) => {
      if (params.site !== undefined) expectSite(db, params.site);
      return new Response(auditTable(db, { ...query, site: params.site ?? query.site }), {
        headers: { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': 'attachment; filename="audit.csv"' },
      });
    },
  }),
]);

const HEADER = ['at', 'by', 'name', 'action', 'noun', 'row', 'field', 'before', 'after'];

/** The entries as CSV, made piece by piece as they are taken. */
function auditTable(db: Db, asked: Omit<AuditQuery, 'limit'>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let before = asked.before;
  let header: string[] | null = HEADER;
  return new ReadableStream({
    pull(controller) {
      const entries = searchAudit(db, { ...asked, before, limit: PIECE });
      const rows = entries.flatMap(({ at, by, name, action, noun, row_id, differences }) =>
        (differences.length === 0 ? [{ field: '', before: null, after: null }] : differences).map((one) => [
          at,
          by,
          name,
          action,
          noun,
          row_id,
          one.field,
          one.before,
          one.after,
        ]),
      );
      const [first, ...rest] = header === null ? rows : [header, ...rows];
      header = null;
      if (first !== undefined) controller.enqueue(encoder.encode(writeCsv(first as string[], rest)));
      before = entries.at(-1)?.n;
      if (entries.length < PIECE) controller.close();
    },
  });
}
