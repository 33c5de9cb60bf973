/**
 * Parameters within bounds: how well a run fits, the best set, and an ensemble of sets that fit well enough.
 *
 *     const bounds = { evaporation: [0.8, 1.05], share: [0, 1] };
 *     const best = differentialEvolution((set) => rmse(simulate(set), observed), bounds, { seed: 7 });
 *     const ensemble = glue(latinHypercube(bounds, 2000, { seed: 7 }), (set) => squaredError(simulate(set)), { spread, effective });
 *
 * @see McKay, Beckman & Conover 1979, Technometrics 21, 239-245, doi 10.2307/1268522: Latin hypercube sampling
 * @see Storn & Price 1997, J. Global Optim. 11, 341-359, doi 10.1023/A:1008202821328: differential evolution
 * @see Beven & Binley 1992, Hydrol. Process. 6, 279-298, doi 10.1002/hyp.3360060305: GLUE
 * @see Nash & Sutcliffe 1970, J. Hydrol. 10, 282-290, doi 10.1016/0022-1694(70)90255-6
 */
import { seededRandom, shuffled } from './seeded-random.ts';

/** Least and most of each parameter. */
export type Bounds<Name extends string> = Readonly<Record<Name, readonly [number, number]>>;
export type ParameterSet<Name extends string> = Record<Name, number>;

/** How a simulation stands to what was observed, over the steps where something was. */
export interface Fit {
  n: number;
  /** Root of the mean squared error, in the unit of the values. */
  rmse: number;
  /** Mean of simulated less observed. */
  bias: number;
  /** Nash & Sutcliffe: 1 is perfect, 0 no better than the mean of what was observed. */
  nse: number;
  /** Largest difference. */
  worst: number;
}

/** Compares two series; a step where the observation is `NaN` does not count. @throws RangeError when none is left or the simulation is NaN. */
export function fitOf(simulated: ArrayLike<number>, observed: ArrayLike<number>): Fit {
  let [n, mean] = [0, 0];
  for (let i = 0; i < observed.length; i++) {
    if (Number.isNaN(observed[i] as number)) continue;
    n++;
    mean += observed[i] as number;
  }
  if (n === 0) throw new RangeError('nothing was observed');
  mean /= n;
  let [squares, sum, around, worst] = [0, 0, 0, 0];
  for (let i = 0; i < observed.length; i++) {
    const seen = observed[i] as number;
    if (Number.isNaN(seen)) continue;
    const off = (simulated[i] as number) - seen;
    if (Number.isNaN(off)) throw new RangeError(`step ${i + 1} was observed but not simulated`);
    squares += off * off;
    sum += off;
    around += (seen - mean) ** 2;
    worst = Math.max(worst, Math.abs(off));
  }
  return { n, rmse: Math.sqrt(squares / n), bias: sum / n, nse: 1 - squares / around, worst };
}

/** `count` sets that cover each parameter's range evenly. */
export function latinHypercube<Name extends string>(
  bounds: Bounds<Name>,
  count: number,
  { seed }: { seed: number },
): ParameterSet<Name>[] {
  const random = seededRandom(seed);
  const names = Object.keys(bounds) as Name[];
  const columns = names.map((name) => {
    const [low, high] = bounds[name];
    const places = shuffled(
      Array.from({ length: count }, (_, i) => i),
      random,
    );
    return places.map((place) => low + ((place + random()) / count) * (high - low));
  });
  return Array.from(
    { length: count },
    (_, i) => Object.fromEntries(names.map((name, j) => [name, columns[j]?.[i] as number])) as ParameterSet<Name>,
  );
}

/**
 * The set with the least score, found by differential evolution (rand-to-best/1/bin); a score that is not finite counts as infinite.
 * Every set that is tried lies within the bounds.
 */
