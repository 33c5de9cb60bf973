import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readSpreadsheet } from '../../src/formats/spreadsheet.ts';
import type { Sheet } from '../../src/formats/spreadsheet-cells.ts';
import type { RecordKind } from '../../src/records/catalogue.ts';
import { recordKind } from '../../src/records/catalogue.ts';
import { readSheet } from '../../src/records/lines.ts';
import type { SheetReading } from '../../src/records/reading.ts';
import type { SheetOptions } from '../../src/records/sheet-reader.ts';
import { messyBudget, messyEvents, messyStaff, type RawCell, workbook } from './messy-sheets.ts';
import { budget, events, plans, staff } from './small-kinds.ts';

async function sheetOf(
  rows: RawCell[][],
  more: { name?: string; merged?: string[]; hiddenRows?: number[] } = {},
): Promise<Sheet> {
  const { sheets } = await readSpreadsheet(workbook([{ name: 'S', rows, ...more }]));
  return sheets[0] as Sheet;
}

async function read(
  kind: RecordKind,
  rows: RawCell[][],
  more: { name?: string; merged?: string[]; hiddenRows?: number[] } & SheetOptions = {},
): Promise<SheetReading> {
  const reading = readSheet(await sheetOf(rows, more), kind, more);
  if (reading === null) throw new Error('no header was found');
  return reading;
}

const values = ({ rows }: SheetReading): object[] => rows.map((row) => row.values);
const fieldsOf = ({ understood }: SheetReading): string[] => understood.map(({ letter, field }) => `${letter} ${field}`);
const why = ({ skipped }: SheetReading): string[] => skipped.map(({ row, why: reason }) => `${row} ${reason}`);
const faults = ({ refused }: SheetReading): string[] => refused.map(({ row, field, reason }) => `${row} ${field} ${reason}`);

describe('header', () => {
  test('title rows above it and numbers of columns below it are no records', async () => {
    const reading = await read(staff, [
      ['Сведения о работниках'],
      [null],
      ['Год', 'Категория', 'Всего'],
      [1, 2, 3],
      [2023, 'Инспекторы', 5],
    ]);
    expect(values(reading)).toEqual([{ year: 2023, category: 'rangers', total: 5 }]);
    expect(why(reading)).toEqual(['S!4 numbering']);
  });

  test('two rows of headings are read together, merged or not', async () => {
    const rows = [
      ['Год', 'Категория', 'Численность', null],
      [null, null, 'всего', 'в т.ч. женщин'],
      [2023, 'Наука', 7, 5],
    ];
    for (const merged of [['A1:A2', 'B1:B2', 'C1:D1'], []]) {
      expect(values(await read(staff, rows, { merged }))).toEqual([{ year: 2023, category: 'science', total: 7, female: 5 }]);
    }
  });

  test('case, ё, soft hyphens, look-alike letters and slips of the finger do not matter', async () => {
    const reading = await read(staff, [
      ['ГOД', 'Кате\u00ADгория', 'Всего:', 'Женщны'],
      [2023, 'наука', 1, 1],
    ]);
    expect(fieldsOf(reading)).toEqual(['A year', 'B category', 'C total', 'D female']);
    expect(reading.understood.map(({ how }) => how)).toEqual(['same', 'same', 'same', 'slip']);
  });

  test('a column that may be two fields is listed, and settled by hand', async () => {
    const rows = [
      ['Год', 'Категория', 'Мужчин и женщин', 'Всего'],
      [2023, 'Наука', 4, 9],
    ];
    const first = await read(staff, rows);
    expect(first.ignored).toEqual([expect.objectContaining({ letter: 'C', why: 'tie', fields: ['female', 'male'] })]);
    const second = await read(staff, rows, { byHand: new Map([['Мужчин и женщин', 'other']]) });
    expect(values(second)).toEqual([{ year: 2023, category: 'science', other: 4, total: 9 }]);
    const third = await read(staff, rows, { byHand: new Map([['C', null]]) });
    expect(third.ignored).toEqual([expect.objectContaining({ letter: 'C', why: 'by-hand' })]);
  });

  test('of two columns for one field the better is taken; of two as good neither', async () => {
    const better = await read(staff, [
      ['Год', 'Категория', 'Всего', 'Всегоо работ'],
      [2023, 'Наука', 1, 2],
    ]);
    expect(values(better)).toEqual([{ year: 2023, category: 'science', total: 1 }]);
    const equal = await read(staff, [
      ['Год', 'Категория', 'Всего', 'Численность', 'Женщины'],
      [2023, 'Наука', 1, 2, 0],
    ]);
    expect(equal.ignored.map(({ letter, why: reason }) => `${letter} ${reason}`)).toEqual(['C tie', 'D tie']);
  });

  test('a sheet without our columns is not read', async () => {
    expect(
      readSheet(
        await sheetOf([
          ['Имя', 'Телефон'],
          ['А', 'Б'],
        ]),
        staff,
      ),
    ).toBeNull();
  });

  test('the header is found below forty rows of nothing but titles only where it is', async () => {
    const rows: RawCell[][] = [
      ...Array.from({ length: 10 }, (_, i) => [`Строка ${i}`]),
      ['Год', 'Категория', 'Всего'],
      [2023, 'Наука', 1],
    ];
    expect(values(await read(staff, rows))).toHaveLength(1);
  });

  test('a column past Z that only its choices tell is lettered as the program does', async () => {
    const wide = (first: RawCell[], last: RawCell): RawCell[] => [...first, ...Array.from({ length: 24 }, () => null), last];
    const reading = await read(staff, [wide(['Год', 'Всего'], null), wide([2022, 5], 'Инспекторы'), wide([2023, 7], 'Наука')]);
    expect(fieldsOf(reading)).toEqual(['A year', 'B total', 'AA category']);
  });
});

