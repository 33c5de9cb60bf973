/**
 * Circuits that are given as nodes and branches, not as a grid: patches and the corridors between them.
 *
 *     const circuit = circuitNetwork([{ from: 0, to: 1, conductance: 0.5 }, { from: 1, to: 2, conductance: 1 }]);
 *     networkVoltages(circuit, { sources: new Map([[0, 1]]), grounds: new Map([[2, Infinity]]) })    // 3, 1, 0
 *
 * @see McRae et al. 2008, Ecology 89, 2712-2724, doi 10.1890/07-1861.1
 */
import { conjugateGradients } from './conjugate-gradients.ts';

export interface Branch {
  from: number;
  to: number;
  /** [S], above 0. */
  conductance: number;
}

export interface CircuitNetwork {
  nodes: number;
  branches: readonly Branch[];
}

export interface NetworkLoad {
  /** Amperes sent (above 0) or drawn by node. */
  sources: ReadonlyMap<number, number>;
  /** Conductance to the ground by node; Infinity for a direct one. */
  grounds: ReadonlyMap<number, number>;
}

/** @throws RangeError naming the branch: an end that is no node number, a conductance not above 0 */
export function circuitNetwork(branches: readonly Branch[], nodes = 0): CircuitNetwork {
  let count = nodes;
  branches.forEach(({ from, to, conductance }, i) => {
    if (!(Number.isInteger(from) && Number.isInteger(to) && from >= 0 && to >= 0))
      throw new RangeError(`branch ${i + 1} joins ${from} and ${to}; nodes are whole numbers from 0`);
    if (!(conductance > 0 && conductance < Number.POSITIVE_INFINITY))
      throw new RangeError(`branch ${i + 1} has conductance ${conductance}; more than 0 is needed`);
    count = Math.max(count, from + 1, to + 1);
  });
  return { nodes: count, branches: branches.filter(({ from, to }) => from !== to) };
}

/** Group of each node: those that branches join. */
export function networkParts({ nodes, branches }: CircuitNetwork): Int32Array {
  const parent = Int32Array.from({ length: nodes }, (_, i) => i);
  const root = (node: number): number => {
    let at = node;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at] as number] as number;
      at = parent[at] as number;
    }
    return at;
  };
  for (const { from, to } of branches) parent[root(from)] = root(to);
  return parent.map((_, node) => root(node));
}

/** Voltage of each node [V]; `NaN` in parts without a source or a ground. */
export function networkVoltages(circuit: CircuitNetwork, { sources, grounds }: NetworkLoad): Float64Array {
  const parts = networkParts(circuit);
  const fed = new Set([...sources].filter(([, current]) => current !== 0).map(([node]) => parts[node]));
  const held = new Set([...grounds].filter(([, conductance]) => conductance > 0).map(([node]) => parts[node]));
  const live = Array.from(parts, (part) => fed.has(part) && held.has(part));
  const zero = Array.from(parts, (_, node) => grounds.get(node) === Number.POSITIVE_INFINITY);
  const open = (node: number): boolean => live[node] === true && zero[node] !== true;
  const diagonal = new Float64Array(circuit.nodes);
  for (const { from, to, conductance } of circuit.branches) {
    if (open(from)) diagonal[from] = (diagonal[from] as number) + conductance;
    if (open(to)) diagonal[to] = (diagonal[to] as number) + conductance;
  }
  for (const [node, conductance] of grounds) if (open(node)) diagonal[node] = (diagonal[node] as number) + conductance;
  const inner = circuit.branches.filter(({ from, to }) => open(from) && open(to));
  const b = Float64Array.from(diagonal, (_, node) => (open(node) ? (sources.get(node) ?? 0) : 0));
  const { x } = conjugateGradients(b, {
    apply(p, q) {
      for (let node = 0; node < p.length; node++) q[node] = (diagonal[node] as number) * (p[node] as number);
      for (const { from, to, conductance } of inner) {
        q[from] = (q[from] as number) - conductance * (p[to] as number);
        q[to] = (q[to] as number) - conductance * (p[from] as number);
      }
    },
    precondition(r, z) {
      for (let node = 0; node < r.length; node++) z[node] = open(node) ? (r[node] as number) / (diagonal[node] as number) : 0;
    },
    tolerance: 1e-13,
    mostSteps: 20 * circuit.nodes + 100,
  });
  return x.map((voltage, node) => (live[node] ? voltage : Number.NaN));
}

/** Current of each branch, from `from` to `to` [A], and through each node: the larger of what leaves and what comes, grounds included. */
export function networkCurrents(
  { nodes, branches }: CircuitNetwork,
  voltages: Float64Array,
  grounds: NetworkLoad['grounds'],
): { branches: Float64Array; nodes: Float64Array } {
  const out = new Float64Array(nodes);
  const into = new Float64Array(nodes);
  const flows = Float64Array.from(branches, ({ from, to, conductance }) => {
    const current = conductance * ((voltages[from] as number) - (voltages[to] as number)) || 0;
    const [high, low] = current > 0 ? [from, to] : [to, from];
    out[high] = (out[high] as number) + Math.abs(current);
    into[low] = (into[low] as number) + Math.abs(current);
    return current;
  });
  for (const [node, conductance] of grounds)
    if (conductance !== Number.POSITIVE_INFINITY)
      out[node] = (out[node] as number) + (conductance * (voltages[node] as number) || 0);
  return { branches: flows, nodes: out.map((flow, node) => Math.max(flow, into[node] as number)) };
}

/** Resistances between places [Ω], places × places; `NaN` where no branch leads from one to the other. n - 1 solutions by part. */
export function networkResistances(
  circuit: CircuitNetwork,
  places: readonly number[],
): { resistances: Float64Array; voltages: (i: number, j: number) => Float64Array } {
  const n = places.length;
  const parts = networkParts(circuit);
  const groundOf = new Map<number, number>();
  for (const place of places) {
    if (!(place >= 0 && place < circuit.nodes))
      throw new RangeError(`place ${place} is no node; there are ${circuit.nodes}, from 0`);
    const part = parts[place] as number;
    if (!groundOf.has(part)) groundOf.set(part, place);
  }
  const solutions = places.map((place) => {
    const ground = groundOf.get(parts[place] as number) as number;
    if (ground === place) return new Float64Array(circuit.nodes);
    return networkVoltages(circuit, { sources: new Map([[place, 1]]), grounds: new Map([[ground, Number.POSITIVE_INFINITY]]) });
  });
  const at = (i: number, j: number): number => (solutions[i] as Float64Array)[places[j] as number] as number;
  const resistances = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++)
      resistances[i * n + j] =
        parts[places[i] as number] === parts[places[j] as number] ? at(i, i) - at(i, j) - at(j, i) + at(j, j) : Number.NaN;
  return {
    resistances,
    voltages: (i, j) =>
      (solutions[i] as Float64Array).map((value, node) => value - ((solutions[j] as Float64Array)[node] as number)),
  };
}
