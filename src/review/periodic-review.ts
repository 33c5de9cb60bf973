/**
 * The periodic review of a reserve: each section of the form with what the dossier knows, and a marked gap for what it
 * does not. Nothing is invented; each figure carries a footnote to its source, record or run.
 *
 *     const { blocks, answers } = await periodicReview(form, known, { lang: 'kk', date: '2026-11-23' });
 */
import { date, pick, t } from '../i18n/index.ts';
import type { Block } from '../print/blocks.ts';
import { uprightWhereItFits } from '../print/upright.ts';
import type { Answer, Lang } from '../types.ts';
import { nextReview } from './calendar.ts';
import { claimsAnnex } from './claims-annex.ts';
import { openEvidence } from './closed-sections.ts';
import { type AnswerState, countOf, countText } from './completeness.ts';
import type { Confidentiality, ReviewFacts } from './content.ts';
import { filledText } from './figure-marks.ts';
import type { Form, FormSection } from './form.ts';
import { provenance } from './provenance.ts';
import { renumbered } from './renumbered.ts';
import { withoutRepeats } from './repeats.ts';
import { answerStates, type FilledSection, fillSections, type ReviewOptions, tells, titleOf } from './sections.ts';

export type { ReviewOptions } from './sections.ts';

export interface Review {
  blocks: Block[];
  answers: AnswerState[];
}

/** A section as it will be printed, and what is missing in it. */
interface Composed extends FilledSection {
  written: Block[];
  states: AnswerState[];
  /** Languages in which somebody has written it. */
  inLanguages: Lang[];
}

/** Of headings, by how deep a section is nested; a part stands above. */
const LEVELS = [3, 4, 5] as const;

/** @throws RangeError when the form names a filler that does not exist: a fault of the form. */
export async function periodicReview(form: Form, all: ReviewFacts, options: ReviewOptions): Promise<Review> {
  const { lang, confidential = 'mark' } = options;
  const known = confidential === 'mark' ? all : { ...all, evidence: openEvidence(all, form) };
  const { sections, notes, cite } = await fillSections(form, known, options);
  const composed = sections.map((filled): Composed => {
    const answers = answersOf(known.records.answers, form, filled.section, confidential);
    const own = answers.find((one) => one.lang === lang);
    return {
      ...filled,
      written: own === undefined ? [] : prose(own, filled.section, { known, lang, cite }),
      states: answerStates(filled, { lang, told: tells(filled.blocks), answers }),
      inLanguages: answers.map((one) => one.lang),
    };
  });

  const answers = composed.flatMap(({ states }) => states);
  const blocks = form.parts.flatMap((part): Block[] => [
    { kind: 'heading', level: 2, id: part.id, text: pick(part.title, lang) },
    ...withoutRepeats(
      composed.filter((one) => one.part === part.id).flatMap((one) => printed(one, lang, confidential)),
      lang,
    ),
  ]);
  const mark: Block = { kind: 'hint', text: t(lang, 'review.unconfirmed-mark') };
  const whole = renumbered(
    [...front(form, known, options, answers), ...blocks, mark, ...claimsAnnex(known, lang), ...provenance(known, lang)],
    notes,
  );
  const end: Block[] = whole.notes.length === 0 ? [] : [{ kind: 'notes', title: t(lang, 'review.notes'), notes: whole.notes }];
  return { blocks: [...whole.blocks, ...end].map(uprightWhereItFits), answers };
}

function front(form: Form, known: ReviewFacts, { lang, date: day }: ReviewOptions, answers: AnswerState[]): Block[] {
  const next = nextReview(known.facts, known.records.entries);
  const deadline = next === null ? t(lang, 'review.deadline-unknown') : date(lang, next.due);
  return [
    { kind: 'title', text: pick(known.facts.site.name, lang), under: pick(form.title, lang) },
    { kind: 'hint', text: t(lang, 'review.draft-due', { date: date(lang, day), deadline }) },
    { kind: 'hint', text: t(lang, 'review.meter.line', { count: countText(countOf(answers), lang) }) },
    { kind: 'hint', text: pick(form.status, lang) },
    { kind: 'contents', title: t(lang, 'review.contents'), depth: 3 },
  ];
}

/** What was written for a section, in every language, as far as it may be shown. */
function answersOf(all: Answer[], form: Form, section: FormSection, policy: Confidentiality): Answer[] {
  const isOpen = (one: Answer): boolean => !one.confidential || policy !== 'leave-out';
  return all.filter((one) => one.form === form.id && one.section === section.id && isOpen(one));
}

/** The paragraphs somebody wrote, with the figures that they name; the first cites who and when. */
function prose(
  answer: Answer,
  section: FormSection,
  { known, lang, cite }: { known: ReviewFacts; lang: Lang; cite(text: string): number },
): Block[] {
  const by = cite(t(lang, 'review.written-by', { author: answer.author, date: date(lang, answer.written) }));
  const mark: Block[] =
    answer.confidential && !section.confidential ? [{ kind: 'hint', text: t(lang, 'review.confidential-mark') }] : [];
  const paragraphs = answer.text.split(/\n\s*\n/).map((text) => text.trim());
  const { evidence, facts } = known;
  const written = paragraphs
    .filter((text) => text !== '')
    .flatMap((paragraph, i): Block[] => {
      const { text, notes, unknown } = filledText(paragraph, { lang, evidence, sources: facts.sources, cite });
      return [
        { kind: 'text', text: { text, notes: i === 0 ? [by, ...notes] : notes } },
        ...unknown.map((id): Block => ({ kind: 'gap', text: t(lang, 'claims.mark-unknown', { id }) })),
      ];
    });
  return [...mark, ...written];
}

function printed(
  { section, depth, blocks, written, states, inLanguages }: Composed,
  lang: Lang,
  policy: Confidentiality,
): Block[] {
  const heading: Block = {
    kind: 'heading',
    level: LEVELS[Math.min(depth, LEVELS.length - 1)] ?? 5,
    id: section.id,
    text: `${titleOf(section, lang)}${section.unconfirmed ? ' *' : ''}`,
  };
  if (section.confidential && policy === 'leave-out') {
    return [heading, { kind: 'hint', text: t(lang, 'review.confidential-section') }];
  }
  const asks = section.asks === null ? [] : [{ kind: 'hint' as const, text: pick(section.asks, lang) }];
  const mark = section.confidential ? [{ kind: 'hint' as const, text: t(lang, 'review.confidential-mark') }] : [];
  return [heading, ...asks, ...mark, ...blocks, ...written, ...gap(section, states, inLanguages, lang)];
}

/** One marked gap for all answers of a section that are not there. */
function gap(section: FormSection, states: AnswerState[], inLanguages: Lang[], lang: Lang): Block[] {
  const open = states.filter(({ state }) => state !== 'filled');
  if (open.length === 0) return [];
  const text = t(lang, 'review.gap', {
    who: t(lang, `review.who.${section.who}`),
    kind: open.map(({ kind }) => t(lang, `review.kind.${kind}`)).join(', '),
    length: section.length === null ? '–' : pick(section.length, lang),
  });
  if (!open.some(({ state }) => state === 'translate')) return [{ kind: 'gap', text, answer: true }];
  const names = inLanguages.map((one) => t(lang, `language.${one}`)).join(', ');
  return [{ kind: 'gap', text: `${text} ${t(lang, 'review.translate', { languages: names })}`, answer: true }];
}
