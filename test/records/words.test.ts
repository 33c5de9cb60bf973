import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dateOf, periodTextOf, shortened } from '../../src/records/dates.ts';
import { currencyOf, decimalMark, readNumber, unitOf } from '../../src/records/numbers.ts';
import { distance, languageOf, likeness, phrase, plain, slug } from '../../src/records/words.ts';

const like = (a: string, b: string): number => likeness(phrase(a), phrase(b));

describe('words', () => {
  test.each([
    ['  Отчётный   ГОД: ', 'отчетный год'],
    ['Числен\u00ADность', 'численность'],
    ['Cуммa', 'сумма'], // Latin C and a
    ['Кол-во\u00A0чел.', 'кол во чел'],
    ['İşbirliği', 'işbirliği'],
  ])('%j is %j', (found, expected) => expect(plain(found)).toBe(expected));

  test('a slip of the finger in a long word is forgiven, in a short one it is not', () => {
    expect(like('наименовние', 'наименование')).toBe(0.8);
    expect(like('гот', 'год')).toBe(0);
    expect(like('женщин', 'женщины')).toBeGreaterThanOrEqual(0.7);
  });

  test('a part of a longer text counts by its share', () => {
    expect(like('Наименование проекта (мероприятия)', 'наименование проекта')).toBeGreaterThan(
      like('Наименование проекта (мероприятия)', 'проект'),
    );
  });

  test('the distance of swapped letters is one', () => {
    expect(distance('бюджет', 'бюдежт')).toBe(1);
    expect(distance('kitten', 'sitting')).toBe(3); // Levenshtein's example of textbooks
  });

  test('a slug is readable, and tells long texts apart that begin alike', () => {
    expect(slug('Ағаш отырғызу акциясы')).toBe('agash-otyrgyzu-aktsiyasy');
    expect(slug('Майский марш, 2023')).toBe('maiskii-marsh-2023');
    const long = 'Семинар по устойчивому развитию сельских территорий вокруг озера';
    expect(slug(`${long} А`)).not.toBe(slug(`${long} Б`));
    fc.assert(fc.property(fc.string(), (text) => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug(text))));
  });

  test.each([
    ['Жиналыс', 'ru'],
    ['Қауымдастық', 'kk'],
    ['Workshop', 'en'],
    ['Çalıştay', 'tr'],
  ])('%s is %s', (text, lang) => expect(languageOf(text)).toBe(lang));
});

