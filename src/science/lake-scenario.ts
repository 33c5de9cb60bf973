/**
 * The North Aral from 2026 on under decisions: how high the water is held, how the gates are worked, how much the river brings.
 *
 *     const runs = scenarioEnsemble({ full: 44, inflow: 1, rule: 'overflow' }, { tables, runs: 1000, seed: 7 });
 *     intervalOf(termIn(runs, 'level', 2060))       // { low, mid, high } m: 5, 50 and 95 in a hundred runs
 *
 * Each run draws its bounded parameters (`data/aral/parameters.csv`) and a row of years for the river: blocks of three years from those
 * gauged in 1993-2019 (Künsch 1989, Ann. Stat. 17, 1217-1241, doi 10.1214/aos/1176347265: moving blocks), so that wet and dry years
 * come in spells as they did. All options of one call share their draws: what differs between options is the option.
 */
import { type Lake, type LakeForcing, type LakeRun, type OperatingRule, runLake } from './lake-balance.ts';
import { latinHypercube } from './lake-calibration.ts';
import { type CurveRow, type LakeCurve, lakeCurve, tabulated } from './lake-curve.ts';
import { type SaltBalance, saltBalance } from './salinity.ts';
import { seededRandom } from './seeded-random.ts';

/** What scenarios are made of: `data/aral/` as tables. */
export interface ScenarioTables {
  north: {
    curve: readonly CurveRow[];
    /** Shares of a year's inflow by month; evaporation and precipitation of a year as depths by month [m]. */
    months: { inflow: readonly number[]; evaporation: readonly number[]; precipitation: readonly number[] };
    /** River of each year [km3]; `gauge` tells which loss of the delta is in it already. */
    rivers: readonly { year: number; inflow: number; gauge: 'upstream' | 'karateren' }[];
    parameters: Readonly<Record<string, { low: number; high: number }>>;
  };
}

/** One option to decide on. */
export interface ScenarioOption {
  /** Level that the water is held at [m]: 42 as today, 44 and more for a second stage. */
  full: number;
  /** Part of the river of 1993-2019 that comes: climate, or use upstream. */
  inflow: number;
  /** `overflow`: all above the full level leaves; `gates`: they are worked by season, as 2006-2017 shows. */
  rule: 'overflow' | 'gates';
  /** Saved upstream and left in the river [km3 a year], before the delta's losses. */
  saved?: number;
  /** Part of today's evaporation. */
  evaporation?: number;
  /** Most that the gates let through [m3/s]; that of Kok-Aral was not found, so without one there is no such limit. */
  capacity?: number;
  /** First year in which the water is held at `full`; before it is held at 42 m. Without one it is from the beginning. */
  since?: number;
  /** Part of the lake under ice in each month of a year, 0 to 1: nothing evaporates there. Without one there is no ice. */
  ice?: readonly number[];
  /** Salinity above which salts fall out of the water [g/L]; without one all stay in it. */
  saltLimit?: number;
}

export interface EnsembleOptions {
  tables: ScenarioTables;
  runs?: number;
  seed: number;
  /** First and last year, both run through. */
  from?: number;
  to?: number;
  /** Known volume [km3] and salinity [g/L] at the start, instead of the bounds of the tables. */
  startVolume?: number;
  startSalinity?: number;
}

/** Yearly values of all runs: `values[run * years + year]`. */
export interface ScenarioRuns {
  option: ScenarioOption;
  runs: number;
  years: number[];
  /** Highest level at the end of a month of the year [m]. */
  highest: Float64Array;
  /** On 31 December: [m], [km2], [km3], [g/L]. */
  level: Float64Array;
  area: Float64Array;
  volume: Float64Array;
  salinity: Float64Array;
  /** Of the year [km3]: what reached the lake, evaporated, left for the Great Aral. */
  inflow: Float64Array;
  evaporation: Float64Array;
  released: Float64Array;
  /** Bed between the water's edge and that of the highest level of the curve, on 31 December [km2]. */
  exposed: Float64Array;
  /** The part of it that stayed dry all year: what wind can take dust from, at most [km2]. */
  dry: Float64Array;
  /** Salt that fell out of the water in the year [Mt]. */
  fallen: Float64Array;
  /** Largest part of a volume by which any step of any run does not close. */
  closure: number;
}

