/**
 * Areas by class, and by pairs of classes: tables that are filled block by block and merge.
 *
 *     const table = newAreaTable(classIndex([1, 2, 3]), classIndex([1, 2, 3]));
 *     addClassSpan(table, initial, final, 0, 512, 900);           // 512 pixels of 900 m2, all inside
 *     addClassSpan(table, initial, final, 512, 513, 900, 0.4);    // one pixel of which 0.4 is inside
 *     areaOf(table, 1, 3)                                    // area that went from class 1 to class 3 [m2]
 *
 * What is not known keeps a row and a column of its own, and so does what no class of the list has: the sum over the table is
 * always the area that was put in. The pixels of a span have one area, as those of a raster row have; the exact fraction of a
 * pixel inside a zone is its weight. Merging partial tables in one fixed order gives the same bits whoever made them.
 */
import { type Codes, NODATA, rankOf, rankOfCodes } from './land-cover.ts';

/** A list of classes with a place for the unknown (`codes.length`) and one for codes outside the list (`codes.length + 1`). */
export interface ClassIndex {
  codes: readonly number[];
  ranks: Int16Array;
  nodata: ReadonlySet<number>;
}

/** Areas by row and column class. Plain arrays: it can be sent to another thread as it is. */
export interface AreaTable {
  rows: readonly number[];
  columns: readonly number[];
  /** Area [m2], or the sum of values for tables filled by `addValueSpan`: `(rows + 2) x (columns + 2)`, row-major. */
  amounts: Float64Array;
  /** Number of pixels, those in part by their fraction. */
  pixels: Float64Array;
}

/** A table with the lookups to fill it. */
export interface OpenAreaTable extends AreaTable {
  rowIndex: ClassIndex;
  columnIndex: ClassIndex;
}

/** What a place of a table stands for. */
export type Place = number | 'nodata' | 'unlisted';

/** One class with its area. */
export interface ClassArea {
  class: Place;
  /** [m2] */
  area: number;
  pixels: number;
  /** Part of everything that was put in, 0-1; NaN when that is nothing. */
  share: number;
}

/**
 * Below this many pixels a zone's shares are called coarse: each pixel is then more than 3 % of it. A convention, not a
 * published figure.
 */
export const FEW_PIXELS = 30;

/**
 * A list of classes made ready for tables.
 * @param options `nodata`: codes that mean unknown, besides NODATA and NaN
 */
export function classIndex(codes: readonly number[], { nodata = [] }: { nodata?: readonly number[] } = {}): ClassIndex {
  return { codes, ranks: rankOfCodes(codes), nodata: new Set([NODATA, ...nodata]) };
}

const SINGLE: ClassIndex = classIndex([1]);

/** An empty table; without `columns` it has one column of class 1, for areas by one layer. */
export function newAreaTable(rows: ClassIndex, columns: ClassIndex = SINGLE): OpenAreaTable {
  const size = (rows.codes.length + 2) * (columns.codes.length + 2);
  return {
    rows: rows.codes,
    columns: columns.codes,
    amounts: new Float64Array(size),
    pixels: new Float64Array(size),
    rowIndex: rows,
    columnIndex: columns,
  };
}

function placeOf(index: ClassIndex, code: number): number {
  const rank = rankOf(index.ranks, code);
  if (rank >= 0) return rank;
  return index.codes.length + (index.nodata.has(code) || Number.isNaN(code) ? 0 : 1);
}

/**
 * Adds pixels `from` to `to` (excluded), which all have the same area and fraction.
 *
 * Runs of the same pair of classes are added as one product: a span of one class adds one rounding, not one per pixel.
 * @param columnCodes second layer; `null` for a table of one layer
 * @param area of one whole pixel [m2]
 * @param fraction of each pixel that is inside, 0-1
 */
export function addClassSpan(
  table: OpenAreaTable,
  rowCodes: Codes,
  columnCodes: Codes | null,
  from: number,
  to: number,
  area: number,
  fraction = 1,
): void {
  const { rowIndex, columnIndex, amounts, pixels } = table;
  const width = columnIndex.codes.length + 2;
  for (let i = from; i < to; ) {
    const a = rowCodes[i] as number;
    const b = columnCodes === null ? 1 : (columnCodes[i] as number);
    let end = i + 1;
    while (end < to && rowCodes[end] === a && (columnCodes === null || columnCodes[end] === b)) end++;
    const at = placeOf(rowIndex, a) * width + placeOf(columnIndex, b);
    const count = (end - i) * fraction;
    amounts[at] = (amounts[at] as number) + count * area;
    pixels[at] = (pixels[at] as number) + count;
    i = end;
  }
}

