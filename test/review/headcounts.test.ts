import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { languages } from '../../src/i18n/index.ts';
import {
  ageText,
  cautions,
  countOf,
  noCount,
  type Parts,
  partsCount,
  peopleColumns,
  sumOf,
  totalText,
  womenText,
  youngText,
} from '../../src/review/headcounts.ts';
import type { Headcount } from '../../src/types.ts';
import { wordsOf } from './content-fixture.ts';
import { headcount } from './records-fixture.ts';

const parts = (rest: Partial<Parts>): Parts => ({ total: null, female: null, male: null, other: null, unknown: null, ...rest });
const count = (...rows: Partial<Headcount>[]) => countOf(rows.map((row) => headcount('meeting', row)));

describe('one row', () => {
  test('12 women and 8 men are 20 people, 12 of 20 women, nobody unknown is made up', () => {
    const { total, unknown, women, atLeast, wrong } = partsCount(parts({ female: 12, male: 8 }));
    expect({ total, unknown, women, atLeast, wrong }).toEqual({
      total: 20,
      unknown: null,
      women: { women: 12, known: 20 },
      atLeast: false,
      wrong: 0,
    });
  });

  test('whom a total has beyond the sexes is of unknown sex', () => {
    const known = partsCount(parts({ total: 25, female: 12, male: 8 }));
    expect([known.unknown, known.wrong]).toEqual([5, 0]);
    expect(known.women).toEqual({ women: 12, known: 20 });
  });

  test('a total alone says nothing of women, not even zero', () => {
    const known = partsCount(parts({ total: 25 }));
    expect([known.female, known.male, known.unknown, known.women]).toEqual([null, null, 25, null]);
  });

  test('of whom women: their share is known, what the others are is not', () => {
    const known = partsCount(parts({ total: 25, female: 12 }));
    expect([known.female, known.male, known.unknown, known.oneSided]).toEqual([12, null, null, 1]);
    expect(known.women).toEqual({ women: 12, known: 25 });
  });

  test('of whom men, or more women than people: no share of women', () => {
    expect(partsCount(parts({ total: 25, male: 12 })).women).toBeNull();
    expect(partsCount(parts({ total: 25, female: 26 })).women).toBeNull();
  });

  test('a year in which one row is all women and others say "of whom women" is not all women', () => {
    const year = sumOf([partsCount(parts({ total: 2, female: 2 })), partsCount(parts({ total: 24, female: 1 }))]);
    expect(year.women).toEqual({ women: 3, known: 26 });
    expect([year.female, year.male, year.unknown]).toEqual([3, null, 0]);
  });

  test('a row whose women are all there were has no men', () => {
    expect(partsCount(parts({ total: 12, female: 12 }))).toMatchObject({ male: 0, women: { women: 12, known: 12 }, oneSided: 0 });
  });

  test('women without a total are at least so many people', () => {
    expect(partsCount(parts({ female: 12 }))).toMatchObject({ total: 12, atLeast: true, women: null });
  });

  test('an empty row is not zero people', () => {
    expect(partsCount(parts({}))).toMatchObject({ total: null, atLeast: true, empty: 1 });
    expect(countOf([])).toMatchObject({ total: null, atLeast: true, empty: 1 });
  });

  test.each([
    ['more parts than the total', { total: 20, female: 15, male: 10 }],
    ['all parts given, and fewer than the total', { total: 30, female: 15, male: 10, unknown: 2 }],
  ])('%s do not add up', (_, row) => {
    expect(partsCount(parts(row)).wrong).toBe(1);
  });

  test('ages beyond the total do not add up', () => {
    expect(partsCount(parts({ total: 20 }), { '0-17': 15, '18-35': 10 }).wrong).toBe(1);
    expect(partsCount(parts({ total: 25 }), { '0-17': 15, '18-35': 10 }).wrong).toBe(0);
  });
});

describe('rows of one activity', () => {
  test('ages stand beside the row of all ages and are not added to it', () => {
    const known = count({ total: 30, female: 10, male: 20 }, { age: '0-17', total: 4 }, { age: '18-35', total: 8 });
    expect(known.total).toBe(30);
    expect(known.ages).toEqual({ '0-17': 4, '18-35': 8 });
    expect(known.young).toEqual({ young: 12, of: 30 });
  });

  test('ages alone are at least so many people', () => {
    expect(count({ age: '0-17', total: 4 }, { age: '18-35', total: 8 })).toMatchObject({ total: 12, atLeast: true });
  });

  test('ages that share years are not added', () => {
    const known = count({ age: '0-17', total: 4 }, { age: '14-35', total: 8 });
    expect([known.total, known.young]).toEqual([null, null]);
  });

  test('rangers of a season are a part of the rangers', () => {
    const known = count({ groups: ['rangers'], total: 12 }, { groups: ['rangers', 'seasonal'], total: 5 });
    expect([known.total, known.within]).toEqual([12, 1]);
  });

  test('a row that narrows another but is larger cannot be a part of it: both count', () => {
    const known = count({ groups: ['rangers'], total: 2 }, { groups: ['rangers', 'permanent'], total: 10 });
    expect([known.total, known.within]).toEqual([12, 0]);
  });

  test('groups beside one another add up', () => {
    expect(count({ groups: ['rangers'], total: 2 }, { groups: ['science'], total: 10 }).total).toBe(12);
  });

  test('they are people where every row says that each is counted once', () => {
    expect(count({ total: 2, unique: 'yes', groups: ['a'] }, { total: 3, unique: 'yes', groups: ['b'] }).people).toBe(true);
    expect(count({ total: 2, unique: 'yes', groups: ['a'] }, { total: 3, unique: 'unknown', groups: ['b'] }).people).toBe(false);
  });
});

