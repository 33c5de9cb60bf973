/** Who wrote what, when, and what was there before. */
import { z } from 'zod';

export const auditQuery = z.looseObject({
  by: z.string().optional(),
  /** The table. */
  noun: z.string().optional(),
  row: z.string().optional(),
  site: z.string().optional(),
  /** Days, ISO 8601, the last one included. */
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  /** Entries before this one: the next page. */
  before: z.coerce.number().int().positive().optional(),
});

export const auditPage = z.object({
  entries: z.array(
    z.object({
      n: z.int(),
      /** ISO 8601, UTC. */
      at: z.string(),
      by: z.string(),
      /** Of the user; empty where there is none of that id. */
      name: z.string(),
      action: z.enum(['added', 'changed', 'removed']),
      noun: z.string(),
      row: z.string(),
      differences: z.array(z.object({ field: z.string(), before: z.string().nullable(), after: z.string().nullable() })),
    }),
  ),
  /** For `before` of the next page; `null` where this is the last. */
  next: z.int().nullable(),
  /** Who wrote, and which tables there are, for the filters. */
  writers: z.array(z.string()),
  nouns: z.array(z.string()),
});

export type AuditPage = z.infer<typeof auditPage>;

/** What the check of the dossier found: nothing in a sound one. */
export const dossierCheck = z.object({ found: z.array(z.string()) });

export type DossierCheck = z.infer<typeof dossierCheck>;
