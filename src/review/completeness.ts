/**
 * How far a review has come: what each section asks for, and what of it is there.
 *
 *     const { filled, asked } = countOf(answers.filter(({ part }) => part === 'I'));
 */
import { number, pick, t } from '../i18n/index.ts';
import { plain, type Table } from '../print/blocks.ts';
import type { Id, Lang } from '../types.ts';
import type { Form, FormSection } from './form.ts';

export const answerKinds = ['computed', 'assembled', 'written'] as const;

/** One answer that a section asks for. */
export interface AnswerState {
  part: Id;
  section: Id;
  /** `Title` with its number, in the language of the review. */
  title: string;
  kind: (typeof answerKinds)[number];
  /** `translate`: it was written, but not in the language of the review. */
  state: 'filled' | 'gap' | 'translate';
  who: FormSection['who'];
}

export interface Count {
  filled: number;
  asked: number;
}

export function countOf(answers: AnswerState[]): Count {
  return { filled: answers.filter(({ state }) => state === 'filled').length, asked: answers.length };
}

/** `34 of 148 (23 %)`. */
export function countText({ filled, asked }: Count, lang: Lang): string {
  if (asked === 0) return '–';
  const share = new Intl.NumberFormat(lang, { style: 'percent', maximumFractionDigits: 0 }).format(filled / asked);
  return t(lang, 'review.meter.count', { filled: number(lang, filled), asked: number(lang, asked), share });
}

/** The meter: a row for each part of the form, a column for each kind of answer. */
export function meterTable(form: Form, answers: AnswerState[], lang: Lang): Table {
  const cells = (of: AnswerState[]) => [
    ...answerKinds.map((kind) => plain(countText(countOf(of.filter((answer) => answer.kind === kind)), lang))),
    plain(countText(countOf(of), lang)),
  ];
  return {
    kind: 'table',
    id: 'completeness',
    caption: t(lang, 'review.meter.title'),
    head: [t(lang, 'review.meter.part'), ...answerKinds.map((kind) => t(lang, `review.kind.${kind}`)), t(lang, 'review.total')],
    rows: [
      ...form.parts.map((part) => [plain(pick(part.title, lang)), ...cells(answers.filter((answer) => answer.part === part.id))]),
      [plain(t(lang, 'review.total')), ...cells(answers)],
    ],
  };
}
