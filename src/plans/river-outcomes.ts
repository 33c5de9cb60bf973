/**
 * What came of runs, as tables: who got how much and was short of how much, what stores hold, what water would have been worth.
 *
 *     const table = outcomeTable(model, runs);
 *     table.nodes[0]    // { node: 'KZ', kind: 'use', scenarios: [{ mean, total, deficit, share, … }] }
 *     writeCsv(longTable(model, runs))
 */
import { proves } from '../science/allocation-certificate.ts';
import { aggregateNamed, withoutMissing } from './river-aggregate.ts';
import { isoDay } from './river-calendar.ts';
import { combinationName, type RiverModel } from './river-model.ts';
import type { NodeTotal, ScenarioRun } from './river-run.ts';
import { VIRTUALS } from './river-virtual.ts';

/** What a run step by step and one that knows the future have in common. */
export type AnyRun = Pick<
  ScenarioRun,
  'combination' | 'name' | 'totals' | 'flows' | 'volumes' | 'points' | 'pointOf' | 'meanWorth' | 'certificate'
>;

export type NodeKind = 'source' | 'use' | 'store' | 'way' | 'licence' | 'sum';

export interface NodeOutcome extends NodeTotal {
  combination: number;
  /** Part of the largest flow that was met; null where that has no limit. */
  share: number | null;
  /** Mean worth of one unit of flow more there; null where it has no point. */
  worth: number | null;
}

export interface OutcomeTable {
  nodes: { node: string; kind: NodeKind; scenarios: NodeOutcome[] }[];
  /** Recorders: each scenario, and all brought together as the model asks. */
  recorders: { name: string; type: string; values: number[]; together: number | null }[];
  /** Whether every step of every run is proved. */
  proved: boolean;
}

const KINDS: Record<string, NodeKind> = {
  input: 'source',
  catchment: 'source',
  discharge: 'source',
  output: 'use',
  storage: 'store',
  reservoir: 'store',
  keatingaquifer: 'store',
  aggregatednode: 'sum',
  aggregatedstorage: 'sum',
};

/** What a node is to whoever reads a table. */
export function kindOf(type: string): NodeKind {
  return KINDS[type] ?? (type in VIRTUALS ? 'licence' : 'way');
}

export function outcomeTable(
  model: RiverModel,
  runs: readonly (AnyRun & Partial<Pick<ScenarioRun, 'recorders'>>)[],
): OutcomeTable {
  const [first] = runs;
  return {
    nodes: model.document.nodes.map(({ name, type }) => ({
      node: name,
      kind: kindOf(type),
      scenarios: runs.map((run) => outcomeOf(run, name)),
    })),
    recorders: (first?.recorders ?? []).map(({ name, type, acrossScenarios, ignoreMissing }, i) => {
      const values = runs.map(({ recorders }) => recorders?.[i]?.value ?? Number.NaN);
      const aggregate = aggregateNamed(acrossScenarios);
      const together = aggregate === null ? null : (ignoreMissing ? withoutMissing(aggregate) : aggregate)(values);
      return { name, type, values, together };
    }),
    proved: runs.every(({ certificate }) => proves(certificate)),
  };
}

function outcomeOf({ combination, totals, pointOf, meanWorth }: AnyRun, name: string): NodeOutcome {
  const own = totals.get(name) as NodeTotal;
  const point = pointOf.get(name);
  const asked = own.total + own.deficit;
  return {
    ...own,
    combination,
    share: Number.isNaN(own.deficit) ? null : asked === 0 ? 1 : own.total / asked,
    worth: point === undefined ? null : (meanWorth[point] as number),
  };
}

/** Flows and volumes of every step in the long form of Pywr 2; runs need series. */
export function longTable(model: RiverModel, runs: readonly AnyRun[]): { header: string[]; rows: (string | number)[][] } {
  const { calendar } = model;
  const rows: (string | number)[][] = [];
  for (const { combination, flows, volumes } of runs)
    for (const [attribute, kept] of [
      ['flow', flows],
      ['volume', volumes],
    ] as const)
      for (const [name, values] of kept)
        for (const [step, value] of values.entries())
          rows.push([
            isoDay(calendar.start[step] as number),
            isoDay(calendar.start[step + 1] as number),
            combination,
            combinationName(model, combination),
            'nodes',
            name,
            attribute,
            value,
          ]);
  return { header: ['time_start', 'time_end', 'simulation_id', 'label', 'metric_set', 'name', 'attribute', 'value'], rows };
}
