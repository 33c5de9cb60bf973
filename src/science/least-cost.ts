/**
 * What it costs to cross a landscape: least costly paths, cost distances and corridors on a grid of resistances.
 *
 *     const surface = costSurface(resistance, { width: 1000, neighbours: 8, cells: { x: 30, y: 30 } });
 *     const [a, b] = [costsFrom(surface, [1201]), costsFrom(surface, [870_455])];
 *     a.costs[870_455]                 // cost distance [m × resistance]
 *     pathTo(surface, a, 870_455)      // cells of the least costly path
 *     corridor(a, b)                   // by cell, how much more the best path through it costs
 *
 * A move costs its length times the mean resistance along it: of the two cells of a move to a side or over a corner, of the four
 * that a knight's move crosses. So a wall one cell wide is never leapt over. Other means have names: `ends` looks at both ends alone;
 * `conductance` is gdistance's 1 / mean(1 / r) of both ends, where a knight's move leaps a wall.
 *
 * @see Dijkstra 1959, Numer. Math. 1, 269-271, doi 10.1007/BF01386390; Dial 1969, Commun. ACM 12, 632-633, doi 10.1145/363269.363610
 * @see Adriaensen et al. 2003, Landsc. Urban Plan. 64, 233-247, doi 10.1016/S0169-2046(02)00242-6
 * @see van Etten 2017, R package gdistance, J. Stat. Softw. 76(13), doi 10.18637/jss.v076.i13
 */
import { geodesicDistance } from './distances.ts';

export type CostMean = 'resistance' | 'ends' | 'conductance';

/** Sizes of cells: the same everywhere [m], or degrees with the latitude of each row's middle, from which lengths on the ellipsoid follow. */
export type CellSizes = { x: number; y: number } | { longitudeStep: number; latitudes: ArrayLike<number> };

export interface CostOptions {
  width: number;
  /** Four: over sides. Eight: over corners too, up to 8 % too long. Sixteen: knight's moves too, up to 3 %. */
  neighbours?: 4 | 8 | 16;
  mean?: CostMean;
  cells?: CellSizes;
}

export interface CostSurface {
  width: number;
  height: number;
  neighbours: 4 | 8 | 16;
  mean: CostMean;
  /** Resistances (conductances for that mean) in a frame of two empty cells; `NaN` where there is no cell. */
  values: Float64Array;
  stride: number;
  /** Length of each move from each row [m]: rows × neighbours. */
  lengths: Float64Array;
  /** Width of the buckets that cells wait in, and their number. */
  bucket: number;
  buckets: number;
}

/** East, west, south, north; the corners; the knight's moves. Move m is undone by move m ^ 1. */
const MOVES: readonly (readonly [right: number, down: number])[] = [
  ...([[1, 0], [-1, 0], [0, 1], [0, -1]] as const),
  ...([[1, 1], [-1, -1], [1, -1], [-1, 1]] as const),
  ...([[2, 1], [-2, -1], [2, -1], [-2, 1]] as const),
  ...([[1, 2], [-1, -2], [1, -2], [-1, 2]] as const),
]; // biome-ignore format: a table
/** Most buckets; where resistances differ by more, a bucket holds more than one step and is worked until it is empty. */
const MOST_BUCKETS = 1 << 16;
const FRAME = 2;

/**
 * Prepares a grid. @param resistance row-major, 0 or more, `NaN` where nothing passes
 * @throws RangeError naming the cell of a negative or infinite resistance, or where cells do not fill rows
 */
export function costSurface(
  resistance: ArrayLike<number>,
  { width, neighbours = 8, mean = 'resistance', cells = { x: 1, y: 1 } }: CostOptions,
): CostSurface {
  const height = resistance.length / width;
  if (!Number.isInteger(height)) throw new RangeError(`${resistance.length} values do not fill rows of ${width}`);
  const stride = width + 2 * FRAME;
  const values = new Float64Array(stride * (height + 2 * FRAME)).fill(Number.NaN);
  let [least, most] = [Number.POSITIVE_INFINITY, 0];
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      const value = resistance[row * width + column] as number;
      if (Number.isNaN(value)) continue;
      if (!(value >= 0 && value < Number.POSITIVE_INFINITY))
        throw new RangeError(`row ${row + 1}, column ${column + 1}: resistance ${value}; 0 or more is needed`);
      if (value > most) most = value;
      if (value > 0 && value < least) least = value;
      values[(row + FRAME) * stride + column + FRAME] = mean === 'conductance' ? 1 / value : value;
    }
  const lengths = moveLengths(height, neighbours, cells);
  let [shortest, longest] = [Number.POSITIVE_INFINITY, 0];
  for (const length of lengths) {
    if (length < shortest) shortest = length;
    if (length > longest) longest = length;
  }
  const dearest = most * longest;
  // Half of the least resistance: a cell of 0 may stand at the other end.
  const bucket = dearest === 0 ? 1 : Math.max((shortest * least) / 2, dearest / (MOST_BUCKETS - 2));
  const buckets = Math.ceil(dearest / bucket) + 2;
  return { width, height, neighbours, mean, values, stride, lengths, bucket, buckets };
}

