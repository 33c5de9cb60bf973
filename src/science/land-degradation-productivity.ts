/**
 * Productivity: trajectory, state and performance into one class, by a table.
 *
 *     const table = productivityTable(tables['gpg-v2']);                 // data/land/combinations.json
 *     combineProductivity(-1, 0, 0, table)                         // 0: stable; -1 by `gpg-v1` and 1 of 5 by `trends-earth`
 *
 * Three tables are published and no two agree, so that the table is an input with a name. Its values are five classes
 * (1 declining, 2 moderate decline, 3 stressed, 4 stable, 5 increasing) or three (-1, 0, 1).
 *
 * @see Sims et al. 2017 and 2021, Good Practice Guidance, SDG Indicator 15.3.1, versions 1 and 2, UNCCD
 */
import { NODATA } from './land-cover.ts';

/** A table as it stands in `data/land/combinations.json`. */
export interface CombinationTable {
  id: string;
  /** How many classes its results have: 5 or 3. */
  classes: number;
  /** One row for each combination of -1, 0, 1 (trajectory), -1, 0, 1 (state) and -1, 0 (performance). */
  rows: readonly { trajectory: number; state: number; performance: number; result: number }[];
}

/** A table made ready. */
export interface Combination {
  id: string;
  classes: number;
  results: Int8Array;
}

const COMBINATIONS = 18;
const FIVE = [1, 2, 3, 4, 5];
const THREE = [-1, 0, 1];

/**
 * Checks a table and makes it ready.
 * @throws RangeError naming the row when a value is wrong, a combination stands twice or one is missing.
 */
export function productivityTable(table: CombinationTable): Combination {
  const allowed = table.classes === 5 ? FIVE : THREE;
  if (table.classes !== 5 && table.classes !== 3)
    throw new RangeError(`combination table "${table.id}" has ${table.classes} classes: expected 5 or 3`);
  const results = new Int8Array(COMBINATIONS).fill(NONE);
  for (const [i, { trajectory, state, performance, result }] of table.rows.entries()) {
    const at = placeOf(trajectory, state, performance);
    const where = `combination table "${table.id}", row ${i + 1} (${trajectory}, ${state}, ${performance})`;
    if (at < 0) throw new RangeError(`${where}: expected -1, 0 or 1, for performance -1 or 0`);
    if (!allowed.includes(result)) throw new RangeError(`${where}: result ${result}; expected ${allowed.join(', ')}`);
    if (results[at] !== NONE) throw new RangeError(`${where}: the combination stands twice`);
    results[at] = result;
  }
  const missing = results.indexOf(NONE);
  if (missing >= 0) {
    const [t, s, p] = [Math.floor(missing / 6) - 1, (Math.floor(missing / 2) % 3) - 1, (missing % 2) - 1];
    throw new RangeError(`combination table "${table.id}" has no row for ${t}, ${s}, ${p}`);
  }
  return { id: table.id, classes: table.classes, results };
}

const NONE = 99;

function placeOf(trajectory: number, state: number, performance: number): number {
  const known = THREE.includes(trajectory) && THREE.includes(state) && (performance === -1 || performance === 0);
  return known ? (trajectory + 1) * 6 + (state + 1) * 2 + performance + 1 : -1;
}

/** Class by the table; NODATA where one of the three is not known. */
export function combineProductivity(trajectory: number, state: number, performance: number, table: Combination): number {
  const at = placeOf(trajectory, state, performance);
  return at < 0 ? NODATA : (table.results[at] as number);
}

/** Five classes as three: 1 and 2 degraded, 3 and 4 stable, 5 improved; NODATA for anything else. */
export function productivityDegradation(five: number): number {
  if (five === 1 || five === 2) return -1;
  if (five === 3 || five === 4) return 0;
  return five === 5 ? 1 : NODATA;
}

/** Land productivity dynamics as the JRC codes it (0 and 15 are no data), as five classes. */
export function productivityOfJrc(code: number): number {
  return FIVE.includes(code) ? code : NODATA;
}

/** Classes and degradation of a block by a table. A table of three classes has the same values in both. */
export function combineProductivityBlock(
  trajectory: Int16Array,
  state: Int16Array,
  performance: Int16Array,
  table: Combination,
): { classes: Int16Array; degradation: Int16Array } {
  const classes = new Int16Array(trajectory.length);
  const degradation = new Int16Array(trajectory.length);
  for (let i = 0; i < classes.length; i++) {
    const found = combineProductivity(trajectory[i] as number, state[i] as number, performance[i] as number, table);
    classes[i] = found;
    degradation[i] = table.classes === 5 ? productivityDegradation(found) : found;
  }
  return { classes, degradation };
}
