import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluate } from '../../src/science/claim-expression.ts';
import { claimFunctions, periodOf } from '../../src/science/claim-expression-functions.ts';
import { parseExpression } from '../../src/science/claim-expression-parser.ts';
import { printedNumber, printedNumbers } from '../../src/science/claim-expression-printed.ts';
import {
  type ClaimValue,
  type ClaimWorld,
  ExpressionError,
  type Fact,
  type Quantity,
} from '../../src/science/claim-expression-types.ts';
import { stepOf } from '../../src/science/claim-expression-values.ts';
import { convert } from '../../src/units.ts';

const facts: Record<string, Fact[]> = {
  area: [{ id: 'a1', value: 2589, unit: 'km2', at: '2012' }],
  years: [
    { id: 'y2', value: 30, unit: 'har', at: '2014' },
    { id: 'y1', value: 10, unit: 'har', at: '2012', low: 8, high: 12 },
    { id: 'y3', value: null, unit: 'har', at: '2016' },
  ],
  women: [{ id: 'w', value: 8849, unit: '{person}', printed: '8849' }],
  people: [{ id: 'p', value: 17195, unit: '{person}' }],
  'korgalzhyn/lake-level': [{ id: 'l', value: 304.1, unit: 'm', printed: '304.10' }],
};
const asked: [string, Readonly<Record<string, string>>][] = [];
const world: ClaimWorld = {
  resolve: (name, filters) => {
    asked.push([name, filters]);
    const found = facts[name] ?? [];
    return filters.year === undefined ? found : found.filter(({ at }) => at === filters.year);
  },
  convert,
};

const value = (source: string): ClaimValue => evaluate(source, world).value;
const figure = (source: string): Quantity => {
  const found = value(source);
  if (found.kind !== 'quantity') throw new Error(`${source} is a ${found.kind}`);
  return found;
};
const number = (source: string): number => figure(source).value;
const truth = (source: string): boolean | null => {
  const found = value(source);
  if (found.kind !== 'truth') throw new Error(`${source} is a ${found.kind}`);
  return found.value;
};
const errorOf = (source: string): ExpressionError => {
  try {
    value(source);
  } catch (error) {
    if (error instanceof ExpressionError) return error;
    throw error;
  }
  throw new Error(`${source} is right`);
};

