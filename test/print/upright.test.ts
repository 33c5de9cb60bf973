import { expect, test } from 'vitest';
import { plain, type Table } from '../../src/print/blocks.ts';
import { uprightWhereItFits } from '../../src/print/upright.ts';

const table = (columns: number, cell: string): Table => ({
  kind: 'table',
  caption: 'T',
  head: Array.from({ length: columns }, (_, i) => `Column ${i}`),
  rows: [Array.from({ length: columns }, () => plain(cell))],
  landscape: true,
});

test('a table of few short columns stands upright, one of many or of long words lies', () => {
  expect(uprightWhereItFits(table(5, 'akimat')).kind === 'table' && 'landscape' in uprightWhereItFits(table(5, 'akimat'))).toBe(
    false,
  );
  expect(uprightWhereItFits(table(14, 'землепользования'))).toMatchObject({ landscape: true });
});

test('a table whose rows would become columns of print lies', () => {
  expect(uprightWhereItFits(table(6, 'a few words of the register '.repeat(8)))).toMatchObject({ landscape: true });
});

test('what is not landscape stays as it is', () => {
  const { landscape: _, ...upright } = table(20, 'землепользования');
  expect(uprightWhereItFits(upright)).toBe(upright);
});
