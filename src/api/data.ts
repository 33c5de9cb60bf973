/** Data of a site: what its figures come from, what lies in the folder of data, what is missing for which indicator. */
import { z } from 'zod';
import { localText } from './sites.ts';

const period = z.object({ start: z.string(), end: z.string() }).nullable();

const shownDataset = z.object({
  id: z.string(),
  title: z.string(),
  kind: z.string(),
  href: z.string(),
  digest: z.string().nullable(),
  period,
  licence: z.string(),
  attribution: z.string(),
  /** How many figures and records of the site come from its rows. */
  figures: z.int(),
  records: z.int(),
  /** Computations at the site that it went into. */
  runs: z.array(z.object({ id: z.string(), indicator: z.string() })),
  /** Whether a file of that name lies in the folder of data. */
  inFolder: z.boolean(),
});

const suggestion = z.object({
  id: z.string(),
  title: z.string(),
  holder: z.string(),
  licence: z.string(),
  address: z.string(),
  note: z.string(),
});

const neededInput = z.object({
  name: z.string(),
  title: z.string(),
  kinds: z.array(z.string()),
  optional: z.boolean(),
  suggestions: z.array(suggestion),
});

const need = z.object({
  process: z.string(),
  title: z.string(),
  /** Indicators whose figures it gives; the first leads to its page. */
  indicators: z.array(z.object({ id: z.string(), title: z.string(), figures: z.int(), outdated: z.int() })),
  inputs: z.array(neededInput),
});

export const siteData = z.object({
  datasets: z.array(shownDataset),
  needs: z.array(need),
  mapped: z.boolean(),
});

export const checkQuery = z.object({ dataset: z.string().min(1).max(400), lang: z.string().optional() });

/** `elsewhere`: it does not lie in the folder of data; `unknown`: it was described without a digest. */
export const checkReply = z.object({ state: z.enum(['same', 'changed', 'elsewhere', 'unknown']), digest: z.string().nullable() });

export const describeBody = z.object({
  file: z.string().min(1).max(600),
  title: z.string().trim().min(1).max(400),
  licence: z.string().trim().min(1).max(200),
  attribution: z.string().trim().min(1).max(400),
  /** Years or days that it is of. */
  period: z.object({ start: z.iso.date(), end: z.iso.date() }).optional(),
});

export const describeReply = z.object({ id: z.string() });

const dataFile = z.object({
  name: z.string(),
  kind: z.enum(['raster', 'cube', 'map', 'table']),
  format: z.string(),
  size: z.int().nullable(),
});

export const dataFilesReply = z.object({
  folder: z.boolean(),
  addresses: z.enum(['any', 'public']),
  files: z.array(dataFile),
  left: z.int(),
});

export const uploadDataQuery = z.object({ name: z.string().min(1).max(200), lang: z.string().optional() });

export const uploadDataReply = dataFile.extend({ digest: z.string() });

export const importTableQuery = z.object({
  name: z.string().min(1).max(200),
  /** `no`: what would change is told, and nothing kept. */
  keep: z.enum(['yes', 'no']),
  lang: z.string().optional(),
});

export const importTableReply = z.object({
  noun: z.string(),
  added: z.int(),
  changed: z.int(),
  same: z.int(),
  kept: z.boolean(),
});

/** A line of `data/suggestions.json`. */
export const suggestionRow = z.object({
  id: z.string(),
  /** Process and input. */
  for: z.array(z.string().regex(/^[a-z-]+\/[a-z-]+$/)),
  title: z.string(),
  holder: z.string(),
  licence: z.string(),
  address: z.url({ protocol: /^https$/ }),
  note: localText.required(),
});

export type SiteData = z.infer<typeof siteData>;
export type ShownDataset = z.infer<typeof shownDataset>;
export type Need = z.infer<typeof need>;
export type DataFiles = z.infer<typeof dataFilesReply>;
export type DataFileShown = z.infer<typeof dataFile>;
export type CheckReply = z.infer<typeof checkReply>;
export type ImportTableReply = z.infer<typeof importTableReply>;
