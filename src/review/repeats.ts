/**
 * Tables and drawings that stand in an earlier section of the same part already: the form asks for some things twice, and a
 * reader is led to where they are rather than shown them again.
 */
import { t } from '../i18n/index.ts';
import type { Block, Cited, Figure, Table } from '../print/blocks.ts';
import type { Id, Lang } from '../types.ts';

/** The blocks of one part, each table and drawing once; texts refer to where it stands. */
export function withoutRepeats(blocks: Block[], lang: Lang): Block[] {
  const first = new Map<string, Id>();
  const instead = new Map<Id, Id>();
  const kept: (Block | { kind: 'repeated'; id: Id })[] = [];
  for (const block of blocks) {
    const key = block.kind === 'table' || block.kind === 'figure' ? keyOf(block) : null;
    if (key === null) kept.push(block);
    else {
      const { id, known } = { id: (block as Table | Figure).id as Id, known: first.get(key) };
      if (known === undefined) first.set(key, id);
      else instead.set(id, known);
      kept.push(known === undefined ? block : { kind: 'repeated', id });
    }
  }
  const seen = new Set(blocks.flatMap((block) => citedIn(block).flatMap(({ see = [] }) => see)));
  const led = (cited: Cited): Cited =>
    cited.see === undefined ? cited : { ...cited, see: [...new Set(cited.see.map((id) => instead.get(id) ?? id))] };
  const result: Block[] = [];
  let open: Id[] = [];
  const lead = (): void => {
    if (open.length > 0) result.push({ kind: 'text', text: { text: t(lang, 'review.repeated'), notes: [], see: open } });
    open = [];
  };
  for (const block of kept) {
    if (block.kind === 'repeated') {
      const place = instead.get(block.id);
      if (!seen.has(block.id) && place !== undefined && !open.includes(place)) open.push(place);
      continue;
    }
    lead();
    if (block.kind === 'text') result.push({ ...block, text: led(block.text) });
    else if (block.kind === 'list') result.push({ ...block, items: block.items.map(led) });
    else if (block.kind === 'table') result.push({ ...block, rows: block.rows.map((row) => row.map(led)) });
    else result.push(block);
  }
  lead();
  return result;
}

/** What makes two of them the same for a reader; `null` for those that have no number to refer to. */
function keyOf(block: Table | Figure): string | null {
  if (block.id === undefined || block.caption === '') return null;
  if (block.kind === 'figure') return JSON.stringify([block.caption, block.svg]);
  return JSON.stringify([block.caption, block.head, block.rows]);
}

function citedIn(block: Block): Cited[] {
  if (block.kind === 'text') return [block.text];
  if (block.kind === 'list') return block.items;
  return block.kind === 'table' ? block.rows.flat() : [];
}
