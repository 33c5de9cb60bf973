/**
 * The "Water Peace" table: what each option costs and brings each country on the Syr Darya, over the hydrological years there are.
 *
 *     const table = peaceTable(syrdaryaTables(), { options: peaceOptions(tables), seed: 1 });
 *     table.options[1].parties.KG.change       // million USD a year against the first option, with its interval
 *
 * An interval of years goes from the 10th to the 90th of 100 years; that of a change is a bootstrap of its mean over the years
 * (Efron 1979, Ann. Stat. 7:1, doi:10.1214/aos/1176344552; percentiles 5 and 95), with a seed.
 */
import { type Certificate, worst } from '../science/allocation-certificate.ts';
import { gini, jain, type Regrets, regrets, shortageShares } from '../science/fairness.ts';
import { sampleQuantile } from '../science/sample-quantile.ts';
import { seededRandom } from '../science/seeded-random.ts';
import type { LocalText } from '../types.ts';
import { figure, type RiverYear, type Season, type SyrdaryaTables, withFigures } from './syrdarya-tables.ts';
import { PLACES, type Place, RULES, type Rule, setYear, type YearPlan, yearPlan } from './syrdarya-year.ts';
import { MISSING, optionYear, RIPARIANS, type Riparian, type SharedYear, yearProved } from './water-peace-year.ts';

export interface PeaceOption {
  id: string;
  /** Words of the user; shipped options have theirs in the messages. */
  name?: LocalText;
  goal: 'alone' | 'together';
  /** Asked of the North Aral [km3/a]. */
  aral: number;
  rules: Partial<Record<Rule, number>>;
  equal: boolean;
  /** All rivers times this. */
  inflow: number;
  /** Other values of figures. */
  figures: Record<string, number>;
}

export interface Spread {
  mean: number;
  low: number;
  high: number;
}

export interface PartyOutcome {
  asked: number;
  given: Spread;
  /** Part of what was asked, 0 to 1. */
  shortage: Spread;
  energy: Spread;
  money: Spread;
  /** Money against the first option; the interval is of the mean. */
  change: Spread;
}

/** What one km3 more would be worth [million USD], as a median over the years; null where a rule cannot be kept at any price. */
export interface Worth {
  place: Place;
  season: Season;
  median: number;
  low: number;
  high: number | null;
}

export interface OptionOutcome {
  option: PeaceOption;
  parties: Record<Riparian, PartyOutcome>;
  all: { money: Spread; change: Spread };
  aral: Spread;
  arnasay: Spread;
  /** Years in which the Aral's minimum and every rule were kept. */
  kept: number;
  /** Missing of the minimum and of rules [km3/a]. */
  missing: Record<'aral' | Rule, number>;
  /** Of the parts of what was asked that each country received, mean of the years. */
  fairness: { gini: number; jain: number };
  worth: Worth[];
  certificate: Certificate;
  proved: boolean;
}

export interface PeaceTable {
  years: number[];
  seed: number;
  options: OptionOutcome[];
  regret: Regrets;
}

const NONE = { rules: {}, equal: false, inflow: 1, figures: {} };
const DRAWS = 1000;
const KEPT = 1e-6;

/** Ids of the shipped options, which have words in the messages. */
export const SHIPPED_OPTIONS = [
  'alone',
  'summer-release',
  'together',
  'together-winter',
  'together-aral',
  'equal-shortage',
] as const;

/** The shipped options: each for itself, arrangements one by one, all together, equal shortage. */
export function peaceOptions(tables: SyrdaryaTables): PeaceOption[] {
  const aral = figure(tables, 'aral-winter') + figure(tables, 'aral-growing');
  const rule = (id: Rule): number => tables.arrangements.get(id)?.value ?? 0;
  return [
    { ...NONE, id: 'alone', goal: 'alone', aral },
    { ...NONE, id: 'summer-release', goal: 'alone', aral, rules: { 'toktogul-summer': rule('toktogul-summer') } },
    { ...NONE, id: 'together', goal: 'together', aral },
    { ...NONE, id: 'together-winter', goal: 'together', aral, rules: { 'shardara-winter': rule('shardara-winter') } },
    { ...NONE, id: 'together-aral', goal: 'together', aral: 5 },
    { ...NONE, id: 'equal-shortage', goal: 'together', aral, equal: true },
  ];
}

export interface PeaceTableOptions {
  options: readonly PeaceOption[];
  years?: readonly RiverYear[];
  seed?: number;
  onProgress?: (done: number, total: number) => void;
}

/** Runs every option over every year. */
export function peaceTable(
  tables: SyrdaryaTables,
  { options, years = tables.years, seed = 1, onProgress }: PeaceTableOptions,
): PeaceTable {
  let base: SharedYear[] = [];
  const outcomes = options.map((option, i) => {
    const { plan, runs } = runOption(tables, option, years);
    if (i === 0) base = runs;
    onProgress?.(i + 1, options.length);
    return outcomeOf(plan, option, runs, base, seed);
  });
  return {
    years: years.map(({ year }) => year),
    seed,
    options: outcomes,
    regret: regrets(outcomes.map(({ parties }) => RIPARIANS.map((party) => parties[party].money.mean))),
  };
}

