import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hasPassed, isOlder, olderLeftOut, onlyLeftOut, sinceLast, yearsExpected, yearsList } from '../../src/review/window.ts';
import { contentOf, wordsOf } from './content-fixture.ts';

const content = contentOf({ dates: { previous: '2014-06-30', current: '2024-06-30' } });

test('what reaches into the time since the last report is shown: the year of that report too', () => {
  for (const when of [2013, '2013', '2014-05', '2014-06-29', '2010/2013']) expect(isOlder(content, when)).toBe(true);
  for (const when of [2014, '2014-06', '2014-06-30', '2010/2015', undefined, null, 'long ago'])
    expect(isOlder(content, when)).toBe(false);
});

test('without a last report nothing is older', () => {
  const first = contentOf({ dates: { previous: null, current: '2024-06-30' } });
  expect(isOlder(first, 1950)).toBe(false);
  expect(olderLeftOut(first, 3)).toEqual([]);
});

test('what ends on the day of the review or later has not passed', () => {
  expect(hasPassed(content, '2024-06-29')).toBe(true);
  for (const when of ['2024-06-30', 2024, '2020/2030', undefined]) expect(hasPassed(content, when)).toBe(false);
});

test('nothing is dropped: what is not shown is counted', () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.integer({ min: 1990, max: 2030 }))), (years) => {
      const { shown, older } = sinceLast(content, years, (year) => year);
      expect(shown.length + older).toBe(years.length);
      expect(shown.filter((year) => year === null)).toHaveLength(years.filter((year) => year === null).length);
    }),
  );
});

test('where all is older or confidential that is said, where nothing is known nothing is', () => {
  expect(onlyLeftOut(content, 0, 0)).toBeNull();
  expect(onlyLeftOut(content, 2, 0)?.map(({ kind }) => kind)).toEqual(['gap', 'hint']);
  expect(onlyLeftOut(content, 0, 1)?.map(({ kind }) => kind)).toEqual(['hint']);
  expect(wordsOf(onlyLeftOut(content, 2, 1))).toContain('June 30, 2014');
});

test('years in a row are written as a range', () => {
  expect(yearsList(['2015', '2016', '2017', '2019', '2021', '2022'])).toBe('2015–2017, 2019, 2021–2022');
  expect(yearsList([])).toBe('');
});

test('a figure is expected for each full year between two reports', () => {
  expect(yearsExpected(content, [])).toEqual(['2015', '2016', '2017', '2018', '2019', '2020', '2021', '2022', '2023']);
  const first = contentOf({ dates: { previous: null, current: '2024-06-30' } });
  expect(yearsExpected(first, ['2022'])).toEqual(['2022', '2023']);
  expect(yearsExpected(first, [])).toEqual([]);
});
