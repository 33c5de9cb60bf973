/**
 * Share of the area of transboundary basins that has an operational arrangement for water cooperation: SDG 6.5.2.
 *
 *     transboundaryShare([
 *       { kind: 'river-lake', area: 100, covered: null, criteria: { jointBody: true, meetings: true, plan: true, exchange: true } },
 *       { kind: 'aquifer', area: 50, covered: null, criteria: { jointBody: true, meetings: false, plan: null, exchange: true } },
 *     ]).all   // { value: 66.7, low: 66.7, high: 66.7, operational: 100, total: 150, basins: 2, undecided: 0 }
 *
 * An arrangement is operational only where all four criteria are met; one that fails makes it none, whatever else is not known.
 * Aquifers are added to river and lake basins even where they lie under them.
 *
 * @see UNECE & UNESCO 2021, SDG indicator metadata 6.5.2 (6 December 2021), section 4.c, steps 2 to 5
 * @see UN-Water 2020, Step-by-step monitoring methodology for SDG indicator 6.5.2
 */

/** The four criteria; `null` where nobody says. */
export interface Operationality {
  /** A joint body or mechanism. */
  jointBody: boolean | null;
  /** Formal meetings at least once a year. */
  meetings: boolean | null;
  /** A joint or coordinated management plan, or joint objectives. */
  plan: boolean | null;
  /** Data and information exchanged at least once a year. */
  exchange: boolean | null;
}

/** A basin or aquifer within one country, or a part of one with an arrangement of its own. */
export interface TransboundaryBasin {
  kind: 'river-lake' | 'aquifer';
  /** Within the country [any unit of area, the same for all]. */
  area: number;
  /** The part that an arrangement covers; `null` for all of it. */
  covered: number | null;
  criteria: Operationality;
}

export interface TransboundaryShare {
  /** What is known to be operational [%]; `null` without any area. */
  value: number | null;
  /** If no, and if every, arrangement whose criteria are not all known were operational [%]. */
  low: number | null;
  high: number | null;
  operational: number;
  total: number;
  basins: number;
  /** Basins whose arrangement cannot be decided. */
  undecided: number;
}

/** Whether an arrangement is operational: all four criteria. `null` where one is not known and none fails. */
export function isOperational({ jointBody, meetings, plan, exchange }: Operationality): boolean | null {
  const criteria = [jointBody, meetings, plan, exchange];
  if (criteria.includes(false)) return false;
  return criteria.includes(null) ? null : true;
}

/** The share of all basins, and apart of rivers and lakes and of aquifers. @throws RangeError where an area is none, or less than its part */
export function transboundaryShare(
  basins: readonly TransboundaryBasin[],
): Record<'all' | TransboundaryBasin['kind'], TransboundaryShare> {
  for (const { area, covered } of basins)
    if (!(area >= 0 && area < Infinity && (covered === null || (covered >= 0 && covered <= area))))
      throw new RangeError(`area ${area}, covered ${covered}: expected 0 <= covered <= area`);
  return {
    all: shareOf(basins),
    'river-lake': shareOf(basins.filter(({ kind }) => kind === 'river-lake')),
    aquifer: shareOf(basins.filter(({ kind }) => kind === 'aquifer')),
  };
}

function shareOf(basins: readonly TransboundaryBasin[]): TransboundaryShare {
  let [total, operational, open, undecided] = [0, 0, 0, 0];
  for (const { area, covered, criteria } of basins) {
    total += area;
    const state = isOperational(criteria);
    if (state === true) operational += covered ?? area;
    else if (state === null) {
      open += covered ?? area;
      undecided += 1;
    }
  }
  const share = (part: number): number | null => (total > 0 ? (100 * part) / total : null); // step 5
  const known = share(operational);
  return { value: known, low: known, high: share(operational + open), operational, total, basins: basins.length, undecided };
}
