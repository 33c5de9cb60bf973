/** Sites as lists and pages show them. */
import { z } from 'zod';

/** A text in the languages it is known in. */
export const localText = z.object({ kk: z.string(), ru: z.string(), en: z.string(), tr: z.string() }).partial();

const counts = z.object({ error: z.int(), question: z.int(), info: z.int() });

/** Longitude and latitude on WGS 84 [deg]. */
const position = z.tuple([z.number(), z.number()]);

/** West, south, east, north [deg]; west is greater than east across the antimeridian. */
const extent = z.tuple([z.number(), z.number(), z.number(), z.number()]);

export const zoneKind = z.enum(['core', 'buffer', 'transition']);

export const siteOverview = z.object({
  id: z.string(),
  name: localText,
  /** ISO 3166-1 alpha-2 codes. */
  countries: z.array(z.string()),
  designated: z.int().nullable(),
  /** Declared total area [ha]. */
  totalHa: z.number().nullable(),
  /** Area of the zone map, once all three kinds of zone are drawn [ha]. */
  computedHa: z.number().nullable(),
  /** Whether a zone with a geometry is known. */
  mapped: z.boolean(),
  /** Where it stands on a map of many: the declared centre, else one inside its zones. */
  point: position.nullable(),
  /** Deadline of the periodic review, ISO 8601. */
  due: z.string().nullable(),
  dueState: z.enum(['overdue', 'soon', 'later']).nullable(),
  /** Days to the deadline; negative when it has passed. */
  days: z.int().nullable(),
  /** What the rules of zonation found, by severity. */
  findings: counts,
  /** Answers of the review form that are there, in the language that has most of them. */
  completeness: z.object({ filled: z.int(), asked: z.int() }),
});

export const overview = z.object({
  /** ISO 3166-1 alpha-2; `null` for a dossier that is not of one country. */
  country: z.string().nullable(),
  sites: z.array(siteOverview),
});

/** A finding with where to show it. */
export const findingShown = z.object({
  rule: z.string(),
  severity: z.enum(['error', 'question', 'info']),
  zones: z.array(z.string()),
  text: localText,
  sources: z.array(z.string()),
  /** A place of its own; without one its zones can be shown. */
  place: z.looseObject({ type: z.string() }).nullable(),
});

export const repairShown = z.object({
  kind: z.string(),
  zone: z.string().nullable(),
  areaHa: z.number(),
  text: localText,
  place: z.looseObject({ type: z.string() }).nullable(),
});

const named = z.object({ id: z.string(), name: localText });

export const siteDetail = z.object({
  site: siteOverview,
  designations: z.array(
    z.object({ kind: z.string(), code: z.string().nullable(), year: z.int().nullable(), date: z.string().nullable() }),
  ),
  parts: z.array(named),
  whole: named.nullable(),
  /** What the map is to show first; `null` where no place is known. */
  extent: extent.nullable(),
  /** The zones that are valid now, one by one. */
  zones: z.array(
    z.object({
      id: z.string(),
      kind: zoneKind,
      name: localText,
      parts: z.int(),
      areaHa: z.number().nullable(),
      declaredHa: z.number().nullable(),
      point: position.nullable(),
    }),
  ),
  /** Declared and computed by kind, as the rules compare them [ha]. */
  areas: z.array(z.object({ kind: zoneKind, declaredHa: z.number().nullable(), computedHa: z.number().nullable() })),
  findings: z.array(findingShown),
  /** The map that the zones are drawn from now. */
  map: z.object({ name: z.string(), crs: z.string(), notes: z.array(z.string()), repairs: z.array(repairShown) }).nullable(),
  /** What can be laid over the zones. */
  layers: z.array(z.object({ id: z.string(), title: localText, count: z.int() })),
  /** Sightings of species that have a place; they come as tiles. */
  occurrences: z.int(),
  /** Weak links, stepping stones and corridors of its plan of corridors; 0 where there is none. */
  corridors: z.int(),
  /** Zonations with a geometry that are no longer valid, the latest first. */
  earlier: z.array(z.object({ start: z.string().nullable(), end: z.string() })),
  documents: z.array(
    z.object({ id: z.string(), kind: z.string(), title: z.string(), mediaType: z.string(), size: z.int().nullable() }),
  ),
  /** Whether the last import of a zone map can be taken back. */
  undo: z.boolean(),
});

/** Ground that a kind of zone won and lost against an earlier zonation [ha]. */
export const zoneDifference = z.object({ kind: zoneKind, gainedHa: z.number(), lostHa: z.number() });

/** Which of a site's zonations: the day an earlier one ended, or `now`. */
export const zonationQuery = z.object({ until: z.string().max(40).optional() });

export const placesQuery = z.object({ layer: z.string().min(1).max(80) });

export type SiteOverview = z.infer<typeof siteOverview>;
export type Overview = z.infer<typeof overview>;
export type SiteDetail = z.infer<typeof siteDetail>;
export type FindingShown = z.infer<typeof findingShown>;
export type RepairShown = z.infer<typeof repairShown>;
export type ZoneDifference = z.infer<typeof zoneDifference>;
