/**
 * The same river for whoever knows the future: one programme over all steps, solved by HiGHS, beside the run step by step.
 *
 *     const ahead = await runForesight(model, 0);
 *     ahead.stepwise, ahead.foresight         // costs; the second is never higher
 *     proves(ahead.certificate)               // true
 *
 * Limits and costs that parameters tell from volumes or flows (control curves, levels, evaporation from the area) stay as they
 * were in the run step by step, so the programme remains linear; stores end no emptier than there, unless `end` is "free".
 */
import { Problem } from '../problems.ts';
import { type Certificate, certify } from '../science/allocation-certificate.ts';
import {
  type Carry,
  flowsAt,
  type HorizonStep,
  horizonProgramme,
  type Lag,
  volumeAt,
  worthAt,
} from '../science/allocation-horizon.ts';
import type { BuiltRiver } from './river-build.ts';
import { isoDay } from './river-calendar.ts';
import { solveLarge } from './river-highs.ts';
import type { StepProgramme } from './river-limits.ts';
import { combinationName, type RiverModel } from './river-model.ts';
import { type NodeTotal, runScenario, type ScenarioRun } from './river-run.ts';
import { amountNow } from './river-state.ts';
import { factorsNow, flowTracks, moveFlows, type Tracks } from './river-tracks.ts';

export interface ForesightOptions {
  /** Whether stores may end emptier than in the run step by step. */
  end?: 'kept' | 'free';
}

export interface ForesightRun {
  combination: number;
  name: string;
  /** The run step by step that it is compared with. */
  steps: ScenarioRun;
  /** Costs over all steps, each counted for its days. */
  stepwise: number;
  foresight: number;
  flows: Map<string, Float64Array>;
  volumes: Map<string, Float64Array>;
  totals: Map<string, NodeTotal>;
  /** Mean worth of one unit of flow more, by point. */
  points: readonly string[];
  pointOf: Map<string, number>;
  meanWorth: Float64Array;
  certificate: Certificate;
}

/** Columns of the programme that are accepted: what one thread solves within minutes. */
const MOST_COLUMNS = 1_000_000;

/** What of each step the programme is made from. */
interface Kept {
  steps: HorizonStep[];
  /** Volumes at the beginning of each step, and limits, by store and then licence. */
  begin: number[][];
  lower: number[][];
  upper: number[][];
  asleep: boolean[][];
  factors: Float64Array[];
  /** Largest flows by node. */
  most: Float64Array[];
}

/** @throws Problem `river-large` when the model has too many steps, or those of `runScenario`. */
export async function runForesight(
  model: RiverModel,
  combination = 0,
  { end = 'kept' }: ForesightOptions = {},
): Promise<ForesightRun> {
  const kept: Kept = { steps: [], begin: [], lower: [], upper: [], asleep: [], factors: [], most: [] };
  let built: BuiltRiver | null = null;
  let plan: StepProgramme | null = null;
  let tracks: Tracks | null = null;
  const { count, days } = model.calendar;
  const run = runScenario(model, combination, {
    series: true,
    onStep(step, now, river) {
      if (step === 0 && count * (now.programme.columns + now.stores.length + now.licences.length) > MOST_COLUMNS)
        throw new Problem('river-large', {
          file: model.document.file,
          found: count,
          limit: Math.floor(MOST_COLUMNS / now.programme.columns),
        });
      built = river;
      plan = now;
      tracks ??= flowTracks(river.nodes);
      keepStep(kept, now, river, tracks, days[step] as number);
    },
  });
  if (built === null || plan === null || tracks === null) throw new RangeError('no steps');
  return await solveAhead({ model, combination, kept, built, plan, tracks, run, end });
}

function keepStep(
  kept: Kept,
  { limits, programme, stores, licences }: StepProgramme,
  { state, nodes, builder }: BuiltRiver,
  tracks: Tracks,
  days: number,
): void {
  const volumes = [...stores, ...licences];
  const own = {
    cost: limits.cost.slice(),
    lower: limits.lower.slice(),
    upper: limits.upper.slice(),
    rowLower: limits.rowLower.slice(),
    rowUpper: limits.rowUpper.slice(),
  };
  for (const store of stores) {
    if (amountNow(store.least, state) === amountNow(store.full, state)) continue;
    own.lower[store.arc] = Number.NEGATIVE_INFINITY;
    own.upper[store.arc] = Number.POSITIVE_INFINITY;
  }
  kept.steps.push({ days, limits: own, value: programme.value.slice() });
  kept.begin.push(volumes.map(({ node }) => state.volume[node] as number));
  kept.lower.push(volumes.map(({ least }) => amountNow(least, state)));
  kept.upper.push(volumes.map(({ full }) => amountNow(full, state)));
  kept.asleep.push([...stores.map(() => false), ...licences.map(({ active }) => !active)]);
  kept.factors.push(factorsNow(tracks, state.values));
  kept.most.push(
    Float64Array.from(nodes, (node, i) => ('most' in node && node.most.length > 0 ? builder.mostOf(i) : Number.NaN)),
  );
}

interface Ahead {
  model: RiverModel;
  combination: number;
  kept: Kept;
  built: BuiltRiver;
  plan: StepProgramme;
  tracks: Tracks;
  run: ScenarioRun;
  end: 'kept' | 'free';
}

