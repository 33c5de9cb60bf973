/**
 * Resistance between places of a landscape, and where movement between them must pass.
 *
 *     const found = pairwise(grid, focalPlaces(points, grid));
 *     found.resistances[0]      // of the pair of the first and the second place
 *     found.cumulative          // current of all pairs by cell: narrow passages carry much
 *
 * @see McRae 2006, Isolation by resistance, Evolution 60, 1551-1561, doi 10.1111/j.0014-3820.2006.tb00500.x
 * @see McRae et al. 2008, Ecology 89, 2712-2724, doi 10.1890/07-1861.1
 * @see Shah & McRae 2008, Circuitscape, Proc. 7th Python in Science Conf. (modes of computing)
 */
import { type CircuitGrid, joinedGroups, nodesOf } from './circuit-grid.ts';
import { cellCurrents, circuitSolver, reached, unframed } from './circuit-solve.ts';

/** A place, or a region of several cells that count as one. */
export interface FocalPlace {
  id: number;
  /** Framed cells with a conductance; none where the place lies off the map. */
  cells: number[];
  /** Cells of a region that have no conductance, row-major: maps show the region there, too. */
  covered: number[];
}

export interface PairwiseOptions {
  /** Pairs that are computed; all. */
  pairs?: (a: number, b: number) => boolean;
  /** Called with the current of each pair [A], of one ampere sent. */
  onMap?: (map: { from: number; to: number; currents: Float64Array; voltages: Float64Array }) => void;
  /** Sums and largest currents over pairs. */
  maps?: boolean;
  signal?: AbortSignal;
  onProgress?: (done: number, total: number) => void;
}

export interface Pairwise {
  ids: number[];
  /** Resistance of each pair [Ω], places × places; `NaN` where no way leads, or the pair was left out. */
  resistances: Float64Array;
  /** Current of all pairs by cell, and the largest; row-major, `NaN` where there is no cell. */
  cumulative: Float64Array | null;
  maximum: Float64Array | null;
}

/** Places by number of a map; 0, negative and `NaN` are none. In the order of their numbers. */
export function focalPlaces(map: ArrayLike<number>, grid: CircuitGrid): FocalPlace[] {
  const points: PointOnGrid[] = [];
  for (let cell = 0; cell < map.length; cell++) if ((map[cell] as number) > 0) points.push({ id: map[cell] as number, cell });
  return placesOf(points, grid);
}

export interface PointOnGrid {
  id: number;
  /** Row-major. */
  cell: number;
}

/** Places of a list of points, of which several may lie in one cell, and several may have one number: a region. */
export function placesOf(points: Iterable<PointOnGrid>, grid: CircuitGrid): FocalPlace[] {
  const nodeOf = nodesOf(grid);
  const places = new Map<number, FocalPlace>();
  const seen = new Map<number, Set<number>>();
  for (const { id, cell } of points) {
    if (!(id > 0)) continue;
    const place = places.get(id) ?? { id, cells: [], covered: [] };
    places.set(id, place);
    const node = nodeOf(cell);
    if (node === -1) place.covered.push(cell);
    else {
      const own = seen.get(id) ?? new Set();
      seen.set(id, own);
      if (!own.has(node)) place.cells.push(node);
      own.add(node);
    }
  }
  return [...places.values()].sort((a, b) => a.id - b.id);
}

/** Resistances and currents between all pairs of places. */
export function pairwise(grid: CircuitGrid, places: readonly FocalPlace[], options: PairwiseOptions = {}): Pairwise {
  const n = places.length;
  const sums = options.maps ? newSums(grid) : null;
  const resistances = new Float64Array(n * n).fill(Number.NaN);
  for (let i = 0; i < n; i++) resistances[i * n + i] = 0;
  const wanted = (a: FocalPlace, b: FocalPlace): boolean => options.pairs?.(a.id, b.id) ?? true;
  const keep = (i: number, j: number, voltages: Float64Array | null, resistance: number): void => {
    resistances[i * n + j] = resistance;
    resistances[j * n + i] = resistance;
    if (voltages === null || (!sums && !options.onMap)) return;
    const [from, to] = [(places[i] as FocalPlace).id, (places[j] as FocalPlace).id];
    const more = [places[i], places[j]].map((place) => (place as FocalPlace).cells).filter((cells) => cells.length > 1);
    const groups = more.length === 0 ? grid.groups : joinedGroups([...grid.groups, ...more]);
    const show = (values: Float64Array): Float64Array => covering(grid, [places[i], places[j]] as FocalPlace[], values);
    const currents = show(cellCurrents({ grid, groups, grounds: { direct: [] } }, voltages));
    if (sums) addCurrents(sums, currents);
    options.onMap?.({ from, to, currents, voltages: show(unframed(grid, voltages)) });
  };
  const regions = places.some(({ cells }) => cells.length > 1);
  if (regions) byPair(grid, places, wanted, keep, options);
  else byGround(grid, places, wanted, keep, options);
  return { ids: places.map(({ id }) => id), resistances, cumulative: sums?.total ?? null, maximum: sums?.greatest ?? null };
}

