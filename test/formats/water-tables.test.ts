/** Tables of years by months and decades, of days, and with a row for each date, in the shapes in which people keep them. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readWaterSeries, readWrittenSeries } from '../../src/formats/water-open.ts';
import type { SeriesOptions, WaterSeries } from '../../src/formats/water-series.ts';
import { workbook } from '../records/messy-sheets.ts';
import { problemOf } from './expect-problem.ts';

const utf8 = (text: string) => ({ name: 'a.csv', bytes: new TextEncoder().encode(text) });
/** Windows-1251, as Excel in Kazakhstan saves CSV. */
const cp1251 = (text: string) => ({
  name: 'a.csv',
  bytes: Uint8Array.from(
    [...text].map((letter) =>
      /[А-я]/.test(letter) ? letter.charCodeAt(0) - 0x350 : letter === '–' ? 0x96 : letter.charCodeAt(0),
    ),
  ),
});
const only = async (file: { name: string; bytes: Uint8Array }, options: SeriesOptions = {}): Promise<WaterSeries> => {
  const { series } = await readWaterSeries(file, options);
  expect(series).toHaveLength(1);
  return series[0] as WaterSeries;
};
const values = ({ points }: Pick<WaterSeries, 'points'>): (number | null)[] => points.map(({ value }) => value);
const starts = ({ points }: Pick<WaterSeries, 'points'>): string[] => points.map(({ period }) => period.start);
const ROMAN = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X', 'XI', 'XII'];

