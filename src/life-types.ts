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

/** Names of the rules of `src/science/coordinate-quality.ts`, and what readers of files notice. */
export type RecordFlag =
  | import('./science/coordinate-quality.ts').PlaceRule
  | import('./science/coordinate-quality-date.ts').DateRule
  | 'duplicate'
  | 'absent'
  | 'name-missing'
  | 'name-uncertain'
  | 'count-unreadable'
  | 'count-approximate'
  | 'uncertainty-unreadable'
  | 'uncertainty-unit'
  | 'uncertainty-default'
  | 'obscured'
  | 'place-private';

/** One record as a file holds it, before its name is matched and it becomes an occurrence. */
export interface LifeRecord {
  /** File and line: `occurrence.txt:12`. */
  row: string;
  /** As the source numbers it; `null` where it does not. */
  id: string | null;
  /** Scientific name as written, with its author where it is written so. */
  name: string;
  author: string | null;
  rank: string | null;
  kingdom: string | null;
  vernacular: LocalText;
  place: Position | null;
  period: Period | null;
  /** Radius around the place [m]. */
  uncertaintyM: number | null;
  /** Individuals; `null` where nobody counted. */
  count: number | null;
  basis: string | null;
  recordedBy: string | null;
  /** ISO 3166-1 alpha-2, as the record claims. */
  country: string | null;
  /** Which of the datasets of a download it came from. */
  dataset: string | null;
  licence: string | null;
  /** Other terms, as they came. */
  fields: Record<string, string>;
  flags: RecordFlag[];
}

/** Who made a dataset, and what may be done with it. */
export interface LifeDataset {
  /** Key within the file; empty for the file as a whole. */
  key: string;
  title: string | null;
  licence: string | null;
  doi: string | null;
  citation: string | null;
  records: number;
}
