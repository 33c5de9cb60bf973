/**
 * Soil organic carbon in the upper 30 cm, carried forward from a map of one year by the changes of land cover since.
 *
 *     const factors = soilFactors(table);                             // data/land/soil-factors.json
 *     const stocks = soilCarbon(stock2000, covers, 0.8, factors);     // one Float64Array for each year
 *     const change = soilChange(stocks[0], stocks.at(-1));            // [%]
 *     soilDegradation(change)                                         // Int16Array of -1, 0, 1, NODATA
 *
 * A change of class moves the stock to f times itself within twenty years, by equal steps:
 *
 *     step = (C_k - C_k f) / 20,   C_k+1 = C_k - step        for 20 years from the change
 *
 * Grassland to cropland in a dry temperate climate (f = 0.8): 100 t/ha lose 1 t/ha a year. A change during the twenty years
 * replaces the step that was under way.
 *
 * @see IPCC 2006, Guidelines for National Greenhouse Gas Inventories, vol. 4, ch. 2, eq. 2.25, and ch. 5, table 5.5
 * @see Sims et al. 2021, Good Practice Guidance, SDG Indicator 15.3.1, version 2.0, UNCCD, ISBN 978-92-95118-28-7
 */
import { type Codes, NODATA, rankOf, rankOfCodes } from './land-cover.ts';
import { type Compat, PUBLISHED_COMPAT } from './land-degradation.ts';

/** What changes of class do to the stock: `data/land/soil-factors.json`. A number, or the climate's factor, or one over it. */
export interface SoilFactorTable {
  id: string;
  classes: readonly number[];
  factor: readonly (readonly (number | 'f' | '1/f')[])[];
  /** Factor f by climate. */
  climates: readonly { id: string; f: number; zones: readonly number[] }[];
}

/** A table made ready. */
export interface SoilFactors {
  classes: readonly number[];
  ranks: Int16Array;
  /** Fixed factors; 0 where the climate's is used. */
  fixed: Float64Array;
  /** 0 fixed, 1 f, -1 one over f. */
  byClimate: Int8Array;
  /** f by IPCC climate zone code; NaN where none. */
  zones: Map<number, number>;
}

/** Years that a change takes: IPCC 2006, default time dependence. */
export const TRANSITION_YEARS = 20;

/** Change that counts [%]: Sims et al. 2021. */
export const LEAST_SOIL_CHANGE = 10;

/** Beyond this loss Trends.Earth hands the percentage on as if it were a class. */
const LARGEST_LOSS = -101;

/**
 * Checks a table and makes it ready.
 * @throws RangeError naming the cell when it is not square or a factor is not above zero.
 */
export function soilFactors(table: SoilFactorTable): SoilFactors {
  const size = table.classes.length;
  const fixed = new Float64Array(size * size);
  const byClimate = new Int8Array(size * size);
  if (table.factor.length !== size)
    throw new RangeError(`soil factors "${table.id}" have ${table.factor.length} rows: expected ${size}`);
  for (const [i, row] of table.factor.entries()) {
    if (row.length !== size)
      throw new RangeError(`soil factors "${table.id}", row of class ${table.classes[i]}: ${row.length} cells; expected ${size}`);
    for (const [j, cell] of row.entries()) {
      const at = i * size + j;
      if (cell === 'f') byClimate[at] = 1;
      else if (cell === '1/f') byClimate[at] = -1;
      else if (cell > 0) fixed[at] = cell;
      else
        throw new RangeError(
          `soil factors "${table.id}", ${table.classes[i]} to ${table.classes[j]}: ${cell}; expected a number above zero, "f" or "1/f"`,
        );
    }
  }
  const zones = new Map(table.climates.flatMap(({ f, zones: codes }) => codes.map((code): [number, number] => [code, f])));
  return { classes: table.classes, ranks: rankOfCodes(table.classes), fixed, byClimate, zones };
}

