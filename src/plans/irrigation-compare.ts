/**
 * Ways to save irrigation water, side by side: what is taken, what is consumed, what it yields, what it does to the salt.
 *
 *     compareOptions(['furrow', 'drip', 'lining', 'drip+lining'], { seasons, entry, soil, tables, canal: 'earth-loam-medium', runs: 200, seed: 1 })
 *
 * Every run draws a year of weather (with replacement) and a figure from each range of each option; all options share the draws, so
 * that a difference is one of options, not of luck. Intervals hold 90 in a hundred runs.
 *
 * Two savings stand apart: water no longer taken from the river (`withdrawal`), and water no longer evaporated (`consumed`). What
 * seeped or ran off before may have been someone's water downstream: only the second is there anew for the river.
 */
import { Problem } from '../problems.ts';
import {
  lastSalinity,
  leachingRequirement,
  leachingRequirementDrip,
  rootZoneSalinity,
  saltBrought,
  saltYield,
} from '../science/crop-salinity.ts';
import { type CropDay, cropSeason, type Season, type SeasonOptions, type Soil } from '../science/crop-season.ts';
import { seasonYield } from '../science/crop-yield.ts';
import { irrigationRule } from '../science/irrigation-schedule.ts';
import { sampleQuantile } from '../science/sample-quantile.ts';
import { type Random, seededRandom } from '../science/seeded-random.ts';
import type { CropEntry, Factor, IrrigationTables, Quantity } from './irrigation-tables.ts';

export interface CompareSettings {
  tables: IrrigationTables;
  /** Weather of each year from planting on; the last may be longer than the season. */
  seasons: readonly (readonly CropDay[])[];
  entry: CropEntry;
  soil: Soil;
  /** Canal of an option that names none: an option of the table. */
  canal: string;
  /** Of the option `crop`, with its own weather from its own planting. */
  other?: { entry: CropEntry; seasons: readonly (readonly CropDay[])[] };
  /** Of the option `deficit`, instead of the table's [1]. */
  deficit?: number;
  /** Conductivity of the irrigation water [dS/m]; without it nothing is said of salt. */
  salinity?: number;
  /** Irrigation at this depletion of the readily available water [1]. */
  share?: number;
  runs?: number;
  seed?: number;
  season?: Omit<SeasonOptions, 'irrigation'>;
}

/** Middle and bounds of 90 in a hundred runs. */
export interface Spread {
  low: number;
  mid: number;
  high: number;
}

export interface OptionOutcome {
  /** As asked for: `drip+lining`. */
  id: string;
  crop: string;
  /** [mm] a season: taken from the river, at the field's edge, into the soil. */
  withdrawal: Spread;
  applied: Spread;
  entered: Spread;
  /** [mm]: evapotranspiration; of it from bare soil; through the roots down. */
  consumed: Spread;
  evaporation: Spread | null;
  percolation: Spread;
  /** Less than the first option, run by run [mm]; of consumption, too. */
  saved: Spread;
  savedConsumption: Spread;
  /** Of the greatest yield of its crop [1]; `null` where no response is published. */
  yield: Spread | null;
  /** Runs in which want of water was beyond the trials of the response [1]. */
  doubtful: number;
  /** ECe of the root zone after many such seasons [dS/m]; `null` without salinity, or where a run has no leaching at all. */
  salt: Spread | null;
  /** Runs in which nothing passes below the roots, so that salt only grows [1]. */
  unleached: number;
  /** Salt that the water brings [t/ha]. */
  saltBrought: Spread | null;
  /** Part of the water that is given to wash out salt [1]. */
  leaching: number;
  /** Sources of its figures. */
  sources: string[];
}

export interface Comparison {
  outcomes: OptionOutcome[];
  runs: number;
  seed: number;
  years: number;
  /** Salinity at which even the first option cannot keep the crop whole by leaching. */
  leachingUnreachable: boolean;
}

/** Options of the canal follow from the field: an option that names none has the canal asked for. */
type Plan = Partial<Record<Quantity, Factor>>;

interface Run {
  withdrawal: number;
  applied: number;
  entered: number;
  consumed: number;
  evaporation: number;
  percolation: number;
  yield: number;
  doubtful: boolean;
  salt: number;
  brought: number;
}

