/**
 * A cheap inverse of equations on a grid, for conjugate gradients: multigrid that reads its interpolation from the equations
 * themselves, so that it holds with resistances of any contrast and with holes.
 *
 * Every second cell of every second row is a cell of the coarser grid; what lies between takes from these by its own weights. Coarser
 * equations are P' A P. One Gauss-Seidel sweep forward before, one backward after, so that the whole is symmetric.
 *
 * @see Alcouffe, Brandt, Dendy & Painter 1981, The multi-grid method for the diffusion equation with strongly discontinuous
 * coefficients, SIAM J. Sci. Stat. Comput. 2, 430-454, doi 10.1137/0902035
 * @see Dendy 1982, Black box multigrid, J. Comput. Phys. 48, 366-386, doi 10.1016/0021-9991(82)90057-2
 */
import { type GridOperator, newOperator } from './grid-operator.ts';
import { cholesky, solveCholesky } from './symmetric.ts';

interface Level {
  operator: GridOperator;
  /** 1 / diagonal, 0 where there is no equation. */
  inverse: Float64Array;
  /** Weights of cells between, framed as the coarser grid: of its cell to the west (w) or east (e), north (n) or south (s), and of four (nw …). */
  between: {
    w: Float64Array;
    e: Float64Array;
    n: Float64Array;
    s: Float64Array;
    nw: Float64Array;
    ne: Float64Array;
    sw: Float64Array;
    se: Float64Array;
  } | null;
  x: Float64Array;
  b: Float64Array;
}

export interface Multigrid {
  levels: Level[];
  /** Of the coarsest equations, over the cells that have one. */
  cells: Uint32Array;
  factor: Float64Array;
}

/** A grid of at most this many cells is solved as it is. */
const COARSEST = 120;

/** Builds the coarser grids. */
export function multigrid(operator: GridOperator): Multigrid {
  const levels: Level[] = [levelOf(operator)];
  for (let level = levels[0] as Level; level.operator.width * level.operator.height > COARSEST; ) {
    level.between = interpolation(level.operator, level.inverse);
    level = levelOf(coarser(level.operator, level.between));
    levels.push(level);
  }
  return { levels, ...coarsest((levels.at(-1) as Level).operator) };
}

function levelOf(operator: GridOperator): Level {
  const { length } = operator.diagonal;
  return {
    operator,
    inverse: operator.diagonal.map((d) => (d > 0 ? 1 / d : 0)),
    between: null,
    x: new Float64Array(length),
    b: new Float64Array(length),
  };
}

/** How cells between take from coarser ones: their equation, summed across where it looks past them. Dendy 1982, eq. 2.7-2.9 */
function interpolation(fine: GridOperator, inverse: Float64Array): NonNullable<Level['between']> {
  const { stride, diagonal, east, south, southeast, southwest } = fine;
  const width = (fine.width + 1) >> 1;
  const height = (fine.height + 1) >> 1;
  const coarse = width + 2;
  const size = coarse * (height + 2);
  const make = (): Float64Array => new Float64Array(size);
  const between = { w: make(), e: make(), n: make(), s: make(), nw: make(), ne: make(), sw: make(), se: make() };
  const part = (weight: number, rest: number): number => (weight > 0 && rest > 0 ? weight / rest : 0);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const here = (row + 1) * coarse + column + 1;
      const i = (2 * row + 1) * stride + 2 * column + 1;
      // East of the coarse cell, between it and the next one.
      let at = i + 1;
      let rest = (diagonal[at] as number) - (south[at] as number) - (south[at - stride] as number);
      between.w[here] = part((east[at - 1] as number) + (southwest[at] as number) + (southeast[at - stride - 1] as number), rest);
      between.e[here] = part((east[at] as number) + (southeast[at] as number) + (southwest[at - stride + 1] as number), rest);
      // South of it.
      at = i + stride;
      rest = (diagonal[at] as number) - (east[at] as number) - (east[at - 1] as number);
      between.n[here] = part(
        (south[at - stride] as number) + (southeast[at - stride - 1] as number) + (southwest[at - stride + 1] as number),
        rest,
      );
      between.s[here] = part((south[at] as number) + (southeast[at] as number) + (southwest[at] as number), rest);
    }
  }
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const here = (row + 1) * coarse + column + 1;
      const at = (2 * row + 2) * stride + 2 * column + 2;
      const own = inverse[at] as number;
      if (own === 0) continue;
      const north = own * (south[at - stride] as number);
      const below = own * (south[at] as number);
      const west = own * (east[at - 1] as number);
      const right = own * (east[at] as number);
      between.nw[here] =
        own * (southeast[at - stride - 1] as number) + north * (between.w[here] as number) + west * (between.n[here] as number);
      between.ne[here] =
        own * (southwest[at - stride + 1] as number) +
        north * (between.e[here] as number) +
        right * (between.n[here + 1] as number);
      between.sw[here] =
        own * (southwest[at] as number) + below * (between.w[here + coarse] as number) + west * (between.s[here] as number);
      between.se[here] =
        own * (southeast[at] as number) + below * (between.e[here + coarse] as number) + right * (between.s[here + 1] as number);
    }
  }
  return between;
}

