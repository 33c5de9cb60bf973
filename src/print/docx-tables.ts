/**
 * Tables: a head that is repeated on each page, rows that stay whole, columns as wide as their texts need.
 */
import { Paragraph, TableCell, TableLayoutType, TableRow, WidthType, Table as WordTable } from 'docx';
import { type Align, type Cited, plain, type Table } from './blocks.ts';
import { columnWidths, type Widths } from './column-widths.ts';
import { readable } from './docx-fields.ts';
import type { Plan } from './docx-plan.ts';
import { STYLE } from './docx-styles.ts';
import { captionRuns, citedRuns } from './docx-text.ts';
import { gridOf, NOTHING } from './grid.ts';
import { TABLE_TYPE } from './paper.ts';

/** Tables of no more rows stay on one page. */
const KEPT_ROWS = 8;
/** More columns make a file that Word does not open. */
const MOST_COLUMNS = 63;

/** A table in `room` [twips], below its caption. */
export function tableBlocks(table: Table, room: number, plan: Plan): (Paragraph | WordTable)[] {
  const { columns, head, rows, sides } = gridOf(table);
  const number = plan.refer.number(table);
  const caption =
    number === null
      ? []
      : [new Paragraph({ style: STYLE.caption, keepNext: true, children: captionRuns('table', number, table.caption, plan) })];
  if (columns === 0) return [...caption, new Paragraph({ style: STYLE.text, text: NOTHING })];
  if (columns > MOST_COLUMNS) throw new RangeError(`a table of ${columns} columns; Word has ${MOST_COLUMNS} at most`);

  const titles = head.length === 0 ? [] : [head.map(plain)];
  const measured = [...titles, ...rows].map((row) => row.map(({ text, notes }) => readable(text) + notes.join(',')));
  const layout = columnWidths(measured, room, TABLE_TYPE, { heads: titles.length });
  const kept = rows.length <= KEPT_ROWS;
  const lines = rows.map((row, i) => line(row, sides, layout, plan, { kept: kept && i < rows.length - 1 }));
  const body = new WordTable({
    style: STYLE.table,
    layout: TableLayoutType.FIXED,
    width: { size: room, type: WidthType.DXA },
    columnWidths: layout.widths,
    tableLook: { firstRow: head.length > 0, lastRow: false, firstColumn: false, lastColumn: false, noHBand: true, noVBand: true },
    rows: [...titles.map((row) => line(row, sides, layout, plan, { head: true })), ...lines],
  });
  // two tables that follow each other would become one, and a page cannot end with one
  return [...caption, body, new Paragraph({ style: STYLE.after })];
}

interface LineOptions {
  head?: boolean;
  /** On one page with the next row. */
  kept?: boolean;
}

function line(row: Cited[], sides: Align[], { widths, size }: Widths, plan: Plan, options: LineOptions): TableRow {
  const { head = false, kept = false } = options;
  const cells = row.map((cell, i) => {
    const paragraph = new Paragraph({
      style: head ? STYLE.head : STYLE.cell,
      alignment: sides[i] === 'end' ? 'right' : 'left',
      keepNext: head || kept,
      ...(size === TABLE_TYPE ? {} : { run: { size } }),
      children: citedRuns(cell, plan, size === TABLE_TYPE ? {} : { size }),
    });
    return new TableCell({
      width: { size: widths[i] ?? 0, type: WidthType.DXA },
      verticalAlign: head ? 'bottom' : 'top',
      children: [paragraph],
    });
  });
  return new TableRow({ cantSplit: true, tableHeader: head, children: cells });
}
