/** Computing indicators over the interface: OGC API - Processes 1.0 (OGC 18-062r2), each indicator a process, each computation a job. */
import { z } from 'zod';

const link = z.object({ href: z.string(), rel: z.string(), type: z.string().optional(), title: z.string().optional() });

const transmission = z.array(z.enum(['value', 'reference']));
const control = z.array(z.enum(['sync-execute', 'async-execute', 'dismiss']));

export const processSummary = z.object({
  id: z.string(),
  title: z.string(),
  description: z.string(),
  keywords: z.array(z.string()),
  version: z.string(),
  jobControlOptions: control,
  outputTransmission: transmission,
  links: z.array(link),
});

const described = z.object({
  title: z.string(),
  description: z.string(),
  /** For inputs of data what can be given: raster, cube, map, table. */
  keywords: z.array(z.string()),
  minOccurs: z.int(),
  maxOccurs: z.union([z.int(), z.literal('unbounded')]),
  schema: z.looseObject({}),
});

export const processDescription = processSummary.extend({
  inputs: z.record(z.string(), described),
  outputs: z.record(z.string(), z.object({ title: z.string(), description: z.string(), schema: z.looseObject({}) })),
});

export const processList = z.object({ processes: z.array(processSummary), links: z.array(link) });

/** How an input names its data: a file of the data folder, an address, or a dataset of the dossier. */
export const dataReference = z.union([
  z.string().min(1).max(2000),
  z.object({ href: z.string().min(1).max(2000), type: z.string().optional() }),
  z.object({ dataset: z.string().min(1).max(400) }),
]);

export const executeBody = z.object({
  inputs: z.record(z.string(), z.unknown()),
  outputs: z.record(z.string(), z.unknown()).optional(),
  response: z.enum(['raw', 'document']).default('raw'),
});

export const jobStatus = z.object({
  processID: z.string(),
  type: z.literal('process'),
  jobID: z.string(),
  status: z.enum(['accepted', 'running', 'successful', 'failed', 'dismissed']),
  message: z.string(),
  created: z.string(),
  started: z.string().optional(),
  finished: z.string().optional(),
  updated: z.string(),
  progress: z.int(),
  links: z.array(link),
  /** Our own beside those of the standard. */
  site: z.string(),
  by: z.string(),
  run: z.string().nullable(),
  figures: z.int().nullable(),
  known: z.boolean(),
});

export const jobList = z.object({ jobs: z.array(jobStatus), links: z.array(link) });

/** Several values with commas between them, as `?status=running,accepted`. */
const several = z.string().transform((text) => text.split(','));

export const jobsQuery = z.strictObject({
  type: several.optional(),
  processID: several.optional(),
  status: several.optional(),
  datetime: z.string().max(60).optional(),
  minDuration: z.coerce.number().min(0).optional(),
  maxDuration: z.coerce.number().min(0).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  site: z.string().optional(),
  f: z.literal('json').optional(),
  lang: z.string().optional(),
});

export type ProcessDescription = z.infer<typeof processDescription>;
export type ProcessInput = z.infer<typeof described>;
export type DataReference = z.infer<typeof dataReference>;
export type JobStatus = z.infer<typeof jobStatus>;
export type JobList = z.infer<typeof jobList>;
