/** Sites as lists and pages show them. */
import { z } from 'zod';

/** A text in the languages it is known in. */
export const localText = z.object({ kk: z.string(), ru: z.string(), en: z.string(), tr: z.string() }).partial();

const counts = z.object({ error: z.int(), question: z.int(), info: z.int() });

export const siteOverview = z.object({
  id: z.string(),
  name: localText,
  /** ISO 3166-1 alpha-2 codes. */
  countries: z.array(z.string()),
  designated: z.int().nullable(),
  /** Declared total area [ha]. */
  totalHa: z.number().nullable(),
  /** Deadline of the periodic review, ISO 8601. */
  due: z.string().nullable(),
  dueState: z.enum(['overdue', 'soon', 'later']).nullable(),
  /** Days to the deadline; negative when it has passed. */
  days: z.int().nullable(),
  /** What the rules of zonation found, by severity. */
  findings: counts,
});

export const overview = z.object({
  /** ISO 3166-1 alpha-2; `null` for a dossier that is not of one country. */
  country: z.string().nullable(),
  sites: z.array(siteOverview),
});

export type SiteOverview = z.infer<typeof siteOverview>;
export type Overview = z.infer<typeof overview>;