/** A map with the value of each region where it covers cells without a conductance. */
function covering({ width }: CircuitGrid, places: readonly FocalPlace[], map: Float64Array): Float64Array {
  for (const { cells, covered } of places) {
    const first = cells[0];
    if (first === undefined) continue;
    const value = map[(Math.floor(first / (width + 2)) - 1) * width + (first % (width + 2)) - 1] as number;
    for (const cell of covered) map[cell] = value;
  }
  return map;
}

type Keep = (i: number, j: number, voltages: Float64Array | null, resistance: number) => void;
type Wanted = (a: FocalPlace, b: FocalPlace) => boolean;

/**
 * Single cells: one of them is grounded, and a solution for each other gives all pairs, R_ij = X_ii + X_jj - 2 X_ij, and by
 * superposition the map of each: n - 1 solutions, not n (n - 1) / 2.
 */
function byGround(
  grid: CircuitGrid,
  places: readonly FocalPlace[],
  wanted: Wanted,
  keep: Keep,
  { signal, onProgress }: PairwiseOptions,
): void {
  let open = places.map((_, i) => i).filter((i) => (places[i] as FocalPlace).cells.length === 1);
  let done = 0;
  while (open.length > 1) {
    const cellOf = (i: number): number => (places[i] as FocalPlace).cells[0] as number;
    const ground = open[0] as number;
    const solver = circuitSolver(grid, { direct: [cellOf(ground)] });
    const joined = open.filter((i) => solver.held[cellOf(i)] === 1);
    const solutions = joined.map((i) => {
      if (i === ground) return null;
      const sources = new Float64Array(grid.operator.diagonal.length);
      sources[cellOf(i)] = 1;
      const { voltages } = solver.solve(sources, signal);
      onProgress?.(++done, places.length - 1);
      return voltages;
    });
    joined.forEach((i, a) => {
      joined.slice(a + 1).forEach((j, k) => {
        if (!wanted(places[i] as FocalPlace, places[j] as FocalPlace)) return;
        const [x, y] = [solutions[a] ?? null, solutions[a + 1 + k] ?? null];
        const at = (solution: Float64Array | null, place: number): number =>
          solution === null ? 0 : (solution[cellOf(place)] as number);
        const between = at(x, i) - at(x, j) - at(y, i) + at(y, j);
        keep(i, j, between === 0 ? null : difference(x, y), between);
      });
    });
    open = open.filter((i) => !joined.includes(i));
  }
}

/** Voltages of the pair from those of each alone. */
function difference(x: Float64Array | null, y: Float64Array | null): Float64Array {
  if (x === null) return (y as Float64Array).map((value) => -value);
  return y === null ? x : x.map((value, k) => value - (y[k] as number));
}

/** Regions count as one place in their own pairs only: each pair is solved. */
function byPair(
  grid: CircuitGrid,
  places: readonly FocalPlace[],
  wanted: Wanted,
  keep: Keep,
  { signal, onProgress }: PairwiseOptions,
): void {
  const total = (places.length * (places.length - 1)) / 2;
  let done = 0;
  places.forEach((from, i) => {
    places.slice(i + 1).forEach((to, k) => {
      onProgress?.(++done, total);
      const j = i + 1 + k;
      if (from.cells.length === 0 || to.cells.length === 0 || !wanted(from, to)) return;
      const solver = circuitSolver(grid, { direct: to.cells }, [from.cells, to.cells]);
      const source = from.cells[0] as number;
      if (solver.held[source] === 0) return;
      const sources = new Float64Array(grid.operator.diagonal.length);
      sources[source] = 1;
      const { voltages } = solver.solve(sources, signal);
      keep(i, j, voltages[source] === 0 ? null : voltages, voltages[source] as number);
    });
  });
}

interface Sums {
  total: Float64Array;
  greatest: Float64Array;
}

function newSums(grid: CircuitGrid): Sums {
  const empty = (): Float64Array => unframed(grid, new Float64Array(grid.operator.diagonal.length));
  return { total: empty(), greatest: empty() };
}

function addCurrents({ total, greatest }: Sums, currents: Float64Array): void {
  for (let cell = 0; cell < total.length; cell++) {
    const current = currents[cell] as number;
    if (Number.isNaN(current)) continue;
    total[cell] = (total[cell] || 0) + current;
    greatest[cell] = Math.max(greatest[cell] || 0, current);
  }
}

export interface FromAll {
  ids: number[];
  /** By place: voltage at the source by ampere sent (one to all); 0 (all to one). `NaN` where no other place can be reached. */
  resistances: Float64Array;
  cumulative: Float64Array;
  maximum: Float64Array;
}

export interface FromAllOptions {
  /** Amperes sent from each place, by number; 1. */
  strengths?: ReadonlyMap<number, number>;
  pairs?: (a: number, b: number) => boolean;
  /**
   * In all to one Circuitscape.jl lets places that a pair leaves out send one ampere, whatever their strength; `circuitscape` does the
   * same, for comparison.
   */
  leftOut?: 'silent' | 'circuitscape';
  onMap?: (map: { place: number; currents: Float64Array; voltages: Float64Array }) => void;
  signal?: AbortSignal;
  onProgress?: (done: number, total: number) => void;
}

