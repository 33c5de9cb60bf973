/**
 * All that a document analysis consists of, as it goes into a dossier, out of it, and to other programs.
 */
import type { QdaProject, QdaSource } from '../formats/qda-nouns.ts';
import type { Id, Source } from '../types.ts';
import type { Code, Coder, Coding, Exchange, Memo, Passage, SourceText } from './coding-nouns.ts';
import { type ExchangedNoun, guidFor } from './guids.ts';

/** A project's own words, and what of it has no place in the dossier. */
export type KeptProject = Omit<QdaProject, 'users' | 'codes' | 'sources' | 'notes'>;

/** All that an analysis consists of. */
export interface Analysis {
  sources: Source[];
  texts: SourceText[];
  codes: Code[];
  coders: Coder[];
  passages: Passage[];
  codings: Coding[];
  memos: Memo[];
  projects: KeptProject[];
}

/** A source with its text as the file has it. */
export interface LoadedText {
  source: QdaSource;
  id: Id;
  /** With byte order mark and line ends; `null` where there is no text. */
  raw: string | null;
  /** The text that the dossier keeps. */
  text: SourceText;
}

/** The id of what has a GUID. */
export type Known = (noun: ExchangedNoun, guid: string) => Id;

/** A function from GUIDs to ids: of what is known its own, of what is new the GUID. */
export function knownIds(known: Analysis): Known {
  const ids = new Map<string, Id>();
  const note = (noun: ExchangedNoun, list: readonly { id: Id; exchange?: Record<string, unknown> | null }[]): void => {
    for (const row of list) ids.set(`${noun} ${guidFor(noun, row)}`, row.id);
  };
  note('sources', known.texts);
  note('codes', known.codes);
  note('coders', known.coders);
  note('passages', known.passages);
  note('codings', known.codings);
  note('memos', known.memos);
  return (noun, guid) => ids.get(`${noun} ${guid}`) ?? guid;
}

/** What another program says of a row; of one that we made, nothing that its columns do not say. */
export function theirs(known: readonly { id: Id; exchange: Exchange | null }[], id: Id, exchange: Exchange): Exchange | null {
  const before = known.find((row) => row.id === id);
  return before !== undefined && before.exchange === null ? null : exchange;
}
