/**
 * Land cover: legends, how one nests in another, and what a change of class means.
 *
 *     const toSeven = recoder(nesting);                                // nesting: data/land/nesting-esa-cci-unccd.json
 *     const initial = recode(new Uint8Array([50, 130, 210]), toSeven);   // Int16Array [1, 2, 7]
 *     const final = recode(new Uint8Array([10, 130, 200]), toSeven);     // Int16Array [3, 2, 6]
 *     landCoverDegradation(initial, final, transitionMeanings(table));         // Int16Array [-1, 0, 0]
 *
 * Legends, nestings and transition matrices are data (`data/land`); this file only checks and applies them. A code that is
 * not in the legend is never taken for a class: it becomes NODATA, and is counted.
 *
 * @see Sims et al. 2021, Good Practice Guidance, SDG Indicator 15.3.1, version 2.0, UNCCD, ISBN 978-92-95118-28-7
 */

/** What is not known, in every class layer here: the least 16-bit integer, as Trends.Earth has it. */
export const NODATA = -32768;

/** Class codes as a raster holds them. */
export type Codes = Int8Array | Uint8Array | Int16Array | Uint16Array | Int32Array | Uint32Array | Float32Array | Float64Array;

/** One class of a legend; names by language. */
export interface LandClass {
  code: number;
  name: Readonly<Record<string, string>>;
  /** `#rrggbb`. */
  color: string;
  /** `false` for ground that people made or till; natural and semi-natural ground otherwise. */
  natural?: boolean;
}

/** The classes of a land cover product: a file `data/land/legend-*.json`. */
export interface Legend {
  id: string;
  title: Readonly<Record<string, string>>;
  /** Codes that mean that nothing is known. */
  nodata: readonly number[];
  classes: readonly LandClass[];
}

/** Which class of one legend each class of another becomes: a file `data/land/nesting-*.json`. */
export interface Nesting {
  id: string;
  from: string;
  to: string;
  classes: readonly { from: number; to: number; note?: string }[];
}

/** What changes of class mean: a file `data/land/transitions-*.json`. Rows are the initial class, columns the final one. */
export interface TransitionTable {
  id: string;
  classes: readonly number[];
  /** -1 degradation, 0 stable, 1 improvement. */
  meaning: readonly (readonly number[])[];
}

/** A transition table made ready: see `transitionMeanings`. */
export interface TransitionMeanings {
  classes: readonly number[];
  ranks: Int16Array;
  meaning: Int8Array;
}

/** Number of 16-bit codes, and the place of code 0 among them. */
const CODES = 65536;
const ZERO = 32768;

/** A lookup of all 16-bit codes. */
export interface Recoder {
  to: Int16Array;
}

/**
 * Place of each 16-bit code in a list of classes; -1 where it is none of them.
 * @throws RangeError when a code is not a 16-bit integer or stands twice.
 */
export function rankOfCodes(classes: readonly number[]): Int16Array {
  const ranks = new Int16Array(CODES).fill(-1);
  for (const [rank, code] of classes.entries()) {
    if (!Number.isInteger(code) || code <= NODATA || code > 32767)
      throw new RangeError(`class ${code}: expected a 16-bit integer`);
    if (ranks[code + ZERO] !== -1) throw new RangeError(`class ${code} stands twice in the list`);
    ranks[code + ZERO] = rank;
  }
  return ranks;
}

/** Rank of one code by `rankOfCodes`; -1 for what is no class, whatever it is. */
export function rankOf(ranks: Int16Array, code: number): number {
  return code >= -ZERO && code < ZERO && Number.isInteger(code) ? (ranks[code + ZERO] as number) : -1;
}

/**
 * A lookup from a nesting. What is not in it becomes NODATA.
 * @throws RangeError when a code stands twice or is no 16-bit integer.
 */
export function recoder(nesting: Nesting): Recoder {
  const ranks = rankOfCodes(nesting.classes.map(({ from }) => from));
  const to = new Int16Array(CODES).fill(NODATA);
  for (let i = 0; i < CODES; i++) {
    const rank = ranks[i] as number;
    if (rank >= 0) to[i] = nesting.classes[rank]?.to ?? NODATA;
  }
  return { to };
}

/** Codes of one legend as those of another; NODATA where the nesting has none. */
export function recode(codes: Codes, { to }: Recoder, out = new Int16Array(codes.length)): Int16Array {
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] as number;
    out[i] = code >= -ZERO && code < ZERO && Number.isInteger(code) ? (to[code + ZERO] as number) : NODATA;
  }
  return out;
}

