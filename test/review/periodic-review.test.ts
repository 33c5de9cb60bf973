import { describe, expect, test } from 'vitest';
import type { Block } from '../../src/print/blocks.ts';
import { renderHtml } from '../../src/print/html.ts';
import { countOf } from '../../src/review/completeness.ts';
import { fillers } from '../../src/review/fillers.ts';
import type { FormSection } from '../../src/review/form.ts';
import { periodicReview } from '../../src/review/periodic-review.ts';
import { shippedForm } from '../../src/review/shipped-form.ts';
import type { Answer, Lang } from '../../src/types.ts';
import { total } from '../store/facts-fixture.ts';
import { contentOf, entry, zoneOf } from './content-fixture.ts';

const form = shippedForm();
const options = { lang: 'en' as Lang, date: '2026-03-01' };

const answer = (section: string, lang: Lang, text: string): Answer => ({
  id: `almaty/${form.id}/${section}/${lang}`,
  site: 'almaty',
  form: form.id,
  section,
  lang,
  text,
  author: 'A. Botanist',
  written: '2025-11-02',
  confidential: false,
});

const designation = {
  id: 'd',
  site: 'almaty',
  kind: 'biosphere-reserve' as const,
  code: null,
  year: 2020,
  date: null,
  criteria: null,
  quality: 'unconfirmed' as const,
  note: null,
  from: total.from,
};
const figure = (kind: string, value: number) => ({ ...total, id: `area-${kind}`, feature: `almaty/${kind}`, value });

/** Areas as the UNESCO page on Almaty declares them. */
const almaty = contentOf({
  facts: {
    designations: [designation],
    zones: [zoneOf('core'), zoneOf('buffer')],
    observations: [total, figure('core', 71_800), figure('buffer', 27_180)],
  },
});

/** The blocks of one section, without its heading. */
function sectionOf(blocks: Block[], id: string): Block[] {
  const start = blocks.findIndex((block) => block.kind === 'heading' && block.id === id);
  const end = blocks.findIndex((block, i) => i > start && block.kind === 'heading');
  return blocks.slice(start + 1, end);
}

const flat = (sections: FormSection[]): FormSection[] => sections.flatMap((section) => [section, ...flat(section.sections)]);
const sections = form.parts.flatMap((part) => flat(part.sections));

test('every machine name that the form uses has something that fills it', () => {
  const named = [...new Set(sections.flatMap((section) => section.fills))].filter((name) => name !== 'section-summary');
  expect(named.filter((name) => fillers[name] === undefined)).toEqual([]);
});

test('a form that names a filler which does not exist is refused', async () => {
  const [first] = sections;
  if (first === undefined) throw new Error('the form has no section');
  const odd = { ...form, parts: [{ id: 'I', title: {}, sections: [{ ...first, fills: ['astrology'] }] }] };
  await expect(periodicReview(odd, almaty, options)).rejects.toThrow('astrology');
});

test('every section of the form is there, in its order', async () => {
  const { blocks } = await periodicReview(form, almaty, options);
  const ids = blocks.flatMap((block) => (block.kind === 'heading' && block.level > 2 ? [block.id] : []));
  expect(ids).toEqual(sections.map(({ id }) => id));
});

test('notes are numbered in the order in which a reader meets them, and each is cited', async () => {
  const { blocks } = await periodicReview(form, almaty, options);
  const cited = blocks.flatMap((block): number[] => {
    if (block.kind === 'text') return block.text.notes;
    if (block.kind === 'list') return block.items.flatMap(({ notes }) => notes);
    return block.kind === 'table' ? block.rows.flat().flatMap(({ notes }) => notes) : [];
  });
  const first = [...new Set(cited)];
  expect(first).toEqual(first.map((_, i) => i + 1));
  const notes = blocks.at(-1);
  expect(notes?.kind === 'notes' ? notes.notes.length : 0).toBe(first.length);
  expect(first.length).toBeGreaterThan(1);
});

test('what is not known is one marked gap that says who can fill it', async () => {
  const { blocks } = await periodicReview(form, almaty, options);
  const [, gap] = sectionOf(blocks, 'I.k');
  expect(gap).toEqual({ kind: 'gap', answer: true, text: expect.stringContaining('the accountant') });
});

test('a written answer is printed by paragraphs with its author, and the gap is gone', async () => {
  const known = { ...almaty, records: { ...almaty.records, answers: [answer('II.1.4', 'en', 'First.\n\nSecond.')] } };
  const { blocks, answers } = await periodicReview(form, known, options);
  const section = sectionOf(blocks, 'II.1.4');
  expect(section.map((block) => (block.kind === 'text' ? block.text.text : block.kind))).toEqual(['hint', 'First.', 'Second.']);
  const notes = blocks.at(-1);
  const [, first] = section;
  const number = first?.kind === 'text' ? first.text.notes[0] : undefined;
  expect(notes?.kind === 'notes' ? notes.notes[(number ?? 0) - 1] : '').toBe('A. Botanist, November 2, 2025');
  expect(answers.find(({ section: id }) => id === 'II.1.4')?.state).toBe('filled');
});