/** The years of one option. */
export function runOption(
  tables: SyrdaryaTables,
  { goal, aral, rules, equal, inflow, figures }: PeaceOption,
  years: readonly RiverYear[],
): { plan: YearPlan; runs: SharedYear[] } {
  const plan = yearPlan(withFigures(tables, figures), { aral, rules, equal });
  return {
    plan,
    runs: years.map((year) => {
      setYear(plan, year, inflow);
      return optionYear(plan, goal);
    }),
  };
}

function outcomeOf(
  plan: YearPlan,
  option: PeaceOption,
  runs: readonly SharedYear[],
  base: readonly SharedYear[],
  seed: number,
): OptionOutcome {
  const moneyOfAll = ({ parties }: SharedYear): number => RIPARIANS.reduce((sum, party) => sum + parties[party].money, 0);
  const change = (of: (year: SharedYear) => number): Spread =>
    bootstrap(
      runs.map((year, i) => of(year) - of(base[i] as SharedYear)),
      seed,
    );
  const ratios = runs.map(({ parties }) =>
    shortageShares(
      RIPARIANS.map((party) => parties[party].given),
      RIPARIANS.map((party) => parties[party].asked),
    ).map((short) => 1 - short),
  );
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const missing = {
    aral: mean(runs.map(({ aralShort }) => aralShort)),
    'toktogul-summer': mean(runs.map((year) => year.missing['toktogul-summer'])),
    'shardara-winter': mean(runs.map((year) => year.missing['shardara-winter'])),
  };
  return {
    option,
    parties: Object.fromEntries(
      RIPARIANS.map((party, p): [Riparian, PartyOutcome] => [
        party,
        {
          asked: runs[0]?.parties[party].asked ?? 0,
          given: spreadOf(runs.map(({ parties }) => parties[party].given)),
          shortage: spreadOf(ratios.map((row) => 1 - (row[p] as number))),
          energy: spreadOf(runs.map(({ parties }) => parties[party].energy)),
          money: spreadOf(runs.map(({ parties }) => parties[party].money)),
          change: change(({ parties }) => parties[party].money),
        },
      ]),
    ) as Record<Riparian, PartyOutcome>,
    all: { money: spreadOf(runs.map(moneyOfAll)), change: change(moneyOfAll) },
    aral: spreadOf(runs.map(({ aral }) => aral)),
    arnasay: spreadOf(runs.map(({ arnasay }) => arnasay)),
    kept: runs.filter((year) => year.aralShort <= KEPT && RULES.every((rule) => year.missing[rule] <= KEPT)).length,
    missing,
    fairness: { gini: mean(ratios.map((row) => gini(row))), jain: mean(ratios.map((row) => jain(row))) },
    worth: option.goal === 'together' ? worthOf(plan, runs) : [],
    certificate: worst(runs.flatMap(({ certificates }) => certificates)),
    proved: runs.every(yearProved),
  };
}

/** What one km3 more would be worth at each place, by season. */
function worthOf({ tables }: YearPlan, runs: readonly SharedYear[]): Worth[] {
  return PLACES.flatMap((place) =>
    (['winter', 'growing'] as const).map((season): Worth => {
      const months = tables.months.flatMap((month, t) => (month.season === season ? [t] : []));
      const values = runs.map(({ last }) => months.reduce((sum, t) => sum + last.worth(place, t), 0) / months.length);
      const sorted = values.map((value) => (place === 'aral' ? -value : value)).sort((a, b) => a - b);
      const high = sampleQuantile(sorted, 0.9) + 0;
      return {
        place,
        season,
        median: sampleQuantile(sorted, 0.5) + 0,
        low: sampleQuantile(sorted, 0.1) + 0,
        high: high > MISSING / 12 ? null : high,
      };
    }),
  );
}

/** Mean of the years with the 10th and 90th of 100. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  return {
    mean: values.reduce((sum, value) => sum + value, 0) / values.length,
    low: sampleQuantile(sorted, 0.1) + 0,
    high: sampleQuantile(sorted, 0.9) + 0,
  };
}

/** The mean of `values` with the 5th and 95th of 100 means of years drawn anew. */
function bootstrap(values: readonly number[], seed: number): Spread {
  const random = seededRandom(seed);
  const means = Array.from({ length: DRAWS }, () => {
    let sum = 0;
    for (let i = 0; i < values.length; i++) sum += values[Math.floor(random() * values.length)] as number;
    return sum / values.length;
  }).sort((a, b) => a - b);
  return {
    mean: values.reduce((sum, value) => sum + value, 0) / values.length,
    low: sampleQuantile(means, 0.05) + 0,
    high: sampleQuantile(means, 0.95) + 0,
  };
}