async function solveAhead(ahead: Ahead): Promise<ForesightRun> {
  const { model, combination, kept, built, plan, tracks, run, end } = ahead;
  const names = model.document.nodes.map(({ name }) => name);
  const { count, days } = model.calendar;
  const horizon = horizonProgramme({
    programme: plan.programme,
    leftOut: new Set(plan.licences.map(({ rule }) => plan.network.points.length + rule)),
    steps: kept.steps,
    carries: carriesOf(ahead, names, end),
    lags: built.nodes.flatMap((node): Lag[] => ('delay' in node && node.delay !== undefined ? [node.delay] : [])),
  });
  const { end: found, x, y } = await solveLarge(horizon.programme, horizon.limits);
  if (found !== 'optimal') {
    const at = {
      file: model.document.file,
      day: isoDay(model.calendar.start[0] as number),
      scenario: combinationName(model, combination) || '—',
    };
    if (found === 'infeasible') throw new Problem('river-infeasible', { ...at, found: '—' });
    throw new Problem(found === 'unbounded' ? 'river-unbounded' : 'river-unsolved', at);
  }
  const flows = names.map(() => new Float64Array(count));
  const volumes = new Map(
    [...plan.stores, ...plan.licences].map(({ node }, k) => [
      names[node] as string,
      Float64Array.from({ length: count }, (_, t) => volumeAt(horizon, x, t, k)),
    ]),
  );
  const meanWorth = new Float64Array(plan.network.points.length);
  const now = new Float64Array(names.length);
  let lasted = 0;
  for (let t = 0; t < count; t++) {
    const own = kept.factors[t] as Float64Array;
    moveFlows(now, { ...tracks, factor: own, parameter: tracks.parameter.map(() => -1) }, flowsAt(horizon, x, t), own);
    for (const [node, flow] of now.entries()) (flows[node] as Float64Array)[t] = flow;
    const length = days[t] as number;
    lasted += length;
    for (let i = 0; i < meanWorth.length; i++)
      meanWorth[i] = (meanWorth[i] as number) + worthAt(horizon, y, t, i, length) * length;
  }
  const certificate = certify(horizon.programme, horizon.limits, x, y);
  return {
    combination,
    name: combinationName(model, combination),
    steps: run,
    stepwise: run.cost,
    foresight: certificate.cost,
    flows: new Map(names.map((name, i) => [name, flows[i] as Float64Array])),
    volumes,
    totals: totalsOf(names, flows, volumes, kept.most, days, run),
    points: plan.network.points,
    pointOf: run.pointOf,
    meanWorth: meanWorth.map((sum) => sum / lasted),
    certificate,
  };
}

/** Volumes of stores and licences as they go on; limits are never tighter than the run step by step needed. */
function carriesOf({ kept, plan, tracks, run, model }: Ahead, names: readonly string[], end: 'kept' | 'free'): Carry[] {
  const { count } = model.calendar;
  return [...plan.stores, ...plan.licences].map((store, k): Carry => {
    const after = run.volumes.get(names[store.node] as string) as Float64Array;
    const isStore = k < plan.stores.length;
    const begin = kept.begin.map((row, t) => {
      const own = row[k] as number;
      return t > 0 && Math.abs(own - (after[t - 1] as number)) <= 1e-9 * Math.max(1, Math.abs(own)) ? null : own;
    });
    const from = tracks.start[store.node] as number;
    const to = tracks.start[store.node + 1] as number;
    const rolling = 'rolling' in store ? store.rolling : null;
    return {
      terms: Array.from({ length: to - from }, (_, i) => ({
        arc: tracks.arc[from + i] as number,
        factor:
          tracks.parameter[from + i] === -1
            ? (tracks.factor[from + i] as number)
            : kept.factors.map((row) => row[from + i] as number),
      })),
      begin,
      lower: kept.lower.map((row, t) =>
        end === 'kept' && isStore && t === count - 1 ? (after[t] as number) : Math.min(row[k] as number, after[t] as number),
      ),
      upper: kept.upper.map((row, t) => Math.max(row[k] as number, after[t] as number)),
      asleep: kept.asleep.map((row) => row[k] as boolean),
      ...(rolling === null ? {} : { back: { steps: rolling.memory.length, before: rolling.before } }),
    };
  });
}

function totalsOf(
  names: readonly string[],
  flows: readonly Float64Array[],
  volumes: ReadonlyMap<string, Float64Array>,
  most: readonly Float64Array[],
  days: Float64Array,
  run: ScenarioRun,
): Map<string, NodeTotal> {
  const lasted = days.reduce((a, b) => a + b, 0);
  return new Map(
    names.map((name, i) => {
      const own = flows[i] as Float64Array;
      const total = own.reduce((sum, flow, t) => sum + flow * (days[t] as number), 0);
      const limited = !Number.isNaN((run.totals.get(name) as NodeTotal).deficit);
      const deficit = own.reduce((sum, flow, t) => sum + ((most[t]?.[i] as number) - flow) * (days[t] as number), 0);
      const volume = volumes.get(name);
      return [
        name,
        {
          total,
          mean: total / lasted,
          deficit: limited ? deficit : Number.NaN,
          volume: volume?.at(-1) ?? Number.NaN,
          leastVolume: volume === undefined ? Number.NaN : volume.reduce((a, b) => Math.min(a, b), Infinity),
        },
      ];
    }),
  );
}
