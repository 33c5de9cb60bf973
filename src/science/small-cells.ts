/**
 * Small cells of a published table: those under five are hidden, and as many others as it takes that none can be computed from the totals.
 *
 *     suppressSmallCells([[12, 3, 20], [15, 30, 40]])
 *     // 3 is hidden, and three more: 12 or 20 beside it, 30 below it, and the corner, so that sums tell nothing
 *
 * A hidden cell is protected when the table that is shown would also be true if the cell were any number from 1 to threshold − 1: the
 * reader learns no more than the rule itself says. Whether it is so is a question of flows: a table with its totals is a circulation in
 * which every row, every column and both sums of totals are nodes, and how far a hidden cell can move is the greatest flow round it
 * through hidden cells. A small total of small cells is protected as far as hiding everything could. Cells that are missing in the data are no number, are not hidden but shown as missing, and are not in totals.
 * Zeros are shown, and never used to hide others.
 *
 * Shares, means and indices made of a hidden cell must be hidden with it; tables that share cells must be treated as one.
 *
 * @see Cox 1980, Suppression methodology and statistical disclosure control, J. Am. Stat. Assoc. 75, 377-385, doi 10.1080/01621459.1980.10477481
 * @see Gusfield 1988, A graph theoretic approach to statistical data security, SIAM J. Comput. 17, 552-571, doi 10.1137/0217034
 * @see Hundepool et al. 2012, Statistical disclosure control, Wiley, chapter 4, doi 10.1002/9781118348239
 */

/** Counts below this (and above 0) are small. */
export const SMALL_CELL = 5;

/** Why a number is hidden: `small` itself, or to `protect` another. */
export type CellMark = 'shown' | 'small' | 'protect' | 'missing';

export interface SuppressedTable {
  /** Rows and columns with the totals as last row and last column; `null` where hidden or missing. */
  cells: (number | null)[][];
  marks: CellMark[][];
  hidden: number;
}

/** A number of the table as an arc of the circulation. */
interface Arc {
  row: number;
  column: number;
  value: number;
  from: number;
  to: number;
  mark: CellMark;
}

/**
 * Hides the small cells of a table of counts, small totals included, and what must be hidden with them.
 * @param table counts by row and column, `null` where missing; totals are computed here
 * @throws RangeError where rows differ in length or a count is no whole number of 0 or more
 */
export function suppressSmallCells(
  table: readonly (readonly (number | null)[])[],
  { threshold = SMALL_CELL }: { threshold?: number } = {},
): SuppressedTable {
  const arcs = arcsOf(table, threshold);
  const needs = needsOf(arcs, threshold);
  for (const need of needs) protect(arcs, need);
  const chosen = arcs
    .filter(({ mark }) => mark === 'protect')
    .sort((a, b) => b.value - a.value || a.row - b.row || a.column - b.column);
  for (const arc of chosen) {
    arc.mark = 'shown';
    if (needs.some((need) => flowRound(arcs, need) < need.wanted)) arc.mark = 'protect';
  }
  const height = table.length + 1;
  const width = (table[0]?.length ?? 0) + 1;
  const cells = Array.from({ length: height }, () => new Array<number | null>(width).fill(null));
  const marks = Array.from({ length: height }, () => new Array<CellMark>(width).fill('missing'));
  for (const { row, column, value, mark } of arcs) {
    (marks[row] as CellMark[])[column] = mark;
    if (mark === 'shown') (cells[row] as (number | null)[])[column] = value;
  }
  return { cells, marks, hidden: arcs.filter(({ mark }) => mark !== 'shown').length };
}

/** How far a small cell must be able to move, up (1) or down (−1). */
interface Need {
  cell: Arc;
  side: 1 | -1;
  wanted: number;
}

/** Cells lead from their row to their column; row totals into rows, column totals out of columns, the whole sum closes the round. */
function arcsOf(table: readonly (readonly (number | null)[])[], threshold: number): Arc[] {
  const [rows, columns] = [table.length, table[0]?.length ?? 0];
  const wrong = table.findIndex((row) => row.length !== columns);
  if (wrong !== -1) throw new RangeError(`row ${wrong + 1} has ${table[wrong]?.length} cells, row 1 has ${columns}`);
  const at = (i: number, j: number): number => table[i]?.[j] ?? 0;
  const sum = (count: number, of: (i: number) => number): number =>
    Array.from({ length: count }, (_, i) => of(i)).reduce((a, b) => a + b, 0);
  const [totalOfRows, totalOfColumns] = [rows + columns, rows + columns + 1];
  const arcs: Arc[] = [];
  const put = (row: number, column: number, value: number, from: number, to: number): void => {
    if (!Number.isInteger(value) || value < 0)
      throw new RangeError(`row ${row + 1}, column ${column + 1}: ${value} is not a count`);
    arcs.push({ row, column, value, from, to, mark: value > 0 && value < threshold ? 'small' : 'shown' });
  };
  for (const [i, row] of table.entries()) {
    for (const [j, value] of row.entries()) if (value !== null) put(i, j, value, i, rows + j);
    put(
      i,
      columns,
      sum(columns, (j) => at(i, j)),
      totalOfRows,
      i,
    );
  }
  for (let j = 0; j < columns; j++)
    put(
      rows,
      j,
      sum(rows, (i) => at(i, j)),
      rows + j,
      totalOfColumns,
    );
  put(
    rows,
    columns,
    sum(rows, (i) => sum(columns, (j) => at(i, j))),
    totalOfColumns,
    totalOfRows,
  );
  return arcs;
}