/**
 * Codes that neither the legend nor its nodata list knows, with how often they occur: a sign of a wrong legend.
 * @returns [code, pixels], the most frequent first; at most 20.
 */
export function strangeCodes(codes: Codes, legend: Legend): [code: number, pixels: number][] {
  const known = rankOfCodes([...legend.classes.map(({ code }) => code)]);
  const nodata = new Set([...legend.nodata, NODATA]);
  const found = new Map<number, number>();
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] as number;
    if (rankOf(known, code) < 0 && !nodata.has(code) && !Number.isNaN(code)) found.set(code, (found.get(code) ?? 0) + 1);
  }
  return [...found].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, 20);
}

/**
 * Checks a transition table and makes it ready.
 * @throws RangeError naming the row or cell when it is not square or a meaning is none of -1, 0, 1.
 */
export function transitionMeanings(table: TransitionTable): TransitionMeanings {
  const { classes } = table;
  if (table.meaning.length !== classes.length) {
    throw new RangeError(
      `transition table "${table.id}" has ${table.meaning.length} rows; expected ${classes.length}, one for each class`,
    );
  }
  const meaning = new Int8Array(classes.length ** 2);
  for (const [i, row] of table.meaning.entries()) {
    if (row.length !== classes.length) {
      throw new RangeError(
        `transition table "${table.id}", row of class ${classes[i]}: ${row.length} cells; expected ${classes.length}`,
      );
    }
    for (const [j, value] of row.entries()) {
      if (value !== -1 && value !== 0 && value !== 1) {
        throw new RangeError(`transition table "${table.id}", ${classes[i]} to ${classes[j]}: ${value}; expected -1, 0 or 1`);
      }
      meaning[i * classes.length + j] = value;
    }
  }
  return { classes, ranks: rankOfCodes(classes), meaning };
}

/**
 * The same table with single meanings changed, such as water to other land as degradation where a lake dries up:
 *
 *     withTransitions(table, 'unccd-desiccation', [{ from: 7, to: 6, meaning: -1 }])
 *
 * @throws RangeError when a class is not in the table.
 */
export function withTransitions(
  table: TransitionTable,
  id: string,
  changes: readonly { from: number; to: number; meaning: number }[],
): TransitionTable {
  const meaning = table.meaning.map((row) => [...row]);
  for (const change of changes) {
    const [i, j] = [table.classes.indexOf(change.from), table.classes.indexOf(change.to)];
    const row = meaning[i];
    if (row === undefined || j < 0) {
      throw new RangeError(
        `no transition from ${change.from} to ${change.to} in "${table.id}", which has classes ${table.classes.join(', ')}`,
      );
    }
    row[j] = change.meaning;
  }
  return { ...table, id, meaning };
}

/**
 * One number for a change of class, from the ranks 1, 2, … of the classes in their list: initial x m + final, with m = 10 up
 * to nine classes and 100 beyond. NODATA where either is no class.
 */
export function transitionCode(initial: number, final: number, { classes, ranks }: TransitionMeanings): number {
  const [from, to] = [rankOf(ranks, initial), rankOf(ranks, final)];
  return from < 0 || to < 0 ? NODATA : (from + 1) * (classes.length <= 9 ? 10 : 100) + to + 1;
}

/**
 * Degradation by land cover: -1, 0 or 1 by the table, NODATA where either class is not known.
 * @param options `unlistedStable`: a class that the table does not have counts as stable, as in Trends.Earth's `calc_deg_lc`,
 * where only NODATA itself stays NODATA
 */
export function landCoverDegradation(
  initial: Codes,
  final: Codes,
  { classes, ranks, meaning }: TransitionMeanings,
  out = new Int16Array(initial.length),
  { unlistedStable = false }: { unlistedStable?: boolean } = {},
): Int16Array {
  const size = classes.length;
  for (let i = 0; i < out.length; i++) {
    const a = initial[i] as number;
    const b = final[i] as number;
    const from = rankOf(ranks, a);
    const to = rankOf(ranks, b);
    if (from >= 0 && to >= 0) out[i] = meaning[from * size + to] as number;
    else out[i] = unlistedStable && isKnown(a) && isKnown(b) ? 0 : NODATA;
  }
  return out;
}

const isKnown = (code: number): boolean => code !== NODATA && !Number.isNaN(code);
