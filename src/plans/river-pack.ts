/**
 * A run as one row of numbers, so that threads can hand it over without copying, and back.
 *
 *     const numbers = packRun(runScenario(model, 3), model);
 *     const run = unpackRun(model, shapeOf(model), 3, numbers);
 */
import type { Certificate } from '../science/allocation-certificate.ts';
import { buildRiver } from './river-build.ts';
import { stepProgramme } from './river-limits.ts';
import { combinationName, type RiverModel } from './river-model.ts';
import type { Note } from './river-parts.ts';
import { type NodeTotal, pointsOf, type ScenarioRun } from './river-run.ts';
import type { Recording } from './river-state.ts';

/** What all runs of a model have in common. */
export interface RunShape {
  nodes: string[];
  recordings: Pick<Recording, 'name' | 'type' | 'acrossScenarios' | 'ignoreMissing'>[];
  /** Nodes that may lose water on the way. */
  losing: string[];
  points: readonly string[];
  pointOf: Map<string, number>;
  notes: Note[];
}

export function shapeOf(model: RiverModel): RunShape {
  const built = buildRiver(model, 0);
  return {
    nodes: model.document.nodes.map(({ name }) => name),
    recordings: built.recordings.map(({ name, type, acrossScenarios, ignoreMissing }) => ({
      name,
      type,
      acrossScenarios,
      ignoreMissing,
    })),
    losing: built.nodes.flatMap((node) => ('inner' in node && node.inner?.loss !== undefined ? [node.name] : [])),
    points: stepProgramme(built).network.points,
    pointOf: pointsOf(built),
    notes: built.notes,
  };
}

export function packRun(run: ScenarioRun): Float64Array<ArrayBuffer> {
  const { certificate, totals, meanWorth, losses, recorders, flows, volumes, worth } = run;
  const { primal, dual, gap, cost, bound, scale } = certificate;
  const numbers: number[] = [
    run.cost,
    run.steps,
    run.pivots,
    primal,
    dual,
    gap,
    cost,
    bound,
    scale.flow,
    scale.cost,
    scale.objective,
  ];
  for (const { total, mean, deficit, volume, leastVolume } of totals.values())
    numbers.push(total, mean, deficit, volume, leastVolume);
  numbers.push(...meanWorth, ...losses.values());
  const lists: Float64Array[] = [];
  const list = (values: Float64Array | null | undefined): void => {
    numbers.push(values?.length ?? -1);
    if (values !== null && values !== undefined) lists.push(values);
  };
  for (const { value, series } of recorders) {
    numbers.push(value);
    list(series);
  }
  for (const name of totals.keys()) {
    list(flows.get(name));
    list(volumes.get(name));
  }
  for (let i = 0; i < run.points.length; i++) list(worth[i]);
  const packed = new Float64Array(numbers.length + lists.reduce((sum, { length }) => sum + length, 0));
  packed.set(numbers);
  let at = numbers.length;
  for (const values of lists) {
    packed.set(values, at);
    at += values.length;
  }
  return packed;
}

export function unpackRun(model: RiverModel, shape: RunShape, combination: number, packed: Float64Array): ScenarioRun {
  let at = 0;
  const next = (): number => packed[at++] as number;
  const [cost, steps, pivots, primal, dual, gap, own, bound, flow, price, objective] = Array.from({ length: 11 }, next) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const certificate: Certificate = { primal, dual, gap, cost: own, bound, scale: { flow, cost: price, objective } };
  const totals = new Map(
    shape.nodes.map((name): [string, NodeTotal] => {
      const [total, mean, deficit, volume, leastVolume] = [next(), next(), next(), next(), next()];
      return [name, { total, mean, deficit, volume, leastVolume }];
    }),
  );
  const meanWorth = Float64Array.from(shape.points, next);
  const losses = new Map(shape.losing.map((name) => [name, next()]));
  const waiting: { length: number; give: (values: Float64Array) => void }[] = [];
  const list = (give: (values: Float64Array) => void): void => {
    const length = next();
    if (length >= 0) waiting.push({ length, give });
  };
  const recorders = shape.recordings.map((recording) => {
    const result = { ...recording, value: next(), series: null as Float64Array | null };
    list((values) => {
      result.series = values;
    });
    return result;
  });
  const flows = new Map<string, Float64Array>();
  const volumes = new Map<string, Float64Array>();
  for (const name of shape.nodes) {
    list((values) => void flows.set(name, values));
    list((values) => void volumes.set(name, values));
  }
  const worth: Float64Array[] = [];
  for (let i = 0; i < shape.points.length; i++)
    list((values) => {
      worth[i] = values;
    });
  for (const { length, give } of waiting) {
    give(packed.slice(at, at + length));
    at += length;
  }
  return {
    combination,
    name: combinationName(model, combination),
    flows,
    volumes,
    totals,
    losses,
    recorders,
    points: shape.points,
    pointOf: shape.pointOf,
    meanWorth,
    worth,
    cost,
    certificate,
    steps,
    pivots,
    notes: shape.notes,
  };
}
