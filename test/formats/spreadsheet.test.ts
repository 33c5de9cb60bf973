import fc from 'fast-check';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { readSpreadsheet } from '../../src/formats/spreadsheet.ts';
import { type Cell, letterOf, type SheetFile } from '../../src/formats/spreadsheet-cells.ts';
import { serialDate } from '../../src/formats/spreadsheet-date.ts';
import { writeSpreadsheet } from '../../src/formats/spreadsheet-writer.ts';
import { workbook } from '../records/messy-sheets.ts';

const bytesOf = (...bytes: number[]): Uint8Array => Uint8Array.from(bytes);
const cp1251 = (text: string): Uint8Array =>
  Uint8Array.from([...text].map((letter) => (/[А-я]/.test(letter) ? letter.charCodeAt(0) - 0x410 + 0xc0 : letter.charCodeAt(0))));
const cp866 = (text: string): Uint8Array =>
  Uint8Array.from(
    [...text].map((letter) => {
      const at = letter.charCodeAt(0) - 0x410;
      return /[А-я]/.test(letter) ? (at < 48 ? 0x80 + at : 0xe0 + at - 48) : letter.charCodeAt(0);
    }),
  );
const utf16 = (text: string, { mark = true } = {}): Uint8Array =>
  Uint8Array.from([
    ...(mark ? [0xff, 0xfe] : []),
    ...[...text].flatMap((letter) => [letter.charCodeAt(0) & 255, letter.charCodeAt(0) >> 8]),
  ]);

const texts = async (file: SheetFile): Promise<string[][]> =>
  ((await readSpreadsheet(file)).sheets[0]?.rows ?? []).map(({ cells }) => cells.map(({ text }) => text));
const csv = (bytes: Uint8Array | string): SheetFile => ({
  name: 'a.csv',
  bytes: typeof bytes === 'string' ? strToU8(bytes) : bytes,
});
const codeOf = async (file: SheetFile): Promise<string> => {
  try {
    await readSpreadsheet(file);
    return 'read';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

const sample = (type: 'xlsx' | 'biff8' | 'ods'): SheetFile =>
  workbook(
    [
      {
        name: 'Лист1',
        rows: [
          ['Численность', null, 'Дата'],
          ['всего', 'женщин', null],
          [12, 4.5, { n: 45292, format: 'dd/mm/yyyy' }],
          [true, ' ', { n: 45292, format: 'mm/yyyy' }],
          [null, null, null],
          ['конец', null, { n: 2024, format: 'General' }],
        ],
        merged: ['A1:B1', 'C1:C2'],
        hiddenRows: [4],
      },
      { name: 'Скрытый', rows: [['x']], hidden: true },
    ],
    { type },
  );

describe.each(['xlsx', 'biff8', 'ods'] as const)('a workbook (%s)', (type) => {
  test('has typed cells, and dates as exact as they are shown', async () => {
    const { sheets, format } = await readSpreadsheet(sample(type));
    expect(format).toBe(type === 'biff8' ? 'xls' : type);
    const rows = sheets[0]?.rows ?? [];
    const cell = (r: number, c: number): Cell | undefined => rows[r]?.cells[c];
    expect(rows.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(cell(2, 0)).toMatchObject({ kind: 'number', value: 12 });
    expect(cell(2, 1)).toMatchObject({ kind: 'number', value: 4.5 });
    expect(cell(2, 2)).toMatchObject({ kind: 'date', value: '2024-01-01' });
    expect(cell(3, 0)).toMatchObject({ kind: 'boolean', value: true });
    expect(cell(3, 1)).toMatchObject({ kind: 'empty', value: null });
    if (type !== 'ods') expect(cell(3, 2)).toMatchObject({ kind: 'date', value: '2024-01' });
    expect(cell(5, 2)).toMatchObject({ kind: 'number', value: 2024 });
  });

  test('spreads what is merged over its cells, and marks where it stands', async () => {
    const rows = (await readSpreadsheet(sample(type))).sheets[0]?.rows ?? [];
    expect(rows[0]?.cells.map(({ text }) => text)).toEqual(['Численность', 'Численность', 'Дата']);
    expect(rows[0]?.cells[0]?.merged).toEqual({ rows: 1, columns: 2, first: true });
    expect(rows[0]?.cells[1]?.merged).toEqual({ rows: 1, columns: 2, first: false });
    expect(rows[1]?.cells[2]).toMatchObject({ text: 'Дата', merged: { rows: 2, columns: 1, first: false } });
  });
});

test('hidden sheets and rows are known', async () => {
  const { sheets } = await readSpreadsheet(sample('xlsx'));
  expect(sheets.map(({ hidden }) => hidden)).toEqual([false, true]);
  expect(sheets[0]?.rows.filter(({ hidden }) => hidden).map(({ number }) => number)).toEqual([4]);
});

test('OpenDocument: hidden sheets and rows are known from the content', async () => {
  const parts = unzipSync(sample('ods').bytes);
  const content = strFromU8(parts['content.xml'] as Uint8Array)
    .replace(
      '<office:automatic-styles>',
      '<office:automatic-styles><style:style style:name="taH" style:family="table"><style:table-properties table:display="false"/></style:style>',
    )
    .replace(/(<table:table table:name="Скрытый" table:style-name=")[^"]*/, '$1taH');
  let row = 0;
  const marked = content.replace(/<table:table-row /g, (tag) => (++row === 4 ? `${tag}table:visibility="filter" ` : tag));
  const bytes = zipSync({ ...parts, 'content.xml': strToU8(marked) });
  const { sheets } = await readSpreadsheet({ name: 'a.ods', bytes });
  expect(sheets.map(({ hidden }) => hidden)).toEqual([false, true]);
  expect(sheets[0]?.rows.filter(({ hidden }) => hidden).map(({ number }) => number)).toEqual([4]);
});

test('a workbook with bytes changed is read or told as damaged, never anything else', async () => {
  const { bytes } = sample('biff8');
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }),
      async (changes) => {
        const changed = Uint8Array.from(bytes);
        for (const [at, byte] of changes) changed[at] = byte;
        expect(await codeOf({ name: 'a.xls', bytes: changed })).toMatch(/^(read|sheet-)/);
      },
    ),
    { numRuns: 60, seed: 7 },
  );
});

