/** The cooperation over HTTP: tables of cells with what they mean, and the network. */
import { z } from 'zod';

/** Kept beside `cooperation/roll-up.ts` and `over-time-text.ts`, which stand after this room; a test holds them equal. */
export const dimensions = [
  'theme',
  'target',
  'goal',
  'marker',
  'site',
  'year',
  'kind',
  'function',
  'country',
  'partnership',
  'marker-year',
] as const;

const year = z
  .string()
  .regex(/^[12]\d{3}$/)
  .optional();

const filter = { site: z.string().optional(), from: year, to: year };

export const portfolioQuery = z.object({
  ...filter,
  by: z.enum(dimensions).optional(),
  /** Whether small groups are shown; only to those who may see a whole dossier's records. */
  small: z.enum(['yes', 'no']).optional(),
  /** Of `partnership`: whether offices are taken as their parents. */
  rollUp: z.enum(['yes', 'no']).optional(),
});

export const networkQuery = z.object({
  ...filter,
  rollUp: z.enum(['yes', 'no']).optional(),
  weight: z.enum(['count', 'newman']).optional(),
  meaning: z.enum(['strength', 'cost', 'none']).optional(),
  seed: z
    .string()
    .regex(/^\d{1,9}$/)
    .optional(),
});

const cell = z.union([z.string(), z.number(), z.null()]);

/** A table with the codes of its columns, and the sentences that belong to it. */
export const cellTable = z.object({
  header: z.array(z.string()),
  /** The columns in words. */
  titles: z.array(z.string()),
  rows: z.array(z.array(cell)),
  notes: z.array(z.string()),
});

export type CellTableReply = z.infer<typeof cellTable>;
