/**
 * What the countries gain by acting together on the Syr Darya, and how that may be divided.
 *
 *     const { game, shapley, nucleolus } = peaceGame(tables, { aral: 2.597 });
 *
 * A coalition has what its members have together when they decide for their common benefit and everyone else does what it does
 * alone: takes what it takes then, keeps its reservoir as it does then, and passes on what comes (as Teasley & McKinney 2011,
 * doi:10.1061/(ASCE)WR.1943-5452.0000141, compare coalitions on this river). The Aral misses no more than when all act alone.
 * Turkmenistan has no part in the river: it adds nothing and gets nothing.
 */
import { type CoreTest, type Game, gameOf, inCore, lossesOfJoining, membersOf, shapley } from '../science/cooperative-game.ts';
import { nucleolus } from '../science/cooperative-nucleolus.ts';
import { PARTIES, type RiverYear, type SyrdaryaTables } from './syrdarya-tables.ts';
import { setYear, solveYear, WAYS, type YearOptions, type YearPlan, yearPlan } from './syrdarya-year.ts';
import {
  costOf,
  moneyOf,
  optionYear,
  ownerOf,
  RIPARIANS,
  type Riparian,
  type SharedYear,
  sharedYear,
  yearProved,
} from './water-peace-year.ts';

export interface PeaceGame {
  /** Mean over the years; players as in `PARTIES` [million USD a year]. */
  game: Game;
  /** Of each year, by coalition. */
  years: { year: number; values: Float64Array }[];
  alone: number[];
  /** What all together have above the sum of what each has alone. */
  gain: number;
  shapley: number[];
  nucleolus: number[] | null;
  core: { shapley: CoreTest; nucleolus: CoreTest | null };
  /** Coalitions that would lose by joining: there, acting together is not better for everyone who could be paid. */
  quarrels: { a: number; b: number; loss: number }[];
  proved: boolean;
}

/** Coalitions of the four countries on the river, as bits over `RIPARIANS`. */
const COALITIONS = 2 ** RIPARIANS.length;

/** The game over `years` of the tables. */
export function peaceGame(
  tables: SyrdaryaTables,
  { years = tables.years, ...options }: YearOptions & { years?: readonly RiverYear[] } = {},
): PeaceGame {
  const plan = yearPlan(tables, options);
  let proved = true;
  const found = years.map((year) => {
    const values = new Float64Array(COALITIONS);
    setYear(plan, year, options.inflow);
    const alone = optionYear(plan, 'alone');
    proved &&= yearProved(alone);
    for (let coalition = 1; coalition < COALITIONS; coalition++) {
      const members = membersOf(coalition, RIPARIANS.length).map((i) => RIPARIANS[i] as Riparian);
      setYear(plan, year, options.inflow);
      const own = coalitionYear(plan, alone, members);
      proved &&= yearProved(own);
      values[coalition] = members.reduce((sum, party) => sum + own.parties[party].money, 0);
    }
    return { year: year.year, values: withTurkmenistan(values) };
  });
  const game = gameOf(PARTIES.length, (members) => {
    const coalition = members.reduce((bits, i) => bits | (1 << i), 0);
    return found.reduce((sum, { values }) => sum + (values[coalition] as number), 0) / found.length;
  });
  const alone = PARTIES.map((_, i) => game.values[1 << i] as number);
  const shares = shapley(game);
  const even = nucleolus(game)?.division ?? null;
  return {
    game,
    years: found,
    alone,
    gain: (game.values.at(-1) as number) - alone.reduce((sum, value) => sum + value, 0),
    shapley: shares,
    nucleolus: even,
    core: { shapley: inCore(game, shares, 1e-7), nucleolus: even === null ? null : inCore(game, even, 1e-7) },
    quarrels: lossesOfJoining(game, 1e-7),
    proved,
  };
}

/** The year in which `members` decide for their common benefit and everyone else does what it does alone. */
function coalitionYear(plan: YearPlan, alone: SharedYear, members: readonly Riparian[]): SharedYear {
  const { limits } = plan;
  const money = moneyOf(plan.tables);
  for (let t = 0; t < 12; t++)
    for (const way of WAYS) {
      const owner = ownerOf(way);
      const column = plan.at(way, t);
      // what passes on is not decided: it is what comes
      if (way === 'aral-short') limits.upper[column] = alone.x[column] as number;
      else if (owner !== null && !members.includes(owner) && way !== 'kayrakkum-release' && way !== 'arnasay') {
        limits.lower[column] = alone.x[column] as number;
        limits.upper[column] = alone.x[column] as number;
      }
    }
  const cost = costOf(plan, (way) => {
    const owner = ownerOf(way);
    return owner !== null && members.includes(owner) ? money(way) : 0;
  });
  // the Aral's minimum is a limit here, not a benefit
  for (let t = 0; t < 12; t++) cost[plan.at('aral-short', t)] = 0;
  for (const rule of ['toktogul-summer', 'shardara-winter'] as const) {
    cost[plan.missing(rule)] = 0;
    limits.upper[plan.missing(rule)] = alone.x[plan.missing(rule)] as number;
  }
  return sharedYear(plan, [solveYear(plan, cost)]);
}

/** Coalitions over `PARTIES`, of which the last adds nothing. */
function withTurkmenistan(values: Float64Array): Float64Array {
  return Float64Array.from({ length: 2 ** PARTIES.length }, (_, coalition) => values[coalition % COALITIONS] as number);
}
