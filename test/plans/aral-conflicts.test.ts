import { expect, test } from 'vitest';
import { periodOf } from '../../src/periods.ts';
import { aralConflicts } from '../../src/plans/aral-conflicts.ts';
import { aralTables } from '../../src/plans/aral-tables.ts';

const ids = (feature: string, indicator: string, year?: string): string[] =>
  aralConflicts(feature, indicator, year === undefined ? null : periodOf(year)).map(({ id }) => id);

test('a figure is shown with the conflicts of its basin, quantity and years', () => {
  expect(ids('aral-sea', 'lake-volume', '1960')).toEqual(['C1']);
  expect(ids('aral-sea', 'lake-volume', '1970')).toEqual([]);
  expect(ids('aral-sea', 'lake-precipitation', '1986')).toEqual(['C8']);
  expect(ids('aral-sea-north', 'lake-level', '2022-10')).toEqual(['C3']);
  expect(ids('aral-sea-north', 'inflow', '2012')).toEqual(['C4', 'C9']);
  expect(ids('aral-sea-east', 'lake-area', '2017')).toEqual(['C6']);
  expect(ids('aral-sea-east', 'lake-area', '2013')).toEqual([]);
  expect(ids('almaty', 'lake-area', '2017')).toEqual([]);
});

test('every conflict but that of the limits belongs to a figure of some water', () => {
  const waters = ['aral-sea', 'aral-sea-north', 'aral-sea-west', 'aral-sea-east', 'kok-aral-dam'];
  const indicators = [
    'lake-level',
    'lake-area',
    'lake-volume',
    'lake-precipitation',
    'inflow',
    'cumulative-inflow',
    'outflow',
    'fish-catch',
    'dam-length',
    'lake-level-rise',
  ];
  const found = new Set(waters.flatMap((water) => indicators.flatMap((indicator) => ids(water, indicator))));
  expect(
    aralTables()
      .conflicts.map(({ id }) => id)
      .filter((id) => !found.has(id)),
  ).toEqual(['C11']);
});
