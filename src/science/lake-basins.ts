/**
 * Lakes that hang together: what one lets go another receives, above a sill two stand at one level, a canal takes from a river.
 *
 *     const { runs, across } = runConnected(
 *       [{ id: 'small', lake: small, forcing: smallForcing }, { id: 'east', … }, { id: 'west', … }],
 *       { spills: [{ from: 'small', to: 'east' }], sills: [{ between: ['east', 'west'], level: 29 }] },
 *     );
 *     runs.get('west')?.exchange      // km3 that came over its sills by step
 *     connectedSums(runs, links)      // the balance of all together: it closes, or the run stops
 *
 * Basins step in the order given: water that the first lets go reaches the second within the step. Over a sill so much water moves
 * that both stand at one level, or the higher one at the sill; what one gains the other loses to the last digit.
 */
import { checkForcing, type Lake, type LakeForcing, type LakeRun, MOST_CLOSURE, StepRefused, stepLake } from './lake-balance.ts';
import { KM3_PER_M_KM2 } from './lake-curve.ts';

export interface Basin {
  id: string;
  lake: Lake;
  forcing: LakeForcing;
}

export interface BasinLinks {
  /** What leaves `from` by gates and dike, or the part of it given, arrives in `to`; the rest is lost on the way. */
  spills?: readonly { from: string; to: string; part?: number }[];
  /** Both basins need a curve. `level` [m]; `capacity` [km3] within a step, or one for each. */
  sills?: readonly { between: readonly [string, string]; level: number; capacity?: number | ArrayLike<number> }[];
  /**
   * Water that a canal takes out of the river of `river` before it gets there, for `to`: what `to` lacks of `full` [km3] at the end of the
   * step, but no more than the river brings and the canal holds (`capacity` [km3] within a step, or one for each). `part` arrives.
   */
  canals?: readonly { river: string; to: string; full: number; capacity?: number | ArrayLike<number>; part?: number }[];
}

export interface BasinRun extends LakeRun {
  /** Over sills, by step; gained where positive [km3]. */
  exchange: Float64Array;
  /** Of the inflow: what other basins let go, and what canals brought; what canals took is out of it already [km3]. */
  received: Float64Array;
  drawn: Float64Array;
}

export interface ConnectedRuns {
  runs: Map<string, BasinRun>;
  /** By link in the order given, by step [km3]: from the first of a sill to its second (negative the other way); what a canal takes. */
  across: Float64Array[];
  drawn: Float64Array[];
  /** On the way between basins, in spills and canals [km3 by step]. */
  lost: Float64Array;
}

/** Halvings in the search for a common level. */
const HALVINGS = 60;

/** The basins side by side: as `runConnected`, without the flows of each link. */
export function runBasins(basins: readonly Basin[], links: BasinLinks = {}): Map<string, BasinRun> {
  return runConnected(basins, links).runs;
}

/**
 * Runs the basins side by side.
 * @throws RangeError for a name that no basin has, a spill towards a basin that has stepped already, parts of one basin's spills above 1,
 * a sill or canal without curves, or what `runLake` refuses, with the name of the basin.
 */
