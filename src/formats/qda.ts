/**
 * Projects (.qdpx) and codebooks (.qdc) of programs for qualitative analysis.
 *
 *     const { project, files, notes } = readQdpx(readSource('interviews.qdpx'));
 *     const { codes } = readQdc(readSource('codebook.qdc'));
 *
 * Files in the wild: an entry named `Project.qde`, folders of any name and case, texts that are missing, GUIDs in capitals or braces.
 * Whatever can be read is; what is missing is told. Reference: REFI-QDA 1.0.
 */
import { Problem } from '../problems.ts';
import {
  CODEBOOK_NAMESPACE,
  guidOf,
  KEPT_ELEMENTS,
  type QdaCode,
  type QdaCoding,
  type QdaProject,
  type QdaSelection,
  type QdaSource,
  type QdaSourceElement,
  type QdaStamp,
} from './qda-nouns.ts';
import { readXml } from './xml.ts';
import { attribute, textOf, treeBuilder, writeXml, type XmlElement } from './xml-tree.ts';
import { type Budget, type Bytes, newBudget, readZip, unpack, type ZipEntry } from './zip.ts';

/** Something in a project that could not be taken as it stands. */
export interface QdaFault {
  code: 'qda-guid' | 'qda-file-damaged';
  details: { file: string; line: string; found: string };
}

export interface ReadQdpx {
  project: QdaProject;
  /** The name of the entry that holds the project. */
  entry: string;
  /** Bytes of a file that the project names, or `null` where the archive lacks it. */
  file(path: string): Uint8Array | null;
  /** Entries of the archive besides the project. */
  entries: string[];
  faults: QdaFault[];
}

const SOURCES: readonly string[] = ['TextSource', 'PDFSource', 'PictureSource', 'AudioSource', 'VideoSource'];
const STAMP = ['creatingUser', 'creationDateTime', 'modifyingUser', 'modifiedDateTime'] as const;
const PATHS = ['plainTextPath', 'richTextPath', 'path', 'currentPath'];

/** A project with its files. @throws Problem `qda-without-project`, those of archives and XML. */
export function readQdpx(file: Bytes): ReadQdpx {
  const budget = newBudget();
  const { entries } = readZip(file, budget);
  const named = (name: string): string => name.replace(/^(\.?\/)+/, '').toLowerCase();
  const entry =
    entries.find(({ name }) => named(name) === 'project.qde') ??
    entries.filter(({ name }) => /\.qde$/i.test(name)).sort((a, b) => a.name.length - b.name.length)[0];
  if (entry === undefined)
    throw new Problem('qda-without-project', {
      file: file.name,
      found: entries
        .map(({ name }) => name)
        .slice(0, 8)
        .join(', '),
    });
  const { project, faults } = readProject({ name: `${file.name}: ${entry.name}`, bytes: unpack(file, entry, budget) });
  return {
    project,
    entry: entry.name,
    entries: entries.filter((one) => one !== entry).map(({ name }) => name),
    faults,
    file: (path) => fileOf(file, { path, entries, budget, faults }),
  };
}

/** The file that a path of a project means: `internal://…`, in whatever folder and case; names with signs may be escaped. */
function fileOf(
  file: Bytes,
  { path, entries, budget, faults }: { path: string; entries: ZipEntry[]; budget: Budget; faults: QdaFault[] },
): Uint8Array | null {
  const plain = path.replace(/^[a-z]+:\/{2,3}/i, '').replaceAll('\\', '/');
  const wanted = [plain, unescaped(plain)].map((name) => (name.split('/').at(-1) ?? '').normalize('NFC').toLowerCase());
  const found = entries.find(({ name }) => wanted.includes((name.split('/').at(-1) ?? '').normalize('NFC').toLowerCase()));
  if (found === undefined) return null;
  try {
    return unpack(file, found, { ...budget });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    faults.push({ code: 'qda-file-damaged', details: { file: file.name, line: '', found: found.name } });
    return null;
  }
}