/** Lengths of moves by row [m]; towards a row that is not there, as to the row on the other side. */
function moveLengths(height: number, neighbours: number, cells: CellSizes): Float64Array {
  const lengths = new Float64Array(height * neighbours);
  const length = (row: number, right: number, down: number): number => {
    if ('x' in cells) return Math.hypot(right * cells.x, down * cells.y);
    const from = cells.latitudes[row] as number;
    const to = cells.latitudes[row + down] ?? cells.latitudes[row - down] ?? from;
    return geodesicDistance([0, from], [Math.abs(right * cells.longitudeStep), to]);
  };
  for (let row = 0; row < height; row++)
    for (let move = 0; move < neighbours; move++) {
      const [right, down] = MOVES[move] as readonly [number, number];
      const same = row * neighbours + (move ^ 1);
      const mirrored = down === 0 || 'x' in cells;
      lengths[row * neighbours + move] = mirrored && (move & 1) === 1 ? (lengths[same] as number) : length(row, right, down);
    }
  return lengths;
}

/** Costs from some cells to all others, and how each is reached. */
export interface CostField {
  /** Row-major; Infinity where no path leads, `NaN` where there is no cell. */
  costs: Float64Array;
  /** Move by which the path comes to a cell, 1 up; 0 at the start and where no path leads. */
  moves: Uint8Array;
}

/**
 * Costs of the least costly paths from any of `starts` to every cell.
 * @param starts row-major cells; those without a resistance are none
 * @param options.limit costs beyond which paths are not followed
 */
export function costsFrom(
  surface: CostSurface,
  starts: ArrayLike<number>,
  { limit = Number.MAX_VALUE, signal }: { limit?: number; signal?: AbortSignal | undefined } = {},
): CostField {
  const { width, height, values, stride } = surface;
  const costs = new Float64Array(values.length).fill(Number.POSITIVE_INFINITY);
  const moves = new Uint8Array(values.length);
  spread(surface, starts, { costs, moves, limit, signal });
  const found: CostField = { costs: new Float64Array(width * height), moves: new Uint8Array(width * height) };
  for (let row = 0; row < height; row++) {
    const from = (row + FRAME) * stride + FRAME;
    found.costs.set(costs.subarray(from, from + width), row * width);
    found.moves.set(moves.subarray(from, from + width), row * width);
    for (let k = 0; k < width; k++) if (Number.isNaN(values[from + k])) found.costs[row * width + k] = Number.NaN;
  }
  return found;
}

