/** A text as pages show it: cut into parts and pieces without losing or moving a sign. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { partAt, partsOf, piecesOf, placeIn, trimmed } from '../../web/screens/documents-parts.ts';

const points = (text: string): string[] => Array.from(text);

test('pages are parts; one without a letter is left out, and the rest keep their numbers', () => {
  const text = points('one\n\n\ntwo');
  expect(partsOf(text, [0, 4, 6])).toEqual([
    { start: 0, end: 4, page: 1 },
    { start: 6, end: 9, page: 3 },
  ]);
  expect(partsOf([], null)).toEqual([]);
});

test('without pages a part ends with a paragraph', () => {
  const paragraph = `${'word '.repeat(400)}\n\n`;
  const parts = partsOf(points(paragraph.repeat(8)), null);
  expect(parts.length).toBe(4);
  expect(parts.map(({ end }) => end % paragraph.length)).toEqual([0, 0, 0, 0]);
  expect(parts.every(({ page }) => page === null)).toBe(true);
});

test('passages that overlap cut the text where each begins and ends', () => {
  const text = points('Ten reserves.');
  const pieces = piecesOf(text, { start: 0, end: 13, page: null }, [
    { number: 1, start: 4, end: 9 },
    { number: 2, start: 7, end: 12 },
  ]);
  expect(pieces.map(({ text: words, numbers, opens, closes }) => [words, numbers, opens, closes])).toEqual([
    ['Ten ', [], [], []],
    ['res', [1], [1], []],
    ['er', [1, 2], [2], [1]],
    ['ves', [2], [], [2]],
    ['.', [], [], []],
  ]);
});

test('a passage that goes on over the page opens on one and closes on the other', () => {
  const mark = [{ number: 3, start: 2, end: 6 }];
  const text = points('abcdefgh');
  const ends = (start: number, end: number) =>
    piecesOf(text, { start, end, page: 1 }, mark).flatMap(({ opens, closes }) => [opens, closes]);
  expect(ends(0, 4).flat()).toEqual([3]);
  expect(piecesOf(text, { start: 4, end: 8, page: 2 }, mark)[0]).toMatchObject({ text: 'ef', opens: [], closes: [3] });
});

test('a selection is counted in code points and without the white space round it', () => {
  const text = points('🌾 Girls  ');
  expect(placeIn({ start: 10, end: 20, page: null }, '🌾 Girls', 3)).toBe(12);
  expect(trimmed(text, { start: 1, end: 9 })).toEqual({ start: 2, end: 7 });
  expect(trimmed(text, { start: 7, end: 9 })).toBeNull();
});

describe('whatever the text and the passages', () => {
  const texts = fc.string({ unit: 'binary', maxLength: 300 }).map(points);
  const places = fc.array(fc.tuple(fc.nat(300), fc.nat(300)), { maxLength: 6 });

  test('the pieces of a part are its text, sign by sign', () => {
    fc.assert(
      fc.property(texts, places, (text, pairs) => {
        const marks = pairs.map(([a, b], i) => ({ number: i + 1, start: Math.min(a, b), end: Math.max(a, b) + 1 }));
        const part = { start: 0, end: text.length, page: null };
        const pieces = piecesOf(text, part, marks);
        expect(pieces.map((piece) => piece.text).join('')).toBe(text.join(''));
        for (const { start, numbers } of pieces)
          expect(numbers).toEqual(
            marks.flatMap((mark) => (mark.start <= start && mark.end > start && start < text.length ? [mark.number] : [])),
          );
      }),
    );
  });

  test('every place with a letter lies in the part that is found for it', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('word ', 'line\n', 'end.\n\n', 'ш'.repeat(900)), { maxLength: 60 }), (some) => {
        const text = points(some.join(''));
        const parts = partsOf(text, null);
        for (let at = 0; at < text.length; at += 97) {
          const part = parts[partAt(parts, at)];
          if (text[at]?.trim() !== '') expect(part !== undefined && part.start <= at && at < part.end).toBe(true);
        }
      }),
    );
  });
});
