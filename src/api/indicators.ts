/** Indicators of a site as its page shows them. */
import { z } from 'zod';

const shownIndicator = z.object({
  id: z.string(),
  title: z.string(),
  definition: z.string(),
  function: z.enum(['conservation', 'development', 'logistic', 'zonation']),
  standing: z.enum(['official', 'national', 'proxy', 'own']),
  better: z.enum(['higher', 'lower', 'neither']),
  /** SDG targets or indicators, targets of the Global Biodiversity Framework. */
  sdg: z.array(z.string()),
  gbf: z.array(z.string()),
  /** What computes it; `null` where it is observed or declared. */
  process: z.string().nullable(),
  /** Whether that can be computed only where zones are drawn. */
  needsMap: z.boolean(),
  figures: z.int(),
  /** Figures that are of ground redrawn since; they are not shown. */
  outdated: z.int(),
});

export const indicatorList = z.object({
  indicators: z.array(shownIndicator),
  /** Whether zones are drawn: without them only what does not need a map can be computed. */
  mapped: z.boolean(),
});

const figureRow = z.object({
  feature: z.string(),
  place: z.string(),
  zone: z.enum(['core', 'buffer', 'transition']).nullable(),
  /** In words, and as it is kept; `null` for figures of no class. */
  class: z.string().nullable(),
  code: z.string().nullable(),
  period: z.string(),
  /** Value with its interval and level, as the review writes it. */
  text: z.string(),
  value: z.number().nullable(),
  unit: z.string(),
  role: z.enum(['observed', 'declared', 'computed', 'target', 'baseline']),
  quality: z.enum(['ok', 'unconfirmed', 'partial', 'doubtful']),
  note: z.string().nullable(),
  /** Method and run, or the source with its page. */
  origin: z.string(),
  run: z.string().nullable(),
});

const shownRun = z.object({
  id: z.string(),
  process: z.string().nullable(),
  method: z.string(),
  version: z.int(),
  software: z.string(),
  started: z.string(),
  ended: z.string().nullable(),
  skipped: z.int(),
  inputs: z.array(z.object({ href: z.string(), digest: z.string(), dataset: z.string().nullable() })),
  params: z.record(z.string(), z.unknown()),
});

export const indicatorDetail = z.object({
  indicator: shownIndicator,
  unit: z.string(),
  references: z.array(z.string()),
  /** The latest figure of each place, class, role and method. */
  rows: z.array(figureRow),
  /** Rows that are not listed here; the table as a file has all. */
  left: z.int(),
  /** What can be drawn over time: class and role of each line chart. */
  series: z.array(z.object({ key: z.string(), title: z.string() })),
  pictures: z.array(z.object({ id: z.string(), title: z.string() })),
  runs: z.array(shownRun),
  /** Contradictions among sources that bear on the indicator here, by their numbers. */
  conflicts: z.array(z.object({ id: z.string(), text: z.string() })),
  /** Name of the method's page; `null` where there is none. */
  card: z.string().nullable(),
});

export const seriesQuery = z.object({
  /** As `series` of the indicator names it; the first where not said. */
  key: z.string().max(400).optional(),
  zone: z.enum(['core', 'buffer', 'transition']).optional(),
  lang: z.string().optional(),
});

export const pictureQuery = z.object({ picture: z.string().max(600).optional(), lang: z.string().optional() });

export const methodCard = z.object({ title: z.string(), lang: z.string(), html: z.string() });

export type ShownIndicator = z.infer<typeof shownIndicator>;
export type IndicatorList = z.infer<typeof indicatorList>;
export type IndicatorDetail = z.infer<typeof indicatorDetail>;
export type FigureRow = z.infer<typeof figureRow>;
export type ShownRun = z.infer<typeof shownRun>;
export type MethodCard = z.infer<typeof methodCard>;
