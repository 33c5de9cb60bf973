/**
 * The water of a lake step by step: rivers, rain and evaporation on the area that changes, groundwater, gates and a dike.
 *
 *     const run = runLake(
 *       { curve, rule: { kind: 'overflow', full: 27 }, dike: { crest: 38 } },
 *       { start: 23, inflow, precipitation, evaporation, depths: true, months },
 *     );
 *     run.evaporation      // km3 by step: never hidden in another term
 *     run.closure          // largest part of a volume by which a step does not close: below 1e-9 or it throws
 *
 * A step may be a day, a month or a year; all terms are sums over the step [km3]. Depths [m] are taken over the area of the water
 * before the step; the area in the middle of the step would need the answer, and over a month of the North Aral differs by less than 1 %.
 */
import { KM3_PER_M_KM2, type LakeCurve } from './lake-curve.ts';

/** How the gates are worked. Volumes [km3]; `share` is the part of the water above the mark that leaves within a step. */
export type OperatingRule =
  | { kind: 'closed' }
  /** All above `full` leaves. */
  | { kind: 'overflow'; full: number }
  /** `share` of what is above a mark that swings through the year: `full` + `swing` cos(2 pi (month - peak) / 12), months 0 to 11. */
  | { kind: 'gates'; full: number; share: number; swing: number; peak: number }
  /** Releases as they were reported or planned, by step. */
  | { kind: 'schedule'; release: ArrayLike<number> };

export interface Lake {
  /** Needed where rain and evaporation are depths. */
  curve?: LakeCurve;
  rule: OperatingRule;
  /** Above `crest` [km3] water runs over the dike whatever the gates do. */
  dike?: { crest: number };
  /** Most that the gates let through within a step [km3]. */
  capacity?: number;
  /**
   * What comes first. `spill-first`: gates see the water before evaporation (SMASHI). `evaporation-first`: they see what is left (a
   * linear programme that caps a storage, as pywr's).
   */
  order?: 'spill-first' | 'evaporation-first';
}

export interface LakeForcing {
  /** Volume before the first step [km3]. */
  start: number;
  /** [km3] by step. */
  inflow: ArrayLike<number>;
  /** [km3] by step, or [m] with `depths`. */
  precipitation: ArrayLike<number>;
  evaporation: ArrayLike<number>;
  /** Rain and evaporation are depths [m] on the area of the lake. */
  depths?: boolean;
  /** From below where positive, into the ground where negative [km3]. */
  groundwater?: ArrayLike<number>;
  /** Part of the lake under ice, 0 to 1: nothing evaporates there. */
  ice?: ArrayLike<number>;
  /** Month of each step, 0 to 11; needed by `gates`. */
  months?: ArrayLike<number>;
}

export interface LakeRun {
  /** Before the first step and after each: one more than steps [km3]. */
  volume: Float64Array;
  /** By step [km3]. */
  inflow: Float64Array;
  precipitation: Float64Array;
  evaporation: Float64Array;
  groundwater: Float64Array;
  /** Through the gates, and over the crest of the dike. */
  release: Float64Array;
  overflow: Float64Array;
  /** Evaporation and seepage that found no water, of all steps together [km3]. */
  missing: number;
  closure: number;
}

/** A step that cannot be run: `step` counts from 0. */
export class StepRefused extends RangeError {
  override name = 'StepRefused';
  readonly step: number;

  constructor(step: number, message: string, options?: ErrorOptions) {
    super(`step ${step + 1}: ${message}`, options);
    this.step = step;
  }
}

/** A step closes to this part of the volume, or the run stops. */
export const MOST_CLOSURE = 1e-9;

/** Water above `rule`'s mark that leaves [km3]; `water` is what the gates see. */
export function released(rule: OperatingRule, water: number, month: number, step: number): number {
  if (rule.kind === 'closed') return 0;
  if (rule.kind === 'schedule') return Math.max(0, rule.release[step] as number);
  if (rule.kind === 'overflow') return Math.max(0, water - rule.full);
  const mark = rule.full + rule.swing * Math.cos((2 * Math.PI * (month - rule.peak)) / 12);
  return Math.max(0, rule.share * (water - mark));
}

/**
 * Runs a lake through its forcing.
 * @throws RangeError for lengths that do not fit, a forcing that is not a number (it names the step), depths without a curve;
 * `StepRefused` for a volume beyond the curve, or a step that does not close.
 */
export function runLake(lake: Lake, forcing: LakeForcing): LakeRun {
  const { start, inflow } = forcing;
  const n = inflow.length;
  checkForcing(lake, forcing);
  const room = (): Float64Array => new Float64Array(n);
  const run: LakeRun = {
    volume: new Float64Array(n + 1),
    inflow: Float64Array.from(inflow),
    precipitation: room(),
    evaporation: room(),
    groundwater: room(),
    release: room(),
    overflow: room(),
    missing: 0,
    closure: 0,
  };
  run.volume[0] = start;
  let i = 0;
  try {
    for (; i < n; i++) stepLake(lake, forcing, run, i);
  } catch (error) {
    throw error instanceof RangeError ? new StepRefused(i, error.message, { cause: error }) : error;
  }
  return run;
}

