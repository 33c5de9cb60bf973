import fc from 'fast-check';
import { expect, test } from 'vitest';
import { references, withAddresses } from '../../src/print/references.ts';

test('references: an address in a note ends before the punctuation of its sentence', () => {
  const links = (note: string): (string | null)[] =>
    withAddresses(note)
      .map(({ to }) => to)
      .filter((to) => to !== null);
  expect(links('See https://example.org/a?b=1&c=2.')).toEqual(['https://example.org/a?b=1&c=2']);
  expect(links('(https://example.org/a), «http://example.org/б»; https://c.example/')).toEqual([
    'https://example.org/a',
    'http://example.org/б',
    'https://c.example/',
  ]);
  expect(links('javascript:alert(1) and www.example.org and https://')).toEqual([]);
});

test('references: the pieces of a note are the note', () => {
  const note = fc.array(fc.constantFrom('https://', 'http://a.b', '/c', '.', ' ', ')', 'x')).map((parts) => parts.join(''));
  fc.assert(
    fc.property(
      note,
      (text) =>
        withAddresses(text)
          .map((piece) => piece.text)
          .join('') === text,
    ),
  );
});

test('references: places have names of their own that fit into an address', () => {
  const blocks = ['a b', 'a-b', 'a%20b', ''].map((id) => ({ kind: 'heading' as const, level: 2 as const, id, text: '' }));
  const { anchor } = references(blocks, 'en');
  expect(blocks.map(anchor)).toEqual(['a-b', 'a-b-2', 'a-20b', 'place']);
});
