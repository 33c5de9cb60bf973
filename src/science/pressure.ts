/**
 * Human pressure of a zone, from a raster: its distribution, its amount, and how much of it is repetition.
 *
 *     const bins = pressureEdges({ from: 0.1, to: 10_000, bins: 200 });   // zero by itself, then by logarithm
 *     const core = newPressureZone(bins);
 *     addPressure(core, values, 0, 512, { share: 1, area: 900, stride: 512 });   // a run of cells of a tile; mergePressureZones(a, b)
 *     pressureOf(core)       // { mean: 2.1, perKm2: 2333, cells: 51234, effective: 312, … }
 *
 * For population, built-up area, night lights, cropland, length of roads: anything of which more is more pressure. Whether it rises from
 * zone to zone is said by pressure-gradient.ts, which needs the order of the values only; so they are kept in bins, and those of
 * one bin count as equal. Integers take one bin each (`integerEdges`).
 *
 * Neighbouring cells are alike, so a zone of 50,000 cells is no sample of 50,000: `effective` is how many independent cells would say as much.
 */

/** Sums over the cells of a zone; plain arrays, so that it can be sent to another thread. */
export interface PressureZone {
  /** Limits between bins, increasing: bin 0 is below the first, bin i from edge i - 1 on, the last from the last edge on. */
  edges: Float64Array;
  /** Cells by bin, those in part by their share. */
  cells: Float64Array;
  /** Cells with a value, their area [m²], sum of value times share, sum of value times area, and area without a value [m²]. */
  sums: Float64Array;
  /** Of bins of neighbours in a row: pairs, sums of first, second, their squares and product. */
  alongRow: Float64Array;
  /** The same of cells one above the other. */
  alongColumn: Float64Array;
}

export interface PressureSummary {
  cells: number;
  /** Of the cells with a value [m²]. */
  area: number;
  /** Without a value [m²]: not zero pressure. */
  unknownArea: number;
  /** Mean value over the area; `null` without cells. */
  mean: number | null;
  /** Sum of the values, cells on the boundary by their share: people, for a raster of people per cell. */
  total: number;
  /** `total` by area [1/km²]; `null` without area. */
  perKm2: number | null;
  /** Correlation of neighbours along rows and columns [-1 to 1]. */
  neighbours: { row: number; column: number };
  /** Independent cells that would say as much. */
  effective: number;
}

export interface PressureRun {
  /** Part of each cell that is inside the zone, 0-1. */
  share: number;
  /** Area of that part [m²]. */
  area: number;
  /** Cells from one row to the next, to compare with the row above; 0 when there is none in `values`. */
  stride: number;
}

const [CELLS, AREA, TOTAL, BY_AREA, UNKNOWN] = [0, 1, 2, 3, 4] as const;

/** Limits of bins that are equal in the logarithm: all to zero in the first, what is above zero and below `from` in the second. */
export function pressureEdges({ from, to, bins }: { from: number; to: number; bins: number }): Float64Array {
  if (!(from > 0 && to > from && Number.isInteger(bins) && bins > 0)) {
    throw new RangeError(
      `${bins} bins from ${from} to ${to}: expected a whole number of bins between two limits above 0, the lower one first`,
    );
  }
  const step = Math.log(to / from) / bins;
  return Float64Array.from({ length: bins + 2 }, (_, i) => (i === 0 ? Number.MIN_VALUE : from * Math.exp((i - 1) * step)));
}

/** Limits of bins that hold one whole number each, from `least` to `greatest`. */
export function integerEdges(least: number, greatest: number): Float64Array {
  return Float64Array.from({ length: greatest - least }, (_, i) => least + i + 0.5);
}

export function newPressureZone(edges: Float64Array): PressureZone {
  return {
    edges,
    cells: new Float64Array(edges.length + 1),
    sums: new Float64Array(5),
    alongRow: new Float64Array(6),
    alongColumn: new Float64Array(6),
  };
}

/**
 * Adds cells `from` to `to` (excluded) of a row. Cells without a value (NaN) count in `unknownArea`.
 *
 * Neighbours are compared within the run, and with the row above, whether that is in the zone or not; across the limits of tiles they are not.
 */
