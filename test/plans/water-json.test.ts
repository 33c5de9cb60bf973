import { expect, test } from 'vitest';
import { z } from 'zod';
import { readWaterJson } from '../../src/plans/water-json.ts';
import { Problem } from '../../src/problems.ts';

const schema = z.strictObject({ goal: z.enum(['alone', 'together']), parts: z.array(z.number().gt(0).max(1)).optional() });
const told = (text: string): Record<string, unknown> => {
  try {
    readWaterJson({ name: 'o.json', bytes: new TextEncoder().encode(text) }, schema);
  } catch (error) {
    if (error instanceof Problem) return { code: error.code, ...error.details };
    throw error;
  }
  return {};
};

test.each([
  ['a word that is no choice is shown with the choices', '{"goal":"togther"}', 'goal', '"togther"', 'alone, together'],
  ['a field that is absent is a dash', '{}', 'goal', '–', 'alone, together'],
  ['a number beyond its bound', '{"goal":"alone","parts":[0.5,2]}', 'parts.1', '2', '≤ 1'],
  ['a number at an open bound', '{"goal":"alone","parts":[0]}', 'parts.0', '0', '> 0'],
  ['a field that nobody knows', '{"goal":"alone","gaol":1}', 'gaol', 'gaol', '–'],
  ['another kind of value', '{"goal":"alone","parts":"x"}', 'parts', '"x"', 'array'],
])('water JSON: %s', (_, text, field, found, expected) => {
  expect(told(text)).toEqual({ code: 'profile-field', file: 'o.json', field, found, expected });
});

test('water JSON: what is no JSON is told as such, what fits is given back', () => {
  expect(told('{')).toMatchObject({ code: 'profile-field', field: '.', expected: 'JSON' });
  expect(readWaterJson({ name: 'o.json', bytes: new TextEncoder().encode('{"goal":"alone"}') }, schema)).toEqual({
    goal: 'alone',
  });
});
