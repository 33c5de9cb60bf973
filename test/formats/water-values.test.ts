import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { datePeriod, decadePeriod, yearLabel } from '../../src/formats/water-dates.ts';
import { decimalOf, plainNumber, waterValue } from '../../src/formats/water-values.ts';
import { datumNamed, decadeNamed, monthNamed, unitIn, unitNamed, variableNamed } from '../../src/formats/water-words.ts';

const comma = { decimal: ',' } as const;

describe('water values', () => {
  test.each([
    ['12,3', 12.3, []],
    ['1 234,5', 1234.5, []],
    ['12,3*', 12.3, ['noted']],
    ['12,3 лд', 12.3, ['ice']],
    ['12,3)', 12.3, ['ice']],
    ['(12,3)', 12.3, ['approximate']],
    ['~12', 12, ['approximate']],
    ['12,3?', 12.3, ['approximate']],
    ['-4,5', -4.5, []],
    ['−4,5', -4.5, []],
  ])('%s is a number with its sign beside it', (text, value, marks) => {
    expect(waterValue(text, comma)).toEqual({ value, low: null, high: null, marks });
  });

  test.each([
    '',
    '-',
    '–',
    '…',
    'н/д',
    'н.д.',
    'нет',
    'нет данных',
    'нет св.',
    'жоқ',
    'деректер жоқ',
    'yok',
    'NaN',
    'n/a',
    '-999',
    '-9999,0',
  ])('"%s" is no number and no zero', (text) => {
    expect(waterValue(text, comma)).toMatchObject({ value: null, marks: ['missing'] });
  });

  test('dry is 0 only where the user says so', () => {
    expect(waterValue('сухо', comma)).toMatchObject({ value: null, marks: ['dry'] });
    expect(waterValue('прсх', { ...comma, dry: 'zero' })).toMatchObject({ value: 0, marks: ['dry'] });
    expect(waterValue('нет', { ...comma, dry: 'zero' })?.value).toBeNull();
    expect(waterValue('прмз', { ...comma, dry: 'zero' })).toMatchObject({ value: null, marks: ['frozen'] });
  });

  test('a value below a limit has the limit as its upper bound and no number', () => {
    expect(waterValue('<0,5', comma)).toEqual({ value: null, low: 0, high: 0.5, marks: ['below'] });
    expect(waterValue('менее 0,5', comma)).toEqual({ value: null, low: 0, high: 0.5, marks: ['below'] });
    expect(waterValue('>500', comma)).toEqual({ value: null, low: 500, high: null, marks: ['above'] });
  });

  test.each(['1,2,3', 'abc', '12..3', '<', '1-2', '12 Мм', '0x10'])(
    '"%s" cannot be read, and is not made into anything',
    (text) => {
      expect(waterValue(text, comma)).toBeNull();
    },
  );

  test('the decimal mark is that of the numbers; 1,234 alone is asked about', () => {
    expect(decimalOf(['12,5', '1,234'])).toBe(',');
    expect(decimalOf(['1,234.5', '1,234'])).toBe('.');
    expect(decimalOf(['1 234,50'])).toBe(',');
    expect(decimalOf(['1,234', '2,345'])).toBeNull();
    expect(decimalOf(['12', '15'])).toBe('.');
  });

  test('what is written with a mark is read back', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e6, max: 1e6, noNaN: true }),
        fc.constantFrom(',' as const, '.' as const),
        (value, decimal) => {
          const written = String(Number(value.toFixed(3)));
          expect(plainNumber(written.replace('.', decimal), decimal)).toBeCloseTo(Number(written), 9);
        },
      ),
    );
  });

  test('any text ends in a value, a mark or nothing', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const read = waterValue(text, comma);
        expect(read === null || read.value === null || Number.isFinite(read.value)).toBe(true);
      }),
    );
  });
});

