import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bounded } from '../../src/server/bounded.ts';

const words = () => bounded<string>({ most: 10, sizeOf: (word) => word.length });

test('what was not asked for the longest gives way', () => {
  const kept = words();
  for (const word of ['four', 'five', 'six']) kept.set(word, word); // 4 + 4 + 3 > 10
  expect([kept.get('four'), kept.get('five'), kept.get('six'), kept.size()]).toEqual([undefined, 'five', 'six', 7]);
  kept.get('five');
  kept.set('seven', 'seven');
  expect([kept.get('five'), kept.get('six'), kept.get('seven'), kept.size()]).toEqual(['five', undefined, 'seven', 9]);
});

test('what is larger than all the room is not kept, nor what it stood for', () => {
  const kept = words();
  kept.set('a', 'short');
  kept.set('b', 'word');
  kept.set('a', 'far too long for it');
  expect([kept.get('a'), kept.get('b'), kept.size()]).toEqual([undefined, 'word', 4]);
});

test('whatever is kept, changed and dropped, the size is that of what is there, and never above the bound', () => {
  const step = fc.tuple(
    fc.constantFrom('set', 'get', 'delete'),
    fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    fc.string({ maxLength: 12 }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const kept = words();
      for (const [what, key, value] of steps) {
        if (what === 'set') kept.set(key, value);
        else if (what === 'get') kept.get(key);
        else kept.delete(key);
        const there = ['a', 'b', 'c', 'd', 'e'].map((one) => kept.get(one) ?? '').join('');
        expect(kept.size()).toBe(there.length);
        expect(kept.size()).toBeLessThanOrEqual(10);
      }
    }),
  );
});
