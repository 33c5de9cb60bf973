/** Footnotes in the order in which a reader meets them, whatever order the sections were filled in. */
import type { Block, Cited } from '../print/blocks.ts';

/** The blocks with notes numbered by first appearance, and the notes in that order; notes that nothing cites are left out. */
export function renumbered(blocks: Block[], notes: string[]): { blocks: Block[]; notes: string[] } {
  const places = new Map<number, number>();
  const place = (note: number): number => {
    const known = places.get(note) ?? places.size + 1;
    places.set(note, known);
    return known;
  };
  const cited = (content: Cited): Cited => ({ ...content, notes: content.notes.map(place) });
  const ordered = blocks.map((block): Block => {
    if (block.kind === 'text') return { ...block, text: cited(block.text) };
    if (block.kind === 'list') return { ...block, items: block.items.map(cited) };
    if (block.kind === 'table') return { ...block, rows: block.rows.map((row) => row.map(cited)) };
    return block;
  });
  return { blocks: ordered, notes: [...places.keys()].map((note) => notes[note - 1] ?? '') };
}