export function differentialEvolution<Name extends string>(
  score: (set: ParameterSet<Name>) => number,
  bounds: Bounds<Name>,
  {
    seed,
    generations = 120,
    members = 32,
    weight = 0.65,
    crossover = 0.85,
  }: {
    seed: number;
    generations?: number;
    members?: number;
    weight?: number;
    crossover?: number;
  },
): { set: ParameterSet<Name>; score: number } {
  const names = Object.keys(bounds) as Name[];
  const random = seededRandom(seed + 1);
  const scored = (set: ParameterSet<Name>): number => {
    const value = score(set);
    return Number.isFinite(value) ? value : Infinity;
  };
  const crowd = latinHypercube(bounds, members, { seed }).map((set) => ({ set, score: scored(set) }));
  type Member = (typeof crowd)[number];
  const any = (): Member => crowd[Math.floor(random() * members)] as Member;
  let best = crowd.reduce((a, b) => (b.score < a.score ? b : a));
  for (let round = 0; round < generations; round++) {
    for (let i = 0; i < members; i++) {
      const [own, a, b, c] = [crowd[i] as Member, any(), any(), any()];
      const forced = Math.floor(random() * names.length);
      const base = random() < 0.5 ? best : a;
      const set = { ...own.set };
      for (const [j, name] of names.entries()) {
        if (j !== forced && random() >= crossover) continue;
        const [low, high] = bounds[name];
        set[name] = Math.min(high, Math.max(low, base.set[name] + weight * (b.set[name] - c.set[name])));
      }
      const value = scored(set);
      if (value <= own.score) {
        crowd[i] = { set, score: value };
        if (value < best.score) best = crowd[i] as Member;
      }
    }
  }
  return best;
}

export interface Ensemble<Name extends string> {
  /** Sets that carry weight, best first. */
  sets: ParameterSet<Name>[];
  /** They sum to 1. */
  weights: Float64Array;
  /** Sets that were tried. */
  tried: number;
}

/**
 * Weighs sets by exp(-n' mse / (2 spread^2)), relative to the best: n' is the number of *independent* observations, far fewer than
 * steps where errors last for months (`independent` counts them). Sets below a thousandth of the best are left out.
 */
export function glue<Name extends string>(
  sets: readonly ParameterSet<Name>[],
  meanSquare: (set: ParameterSet<Name>) => number,
  { spread, effective }: { spread: number; effective: number },
): Ensemble<Name> {
  const scored = sets
    .map((set) => ({ set, score: meanSquare(set) }))
    .filter(({ score }) => Number.isFinite(score))
    .sort((a, b) => a.score - b.score);
  const least = scored[0]?.score;
  if (least === undefined) throw new RangeError(`none of ${sets.length} sets gives a run`);
  const kept = scored
    .map(({ set, score }) => ({ set, weight: Math.exp((-effective * (score - least)) / (2 * spread * spread)) }))
    .filter(({ weight }) => weight >= 1e-3);
  const total = kept.reduce((sum, { weight }) => sum + weight, 0);
  return {
    sets: kept.map(({ set }) => set),
    weights: Float64Array.from(kept, ({ weight }) => weight / total),
    tried: sets.length,
  };
}

/**
 * Independent values among `errors` that follow one another: n (1 - r) / (1 + r), r the correlation of neighbours.
 * @see Bayley & Hammersley 1946, J. R. Stat. Soc. Suppl. 8, 184-197, doi 10.2307/2983560
 */
export function independent(errors: ArrayLike<number>): number {
  const n = errors.length;
  let [mean, same, next] = [0, 0, 0];
  for (let i = 0; i < n; i++) mean += (errors[i] as number) / n;
  for (let i = 0; i < n; i++) {
    same += ((errors[i] as number) - mean) ** 2;
    if (i > 0) next += ((errors[i] as number) - mean) * ((errors[i - 1] as number) - mean);
  }
  const r = same === 0 ? 0 : Math.min(0.999, Math.max(0, next / same));
  return Math.max(1, (n * (1 - r)) / (1 + r));
}

/** The value below which `part` of the weight lies. @throws RangeError without values. */
export function weightedQuantile(values: ArrayLike<number>, weights: ArrayLike<number> | null, part: number): number {
  const order = Array.from({ length: values.length }, (_, i) => i).sort((a, b) => (values[a] as number) - (values[b] as number));
  if (order.length === 0) throw new RangeError('no values');
  if (weights === null) {
    const at = part * (order.length - 1);
    const [low, high] = [Math.floor(at), Math.ceil(at)].map((i) => values[order[i] as number] as number) as [number, number];
    return low + (high - low) * (at - Math.floor(at));
  }
  const total = order.reduce((sum, i) => sum + (weights[i] as number), 0);
  let sum = 0;
  for (const i of order) {
    sum += weights[i] as number;
    if (sum >= part * total * (1 - 1e-12)) return values[i] as number;
  }
  return values[order[order.length - 1] as number] as number;
}
