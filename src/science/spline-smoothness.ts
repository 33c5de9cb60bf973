/**
 * How bent a line may be: the smoothness of least generalised cross-validation, and the way to it.
 *
 * @see Wood 2017, Generalized Additive Models, 2nd ed., sections 6.2.1 (GCV) and 6.11.1 (where to begin)
 */
/** Orthogonal directions of the data with what each costs: f_j = 1 / (1 + λ cost_j) of its part of the data is kept. */
export interface Directions {
  /** Length of the data along each direction. */
  parts: Float64Array;
  costs: Float64Array;
  /** Sum of squares of the data that no direction reaches. */
  rest: number;
  count: number;
}

/** Share of its directions that a line starts with. mgcv's `initial.sp`, Wood 2017, section 6.11.1 */
const START = 0.4;
/** Longest step of ln λ, and shortest, as a share of the first tried. */
const LONGEST = 5;
const HALVINGS = 15;
/** Newton's step is given up for one along the slope after so many that do not lead down. */
const PATIENCE = 3;
/** Relative gain of a step that is none. */
const SETTLED = 1e-7;
/** Steps after which the search may end, and must. */
const FEWEST = 4;
const MOST = 400;
/** A score that falls for ever is followed so far: steps of ln λ, and how many. */
const OUTWARD = { step: 2, times: 5 };

interface Point {
  score: number;
  slope: number;
  bend: number;
  freedom: number;
  lambda: number;
}

/** n RSS / (n - γ edf)² and its two derivatives by ln λ. Wood 2017, eq. 6.19 */
function scoreAt({ parts, costs, rest, count }: Directions, logarithm: number, extra: number, base: number): Point {
  const lambda = Math.exp(logarithm);
  let [squares, squares1, squares2, freedom, freedom1, freedom2] = [rest, 0, 0, base, 0, 0];
  for (let j = 0; j < parts.length; j++) {
    const kept = 1 / (1 + lambda * (costs[j] as number));
    const lost = lambda * (costs[j] as number) * kept;
    const square = (lost * (parts[j] as number)) ** 2;
    freedom += kept;
    freedom1 -= kept * lost;
    freedom2 += kept * lost * (lost - kept);
    squares += square;
    squares1 += 2 * kept * square;
    squares2 += 2 * kept * square * (3 * kept - 1);
  }
  const left = count - extra * freedom;
  const [left1, left2] = [-extra * freedom1, -extra * freedom2];
  const unit = count / (left * left);
  return {
    score: unit * squares,
    slope: unit * (squares1 - (2 * squares * left1) / left),
    bend: unit * (squares2 + (-4 * squares1 * left1 - 2 * squares * left2 + (6 * squares * left1 * left1) / left) / left),
    freedom,
    lambda,
  };
}

/**
 * A λ where the score is least: by Newton's method on ln λ from a middling line, by a step along the slope where the score bends the
 * other way. The deepest need not be the best: with γ above 1 the score also falls to 0 where the line passes through all points; so
 * the way is part of the method, and follows Wood 2004 step by step, that another program finds the same line.
 * @see Wood 2004, Stable and efficient multiple smoothing parameter estimation for generalized additive models, J. Am. Stat. Assoc. 99,
 * 673-686, doi 10.1198/016214504000000980, section 3
 */
export function smoothness(
  directions: Directions,
  { extra, base = 0, start }: { extra: number; base?: number; start: number },
): Point {
  const at = (logarithm: number): Point => scoreAt(directions, logarithm, extra, base);
  let here = start;
  let best = at(here);
  for (let turn = 2; turn <= MOST; turn++) {
    const before = best;
    const downhill = -Math.sign(best.slope);
    let step = best.bend < 0 ? downhill : Math.max(-LONGEST, Math.min(LONGEST, -best.slope / best.bend));
    let tried = 1;
    for (; tried < HALVINGS; tried++) {
      if (tried === PATIENCE + 1 && best.bend >= 0) step = downhill;
      const next = at(here + step);
      if (next.score < best.score) {
        here += step;
        best = next;
        break;
      }
      step /= 2;
    }
    const stuck = best === before;
    const gain = before.score - best.score;
    const flat = Math.abs(before.slope) <= Math.cbrt(SETTLED) * (1 + best.score);
    if (turn >= FEWEST && (stuck || (gain <= SETTLED * (1 + best.score) && flat))) break;
  }
  const outward = best.slope < 0 ? OUTWARD.step : -OUTWARD.step;
  for (let k = 0; k < OUTWARD.times; k++) {
    const next = at(here + outward);
    if (!(next.score < best.score)) break;
    here += outward;
    best = next;
  }
  return best;
}

/**
 * Logarithm of a λ, by tens, with which functions of these squares and penalties keep `START` of themselves or more in the mean.
 * @see Wood 2017, section 6.11.1, and mgcv's `initial.sp`
 */
export function middling(squares: Float64Array, penalties: Float64Array): number {
  const some = Array.from(penalties, (_, j) => j).filter((j) => (penalties[j] as number) > 1e-12 * Math.max(...penalties));
  const mean = (values: Float64Array): number => some.reduce((sum, j) => sum + (values[j] as number), 0) / some.length;
  let lambda = mean(squares) / mean(penalties);
  const kept = (): number =>
    some.reduce((sum, j) => sum + (squares[j] as number) / ((squares[j] as number) + lambda * (penalties[j] as number)), 0) /
    some.length;
  while (kept() > START) lambda *= 10;
  while (kept() < START) lambda /= 10;
  return Math.log(lambda);
}
