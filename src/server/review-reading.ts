/**
 * A review as one visitor may read it: whoever is below editor never gets what is confidential, on no screen, in no document,
 * and in no search.
 *
 *     const reading = readingOf(context, visitor, { site: 'almaty', lang: 'kk' });
 *     reading.confidential   // 'leave-out' for a reader, a reviewer, a contributor
 */
import type { AnswerText, ReviewOutline, ReviewQuestion, ReviewSectionReply, SectionHit, WrittenAnswer } from '../api/review.ts';
import { pick } from '../i18n/index.ts';
import { Problem } from '../problems.ts';
import type { Confidentiality } from '../review/content.ts';
import type { Form, FormSection } from '../review/form.ts';
import { outline } from '../review/outline.ts';
import { findingsOf } from '../review/section-questions.ts';
import { search } from '../review/section-search.ts';
import { sectionsOf, titleOf } from '../review/sections.ts';
import { shippedForm } from '../review/shipped-form.ts';
import { listAnswers } from '../store/answers.ts';
import { listComments, type NamedComment } from '../store/comments.ts';
import type { Db } from '../store/db.ts';
import { lastChange } from '../store/review-facts.ts';
import { getSite, listSites } from '../store/sites.ts';
import type { Answer, Finding, Id, Lang } from '../types.ts';
import { type Bounded, bounded } from './bounded.ts';
import { siteState } from './changes.ts';
import type { ServerContext } from './context.ts';
import { type PackedReview, unpacked } from './packed-review.ts';
import { reviewDesk } from './review-desk.ts';
import type { Visitor } from './visitor.ts';

/** Who reads which review how. */
export interface Reading {
  db: Db;
  site: Id;
  /** Of the review. */
  lang: Lang;
  /** The day that deadlines are reckoned from. */
  today: string;
  /** The day the review is of: when the dossier was last written. */
  date: string;
  confidential: Confidentiality;
}

/** @throws Problem `site-unknown`. */
export function readingOf({ db, today }: ServerContext, visitor: Visitor, { site, lang }: { site: Id; lang: Lang }): Reading {
  if (getSite(db, site) === null) {
    const known = listSites(db, 'biosphere-reserve').filter(({ id }) => visitor.may('reader', id));
    throw new Problem('site-unknown', { found: site, known: known.map(({ id }) => id).join(', ') || '–' });
  }
  const day = today();
  const confidential = visitor.may('editor', site) ? 'mark' : 'leave-out';
  return { db, site, lang, today: day, date: lastChange(db) ?? day, confidential };
}

/** The form that all reviews are written by. */
export const form: Form = shippedForm();

const sections = sectionsOf(form);
const byId = new Map(sections.map(({ section }) => [section.id, section]));

/** @throws Problem `not-found`. */
export function sectionOf(id: Id | undefined): FormSection {
  const section = byId.get(id ?? '');
  if (section === undefined) throw new Problem('not-found');
  return section;
}

/** The answers that may be read. */
export function readableAnswers({ db, site, confidential }: Reading): Answer[] {
  return listAnswers(db, { site, form: form.id }).filter((answer) => confidential === 'mark' || !isSecret(answer));
}

/** An answer that is marked, or that stands in a section which is confidential as a whole. */
export function isSecret(answer: Pick<Answer, 'section' | 'confidential'>): boolean {
  return answer.confidential || (byId.get(answer.section)?.confidential ?? false);
}

/** The comments that may be read: those on what is confidential are as confidential as that. */
export function readableComments({ db, site, confidential }: Reading): NamedComment[] {
  const comments = listComments(db, { site, form: form.id });
  if (confidential === 'mark') return comments;
  const secret = new Set(listAnswers(db, { site, form: form.id }).flatMap((one) => (isSecret(one) ? [one.section] : [])));
  return comments.filter(({ section }) => !secret.has(section) && byId.get(section)?.confidential !== true);
}

export async function outlineOf(reading: Reading): Promise<ReviewOutline> {
  return outlineFrom(reading, await piecesOf(reading));
}

