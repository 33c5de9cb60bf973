/** The review as it is worked on: its sections and how far they have come, what people write, what others say about it. */
import { z } from 'zod';
import { lang } from './session.ts';
import { localText } from './sites.ts';

/** What of a review is asked for, in which language of the review. */
export const reviewQuery = z.object({ in: lang.optional() });

const count = z.object({ filled: z.int(), asked: z.int() });

const answerState = z.object({
  kind: z.enum(['computed', 'assembled', 'written']),
  /** `translate`: it was written, but not in this language. */
  state: z.enum(['filled', 'gap', 'translate']),
});

const who = z.enum(['manager', 'scientist', 'gis', 'accountant', 'authority', 'community']);

export const reviewSection = z.object({
  id: z.string(),
  part: z.string(),
  depth: z.int(),
  title: z.string(),
  who,
  /** None where the form asks for nothing here itself. */
  states: z.array(answerState),
  /** Not for everybody: it is left out of copies for those below editor, the caller among them where it is `closed`. */
  confidential: z.boolean(),
  closed: z.boolean(),
  /** Languages in which somebody has written it. */
  written: z.array(lang),
  /** Comments that nobody has dealt with yet. */
  comments: z.int(),
  /** What a reader would ask about in its records. */
  flaws: z.int(),
});

export const reviewOutline = z.object({
  site: z.object({ id: z.string(), name: localText }),
  form: z.object({ id: z.string(), title: z.string(), status: z.string() }),
  /** Language of the review that the states are of. */
  in: lang,
  /** Deadline, ISO 8601; `null` where no source gives the year of designation. */
  due: z.string().nullable(),
  /** Days to it; negative when it has passed. */
  days: z.int().nullable(),
  calendar: z.array(z.object({ when: z.string(), what: z.string(), note: z.string() })),
  parts: z.array(
    z.object({ id: z.string(), title: z.string(), computed: count, assembled: count, written: count, total: count }),
  ),
  total: count,
  sections: z.array(reviewSection),
});

/** What a reviewer may ask about a section: by a rule, or because a record lacks what it needs. */
export const reviewQuestion = z.object({
  rule: z.string().nullable(),
  severity: z.enum(['error', 'question', 'info']),
  text: z.string(),
  sources: z.array(z.string()),
  /** A sentence that answers it. */
  suggestion: z.string().nullable(),
});

/** What somebody wrote for a section. */
export const answerText = z.object({
  lang,
  /** Paragraphs, separated by empty lines. */
  text: z.string(),
  author: z.string(),
  /** ISO 8601. */
  written: z.string(),
  confidential: z.boolean(),
});

export const reviewSectionReply = reviewSection.extend({
  in: lang,
  /** The form marks its number or wording as unconfirmed. */
  unconfirmed: z.boolean(),
  asks: z.string().nullable(),
  length: z.string().nullable(),
  /** What records and figures say, as in the document: our own markup, with all text escaped. */
  html: z.string(),
  questions: z.array(reviewQuestion),
  /** In every language that there is and the caller may read. */
  answers: z.array(answerText),
});

/** What is written for a section in one language, as it is edited. */
export const answerReply = z.object({
  section: z.string(),
  in: lang,
  answer: answerText.nullable(),
  /** An editor keeps the text confidential: the caller can neither read nor change it. */
  locked: z.boolean(),
});

/** The longest text of a section [characters]. */
export const LONGEST_ANSWER = 200_000;

export const answerBody = z.object({
  /** An empty text takes the answer back. */
  text: z.string().max(LONGEST_ANSWER),
  /** Only for editors; what is stored stays where it is left out. */
  confidential: z.boolean().optional(),
  /** For a dossier without accounts, where nobody has a name. */
  author: z.string().trim().max(200).optional(),
});

/** One change of an answer, as the audit keeps it. */
export const answerVersion = z.object({
  number: z.int(),
  /** When, ISO 8601. */
  at: z.string(),
  /** Who, as the audit names them, and by name where they have one. */
  by: z.string(),
  name: z.string().nullable(),
  action: z.enum(['added', 'changed', 'removed']),
  author: z.string().nullable(),
  characters: z.int(),
  /** The last of several that one person made in one sitting. */
  last: z.boolean(),
});

export const answerVersions = z.object({
  versions: z.array(answerVersion),
  /** Versions that are confidential, and not for the caller. */
  leftOut: z.int(),
});

export const answerVersionText = answerVersion.extend({ text: z.string() });

/** Who wrote what. */
export const writtenAnswer = answerText.omit({ text: true }).extend({
  section: z.string(),
  title: z.string(),
  words: z.int(),
});

export const sectionHit = z.object({
  section: z.string(),
  title: z.string(),
  /** In which of its texts: what records and figures say, or what somebody wrote. */
  where: z.enum(['records', 'text']),
  before: z.string(),
  match: z.string(),
  after: z.string(),
});

export const searchQuery = reviewQuery.extend({ q: z.string().trim().min(2).max(200) });

export const comment = z.object({
  id: z.string(),
  section: z.string(),
  /** As the audit names them, and by name where they have one. */
  author: z.string(),
  name: z.string().nullable(),
  text: z.string(),
  /** ISO 8601. */
  written: z.string(),
  /** When it was dealt with, ISO 8601. */
  resolved: z.string().nullable(),
});

export const commentBody = z.object({ section: z.string(), text: z.string().trim().min(1).max(10_000) });

export const commentChange = z.object({ resolved: z.boolean() });

/** How a document of the review is made. */
export const documentQuery = reviewQuery.extend({
  /** Only editors may have confidential parts: for others they are always left out. */
  confidential: z.enum(['mark', 'leave-out']).optional(),
  /** What the review is compared with, ISO 8601: by default the last review or the designation. */
  previous: z.iso.date().optional(),
});

export type ReviewSection = z.infer<typeof reviewSection>;
export type ReviewOutline = z.infer<typeof reviewOutline>;
export type ReviewQuestion = z.infer<typeof reviewQuestion>;
export type ReviewSectionReply = z.infer<typeof reviewSectionReply>;
export type AnswerText = z.infer<typeof answerText>;
export type AnswerReply = z.infer<typeof answerReply>;
export type AnswerVersion = z.infer<typeof answerVersion>;
export type AnswerVersions = z.infer<typeof answerVersions>;
export type AnswerVersionText = z.infer<typeof answerVersionText>;
export type WrittenAnswer = z.infer<typeof writtenAnswer>;
export type SectionHit = z.infer<typeof sectionHit>;
export type Comment = z.infer<typeof comment>;
