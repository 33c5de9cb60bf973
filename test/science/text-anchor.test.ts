import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anchor, codePointAt, indexText, readOffsets, selectorsAt, textAt } from '../../src/science/text-anchor.ts';
import { approximate, distanceToStart } from '../../src/science/text-distance.ts';
import { foldText } from '../../src/science/text-fold.ts';

const TEXT = `The Korgalzhyn reserve was designated in 2012. 🦩 Its core area covers 258,963 hectares of steppe and lakes.
Flamingos breed on lake Tengiz. The buffer zone was widened in 2016, and the transition area reaches the villages.
Двухлетний проект поддержал 14 хозяйств в переходной зоне. Жоба ауыл тұрғындарына көмектесті.`;

/** Selectors of a part of a text. */
const selectorOf = (text: string, part: string) => {
  const index = indexText(text);
  const start = codePointAt(index, text.indexOf(part));
  return selectorsAt(index, start, start + Array.from(part).length);
};

describe('selectors', () => {
  test('offsets count code points: a flamingo is one', () => {
    const selector = selectorOf(TEXT, 'core area');
    expect(selector.start).toBe(TEXT.indexOf('core area') - 1);
    expect(textAt(indexText(TEXT), selector.start, selector.end)).toBe('core area');
    expect(selector.prefix.endsWith('2012. 🦩 Its ')).toBe(true);
    expect(Array.from(selector.prefix)).toHaveLength(32);
  });

  test('a place outside the text is refused', () => {
    expect(() => selectorsAt(indexText('abc'), 1, 4)).toThrow('1 to 4 is no passage of a text of 3');
    expect(() => selectorsAt(indexText('abc'), 2, 2)).toThrow();
  });

  test('offsets of programs that count UTF-16 units are recognised by the quote', () => {
    const index = indexText(TEXT);
    const [start, end] = [TEXT.indexOf('core area'), TEXT.indexOf('core area') + 9];
    expect(readOffsets(index, { exact: 'core area', start, end })).toEqual({ start: start - 1, end: end - 1, unit: 'utf-16' });
    expect(readOffsets(index, { exact: 'core area', start: start - 1, end: end - 1 })).toMatchObject({ unit: 'code-point' });
    expect(readOffsets(index, { exact: 'core area', start: 0, end: 9 })).toBeNull();
    expect(readOffsets(index, { exact: ' ', start: 3, end: 4 })).toBeNull();
  });
});

describe('a passage found again', () => {
  test('where it was', () => {
    const selector = selectorOf(TEXT, 'Flamingos breed');
    expect(anchor(indexText(TEXT), selector)).toMatchObject({
      found: true,
      how: 'exact',
      start: selector.start,
      score: 1,
      sure: true,
    });
  });

  test('behind a new paragraph', () => {
    const selector = selectorOf(TEXT, 'Flamingos breed on lake Tengiz');
    const found = anchor(indexText(`A new beginning. 🌾\n${TEXT}`), selector);
    expect(found).toMatchObject({ found: true, how: 'exact', start: selector.start + 19, sure: true });
  });

  test('with other line breaks, hyphens, quotes and composed letters', () => {
    const selector = selectorOf(TEXT, 'Двухлетний проект поддержал 14 хозяйств в переходной зоне');
    const changed = TEXT.replace('Двухлетний проект поддержал', 'Двух-\nлетний  проект под\u00adдержал').normalize('NFD');
    const found = anchor(indexText(changed), selector);
    expect(found).toMatchObject({ found: true, how: 'normalised', errors: 0, sure: true });
    if (found.found) expect(found.text.normalize('NFC')).toContain('Двух-\nлетний  проект под\u00adдержал 14');
  });

  test('with letters changed, and how many', () => {
    const selector = selectorOf(TEXT, 'The buffer zone was widened in 2016');
    const found = anchor(indexText(TEXT.replace('buffer zone was', 'bufer zone has been')), selector);
    expect(found).toMatchObject({
      found: true,
      how: 'fuzzy',
      text: 'The bufer zone has been widened in 2016',
      figuresDiffer: false,
    });
    if (found.found) expect([found.errors, found.score > 0.8 && found.score < 1]).toEqual([7, true]);
  });

  test('with another figure it is never sure', () => {
    const selector = selectorOf(TEXT, 'Its core area covers 258,963 hectares of steppe and lakes');
    const found = anchor(indexText(TEXT.replace('258,963', '259,863')), selector);
    expect(found).toMatchObject({ found: true, how: 'fuzzy', errors: 2, figuresDiffer: true, sure: false });
  });

  test('one of two alike, by what stands round it', () => {
    const text = 'In 2012 the area was 5 ha of reed beds. In 2016 the area was 5 ha of open water.';
    const index = indexText(text);
    const second = selectorsAt(index, text.lastIndexOf('the area was 5 ha'), text.lastIndexOf('the area was 5 ha') + 17);
    const found = anchor(indexText(`Foreword. ${text}`), second);
    expect(found).toMatchObject({ found: true, how: 'exact', start: second.start + 10 });
  });
});

