import fc from 'fast-check';
import { expect, test } from 'vitest';
import { search } from '../../src/review/section-search.ts';

const text = (section: string, words: string) => ({ section, where: 'text' as const, text: words });

test('words are found whatever their case, and with ё for е', () => {
  const texts = [text('a', 'Жёлтая степь'), text('b', 'ЖЕЛТАЯ СТЕПЬ'), text('c', 'зелёная')];
  expect(search('желтая', texts).map(({ section, match }) => [section, match])).toEqual([
    ['a', 'Жёлтая'],
    ['b', 'ЖЕЛТАЯ'],
  ]);
});

test('some words around the place are shown', () => {
  const [hit] = search('lake', [text('a', `${'x'.repeat(100)} the lake has shrunk ${'y'.repeat(100)}`)]);
  expect(hit?.before).toMatch(/^… x+ the $/);
  expect(hit?.after).toMatch(/^ has shrunk y+ …$/);
});

test('what is found stands in the text as it is shown', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), fc.string(), fc.string(), (words, before, after) => {
      const whole = `${before}${words.trim()}${after}`;
      for (const { match } of search(words, [text('a', whole)])) expect(whole).toContain(match);
      expect(search(words, [text('a', whole)])).toHaveLength(words.trim() === '' ? 0 : 1);
    }),
  );
});
