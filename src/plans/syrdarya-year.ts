/**
 * One hydrological year of the Syr Darya as a linear programme of twelve months: who may take what, reservoirs, energy, the Aral.
 *
 *     const plan = yearPlan(tables, { inflow: 1 });
 *     setYear(plan, tables.years[0]);
 *     const found = solveYear(plan, objective);          // proved by its certificate
 *     found.x[plan.at('release-need', 3)]
 *
 *     Naryn → Toktogul → [Fergana: KG, UZ above] → Kayrakkum [TJ] → [Chirchik: UZ below, Dustlik] → Shardara → [Arys: KZ] → Aral
 *
 * Volumes are km3 in a month. Part of what is taken above Shardara returns one reach below in the same month. Every reservoir ends
 * the year no emptier than it began.
 */
import { startAgain } from '../science/allocation-basis.ts';
import { type Certificate, certify } from '../science/allocation-certificate.ts';
import { type Limits, openLimits, type Programme, programmeOf } from '../science/allocation-programme.ts';
import { dualsOf, openSimplex, type Simplex, solveSimplex } from '../science/allocation-simplex.ts';
import { figure, type Party, type RiverYear, type Season, type SyrdaryaTables } from './syrdarya-tables.ts';

export const USES = ['kg', 'uz-upper', 'tj', 'uz-lower', 'dustlik', 'kz'] as const;
export type Use = (typeof USES)[number];
export const USER: Record<Use, Exclude<Party, 'TM'>> = {
  kg: 'KG',
  'uz-upper': 'UZ',
  tj: 'TJ',
  'uz-lower': 'UZ',
  dustlik: 'KZ',
  kz: 'KZ',
};

/** What can be decided in a month. Uses come in two parts: the first of full value, then the rest. */
export const WAYS = [
  'release-need',
  'release-rest',
  'toktogul-spill',
  'fergana-flow',
  'kayrakkum-release',
  'chirchik-flow',
  'shardara-release',
  'arnasay',
  'aral',
  'aral-short',
  'toktogul',
  'kayrakkum',
  'shardara',
  ...USES.flatMap((use) => [`${use}/1`, `${use}/2`] as const),
] as const;
export type Way = (typeof WAYS)[number];

/** Places where water is balanced in every month, and the Aral's minimum. */
export const PLACES = ['toktogul', 'fergana', 'kayrakkum', 'chirchik', 'shardara', 'lower', 'aral'] as const;
export type Place = (typeof PLACES)[number];

/** Rules that may be switched on, each over a season, with what is missing of them. */
export const RULES = ['toktogul-summer', 'shardara-winter'] as const;
export type Rule = (typeof RULES)[number];

export interface YearPlan {
  tables: SyrdaryaTables;
  programme: Programme;
  limits: Limits;
  simplex: Simplex;
  /** Column of a way in a month, 0 for October. */
  at: (way: Way, month: number) => number;
  /** Column of what is missing of a rule; of the part that all receive alike. */
  missing: (rule: Rule) => number;
  share: number;
  rowOf: (place: Place, month: number) => number;
  /** Asked by use and month [km3]. */
  asked: Record<Use, number[]>;
  /** Flow by place and month of the year that is set. */
  inflow: Record<'toktogul' | 'fergana' | 'chirchik' | 'lower', number[]>;
  /** Limits as they are before anything is fixed. */
  open: Limits;
}

export interface YearOptions {
  /** All rivers times this. */
  inflow?: number;
  /** Asked of the North Aral over the year [km3]; none without. */
  aral?: number;
  /** Asked by rule over its season [km3]. */
  rules?: Partial<Record<Rule, number>>;
  /** Everyone receives the same part of its limit. */
  equal?: boolean;
}

const MONTHS = 12;
const DAYS = [31, 30, 31, 31, 28.25, 31, 30, 31, 30, 31, 31, 30];
const SECONDS = 86_400;
/** Months in which ice narrows the river below Shardara. */
const ICE = new Set([12, 1, 2, 3]);

/** Demands by month: the limit of Protocol 413 by the parts of the seasons that the limits of 2025-26 have. */
export function demands(tables: SyrdaryaTables): Record<Use, number[]> {
  const { limits, seasons, months } = tables;
  const dustlik = seasons.get('KZ-dustlik') as Record<Season, number>;
  const canal = dustlik.winter + dustlik.growing;
  const upper = figure(tables, 'uzbek-upper');
  const by = (limit: number, of: string): number[] => {
    const parts = seasons.get(of) as Record<Season, number>;
    return months.map(({ season, demand }) => (limit * demand * parts[season]) / (parts.winter + parts.growing));
  };
  return {
    kg: by(limits.KG, 'KG'),
    'uz-upper': by(limits.UZ * upper, 'UZ'),
    tj: by(limits.TJ, 'TJ'),
    'uz-lower': by(limits.UZ * (1 - upper), 'UZ'),
    dustlik: by(canal, 'KZ-dustlik'),
    // no parts of seasons are published for the lower river: those of Uzbekistan
    kz: by(limits.KZ - canal, 'UZ'),
  };
}

