/**
 * References of other programs: CSL-JSON, BibTeX and RIS, all as CSL-JSON, whichever the file is.
 *
 *     const { references, skipped } = readReferences(readSource('library.bib'));
 *     references[0];   // { id: 'serikova2019', type: 'article-journal', title: '…', author: [{ family: 'Серікова', given: 'Б.' }], … }
 *
 * What is not understood is counted with its line. Reference: CSL-JSON schema 1.0.2, citationstyles.org.
 */
import { Problem } from '../problems.ts';
import { decodeDocument } from './document-html.ts';
import { readBibtex } from './reference-bibtex.ts';
import type { CslItem, ReadReferences } from './reference-csl.ts';
import { readRis } from './reference-ris.ts';
import type { Bytes } from './zip.ts';

/** The format of a list of references, or `null` where it is none. */
export function referenceFormat(text: string): ReadReferences['format'] | null {
  if (/^\s*TY {2}- /m.test(text.slice(0, 2000))) return 'ris';
  if (/^\s*@\s*[a-z]+\s*[{(]/im.test(text) && /^[^<{[]*@/s.test(text.slice(0, 20_000))) return 'bibtex';
  if (/^\s*[[{]/.test(text) && /"type"\s*:/.test(text)) return 'csl-json';
  return null;
}

/**
 * Every reference of a file; `null` where the file is no list of references.
 * @throws Problem `references-damaged` for JSON that ends early or is none.
 */
export function readReferences(file: Bytes): ReadReferences | null {
  const { text } = decodeDocument(file.bytes);
  const format = referenceFormat(text);
  if (format === 'ris') return { format, ...readRis(text) };
  if (format === 'bibtex') return { format, ...readBibtex(text) };
  return format === null ? null : { format, ...readCslJson(text, file.name) };
}

function readCslJson(text: string, file: string): Omit<ReadReferences, 'format'> {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch (error) {
    throw new Problem('references-damaged', { file, found: (error as Error).message }, { cause: error });
  }
  const items = Array.isArray(read)
    ? read
    : Array.isArray((read as { items?: unknown }).items)
      ? (read as { items: unknown[] }).items
      : [read];
  const skipped: ReadReferences['skipped'] = [];
  const references = items.flatMap((item, i): CslItem[] => {
    const one = item as Partial<CslItem> | null;
    if (typeof one !== 'object' || one === null || typeof one.type !== 'string' || typeof one.title !== 'string') {
      skipped.push({ line: i + 1, found: JSON.stringify(item).slice(0, 80) });
      return [];
    }
    return [{ ...one, type: one.type, id: String(one.id ?? one.DOI ?? '') }];
  });
  return { references, skipped };
}
