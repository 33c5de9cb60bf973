/**
 * What fills the sections of a review, small enough to be kept for every reserve in every language: its long texts, drawings among
 * them, are compressed, and lie outside of what the collector of garbage goes through.
 *
 *     const packed = packReview({ site, due, findings, pieces });      // in the thread that made it
 *     packed.pieces.map(({ told }) => told);
 *     unpacked(packed.pieces[3].html);
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { ReviewPieces } from '../review/outline.ts';
import type { SectionPiece } from '../review/section-pieces.ts';

/** UTF-8, compressed where that is shorter. RFC 1951. */
export interface PackedText {
  bytes: Uint8Array;
  deflated: boolean;
}

export interface PackedPiece extends Pick<SectionPiece, 'section' | 'told' | 'flaws'> {
  html: PackedText;
  words: PackedText;
}

export interface PackedReview extends Omit<ReviewPieces, 'pieces'> {
  pieces: PackedPiece[];
}

/** Texts that are shorter are left as they are [bytes]. */
const SHORT = 1024;

/** Quick rather than small: a review is made again whenever a record changes. */
const LEVEL = 3;

/** What an object of a section takes besides its texts [bytes]. */
const PLACE = 600;

export function packReview({ pieces, ...rest }: ReviewPieces): PackedReview {
  return { ...rest, pieces: pieces.map(({ html, words, ...piece }) => ({ ...piece, html: packed(html), words: packed(words) })) };
}

export function unpacked({ bytes, deflated }: PackedText): string {
  return new TextDecoder().decode(deflated ? inflateRawSync(bytes) : bytes);
}

/** What it takes in memory [bytes], roughly: texts that are not packed have two bytes a letter. */
export function sizeOfReview({ pieces, findings }: PackedReview): number {
  const own = pieces.map(
    ({ html, words, flaws }) =>
      PLACE + html.bytes.length + words.bytes.length + 2 * flaws.reduce((sum, text) => sum + text.length, 0),
  );
  return own.reduce((sum, size) => sum + size, 2 * JSON.stringify(findings).length);
}

function packed(text: string): PackedText {
  const bytes = new TextEncoder().encode(text);
  return bytes.length < SHORT
    ? { bytes, deflated: false }
    : { bytes: exact(deflateRawSync(bytes, { level: LEVEL })), deflated: true };
}

/** Bytes that share their memory with nothing: what is sent to another thread takes all of it along. */
function exact(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes);
}
