/** Exposed bed: the area that a lake has left, with the spread of its sources. */
import { expect, test } from 'vitest';
import { readCsv } from '../../src/formats/csv.ts';
import { exposedBedOfTable } from '../../src/indicators/exposed-bed.ts';
import { Problem, Problems } from '../../src/problems.ts';
import { tableFigures } from '../../src/run/compute-tables.ts';
import { exposedBed } from '../../src/science/lake-exposed-bed.ts';

function figures(csv: string, params: Record<string, string> = {}) {
  const table = readCsv({ name: 't.csv', bytes: new TextEncoder().encode(csv) });
  const work = { name: 't.csv', table, inputs: [{ href: 't.csv', digest: 'sha256:0' }], feature: 'aral-sea', params };
  return tableFigures(exposedBedOfTable, work).observations.map(({ period, by, value, low, high, n }) => [
    period?.start.slice(0, 4),
    by.class ?? null,
    value,
    low,
    high,
    n,
  ]);
}

test('one source: the difference; several: their mean, and an interval as far as they differ', () => {
  // 2014 by three sources: 7,297, 7,660 and 7,900 km2 (C2 of data/aral/conflicts.csv); 1960: 68,028 km2
  expect(exposedBed([7297, 7660, 7900], 68_028)).toEqual({ value: 68_028 - 7619, low: 60_128, high: 60_731, sources: 3 });
  expect(exposedBed([70_000], 68_028)).toEqual({ value: 0, low: null, high: null, sources: 1 });
  expect(() => exposedBed([], 1)).toThrow('no area');
  expect(() => exposedBed([-1], 1)).toThrow('from 0 up');
});

test('a table: against the largest area of it unless told, and what stayed dry all year apart', () => {
  const csv = 'year,area_km2,highest_area_km2\n1960,68028,\n2014,7297,9000\n2014,7900,\n';
  expect(figures(csv)).toEqual([
    ['1960', null, 0, null, null, 1],
    ['2014', null, 68_028 - 7598.5, 60_128, 60_731, 2],
    ['2014', 'all-year', 59_028, null, null, 1],
  ]);
  expect(figures('year,area_km2\n2014,7297\n', { 'reference-km2': '68028' })).toEqual([['2014', null, 60_731, null, null, 1]]);
});

test('faults are told by line and field', () => {
  for (const [csv, told] of [
    ['year,area_km2\n2014,-5\n', 'area_km2'],
    ['year,area_km2,highest_area_km2\n2014,9000,8000\n', '≥ 9000'],
    ['year\n2014\n', 'area_km2'],
  ] as const) {
    let message = '';
    try {
      figures(csv);
    } catch (error) {
      if (!(error instanceof Problem || error instanceof Problems)) throw error;
      message = error.message;
    }
    expect(message).toContain(told);
  }
});