test('an answer in another language is no answer, but a translation that waits', async () => {
  const known = { ...almaty, records: { ...almaty.records, answers: [answer('II.1.4', 'ru', 'Первое.')] } };
  const { blocks, answers } = await periodicReview(form, known, options);
  expect(JSON.stringify(sectionOf(blocks, 'II.1.4'))).toContain('to be translated');
  expect(JSON.stringify(blocks)).not.toContain('Первое');
  expect(answers.find(({ section }) => section === 'II.1.4')?.state).toBe('translate');
});

test('a confidential answer in an open section is marked, and left out where it may not be shown', async () => {
  const secret = { ...answer('II.1.4', 'en', 'Nest sites.'), confidential: true };
  const known = { ...almaty, records: { ...almaty.records, answers: [secret] } };
  const marked = sectionOf((await periodicReview(form, known, options)).blocks, 'II.1.4');
  expect(marked.map((block) => (block.kind === 'text' ? block.text.text : block.kind))).toEqual(['hint', 'hint', 'Nest sites.']);
  const { blocks } = await periodicReview(form, known, { ...options, confidential: 'leave-out' });
  expect(JSON.stringify(blocks)).not.toContain('Nest sites.');
});

test('an answer to another form stays out', async () => {
  const other = { ...answer('II.1.4', 'en', 'Old.'), form: 'periodic-review-2002' };
  const { blocks } = await periodicReview(form, { ...almaty, records: { ...almaty.records, answers: [other] } }, options);
  expect(JSON.stringify(blocks)).not.toContain('Old.');
});

test('the meter counts what is there by part and by kind, and never more than is asked', async () => {
  const { answers } = await periodicReview(form, almaty, options);
  // a section that is only the head of others is asked in those
  const isHead = ({ fills, sections: below }: (typeof sections)[number]): boolean => fills.length === 0 && below.length > 0;
  const asked = sections.reduce(
    (n, section) =>
      n +
      (section.kinds.some((kind) => kind !== 'written') && !isHead(section) ? 1 : 0) +
      (section.kinds.includes('written') ? 1 : 0),
    0,
  );
  expect(countOf(answers).asked).toBe(asked);
  expect(countOf(answers).filled).toBeGreaterThan(4);
  const empty = await periodicReview(form, contentOf(), options);
  expect(countOf(empty.answers).filled).toBeLessThan(countOf(answers).filled);
});

describe('confidential sections', () => {
  const contact = entry(
    'contacts',
    { purpose: 'reserve', organisation: 'Reserve office', phone: '+7 000' },
    { confidential: true },
  );
  const known = { ...almaty, records: { ...almaty.records, entries: [contact] } };

  test('are marked', async () => {
    const { blocks } = await periodicReview(form, known, options);
    const section = JSON.stringify(sectionOf(blocks, 'II.10.1'));
    expect(section).toContain('Confidential');
    expect(section).toContain('Reserve office');
  });

  test('or left out of a copy, and no file of it knows them', async () => {
    const { blocks } = await periodicReview(form, known, { ...options, confidential: 'leave-out' });
    expect(JSON.stringify(blocks)).not.toContain('Reserve office');
    expect(JSON.stringify(sectionOf(blocks, 'II.10.1'))).toContain('left out');
  });

  test('a summary does not tell what a section left out began with', async () => {
    const conflict = entry('conflicts', { what: 'Hay on the island', type: 'access' }, { confidential: true });
    const told = { ...almaty, records: { ...almaty.records, entries: [conflict] } };
    const { blocks } = await periodicReview(form, told, { ...options, confidential: 'leave-out' });
    expect(JSON.stringify(sectionOf(blocks, 'II.2.2.7'))).not.toContain('7.4');
  });
});

test('summaries of the functions say what their sections begin with, with the same notes', async () => {
  const known = contentOf({ records: { entries: [entry('communication', { channel: 'website', title: 'Site' })] } });
  const { blocks } = await periodicReview(form, known, options);
  const [, list] = sectionOf(blocks, 'II.2.2.6');
  expect(list?.kind).toBe('list');
  expect(JSON.stringify(list)).toContain('6.6');
});

test('the questions of a reviewer are no part of the report', async () => {
  const { blocks } = await periodicReview(form, almaty, options);
  expect(JSON.stringify(blocks)).not.toMatch(/Z11|TB\d/);
});

test('the review before this one is the last that was held, else the designation', async () => {
  const held = { ...almaty, records: { ...almaty.records, entries: [entry('reviews', { year: 2021 })] } };
  expect(JSON.stringify((await periodicReview(form, held, options)).blocks)).toContain('September 30, 2031');
  expect(JSON.stringify((await periodicReview(form, almaty, options)).blocks)).toContain('September 30, 2030');
});

test.each(['en', 'ru', 'kk', 'tr'] as const)('a review in %s is written in that language throughout', async (lang) => {
  const { blocks } = await periodicReview(form, almaty, { ...options, lang });
  const html = renderHtml(blocks, lang, 'Review');
  expect(html).toContain(`<html lang="${lang}">`);
  if (lang !== 'en') expect(html).not.toContain('Gap.');
});
