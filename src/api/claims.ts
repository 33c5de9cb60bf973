/** Figures that a text can name, and sentences of a review that are checked against figures. */
import { z } from 'zod';

export const figuresQuery = z.object({
  /** Words that all stand in the figure: its name, place, year, part or value. */
  search: z.string().trim().max(200).default(''),
  most: z.coerce.number().int().min(1).max(100).default(20),
});

/** A figure to put into a text by its mark. */
export const foundFigure = z.object({
  id: z.string(),
  /** What to write into the text: `@id`, or `@{id}` where the id holds other signs. */
  mark: z.string(),
  name: z.string(),
  place: z.string().nullable(),
  /** As the text will show it, with its unit. */
  shown: z.string(),
  /** Period, part, source and quality in one line. */
  about: z.string(),
  quality: z.enum(['ok', 'unconfirmed', 'partial', 'doubtful']),
  /** Whether it is of this reserve. */
  own: z.boolean(),
});

export const claimCheckBody = z.object({
  kind: z.enum([
    'compare',
    'sum',
    'ratio',
    'change',
    'trend',
    'count',
    'existence',
    'plausibility',
    'definition',
    'unit',
    'vintage',
    'scope',
  ]),
  expression: z.string().trim().min(1).max(10_000),
  claimed: z.string().trim().min(1).max(200).optional(),
  unit: z.string().trim().min(1).max(40).optional(),
});

/** A sentence of a section, with what it says in checkable form where somebody knows it. */
export const claimBody = z.object({
  section: z.string(),
  sentence: z.string().trim().min(1).max(2000),
  kind: z.enum(['checkable', 'interpretive']).default('checkable'),
  check: claimCheckBody.nullable().default(null),
});

export const checkedClaim = z.object({
  id: z.string(),
  /** What to write behind the sentence, so that its verdict becomes a footnote. */
  mark: z.string(),
  section: z.string(),
  sentence: z.string(),
  kind: z.enum(['checkable', 'interpretive']),
  check: z.looseObject({ kind: z.string(), expression: z.string() }).nullable(),
  verdict: z.string(),
  reason: z.string(),
  /** The verdict in words. */
  badge: z.string(),
  /** How the badge is to look: what bears, what needs a look, what a final report cannot bear, what is open. */
  tone: z.enum(['good', 'context', 'bad', 'open']),
  /** Arithmetic and evidence, line by line. */
  lines: z.array(z.string()),
  /** Whether a final report can bear it. */
  final: z.boolean(),
});

export type FoundFigure = z.infer<typeof foundFigure>;
export type ClaimBody = z.infer<typeof claimBody>;
export type CheckedClaimReply = z.infer<typeof checkedClaim>;
