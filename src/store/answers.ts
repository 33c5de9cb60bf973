/**
 * What people write for the sections of a review, who wrote it when, and what stood there before.
 *
 *     saveAnswer(db, 'aigul', { site, form, section: 'II.1.4', lang: 'kk' }, { text, author: 'Aigul', written: '2026-11-23', confidential: false });
 *
 * Every reading says whether the caller may see what is confidential.
 */
import type { Answer, Id, Lang } from '../types.ts';
import { all, type Db, get, transaction } from './db.ts';
import { putAnswer } from './records.ts';
import { remove } from './write.ts';

/** Where an answer stands: one in each language. */
export interface AnswerPlace {
  site: Id;
  form: Id;
  section: Id;
  lang: Lang;
}

/** One change of an answer. */
export interface AnswerChange {
  /** Place in the audit. */
  number: number;
  at: string;
  by: string;
  /** Of `by`, where they have one. */
  name: string | null;
  action: 'added' | 'changed' | 'removed';
  /** `null` after it was removed. */
  after: Pick<Answer, 'text' | 'author' | 'written' | 'confidential'> | null;
}

type AnswerRow = Omit<Answer, 'confidential'> & { confidential: 0 | 1 };
type ChangeRow = Omit<AnswerChange, 'after'> & { before: string | null; after: string | null };

const COLUMNS = 'id, site, form, section, lang, text, author, written, confidential';

/** What is written for the review of a site, in every language. */
export function listAnswers(db: Db, { site, form }: { site: Id; form: Id }): Answer[] {
  return all<AnswerRow>(db, `select ${COLUMNS} from answers where site = ? and form = ? order by fid`, [site, form]).map(
    answerOf,
  );
}

export function getAnswer(db: Db, { site, form, section, lang }: AnswerPlace): Answer | null {
  const row = get<AnswerRow>(db, `select ${COLUMNS} from answers where site = ? and form = ? and section = ? and lang = ?`, [
    site,
    form,
    section,
    lang,
  ]);
  return row === undefined ? null : answerOf(row);
}

/** Keeps what was written, or takes it back where it is empty. The same text again changes nothing, its author and day neither. */
export function saveAnswer(
  db: Db,
  by: string,
  place: AnswerPlace,
  { text, ...rest }: Pick<Answer, 'text' | 'author' | 'written' | 'confidential'>,
): void {
  const clean = asText(text);
  transaction(db, () => {
    const stored = getAnswer(db, place);
    if (clean === '') {
      if (stored !== null) remove(db, 'answers', by, stored.id);
    } else if (stored?.text !== clean || stored.confidential !== rest.confidential) {
      putAnswer(db, by, { id: stored?.id ?? answerId(place), ...place, text: clean, ...rest });
    }
  });
}

/** All changes of an answer, oldest first. */
export function listAnswerChanges(db: Db, place: AnswerPlace): AnswerChange[] {
  const id = getAnswer(db, place)?.id ?? answerId(place);
  return all<ChangeRow>(
    db,
    `select audit.fid as number, at, by, users.name, action, before, after from audit left join users on users.id = audit.by
     where noun = 'answers' and row_id = ? order by audit.fid`,
    [id],
  ).map(({ before, after, ...rest }) => ({ ...rest, after: after === null ? null : answerOf(JSON.parse(after) as AnswerRow) }));
}

/** As the import of a table of answers names it, so that both write the same row. */
function answerId({ site, section, lang }: AnswerPlace): Id {
  return `${site}/answers/${section}+${lang}`;
}

/** A text with plain line ends, without what no document can hold. */
function asText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0, 2.2: these are no characters of a document
  const unprintable = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;
  return text.toWellFormed().replace(/\r\n?/g, '\n').replace(unprintable, '').trim();
}

function answerOf(row: AnswerRow): Answer {
  return { ...row, confidential: row.confidential === 1 };
}
