/** Marks in texts: what is one, what it becomes, and what is left as it is. */
import { describe, expect, test } from 'vitest';
import { claimFacts } from '../../src/evidence/claim-facts.ts';
import { checkClaims } from '../../src/evidence/claims.ts';
import { footnotes } from '../../src/print/blocks.ts';
import { filledText, markOf, marksOf } from '../../src/review/figure-marks.ts';
import { claimOf, materialOf, observed } from '../evidence/claim-material.ts';
import { unesco } from '../store/facts-fixture.ts';

const material = materialOf([observed('a'), observed('about-b', { value: 12_500, unit: '{person}', approximate: true })]);
const evidence = {
  figures: new Map(claimFacts(material).map((fact) => [fact.id, fact])),
  claims: checkClaims(
    [claimOf({ kind: 'compare', expression: '@a', claimed: '176,960', unit: 'har' }, { id: 'almaty/claims/1' })],
    material,
  ),
};
const filled = (text: string, lang: 'en' | 'ru' = 'en') => {
  const notes = footnotes();
  const found = filledText(text, { lang, evidence, sources: new Map([[unesco.id, unesco]]), cite: notes.cite });
  return { ...found, list: notes.list };
};

test.each([
  ['Of @f083 researchers @f084 were women.', ['f083', 'f084']],
  ['(@a) and @{odd name}, @x/claims/1.', ['a', 'odd name', 'x/claims/1']],
  ['twice @a and @a', ['a']],
  ['write to office@reserve.kz or see https://x.org/@name', []],
  ['a lone @ sign', []],
])('%s', (text, ids) => expect(marksOf(text)).toEqual(ids));

test.each(['f083', 'almaty/core:area:karney-2013', 'qiyal/staff/2025+rangers', 'with space', 'ends.'])(
  'the mark of %s names it',
  (id) => {
    expect(marksOf(`A (${markOf(id)}), and more.`)).toEqual([id]);
  },
);

describe('in a text', () => {
  test('a figure takes the place of its mark, as readers of the language write it, with its source', () => {
    const { text, notes, list } = filled('It covers @a. People: @about-b.');
    expect(text).toBe('It covers 176,960 ha. People: about 12,500 persons.');
    expect(notes).toEqual([1, 2]);
    expect(list[0]).toContain('UNESCO page on Almaty');
    expect(filled('Площадь – @a.', 'ru').text.replace(/\s/g, ' ')).toBe('Площадь – 176 960 га.');
  });

  test('a claim leaves a footnote with verdict and evidence, and nothing in the words', () => {
    const { text, list } = filled('It covers 176,960 ha (@almaty/claims/1). Next @almaty/claims/1.');
    expect(text).toBe('It covers 176,960 ha. Next.');
    expect(list).toHaveLength(1);
    expect(list[0]).toContain('supported: The figures agree.');
  });

  test('what names nothing stays, and is told', () => {
    expect(filled('See @nobody.')).toMatchObject({ text: 'See @nobody.', notes: [], unknown: ['nobody'] });
  });
});
