import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Game, gameOf, given, inCore, lossesOfJoining, shapley } from '../../src/science/cooperative-game.ts';
import { nucleolus } from '../../src/science/cooperative-nucleolus.ts';

const near = (found: readonly number[] | undefined, expected: readonly number[], digits = 9): void => {
  expect(found).toHaveLength(expected.length);
  for (const [i, value] of expected.entries()) expect(found?.[i]).toBeCloseTo(value, digits);
};

/** Claims of 100, 200 and 300 on an estate: a coalition has what the others leave (O'Neill 1982, doi:10.1016/0165-4896(82)90029-4). */
const bankruptcy = (estate: number): Game => {
  const claims = [100, 200, 300];
  return gameOf(3, (members) =>
    Math.max(0, estate - claims.reduce((sum, claim, i) => (members.includes(i) ? sum : sum + claim), 0)),
  );
};

/** One left glove and two right ones: a pair is worth 1 (Osborne & Rubinstein 1994, A Course in Game Theory, ch. 13). */
const gloves = gameOf(3, (members) => (members.includes(0) && members.length >= 2 ? 1 : 0));

/** Runways for aircraft that need 12, 28 and 30: costs, so benefits are their negatives (Littlechild & Owen 1973, doi:10.1287/mnsc.20.3.370). */
const airport = gameOf(3, (members) => -Math.max(...members.map((i) => [12, 28, 30][i] as number)));

/** What each of a group would have alone less the runway of all: savings. */
const savings = gameOf(3, (members) => {
  const costs = members.map((i) => [12, 28, 30][i] as number);
  return costs.reduce((sum, cost) => sum + cost, 0) - Math.max(...costs);
});

describe('cooperative games', () => {
  test.each([
    [100, [100 / 3, 100 / 3, 100 / 3]],
    [200, [50, 75, 75]],
    [300, [50, 100, 150]],
  ])(
    'nucleolus of an estate of %i is the Talmud’s division (Aumann & Maschler 1985, doi:10.1016/0022-0531(85)90102-4)',
    (estate, expected) => {
      near(nucleolus(bankruptcy(estate as number))?.division, expected as number[]);
    },
  );

  test('gloves: Shapley value 2/3, 1/6, 1/6; nucleolus 1, 0, 0, the only division of the core', () => {
    near(shapley(gloves), [2 / 3, 1 / 6, 1 / 6]);
    near(nucleolus(gloves)?.division, [1, 0, 0]);
    expect(inCore(gloves, [1, 0, 0]).inside).toBe(true);
    expect(inCore(gloves, shapley(gloves)).inside).toBe(false);
    expect(inCore(gloves, shapley(gloves)).blocking[0]?.more).toBeCloseTo(1 / 6, 12);
  });

  test('airport: each part of the runway is paid in equal shares by those who need it', () => {
    near(shapley(airport), [-4, -4 - 8, -4 - 8 - 2]);
    // Littlechild 1974, doi:10.1007/BF01766402: the smallest pay min(12/2, 28/3 …) in the nucleolus
    near(
      nucleolus(savings)?.division.map((saved, i) => ([12, 28, 30][i] as number) - saved),
      [6, 11, 13],
    );
  });

  test('majority of three has an empty core and its nucleolus is even', () => {
    const majority = gameOf(3, (members) => (members.length >= 2 ? 1 : 0));
    const found = nucleolus(majority);
    near(found?.division, [1 / 3, 1 / 3, 1 / 3]);
    expect(found?.complaint).toBeCloseTo(1 / 3, 9);
    expect(inCore(majority, [1 / 3, 1 / 3, 1 / 3]).inside).toBe(false);
  });

  test('where all together have less than each alone there is no nucleolus, and joining is told as a loss', () => {
    const quarrel = gameOf(2, (members) => (members.length === 1 ? 3 : 5));
    expect(nucleolus(quarrel)).toBeNull();
    expect(lossesOfJoining(quarrel)).toEqual([{ a: 1, b: 2, loss: 1 }]);
  });

  test('too many players are refused', () => expect(() => gameOf(13, () => 0)).toThrow(RangeError));

  const games = fc
    .tuple(fc.integer({ min: 2, max: 5 }), fc.infiniteStream(fc.integer({ min: 0, max: 20 })))
    .map(([players, draws]) => {
      // sums of unanimity games are superadditive: every division problem has a solution
      const added = gameOf(players, () => draws.next().value as number);
      return gameOf(players, (members) => {
        const own = members.reduce((bits, i) => bits | (1 << i), 0);
        let sum = 0;
        for (let part = 1; part < 2 ** players; part++) if ((part & own) === part) sum += added.values[part] as number;
        return sum;
      });
    });

  test('both give everything, and nobody less than alone', () => {
    fc.assert(
      fc.property(games, (game) => {
        const all = game.values.at(-1) as number;
        for (const division of [shapley(game), nucleolus(game)?.division ?? []]) {
          expect(given(game.values.length - 1, division)).toBeCloseTo(all, 6);
          for (const [i, share] of division.entries())
            expect(share).toBeGreaterThanOrEqual((game.values[1 << i] as number) - 1e-6);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('players that add the same get the same, who adds nothing gets nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 4, maxLength: 4 }), (worth) => {
        // players 0 and 1 alike, player 3 without effect
        const game = gameOf(4, (members) => {
          const alike = members.filter((i) => i < 2).length;
          const third = members.includes(2) ? 1 : 0;
          return (
            alike * (worth[0] as number) +
            third * (worth[1] as number) +
            alike * third * (worth[2] as number) +
            (alike === 2 ? (worth[3] as number) : 0)
          );
        });
        for (const division of [shapley(game), nucleolus(game)?.division ?? []]) {
          expect(division[0]).toBeCloseTo(division[1] as number, 6);
          expect(division[3]).toBeCloseTo(0, 6);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('no division has a smaller largest complaint than the nucleolus; a core that is not empty holds it', () => {
    fc.assert(
      fc.property(
        games,
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 5, maxLength: 5 }),
        (game, weights) => {
          const found = nucleolus(game);
          const all = game.values.at(-1) as number;
          const alone = Array.from({ length: game.players }, (_, i) => game.values[1 << i] as number);
          const left = all - alone.reduce((a, b) => a + b, 0);
          const own = weights.slice(0, game.players).map((weight) => weight + 0.01);
          const sum = own.reduce((a, b) => a + b, 0);
          const other = alone.map((value, i) => value + (left * (own[i] as number)) / sum);
          const complaint = (division: readonly number[]): number => {
            let most = Number.NEGATIVE_INFINITY;
            for (let s = 1; s < game.values.length - 1; s++)
              most = Math.max(most, (game.values[s] as number) - given(s, division));
            return most;
          };
          expect(complaint(found?.division ?? [])).toBeLessThanOrEqual(complaint(other) + 1e-6);
          // sums of unanimity games are convex: the core is not empty (Shapley 1971, doi:10.1007/BF01753431)
          expect(inCore(game, found?.division ?? [], 1e-7).inside).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });
});
