import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCsv, writeCsv } from '../../src/formats/csv.ts';
import { readTable } from '../../src/formats/tables.ts';
import { Problem, Problems } from '../../src/problems.ts';

const file = (text: string | Uint8Array, name = 't.csv') => ({
  name,
  bytes: typeof text === 'string' ? new TextEncoder().encode(text) : text,
});
const problemsOf = (work: () => unknown): string[] => {
  try {
    work();
  } catch (error) {
    if (error instanceof Problems) return error.list.map((problem) => problem.message);
    if (error instanceof Problem) return [error.message];
    throw error;
  }
  return [];
};

describe('readCsv', () => {
  test('takes comma, semicolon and tab, quotes, line breaks in cells and a byte order mark', () => {
    expect(readCsv(file('\uFEFFid;name\r\n1;"a ""b""\nc"\r\n')).rows).toEqual([
      { line: 2, values: { id: '1', name: 'a "b"\nc' } },
    ]);
    expect(readCsv(file('Год;Уровень, м\n1960;53,4\n')).rows[0]?.values).toEqual({ Год: '1960', 'Уровень, м': '53,4' });
    expect(readCsv(file('id\tname\n1\tx\n')).rows[0]?.values).toEqual({ id: '1', name: 'x' });
  });

  test('gives each row the line it begins on', () => {
    expect(readCsv(file('id,name\n1,"a\nb"\n2,c\n')).rows.map((row) => row.line)).toEqual([2, 4]);
  });

  test('names the line where the text is not UTF-8', () => {
    const bytes = new Uint8Array([...new TextEncoder().encode('id,name\n1,'), 0xd1, 0xe2, 0x0a]); // CP1251
    expect(problemsOf(() => readCsv(file(bytes)))).toEqual([
      't.csv, line 2: the text is not UTF-8; save the file as UTF-8 and try again',
    ]);
  });

  test('refuses an empty table, a header twice and a row that is too long', () => {
    expect(problemsOf(() => readCsv(file('')))[0]).toContain('the table is empty');
    expect(problemsOf(() => readCsv(file('id,id\n')))[0]).toContain('"id" stands twice');
    expect(problemsOf(() => readCsv(file('id,name\n1,2,3\n')))[0]).toMatch(/t\.csv, line 2: the table cannot be read/);
  });

  test('any text gives rows or a problem, never anything else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        problemsOf(() => readTable(file(bytes), 'd'));
      }),
      { seed: 7, numRuns: 2000 },
    );
  });
});

describe('writeCsv', () => {
  test('what is written is read back', () => {
    const cell = fc
      .string({ maxLength: 20 })
      .map((text) => text.trim())
      .filter((text) => !/^[=+\-@]/.test(text) && !/[\0\r]/.test(text));
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 5 }), (rows) => {
        fc.pre(rows.every((row) => row.some((text) => text !== '')));
        expect(readCsv(file(writeCsv(['a', 'b'], rows))).rows.map(({ values }) => [values.a, values.b])).toEqual(rows);
      }),
      { seed: 7 },
    );
  });

  test('a cell that a spreadsheet would run is written as text; a negative number stays a number', () => {
    expect(writeCsv(['a'], [['=HYPERLINK("x")'], [-1.5]])).toBe('a\r\n"\'=HYPERLINK(""x"")"\r\n-1.5\r\n');
  });
});

describe('readTable', () => {
  test('recognises a table by its header and says what it knows otherwise', () => {
    expect(readTable(file('site,other,source,note\na,b,s,\n'), 'd').noun).toBe('overlaps');
    expect(problemsOf(() => readTable(file('species,count\nx,1\n'), 'd'))[0]).toMatch(
      /no table has the columns species, count; tables that can be imported: sources, datasets,/,
    );
  });

  test('an id that stands twice is named with both lines', () => {
    const table = 'id,kind,name_en,countries\na,ramsar,A,KZ\na,ramsar,B,KZ\n';
    expect(problemsOf(() => readTable(file(table), 'd'))).toEqual([
      't.csv, line 3, field id: "a" already stands in line 2; each row needs an id of its own',
    ]);
  });

  test('an empty value is null, not zero', () => {
    const table = readTable(file('id,feature,indicator,period,value,unit,role\nx,a,area,,,har,declared\n'), 'd');
    expect(table.rows[0]?.row).toMatchObject({ value: null, period: null, low: null, from: { dataset: 'd', row: 'x' } });
  });
});
