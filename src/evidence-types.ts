/**
 * The nouns of evidence: what a sentence claims, and what the figures say to it. Plain data, as `types.ts`; they stand apart because a
 * check is written in the terms of `science/verdict-types.ts`.
 */
import type { ClaimCheck, VerdictKind, VerdictReason } from './science/verdict-types.ts';
import type { Id, LocalText } from './types.ts';

/** Where a claim is made: in a source that others wrote, or in a section of the review of a site. */
export type ClaimPlace = { source: Id; page: string | null } | { site: Id; form: Id; section: Id };

/** `interpretive`: an opinion or a reading, which figures can neither support nor contradict. */
export type ClaimKind = 'checkable' | 'interpretive';

/** What is checked. The sentence, its language and its source are those of the claim. */
export interface StoredCheck extends Omit<ClaimCheck, 'sentence' | 'lang' | 'source'> {
  /** Only a part of the sentence can be checked; `note` of the claim says which. */
  part?: true;
}

/** Words of a document that speak for a claim, or against it. They are shown and never computed with. */
export interface ClaimPassage {
  passage: Id;
  side: 'for' | 'against';
}

/** A sentence that says something checkable, with what it says in a form that can be computed. */
export interface Claim {
  id: Id;
  in: ClaimPlace;
  /** What it says; of a source in our own words, as only the numbers are theirs. */
  sentence: LocalText;
  kind: ClaimKind;
  /** `null` where nobody has said yet how it could be checked, and of interpretive ones. */
  check: StoredCheck | null;
  note: string | null;
  /** The last verdict that was kept, so that a change is seen. */
  verdict: KeptVerdict | null;
  /** Where there are any. */
  passages?: readonly ClaimPassage[];
}

/** Verdicts of the kernels, and what only a dossier knows. */
export type ClaimVerdictKind = VerdictKind | 'interpretive';

export type ClaimVerdictReason =
  | VerdictReason
  | 'interpretive'
  /** Nobody has put it into a checkable form. */
  | 'no-check'
  /** The check cannot be computed with the figures there are: a fault of the check. */
  | 'check-broken'
  /** Only the source that claims it says so. */
  | 'own-source'
  /** What could be checked of it agrees; the rest was not checked. */
  | 'part';

/** A verdict as it is kept. */
export interface KeptVerdict {
  is: ClaimVerdictKind;
  reason: ClaimVerdictReason;
  /** Ids of figures and records, as expressions name them. */
  for: Id[];
  against: Id[];
  /** `sum(@x) = 545000 har`: what was computed, without words. */
  arithmetic: string[];
  /** The day, ISO 8601. */
  at: string;
}
