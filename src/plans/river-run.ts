/**
 * A river run through its steps in one combination of scenarios: parameters are computed from the state, the flows of the step
 * are the best that the limits allow, volumes follow. Every step is proved, and what one unit of water more would have been worth
 * at every point is kept as a mean.
 *
 *     const run = runScenario(model, 0, { series: true });
 *     run.flows.get('KZ')        // one number for each step
 *     proves(run.certificate)    // true
 */
import { Problem } from '../problems.ts';
import { type Certificate, certificateOf, certificateWork, measure, worsen } from '../science/allocation-certificate.ts';
import { dualsOf, solveSimplex } from '../science/allocation-simplex.ts';
import { type BuiltRiver, buildRiver } from './river-build.ts';
import { isoDay } from './river-calendar.ts';
import { type StepProgramme, stepProgramme, updateLimits } from './river-limits.ts';
import { combinationName, type RiverModel } from './river-model.ts';
import type { Note } from './river-parts.ts';
import { amountNow, type RiverState } from './river-state.ts';
import { flowTracks, moveFlows } from './river-tracks.ts';
import { startOf } from './river-virtual.ts';

export interface RunOptions {
  /** Keep flows and volumes of every step. */
  series?: boolean;
  /** Keep what water was worth in every step, not only its mean. */
  worth?: boolean;
  /** Called with the programme of each step once it is solved, before volumes move. */
  onStep?: ((step: number, programme: StepProgramme, built: BuiltRiver) => void) | undefined;
}

/** What a node did over the run. */
export interface NodeTotal {
  /** Volume that passed, or for stores the change. */
  total: number;
  mean: number;
  /** What it was short of its largest flow, as volume; NaN where that has no limit. */
  deficit: number;
  /** Volume at the end; NaN where it has none. */
  volume: number;
  leastVolume: number;
}

export interface RecorderResult {
  name: string;
  type: string;
  value: number;
  series: Float64Array | null;
  acrossScenarios: unknown;
  ignoreMissing: boolean;
}

export interface ScenarioRun {
  combination: number;
  name: string;
  /** By node; empty unless asked for. */
  flows: Map<string, Float64Array>;
  volumes: Map<string, Float64Array>;
  totals: Map<string, NodeTotal>;
  /** Volume that canals and rivers lost on the way, by node. */
  losses: Map<string, number>;
  recorders: RecorderResult[];
  /** Mean worth of one unit of flow more, by point of the network, weighted by days; by step where asked for. */
  points: readonly string[];
  /** The point where each node takes its water, or gives it if it is a source. */
  pointOf: Map<string, number>;
  meanWorth: Float64Array;
  worth: Float64Array[];
  /** Cost of all flows, each counted for the days of its step. */
  cost: number;
  /** The worst of all steps. */
  certificate: Certificate;
  /** Steps, and pivots that they needed. */
  steps: number;
  pivots: number;
  notes: Note[];
}

/** Volumes this near to a limit are put on it, as Pywr has it. */
const NEAR_LIMIT = 1e-6;

/** Runs one combination of `model` from its first step to its last. @throws Problem `river-infeasible` or `river-unbounded` */
export function runScenario(model: RiverModel, combination = 0, options: RunOptions = {}): ScenarioRun {
  const built = buildRiver(model, combination);
  const plan = stepProgramme(built);
  built.setArcFlows(plan.simplex.x);
  const { calendar } = model;
  const tracks = flowTracks(built.nodes);
  const keeper = newKeeper(built, plan, options);
  begin(built);
  for (let step = 0; step < calendar.count; step++) {
    const days = calendar.days[step] as number;
    compute(built, plan, step);
    solve(built, plan, step, updateLimits(plan, built.state, days));
    keeper.prove(step, days);
    options.onStep?.(step, plan, built);
    moveFlows(built.state.flow, tracks, plan.simplex.x, built.state.values);
    moveVolumes(built, plan, days);
    for (const index of built.order) built.kernels[index]?.after?.(step);
    for (const recording of built.recordings) recording.after(step);
    keeper.keep(step, days);
  }
  for (const recording of built.recordings) recording.finish();
  return keeper.result();
}

/** Volumes at the beginning. */
function begin({ nodes, builder, state }: BuiltRiver): void {
  for (const [node, part] of nodes.entries()) {
    const store = 'store' in part && part.store !== undefined ? part.store : 'licence' in part ? part.licence : undefined;
    if (store === undefined) continue;
    const { volume, part: full } = startOf(store, builder);
    state.volume[node] = volume;
    state.proportion[node] = full;
  }
  for (const [node, part] of nodes.entries())
    if ('stores' in part && part.stores !== undefined) {
      let [volume, full] = [0, 0];
      for (const store of part.stores) {
        volume += state.volume[store] as number;
        full += (state.volume[store] as number) / (state.proportion[store] as number);
      }
      state.volume[node] = volume;
      state.proportion[node] = volume / full;
    }
}