describe('reading', () => {
  test('signs bind as in arithmetic', () => {
    expect(number('1 + 2 * 3')).toBe(7);
    expect(number('(1 + 2) * 3')).toBe(9);
    expect(number('10 - 4 - 3')).toBe(3);
    expect(number('10 - (4 - 3)')).toBe(9);
    expect(number('12 / 3 / 2')).toBe(2);
    expect(number('-2 * -3')).toBe(6);
    expect(number('6 × 7 − 2 ÷ 1')).toBe(40);
    expect(truth('1 + 1 = 2 and not 1 > 2 or 1 = 2')).toBe(true);
  });

  test('numbers: decimals, groups, exponents, multiples', () => {
    expect(number('1.1 million')).toBe(1_100_000);
    expect(number('672_000')).toBe(672_000);
    expect(number('672\u00a0000')).toBe(672_000);
    expect(number('2e3')).toBe(2000);
  });

  test('units stand behind numbers, and behind "in"', () => {
    expect(figure('5 har')).toMatchObject({ value: 5, unit: 'har' });
    expect(figure('12%')).toMatchObject({ value: 12, unit: '%' });
    expect(figure('3 {person}')).toMatchObject({ unit: '{person}' });
    expect(figure('3 [USD]')).toMatchObject({ unit: '[USD]' });
    expect(figure('7 km3/a')).toMatchObject({ unit: 'km3/a' });
    expect(figure('5 `10*-6`')).toMatchObject({ unit: '10*-6' });
    expect(figure('1 km2 in har')).toMatchObject({ value: 100, unit: 'har' });
    expect(figure('4 W.h/2 W.h')).toMatchObject({ value: 2, unit: '1' });
    expect(figure('@area in har')).toMatchObject({ value: 258_900, unit: 'har' });
  });

  test('references carry filters to whoever knows the figures', () => {
    asked.length = 0;
    expect(number('@years[year=2012, role="as declared"]')).toBe(10);
    expect(number('@korgalzhyn/lake-level - 300 m')).toBeCloseTo(4.1, 9);
    expect(number('@{area}')).toBe(2589);
    expect(asked).toEqual([
      ['years', { year: '2012', role: 'as declared' }],
      ['korgalzhyn/lake-level', {}],
      ['area', {}],
    ]);
  });

  test('a text behind a figure is a note', () => {
    expect(number('sum(55.7 "Ministry, 2026", 1)')).toBeCloseTo(56.7, 12);
    expect(parseExpression('5 har "a note"')).toMatchObject({ note: 'a note', unit: 'har' });
  });

  test.each([
    ['', 'empty', 0],
    ['   ', 'empty', 0],
    ['1 +', 'unexpected', 3],
    ['1 2', 'unexpected', 2],
    ['(1 + 2', 'unexpected', 6],
    ['1 + ?', 'character', 4],
    ['"open', 'text-open', 0],
    ['sum(101,000)', 'grouping', 4],
    ['total + 1', 'unexpected', 0],
    ['1 < 2 < 3', 'unexpected', 6],
    ['@a[year]', 'unexpected', 7],
    ['@a[year=2012', 'unexpected', 12],
    ['5 har in', 'unexpected', 8],
    ['medial(1)', 'function', 0],
    ['share(1)', 'arguments', 0],
    ['1 + @area', 'unit', 4],
    ['@area in W', 'unit', 0],
    ['1 / 0', 'type', 4],
    ['1 / (5 - 5)', 'type', 4],
    ['1 + "a"', 'type', 4],
    ['not 1', 'type', 4],
    ['@years * 2', 'several', 0],
    ['2012-13', 'type', 0],
    ['first(1, 2)', 'type', 0],
    ['sum()', 'arguments', 0],
    ['round(1, 0.5)', 'type', 9],
    [`${'('.repeat(100)}1${')'.repeat(100)}`, 'too-deep', 60],
    [`${'-'.repeat(100)}1`, 'too-deep', 59],
    ['1 + '.repeat(4000), 'too-long', 10_000],
  ])('%s is refused: %s at its place', (source, code, at) => {
    const error = errorOf(source);
    expect([error.code, error.at]).toEqual([code, at]);
    expect(error.message).toMatch(new RegExp(`^character ${at + 1}: found .+; expected .+`));
  });

  test('no text makes the reader fail otherwise than with a place', () => {
    const piece = fc.constantFrom(
      '1',
      '2.5',
      ' ',
      '+',
      '-',
      '*',
      '/',
      '(',
      ')',
      ',',
      '[',
      ']',
      '=',
      '<',
      '"',
      '@a',
      'sum',
      'har',
      '%',
      'in',
      'and',
      'not',
      '2012-01',
      '🦩',
    );
    const wild = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.array(piece).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(wild, (source) => {
        try {
          evaluate(source, world);
        } catch (error) {
          expect(error).toBeInstanceOf(ExpressionError);
          expect((error as ExpressionError).at).toBeLessThanOrEqual(source.length);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('functions', () => {
  test('sums, means, extremes, counts; lists are taken apart', () => {
    expect(number('sum(1, 2, list(3, 4))')).toBe(10);
    expect(number('mean(1, 2, 6)')).toBe(3);
    expect(number('min(3, 1, 2) + max(3, 1, 2)')).toBe(4);
    expect(number('count(@years)')).toBe(3);
    expect(number('count(@nothing)')).toBe(0);
    expect(figure('sum(1 km2, 50 har)')).toMatchObject({ value: 1.5, unit: 'km2' });
  });

  test('shares and changes in per cent, ratios without unit', () => {
    expect(figure('share(@women, @people)')).toMatchObject({ unit: '%' });
    expect(number('share(@women, @people)')).toBeCloseTo(51.463, 3);
    expect(number('change(200 har, 3 km2)')).toBeCloseTo(50, 12);
    expect(figure('ratio(1 km2, 50 har)')).toMatchObject({ value: 2, unit: '1' });
    expect(figure('difference(2 km2, 5 km2)')).toMatchObject({ value: 3, unit: 'km2' });
    expect(number('abs(-3) + round(2.456, 1)')).toBeCloseTo(5.5, 12);
    expect(number('round(-1234.5, -2)')).toBe(-1200);
    expect(errorOf('share(1 har, 2 W)').code).toBe('unit');
    expect(number('50 % * 3 har')).toBeCloseTo(1.5, 12);
  });

  test('a blank is not a zero', () => {
    expect(value('sum(@years)')).toEqual({ kind: 'missing', names: ['y3'] });
    expect(value('1 har + @years[year=2016]')).toEqual({ kind: 'missing', names: ['y3'] });
    expect(value('@nothing > 1')).toEqual({ kind: 'missing', names: ['@nothing'] });
    expect(number('sum(known(@years))')).toBe(40);
    expect(number('last(known(@years))')).toBe(30);
    expect(number('first(known(@years))')).toBe(10);
  });

  test('dates', () => {
    expect(number('days(2012-01-01, 2013-01-01)')).toBe(366);
    expect(number('years("2012", "2022")')).toBeCloseTo(10, 2);
    expect(number('year(2012-05-31)')).toBe(2012);
    expect(truth('2012-05-31 < 2013')).toBe(true);
    expect(truth('@area > 2012-05-31')).toBeNull();
    expect(truth('date("2012-05") = 2012-05-31')).toBe(true);
    expect(value('date(2012)')).toEqual({ kind: 'date', start: '2012-01-01', end: '2013-01-01' });
    expect(periodOf('2012-02-30')).toBeNull();
  });

  test('every function is named', () => {
    expect(claimFunctions).toEqual([
      'abs',
      'change',
      'count',
      'date',
      'days',
      'difference',
      'first',
      'known',
      'last',
      'list',
      'max',
      'mean',
      'min',
      'ratio',
      'round',
      'share',
      'sum',
      'year',
      'years',
    ]);
    for (const name of claimFunctions) expect(() => evaluate(`${name}()`, world)).not.toThrow(/function/);
  });
});

describe('how exact', () => {
  test('the place of the last digit', () => {
    expect(['672000', '17195', '3.70', '1.1 million', '2e3', '0', '0.05', '672_000'].map(stepOf)).toEqual([
      1000, 1, 0.01, 1e5, 1000, 1, 0.01, 1000,
    ]);
  });

  test('decimals are as exact as printed, whole numbers exact', () => {
    expect(figure('3.7')).toMatchObject({ low: 3.65, high: 3.75, spread: 'printed' });
    expect(figure('17195')).toMatchObject({ low: 17195, high: 17195, spread: 'none' });
    expect(figure('4220.3 / 114447.9 * 100').high - figure('4220.3 / 114447.9 * 100').low).toBeLessThan(1e-4);
  });

  test('round terms of a sum are rounded to the finest place among them', () => {
    expect(figure('101000 + 250000 + 194000')).toMatchObject({ value: 545000, low: 543500, high: 546500, spread: 'printed' });
    expect(figure('sum(101000, 250000, 194000)')).toMatchObject({ low: 543500, high: 546500 });
    expect(figure('2291000 + 6769833')).toMatchObject({ value: 9060833, low: 9060833, high: 9060833, spread: 'none' });
    expect(figure('500 - 200')).toMatchObject({ low: 200, high: 400 });
  });

  test('intervals of estimates are carried, and the bounds of every operation hold its results', () => {
    expect(figure('@years[year=2012] * 2')).toMatchObject({ low: 16, high: 24, spread: 'interval' });
    expect(figure('10 har - @years[year=2012]')).toMatchObject({ value: 0, spread: 'interval' });
    const decimal = fc.integer({ min: -999, max: 999 }).map((n) => (n / 10).toFixed(1));
    fc.assert(
      fc.property(
        decimal,
        decimal,
        fc.constantFrom('+', '-', '*', '/'),
        fc.double({ min: -0.05, max: 0.05, noNaN: true }),
        fc.double({ min: -0.05, max: 0.05, noNaN: true }),
        (a, b, sign, da, db) => {
          if (sign === '/' && Math.abs(Number(b)) < 0.1) return;
          const found = figure(`(${a}) ${sign} (${b})`);
          const [x, y] = [Number(a) + da, Number(b) + db];
          const truth = { '+': x + y, '-': x - y, '*': x * y, '/': x / y }[sign] as number;
          expect(found.low).toBeLessThanOrEqual(truth + 1e-9 * (1 + Math.abs(truth)));
          expect(found.high).toBeGreaterThanOrEqual(truth - 1e-9 * (1 + Math.abs(truth)));
        },
      ),
    );
  });

  test('comparisons are decided only where exactness leaves no doubt', () => {
    expect(truth('3.7 > 3.6')).toBeNull();
    expect(truth('3.8 > 3.6')).toBe(true);
    expect(truth('3.6 >= 3.8')).toBe(false);
    expect(truth('3.70 = 3.7')).toBe(true);
    expect(truth('0.1 + 0.2 = 0.3')).toBe(true);
    expect(truth('5 != 5')).toBe(false);
    expect(truth('1 km2 = 100 har')).toBe(true);
    expect(truth('"a" = "a"')).toBe(true);
    expect(truth('@nothing > 1 or 2 > 1')).toBe(true);
    expect(errorOf('"a" < 1').code).toBe('type');
  });
});

test('every step of the arithmetic is kept with its place', () => {
  const { steps, facts: used, numbers } = evaluate('share(@women, @people) > 50 %', world);
  expect(steps.map(({ text }) => text)).toEqual(['share(@women, @people)', 'share(@women, @people) > 50 %']);
  expect(used.map(({ id }) => id)).toEqual(['w', 'p']);
  expect(numbers).toEqual([{ value: 50, printed: '50' }]);
});

describe('numbers as sentences print them', () => {
  const of = (text: string, lang: 'en' | 'ru' | 'kk' | 'tr' = 'en') => printedNumber(text, { lang });

  test.each([
    ['About 2,500 MW', 'en', { value: 2500, step: 100, zeros: true, hedge: 'about', unit: 'MW' }],
    ['almost 60 %', 'en', { value: 60, step: 10, hedge: 'almost', unit: '%' }],
    ['2,903.54 MW', 'en', { value: 2903.54, step: 0.01, zeros: false, hedge: 'exactly' }],
    ['1.1 million ha', 'en', { value: 1.1e6, step: 1e5, unit: 'ha' }],
    ['no more than 30', 'en', { value: 30, hedge: 'at-most' }],
    ['more than 30', 'en', { value: 30, hedge: 'more-than' }],
    ['moreover 30', 'en', { value: 30, hedge: 'exactly' }],
    ['>= 1', 'en', { value: 1, hedge: 'at-least' }],
    ['-3.5 %', 'en', { value: -3.5, step: 0.1 }],
    ['около 12,5 тыс. человек', 'ru', { value: 12500, step: 100, hedge: 'about', unit: 'человек' }],
    ['более 1 603 171 га', 'ru', { value: 1603171, step: 1, hedge: 'more-than', unit: 'га' }],
    ['не менее 5 млн', 'ru', { value: 5e6, hedge: 'at-least' }],
    ['надо 5', 'ru', { value: 5, hedge: 'exactly' }],
    ['шамамен 2,5 мың', 'kk', { value: 2500, hedge: 'about' }],
    ['500-ден астам адам', 'kk', { value: 500, hedge: 'more-than' }],
    ["500'den fazla kişi", 'tr', { value: 500, hedge: 'more-than' }],
    ['yaklaşık 1.250,5 hektar', 'tr', { value: 1250.5, hedge: 'about', unit: 'hektar' }],
  ] as const)('%s (%s)', (text, lang, expected) => expect(of(text, lang)).toMatchObject(expected));

  test('years are told from numbers that look like them', () => {
    const years = (text: string) =>
      printedNumbers(text)
        .filter(({ isYear }) => isYear)
        .map(({ value: year }) => year);
    expect(years('In 2022, 2000 people and 2,021 trees; since 1995 (2012)')).toEqual([2022, 1995, 2012]);
    expect(printedNumber('none here')).toBeNull();
    expect(printedNumbers('in 2021 100 ha').map(({ value: found }) => found)).toEqual([2021, 100]);
  });
});
