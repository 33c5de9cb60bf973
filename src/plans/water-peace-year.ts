/**
 * A year of the Syr Darya under an option: each country for itself in the order of the river, all together for the sum of their
 * benefits, or weights on energy, irrigation and the Aral; and what each country has of it.
 *
 *     const year = optionYear(plan, 'alone');
 *     year.parties.KZ.money        // million US dollars
 *     year.certificates            // of every programme that was solved
 */
import { type Certificate, proves } from '../science/allocation-certificate.ts';
import { figure, type Party, type SyrdaryaTables } from './syrdarya-tables.ts';
import {
  type Place,
  RULES,
  type Rule,
  solveYear,
  USER,
  USES,
  type Use,
  WAYS,
  type Way,
  type YearFound,
  type YearPlan,
} from './syrdarya-year.ts';

export type Riparian = Exclude<Party, 'TM'>;
export const RIPARIANS = ['KG', 'TJ', 'UZ', 'KZ'] as const satisfies readonly Riparian[];

/** What a country has of a year. */
export interface PartyYear {
  asked: number;
  given: number;
  energy: number;
  money: number;
}

export interface SharedYear {
  x: Float64Array;
  parties: Record<Riparian, PartyYear>;
  /** What reaches the North Aral, what is missing of its minimum, and what is lost to Arnasay [km3]. */
  aral: number;
  aralShort: number;
  arnasay: number;
  /** Missing of each rule [km3]. */
  missing: Record<Rule, number>;
  last: YearFound;
  certificates: Certificate[];
}

/** Weights of one unit of each way, which the programme is to have much of. */
export type Weights = (way: Way, month: number) => number;

/** What is missing of a minimum or a rule weighs more than all that money could buy [million USD per km3]. */
export const MISSING = 1000;
/** Of two years with the same benefit that with less water spilled is taken. */
const SPILL = 1e-3;

/** The country that decides a way; flows between places follow from the rest. */
export function ownerOf(way: Way): Riparian | null {
  const use = USES.find((one) => way === `${one}/1` || way === `${one}/2`);
  if (use !== undefined) return USER[use];
  if (way === 'toktogul' || way === 'toktogul-spill' || way.startsWith('release')) return 'KG';
  if (way === 'kayrakkum' || way === 'kayrakkum-release') return 'TJ';
  return way === 'fergana-flow' || way === 'chirchik-flow' ? null : 'KZ';
}

/** Energy of a km3 by way [GWh]. */
export function energyOf(tables: SyrdaryaTables): (way: Way) => number {
  const cascade = figure(tables, 'turbine-energy') * figure(tables, 'cascade-factor') * 1000;
  const kayrakkum = figure(tables, 'kayrakkum-energy') * 1000;
  const shardara = figure(tables, 'shardara-energy') * 1000;
  return (way) =>
    way === 'release-need' || way === 'release-rest'
      ? cascade
      : way === 'kayrakkum-release'
        ? kayrakkum
        : way === 'shardara-release'
          ? shardara
          : 0;
}

/** Money of a km3 by way [million USD]. */
export function moneyOf(tables: SyrdaryaTables): (way: Way) => number {
  const energy = energyOf(tables);
  const need = figure(tables, 'price-energy-need');
  const above = figure(tables, 'price-energy-export');
  const prices = new Map<Way, number>(
    WAYS.map((way) => {
      const use = USES.find((one) => way === `${one}/1` || way === `${one}/2`);
      if (use === undefined) return [way, energy(way) * (way === 'release-need' ? need : above)];
      const full = figure(tables, `price-water-${USER[use].toLowerCase()}`) * 1000;
      return [way, way.endsWith('/1') ? full : full / 2];
    }),
  );
  return (way) => prices.get(way) ?? 0;
}

/** Costs by column for weights; what is missing of minima and rules always counts. */
export function costOf(plan: YearPlan, weights: Weights): Float64Array {
  const cost = new Float64Array(plan.programme.columns);
  for (let t = 0; t < 12; t++) {
    for (const way of WAYS) cost[plan.at(way, t)] = -weights(way, t);
    cost[plan.at('aral-short', t)] = MISSING;
    for (const way of ['toktogul-spill', 'arnasay'] as const) cost[plan.at(way, t)] = (cost[plan.at(way, t)] as number) + SPILL;
  }
  for (const rule of RULES) cost[plan.missing(rule)] = MISSING;
  cost[plan.share] = -SPILL;
  return cost;
}

