import fc from 'fast-check';
import { expect, test } from 'vitest';
import { columnWidths, textTwips } from '../../src/print/column-widths.ts';

const LONG =
  'Teachers of village schools were trained, a programme of waterfowl counts was drawn up; the report is published. '.repeat(4);

test('columns fill the room to the last twip, whatever is in them', () => {
  const rows = fc.array(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 20 }), { maxLength: 6 });
  fc.assert(
    fc.property(rows, fc.integer({ min: 3000, max: 14_000 }), (rows, room) => {
      const { widths, size } = columnWidths(rows, room, 18);
      expect(widths).toHaveLength(Math.max(1, ...rows.map((row) => row.length)));
      expect(widths.reduce((sum, width) => sum + width, 0)).toBe(room);
      expect(Math.min(...widths)).toBeGreaterThan(0);
      expect(size).toBeLessThanOrEqual(18);
    }),
    { seed: 5 },
  );
});

test('a long text gets most of the room, and no word of the others is broken for it', () => {
  const rows = [
    ['No.', 'Participants', 'Result'],
    ['1', '1,234,567', LONG],
  ];
  const { widths, size } = columnWidths(rows, 9468, 18, { heads: 1 });
  expect(size).toBe(18);
  expect(widths[0]).toBeGreaterThan(textTwips('No.', 18) + 170);
  expect(widths[1]).toBeGreaterThan(textTwips('1,234,567', 18) + 170);
  expect(widths[2]).toBeGreaterThan(9468 / 2);
});

test('short texts share the room by what they need', () => {
  const [name = 0, value = 0] = columnWidths([['Transition area', '12']], 9000, 18).widths;
  expect(name).toBeGreaterThan(value);
});

test('type gets smaller where words would not fit, down to 6.5 points', () => {
  const row = (columns: number): string[][] => [Array.from({ length: columns }, () => 'Participants')];
  expect(columnWidths(row(6), 9468, 18).size).toBe(18);
  expect(columnWidths(row(9), 9468, 18).size).toBeLessThan(18);
  expect(columnWidths(row(40), 9468, 18).size).toBe(13);
});

test('a bold head needs more room than the same words below it', () => {
  const columns = (heads: number): number[] => columnWidths([['Participants', LONG]], 9468, 18, { heads }).widths;
  expect(columns(1)[0]).toBeGreaterThan(columns(0)[0] ?? 0);
});

/** Advance widths of Liberation Sans 2.1 (hmtx), which are those of Arial, at 9 pt [twips]. */
test.each([
  ['Participants', 940],
  ['1 234 567', 801],
  ['2013–2014', 901],
  ['Әйелдер', 746],
  ['Участников', 955],
  ['Korgalzhyn State Nature Reserve', 2681],
  ['Қорғалжын мемлекеттік табиғи қорығы', 3246],
  ['Министерство экологии и природных ресурсов', 3923],
])('the width of "%s" is that of the font or up to an eighth more', (text, width) => {
  expect(textTwips(text, 18)).toBeGreaterThanOrEqual(width);
  expect(textTwips(text, 18)).toBeLessThan(width * 1.125);
});
