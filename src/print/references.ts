/**
 * Where the headings, tables and figures of a document stand and how its text refers to them: the same for every format.
 *
 *     const { seen } = references(blocks, 'en');
 *     seen(['staff']);   // [{ text: 'see ', to: null }, { text: 'Table 3', to: 'staff' }]
 */
import { t } from '../i18n/index.ts';
import type { Id, Lang } from '../types.ts';
import type { Block, Figure, Heading, Table } from './blocks.ts';

/** A piece of a sentence; `to` names where it leads, `null` for words. */
export interface Piece {
  text: string;
  to: string | null;
}

/** A table or figure with a number, to which texts refer. */
interface Target {
  kind: 'table' | 'figure';
  number: number;
  /** Name of its place, as `anchor` gives it. */
  anchor: string | null;
}

export interface References {
  /** Level of a heading, so that none is skipped below the one before. */
  level(heading: Heading): 2 | 3 | 4 | 5;
  /** Name of the place of a block, unique in the document and fit for an address; `null` for blocks nobody refers to. */
  anchor(block: Block): string | null;
  /** The number of a table or figure; `null` without a caption. */
  number(block: Table | Figure): number | null;
  /** `Table 3.`; empty for a table or figure without a caption. */
  label(block: Table | Figure): string;
  /** The table or figure that a text refers to. @throws RangeError when nothing with a caption has this id: a fault of ours. */
  target(id: Id): Target;
  /** `see Table 3, Figure 1` in pieces; none for no ids. @throws RangeError as `target`. */
  seen(ids: Id[]): Piece[];
  /** The headings that a table of contents of this depth lists. */
  listed(depth: number): Heading[];
}

/** Stands in for a name while a sentence is taken apart: in no text of ours. */
const SLOT = '\uE000';

/** How the parts of one document are numbered, named and referred to. */
export function references(blocks: Block[], lang: Lang): References {
  const numbers = numbersOf(blocks);
  const levels = levelsOf(blocks);
  const anchors = anchorsOf(blocks);
  const targets = new Map<Id, Table | Figure>();
  for (const block of numbers.keys()) if (block.id !== undefined && !targets.has(block.id)) targets.set(block.id, block);
  const target = (id: Id): Target => {
    const block = targets.get(id);
    const number = block && numbers.get(block);
    if (block === undefined || number === undefined) throw new RangeError(`no table or figure with a caption has the id "${id}"`);
    return { kind: block.kind, number, anchor: anchors.get(block) ?? null };
  };
  return {
    level: (heading) => levels.get(heading) ?? heading.level,
    anchor: (block) => anchors.get(block) ?? null,
    number: (block) => numbers.get(block) ?? null,
    label: (block) => (numbers.has(block) ? `${t(lang, `document.${block.kind}`, { number: String(numbers.get(block)) })}.` : ''),
    target,
    seen(ids) {
      if (ids.length === 0) return [];
      const links = ids.map(target).map(({ kind, number, anchor }) => {
        return { text: t(lang, `document.${kind}-seen`, { number: String(number) }), to: anchor };
      });
      const [before, after] = around(lang, 'document.see', 'what');
      const between = links.flatMap((link, i): Piece[] => (i === 0 ? [link] : [{ text: ', ', to: null }, link]));
      return [{ text: before, to: null }, ...between, { text: after, to: null }].filter(({ text }) => text !== '');
    },
    listed: (depth) => blocks.filter((block): block is Heading => block.kind === 'heading' && (levels.get(block) ?? 2) <= depth),
  };
}

/** The number of each table and figure with a caption, counted apart. */
function numbersOf(blocks: Block[]): Map<Table | Figure, number> {
  const next = { table: 0, figure: 0 };
  const numbers = new Map<Table | Figure, number>();
  for (const block of blocks) {
    if ((block.kind !== 'table' && block.kind !== 'figure') || block.caption === '') continue;
    next[block.kind] += 1;
    numbers.set(block, next[block.kind]);
  }
  return numbers;
}

/** What stands before and after `{name}` in the text `key`. */
export function around(lang: Lang, key: string, name: string): [before: string, after: string] {
  const [before = '', after = ''] = t(lang, key, { [name]: SLOT }).split(SLOT);
  return [before, after];
}

/** The footnotes that a text cites, each once. @throws RangeError when one is not among the `count` that there are: a fault of ours. */
export function marksOf(notes: number[], count: number): number[] {
  const wrong = notes.find((note) => !(note >= 1 && note <= count));
  if (wrong !== undefined) throw new RangeError(`note ${wrong} is cited, but there are ${count}`);
  return [...new Set(notes)];
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
