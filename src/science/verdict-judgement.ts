/**
 * Whether a figure is what a sentence prints: judged by the digits that stand there and the words before them.
 *
 *     judge(quantity(2903.535), printedNumber('2,903.54 MW'))   // { agrees: 'yes', reason: 'rounded', … }
 *     judge(quantity(3.6875), printedNumber('3.6 %'))           // { agrees: 'rounding', reason: 'truncated', … }
 *     judge(quantity(55.7), printedNumber('almost 60 %'))       // { agrees: 'no', reason: 'differs', difference: -4.3, … }
 *
 * The rules, in their order, are this program's own; docs/claims.md gives each with its reason.
 */
import type { Hedge, PrintedNumber } from './claim-expression-printed.ts';
import type { Quantity } from './claim-expression-types.ts';

/** Most that zeros at the end, or a word such as "about", may round away, as a share of the number: "almost 60" is not 55. */
export const ROUND_SHARE = 0.05;

/** From how many times the number on "more than" it is misleading, if true. */
export const FAR_MORE = 1.5;

export type JudgementReason =
  /** The same number. */
  | 'equal'
  /** The same, rounded to the digits that are printed. */
  | 'rounded'
  /** The same within the exactness of the printed figures that it is computed from. */
  | 'within-printed'
  /** Within the interval of the estimate, not the estimate itself. */
  | 'within-interval'
  /** Less than one unit of the last printed digit away: cut off, or rounded the wrong way. */
  | 'truncated'
  /** Rounded to the last digit before the zeros. */
  | 'zeros'
  /** As near as "about" or "almost" says. */
  | 'hedge'
  /** Above or below, as it says. */
  | 'limit'
  /** Above "more than", but so far that the sentence misleads. */
  | 'far'
  /** Within a tolerance that was given with its reason. */
  | 'tolerance'
  | 'differs';

export interface Judgement {
  /** `rounding`: only with rounding that goes beyond the digits printed; `context`: true, but not without a further word. */
  agrees: 'yes' | 'rounding' | 'context' | 'no';
  reason: JudgementReason;
  /** What was computed, less what is claimed; and as a share of what is claimed. */
  difference: number;
  relative: number | null;
  /** How far apart the two may be under the rule that decided. */
  tolerance: number;
}

/** A tolerance that the author of a check sets. */
export interface Tolerance {
  absolute?: number;
  /** As a share of what is claimed. */
  relative?: number;
  reason: string;
}

/**
 * Holds a computed figure, in the unit of the claim, against the number printed.
 * @param tolerance of the author, used where the digits alone do not agree
 */
export function judge(found: Quantity, claimed: PrintedNumber, { tolerance }: { tolerance?: Tolerance } = {}): Judgement {
  const { value, hedge } = claimed;
  const difference = Number((found.value - value).toPrecision(15));
  const answer = (agrees: Judgement['agrees'], reason: JudgementReason, allowed: number): Judgement => ({
    agrees,
    reason,
    difference,
    relative: value === 0 ? null : difference / Math.abs(value),
    tolerance: allowed,
  });
  const given = Math.max(tolerance?.absolute ?? 0, (tolerance?.relative ?? 0) * Math.abs(value));
  const decided = LIMITS[hedge] === undefined ? near(found, claimed, answer) : limit(found, claimed, answer);
  if (decided.agrees === 'no' && tolerance !== undefined && Math.abs(difference) <= given * (1 + 1e-12))
    return answer('yes', 'tolerance', given);
  return decided;
}

type Answer = (agrees: Judgement['agrees'], reason: JudgementReason, allowed: number) => Judgement;

/** Whether a word sets a lower (1) or an upper limit (−1), and whether the number itself belongs to it. */
const LIMITS: Partial<Record<Hedge, { side: 1 | -1; open: boolean }>> = {
  'more-than': { side: 1, open: true },
  'at-least': { side: 1, open: false },
  'less-than': { side: -1, open: true },
  'at-most': { side: -1, open: false },
};

/** Above or below a limit. */
function limit(found: Quantity, { value, hedge }: PrintedNumber, answer: Answer): Judgement {
  const { side, open } = LIMITS[hedge] as { side: 1 | -1; open: boolean };
  const rest = 1e-12 * Math.abs(value);
  const over = side * (found.value - value);
  if (open ? over > rest : over >= -rest) {
    const far = hedge === 'more-than' && value > 0 && found.value > FAR_MORE * value;
    return far ? answer('context', 'far', (FAR_MORE - 1) * value) : answer('yes', 'limit', 0);
  }
  const reach = side === 1 ? found.high - value : value - found.low;
  if (reach > rest && found.spread === 'interval') return answer('context', 'within-interval', reach);
  if (open ? reach > rest || Math.abs(over) <= rest : reach >= -rest)
    return answer('rounding', 'within-printed', Math.max(reach, 0));
  return answer('no', 'differs', 0);
}

/** As near as digits and words say. */
function near(found: Quantity, claimed: PrintedNumber, answer: Answer): Judgement {
  const { value, step, zeros, hedge } = claimed;
  const rest = 1e-9 * Math.max(Math.abs(value), Math.abs(found.value));
  const off = Math.abs(found.value - value);
  const half = zeros ? 0.5 : step / 2;
  const most = ROUND_SHARE * Math.abs(value);
  if (off <= rest) return answer('yes', 'equal', 0);
  if (off <= half + rest && !(zeros && isWhole(found))) return answer('yes', 'rounded', half);
  if (found.low - half <= value + rest && found.high + half >= value - rest && found.spread !== 'none') {
    return found.spread === 'printed'
      ? answer('yes', 'within-printed', Math.max(found.high - found.value, found.value - found.low) + half)
      : answer('context', 'within-interval', Math.max(found.high - found.value, found.value - found.low) + half);
  }
  if (hedge === 'about' && off <= Math.min(step, most) + rest) return answer('yes', 'hedge', Math.min(step, most));
  if (hedge === 'almost' && found.value < value && off <= Math.min(step, most) + rest)
    return answer('yes', 'hedge', Math.min(step, most));
  if (zeros && off <= Math.min(step / 2, most) + rest) return answer('rounding', 'zeros', Math.min(step / 2, most));
  if (!zeros && off < step - rest) return answer('rounding', 'truncated', step);
  return answer('no', 'differs', hedge === 'exactly' ? half : Math.min(step, most));
}

/** Whether a figure is an exact whole number: 501 is not 500 rounded to the unit. */
const isWhole = ({ value, spread }: Quantity): boolean => spread === 'none' && Number.isInteger(value);
