import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Block, plain } from '../../src/print/blocks.ts';
import { lyingOf } from '../../src/print/sheets.ts';

const heading = (level: 2 | 3 | 4, id: string): Block => ({ kind: 'heading', level, id, text: id });
const hint: Block = { kind: 'hint', text: 'What is asked' };
const text = (length = 20): Block => ({ kind: 'text', text: plain('x'.repeat(length)) });
const table = (landscape: boolean): Block => ({ kind: 'table', caption: 'T', head: ['a'], rows: [[plain('1')]], landscape });

test('a landscape table lies with the section that leads to it, and headings right above', () => {
  const blocks = [heading(2, 'part'), text(), heading(3, 'a'), hint, heading(4, 'b'), hint, text(), table(true), text()];
  expect(lyingOf(blocks)).toEqual([false, false, true, true, true, true, true, true, false]);
});

test('what leads to it stays upright where it is long, or holds a table', () => {
  expect(lyingOf([heading(3, 'a'), text(2000), table(true)])).toEqual([false, false, true]);
  expect(lyingOf([heading(3, 'a'), table(false), text(), table(true)])).toEqual([false, false, false, true]);
});

test('a few words between two of them get no upright page for themselves', () => {
  expect(lyingOf([table(true), hint, table(true)])).toEqual([true, true, true]);
  expect(lyingOf([table(true), text(2000), table(true)])).toEqual([true, false, true]);
});

test('every landscape table lies, no other does, and without one nothing does', () => {
  const block = fc.oneof(
    fc.constantFrom(heading(2, 'h'), heading(3, 'i'), hint, table(true), table(false)),
    fc.nat(3000).map(text),
  );
  fc.assert(
    fc.property(fc.array(block), (blocks) => {
      const lying = lyingOf(blocks);
      for (const [i, one] of blocks.entries()) if (one.kind === 'table') expect(lying[i]).toBe(one.landscape);
      if (!blocks.some((one) => one.kind === 'table' && one.landscape)) expect(lying).not.toContain(true);
    }),
  );
});
