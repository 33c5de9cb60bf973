import { expect, test } from 'vitest';
import { periodicReview } from '../../src/review/periodic-review.ts';
import { questionSheet } from '../../src/review/questions.ts';
import { shippedForm } from '../../src/review/shipped-form.ts';
import type { Finding } from '../../src/types.ts';
import { contentOf, entry } from './content-fixture.ts';

const form = shippedForm();
const finding: Finding = {
  rule: 'Z13',
  severity: 'error',
  site: 'almaty',
  zones: [],
  place: null,
  numbers: {},
  sources: ['https://example.org/page'],
  text: { en: 'The area is greater than its box.' },
  suggestion: { en: 'The area was measured anew: …' },
};

async function sheet(findings: Finding[], records = contentOf().records): Promise<string> {
  const known = contentOf({ records });
  const review = await periodicReview(form, known, { lang: 'en', date: '2026-03-01' });
  return JSON.stringify(questionSheet(form, known, { findings, review, lang: 'en', today: '2026-03-01' }));
}

test('a question stands with its source and the sentence that answers it', async () => {
  const words = await sheet([finding]);
  expect(words).toContain('Z13, error. The area is greater than its box.');
  expect(words).toContain('Source: https://example.org/page');
  expect(words).toContain('A sentence for the report: The area was measured anew: …');
  expect(words).toContain('never part of the report');
});

test('what is open is listed by who can close it', async () => {
  const words = await sheet([]);
  expect(words).toContain('open-accountant');
  expect(words).toContain('I. k Budget: from records');
});

test('records that would be asked about are listed with their section', async () => {
  const open = entry('recommendations', { number: '3', year: 2014, text: 'Enlarge the core.', status: 'done' });
  const words = await sheet([], { ...contentOf().records, entries: [open] });
  expect(words).not.toContain('No record stands without what it needs.');
  expect(words).toMatch(/1\.3 Follow-up of each recommendation[^"]*: [^"]*3/);
});
