/**
 * How a network is knit: cores, closed triangles, structural holes, and whether like ties with like.
 *
 *     coreNumbers(net)       // 4 for those who all have four ties among themselves
 *     transitivity(net)      // share of paths of two ties that are closed by a third
 *     constraint(net)        // Burt: how far a node's partners are each other's partners
 *
 * @see Seidman 1983, Network structure and minimum degree, Soc. Networks 5, 269-287, doi 10.1016/0378-8733(83)90028-X
 * @see Batagelj & Zaveršnik 2011, Fast algorithms for determining (generalized) core groups in social networks, Adv. Data Anal.
 * Classif. 5, 129-145, doi 10.1007/s11634-010-0079-y
 * @see Watts & Strogatz 1998, Collective dynamics of 'small-world' networks, Nature 393, 440-442, doi 10.1038/30918
 * @see Burt 1992, Structural holes, Harvard University Press, chapter 2, doi 10.4159/9780674029095
 * @see Newman 2002, Assortative mixing in networks, Phys. Rev. Lett. 89, 208701, doi 10.1103/PhysRevLett.89.208701
 */
import { degrees, type Network, strengths } from './network.ts';

/** The greatest k for which a node belongs to a part where each has k ties within it. Seidman 1983; nodes of least degree go first. */
export function coreNumbers(net: Network): Int32Array {
  const left = degrees(net);
  const core = new Int32Array(left.length).fill(-1);
  let k = 0;
  for (let taken = 0; taken < left.length; taken++) {
    let least = -1;
    for (let i = 0; i < left.length; i++)
      if (core[i] === -1 && (least === -1 || (left[i] as number) < (left[least] as number))) least = i;
    k = Math.max(k, left[least] as number);
    core[least] = k;
    for (const j of neighbours(net, least)) left[j] = (left[j] as number) - 1;
  }
  return core;
}

/** Share of the pairs of a node's partners that are partners themselves [1]; 0 with fewer than two. Watts & Strogatz 1998. */
export function clustering(net: Network): Float64Array {
  const closed = triangles(net);
  return degrees(net).map((degree, i) => (degree < 2 ? 0 : (2 * (closed[i] as number)) / (degree * (degree - 1))));
}

/** Closed among all paths of two ties [1]; `null` where there is no such path. Newman 2003, doi 10.1137/S003614450342480, eq. 3. */
export function transitivity(net: Network): number | null {
  const paths = degrees(net).reduce((sum, degree) => sum + (degree * (degree - 1)) / 2, 0);
  return paths === 0 ? null : triangles(net).reduce((sum, count) => sum + count, 0) / paths;
}

/** Correlation of the degrees at both ends of a tie [1]; `null` where all are equal. Newman 2002, eq. 4. */
export function degreeAssortativity(net: Network): number | null {
  const degree = degrees(net);
  let [product, sum, squares, ends] = [0, 0, 0, 0];
  for (let i = 0; i < degree.length; i++) {
    for (const j of neighbours(net, i)) {
      const [a, b] = [degree[i] as number, degree[j] as number];
      product += a * b;
      sum += a;
      squares += a * a;
      ends++;
    }
  }
  const mean = sum / ends;
  const variance = squares / ends - mean * mean;
  return ends === 0 || variance < 1e-12 * mean * mean ? null : (product / ends - mean * mean) / variance;
}

/**
 * How far a node depends on partners who know one another: Σ_j (p_ij + Σ_q p_iq p_qj)², p the share of a node's strength that goes
 * to a partner. NaN for a node without ties. Burt 1992, eq. 2.4.
 */
export function constraint(net: Network, { weight = 'strength' }: { weight?: 'none' | 'strength' } = {}): Float64Array {
  const share = sharesOf(net, weight);
  return Float64Array.from(net.nodes, (_, i) => {
    const own = share[i] as Map<number, number>;
    if (own.size === 0) return Number.NaN;
    let total = 0;
    for (const [j, direct] of own) {
      let sum = direct;
      for (const [q, toQ] of own) if (q !== j) sum += toQ * (share[q]?.get(j) ?? 0);
      total += sum * sum;
    }
    return total;
  });
}

/**
 * Partners less the mean number of ties among them: n − 2t/n, weights apart. NaN for a node without ties.
 * @see Borgatti 1997, Structural holes: unpacking Burt's redundancy measures, Connections 20, 35-38
 */
export function effectiveSize(net: Network): Float64Array {
  const closed = triangles(net);
  return degrees(net).map((degree, i) => (degree === 0 ? Number.NaN : degree - (2 * (closed[i] as number)) / degree));
}

/** Number of triangles that each node is part of. */
function triangles(net: Network): Float64Array {
  const sets = net.nodes.map((_, i) => new Set(neighbours(net, i)));
  return Float64Array.from(net.nodes, (_, i) => {
    let closed = 0;
    for (const j of neighbours(net, i)) for (const k of neighbours(net, j)) if (sets[i]?.has(k)) closed++;
    return closed / 2;
  });
}

/** For each node, the share of its ties (or of their weight) that goes to each partner. */
function sharesOf(net: Network, weight: 'none' | 'strength'): Map<number, number>[] {
  const total = weight === 'none' ? degrees(net) : strengths(net);
  return net.nodes.map((_, i) => {
    const row = new Map<number, number>();
    for (let e = net.start[i] as number; e < (net.start[i + 1] as number); e++)
      row.set(net.to[e] as number, (weight === 'none' ? 1 : (net.weight[e] as number)) / (total[i] as number));
    return row;
  });
}

const neighbours = ({ start, to }: Network, i: number): Int32Array => to.subarray(start[i], start[i + 1]);
