/**
 * Who is tied to whom: an undirected network with weights, its degrees, strengths, density and components.
 *
 *     const net = network(['UNESCO', 'KazNU', 'GEF'], [{ a: 'UNESCO', b: 'KazNU', weight: 2 }]);
 *     degrees(net)        // Float64Array [1, 1, 0]
 *     components(net)     // { count: 2, of: [0, 0, 1], sizes: [2, 1] }
 *
 * Nodes without a tie stay in the network. Values are given in the order of `nodes`. Where the ties come from joint activities see
 * network-projection.ts.
 */

export interface Tie {
  a: string;
  b: string;
  /** How strong the tie is, above 0; 1 where it is not given. */
  weight?: number;
}

/** Neighbours of node i are `to[start[i]]` up to, not including, `to[start[i + 1]]`; each tie stands in both directions. */
export interface Network {
  nodes: readonly string[];
  start: Int32Array;
  to: Int32Array;
  weight: Float64Array;
  /** Number of ties, each counted once. */
  ties: number;
  /** Ties of a node with itself, left out. */
  loops: number;
  /** Ties given more than once between the same two, their weights added. */
  merged: number;
}

export interface Components {
  count: number;
  /** Component of each node, 0 the largest; of equal ones that of the first node comes first. */
  of: Int32Array;
  sizes: number[];
}

/**
 * Makes a network of nodes and ties. Ties between the same two are one with the sum of their weights; loops are left out and counted.
 * @throws RangeError where a node is named twice, a tie names a node that is not there, or a weight is not above 0
 */
export function network(nodes: readonly string[], ties: readonly Tie[]): Network {
  const place = new Map(nodes.map((node, i) => [node, i]));
  if (place.size < nodes.length) throw new RangeError(`node "${nodes.find((node, i) => place.get(node) !== i)}" is given twice`);
  const placeOf = (node: string): number => {
    const found = place.get(node);
    if (found === undefined) throw new RangeError(`a tie names "${node}", which is no node`);
    return found;
  };
  const rows = nodes.map(() => new Map<number, number>());
  let [loops, merged, count] = [0, 0, 0];
  for (const { a, b, weight = 1 } of ties) {
    if (!(weight > 0 && weight < Infinity))
      throw new RangeError(`the tie of "${a}" and "${b}" weighs ${weight}; expected above 0`);
    const [i, j] = [placeOf(a), placeOf(b)];
    if (i === j) loops++;
    else {
      const before = rows[i]?.get(j);
      if (before === undefined) count++;
      else merged++;
      rows[i]?.set(j, (before ?? 0) + weight);
      rows[j]?.set(i, (before ?? 0) + weight);
    }
  }
  return { ...packed(nodes, rows), ties: count, loops, merged };
}

/** The network from the neighbours of each node, in the order of nodes so that the order of ties changes nothing. */
function packed(
  nodes: readonly string[],
  rows: readonly Map<number, number>[],
): Pick<Network, 'nodes' | 'start' | 'to' | 'weight'> {
  const start = new Int32Array(nodes.length + 1);
  for (const [i, row] of rows.entries()) start[i + 1] = (start[i] as number) + row.size;
  const to = new Int32Array(start[nodes.length] as number);
  const weight = new Float64Array(to.length);
  for (const [i, row] of rows.entries()) {
    let at = start[i] as number;
    for (const [j, w] of [...row].sort(([a], [b]) => a - b)) {
      to[at] = j;
      weight[at++] = w;
    }
  }
  return { nodes, start, to, weight };
}

/** Each tie once, its nodes in the order of `nodes`. */
export function tiesOf({ nodes, start, to, weight }: Network): Required<Tie>[] {
  const out: Required<Tie>[] = [];
  for (const [i, a] of nodes.entries()) {
    for (let e = start[i] as number; e < (start[i + 1] as number); e++) {
      const j = to[e] as number;
      if (j > i) out.push({ a, b: nodes[j] as string, weight: weight[e] as number });
    }
  }
  return out;
}

/** Number of neighbours of each node. */
export function degrees({ nodes, start }: Network): Float64Array {
  return Float64Array.from(nodes, (_, i) => (start[i + 1] as number) - (start[i] as number));
}

/**
 * Sum of the weights of each node's ties.
 * @see Barrat, Barthélemy, Pastor-Satorras & Vespignani 2004, The architecture of complex weighted networks, PNAS 101, 3747-3752,
 * doi 10.1073/pnas.0400087101, eq. 2
 */
export function strengths({ nodes, start, weight }: Network): Float64Array {
  return Float64Array.from(nodes, (_, i) => weight.subarray(start[i], start[i + 1]).reduce((sum, w) => sum + w, 0));
}

/** Share of the possible ties that are there [1]; `null` with fewer than two nodes. */
export function density({ nodes, ties }: Network): number | null {
  return nodes.length < 2 ? null : (2 * ties) / (nodes.length * (nodes.length - 1));
}

/** The parts of the network that hang together. */
export function components({ nodes, start, to }: Network): Components {
  const found = new Int32Array(nodes.length).fill(-1);
  const sizes: number[] = [];
  for (let first = 0; first < nodes.length; first++) {
    if (found[first] !== -1) continue;
    const open = [first];
    found[first] = sizes.length;
    let size = 0;
    for (let i = open.pop(); i !== undefined; i = open.pop()) {
      size++;
      for (const j of to.subarray(start[i], start[i + 1])) {
        if (found[j] === -1) {
          found[j] = sizes.length;
          open.push(j);
        }
      }
    }
    sizes.push(size);
  }
  const order = sizes.map((_, i) => i).sort((a, b) => (sizes[b] as number) - (sizes[a] as number) || a - b);
  const rank = new Int32Array(order.length);
  for (const [r, i] of order.entries()) rank[i] = r;
  return { count: sizes.length, of: found.map((i) => rank[i] as number), sizes: order.map((i) => sizes[i] as number) };
}

/** The network of some of the nodes and the ties among them. @param keep nodes by place, true to keep */
export function subnetwork(net: Network, keep: (place: number) => boolean): Network {
  const nodes = net.nodes.filter((_, i) => keep(i));
  const kept = new Set(nodes);
  return network(
    nodes,
    tiesOf(net).filter(({ a, b }) => kept.has(a) && kept.has(b)),
  );
}
