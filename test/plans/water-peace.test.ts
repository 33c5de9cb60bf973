/** The table of options, the game of the countries and the front between the Aral, irrigation and energy. */
import { beforeAll, describe, expect, test } from 'vitest';
import { PARTIES, syrdaryaTables } from '../../src/plans/syrdarya-tables.ts';
import { type PeaceTable, peaceOptions, peaceTable } from '../../src/plans/water-peace.ts';
import { GOALS, peaceFront } from '../../src/plans/water-peace-front.ts';
import { type PeaceGame, peaceGame } from '../../src/plans/water-peace-game.ts';
import { RIPARIANS } from '../../src/plans/water-peace-year.ts';
import { notDominated } from '../../src/science/fairness.ts';

const tables = syrdaryaTables();
const years = tables.years.slice(16, 22); // 1962 to 1967, dry and wet

let table: PeaceTable;
let game: PeaceGame;
beforeAll(() => {
  table = peaceTable(tables, { options: peaceOptions(tables), years, seed: 5 });
  game = peaceGame(tables, { years, aral: 2.597 });
});

const optionOf = (id: string) => table.options.find(({ option }) => option.id === id) as PeaceTable['options'][number];

describe('the table', () => {
  test('every programme is proved, and the first option changes nothing', () => {
    expect(table.options.map(({ proved }) => proved)).toEqual(table.options.map(() => true));
    for (const party of RIPARIANS) expect(table.options[0]?.parties[party].change).toEqual({ mean: 0, low: 0, high: 0 });
  });

  test('an arrangement only takes from the sum of all: the goal is the same and choices are fewer', () => {
    const money = (id: string): number => optionOf(id).all.money.mean;
    for (const id of ['together-winter', 'together-aral', 'equal-shortage'])
      expect(money(id)).toBeLessThanOrEqual(money('together') + 1e-6);
    expect(optionOf('together').all.change.mean).toBeGreaterThan(0);
  });

  test('equal shortage is equal, and the Aral receives what is asked', () => {
    expect(optionOf('equal-shortage').fairness.gini).toBeCloseTo(0, 9);
    expect(optionOf('equal-shortage').fairness.jain).toBeCloseTo(1, 9);
    expect(optionOf('together-aral').aral.low).toBeGreaterThanOrEqual(5 - 1e-6);
  });

  test('what one km3 more is worth is what it brings: the Naryn a little larger', () => {
    const [year] = years;
    if (year === undefined) throw new RangeError('no year');
    const only = (naryn: number): PeaceTable =>
      peaceTable(tables, { options: peaceOptions(tables).filter(({ id }) => id === 'together'), years: [{ ...year, naryn }] });
    const [before, after] = [only(year.naryn), only(year.naryn + 1e-4)];
    const gained = ((after.options[0]?.all.money.mean ?? 0) - (before.options[0]?.all.money.mean ?? 0)) / 1e-4;
    const told = before.options[0]?.worth.filter(({ place }) => place === 'toktogul') ?? [];
    expect(gained).toBeGreaterThanOrEqual(Math.min(...told.map(({ median }) => median)) - 0.01);
    expect(gained).toBeLessThanOrEqual(Math.max(...told.map(({ median }) => median)) + 0.01);
  });

  test('the same seed gives the same intervals, whichever order years were solved in', () => {
    expect(peaceTable(tables, { options: peaceOptions(tables), years, seed: 5 })).toEqual(table);
    const other = peaceTable(tables, { options: peaceOptions(tables), years, seed: 6 });
    expect(other.options.map(({ all }) => all.change)).not.toEqual(table.options.map(({ all }) => all.change));
    expect(other.options[2]?.all.change.mean).toBe(table.options[2]?.all.change.mean);
  });
});

describe('the game', () => {
  test('a coalition has at least what its members have alone, and Turkmenistan adds nothing', () => {
    expect(game.proved).toBe(true);
    for (let coalition = 1; coalition < game.game.values.length; coalition++) {
      const alone = PARTIES.reduce((sum, _, i) => ((coalition & (1 << i)) === 0 ? sum : sum + (game.alone[i] as number)), 0);
      expect(game.game.values[coalition]).toBeGreaterThanOrEqual(alone - 1e-6);
    }
    expect(game.shapley[4]).toBeCloseTo(0, 9);
    expect(game.nucleolus?.[4]).toBeCloseTo(0, 7);
  });

  test('both divisions give out the whole gain and leave nobody worse than alone', () => {
    for (const division of [game.shapley, game.nucleolus ?? []]) {
      expect(division.reduce((a, b) => a + b, 0)).toBeCloseTo(game.game.values.at(-1) as number, 5);
      for (const [i, share] of division.entries()) expect(share).toBeGreaterThanOrEqual((game.alone[i] as number) - 1e-5);
    }
  });
});

describe('the front', () => {
  test('no point betters another, each is proved, and asking more for the Aral leaves less for the fields', () => {
    const front = peaceFront(tables, { years, steps: 3 });
    expect(front.points.length).toBeGreaterThan(2);
    expect(front.points.every(({ proved }) => proved)).toBe(true);
    expect(
      notDominated(
        front.points.map((point) => GOALS.map((goal) => point[goal])),
        1e-7,
      ),
    ).toEqual(front.points.map(() => true));
    const asked = peaceFront(tables, { years, steps: 3, aral: 9 });
    expect(asked.range.irrigation.most).toBeLessThan(front.range.irrigation.most + 1e-9);
    expect(asked.range.aral.least).toBeGreaterThanOrEqual(9 - 1e-6);
  });
});
