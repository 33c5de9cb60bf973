/**
 * Passages of a text: made at a place or from a quote, and found again when the text was imported anew.
 *
 *     const place = findQuote(indexText(text), { exact: 'ten national biosphere reserves' });
 *     const passage = passageAt(document, indexText(text), place);
 *     reanchored(indexText(newer), newerDocument, passage).outcome;   // 'same', 'moved', 'doubtful' or 'lost'
 */
import { pageAt } from '../formats/document-text.ts';
import { Problem } from '../problems.ts';
import { type Anchoring, anchor, selectorsAt, type TextIndex, type TextSelector } from '../science/text-anchor.ts';
import type { Id } from '../types.ts';
import { LONGEST_QUOTE, type Passage, type SourceText } from './coding-nouns.ts';
import { guidFrom } from './guids.ts';

/** What of a document a passage depends on. */
export type PassageSource = Pick<SourceText, 'id' | 'pages' | 'mayStore'>;

/** Signs of a quote that a message shows. */
const SHOWN = 80;

/** The place of a quote. @throws Problem `passage-not-found`, `passage-ambiguous` */
export function findQuote(index: TextIndex, selector: TextSelector, source: Id): { start: number; end: number; sure: boolean } {
  const found = anchor(index, selector);
  if (found.found) return { start: found.start, end: found.end, sure: found.sure };
  const shown = { source, found: shortened(selector.exact) };
  if (found.why === 'ambiguous') throw new Problem('passage-ambiguous', { ...shown, count: found.candidates.length });
  throw new Problem('passage-not-found', { ...shown, nearest: shortened(found.candidates[0]?.text ?? '–') });
}

function shortened(text: string): string {
  const plain = text.replace(/\s+/g, ' ').trim();
  return plain.length > SHOWN ? `${plain.slice(0, SHOWN)}…` : plain;
}

/** The passage at a place, with its quote and context. @throws Problem `passage-place` */
export function passageAt(source: PassageSource, index: TextIndex, { start, end }: { start: number; end: number }): Passage {
  const length = index.places.length - 1;
  if (!(Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start < end && end <= length))
    throw new Problem('passage-place', { source: source.id, found: `${start}–${end}`, length });
  const { exact, prefix, suffix } = selectorsAt(index, start, end);
  return {
    id: guidFrom(`passage ${source.id} ${start} ${end} ${exact}`),
    source: source.id,
    quote: keptQuote(exact, source),
    prefix,
    suffix,
    start,
    end,
    page: pageAt(source.pages, start),
    anchored: 'sure',
    exchange: null,
  };
}

/** A quote as far as it may be kept. */
export function keptQuote(quote: string, { mayStore }: Pick<SourceText, 'mayStore'>): string {
  if (mayStore) return quote;
  const points = Array.from(quote);
  return points.length <= LONGEST_QUOTE ? quote : points.slice(0, LONGEST_QUOTE).join('');
}

/** Whether all of a passage is in its quote. */
export function isWhole({ quote, start, end }: Passage): boolean {
  return start === null || end === null || Array.from(quote).length >= end - start;
}

export interface Reanchored {
  /** `doubtful`: found, but to be looked at. */
  outcome: 'same' | 'moved' | 'doubtful' | 'lost';
  passage: Passage;
  /** Why it is lost: nothing near, nothing near enough, or several places alike. */
  why: Exclude<Anchoring, { found: true }>['why'] | null;
}

/**
 * A passage in a text that may have changed. One whose quote was cut is found by what is left of it; its length stays. One that
 * is lost keeps its quote and context, and is looked for again with the next text.
 */
export function reanchored(index: TextIndex, source: PassageSource, passage: Passage): Reanchored {
  const { quote, prefix, suffix, start, end } = passage;
  const whole = isWhole(passage);
  const selector: TextSelector = { exact: quote, prefix, ...(whole && { suffix }), ...(start !== null && { start }) };
  const found = anchor(index, selector);
  if (!found.found) return { outcome: 'lost', why: found.why, passage: { ...passage, start: null, end: null, anchored: 'lost' } };
  const length = index.places.length - 1;
  const last = whole || start === null || end === null ? found.end : Math.min(length, found.start + (end - start));
  const placed = passageAt(source, index, { start: found.start, end: last });
  const sure = found.sure && whole;
  return {
    outcome: !sure ? 'doubtful' : found.start === start && last === end ? 'same' : 'moved',
    why: null,
    passage: { ...placed, id: passage.id, exchange: passage.exchange, anchored: sure ? 'sure' : 'check' },
  };
}