describe('units', () => {
  test('the header may say thousands and the currency', async () => {
    const reading = await read(budget, [
      ['Год', 'Источник', 'Сумма, тыс. тенге'],
      [2023, 'Гранты', '12,5'],
    ]);
    expect(values(reading)).toEqual([{ year: 2023, source: 'grant', amount: 12500, currency: 'KZT' }]);
  });

  test('the unit of a heading holds for the columns below it', async () => {
    const rows = [
      ['Год', 'Источник', 'Сумма, тыс. тенге', null],
      [null, null, 'план', 'факт'],
      [2023, 'Гранты', 5, 4],
    ];
    for (const merged of [['A1:A2', 'B1:B2', 'C1:D1'], []]) {
      expect(values(await read(budget, rows, { merged }))).toEqual([
        { year: 2023, source: 'grant', kind: 'budget', amount: 5000, currency: 'KZT' },
        { year: 2023, source: 'grant', kind: 'expenditure', amount: 4000, currency: 'KZT' },
      ]);
    }
    const alone = [
      [null, 'Сумма, тыс. тенге за 2023 г.', null],
      ['Источник', 'план', 'факт'],
      ['Гранты', 5, 4],
    ];
    expect(values(await read(budget, alone, { merged: ['B1:C1'] }))).toMatchObject([
      { year: 2023, amount: 5000 },
      { year: 2023, amount: 4000 },
    ]);
  });

  test('so may a title above the table, and a cell speaks for itself', async () => {
    const reading = await read(budget, [
      [null, null, '(млн тг)'],
      ['Год', 'Источник', 'Сумма'],
      [2023, 'Гранты', 1.1],
      [2022, 'Гранты', '500 тыс. долл.'],
    ]);
    expect(values(reading)).toEqual([
      { year: 2023, source: 'grant', amount: 1_100_000, currency: 'KZT' },
      { year: 2022, source: 'grant', amount: 500_000, currency: 'USD' },
    ]);
    expect(reading.unit).toMatchObject({ factor: 1e6, currency: 'KZT' });
  });

  test('a sum without a currency is refused; a currency may be given; two for one sum are refused', async () => {
    const rows = [
      ['Год', 'Источник', 'Сумма'],
      [2023, 'Гранты', 5],
    ];
    expect(faults(await read(budget, rows))).toEqual(['S!2 currency currency-missing']);
    expect(values(await read(budget, rows, { set: { currency: 'EUR' } }))).toEqual([
      { year: 2023, source: 'grant', amount: 5, currency: 'EUR' },
    ]);
    expect(
      faults(
        await read(budget, [
          ['Год', 'Источник', 'Сумма', 'Валюта'],
          [2023, 'Гранты', '5 тг', 'USD'],
        ]),
      ),
    ).toEqual(['S!2 currency currency-two']);
  });

  test('a number that may be read in two ways is refused, unless its column tells', async () => {
    const head = ['Год', 'Источник', 'Сумма, тенге'];
    expect(faults(await read(budget, [head, [2023, 'Гранты', '12,500']]))).toEqual(['S!2 amount number-two-ways']);
    expect(values(await read(budget, [head, [2023, 'Гранты', '12,500'], [2022, 'Гранты', '7,5']]))[0]).toMatchObject({
      amount: 12.5,
    });
  });
});