/** The programme of a year; `setYear` gives it rivers. */
export function yearPlan(tables: SyrdaryaTables, options: YearOptions = {}): YearPlan {
  const width = WAYS.length;
  const height = PLACES.length;
  const wayAt = new Map<Way, number>(WAYS.map((way, i) => [way, i]));
  const placeAt = new Map<Place, number>(PLACES.map((place, i) => [place, i]));
  const at = (way: Way, month: number): number => month * width + (wayAt.get(way) as number);
  const rowOf = (place: Place, month: number): number => month * height + (placeAt.get(place) as number);
  const missing = (rule: Rule): number => MONTHS * width + RULES.indexOf(rule);
  const share = MONTHS * width + RULES.length;
  const asked = demands(tables);
  const ruleRow = MONTHS * height;
  const equalRow = ruleRow + RULES.length;
  const parties = ['KG', 'TJ', 'UZ', 'KZ'] as const;
  const rows = equalRow + (options.equal === true ? parties.length : 0);
  const entries: { row: number; value: number }[][] = Array.from({ length: share + 1 }, () => []);
  const add = (column: number, row: number, value: number): number =>
    (entries[column] as { row: number; value: number }[]).push({ row, value });
  const back =
    figure(tables, 'return-flow') / USES.filter((use) => use !== 'kz').reduce((sum, use) => sum + yearOf(asked[use]), 0);
  for (let t = 0; t < MONTHS; t++) {
    const flow = (way: Way, from: Place | null, to: Place | null, give = 1): void => {
      if (from !== null) add(at(way, t), rowOf(from, t), 1);
      if (to !== null) add(at(way, t), rowOf(to, t), -give);
    };
    flow('release-need', 'toktogul', 'fergana');
    flow('release-rest', 'toktogul', 'fergana');
    flow('toktogul-spill', 'toktogul', 'fergana');
    flow('fergana-flow', 'fergana', 'kayrakkum');
    flow('kayrakkum-release', 'kayrakkum', 'chirchik');
    flow('chirchik-flow', 'chirchik', 'shardara');
    flow('shardara-release', 'shardara', 'lower');
    flow('arnasay', 'shardara', null);
    flow('aral', 'lower', null);
    add(at('aral', t), rowOf('aral', t), figure(tables, 'delta'));
    add(at('aral-short', t), rowOf('aral', t), 1);
    for (const part of ['1', '2'] as const) {
      flow(`kg/${part}`, 'fergana', 'kayrakkum', back);
      flow(`uz-upper/${part}`, 'fergana', 'kayrakkum', back);
      flow(`tj/${part}`, 'kayrakkum', 'chirchik', back);
      flow(`uz-lower/${part}`, 'chirchik', 'shardara', back);
      flow(`dustlik/${part}`, 'chirchik', 'shardara', back);
      flow(`kz/${part}`, 'lower', null);
    }
    for (const store of ['toktogul', 'kayrakkum', 'shardara'] as const) {
      add(at(store, t), rowOf(store, t), 1);
      if (t + 1 < MONTHS) add(at(store, t), rowOf(store, t + 1), -1);
    }
    if (tables.months[t]?.season === 'growing')
      for (const way of ['release-need', 'release-rest', 'toktogul-spill'] as const) add(at(way, t), ruleRow, 1);
    else {
      add(at('chirchik-flow', t), ruleRow + 1, 1);
      for (const part of ['1', '2'] as const)
        for (const use of ['uz-lower', 'dustlik'] as const) add(at(`${use}/${part}`, t), ruleRow + 1, back);
    }
    if (options.equal === true)
      for (const use of USES)
        for (const part of ['1', '2'] as const) add(at(`${use}/${part}`, t), equalRow + parties.indexOf(USER[use]), 1);
  }
  for (const [i, rule] of RULES.entries()) add(missing(rule), ruleRow + i, 1);
  if (options.equal === true) for (const [i, party] of parties.entries()) add(share, equalRow + i, -tables.limits[party]);
  const programme = programmeOf(
    rows,
    entries.map((own) => ({ entries: own })),
  );
  const limits = openLimits(programme);
  const inflow = { toktogul: zeros(), fergana: zeros(), chirchik: zeros(), lower: zeros() };
  const plan: YearPlan = {
    tables,
    programme,
    limits,
    simplex: openSimplex(programme, limits),
    at,
    missing,
    share,
    rowOf,
    asked,
    inflow,
    open: limits,
  };
  bound(plan, options);
  return { ...plan, open: copyOf(limits) };
}

const zeros = (): number[] => new Array<number>(MONTHS).fill(0);
const yearOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

