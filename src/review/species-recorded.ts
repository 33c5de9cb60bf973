/**
 * What the records of a dossier say of the species of a site: plain data for the review, gathered once from all occurrences
 * (`store/recorded-species.ts`).
 *
 *     const known = recordsOf(content);    // null where the dossier holds no record of the site
 */
import type { Id, LocalText, ZoneKind } from '../types.ts';

/** A species of which at least one record lies in the zones of the site. */
export interface RecordedSpecies {
  taxon: Id;
  /** Accepted name, with its author where known. */
  name: string;
  /** Other names under which records were taken for it: synonyms, as an import settled them. */
  also: string[];
  vernacular: LocalText;
  /** `{ iucn: 'VU', 'iucn@2021-07-15': 'VU', 'red-book-kz': 'III' }`: the latest of a list, and each by its date. */
  categories: Record<string, string>;
  /** As the register of species names groups; `null` where no class is known. */
  group: string | null;
  /** Whether places of it, or of a subspecies, must not become known. */
  sensitive: boolean;
  invasive: boolean;
  /** Records in the zones of the site, and how many of them bear no date. */
  records: number;
  undated: number;
  /** Years of the first and the last record; a record of several years counts for the first of them. */
  first: number | null;
  last: number | null;
  /** Datasets, or sources, that its records come from. */
  origins: Id[];
  /** Zones it was recorded in, by exact places. */
  zones: Id[];
  /** Zones its dated records lie in by places as anybody may know them: what figures by zone count. */
  openZones: Id[];
}

/** A dataset, or another source, of records in the zones of the site. */
export interface RecordOrigin {
  id: Id;
  title: LocalText;
  /** How it is to be cited; `null` where nobody said. */
  citation: string | null;
  /** File or address. */
  href: string | null;
  /** `null` where nobody said. */
  licence: string | null;
  /** The day it was taken into the dossier, ISO 8601; `null` where that is not known. */
  since: string | null;
  records: number;
  /** Records that may not be used commercially. */
  nonCommercial: number;
}

export interface SiteSpecies {
  /** By name. */
  species: RecordedSpecies[];
  /** Zones that are drawn; where there is none, each record counts for the site. */
  zones: { id: Id; kind: ZoneKind }[];
  /** Those with most records first. */
  origins: RecordOrigin[];
  records: number;
  /** Records that are no presence of a species in the zones, by why. */
  left: { outside: number; notSpecies: number; absent: number; kept: number };
}

/** Facts of a review with what its records say, gathered when it is asked for. */
export interface WithRecordedSpecies {
  recorded?: () => SiteSpecies | null;
}

/** What records say of the species of the site; `null` where there are none. */
export function recordsOf({ recorded }: WithRecordedSpecies & { facts: unknown }): SiteSpecies | null {
  return recorded?.() ?? null;
}

/** Whether a licence forbids to use something commercially, in words, as an address or as SPDX and GBIF write it. */
export function forbidsCommerce(licence: string | null): boolean {
  return /\bby[-_ ]nc|(^|[^a-z])nc([^a-z]|$)|non[-_ ]?commercial|некоммерч|коммерциялық емес/i.test(licence ?? '');
}