/** Factor f of each pixel from a map of IPCC climate zones; NaN where the zone has none. */
export function climateFactors(
  zones: Codes,
  { zones: known }: SoilFactors,
  { compat = PUBLISHED_COMPAT }: { compat?: Readonly<Compat> } = {},
): Float64Array {
  const out = new Float64Array(zones.length);
  const none = compat.climateZero ? 0 : Number.NaN;
  for (let i = 0; i < out.length; i++) out[i] = known.get(zones[i] as number) ?? none;
  return out;
}

/**
 * Stocks of every year [t/ha].
 *
 * A pixel without initial stock is NaN. From the first year on in which the land cover, or a climate factor that is needed, is
 * not known, it is NaN: no class is made up for it.
 * @param initial stock of the first year [t/ha]; NaN or NODATA where not known
 * @param covers land cover of every year, the first that of the stock; no year may be left out
 * @param climate factor f: one for all, or one for each pixel
 */
export function soilCarbon(
  initial: Codes,
  covers: readonly Codes[],
  climate: number | Float64Array,
  factors: SoilFactors,
): Float64Array[] {
  const wrong = covers.find((cover) => cover.length !== initial.length);
  if (wrong !== undefined) throw new RangeError(`a land cover layer has ${wrong.length} pixels: expected ${initial.length}`);
  const { ranks, fixed, byClimate, classes } = factors;
  const size = classes.length;
  const stocks = covers.map(() => new Float64Array(initial.length).fill(Number.NaN));
  for (let i = 0; i < initial.length; i++) {
    const f = typeof climate === 'number' ? climate : (climate[i] as number);
    let stock = initial[i] as number;
    let from = rankOf(ranks, covers[0]?.[i] ?? NODATA);
    if (stock === NODATA || Number.isNaN(stock) || from < 0) continue;
    (stocks[0] as Float64Array)[i] = stock;
    let step = 0;
    let timer = 1;
    for (let k = 1; k < covers.length; k++) {
      const to = rankOf(ranks, (covers[k] as Codes)[i] as number);
      if (to < 0) break;
      if (to === from) timer++;
      else {
        timer = 1;
        const at = from * size + to;
        const kind = byClimate[at] as number;
        const factor = kind === 0 ? (fixed[at] as number) : kind > 0 ? f : f === 0 ? 0 : 1 / f; // 1/0 is 0 there
        step = (stock - stock * factor) / TRANSITION_YEARS;
      }
      if (timer > TRANSITION_YEARS) step = 0;
      stock -= step;
      (stocks[k] as Float64Array)[i] = stock;
      from = to;
    }
  }
  return stocks;
}

/**
 * Change of stock [%]; NaN where a stock is not known or the initial one is 0.
 * @param options `compat.integerStocks`: both are cut to whole numbers first
 */
export function soilChange(
  initial: Codes,
  final: Codes,
  { compat = PUBLISHED_COMPAT }: { compat?: Readonly<Compat> } = {},
): Float64Array {
  const out = new Float64Array(initial.length).fill(Number.NaN);
  for (let i = 0; i < out.length; i++) {
    let a = initial[i] as number;
    let b = final[i] as number;
    if (a === NODATA || b === NODATA) continue;
    if (compat.integerStocks) [a, b] = [Math.trunc(a), Math.trunc(b)];
    if (a !== 0) out[i] = ((b - a) / a) * 100; // in Trends.Earth's order, which decides at exactly 10 %
  }
  return out;
}

/**
 * Change [%] as a class: -1 from a loss of 10 % on, 1 from a gain of 10 % on, 0 between; NODATA where not known.
 * @param options `water`: 1 where the land cover at the start is water, whose soil does not count
 */
export function soilDegradation(
  change: Codes,
  { water, compat = PUBLISHED_COMPAT }: { water?: Uint8Array; compat?: Readonly<Compat> } = {},
): Int16Array {
  const out = new Int16Array(change.length).fill(NODATA);
  for (let i = 0; i < out.length; i++) {
    const percent = change[i] as number;
    if (Number.isNaN(percent) || percent === NODATA || water?.[i] === 1) continue;
    if (percent >= LEAST_SOIL_CHANGE) out[i] = 1;
    else if (percent > -LEAST_SOIL_CHANGE) out[i] = 0;
    else out[i] = percent < LARGEST_LOSS && compat.rawSoilLoss ? percent : -1;
  }
  return out;
}