/** Licences come back, then parameters are computed. Flows are those of the step before as `previous`, and zero as they are. */
function compute({ state, kernels, order }: BuiltRiver, { licences }: StepProgramme, step: number): void {
  state.previous.set(state.flow);
  state.flow.fill(0);
  for (const licence of licences) licence.before(step);
  for (let i = 0; i < order.length; i++) kernels[order[i] as number]?.before?.(step);
  const { values, indices } = state;
  for (let i = 0; i < order.length; i++) {
    const index = order[i] as number;
    const kernel = kernels[index] as (typeof kernels)[number];
    if (kernel.index !== undefined) indices[index] = kernel.index(step);
    values[index] = kernel.value(step);
  }
}

function solve(
  { model, combination }: BuiltRiver,
  { simplex, network }: StepProgramme,
  step: number,
  crossed: string | null,
): void {
  const end = crossed === null ? solveSimplex(simplex) : 'infeasible';
  if (end === 'optimal') return;
  const { file } = model.document;
  const at = { file, day: isoDay(model.calendar.start[step] as number), scenario: combinationName(model, combination) || '—' };
  if (crossed !== null) throw new Problem('river-infeasible', { ...at, found: crossed });
  if (end === 'infeasible') {
    const near = conflictNames(
      simplex,
      network.arcs.map(({ name }) => name),
      network.rules.map(({ name }) => name),
      network.points.length,
    );
    throw new Problem('river-infeasible', { ...at, found: near.join(', ') });
  }
  if (end === 'unbounded') throw new Problem('river-unbounded', at);
  throw new Problem('river-unsolved', at);
}

/** Arcs and rules that have a part in a row that could not be met. */
function conflictNames(
  { work, where, limits, programme }: StepProgramme['simplex'],
  arcs: readonly string[],
  rules: readonly string[],
  points: number,
): string[] {
  const names = new Set<string>();
  for (let j = 0; j < programme.columns; j++) {
    const bounded = limits.lower[j] !== 0 || limits.upper[j] !== Infinity;
    if (bounded && (where[j] as number) === -1 && Math.abs(work.alpha[j] as number) > 1e-9) names.add(arcs[j] ?? '');
  }
  for (let i = points; i < programme.rows; i++) if (Math.abs(work.row[i] as number) > 1e-9) names.add(rules[i - points] ?? '');
  return [...names].slice(0, 8);
}

function moveVolumes({ nodes, state }: BuiltRiver, { stores, licences }: StepProgramme, days: number): void {
  const { volume, flow } = state;
  for (let i = 0; i < stores.length; i++) {
    const store = stores[i] as StepProgramme['stores'][number];
    settle(
      state,
      store.node,
      (volume[store.node] as number) + (flow[store.node] as number) * days,
      amountNow(store.least, state),
      amountNow(store.full, state),
    );
  }
  for (const licence of licences) {
    const { node, rolling } = licence;
    if (!licence.active) {
      flow[node] = 0;
      continue;
    }
    const least = amountNow(licence.least, state);
    const full = amountNow(licence.full, state);
    let now = (volume[node] as number) + (flow[node] as number) * days;
    if (rolling !== null) {
      now = Math.min(full, Math.max(least, now + (rolling.memory[rolling.at] as number)));
      rolling.memory[rolling.at] = -(flow[node] as number) * days;
      rolling.at = (rolling.at + 1) % rolling.memory.length;
    }
    settle(state, node, now, least, full);
  }
  for (const [node, part] of nodes.entries()) {
    if (!('stores' in part) || part.stores === undefined) continue;
    let [least, full] = [0, 0];
    for (const store of stores)
      if (part.stores.includes(store.node)) {
        least += amountNow(store.least, state);
        full += amountNow(store.full, state);
      }
    settle(state, node, (volume[node] as number) + (flow[node] as number) * days, least, full);
  }
}

function settle({ volume, proportion }: RiverState, node: number, now: number, least: number, full: number): void {
  let at = now;
  if (Math.abs(at - full) < NEAR_LIMIT) at = full;
  if (Math.abs(at - least) < NEAR_LIMIT) at = least;
  volume[node] = at;
  proportion[node] = at / full;
}

