/** The Aral over HTTP: what its sources say of every year, where they contradict each other, and the tables that scenarios are run from. */
import { z } from 'zod';
import { localText } from './sites.ts';

/** Waters that have figures; kept beside `plans/aral-history.ts`, which stands after this room; a test holds them equal. */
export const aralWaters = [
  'aral-sea',
  'aral-sea-north',
  'aral-sea-south',
  'aral-sea-west',
  'aral-sea-east',
  'aral-sea-tushchybas',
] as const;

export const aralQuery = z.object({
  /** One water; all of them without. */
  water: z.enum(aralWaters).optional(),
});

export const aralChartQuery = aralQuery.extend({
  /** Of the drawing [px]. */
  width: z.coerce.number().int().min(300).max(1600).optional(),
});

const months = z.array(z.number());
/** Groups of fish with the salinity that they bear [g/L]; `null` where no limit has a source. */
const fish = z.array(
  z.object({ id: z.string(), name: localText, below: z.number().nullable(), source: z.string(), note: z.string() }),
);
const conflict = z.object({ id: z.string(), text: localText });
const curveRow = z.object({ level: z.number(), area: z.number(), volume: z.number() });

/** All that a browser needs to run scenarios by itself. */
export const aralScenarioReply = z.object({
  tables: z.object({
    north: z.object({
      curve: z.array(curveRow.extend({ kind: z.string(), source: z.string(), note: z.string() })),
      months: z.object({ inflow: months, evaporation: months, precipitation: months }),
      rivers: z.array(z.object({ year: z.number(), inflow: z.number(), gauge: z.enum(['upstream', 'karateren']) })),
      parameters: z.record(
        z.string(),
        z.object({ low: z.number(), high: z.number(), unit: z.string(), kind: z.string(), source: z.string() }),
      ),
    }),
    fish,
    limits: z.array(z.object({ party: z.string(), limit: z.number() })),
  }),
  /** Those that bear on scenarios. */
  conflicts: z.array(conflict),
});

/** One figure of one source. */
export const aralFigure = z.object({
  id: z.string(),
  water: z.string(),
  indicator: z.string(),
  period: z.object({ start: z.string(), end: z.string() }).nullable(),
  /** Middle of the period as a year and its part. */
  at: z.number().nullable(),
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  unit: z.string(),
  source: z.string(),
  role: z.string(),
  quality: z.string(),
  /** As the source's row has it. */
  note: z.string(),
  conflicts: z.array(z.string()),
});

export const aralHistoryReply = z.object({
  waters: z.array(z.object({ id: z.string(), name: localText, figures: z.number() })),
  indicators: z.array(z.object({ id: z.string(), title: localText })),
  figures: z.array(aralFigure),
  /** For the state of each year: the rules. */
  fish,
  /** Sources and conflicts of these figures. */
  sources: z.array(z.object({ id: z.string(), title: z.string(), href: z.string().nullable() })),
  conflicts: z.array(conflict),
});

export type AralScenarioReply = z.infer<typeof aralScenarioReply>;
export type AralHistoryReply = z.infer<typeof aralHistoryReply>;
export type AralFigure = z.infer<typeof aralFigure>;

/** What `saryarka water lake --bathymetry` writes: kept beside `plans/lake-bathymetry.ts`, which stands after this room. */
export const lakeBedFile = z.object({
  format: z.literal('saryarka-lake-bed'),
  version: z.literal(1),
  source: z.string(),
  method: z.enum(['priority-flood', 'contour-areas']),
  curve: z.array(curveRow).min(2),
  outlines: z.array(
    z.object({
      level: z.number(),
      geometry: z.object({
        type: z.literal('MultiPolygon'),
        coordinates: z.array(z.array(z.array(z.tuple([z.number(), z.number()])))),
      }),
    }),
  ),
  places: z.array(
    z.object({
      name: z.string(),
      lon: z.number(),
      lat: z.number(),
      distances: z.array(z.object({ level: z.number(), km: z.number() })),
    }),
  ),
});

export type LakeBedFile = z.infer<typeof lakeBedFile>;
