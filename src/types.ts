/**
 * The nouns of Saryarka, and nothing else: plain data that every room of the house shares.
 *
 * Coordinates are lon, lat on WGS 84 [deg]. Times are UTC, ISO 8601; a period's end is excluded.
 * Missing is `null` in records, never zero. Names shown to people are `LocalText`.
 */

import type { Geometry, MultiPolygon } from './geometry.ts';

export type { Extent, Geometry, LineString, MultiPolygon, Point, Polygon, PolygonRings, Position, Ring } from './geometry.ts';

/** A readable slug (`korgalzhyn`) or a UUID. */
export type Id = string;

export type Lang = 'kk' | 'ru' | 'en' | 'tr';

/** A text in the languages it is known in. */
export type LocalText = Partial<Record<Lang, string>>;

/** From `start` to `end`, UTC, ISO 8601 (`2014` is `2014-01-01`), end excluded. */
export interface Period {
  start: string;
  end: string;
}

export type ZoneKind = 'core' | 'buffer' | 'transition';

/** What every biosphere reserve is for. Statutory Framework, Art. 3. */
export type SiteFunction = 'conservation' | 'development' | 'logistic';

export type SiteKind = 'biosphere-reserve' | 'world-heritage' | 'ramsar' | 'national' | 'country' | 'region' | 'water-body';

/** A biosphere reserve, another designated place, or a place that figures speak of (a country, a sea). */
export interface Site {
  id: Id;
  kind: SiteKind;
  name: LocalText;
  /** ISO 3166-1 alpha-2 codes. */
  countries: string[];
  /** The transboundary whole that this site is a part of. */
  parent: Id | null;
  ecosystems: string | null;
  note: string | null;
}

/** The act by which a site got its title. */
export interface Designation {
  id: Id;
  site: Id;
  kind: 'biosphere-reserve' | 'world-heritage' | 'ramsar' | 'national';
  code: string | null;
  year: number | null;
  /** ISO 8601, as exact as the source: a day, a month or a year. */
  date: string | null;
  criteria: string | null;
  quality: Quality;
  note: string | null;
  from: Origin;
}

/** One designated place lies wholly or partly in another, as a source states it. */
export interface Overlap {
  site: Id;
  other: Id;
  note: string | null;
  from: Origin;
}

/** One zone of a zonation, valid for a period; its figures are observations of it. */
export interface Zone {
  id: Id;
  site: Id;
  kind: ZoneKind;
  name: LocalText;
  valid: { start: string | null; end: string | null };
  /** Absent where only declared figures are known. */
  geometry: MultiPolygon | null;
  from: Origin;
}

/** A zone that a map shows. */
export type DrawnZone = Zone & { geometry: MultiPolygon };

/** Data as they are: a file, a service, a table. Described, never copied into the dossier. */
export interface Dataset {
  id: Id;
  title: LocalText;
  kind: 'raster' | 'cube' | 'vector' | 'table' | 'occurrences' | 'series' | 'document';
  href: string;
  mediaType: string;
  /** `sha256:` and 64 hexadecimal digits. */
  digest: string | null;
  crs: string | null;
  period: Period | null;
  licence: string;
  attribution: string;
}

/** What is measured: a row of `data/indicators.csv`. */
export interface Indicator {
  id: Id;
  title: LocalText;
  definition: LocalText;
  /** UCUM code that values are computed in. */
  unit: string;
  method: string | null;
  version: number;
  function: SiteFunction | 'zonation';
  better: 'higher' | 'lower' | 'neither';
  standing: 'official' | 'national' | 'proxy' | 'own';
  codes: { sdg?: string[]; gbf?: string[]; hangzhou?: string[] };
  references: string[];
}

/** Where something comes from; there is no figure without one. */
export type Origin =
  | { run: Id }
  | { dataset: Id; row: string; source?: Id; page?: string; quote?: string }
  | { source: Id; page?: string; quote?: string };

/** `ok`: confirmed or high confidence; `unconfirmed`: one secondary source; `partial`: computed from incomplete data; `doubtful`: known to be wrong or implausible, kept to be shown. */
export type Quality = 'ok' | 'unconfirmed' | 'partial' | 'doubtful';

