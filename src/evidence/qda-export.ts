/**
 * The analysis of a dossier as a REFI-QDA project. What came from another program goes out with the GUIDs, stamps and elements that it
 * came with; places are code points of the texts that go along, as the standard asks.
 *
 *     const { project, files } = exportedProject(loadAnalysis(db), { name: 'Kazakhstan', lang: 'en', fileOf: (id) => sourceFile(db, id) });
 *     writeFile('out.qdpx', writeQdpx(project, files));
 */
import {
  guidOf,
  KEPT_ELEMENTS,
  type QdaCode,
  type QdaCoding,
  type QdaProject,
  type QdaSelection,
  type QdaSource,
  type QdaStamp,
} from '../formats/qda-nouns.ts';
import { pick } from '../i18n/index.ts';
import type { Id, Lang } from '../types.ts';
import type { Analysis } from './analysis.ts';
import { type CodeNode, codeTree, describedCode } from './codebook.ts';
import type { Coding, Exchange, Memo, Passage, SourceText } from './coding-nouns.ts';
import { guidFor } from './guids.ts';

export interface ExportProjectOptions {
  /** Of the project, where it did not come with one. */
  name: string;
  /** Language of codes that have several. */
  lang: Lang;
  /** The file of a source, where it is kept. */
  fileOf(source: Id): Uint8Array | null;
}

const NO_STAMP: QdaStamp = { creatingUser: null, creationDateTime: null, modifyingUser: null, modifiedDateTime: null };

/** Signs of a quote that become the name of a selection. */
const NAME = 60;

/** The project, and its files by name. */
export function exportedProject(
  analysis: Analysis,
  options: ExportProjectOptions,
): { project: QdaProject; files: Map<string, Uint8Array> } {
  const { codes, coders, texts, memos, projects } = analysis;
  const files = new Map<string, Uint8Array>();
  const notes = notesOf(analysis);
  const first = projects[0];
  const project: QdaProject = {
    name: first?.name ?? options.name,
    origin: first?.origin ?? 'Saryarka',
    attributes: first?.attributes ?? {},
    description: first?.description ?? null,
    users: coders.map((coder) => ({
      guid: guidFor('coders', coder),
      name: coder.exchange === null ? coder.name : textOr(coder.exchange.name),
      id: textOr(coder.exchange?.id),
    })),
    codes: exportedCodes(codeTree(codes), options.lang, notes),
    sources: texts
      .filter((text) => isExchanged(text, analysis))
      .map((text) => sourceElement(text, { analysis, notes, files, options })),
    notes: memos.map((memo) => noteElement(memo, analysis, files)),
    noteRefs: notes('project', ''),
    rest: Object.fromEntries(
      KEPT_ELEMENTS.flatMap((element) => {
        const parts = projects.flatMap(({ rest }) => rest[element] ?? []);
        return parts.length === 0 ? [] : [[element, together(parts, element)]];
      }),
    ),
  };
  return { project, files };
}

/** The codebook alone. */
export function exportedCodes(nodes: readonly CodeNode[], lang: Lang, notes: Notes = () => []): QdaCode[] {
  return nodes.map((node) => ({
    guid: guidFor('codes', node),
    name: pick(node.name, lang),
    isCodable: node.codable,
    color: node.colour,
    description: describedCode(node, lang),
    notes: notes('code', node.id),
    children: exportedCodes(node.children, lang, notes),
  }));
}

/** References that were only listed stay at home: there is nothing in them to be coded. */
function isExchanged({ id, text, exchange, length }: SourceText, { passages, codings }: Analysis): boolean {
  return (
    text !== null ||
    exchange !== null ||
    length !== null ||
    passages.some(({ source }) => source === id) ||
    codings.some(({ source }) => source === id)
  );
}

