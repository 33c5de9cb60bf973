/**
 * A landscape as an electric circuit: cells are nodes, neighbours are joined by what it costs to pass from one to the other.
 *
 *     const grid = circuitGrid(resistance, { width: 1000, kind: 'resistance', neighbours: 8, average: 'conductance' });
 *
 * @see McRae et al. 2008, Using circuit theory to model connectivity, Ecology 89, 2712-2724, doi 10.1890/07-1861.1
 */
import { type GridOperator, newOperator } from './grid-operator.ts';

export interface CircuitOptions {
  width: number;
  /** What the values are. */
  kind: 'resistance' | 'conductance';
  /** Four: over edges only. */
  neighbours?: 4 | 8;
  /** Two cells are joined by the mean of their conductances, or by the inverse of the mean of their resistances; over corners √2 less. */
  average?: 'conductance' | 'resistance';
  /** Cells of one number above 0 are one node: short circuits. Row-major as the values. */
  polygons?: ArrayLike<number>;
  /** Cells at or below 0, or NaN, are none. */
  mask?: ArrayLike<number>;
}

export interface CircuitGrid {
  width: number;
  height: number;
  /** 0 where there is no cell; row-major, without a frame. */
  conductance: Float64Array;
  /** All ties of cells; no ground. */
  operator: GridOperator;
  /** Cells of each short circuit, as framed cells; two or more. */
  groups: Uint32Array[];
  /** Cells of a short circuit that have no conductance of their own: they belong to its node, and join nothing. */
  covered: { cell: number; node: number }[];
}

/** Framed place of a cell. */
const framed = (width: number, cell: number): number => (Math.floor(cell / width) + 1) * (width + 2) + (cell % width) + 1;

/** The node that cells belong to, as a framed cell; -1 where there is none. */
export function nodesOf({ width, conductance, covered }: CircuitGrid): (cell: number) => number {
  const nodes = new Map(covered.map(({ cell, node }) => [cell, node]));
  return (cell) => ((conductance[cell] as number) > 0 ? framed(width, cell) : (nodes.get(cell) ?? -1));
}

/**
 * Builds the circuit. @param values row-major, `NaN` where there is no cell; negative values are none
 * @throws RangeError where a resistance is 0: it would join without cost; give such cells as polygons
 */
export function circuitGrid(
  values: ArrayLike<number>,
  { width, kind, neighbours = 8, average = 'conductance', polygons, mask }: CircuitOptions,
): CircuitGrid {
  const height = values.length / width;
  if (!Number.isInteger(height)) throw new RangeError(`${values.length} values do not fill rows of ${width}`);
  for (const [name, other] of [
    ['polygons', polygons],
    ['mask', mask],
  ] as const)
    if (other && other.length !== values.length)
      throw new RangeError(`${name}: ${other.length} cells for ${values.length} values`);
  const conductance = new Float64Array(values.length);
  for (let cell = 0; cell < values.length; cell++) {
    const value = values[cell] as number;
    if (!(value >= 0) || (mask && !((mask[cell] as number) > 0))) continue;
    if (kind === 'resistance' && value === 0)
      throw new RangeError(
        `row ${Math.floor(cell / width) + 1}, column ${(cell % width) + 1}: resistance 0; join such cells by polygons, or give them a small resistance`,
      );
    conductance[cell] = kind === 'resistance' ? 1 / value : value;
  }
  const operator = newOperator(width, height);
  join(operator, conductance, neighbours, average);
  return {
    width,
    height,
    conductance,
    operator,
    ...(polygons ? shortCircuits(conductance, polygons, width) : { groups: [], covered: [] }),
  };
}

function join(operator: GridOperator, conductance: Float64Array, neighbours: 4 | 8, average: 'conductance' | 'resistance'): void {
  const { width, height, stride, diagonal } = operator;
  const mean =
    average === 'conductance'
      ? (a: number, b: number): number => (a + b) / 2
      : (a: number, b: number): number => 2 / (1 / a + 1 / b);
  const tie = (into: Float64Array, at: number, to: number, weight: number): void => {
    into[at] = weight;
    diagonal[at] = (diagonal[at] as number) + weight;
    diagonal[to] = (diagonal[to] as number) + weight;
  };
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      const cell = row * width + column;
      const own = conductance[cell] as number;
      if (own === 0) continue;
      const at = (row + 1) * stride + column + 1;
      const of = (right: number, down: number): number =>
        column + right >= 0 && column + right < width && row + down < height
          ? (conductance[cell + down * width + right] as number)
          : 0;
      const [east, south] = [of(1, 0), of(0, 1)];
      if (east > 0) tie(operator.east, at, at + 1, mean(own, east));
      if (south > 0) tie(operator.south, at, at + stride, mean(own, south));
      if (neighbours === 4) continue;
      const [southeast, southwest] = [of(1, 1), of(-1, 1)];
      if (southeast > 0) tie(operator.southeast, at, at + stride + 1, mean(own, southeast) / Math.SQRT2);
      if (southwest > 0) tie(operator.southwest, at, at + stride - 1, mean(own, southwest) / Math.SQRT2);
    }
}

/** Cells of each number above 0: those with a conductance, and those that they cover. */
function shortCircuits(
  conductance: Float64Array,
  polygons: ArrayLike<number>,
  width: number,
): Pick<CircuitGrid, 'groups' | 'covered'> {
  const live = new Map<number, number[]>();
  const empty: { cell: number; id: number }[] = [];
  for (let cell = 0; cell < conductance.length; cell++) {
    const id = polygons[cell] as number;
    if (!(id > 0)) continue;
    if (conductance[cell] === 0) empty.push({ cell, id });
    else {
      const list = live.get(id);
      if (list) list.push(framed(width, cell));
      else live.set(id, [framed(width, cell)]);
    }
  }
  return {
    groups: [...live.values()].filter((list) => list.length > 1).map((list) => Uint32Array.from(list)),
    covered: empty.flatMap(({ cell, id }) => (live.get(id) ?? []).slice(0, 1).map((node) => ({ cell, node }))),
  };
}

/** Groups with those joined that share a cell. */
export function joinedGroups(groups: readonly (readonly number[] | Uint32Array)[]): Uint32Array[] {
  const owner = new Map<number, Set<number>>();
  for (const group of groups) {
    let merged = new Set<number>(group);
    for (const cell of group) {
      const other = owner.get(cell);
      if (!other || other === merged) continue;
      const [small, large] = merged.size < other.size ? [merged, other] : [other, merged];
      for (const one of small) large.add(one);
      merged = large;
    }
    for (const cell of merged) owner.set(cell, merged);
  }
  return [...new Set(owner.values())]
    .filter((set) => set.size > 1)
    .map((set) => Uint32Array.from([...set].sort((a, b) => a - b)));
}
