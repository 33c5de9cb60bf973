/**
 * Open SDG: the test files of sdg-build and tables of a national office, kept beside the project. See README.md.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readOpenSdg, writeOpenSdg } from '../../../src/formats/open-sdg.ts';

const folder = join(process.env.SARYARKA_GOLDEN ?? join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'golden'), 'cooperation', 'opensdg');
const present = existsSync(folder);
if (!present) console.warn(`no golden data at ${folder}: Open SDG is not compared in this run (set SARYARKA_GOLDEN)`);

const files = (path: string) => (present ? readdirSync(join(folder, path)).filter((name) => name.endsWith('.csv')) : []);
const read = (...path: string[]) => readOpenSdg({ name: path.at(-1) ?? '', bytes: readFileSync(join(folder, ...path)) });

describe.skipIf(!present)('files of sdg-build', () => {
  test.each(files('sdg-build-tests/data/csv-with-problems'))('%s has its spaces taken away and told', (file) => {
    const { issues, rows, breakdowns } = read('sdg-build-tests/data/csv-with-problems', file);
    expect(issues.lists.warning.map(({ code }) => code)).toEqual(['open-sdg-spaces']);
    expect(breakdowns).toEqual(['SEX']);
    expect(rows).toHaveLength(6);
    expect(rows[2]?.by).toEqual({ SEX: 'M' });
  });
  test('geocodes are no breakdown', () => {
    const { rows, breakdowns, indicator } = read('sdg-build-tests/data/csv-with-geocodes', 'indicator_1-1-1.csv');
    expect(breakdowns).toEqual(['Region']);
    expect(rows[1]).toMatchObject({ year: '2011', value: 40, geoCode: 'E12000004' });
    expect(indicator).toBe('1.1.1');
  });
});

describe.skipIf(!present)('tables of the national office', () => {
  test.each(files('kyrgyzstan/data'))('%s is read without a fault and written the same', (file) => {
    const table = read('kyrgyzstan/data', file);
    expect(table.issues.counts).toMatchObject({ critical: 0, error: 0 });
    expect(table.skipped).toBe(0);
    const again = readOpenSdg({ name: file, bytes: new TextEncoder().encode(writeOpenSdg(table.rows, table.breakdowns)) });
    expect(again.rows).toEqual(table.rows);
  });
  test('15.1.2 has its values of 2013 and 2018', () => {
    const { rows, indicator } = read('kyrgyzstan/data', '15-1-2.csv');
    expect(indicator).toBe('15.1.2');
    expect([rows.find(({ year }) => year === '2013')?.value, rows.find(({ year }) => year === '2018')?.value]).toEqual([6.01, 7.38]);
  });
});
