/** A zone map from the files that were dropped to the zones of a site: what is asked, what was recognised, what was mended. */
import { z } from 'zod';
import { findingShown, repairShown, zoneDifference, zoneKind } from './sites.ts';
import { MOST_ZONE_FILES } from './zone-map-limits.ts';

export const uploadQuery = z.object({ name: z.string().min(1).max(300) });

export const uploaded = z.object({ name: z.string(), size: z.int(), digest: z.string() });

/** The files of a map, and what the user answered so far. */
export const zoneMapRequest = z.object({
  files: z
    .array(z.object({ name: z.string().min(1).max(300), digest: z.string().regex(/^sha256:[0-9a-f]{64}$/) }))
    .min(1)
    .max(MOST_ZONE_FILES),
  /** `EPSG:32642`, where the files do not say it or say it wrong. */
  crs: z.string().max(4000).optional(),
  /** Which zone a word of the map means. */
  words: z.record(z.string().max(300), zoneKind).optional(),
  /** ISO 8601: zones that were valid before are kept and end there. */
  validFrom: z.iso.date().optional(),
});

const question = z.discriminatedUnion('about', [
  z.object({
    about: z.literal('words'),
    field: z.string(),
    /** `features`: how many bear the word; `null` where all of the map does not tell. */
    words: z.array(z.object({ word: z.string(), features: z.int().nullable(), suggested: zoneKind.nullable() })),
  }),
  z.object({ about: z.literal('crs'), message: z.string(), choices: z.array(z.string()) }),
]);

const recognised = z.object({
  formats: z.array(z.string()),
  crs: z.string(),
  /** What was assumed, in sentences. */
  notes: z.array(z.string()),
  words: z.array(z.object({ word: z.string(), field: z.string().nullable(), kind: zoneKind, features: z.int() })),
});

/** What will stand in the dossier if it is accepted. */
const result = z.object({
  zones: z.array(z.object({ kind: zoneKind, name: z.string(), parts: z.int(), areaHa: z.number() })),
  repairs: z.array(repairShown),
  unresolved: z.array(findingShown),
  /** Against the zones of the site as they are; `null` where none are drawn. */
  differences: z.array(zoneDifference).nullable(),
  /** West, south, east, north [deg]. */
  extent: z.tuple([z.number(), z.number(), z.number(), z.number()]),
  /** Of the zones that it would replace: goes back with accepting. */
  version: z.string(),
});

/** Either something is asked, and the same files are sent again with the answer, or the map can be accepted. */
export const zoneMapReply = z.discriminatedUnion('state', [
  z.object({ state: z.literal('question'), question }),
  z.object({ state: z.literal('ready'), id: z.string(), recognised, result }),
]);

export const accepted = z.object({ added: z.int(), changed: z.int(), same: z.int() });

export type Uploaded = z.infer<typeof uploaded>;
export type ZoneMapRequest = z.infer<typeof zoneMapRequest>;
export type ZoneMapReply = z.infer<typeof zoneMapReply>;
export type ZoneMapQuestion = z.infer<typeof question>;
export type ReadyZoneMap = Extract<ZoneMapReply, { state: 'ready' }>;
export type Accepted = z.infer<typeof accepted>;
