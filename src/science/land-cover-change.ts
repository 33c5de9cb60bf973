/**
 * What a transition matrix says: persistence, gains and losses by class, and change split into quantity and allocation.
 *
 *     const change = changeOf(table);           // table of initial by final class, land-cover-areas.ts
 *     change.classes[0]                         // { class: 1, initial, final, persistence, gain, loss, net, swap, … }
 *     change.quantity + change.allocation       // = change.change: area that is of another class at the end
 *
 * Net change alone hides exchange: a class that loses 100 ha here and gains 100 ha there has a net change of zero and a swap
 * of 200 ha. Area that is not known at either date is in no class; it stands in `unknown`.
 *
 * @see Pontius, Shusas & McEachern 2004, Detecting important categorical land changes while accounting for persistence,
 * Agric. Ecosyst. Environ. 101, 251-268, doi 10.1016/j.agee.2003.09.008
 * @see Pontius & Millones 2011, Death to Kappa: birth of quantity disagreement and allocation disagreement for accuracy
 * assessment, Int. J. Remote Sens. 32, 4407-4429, doi 10.1080/01431161.2011.552923
 * @see Pontius & Santacruz 2014, Quantity, exchange, and shift components of difference in a square contingency table,
 * Int. J. Remote Sens. 35, 7543-7554, doi 10.1080/2150704X.2014.969814
 */
import { type AreaTable, areaOf, totalArea } from './land-cover-areas.ts';

/** Change of one class, in the unit of the table. */
export interface ClassChange {
  class: number;
  /** Area at the first date, among what is known at both. */
  initial: number;
  final: number;
  /** Area of the class at both dates. */
  persistence: number;
  gain: number;
  loss: number;
  /** final - initial = gain - loss. */
  net: number;
  /** Twice the smaller of gain and loss: what moved without changing the class's area. */
  swap: number;
  /** Quantity difference |gain - loss|. */
  quantity: number;
  /** Twice the pairwise exchange with each other class. */
  exchange: number;
  /** What is left of gain and loss. */
  shift: number;
}

/** Change between two dates, in the unit of the table. */
export interface LandCoverChange {
  classes: ClassChange[];
  /** Area that is of a known class at both dates. */
  known: number;
  /** Area whose class is not known, or not listed, at one date or both. */
  unknown: number;
  persistence: number;
  change: number;
  /** change = quantity + allocation, allocation = exchange + shift. */
  quantity: number;
  allocation: number;
  exchange: number;
  shift: number;
}

/** Areas that changed from one class to another. */
export interface Transition {
  from: number;
  to: number;
  area: number;
}

/**
 * Gains, losses, persistence and the components of change.
 * @param table initial class by final class
 * @throws RangeError when rows and columns are not the same classes.
 */
export function changeOf(table: AreaTable): LandCoverChange {
  const p = squareOf(table);
  const total = totalArea(table);
  const classes = table.rows.map((code, j) => classChange(code, p, j));
  const sum = (pick: (c: ClassChange) => number): number => classes.reduce((all, c) => all + pick(c), 0);
  const known = sum((c) => c.initial);
  const persistence = sum((c) => c.persistence);
  const change = sum((c) => c.loss);
  const quantity = sum((c) => c.quantity) / 2; // Pontius & Millones 2011, quantity disagreement
  const exchange = sum((c) => c.exchange) / 2; // Pontius & Santacruz 2014, exchange
  return {
    classes,
    known,
    unknown: unknownOf(table, total),
    persistence,
    change,
    quantity,
    allocation: sum((c) => c.swap) / 2, // Pontius & Millones 2011, allocation disagreement
    exchange,
    shift: sum((c) => c.shift) / 2,
  };
}

function classChange(code: number, p: readonly Float64Array[], j: number): ClassChange {
  const persistence = p[j]?.[j] ?? 0;
  let gain = 0;
  let loss = 0;
  let exchange = 0;
  for (let i = 0; i < p.length; i++) {
    if (i === j) continue;
    const came = p[i]?.[j] ?? 0;
    const went = p[j]?.[i] ?? 0;
    gain += came; // Pontius et al. 2004: column total less persistence
    loss += went; // row total less persistence
    exchange += 2 * Math.min(came, went);
  }
  const swap = 2 * Math.min(gain, loss); // Pontius et al. 2004, swap
  return {
    class: code,
    initial: persistence + loss,
    final: persistence + gain,
    persistence,
    gain,
    loss,
    net: gain - loss,
    swap,
    quantity: Math.abs(gain - loss),
    exchange,
    shift: Math.max(0, swap - exchange),
  };
}

/** Area outside the square of known classes, summed by itself so that it is zero where there is none. */
function unknownOf(table: AreaTable, total: number): number {
  const places = ['nodata', 'unlisted'] as const;
  let sum = 0;
  for (const place of places) {
    sum += areaOf(table, place);
    for (const row of table.rows) sum += areaOf(table, row, place);
  }
  return Math.min(sum, total);
}

/** The square of known classes. */
function squareOf(table: AreaTable): Float64Array[] {
  if (table.rows.join() !== table.columns.join()) {
    throw new RangeError(
      `a table of ${table.rows.join()} by ${table.columns.join()} is not one of transitions: expected the same classes`,
    );
  }
  const width = table.columns.length + 2;
  return table.rows.map((_, i) => table.amounts.slice(i * width, i * width + table.columns.length));
}

/** The changes of class that took place, the largest area first. */
export function landTransitions(table: AreaTable): Transition[] {
  const found = squareOf(table).flatMap((row, i) =>
    [...row].map((area, j) => ({ from: table.rows[i] as number, to: table.columns[j] as number, area })),
  );
  return found
    .filter(({ from, to, area }) => from !== to && area > 0)
    .sort((a, b) => b.area - a.area || a.from - b.from || a.to - b.to);
}

/**
 * What the transitions would be if each class gained from the others in proportion to their initial areas: with the gains, the
 * final areas and the persistence as they are. A transition far above it is systematic.
 *
 *     G_ij = (p_+j - p_jj) p_i+ / sum of p_k+ over k other than j
 *
 * @returns square by row-major place in `table.rows`; NaN where there is no other class to gain from.
 * @see Pontius et al. 2004, expected percentages under a random process of gain
 */
export function expectedByGain(table: AreaTable): Float64Array {
  const { classes } = changeOf(table);
  const known = classes.reduce((sum, c) => sum + c.initial, 0);
  return squareFrom(classes, (from, to) => (to.gain * from.initial) / (known - to.initial));
}

/**
 * The same for losses: each class loses to the others in proportion to their final areas.
 *
 *     L_ij = (p_i+ - p_ii) p_+j / sum of p_+k over k other than i
 */
export function expectedByLoss(table: AreaTable): Float64Array {
  const { classes } = changeOf(table);
  const known = classes.reduce((sum, c) => sum + c.final, 0);
  return squareFrom(classes, (from, to) => (from.loss * to.final) / (known - from.final));
}

function squareFrom(classes: readonly ClassChange[], off: (from: ClassChange, to: ClassChange) => number): Float64Array {
  return Float64Array.from(classes.flatMap((from) => classes.map((to) => (from === to ? from.persistence : off(from, to)))));
}
