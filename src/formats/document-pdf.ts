/**
 * Text of a PDF page by page, through pdf.js without a canvas. Nothing is drawn, run or fetched.
 *
 *     const { text, pages } = await readPdf(file);
 *
 * Lines stay as they are set: a word that is broken at a line's end is found all the same (science/text-fold.ts). A new paragraph is
 * told by the distance of two lines.
 */
import { Problem } from '../problems.ts';
import { type DocumentNote, type DocumentText, textBuilder } from './document-text.ts';
import type { Bytes } from './zip.ts';

/** Letters that a page of text has at least; below it in the mean, pages are pictures. */
const LEAST_LETTERS = 10;

/** Share of signs without a meaning, above which a font of the file tells no letters. */
const GARBLED = 0.1;

/** Distance of two lines, in heights of a letter, from which a paragraph ends. */
const PARAGRAPH = 1.7;

/** Pages that are read; the longest reports have about 2 000. */
const MOST_PAGES = 5_000;

interface TextItem {
  str: string;
  hasEOL: boolean;
  height: number;
  transform: number[];
}

/** @throws Problem `document-locked`, `document-damaged`, `document-scanned`, `document-too-long`. */
export async function readPdf(file: Bytes): Promise<DocumentText> {
  const { getDocumentProxy } = await import('unpdf');
  const opened = await getDocumentProxy(new Uint8Array(file.bytes), {
    verbosity: 0,
    useSystemFonts: false,
    disableFontFace: true,
  }).catch((error: unknown) => {
    throw asProblem(file.name, error);
  });
  try {
    if (opened.numPages > MOST_PAGES)
      throw new Problem('document-too-long', { file: file.name, found: opened.numPages, limit: MOST_PAGES });
    const builder = textBuilder();
    const empty: number[] = [];
    let letters = 0;
    for (let number = 1; number <= opened.numPages; number++) {
      builder.paragraph();
      builder.page();
      const page = await opened.getPage(number);
      const { items } = await page.getTextContent();
      const found = addPage(
        builder,
        items.filter((item): item is typeof item & TextItem => 'str' in item),
      );
      if (found === 0) empty.push(number);
      letters += found;
      page.cleanup();
    }
    if (letters < LEAST_LETTERS * Math.max(1, opened.numPages))
      throw new Problem('document-scanned', { file: file.name, pages: opened.numPages });
    const built = builder.done();
    const { info } = (await opened.getMetadata().catch(() => ({ info: {} }))) as { info: Record<string, unknown> };
    const lang = (info as { Language?: string }).Language ?? null;
    return {
      format: 'pdf',
      mediaType: 'application/pdf',
      ...built,
      title: titleOf(info.Title),
      lang: typeof lang === 'string' && lang !== '' ? lang : null,
      date: dateOf(info.CreationDate),
      notes: [...emptyPages(empty, opened.numPages), ...garbled(built.text)],
    };
  } catch (error) {
    throw asProblem(file.name, error);
  } finally {
    await opened.cleanup().catch(() => {});
  }
}

/** The lines of a page; returns how many letters and figures it has. */
function addPage(builder: ReturnType<typeof textBuilder>, items: readonly TextItem[]): number {
  let letters = 0;
  let line: { y: number; height: number } | null = null;
  let ended = false;
  for (const { str, hasEOL, height, transform } of items) {
    const y = transform[5] ?? 0;
    if (ended && str.trim() !== '') {
      const apart = line === null ? 0 : Math.abs(line.y - y);
      if (line !== null && apart > PARAGRAPH * Math.max(line.height, height)) builder.paragraph();
      else builder.line();
      ended = false;
    }
    builder.add(str);
    letters += str.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
    if (height > 0 && str.trim() !== '') line = { y, height };
    ended ||= hasEOL;
  }
  return letters;
}

function emptyPages(pages: readonly number[], of: number): DocumentNote[] {
  if (pages.length === 0) return [];
  const named = pages.length > 20 ? `${pages.slice(0, 20).join(', ')} …` : pages.join(', ');
  return [{ code: 'pages-empty', details: { count: pages.length, pages: named, of } }];
}

/** Private, unassigned and replacement characters are what a font without a table of letters leaves. */
function garbled(text: string): DocumentNote[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: such signs are looked for
  const strange = text.match(/[\p{Co}\p{Cn}\uFFFD\u0000-\u0008\u000E-\u001F]/gu)?.length ?? 0;
  return strange > GARBLED * text.length
    ? [{ code: 'garbled', details: { percent: Math.round((100 * strange) / text.length) } }]
    : [];
}

/** Programs write the name of their own file as title. */
function titleOf(title: unknown): string | null {
  if (typeof title !== 'string') return null;
  const text = title.replace(/\0/g, '').trim();
  return text === '' || /\.(docx?|pdf|indd|odt|rtf)$|^microsoft word|^untitled|^презентация/i.test(text) ? null : text;
}

/** `D:20240131…` as a day. ISO 32000-1, 7.9.4. */
function dateOf(written: unknown): string | null {
  const [, year, month, day] = /^D:(\d{4})(\d\d)(\d\d)/.exec(typeof written === 'string' ? written : '') ?? [];
  return year === undefined ? null : `${year}-${month}-${day}`;
}

function asProblem(file: string, error: unknown): unknown {
  if (error instanceof Problem) return error;
  const { name = '', message = String(error) } = error as Error;
  if (name === 'PasswordException') return new Problem('document-locked', { file }, { cause: error });
  return new Problem('document-damaged', { file, found: message.split('\n')[0]?.slice(0, 120) ?? '' }, { cause: error });
}
