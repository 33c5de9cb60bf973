/** Documents as they come in and change: what was recognised in a file, what a person says of it. */
import { z } from 'zod';

export const sourceKinds = [
  'primary',
  'official',
  'peer-reviewed',
  'press',
  'mirror',
  'encyclopedia',
  'dataset',
  'web',
  'own',
] as const;

/** ISO 8601, as exact as it is known. */
const date = z.string().regex(/^\d{4}(-\d\d(-\d\d)?)?$/);
/** BCP 47. */
const tag = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/);
const yesNo = z.enum(['yes', 'no']);

export const documentImportQuery = z.object({
  /** The name of the file. */
  name: z.string().min(1).max(300),
  /** A document that is there, whose text this file replaces, or a reference that gets one. */
  id: z.string().max(200).optional(),
  kind: z.enum(sourceKinds).optional(),
  date: date.optional(),
  mayQuote: yesNo.optional(),
  mayStore: yesNo.optional(),
});

const movedPassage = z.object({
  id: z.string(),
  outcome: z.enum(['same', 'moved', 'doubtful', 'lost']),
  quote: z.string(),
  page: z.int().nullable(),
});

/** What became of a file. */
export const documentImportReply = z.discriminatedUnion('what', [
  z.object({
    what: z.literal('document'),
    file: z.string(),
    id: z.string(),
    title: z.string(),
    /** `duplicate`: the same file, or the same words, are there under this id; nothing was changed. */
    outcome: z.enum(['added', 'changed', 'same', 'duplicate']),
    by: z.enum(['digest', 'text']).nullable(),
    format: z.enum(['pdf', 'docx', 'html', 'markdown', 'text']),
    lang: z.string().nullable(),
    date: z.string().nullable(),
    /** [code points] */
    length: z.int(),
    pages: z.int().nullable(),
    /** What a reader of the text should know. */
    notes: z.array(z.string()),
    /** Passages of the text before, those that did not stay where they were. */
    passages: z.array(movedPassage),
  }),
  z.object({
    what: z.literal('references'),
    file: z.string(),
    format: z.enum(['csl-json', 'bibtex', 'ris']),
    references: z.array(z.object({ id: z.string(), title: z.string(), outcome: z.enum(['added', 'changed', 'same']) })),
    skipped: z.array(z.object({ line: z.int(), found: z.string() })),
  }),
]);

/** What a person says of a document. */
export const documentFacts = z.object({
  title: z.string().trim().min(1).max(1000),
  kind: z.enum(sourceKinds),
  licence: z.string().trim().max(200).nullable(),
  href: z.string().trim().max(2000).nullable(),
  lang: tag.nullable(),
  date: date.nullable(),
  mayQuote: z.boolean(),
  mayStore: z.boolean(),
});

export type DocumentImportReply = z.infer<typeof documentImportReply>;
export type DocumentFactsBody = z.infer<typeof documentFacts>;