const RUNS = 200;
const MM_BY_M3_HA = 0.1;

/** @throws Problem where an option is not of the table */
export function compareOptions(ids: readonly string[], settings: CompareSettings): Comparison {
  const { runs = RUNS, seed = 1, seasons } = settings;
  const draws = drawsOf(runs, seed, seasons.length);
  const all = ids.map((id) => {
    const plan = planOf(id, settings);
    return { id, plan, runs: draws.map((draw) => runOf(plan, draw, settings)), leaching: leachingOf(plan, settings) };
  });
  const first = all[0]?.runs ?? [];
  const outcomes = all.map((one): OptionOutcome => {
    const of = (pick: (run: Run, i: number) => number): Spread => spreadOf(one.runs.map(pick));
    const known = (key: keyof Run): Spread | null =>
      one.runs.every((run) => Number.isFinite(run[key] as number)) ? of((run) => run[key] as number) : null;
    const crop = one.plan.crop === undefined ? settings.entry : otherOf(settings).entry;
    return {
      ...{ id: one.id, crop: crop.id, leaching: one.leaching, sources: sourcesOf(one.plan, crop) },
      ...{ withdrawal: of((run) => run.withdrawal), applied: of((run) => run.applied), entered: of((run) => run.entered) },
      ...{ consumed: of((run) => run.consumed), evaporation: known('evaporation'), percolation: of((run) => run.percolation) },
      saved: of((run, i) => (first[i]?.withdrawal ?? 0) - run.withdrawal),
      savedConsumption: of((run, i) => (first[i]?.consumed ?? 0) - run.consumed),
      yield: known('yield'),
      doubtful: one.runs.filter((run) => run.doubtful).length / runs,
      salt: settings.salinity === undefined ? null : known('salt'),
      unleached: settings.salinity === undefined ? 0 : one.runs.filter((run) => run.salt === Infinity).length / runs,
      saltBrought: settings.salinity === undefined ? null : known('brought'),
    };
  });
  return { outcomes, runs, seed, years: seasons.length, leachingUnreachable: unreachable(settings) };
}

/** What one run draws: a year, a place in every range, the part of field losses that passes through the roots. */
interface Draw {
  year: number;
  at: Record<Quantity, number>;
  /** Nobody measured it: anything from none to all. */
  through: number;
}

function drawsOf(runs: number, seed: number, years: number): Draw[] {
  const random: Random = seededRandom(seed);
  return Array.from({ length: runs }, () => ({
    year: Math.floor(random() * years),
    at: {
      ...{ 'application-efficiency': random(), wetted: random(), 'less-applied': random() },
      ...{ 'supply-part': random(), crop: random(), 'conveyance-efficiency': random() },
    },
    through: random(),
  }));
}

/** `drip+lining`: figures of the field as usual, replaced by those of each part. */
function planOf(id: string, { tables, canal, deficit }: CompareSettings): Plan {
  const plan: Plan = {};
  for (const part of ['furrow', canal, ...id.split('+')]) {
    const option = tables.options.get(part);
    if (option === undefined)
      throw new Problem('choice-wrong', { field: '--compare', found: part, expected: [...tables.options.keys()].join(', ') });
    for (const factor of option.factors) plan[factor.quantity] = factor;
  }
  if (deficit !== undefined && plan['supply-part'] !== undefined)
    plan['supply-part'] = { ...plan['supply-part'], values: [deficit] };
  return plan;
}

function drawn(factor: Factor | undefined, at: number): number | null {
  if (factor === undefined || factor.values.length === 0) return null;
  const [first = 0, second = first] = factor.values;
  return factor.draw === 'between'
    ? first + at * (second - first)
    : (factor.values[Math.floor(at * factor.values.length)] ?? first);
}

function otherOf({ other }: CompareSettings): NonNullable<CompareSettings['other']> {
  if (other === undefined) throw new Problem('option-needed', { field: '--instead', expected: 'wheat-spring' });
  return other;
}

