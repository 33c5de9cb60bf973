/**
 * GUIDs for what has an id of ours, as exchange formats need them: the same id always gives the same GUID.
 *
 *     guidFor('codes', { id: 'water' })   // 'b3f2…-…-8…-…': RFC 9562, version 8
 */
import { guidOf } from '../formats/qda-nouns.ts';
import { digestOf } from '../formats/source-node.ts';
import type { Id } from '../types.ts';
import type { Exchange } from './coding-nouns.ts';

export type ExchangedNoun = 'sources' | 'representations' | 'codes' | 'coders' | 'passages' | 'codings' | 'memos';

/** The GUID that a row came with, that its id is, or that is made of its id. */
export function guidFor(noun: ExchangedNoun, { id, exchange }: { id: Id; exchange?: Exchange | null }): string {
  const given = exchange?.guid;
  return (typeof given === 'string' ? guidOf(given) : null) ?? guidOf(id) ?? guidFrom(`${noun} ${id}`);
}

/** A GUID made of a text. RFC 9562, 5.8 (version 8, the bits of SHA-256). */
export function guidFrom(text: string): string {
  const hex = digestOf(text).slice(7, 39);
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 3) | 8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
