/**
 * A review at a glance: its sections, how far each has come, what is due when.
 *
 *     const { sections, total } = outline(form, { pieces, answers, due }, { lang: 'kk', today: '2026-11-23', confidential: 'leave-out' });
 */
import type { ReviewOutline, ReviewSection } from '../api/review.ts';
import { pick } from '../i18n/index.ts';
import { daysUntil } from '../periods.ts';
import type { Answer, Finding, Id, Lang, Site } from '../types.ts';
import { calendarTable } from './calendar.ts';
import { type AnswerState, answerKinds, countOf } from './completeness.ts';
import type { Confidentiality } from './content.ts';
import type { Form } from './form.ts';
import type { SectionPiece } from './section-pieces.ts';
import { answerStates, sectionsOf, titleOf } from './sections.ts';

/** What the dossier knows of a review, apart from what people write. */
export interface ReviewPieces {
  site: Pick<Site, 'id' | 'name'>;
  due: string | null;
  /** What the rules ask about its zones. */
  findings: Finding[];
  pieces: SectionPiece[];
}

export interface Progress extends ReviewPieces {
  /** Those that the reader may see. */
  answers: Answer[];
  /** Comments by section that nobody has dealt with, as far as the reader may see them. */
  comments: ReadonlyMap<Id, number>;
}

interface Reading {
  /** Of the review. */
  lang: Lang;
  today: string;
  confidential: Confidentiality;
}

export function outline(form: Form, progress: Progress, { lang, today, confidential }: Reading): ReviewOutline {
  const { site, due, answers, comments } = progress;
  const pieces = new Map(progress.pieces.map((piece) => [piece.section, piece]));
  const states: AnswerState[] = [];
  const sections = sectionsOf(form).map(({ section, part, depth }): ReviewSection => {
    const piece = pieces.get(section.id);
    const own = answers.filter((answer) => answer.section === section.id);
    const asked = answerStates({ section, part }, { lang, told: piece?.told ?? false, answers: own });
    states.push(...asked);
    return {
      id: section.id,
      part,
      depth,
      title: titleOf(section, lang),
      who: section.who,
      states: asked.map(({ kind, state }) => ({ kind, state })),
      confidential: section.confidential,
      closed: section.confidential && confidential === 'leave-out',
      written: own.map((answer) => answer.lang),
      comments: comments.get(section.id) ?? 0,
      flaws: piece?.flaws.length ?? 0,
    };
  });
  return {
    site: { id: site.id, name: site.name },
    form: { id: form.id, title: pick(form.title, lang), status: pick(form.status, lang) },
    in: lang,
    due,
    days: due === null ? null : daysUntil(due, today),
    calendar: due === null ? [] : calendarOf(form, due, today, lang),
    parts: form.parts.map(({ id, title }) => ({ id, title: pick(title, lang), ...meterOf(states, id) })),
    total: countOf(states),
    sections,
  };
}

/** How far a part has come, by kind of answer. */
function meterOf(
  states: AnswerState[],
  part: Id,
): Pick<ReviewOutline['parts'][number], 'computed' | 'assembled' | 'written' | 'total'> {
  const own = states.filter((state) => state.part === part);
  const [computed, assembled, written] = answerKinds.map((kind) => countOf(own.filter((state) => state.kind === kind)));
  const none = { filled: 0, asked: 0 };
  return { computed: computed ?? none, assembled: assembled ?? none, written: written ?? none, total: countOf(own) };
}

function calendarOf(form: Form, due: string, today: string, lang: Lang): ReviewOutline['calendar'] {
  return calendarTable(form, due, today, lang).rows.map(([when, what, note]) => ({
    when: when?.text ?? '',
    what: what?.text ?? '',
    note: note?.text ?? '',
  }));
}