describe('sums', () => {
  test('with something not counted are "at least"', () => {
    const sum = sumOf([partsCount(parts({ total: 20 })), partsCount(parts({}))]);
    expect(totalText(sum, 'en')).toBe('at least 20');
    expect(totalText(sumOf([partsCount(parts({}))]), 'en')).toBe('–');
  });

  test('of several activities are participations, even where each knows its people', () => {
    const one = countOf([headcount('a', { total: 5, unique: 'yes' })]);
    const other = countOf([headcount('b', { total: 5, unique: 'yes' })]);
    expect(sumOf([one, other]).people).toBe(false);
    expect(wordsOf(cautions(sumOf([one, other]), 'en'))).toContain('participations, not people');
    expect(cautions(one, 'en')).toEqual([]);
  });

  const figure = fc.option(fc.nat(1000), { nil: null });
  const rows = fc.array(fc.record({ total: figure, female: figure, male: figure, other: figure, unknown: figure }), {
    minLength: 1,
  });

  test('do not depend on the order, nor on what is summed first', () => {
    fc.assert(
      fc.property(rows, rows, (a, b) => {
        const [left, right] = [a.map((row) => partsCount(row)), b.map((row) => partsCount(row))];
        const whole = sumOf([...left, ...right]);
        expect(sumOf([sumOf(left), sumOf(right)])).toEqual(whole);
        expect(sumOf([...right, ...left])).toEqual(whole);
      }),
    );
  });

  test('never have more women than people whose sex is known, and never call "not counted" zero', () => {
    fc.assert(
      fc.property(rows, (all) => {
        const sum = sumOf(all.map((row) => partsCount(row)));
        if (sum.women !== null) expect(sum.women.women).toBeLessThanOrEqual(sum.women.known);
        if (all.every((row) => Object.values(row).every((n) => n === null))) expect(sum.total).toBeNull();
        if (all.some((row) => Object.values(row).every((n) => n === null))) expect(sum.atLeast).toBe(true);
      }),
    );
  });

  test('of rows that add up have parts that add up to the total', () => {
    const sound = fc.record({ female: fc.nat(99), male: fc.nat(99), other: fc.nat(9), more: fc.nat(99) });
    fc.assert(
      fc.property(fc.array(sound, { minLength: 1 }), (all) => {
        const sum = sumOf(
          all.map(({ female, male, other, more }) =>
            partsCount(parts({ female, male, other, total: female + male + other + more })),
          ),
        );
        expect((sum.female ?? 0) + (sum.male ?? 0) + (sum.other ?? 0) + (sum.unknown ?? 0)).toBe(sum.total);
        expect(sum.wrong).toBe(0);
      }),
    );
  });
});

describe('columns and sentences', () => {
  test('"sex not known" is a column of its own; "other" stands where somebody is counted as such', () => {
    const two = partsCount(parts({ total: 25, female: 12, male: 8 }));
    expect(peopleColumns([two], 'en').head).toEqual(['Total', 'Women', 'Men', 'Sex not known']);
    expect(
      peopleColumns([two], 'en')
        .cells(two)
        .map(({ text }) => text),
    ).toEqual(['25', '12', '8', '5']);
    expect(peopleColumns([partsCount(parts({ other: 1 }))], 'en').head).toContain('Other');
  });

  test('a sex that nobody counted anywhere has no column', () => {
    const women = partsCount(parts({ total: 25, female: 12 }));
    expect(peopleColumns([women], 'en').head).toEqual(['Total', 'Women']);
    expect(peopleColumns([women, partsCount(parts({ total: 5 }))], 'en').head).toEqual(['Total', 'Women', 'Sex not known']);
  });

  test('ages have columns in their order, and those of no group one more', () => {
    const known = partsCount(parts({ total: 30 }), { '18-35': 8, '0-17': 4 });
    const { head, cells } = peopleColumns([known], 'en', { sexes: false, ages: true });
    expect(head).toEqual(['Total', 'Up to age 17', 'Aged 18–35', 'Older, or age not known']);
    expect(cells(known).map(({ text }) => text)).toEqual(['30', '4', '8', '18']);
    expect(cells(noCount).map(({ text }) => text)).toEqual(['–', '–', '–', '–']);
  });

  test('the share of women says of how many it is and how many are unknown', () => {
    const sum = sumOf([partsCount(parts({ total: 25, female: 12, male: 8 })), partsCount(parts({ total: 10 }))]);
    expect(womenText(sum, 'en')).toBe('Share of women among those whose sex is known (20): 60%; sex not known: 15.');
    expect(womenText(noCount, 'en')).toBe('');
  });

  test('the share of the young leaves out who was not asked', () => {
    const sum = sumOf([partsCount(parts({ total: 40 }), { '18-35': 10 }), partsCount(parts({ total: 1000 }))]);
    expect(youngText(sum, 'en')).toContain('10 of 40 (25%)');
  });

  test.each(languages)('speak %s', (lang) => {
    const known = partsCount(parts({ total: 25, female: 12, male: null }), { '18-35': 10, '65-': 2 });
    expect(ageText('65-', lang)).toContain('65');
    expect(peopleColumns([known], lang, { share: true, ages: true }).head).toHaveLength(6);
    expect(wordsOf(cautions({ ...known, people: false, within: 2 }, lang))).toContain('2');
  });
});
