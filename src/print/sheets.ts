/**
 * Which blocks of a document stand on pages that lie on their side: the landscape tables, what leads to them, and what is too
 * little to have an upright page for itself between two of them.
 *
 *     lyingOf(blocks)   // [false, true, true, …]: a heading, its question and its table lie together
 */
import type { Block } from './blocks.ts';

/** Words that are no page of their own [characters]. */
const SHORT = 1200;

/** For each block whether its page lies on its side. */
export function lyingOf(blocks: readonly Block[]): boolean[] {
  const lying = blocks.map((block) => block.kind === 'table' && block.landscape === true);
  let last = -1;
  for (const [i, isTable] of [...lying].entries()) {
    if (!isTable) continue;
    const between = blocks.slice(last + 1, i);
    if (last >= 0 && isShort(between)) lying.fill(true, last + 1, i);
    else lying.fill(true, i - leadOf(between), i);
    last = i;
  }
  return lying;
}

/** How many blocks before a table lead to it: its section from the heading on, and headings right above that one. */
function leadOf(before: readonly Block[]): number {
  let start = before.findLastIndex(({ kind }) => kind === 'heading');
  if (start === -1 || !isShort(before.slice(start))) return 0;
  for (let level = levelOf(before[start]); start > 0; start -= 1) {
    const [above, over] = [before[start - 1], before[start - 2]];
    const heading = above?.kind === 'hint' ? over : above;
    if (heading?.kind !== 'heading' || heading.level >= level) break;
    if (above?.kind === 'hint') start -= 1;
    level = heading.level;
  }
  return before.length - start;
}

function levelOf(block: Block | undefined): number {
  return block?.kind === 'heading' ? block.level : 0;
}

/** Only words, and few of them. */
function isShort(blocks: readonly Block[]): boolean {
  const lengths = blocks.map(lengthOf);
  return lengths.every((length) => length !== null) && lengths.reduce<number>((sum, length) => sum + (length ?? 0), 0) <= SHORT;
}

function lengthOf(block: Block): number | null {
  if (block.kind === 'text') return block.text.text.length;
  if (block.kind === 'list') return block.items.reduce((sum, { text }) => sum + text.length, 0);
  return block.kind === 'heading' || block.kind === 'hint' || block.kind === 'gap' ? block.text.length : null;
}