/** P' A P. What a pair of cells exchanges is shared among the coarser cells that both take from. */
function coarser(fine: GridOperator, between: NonNullable<Level['between']>): GridOperator {
  const out = newOperator((fine.width + 1) >> 1, (fine.height + 1) >> 1);
  const { stride } = out;
  const offsets = [1, fine.stride, fine.stride + 1, fine.stride - 1];
  const weights = [fine.east, fine.south, fine.southeast, fine.southwest];
  const [mine, theirs] = [newParents(), newParents()];
  const add = (p: number, q: number, value: number): void => {
    const [a, b] = p < q ? [p, q] : [q, p];
    const apart = b - a;
    const into = apart === 1 ? out.east : apart === stride ? out.south : apart === stride + 1 ? out.southeast : out.southwest;
    into[a] = (into[a] as number) - value;
  };
  for (let row = 0; row < fine.height; row++) {
    for (let column = 0; column < fine.width; column++) {
      const i = (row + 1) * fine.stride + column + 1;
      const own = fine.diagonal[i] as number;
      if (own === 0) continue;
      readParents(mine, between, stride, row, column);
      for (let p = 0; p < mine.count; p++) {
        const a = mine.cells[p] as number;
        const share = own * (mine.weights[p] as number);
        out.diagonal[a] = (out.diagonal[a] as number) + share * (mine.weights[p] as number);
        for (let q = p + 1; q < mine.count; q++) add(a, mine.cells[q] as number, share * (mine.weights[q] as number));
      }
      for (let k = 0; k < 4; k++) {
        const weight = (weights[k] as Float64Array)[i] as number;
        if (weight === 0) continue;
        const there = i + (offsets[k] as number);
        readParents(theirs, between, stride, Math.floor(there / fine.stride) - 1, (there % fine.stride) - 1);
        for (let p = 0; p < mine.count; p++) {
          const a = mine.cells[p] as number;
          for (let q = 0; q < theirs.count; q++) {
            const b = theirs.cells[q] as number;
            const value = weight * (mine.weights[p] as number) * (theirs.weights[q] as number);
            if (a === b) out.diagonal[a] = (out.diagonal[a] as number) - 2 * value;
            else add(a, b, -value);
          }
        }
      }
    }
  }
  tidy(out, fine);
  return out;
}

/** Coarser cells without an equation, or with nothing left of it by cancellation, have none. */
function tidy(out: GridOperator, fine: GridOperator): void {
  const { diagonal, stride } = out;
  let greatest = 0;
  for (const d of fine.diagonal) if (d > greatest) greatest = d;
  for (let i = 0; i < diagonal.length; i++) {
    if ((diagonal[i] as number) > 1e-13 * greatest) continue;
    diagonal[i] = 0;
    out.east[i] = 0;
    out.south[i] = 0;
    out.southeast[i] = 0;
    out.southwest[i] = 0;
    if (i >= 1) out.east[i - 1] = 0;
    if (i >= stride) out.south[i - stride] = 0;
    if (i >= stride + 1) out.southeast[i - stride - 1] = 0;
    if (i >= stride - 1) out.southwest[i - stride + 1] = 0;
  }
}

