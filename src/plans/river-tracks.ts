/** Flows of nodes from flows of arcs: each is a sum, whose factors may come from parameters. */
import type { Term } from './river-assembly.ts';

/** Terms of all nodes in one row: those of a node from `start[node]` on. */
export interface Tracks {
  start: Int32Array;
  arc: Int32Array;
  factor: Float64Array;
  /** Parameter that tells the factor, or -1. */
  parameter: Int32Array;
}

export function flowTracks(nodes: readonly { flow: Term[] }[]): Tracks {
  const terms = nodes.flatMap(({ flow }) => flow);
  const start = new Int32Array(nodes.length + 1);
  for (const [i, { flow }] of nodes.entries()) start[i + 1] = (start[i] as number) + flow.length;
  return {
    start,
    arc: Int32Array.from(terms, ({ arc }) => arc),
    factor: Float64Array.from(terms, ({ factor }) => (typeof factor === 'number' ? factor : 1)),
    parameter: Int32Array.from(terms, ({ factor }) => (typeof factor === 'number' ? -1 : factor.parameter)),
  };
}

/** Factors as `values` of parameters tell them now. */
export function factorsNow({ factor, parameter }: Tracks, values: Float64Array): Float64Array {
  return factor.map((own, k) => (parameter[k] === -1 ? own : (values[parameter[k] as number] as number)));
}

/** Puts flows of nodes into `flow`. */
export function moveFlows(
  flow: Float64Array,
  { start, arc, factor, parameter }: Tracks,
  x: Float64Array,
  values: Float64Array,
): void {
  for (let node = 0; node < flow.length; node++) {
    let sum = 0;
    const end = start[node + 1] as number;
    for (let k = start[node] as number; k < end; k++) {
      const by = parameter[k] === -1 ? (factor[k] as number) : (values[parameter[k] as number] as number);
      sum += by * (x[arc[k] as number] as number);
    }
    flow[node] = sum;
  }
}
