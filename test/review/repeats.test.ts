import { expect, test } from 'vitest';
import { type Block, plain } from '../../src/print/blocks.ts';
import { withoutRepeats } from '../../src/review/repeats.ts';

const table = (id: string, cell = '1', caption = 'Staff'): Block => ({
  kind: 'table',
  id,
  caption,
  head: ['a'],
  rows: [[{ text: cell, notes: [1] }]],
});
const text = (words: string, see: string[] = []): Block => ({ kind: 'text', text: { ...plain(words), see } });

test('a table that stands already is not shown again: the sentence about it leads to the first', () => {
  const blocks = [table('a'), text('Staff: 1.', ['b']), table('b')];
  expect(withoutRepeats(blocks, 'en')).toEqual([table('a'), text('Staff: 1.', ['a'])]);
});

test('where no sentence speaks of it, one does; several in a row share it', () => {
  const blocks = [table('a'), table('c', '2'), { ...text('x') }, table('b'), table('d', '2')];
  const [, , , lead, ...rest] = withoutRepeats(blocks, 'en');
  expect(lead).toEqual({ kind: 'text', text: { text: 'The same is shown above.', notes: [], see: ['a', 'c'] } });
  expect(rest).toEqual([]);
});

test('tables that differ in a cell, a footnote or the caption are shown', () => {
  const other: Block = { kind: 'table', id: 'e', caption: 'Staff', head: ['a'], rows: [[{ text: '1', notes: [2] }]] };
  const blocks = [table('a'), table('b', '2'), table('c', '1', 'Volunteers'), other];
  expect(withoutRepeats(blocks, 'en')).toEqual(blocks);
});

test('tables without a number cannot be referred to, and stay', () => {
  const card: Block = { kind: 'table', caption: '', head: [], rows: [[plain('a'), plain('b')]] };
  expect(withoutRepeats([card, card], 'en')).toEqual([card, card]);
});
