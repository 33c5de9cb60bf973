/**
 * Blocks as the data from which the template (`pdf-template.ts`) sets a PDF: all text of a document stands in it as strings,
 * which the template shows as they are and never reads as markup.
 */
import { date, t } from '../i18n/index.ts';
import type { Lang } from '../types.ts';
import { type Block, type Cited, type Figure, type Imprint, notesOf, plain, stopped, type Table } from './blocks.ts';
import { columnWidths } from './column-widths.ts';
import { gridOf, NOTHING } from './grid.ts';
import { oneLine, words } from './pdf-words.ts';
import { marksOf, type Piece, type References, references, withAddresses } from './references.ts';
import { lyingOf } from './sheets.ts';

/** A4 less its margins [pt]. */
const ROOM = { upright: 482, flipped: 728 };
/** A drawing is not made higher than this, so that its caption stays on its page [pt]. */
const HIGHEST = 620;
/** A point is 4/3 of the pixels that drawings are measured in (CSS Values 3, section 5.2). */
const POINTS_PER_PIXEL = 0.75;

/** Letters in tables [pt]; they are made smaller where words do not fit. */
const CELL_SIZE = 8.5;
/** What stands left and right of a text in its cell [pt]. */
const INSET = 4;
const TWIPS_PER_POINT = 20;
/** Noto Sans to the font by which the columns are measured. */
const WIDER = 1.06;
/** Longer marks take the room that is left [digits and commas]. */
const LONGEST_HANG = 7;

/** Rows with a longer cell may go on on the next page [lines]. */
const LONGEST_WHOLE_CELL = 12;

interface SetPiece {
  text: string[];
  /** A web address, or the name of a place in the document. */
  href: string | null;
  at: string | null;
}

interface SetText {
  text: string[];
  marks: { note: number; first: boolean }[];
  seen: SetPiece[];
  /** The full stop behind what is seen. */
  stop: string;
}

/** Turns text with citations into what the template shows; remembers which notes were cited before. */
interface Writer {
  text(cited: Cited, longest?: number): SetText;
  /** Notes that were not cited so far. */
  uncited(): number[];
}

/** Pages of one kind, upright or on their side. */
interface Sheet {
  flipped: boolean;
  blocks: object[];
}

interface PdfData {
  title: string;
  author: string;
  date: { year: number; month: number; day: number };
  dateText: string;
  lang: Lang;
  /** A title page, and parts that begin on pages of their own: where there is a table of contents. */
  book: boolean;
  /** Around the numbers in the footer; `page` and `pages` stand in for them. */
  footer: { text: string; number: 'page' | 'pages' | null }[];
  notes: SetPiece[][];
  sheets: Sheet[];
}

/** @throws RangeError when a note, table or figure that is referred to is not there, or `imprint.date` is no ISO 8601 date: faults of ours. */
export function pdfData(blocks: Block[], lang: Lang, imprint: Imprint): PdfData {
  const [year, month, day] = imprint.date.split('-').map(Number);
  if (!/^\d{4}-\d\d-\d\d$/.test(imprint.date) || !year || !month || !day) throw new RangeError(`no date: ${imprint.date}`);
  const notes = notesOf(blocks);
  const refer = references(blocks, lang);
  const writer = writerOf(notes.length, refer);
  const book = blocks.some((block) => block.kind === 'contents');
  const sheets = inSheets(blocks).map(({ flipped, blocks }): Sheet => {
    const room = flipped ? ROOM.flipped : ROOM.upright;
    const shown = blocks.filter((block) => block.kind !== 'notes');
    const set = shown.map((block, i) => ({
      ...setBlock(block, refer, writer, room),
      breaks: book && i > 0 && beginsPage(block, shown[i - 1]),
      leads: block.kind === 'hint' && shown[i - 1]?.kind === 'heading',
    }));
    return { flipped, blocks: set };
  });
  const rest = uncited(blocks, writer.uncited());
  if (rest !== null) sheets.push({ flipped: false, blocks: [{ ...rest, breaks: sheets.at(-1)?.flipped === false }] });
  const setNotes = notes.map((note) => withAddresses(oneLine(note)).map((piece) => setPiece(piece, true)));
  return {
    title: oneLine(imprint.title),
    author: oneLine(imprint.author),
    date: { year, month, day },
    dateText: date(lang, imprint.date),
    lang,
    book,
    footer: footer(lang),
    notes: setNotes,
    sheets,
  };
}

/** In a book, parts begin on new pages, and so does what follows the contents; sheets do so anyway. */
function beginsPage(block: Block, before: Block | undefined): boolean {
  return block.kind === 'contents' || before?.kind === 'contents' || (block.kind === 'heading' && block.level === 2);
}

/** Notes that nothing cites, below their title; `null` where there is none. */
function uncited(blocks: Block[], left: number[]): object | null {
  const title = blocks.find((block) => block.kind === 'notes')?.title ?? '';
  return left.length === 0 ? null : { kind: 'rest', title: words(oneLine(title)), notes: left };
}

function setBlock(block: Exclude<Block, { kind: 'notes' }>, refer: References, writer: Writer, room: number): object {
  switch (block.kind) {
    case 'title':
      return { kind: 'title', text: words(oneLine(block.text)), under: words(oneLine(block.under)) };
    case 'contents':
      return { kind: 'contents', title: words(oneLine(block.title)), depth: block.depth - 1 };
    case 'heading':
      return { kind: 'heading', level: refer.level(block) - 1, text: words(oneLine(block.text)) };
    case 'hint':
    case 'gap':
      return { kind: block.kind, text: words(block.text.trim()) };
    case 'text':
      return { kind: 'text', text: writer.text(block.text) };
    case 'list':
      return { kind: 'list', items: block.items.map((item) => writer.text(item)) };
    case 'table':
      return setTable(block, refer, writer, room);
    case 'figure':
      return setFigure(block, refer);
  }
}

