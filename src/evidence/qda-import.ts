/**
 * A project of another program as rows of a dossier: what is new, what is known already, and what could not be placed.
 *
 *     const { rows, issues, counts } = await importedProject(readQdpx(file), { file: 'a.qdpx', known: loadAnalysis(db) });
 *
 * Rows are told again by their GUIDs, so that a project that went to another coder and came back adds what is new in it. Quotes are
 * compared with what stands at the offsets; see qda-offsets.ts.
 */
import { decodeDocument } from '../formats/document-html.ts';
import { plainLines } from '../formats/document-text.ts';
import { type IssueLists, issueLists } from '../formats/import-issue.ts';
import type { ReadQdpx } from '../formats/qda.ts';
import type { QdaCode, QdaProject, QdaSelection, QdaSource } from '../formats/qda-nouns.ts';
import { digestOf } from '../formats/source-node.ts';
import { guessEncoding } from '../formats/text.ts';
import { Problem } from '../problems.ts';
import { foldText } from '../science/text-fold.ts';
import type { Id, Lang } from '../types.ts';
import { type Analysis, type Known, knownIds, type LoadedText, theirs } from './analysis.ts';
import { readDescription } from './codebook.ts';
import type { Code, Memo, SourceText } from './coding-nouns.ts';
import { type PlacedCount, placeSelections } from './qda-place.ts';
import { guessLanguage } from './text-language.ts';

export interface ImportedProject {
  rows: Analysis;
  /** Files of sources that may be kept. */
  files: Map<Id, Uint8Array>;
  issues: IssueLists;
  placed: PlacedCount;
}

export interface ImportProjectOptions {
  /** The file, as messages name it. */
  file: string;
  known: Analysis;
}

/** The rows of a project. */
export async function importedProject(read: ReadQdpx, { file, known }: ImportProjectOptions): Promise<ImportedProject> {
  const { project } = read;
  const issues = issueLists();
  const idOf = knownIds(known);
  const rows: Analysis = { sources: [], texts: [], codes: [], coders: [], passages: [], codings: [], memos: [], projects: [] };
  const files = new Map<Id, Uint8Array>();
  for (const { guid, name, id } of project.users)
    rows.coders.push({
      id: idOf('coders', guid),
      name: name ?? id ?? guid,
      exchange: theirs(known.coders, idOf('coders', guid), { guid, name, id }),
    });
  const lang = codebookLanguage(project.codes);
  rows.codes = importedCodes(project.codes, { idOf, known: known.codes, lang });
  const context = { file, read, known, rows, issues, idOf, files };
  const texts: LoadedText[] = [];
  for (const source of project.sources) texts.push(await loadSource(source, context));
  const placed = placeSelections(texts, { file, rows, issues, idOf, known });
  memos(project, { rows, issues, idOf, file, read, known });
  const { users: _u, codes: _c, sources: _s, notes: _n, ...kept } = project;
  rows.projects = [kept];
  for (const fault of read.faults) issues.add('warning', fault.code, fault.details);
  return { rows, files, issues, placed };
}

function codebookLanguage(codes: readonly QdaCode[]): Lang {
  const words = (list: readonly QdaCode[]): string =>
    list.map((code) => `${code.name} ${code.description ?? ''} ${words(code.children)}`).join(' ');
  return guessLanguage(words(codes)) ?? 'en';
}

/** Codes as rows; one that is known keeps its other languages, and what stands in it already stays as it is. */
export function importedCodes(
  codes: readonly QdaCode[],
  { idOf, known, lang }: { idOf: Known; known: readonly Code[]; lang: Lang },
): Code[] {
  const rows: Code[] = [];
  const add = (code: QdaCode, parent: Id | null, position: number): void => {
    const id = idOf('codes', code.guid);
    const before = known.find((one) => one.id === id);
    const isSame = (text: string): boolean => before !== undefined && Object.values(before.name).includes(text);
    const read = readDescription(code.description, lang);
    const described = before !== undefined && Object.keys(before.definition).length > 1 && isSame(code.name);
    rows.push({
      id,
      parent,
      name: isSame(code.name) ? (before as Code).name : { ...before?.name, [lang]: code.name },
      ...(described ? partsOf(before) : before === undefined ? read : merged(before, read)),
      colour: code.color,
      codable: code.isCodable,
      position,
      exchange: before?.exchange ?? (id === code.guid ? { guid: code.guid } : null),
    });
    for (const [i, child] of code.children.entries()) add(child, id, i);
  };
  for (const [i, code] of codes.entries()) add(code, null, i);
  return rows;
}