describe('dates', () => {
  test.each([
    ['12.05.2023', '2023-05-12'],
    ['12/05/2023', '2023-05-12'],
    ['05/13/2023', '2023-05-13'],
    ['12 мая 2023 г.', '2023-05-12'],
    ['2023 жылғы 12 мамыр', '2023-05-12'],
    ['12 Mayıs 2023', '2023-05-12'],
    ['May 12, 2023', '2023-05-12'],
    ['12 мамыр 2023 ж.', '2023-05-12'],
    ['1 августа 2021 года', '2021-08-01'],
    ['май 2023', '2023-05'],
    ['05.2023', '2023-05'],
    ['2023 г.', '2023'],
    ['2023', '2023'],
    ['2023-05-12 00:00:00', '2023-05-12'],
    ['12.05.23', '2023-05-12'],
    ['31.02.2023', null],
    ['15 мая', null],
    ['весной 2023', null],
    ['2023-2021', null],
  ])('%s', (text, iso) => expect(dateOf(text)).toBe(iso));

  test.each([
    ['12-14.05.2023', '2023-05-12/2023-05-14'],
    ['12.05.2023 – 14.05.2023', '2023-05-12/2023-05-14'],
    ['с 12.05.2023 по 14.05.2023', '2023-05-12/2023-05-14'],
    ['28.04 - 02.05.2023', '2023-04-28/2023-05-02'],
    ['28 апреля – 2 мая 2023 г.', '2023-04-28/2023-05-02'],
    ['12–14 мая 2023 г.', '2023-05-12/2023-05-14'],
    ['May 12-14, 2023', '2023-05-12/2023-05-14'],
    ['апрель-май 2023', '2023-04/2023-05'],
    ['2019–2021 гг.', '2019/2021'],
    ['01.01.2023-31.12.2023', '2023'],
    ['14.05.2023 – 12.05.2023', null],
  ])('%s', (text, iso) => expect(periodTextOf(text)).toBe(iso));

  const day = fc
    .date({ min: new Date('1950-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10));
  test('every day is read again from how it is written, day first', () => {
    fc.assert(fc.property(day, (iso) => dateOf(iso.split('-').reverse().join('.')) === iso && dateOf(iso) === iso));
  });
  test('a period and its shortest text are the same period', () => {
    fc.assert(
      fc.property(day, day, (a, b) => {
        const [start, end] = a < b ? [a, b] : [b, a];
        const text = shortened(`${start}/${end}`);
        return periodTextOf(text) === text && shortened(text) === text;
      }),
    );
  });
});

describe('numbers', () => {
  test.each([
    ['12 500,50 тг', null, 12500.5, 'KZT'],
    ['1\u00A0234', null, 1234, null],
    ['12\u2009500', null, 12500, null],
    ['(1 200)', null, -1200, null],
    ['−5', null, -5, null],
    ['1.234,5', null, 1234.5, null],
    ['1,234.5', null, 1234.5, null],
    ['1.234.567', null, 1234567, null],
    ['5 чел.', null, 5, null],
    ['7*', null, 7, null],
    ['$1,200,000', null, 1200000, 'USD'],
    ['12,500', ',', 12.5, null],
    ['12,500', '.', 12500, null],
    ['12,500', null, null, null],
    ['0,500', null, 0.5, null],
    ['120 (из них 4)', null, null, null],
    ['около 12', null, null, null],
    ['десять', null, null, null],
  ] as const)('%s with %s for decimals is %s', (text, decimal, value, currency) => {
    const read = readNumber(text, decimal);
    expect(read?.value ?? null).toBe(value);
    if (value !== null) expect(read?.currency ?? null).toBe(currency);
  });

  test('the other numbers of a column tell the decimal mark', () => {
    expect(decimalMark(['12,500', '7,5'])).toBe(',');
    expect(decimalMark(['12,500', '7.5'])).toBe('.');
    expect(decimalMark(['12,500', '1 200'])).toBeNull();
    expect(decimalMark(['7,5', '7.5'])).toBeNull();
  });

  test.each([
    ['Сумма, тыс. тенге', 'Сумма', 1000, 'KZT'],
    ['Объём финансирования (млн тг)', 'Объём финансирования', 1e6, 'KZT'],
    ['Объём, в тыс. тенге', 'Объём', 1000, 'KZT'],
    ['Қаржы көлемі, мың теңге', 'Қаржы көлемі', 1000, 'KZT'],
    ['Amount (USD)', 'Amount', 1, 'USD'],
    ['Bütçe (bin TL)', 'Bütçe', 1000, 'TRY'],
    ['Численность', 'Численность', 1, null],
  ])('%s', (text, rest, factor, currency) => expect(unitOf(text)).toEqual({ rest, factor, currency }));

  test('a currency is a word or a code', () => {
    expect(['тенге', 'KZT', 'долл. США', '€', 'SEK', 'много'].map(currencyOf)).toEqual(['KZT', 'KZT', 'USD', 'EUR', 'SEK', null]);
  });

  test('every number is read again from how Russian writes it', () => {
    fc.assert(
      fc.property(fc.integer({ min: -999_999_999, max: 999_999_999 }), fc.integer({ min: 0, max: 99 }), (whole, cents) => {
        const value = Number(`${whole}.${String(cents).padStart(2, '0')}`);
        const text = new Intl.NumberFormat('ru', { minimumFractionDigits: 2 }).format(value);
        return readNumber(text, null)?.value === value || Object.is(value, -0);
      }),
    );
  });
});
