/**
 * What is read out of a document, whatever its format: one plain text with the places of its pages and headings, counted in Unicode
 * code points as the W3C asks (Web Annotation Data Model, 4.2.5).
 *
 *     const builder = textBuilder();
 *     builder.heading(1);
 *     builder.add('Цели');
 *     builder.paragraph();
 *     builder.add('Сохранить озёра.');
 *     builder.done();   // { text: 'Цели\n\nСохранить озёра.', headings: [{ level: 1, start: 0, text: 'Цели' }], pages: null }
 *
 * Lines end with LF, paragraphs with an empty line, cells of a table are apart by a tab.
 */
import type { Value } from '../i18n/index.ts';

export type DocumentFormat = 'pdf' | 'docx' | 'html' | 'markdown' | 'text';

/** Something that a reader of the text should know; its sentence stands in the catalogues under `evidence.note`. */
export interface DocumentNote {
  code: 'pages-empty' | 'garbled' | 'deleted-left-out' | 'comments-left-out' | 'signs-unknown' | 'encoding-guessed' | 'drawings';
  details: Record<string, Value>;
}

export interface Heading {
  /** 1 is the highest. */
  level: number;
  /** Where it begins [code points]. */
  start: number;
  text: string;
}

export interface DocumentText {
  format: DocumentFormat;
  mediaType: string;
  text: string;
  /** Where each page begins [code points]; `null` where the format has no pages. */
  pages: number[] | null;
  headings: Heading[];
  /** As the file states them; BCP 47, and ISO 8601 as exact as it is known. */
  title: string | null;
  lang: string | null;
  date: string | null;
  notes: DocumentNote[];
}

export interface TextBuilder {
  /** Text of the running paragraph, as it is. */
  add(text: string): void;
  /** A line break within the paragraph. */
  line(): void;
  /** Ends the paragraph; two of them make one. */
  paragraph(): void;
  /** Ends the paragraph, and says that the next is a heading. */
  heading(level: number): void;
  /** A page begins here. */
  page(): void;
  done(): Pick<DocumentText, 'text' | 'pages' | 'headings'>;
}

/** Puts a text together, paragraph by paragraph. */
export function textBuilder(): TextBuilder {
  let [text, paragraph] = ['', ''];
  let level: number | null = null;
  const headings: { level: number; at: number; text: string }[] = [];
  const pages: number[] = [];
  const openPages: number[] = []; // places within the paragraph
  const end = (): void => {
    const lead = paragraph.length - paragraph.trimStart().length;
    const body = tidy(paragraph);
    const at = text === '' || body === '' ? text.length : text.length + 2;
    if (body !== '') {
      text += `${text === '' ? '' : '\n\n'}${body}`;
      if (level !== null) headings.push({ level, at, text: body.replace(/\s+/g, ' ') });
      level = null;
    }
    for (const place of openPages.splice(0)) pages.push(Math.min(text.length, at + Math.max(0, place - lead)));
    paragraph = '';
  };
  return {
    add: (more) => {
      paragraph += more;
    },
    line: () => {
      paragraph += '\n';
    },
    paragraph: end,
    heading: (wanted) => {
      end();
      level = wanted;
    },
    page: () => {
      openPages.push(paragraph.length);
    },
    done: () => {
      end();
      const pointOf = codePoints(text);
      return {
        text,
        pages: pages.length === 0 ? null : pages.map(pointOf),
        headings: headings.map((one) => ({ level: one.level, start: pointOf(one.at), text: one.text })),
      };
    },
  };
}

/** Blanks before line ends and round the whole are dropped: only a page's place within a paragraph may shift by them. */
function tidy(paragraph: string): string {
  return paragraph.trim().replace(/[^\S\n]+\n/g, '\n');
}

/** From places in UTF-16 units to code points, for places that rise. */
function codePoints(text: string): (at: number) => number {
  let [unit, point] = [0, 0];
  return (at) => {
    if (at < unit) [unit, point] = [0, 0];
    while (unit < at) {
      unit += (text.codePointAt(unit) ?? 0) > 0xffff ? 2 : 1;
      point++;
    }
    return point;
  };
}

/** Line ends as LF, without a byte order mark. */
export function plainLines(text: string): string {
  return text.replace(/^\uFEFF/, '').replace(/\r\n?|\u2028|\u2029/g, '\n');
}

/** The page, from 1, on which a place lies; `null` without pages. */
export function pageAt(pages: readonly number[] | null, start: number): number | null {
  if (pages === null) return null;
  let [low, high] = [0, pages.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((pages[middle] as number) <= start) low = middle + 1;
    else high = middle;
  }
  return Math.max(1, low);
}