/** One loop of many lines, for speed: every cell and move of the grid goes through it. */
function spread(
  { width, height, neighbours, mean, values, stride, lengths, bucket, buckets }: CostSurface,
  starts: ArrayLike<number>,
  { costs, moves, limit, signal }: { costs: Float64Array; moves: Uint8Array; limit: number; signal: AbortSignal | undefined },
): void {
  const offsets = Int32Array.from(MOVES.slice(0, neighbours), ([right, down]) => down * stride + right);
  // The two cells that a knight's move crosses besides its ends.
  const [crossed, also] = [0, 1].map((second) =>
    Int32Array.from(MOVES, ([right, down]) => {
      const [x, y] = [Math.abs(right) === 2 ? right / 2 : second * right, Math.abs(down) === 2 ? down / 2 : second * down];
      return y * stride + x;
    }),
  ) as [Int32Array, Int32Array];
  const lists = newLists(buckets, values.length);
  const { head, next, before } = lists;
  const across = mean === 'resistance' ? 8 : neighbours;
  let waiting = 0;
  for (let k = 0; k < starts.length; k++) {
    const cell = starts[k] as number;
    if (!(cell >= 0 && cell < width * height)) throw new RangeError(`cell ${cell} lies off a grid of ${width} × ${height}`);
    const at = (Math.floor(cell / width) + FRAME) * stride + (cell % width) + FRAME;
    if (Number.isNaN(values[at]) || costs[at] === 0) continue;
    costs[at] = 0;
    put(lists, 0, at);
    waiting += 1;
  }
  for (let slot = 0; waiting > 0; slot = slot + 1 === buckets ? 0 : slot + 1) {
    if ((slot & 1023) === 0) signal?.throwIfAborted();
    for (let at = head[slot] as number; at !== -1; at = head[slot] as number) {
      const after = next[at] as number;
      head[slot] = after;
      if (after !== -1) before[after] = -1;
      before[at] = OUT;
      waiting -= 1;
      const own = values[at] as number;
      const cost = costs[at] as number;
      const row = ((at / stride) | 0) - FRAME;
      for (let move = 0; move < neighbours; move++) {
        const there = at + (offsets[move] as number);
        const reached = costs[there] as number;
        if (reached <= cost) continue;
        const length = lengths[row * neighbours + move] as number;
        const other = values[there] as number;
        let through: number;
        if (mean === 'conductance') through = cost + (2 * length) / (own + other);
        else if (move < across) through = cost + length * 0.5 * (own + other);
        else {
          const passed = (values[at + (crossed[move] as number)] as number) + (values[at + (also[move] as number)] as number);
          through = cost + length * 0.25 * (own + other + passed);
        }
        if (!(through < reached) || through > limit) continue;
        costs[there] = through;
        moves[there] = move + 1;
        const into = Math.floor(through / bucket) % buckets;
        if (before[there] === OUT) waiting += 1;
        else take(lists, Math.floor(reached / bucket) % buckets, there);
        put(lists, into, there);
      }
    }
  }
}

/** Cells by bucket, each in one at most. */
interface Lists {
  head: Int32Array;
  next: Int32Array;
  /** -1 at the head of a bucket, `OUT` where a cell is in none. */
  before: Int32Array;
}

const OUT = -2;

const newLists = (buckets: number, cells: number): Lists => ({
  head: new Int32Array(buckets).fill(-1),
  next: new Int32Array(cells),
  before: new Int32Array(cells).fill(OUT),
});

function put({ head, next, before }: Lists, slot: number, cell: number): void {
  const first = head[slot] as number;
  next[cell] = first;
  before[cell] = -1;
  if (first !== -1) before[first] = cell;
  head[slot] = cell;
}

function take({ head, next, before }: Lists, slot: number, cell: number): void {
  const [last, first] = [before[cell] as number, next[cell] as number];
  if (last === -1) head[slot] = first;
  else next[last] = first;
  if (first !== -1) before[first] = last;
}

/** Cells of the least costly path from the start to `cell`, both included; none where no path leads. */
export function pathTo({ width }: CostSurface, { costs, moves }: CostField, cell: number): number[] {
  if (!((costs[cell] as number) < Number.POSITIVE_INFINITY)) return [];
  const path = [cell];
  for (let at = cell; moves[at] !== 0; path.push(at)) {
    const [right, down] = MOVES[(moves[at] as number) - 1] as readonly [number, number];
    at -= down * width + right;
  }
  return path.reverse();
}

/** By cell, how much more than the least costly path the best one through it costs: cost_a + cost_b - min. `NaN` where none leads. */
export function corridor(a: CostField, b: CostField): Float64Array {
  let least = Number.POSITIVE_INFINITY;
  const sums = a.costs.map((cost, cell) => {
    const sum = cost + (b.costs[cell] as number);
    if (sum < least) least = sum;
    return sum;
  });
  return sums.map((sum) => (sum < Number.POSITIVE_INFINITY ? Math.max(0, sum - least) : Number.NaN));
}

/** Least cost between any cell of each place and any of the others: places × places, Infinity where no path leads. */
export function costDistances(
  surface: CostSurface,
  places: readonly ArrayLike<number>[],
  { signal, limit, onField }: { signal?: AbortSignal; limit?: number; onField?: (place: number, field: CostField) => void } = {},
): Float64Array {
  const n = places.length;
  const distances = new Float64Array(n * n).fill(Number.POSITIVE_INFINITY);
  places.forEach((starts, i) => {
    const field = costsFrom(surface, starts, { signal, ...(limit === undefined ? {} : { limit }) });
    onField?.(i, field);
    places.forEach((cells, j) => {
      let least = i === j ? 0 : Number.POSITIVE_INFINITY;
      for (let k = 0; k < cells.length; k++) {
        const cost = field.costs[cells[k] as number] as number;
        if (cost < least) least = cost;
      }
      distances[i * n + j] = least;
    });
  });
  return distances;
}
