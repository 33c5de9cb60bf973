/**
 * Money by the score of a policy marker, after the way in which the OECD counts aid for biodiversity (SDG 15.a.1).
 *
 *     markedMoney([{ value: 100, score: 2 }, { value: 50, score: 1 }, { value: 30, score: 0 }, { value: 20, score: null }])
 *     // { principal: 100, significant: 50, counted: 150, notTargeted: 30, notScreened: 20 }
 *
 * The whole amount of an activity counts by its score. Some donors count a part of what is significant only: such a weight is a
 * convention, and is named wherever it is used. One marker at a time: the same money may serve several, so markers are never added.
 *
 * @see OECD DAC 2018, Converged statistical reporting directives, annex 18: Rio markers
 * @see OECD 2023, SDG indicator metadata 15.a.1/15.b.1
 */

/** A sum, in one currency, and how the activity that it is for was scored; `null`: not screened, which is not 0. */
export interface ScoredSum {
  value: number;
  score: number | null;
}

export interface MarkedMoney {
  /** Scored 2 or more: the activity would not be without the objective. */
  principal: number;
  /** Scored 1, at its full amount. */
  significant: number;
  /** Principal, and significant times its weight. */
  counted: number;
  /** Scored 0. */
  notTargeted: number;
  notScreened: number;
}

/** @param weight share of what is significant that counts, 0-1; 1 in the statistics of the OECD. @throws RangeError for another weight */
export function markedMoney(sums: readonly ScoredSum[], { weight = 1 }: { weight?: number } = {}): MarkedMoney {
  if (!(weight >= 0 && weight <= 1)) throw new RangeError(`weight ${weight}: expected 0 to 1`);
  const total = (test: (score: number | null) => boolean): number =>
    sums.filter(({ score }) => test(score)).reduce((sum, { value }) => sum + value, 0);
  const [principal, significant] = [total((score) => score !== null && score >= 2), total((score) => score === 1)];
  return {
    principal,
    significant,
    counted: principal + weight * significant,
    notTargeted: total((score) => score === 0),
    notScreened: total((score) => score === null),
  };
}