/**
 * Adds the values of a third layer instead of areas: people in each class, or tonnes of carbon (stock per area times area).
 * @param weight what each value is multiplied by: the fraction inside, or the fraction times the area
 * @param nodata value that means unknown, besides NaN
 * @returns number of pixels whose value is not known: they are in no sum.
 */
export function addValueSpan(
  table: OpenAreaTable,
  rowCodes: Codes,
  columnCodes: Codes | null,
  values: Codes,
  from: number,
  to: number,
  weight: number,
  nodata = NODATA,
): number {
  const { rowIndex, columnIndex, amounts, pixels } = table;
  const width = columnIndex.codes.length + 2;
  let missing = 0;
  for (let i = from; i < to; i++) {
    const value = values[i] as number;
    if (Number.isNaN(value) || value === nodata) {
      missing++;
      continue;
    }
    const column = placeOf(columnIndex, columnCodes === null ? 1 : (columnCodes[i] as number));
    const at = placeOf(rowIndex, rowCodes[i] as number) * width + column;
    amounts[at] = (amounts[at] as number) + value * weight;
    pixels[at] = (pixels[at] as number) + 1;
  }
  return missing;
}

/**
 * Adds table `b` to `a`.
 * @throws RangeError when their classes differ.
 */
export function mergeAreaTables(a: AreaTable, b: AreaTable): void {
  if (a.rows.join() !== b.rows.join() || a.columns.join() !== b.columns.join()) {
    throw new RangeError(
      `tables of classes ${a.rows.join()} x ${a.columns.join()} and ${b.rows.join()} x ${b.columns.join()} do not merge`,
    );
  }
  for (let i = 0; i < a.amounts.length; i++) {
    a.amounts[i] = (a.amounts[i] as number) + (b.amounts[i] as number);
    a.pixels[i] = (a.pixels[i] as number) + (b.pixels[i] as number);
  }
}

/** Place of a class in a list: `nodata` and `unlisted` stand behind the classes. */
function indexOf(codes: readonly number[], place: Place, side: string): number {
  if (place === 'nodata') return codes.length;
  if (place === 'unlisted') return codes.length + 1;
  const at = codes.indexOf(place);
  if (at < 0) throw new RangeError(`no ${side} of class ${place} in a table of ${codes.join(', ')}`);
  return at;
}

/** Area, or sum of values, of one row and column; without `column` the sum of the row. */
export function areaOf(table: AreaTable, row: Place, column?: Place): number {
  return sumAt(table, table.amounts, row, column);
}

/** Number of pixels of one row and column; without `column` of the row. */
export function pixelsOf(table: AreaTable, row: Place, column?: Place): number {
  return sumAt(table, table.pixels, row, column);
}

function sumAt({ rows, columns }: AreaTable, of: Float64Array, row: Place, column?: Place): number {
  const width = columns.length + 2;
  const start = indexOf(rows, row, 'row') * width;
  if (column !== undefined) return of[start + indexOf(columns, column, 'column')] as number;
  let sum = 0;
  for (let j = 0; j < width; j++) sum += of[start + j] as number;
  return sum;
}

/** Sum over the whole table. */
export function totalArea({ amounts }: AreaTable): number {
  return amounts.reduce((sum, amount) => sum + amount, 0);
}

/** Each row class with its area and share, then what is not known, then what no class of the list has; zero areas stand, too. */
export function classAreas(table: AreaTable): ClassArea[] {
  const total = totalArea(table);
  return [...table.rows, 'nodata' as const, 'unlisted' as const].map((place) => {
    const area = areaOf(table, place);
    return { class: place, area, pixels: pixelsOf(table, place), share: area / total };
  });
}

/** Whether a table rests on so few pixels (`FEW_PIXELS`) that its shares are coarse, and on how many. */
export function isCoarse(table: AreaTable, few = FEW_PIXELS): { coarse: boolean; pixels: number } {
  const pixels = table.pixels.reduce((sum, count) => sum + count, 0);
  return { coarse: pixels < few, pixels };
}