export const SCENARIO_FIRST_YEAR = 2026;
export const SCENARIO_LAST_YEAR = 2060;
const DEFAULT_RUNS = 1000;
const BLOCK = 3;
const MONTHS = 12;
/** Levels that the water is held at today and at least [m]. */
const FULL_TODAY = 42;
const LEAST_FULL = 40;
/** Crest of the dike above the zero of the heights [m]; a higher full level asks for a higher one, so much above it. */
const CREST = 45.5;
const FREEBOARD = 1.5;
/** Seconds in a mean month, for a capacity in m3/s [km3 per m3/s and month]. */
const KM3_PER_MONTH = (365.25 / 12) * 86_400 * 1e-9;

/**
 * Runs one option.
 * @throws RangeError for a full level beyond the curve, or a factor out of its bounds (`optionBounds`); it names which.
 */
export function scenarioEnsemble(option: ScenarioOption, options: EnsembleOptions): ScenarioRuns {
  const { tables, runs = DEFAULT_RUNS, seed, from = SCENARIO_FIRST_YEAR, to = SCENARIO_LAST_YEAR } = options;
  const curve = northCurve(tables);
  for (const [name, [low, high]] of Object.entries(optionBounds(tables))) {
    const found = option[name as keyof ReturnType<typeof optionBounds>];
    if (found !== undefined && !(found >= low && found <= high))
      throw new RangeError(`${name} is ${found}; it can be ${low} to ${high}`);
  }
  const years = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  const room = (): Float64Array => new Float64Array(runs * years.length);
  const out: ScenarioRuns = {
    option,
    runs,
    years,
    highest: room(),
    level: room(),
    area: room(),
    volume: room(),
    salinity: room(),
    inflow: room(),
    evaporation: room(),
    released: room(),
    exposed: room(),
    dry: room(),
    fallen: room(),
    closure: 0,
  };
  const bounds = Object.fromEntries(
    Object.entries(tables.north.parameters).map(([id, { low, high }]) => [id, [low, high] as const]),
  );
  const sets = latinHypercube(bounds, runs, { seed });
  const random = seededRandom(seed);
  for (const [run, set] of sets.entries()) {
    const value = (id: string): number => set[id] as number;
    const forcing = forcingOf(option, options, value, years, random);
    const water = stagedRun(
      option,
      { curve, value, first: from },
      { ...forcing, start: options.startVolume ?? value('start-volume') },
    );
    const released = water.release.map((release, i) => release + (water.overflow[i] as number));
    const salt = saltBalance({
      start: options.startSalinity ?? value('start-salinity'),
      volume: water.volume,
      inflow: water.inflow,
      release: released,
      river: value('river-salinity'),
      ...(option.saltLimit === undefined ? {} : { limit: option.saltLimit }),
    });
    keep(out, run, { water, released, salt, curve });
  }
  return out;
}

/** The curve of the North Aral, made quick; once for each table. */
export function northCurve({ north: { curve } }: ScenarioTables): LakeCurve {
  const known = curves.get(curve);
  if (known !== undefined) return known;
  const made = tabulated(lakeCurve(curve));
  curves.set(curve, made);
  return made;
}

const curves = new WeakMap<readonly CurveRow[], LakeCurve>();

/** Least and most of what an option may ask for; the highest level is that of the curve. */
export function optionBounds(
  tables: ScenarioTables,
): Record<'full' | 'inflow' | 'evaporation' | 'saved' | 'since' | 'saltLimit', readonly [number, number]> {
  return {
    full: [LEAST_FULL, Math.max(...tables.north.curve.map(({ level }) => level))],
    inflow: [0, 5],
    evaporation: [0.5, 2],
    saved: [0, 50],
    since: [1900, 2300],
    saltLimit: [1, 400],
  };
}