/** One section: what fills it, what is written, what may be asked. */
export async function sectionReply(reading: Reading, id: Id): Promise<ReviewSectionReply> {
  const section = sectionOf(id);
  const made = await piecesOf(reading);
  const { lang } = reading;
  const piece = made.pieces.find((one) => one.section === id);
  const state = outlineFrom(reading, made).sections.find((one) => one.id === id);
  if (piece === undefined || state === undefined) throw new Problem('not-found');
  return {
    ...state,
    in: lang,
    unconfirmed: section.unconfirmed,
    asks: section.asks === null ? null : pick(section.asks, lang),
    length: section.length === null ? null : pick(section.length, lang),
    html: unpacked(piece.html),
    questions: [...findingsOf(section, made.findings).map((finding) => questionOf(finding, lang)), ...piece.flaws.map(flawOf)],
    answers: readableAnswers(reading)
      .filter((answer) => answer.section === id)
      .map(answerText),
  };
}

/** Who wrote what, in the order of the form. */
export function writtenAnswers(reading: Reading): WrittenAnswer[] {
  const places = new Map(sections.map(({ section: { id } }, i) => [id, i]));
  return readableAnswers(reading)
    .map((answer) => {
      const { text, ...rest } = answerText(answer);
      const section = byId.get(answer.section);
      const title = section === undefined ? answer.section : titleOf(section, reading.lang);
      return { ...rest, section: answer.section, title, words: text.split(/\s+/).filter((word) => word !== '').length };
    })
    .toSorted((a, b) => (places.get(a.section) ?? 0) - (places.get(b.section) ?? 0));
}

/** Where words stand, in what the visitor may read. */
export async function searchReview(reading: Reading, words: string): Promise<SectionHit[]> {
  const { pieces } = await piecesOf(reading);
  const answers = readableAnswers(reading).filter(({ lang }) => lang === reading.lang);
  const texts = pieces.flatMap(({ section, words: told }) => [
    { section, where: 'records' as const, text: unpacked(told) },
    ...answers.filter((one) => one.section === section).map(({ text }) => ({ section, where: 'text' as const, text })),
  ]);
  return search(words, texts).map((hit) => ({ ...hit, title: titleOf(sectionOf(hit.section), reading.lang) }));
}

export function answerText({ lang, text, author, written, confidential }: Answer): AnswerText {
  return { lang, text, author, written, confidential };
}

function piecesOf({ db, site, today, lang, date, confidential }: Reading): Promise<PackedReview> {
  return reviewDesk(db).pieces(site, today, { lang, date, confidential });
}

/** Outlines kept of a dossier, some 80 KB each: whoever reads section after section has it made once. */
const KEPT = 64;

interface KeptOutline {
  made: number;
  state: string;
  outline: ReviewOutline;
}

const outlines = new WeakMap<Db, Bounded<KeptOutline>>();
const numbers = new WeakMap<PackedReview, number>();
let last = 0;

/** A number for what was made, so that nothing old is held on to only to be compared. */
function numberOf(made: PackedReview): number {
  const known = numbers.get(made) ?? last + 1;
  numbers.set(made, known);
  last = Math.max(last, known);
  return known;
}

function outlineFrom(reading: Reading, review: PackedReview): ReviewOutline {
  const { db, site, lang, today, confidential } = reading;
  const kept = outlines.get(db) ?? bounded<KeptOutline>({ most: KEPT, sizeOf: () => 1 });
  outlines.set(db, kept);
  const key = JSON.stringify([site, lang, confidential]);
  const [made, state] = [numberOf(review), `${today} ${siteState(db, site, ['answers', 'comments'])}`];
  const known = kept.get(key);
  if (known?.made === made && known.state === state) return known.outline;
  const own = newOutline(reading, review);
  kept.set(key, { made, state, outline: own });
  return own;
}

function newOutline(reading: Reading, made: PackedReview): ReviewOutline {
  const open = readableComments(reading).filter(({ resolved }) => resolved === null);
  const comments = new Map([...Map.groupBy(open, ({ section }) => section)].map(([section, of]) => [section, of.length]));
  const pieces = made.pieces.map(({ section, told, flaws }) => ({ section, told, flaws, html: '', words: '' }));
  return outline(form, { ...made, pieces, answers: readableAnswers(reading), comments }, reading);
}

function questionOf({ rule, severity, text, sources, suggestion }: Finding, lang: Lang): ReviewQuestion {
  return { rule, severity, text: pick(text, lang), sources, suggestion: suggestion === null ? null : pick(suggestion, lang) };
}

function flawOf(text: string): ReviewQuestion {
  return { rule: null, severity: 'question', text, sources: [], suggestion: null };
}