test('an error cell says its error; a formula that was never computed says its formula', async () => {
  const file = workbook([{ name: 'a', rows: [[{ error: '#REF!' }, 1]] }]);
  expect((await readSpreadsheet(file)).sheets[0]?.rows[0]?.cells[0]).toMatchObject({ kind: 'error', text: '#REF!' });
});

describe('serial dates', () => {
  // ECMA-376 part 1, 18.17.4.1; Microsoft support, "Date systems in Excel": 1900-01-01 is 1, 2008-01-01 is 39448; 1904-01-02 is 1
  test.each([
    [1, false, '1900-01-01'],
    [59, false, '1900-02-28'],
    [61, false, '1900-03-01'],
    [39448, false, '2008-01-01'],
    [45292, false, '2024-01-01'],
    [0, true, '1904-01-01'],
    [1, true, '1904-01-02'],
    [37986, true, '2008-01-01'],
    [43830, true, '2024-01-01'],
  ])('%d since 1904 (%s) is %s', (serial, since1904, iso) => expect(serialDate(serial, 'dd.mm.yyyy', since1904)).toBe(iso));

  test('the 29 February 1900 never was; a time of day is no date', () => {
    expect(serialDate(60, 'yyyy-mm-dd', false)).toBeNull();
    expect(serialDate(0.5, 'dd.mm.yyyy h:mm', false)).toBeNull();
    expect(serialDate(0.5, 'h:mm', false)).toBeNull();
  });

  test('a workbook that counts from 1904 is read so', async () => {
    const file = workbook([{ name: 'a', rows: [[{ n: 43830, format: 'yyyy-mm-dd' }]] }], { since1904: true });
    expect((await readSpreadsheet(file)).sheets[0]?.rows[0]?.cells[0]).toMatchObject({ kind: 'date', value: '2024-01-01' });
  });
});

