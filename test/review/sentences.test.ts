import { expect, test } from 'vitest';
import { countsText, missing, namesText, sentence } from '../../src/review/sentences.ts';
import type { Origin } from '../../src/types.ts';
import { contentOf, wordsOf } from './content-fixture.ts';

const rows = (count: number): Origin[] => Array.from({ length: count }, (_, i) => ({ dataset: 'log.csv', row: String(i + 2) }));

test('a few origins are cited, many are left to the table that the sentence refers to', () => {
  const content = contentOf();
  expect(sentence(content, 'Two.', { from: rows(2), see: 'table' })).toEqual({
    kind: 'text',
    text: { text: 'Two.', notes: [1, 2], see: ['table'] },
  });
  expect(sentence(content, 'Many.', { from: rows(40), see: 'table' })).toMatchObject({ text: { notes: [], see: ['table'] } });
  expect(content.notes).toHaveLength(2);
});

test('a sentence without a table cites all it has, the same origin once', () => {
  const content = contentOf();
  expect(sentence(content, 'One.', { from: [...rows(5), ...rows(5)] })).toMatchObject({ text: { notes: [1, 2, 3, 4, 5] } });
});

test('names beyond a handful are counted', () => {
  const names = Array.from({ length: 15 }, (_, i) => `n${i}`);
  expect(namesText(names, 'en')).toMatch(/n11; and 3 more$/);
  expect(namesText(names.slice(0, 12), 'en')).toMatch(/n11$/);
});

test('nothing missing is no gap', () => {
  expect(missing(contentOf(), 'review.plans.no-number', [])).toEqual([]);
  expect(wordsOf(missing(contentOf(), 'review.plans.no-number', ['A', 'B']))).toBe('The reference number is not recorded: A; B.');
});

test('sorts are counted in their order, those without one last', () => {
  const label = (sort: string): string => sort.toUpperCase();
  expect(countsText(['b', null, 'a', 'b', 'x'], (item) => item, label, 'en', ['a', 'b'])).toBe('A: 1; B: 2; X: 1; not stated: 1');
  expect(countsText([], () => null, label, 'en')).toBe('');
});