describe('water words', () => {
  test.each([
    ['м3/с', 'm3/s', 1],
    ['м³/сек', 'm3/s', 1],
    ['куб. м/с', 'm3/s', 1],
    ['m3 s-1', 'm3/s', 1],
    ['m?s', 'm3/s', 1],
    ['л/с', 'L/s', 1],
    ['млн. м³', 'hm3', 1],
    ['млн м3/год', 'hm3/a', 1],
    ['10^6 m3', 'hm3', 1],
    ['млрд м3', 'km3', 1],
    ['км3/год', 'km3/a', 1],
    ['km3/yr', 'km3/a', 1],
    ['тыс. км2', 'km2', 1000],
    ['мм', 'mm', 1],
    ['мм/сут', 'mm/d', 1],
    ['см', 'cm', 1],
    ['м БС', 'm', 1],
    ['m a.s.l.', 'm', 1],
    ['г/л', 'g/L', 1],
    ['°C', 'Cel', 1],
  ])('%s is %s', (text, unit, factor) => {
    expect(unitNamed(text)).toEqual({ unit, factor });
  });

  test.each(['', '?', 'ед.', 'psu', '‰', 'foo', 'м4'])('"%s" is no unit that is known', (text) => {
    expect(unitNamed(text)).toBeNull();
  });

  test('the unit of a title stands in brackets or behind a comma', () => {
    expect(unitIn('Расход воды, м3/с')).toEqual({ unit: 'м3/с', rest: 'Расход воды' });
    expect(unitIn('Flow (m3/s)')).toEqual({ unit: 'm3/s', rest: 'Flow' });
    expect(unitIn('Расход воды')).toEqual({ unit: null, rest: 'Расход воды' });
  });

  test('a level of a lake is not one of a river, and one of nobody knows what is asked about', () => {
    expect(variableNamed('Уровень воды оз. Балхаш')).toBe('lake-level');
    expect(variableNamed('Уровни воды р. Сырдарья')).toBe('river-level');
    expect(variableNamed('Уровень')).toBeNull();
    expect(variableNamed('Орташа су шығыны')).toBe('river-discharge');
    expect(variableNamed('Осадки')).toBe('precipitation');
  });

  test('zeros of height are told apart', () => {
    expect(datumNamed('м БС')).toBe('baltic-1977');
    expect(datumNamed('EGM2008')).toBe('egm2008');
    expect(datumNamed('см над нулём поста')).toBe('gauge-zero');
    expect(datumNamed('m above sea level')).toBeNull();
  });

  test('months are known in four languages and as Roman numerals, decades beside them', () => {
    expect(
      ['янв.', 'Февраль', 'наурыз', 'Apr', 'Mayıs', 'VI', 'июл', 'тамыз', 'IX', 'окт', 'қараша', 'XII'].map((name) =>
        monthNamed(name),
      ),
    ).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(['temperature', 'map', 'x1', ''].map((name) => monthNamed(name))).toEqual([null, null, null, null]);
    expect(['I', '2', '3 дек.', '1-я', '4'].map((name) => decadeNamed(name))).toEqual([1, 2, 3, 1, null]);
  });
});

describe('water dates', () => {
  test('the third decade goes on to the end of the month', () => {
    expect(decadePeriod(2000, 2, 3)).toEqual({ start: '2000-02-21', end: '2000-03-01' });
    expect(decadePeriod(1999, 12, 3)).toEqual({ start: '1999-12-21', end: '2000-01-01' });
  });

  test.each([
    ['2000-01-02', '2000-01-02', 'day'],
    ['2000/01/02', '2000-01-02', 'day'],
    ['02.01.2000', '2000-01-02', 'day'],
    ['2000-01-00', '2000-01-01', 'month'],
    ['01.2000', '2000-01-01', 'month'],
    ['январь 2000', '2000-01-01', 'month'],
    ['2 января 2000 г.', '2000-01-02', 'day'],
    ['20000102', '2000-01-02', 'day'],
    ['1999 г.', '1999-01-01', 'year'],
    ['2000-01-02T03:04:05+05:00', '2000-01-01T22:04:05Z', 'instant'],
  ])('%s begins %s', (text, start, interval) => {
    const dated = datePeriod(text);
    expect(dated !== null && dated !== 'unclear' ? [dated.period.start, dated.interval] : dated).toEqual([start, interval]);
  });

  test('a day and a month that could be each other are not guessed', () => {
    expect(datePeriod('03/04/1990')).toBe('unclear');
    expect(datePeriod('25/04/1990')).toMatchObject({ period: { start: '1990-04-25' } });
    expect(datePeriod('03/04/1990', 'month-first')).toMatchObject({ period: { start: '1990-03-04' } });
  });

  test('31 February is no date', () => {
    expect([datePeriod('2001-02-31'), datePeriod('31.02.2001'), datePeriod('abc'), datePeriod('12345')]).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });

  test('years of two numbers follow one another', () => {
    expect(yearLabel('1960/61')).toEqual({ start: 1960, end: 1961 });
    expect(yearLabel('1999-00')).toEqual({ start: 1999, end: 2000 });
    expect(yearLabel('1960–1961 гг.')).toEqual({ start: 1960, end: 1961 });
    expect([yearLabel('1960/63'), yearLabel('12'), yearLabel('Средн.')]).toEqual([null, null, null]);
  });
});