/** From each place in turn current goes to all others, which are grounded. */
export const oneToAll = (grid: CircuitGrid, places: readonly FocalPlace[], options: FromAllOptions = {}): FromAll =>
  turnByTurn(grid, places, options, true);

/** From all others current goes to each place in turn, which is grounded. */
export const allToOne = (grid: CircuitGrid, places: readonly FocalPlace[], options: FromAllOptions = {}): FromAll =>
  turnByTurn(grid, places, options, false);

function turnByTurn(
  grid: CircuitGrid,
  places: readonly FocalPlace[],
  { strengths, pairs, leftOut = 'silent', onMap, signal, onProgress }: FromAllOptions,
  sends: boolean,
): FromAll {
  const sums = newSums(grid);
  const resistances = new Float64Array(places.length).fill(Number.NaN);
  const strength = ({ id }: FocalPlace): number => strengths?.get(id) ?? 1;
  const regions = places.filter(({ cells }) => cells.length > 1).map(({ cells }) => cells);
  const groups = joinedGroups([...grid.groups, ...regions]);
  places.forEach((place, turn) => {
    onProgress?.(turn + 1, places.length);
    // A place in the same short circuit is this place: it can neither send to it nor ground it.
    const own = new Set([
      ...place.cells,
      ...groups.filter((group) => place.cells.some((cell) => group.includes(cell))).flatMap((group) => [...group]),
    ]);
    const paired = ({ id }: FocalPlace): boolean => pairs?.(place.id, id) ?? true;
    const allSend = !sends && leftOut === 'circuitscape';
    const others = places.filter(
      (other) =>
        other.id !== place.id && other.cells.length > 0 && !own.has(other.cells[0] as number) && (allSend || paired(other)),
    );
    if (place.cells.length === 0 || !others.some(paired)) return;
    const solver = circuitSolver(grid, { direct: sends ? others.flatMap(({ cells }) => cells) : place.cells }, regions);
    const senders = (sends ? [place] : others).filter(({ cells }) => solver.held[cells[0] as number] === 1);
    if (senders.length === 0) return;
    const sources = new Float64Array(grid.operator.diagonal.length);
    for (const sender of senders) {
      const at = sender.cells[0] as number;
      sources[at] = (sources[at] as number) + (allSend && !paired(sender) ? 1 : strength(sender));
    }
    const { voltages } = solver.solve(sources, signal);
    resistances[turn] = sends ? (voltages[place.cells[0] as number] as number) / strength(place) : 0;
    const currents = covering(grid, places, cellCurrents(solver, voltages));
    addCurrents(sums, currents);
    onMap?.({ place: place.id, currents, voltages: covering(grid, places, unframed(grid, voltages)) });
  });
  return { ids: places.map(({ id }) => id), resistances, cumulative: sums.total, maximum: sums.greatest };
}

export interface AdvancedOptions {
  /** Amperes sent (above 0) or drawn by cell; row-major, `NaN` for none. */
  sources: ArrayLike<number>;
  /** Grounds by cell: resistances, where 0 is a direct ground, or conductances, where Infinity is. */
  grounds: ArrayLike<number>;
  groundsAre: 'resistance' | 'conductance';
  /** What is taken where a cell has both. */
  conflict?: 'keep-both' | 'remove-source' | 'remove-ground' | 'remove-both';
  signal?: AbortSignal;
}

/** Any sources and grounds. Parts of the map without a source or without a ground carry nothing. */
export function advanced(
  grid: CircuitGrid,
  { sources, grounds, groundsAre, conflict = 'keep-both', signal }: AdvancedOptions,
): { currents: Float64Array; voltages: Float64Array } {
  const size = grid.operator.diagonal.length;
  const sent = new Float64Array(size);
  const through = new Float64Array(size);
  const direct: number[] = [];
  const nodeOf = nodesOf(grid);
  for (let cell = 0; cell < grid.conductance.length; cell++) {
    const at = nodeOf(cell);
    if (at === -1) continue;
    const value = grounds[cell] as number;
    const conductance = !(value >= 0)
      ? 0
      : groundsAre === 'conductance'
        ? value
        : value === 0
          ? Number.POSITIVE_INFINITY
          : 1 / value;
    const current = (sources[cell] as number) || 0;
    const both = current !== 0 && conductance > 0;
    if (!(both && (conflict === 'remove-source' || conflict === 'remove-both'))) sent[at] = (sent[at] as number) + current;
    if (both && (conflict === 'remove-ground' || conflict === 'remove-both')) continue;
    if (conductance === Number.POSITIVE_INFINITY) direct.push(at);
    else through[at] = (through[at] as number) + conductance;
  }
  const fed = reached(grid, grid.groups, (cell) => sent[cell] !== 0);
  const solver = circuitSolver(grid, {
    direct: direct.filter((cell) => fed[cell] === 1),
    through: through.map((g, i) => (fed[i] === 1 ? g : 0)),
  });
  const { voltages } = solver.solve(sent, signal);
  return { currents: cellCurrents(solver, voltages), voltages: unframed(grid, voltages) };
}