/** One value of one indicator for one feature and period: observed, declared or computed, the same shape. */
export interface Observation {
  id: Id;
  indicator: Id;
  /** A site, zone, organisation or activity. */
  feature: Id;
  /** `null` where the source gives no date. */
  period: Period | null;
  value: number | null;
  /** UCUM code that the value is written in. */
  unit: string;
  low: number | null;
  high: number | null;
  /** Probability that the true value lies between `low` and `high`, 0-1. */
  level: number | null;
  n: number | null;
  by: { sex?: 'F' | 'M' | 'X' | 'unknown'; age?: string; class?: string };
  role: 'observed' | 'declared' | 'computed' | 'target' | 'baseline';
  quality: Quality;
  /** The source says "about", "more than" or the like. */
  approximate: boolean;
  note: string | null;
  from: Origin;
}

/** How observations came about (a PROV activity). */
export interface Run {
  id: Id;
  indicator: Id;
  method: string;
  version: number;
  software: { name: string; version: string };
  inputs: { dataset: Id | null; href: string; digest: string }[];
  params: Record<string, unknown>;
  started: string;
  ended: string | null;
  status: 'queued' | 'running' | 'done' | 'failed';
  skipped: number;
}

export interface Organisation {
  id: Id;
  name: LocalText;
  acronym: string | null;
  /** A code of the IATI list OrganisationType; `null` where not known. */
  kind: string | null;
  country: string | null;
  parent: Id | null;
  ids: { ror?: string; iati?: string; wikidata?: string };
  aliases: string[];
}

export interface Person {
  id: Id;
  name: LocalText;
  orcid: string | null;
  sex: 'F' | 'M' | 'X' | 'unknown';
  organisation: Id | null;
  consent: 'name' | 'initials' | 'count-only';
}

export type ActivityKind =
  | 'programme'
  | 'project'
  | 'training'
  | 'event'
  | 'award'
  | 'agreement'
  | 'chair'
  | 'centre'
  | 'designation'
  | 'curriculum'
  | 'transfer'
  | 'membership'
  | 'policy';

/** Something done together: a programme, a meeting, an agreement. */
export interface Activity {
  id: Id;
  kind: ActivityKind;
  parent: Id | null;
  title: LocalText;
  description: string | null;
  period: { start: string | null; end: string | null };
  sites: Id[];
  themes: string[];
  /** Which functions of a biosphere reserve it serves. */
  functions: SiteFunction[];
  /** What sort of its kind: a choice of `data/records/<kind>.json`, such as `consultation` for an event. */
  category: string | null;
  /** What came out of it. */
  result: string | null;
  quality: Quality;
  note: string | null;
  from: Origin;
}

/** Who took part in what, as what: the only source of network edges. */
export interface Participation {
  activity: Id;
  organisation: Id | null;
  person: Id | null;
  role: 'funding' | 'accountable' | 'extending' | 'implementing' | 'host' | 'partner' | 'participant' | 'beneficiary';
  from: Origin;
}

/** How far an activity serves an aim of policy: DAC 0 to 2 (3 and 4 in desertification and disaster lists); `null`: not screened, which is not 0. */
export interface PolicyMarker {
  /** A code of the IATI list PolicyMarker, such as `1` for gender equality. */
  code: string;
  score: number | null;
}

/** What an activity is meant for, as somebody judged it; never a change of an indicator. */
export interface ActivityAims {
  activity: Id;
  /** `15.3`: targets of the Sustainable Development Goals. */
  sdgTargets: string[];
  markers: PolicyMarker[];
  /** Technology readiness level, 1 to 9, before and after a transfer. */
  readiness: { before: number | null; after: number | null };
}

