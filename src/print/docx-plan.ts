/**
 * What has to be known of a whole document before its first paragraph is written: how often each note is cited, and what
 * number each table and figure has.
 */
import type { Lang } from '../types.ts';
import { type Block, type Cited, notesOf } from './blocks.ts';
import { type References, references } from './references.ts';

/** Of one document; `cited` changes while it is written. */
export interface Plan {
  lang: Lang;
  notes: string[];
  /** How often each note is cited, by its number in the blocks. */
  citations: Map<number, number>;
  /** The number that Word gives each note: they are counted in the order of their first citation. */
  cited: Map<number, number>;
  refer: References;
}

/** The plan of `blocks`, with no note cited yet. */
export function planOf(blocks: Block[], lang: Lang): Plan {
  const citations = new Map<number, number>();
  for (const { notes } of blocks.flatMap(citedIn))
    for (const note of new Set(notes)) citations.set(note, (citations.get(note) ?? 0) + 1);
  return { lang, notes: notesOf(blocks), citations, cited: new Map(), refer: references(blocks, lang) };
}

/** The name of the place where the number of a table or figure stands; `_Ref` keeps it out of Word's lists of bookmarks. */
export function bookmarkOf(kind: 'table' | 'figure' | 'note', number: number): string {
  return `_Ref_${kind}_${number}`;
}

function citedIn(block: Block): Cited[] {
  if (block.kind === 'text') return [block.text];
  if (block.kind === 'list') return block.items;
  return block.kind === 'table' ? block.rows.flat() : [];
}
