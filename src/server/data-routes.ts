/** Data: data sets with their licences and where they are used, files of the folder of data, tables that come in. */
import {
  checkQuery,
  checkReply,
  dataFilesReply,
  describeBody,
  describeReply,
  importTableQuery,
  importTableReply,
  siteData as siteDataShape,
  uploadDataQuery,
  uploadDataReply,
} from '../api/data.ts';
import { Problem } from '../problems.ts';
import { listDatasets } from '../store/catalogue.ts';
import { importTableFile } from '../store/import-table-file.ts';
import { modeOf } from './access.ts';
import { dataFiles, digestOfFile, keepDataFile, placeOfFile } from './data-files.ts';
import { describeFile, previewTable } from './describing.ts';
import { route } from './route.ts';
import { siteData } from './site-data.ts';
import { dropUpload, keepUpload, readUpload } from './uploads.ts';

/** The largest table that comes in at once [bytes]. */
const LARGEST_TABLE = 100 * 1024 * 1024;

export const dataRoutes = [
  route({
    method: 'get',
    path: '/api/sites/:site/data',
    rule: 'reader here',
    summary: 'The data sets that the site uses, where, and what is missing for which indicator',
    reply: siteDataShape,
    handle: ({ context, visitor, params, lang }) => siteData(context, visitor, params.site ?? '', lang),
  }),
  route({
    method: 'get',
    path: '/api/sites/:site/data/check',
    rule: 'contributor here',
    summary: 'Whether the file of a data set still has the digest that it was described with',
    query: checkQuery,
    reply: checkReply,
    handle: async ({ context, query }) => {
      const dataset = listDatasets(context.db).find(({ id }) => id === query.dataset);
      if (dataset === undefined) throw new Problem('dataset-unknown', { found: query.dataset });
      if (!dataFiles(context).files.some(({ name }) => name === dataset.href.split('#')[0]))
        return { state: 'elsewhere', digest: null };
      const digest = await digestOfFile(placeOfFile(context, dataset.href));
      return { state: dataset.digest === null ? 'unknown' : digest === dataset.digest ? 'same' : 'changed', digest };
    },
  }),
  route({
    method: 'post',
    path: '/api/sites/:site/data',
    rule: 'editor here',
    summary: 'Describes a file of the folder of data as a data set: licence, whom to name, period; its digest is taken',
    body: describeBody,
    reply: describeReply,
    handle: ({ context, visitor, body, lang }) => describeFile(context, visitor.id, body, lang),
  }),
  route({
    method: 'get',
    path: '/api/data-files',
    rule: 'contributor somewhere',
    summary: 'The files of the folder of data that can be read',
    reply: dataFilesReply,
    handle: ({ context }) => ({ ...dataFiles(context), addresses: modeOf(context) === 'local' ? 'any' : 'public' }),
  }),
  route({
    method: 'post',
    path: '/api/data-files',
    rule: 'editor somewhere',
    summary: 'A file into the folder of data under a name that is free; nothing is overwritten',
    query: uploadDataQuery,
    body: { media: 'application/octet-stream' },
    reply: uploadDataReply,
    handle: ({ context, query, request }) => keepDataFile(context, query.name, request.body),
  }),
  route({
    method: 'post',
    path: '/api/tables',
    rule: 'editor everywhere',
    summary: 'A table in the shape of docs/tables.md into the dossier, wholly or not at all; or what it would change',
    query: importTableQuery,
    body: { media: 'text/csv' },
    reply: importTableReply,
    handle: async ({ context: { db }, visitor, query, request }) => {
      const { digest } = await keepUpload(request.body, { limit: LARGEST_TABLE });
      const file = readUpload(digest, query.name);
      dropUpload(digest);
      const { noun, changes } = previewTable(db, file, visitor.id);
      if (query.keep === 'yes') importTableFile(db, file, visitor.id);
      return { noun, ...changes, kept: query.keep === 'yes' };
    },
  }),
];
