/**
 * The nouns of REFI-QDA, the exchange format of programs for qualitative analysis. What we have no use for is kept as XML and written
 * again as it came.
 *
 * Reference: REFI-QDA 1.0, schema Project.xsd of 18 March 2019, qdasoftware.org.
 */

/** A GUID in small letters without braces: programs write the same one in either way. */
export type Guid = string;

/** Who made something when; `null` where the file does not say. Times as written, `xsd:dateTime`. */
export interface QdaStamp {
  creatingUser: Guid | null;
  creationDateTime: string | null;
  modifyingUser: Guid | null;
  modifiedDateTime: string | null;
}

export interface QdaUser {
  guid: Guid;
  name: string | null;
  id: string | null;
}

export interface QdaCode {
  guid: Guid;
  name: string;
  isCodable: boolean;
  /** `#RRGGBB` or `#RGB`. */
  color: string | null;
  description: string | null;
  notes: Guid[];
  children: QdaCode[];
}

export interface QdaCoding {
  guid: Guid;
  code: Guid;
  creatingUser: Guid | null;
  creationDateTime: string | null;
  notes: Guid[];
}

/** A part of a source. Of a text by places, of anything else by what its own attributes say. */
export interface QdaSelection {
  /** `PlainTextSelection`, `PDFSelection`, `PictureSelection`, … */
  element: string;
  guid: Guid;
  name: string | null;
  description: string | null;
  /** `startPosition`, `page`, `firstX`, … as written. */
  attributes: Record<string, string>;
  stamp: QdaStamp;
  codings: QdaCoding[];
  notes: Guid[];
  /** The text that a PDFSelection stands for. */
  representation: QdaSource | null;
}

export type QdaSourceElement =
  | 'TextSource'
  | 'PDFSource'
  | 'PictureSource'
  | 'AudioSource'
  | 'VideoSource'
  | 'Representation'
  | 'TextDescription'
  | 'Note';

export interface QdaSource {
  element: QdaSourceElement;
  guid: Guid;
  name: string | null;
  description: string | null;
  /** `plainTextPath`, `richTextPath`, `path`, `currentPath`, as written. */
  paths: Record<string, string>;
  stamp: QdaStamp;
  /** From PlainTextContent; `null` where it is in a file, or the source is no text. */
  content: string | null;
  selections: QdaSelection[];
  codings: QdaCoding[];
  notes: Guid[];
  /** The text of a PDF or a picture. */
  representation: QdaSource | null;
  /** VariableValue, Transcript and what else there is, as XML. */
  rest: string[];
}

export interface QdaProject {
  name: string;
  origin: string | null;
  /** Attributes of the project that are not named above. */
  attributes: Record<string, string>;
  description: string | null;
  users: QdaUser[];
  codes: QdaCode[];
  sources: QdaSource[];
  notes: QdaSource[];
  noteRefs: Guid[];
  /** Variables, Cases, Links, Sets and Graphs as XML, by the name of their element. */
  rest: Record<string, string>;
}

/** The elements of a project that are kept as they came, in the order of the schema. */
export const KEPT_ELEMENTS = ['Variables', 'Cases', 'Links', 'Sets', 'Graphs'] as const;

export const PROJECT_NAMESPACE = 'urn:QDA-XML:project:1.0';
export const CODEBOOK_NAMESPACE = 'urn:QDA-XML:codebook:1.0';

/** How much a project holds. */
export interface QdaCounts {
  codes: number;
  users: number;
  textSources: number;
  pdfSources: number;
  otherSources: number;
  selections: number;
  codings: number;
  notes: number;
}

/** Counts over all of a project, whatever lies within what. */
export function countProject({ codes, users, sources, notes }: QdaProject): QdaCounts {
  const codesIn = (list: readonly QdaCode[]): number => list.reduce((sum, { children }) => sum + 1 + codesIn(children), 0);
  const of = (element: QdaSourceElement): number => sources.filter((source) => source.element === element).length;
  const all = [...sources, ...notes].flatMap(withRepresentations);
  return {
    codes: codesIn(codes),
    users: users.length,
    textSources: of('TextSource'),
    pdfSources: of('PDFSource'),
    otherSources: sources.length - of('TextSource') - of('PDFSource'),
    selections: all.reduce((sum, { selections }) => sum + selections.length, 0),
    codings: all.reduce(
      (sum, { codings, selections }) => sum + codings.length + selections.reduce((n, one) => n + one.codings.length, 0),
      0,
    ),
    notes: notes.length,
  };
}

/** A source with the texts that stand for it and for its selections. */
function withRepresentations(source: QdaSource): QdaSource[] {
  const inner = [source.representation, ...source.selections.map(({ representation }) => representation)];
  return [source, ...inner.filter((one) => one !== null).flatMap(withRepresentations)];
}

/** Small letters without braces; `null` where it is no GUID. */
export function guidOf(written: string | null | undefined): Guid | null {
  const found = /^\s*\{?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\}?\s*$/i.exec(written ?? '')?.[1];
  return found === undefined ? null : found.toLowerCase();
}
