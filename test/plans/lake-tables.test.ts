/** Tables of a lake as people bring them: ten kinds of fault, each told with file, line, field, what was found and what would do. */
import { describe, expect, test } from 'vitest';
import { areDepths, readCurveTable, readForcingTable } from '../../src/plans/lake-tables.ts';
import { Problem, Problems } from '../../src/problems.ts';

const HEADER = 'date,inflow_km3,precipitation_mm,evaporation_mm';
const file = (text: string | Uint8Array, name = 'months.csv') => ({
  name,
  bytes: typeof text === 'string' ? new TextEncoder().encode(text) : text,
});
const forcing = (...rows: string[]) => readForcingTable(file([HEADER, ...rows, ''].join('\n')));

/** Codes and sentences of what a call refuses. */
function faults(make: () => unknown): string[] {
  try {
    make();
  } catch (error) {
    if (error instanceof Problems) return error.list.map(({ code, message }) => `${code}: ${message}`);
    if (error instanceof Problem) return [`${error.code}: ${error.message}`];
    throw error;
  }
  return [];
}

/** Letters of Windows-1251. */
const cp1251 = (text: string): Uint8Array =>
  Uint8Array.from(text, (letter) => {
    const code = letter.codePointAt(0) ?? 0;
    if (code < 128) return code;
    return letter === 'ё' ? 0xb8 : code - 0x0410 + 0xc0;
  });

describe('faults of a table that runs a lake', () => {
  test('a column is missing', () => {
    const table = readForcingTable(file('date,inflow_km3,evaporation_mm\n2024-01,1,5\n'));
    expect(faults(() => table.column('precipitation'))).toEqual([
      expect.stringMatching(/^columns-missing: months.csv: .*precipitation_mm/),
    ]);
    expect(faults(() => areDepths(table))).toEqual([expect.stringContaining('precipitation_mm')]);
  });

  test('a column has no unit, and rain and evaporation are of two kinds', () => {
    expect(faults(() => readForcingTable(file('date,inflow\n2024-01,1\n')))).toEqual([
      expect.stringMatching(/^water-unit: months.csv: the column "inflow".*inflow_km3, inflow_hm3, inflow_m3_s/),
    ]);
    const mixed = readForcingTable(file('date,inflow_km3,precipitation_km3,evaporation_mm\n2024-01,1,0,5\n'));
    expect(faults(() => areDepths(mixed))).toEqual([expect.stringContaining('precipitation_km3, evaporation_mm')]);
  });

  test('a negative inflow, and what is no number: every cell of the column at once', () => {
    const table = forcing('2024-01,-1,0,5', '2024-02,NaN,0,5', '2024-03,,0,5');
    expect(faults(() => table.column('inflow'))).toEqual([
      'cell-wrong: months.csv, line 2, field inflow_km3: found "-1"; expected ≥ 0',
      'cell-wrong: months.csv, line 3, field inflow_km3: found "NaN"; expected 0.0',
      expect.stringContaining('cell-missing: months.csv, line 4'),
    ]);
  });

  test('a month twice, and months left out', () => {
    expect(faults(() => forcing('2024-01,1,0,5', '2024-01,1,0,5'))).toEqual([
      expect.stringMatching(/^water-days: months.csv, line 3: the date is 2024-01 where 2024-02 was due/),
    ]);
    expect(faults(() => forcing('2024-01,1,0,5', '2024-04,1,0,5'))).toEqual([expect.stringContaining('2024-04 where 2024-02')]);
  });

  test('a date that is none, a day that the calendar does not have', () => {
    expect(faults(() => forcing('spring,1,0,5'))).toEqual([expect.stringMatching(/^cell-wrong: .*field date: found "spring"/)]);
    expect(faults(() => forcing('2023-02-29,1,0,5'))).toEqual([expect.stringContaining('2023-02-29')]);
  });

  test('an empty file, and a header without rows', () => {
    expect(faults(() => readForcingTable(file('')))).toEqual([expect.stringContaining('table-empty: months.csv')]);
    expect(faults(() => forcing())).toEqual([expect.stringMatching(/^lake-rows-few: months.csv: rows found: 0/)]);
  });

  test('part under ice above one, text in a table that is no table', () => {
    const table = readForcingTable(file('date,inflow_km3,ice\n2024-01,1,30\n'));
    expect(faults(() => table.column('ice'))).toEqual([expect.stringContaining('expected ≤ 1')]);
    expect(faults(() => readForcingTable(file('date,"inflow\n2024,1')))).toEqual([
      expect.stringContaining('table-broken: months.csv'),
    ]);
  });
});

describe('what is read all the same, and told', () => {
  test('Windows-1251 with semicolons and decimal commas', () => {
    const text = 'date;inflow_km3;precipitation_mm;evaporation_mm;Примечание\n2024-01;0,5;0;5,5;сухо\n2024-02;0,75;1;6;лёд\n';
    const table = readForcingTable(file(cp1251(text)));
    expect(table.readAs).toEqual({ encoding: 'windows-1251', decimal: ',' });
    expect(table.column('inflow')).toEqual([0.5, 0.75]);
    expect(table.column('evaporation')).toEqual([0.0055, 0.006]);
  });

  test('a flow in m3/s is taken over the days of each step: February of a leap year has 29', () => {
    const table = readForcingTable(file('date,inflow_m3_s\n2024-01,100\n2024-02,100\n'));
    // 100 m3/s x 86,400 s x 31 and 29 days
    expect(table.column('inflow')).toEqual([0.26784, 0.25056]);
  });

  test('steps are days, decades, months or years, by how the dates are written and follow', () => {
    const kinds = [
      ['2024-02-28', '2024-02-29', '2024-03-01'],
      ['2024-02-01', '2024-02-11', '2024-02-21', '2024-03-01'],
      ['01.12.2023', '01.01.2024'],
      ['2023', '2024'],
    ].map((dates) => forcing(...dates.map((date) => `${date},1,0,5`)));
    expect(kinds.map(({ kind }) => kind)).toEqual(['day', 'decade', 'month', 'year']);
    expect(kinds[1]?.days).toEqual([10, 10, 9, 10]);
    expect(kinds[3]?.days).toEqual([365, 366]);
  });
});

describe('a curve', () => {
  const curve = (...rows: string[]) => readCurveTable(file(['level_m,area_km2,volume_km3', ...rows, ''].join('\n'), 'curve.csv'));

  test('is read in any order, and says nothing of rows that say the same', () => {
    expect(curve('44,3913,34', '40,2800,21').rows).toHaveLength(2);
  });

  test('that holds less higher up is refused row by row, with the row that contradicts it', () => {
    expect(faults(() => curve('40,2800,21', '42,3300,20', '44,3200,34'))).toEqual([
      'cell-wrong: curve.csv, line 3, field volume_km3: found "20"; expected ≥ 21 (2: 40 m)',
      'cell-wrong: curve.csv, line 4, field area_km2: found "3200"; expected ≥ 3300 (3: 42 m)',
    ]);
  });

  test('with a level twice and two volumes, or one row, or a column without its unit, is refused', () => {
    expect(faults(() => curve('40,2800,21', '40,2800,22'))).toEqual([expect.stringContaining('expected = 21')]);
    expect(faults(() => curve('40,2800,21'))).toEqual([expect.stringContaining('lake-rows-few')]);
    expect(faults(() => readCurveTable(file('level,area_km2,volume_km3\n40,1,1\n')))).toEqual([
      expect.stringMatching(/^water-unit: .*level_m/),
    ]);
  });
});