describe('years and classes as columns', () => {
  test('each year is a record of its own, a blank is none', async () => {
    const reading = await read(staff, [
      ['Категория', '2021 год', 2022, '2023 г.'],
      ['Наука', 5, null, 7],
      ['Инспекторы', 50, 51, '–'],
    ]);
    expect(values(reading)).toEqual([
      { year: 2021, category: 'science', total: 5 },
      { year: 2023, category: 'science', total: 7 },
      { year: 2021, category: 'rangers', total: 50 },
      { year: 2022, category: 'rangers', total: 51 },
    ]);
  });

  test('under a year may stand a field or a choice', async () => {
    const people = await read(
      staff,
      [
        ['Категория', '2022', null, '2023', null],
        [null, 'всего', 'женщин', 'всего', 'женщин'],
        ['Наука', 5, 3, 6, 4],
      ],
      { merged: ['A1:A2', 'B1:C1', 'D1:E1'] },
    );
    expect(values(people)).toEqual([
      { year: 2022, category: 'science', total: 5, female: 3 },
      { year: 2023, category: 'science', total: 6, female: 4 },
    ]);
    const money = await read(
      budget,
      [
        ['Источник', '2022', null],
        [null, 'план', 'факт'],
        ['Гранты', 5, 4],
      ],
      { merged: ['B1:C1'], set: { currency: 'KZT' } },
    );
    expect(values(money)).toEqual([
      { year: 2022, source: 'grant', kind: 'budget', amount: 5, currency: 'KZT' },
      { year: 2022, source: 'grant', kind: 'expenditure', amount: 4, currency: 'KZT' },
    ]);
  });

  test('categories as columns; the column of their sum is no record', async () => {
    const reading = await read(staff, [
      ['Год', 'Всего', 'Инспекторы', 'Наука'],
      [2022, 55, 50, 5],
      [2023, 58, 51, 7],
    ]);
    expect(values(reading)).toHaveLength(4);
    expect(values(reading)[0]).toEqual({ year: 2022, category: 'rangers', total: 50 });
    expect(reading.ignored).toEqual([expect.objectContaining({ letter: 'B', why: 'sum' })]);
  });

  test('a column without a heading is known by the choices in it', async () => {
    const reading = await read(staff, [
      [null, '2022', '2023'],
      ['Наука', 5, 6],
      ['Инспекторы', 50, 51],
    ]);
    expect(values(reading)).toHaveLength(4);
    expect(reading.understood.find(({ field }) => field === 'category')?.how).toBe('content');
  });
});