/** Elements of several projects of one name, as one. */
function together(parts: readonly string[], element: string): string {
  if (parts.length === 1) return parts[0] as string;
  const inner = parts.map((part) =>
    part.replace(new RegExp(`^\\s*<${element}[^>]*>`), '').replace(new RegExp(`</${element}>\\s*$`), ''),
  );
  return `<${element}>${[...new Set(inner)].join('')}</${element}>`;
}

type Notes = (noun: Memo['about'][number]['noun'], id: Id) => string[];

function notesOf({ memos }: Analysis): Notes {
  const found = new Map<string, string[]>();
  for (const memo of memos) {
    for (const { noun, id } of memo.about)
      found.set(`${noun} ${id}`, [...(found.get(`${noun} ${id}`) ?? []), guidFor('memos', memo)]);
  }
  return (noun, id) => found.get(`${noun} ${id}`) ?? [];
}

interface Context {
  analysis: Analysis;
  notes: Notes;
  files: Map<string, Uint8Array>;
  options: ExportProjectOptions;
}

function sourceElement(text: SourceText, context: Context): QdaSource {
  const whole = text.exchange?.whole as QdaSource | undefined;
  if (whole !== undefined) return whole;
  const { analysis, notes, files, options } = context;
  const guid = guidFor('sources', text);
  const passages = analysis.passages.filter(({ source }) => source === text.id);
  const bytes = options.fileOf(text.id);
  const isPdf = text.exchange?.element === 'PDFSource' || (text.exchange === null && text.format === 'pdf' && bytes !== null);
  const of = (list: readonly Passage[]): QdaSelection[] => list.map((passage) => selectionElement(passage, context));
  const onPages = passages.filter(({ exchange }) => exchange?.element === 'PDFSelection');
  const inText = passages.filter((passage) => !onPages.includes(passage));
  const ofWhole = analysis.codings.filter(({ source, passage }) => source === text.id && passage === null);
  const own = given(text.exchange);
  const title = analysis.sources.find(({ id }) => id === text.id)?.title ?? text.id;
  const path = isPdf ? 'path' : 'richTextPath';
  const source: QdaSource = {
    element: isPdf ? 'PDFSource' : 'TextSource',
    guid,
    name: text.exchange === null ? title : own.name,
    description: own.description,
    paths: own.paths,
    stamp: own.stamp,
    content: null,
    selections: [],
    codings: ofWhole.map((coding) => codingElement(coding, context)),
    notes: notes('source', text.id),
    representation: null,
    rest: own.rest,
  };
  if (bytes !== null) {
    const name = (source.paths[path] ?? '').split('/').at(-1) || `${guid}.${extensionOf(text)}`;
    source.paths = { ...source.paths, [path]: `internal://${name}` };
    files.set(name, bytes);
  }
  if (!isPdf) return { ...source, ...textOfSource(text, { own, guid, files }), selections: of(inText) };
  const inner = given((text.exchange?.representation ?? null) as Exchange | null);
  const innerGuid = guidOf(inner.guid) ?? guidFor('representations', { id: text.id });
  const wanted = text.text !== null || inText.length > 0 || text.exchange?.representation !== undefined;
  const representation: QdaSource = {
    ...source,
    ...inner,
    element: 'Representation',
    guid: innerGuid,
    codings: [],
    notes: [],
    ...textOfSource(text, { own: inner, guid: innerGuid, files }),
    selections: of(inText),
    representation: null,
  };
  return { ...source, selections: of(onPages), representation: wanted ? representation : null };
}

/** The text in the element itself where it came so, else in a file beside. */
function textOfSource(
  { text }: SourceText,
  { own, guid, files }: { own: Given; guid: string; files: Map<string, Uint8Array> },
): Pick<QdaSource, 'content'> | Pick<QdaSource, 'content' | 'paths'> {
  if (text === null) return { content: null };
  if (own.inline) return { content: text };
  const named = (own.paths.plainTextPath ?? '').replaceAll('\\', '/').split('/').at(-1);
  const name = named !== undefined && /\.txt$/i.test(named) ? named : `${guid}.txt`;
  files.set(name, new TextEncoder().encode(text));
  return { content: null, paths: { ...own.paths, plainTextPath: `internal://${name}` } };
}

