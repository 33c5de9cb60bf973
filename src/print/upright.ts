/**
 * Which wide tables fit an upright page all the same: pages that lie on their side tear a document apart, so a table gets one
 * only where it needs it.
 *
 *     uprightWhereItFits({ kind: 'table', landscape: true, … })   // the same without `landscape`, or as it was
 */
import type { Block, Table } from './blocks.ts';
import { columnWidths, PADDING, textTwips } from './column-widths.ts';
import { ROOM, TABLE_TYPE, twips } from './paper.ts';

/** An upright page between its margins [twips]. */
const WIDTH = twips(ROOM.upright.width);
/** How small type in tables may become to keep a page upright [half points]. */
const LEAST_TYPE = 15;
/** A row of more lines is a column of print, not a row. */
const MOST_LINES = 6;

/** A landscape table that can stand upright, upright; every other block as it is. */
export function uprightWhereItFits(block: Block): Block {
  if (block.kind !== 'table' || block.landscape !== true || !fitsUpright(block)) return block;
  const { landscape: _, ...rest } = block;
  return rest;
}

function fitsUpright({ head, rows }: Table): boolean {
  const texts = rows.map((row) => row.map(({ text, notes }) => text + notes.join(',')));
  const { widths, size } = columnWidths([head, ...texts], WIDTH, TABLE_TYPE, { heads: 1 });
  if (size < LEAST_TYPE) return false;
  return texts.every((row) =>
    row.every((text, column) => linesOf(text, (widths[column] ?? WIDTH) - PADDING, size) <= MOST_LINES),
  );
}

/** Lines that `text` takes in `room` [twips], broken between words. */
function linesOf(text: string, room: number, size: number): number {
  const gap = textTwips(' ', size);
  let [lines, taken] = [1, 0];
  for (const word of text.split(/\s+/)) {
    const width = textTwips(word, size);
    if (taken > 0 && taken + gap + width > room) [lines, taken] = [lines + 1, width];
    else taken += (taken > 0 ? gap : 0) + width;
  }
  return lines;
}