const partsOf = ({
  definition,
  inclusion,
  exclusion,
  example,
}: Code): Pick<Code, 'definition' | 'inclusion' | 'exclusion' | 'example'> => ({
  definition,
  inclusion,
  exclusion,
  example,
});

function merged(before: Code, read: ReturnType<typeof readDescription>): ReturnType<typeof readDescription> {
  return {
    definition: { ...before.definition, ...read.definition },
    inclusion: { ...before.inclusion, ...read.inclusion },
    exclusion: { ...before.exclusion, ...read.exclusion },
    example: { ...before.example, ...read.example },
  };
}

interface Context extends ImportProjectOptions {
  read: ReadQdpx;
  rows: Analysis;
  issues: IssueLists;
  idOf: Known;
  files: Map<Id, Uint8Array>;
}

async function loadSource(source: QdaSource, context: Context): Promise<LoadedText> {
  const { read, known, rows, issues, idOf, file } = context;
  const { raw, document, bytes } = await rawOf(source, read);
  const words = raw === null ? null : wordsDigest(plainLines(raw));
  const given = idOf('sources', source.guid);
  const same =
    known.texts.find((one) => one.id === given) ?? known.texts.find((one) => words !== null && one.textDigest === words);
  const id = same?.id ?? given;
  const title = source.name ?? source.guid;
  const isText = source.element === 'TextSource' || source.element === 'PDFSource';
  if (!isText) issues.add('warning', 'qda-media', { file, source: title, found: source.element });
  else if (raw === null)
    issues.add('warning', 'qda-text-missing', { file, source: title, found: pathsOf(source).join(', ') || '–' });
  if (same === undefined)
    rows.sources.push({
      id,
      title,
      href: null,
      lang: raw === null ? null : guessLanguage(raw),
      kind: 'primary',
      licence: null,
      note: null,
    });
  const text = plainLines(raw ?? '');
  const own: SourceText = {
    id,
    lang: raw === null ? null : guessLanguage(raw),
    date: null,
    mayQuote: true,
    mayStore: true,
    csl: null,
    file: pathsOf(source)[0]?.split('/').at(-1) ?? null,
    format: raw === null ? null : (document?.format ?? 'text'),
    mediaType: document?.mediaType ?? (raw === null ? null : 'text/plain'),
    hasBytes: bytes !== null,
    digest: bytes === null ? null : digestOf(bytes),
    textDigest: words,
    text: raw === null ? null : text,
    length: raw === null ? null : Array.from(text).length,
    pages: document?.text === text ? document.pages : null,
    headings: document?.text === text ? document.headings : [],
    exchange: isText ? exchangeOf(source) : { guid: source.guid, whole: source },
  };
  const kept =
    same === undefined || same.text === null
      ? { ...own, ...(same !== undefined && { mayStore: same.mayStore, mayQuote: same.mayQuote }) }
      : { ...same, exchange: same.exchange === null && given === same.id ? null : own.exchange };
  rows.texts.push(kept);
  if (bytes !== null && kept.mayStore && same?.hasBytes !== true) context.files.set(id, bytes);
  return { source, id, raw, text: kept };
}

/** The digest by which the same words are told in another file. */
export function wordsDigest(text: string): string {
  return digestOf(foldText(text).text);
}

const pathsOf = ({ paths, representation }: QdaSource): string[] => [
  ...Object.values(paths),
  ...Object.values(representation?.paths ?? {}),
];

type Document = Awaited<ReturnType<typeof import('../formats/document.ts')['readDocument']>>;

