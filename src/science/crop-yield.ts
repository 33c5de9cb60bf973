/**
 * What want of water costs a crop: the yield response of FAO-33.
 *
 *     seasonYield(0.85, 887.1 / 1062.6)                                     // 0.860: cotton that had 83 % of its water
 *     stageYield([{ response: 0.2, supplied: 1 }, { response: 0.5, supplied: 0.7 }])   // 0.85
 *
 * 1 - Ya / Ym = Ky (1 - ETa / ETm), for all that a season lacks, or stage by stage, multiplied. The line is from trials down to
 * about half of the water; below, and for crops that are sown again or die, it says nothing, and `doubtful` tells so.
 *
 * @see Doorenbos & Kassam 1979, Yield response to water, FAO Irrigation and Drainage Paper 33, ISBN 92-5-100744-6; FAO-56, eq. 90 and table 24
 */

/** Part of the evapotranspiration that must be lacking for the line to be beyond its trials [1]: FAO-33, chapter 4. */
export const TRIED_TO = 0.5;

export interface YieldShare {
  /** Of the greatest yield [1], 0 to 1. */
  share: number;
  /** Less was supplied than in the trials that the line rests on. */
  doubtful: boolean;
}

/** Part of the greatest yield [1]. @param response Ky of the season @param supplied actual by potential evapotranspiration [1] */
export function seasonYield(response: number, supplied: number): YieldShare {
  return { share: clamped(1 - response * (1 - supplied)), doubtful: supplied < TRIED_TO };
}

/** Part of the greatest yield [1], the product over stages of those of each. FAO-33, chapter 4; Hanks 1974, doi 10.2134/agronj1974.00021962006600050017x */
export function stageYield(stages: readonly { response: number; supplied: number }[]): YieldShare {
  const shares = stages.map(({ response, supplied }) => seasonYield(response, supplied));
  return {
    share: shares.reduce((product, { share }) => product * share, 1),
    doubtful: shares.some(({ doubtful }) => doubtful),
  };
}

const clamped = (share: number): number => Math.max(0, Math.min(1, share));
