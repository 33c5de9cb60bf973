/** Sentences for the sections of the form, there and back. */
import type { Answer, Id, Lang } from '../types.ts';
import type { RecordKind } from './catalogue.ts';
import { sectionOf } from './context.ts';
import { type KeptNouns, type KeptRecord, type Making, type Nouns, noNouns } from './nouns.ts';
import { FaultError } from './reading.ts';
import { filled, textIn } from './record-values.ts';

/** The fault is told with the section as it was written; an answer without a date was written on the day of the import. */
export function answerNouns({ id, values, context }: Making): Nouns {
  const section = sectionOf(String(values.section), context.sections);
  if (section === null) throw new FaultError({ field: 'section', reason: 'section', found: String(values.section), details: {} });
  const answer: Answer = {
    id,
    site: context.site,
    form: context.form,
    section: section.id,
    lang: String(values.language) as Lang,
    text: String(values.text),
    author: String(values.author),
    written: textIn(values, 'date') ?? context.today,
    confidential: typeof values.confidential === 'boolean' ? values.confidential : section.confidential,
  };
  return { ...noNouns(), answers: [answer] };
}

/** Answers that the dossier holds: all of the reserve, which has no other kind of them. */
export function keptAnswers(_: RecordKind, { answers }: KeptNouns, prefix: Id): KeptRecord[] {
  return answers.map((answer) => ({
    id: `${prefix}${answer.section}+${answer.lang}`,
    values: filled({
      section: answer.section,
      language: answer.lang,
      text: answer.text,
      author: answer.author,
      date: answer.written,
      confidential: answer.confidential,
    }),
    nouns: { ...noNouns(), answers: [answer] },
  }));
}
