/** Limits and costs of the programme of a step, brought up to date from parameters and volumes. */
import { type Network, networkProgramme } from '../science/allocation-network.ts';
import { entryOf, type Limits, openLimits, type Programme } from '../science/allocation-programme.ts';
import { openSimplex, type Simplex } from '../science/allocation-simplex.ts';
import type { BuiltRiver } from './river-build.ts';
import type { Store } from './river-node-part.ts';
import { type Amount, amountNow, type RiverState } from './river-state.ts';
import type { Licence } from './river-virtual.ts';

/** A limit that a parameter tells: where it goes. */
interface Binding {
  array: Float64Array;
  at: number;
  parameter: number;
}

export interface StepProgramme {
  network: Network;
  programme: Programme;
  limits: Limits;
  simplex: Simplex;
  bounds: { name: string; at: number; lower: Amount; upper: Amount; lowers: Float64Array; uppers: Float64Array }[];
  /** A limit that never changes and contradicts itself. */
  crossed: string | null;
  costs: Binding[];
  entries: { entry: number; terms: { factor: Amount; sign: number }[] }[];
  stores: (Store & { arc: number })[];
  licences: Licence[];
}

/** Numbers nearer to zero than this are zero, and limits nearer to each other are one, as Pywr has it. */
const TINY = 1e-8;

/** The programme of a river before its first step. */
export function stepProgramme({ assembly, nodes }: BuiltRiver): StepProgramme {
  const network = assembly.network();
  const programme = networkProgramme(network);
  const limits = openLimits(programme);
  const points = network.points.length;
  const bounds: StepProgramme['bounds'] = [];
  const costs: Binding[] = [];
  const stores = nodes.flatMap((node) => ('store' in node && node.store !== undefined ? [node.store] : []));
  const licences = nodes.flatMap((node) => ('licence' in node && node.licence !== undefined ? [node.licence] : []));
  const stored = new Set(stores.map(({ arc }) => arc));
  const ruled = new Set(licences.map(({ rule }) => rule));
  let crossed: string | null = null;
  const bind = (name: string, at: number, lower: Amount, upper: Amount, lowers: Float64Array, uppers: Float64Array): void => {
    if (typeof lower === 'number' && typeof upper === 'number') {
      if (!setBounds(at, lower, upper, lowers, uppers)) crossed ??= name;
    } else bounds.push({ name, at, lower, upper, lowers, uppers });
  };
  for (const [j, { name, lower = 0, upper = Infinity, cost = 0 }] of assembly.arcs.entries()) {
    if (!stored.has(j)) bind(name, j, lower, upper, limits.lower, limits.upper);
    if (typeof cost === 'number') limits.cost[j] = cost;
    else costs.push({ array: limits.cost, at: j, parameter: cost.parameter });
  }
  for (const [i, { name, lower, upper }] of assembly.rules.entries())
    if (!ruled.has(i)) bind(name, points + i, lower, upper, limits.rowLower, limits.rowUpper);
  return {
    network,
    programme,
    limits,
    simplex: openSimplex(programme, limits),
    bounds,
    crossed,
    costs,
    entries: entriesOf(assembly, programme, points),
    stores,
    licences,
  };
}

/** Entries of the matrix that parameters tell, with all that adds up in them. */
function entriesOf(assembly: BuiltRiver['assembly'], programme: Programme, points: number): StepProgramme['entries'] {
  const sums = new Map<string, { row: number; column: number; terms: { factor: Amount; sign: number }[] }>();
  const add = (row: number, column: number, factor: Amount, sign: number): void => {
    const key = `${row} ${column}`;
    const sum = sums.get(key) ?? { row, column, terms: [] };
    sum.terms.push({ factor, sign });
    sums.set(key, sum);
  };
  for (const [j, { from, to, take = 1, give = 1 }] of assembly.arcs.entries()) {
    if (from !== -1) add(assembly.row(from), j, take, -1);
    if (to !== -1) add(assembly.row(to), j, give, 1);
  }
  for (const [i, { terms }] of assembly.rules.entries()) for (const { arc, factor } of terms) add(points + i, arc, factor, 1);
  return [...sums.values()]
    .filter(({ terms }) => terms.some(({ factor }) => typeof factor !== 'number'))
    .map(({ row, column, terms }) => ({ entry: entryOf(programme, row, column), terms }));
}

/** False where the least is more than the most, or one of them is no number. */
function setBounds(at: number, lower: number, upper: number, lowers: Float64Array, uppers: Float64Array): boolean {
  const low = lower < TINY && lower > -TINY ? 0 : lower;
  let high = upper < TINY && upper > -TINY ? 0 : upper;
  if (high - low < TINY && low - high < TINY) high = low;
  lowers[at] = low;
  uppers[at] = high;
  return low <= high;
}

/** Brings all limits up to the step that begins, which lasts `days`. The name of one that contradicts itself, or null. */
export function updateLimits(
  { limits, simplex, programme, bounds, costs, entries, stores, licences, network, crossed }: StepProgramme,
  state: RiverState,
  days: number,
): string | null {
  for (let i = 0; i < bounds.length; i++) {
    const { name, at, lower, upper, lowers, uppers } = bounds[i] as StepProgramme['bounds'][number];
    if (!setBounds(at, amountNow(lower, state), amountNow(upper, state), lowers, uppers)) return name;
  }
  for (let i = 0; i < costs.length; i++) {
    const { array, at, parameter } = costs[i] as Binding;
    const now = state.values[parameter] as number;
    if (Number.isNaN(now)) return network.arcs[at]?.name ?? '';
    if (array[at] !== now) {
      array[at] = now;
      simplex.costChanged = true;
    }
  }
  for (let i = 0; i < entries.length; i++) {
    const { entry, terms } = entries[i] as StepProgramme['entries'][number];
    let now = 0;
    for (const { factor, sign } of terms) now += sign * amountNow(factor, state);
    if (programme.value[entry] !== now) {
      programme.value[entry] = now;
      simplex.matrixChanged = true;
    }
  }
  for (let i = 0; i < stores.length; i++) {
    const store = stores[i] as Store & { arc: number };
    storeBounds(store, store.arc, state, days, limits.lower, limits.upper);
  }
  for (let i = 0; i < licences.length; i++) {
    const licence = licences[i] as Licence;
    const row = network.points.length + licence.rule;
    if (licence.active) storeBounds(licence, row, state, days, limits.rowLower, limits.rowUpper);
    else {
      limits.rowLower[row] = Number.NEGATIVE_INFINITY;
      limits.rowUpper[row] = Number.POSITIVE_INFINITY;
    }
  }
  return crossed;
}

/** A step may take what lies above the least volume, and bring what has room below the full one. */
function storeBounds(
  store: Store,
  at: number,
  state: RiverState,
  days: number,
  lowers: Float64Array,
  uppers: Float64Array,
): void {
  const least = amountNow(store.least, state);
  const full = amountNow(store.full, state);
  if (least === full) {
    lowers[at] = 0;
    uppers[at] = 0;
    return;
  }
  const now = state.volume[store.node] as number;
  setBounds(at, -Math.max(now - least, 0) / days, Math.max(full - now, 0) / days, lowers, uppers);
}