/** A forcing by months in arrays of its own. */
interface MonthlyForcing extends LakeForcing {
  inflow: Float64Array;
  precipitation: Float64Array;
  evaporation: Float64Array;
  months: Uint8Array;
  ice?: Float64Array;
}

/** The lake as it is worked now until the year in which an option is built, and by the option from then on. */
function stagedRun(
  option: ScenarioOption,
  { curve, value, first }: { curve: LakeCurve; value: (id: string) => number; first: number },
  forcing: MonthlyForcing,
): LakeRun {
  const months = forcing.inflow.length;
  const turn = Math.min(months, Math.max(0, ((option.since ?? first) - first) * MONTHS));
  if (turn === 0) return runLake(lakeOf(option, curve, value), forcing);
  const part = (from: number, to: number, start: number): LakeForcing => {
    const { inflow, precipitation, evaporation, ice, months: month } = forcing;
    return {
      start,
      depths: true,
      inflow: inflow.subarray(from, to),
      precipitation: precipitation.subarray(from, to),
      evaporation: evaporation.subarray(from, to),
      months: month.subarray(from, to),
      ...(ice === undefined ? {} : { ice: ice.subarray(from, to) }),
    };
  };
  const today = runLake(lakeOf({ ...option, full: FULL_TODAY }, curve, value), part(0, turn, forcing.start));
  if (turn === months) return today;
  const later = runLake(lakeOf(option, curve, value), part(turn, months, today.volume[turn] as number));
  const joined = (a: Float64Array, b: Float64Array): Float64Array => {
    const both = new Float64Array(a.length + b.length);
    both.set(a);
    both.set(b, a.length);
    return both;
  };
  return {
    volume: joined(today.volume, later.volume.subarray(1)),
    inflow: joined(today.inflow, later.inflow),
    precipitation: joined(today.precipitation, later.precipitation),
    evaporation: joined(today.evaporation, later.evaporation),
    groundwater: joined(today.groundwater, later.groundwater),
    release: joined(today.release, later.release),
    overflow: joined(today.overflow, later.overflow),
    missing: today.missing + later.missing,
    closure: Math.max(today.closure, later.closure),
  };
}

/** Months of all years: the river by way of the delta, depths of rain and evaporation. */
function forcingOf(
  { inflow: factor, saved = 0, evaporation: dryer = 1, ice }: ScenarioOption,
  { tables }: EnsembleOptions,
  value: (id: string) => number,
  years: readonly number[],
  random: () => number,
): Omit<MonthlyForcing, 'start'> {
  const { rivers, months } = tables.north;
  const n = years.length * MONTHS;
  const [inflow, rain, dry, month] = [new Float64Array(n), new Float64Array(n), new Float64Array(n), new Uint8Array(n)];
  let delta = 0;
  let block = 0;
  for (let year = 0; year < years.length; year++) {
    if (year % BLOCK === 0) block = Math.floor(random() * rivers.length);
    const river = rivers[(block + (year % BLOCK)) % rivers.length] as (typeof rivers)[number];
    const reaching = river.gauge === 'upstream' ? value('delta') : 1;
    const brought = river.inflow * factor * reaching + saved * value('delta');
    for (let m = 0; m < MONTHS; m++) {
      const i = year * MONTHS + m;
      const own = brought * (months.inflow[m] as number);
      if (i === 0) delta = own * value('residence');
      delta += own;
      inflow[i] = delta / (1 + value('residence'));
      delta -= inflow[i] as number;
      rain[i] = months.precipitation[m] as number;
      dry[i] = (months.evaporation[m] as number) * value('evaporation') * dryer;
      month[i] = m;
    }
  }
  const frozen = ice === undefined ? {} : { ice: Float64Array.from(month, (m) => ice[m] ?? 0) };
  return { inflow, precipitation: rain, evaporation: dry, depths: true, months: month, ...frozen };
}