/**
 * A country that acts alone does not care when it does what it is indifferent about. It then does what helps the others: their
 * benefit counts for so little of its own that acting alone is not made to look worse than it is, and a little more the farther down
 * the river they are, so that equal benefits are told apart.
 */
const OTHERS = 1e-3;

/** The stages of countries that act alone, in the order of the river, with what each decides. */
const STAGES: readonly { party: Riparian; ways: readonly Way[] }[] = [
  { party: 'KG', ways: ['release-need', 'release-rest', 'toktogul-spill', 'toktogul', 'kg/1', 'kg/2'] },
  { party: 'UZ', ways: ['uz-upper/1', 'uz-upper/2'] },
  { party: 'TJ', ways: ['kayrakkum-release', 'kayrakkum', 'tj/1', 'tj/2'] },
  { party: 'UZ', ways: ['uz-lower/1', 'uz-lower/2'] },
  { party: 'KZ', ways: [] },
];

/** The year that is set, under `goal`. */
export function optionYear(plan: YearPlan, goal: 'alone' | 'together'): SharedYear {
  const money = moneyOf(plan.tables);
  if (goal === 'together') return sharedYear(plan, [solveYear(plan, costOf(plan, money))]);
  const found: YearFound[] = [];
  for (const { party, ways } of STAGES) {
    const own = ways.length === 0 ? WAYS.filter((way) => ownerOf(way) === party) : ways;
    // the Aral's minimum is Kazakhstan's to keep, the rules bind whoever can still keep them
    const cost = costOf(
      plan,
      (way) => money(way) * (own.includes(way) ? 1 : OTHERS * (1 + RIPARIANS.indexOf(ownerOf(way) ?? 'KG') / 10)),
    );
    if (party !== 'KZ') for (let t = 0; t < 12; t++) cost[plan.at('aral-short', t)] = MISSING * OTHERS;
    const year = solveYear(plan, cost);
    found.push(year);
    for (const way of own) for (let t = 0; t < 12; t++) fix(plan, plan.at(way, t), year.x[plan.at(way, t)] as number);
    if (party === 'KG') fix(plan, plan.missing('toktogul-summer'), year.x[plan.missing('toktogul-summer')] as number);
  }
  return sharedYear(plan, found);
}

/** The year for weights of one's own, such as those of a front. */
export function weightedYear(plan: YearPlan, weights: Weights): SharedYear {
  return sharedYear(plan, [solveYear(plan, costOf(plan, weights))]);
}

function fix({ limits }: YearPlan, column: number, value: number): void {
  limits.lower[column] = value;
  limits.upper[column] = value;
}

/** What everyone has of the last of `found`. */
export function sharedYear(plan: YearPlan, found: readonly YearFound[]): SharedYear {
  const last = found.at(-1) as YearFound;
  const { x } = last;
  const [energy, money] = [energyOf(plan.tables), moneyOf(plan.tables)];
  const sum = (way: Way): number => {
    let all = 0;
    for (let t = 0; t < 12; t++) all += x[plan.at(way, t)] as number;
    return all;
  };
  const parties = Object.fromEntries(
    RIPARIANS.map((party): [Riparian, PartyYear] => {
      const own = WAYS.filter((way) => ownerOf(way) === party);
      const uses = USES.filter((use) => USER[use] === party);
      return [
        party,
        {
          asked: uses.reduce((all, use) => all + plan.asked[use].reduce((a, b) => a + b, 0), 0),
          given: uses.reduce((all, use) => all + sum(`${use}/1`) + sum(`${use}/2`), 0),
          energy: own.reduce((all, way) => all + energy(way) * sum(way), 0),
          money: own.reduce((all, way) => all + money(way) * sum(way), 0),
        },
      ];
    }),
  ) as Record<Riparian, PartyYear>;
  return {
    x,
    parties,
    aral: sum('aral') * figure(plan.tables, 'delta'),
    aralShort: sum('aral-short'),
    arnasay: sum('arnasay'),
    missing: {
      'toktogul-summer': x[plan.missing('toktogul-summer')] as number,
      'shardara-winter': x[plan.missing('shardara-winter')] as number,
    },
    last,
    certificates: found.map(({ certificate }) => certificate),
  };
}

/** Whether every programme of a year is proved. */
export const yearProved = ({ certificates }: SharedYear): boolean => certificates.every((one) => proves(one));

/** Places of `USES`, for those who list them. */
export const placeOf: Record<Use, Place> = {
  kg: 'fergana',
  'uz-upper': 'fergana',
  tj: 'kayrakkum',
  'uz-lower': 'chirchik',
  dustlik: 'chirchik',
  kz: 'lower',
};