/** Limits that do not depend on the year. */
function bound({ tables, limits, at, asked, rowOf, missing, share }: YearPlan, options: YearOptions): void {
  const value = (id: string): number => figure(tables, id);
  const perCubic = value('turbine-energy') * value('cascade-factor') * 1000; // GWh/km3
  for (const [t, { month, season }] of tables.months.entries()) {
    const seconds = (DAYS[t] as number) * SECONDS;
    const turbine = (value('turbine-most') * seconds) / 1e9;
    const need = Math.min(turbine, value(season === 'winter' ? 'energy-need-winter' : 'energy-need-growing') / perCubic);
    limits.upper[at('release-need', t)] = need;
    limits.upper[at('release-rest', t)] = turbine - need;
    if (ICE.has(month)) limits.upper[at('shardara-release', t)] = (value('channel-winter') * seconds) / 1e9;
    for (const use of USES) {
      const whole = asked[use][t] as number;
      limits.upper[at(`${use}/1`, t)] = whole * value('first-part');
      limits.upper[at(`${use}/2`, t)] = whole * (1 - value('first-part'));
    }
    for (const store of ['toktogul', 'kayrakkum', 'shardara'] as const) {
      const least = value(`${store}-full`) - value(`${store}-useful`);
      limits.upper[at(store, t)] = value(`${store}-full`);
      limits.lower[at(store, t)] = t === MONTHS - 1 ? Math.max(least, value(`${store}-start`)) : least;
    }
    const minimum = aralMinimum(tables, t, options.aral ?? 0);
    limits.rowLower[rowOf('aral', t)] = minimum;
    limits.rowUpper[rowOf('aral', t)] = Number.POSITIVE_INFINITY;
    limits.upper[at('aral-short', t)] = minimum;
  }
  for (const [i, rule] of RULES.entries()) {
    const row = MONTHS * PLACES.length + i;
    limits.rowLower[row] = options.rules?.[rule] ?? 0;
    limits.rowUpper[row] = Number.POSITIVE_INFINITY;
    limits.upper[missing(rule)] = options.rules?.[rule] ?? 0;
  }
  limits.upper[share] = options.equal === true ? 1 : 0;
}

/** What the North Aral is to receive in a month when it is to have `year` km3, by the plans of the seasons. */
export function aralMinimum(tables: SyrdaryaTables, t: number, year: number): number {
  const winter = figure(tables, 'aral-winter');
  const growing = figure(tables, 'aral-growing');
  const own = tables.months[t]?.season === 'winter' ? winter : growing;
  return (year * own) / (winter + growing) / 6;
}

/** Gives the programme the rivers of a year, and takes back what was fixed. */
export function setYear({ tables, limits, open, rowOf, inflow, simplex }: YearPlan, year: RiverYear, times = 1): void {
  startAgain(simplex); // of equally good years the same one is taken, whichever year was solved before
  limits.lower.set(open.lower);
  limits.upper.set(open.upper);
  limits.rowLower.set(open.rowLower);
  limits.rowUpper.set(open.rowUpper);
  const depth = figure(tables, 'evaporation-depth');
  for (const [t, month] of tables.months.entries()) {
    inflow.toktogul[t] = year.naryn * month.naryn * times;
    inflow.fergana[t] = year.index * tables.fergana * month.fergana * times;
    inflow.chirchik[t] = year.chirchik * month.chirchik * times;
    inflow.lower[t] = (figure(tables, 'arys-flow') / MONTHS) * times;
    const lost = (store: string): number => (figure(tables, `${store}-area`) * depth * month.evaporation) / 1000;
    const set = (place: Place, value: number): void => {
      limits.rowLower[rowOf(place, t)] = value;
      limits.rowUpper[rowOf(place, t)] = value;
    };
    const begins = (store: string): number => (t === 0 ? figure(tables, `${store}-start`) : 0);
    set('toktogul', inflow.toktogul[t] - lost('toktogul') + begins('toktogul'));
    set('fergana', inflow.fergana[t]);
    set('kayrakkum', begins('kayrakkum') - lost('kayrakkum'));
    set('chirchik', inflow.chirchik[t]);
    set('shardara', begins('shardara') - lost('shardara'));
    set('lower', inflow.lower[t]);
  }
}

export interface YearFound {
  x: Float64Array;
  /** What one km3 more at each place and month would save. */
  worth: (place: Place, month: number) => number;
  certificate: Certificate;
}

/** The best year for costs by column. @throws Error when it is not solved: the programme always has a solution */
export function solveYear(plan: YearPlan, cost: Float64Array): YearFound {
  const { limits, programme, simplex, rowOf } = plan;
  limits.cost.set(cost);
  simplex.costChanged = true;
  const end = solveSimplex(simplex);
  if (end !== 'optimal') throw new Error(`syr darya: ${end}`);
  const x = simplex.x.slice(0, programme.columns);
  const y = dualsOf(simplex).slice();
  return { x, worth: (place, month) => -(y[rowOf(place, month)] as number) + 0, certificate: certify(programme, limits, x, y) };
}

const copyOf = (limits: Limits): Limits => ({
  cost: limits.cost.slice(),
  lower: limits.lower.slice(),
  upper: limits.upper.slice(),
  rowLower: limits.rowLower.slice(),
  rowUpper: limits.rowUpper.slice(),
});