export function runConnected(basins: readonly Basin[], { spills = [], sills = [], canals = [] }: BasinLinks = {}): ConnectedRuns {
  const place = new Map(basins.map(({ id }, i) => [id, i]));
  const at = (id: string): number => {
    const found = place.get(id);
    if (found === undefined) throw new RangeError(`no basin is called ${id}; there are ${[...place.keys()].join(', ')}`);
    return found;
  };
  const ways = spills.map(({ from, to, part = 1 }) => ({ from: at(from), to: at(to), part }));
  checkWays(basins, ways);
  const thresholds = sills.map(({ between, level, capacity = Infinity }) => {
    const [a, b] = [at(between[0]), at(between[1])];
    const curves = [basins[a]?.lake.curve, basins[b]?.lake.curve];
    if (curves.includes(undefined)) throw new RangeError(`a sill between ${between.join(' and ')} needs the curves of both`);
    return { a, b, level, capacity: byStep(capacity) };
  });
  const ditches = canals.map(({ river, to, full, capacity = Infinity, part = 1 }) => {
    const [from, target] = [at(river), at(to)];
    if (basins[target]?.lake.curve === undefined) throw new RangeError(`a canal to ${to} needs its curve`);
    return { from, to: target, full, capacity: byStep(capacity), part };
  });
  const steps = basins[0]?.forcing.inflow.length ?? 0;
  const runs = basins.map((basin) => prepared(basin, steps));
  const room = (): Float64Array => new Float64Array(steps);
  const [across, drawn, lost] = [sills.map(room), canals.map(room), room()];
  const add = (to: Float64Array, step: number, by: number): void => {
    to[step] = (to[step] as number) + by;
  };
  for (let step = 0; step < steps; step++) {
    for (const [k, { from, to, full, capacity, part }] of ditches.entries()) {
      const [source, target] = [runs[from] as BasinRun, runs[to] as BasinRun];
      const wanted = named(basins[to]?.id ?? '', () => lacking(basins[to] as Basin, target, full, step), step) / part;
      const taken = Math.max(0, Math.min(wanted, capacity(step), source.inflow[step] as number));
      add(source.inflow, step, -taken);
      add(target.inflow, step, taken * part);
      add(source.drawn, step, -taken);
      add(target.drawn, step, taken * part);
      add(lost, step, taken - taken * part);
      (drawn[k] as Float64Array)[step] = taken;
    }
    for (const [i, { id, lake, forcing }] of basins.entries()) {
      const run = runs[i] as BasinRun;
      named(id, () => stepLake(lake, forcing, run, step), step);
      const gone = (run.release[step] as number) + (run.overflow[step] as number);
      const own = ways.filter(({ from }) => from === i);
      for (const way of own) {
        const target = runs[way.to] as BasinRun;
        add(target.inflow, step, gone * way.part);
        add(target.received, step, gone * way.part);
      }
      if (own.length > 0) add(lost, step, gone * (1 - own.reduce((sum, { part }) => sum + part, 0)));
    }
    for (const [k, { a, b, level, capacity }] of thresholds.entries()) {
      const [runA, runB] = [runs[a] as BasinRun, runs[b] as BasinRun];
      const moved = acrossSill(
        { lake: (basins[a] as Basin).lake, volume: runA.volume[step + 1] as number },
        { lake: (basins[b] as Basin).lake, volume: runB.volume[step + 1] as number },
        { level, capacity: capacity(step) },
      );
      shift(runA, step, -moved);
      shift(runB, step, moved);
      (across[k] as Float64Array)[step] = moved;
    }
  }
  return { runs: new Map(basins.map(({ id }, i) => [id, runs[i] as BasinRun])), across, drawn, lost };
}

/** The balance of all basins together [km3], in sums; `left` is what leaves the last of them, `lost` what is lost between them. */
export interface ConnectedSums {
  inflow: number;
  precipitation: number;
  groundwater: number;
  evaporation: number;
  left: number;
  lost: number;
  gained: number;
  /** What of it does not close, as a part of the water there was. */
  closure: number;
}

/** @throws RangeError where gains and terms differ by more than 1e-9 of the water. */
export function connectedSums({ runs, lost }: ConnectedRuns, { spills = [] }: BasinLinks): ConnectedSums {
  const total = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);
  const all = [...runs.values()];
  const sum = (of: (run: BasinRun) => number): number => all.reduce((before, run) => before + of(run), 0);
  const sources = new Set(spills.map(({ from }) => from));
  const lostAll = total(lost);
  const taken = sum((run) => total(run.drawn)); // negative: what canals lost
  const terms = {
    inflow: sum((run) => total(run.inflow) - total(run.received)) - taken,
    precipitation: sum((run) => total(run.precipitation)),
    groundwater: sum((run) => total(run.groundwater)),
    evaporation: sum((run) => total(run.evaporation)),
    left: [...runs].reduce((s, [id, run]) => s + (sources.has(id) ? 0 : total(run.release) + total(run.overflow)), 0),
    lost: lostAll,
    gained: sum((run) => (run.volume.at(-1) as number) - (run.volume[0] as number)),
  };
  const off =
    terms.gained - (terms.inflow + terms.precipitation + terms.groundwater - terms.evaporation - terms.left - terms.lost);
  const water = sum((run) => Math.max(run.volume[0] as number, run.volume.at(-1) as number)) + terms.inflow;
  const closure = Math.abs(off) / Math.max(water, Number.MIN_VALUE);
  if (!(closure <= MOST_CLOSURE)) throw new RangeError(`the basins together do not close: ${off} km3 are left over`);
  return { ...terms, closure };
}

