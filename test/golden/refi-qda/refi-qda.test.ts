/** REFI-QDA: projects of other programs and our own. See README.md. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { exportedProject } from '../../../src/evidence/qda-export.ts';
import { importedProject } from '../../../src/evidence/qda-import.ts';
import { readQdpx } from '../../../src/formats/qda.ts';
import { countProject, type QdaProject } from '../../../src/formats/qda-nouns.ts';
import { writeQdpx } from '../../../src/formats/qda-writer.ts';
import { textAt, indexText } from '../../../src/science/text-anchor.ts';
import { loadAnalysis, saveAnalysis } from '../../../src/store/analysis.ts';
import { createDossier } from '../../../src/store/dossier.ts';
import { sourceFile } from '../../../src/store/source-texts.ts';

const folder = join(process.env.SARYARKA_GOLDEN ?? join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'golden'), 'cooperation', 'refi-qda');
const present = existsSync(join(folder, 'expected.json'));
if (!present) console.warn(`no golden data at ${folder}: REFI-QDA projects are not compared in this run (set SARYARKA_GOLDEN)`);

const json = <T>(name: string): T => JSON.parse(readFileSync(join(folder, name), 'utf8')) as T;

interface Counts {
  projectEntry: string;
  entries: string[];
  codes: number;
  users: number;
  textSources: number;
  pdfSources: number;
  selections: number;
  codings: number;
  notes: number;
}

interface Segment {
  source: string;
  code: string;
  coder: string;
  start: number;
  end: number;
  utf16Start: number;
  utf16End: number;
  quote: string;
}

const expected = present ? json<Record<string, Counts>>('expected.json') : {};
const projects = Object.keys(expected).filter((name) => existsSync(join(folder, name)));

async function throughDossier(name: string, bytes: Uint8Array) {
  const db = createDossier(':memory:');
  const read = readQdpx({ name, bytes });
  const { rows, files, placed, issues } = await importedProject(read, { file: name, known: loadAnalysis(db) });
  saveAnalysis(db, 'test', rows, files);
  const out = exportedProject(loadAnalysis(db), { name, lang: 'en', fileOf: (id) => sourceFile(db, id) });
  return { db, read, placed, issues, out, again: readQdpx({ name, bytes: writeQdpx(out.project, out.files) }) };
}

/** In an order that does not matter. */
function sorted({ sources, ...project }: QdaProject): QdaProject {
  const byGuid = (a: { guid: string }, b: { guid: string }): number => a.guid.localeCompare(b.guid);
  return { ...project, sources: sources.map((one) => ({ ...one, selections: one.selections.toSorted(byGuid) })).sort(byGuid) };
}

describe.skipIf(!present)('projects', () => {
  test.each(projects)('%s holds what was counted in it, and comes out of a dossier with all of it', async (name) => {
    const counts = expected[name] as Counts;
    const { read, again } = await throughDossier(name, readFileSync(join(folder, name)));
    expect(read.entry).toBe(counts.projectEntry);
    expect([read.entry, ...read.entries].sort()).toEqual(counts.entries.filter((entry) => !entry.endsWith('/')).sort());
    const { codes, users, textSources, pdfSources, selections, codings, notes } = counts;
    expect(countProject(read.project)).toMatchObject({ codes, users, textSources, pdfSources, selections, codings, notes });
    expect(countProject(again.project)).toEqual(countProject(read.project));
  });
});

describe.skipIf(!projects.includes('own-kz-unesco.qdpx'))('own-kz-unesco', () => {
  const segments = present ? json<{ segments: Segment[] }>('own-kz-unesco.expected.json').segments : [];
  const bytes = (): Uint8Array => readFileSync(join(folder, 'own-kz-unesco.qdpx'));

  const told = (db: Awaited<ReturnType<typeof throughDossier>>['db']) => {
    const { sources, codings, passages, codes, coders, texts } = loadAnalysis(db);
    return codings.map(({ source, passage, code, coder }) => {
      const at = passages.find(({ id }) => id === passage);
      const text = indexText(texts.find(({ id }) => id === source)?.text ?? '');
      expect(textAt(text, at?.start ?? 0, at?.end ?? 0)).toBe(at?.quote);
      return {
        source: sources.find(({ id }) => id === source)?.title,
        code: codes.find(({ id }) => id === code)?.name.en,
        coder: coders.find(({ id }) => id === coder)?.name.replace('Coder ', ''),
        start: at?.start,
        end: at?.end,
        quote: at?.quote,
      };
    });
  };
  const wanted = segments.map(({ utf16Start: _, utf16End: __, ...segment }) => segment);

  test('every segment has its quote, code, coder and place, and the project comes out the same', async () => {
    const { db, read, again, placed } = await throughDossier('own', bytes());
    expect(told(db)).toEqual(expect.arrayContaining(wanted));
    expect(told(db)).toHaveLength(wanted.length);
    expect(placed.given).toBe(wanted.length);
    expect(sorted(again.project)).toEqual(sorted(read.project));
  });

  test('the same with offsets in UTF-16 units leads to the same quotes', async () => {
    const { project, file } = readQdpx({ name: 'own', bytes: bytes() });
    for (const source of project.sources) {
      for (const selection of source.selections) {
        const segment = segments.find(({ start, end, source: of }) => of === source.name && String(start) === selection.attributes.startPosition && String(end) === selection.attributes.endPosition);
        selection.attributes = { startPosition: String(segment?.utf16Start), endPosition: String(segment?.utf16End) };
      }
    }
    const paths = project.sources.map(({ paths: { plainTextPath = '' } }) => plainTextPath);
    const files = new Map(paths.map((path) => [path.replace('internal://', ''), file(path) ?? new Uint8Array()]));
    const { db } = await throughDossier('own', writeQdpx(project, files));
    expect(told(db)).toEqual(expect.arrayContaining(wanted));
  });
});
