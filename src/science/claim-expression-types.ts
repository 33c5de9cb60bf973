/**
 * What the language of claims is made of: nodes of an expression, the facts that it names, the values that it gives, and its errors.
 * The grammar stands in docs/claims.md.
 */

/** A place in an expression [UTF-16 units]. */
export interface Span {
  at: number;
  length: number;
}

export type BinarySign = '+' | '-' | '*' | '/' | '=' | '!=' | '<' | '<=' | '>' | '>=' | 'and' | 'or';

/** An expression as a tree. */
export type ClaimNode = Span &
  (
    | { is: 'number'; value: number; printed: string; unit: string | null; note?: string }
    | { is: 'date'; text: string }
    | { is: 'text'; text: string }
    | { is: 'reference'; name: string; filters: Readonly<Record<string, string>>; note?: string }
    | { is: 'call'; name: string; args: ClaimNode[] }
    | { is: 'unary'; sign: '-' | 'not'; of: ClaimNode }
    | { is: 'binary'; sign: BinarySign; left: ClaimNode; right: ClaimNode }
    | { is: 'convert'; of: ClaimNode; unit: string }
  );

/** What a reference stands for: a figure with what is needed to judge it, or something that only exists. */
export interface Fact {
  id: string;
  /** `null`: known to be missing, or something that has no figure. */
  value: number | null;
  /** UCUM code; `1` for a pure number. */
  unit: string;
  low?: number;
  high?: number;
  /** The figure as its source prints it, which tells how exact it is where there is no interval. */
  printed?: string;
  /** What it is about in time, `2013`, `2013-05` or `2013-05-01`. */
  at?: string;
  /** Which definition the figure follows; two that differ must not be mixed. */
  definition?: string;
  /** What it holds for: `{ area: 'kazakhstan', group: 'researchers' }`. */
  scope?: Readonly<Record<string, string>>;
  /** When the figure was published. */
  vintage?: string;
  source?: string;
}

/** A number with its unit, and how exact it is. */
export interface Quantity {
  kind: 'quantity';
  value: number;
  low: number;
  high: number;
  unit: string;
  /** Where `low` and `high` come from: digits as printed, or the interval of an estimate; `none` where it is exact. */
  spread: 'none' | 'printed' | 'interval';
  /** Place of the last digit that counts, of a number as printed: 1000 for 672000. Only of numbers that were not computed. */
  step?: number;
  at?: string;
}

export type ClaimValue =
  | Quantity
  | { kind: 'truth'; value: boolean | null }
  | { kind: 'date'; start: string; end: string }
  | { kind: 'text'; text: string }
  /** Several figures or none; `name` is the reference that they come from. */
  | { kind: 'list'; items: ClaimValue[]; name?: string }
  /** A figure that is not there, and which. */
  | { kind: 'missing'; names: string[] };

/** One step of the arithmetic: a part of the expression and what it gave. */
export interface ArithmeticStep extends Span {
  text: string;
  value: ClaimValue;
}

export interface Evaluation {
  value: ClaimValue;
  steps: ArithmeticStep[];
  /** Everything that was looked up, in the order of the expression, each once. */
  facts: Fact[];
  /** Numbers that stand in the expression itself. */
  numbers: { value: number; printed: string }[];
}

/** What an expression needs from outside. */
export interface ClaimWorld {
  /** The facts that a reference stands for: none, one or several. */
  resolve: (name: string, filters: Readonly<Record<string, string>>) => readonly Fact[];
  /** A value in another unit. Throws RangeError where the two measure different things. */
  convert: (value: number, from: string, to: string) => number;
}

export type ExpressionErrorCode =
  | 'empty'
  | 'too-long'
  | 'too-deep'
  | 'character'
  | 'text-open'
  | 'grouping'
  | 'unexpected'
  | 'function'
  | 'arguments'
  | 'type'
  | 'unit'
  | 'several';

/** An expression that cannot be read or computed: where, what was found and what would do. */
export class ExpressionError extends Error {
  readonly code: ExpressionErrorCode;
  readonly at: number;
  readonly length: number;
  readonly found: string;
  readonly expected: string;

  constructor(code: ExpressionErrorCode, { at, length }: Span, found: string, expected: string) {
    super(`character ${at + 1}: found ${found}; expected ${expected}`);
    this.name = 'ExpressionError';
    this.code = code;
    this.at = at;
    this.length = length;
    this.found = found;
    this.expected = expected;
  }
}
