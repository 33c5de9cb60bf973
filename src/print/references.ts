/**
 * Where the headings, tables and figures of a document stand and how its text refers to them: the same for every format.
 *
 *     const { seen } = references(blocks, 'en');
 *     seen(['staff']);   // [{ text: 'see ', to: null }, { text: 'Table 3', to: 'staff' }]
 */
import { t } from '../i18n/index.ts';
import type { Id, Lang } from '../types.ts';
import { type Block, type Figure, type Heading, numbered, type Table } from './blocks.ts';

/** A piece of a sentence; `to` names where it leads, `null` for words. */
export interface Piece {
  text: string;
  to: string | null;
}

export interface References {
  /** Level of a heading, so that none is skipped below the one before. */
  level(heading: Heading): 2 | 3 | 4 | 5;
  /** Name of the place of a block, unique in the document and fit for an address; `null` for blocks nobody refers to. */
  anchor(block: Block): string | null;
  /** `Table 3.`; empty for a table or figure without a caption. */
  label(block: Table | Figure): string;
  /**
   * `see Table 3, Figure 1` in pieces; none for no ids.
   * @throws RangeError when nothing with a caption has one of the ids: a fault of ours.
   */
  seen(ids: Id[]): Piece[];
  /** The headings that a table of contents of this depth lists. */
  listed(depth: number): Heading[];
}

/** Stands in for a name while a sentence is taken apart: in no text of ours. */
const SLOT = '\uE000';

export function references(blocks: Block[], lang: Lang): References {
  const numbers = numbered(blocks);
  const levels = levelsOf(blocks);
  const anchors = anchorsOf(blocks);
  const targets = new Map<Id, Table | Figure>();
  for (const block of numbers.keys()) {
    if ((block.kind !== 'table' && block.kind !== 'figure') || block.id === undefined || targets.has(block.id)) continue;
    targets.set(block.id, block);
  }
  const name = (block: Table | Figure, form: '' | '-seen'): string =>
    t(lang, `document.${block.kind}${form}`, { number: String(numbers.get(block)) });
  return {
    level: (heading) => levels.get(heading) ?? heading.level,
    anchor: (block) => anchors.get(block) ?? null,
    label: (block) => (numbers.has(block) ? `${name(block, '')}.` : ''),
    seen(ids) {
      if (ids.length === 0) return [];
      const links = ids.map((id) => {
        const block = targets.get(id);
        if (block === undefined) throw new RangeError(`no table or figure with a caption has the id "${id}"`);
        return { text: name(block, '-seen'), to: anchors.get(block) ?? null };
      });
      const [before = '', after = ''] = t(lang, 'document.see', { what: SLOT }).split(SLOT);
      const between = links.flatMap((link, i): Piece[] => (i === 0 ? [link] : [{ text: ', ', to: null }, link]));
      return [{ text: before, to: null }, ...between, { text: after, to: null }].filter(({ text }) => text !== '');
    },
    listed: (depth) => blocks.filter((block): block is Heading => block.kind === 'heading' && (levels.get(block) ?? 2) <= depth),
  };
}

/** A heading stands one level below the nearest one before it that is higher. */
function levelsOf(blocks: Block[]): Map<Block, 2 | 3 | 4 | 5> {
  const above: number[] = [];
  const levels = new Map<Block, 2 | 3 | 4 | 5>();
  for (const block of blocks) {
    if (block.kind !== 'heading') continue;
    while (above.length > 0 && (above.at(-1) ?? 0) >= block.level) above.pop();
    above.push(block.level);
    levels.set(block, (above.length + 1) as 2 | 3 | 4 | 5);
  }
  return levels;
}

/** Ids as they are, but for white space and what means something in an address; one that is taken, by a note for instance, gets a number. */
function anchorsOf(blocks: Block[]): Map<Block, string> {
  const taken = new Set(blocks.flatMap((block) => (block.kind === 'notes' ? block.notes.map((_, i) => `note-${i + 1}`) : [])));
  const anchors = new Map<Block, string>();
  const take = (wanted: string): string => {
    const clean = wanted.replace(/[\s%#?"'<>&\\]+/g, '-') || 'place';
    let free = clean;
    for (let n = 2; taken.has(free); n += 1) free = `${clean}-${n}`;
    taken.add(free);
    return free;
  };
  const named = { table: 0, figure: 0 };
  for (const block of blocks) {
    if (block.kind === 'heading') anchors.set(block, take(block.id));
    else if (block.kind === 'notes' || block.kind === 'contents') anchors.set(block, take(block.kind));
    else if (block.kind === 'table' || block.kind === 'figure') {
      named[block.kind] += 1;
      if (block.id !== undefined || block.caption !== '')
        anchors.set(block, take(block.id ?? `${block.kind}-${named[block.kind]}`));
    }
  }
  return anchors;
}

/** A note in pieces: web addresses lead to themselves, without the punctuation that ends the sentence around them. */
export function withAddresses(note: string): Piece[] {
  return note
    .split(/(https?:\/\/[^\s<>"«»]*[^\s<>"«».,;:!?'’”)\]}])/)
    .map((text, i) => ({ text, to: i % 2 === 1 ? text : null }))
    .filter(({ text }) => text !== '');
}
