import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bothTogether, differences } from '../../web/screens/review-differences.ts';

const joined = (stretches: ReturnType<typeof differences>, without: 'gone' | 'new'): string =>
  stretches
    .filter(({ kind }) => kind !== without)
    .map(({ text }) => text)
    .join('');

describe('differences by words', () => {
  test('a word that was changed is one word, in Cyrillic, too', () => {
    expect(differences('Два пожара в степи.', 'Три пожара в степи.')).toEqual([
      { kind: 'gone', text: 'Два' },
      { kind: 'new', text: 'Три' },
      { kind: 'same', text: ' пожара в степи.' },
    ]);
  });

  test('both texts can be read out of them', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (before, after) => {
        const stretches = differences(before, after);
        expect(joined(stretches, 'new')).toBe(before);
        expect(joined(stretches, 'gone')).toBe(after);
      }),
    );
  });
});

describe('both together', () => {
  test('what both have stands once, what differs stands twice, theirs first', () => {
    expect(bothTogether('Common.\n\nTheirs.\n\nEnd.', 'Common.\n\nMine.\n\nEnd.')).toBe('Common.\n\nTheirs.\n\nMine.\n\nEnd.');
  });

  test('no paragraph of either is lost', () => {
    const paragraphs = fc.array(fc.constantFrom('A.', 'B.', 'C.', 'D.', 'E.'), { maxLength: 6 });
    fc.assert(
      fc.property(paragraphs, paragraphs, (theirs, mine) => {
        const both = bothTogether(theirs.join('\n\n'), mine.join('\n\n')).split('\n\n');
        for (const own of [...theirs, ...mine]) expect(both).toContain(own);
      }),
    );
  });
});