interface Parents {
  count: number;
  cells: Int32Array;
  weights: Float64Array;
}

const newParents = (): Parents => ({ count: 0, cells: new Int32Array(4), weights: new Float64Array(4) });

/** Coarser cells that a cell takes from. */
function readParents(
  parents: Parents,
  { w, e, n, s, nw, ne, sw, se }: NonNullable<Level['between']>,
  stride: number,
  row: number,
  column: number,
): void {
  const here = ((row >> 1) + 1) * stride + (column >> 1) + 1;
  parents.count = 0;
  const put = (cell: number, weight: number): void => {
    if (weight === 0) return;
    parents.cells[parents.count] = cell;
    parents.weights[parents.count++] = weight;
  };
  if ((row & 1) === 0 && (column & 1) === 0) put(here, 1);
  else if ((row & 1) === 0) {
    put(here, w[here] as number);
    put(here + 1, e[here] as number);
  } else if ((column & 1) === 0) {
    put(here, n[here] as number);
    put(here + stride, s[here] as number);
  } else {
    put(here, nw[here] as number);
    put(here + 1, ne[here] as number);
    put(here + stride, sw[here] as number);
    put(here + stride + 1, se[here] as number);
  }
}

function coarsest({ width, height, stride, diagonal, east, south, southeast, southwest }: GridOperator): {
  cells: Uint32Array;
  factor: Float64Array;
} {
  const cells: number[] = [];
  for (let row = 1; row <= height; row++)
    for (let i = row * stride + 1; i <= row * stride + width; i++) if ((diagonal[i] as number) > 0) cells.push(i);
  const place = new Map(cells.map((cell, k) => [cell, k]));
  const order = cells.length;
  const matrix = new Float64Array(order * order);
  cells.forEach((i, k) => {
    matrix[k * order + k] = diagonal[i] as number;
    for (const [there, weight] of [
      [i + 1, east[i]],
      [i + stride, south[i]],
      [i + stride + 1, southeast[i]],
      [i + stride - 1, southwest[i]],
    ] as const) {
      const other = place.get(there);
      if (other === undefined) continue;
      matrix[k * order + other] = -(weight as number);
      matrix[other * order + k] = -(weight as number);
    }
  });
  // Islands without a ground have no solution of their own; a trace of ground gives them one, and only the preconditioner knows.
  let factor = cholesky(matrix, order);
  for (let trace = 1e-12; factor === null; trace *= 100) {
    const held = matrix.slice();
    for (let k = 0; k < order; k++) held[k * order + k] = (matrix[k * order + k] as number) * (1 + trace);
    factor = cholesky(held, order);
  }
  return { cells: Uint32Array.from(cells), factor };
}

/** z ≈ A⁻¹ r, both framed as the finest grid; one cycle. */
export function precondition({ levels, cells, factor }: Multigrid, r: Float64Array, z: Float64Array): void {
  const finest = levels[0] as Level;
  finest.b = r;
  finest.x = z;
  for (let k = 0; k + 1 < levels.length; k++) down(levels[k] as Level, levels[k + 1] as Level);
  const last = levels.at(-1) as Level;
  const solved = solveCholesky(
    factor,
    cells.length,
    Float64Array.from(cells, (cell) => last.b[cell] as number),
  );
  last.x.fill(0);
  for (const [k, cell] of cells.entries()) last.x[cell] = solved[k] as number;
  for (let k = levels.length - 2; k >= 0; k--) up(levels[k] as Level, levels[k + 1] as Level);
}

