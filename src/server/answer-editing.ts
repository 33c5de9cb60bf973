/**
 * Writing the texts of a review: who may, what was there before, and how it is never lost.
 *
 *     const reply = answerReplyOf(reading, 'II.1.4', visitor);
 *     keepAnswer(reading, 'II.1.4', { visitor, body });
 */
import type { z } from 'zod';
import type { AnswerReply, AnswerVersion, AnswerVersions, AnswerVersionText, answerBody } from '../api/review.ts';
import { t } from '../i18n/index.ts';
import { Problem } from '../problems.ts';
import { type AnswerChange, type AnswerPlace, getAnswer, listAnswerChanges, saveAnswer } from '../store/answers.ts';
import type { Answer, Id } from '../types.ts';
import { answerText, form, isSecret, type Reading, sectionOf } from './review-reading.ts';
import type { Visitor } from './visitor.ts';

/** Changes that one person makes with no longer breaks are one sitting [ms]. */
const SITTING = 10 * 60_000;

/** What stands there for whoever asks; a text that they may not read is told to exist only to those who could overwrite it. */
export function answerReplyOf(reading: Reading, section: Id, visitor: Visitor): AnswerReply {
  const stored = getAnswer(reading.db, placeOf(reading, section));
  const hidden = reading.confidential === 'leave-out' && isClosed(section, stored);
  return {
    section,
    in: reading.lang,
    answer: stored === null || hidden ? null : answerText(stored),
    locked: hidden && visitor.may('contributor', reading.site),
  };
}

/** @throws Problem `not-allowed` for what is confidential, below editor. */
export function keepAnswer(
  reading: Reading,
  section: Id,
  { visitor, body }: { visitor: Visitor; body: z.infer<typeof answerBody> },
): void {
  const { db, site, today, lang } = reading;
  const stored = getAnswer(db, placeOf(reading, section));
  const before = stored?.confidential ?? sectionOf(section).confidential;
  const confidential = body.confidential ?? before;
  const editor = visitor.may('editor', site);
  if (!editor && (isClosed(section, stored) || confidential !== before)) throw new Problem('not-allowed');
  const author = visitor.name || body.author || t(lang, 'review-page.author-unnamed');
  saveAnswer(db, visitor.id, placeOf(reading, section), { text: body.text, author, written: today, confidential });
}

/** What stood there before, newest first, without the texts. */
export function answerVersions(reading: Reading, section: Id): AnswerVersions {
  const changes = readableChanges(reading, section);
  const versions = changes.shown.map((change, i) => versionOf(change, changes.shown[i + 1]));
  return { versions: versions.toReversed(), leftOut: changes.leftOut };
}

/** One version with its text. @throws Problem `not-found`. */
export function answerVersion(reading: Reading, section: Id, number: number): AnswerVersionText {
  const { shown } = readableChanges(reading, section);
  const at = shown.findIndex((change) => change.number === number);
  const change = shown[at];
  if (change === undefined) throw new Problem('not-found');
  return { ...versionOf(change, shown[at + 1]), text: change.after?.text ?? '' };
}

/** Below editor nothing is told of a text that is confidential now, and no version that was. */
function readableChanges(reading: Reading, section: Id): { shown: AnswerChange[]; leftOut: number } {
  const place = placeOf(reading, section);
  const all = listAnswerChanges(reading.db, place);
  if (reading.confidential === 'mark') return { shown: all, leftOut: 0 };
  const closed = isClosed(section, getAnswer(reading.db, place));
  const shown = closed ? [] : all.filter(({ after }) => after === null || !after.confidential);
  return { shown, leftOut: all.length - shown.length };
}

function versionOf(change: AnswerChange, next: AnswerChange | undefined): AnswerVersion {
  const { number, at, by, name, action, after } = change;
  const goesOn = next !== undefined && next.by === by && Date.parse(next.at) - Date.parse(at) < SITTING;
  return {
    number,
    at,
    by,
    name,
    action,
    author: after?.author ?? null,
    characters: after?.text.length ?? 0,
    last: !goesOn,
  };
}

function isClosed(section: Id, stored: Answer | null): boolean {
  return stored === null ? sectionOf(section).confidential : isSecret(stored);
}

/** @throws Problem `not-found` for a section in which nothing is asked. */
function placeOf({ site, lang }: Reading, id: Id): AnswerPlace {
  const section = sectionOf(id);
  if (section.kinds.length === 0) throw new Problem('not-found');
  return { site, form: form.id, section: section.id, lang };
}
