import fc from 'fast-check';
import { expect, test } from 'vitest';
import { oneLine, words } from '../../src/print/pdf-words.ts';

test('words: what is long may be broken after punctuation or ten letters, what is not stays whole', () => {
  expect(words('sha256:0123456789abcdef', 12)).toEqual(['sha256:', '0123456789', 'abcdef']);
  expect(words('a short text with some words', 12)).toEqual(['a short text with some words']);
});

test('words: line ends are pieces of their own; one line has none', () => {
  expect(words('first line\r\nsecond\u2028third')).toEqual(['first line', '\n', 'second', '\n', 'third']);
  expect(oneLine(' first\tline\nsecond ')).toBe('first line second');
});

test('words: no letter is lost or cut from its accents', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'е\u0308', 'қ', ' ', '/', '-', '𝛼', '\u00a0') });
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 30 }), (given, longest) => {
      const pieces = words(given, longest);
      expect(pieces.join('')).toBe(given.replace(/ +/g, ' '));
      for (const piece of pieces) expect(piece).not.toMatch(/^\p{M}/u);
    }),
  );
});

test('a ticked box and an empty one are letters that the shipped fonts have', () => {
  expect(words('☒ Birds')).toEqual(['⊠ Birds']);
  expect(words('☐ Fires')).toEqual(['□ Fires']);
});
