import fc from 'fast-check';
import { expect, test } from 'vitest';
import { firstExtent, firstShown, leftOff } from '../../web/screens/site-layers-first.ts';

const layersOf = (ids: readonly string[]) => ({ layers: ids.map((id) => ({ id, title: {}, count: 1 })) });
const many = Array.from({ length: 48 }, (_, i) => `register-${i}`);

test('with few layers all are on but what was repaired', () => {
  const few = layersOf(['monitoring', 'research', 'repairs', 'findings']);
  expect(['monitoring', 'research', 'repairs', 'findings'].filter((id) => firstShown(few).has(id))).toEqual([
    'monitoring',
    'research',
    'findings',
  ]);
  expect(leftOff(few)).toBe(0);
});

test('with fifty the findings are on, a few others, and the rest is counted', () => {
  const fifty = layersOf([...many, 'repairs', 'findings']);
  expect(firstShown(fifty).has('findings')).toBe(true);
  expect(many.filter((id) => firstShown(fifty).has(id))).toEqual(many.slice(0, 6));
  expect(leftOff(fifty)).toBe(42);
});

test('what is on, what was left off and what was repaired is all there is', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.constantFrom(...many, 'repairs', 'findings')), (ids) => {
      const detail = layersOf(ids);
      const on = ids.filter((id) => firstShown(detail).has(id)).length;
      expect(on + leftOff(detail) + (ids.includes('repairs') ? 1 : 0)).toBe(ids.length);
    }),
  );
});

test('a reserve known by a point only begins with the country around it, others with what they cover', () => {
  expect(firstExtent([77.5, 43, 77.5, 43])).toEqual([76, 41.5, 79, 44.5]);
  expect(firstExtent([77, 43, 77.1, 43])).toEqual([77, 43, 77.1, 43]);
  expect(firstExtent(null)).toBeNull();
});