describe('rows', () => {
  const head = ['Год', 'Категория', 'Всего', 'Женщины'];

  test('a total row is not taken for a category, and is held against the rows', async () => {
    const reading = await read(staff, [head, [2023, 'Наука', 7, 5], [2023, 'Инспекторы', 52, 3], [null, 'Итого', 60, 8]]);
    expect(values(reading)).toHaveLength(2);
    expect(why(reading)).toEqual(['S!4 total']);
    expect(reading.totals.map(({ field, stated, sum, agrees }) => ({ field, stated, sum, agrees }))).toEqual([
      { field: 'total', stated: 60, sum: 59, agrees: false },
      { field: 'female', stated: 8, sum: 8, agrees: true },
    ]);
  });

  test.each(['Итого', 'ВСЕГО:', 'Барлығы', 'Жиынтығы', 'Total', 'Toplam', 'Итого по резервату'])(
    '%s is a total',
    async (label) => {
      expect(why(await read(staff, [head, [2023, 'Наука', 7, 5], [null, label, 7, 5]]))).toEqual(['S!3 total']);
    },
  );

  test('a heading inside the table holds for the rows below it', async () => {
    const reading = await read(
      staff,
      [
        head,
        ['Постоянные работники', null, null, null],
        [2023, 'Наука', 7, 5],
        ['Сезонные:', null, null, null],
        [2023, 'Наука', 2, 0],
      ],
      { merged: ['A2:D2', 'A4:D4'] },
    );
    expect(values(reading)).toEqual([
      { year: 2023, category: 'science', contract: 'permanent', total: 7, female: 5 },
      { year: 2023, category: 'science', contract: 'seasonal', total: 2, female: 0 },
    ]);
  });

  test('a heading that names nothing ends the one before it: nothing is laid under the wrong one', async () => {
    const rows = [
      ['Год', 'Сумма, тенге'],
      ['Гранты', null],
      [2023, 5],
      ['Поступления от аренды', null],
      [2023, 6],
    ];
    const reading = await read(budget, rows, { merged: ['A2:B2', 'A4:B4'] });
    expect(values(reading)).toEqual([{ year: 2023, source: 'grant', amount: 5, currency: 'KZT' }]);
    expect(faults(reading)).toEqual(['S!5 source missing']);
    expect(why(reading)).toEqual(['S!2 section', 'S!4 section-unknown']);
  });

  test('a repeated header, empty rows, notes and breakdowns are told and counted', async () => {
    const reading = await read(staff, [
      head,
      [2023, 'Наука', 7, 5],
      ['в том числе: кандидаты наук', null, 2, null],
      [null],
      head,
      [2023, 'Инспекторы', 5, null],
      ['* без декретниц'],
    ]);
    expect(why(reading)).toEqual(['S!3 part', 'S!4 empty', 'S!5 header', 'S!7 note']);
    expect(values(reading)).toHaveLength(2);
  });

  test('"the same" takes what stands above', async () => {
    const reading = await read(staff, [
      head,
      [2023, 'Наука', 7, 5],
      ['–//–', 'Инспекторы', 3, 1],
      ['"', 'Прочий персонал', 4, 1],
    ]);
    expect(values(reading).map((row) => (row as { year: number }).year)).toEqual([2023, 2023, 2023]);
  });

  test('what is not known is never zero, and zero is never unknown', async () => {
    const unknown = ['–', '-', 'нет данных', 'н/д', '...', 'деректер жоқ', 'n/a', 'veri yok'];
    for (const text of unknown)
      expect(values(await read(staff, [head, [2023, 'Наука', 7, text]]))).toEqual([
        { year: 2023, category: 'science', total: 7 },
      ]);
    expect(values(await read(staff, [head, [2023, 'Наука', 7, 0]]))).toEqual([
      { year: 2023, category: 'science', total: 7, female: 0 },
    ]);
  });

  test('a total that is absent is not made up from women and men', async () => {
    const reading = await read(staff, [
      ['Год', 'Категория', 'Женщины', 'Мужчины'],
      [2023, 'Наука', 5, 2],
    ]);
    expect(values(reading)).toEqual([{ year: 2023, category: 'science', female: 5, male: 2 }]);
  });

  test('a total less than its parts is refused', async () => {
    expect(faults(await read(staff, [head, [2023, 'Наука', 3, 5]]))).toEqual(['S!2 total total-less']);
  });

  test('each fault names row, field and what was found; the rest is taken', async () => {
    const reading = await read(staff, [
      head,
      [2023, 'Наука', 7, 5],
      [2023, 'Хор', 2, 1],
      ['давно', 'Наука', 'пять', 1.5],
      [2023, null, 4, 1],
      [2023, 'Наука', { error: '#DIV/0!' }, 1],
    ]);
    expect(values(reading)).toHaveLength(1);
    expect(faults(reading)).toEqual([
      'S!3 category choice',
      'S!4 year year',
      'S!4 total integer',
      'S!4 female integer',
      'S!5 category missing',
      'S!6 total error-cell',
    ]);
    expect(reading.refused[0]).toMatchObject({
      found: 'Хор',
      details: { expected: { ru: 'Инспекторы, Наука, Прочий персонал' } },
    });
  });

  test('a number merged over several rows stands once', async () => {
    const reading = await read(
      staff,
      [
        ['Год', 'Категория', 'Всего', 'Примечание'],
        [2023, 'Наука', 7, 'а'],
        [2023, 'Инспекторы', null, 'б'],
      ],
      { merged: ['C2:C3'] },
    );
    expect(values(reading)).toEqual([{ year: 2023, category: 'science', total: 7, note: 'а' }]);
    expect(why(reading)).toEqual(['S!3 blank']);
  });

  test('hidden rows are read and counted', async () => {
    const reading = await read(staff, [head, [2023, 'Наука', 7, 5], [2022, 'Наука', 7, 5]], { hiddenRows: [3] });
    expect(values(reading)).toHaveLength(2);
    expect(reading.hidden).toBe(1);
  });
});

