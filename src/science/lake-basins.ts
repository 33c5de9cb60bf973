/**
 * Lakes that hang together: what one lets go another receives, and above a sill two stand at one level.
 *
 *     const runs = runBasins(
 *       [{ id: 'small', lake: small, forcing: smallForcing }, { id: 'east', … }, { id: 'west', … }],
 *       { spills: [{ from: 'small', to: 'east' }], sills: [{ between: ['east', 'west'], level: 29 }] },
 *     );
 *     runs.get('west')?.exchange      // km3 that came over the sill by step
 *
 * Basins step in the order given: water that the first lets go reaches the second within the step. Over a sill so much water moves
 * that both stand at one level, or the higher one at the sill; what one gains the other loses to the last digit.
 */
import { type Lake, type LakeForcing, type LakeRun, runLake, stepLake } from './lake-balance.ts';

export interface Basin {
  id: string;
  lake: Lake;
  forcing: LakeForcing;
}

export interface BasinLinks {
  /** What leaves `from` by gates and dike, or the part of it given, arrives in `to`; the rest is lost on the way. */
  spills?: readonly { from: string; to: string; part?: number }[];
  /** Both basins need a curve. `level` [m]; `capacity` [km3] within a step. */
  sills?: readonly { between: readonly [string, string]; level: number; capacity?: number }[];
}

export interface BasinRun extends LakeRun {
  /** Over sills, by step; gained where positive [km3]. */
  exchange: Float64Array;
}

/** Halvings in the search for a common level. */
const HALVINGS = 60;

/**
 * Runs the basins side by side.
 * @throws RangeError for a name that no basin has, a spill towards a basin that has stepped already, a sill without curves, or what
 * `runLake` refuses.
 */
export function runBasins(basins: readonly Basin[], { spills = [], sills = [] }: BasinLinks = {}): Map<string, BasinRun> {
  const place = new Map(basins.map(({ id }, i) => [id, i]));
  const at = (id: string): number => {
    const found = place.get(id);
    if (found === undefined) throw new RangeError(`no basin is called ${id}; there are ${[...place.keys()].join(', ')}`);
    return found;
  };
  const ways = spills.map(({ from, to, part = 1 }) => ({ from: at(from), to: at(to), part }));
  for (const { from, to } of ways)
    if (to <= from)
      throw new RangeError(`${basins[to]?.id} stands before ${basins[from]?.id}, which spills into it: turn the order`);
  const thresholds = sills.map(({ between, level, capacity = Infinity }) => {
    const [a, b] = [at(between[0]), at(between[1])];
    const curves = [basins[a]?.lake.curve, basins[b]?.lake.curve];
    if (curves.includes(undefined)) throw new RangeError(`a sill between ${between.join(' and ')} needs the curves of both`);
    return { a, b, level, capacity };
  });
  const steps = basins[0]?.forcing.inflow.length ?? 0;
  const runs: BasinRun[] = basins.map(({ lake, forcing }) => {
    if (forcing.inflow.length !== steps) throw new RangeError(`basins have ${steps} and ${forcing.inflow.length} steps`);
    const empty = { ...forcing, inflow: [], precipitation: [], evaporation: [] };
    for (const name of ['groundwater', 'ice', 'months'] as const) if (forcing[name] !== undefined) empty[name] = [];
    const base = runLake(lake.rule.kind === 'schedule' ? { ...lake, rule: { kind: 'closed' } } : lake, empty);
    const room = (): Float64Array => new Float64Array(steps);
    const volume = new Float64Array(steps + 1);
    volume[0] = forcing.start;
    return {
      ...base,
      volume,
      inflow: Float64Array.from(forcing.inflow),
      precipitation: room(),
      evaporation: room(),
      groundwater: room(),
      release: room(),
      overflow: room(),
      exchange: room(),
    };
  });
  for (let step = 0; step < steps; step++) {
    for (const [i, { lake, forcing }] of basins.entries()) {
      const run = runs[i] as BasinRun;
      stepLake(lake, forcing, run, step);
      const gone = (run.release[step] as number) + (run.overflow[step] as number);
      for (const way of ways.filter(({ from }) => from === i)) {
        const inflow = (runs[way.to] as BasinRun).inflow;
        inflow[step] = (inflow[step] as number) + gone * way.part;
      }
    }
    for (const { a, b, level, capacity } of thresholds) {
      const [runA, runB] = [runs[a] as BasinRun, runs[b] as BasinRun];
      const moved = acrossSill(
        { lake: (basins[a] as Basin).lake, volume: runA.volume[step + 1] as number },
        { lake: (basins[b] as Basin).lake, volume: runB.volume[step + 1] as number },
        { level, capacity },
      );
      shift(runA, step, -moved);
      shift(runB, step, moved);
    }
  }
  return new Map(basins.map(({ id }, i) => [id, runs[i] as BasinRun]));
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