/** One step of `runLake`: writes place `i` of every term and the volume after it. In one piece, because order is what it is about. */
export function stepLake(lake: Lake, forcing: LakeForcing, run: LakeRun, i: number): void {
  const { curve, rule, dike, capacity = Infinity, order = 'spill-first' } = lake;
  const before = run.volume[i] as number;
  const perUnit = forcing.depths ? (curve as LakeCurve).areaOf(before) * KM3_PER_M_KM2 : 1;
  const rain = (forcing.precipitation[i] as number) * perUnit;
  const dry = (forcing.evaporation[i] as number) * perUnit * (1 - (forcing.ice?.[i] ?? 0));
  const under = forcing.groundwater?.[i] ?? 0;
  const month = forcing.months?.[i] ?? 0;
  let water = before + (run.inflow[i] as number) + rain + Math.max(0, under);
  const take = (wanted: number): number => {
    const taken = Math.min(wanted, water);
    water -= taken;
    run.missing += wanted - taken;
    return taken;
  };
  let [release, overflow, evaporation] = [0, 0, 0];
  const spill = (): void => {
    release = Math.min(released(rule, water, month, i), capacity, water);
    water -= release;
    overflow = dike === undefined ? 0 : Math.max(0, water - dike.crest);
    water -= overflow;
  };
  if (order === 'spill-first') spill();
  evaporation = take(dry);
  const seeped = take(Math.max(0, -under));
  if (order === 'evaporation-first') spill();
  run.precipitation[i] = rain;
  run.evaporation[i] = evaporation;
  run.groundwater[i] = Math.max(0, under) - seeped;
  run.release[i] = release;
  run.overflow[i] = overflow;
  run.volume[i + 1] = water;
  const sum = before + (run.inflow[i] as number) + rain + (run.groundwater[i] as number) - evaporation - release - overflow;
  const off = Math.abs(water - sum) / Math.max(water, before, Number.MIN_VALUE);
  if (!(off <= MOST_CLOSURE)) throw new RangeError(`does not close: ${water} km3 in the lake, ${sum} km3 by its terms`);
  run.closure = Math.max(run.closure, off);
}

/** What `runLake` asks of its forcing. @throws RangeError that names column and step */
export function checkForcing({ curve, rule }: Lake, forcing: LakeForcing): void {
  const { start, inflow, precipitation, evaporation, depths = false, groundwater, ice, months } = forcing;
  const n = inflow.length;
  if (!(start >= 0 && Number.isFinite(start))) throw new RangeError(`a volume at the start is a number from 0 up, not ${start}`);
  if (depths && curve === undefined) throw new RangeError('depths of rain and evaporation need a curve of the lake');
  if (rule.kind === 'gates' && months === undefined) throw new RangeError('gates need the month of every step');
  const columns = { inflow, precipitation, evaporation, groundwater, ice, months };
  for (const [name, column] of Object.entries(columns)) {
    if (column === undefined) continue;
    if (column.length !== n) throw new RangeError(`${name} has ${column.length} steps, the inflow ${n}`);
    for (let i = 0; i < n; i++) {
      const value = column[i] as number;
      const signed = name === 'groundwater';
      if (!Number.isFinite(value) || (!signed && value < 0)) throw new RangeError(`${name} of step ${i + 1} is ${value}`);
    }
  }
  if (rule.kind === 'schedule' && rule.release.length < n)
    throw new RangeError(`the schedule has ${rule.release.length} releases for ${n} steps`);
}

/** That the curve knows a level for every volume of a run. @throws StepRefused at the first that it does not reach */
export function checkReach({ volume }: Pick<LakeRun, 'volume'>, curve: LakeCurve): void {
  for (const [i, water] of volume.entries())
    try {
      curve.levelAt(water);
    } catch (error) {
      throw error instanceof RangeError ? new StepRefused(Math.max(0, i - 1), error.message, { cause: error }) : error;
    }
}

/** The balance of a run in sums [km3]: what came, what left, what the lake gained; they add up. */
export function balanceSums(
  run: LakeRun,
): Record<'inflow' | 'precipitation' | 'groundwater' | 'evaporation' | 'release' | 'overflow' | 'gained', number> {
  const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
  return {
    inflow: sum(run.inflow),
    precipitation: sum(run.precipitation),
    groundwater: sum(run.groundwater),
    evaporation: sum(run.evaporation),
    release: sum(run.release),
    overflow: sum(run.overflow),
    gained: (run.volume[run.volume.length - 1] as number) - (run.volume[0] as number),
  };
}