/** People counted by sex; `null` is "not counted", never zero. What is known only as a whole stands in `total`. */
export interface Headcount {
  id: Id;
  /** The activity, site or organisation whose people are counted. */
  feature: Id;
  measure: 'employed' | 'attended' | 'trained' | 'awarded' | 'benefited';
  /** Which of them: codes that narrow the count, such as `rangers`, `seasonal`; none for all. */
  groups: string[];
  /** Age in whole years as `0-17`, `18-35`, `65-`; `null` for all ages. */
  age: string | null;
  period: Period | null;
  total: number | null;
  female: number | null;
  male: number | null;
  other: number | null;
  /** Counted, but nobody knows as what. */
  unknown: number | null;
  /** Whether each person is counted once. */
  unique: 'yes' | 'no' | 'unknown';
  note: string | null;
  from: Origin;
}

/** A sum of money that was planned, promised or spent. */
export interface Money {
  id: Id;
  /** The site or activity it is for. */
  feature: Id;
  kind: 'budget' | 'commitment' | 'disbursement' | 'expenditure' | 'in-kind';
  value: number;
  /** ISO 4217. */
  currency: string;
  period: Period | null;
  /** Codes that say where it comes from and what for, such as `state-budget`, `capital`. */
  classes: string[];
  provider: Id | null;
  receiver: Id | null;
  note: string | null;
  from: Origin;
}

export type FieldValue = string | number | boolean | string[];

/** One line of a register that a reserve keeps: a recommendation, a legal act, a species. */
export interface Entry {
  id: Id;
  site: Id;
  /** A file of `data/records`, which names its fields. */
  register: Id;
  /** What is not known is left out. */
  fields: { [field: string]: FieldValue };
  /** Never shown outside the reserve unless it is asked for. */
  confidential: boolean;
  from: Origin;
}

/** What somebody wrote for a section of the form, in one language; the audit keeps what stood there before. */
export interface Answer {
  id: Id;
  site: Id;
  form: Id;
  section: Id;
  lang: Lang;
  /** Paragraphs, separated by empty lines. */
  text: string;
  author: string;
  /** ISO 8601. */
  written: string;
  confidential: boolean;
}

/** What a figure or a sentence can be traced to: a page, a book, a decision. */
export interface Source {
  id: Id;
  title: string;
  href: string | null;
  lang: string | null;
  kind: 'primary' | 'official' | 'peer-reviewed' | 'press' | 'mirror' | 'encyclopedia' | 'dataset' | 'web' | 'own';
  licence: string | null;
  note: string | null;
}

/**
 * A file that belongs to the dossier, kept byte for byte: the map that zones came from, the list of its repairs, the zones
 * that stood before it, a review that was written.
 */
export interface Document {
  id: Id;
  site: Id | null;
  kind: 'zone-map' | 'repairs' | 'zonation-before' | 'review' | 'other';
  title: string;
  lang: Lang | null;
  mediaType: string;
  digest: string;
  bytes: Uint8Array | null;
}

/** One thing that a reviewer may ask about a zonation, or that must be mended before it is sent. */
export interface Finding {
  rule: string;
  severity: 'error' | 'question' | 'info';
  site: Id | null;
  zones: Id[];
  place: Geometry | null;
  /** The numbers compared, each named with its unit. */
  numbers: Record<string, number | string | null>;
  /** Where the compared figures come from: addresses or titles. */
  sources: string[];
  text: LocalText;
  /**
   * A sentence for the report with these figures, true whatever the answer is; `…` stands where only the reserve knows
   * what to write. `null` where no sentence makes sense.
   */
  suggestion: LocalText | null;
}

/** One change that was made to a zone map so that it can be used. */
export interface Repair {
  kind: string;
  zone: Id | null;
  place: Geometry | null;
  areaHa: number;
  text: LocalText;
}

/** A decision to prepare: the problem, and its solutions side by side with their proofs. What both hold depends on the kind (`plans/`). */
export interface Plan {
  id: Id;
  site: Id | null;
  kind: 'zoning' | 'corridor' | 'lake' | 'river' | 'energy';
  title: LocalText;
  problem: unknown;
  solutions: PlanSolution[];
}

/** What was found for a plan. */
export interface PlanSolution {
  run: Id;
  /** What was sought to be as great as can be. */
  objective: number;
  /** What no other solution can surpass, and how far this one stays below it (part of it); `null` where nobody proved one. */
  bound: number | null;
  gap: number | null;
  result: unknown;
}