function lakeOf({ full, rule, capacity }: ScenarioOption, curve: LakeCurve, value: (id: string) => number): Lake {
  const mark = curve.volumeAt(full) + value('mark');
  const top = curve.rows.at(-1)?.level ?? full;
  const crest = curve.volumeAt(Math.min(top, Math.max(CREST, full + FREEBOARD)));
  const gates: OperatingRule =
    rule === 'overflow'
      ? { kind: 'overflow', full: mark }
      : {
          kind: 'gates',
          full: mark - value('gate-swing'),
          share: value('gate-share'),
          swing: value('gate-swing'),
          peak: value('gate-peak'),
        };
  return { curve, rule: gates, dike: { crest }, ...(capacity === undefined ? {} : { capacity: capacity * KM3_PER_MONTH }) };
}

function keep(
  out: ScenarioRuns,
  run: number,
  { water, released, salt, curve }: { water: LakeRun; released: Float64Array; salt: SaltBalance; curve: LakeCurve },
): void {
  const widest = curve.rows.at(-1)?.area ?? 0;
  out.closure = Math.max(out.closure, water.closure);
  for (let year = 0; year < out.years.length; year++) {
    const at = run * out.years.length + year;
    const last = year * MONTHS + MONTHS - 1;
    const volume = water.volume[last + 1] as number;
    out.volume[at] = volume;
    out.level[at] = curve.levelAt(volume);
    out.area[at] = curve.areaOf(volume);
    out.exposed[at] = widest - (out.area[at] as number);
    out.salinity[at] = salt.salinity[last] as number;
    let most = 0;
    for (let i = last - MONTHS + 1; i <= last; i++) {
      most = Math.max(most, water.volume[i + 1] as number);
      out.inflow[at] = (out.inflow[at] as number) + (water.inflow[i] as number);
      out.evaporation[at] = (out.evaporation[at] as number) + (water.evaporation[i] as number);
      out.released[at] = (out.released[at] as number) + (released[i] as number);
      out.fallen[at] = (out.fallen[at] as number) + (salt.fallen[i] as number);
    }
    out.highest[at] = curve.levelAt(most);
    out.dry[at] = widest - curve.areaOf(most);
  }
}

/** Middle run and the interval of 90 in a hundred. */
export interface Interval {
  low: number;
  mid: number;
  high: number;
}

export type ScenarioTerm =
  | 'highest'
  | 'level'
  | 'area'
  | 'volume'
  | 'salinity'
  | 'inflow'
  | 'evaporation'
  | 'released'
  | 'exposed'
  | 'dry'
  | 'fallen';

/** A term of all runs in one year. @throws RangeError for a year that was not run. */
export function termIn(runs: ScenarioRuns, term: ScenarioTerm, year: number): Float64Array {
  const at = runs.years.indexOf(year);
  if (at === -1) throw new RangeError(`year ${year} was not run; ${runs.years[0]} to ${runs.years.at(-1)} were`);
  return Float64Array.from({ length: runs.runs }, (_, run) => runs[term][run * runs.years.length + at] as number);
}

export function intervalOf(values: Float64Array): Interval {
  const sorted = values.toSorted();
  const at = (part: number): number => {
    const place = part * (sorted.length - 1);
    const [low, high] = [sorted[Math.floor(place)] as number, sorted[Math.ceil(place)] as number];
    return low + (high - low) * (place - Math.floor(place));
  };
  return { low: at(0.05), mid: at(0.5), high: at(0.95) };
}

/** Mean over the last ten years of each run, of a flow. */
export function lateMean(runs: ScenarioRuns, term: ScenarioTerm, { last = 10 }: { last?: number } = {}): Float64Array {
  const n = runs.years.length;
  const span = Math.min(last, n);
  return Float64Array.from({ length: runs.runs }, (_, run) => {
    const own = runs[term].subarray(run * n + n - span, run * n + n);
    return own.reduce((sum, value) => sum + value, 0) / span;
  });
}
