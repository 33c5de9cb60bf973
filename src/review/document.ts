/**
 * A review as a file: by the form that ships with Saryarka, in the format that is asked for.
 *
 *     const { bytes, answers } = await reviewDocument(known, 'docx', { lang: 'ru', date: '2026-11-23' });
 */
import { pick, t } from '../i18n/index.ts';
import type { Block, Imprint } from '../print/blocks.ts';
import { renderHtml } from '../print/html.ts';
import type { Finding, Lang } from '../types.ts';
import type { AnswerState } from './completeness.ts';
import type { ReviewFacts } from './content.ts';
import { periodicReview, type ReviewOptions } from './periodic-review.ts';
import { questionSheet } from './questions.ts';
import { shippedForm } from './shipped-form.ts';

export const documentFormats = ['docx', 'pdf', 'html'] as const;

export type DocumentFormat = (typeof documentFormats)[number];

/** The review, and what of it is there. */
export async function reviewDocument(
  known: ReviewFacts,
  format: DocumentFormat,
  options: ReviewOptions,
): Promise<{ bytes: Uint8Array; answers: AnswerState[] }> {
  const { blocks, answers } = await periodicReview(shippedForm(), known, options);
  return { bytes: await render(blocks, format, options.lang, imprintOf(known, 'review.title', options)), answers };
}

/** The sheet of questions that a reviewer may ask, for the reserve itself. */
export async function questionDocument(
  known: ReviewFacts,
  findings: Finding[],
  format: DocumentFormat,
  options: ReviewOptions,
): Promise<Uint8Array> {
  const form = shippedForm();
  const review = await periodicReview(form, known, options);
  const blocks = questionSheet(form, known, { findings, review, lang: options.lang, today: options.date });
  return render(blocks, format, options.lang, imprintOf(known, 'review.questions.name', options));
}

/** Blocks in a format of `documentFormats`; the heavy ones are loaded when they are asked for. */
export async function render(blocks: Block[], format: DocumentFormat, lang: Lang, imprint: Imprint): Promise<Uint8Array> {
  if (format === 'html') return new TextEncoder().encode(renderHtml(blocks, lang, imprint.title));
  if (format === 'docx') return (await import('../print/docx.ts')).renderDocx(blocks, lang, imprint);
  return (await import('../print/pdf.ts')).renderPdf(blocks, lang, imprint);
}

export function imprintOf(known: ReviewFacts, title: string, { lang, date }: ReviewOptions): Imprint {
  const name = pick(known.facts.site.name, lang);
  return { title: `${name} · ${t(lang, title)}`, author: name, date };
}
