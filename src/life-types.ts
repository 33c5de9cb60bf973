/** The nouns of life: kinds of living things, and where they were seen. Plain data, as `types.ts`. */
import type { Id, LocalText, Origin, Period, Position } from './types.ts';

/** A kind of living thing, and how far the places where it lives may be known. */
export interface Taxon {
  id: Id;
  /** Scientific name, with its author where known. */
  name: string;
  rank: string | null;
  parent: Id | null;
  vernacular: LocalText;
  /** Category by list: `{ iucn: 'VU', 'red-book-kz': 'III' }`. */
  categories: Record<string, string>;
  /** GBIF's categories 1 (place withheld) to 4 (grid of 0.001°); `null` where the place is no secret. */
  sensitivity: 1 | 2 | 3 | 4 | null;
  /** Why; there is no secret without a reason. */
  sensitivityReason: string | null;
}

/** One record of a taxon at a place and time (Darwin Core Occurrence). */
export interface Occurrence {
  id: Id;
  site: Id | null;
  taxon: Id;
  place: Position | null;
  period: Period | null;
  /** Radius around the place [m]. */
  uncertaintyM: number | null;
  /** Individuals. */
  count: number | null;
  /** Darwin Core basisOfRecord. */
  basis: string | null;
  recordedBy: string | null;
  /** Other terms of Darwin Core, as they came. */
  fields: Record<string, string>;
  from: Exclude<Origin, { run: Id }>;
}
