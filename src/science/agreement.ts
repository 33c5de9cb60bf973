/**
 * How far coders agree beyond chance: percentage agreement, Cohen's kappa (plain and weighted) and Fleiss' kappa.
 *
 *     cohenKappa([['water', 'water'], ['water', 'energy'], ['energy', 'energy']])   // { value: 0.4, … }
 *     cohenKappaOfTable([[20, 5], [10, 15]]).value                                  // 0.4
 *     cohenKappaOfTable([[10, 0], [0, 0]])                                          // { value: null, why: 'one-category', … }
 *
 * Every unit (a passage, a document) is the list of what its coders gave it, in the order of coders; `null` is a coder who gave
 * nothing. For missing ratings, more than two coders who vary, or an order of categories, see agreement-alpha.ts; for intervals
 * agreement-bootstrap.ts. Where a coefficient does not exist (all coders used one category only) `value` is null and `why` says so:
 * neither 1 nor NaN would be true.
 *
 * @see Cohen 1960, A coefficient of agreement for nominal scales, Educ. Psychol. Meas. 20, 37-46, doi 10.1177/001316446002000104
 * @see Cohen 1968, Weighted kappa, Psychol. Bull. 70, 213-220, doi 10.1037/h0026256
 * @see Fleiss 1971, Measuring nominal scale agreement among many raters, Psychol. Bull. 76, 378-382, doi 10.1037/h0031619
 */

/** What a coder gave to a unit: a code, a number, or nothing. */
export type Rating = string | number | null;

/** The ratings of one unit in the order of coders. */
export type RatedUnit = readonly Rating[];

/**
 * Why a coefficient does not exist: `no-units` (no unit has two ratings), `one-category` (chance alone would agree always, 0/0),
 * `unequal-raters` (Fleiss' kappa needs the same number of ratings for each unit).
 */
export type NoAgreement = 'no-units' | 'one-category' | 'unequal-raters';

export interface Agreement {
  /** The coefficient: 1 is full agreement, 0 what chance would give, below 0 less than that; `null` where it does not exist. */
  value: number | null;
  why?: NoAgreement;
  /** Disagreement seen, and that which chance would give [1 for categories, else squared differences or weights]; `null` without units. */
  observed: number | null;
  expected: number | null;
  /** Units and ratings that were used; units left out because fewer than two coders rated them. */
  units: number;
  ratings: number;
  skipped: number;
}

/** `linear`: |i − j|; `quadratic`: (i − j)²; or own weights of disagreement, `weights[i][j]`, 0 where i = j. */
export type KappaWeights = 'none' | 'linear' | 'quadratic' | readonly (readonly number[])[];

export interface KappaOptions {
  weights?: KappaWeights;
  /** The categories in their order. Needed for weights where categories are not numbers; otherwise those that occur. */
  categories?: readonly (string | number)[];
}

/**
 * Share of pairs of ratings of one unit that are alike, the mean over all such pairs [1]. Chance is not taken out.
 * `observed` is 1 less this share.
 */
export function percentageAgreement(units: readonly RatedUnit[]): Agreement {
  let [pairs, alike, used, ratings] = [0, 0, 0, 0];
  for (const unit of units) {
    const given = unit.filter((rating) => rating !== null);
    if (given.length < 2) continue;
    used++;
    ratings += given.length;
    pairs += (given.length * (given.length - 1)) / 2;
    for (const count of Map.groupBy(given, (rating) => rating).values()) alike += (count.length * (count.length - 1)) / 2;
  }
  const counts = { units: used, ratings, skipped: units.length - used };
  if (pairs === 0) return none('no-units', counts);
  return { value: alike / pairs, observed: 1 - alike / pairs, expected: null, ...counts };
}

/**
 * Cohen's kappa of two coders who rated the same units; units that either did not rate are left out and counted.
 * @throws RangeError where a unit has not two ratings, or a rating is none of `categories`
 */
export function cohenKappa(units: readonly RatedUnit[], { weights = 'none', categories }: KappaOptions = {}): Agreement {
  const wrong = units.findIndex((unit) => unit.length !== 2);
  if (wrong !== -1) throw new RangeError(`unit ${wrong + 1} has ${units[wrong]?.length} ratings; Cohen's kappa takes two coders`);
  const order = categories ?? categoriesOf(units, { ordered: weights !== 'none' });
  const place = new Map(order.map((category, i) => [category, i]));
  const table = order.map(() => new Array<number>(order.length).fill(0));
  const placeOf = (rating: string | number): number => {
    const found = place.get(rating);
    if (found === undefined) throw new RangeError(`rating "${rating}" is none of ${order.join(', ')}`);
    return found;
  };
  let skipped = 0;
  for (const [a = null, b = null] of units) {
    if (a === null || b === null) skipped++;
    else (table[placeOf(a)] as number[])[placeOf(b)] = (table[placeOf(a)]?.[placeOf(b)] ?? 0) + 1;
  }
  return { ...cohenKappaOfTable(table, { weights }), skipped };
}

/**
 * Cohen's kappa from the table of both coders: 1 − Σ v·o / Σ v·e with v the weights of disagreement, o the share of units in a cell,
 * e the product of its margins. Cohen 1960, 1968.
 * @param table square, units by category of the first (row) and second coder (column)
 */