/** How far an arc may move along or against its direction: up without end, down to 1; a zero, and what is not hidden, not at all. */
function room({ value, mark }: Arc, moved: number, along: boolean, anyHidden: boolean): number {
  if (value === 0 || (mark === 'shown' && !anyHidden)) return 0;
  return along ? Infinity : Math.max(0, value + moved - 1);
}

/** How far each small cell must be able to move up and down: to threshold − 1 and to 1, or as far as it could with all numbers hidden. */
function needsOf(arcs: readonly Arc[], threshold: number): Need[] {
  return arcs
    .filter(({ mark }) => mark === 'small')
    .flatMap((cell) =>
      ([1, -1] as const).map((side) => {
        const wanted = side === 1 ? threshold - 1 - cell.value : cell.value - 1;
        return { cell, side, wanted: flowRound(arcs, { cell, side, wanted }, () => 0) };
      }),
    );
}

/**
 * The greatest change of a cell, up to what it needs, that others can take up: augmenting paths (Ford & Fulkerson 1956,
 * doi 10.4153/CJM-1956-045-5).
 * @param price of a number that is not hidden yet; without it only what is hidden takes part
 * @param pass each way that is taken
 */
function flowRound(
  arcs: readonly Arc[],
  { cell, side, wanted }: Need,
  price?: (arc: Arc) => number,
  pass?: (path: readonly Step[]) => void,
): number {
  const moved = new Map<Arc, number>();
  const left = (arc: Arc, along: boolean): number => room(arc, moved.get(arc) ?? 0, along, price !== undefined);
  const [source, sink] = side === 1 ? [cell.to, cell.from] : [cell.from, cell.to];
  let flow = 0;
  while (flow < wanted) {
    const way = (least: number): Step[] | null =>
      cheapestPath(arcs, cell, source, sink, (arc, along) =>
        left(arc, along) < least ? null : arc.mark === 'shown' ? (price?.(arc) ?? null) : 0,
      );
    const path = way(wanted - flow) ?? way(1);
    if (path === null) break;
    const step = Math.min(wanted - flow, ...path.map(({ arc, along }) => left(arc, along)));
    for (const { arc, along } of path) moved.set(arc, (moved.get(arc) ?? 0) + (along ? step : -step));
    flow += step;
    pass?.(path);
  }
  return flow;
}

/** Hides what lies on the cheapest ways round a small cell, hidden numbers being free and totals dear, until it can move as far as it must. */
function protect(arcs: readonly Arc[], need: Need): void {
  if (flowRound(arcs, need) >= need.wanted) return;
  const [rows, columns] = [Math.max(...arcs.map(({ row }) => row)), Math.max(...arcs.map(({ column }) => column))];
  const whole = arcs.reduce((sum, { value }) => sum + value, 0);
  const price = ({ row, column, value }: Arc): number => 1 + value + (row === rows || column === columns ? whole : 0);
  flowRound(arcs, need, price, (path) => {
    for (const { arc } of path) if (arc.mark === 'shown') arc.mark = 'protect';
  });
}

interface Step {
  arc: Arc;
  along: boolean;
}

/** Cheapest way from one node to another over arcs taken along or against; `cost` is null where an arc cannot be taken. Bellman 1958, doi 10.1090/qam/102435. */
function cheapestPath(
  arcs: readonly Arc[],
  without: Arc,
  source: number,
  sink: number,
  cost: (arc: Arc, along: boolean) => number | null,
): Step[] | null {
  const steps = arcs
    .filter((arc) => arc !== without)
    .flatMap((arc) => [true, false].map((along) => ({ arc, along, price: cost(arc, along) })))
    .flatMap(({ arc, along, price }) =>
      price === null ? [] : [{ arc, along, price, from: along ? arc.from : arc.to, to: along ? arc.to : arc.from }],
    );
  const best = new Map<number, { price: number; step: (typeof steps)[number] | null }>([[source, { price: 0, step: null }]]);
  for (let changed = true; changed; ) {
    changed = false;
    for (const step of steps) {
      const price = (best.get(step.from)?.price ?? Infinity) + step.price;
      if (price < (best.get(step.to)?.price ?? Infinity)) {
        best.set(step.to, { price, step });
        changed = true;
      }
    }
  }
  const path: Step[] = [];
  for (let node = sink; node !== source; ) {
    const step = best.get(node)?.step;
    if (step === undefined || step === null) return null;
    path.push({ arc: step.arc, along: step.along });
    node = step.from;
  }
  return path;
}
