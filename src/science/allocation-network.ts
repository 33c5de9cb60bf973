/**
 * A river as a network: points where what comes in goes out, arcs that carry water between them, and rules on sums of flows.
 *
 * An arc takes `take` from its beginning and brings `give` to its end for each unit of its flow (1 and 1 where nothing is
 * lost; a canal that loses a fifth of what leaves it takes 1.2 and gives 1). An arc without a beginning is a source, one
 * without an end a sink; what a reservoir stores in a step is an arc to nowhere that may be negative.
 *
 *     const network = { points: ['river'], rules: [], arcs: [
 *       { name: 'inflow', from: -1, to: 0, take: 1, give: 1 },
 *       { name: 'town', from: 0, to: -1, take: 1, give: 1 },
 *       { name: 'sea', from: 0, to: -1, take: 1, give: 1 } ] };
 *     const solved = allocate(network, { ...openLimits, upper: [5, 3, Infinity], lower: [5, 0, 0], cost: [0, -10, 0] });
 *     // solved.flows = [5, 3, 2]; solved.worth = [0]: one unit more in the river would go to the sea
 */
import { type Certificate, certify } from './allocation-certificate.ts';
import { type Limits, openLimits, type Programme, programmeOf } from './allocation-programme.ts';
import { dualsOf, openSimplex, type SimplexEnd, solveSimplex } from './allocation-simplex.ts';

export interface Arc {
  name: string;
  /** Index of a point, or -1 for outside. */
  from: number;
  to: number;
  take: number;
  give: number;
}

/** A sum of flows that must lie within limits. */
export interface Rule {
  name: string;
  terms: readonly { arc: number; factor: number }[];
}

export interface Network {
  points: readonly string[];
  arcs: readonly Arc[];
  rules: readonly Rule[];
}

/** Limits and costs of every arc, and limits of every rule. What is not given is 0 to Infinity at no cost; rules are equations. */
export interface NetworkLimits {
  lower?: readonly number[];
  upper?: readonly number[];
  cost?: readonly number[];
  ruleLower?: readonly number[];
  ruleUpper?: readonly number[];
}

export interface Allocation {
  end: SimplexEnd;
  flows: Float64Array;
  /** What one unit of water more at each point would save. */
  worth: Float64Array;
  /** What one unit more of each rule's limits would cost. */
  rulePrices: Float64Array;
  certificate: Certificate;
}

/** The programme of a network: a row for each point, then one for each rule; a column for each arc. */
export function networkProgramme({ points, arcs, rules }: Network): Programme {
  const inRules = arcs.map((): { row: number; value: number }[] => []);
  for (const [i, { terms }] of rules.entries())
    for (const { arc, factor } of terms) inRules[arc]?.push({ row: points.length + i, value: factor });
  return programmeOf(
    points.length + rules.length,
    arcs.map(({ from, to, take, give }, j) => ({
      entries: [
        ...(from === -1 ? [] : [{ row: from, value: -take }]),
        ...(to === -1 ? [] : [{ row: to, value: give }]),
        ...(inRules[j] ?? []),
      ],
    })),
  );
}

/** Solves one network once. For many steps keep a simplex: `allocation-simplex.ts`. */
export function allocate(network: Network, given: NetworkLimits): Allocation {
  const programme = networkProgramme(network);
  const limits = limitsOf(network, programme, given);
  const simplex = openSimplex(programme, limits);
  const end = solveSimplex(simplex);
  const flows = simplex.x.slice(0, programme.columns);
  const duals = dualsOf(simplex).slice();
  return {
    end,
    flows,
    worth: duals.slice(0, network.points.length),
    rulePrices: duals.slice(network.points.length),
    certificate: certify(programme, limits, flows, duals),
  };
}

/** Water that comes to each point less what leaves it: zero wherever flows are whole. */
export function balances({ points, arcs }: Pick<Network, 'points' | 'arcs'>, flows: Float64Array): Float64Array {
  const sums = new Float64Array(points.length);
  for (const [j, { from, to, take, give }] of arcs.entries()) {
    const flow = flows[j] as number;
    if (from !== -1) sums[from] = (sums[from] as number) - take * flow;
    if (to !== -1) sums[to] = (sums[to] as number) + give * flow;
  }
  return sums;
}

function limitsOf({ points }: Network, programme: Programme, given: NetworkLimits): Limits {
  const limits = openLimits(programme);
  if (given.lower !== undefined) limits.lower.set(given.lower);
  if (given.upper !== undefined) limits.upper.set(given.upper);
  if (given.cost !== undefined) limits.cost.set(given.cost);
  if (given.ruleLower !== undefined) limits.rowLower.set(given.ruleLower, points.length);
  if (given.ruleUpper !== undefined) limits.rowUpper.set(given.ruleUpper, points.length);
  return limits;
}