test('a word taken for a choice by a part of it is told', async () => {
  const reading = await read(staff, [
    ['Год', 'Категория', 'Всего'],
    [2023, 'Научный отдел ГПЗ', 7],
    [2022, 'Научный отдел ГПЗ', 7],
    [2021, 'Наука', 6],
  ]);
  expect(reading.loosely).toEqual([{ field: 'category', found: 'Научный отдел ГПЗ', value: 'science', rows: 2 }]);
});

describe('values that no column gives', () => {
  const rows = [
    ['Категория', 'Всего'],
    ['Наука', 7],
  ];

  test('by hand, counted', async () => {
    const reading = await read(staff, rows, { set: { year: 2023 } });
    expect(values(reading)).toEqual([{ year: 2023, category: 'science', total: 7 }]);
    expect(reading.given).toEqual([{ field: 'year', value: 2023, from: 'set', rows: 1 }]);
  });

  test('the one year of the title, or of the sheet’s name; not one of two', async () => {
    expect((await read(staff, [['Штат на 31.12.2022'], ...rows])).given).toMatchObject([{ value: 2022, from: 'title' }]);
    expect((await read(staff, rows, { name: '2021' })).given).toMatchObject([{ value: 2021, from: 'sheet' }]);
    expect(faults(await read(staff, [['Штат за 2013–2022 годы'], ...rows]))).toEqual(['S!3 year missing']);
  });
});

describe('fields of other types', () => {
  test('yes and no in four languages, dates of all sorts, lists', async () => {
    const themes = [
      { id: 'birds', label: { ru: 'Птицы', en: 'Birds' }, words: [] },
      { id: 'air', label: { ru: 'Вода, воздух и почва' }, words: [] },
    ];
    const head = ['Название', 'Принят', 'Обязателен', 'Темы'];
    const said: [RawCell, boolean][] = [
      ['да', true],
      ['иә', true],
      ['Yes', true],
      ['evet', true],
      ['+', true],
      [true, true],
      ['нет', false],
      ['жоқ', false],
      ['hayır', false],
      [0, false],
    ];
    const reading = await read(
      plans,
      [head, ...said.map(([word], i): RawCell[] => [`План ${i}`, '12 мая 2023 г.', word, 'птицы; Вода, воздух и почва'])],
      { themes },
    );
    expect(values(reading)).toEqual(
      said.map(([, binding], i) => ({ title: `План ${i}`, adopted: '2023-05-12', binding, themes: ['birds', 'air'] })),
    );
  });

  test('an end before the beginning is refused', async () => {
    expect(
      faults(
        await read(plans, [
          ['Название', 'Начало', 'Окончание'],
          ['План', 2024, 2020],
        ]),
      ),
    ).toEqual(['S!2 end order']);
  });

  test('a number that lost its format of a date is still a day', async () => {
    expect(
      values(
        await read(plans, [
          ['Название', 'Принят'],
          ['План', 45292],
        ]),
      ),
    ).toEqual([{ title: 'План', adopted: '2024-01-01' }]);
  });

  test('several organisations in the cell of one', async () => {
    const reading = await read(events, [
      ['Название', 'Дата', 'Вид', 'Организатор'],
      ['А', 2023, 'Семинар', 'АСБК; Акимат'],
    ]);
    expect(values(reading)[0]).toMatchObject({ organiser: ['АСБК', 'Акимат'] });
  });
});

