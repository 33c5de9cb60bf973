/** Figures that a text can name, and sentences of sources and reviews that are checked against figures. */
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

/** Evidence of one side in a sentence: a figure with its source, or words of a document. */
const evidenceLine = z.object({ side: z.enum(['for', 'against', 'neither']), text: z.string() });

export const claimPassage = z.object({
  passage: z.string(),
  side: z.enum(['for', 'against']),
  source: z.string(),
  title: z.string(),
  page: z.int().nullable(),
  /** `null` where its source may not be quoted to the caller. */
  quote: z.string().nullable(),
  /** Whether it stands in the text that is kept now. */
  placed: z.boolean(),
});

/** A claim of a source or of a review, with what the dossier says to it. */
export const listedClaim = checkedClaim.omit({ mark: true, section: true, lines: true }).extend({
  /** The source that claims it, or the reserve whose review does. */
  source: z.string().nullable(),
  site: z.string().nullable(),
  /** Its title: of a review, the name of the reserve. */
  title: z.string(),
  /** The same with the page or section. */
  place: z.string(),
  /** The verdict alone, and why. */
  verdictText: z.string(),
  reasonText: z.string(),
  /** What was compared, allowed and computed, line by line. */
  arithmetic: z.array(z.string()),
  evidence: z.array(evidenceLine),
  passages: z.array(claimPassage),
});

export const listedContradiction = z.object({
  kind: z.enum(['claim', 'figures']),
  id: z.string(),
  about: z.string(),
  verdict: z.string(),
  place: z.string(),
  part: z.string(),
  period: z.string(),
  stated: z.string(),
  statedBy: z.string(),
  found: z.string(),
  foundBy: z.string(),
  /** [%] of what is stated */
  percent: z.number().nullable(),
  cases: z.int(),
});

export const claimPassageBody = z.object({ side: z.enum(['for', 'against']) });

/** What keeps a review from being final, sentence by sentence. */
export const finalReply = z.object({
  ready: z.boolean(),
  claims: z.int(),
  open: z.array(z.object({ section: z.string(), claim: z.string().nullable(), message: z.string() })),
});

export type ListedClaim = z.infer<typeof listedClaim>;
export type ListedContradiction = z.infer<typeof listedContradiction>;
export type FinalReply = z.infer<typeof finalReply>;
export type FoundFigure = z.infer<typeof foundFigure>;
export type ClaimBody = z.infer<typeof claimBody>;
export type CheckedClaimReply = z.infer<typeof checkedClaim>;
