/**
 * What the dossier puts into each section, as HTML for the page where a review is worked on: the same blocks as in the
 * document, tables with the same numbers.
 *
 *     const pieces = await sectionPieces(form, known, { lang: 'ru', date: '2026-11-23', hrefOf: (id) => `/sites/almaty/review/${id}` });
 */
import type { Block } from '../print/blocks.ts';
import { renderPieces } from '../print/html-pieces.ts';
import type { Id } from '../types.ts';
import type { ReviewFacts } from './content.ts';
import type { Form } from './form.ts';
import { renumbered } from './renumbered.ts';
import { withoutRepeats } from './repeats.ts';
import { type FilledForm, fillSections, type ReviewOptions, tells } from './sections.ts';

export interface SectionPiece {
  section: Id;
  /** Empty where nothing is known, or nothing may be shown. */
  html: string;
  /** Whether records or figures answer what the section asks. */
  told: boolean;
  /** What a reader would ask about: marked by what fills the section. */
  flaws: string[];
  /** All its words, for those who look for some. */
  words: string;
}

/** A piece for each section of the form, in its order. */
export async function sectionPieces(
  form: Form,
  known: ReviewFacts,
  { hrefOf, ...options }: ReviewOptions & { hrefOf(section: Id): string },
): Promise<SectionPiece[]> {
  const filled = await fillSections(form, known, options);
  const shown = shownBlocks(form, filled, options);
  const numbered = [...shown].map(([id, blocks]) => ({ id, ...renumbered(blocks, filled.notes) }));
  const html = renderPieces(numbered, options.lang, { hrefOf });
  return filled.sections.map(({ section: { id }, blocks }) => {
    const own = shown.get(id) ?? [];
    return {
      section: id,
      html: html.get(id) ?? '',
      told: tells(blocks),
      flaws: own.flatMap((block) => (block.kind === 'gap' ? [block.text] : [])),
      words: own.flatMap(wordsOf).join('\n'),
    };
  });
}

/** Blocks by section, as the document shows them: nothing twice in one part, nothing of what stays at home. */
function shownBlocks(form: Form, { sections }: FilledForm, { lang, confidential }: ReviewOptions): Map<Id, Block[]> {
  const shown = new Map<Id, Block[]>();
  for (const part of form.parts) {
    const blocks = sections
      .filter((one) => one.part === part.id)
      .flatMap(({ section, blocks }): Block[] => [
        { kind: 'heading', level: 3, id: section.id, text: '' },
        ...(section.confidential && confidential === 'leave-out' ? [] : blocks),
      ]);
    let own: Block[] = [];
    for (const block of withoutRepeats(blocks, lang)) {
      if (block.kind === 'heading') {
        own = [];
        shown.set(block.id, own);
      } else own.push(block);
    }
  }
  return shown;
}

function wordsOf(block: Block): string[] {
  switch (block.kind) {
    case 'text':
      return [block.text.text];
    case 'list':
      return block.items.map(({ text }) => text);
    case 'table':
      return [block.caption, ...block.rows.map((row) => row.map(({ text }) => text).join(' · '))];
    case 'figure':
      return [block.caption];
    default:
      return 'text' in block ? [block.text] : [];
  }
}
