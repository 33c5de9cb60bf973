/**
 * Games with transferable benefit: what every coalition can have, and how the benefit of all together may be divided.
 *
 *     const game = gameOf(3, (members) => (members.length >= 2 ? 1 : 0));
 *     shapley(game)            // [1/3, 1/3, 1/3]
 *     nucleolus(game)          // the same; cooperative-nucleolus.ts
 *     inCore(game, [0.5, 0.5, 0]).inside
 *
 * A coalition is a number whose bit i says whether player i belongs to it; `values[coalition]` is what it can have, and the
 * empty one has nothing. References: Shapley 1953, in Contributions to the Theory of Games II, p. 307,
 * doi:10.1515/9781400881970-018; Gillies 1959, ibid. IV, p. 47 (core).
 */

export interface Game {
  players: number;
  /** Worth of each coalition, 2^players numbers. */
  values: Float64Array;
}

/** Players that are taken: 2^n coalitions are all looked at. */
export const MOST_PLAYERS = 12;

/** The game whose coalitions have what `worth` says of their members. @throws RangeError outside 1 to 12 players */
export function gameOf(players: number, worth: (members: number[]) => number): Game {
  if (!Number.isInteger(players) || players < 1 || players > MOST_PLAYERS)
    throw new RangeError(`${players} players; expected 1 to ${MOST_PLAYERS}`);
  const values = new Float64Array(2 ** players);
  for (let coalition = 1; coalition < values.length; coalition++) {
    const value = worth(membersOf(coalition, players));
    if (!Number.isFinite(value)) throw new RangeError(`coalition ${coalition} has ${value}`);
    values[coalition] = value;
  }
  return { players, values };
}

/** Players of a coalition, in order. */
export function membersOf(coalition: number, players: number): number[] {
  return Array.from({ length: players }, (_, i) => i).filter((i) => (coalition & (1 << i)) !== 0);
}

/** The Shapley value: what each player adds to those before it, as a mean over all orders. O(n 2^n). */
export function shapley({ players, values }: Game): number[] {
  // weight of a coalition of s others: s! (n − s − 1)! / n!  (Shapley 1953, eq. 13)
  const weight = [1 / players];
  for (let s = 1; s < players; s++) weight[s] = ((weight[s - 1] as number) * s) / (players - s);
  const value = new Array<number>(players).fill(0);
  for (let coalition = 0; coalition < values.length; coalition++) {
    const size = membersOf(coalition, players).length;
    for (let i = 0; i < players; i++) {
      if ((coalition & (1 << i)) !== 0) continue;
      const added = (values[coalition | (1 << i)] as number) - (values[coalition] as number);
      value[i] = (value[i] as number) + (weight[size] as number) * added;
    }
  }
  return value;
}

export interface CoreTest {
  inside: boolean;
  /** Coalitions that could have more by themselves, the most aggrieved first, with how much more. */
  blocking: { coalition: number; more: number }[];
}

/** Whether no coalition could have more than `division` gives its members, and all is given. */
export function inCore(game: Game, division: readonly number[], within = 1e-9): CoreTest {
  const { values } = game;
  const near = within * scaleOf(game);
  const blocking: CoreTest['blocking'] = [];
  for (let coalition = 1; coalition < values.length; coalition++) {
    const more = (values[coalition] as number) - given(coalition, division);
    if (more > near) blocking.push({ coalition, more });
  }
  blocking.sort((a, b) => b.more - a.more || a.coalition - b.coalition);
  const all = given(values.length - 1, division);
  return { inside: blocking.length === 0 && all <= (values[values.length - 1] as number) + near, blocking };
}

/** What `division` gives to a coalition. */
export function given(coalition: number, division: readonly number[]): number {
  return division.reduce((sum, share, i) => ((coalition & (1 << i)) === 0 ? sum : sum + share), 0);
}

/** Pairs of coalitions without common members that would lose by joining: none in a superadditive game. */
export function lossesOfJoining({ values }: Game, within = 1e-9): { a: number; b: number; loss: number }[] {
  const losses: { a: number; b: number; loss: number }[] = [];
  for (let a = 1; a < values.length; a++)
    for (let b = a + 1; b < values.length; b++) {
      if ((a & b) !== 0) continue;
      const loss = (values[a] as number) + (values[b] as number) - (values[a | b] as number);
      if (loss > within * scaleOf({ values })) losses.push({ a, b, loss });
    }
  return losses;
}

/** Largest number of a game, at least 1. */
export function scaleOf({ values }: Pick<Game, 'values'>): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
}
