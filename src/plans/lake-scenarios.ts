/**
 * The North Aral from 2026 on under decisions: how high the water is held, how the gates are worked, how much the river brings.
 *
 *     const runs = scenarioEnsemble({ full: 44, inflow: 1, rule: 'overflow' }, { tables: aralTables(), runs: 1000, seed: 7 });
 *     outcomeAt(runs, 2060).level       // { low, mid, high } m: 5, 50 and 95 in a hundred runs
 *
 * Each run draws its bounded parameters (`data/aral/parameters.csv`) and a row of years for the river: blocks of three years from those
 * gauged in 1993-2019 (Künsch 1989, Ann. Stat. 17, 1217-1241, doi 10.1214/aos/1176347265: moving blocks), so that wet and dry years
 * come in spells as they did. All options of one call share their draws: what differs between options is the option.
 */
import { Problem } from '../problems.ts';
import { type Lake, type LakeForcing, type LakeRun, type OperatingRule, runLake } from '../science/lake-balance.ts';
import { latinHypercube, weightedQuantile } from '../science/lake-calibration.ts';
import { type LakeCurve, lakeCurve, tabulated } from '../science/lake-curve.ts';
import { saltBalance } from '../science/salinity.ts';
import { seededRandom } from '../science/seeded-random.ts';
import type { AralTables } from './aral-tables.ts';

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
}

export interface EnsembleOptions {
  tables: AralTables;
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
  /** Largest part of a volume by which any step of any run does not close. */
  closure: number;
}

export const SCENARIO_FIRST_YEAR = 2026;
export const SCENARIO_LAST_YEAR = 2060;
const DEFAULT_RUNS = 1000;
const BLOCK = 3;
const MONTHS = 12;
/** Crest of the dike above the zero of the heights [m]; a higher full level asks for a higher one, so much above it. */
const CREST = 45.5;
const FREEBOARD = 1.5;
/** Seconds in a mean month, for a capacity in m3/s [km3 per m3/s and month]. */
const KM3_PER_MONTH = (365.25 / 12) * 86_400 * 1e-9;

/**
 * Runs one option.
 * @throws Problem `choice-wrong` for a full level beyond the curve, or a factor that is not a number from 0 up.
 */
export function scenarioEnsemble(option: ScenarioOption, options: EnsembleOptions): ScenarioRuns {
  const { tables, runs = DEFAULT_RUNS, seed, from = SCENARIO_FIRST_YEAR, to = SCENARIO_LAST_YEAR } = options;
  const curve = northCurve(tables);
  const [lowest, highest] = [40, curve.rows.at(-1)?.level ?? 0];
  checked('full', option.full, lowest, highest);
  checked('inflow', option.inflow, 0, 5);
  checked('evaporation', option.evaporation ?? 1, 0.5, 2);
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
    const lake = lakeOf(option, curve, value);
    const water = runLake(lake, { ...forcing, start: options.startVolume ?? value('start-volume') });
    const released = water.release.map((release, i) => release + (water.overflow[i] as number));
    const { salinity } = saltBalance({
      start: options.startSalinity ?? value('start-salinity'),
      volume: water.volume,
      inflow: water.inflow,
      release: released,
      river: value('river-salinity'),
    });
    keep(out, run, { water, released, salinity, curve });
  }
  return out;
}

/** The curve of the North Aral, made quick. */
export function northCurve(tables: AralTables): LakeCurve {
  return tabulated(lakeCurve(tables.north.curve));
}

function checked(field: string, found: number, low: number, high: number): void {
  if (!(found >= low && found <= high))
    throw new Problem('choice-wrong', { field: `--${field}`, found: String(found), expected: `${low} – ${high}` });
}

/** Months of all years: the river by way of the delta, depths of rain and evaporation. */
function forcingOf(
  { inflow: factor, saved = 0, evaporation: dryer = 1 }: ScenarioOption,
  { tables }: EnsembleOptions,
  value: (id: string) => number,
  years: readonly number[],
  random: () => number,
): Omit<LakeForcing, 'start'> {
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
  return { inflow, precipitation: rain, evaporation: dry, depths: true, months: month };
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
  { water, released, salinity, curve }: { water: LakeRun; released: Float64Array; salinity: Float64Array; curve: LakeCurve },
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
    out.salinity[at] = salinity[last] as number;
    let most = 0;
    for (let i = last - MONTHS + 1; i <= last; i++) {
      most = Math.max(most, water.volume[i + 1] as number);
      out.inflow[at] = (out.inflow[at] as number) + (water.inflow[i] as number);
      out.evaporation[at] = (out.evaporation[at] as number) + (water.evaporation[i] as number);
      out.released[at] = (out.released[at] as number) + (released[i] as number);
    }
    out.highest[at] = curve.levelAt(most);
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
  | 'exposed';

/** A term of all runs in one year. @throws RangeError for a year that was not run. */
export function termIn(runs: ScenarioRuns, term: ScenarioTerm, year: number): Float64Array {
  const at = runs.years.indexOf(year);
  if (at === -1) throw new RangeError(`year ${year} was not run; ${runs.years[0]} to ${runs.years.at(-1)} were`);
  return Float64Array.from({ length: runs.runs }, (_, run) => runs[term][run * runs.years.length + at] as number);
}

export function intervalOf(values: Float64Array): Interval {
  const [low, mid, high] = [0.05, 0.5, 0.95].map((part) => weightedQuantile(values, null, part)) as [number, number, number];
  return { low, mid, high };
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
