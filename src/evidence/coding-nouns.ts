/**
 * The nouns of document analysis: texts of sources, codes, passages, who gave which code to which passage, and memos. Plain data.
 *
 * What another program's project says beyond them (REFI-QDA) is kept in `exchange` and written again as it came.
 */
import type { DocumentFormat, Heading } from '../formats/document-text.ts';
import type { Id, LocalText } from '../types.ts';

/** What another program said of a row: its attributes, and elements as XML. */
export type Exchange = Record<string, unknown>;

/** What is known of a source beyond its line in the list: its reference, the rights to it, and its text as it was read. */
export interface SourceText {
  /** The id of the source. */
  id: Id;
  /** BCP 47; `null` where nobody said and the text does not tell. */
  lang: string | null;
  /** ISO 8601, as exact as it is known. */
  date: string | null;
  /** Whether sentences of it may be shown to others. */
  mayQuote: boolean;
  /** Whether its text and file may be kept in the dossier; without that only quotes of up to 300 characters are. */
  mayStore: boolean;
  /** CSL-JSON. */
  csl: Record<string, unknown> | null;
  file: string | null;
  format: DocumentFormat | null;
  /** `sha256:…` of the file, and of its words (folded) by which the same text in another file is told. */
  digest: string | null;
  textDigest: string | null;
  /** `null` where none was read, or it may not be kept. */
  text: string | null;
  /** [code points] */
  length: number | null;
  pages: number[] | null;
  headings: Heading[];
  mediaType: string | null;
  /** Whether the file itself is kept. */
  hasBytes: boolean;
  exchange: Exchange | null;
}

/** A theme that passages are sorted by. */
export interface Code {
  id: Id;
  parent: Id | null;
  name: LocalText;
  definition: LocalText;
  /** What belongs to it, what does not, and a passage that shows it. */
  inclusion: LocalText;
  exclusion: LocalText;
  example: LocalText;
  /** `#RRGGBB` */
  colour: string | null;
  /** Whether passages may have it, or it only groups others. */
  codable: boolean;
  /** Among those of one parent. */
  position: number;
  exchange: Exchange | null;
}

export interface Coder {
  id: Id;
  name: string;
  exchange: Exchange | null;
}

/**
 * How well the place of a passage is known: `sure`; `check`: found again with some doubt, or with other figures; `offsets`: placed by
 * another program's numbers alone, no quote to compare; `lost`: not found.
 */
export type Anchored = 'sure' | 'check' | 'offsets' | 'lost';

/** A part of a text. W3C Web Annotation: TextQuoteSelector and TextPositionSelector. */
export interface Passage {
  id: Id;
  source: Id;
  quote: string;
  prefix: string;
  suffix: string;
  /** [code points], end excluded; `null` where it is lost. */
  start: number | null;
  end: number | null;
  page: number | null;
  anchored: Anchored;
  exchange: Exchange | null;
}

/** `draft`: one coder's; `agreed`: others gave the same; `kept` and `dropped`: decided after a comparison. */
export type CodingStatus = 'draft' | 'agreed' | 'kept' | 'dropped';

/** One coder gave one code to a passage, or to a whole source where `passage` is null. */
export interface Coding {
  id: Id;
  source: Id;
  passage: Id | null;
  code: Id;
  coder: Id | null;
  status: CodingStatus;
  /** Who decided. */
  decidedBy: Id | null;
  exchange: Exchange | null;
}

/** A note of those who read; `about` may be empty for the whole analysis. */
export interface Memo {
  id: Id;
  title: string | null;
  text: string;
  about: { noun: 'project' | 'source' | 'passage' | 'code' | 'coding'; id: Id }[];
  coder: Id | null;
  exchange: Exchange | null;
}

/** Codings that count: all but those that a decision dropped. */
export function standing({ status }: Coding): boolean {
  return status !== 'dropped';
}

/** Most of a text that may not be stored which is kept in a quote [code points]. */
export const LONGEST_QUOTE = 300;
