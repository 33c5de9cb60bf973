/**
 * A document as text, whichever of the five formats it is in: told by its content, and only Markdown by its name.
 *
 *     const { format, text, pages, title, notes } = await readDocument(readSource('report.pdf'));
 */
import { Problem } from '../problems.ts';
import { decodeDocument } from './document-html.ts';
import type { DocumentText } from './document-text.ts';
import { recognise } from './recognise.ts';
import { type Bytes, newBudget, readZip } from './zip.ts';

/** Bytes within which a PDF announces itself; some have a line of a mail before it. ISO 32000-1, annex H, note 13. */
const PDF_WITHIN = 1024;

/** A text that has more bytes of zero than this share is no text. */
const MOST_ZEROS = 0.01;

/** @throws Problem `document-kind`, `document-empty`, `document-scanned`, `document-locked`, `document-damaged`, those of archives and XML. */
export async function readDocument(file: Bytes): Promise<DocumentText> {
  const read = await readByContent(file);
  if (!/[\p{L}\p{N}]/u.test(read.text)) throw new Problem('document-empty', { file: file.name });
  return read;
}

async function readByContent(file: Bytes): Promise<DocumentText> {
  const { bytes, name } = file;
  if (bytes.length === 0) throw new Problem('document-empty', { file: name });
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, PDF_WITHIN));
  if (head.includes('%PDF-')) return (await import('./document-pdf.ts')).readPdf(file);
  if (head.startsWith('PK')) {
    const { isDocx, readDocx } = await import('./document-docx.ts');
    if (isDocx(readZip(file, newBudget()).entries)) return readDocx(file);
    throw new Problem('document-kind', { file: name, found: 'zip' });
  }
  if (!isText(bytes)) throw new Problem('document-kind', { file: name, found: recognise(bytes.subarray(0, 4096)).found });
  if (head.startsWith('{\\rtf')) throw new Problem('document-kind', { file: name, found: 'RTF' });
  if (looksLikeHtml(bytes, name)) return (await import('./document-html.ts')).readHtml(file);
  if (/\.(md|markdown|mdown)$/i.test(name)) return (await import('./document-html.ts')).readMarkdown(file);
  return plainText(file);
}

/** Text as it is; pages are parted by form feeds, as printers are told. */
function plainText({ bytes }: Bytes): DocumentText {
  const { text: read, notes } = decodeDocument(bytes);
  const parts = read.split('\f');
  const pages: number[] = [];
  let length = 0;
  for (const part of parts) {
    pages.push(length);
    length += Array.from(part).length + 1;
  }
  return {
    format: 'text',
    mediaType: 'text/plain',
    text: parts.join('\n'),
    pages: parts.length > 1 ? pages : null,
    headings: [],
    title: null,
    lang: null,
    date: null,
    notes,
  };
}

function looksLikeHtml(bytes: Uint8Array, name: string): boolean {
  const head = decodeDocument(bytes.subarray(0, 4096)).text.trimStart();
  return (
    /^(<\?xml[^>]*>\s*)?(<!--[\s\S]*?-->\s*)*<(!doctype html|html|head|body)[\s>]/i.test(head) ||
    (/\.x?html?$/i.test(name) && /<\w+[\s>]/.test(head))
  );
}

function isText(bytes: Uint8Array): boolean {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) return true;
  const sample = bytes.subarray(0, 65_536);
  const zeros = sample.reduce((count, byte) => count + (byte < 9 || (byte > 13 && byte < 27) ? 1 : 0), 0);
  return zeros <= MOST_ZEROS * sample.length;
}
