/** The dossier as a file: a copy for others, a backup of everything, its check, and what is put back from a backup. */
import { dossierCheck } from '../api/audit.ts';
import { discard, fileStream, freeName, keepStream, scratchFolder } from '../formats/source-node.ts';
import { Problem } from '../problems.ts';
import { backupAside, checkAside, restoreInto, scratchFile } from '../store/backup.ts';
import { openCopy } from '../store/open-copy.ts';
import { peerOf } from './peer.ts';
import { route } from './route.ts';

const GEOPACKAGE = 'application/geopackage+sqlite3';

/** The largest dossier that is taken from a browser [bytes]; larger ones are put back by the command. */
const LARGEST_UPLOAD = 8 * 1024 ** 3;

export const backupRoutes = [
  route({
    method: 'get',
    path: '/api/dossier.gpkg',
    rule: 'reader everywhere',
    summary:
      'A copy of the dossier for others, without accounts and the audit; for all but administrators without what is confidential',
    reply: { media: GEOPACKAGE },
    handle: ({ context, visitor }) =>
      fileReply(context.file, (path) => openCopy(context.db, path, { exact: visitor.may('administrator', null) })),
  }),
  route({
    method: 'get',
    path: '/api/backup.gpkg',
    rule: 'administrator everywhere',
    summary: 'The whole dossier with its accounts and the audit, checked, while others go on working',
    reply: { media: GEOPACKAGE },
    handle: ({ context }) => fileReply(context.file, (path) => backupAside(context.db, path)),
  }),
  route({
    method: 'get',
    path: '/api/check',
    rule: 'administrator everywhere',
    summary: 'Reads the whole dossier and tells what is unsound in it',
    reply: dossierCheck,
    handle: async ({ context }) => ({ found: await turn(() => checkAside(context.db)) }),
  }),
  route({
    method: 'post',
    path: '/api/restore',
    rule: 'administrator everywhere',
    summary:
      'Puts a backup in place of what the dossier holds, from the machine that serves it; what was there is kept beside it',
    body: { media: GEOPACKAGE },
    reply: { media: 'application/json' },
    handle: async ({ context: { db, file }, request }) => {
      if (!peerOf(request).here) throw new Problem('restore-only-here');
      if (request.body === null) throw new Problem('request-unlike', { where: 'body', field: 'body', found: '–' });
      folder ??= scratchFolder();
      const { path } = await keepStream(request.body, folder, { limit: LARGEST_UPLOAD });
      try {
        const kept = freeName(file);
        await turn(() => restoreInto(db, path, kept));
        return { kept: nameOf(kept) };
      } finally {
        discard(path);
      }
    },
  }),
];

let folder: string | null = null;

let last: Promise<unknown> = Promise.resolve();

/** One after another: each of these reads the whole file. */
function turn<Result>(work: () => Promise<Result>): Promise<Result> {
  const own = last.then(work, work);
  last = own.catch(() => {});
  return own;
}

/** What `make` writes, sent piece by piece and then forgotten. */
async function fileReply(dossier: string, make: (path: string) => Promise<void>): Promise<Response> {
  const path = scratchFile();
  try {
    await turn(() => make(path));
  } catch (error) {
    discard(path);
    throw error;
  }
  const name = nameOf(dossier).replace(/[^\w.-]/g, '_');
  return new Response(
    fileStream(path, () => discard(path)),
    {
      headers: { 'content-type': GEOPACKAGE, 'content-disposition': `attachment; filename="${name}"` },
    },
  );
}

function nameOf(file: string): string {
  return file.split(/[\\/]/).at(-1) || 'dossier.gpkg';
}