describe('tables of decades', () => {
  const title = 'Среднедекадные расходы воды р. Сырдарья – г.п. Казалинск, м3/с';
  const header = `;${ROMAN.map((name) => `${name};;`).join(';')};Ср.\nГод${';1;2;3'.repeat(12)};`;
  const year = (of: number): string => `${of};${Array.from({ length: 36 }, (_, i) => `${i},5`).join(';')};18,0`;

  test('semicolons, decimal commas, Windows-1251 and months over three columns', async () => {
    const series = await only(cp1251(`${title}\n${header}\n${year(1990)}\n${year(1991)}\nСредн.;1;2\n`));
    expect(series).toMatchObject({
      variable: 'river-discharge',
      unit: 'm3/s',
      interval: 'decade',
      station: { name: 'Сырдарья – Казалинск', river: 'Сырдарья' },
    });
    expect(series.points).toHaveLength(72);
    expect(series.points[0]).toMatchObject({
      period: { start: '1990-01-01', end: '1990-01-11' },
      value: 0.5,
      row: 'B4',
      text: '0,5',
    });
    expect(series.points[35]).toMatchObject({ period: { start: '1990-12-21', end: '1991-01-01' }, value: 35.5, row: 'AK4' });
    expect(series.notes).toEqual([{ key: 'left-out', details: { count: 2 } }]); // the yearly mean and the row of means
  });

  test('merged headings of a workbook, with month names and Roman decades, in Kazakh', async () => {
    const names = [
      'қаңтар',
      'ақпан',
      'наурыз',
      'сәуір',
      'мамыр',
      'маусым',
      'шілде',
      'тамыз',
      'қыркүйек',
      'қазан',
      'қараша',
      'желтоқсан',
    ];
    const letters = (at: number): string =>
      (at < 26 ? '' : String.fromCharCode(64 + Math.floor(at / 26))) + String.fromCharCode(65 + (at % 26));
    const file = workbook([
      {
        name: 'Қазалы',
        rows: [
          ['Су шығыны, м3/с'],
          ['Жыл', ...names.flatMap((name) => [name, null, null])],
          [null, ...names.flatMap(() => ['I', 'II', 'III'])],
          [2001, ...Array.from({ length: 36 }, (_, i) => i + 0.25)],
        ],
        merged: names.map((_, i) => `${letters(1 + 3 * i)}2:${letters(3 + 3 * i)}2`),
      },
    ]);
    const series = await only(file);
    expect(series).toMatchObject({ variable: 'river-discharge', station: { name: 'Қазалы' }, interval: 'decade' });
    expect(series.points[34]).toMatchObject({
      period: { start: '2001-12-11', end: '2001-12-21' },
      value: 34.25,
      row: 'Қазалы!AJ4',
    });
  });

  test('months and decades in rows, years in columns', async () => {
    const rows = ['янв', 'фев', 'мар', 'апр'].flatMap((month, m) =>
      [1, 2, 3].map((decade) => `${decade === 1 ? month : ''};${decade};${m * 3 + decade};${100 + m * 3 + decade}`),
    );
    const series = await only(utf8(`Расход, м3/с;;1990;1991\n${rows.join('\n')}\n`));
    expect(series.interval).toBe('decade');
    expect(starts(series).slice(0, 2)).toEqual(['1990-01-01', '1990-01-11']);
    expect(values(series)[12]).toBe(101);
    expect(series.points[12]?.row).toBe('D2');
  });

  test('a row for each month with its decades, the year beside the first one only', async () => {
    const series = await only(
      utf8('Расход, м3/с\nГод;Месяц;I;II;III;Ср.\n1990;янв;10,5;11;12;11,2\n;фев;13;14;15;14\n1991;I;16;17;18;17\n'),
    );
    expect(series.points.map(({ period, value }) => [period.start, value])).toEqual([
      ['1990-01-01', 10.5],
      ['1990-01-11', 11],
      ['1990-01-21', 12],
      ['1990-02-01', 13],
      ['1990-02-11', 14],
      ['1990-02-21', 15],
      ['1991-01-01', 16],
      ['1991-01-11', 17],
      ['1991-01-21', 18],
    ]);
    expect(series.interval).toBe('decade');
    expect(series.notes).toEqual([{ key: 'left-out', details: { count: 1 } }]);
  });

  test('a row for each month with its days', async () => {
    const days = Array.from({ length: 31 }, (_, i) => i + 1);
    const series = await only(
      utf8(`Расход, м3/с\nГод;Месяц;${days.join(';')}\n2001;2;${days.map((day) => (day <= 28 ? `${day},5` : '')).join(';')}\n`),
    );
    expect(series.points).toHaveLength(28);
    expect(series.points[27]).toMatchObject({ period: { start: '2001-02-28', end: '2001-03-01' }, value: 28.5 });
  });

  test('decades by their days', async () => {
    const head = ['I', 'II', 'III', 'IV'].map((month) => `${month};;`).join(';');
    const series = await only(
      utf8(`Расход, м3/с;${head}\n${';1-10;11-20;21-31'.repeat(4)}\n1990;${Array.from({ length: 12 }, (_, i) => i).join(';')}\n`),
    );
    expect(starts(series)[5]).toBe('1990-02-21');
  });

  test('month and decade in one heading', async () => {
    const head = ['I', 'II', 'III', 'IV'].flatMap((month) => [1, 2, 3].map((decade) => `${month}-${decade}`)).join(';');
    const series = await only(utf8(`Год;${head}\n1990;${Array.from({ length: 12 }, (_, i) => i).join(';')}\n`), {
      variable: 'precipitation',
      unit: 'mm',
      station: 'A',
    });
    expect(starts(series).at(-1)).toBe('1990-04-21');
  });

  test('years and 36 columns without a heading are decades from January on, which is told', async () => {
    const series = await only(
      utf8(
        `1990,${Array.from({ length: 36 }, (_, i) => i).join(',')}\n1991,${Array.from({ length: 36 }, (_, i) => i).join(',')}\n`,
      ),
      {
        variable: 'river-discharge',
        unit: 'm3/s',
      },
    );
    expect(series.points[35]).toMatchObject({ period: { start: '1990-12-21' }, value: 35 });
    expect(series.notes.map(({ key }) => key)).toEqual(['months-assumed']);
  });

  test('what is written as a table is read back: value, period and cell', async () => {
    const cell = fc.option(
      fc.integer({ min: 0, max: 99_999 }).map((n) => n / 10),
      { nil: null },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(cell, { minLength: 36, maxLength: 36 }), { minLength: 1, maxLength: 4 }),
        fc.constantFrom(';', '\t'),
        fc.integer({ min: 1900, max: 2090 }),
        async (rows, separator, first) => {
          const text = [
            `Расход, м3/с${ROMAN.flatMap((name) => [name, '', ''])
              .map((name) => separator + name)
              .join('')}`,
            `${Array.from({ length: 36 }, (_, i) => separator + ((i % 3) + 1)).join('')}`,
            ...rows.map((row, i) =>
              [first + i, ...row.map((value) => (value === null ? '-' : value.toFixed(1).replace('.', ',')))].join(separator),
            ),
          ].join('\n');
          const { points } = await only(utf8(text));
          expect(points.map(({ value }) => value)).toEqual(rows.flat());
          expect(points.every(({ period }, i) => i === 0 || period.start === points[i - 1]?.period.end)).toBe(true);
          expect(points[0]?.row).toBe('B3');
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('hydrological years', () => {
  const table = (label: string): string =>
    `Расход, м3/с;X;XI;XII;I;II;III;IV;V;VI;VII;VIII;IX\n${label};10,5;11;12;1;2;3;4;5;6;7;8;9\n`;

  test('a year of two numbers tells both', async () => {
    for (const label of ['1960/61', '1960-1961']) {
      const series = await only(utf8(table(label)));
      expect(series.points[0]).toMatchObject({ period: { start: '1960-10-01' }, value: 10.5 });
      expect(series.points[3]).toMatchObject({ period: { start: '1961-01-01' }, value: 1 });
      expect(series.points[11]).toMatchObject({ period: { start: '1961-09-01', end: '1961-10-01' }, value: 9 });
    }
  });

  test('a year of one number is asked about', async () => {
    expect(await problemOf(() => readWaterSeries(utf8(table('1961'))))).toMatchObject({
      code: 'series-year-named',
      details: { found: '1961' },
    });
    expect(starts(await only(utf8(table('1961')), { yearNamed: 'end' }))[0]).toBe('1960-10-01');
    expect(starts(await only(utf8(table('1961')), { yearNamed: 'start' }))[0]).toBe('1961-10-01');
  });

  test('months from April to September are of one calendar year', async () => {
    const series = await only(utf8('Расход, м3/с;IV;V;VI;VII;VIII;IX\n1961;1,5;2;3;4;5;6\n'));
    expect(starts(series)).toEqual(['1961-04-01', '1961-05-01', '1961-06-01', '1961-07-01', '1961-08-01', '1961-09-01']);
  });
});

describe('tables of months and days', () => {
  test('signs and words are counted, nothing is dropped in silence', async () => {
    const file = utf8(
      'Расход, м3/с;I;II;III;IV;V;VI;VII;VIII;IX;X;XI;XII;Год\n1990;12,3*;<0,5;сухо;-;н/д;5,1 лд;7;8;ошибка;10;11;12;9\n',
    );
    const { points, notes } = await only(file);
    expect(points.map(({ marks }) => marks.join())).toEqual([
      'noted',
      'below',
      'dry',
      'missing',
      'missing',
      'ice',
      '',
      '',
      '',
      '',
      '',
    ]);
    expect(points[1]).toMatchObject({ value: null, low: 0, high: 0.5 });
    expect(notes).toEqual([
      { key: 'unreadable', details: { count: 1, row: 'J2', found: 'ошибка' } },
      { key: 'left-out', details: { count: 1 } },
    ]);
    expect((await only(file, { dry: 'zero' })).points[2]?.value).toBe(0);
  });

  test('days by months of the year in the title; 30 February is not there', async () => {
    const rows = Array.from({ length: 31 }, (_, day) =>
      [
        day + 1,
        ...Array.from({ length: 12 }, (_, m) =>
          new Date(Date.UTC(2001, m, day + 1)).getUTCMonth() === m ? `${m + 1},${day + 1}` : '',
        ),
      ].join(';'),
    );
    const series = await only(
      utf8(`Ежедневные расходы воды, м3/с, 2001 г.\nЧисло;${ROMAN.join(';')}\n${rows.join('\n')}\nСредн.;${'1;'.repeat(12)}\n`),
    );
    expect(series.interval).toBe('day');
    expect(series.points).toHaveLength(365);
    expect(series.points[31]).toMatchObject({ period: { start: '2001-02-01', end: '2001-02-02' }, value: 2.1 });
  });

  test('two stations below one another are two series', async () => {
    const table = (name: string): string =>
      `р. Сырдарья – ${name}\nРасход воды, м3/с\nГод;${ROMAN.join(';')}\n1990;${'1,5;'.repeat(12)}\n`;
    const { series } = await readWaterSeries(utf8(`${table('Казалинск')}\n${table('Тюмень-Арык')}`));
    expect(series.map(({ station, points }) => [station?.name, points.length])).toEqual([
      ['Сырдарья – Казалинск', 12],
      ['Сырдарья – Тюмень-Арык', 12],
    ]);
  });
});

describe('tables with a row for each date', () => {
  test('several columns are several series; the one that is asked for is taken', async () => {
    const file = utf8('Дата;Пост;Расход, м3/с;Осадки, мм\n01.04.1990;Казалинск;212,5;0\n02.04.1990;Казалинск;213,5;1,5\n');
    const { series } = await readWaterSeries(file);
    expect(series.map(({ variable, unit, points }) => [variable, unit, points[1]?.value])).toEqual([
      ['river-discharge', 'm3/s', 213.5],
      ['precipitation', 'mm', 1.5],
    ]);
    expect((await only(file, { variable: 'precipitation' })).points).toHaveLength(2);
    expect((await only(file, { column: 'Осадки' })).variable).toBe('precipitation');
  });

  test('stations and variables in columns of their own', async () => {
    const { series } = await readWaterSeries(
      utf8(
        'date,station,variable,unit,value\n2001-01-01,A,discharge,m3/s,1.5\n2001-01-01,B,discharge,m3/s,2.5\n2001-01-02,A,discharge,m3/s,3.5\n',
      ),
    );
    expect(series.map((one) => [one.station?.name, values(one)])).toEqual([
      ['A', [1.5, 3.5]],
      ['B', [2.5]],
    ]);
  });

  test('year, month and decade in columns', async () => {
    const series = await only(utf8('Год;Месяц;Декада;Расход, м3/с\n1990;II;3;1,5\n1990;март;1;2,5\n'));
    expect(series.points.map(({ period }) => [period.start, period.end])).toEqual([
      ['1990-02-21', '1990-03-01'],
      ['1990-03-01', '1990-03-11'],
    ]);
  });

  test('a table of Pywr whose dates stand for months is read as the user says', async () => {
    const text = 'Date,inflow,prec\n2006-01-01,31,1\n2006-02-01,28,2\n2006-03-01,31,3\n';
    const days = await only(utf8(text), { variable: 'inflow', unit: 'm3/s' });
    expect(days.notes.map(({ key }) => key)).toEqual(['first-days']);
    const months = await only(utf8(text), { variable: 'inflow', unit: 'm3/s', interval: 'month' });
    expect(months.points[1]?.period).toEqual({ start: '2006-02-01', end: '2006-03-01' });
  });

  test('days and months that cannot be told apart are asked about', async () => {
    const file = utf8('Date;Q, m3/s\n03/04/1990;1.5\n05/04/1990;2.5\n');
    expect((await problemOf(() => readWaterSeries(file))).code).toBe('series-dates');
    expect(starts(await only(file, { dates: 'day-first' }))).toEqual(['1990-04-03', '1990-04-05']);
    expect(starts(await only(utf8('Date;Q, m3/s\n03/04/1990;1.5\n25/04/1990;2.5\n')))).toEqual(['1990-04-03', '1990-04-25']);
  });

  test('1,234 with nothing to tell by is asked about', async () => {
    const file = utf8('Date;Q, m3/s\n1990-04-01;1,234\n1990-04-02;2,345\n');
    expect((await problemOf(() => readWaterSeries(file))).code).toBe('series-decimal');
    expect(values(await only(file, { decimal: ',' }))).toEqual([1.234, 2.345]);
    expect(values(await only(file, { decimal: '.' }))).toEqual([1234, 2345]);
  });
});

describe('units', () => {
  const table = (title: string): { name: string; bytes: Uint8Array } => utf8(`Date;${title}\n2001-01;1,5\n2001-02;2,5\n`);

  test('a unit that is missing is an error that says how to give it', async () => {
    const problem = await problemOf(() => readWaterSeries(table('Расход')));
    expect(problem.code).toBe('series-unit');
    expect(problem.message).toContain('--unit');
    expect((await problemOf(() => readWaterSeries(table('Расход, мм')))).code).toBe('series-unit-unknown');
    expect((await problemOf(() => readWaterSeries(table('X, мм')))).code).toBe('series-variable');
  });

  test('a volume of a month becomes a flow by the seconds of that month', async () => {
    const series = await only(table('Расход'), { unit: 'млн м3' });
    expect(series.points[0]?.value).toBeCloseTo(1.5e6 / (31 * 86_400), 9);
    expect(series.points[1]?.value).toBeCloseTo(2.5e6 / (28 * 86_400), 9);
  });

  test('a volume of a year stays what it is as a flow a year', async () => {
    const series = await only(utf8('Год;Приток, км3\n2000;13,2\n2001;18,8\n'));
    expect(values(series)).toEqual([13.2, 18.8]);
    expect(series.unit).toBe('km3/a');
  });

  test('heights need a zero; that of the gauge is added where it is told', async () => {
    const file = table('Уровень воды реки, см');
    expect((await problemOf(() => readWaterSeries(file))).code).toBe('series-datum');
    expect(values(await only(file, { datum: 'gauge-zero' }))).toEqual([0.015, 0.025]);
    const heights = await only(file, { datum: 'baltic-1977', zero: 60.5 });
    expect(values(heights)).toEqual([60.515, 60.525]);
    expect(heights.notes.map(({ key }) => key)).toEqual(['zero-added']);
    expect((await only(table('Уровень оз. Балхаш, м БС'))).datum).toBe('baltic-1977');
  });

  test('a unit that is set against that of the file is told', async () => {
    expect((await only(table('Расход, л/с'), { unit: 'm3/s' })).notes).toEqual([
      { key: 'unit-set', details: { found: 'л/с', unit: 'm3/s' } },
    ]);
  });
});

test('a file without series says what would do', async () => {
  expect((await problemOf(() => readWrittenSeries(utf8('name;age\nA;1\n')))).code).toBe('series-empty');
  expect((await problemOf(() => readWrittenSeries(utf8('')))).code).toBe('series-empty');
  expect((await problemOf(() => readWrittenSeries(utf8('{"type":"FeatureCollection","features":[]}')))).code).toBe(
    'series-not-one',
  );
});

test.each([
  ['р. Сырдарья — пост Кокбулак. Среднедекадные расходы воды, м3/с', 'Сырдарья – Кокбулак', 'Сырдарья'],
  ['Река Сырдария - г/п Казалинск. Расходы воды, м3/с', 'Сырдария – Казалинск', 'Сырдария'],
  ['Сырдария өзені, Қазалы бекеті. Орташа айлық су шығыны, м3/с', 'Сырдария – Қазалы', 'Сырдария'],
  ['Seyhun Nehri – Kazalı istasyonu. Aylık debi, m3/s', 'Seyhun – Kazalı', 'Seyhun'],
])('the station of "%s" is the place alone, without what is measured there', async (title, name, river) => {
  const series = await only(utf8(`${title}\nГод;${ROMAN.join(';')}\n1990;${ROMAN.map((_, i) => `${i},5`).join(';')}\n`));
  expect(series.station).toMatchObject({ name, river });
  expect(series.variable).toBe('river-discharge');
});

test('of several columns one that is not understood is asked for by itself, with the titles of all', async () => {
  const file = utf8('Дата;Расход воды, м3/с;Мутность, мг/л\n1990-01;12,5;30\n1990-02;13,5;31\n');
  const problem = await problemOf(() => readWaterSeries(file));
  expect(problem.code).toBe('series-variable-among');
  expect(problem.details).toMatchObject({ found: 'Мутность', columns: '"Расход воды", "Мутность"' });
  expect(values(await only(file, { column: 'Расход воды' }))).toEqual([12.5, 13.5]);
});
