import { describe, expect, it } from 'vitest';
import { readOpenSdg, writeOpenSdg } from '../../src/formats/open-sdg.ts';
import { problemOf } from './expect-problem.ts';

const read = (text: string, name = 'indicator_15-1-2.csv') => readOpenSdg({ name, bytes: new TextEncoder().encode(text) });
const codes = (table: ReturnType<typeof read>) =>
  Object.values(table.issues.lists).flatMap((list) => list.map(({ code }) => code));

describe('Open SDG', () => {
  it('columns between Year and Value are breakdowns, an empty cell is the total', () => {
    const table = read('Year,Series,Units,Sex,GeoCode,Value\n2020,,%,,,100\n2020,S1,%,F,KZ-10,50.5\n');
    expect(table).toMatchObject({ indicator: '15.1.2', breakdowns: ['Sex'], skipped: 0 });
    expect(table.rows).toMatchObject([
      { year: '2020', value: 100, by: {}, unit: '%', series: null },
      { value: 50.5, by: { Sex: 'F' }, series: 'S1', geoCode: 'KZ-10' },
    ]);
  });
  it('a blank value is not a zero, a text is told', () => {
    const table = read('Year,Value\n2020,\n2021,n/a\n2022,0\n');
    expect(table.rows.map(({ value }) => value)).toEqual([null, null, 0]);
    expect(codes(table)).toEqual(['open-sdg-value']);
  });
  it('a row without a year is not taken', () => {
    const table = read('Year,Value\nabout 2020,1\n2021,2\n');
    expect([table.rows.length, table.skipped, codes(table)]).toEqual([1, 1, ['open-sdg-value']]);
  });
  it('the same breakdown twice is told', () => {
    expect(codes(read('Year,Sex,Value\n2020,F,1\n2020,F,2\n'))).toEqual(['open-sdg-twice']);
  });
  it('columns in another order are told and read, missing ones are critical', () => {
    expect(read('Value,Year\n1,2020\n').rows).toMatchObject([{ year: '2020', value: 1 }]);
    const table = read('Jahr,Wert\n2020,1\n');
    expect([table.skipped, table.issues.counts.critical]).toEqual([1, 1]);
  });
  it('files of a Russian Excel are read: semicolons, decimal commas, Windows-1251', () => {
    const text = Uint8Array.from([...'Year;Пол;Value\r\n2020;Женский;1,5\r\n'], (letter) =>
      letter < '\u0080' ? letter.charCodeAt(0) : letter.charCodeAt(0) - 0x410 + 0xc0,
    );
    const { rows, issues } = readOpenSdg({ name: 'indicator_1-1-1.csv', bytes: text });
    expect(rows).toMatchObject([{ by: { Пол: 'Женский' }, value: 1.5 }]);
    expect(issues.lists.warning.map(({ code }) => code)).toEqual(['xml-encoding']);
  });
  it('what is written is read the same', () => {
    const { rows } = read('Year,Series,Sex,"a, ""b""",OBS_STATUS,Value\n2020,S,F,"x\ny",A,-1.5\n2021,,,,,\n');
    expect(read(writeOpenSdg(rows)).rows.map(({ row: _, ...one }) => one)).toEqual(rows.map(({ row: _, ...one }) => one));
    expect(writeOpenSdg(rows).split('\n')[0]).toMatch(/^Year,.*,Value$/);
  });
  it('nothing and a broken table are refused', async () => {
    expect((await problemOf(() => read(''))).code).toBe('table-empty');
    expect((await problemOf(() => read('Year,Value\n"2020,1'))).code).toBe('table-broken');
  });
});
