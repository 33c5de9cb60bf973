/** The Syr Darya over HTTP: what ways of sharing it cost and bring each country, and the flows of a way of one's own. */
import { z } from 'zod';
import { localText } from './sites.ts';

export const riverQuery = z.object({
  goal: z.enum(['alone', 'together']).default('together'),
  /** Asked of the North Aral [km3/a]; the plan of the seasons without. */
  aral: z.coerce.number().min(0).max(10).optional(),
  /** Arrangements that are switched on, by id, separated by commas. */
  rules: z
    .string()
    .regex(/^(?:[a-z-]+(?:,[a-z-]+)*)?$/)
    .default(''),
  /** All rivers times this. */
  inflow: z.coerce.number().min(0.5).max(1.5).default(1),
});

const spread = z.object({ mean: z.number(), low: z.number(), high: z.number() });

const partyOutcome = z.object({
  party: z.string(),
  asked: z.number(),
  given: spread,
  shortage: spread,
  energy: spread,
  money: spread,
  change: spread,
});

export const riverOption = z.object({
  id: z.string(),
  goal: z.enum(['alone', 'together']),
  aralAsked: z.number(),
  parties: z.array(partyOutcome),
  all: spread,
  allChange: spread,
  aral: spread,
  kept: z.number(),
  gini: z.number(),
  worth: z.array(
    z.object({
      place: z.string(),
      season: z.enum(['winter', 'growing']),
      median: z.number(),
      low: z.number(),
      high: z.number().nullable(),
    }),
  ),
  proved: z.boolean(),
});

export const riverNode = z.object({
  id: z.string(),
  kind: z.enum(['source', 'store', 'use', 'spill', 'sea']),
  party: z.string().nullable(),
  name: localText,
  /** Of each month from October, mean of the years [km3]: the flow, or for stores the volume at its end. */
  months: z.array(z.number()),
  /** The same when each acts for itself. */
  before: z.array(z.number()),
});

export const riverReply = z.object({
  years: z.object({ first: z.number(), last: z.number(), count: z.number() }),
  figures: z.object({ all: z.number(), assumed: z.number() }),
  /** Asked of the Aral by the plans of the seasons [km3/a]. */
  planned: z.number(),
  arrangements: z.array(
    z.object({ id: z.string(), value: z.number(), unit: z.string(), assumed: z.boolean(), source: z.string() }),
  ),
  /** The option that was asked for. */
  own: riverOption,
  shipped: z.array(riverOption),
  /** Of the shipped first option, each alone against all together; null where no division leaves everyone what it has alone. */
  game: z.object({
    gain: z.number(),
    stable: z.boolean(),
    parties: z.array(z.object({ party: z.string(), alone: z.number(), shapley: z.number(), nucleolus: z.number().nullable() })),
  }),
  nodes: z.array(riverNode),
  sources: z.array(z.object({ id: z.string(), title: z.string(), href: z.string() })),
});

export type RiverReply = z.infer<typeof riverReply>;
export type RiverOption = z.infer<typeof riverOption>;
export type RiverNodeReply = z.infer<typeof riverNode>;