/** A sweep forward from 0, and what it leaves as the right-hand side of the coarser grid. */
function down({ operator, inverse, between, x, b }: Level, coarse: Level): void {
  const { width, height, stride, east, south, southeast, southwest } = operator;
  for (let row = 1; row <= height; row++) {
    const end = row * stride + width;
    for (let i = row * stride + 1; i <= end; i++)
      x[i] =
        (inverse[i] as number) *
        ((b[i] as number) +
          (east[i - 1] as number) * (x[i - 1] as number) +
          (south[i - stride] as number) * (x[i - stride] as number) +
          (southeast[i - stride - 1] as number) * (x[i - stride - 1] as number) +
          (southwest[i - stride + 1] as number) * (x[i - stride + 1] as number));
  }
  // What the sweep leaves of an equation is what its later neighbours have taken since.
  const left = (i: number): number =>
    inverse[i] === 0
      ? 0
      : (east[i] as number) * (x[i + 1] as number) +
        (south[i] as number) * (x[i + stride] as number) +
        (southeast[i] as number) * (x[i + stride + 1] as number) +
        (southwest[i] as number) * (x[i + stride - 1] as number);
  const { w, e, n, s, nw, ne, sw, se } = between as NonNullable<Level['between']>;
  const into = coarse.b;
  const wide = coarse.operator.stride;
  into.fill(0);
  for (let row = 0; row < height; row++) {
    const first = (row + 1) * stride + 1;
    const start = ((row >> 1) + 1) * wide + 1;
    if ((row & 1) === 0) {
      for (let column = 0; column < width; column++) {
        const value = left(first + column);
        const here = start + (column >> 1);
        if ((column & 1) === 0) into[here] = (into[here] as number) + value;
        else {
          into[here] = (into[here] as number) + (w[here] as number) * value;
          into[here + 1] = (into[here + 1] as number) + (e[here] as number) * value;
        }
      }
    } else {
      for (let column = 0; column < width; column++) {
        const value = left(first + column);
        const here = start + (column >> 1);
        if ((column & 1) === 0) {
          into[here] = (into[here] as number) + (n[here] as number) * value;
          into[here + wide] = (into[here + wide] as number) + (s[here] as number) * value;
        } else {
          into[here] = (into[here] as number) + (nw[here] as number) * value;
          into[here + 1] = (into[here + 1] as number) + (ne[here] as number) * value;
          into[here + wide] = (into[here + wide] as number) + (sw[here] as number) * value;
          into[here + wide + 1] = (into[here + wide + 1] as number) + (se[here] as number) * value;
        }
      }
    }
  }
}

/** Adds what the coarser grid found, and sweeps backward. */
function up({ operator, inverse, between, x, b }: Level, coarse: Level): void {
  const { width, height, stride, east, south, southeast, southwest } = operator;
  const { w, e, n, s, nw, ne, sw, se } = between as NonNullable<Level['between']>;
  const from = coarse.x;
  const wide = coarse.operator.stride;
  for (let row = 0; row < height; row++) {
    const first = (row + 1) * stride + 1;
    const start = ((row >> 1) + 1) * wide + 1;
    for (let column = 0; column < width; column++) {
      const i = first + column;
      const here = start + (column >> 1);
      let add: number;
      if ((row & 1) === 0)
        add =
          (column & 1) === 0
            ? (from[here] as number)
            : (w[here] as number) * (from[here] as number) + (e[here] as number) * (from[here + 1] as number);
      else if ((column & 1) === 0)
        add = (n[here] as number) * (from[here] as number) + (s[here] as number) * (from[here + wide] as number);
      else
        add =
          (nw[here] as number) * (from[here] as number) +
          (ne[here] as number) * (from[here + 1] as number) +
          (sw[here] as number) * (from[here + wide] as number) +
          (se[here] as number) * (from[here + wide + 1] as number);
      x[i] = (x[i] as number) + add;
    }
  }
  for (let row = height; row >= 1; row--) {
    const start = row * stride + 1;
    for (let i = row * stride + width; i >= start; i--)
      x[i] =
        (inverse[i] as number) *
        ((b[i] as number) +
          (east[i] as number) * (x[i + 1] as number) +
          (east[i - 1] as number) * (x[i - 1] as number) +
          (south[i] as number) * (x[i + stride] as number) +
          (south[i - stride] as number) * (x[i - stride] as number) +
          (southeast[i] as number) * (x[i + stride + 1] as number) +
          (southeast[i - stride - 1] as number) * (x[i - stride - 1] as number) +
          (southwest[i] as number) * (x[i + stride - 1] as number) +
          (southwest[i - stride + 1] as number) * (x[i - stride + 1] as number));
  }
}
