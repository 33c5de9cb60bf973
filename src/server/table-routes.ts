/** Every table of the dossier at an address of its own: as CSV, and as GeoJSON where its rows have places. */
import { setImmediate } from 'node:timers/promises';
import { writeCsv } from '../formats/csv.ts';
import { writeGeojson } from '../formats/geojson-writer.ts';
import { Problem } from '../problems.ts';
import type { Db } from '../store/db.ts';
import { exportableNouns, exportPlaces, exportRows, type RowsAsked } from '../store/export-rows.ts';
import type { Noun } from '../store/write.ts';
import type { Id } from '../types.ts';
import { type Call, route } from './route.ts';

/** The audit has a door of its own: it holds what stood in every table. */
const WITHOUT: readonly Noun[] = ['audit'];

export const tableRoutes = [
  route({
    method: 'get',
    path: '/api/tables/:table',
    rule: 'reader everywhere',
    summary: 'A table of the whole dossier: zones.csv, zones.geojson, observations.csv and the like',
    reply: { media: 'text/csv' },
    handle: (call) => tableOf(call, null),
  }),
  route({
    method: 'get',
    path: '/api/sites/:site/tables/:table',
    rule: 'reader here',
    summary: 'The rows of a table that are of one site',
    reply: { media: 'text/csv' },
    handle: (call) => tableOf(call, call.params.site ?? ''),
  }),
];

function tableOf({ context: { db }, visitor, params }: Call<unknown, unknown>, site: Id | null): Response {
  const [, name = '', format = ''] = /^([a-z]+)\.(csv|geojson)$/.exec(params.table ?? '') ?? [];
  const noun = exportableNouns.find((one) => one === name && !WITHOUT.includes(one));
  if (noun === undefined) throw new Problem('not-found');
  const only = site ?? undefined;
  if (format === 'csv') {
    const text = csvOf(db, noun, { site: only, secrets: visitor.may('editor', site) });
    return file(text, 'text/csv; charset=utf-8', `${name}.csv`);
  }
  if (noun !== 'zones' && noun !== 'sites') throw new Problem('not-found');
  return file(writeGeojson(exportPlaces(db, noun, only)), 'application/geo+json', `${name}.geojson`);
}

type Piece = ReturnType<typeof exportRows>;

/** Rows of one piece of a table: no request waits for more than one. */
const PIECE = 250;

/** The table piece by piece as it is taken, others being served in between. */
function csvOf(db: Db, noun: Noun, asked: RowsAsked): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  // a table that cannot be had is told before anything is sent
  let next: Piece | null = exportRows(db, noun, { ...asked, limit: PIECE });
  let header: Piece['rows'] = [next.header];
  return new ReadableStream({
    async pull(controller) {
      const { rows, last }: Pick<Piece, 'rows' | 'last'> = next ?? { rows: [], last: null };
      const [head, ...rest] = [...header, ...rows];
      header = [];
      if (head !== undefined) controller.enqueue(encoder.encode(writeCsv(head as string[], rest)));
      await setImmediate();
      next = last === null ? null : exportRows(db, noun, { ...asked, after: last, limit: PIECE });
      // a piece without rows, after as many as fill the pieces before it, must end the table: nobody asks for another one
      if (next === null || next.rows.length === 0) controller.close();
    },
  });
}

function file(text: string | ReadableStream<Uint8Array>, mediaType: string, name: string): Response {
  return new Response(text, { headers: { 'content-type': mediaType, 'content-disposition': `attachment; filename="${name}"` } });
}