test('the order of rows changes nothing but the order', async () => {
  const row = fc.record({
    year: fc.integer({ min: 2010, max: 2030 }),
    category: fc.constantFrom('Наука', 'охрана', 'хор', ''),
    total: fc.oneof(fc.nat(99), fc.constant('н/д'), fc.constant('пять')),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 8 }), fc.integer(), async (list, seed) => {
      const head = ['Год', 'Категория', 'Всего'];
      const rows = list.map(({ year, category, total }): RawCell[] => [year, category === '' ? null : category, total]);
      const turned = [...rows.slice(Math.abs(seed) % rows.length), ...rows.slice(0, Math.abs(seed) % rows.length)];
      const sorted = async (table: RawCell[][]): Promise<string[]> => {
        const reading = await read(staff, [head, ...table]);
        return [
          ...reading.rows.map(({ values: of }) => JSON.stringify(of)),
          ...reading.refused.map(({ field, found }) => `${field} ${found}`),
        ].sort();
      };
      expect(await sorted(turned)).toEqual(await sorted(rows));
    }),
    { numRuns: 25 },
  );
});

test('whatever stands in a sheet, each row is a record, refused or skipped', async () => {
  const cell = fc.oneof(
    fc.constantFrom<RawCell>(null, 'Итого', 'Наука', 'Постоянные', '–', '"', 2023, '12-14.05.2023', 'в т.ч.', '* прим.', true, {
      error: '#REF!',
    }),
    fc.string({ maxLength: 12 }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(cell, { minLength: 4, maxLength: 4 }), { minLength: 1, maxLength: 6 }), async (rows) => {
      const reading = await read(staff, [['Год', 'Категория', 'Всего', 'Женщины'], ...rows]);
      const told = new Set([...reading.rows, ...reading.refused, ...reading.skipped].map(({ row }) => row));
      const sheet = await sheetOf([['Год', 'Категория', 'Всего', 'Женщины'], ...rows]);
      expect(told.size).toBe(sheet.rows.length - 1);
    }),
    { numRuns: 60 },
  );
});

describe('messy sheets of a reserve, with the catalogue’s kinds', () => {
  const readFile = async (id: string, file: ReturnType<typeof messyStaff>): Promise<SheetReading> => {
    const kind = recordKind(id) as RecordKind;
    const sheet = (await readSpreadsheet(file)).sheets.find(({ hidden }) => !hidden) as Sheet;
    return readSheet(sheet, kind) as SheetReading;
  };

  test('staff: contracts from headings, the year from the title, a total that is wrong', async () => {
    const reading = await readFile('staff', messyStaff());
    expect(values(reading)).toEqual([
      { year: 2023, category: 'management', contract: 'permanent', total: 9, female: 4 },
      { year: 2023, category: 'rangers', contract: 'permanent', total: 52, female: 3, note: 'инспекторы' },
      { year: 2023, category: 'science', contract: 'permanent', total: 7, female: 5 },
      { year: 2023, category: 'education', contract: 'permanent', total: 6, female: 5 },
      { year: 2023, category: 'rangers', contract: 'seasonal', total: 12, note: 'пожароопасный период' },
      { year: 2023, category: 'support', contract: 'seasonal', total: 4 },
    ]);
    expect(reading.totals.filter(({ agrees }) => !agrees)).toEqual([
      expect.objectContaining({ row: 'Штат!17', stated: 91, sum: 90 }),
    ]);
    expect(reading.refused).toEqual([]);
  });

  test('budget: years and plan or fact as columns, thousands from the title, an error cell', async () => {
    const reading = await readFile('budget', messyBudget());
    expect(values(reading)).toHaveLength(17);
    expect(values(reading)[0]).toEqual({
      year: 2021,
      source: 'state-budget',
      kind: 'budget',
      amount: 210_500_000,
      currency: 'KZT',
    });
    expect(values(reading)).toContainEqual({
      year: 2022,
      source: 'own-income',
      kind: 'expenditure',
      amount: 4_812_300,
      currency: 'KZT',
    });
    expect(faults(reading)).toEqual(['Финансирование!7 amount error-cell']);
    expect(reading.totals.every(({ agrees }) => agrees)).toBe(true);
  });

  test('events: dates of all sorts, a date that cannot be, a count that cannot be', async () => {
    const reading = await readFile('events', messyEvents());
    expect(values(reading).map((row) => (row as { date: string }).date)).toEqual([
      '2023-04-21',
      '2023-05-12/2023-05-14',
      '2023-05-12',
      '2023-03',
    ]);
    expect(faults(reading)).toEqual(['Мероприятия!7 date period', 'Мероприятия!8 total total-less']);
  });
});
