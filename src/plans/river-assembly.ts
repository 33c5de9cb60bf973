/**
 * A network put together from nodes: points are joined where an edge between them carries nothing of its own, so that the
 * programme of a step is as small as the river allows.
 *
 *     const assembly = newAssembly();
 *     const town = assembly.point('town');
 *     assembly.arc({ name: 'town', from: town, to: -1, upper: 3, cost: -10 });
 */
import type { Arc, Network, Rule } from '../science/allocation-network.ts';
import type { Amount } from './river-state.ts';

/** Part of a sum of flows. */
export interface Term {
  arc: number;
  factor: Amount;
}

export interface ArcPlan {
  name: string;
  from: number;
  to: number;
  /** Zero where nothing is said. */
  lower?: Amount;
  /** Without limit where nothing is said. */
  upper?: Amount;
  cost?: Amount;
  /** What leaves the beginning for each unit of flow. */
  take?: Amount;
  /** What comes to the end for each unit of flow. */
  give?: Amount;
}

export interface RulePlan {
  name: string;
  terms: Term[];
  lower: Amount;
  upper: Amount;
}

/** An end of a node where edges meet it. `pure`: what passes there can only flow onward. */
export interface Port {
  point: number;
  pure: boolean;
}

export interface Assembly {
  readonly arcs: ArcPlan[];
  readonly rules: RulePlan[];
  point(name: string): number;
  arc(plan: ArcPlan): number;
  rule(plan: RulePlan): number;
  edge(from: Port, to: Port, name: string): void;
  /** Joins points over edges that need no arc, and makes arcs of the others. Called once, when all nodes and edges are there. */
  close(): void;
  /** The network as it stands, with amounts that parameters tell left at 1. */
  network(): Network;
  /** Row of a point in the network. */
  row(point: number): number;
}

export function newAssembly(): Assembly {
  const names: string[] = [];
  const parent: number[] = [];
  const arcs: ArcPlan[] = [];
  const rules: RulePlan[] = [];
  const edges: { from: Port; to: Port; name: string }[] = [];
  let rows: Int32Array | null = null;
  const root = (point: number): number => {
    let at = point;
    while (parent[at] !== at) at = parent[at] as number;
    return at;
  };
  const rowOf = (point: number): number => (point === -1 ? -1 : ((rows as Int32Array)[root(point)] as number));
  const plain = (amount: Amount | undefined): number => (typeof amount === 'number' ? amount : 1);
  return {
    arcs,
    rules,
    point(name) {
      names.push(name);
      parent.push(parent.length);
      return parent.length - 1;
    },
    arc: (plan) => arcs.push(plan) - 1,
    rule: (plan) => rules.push(plan) - 1,
    edge: (from, to, name) => void edges.push({ from, to, name }),
    close() {
      const leaving = new Map<number, number>();
      const coming = new Map<number, number>();
      for (const { from, to } of edges) {
        leaving.set(from.point, (leaving.get(from.point) ?? 0) + 1);
        coming.set(to.point, (coming.get(to.point) ?? 0) + 1);
      }
      for (const { from, to, name } of edges) {
        const joined = (leaving.get(from.point) === 1 && from.pure) || (coming.get(to.point) === 1 && to.pure);
        if (joined && root(from.point) !== root(to.point)) parent[root(to.point)] = root(from.point);
        else arcs.push({ name, from: from.point, to: to.point });
      }
      rows = new Int32Array(parent.length).fill(-1);
      let count = 0;
      for (let i = 0; i < parent.length; i++) if (root(i) === i) rows[i] = count++;
    },
    network() {
      const points: string[] = [];
      for (let i = 0; i < parent.length; i++) if (root(i) === i) points.push(names[i] as string);
      return {
        points,
        arcs: arcs.map(
          ({ name, from, to, take, give }): Arc => ({
            name,
            from: rowOf(from),
            to: rowOf(to),
            take: plain(take ?? 1),
            give: plain(give ?? 1),
          }),
        ),
        rules: rules.map(
          ({ name, terms }): Rule => ({ name, terms: terms.map(({ arc, factor }) => ({ arc, factor: plain(factor) })) }),
        ),
      };
    },
    row: rowOf,
  };
}
