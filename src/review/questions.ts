/**
 * What a reviewer may ask: a sheet for the reserve itself, never a part of the report.
 *
 *     const blocks = questionSheet(form, known, findings, answers, { lang: 'ru', date: '2026-11-23' });
 */
import { date, pick, t } from '../i18n/index.ts';
import { type Block, plain } from '../print/blocks.ts';
import type { Finding, Lang } from '../types.ts';
import { calendarTable, nextReview } from './calendar.ts';
import { type AnswerState, meterTable } from './completeness.ts';
import type { ReviewFacts } from './content.ts';
import type { Form } from './form.ts';
import type { Review } from './periodic-review.ts';

/** The sheet: calendar, completeness, the findings with their figures and a sentence to answer with, and what is still open, by who can close it. */
export function questionSheet(
  form: Form,
  known: ReviewFacts,
  { findings, review, lang, today }: { findings: Finding[]; review: Review; lang: Lang; today: string },
): Block[] {
  const next = nextReview(known.facts, known.records.entries);
  return [
    {
      kind: 'title',
      text: t(lang, 'review.questions.title', { site: pick(known.facts.site.name, lang) }),
      under: t(lang, 'review.questions.under', { date: date(lang, today) }),
    },
    { kind: 'hint', text: t(lang, 'review.questions.never-sent') },
    heading('calendar-of-review', lang, 'review.questions.calendar'),
    next === null ? { kind: 'hint', text: t(lang, 'review.deadline-unknown') } : calendarTable(form, next.due, today, lang),
    heading('meter', lang, 'review.questions.meter'),
    meterTable(form, review.answers, lang),
    heading('questions', lang, 'review.questions.questions'),
    ...(findings.length === 0 ? [hint(lang, 'review.questions.none')] : findings.flatMap((finding) => question(finding, lang))),
    heading('to-mend', lang, 'review.questions.to-mend'),
    ...flaws(review.blocks, lang),
    heading('open', lang, 'review.questions.open'),
    ...open(review.answers, lang),
  ];
}

/** A finding with its sources and, where there is one, the sentence that answers it. */
function question(finding: Finding, lang: Lang): Block[] {
  const mark = t(lang, `severity.${finding.severity}`);
  const items = [
    ...finding.sources.map((source) => t(lang, 'review.questions.source', { source })),
    ...(finding.suggestion === null ? [] : [t(lang, 'review.questions.answer', { text: pick(finding.suggestion, lang) })]),
  ];
  return [
    {
      kind: 'text',
      text: plain(`${/^Z|^TB/.test(finding.rule) ? `${finding.rule}, ` : ''}${mark}. ${pick(finding.text, lang)}`),
    },
    ...(items.length === 0 ? [] : [{ kind: 'list' as const, items: items.map(plain) }]),
  ];
}

/** Gaps that a filler itself has marked: a recommendation without proof, a zone without an authority. */
function flaws(blocks: Block[], lang: Lang): Block[] {
  const items: string[] = [];
  let section = '';
  for (const block of blocks) {
    if (block.kind === 'heading') section = block.text.replace(/ \*$/, ''); // the mark of the form is explained in the report
    if (block.kind === 'gap' && block.answer !== true) items.push(`${section}: ${block.text}`);
  }
  return items.length === 0 ? [hint(lang, 'review.questions.nothing-to-mend')] : [{ kind: 'list', items: items.map(plain) }];
}

/** Answers that are not there, by the people who can give them. */
function open(answers: AnswerState[], lang: Lang): Block[] {
  const missing = answers.filter(({ state }) => state !== 'filled');
  if (missing.length === 0) return [hint(lang, 'review.questions.all-filled')];
  return [...Map.groupBy(missing, ({ who }) => who)].flatMap(([who, of]): Block[] => [
    { kind: 'heading', level: 3, id: `open-${who}`, text: t(lang, `review.who.${who}`) },
    {
      kind: 'list',
      items: of.map(({ part, title, kind, state }) =>
        plain(`${part}. ${title}: ${t(lang, state === 'translate' ? 'review.questions.translate' : `review.kind.${kind}`)}`),
      ),
    },
  ]);
}

function heading(id: string, lang: Lang, key: string): Block {
  return { kind: 'heading', level: 2, id, text: t(lang, key) };
}

function hint(lang: Lang, key: string): Block {
  return { kind: 'hint', text: t(lang, key) };
}
