/**
 * Proof that flows are the best there are, computed from the programme, the flows and the duals alone: whoever found them, and
 * however. With any duals `y`, no flow costs less than the bound (weak duality of linear programmes, Dantzig 1963, ch. 6):
 *
 *     bound(y) = Σ min over lower ≤ x ≤ upper of (c - A'y) x  +  Σ min over rowLower ≤ s ≤ rowUpper of y s
 *
 * So a gap of zero, with limits kept and rows closed, is the whole proof.
 *
 *     const { primal, dual, gap } = certify(programme, limits, x, y);   // all near zero
 */
import type { Limits, Programme } from './allocation-programme.ts';

export interface Certificate {
  /** Largest breach of a limit or of a row, in units of flow. */
  primal: number;
  /** Largest reduced cost that points to where no limit stands, in units of cost. */
  dual: number;
  /** Cost of the flows less the bound. */
  gap: number;
  cost: number;
  bound: number;
  /** Largest number that entered each of these: what they are to be compared with. */
  scale: { flow: number; cost: number; objective: number };
}

/** Memory that `measure` uses again, so that a step allocates nothing: the figures, and what each row sums to. */
export interface CertificateWork {
  activity: Float64Array;
  /** primal, dual, gap, cost, bound, and the scales of flow, cost and objective. */
  figures: Float64Array;
}

export function certificateWork(rows: number): CertificateWork {
  return { activity: new Float64Array(rows), figures: new Float64Array(8) };
}

/**
 * Checks `x` (flows of the columns) and `y` (duals of the rows) against the programme.
 * Duals are taken with d = c - A'y.
 */
export function certify(programme: Programme, limits: Limits, x: Float64Array, y: Float64Array): Certificate {
  const work = certificateWork(programme.rows);
  measure(programme, limits, x, y, work);
  return certificateOf(work.figures);
}

/** The certificate that figures make. */
export function certificateOf(figures: Float64Array): Certificate {
  const [primal, dual, gap, cost, bound, flow, price, objective] = figures as unknown as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return { primal, dual, gap, cost, bound, scale: { flow, cost: price, objective } };
}

/** The same as `certify`, into the figures of `work`. */
export function measure(
  programme: Programme,
  limits: Limits,
  x: Float64Array,
  y: Float64Array,
  { activity, figures }: CertificateWork,
): void {
  const { rows, columns, start, index, value } = programme;
  for (let i = 0; i < rows; i++) activity[i] = 0;
  let primal = 0;
  let dual = 0;
  let cost = 0;
  let bound = 0;
  let flowScale = 1;
  let costScale = 1;
  let objectiveScale = 1;
  for (let j = 0; j < columns; j++) {
    const at = x[j] as number;
    const low = limits.lower[j] as number;
    const high = limits.upper[j] as number;
    const price = limits.cost[j] as number;
    if (low - at > primal) primal = low - at;
    if (at - high > primal) primal = at - high;
    if (at > flowScale) flowScale = at;
    else if (-at > flowScale) flowScale = -at;
    if (Math.abs(price) > costScale) costScale = Math.abs(price);
    cost += price * at;
    objectiveScale += Math.abs(price * at);
    let reduced = price;
    const end = start[j + 1] as number;
    for (let e = start[j] as number; e < end; e++) {
      const i = index[e] as number;
      const v = value[e] as number;
      activity[i] = (activity[i] as number) + v * at;
      reduced -= v * (y[i] as number);
    }
    if (reduced === 0) continue;
    const stand = reduced > 0 ? low : high;
    if (stand === Infinity || stand === -Infinity) {
      const size = reduced < 0 ? -reduced : reduced;
      if (size > dual) dual = size;
      // what is not rounding would make the bound infinite: it is told as a breach, and the bound goes on without
      bound += reduced * at;
    } else bound += reduced * stand;
  }
  for (let i = 0; i < rows; i++) {
    const at = activity[i] as number;
    const low = limits.rowLower[i] as number;
    const high = limits.rowUpper[i] as number;
    if (low - at > primal) primal = low - at;
    if (at - high > primal) primal = at - high;
    const price = y[i] as number;
    if (price === 0) continue;
    const stand = price > 0 ? low : high;
    if (stand === Infinity || stand === -Infinity) {
      const size = price < 0 ? -price : price;
      if (size > dual) dual = size;
      bound += price * at;
    } else bound += price * stand;
  }
  figures[0] = primal;
  figures[1] = dual;
  figures[2] = cost - bound;
  figures[3] = cost;
  figures[4] = bound;
  figures[5] = flowScale;
  figures[6] = costScale;
  figures[7] = objectiveScale;
}

/** Places of a figure, and of its scale. */
const FIGURES = [
  [0, 5],
  [1, 6],
  [2, 7],
] as const;

/** Puts into `worst` what of `figures` is worse, each relative to its own scale. Begins with zeros. */
export function worsen(worst: Float64Array, figures: Float64Array): void {
  for (const [figure, scale] of FIGURES) {
    const own = figures[figure] as number;
    const before = worst[figure] as number;
    const size = own < 0 ? -own : own;
    if (
      (worst[scale] as number) === 0 ||
      size * (worst[scale] as number) > (before < 0 ? -before : before) * (figures[scale] as number)
    ) {
      worst[figure] = own;
      worst[scale] = figures[scale] as number;
      if (figure === 2) {
        worst[3] = figures[3] as number;
        worst[4] = figures[4] as number;
      }
    }
  }
}

/** Whether a certificate proves its flows, each figure measured against what entered it. */
export function proves({ primal, dual, gap, scale }: Certificate, part: number = 1e-9): boolean {
  return primal <= part * scale.flow && dual <= part * scale.cost && Math.abs(gap) <= part * scale.objective;
}

/** The worst of several, figure by figure. */
export function worst(certificates: readonly Certificate[]): Certificate {
  const kept = new Float64Array(8);
  for (const { primal, dual, gap, cost, bound, scale } of certificates)
    worsen(kept, Float64Array.of(primal, dual, gap, cost, bound, scale.flow, scale.cost, scale.objective));
  return certificateOf(kept);
}