export function cohenKappaOfTable(
  table: readonly (readonly number[])[],
  { weights = 'none' }: Pick<KappaOptions, 'weights'> = {},
): Agreement {
  const size = table.length;
  if (table.some((row) => row.length !== size)) throw new RangeError(`a table of two coders is square, ${size} × ${size}`);
  if (table.flat().some((count) => !(count >= 0))) throw new RangeError('counts are 0 or more');
  const rows = table.map((row) => row.reduce((sum, count) => sum + count, 0));
  const columns = table.map((_, j) => table.reduce((sum, row) => sum + (row[j] as number), 0));
  const n = rows.reduce((sum, count) => sum + count, 0);
  const counts = { units: n, ratings: 2 * n, skipped: 0 };
  if (n === 0) return none('no-units', counts);
  const weight = weightsOf(weights, size);
  let [observed, expected] = [0, 0];
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      observed += (weight(i, j) * (table[i]?.[j] as number)) / n;
      expected += (weight(i, j) * (rows[i] as number) * (columns[j] as number)) / (n * n);
    }
  }
  return beyondChance(observed, expected, counts);
}

/** Fleiss' kappa of units that have all the same number of ratings (two or more), whoever gave them; units without any are left out. */
export function fleissKappa(units: readonly RatedUnit[]): Agreement {
  const order = categoriesOf(units, { ordered: false });
  const given = units.map((unit) => unit.filter((rating) => rating !== null)).filter((unit) => unit.length > 0);
  const counts = given.map((unit) => order.map((category) => unit.filter((rating) => rating === category).length));
  return { ...fleissKappaOfCounts(counts), skipped: units.length - given.length };
}

/**
 * Fleiss' kappa from counts of ratings by unit and category, `counts[unit][category]`.
 * Disagreement seen is 1 − P̄, by chance 1 − Σ p², p the share of a category in all ratings. Fleiss 1971.
 */
export function fleissKappaOfCounts(counts: readonly (readonly number[])[]): Agreement {
  const sizes = counts.map((row) => row.reduce((sum, count) => sum + count, 0));
  const [raters = 0] = sizes;
  const used = { units: counts.length, ratings: sizes.reduce((sum, size) => sum + size, 0), skipped: 0 };
  if (raters < 2 && sizes.every((size) => size === raters)) return none('no-units', used);
  if (sizes.some((size) => size !== raters)) return none('unequal-raters', used);
  const agreed = counts.map((row) => row.reduce((sum, count) => sum + count * (count - 1), 0) / (raters * (raters - 1)));
  const shares = (counts[0] ?? []).map((_, j) => counts.reduce((sum, row) => sum + (row[j] ?? 0), 0) / used.ratings);
  const observed = 1 - agreed.reduce((sum, share) => sum + share, 0) / counts.length;
  return beyondChance(observed, 1 - shares.reduce((sum, share) => sum + share * share, 0), used);
}

/** Turns ratings by coder into ratings by unit. @throws RangeError where coders have lists of different length */
export function unitsOfCoders(coders: readonly (readonly Rating[])[]): Rating[][] {
  const length = coders[0]?.length ?? 0;
  const wrong = coders.findIndex((ratings) => ratings.length !== length);
  if (wrong !== -1)
    throw new RangeError(
      `coder ${wrong + 1} has ${coders[wrong]?.length} ratings, coder 1 has ${length}; null is a unit not rated`,
    );
  return Array.from({ length }, (_, unit) => coders.map((ratings) => ratings[unit] ?? null));
}

/** 1 − observed / expected, or why there is none. A rest below 1e-12 is rounding. */
export function beyondChance(
  observed: number,
  expected: number,
  counts: Pick<Agreement, 'units' | 'ratings' | 'skipped'>,
): Agreement {
  if (expected < 1e-12) return { value: null, why: 'one-category', observed, expected: 0, ...counts };
  return { value: 1 - observed / expected, observed, expected, ...counts };
}

/** No coefficient, and nothing to tell of disagreement. */
export function none(why: NoAgreement, counts: Pick<Agreement, 'units' | 'ratings' | 'skipped'>): Agreement {
  return { value: null, why, observed: null, expected: null, ...counts };
}

/** The categories that occur, numbers in rising order, then texts. @throws RangeError where an order is needed and texts have none */
function categoriesOf(units: readonly RatedUnit[], { ordered }: { ordered: boolean }): (string | number)[] {
  const found = [...new Set(units.flat())].filter((rating) => rating !== null);
  const numbers = found.filter((rating) => typeof rating === 'number').sort((a, b) => a - b);
  const texts = found.filter((rating) => typeof rating === 'string').sort();
  if (ordered && texts.length > 0) throw new RangeError('weights need the order of the categories: give `categories`');
  return [...numbers, ...texts];
}

/** Weight of disagreement between two places. Cohen 1968. */
function weightsOf(weights: KappaWeights, size: number): (i: number, j: number) => number {
  if (weights === 'none') return (i, j) => (i === j ? 0 : 1);
  if (weights === 'linear') return (i, j) => Math.abs(i - j);
  if (weights === 'quadratic') return (i, j) => (i - j) ** 2;
  if (weights.length !== size || weights.some((row, i) => row.length !== size || row[i] !== 0 || row.some((v) => !(v >= 0))))
    throw new RangeError(`weights of disagreement are ${size} × ${size}, 0 or more, 0 on the diagonal`);
  return (i, j) => weights[i]?.[j] as number;
}