function runOf(plan: Plan, { year, at, through }: Draw, settings: CompareSettings): Run {
  const { entry, seasons } = plan.crop === undefined ? { entry: settings.entry, seasons: settings.seasons } : otherOf(settings);
  const efficiency = drawn(plan['application-efficiency'], at['application-efficiency']) ?? 1;
  const wetted = drawn(plan.wetted, at.wetted) ?? 1;
  const part = drawn(plan['supply-part'], at['supply-part']);
  const run = (irrigation: NonNullable<SeasonOptions['irrigation']>): Season =>
    cropSeason(seasons[year % seasons.length] ?? [], entry.crop, settings.soil, { ...settings.season, irrigation });
  const leaching = leachingOf(plan, settings);
  const full = run(
    irrigationRule({
      when: { share: settings.share ?? 1 },
      howMuch: 'refill',
      wetted,
      efficiency,
      leaching,
      until: lengthOf(entry),
    }),
  );
  const { totals } =
    part === null
      ? full
      : run((day) => {
          const depth = part * (full.days[day]?.irrigation ?? 0);
          return depth > 0 ? { depth, wetted, efficiency } : null;
        });
  const entered = totals.irrigation - totals.lost;
  const less = Math.min(totals.lost, (drawn(plan['less-applied'], at['less-applied']) ?? 0) * MM_BY_M3_HA);
  const [applied, lost] = [totals.irrigation - less, totals.lost - less];
  const supplied = totals.potential > 0 ? totals.actual / totals.potential : 1;
  const salt = saltOf(settings, {
    entered,
    lost: lost * through,
    percolation: totals.percolation,
    rain: totals.rain - totals.runoff,
  });
  const response = entry.response === null ? null : seasonYield(entry.response, supplied);
  return {
    withdrawal: applied / (drawn(plan['conveyance-efficiency'], at['conveyance-efficiency']) ?? 1),
    ...{ applied, entered, consumed: totals.actual, evaporation: totals.evaporation, percolation: totals.percolation },
    yield: response === null ? Number.NaN : response.share * (entry.salt && salt !== null ? saltYield(salt, entry.salt) : 1),
    doubtful: response?.doubtful ?? false,
    salt: salt ?? Number.NaN,
    brought: settings.salinity === undefined ? Number.NaN : saltBrought(settings.salinity, applied),
  };
}

const lengthOf = ({ crop: { stages } }: CropEntry): number => stages.initial + stages.development + stages.middle + stages.late;

/** ECe after many such seasons: water and rain mixed, what passes below by what comes in. FAO-29, section 2.4. */
function saltOf(
  { salinity }: CompareSettings,
  { entered, lost, percolation, rain }: { entered: number; lost: number; percolation: number; rain: number },
): number | null {
  if (salinity === undefined) return null;
  const all = entered + lost + rain;
  if (all <= 0) return 0;
  const leaching = (percolation + lost) / all;
  return leaching <= 0 ? Infinity : rootZoneSalinity((salinity * (entered + lost)) / all, Math.min(1, leaching));
}

/** Drip has its own equation; a crop without a published tolerance gets no leaching, nor does one that is kept short of water. */
function leachingOf(plan: Plan, settings: CompareSettings): number {
  const { salt } = plan.crop === undefined ? settings.entry : otherOf(settings).entry;
  if (settings.salinity === undefined || salt === null || plan['supply-part'] !== undefined) return 0;
  const drip = (plan.wetted?.values ?? []).every((value) => value < 0.5);
  const part = drip
    ? leachingRequirementDrip(settings.salinity, lastSalinity(salt))
    : leachingRequirement(settings.salinity, salt.threshold);
  return Number.isNaN(part) ? 0 : part;
}

function unreachable({ salinity, entry: { salt } }: CompareSettings): boolean {
  return salinity !== undefined && salt !== null && Number.isNaN(leachingRequirement(salinity, salt.threshold));
}

function sourcesOf(plan: Plan, crop: CropEntry): string[] {
  const figures = Object.values(plan).filter(({ kind }) => kind === 'published');
  return [...new Set([...figures.map(({ source }) => source), crop.source])];
}

/** Middle and the bounds of 90 in a hundred. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = Float64Array.from(values).sort();
  return { low: sampleQuantile(sorted, 0.05), mid: sampleQuantile(sorted, 0.5), high: sampleQuantile(sorted, 0.95) };
}