export function addPressure(zone: PressureZone, values: ArrayLike<number>, from: number, to: number, run: PressureRun): void {
  const { edges, cells, sums } = zone;
  let before = -1;
  for (let i = from; i < to; i++) {
    const value = values[i] as number;
    if (Number.isNaN(value)) {
      add(sums, UNKNOWN, run.area);
      before = -1;
      continue;
    }
    const bin = binOf(edges, value);
    add(cells, bin, run.share);
    add(sums, CELLS, run.share);
    add(sums, AREA, run.area);
    add(sums, TOTAL, run.share * value);
    add(sums, BY_AREA, run.area * value);
    if (before !== -1) addPair(zone.alongRow, before, bin);
    const above = run.stride > 0 && i >= run.stride ? (values[i - run.stride] as number) : Number.NaN;
    if (!Number.isNaN(above)) addPair(zone.alongColumn, binOf(edges, above), bin);
    before = bin;
  }
}

/** Adds other cells of the same zone to `into`, which is returned. */
export function mergePressureZones(into: PressureZone, from: PressureZone): PressureZone {
  if (into.edges.length !== from.edges.length || into.edges.some((edge, i) => edge !== from.edges[i])) {
    throw new RangeError('pressure in different bins cannot be merged');
  }
  for (const key of ['cells', 'sums', 'alongRow', 'alongColumn'] as const) {
    for (let i = 0; i < into[key].length; i++) add(into[key], i, from[key][i] as number);
  }
  return into;
}

/**
 * What is known of a zone's pressure.
 *
 *     effective = n (1 - r) / (1 + r) (1 - c) / (1 + c)
 *
 * with r and c the correlation of neighbours along rows and columns, taken as zero where negative: the effective number for the mean of a
 * process whose correlation falls off by r a column and c a row. Where it falls off slower, as in broad gradients, there is less still.
 * @see Bayley & Hammersley 1946, The "effective" number of independent observations in an autocorrelated time series, Suppl. J. R. Stat.
 * Soc. 8, 184-197, doi 10.2307/2983560; for maps Griffith 2005, Effective geographic sample size in the presence of spatial
 * autocorrelation, Ann. Assoc. Am. Geogr. 95, 740-760, doi 10.1111/j.1467-8306.2005.00484.x
 */
export function pressureOf({ sums, alongRow, alongColumn }: PressureZone): PressureSummary {
  const [cells, area, total, byArea, unknownArea] = Array.from(sums) as [number, number, number, number, number];
  const neighbours = { row: correlation(alongRow), column: correlation(alongColumn) };
  const part = (r: number): number => (1 - Math.max(0, r)) / (1 + Math.max(0, r));
  const effective = cells * part(neighbours.row) * part(neighbours.column);
  return {
    cells,
    area,
    unknownArea,
    mean: area > 0 ? byArea / area : null,
    total,
    perKm2: area > 0 ? total / (area / 1e6) : null,
    neighbours,
    effective: Math.min(cells, Math.max(Math.min(1, cells), effective)),
  };
}

/** Product-moment correlation; 1 where all are alike, since repetition says nothing new; 0 where there is no pair. */
function correlation(sums: Float64Array): number {
  const [n, x, y, xx, yy, xy] = Array.from(sums) as [number, number, number, number, number, number];
  if (n === 0) return 0;
  const [varX, varY] = [n * xx - x * x, n * yy - y * y];
  return varX > 0 && varY > 0 ? Math.max(-1, Math.min(1, (n * xy - x * y) / Math.sqrt(varX * varY))) : 1;
}

function addPair(sums: Float64Array, x: number, y: number): void {
  add(sums, 0, 1);
  add(sums, 1, x);
  add(sums, 2, y);
  add(sums, 3, x * x);
  add(sums, 4, y * y);
  add(sums, 5, x * y);
}

/** How many edges are not above the value. */
function binOf(edges: Float64Array, value: number): number {
  let [low, high] = [0, edges.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((edges[middle] as number) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function add(array: Float64Array, at: number, amount: number): void {
  array[at] = (array[at] as number) + amount;
}
