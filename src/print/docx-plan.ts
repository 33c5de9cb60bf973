/**
 * What has to be known of a whole document before its first paragraph is written: which note is cited where first, how often,
 * and what number each table and figure has.
 */
import type { Id, Lang } from '../types.ts';
import { type Block, type Cited, numbered } from './blocks.ts';
import { type References, references } from './references.ts';

/** A table or figure that texts may refer to. */
export interface Target {
  kind: 'table' | 'figure';
  number: number;
  /** The name of the place in the document where its number stands. */
  bookmark: string;
}

/** Of one document; `cited` changes while it is written. */
export interface Plan {
  lang: Lang;
  notes: string[];
  /** How often each note is cited, by its number in the blocks. */
  citations: Map<number, number>;
  /** The number that Word gives each note: they are counted in the order of their first citation. */
  cited: Map<number, number>;
  targets: Map<Id, Target>;
  numbers: Map<Block, number>;
  /** Of a heading, so that none is skipped. */
  level: References['level'];
}

/** The plan of `blocks`, with no note cited yet. */
export function planOf(blocks: Block[], lang: Lang): Plan {
  const numbers = numbered(blocks);
  const targets = new Map<Id, Target>();
  for (const [block, number] of numbers) {
    if ((block.kind !== 'table' && block.kind !== 'figure') || block.id === undefined || targets.has(block.id)) continue;
    targets.set(block.id, { kind: block.kind, number, bookmark: bookmarkOf(block.kind, number) });
  }
  const citations = new Map<number, number>();
  for (const { notes } of blocks.flatMap(citedIn))
    for (const note of new Set(notes)) citations.set(note, (citations.get(note) ?? 0) + 1);
  const notes = blocks.flatMap((block) => (block.kind === 'notes' ? block.notes : []));
  const { level } = references(blocks, lang);
  return { lang, notes, citations, cited: new Map(), targets, numbers, level };
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
