/**
 * A first periodic review of a reserve: each section of the form with what the dossier knows, and a marked gap
 * where it knows nothing. Nothing is invented; each figure carries a footnote to its source or run.
 *
 *     const blocks = periodicReview(form, facts, 'kk');
 */
import { date, pick, t } from '../i18n/index.ts';
import { reviewDeadline } from '../periods.ts';
import type { Lang } from '../types.ts';
import { designationYear } from '../zonation/designation-year.ts';
import type { SiteFacts } from '../zonation/site-facts.ts';
import { type Block, footnotes } from './blocks.ts';
import { fillers } from './fillers.ts';
import type { Form, FormSection } from './form.ts';

/** How far a review has come: sections that are filled and sections that wait. */
export interface Completeness {
  filled: number;
  gaps: number;
}

export function periodicReview(form: Form, facts: SiteFacts, lang: Lang): { blocks: Block[]; completeness: Completeness } {
  const notes = footnotes();
  const completeness: Completeness = { filled: 0, gaps: 0 };
  const year = designationYear(facts);
  const blocks: Block[] = [
    { kind: 'title', text: pick(facts.site.name, lang), under: pick(form.title, lang) },
    {
      kind: 'hint',
      text: t(lang, 'review.draft', {
        deadline: year === null ? t(lang, 'review.deadline-unknown') : date(lang, reviewDeadline(year.year)),
      }),
    },
    { kind: 'hint', text: pick(form.status, lang) },
  ];
  const write = (section: FormSection, level: 3 | 4 | 5): void => {
    const number = section.number === null ? '' : `${section.number} `;
    const mark = section.unconfirmed ? ' *' : '';
    blocks.push({ kind: 'heading', level, id: section.id, text: `${number}${pick(section.title, lang)}${mark}` });
    if (section.asks !== null) blocks.push({ kind: 'hint', text: pick(section.asks, lang) });
    const answer = section.fills === null ? null : (fillers[section.fills]?.({ facts, lang, cite: notes.cite }) ?? null);
    if (answer !== null) {
      blocks.push(...answer);
      completeness.filled += 1;
    } else if (section.kinds.length > 0) {
      blocks.push({ kind: 'gap', text: gapText(section, lang) });
      completeness.gaps += 1;
    }
    for (const child of section.sections) write(child, level === 3 ? 4 : 5);
  };
  for (const part of form.parts) {
    blocks.push({ kind: 'heading', level: 2, id: part.id, text: pick(part.title, lang) });
    for (const section of part.sections) write(section, 3);
  }
  blocks.push({ kind: 'hint', text: t(lang, 'review.unconfirmed-mark') });
  if (notes.list.length > 0) blocks.push({ kind: 'notes', title: t(lang, 'review.notes'), notes: notes.list });
  return { blocks, completeness };
}

function gapText(section: FormSection, lang: Lang): string {
  return t(lang, 'review.gap', {
    who: t(lang, `review.who.${section.who}`),
    kind: section.kinds.map((kind) => t(lang, `review.kind.${kind}`)).join(', '),
    length: section.length === null ? '–' : pick(section.length, lang),
  });
}
