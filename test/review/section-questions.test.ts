import { expect, test } from 'vitest';
import { findingsOf } from '../../src/review/section-questions.ts';
import { sectionsOf } from '../../src/review/sections.ts';
import { shippedForm } from '../../src/review/shipped-form.ts';
import type { Finding } from '../../src/types.ts';
import { catalogue } from '../../src/zonation/rules.ts';

const findingOf = (rule: string): Finding => ({
  rule,
  severity: 'question',
  site: 'almaty',
  zones: [],
  place: null,
  numbers: {},
  sources: [],
  text: {},
  suggestion: null,
});

const sections = sectionsOf(shippedForm()).map(({ section }) => section);

test.each(catalogue.map(({ id }) => id))('what rule %s asks stands beside a section of the form', (rule) => {
  expect(sections.some((section) => findingsOf(section, [findingOf(rule)]).length > 0)).toBe(true);
});

test('limits and centre are asked about beside the coordinates, not beside the areas', () => {
  const beside = (id: string): string[] => {
    const section = sections.find((one) => one.id === id);
    return section === undefined ? [] : findingsOf(section, ['Z11', 'Z12'].map(findingOf)).map(({ rule }) => rule);
  };
  expect(beside('II.2.2.1')).toEqual(['Z12']);
  expect(beside('I.i')).toEqual(['Z11']);
});

test('what was not checked is no question to the reserve', () => {
  expect(sections.flatMap((section) => findingsOf(section, [findingOf('not-checked')]))).toEqual([]);
});
