import fc from 'fast-check';
import { expect, test } from 'vitest';
import { markedMoney } from '../../src/science/marked-money.ts';

test('principal and significant count in full, 0 and what was not screened stand apart', () => {
  const sums = [
    { value: 100, score: 2 },
    { value: 50, score: 1 },
    { value: 30, score: 0 },
    { value: 20, score: null },
  ];
  expect(markedMoney(sums)).toEqual({ principal: 100, significant: 50, counted: 150, notTargeted: 30, notScreened: 20 });
  expect(markedMoney(sums, { weight: 0.4 }).counted).toBe(120); // 40 % of what is significant, the convention of some donors
  expect(() => markedMoney(sums, { weight: 1.5 })).toThrow('weight 1.5');
});

test('every sum is in one of the four', () => {
  const sum = fc.record({ value: fc.integer({ min: 0, max: 1e6 }), score: fc.constantFrom(null, 0, 1, 2, 3, 4) });
  fc.assert(
    fc.property(fc.array(sum), (sums) => {
      const { principal, significant, notTargeted, notScreened } = markedMoney(sums);
      expect(principal + significant + notTargeted + notScreened).toBe(sums.reduce((all, { value }) => all + value, 0));
    }),
  );
});