describe('text', () => {
  const russian = 'Год;Сумма\n2023;"1 234,5"\n';
  test.each([
    ['UTF-8 with a mark', Uint8Array.from([0xef, 0xbb, 0xbf, ...strToU8(russian)])],
    ['CP1251', cp1251(russian)],
    ['CP866', cp866(russian)],
    ['UTF-16', utf16(russian)],
    ['UTF-16 without a mark', utf16('Year;Sum\n2023;"1 234,5"\n', { mark: false })],
  ])('%s', async (_, bytes) => {
    const rows = await texts(csv(bytes));
    expect(rows[1]).toEqual(['2023', '1 234,5']);
    expect(['Год', 'Year']).toContain(rows[0]?.[0]);
  });

  test.each([
    ['a,b,c\n1,2,3\n', 'comma'],
    ['a;b;c\n1,5;2,5;3,5\n', 'semicolon beside decimal commas'],
    ['a\tb\tc\n1\t2\t3\n', 'tab'],
    ['sep=;\na;b;c\n1;2;3\n', 'named'],
    ['Title, of the table\na;b;c\n1;2;3\n4;5;6\n', 'semicolon below a title'],
  ])('separator of %j: %s', async (text) => expect((await texts(csv(text))).at(-1)).toHaveLength(3));

  test('rows are numbered by lines, though cells hold line breaks and rows are uneven', async () => {
    const { sheets } = await readSpreadsheet(csv('a;b\n"x\ny";1\n\nz\n'));
    expect(sheets[0]?.rows.map(({ number, cells }) => [number, cells[0]?.text])).toEqual([
      [1, 'a'],
      [2, 'x\ny'],
      [4, ''],
      [5, 'z'],
    ]);
  });

  test('a quotation mark inside a cell does no harm', async () => {
    expect((await texts(csv('a;b\nТОО "Степь";1\n')))[1]).toEqual(['ТОО "Степь"', '1']);
  });
});

describe('what is no table', () => {
  const zip = (parts: Record<string, string>): Uint8Array =>
    zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)])));
  const good = sample('xlsx').bytes;
  const old = sample('biff8').bytes;

  test.each([
    ['nothing', bytesOf(), 'sheet-empty'],
    ['PDF', strToU8('%PDF-1.7\n'), 'sheet-not-one'],
    ['a picture', bytesOf(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13), 'sheet-not-one'],
    ['a web page', strToU8('<html><table><tr><td>1</td></tr></table></html>'), 'sheet-not-one'],
    ['Word', zip({ 'word/document.xml': '<w/>' }), 'sheet-not-one'],
    [
      'a text document of LibreOffice',
      zip({ mimetype: 'application/vnd.oasis.opendocument.text', 'content.xml': '<o/>' }),
      'sheet-not-one',
    ],
    [
      'a locked spreadsheet of LibreOffice',
      zip({ 'content.xml': 'x', 'META-INF/manifest.xml': '<manifest:encryption-data/>' }),
      'sheet-locked',
    ],
    ['a workbook cut off', good.subarray(0, good.length - 400), 'archive-truncated'],
    ['an old workbook cut off', old.subarray(0, 700), 'sheet-damaged'],
    ['a workbook that is none inside', zip({ 'xl/workbook.xml': 'no xml', '[Content_Types].xml': '' }), 'sheet-damaged'],
  ])('%s: %s', async (_, bytes, code) => expect(await codeOf({ name: 'a.xlsx', bytes })).toBe(code));

  test('an archive that claims to unpack to more than is held is not unpacked', async () => {
    const bytes = zipSync({ 'xl/workbook.xml': strToU8('<x/>'), 'xl/big.xml': new Uint8Array(110_000_000) }, { level: 1 });
    expect(await codeOf({ name: 'a.xlsx', bytes })).toBe('archive-bomb');
  });
});

describe('the writer', () => {
  const sheets = [
    {
      name: 'Штат',
      columns: [
        { title: 'Год', width: 8, tone: 'required' as const },
        { title: 'Категория', width: 30, choices: ['Руководство', 'Охрана & <наука>'] },
      ],
      rows: [
        [2023, 'Руководство'],
        [2024, null],
      ],
    },
  ];

  test('what it writes is read again', async () => {
    const bytes = await writeSpreadsheet(sheets, 'Варианты');
    const { sheets: read } = await readSpreadsheet({ name: 'a.xlsx', bytes });
    expect(read.map(({ name }) => name)).toEqual(['Штат', 'Варианты']);
    expect(read[0]?.rows.map(({ cells }) => cells.map(({ value }) => value))).toEqual([
      ['Год', 'Категория'],
      [2023, 'Руководство'],
      [2024, null],
    ]);
    expect(read[1]?.rows.map(({ cells }) => cells[0]?.value)).toEqual(['Руководство', 'Охрана & <наука>']);
  });

  test('equal content gives equal bytes', async () => {
    expect(await writeSpreadsheet(sheets, 'x')).toEqual(await writeSpreadsheet(sheets, 'x'));
  });

  test('columns are lettered as spreadsheets letter them', () => {
    expect([0, 25, 26, 27, 701, 702].map(letterOf)).toEqual(['A', 'Z', 'AA', 'AB', 'ZZ', 'AAA']);
  });
});
