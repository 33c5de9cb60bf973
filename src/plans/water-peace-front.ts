/**
 * What can be had of the Aral, of irrigation and of energy at once: points that no other betters.
 *
 *     const front = peaceFront(tables);
 *     front.points[0]       // { weights, aral, irrigation, energy, certificate, proved }
 *
 * Each point is the best for weights that are all above zero, so no other point has more of one without less of another (Geoffrion
 * 1968, J. Math. Anal. Appl. 22:618, doi:10.1016/0022-247X(68)90201-1). As the programmes are linear, every corner of the front is
 * the best for some weights; points within a flat side are mixtures of its corners. An `aral` asked of the
 * years gives the front below that limit (ε-constraint: Haimes, Lasdon & Wismer 1971, doi:10.1109/TSMC.1971.4308298).
 */
import { type Certificate, worst } from '../science/allocation-certificate.ts';
import { notDominated } from '../science/fairness.ts';
import { figure, type RiverYear, type SyrdaryaTables } from './syrdarya-tables.ts';
import { setYear, USES, WAYS, type Way, type YearOptions, type YearPlan, yearPlan } from './syrdarya-year.ts';
import { energyOf, ownerOf, type SharedYear, weightedYear, yearProved } from './water-peace-year.ts';

export const GOALS = ['aral', 'irrigation', 'energy'] as const;
export type Goal = (typeof GOALS)[number];

export interface FrontPoint extends Record<Goal, number> {
  /** Parts that sum to 1. */
  weights: Record<Goal, number>;
  certificate: Certificate;
  proved: boolean;
}

export interface Front {
  /** In the order of the weights; equal points once. Means over the years: km3 that reach the Aral, km3 taken from April to
   * September, GWh of the Naryn cascade from October to March. */
  points: FrontPoint[];
  /** The least and the most of each goal on the front. */
  range: Record<Goal, { least: number; most: number }>;
  years: number;
  /** Points that came out twice and were dropped. */
  same: number;
}

/** What a km3 of a way counts for a goal in a month. */
type Amounts = Record<Goal, (way: Way, month: number) => number>;

/** Weight that even a goal that hardly counts keeps, so that no point is dominated. */
const LEAST_WEIGHT = 0.01;

/** The front over `years`; `steps` is how finely the weights are divided. */
export function peaceFront(
  tables: SyrdaryaTables,
  { years = tables.years, steps = 5, ...options }: YearOptions & { years?: readonly RiverYear[]; steps?: number } = {},
): Front {
  const plan = yearPlan(tables, options);
  const energy = energyOf(tables);
  const amount: Amounts = {
    aral: (way) => (way === 'aral' ? figure(tables, 'delta') : 0),
    irrigation: (way, t) => (tables.months[t]?.season === 'growing' && USES.some((use) => way.startsWith(`${use}/`)) ? 1 : 0),
    energy: (way, t) => (tables.months[t]?.season === 'winter' && ownerOf(way) === 'KG' ? energy(way) : 0),
  };
  const run = (weights: Record<Goal, number>, scale: Record<Goal, number>): FrontPoint => {
    const found = years.map((year): SharedYear => {
      setYear(plan, year, options.inflow);
      return weightedYear(plan, (way, month) =>
        GOALS.reduce((sum, goal) => sum + (100 * weights[goal] * amount[goal](way, month)) / scale[goal], 0),
      );
    });
    return pointOf(plan, weights, found, amount);
  };
  // one unit of each goal is what lies between its best and its worst corner
  const corner = (goal: Goal): FrontPoint =>
    run(weightsOf(GOALS.map((one) => (one === goal ? 1 : 0))), { aral: 1, irrigation: 1, energy: 1000 });
  const corners = GOALS.map(corner);
  const scale = Object.fromEntries(
    GOALS.map((goal) => {
      const values = corners.map((point) => point[goal]);
      return [goal, Math.max(Math.max(...values) - Math.min(...values), 1e-6)];
    }),
  ) as Record<Goal, number>;
  const all: FrontPoint[] = [];
  for (let a = steps; a >= 0; a--)
    for (let i = steps - a; i >= 0; i--) all.push(run(weightsOf([a / steps, i / steps, (steps - a - i) / steps]), scale));
  const points = all.filter((own, k) => !all.slice(0, k).some((other) => near(own, other)));
  const rank = notDominated(
    points.map((point) => GOALS.map((goal) => point[goal])),
    1e-7,
  );
  return {
    points: points.filter((_, k) => rank[k]),
    range: Object.fromEntries(
      GOALS.map((goal) => {
        const values = points.map((point) => point[goal]);
        return [goal, { least: Math.min(...values), most: Math.max(...values) }];
      }),
    ) as Front['range'],
    years: years.length,
    same: all.length - points.length,
  };
}

function weightsOf(parts: readonly number[]): Record<Goal, number> {
  const kept = parts.map((part) => LEAST_WEIGHT + part * (1 - GOALS.length * LEAST_WEIGHT));
  return Object.fromEntries(GOALS.map((goal, i) => [goal, kept[i] as number])) as Record<Goal, number>;
}

function pointOf(plan: YearPlan, weights: Record<Goal, number>, found: readonly SharedYear[], amount: Amounts): FrontPoint {
  const mean = (goal: Goal): number => {
    let all = 0;
    for (const { x } of found)
      for (let t = 0; t < 12; t++) for (const way of WAYS) all += amount[goal](way, t) * (x[plan.at(way, t)] as number);
    return all / found.length;
  };
  return {
    weights,
    aral: mean('aral'),
    irrigation: mean('irrigation'),
    energy: mean('energy'),
    certificate: worst(found.flatMap(({ certificates }) => certificates)),
    proved: found.every(yearProved),
  };
}

const near = (a: FrontPoint, b: FrontPoint): boolean =>
  GOALS.every((goal) => Math.abs(a[goal] - b[goal]) <= 1e-6 * Math.max(1, Math.abs(a[goal])));
