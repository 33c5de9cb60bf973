/**
 * Voltages of a circuit on a grid, and the current through each of its cells.
 *
 * Cells of a short circuit have one voltage: equations are those of nodes, P' A P, with P from nodes to cells. What is grounded
 * without resistance is taken out of the equations, never held by a large number: that would cost digits.
 */
import { type CircuitGrid, joinedGroups, nodesOf } from './circuit-grid.ts';
import { conjugateGradients } from './conjugate-gradients.ts';
import { type GridOperator, multiply } from './grid-operator.ts';
import { type Multigrid, multigrid, precondition } from './multigrid.ts';

export interface Grounds {
  /** Framed cells at voltage 0. */
  direct: ArrayLike<number>;
  /** Conductance to the ground of other cells, framed; none where absent. */
  through?: Float64Array;
}

export interface CircuitSolver {
  grid: CircuitGrid;
  /** Short circuits of the grid and those asked for, joined where they touch. */
  groups: Uint32Array[];
  grounds: Grounds;
  /** Framed: 1 where a cell is joined to a ground. */
  held: Uint8Array;
  /** Steps of the last solution. */
  solve: (sources: Float64Array, signal?: AbortSignal) => { voltages: Float64Array; steps: number };
}

/** Prepares a circuit for its grounds. @param more cells that are one node besides the short circuits of the grid, each a list of framed cells */
export function circuitSolver(grid: CircuitGrid, grounds: Grounds, more: readonly (readonly number[])[] = []): CircuitSolver {
  const groups = more.length === 0 ? grid.groups : joinedGroups([...grid.groups, ...more]);
  const zero = zeroCells(grid, groups, grounds);
  const { held, operator } = groundedOperator(grid, groups, grounds, zero);
  const live = groups.filter((group) => held[group[0] as number] === 1 && zero[group[0] as number] === 0);
  const loose = live.length === 0 ? operator : stiffened(operator, live);
  let preconditioner: Multigrid | null = null;
  return {
    grid,
    groups,
    grounds,
    held,
    solve(sources, signal) {
      preconditioner ??= multigrid(loose);
      const fine = preconditioner;
      // A cell without ties may belong to a short circuit that has some.
      const b = sources.map((current, i) => (held[i] === 1 && zero[i] === 0 ? current : 0));
      gather(b, live);
      const wide = new Float64Array(b.length);
      const { x, steps } = conjugateGradients(b, {
        apply(p, q) {
          wide.set(p);
          spread(wide, live);
          multiply(operator, wide, q);
          gather(q, live);
        },
        precondition(r, z) {
          wide.set(r);
          share(wide, live);
          precondition(fine, wide, z);
          average(z, live);
        },
        signal,
      });
      spread(x, live);
      return { voltages: x, steps };
    },
  };
}

/** Cells that are at voltage 0, with all of a short circuit where one is. */
function zeroCells({ operator }: CircuitGrid, groups: readonly Uint32Array[], { direct }: Grounds): Uint8Array {
  const zero = new Uint8Array(operator.diagonal.length);
  for (let k = 0; k < direct.length; k++) zero[direct[k] as number] = 1;
  for (const group of groups) if (group.some((cell) => zero[cell] === 1)) for (const cell of group) zero[cell] = 1;
  return zero;
}

/** The ties of cells that a ground can be reached from; those at 0 are taken out, and stay in the diagonal of their neighbours. */
function groundedOperator(
  grid: CircuitGrid,
  groups: readonly Uint32Array[],
  { through }: Grounds,
  zero: Uint8Array,
): { held: Uint8Array; operator: GridOperator } {
  const { operator } = grid;
  const { stride } = operator;
  const held = reached(grid, groups, (cell) => zero[cell] === 1 || (through?.[cell] ?? 0) > 0);
  const out: GridOperator = {
    ...operator,
    diagonal: operator.diagonal.map((d, i) => (held[i] === 1 && zero[i] === 0 ? d + (through?.[i] ?? 0) : 0)),
    east: operator.east.slice(),
    south: operator.south.slice(),
    southeast: operator.southeast.slice(),
    southwest: operator.southwest.slice(),
  };
  for (let i = stride; i < zero.length - stride; i++) {
    if (out.diagonal[i] !== 0) continue;
    for (const [ties, back] of [
      [out.east, 1],
      [out.south, stride],
      [out.southeast, stride + 1],
      [out.southwest, stride - 1],
    ] as const) {
      ties[i] = 0;
      ties[i - back] = 0;
    }
  }
  return { held, operator: out };
}

/** Cells joined to one for which `from` holds, short circuits included; framed. */
export function reached(
  { operator, conductance, width, height }: CircuitGrid,
  groups: readonly Uint32Array[],
  from: (cell: number) => boolean,
): Uint8Array {
  const { stride, east, south, southeast, southwest } = operator;
  const seen = new Uint8Array(east.length);
  const groupOf = new Map(groups.flatMap((group, g) => [...group].map((cell): [number, number] => [cell, g])));
  const open: number[] = [];
  const visit = (cell: number): void => {
    if (seen[cell] === 1) return;
    seen[cell] = 1;
    open.push(cell);
  };
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      const cell = (row + 1) * stride + column + 1;
      if ((conductance[row * width + column] as number) > 0 && from(cell)) visit(cell);
    }
  for (let cell = open.pop(); cell !== undefined; cell = open.pop()) {
    if ((east[cell] as number) > 0) visit(cell + 1);
    if ((east[cell - 1] as number) > 0) visit(cell - 1);
    if ((south[cell] as number) > 0) visit(cell + stride);
    if ((south[cell - stride] as number) > 0) visit(cell - stride);
    if ((southeast[cell] as number) > 0) visit(cell + stride + 1);
    if ((southeast[cell - stride - 1] as number) > 0) visit(cell - stride - 1);
    if ((southwest[cell] as number) > 0) visit(cell + stride - 1);
    if ((southwest[cell - stride + 1] as number) > 0) visit(cell - stride + 1);
    const group = groupOf.get(cell);
    if (group !== undefined) for (const other of groups[group] as Uint32Array) visit(other);
  }
  return seen;
}

