/** What is asked of a claim and what is answered: checks and verdicts. */
import type { PrintedLang, PrintedNumber } from './claim-expression-printed.ts';
import type { ArithmeticStep, ExpressionErrorCode, Fact, Quantity } from './claim-expression-types.ts';
import type { Judgement, JudgementReason, Tolerance } from './verdict-judgement.ts';

export type CheckKind =
  | 'compare'
  | 'sum'
  | 'ratio'
  | 'change'
  | 'trend'
  | 'count'
  | 'existence'
  | 'plausibility'
  | 'definition'
  | 'unit'
  | 'vintage'
  | 'scope';

/** A claim in the form in which it can be checked. */
export interface ClaimCheck {
  kind: CheckKind;
  /** What is computed or looked up, in the language of claims. */
  expression: string;
  /**
   * What the sentence says, as it prints it: `about 2,500 MW`, `>= 1`; of a trend `rising`, `falling` or `steady`. Not needed where the expression is
   * a comparison itself, nor for existence, plausibility, definition and scope.
   */
  claimed?: string;
  /** UCUM code of the number claimed; that of the expression where it is not given. */
  unit?: string;
  /** Of plausibility: what a value cannot be below or above, as expressions. */
  bounds?: { low?: string; high?: string };
  /** The sentence itself: figures that stand in it are its source's own. */
  sentence?: string;
  lang?: PrintedLang;
  source?: string;
  /** The definition that the sentence means, what it speaks of, and when it was written. */
  definition?: string;
  scope?: Readonly<Record<string, string>>;
  vintage?: string;
  tolerance?: Tolerance;
  /** Of existence: whether the place that was looked in is complete, so that what is not in it is not. */
  complete?: boolean;
}

export type VerdictKind =
  | 'supported'
  | 'supported-with-rounding'
  | 'supported-with-context'
  | 'partly'
  | 'contradicted'
  | 'contradicted-in-source'
  | 'definition-mismatch'
  | 'unit-error'
  | 'scope-error'
  | 'not-verifiable';

/** Why a verdict is what it is; with `JudgementReason` where figures were held against one another. */
export type VerdictReason =
  | JudgementReason
  /** The comparison holds, does not hold, or cannot be decided with figures so exact. */
  | 'holds'
  | 'fails'
  | 'undecided'
  /** Some figures agree, some do not. */
  | 'mixed'
  /** Figures are missing, or the claim states none. */
  | 'missing'
  | 'nothing-claimed'
  /** It was found, or not found where the place looked in is or is not complete. */
  | 'found'
  | 'not-found'
  | 'not-found-in-open-list'
  /** Within what is possible, which is no evidence by itself; or outside. */
  | 'possible'
  | 'impossible'
  /** Definitions that differ, are the same, or are not known. */
  | 'definitions-differ'
  | 'definitions-alike'
  | 'definitions-unknown'
  /** Units of different things; or a number that is right times a power of ten. */
  | 'units-differ'
  | 'factor'
  | 'scopes-differ'
  | 'scopes-alike'
  | 'scopes-unknown'
  /** It agrees with an older figure only, or with none. */
  | 'superseded'
  | 'trend-significant'
  | 'trend-opposite'
  | 'trend-open'
  | 'trend-short';

export interface Verdict {
  is: VerdictKind;
  reason: VerdictReason;
  /** Every figure that was held against the claim. */
  judged: { fact: string | null; found: Quantity; judgement: Judgement }[];
  claimed: PrintedNumber | null;
  /** Step by step what was computed, of the expression and then of the bounds. */
  arithmetic: ArithmeticStep[];
  facts: Fact[];
  for: string[];
  against: string[];
  /** What is missing, differs (definitions, units, keys of scope), or the power of ten. */
  missing?: string[];
  differing?: string[];
  factor?: number;
  tolerance?: Tolerance;
  /** Of a trend: values, two-sided p of Mann-Kendall, slope a year after Theil and Sen. */
  trend?: { n: number; p: number; slope: number };
  /** Of a unit error in the expression: where. */
  error?: { code: ExpressionErrorCode; at: number; length: number; found: string; expected: string };
}

/** A verdict as its parts are found; the rest is filled in. */
export type Finding = Pick<Verdict, 'is' | 'reason'> & Partial<Omit<Verdict, 'is' | 'reason'>>;
