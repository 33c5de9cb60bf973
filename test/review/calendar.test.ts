import { expect, test } from 'vitest';
import { calendarTable, daysText, nextReview } from '../../src/review/calendar.ts';
import { shippedForm } from '../../src/review/shipped-form.ts';
import { contentOf, entry } from './content-fixture.ts';

const { facts } = contentOf();
const designated = {
  id: 'd',
  site: 'almaty',
  kind: 'biosphere-reserve' as const,
  code: null,
  year: 2012,
  date: null,
  criteria: null,
  quality: 'ok' as const,
  note: null,
  from: { source: 'unesco-almaty' },
};

test('a first review is due ten years after the designation, the next ten years after the last', () => {
  const site = { ...facts, designations: [designated] };
  expect(nextReview(site, [])).toEqual({ due: '2022-09-30', after: 2012 });
  expect(nextReview(site, [entry('reviews', { year: 2023 }), entry('reviews', { year: 2013 })])).toEqual({
    due: '2033-09-30',
    after: 2023,
  });
  expect(nextReview(facts, [])).toBeNull();
});

test('days are told forward and back', () => {
  expect(daysText('2026-09-30', '2026-09-20', 'en')).toBe('in 10 days');
  expect(daysText('2022-09-30', '2022-10-01', 'ru')).toBe('1 день назад');
});

test('the steps of the examination follow the year in which the report is due', () => {
  const { caption, rows } = calendarTable(shippedForm(), '2030-09-30', '2030-01-01', 'en');
  expect(caption).toContain('September 30, 2030 (in 272 days)');
  const when = rows.map(([first]) => first?.text);
  expect(when.slice(0, 4)).toEqual(['September 30, 2030', 'January 2031 – March 2031', 'May 15, 2031', 'June 2031']);
});
