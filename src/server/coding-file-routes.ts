/** Coding for other programs and from them: projects (REFI-QDA), a table, annotations of the web. */
import { z } from 'zod';
import { projectReply } from '../api/evidence.ts';
import { annotatedPassages, CODING_HEADER, codingRows } from '../evidence/coding-tables.ts';
import { exportedProject } from '../evidence/qda-export.ts';
import { importedProject } from '../evidence/qda-import.ts';
import { writeCsv } from '../formats/csv.ts';
import { issueText } from '../formats/import-issue.ts';
import { readQdpx } from '../formats/qda.ts';
import { writeQdpx } from '../formats/qda-writer.ts';
import { writeAnnotations } from '../formats/web-annotation.ts';
import { loadAnalysis, saveAnalysis } from '../store/analysis.ts';
import { sourceFile } from '../store/source-texts.ts';
import { limitedBytes } from './answer.ts';
import { download } from './code-routes.ts';
import { route } from './route.ts';
import { plainName } from './uploads.ts';

/** The most that a project may take with all its files [bytes]. */
const LARGEST = 100 * 1024 * 1024;

export const codingFileRoutes = [
  route({
    method: 'post',
    path: '/api/coding/projects',
    rule: 'editor everywhere',
    summary: 'Brings in a project of another program (REFI-QDA, .qdpx); what could not be placed is listed',
    query: z.object({ name: z.string().min(1).max(300) }),
    body: { media: 'application/octet-stream' },
    reply: projectReply,
    handle: async ({ context: { db }, visitor, query, request, lang }) => {
      const file = { name: plainName(query.name), bytes: await limitedBytes(request, LARGEST) };
      const read = readQdpx(file);
      const { rows, files, issues, placed } = await importedProject(read, { file: file.name, known: loadAnalysis(db) });
      const list = [issues.lists.critical, issues.lists.error, issues.lists.warning].flat();
      return {
        origin: read.project.origin,
        changes: saveAnalysis(db, visitor.id, rows, files),
        placed,
        issues: list.map((issue) => ({ severity: issue.severity, text: issueText(issue, lang) })),
      };
    },
  }),
  route({
    method: 'get',
    path: '/api/coding.qdpx',
    rule: 'contributor everywhere',
    summary: 'The analysis as a project for other programs (REFI-QDA), with the texts that are kept',
    reply: { media: 'application/zip' },
    handle: ({ context: { db, file }, lang }) => {
      const name = file.replace(/^.*[\\/]/, '').replace(/\.gpkg$/i, '');
      const { project, files } = exportedProject(loadAnalysis(db), { name, lang, fileOf: (id) => sourceFile(db, id) });
      return download(writeQdpx(project, files), 'application/zip', 'coding.qdpx');
    },
  }),
  route({
    method: 'get',
    path: '/api/coding.jsonld',
    rule: 'contributor everywhere',
    summary: 'Coded passages as annotations (W3C Web Annotation)',
    reply: { media: 'application/ld+json' },
    handle: ({ context: { db }, lang }) =>
      download(writeAnnotations(annotatedPassages(loadAnalysis(db), lang)), 'application/ld+json', 'coding.jsonld'),
  }),
  route({
    method: 'get',
    path: '/api/coding.csv',
    rule: 'reader everywhere',
    summary: 'Codings as a table, one a row; without the words of what may not be quoted',
    reply: { media: 'text/csv' },
    handle: ({ context: { db }, lang }) =>
      download(
        `\uFEFF${writeCsv([...CODING_HEADER], codingRows(loadAnalysis(db), lang))}`,
        'text/csv; charset=utf-8',
        'coding.csv',
      ),
  }),
];
