/**
 * What a review is written from, and what a section of the form is given to be filled.
 *
 * `store/` loads it from a dossier; nothing in `review/` knows of one.
 */

import type { DossierFact } from '../evidence/claim-facts.ts';
import type { CheckedClaim } from '../evidence/claims.ts';
import type { Contradiction } from '../evidence/contradictions.ts';
import type { Picture } from '../indicators/kept-picture.ts';
import type { Block } from '../print/blocks.ts';
import type {
  Activity,
  Answer,
  Dataset,
  Entry,
  Headcount,
  Id,
  Indicator,
  Lang,
  LocalText,
  Money,
  MultiPolygon,
  Observation,
  Organisation,
  Participation,
  Plan,
  Position,
  Run,
  Site,
} from '../types.ts';
import type { SiteFacts } from '../zonation/site-facts.ts';
import type { Shoreline } from './area-table.ts';
import type { Form, FormSection } from './form.ts';
import type { WithRecordedSpecies } from './species-recorded.ts';

/** What a reserve has recorded through the years, each list in the order it was kept. */
export interface SiteRecords {
  activities: Activity[];
  participations: Participation[];
  organisations: Map<Id, Organisation>;
  /** Of the site and of its activities. */
  headcounts: Headcount[];
  /** Of the site and of its activities. */
  money: Money[];
  entries: Entry[];
  answers: Answer[];
}

/** What the texts of a review claim and name, and where sources contradict one another on its site. */
export interface ReviewEvidence {
  /** The figures that its texts name. */
  figures: ReadonlyMap<Id, DossierFact>;
  claims: readonly CheckedClaim[];
  contradictions: readonly Contradiction[];
}

/** The ecological network that a reserve is part of: what was reckoned of it, and whether that still holds. */
export interface ReserveNetwork {
  /** Whether its map shows cores. */
  hasCores: boolean;
  /** Its plan of corridors with its run; `null` where nobody has made one. */
  plan: Plan | null;
  run: Run | null;
  /** Reserves whose cores were drawn anew since the plan was made, or for the first time. */
  changed: LocalText[];
  /** Cores of other reserves that the plan speaks of, as they are drawn now. */
  neighbours: { name: LocalText; geometry: MultiPolygon }[];
  /** How much of its countries is protected and connected, with what changed since that was reckoned. */
  national: { country: LocalText; observations: Observation[]; runs: Run[]; changed: LocalText[] }[];
}

/** All that a dossier knows for the review of one site. */
export interface ReviewFacts extends WithRecordedSpecies {
  facts: SiteFacts;
  records: SiteRecords;
  indicators: Map<Id, Indicator>;
  /** The runs that observations of the site came from. */
  runs: Map<Id, Run>;
  /** The files and services that figures and records of the site came from. */
  datasets: Map<Id, Dataset>;
  /** The transboundary whole that the site is a part of. */
  whole: Site | null;
  /** Other reserves of its countries, at their centres: they stand on the map of where it lies. */
  others: { name: LocalText; point: Position }[];
  /** Waters at its shore, then its countries, with figures that say something of the site and stay theirs. */
  nearby?: { site: Site; observations: Observation[] }[];
  /** What its indicators look like on the ground, in the order they were computed; their codes are deflated. */
  pictures: Picture[];
  /** The network of its cores and of those around it. */
  network: ReserveNetwork;
  /** What its texts claim and name, and where sources contradict one another on it. */
  evidence: ReviewEvidence;
}

/** What a review compares: the time of the report before, or of the nomination, and the day of this one; ISO 8601. */
export interface ReviewDates {
  previous: string | null;
  current: string;
}

/** `mark`: confidential parts are shown and marked as such; `leave-out`: a sentence stands in their place. */
export type Confidentiality = 'mark' | 'leave-out';

/** What a filler is given. */
export interface Content extends ReviewFacts {
  form: Form;
  section: FormSection;
  lang: Lang;
  dates: ReviewDates;
  confidential: Confidentiality;
  /** What counted as sea, and when; `null` where land and sea cannot be told apart. */
  shore: Shoreline | null;
  /** Number of the footnote with this text. */
  cite(text: string): number;
}

/** Blocks for a section; `null` where nothing is known, and the section stays a marked gap. */
export type Filler = (content: Content) => Block[] | null | Promise<Block[] | null>;
