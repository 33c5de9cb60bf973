/** Documents as they are read and coded: lists, one with its passages, the codebook, and what coding tells. Places are code points, end excluded. */
import { z } from 'zod';
import { localText } from './sites.ts';

export const documentLine = z.object({
  id: z.string(),
  title: z.string(),
  kind: z.string(),
  licence: z.string().nullable(),
  href: z.string().nullable(),
  /** BCP 47. */
  lang: z.string().nullable(),
  date: z.string().nullable(),
  mayQuote: z.boolean(),
  mayStore: z.boolean(),
  /** `null` for a reference without a text. */
  format: z.enum(['pdf', 'docx', 'html', 'markdown', 'text']).nullable(),
  hasText: z.boolean(),
  length: z.int().nullable(),
  pageCount: z.int().nullable(),
  passages: z.int(),
  lost: z.int(),
  codings: z.int(),
});

export const codeShown = z.object({
  id: z.string(),
  parent: z.string().nullable(),
  name: localText,
  definition: localText,
  inclusion: localText,
  exclusion: localText,
  example: localText,
  colour: z.string().nullable(),
  codable: z.boolean(),
  /** Codings that stand. */
  codings: z.int(),
});

const codingShown = z.object({
  id: z.string(),
  code: z.string(),
  coder: z.string().nullable(),
  status: z.enum(['draft', 'agreed', 'kept', 'dropped']),
});

const passageShown = z.object({
  id: z.string(),
  /** Empty where the source may not be quoted to the caller. */
  quote: z.string(),
  start: z.int().nullable(),
  end: z.int().nullable(),
  page: z.int().nullable(),
  anchored: z.enum(['sure', 'check', 'offsets', 'lost']),
  codings: z.array(codingShown),
  memos: z.array(z.string()),
});

export const documentShown = documentLine.extend({
  /** `null` where it is not kept, or may not be quoted to the caller. */
  text: z.string().nullable(),
  pages: z.array(z.int()).nullable(),
  headings: z.array(z.object({ level: z.int(), start: z.int(), text: z.string() })),
  marked: z.array(passageShown),
  coders: z.array(z.object({ id: z.string(), name: z.string() })),
});

/** A passage by its quote or by its place, and the codes that it gets; the coder is who calls, where they have a name. */
export const codingBody = z.object({
  at: z.union([
    z.object({ start: z.int().min(0), end: z.int().min(1) }),
    z.object({
      quote: z.string().min(1).max(20_000),
      prefix: z.string().max(1000).optional(),
      suffix: z.string().max(1000).optional(),
    }),
  ]),
  codes: z.array(z.string().min(1).max(200)).min(1).max(20),
  memo: z.string().max(10_000).optional(),
  /** Who codes, for a dossier without accounts, where nobody has a name. */
  coder: z.string().trim().max(200).optional(),
});

export const codingReply = passageShown;

export const codingDecision = z.object({ status: z.enum(['draft', 'kept', 'dropped']) });

const table = z.object({
  codes: z.array(z.string()),
  rows: z.array(z.object({ key: z.string().nullable(), documents: z.int(), values: z.array(z.int()) })),
});

export const reportReply = z.object({
  documents: z.int(),
  codings: z.int(),
  passages: z.int(),
  lost: z.int(),
  dropped: z.int(),
  codes: z.array(
    z.object({ code: z.string(), codings: z.int(), passages: z.int(), documents: z.int(), coders: z.int(), withBelow: z.int() }),
  ),
  by: z.object({ year: table, kind: table, language: table }),
  pairs: z.array(z.object({ a: z.string(), b: z.string(), passages: z.int(), documents: z.int(), jaccard: z.number() })),
  /** Beside an indicator, where one was asked for. */
  joint: z
    .object({
      unit: z.string(),
      codes: z.array(z.string()),
      rows: z.array(z.object({ year: z.int(), documents: z.int(), passages: z.array(z.int()), value: z.number().nullable() })),
      undated: z.int(),
    })
    .nullable(),
});

const coefficients = z.object({
  percentage: z.number().nullable(),
  cohen: z.number().nullable(),
  fleiss: z.number().nullable(),
  alpha: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
});

export const comparisonReply = z.object({
  coders: z.array(z.object({ id: z.string(), name: z.string() })),
  units: z.int(),
  documents: z.int(),
  skipped: z.int(),
  overall: coefficients,
  codes: z.array(coefficients.extend({ code: z.string(), given: z.array(z.int()) })),
  differences: z.array(
    z.object({
      source: z.string(),
      title: z.string(),
      /** The unit that coders differ on; empty where the source may not be quoted to the caller, or its text is not kept. */
      quote: z.string(),
      start: z.int(),
      end: z.int(),
      code: z.string(),
      gave: z.array(z.string()),
      without: z.array(z.string()),
      codings: z.array(z.string()),
      decided: z.boolean(),
    }),
  ),
  /** Drafts that all agree on. */
  settles: z.int(),
});

export const unitName = z.enum(['paragraph', 'sentence', 'page', 'document']);

export const settleBody = z.object({ unit: unitName, coders: z.array(z.string()).min(2).max(50) });

/** Series of figures by year that codes can stand beside. */
export const seriesLine = z.object({
  indicator: z.string(),
  title: localText,
  feature: z.string(),
  name: localText,
  years: z.int(),
});

/** Another program's project, as far as it could be taken. */
export const projectReply = z.object({
  origin: z.string().nullable(),
  /** By table: how many rows are new, changed, and as they were. */
  changes: z.record(z.string(), z.object({ added: z.int(), changed: z.int(), same: z.int() })),
  /** By how places were found: as given, counted in another way, by the quote … */
  placed: z.record(z.string(), z.int()),
  issues: z.array(z.object({ severity: z.enum(['critical', 'error', 'warning']), text: z.string() })),
});

export type DocumentLine = z.infer<typeof documentLine>;
export type DocumentShown = z.infer<typeof documentShown>;
export type CodeShown = z.infer<typeof codeShown>;
export type PassageShown = z.infer<typeof passageShown>;
export type CodingReportReply = z.infer<typeof reportReply>;
export type ComparisonReply = z.infer<typeof comparisonReply>;
export type SeriesLine = z.infer<typeof seriesLine>;
export type ProjectReply = z.infer<typeof projectReply>;