/** How much stiffer than other ties those inside a short circuit are to the preconditioner. */
const STIFF = 1e3;

/** For the preconditioner alone: cells of a short circuit that touch are tied fast. */
function stiffened(operator: GridOperator, groups: readonly Uint32Array[]): GridOperator {
  const out = { ...operator, diagonal: operator.diagonal.slice(), east: operator.east.slice(), south: operator.south.slice() };
  const { stride, diagonal } = out;
  for (const group of groups) {
    const own = new Set(group);
    let greatest = 0;
    for (const cell of group) greatest = Math.max(greatest, operator.diagonal[cell] as number);
    for (const cell of group)
      for (const [ties, step] of [
        [out.east, 1],
        [out.south, stride],
      ] as const) {
        if (!own.has(cell + step)) continue;
        const tie = STIFF * greatest;
        ties[cell] = (ties[cell] as number) + tie;
        diagonal[cell] = (diagonal[cell] as number) + tie;
        diagonal[cell + step] = (diagonal[cell + step] as number) + tie;
      }
  }
  return out;
}

/** A node's value to all its cells; nodes keep theirs in their first cell. */
function spread(x: Float64Array, groups: readonly Uint32Array[]): void {
  for (const group of groups) {
    const value = x[group[0] as number] as number;
    for (const cell of group) x[cell] = value;
  }
}

/** The sum of its cells to each node. */
function gather(x: Float64Array, groups: readonly Uint32Array[]): void {
  for (const group of groups) {
    let sum = 0;
    for (const cell of group) {
      sum += x[cell] as number;
      x[cell] = 0;
    }
    x[group[0] as number] = sum;
  }
}

/** A node's value, in equal parts to its cells; and the mean of its cells to it, which is the transpose. */
function share(x: Float64Array, groups: readonly Uint32Array[]): void {
  for (const group of groups) {
    const part = (x[group[0] as number] as number) / group.length;
    for (const cell of group) x[cell] = part;
  }
}

function average(x: Float64Array, groups: readonly Uint32Array[]): void {
  gather(x, groups);
  for (const group of groups) x[group[0] as number] = (x[group[0] as number] as number) / group.length;
}

/**
 * Current through each cell [A]: the larger of what flows out of it and what flows in, grounds included; a short circuit has one.
 * @returns row-major, without a frame; `NaN` where there is no cell @see McRae & Shah 2009, Circuitscape user's guide
 */
export function cellCurrents(
  { grid, groups, grounds }: Pick<CircuitSolver, 'grid' | 'groups' | 'grounds'>,
  voltages: Float64Array,
): Float64Array {
  const { operator } = grid;
  const { stride } = operator;
  const out = new Float64Array(voltages.length);
  const into = new Float64Array(voltages.length);
  const group = new Int32Array(voltages.length).fill(-1);
  groups.forEach((cells, g) => {
    for (const cell of cells) group[cell] = g;
  });
  const ties = [
    [operator.east, 1],
    [operator.south, stride],
    [operator.southeast, stride + 1],
    [operator.southwest, stride - 1],
  ] as const;
  for (const [weights, step] of ties)
    for (let i = stride; i + step < voltages.length; i++) {
      const weight = weights[i] as number;
      if (weight === 0) continue;
      const there = i + step;
      if (group[i] !== -1 && group[i] === group[there]) continue;
      const current = weight * ((voltages[i] as number) - (voltages[there] as number));
      const [high, low] = current > 0 ? [i, there] : [there, i];
      out[high] = (out[high] as number) + Math.abs(current);
      into[low] = (into[low] as number) + Math.abs(current);
    }
  if (grounds.through)
    grounds.through.forEach((weight, i) => {
      const current = weight > 0 ? weight * (voltages[i] as number) : 0;
      if (current > 0) out[i] = (out[i] as number) + current;
      else into[i] = (into[i] as number) - current;
    });
  for (const flow of [out, into])
    for (const cells of groups) {
      let sum = 0;
      for (const cell of cells) sum += flow[cell] as number;
      for (const cell of cells) flow[cell] = sum;
    }
  for (let i = 0; i < out.length; i++) if ((into[i] as number) > (out[i] as number)) out[i] = into[i] as number;
  return unframed(grid, out);
}

/** Values of framed cells as a map, row-major; `NaN` where there is no cell. */
export function unframed(grid: CircuitGrid, values: Float64Array): Float64Array {
  const node = nodesOf(grid);
  return grid.conductance.map((_, cell) => (node(cell) === -1 ? Number.NaN : (values[node(cell)] as number)));
}
