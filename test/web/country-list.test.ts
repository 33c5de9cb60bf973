import { expect, test } from 'vitest';
import type { SiteOverview } from '../../src/api/sites.ts';
import { askedOf, listed, NOTHING_ASKED, searchOf } from '../../web/screens/country-list.ts';

const site = (id: string, more: Partial<SiteOverview> = {}): SiteOverview => ({
  id,
  name: { en: id },
  countries: ['KZ'],
  designated: null,
  totalHa: null,
  computedHa: null,
  mapped: false,
  point: null,
  due: null,
  dueState: null,
  days: null,
  findings: { error: 0, question: 0, info: 0 },
  completeness: { filled: 0, asked: 10 },
  ...more,
});

const sites = [
  site('burabay', { totalHa: 2, due: '2032-09-30', dueState: 'later' }),
  site('alakol', { totalHa: 10, due: '2023-09-30', dueState: 'overdue', findings: { error: 1, question: 0, info: 0 } }),
  site('great-altay', { countries: ['KZ', 'RU'], mapped: true, name: { kk: 'Үлкен Алтай' } }),
];
const ids = (asked: Partial<typeof NOTHING_ASKED>) =>
  listed(sites, { ...NOTHING_ASKED, ...asked }, ({ name }) => name.en ?? '').map(({ id }) => id);

test('what is asked goes into the address and comes back the same', () => {
  const asked = { text: 'ала', due: 'overdue', findings: 'none', country: 'RU', map: 'with', sort: 'total', down: true } as const;
  expect(askedOf(new URLSearchParams(searchOf(asked)))).toEqual(asked);
  expect(searchOf(NOTHING_ASKED)).toBe('');
});

test('what an address says wrongly is not asked', () => {
  expect(askedOf(new URLSearchParams('due=never&sort=__proto__&map=1'))).toEqual(NOTHING_ASKED);
});

test('numbers are sorted as numbers, and what is not known stands last either way', () => {
  expect(ids({ sort: 'total' })).toEqual(['burabay', 'alakol', 'great-altay']);
  expect(ids({ sort: 'total', down: true })).toEqual(['alakol', 'burabay', 'great-altay']);
});

test('a name is found in any of its languages, whatever the case', () => {
  expect(ids({ text: 'үлкен' })).toEqual(['great-altay']);
});

test('filters narrow the list by deadline, findings, country and map', () => {
  expect(ids({ due: 'unknown' })).toEqual(['great-altay']);
  expect(ids({ findings: 'error' })).toEqual(['alakol']);
  expect(ids({ findings: 'none' })).toHaveLength(2);
  expect(ids({ country: 'RU' })).toEqual(['great-altay']);
  expect(ids({ map: 'without' })).not.toContain('great-altay');
});
