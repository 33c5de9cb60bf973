/**
 * Projects (.qdpx) and codebooks (.qdc) written as the schema orders their elements. The same project gives the same bytes.
 *
 *     writeFile('evidence.qdpx', writeQdpx(project, new Map([['3b115d10-….txt', bytes]])));
 *
 * Reference: REFI-QDA 1.0, Project.xsd of 18 March 2019.
 */
import { zipSync } from 'fflate';
import {
  CODEBOOK_NAMESPACE,
  KEPT_ELEMENTS,
  PROJECT_NAMESPACE,
  type QdaCode,
  type QdaCoding,
  type QdaProject,
  type QdaSelection,
  type QdaSource,
  type QdaStamp,
} from './qda-nouns.ts';
import { readXml } from './xml.ts';
import { element, treeBuilder, writeXml, type XmlElement } from './xml-tree.ts';

const XML = '<?xml version="1.0" encoding="utf-8"?>\n';

/** The project with its files, which lie in the folder `sources`. @param files by their names, without a folder */
export function writeQdpx(project: QdaProject, files: ReadonlyMap<string, Uint8Array>): Uint8Array<ArrayBuffer> {
  const entries = [...files].map(([name, bytes]): [string, Uint8Array] => [`sources/${name}`, bytes]);
  const all = [['project.qde', new TextEncoder().encode(writeProject(project))] as [string, Uint8Array], ...entries];
  return zipSync(Object.fromEntries(all), { level: 6, mtime: new Date(1980, 0, 1) }) as Uint8Array<ArrayBuffer>;
}

/** The XML of a project. */
export function writeProject({
  name,
  origin,
  attributes,
  description,
  users,
  codes,
  sources,
  notes,
  noteRefs,
  rest,
}: QdaProject): string {
  const group = (of: string, children: XmlElement[]): XmlElement | null =>
    children.length === 0 ? null : element(of, {}, children);
  const codeBook = group('Codes', codes.map(codeElement));
  const kept = (of: string): XmlElement | null => (rest[of] === undefined ? null : parsed(rest[of]));
  const [variables, cases, links, sets, graphs] = KEPT_ELEMENTS.map(kept);
  return (
    XML +
    writeXml(
      element('Project', { xmlns: PROJECT_NAMESPACE, name, origin, ...attributes }, [
        group(
          'Users',
          users.map(({ guid, name: called, id }) => element('User', { guid, name: called, id })),
        ),
        codeBook === null ? null : element('CodeBook', {}, [codeBook]),
        variables ?? null,
        cases ?? null,
        group('Sources', sources.map(sourceElement)),
        group('Notes', notes.map(sourceElement)),
        links ?? null,
        sets ?? null,
        graphs ?? null,
        described(description),
        ...noteElements(noteRefs),
      ]),
    )
  );
}

/** The XML of a codebook. */
export function writeQdc(codes: readonly QdaCode[], origin: string): string {
  const withoutNotes = (code: QdaCode): QdaCode => ({ ...code, notes: [], children: code.children.map(withoutNotes) });
  const children = codes.map((code) => codeElement(withoutNotes(code)));
  return XML + writeXml(element('CodeBook', { xmlns: CODEBOOK_NAMESPACE, origin }, [element('Codes', {}, children)]));
}

function codeElement({ guid, name, isCodable, color, description, notes, children }: QdaCode): XmlElement {
  return element('Code', { guid, name, isCodable: String(isCodable), color }, [
    described(description),
    ...noteElements(notes),
    ...children.map(codeElement),
  ]);
}

/** Children of every kind of source in the one order that suits them all. */
function sourceElement(source: QdaSource): XmlElement {
  const { guid, name, description, paths, stamp, content, selections, codings, notes, representation, rest } = source;
  const inner = representation === null ? null : sourceElement(representation);
  const selected = selections.map(selectionElement);
  const values = rest.map(parsed);
  const others = values.filter((value) => value.name !== 'VariableValue');
  const isPicture = source.element === 'PictureSource';
  return element(source.element, { guid, name, ...paths, ...stamped(stamp) }, [
    described(description),
    isPicture ? inner : null,
    content === null ? null : element('PlainTextContent', {}, [content]),
    ...others, // transcripts
    ...selected,
    isPicture ? null : inner,
    ...codings.map(codingElement),
    ...noteElements(notes),
    ...values.filter((value) => value.name === 'VariableValue'),
  ]);
}

function selectionElement(selection: QdaSelection): XmlElement {
  const { guid, name, description, attributes, stamp, codings, notes, representation } = selection;
  return element(selection.element, { guid, name, ...attributes, ...stamped(stamp) }, [
    described(description),
    representation === null ? null : sourceElement(representation),
    ...codings.map(codingElement),
    ...noteElements(notes),
  ]);
}

function codingElement({ guid, code, creatingUser, creationDateTime, notes }: QdaCoding): XmlElement {
  return element('Coding', { guid, creatingUser, creationDateTime }, [
    element('CodeRef', { targetGUID: code }),
    ...noteElements(notes),
  ]);
}

const stamped = ({
  creatingUser,
  creationDateTime,
  modifyingUser,
  modifiedDateTime,
}: QdaStamp): Record<string, string | null> => ({
  creatingUser,
  creationDateTime,
  modifyingUser,
  modifiedDateTime,
});

const described = (text: string | null): XmlElement | null => (text === null ? null : element('Description', {}, [text]));

const noteElements = (notes: readonly string[]): XmlElement[] => notes.map((targetGUID) => element('NoteRef', { targetGUID }));

/** An element that was kept as XML. */
function parsed(xml: string): XmlElement {
  const tree = treeBuilder('', {});
  readXml({ name: '', bytes: new TextEncoder().encode(xml) }, tree);
  return clean(tree.root() ?? element('Description'));
}

function clean(of: XmlElement): XmlElement {
  const hasElements = of.children.some((one) => typeof one !== 'string');
  const children = of.children.filter((one) => typeof one !== 'string' || !hasElements);
  return { ...of, children: children.map((one) => (typeof one === 'string' ? one : clean(one))) };
}
