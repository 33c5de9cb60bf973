/**
 * Blocks to a Word document that is the same to the byte for the same blocks.
 *
 *     const bytes = await renderDocx(blocks, 'ru', { title, author, date: '2026-11-23' });
 *
 * Word counts notes and captions by itself: what we write into its fields is what it will find when it works them out.
 */
import type { Lang } from '../types.ts';
import type { Block, Imprint } from './blocks.ts';

/** How a document is made. */
interface DocxOptions {
  /** Whether the table of contents has page numbers at once, or when Word is asked to update it; they take most of the time. */
  pageNumbers?: boolean;
}

/**
 * A .docx file in `lang`; what makes it is loaded when it is first needed.
 * @throws RangeError when a note, table or figure that a text refers to does not exist, a table has more than 63 columns,
 * a drawing cannot be read or the imprint's date is none.
 */
export async function renderDocx(blocks: Block[], lang: Lang, imprint: Imprint, options: DocxOptions = {}): Promise<Uint8Array> {
  const { writeDocument } = await import('./docx-document.ts');
  return writeDocument(blocks, lang, imprint, options);
}