/** Where nodes meet the network. */
export function pointsOf({ nodes, assembly }: Pick<BuiltRiver, 'nodes' | 'assembly'>): Map<string, number> {
  return new Map(
    nodes.flatMap((node) => {
      if (!('inlet' in node)) return [];
      const port = node.type === 'input' ? node.outlet(null) : (node.inlet(null) ?? node.inlet(0) ?? node.outlet(null));
      return port === null ? [] : [[node.name, assembly.row(port.point)] as const];
    }),
  );
}

interface Keeper {
  prove(step: number, days: number): void;
  keep(step: number, days: number): void;
  result(): ScenarioRun;
}

function newKeeper(built: BuiltRiver, plan: StepProgramme, options: RunOptions): Keeper {
  const { model, nodes, state, recordings, combination, notes, builder } = built;
  const { count } = model.calendar;
  const { simplex, programme, limits, network } = plan;
  const points = network.points.length;
  const names = model.document.nodes.map(({ name }) => name);
  const hasVolume = nodes.map((node) => ('store' in node && node.store !== undefined) || 'licence' in node || 'stores' in node);
  const series = options.series === true;
  const flows = nodes.map(() => new Float64Array(series ? count : 0));
  const volumes = nodes.map((_, i) => new Float64Array(series && hasVolume[i] ? count : 0));
  const total = new Float64Array(nodes.length);
  const deficit = new Float64Array(nodes.length);
  const least = new Float64Array(nodes.length).fill(Infinity);
  const limited = nodes.map((node) => 'most' in node && node.most.length > 0 && !('store' in node && node.store !== undefined));
  const sums = new Float64Array(points);
  const worth = options.worth === true ? network.points.map(() => new Float64Array(count)) : [];
  const work = certificateWork(programme.rows);
  const worst = new Float64Array(work.figures.length);
  const flowsOfArcs = simplex.x.subarray(0, programme.columns);
  const losing = nodes.flatMap((node) =>
    'inner' in node && node.inner?.loss !== undefined ? [{ name: node.name, terms: node.inner.loss, lost: 0 }] : [],
  );
  let lasted = 0;
  let cost = 0;
  return {
    prove(step, days) {
      const y = dualsOf(simplex);
      measure(programme, limits, flowsOfArcs, y, work);
      worsen(worst, work.figures);
      cost += (work.figures[3] as number) * days;
      lasted += days;
      for (let i = 0; i < points; i++) sums[i] = (sums[i] as number) + (y[i] as number) * days;
      for (let i = 0; i < worth.length; i++) (worth[i] as Float64Array)[step] = y[i] as number;
    },
    keep(step, days) {
      for (const one of losing)
        for (const { arc, factor } of one.terms) one.lost += amountNow(factor, state) * (flowsOfArcs[arc] as number) * days;
      for (let node = 0; node < nodes.length; node++) {
        const flow = state.flow[node] as number;
        total[node] = (total[node] as number) + flow * days;
        if (limited[node]) deficit[node] = (deficit[node] as number) + (builder.mostOf(node) - flow) * days;
        if (hasVolume[node]) {
          const volume = state.volume[node] as number;
          if (volume < (least[node] as number)) least[node] = volume;
          if (series) (volumes[node] as Float64Array)[step] = volume;
        }
        if (series) (flows[node] as Float64Array)[step] = flow;
      }
    },
    result() {
      return {
        combination,
        name: combinationName(model, combination),
        flows: new Map(series ? names.map((name, i) => [name, flows[i] as Float64Array]) : []),
        volumes: new Map(names.flatMap((name, i) => (series && hasVolume[i] ? [[name, volumes[i] as Float64Array]] : []))),
        totals: new Map(
          names.map((name, i): [string, NodeTotal] => [
            name,
            {
              total: total[i] as number,
              mean: (total[i] as number) / lasted,
              deficit: limited[i] && Number.isFinite(deficit[i] as number) ? (deficit[i] as number) : Number.NaN,
              volume: hasVolume[i] ? (state.volume[i] as number) : Number.NaN,
              leastVolume: hasVolume[i] ? (least[i] as number) : Number.NaN,
            },
          ]),
        ),
        losses: new Map(losing.map(({ name, lost }) => [name, lost])),
        recorders: recordings.map(({ name, type, value, series: kept, acrossScenarios, ignoreMissing }) => ({
          name,
          type,
          value: value(),
          series: kept,
          acrossScenarios,
          ignoreMissing,
        })),
        points: network.points,
        pointOf: pointsOf(built),
        meanWorth: sums.map((sum) => sum / lasted),
        worth,
        cost,
        certificate: certificateOf(worst),
        steps: count,
        pivots: simplex.pivots,
        notes,
      };
    },
  };
}
