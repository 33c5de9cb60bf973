/** Places over the interface: OGC API - Features 1.0 (OGC 17-069r4) with Part 2, coordinate reference systems (OGC 18-058r1). */
import { z } from 'zod';

const link = z.object({
  href: z.string(),
  rel: z.string(),
  type: z.string().optional(),
  title: z.string().optional(),
});

export type Link = z.infer<typeof link>;

export const landing = z.object({ title: z.string(), description: z.string(), links: z.array(link) });

export const conformance = z.object({ conformsTo: z.array(z.string()) });

export const collection = z.object({
  id: z.string(),
  title: z.string(),
  description: z.string(),
  extent: z.object({ spatial: z.object({ bbox: z.array(z.array(z.number())), crs: z.string() }) }).optional(),
  itemType: z.literal('feature'),
  crs: z.array(z.string()),
  storageCrs: z.string(),
  links: z.array(link),
});

export const collections = z.object({ links: z.array(link), collections: z.array(collection), crs: z.array(z.string()) });

export const feature = z.looseObject({
  type: z.literal('Feature'),
  id: z.string(),
  geometry: z.looseObject({ type: z.string() }).nullable(),
  properties: z.record(z.string(), z.unknown()),
});

export const features = z.object({
  type: z.literal('FeatureCollection'),
  features: z.array(feature),
  links: z.array(link),
  timeStamp: z.string(),
  /** Left out where counting would mean reading everything. */
  numberMatched: z.int().optional(),
  numberReturned: z.int(),
});

const four = z
  .string()
  .transform((text) => text.split(',').map(Number))
  .refine((list) => (list.length === 4 || list.length === 6) && list.every(Number.isFinite), 'four or six numbers with commas');

const DAY = String.raw`\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?`;

/** A time, or two with a slash of which one may be open (`..` or nothing). */
const interval = z.string().regex(new RegExp(`^(${DAY}|(${DAY}|\\.\\.|)/(${DAY}|\\.\\.|))$`), 'a day or an interval of ISO 8601');

/** What may stand behind the `?`; anything else is refused, as requirement /req/core/query-param-unknown has it. */
export const itemsQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(10_000).default(10),
  after: z.coerce.number().int().min(0).default(0),
  bbox: four.optional(),
  'bbox-crs': z.string().optional(),
  crs: z.string().optional(),
  datetime: interval.optional(),
  f: z.literal('json').optional(),
  lang: z.string().optional(),
});

export const itemQuery = z.strictObject({
  crs: z.string().optional(),
  f: z.literal('json').optional(),
  lang: z.string().optional(),
});

export const noQuery = z.strictObject({ f: z.literal('json').optional(), lang: z.string().optional() });