function setTable(table: Table, refer: References, writer: Writer, room: number): object {
  const own = gridOf(table);
  const { head, rows, sides } = own.columns === 0 ? gridOf({ ...table, rows: [[plain(NOTHING)]] }) : own;
  const measured = [...(head.length === 0 ? [] : [head]), ...rows.map((row) => row.map((cell) => seenText(cell, refer)))];
  const { size: halfPoints, widths: twips } = columnWidths(measured, (room * TWIPS_PER_POINT) / WIDER, 2 * CELL_SIZE);
  const size = halfPoints / 2;
  const widths = twips.map((width) => (width * WIDER) / TWIPS_PER_POINT);
  // a letter of Noto Sans is 0.6 of its size wide at most, but for a few
  const fits = widths.map((width) => Math.max(4, Math.floor((width - 2 * INSET) / (0.62 * size))));
  return {
    kind: 'table',
    at: refer.anchor(table),
    label: refer.label(table),
    caption: words(oneLine(table.caption)),
    size,
    widths,
    align: sides,
    hang: sides.map((side, i) => (side === 'start' ? 0 : hang(rows.map((row) => marksText(row[i]))))),
    head: head.map((text, i) => words(text, fits[i])),
    rows: rows.map((row) => ({
      whole: row.every(({ text }, i) => text.length <= LONGEST_WHOLE_CELL * (fits[i] ?? 1)),
      cells: row.map((cell, i) => writer.text(cell, fits[i])),
    })),
  };
}

/** The text of a cell with all that will stand behind it. */
function seenText({ text, notes, see = [] }: Cited, refer: References): string {
  const seen = refer.seen(see).map((piece) => piece.text);
  return `${text}${seen.length === 0 ? '' : ` (${seen.join('')})`}${marksText({ text, notes })}`;
}

/** Room that every cell of a column of figures keeps for marks, so that the figures stand below one another [digits]. */
function hang(marks: string[]): number {
  const longest = marks.reduce((most, text) => Math.max(most, text.length), 0);
  return longest <= LONGEST_HANG ? longest : 0;
}

function marksText(cell: Cited | undefined): string {
  return [...new Set(cell?.notes)].join();
}

function setFigure(figure: Figure, refer: References): object {
  const { svg, caption, alt = caption } = figure;
  return {
    kind: 'figure',
    at: refer.anchor(figure),
    label: refer.label(figure),
    caption: words(oneLine(caption)),
    svg,
    alt: oneLine(alt) || null,
    width: widthOf(svg),
  };
}

/** Width of a drawing on the page: its own, made smaller until it fits [pt]; the whole width where it has none of its own. */
function widthOf(svg: string): number {
  const root = svg.match(/<svg\b[^>]*>/)?.[0] ?? '';
  const given = (name: string): number => Number(root.match(new RegExp(`\\s${name}="([\\d.]+)(?:px)?"`))?.[1]);
  const [, , boxWidth, boxHeight] = (root.match(/\sviewBox="([^"]*)"/)?.[1] ?? '').split(/[\s,]+/).map(Number);
  const width = given('width') || boxWidth || ROOM.upright;
  const height = given('height') || (boxHeight ? (boxHeight * width) / (boxWidth || width) : 0);
  return Math.min(width * POINTS_PER_PIXEL, ROOM.upright, height === 0 ? Infinity : (HIGHEST * width) / height);
}

function writerOf(count: number, refer: References): Writer {
  const cited = new Set<number>();
  return {
    text(content, longest) {
      const { notes, see = [] } = content;
      const { text, stop } = stopped(content);
      const marks = marksOf(notes, count).map((note) => {
        const first = !cited.has(note);
        cited.add(note);
        return { note, first };
      });
      return { text: words(text.trim(), longest), marks, seen: refer.seen(see).map((piece) => setPiece(piece, false)), stop };
    },
    uncited: () => Array.from({ length: count }, (_, i) => i + 1).filter((note) => !cited.has(note)),
  };
}

function setPiece({ text, to }: Piece, outside: boolean): SetPiece {
  return { text: words(text), href: outside ? to : null, at: outside ? null : to };
}

/** Landscape tables with what leads to them on pages that lie on their side, the rest upright. */
function inSheets(blocks: Block[]): { flipped: boolean; blocks: Block[] }[] {
  const flipped = lyingOf(blocks);
  const sheets: { flipped: boolean; blocks: Block[] }[] = [];
  for (const [i, block] of blocks.entries()) {
    const last = sheets.at(-1);
    if (last === undefined || last.flipped !== flipped[i]) sheets.push({ flipped: flipped[i] === true, blocks: [block] });
    else last.blocks.push(block);
  }
  return sheets;
}

/** `Page {page} of {pages}` in pieces. */
function footer(lang: Lang): PdfData['footer'] {
  return t(lang, 'document.page', { page: '\uE000', pages: '\uE001' })
    .split(/([\uE000\uE001])/)
    .map((text) => ({ text, number: text === '\uE000' ? 'page' : text === '\uE001' ? 'pages' : null }));
}