function checkWays(basins: readonly Basin[], ways: readonly { from: number; to: number; part: number }[]): void {
  for (const { from, to, part } of ways) {
    if (to <= from)
      throw new RangeError(`${basins[to]?.id} stands before ${basins[from]?.id}, which spills into it: turn the order`);
    const all = ways.filter((way) => way.from === from).reduce((sum, way) => sum + way.part, 0);
    if (!(part >= 0 && all <= 1 + 1e-12))
      throw new RangeError(`the spills of ${basins[from]?.id} have parts that add up to ${all}; up to 1 would do`);
  }
}

const byStep = (capacity: number | ArrayLike<number>): ((step: number) => number) =>
  typeof capacity === 'number' ? () => capacity : (step) => capacity[step] as number;

/** What the target lacks of `full` at the end of the step, by the area that it has now [km3]. */
function lacking({ lake, forcing }: Basin, run: BasinRun, full: number, step: number): number {
  const volume = run.volume[step] as number;
  const perUnit = forcing.depths ? (lake.curve?.areaOf(volume) ?? 0) * KM3_PER_M_KM2 : 1;
  const open = 1 - (forcing.ice?.[step] ?? 0);
  const loss = (forcing.evaporation[step] as number) * open - (forcing.precipitation[step] as number);
  return full - volume - (run.inflow[step] as number) + loss * perUnit - (forcing.groundwater?.[step] ?? 0);
}

/** A run without steps yet, once everything about it was checked. */
function prepared({ id, lake, forcing }: Basin, steps: number): BasinRun {
  if (forcing.inflow.length !== steps)
    throw new RangeError(`basins have ${steps} and ${forcing.inflow.length} steps; ${id} has the latter`);
  named(id, () => checkForcing(lake, forcing));
  const room = (): Float64Array => new Float64Array(steps);
  const volume = new Float64Array(steps + 1);
  volume[0] = forcing.start;
  const empty = { precipitation: room(), evaporation: room(), groundwater: room(), release: room(), overflow: room() };
  const inflow = Float64Array.from(forcing.inflow);
  return { volume, inflow, ...empty, missing: 0, closure: 0, exchange: room(), received: room(), drawn: room() };
}

/** What a basin refuses, with its name. */
function named<Value>(id: string, make: () => Value, step?: number): Value {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const message = `${id}: ${error.message}`;
    throw step === undefined ? new RangeError(message, { cause: error }) : new StepRefused(step, message, { cause: error });
  }
}

function shift(run: BasinRun, step: number, by: number): void {
  run.volume[step + 1] = (run.volume[step + 1] as number) + by;
  run.exchange[step] = (run.exchange[step] as number) + by;
}

/** Water that moves from the first to the second; negative the other way [km3]. */
function acrossSill(
  a: { lake: Lake; volume: number },
  b: { lake: Lake; volume: number },
  { level, capacity }: { level: number; capacity: number },
): number {
  const levelOf = ({ lake, volume }: { lake: Lake; volume: number }): number => lake.curve?.levelAt(volume) ?? Number.NaN;
  const sign = levelOf(a) >= levelOf(b) ? 1 : -1;
  const [high, low] = sign === 1 ? [a, b] : [b, a];
  if (levelOf(high) <= level) return 0;
  const sill = high.lake.curve?.volumeAt(level) ?? 0;
  let [least, most] = [0, Math.min(high.volume - sill, capacity)];
  const roof = low.lake.curve?.rows.at(-1)?.volume ?? 0;
  most = Math.min(most, roof - low.volume);
  const stillHigher = (moved: number): boolean =>
    levelOf({ ...high, volume: high.volume - moved }) >= levelOf({ ...low, volume: low.volume + moved });
  if (stillHigher(most)) return sign * most;
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (least + most) / 2;
    if (stillHigher(middle)) least = middle;
    else most = middle;
  }
  return sign * least;
}