interface Given {
  guid: string;
  name: string | null;
  description: string | null;
  paths: Record<string, string>;
  stamp: QdaStamp;
  inline: boolean;
  rest: string[];
}

/** What a source came with. */
function given(exchange: Exchange | null): Given {
  const {
    guid = '',
    name = null,
    description = null,
    paths = {},
    stamp = NO_STAMP,
    inline = false,
    rest = [],
  } = (exchange ?? {}) as Partial<Given>;
  return { guid, name, description, paths, stamp, inline, rest };
}

function selectionElement(passage: Passage, context: Context): QdaSelection {
  const { exchange, start, end } = passage;
  const {
    element = 'PlainTextSelection',
    name,
    description = null,
    attributes = {},
    stamp = NO_STAMP,
    representation = null,
  } = (exchange ?? {}) as Partial<QdaSelection>;
  const isPlain = element === 'PlainTextSelection';
  const known = start === null || end === null ? null : { startPosition: String(start), endPosition: String(end) };
  const places = !isPlain
    ? null
    : (known ?? (attributes.startPosition === undefined ? { startPosition: '0', endPosition: '0' } : null));
  return {
    element,
    guid: guidFor('passages', passage),
    name: name === undefined ? named(passage.quote) : name,
    description,
    attributes: { ...attributes, ...places },
    stamp,
    codings: context.analysis.codings
      .filter((coding) => coding.passage === passage.id)
      .map((coding) => codingElement(coding, context)),
    notes: context.notes('passage', passage.id),
    representation,
  };
}

/** The beginning of a quote on one line. */
function named(quote: string): string {
  return Array.from(quote.replace(/\s+/g, ' ').trim()).slice(0, NAME).join('');
}

function codingElement(coding: Coding, { analysis, notes }: Context): QdaCoding {
  const coder = analysis.coders.find(({ id }) => id === coding.coder);
  const code = analysis.codes.find(({ id }) => id === coding.code);
  const creating = coder === undefined ? null : guidFor('coders', coder);
  return {
    guid: guidFor('codings', coding),
    code: code === undefined ? guidFor('codes', { id: coding.code }) : guidFor('codes', code),
    creatingUser: coding.exchange === null ? creating : (textOr(coding.exchange.creatingUser) ?? null),
    creationDateTime: textOr(coding.exchange?.creationDateTime),
    notes: notes('coding', coding.id),
  };
}

function noteElement(memo: Memo, { coders }: Analysis, files: Map<string, Uint8Array>): QdaSource {
  const whole = memo.exchange?.whole as QdaSource | undefined;
  if (whole !== undefined) {
    const path = whole.paths.plainTextPath;
    if (path === undefined) return { ...whole, name: memo.title, content: memo.text };
    const name = path.replaceAll('\\', '/').split('/').at(-1) as string;
    if (memo.text !== '') files.set(name, new TextEncoder().encode(memo.text));
    const plainTextPath = memo.text === '' ? path : `internal://${name}`;
    return { ...whole, name: memo.title, paths: { ...whole.paths, plainTextPath } };
  }
  const coder = coders.find(({ id }) => id === memo.coder);
  return {
    element: 'Note',
    guid: guidFor('memos', memo),
    name: memo.title,
    description: null,
    paths: {},
    stamp: { ...NO_STAMP, creatingUser: coder === undefined ? null : guidFor('coders', coder) },
    content: memo.text,
    selections: [],
    codings: [],
    notes: [],
    representation: null,
    rest: [],
  };
}

function extensionOf({ format, file }: SourceText): string {
  return format === 'markdown'
    ? 'md'
    : format === 'text' || format === null
      ? (/\.(\w+)$/.exec(file ?? '')?.[1] ?? 'bin')
      : format;
}

const textOr = (value: unknown): string | null => (typeof value === 'string' ? value : null);
