/**
 * What a review is made of, before it becomes HTML or Word: an ordered list of blocks.
 */

/** A cell or sentence with the footnotes that say where its figures come from. */
export interface Cited {
  text: string;
  /** Numbers of footnotes, 1 for the first. */
  notes: number[];
}

/** Where the words of a column of a table stand. */
export type Align = 'start' | 'end';

/** Rows of cells; caption and head may be empty. */
export interface Table {
  kind: 'table';
  caption: string;
  head: string[];
  rows: Cited[][];
  /** Of each column; where it is left out, that is left to the reader of the blocks. */
  align?: Align[];
  /** Takes the whole width, below what stands beside. */
  wide?: boolean;
}

/** A drawing with its caption, which may be empty. */
export interface Figure {
  kind: 'figure';
  /** SVG that our own code has drawn (`map.ts`): it goes into pages as it is, so all text in it is escaped there. */
  svg: string;
  caption: string;
  /** Where there is room, it stands beside the blocks that follow. */
  beside?: boolean;
}

export type Block =
  | { kind: 'title'; text: string; under: string }
  | { kind: 'heading'; level: 2 | 3 | 4 | 5; id: string; text: string }
  | { kind: 'hint'; text: string }
  | { kind: 'text'; text: Cited }
  | Table
  | Figure
  | { kind: 'gap'; text: string }
  | { kind: 'notes'; title: string; notes: string[] };

/** Collects footnotes; the same text gets the same number. */
export function footnotes(): { cite(text: string): number; list: string[] } {
  const list: string[] = [];
  return {
    list,
    cite(text) {
      const place = list.indexOf(text);
      return place === -1 ? list.push(text) : place + 1;
    },
  };
}

/** Text without a footnote: words of the form, not figures. */
export function plain(text: string): Cited {
  return { text, notes: [] };
}