/** The text that places are counted in, and the file beside it. */
async function rawOf(
  source: QdaSource,
  read: ReadQdpx,
): Promise<{ raw: string | null; document: Document | null; bytes: Uint8Array | null }> {
  if (source.element !== 'TextSource' && source.element !== 'PDFSource') return { raw: null, document: null, bytes: null };
  const text = source.representation ?? source;
  const plain = text.content ?? textFile(text.paths.plainTextPath, read);
  const path = source.paths.path ?? source.paths.richTextPath;
  const bytes = path === undefined ? null : read.file(path);
  const document = bytes === null ? null : await documentOf(path as string, bytes);
  return { raw: plain ?? document?.text ?? null, document, bytes };
}

function textFile(path: string | undefined, read: ReadQdpx): string | null {
  const bytes = path === undefined ? null : read.file(path);
  if (bytes === null) return null;
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : guessEncoding([bytes]);
  if (encoding === 'kz-1048') return decodeDocument(bytes).text;
  return new TextDecoder(encoding === 'ascii' ? 'utf-8' : encoding, { ignoreBOM: true }).decode(bytes);
}

async function documentOf(name: string, bytes: Uint8Array): Promise<Document | null> {
  try {
    const { readDocument } = await import('../formats/document.ts');
    return await readDocument({ name, bytes });
  } catch (error) {
    if (error instanceof Problem) return null; // the text is told to be missing where there is no other
    throw error;
  }
}

/** What of a source of text the dossier has no column for. */
function exchangeOf({
  guid,
  element,
  name,
  description,
  paths,
  stamp,
  content,
  rest,
  representation,
}: QdaSource): Record<string, unknown> {
  return {
    guid,
    element,
    name,
    description,
    paths,
    stamp,
    inline: content !== null,
    rest,
    ...(representation !== null && { representation: exchangeOf(representation) }),
  };
}

/** Memos from notes, about everything that refers to them. */
function memos(
  project: QdaProject,
  { rows, issues, idOf, file, read, known }: Pick<Context, 'rows' | 'issues' | 'idOf' | 'file' | 'read' | 'known'>,
): void {
  const about = new Map<string, Memo['about']>();
  const refer = (notes: readonly string[], noun: Memo['about'][number]['noun'], id: Id): void => {
    for (const note of notes) {
      if (project.notes.some(({ guid }) => guid === note)) about.set(note, [...(about.get(note) ?? []), { noun, id }]);
      else issues.add('warning', 'qda-note-missing', { file, found: note });
    }
  };
  const codes = (list: readonly QdaCode[]): void => {
    for (const code of list) {
      refer(code.notes, 'code', idOf('codes', code.guid));
      codes(code.children);
    }
  };
  const ofSelection = ({ guid, notes, codings }: QdaSelection): void => {
    refer(notes, 'passage', idOf('passages', guid));
    for (const coding of codings) refer(coding.notes, 'coding', idOf('codings', coding.guid));
  };
  refer(project.noteRefs, 'project', '');
  codes(project.codes);
  for (const source of project.sources) {
    if (source.element !== 'TextSource' && source.element !== 'PDFSource') continue; // kept whole
    for (const one of [source, source.representation].filter((part) => part !== null)) {
      refer(one.notes, 'source', rows.texts.find(({ exchange }) => exchange?.guid === source.guid)?.id ?? source.guid);
      for (const coding of one.codings) refer(coding.notes, 'coding', idOf('codings', coding.guid));
      for (const selection of one.selections) ofSelection(selection);
    }
  }
  for (const note of project.notes) {
    const { guid, name, content, stamp, paths } = note;
    rows.memos.push({
      id: idOf('memos', guid),
      title: name,
      text: content ?? plainLines(textFile(paths.plainTextPath, read) ?? ''),
      about: about.get(guid) ?? [],
      coder: project.users.some((user) => user.guid === stamp.creatingUser) ? idOf('coders', stamp.creatingUser ?? '') : null,
      exchange: theirs(known.memos, idOf('memos', guid), { guid, whole: { ...note, content: null } }),
    });
  }
}
