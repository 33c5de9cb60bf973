/**
 * What a document is made of, before it becomes HTML, Word or PDF: an ordered list of blocks.
 *
 *     const blocks: Block[] = [{ kind: 'title', text: 'Korgalzhyn', under: 'Periodic review' }, …];
 */
import type { Id } from '../types.ts';

/** A cell or sentence with the footnotes that say where its figures come from. */
export interface Cited {
  text: string;
  /** Numbers of footnotes, 1 for the first: places in the `notes` block at the end. */
  notes: number[];
  /** Tables and figures that the text refers to, by `id`: `see Table 3`. */
  see?: Id[];
}

/** Where the words of a column of a table stand. */
export type Align = 'start' | 'end';

/** Rows of cells; caption and head may be empty. Tables with a caption are numbered in their order. */
export interface Table {
  kind: 'table';
  /** What cross-references name. */
  id?: Id;
  caption: string;
  head: string[];
  rows: Cited[][];
  /** Of each column; where it is left out, the first stands at the start, others at the end. */
  align?: Align[];
  /** Takes the whole width, below what stands beside. */
  wide?: boolean;
  /** On paper it gets pages of its own that lie on their side. */
  landscape?: boolean;
}

/** A drawing with its caption, which may be empty. Figures with a caption are numbered in their order. */
export interface Figure {
  kind: 'figure';
  id?: Id;
  /** SVG that our own code has drawn (`drawing/`): it goes into pages as it is, so all text in it is escaped there. */
  svg: string;
  caption: string;
  /** What the drawing shows, for those who do not see it; the caption where it is left out. */
  alt?: string;
  /** Where there is room, it stands beside the blocks that follow. */
  beside?: boolean;
}

export interface Heading {
  kind: 'heading';
  level: 2 | 3 | 4 | 5;
  id: Id;
  text: string;
}

export type Block =
  | { kind: 'title'; text: string; under: string }
  /** A table of contents of all headings down to `depth`. */
  | { kind: 'contents'; title: string; depth: 2 | 3 | 4 | 5 }
  | Heading
  /** Words of the form or of the tool, not of the report: what is asked, how to read. */
  | { kind: 'hint'; text: string }
  | { kind: 'text'; text: Cited }
  | { kind: 'list'; items: Cited[] }
  | Table
  | Figure
  /** A marked place that a person has still to fill; `answer` where it stands for what a section asks as a whole. */
  | { kind: 'gap'; text: string; answer?: boolean }
  /** All footnotes; the last block. Word and PDF set each at the foot of the page where it is cited first. */
  | { kind: 'notes'; title: string; notes: string[] };

/** What stands on a document beside its blocks. */
export interface Imprint {
  /** In the window, the file's properties and the page header. */
  title: string;
  author: string;
  /** The day the document is of, ISO 8601; nothing else in a file tells when it was written. */
  date: string;
}

/** Collects footnotes; the same text gets the same number. */
export function footnotes(): { cite(text: string): number; list: string[] } {
  const numbers = new Map<string, number>();
  const list: string[] = [];
  return {
    list,
    cite(text) {
      const known = numbers.get(text);
      if (known !== undefined) return known;
      list.push(text);
      numbers.set(text, list.length);
      return list.length;
    },
  };
}

/** Text without a footnote: words of the form, not figures. */
export function plain(text: string): Cited {
  return { text, notes: [] };
}

/**
 * A text that refers to something in brackets, and the full stop that belongs behind them: `Plans: 3 (see Table 9).` A stop
 * that is part of a short word stays where it is: `since 2016 г. (see Table 9)`.
 */
export function stopped({ text, see = [] }: Cited): { text: string; stop: string } {
  const own = text.trimEnd();
  if (see.length === 0 || !/[^.\s]\.$/.test(own) || /(^|[\s\d])\p{L}{1,2}\.$/u.test(own)) return { text, stop: '' };
  return { text: own.slice(0, -1), stop: '.' };
}

/** The footnotes of a document, in the order of their numbers. */
export function notesOf(blocks: Block[]): string[] {
  return blocks.flatMap((block) => (block.kind === 'notes' ? block.notes : []));
}
