/** Tables of counts, as CSV and as workbooks: what is read, what is left out and said, what is a fault and where. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { otherColumn, readPopulationFile } from '../../src/formats/population-table.ts';
import { writeSpreadsheet } from '../../src/formats/spreadsheet-writer.ts';
import { Problem, Problems } from '../../src/problems.ts';
import { workbook } from '../records/messy-sheets.ts';

type Rows = (string | number | null)[][];
const csv = (text: string) => ({ name: 'counts.csv', bytes: new TextEncoder().encode(text) });
const book = async (...sheets: [name: string, rows: Rows][]) => ({
  name: 'counts.xlsx',
  bytes: await writeSpreadsheet(
    sheets.map(([name, [head = [], ...rows]]) => ({
      name,
      columns: head.map((title) => ({ title: String(title ?? ''), width: 8 })),
      rows,
    })),
    'lists',
  ),
});
const faultOf = async (file: Parameters<typeof readPopulationFile>[0]): Promise<string> => {
  try {
    await readPopulationFile(file);
  } catch (error) {
    if (error instanceof Problem || error instanceof Problems) return error.message;
    throw error;
  }
  return '';
};

test('a workbook is read like the same table as CSV', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.constantFrom('A', 'B', 'C'), fc.option(fc.nat(900)), fc.option(fc.nat(900))), {
        minLength: 1,
        maxLength: 9,
      }),
      async (rows) => {
        const head = ['Участок', 'Зона', 2019, 2020];
        const body = rows.map(([site, first, second]) => [site, 'core', first, second]);
        const own = await readPopulationFile(await book(['Дрофа', [head, ...body]]));
        const text = [head, ...body].map((row) => row.map((cell) => cell ?? '').join(';')).join('\n');
        const plain = await readPopulationFile(csv(text));
        expect(own.rows.map(({ line: _, ...row }) => row)).toEqual(plain.rows.map(({ line: _, ...row }) => row));
        expect(own.shape).toBe('wide');
      },
    ),
    { numRuns: 15 },
  );
});

describe('workbooks', () => {
  const head = ['site', 'year', 'count'];

  test('a title above the columns is stepped over, and rows keep their numbers', async () => {
    const found = await readPopulationFile(
      await book(['Birds', [['Counts of 2019–2020', null, null], [null, null, null], head, ['A', 2019, 4], ['A', 2020, 5]]]),
    );
    expect(found.rows.map(({ line, count }) => [line, count])).toEqual([
      [4, 4],
      [5, 5],
    ]);
  });

  test('a sheet for each species: its name is the species; a sheet without counts is left and said', async () => {
    const file = await book(
      ['Otis tarda', [head, ['A', 2019, 4]]],
      [
        'Notes',
        [
          ['who', 'when'],
          ['Anna', 'spring'],
        ],
      ],
      ['Tetrax tetrax', [head, ['A', 2019, 7]]],
    );
    const found = await readPopulationFile(file);
    expect(found.rows.map(({ species, count, sheet }) => [species, count, sheet])).toEqual([
      ['Otis tarda', 4, 'Otis tarda'],
      ['Tetrax tetrax', 7, 'Tetrax tetrax'],
    ]);
    expect(found.left).toEqual([{ sheet: 'Notes', because: 'columns' }]);
  });

  test.each(['xlsx', 'ods', 'biff8'] as const)(
    '%s: what is merged holds for all its rows, but a merged count is a fault',
    async (type) => {
      const rows = [
        ['species', 'site', 'year', 'count'],
        ['Otis tarda', 'A', 2019, 4],
        [null, 'B', null, 5],
        [null, 'C', 2020, 6],
      ];
      const sheet = { name: 'Birds', rows, merged: ['A2:A4', 'C2:C3'] };
      const found = await readPopulationFile(workbook([sheet], { type }));
      expect(found.rows.map(({ species, site, year, count }) => [species, site, year, count])).toEqual([
        ['Otis tarda', 'A', 2019, 4],
        ['Otis tarda', 'B', 2019, 5],
        ['Otis tarda', 'C', 2020, 6],
      ]);
      const together = workbook([{ ...sheet, merged: [...sheet.merged, 'D2:D3'] }], { type });
      expect(await faultOf(together)).toMatch(/Birds, line 3, field count: found "4 ↕"/);
    },
  );

  test('a hidden sheet is left and said', async () => {
    const rows = [head, ['A', 2019, 4]];
    const found = await readPopulationFile(
      workbook([
        { name: 'Now', rows },
        { name: 'Old', rows, hidden: true },
      ]),
    );
    expect(found.rows).toHaveLength(1);
    expect(found.left).toEqual([{ sheet: 'Old', because: 'hidden' }]);
  });

  test('a fault names sheet, row and field', async () => {
    expect(await faultOf(await book(['Дрофа', [head, ['A', 2019, 'много']]]))).toMatch(
      /counts\.xlsx\/Дрофа, line 2, field count: found "много".*A, 2019/,
    );
    expect(
      await faultOf(
        await book([
          'Дрофа',
          [
            ['site', 'when'],
            ['A', 2019],
          ],
        ]),
      ),
    ).toMatch(/counts\.xlsx\/Дрофа: .*year, count/);
  });
});

test('rows that add up others are no sites; names that only begin alike are', async () => {
  const found = await readPopulationFile(csv('site,2019,2020\nA,1,2\nTotalsay,3,4\nTotal,4,6\nИтого по участкам,4,6\n'));
  expect([...new Set(found.rows.map(({ site }) => site))]).toEqual(['A', 'Totalsay']);
  expect(found.totals).toEqual([4, 5]);
});

test('spaces that part thousands, years with their word, an old code page', async () => {
  const found = await readPopulationFile(csv('site;2019 г.;2020 г.\nA;1 250;12,5\n'));
  expect(found.rows.map(({ year, count }) => [year, count])).toEqual([
    [2019, 1250],
    [2020, 12.5],
  ]);
  const letters = [...'Участок;Год;Число\nА;2019;4\n'];
  const bytes = Uint8Array.from(letters, (letter) =>
    /[А-я]/.test(letter) ? letter.charCodeAt(0) - 0x410 + 0xc0 : letter.charCodeAt(0),
  );
  expect((await readPopulationFile({ name: 'old.csv', bytes })).rows).toMatchObject([{ site: 'А', year: 2019, count: 4 }]);
});

test('columns that mean something are known by their names in four languages', async () => {
  const { others } = await readPopulationFile(csv('site,year,count,Зона,топ,роль,Этап,Долгота,lat\nA,2019,4,core,x,y,z,1,2\n'));
  expect((['zone', 'group', 'role', 'phase', 'lon', 'lat'] as const).map((known) => otherColumn({ others }, known))).toEqual([
    'Зона',
    'топ',
    'роль',
    'Этап',
    'Долгота',
    'lat',
  ]);
});

test('records are no counts: how often something was recorded is not taken for a number of animals', async () => {
  for (const table of [
    'scientificName,eventDate,locality\nOtis tarda,2019-05-01,A\n',
    'species,site,year\nOtis tarda,A,2019\n',
    'gbifID,scientificName,site,year,individualCount\n1,Otis tarda,A,2019,3\n',
  ])
    expect(await faultOf(csv(table))).toContain('life index --kind occupancy');
});