describe('what is not found', () => {
  test('a short word that stands elsewhere only is weak, not taken', () => {
    const selector = selectorOf('Visitors came in large numbers to the lake in spring.', 'lake');
    expect(anchor(indexText('Energy is scarce: a lake without name. Nothing else here.'), selector)).toMatchObject({
      found: false,
      why: 'weak',
    });
  });

  test('several places that would do are told, none is taken', () => {
    const row = 'Total: 12 people were trained in the core area.\n';
    const selector = { exact: '12 people were trained', prefix: 'Total: ', suffix: ' in the core' };
    const found = anchor(indexText(row.repeat(3)), selector);
    expect(found).toMatchObject({ found: false, why: 'ambiguous' });
    expect(found.found ? [] : found.candidates).toHaveLength(3);
    expect(anchor(indexText(row.repeat(3)), { ...selector, start: row.length + 7 })).toMatchObject({
      found: true,
      start: row.length + 7,
    });
  });

  test('absent is absent, and an empty quote is none', () => {
    expect(anchor(indexText(TEXT), { exact: 'solar panels on every roof of Astana' })).toEqual({
      found: false,
      why: 'absent',
      candidates: [],
    });
    expect(anchor(indexText(TEXT), { exact: ' \n' })).toEqual({ found: false, why: 'empty', candidates: [] });
    expect(anchor(indexText(''), { exact: 'a' })).toMatchObject({ found: false, why: 'absent' });
  });

  test('an added "not" is found with its change shown', () => {
    const selector = selectorOf(TEXT, 'The buffer zone was widened in 2016');
    const found = anchor(indexText(TEXT.replace('was widened', 'was not widened')), selector);
    expect(found).toMatchObject({ found: true, how: 'fuzzy', errors: 4, text: 'The buffer zone was not widened in 2016' });
  });
});

describe('folding', () => {
  test('white space, quotes, dashes, broken words, invisible signs, ligatures', () => {
    expect(foldText('  bio-\n  sphere\u00a0 «ядро» – “x”  ').text).toBe('biosphere "ядро" - "x"');
    expect(foldText('ﬁre well-known 10-20').text).toBe('fire wellknown 10-20');
    expect(foldText('sad\u00ad\u200bden').text).toBe('sadden');
  });

  test('every unit leads back to what it stands for', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
        const { text: folded, from, to } = foldText(text);
        const points = Array.from(text);
        expect([from.length, to.length]).toEqual([folded.length, folded.length]);
        for (let i = 0; i < folded.length; i++) {
          expect(to[i] as number).toBeGreaterThan(from[i] as number);
          const part = points.slice(from[i], to[i]).join('');
          expect(foldText(`1${part}1`).text.includes(folded[i] as string)).toBe(true);
          if (i > 0) expect(from[i] as number).toBeGreaterThanOrEqual(from[i - 1] as number);
        }
      }),
    );
  });
});

describe('approximate places', () => {
  const levenshtein = (a: string, b: string): number => {
    let row = Array.from({ length: b.length + 1 }, (_, j) => j);
    for (let i = 1; i <= a.length; i++) {
      const next = [i];
      for (let j = 1; j <= b.length; j++)
        next.push(
          Math.min((row[j] as number) + 1, (next[j - 1] as number) + 1, (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1)),
        );
      row = next;
    }
    return row[b.length] as number;
  };
  const letters = (maxLength: number, minLength = 0) => fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength, maxLength });

  test('the best is the best of all parts of the text, and its errors are its distance', () => {
    fc.assert(
      fc.property(letters(6, 1), letters(14), fc.integer({ min: 0, max: 3 }), (pattern, text, most) => {
        let least = Infinity;
        for (let i = 0; i <= text.length; i++)
          for (let j = i; j <= text.length; j++) least = Math.min(least, levenshtein(pattern, text.slice(i, j)));
        const found = approximate(pattern, text, most);
        for (const { start, end, errors } of found) {
          expect(levenshtein(pattern, text.slice(start, end))).toBe(errors);
          expect(errors).toBeLessThanOrEqual(most);
        }
        if (least <= most && text.length > 0 && least < pattern.length) expect(found[0]?.errors).toBe(least);
        if (least > most) expect(found).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test('the beginning of a text, as much of it as suits', () => {
    fc.assert(
      fc.property(letters(6), letters(8), (pattern, text) => {
        const all = Array.from({ length: text.length + 1 }, (_, j) => levenshtein(pattern, text.slice(0, j)));
        expect(distanceToStart(pattern, text)).toBe(Math.min(...all));
      }),
    );
  });
});

test('every passage of a text is found where it is', () => {
  const words = fc.array(fc.constantFrom('lake', 'reed', 'steppe', 'core', '🦩', 'дала', '12'), { minLength: 6, maxLength: 30 });
  fc.assert(
    fc.property(words, fc.nat(), fc.nat(), (list, a, b) => {
      const index = indexText(list.join(' '));
      const length = index.places.length - 1;
      const start = a % (length - 1);
      const selector = selectorsAt(index, start, start + 1 + (b % (length - start)));
      if (selector.exact.trim() === '') return;
      expect(anchor(index, selector)).toMatchObject({ found: true, start: selector.start, end: selector.end });
    }),
  );
});
