/**
 * Women and men among people counted: shares with the unknown shown, and the parity index.
 *
 *     shareOfWomen({ female: 30, male: 20, unknown: 10 })   // { value: 0.6, low: 0.5, high: 0.667, known: 50, unknown: 10, … }
 *     parityIndex(30, 20)                                   // { raw: 1.5, adjusted: 1.333 }
 *
 * A blank is not a zero: with no count of women there is no share. What a table may show of small groups is in small-cells.ts.
 *
 * @see UNESCO Institute for Statistics, Gender parity index (GPI) and adjusted GPI, glossary, uis.unesco.org/en/glossary
 * @see UNESCO 2019, Global education monitoring report, gender report, annex: adjusted GPI
 */

/** Counts of people by sex as a source gives them; `null` where it is silent. */
export interface HeadcountBySex {
  female?: number | null;
  male?: number | null;
  /** Neither, where a source counts them apart. */
  other?: number | null;
  unknown?: number | null;
  total?: number | null;
}

export interface ShareOfWomen {
  /** Women among those whose sex is known [1]; `null` where women are not counted or nobody's sex is known. */
  value: number | null;
  /** If none, and if all, of those whose sex is not known are women [1]; `null` where women are not counted, or there is nobody. */
  low: number | null;
  high: number | null;
  /** People whose sex is known, and not known: those counted as unknown, and what a total has beyond all parts. */
  known: number | null;
  unknown: number | null;
  /** Share of people whose sex is not known [1]. */
  unknownShare: number | null;
  /** `only-women`: men are not counted, so that `value` cannot be told from women alone; `parts-exceed-total`: by `excess`. */
  note?: 'only-women' | 'parts-exceed-total';
  excess?: number;
}

/**
 * Share of women with its bounds. Without a count of men the rest of the total is unknown, not male.
 * @throws RangeError where a count is negative or not a number
 */
export function shareOfWomen({
  female = null,
  male = null,
  other = null,
  unknown = null,
  total = null,
}: HeadcountBySex): ShareOfWomen {
  for (const [name, count] of Object.entries({ female, male, other, unknown, total }))
    if (count !== null && !(count >= 0 && count < Infinity)) throw new RangeError(`${name} is ${count}; a count is 0 or more`);
  if (female === null) return { value: null, low: null, high: null, known: null, unknown: null, unknownShare: null };
  const known = female + (male ?? 0) + (other ?? 0);
  const parts = known + (unknown ?? 0);
  const rest = Math.max(0, (total ?? parts) - parts);
  const open = (unknown ?? 0) + rest;
  const all = known + open;
  const onlyWomen = male === null && other === null;
  return {
    value: known > 0 && !onlyWomen ? female / known : null,
    low: all > 0 && !(onlyWomen && open === 0 && total === null) ? female / all : null,
    high: all > 0 && !(onlyWomen && open === 0 && total === null) ? (female + open) / all : null,
    known,
    unknown: open,
    unknownShare: all > 0 ? open / all : null,
    ...(total !== null && parts > total
      ? { note: 'parts-exceed-total', excess: parts - total }
      : onlyWomen
        ? { note: 'only-women' }
        : {}),
  };
}

export interface ParityIndex {
  /** Women by men (or the rate of women by that of men); `null` without men. */
  raw: number | null;
  /** The same up to 1; 2 less men by women above: 0.5 and 1.5 are as far from parity. 2 without men; `null` without anybody. */
  adjusted: number | null;
  /** Whether the adjusted index lies within 0.97 and 1.03, which UIS calls parity. */
  parity: boolean | null;
}

/** Half-width of the band that counts as parity. UIS, Global education digest. */
export const PARITY_BAND = 0.03;

/** Gender parity index F/M, and adjusted: F/M where F ≤ M, 2 − M/F where F > M. UIS, adjusted GPI. @param female,male counts or rates, 0 or more */
export function parityIndex(female: number, male: number): ParityIndex {
  if (!(female >= 0 && male >= 0)) throw new RangeError(`women ${female}, men ${male}: counts and rates are 0 or more`);
  if (female === 0 && male === 0) return { raw: null, adjusted: null, parity: null };
  const adjusted = female <= male ? female / male : 2 - male / female;
  return { raw: male > 0 ? female / male : null, adjusted, parity: Math.abs(adjusted - 1) <= PARITY_BAND + 1e-12 };
}