function unescaped(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** The project of a `.qde` file alone. @throws Problem `qda-not-one`, those of XML. */
export function readProject(file: Bytes): { project: QdaProject; faults: QdaFault[] } {
  const root = rootOf(file);
  if (root.name !== 'Project') throw new Problem('qda-not-one', { file: file.name, found: root.name });
  const faults: QdaFault[] = [];
  const reading = { file: file.name, faults };
  const { name, origin, ...attributes } = attributesOf(root);
  const below = (parent: string, child: string): XmlElement[] => childrenOf(childOf(root, parent), child);
  const project: QdaProject = {
    name: name ?? '',
    origin: origin ?? null,
    attributes,
    description: describedBy(root),
    users: below('Users', 'User').map((user) => ({
      guid: ownGuid(user, reading),
      name: attribute(user, 'name'),
      id: attribute(user, 'id'),
    })),
    codes: childrenOf(childOf(childOf(root, 'CodeBook'), 'Codes'), 'Code').map((code) => codeOf(code, reading)),
    sources: childrenOf(childOf(root, 'Sources'))
      .filter(({ name: element }) => SOURCES.includes(element))
      .map((source) => sourceOf(source, reading)),
    notes: below('Notes', 'Note').map((note) => sourceOf(note, reading)),
    noteRefs: notesOf(root),
    rest: Object.fromEntries(
      KEPT_ELEMENTS.flatMap((element) => {
        const found = childOf(root, element);
        return found === null ? [] : [[element, writeXml(withoutBlanks(found))]];
      }),
    ),
  };
  return { project, faults };
}

/** The codes of a codebook; sets of codes are left out and counted. @throws Problem `qda-not-one`, those of XML. */
export function readQdc(file: Bytes): { codes: QdaCode[]; origin: string | null; sets: number; faults: QdaFault[] } {
  const root = rootOf(file);
  const faults: QdaFault[] = [];
  const book = root.name === 'CodeBook' ? root : childOf(root, 'CodeBook');
  if (book === null) throw new Problem('qda-not-one', { file: file.name, found: root.name });
  const codes = childrenOf(childOf(book, 'Codes'), 'Code').map((code) => codeOf(code, { file: file.name, faults }));
  return { codes, origin: attribute(root, 'origin'), sets: childrenOf(childOf(book, 'Sets'), 'Set').length, faults };
}

/** Whether bytes are a codebook or a project as XML, by their root. */
export function looksLikeQda(bytes: Uint8Array): boolean {
  const head = new TextDecoder().decode(bytes.subarray(0, 4096));
  return head.includes(CODEBOOK_NAMESPACE) || /<(\w+:)?(CodeBook|Project)[\s>]/.test(head);
}

interface Reading {
  file: string;
  faults: QdaFault[];
}

function codeOf(code: XmlElement, reading: Reading): QdaCode {
  return {
    guid: ownGuid(code, reading),
    name: attribute(code, 'name') ?? '',
    isCodable: !/^(false|0)$/i.test(attribute(code, 'isCodable') ?? 'true'),
    color: attribute(code, 'color'),
    description: describedBy(code),
    notes: notesOf(code),
    children: childrenOf(code, 'Code').map((child) => codeOf(child, reading)),
  };
}

function sourceOf(source: XmlElement, reading: Reading): QdaSource {
  const attributes = attributesOf(source);
  const content = childOf(source, 'PlainTextContent');
  const representation = childOf(source, 'Representation') ?? childOf(source, 'TextDescription');
  const known = new Set(['Description', 'PlainTextContent', 'Representation', 'TextDescription', 'Coding', 'NoteRef']);
  return {
    element: source.name as QdaSourceElement,
    guid: ownGuid(source, reading),
    name: attributes.name ?? null,
    description: describedBy(source),
    paths: Object.fromEntries(PATHS.flatMap((path) => (attributes[path] === undefined ? [] : [[path, attributes[path]]]))),
    stamp: stampOf(source),
    content: content === null ? null : textOf(content),
    selections: childrenOf(source)
      .filter(({ name }) => name.endsWith('Selection'))
      .map((one) => selectionOf(one, reading)),
    codings: childrenOf(source, 'Coding').map((one) => codingOf(one, reading)),
    notes: notesOf(source),
    representation: representation === null ? null : sourceOf(representation, reading),
    rest: childrenOf(source)
      .filter(({ name }) => !known.has(name) && !name.endsWith('Selection'))
      .map((one) => writeXml(withoutBlanks(one))),
  };
}

function selectionOf(selection: XmlElement, reading: Reading): QdaSelection {
  const { guid: _, name = null, ...attributes } = attributesOf(selection);
  for (const stamp of STAMP) delete attributes[stamp];
  const representation = childOf(selection, 'Representation');
  return {
    element: selection.name,
    guid: ownGuid(selection, reading),
    name,
    description: describedBy(selection),
    attributes: attributes as Record<string, string>,
    stamp: stampOf(selection),
    codings: childrenOf(selection, 'Coding').map((one) => codingOf(one, reading)),
    notes: notesOf(selection),
    representation: representation === null ? null : sourceOf(representation, reading),
  };
}

function codingOf(coding: XmlElement, reading: Reading): QdaCoding {
  const target = childOf(coding, 'CodeRef');
  return {
    guid: ownGuid(coding, reading),
    code: guidOf(target === null ? null : attribute(target, 'targetGUID')) ?? '',
    creatingUser: guidOf(attribute(coding, 'creatingUser')),
    creationDateTime: attribute(coding, 'creationDateTime'),
    notes: notesOf(coding),
  };
}

function stampOf(of: XmlElement): QdaStamp {
  return {
    creatingUser: guidOf(attribute(of, 'creatingUser')),
    creationDateTime: attribute(of, 'creationDateTime'),
    modifyingUser: guidOf(attribute(of, 'modifyingUser')),
    modifiedDateTime: attribute(of, 'modifiedDateTime'),
  };
}

const notesOf = (of: XmlElement): string[] => childrenOf(of, 'NoteRef').map((one) => guidOf(attribute(one, 'targetGUID')) ?? '');

/** The GUID of an element; one that is no GUID is kept as it is, and told. */
function ownGuid(of: XmlElement, { file, faults }: Reading): string {
  const written = attribute(of, 'guid') ?? '';
  const guid = guidOf(written);
  if (guid === null)
    faults.push({ code: 'qda-guid', details: { file, line: String(of.line), found: `${of.name} guid="${written}"` } });
  return guid ?? written;
}

function describedBy(of: XmlElement): string | null {
  const found = childOf(of, 'Description');
  return found === null ? null : textOf(found);
}

function rootOf(file: Bytes): XmlElement {
  const tree = treeBuilder(file.name, {});
  readXml(file, tree);
  const root = tree.root();
  if (root === null) throw new Problem('qda-not-one', { file: file.name, found: '' });
  return root;
}

/** Children by their name alone: programs disagree on the namespace. */
function childrenOf(of: XmlElement | null, name?: string): XmlElement[] {
  if (of === null) return [];
  return of.children.filter((one): one is XmlElement => typeof one !== 'string' && (name === undefined || one.name === name));
}

const childOf = (of: XmlElement | null, name: string): XmlElement | null => childrenOf(of, name)[0] ?? null;

function attributesOf(of: XmlElement): Record<string, string> {
  return Object.fromEntries(of.attributes.filter(({ uri }) => uri === '').map(({ name, value }) => [name, value]));
}

/** Without the blanks that stand between elements. */
function withoutBlanks(of: XmlElement): XmlElement {
  const hasElements = of.children.some((one) => typeof one !== 'string');
  const children = of.children
    .filter((one) => typeof one !== 'string' || !hasElements || one.trim() !== '')
    .map((one) => (typeof one === 'string' ? one : withoutBlanks(one)));
  const attributes = of.attributes.filter(({ uri }) => uri === '');
  return { ...of, attributes, children };
}
