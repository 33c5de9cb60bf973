import { expect, test } from 'vitest';
import type { Block } from '../../src/print/blocks.ts';
import { renderHtml } from '../../src/print/html.ts';
import { fillers } from '../../src/review/fillers.ts';
import type { Form, FormSection } from '../../src/review/form.ts';
import { periodicReview } from '../../src/review/periodic-review.ts';
import { sectionPieces } from '../../src/review/section-pieces.ts';
import { contentOf, entry, observationOf } from './content-fixture.ts';

const {
  form: empty,
  section: bare,
  ...known
} = contentOf({
  facts: { observations: [observationOf('area', 176960, 'har', { year: 2020 })] },
  records: {
    entries: [
      entry('plans', { title: 'Plan <b>of</b> 2020', start: '2020', end: '2029' }),
      entry('contacts', { purpose: 'reserve', organisation: 'Secret body' }, { confidential: true }),
    ],
  },
});

const section = (id: string, fills: string[], rest: Partial<FormSection> = {}): FormSection => ({ ...bare, id, fills, ...rest });

const form: Form = {
  ...empty,
  parts: [
    {
      id: 'I',
      title: { en: 'One' },
      sections: [section('I.plans', ['plans']), section('I.again', ['plans']), section('I.nothing', ['budget'])],
    },
    {
      id: 'II',
      title: { en: 'Two' },
      sections: [section('II.plans', ['plans']), section('II.10.1', ['contacts'], { confidential: true })],
    },
  ],
};

const options = { lang: 'en', date: '2026-11-23', hrefOf: (id: string) => `/review/${id}` } as const;

const pieceOf = async (id: string, confidential: 'mark' | 'leave-out' = 'mark') =>
  (await sectionPieces(form, known, { ...options, confidential })).find((piece) => piece.section === id);

/** The numbers of the tables in a piece of HTML. */
const tables = (html: string): string[] => [...html.matchAll(/<caption><span>(Table \d+)/g)].map(([, label = '']) => label);

test('a piece says what the document says, and its tables have the same numbers', async () => {
  const review = await periodicReview(form, known, { lang: 'en', date: '2026-11-23' });
  const page = renderHtml(review.blocks, 'en', 'page');
  const pieces = await sectionPieces(form, known, options);
  const inOrder = pieces.flatMap(({ html }) => tables(html));
  expect(inOrder.length).toBeGreaterThan(0);
  expect(tables(page).slice(0, inOrder.length)).toEqual(inOrder);
  for (const word of ['Plan &lt;b&gt;of&lt;/b&gt; 2020']) expect(page.includes(word)).toBe(true);
  expect((await pieceOf('I.plans'))?.html).toContain('Plan &lt;b&gt;of&lt;/b&gt; 2020');
});

test('what stands in an earlier section of the part is referred to at its address', async () => {
  const again = await pieceOf('I.again');
  expect(tables(again?.html ?? '')).toEqual([]);
  expect(again?.html).toMatch(/href="\/review\/I\.plans#p-/);
  expect(tables((await pieceOf('II.plans'))?.html ?? '')).toHaveLength(1);
});

test('every footnote of a piece is at its end', async () => {
  const html = (await pieceOf('I.plans'))?.html ?? '';
  const cited = [...html.matchAll(/href="#(p-note-\d+)"/g)].map(([, id = '']) => id);
  expect(cited.length).toBeGreaterThan(0);
  for (const id of cited) expect(html).toContain(`id="${id}"`);
  expect(cited[0]).toBe('p-note-1');
});

test('what is confidential is in no piece for those who may not read it', async () => {
  expect((await pieceOf('II.10.1', 'mark'))?.html).toContain('Secret body');
  const pieces = await sectionPieces(form, known, { ...options, confidential: 'leave-out' });
  expect(JSON.stringify(pieces)).not.toContain('Secret body');
});

test('a section of which nothing is known is empty, and tells so', async () => {
  expect(await pieceOf('I.nothing')).toEqual({ section: 'I.nothing', html: '', told: false, flaws: [], words: '' });
  expect(await pieceOf('I.plans')).toMatchObject({ told: true });
});

test('an address or a mark in a figure never comes from a record', async () => {
  const before = fillers.budget;
  fillers.budget = (): Block[] => [{ kind: 'text', text: { text: 'x" onclick="alert(1)', notes: [] } }];
  try {
    expect((await pieceOf('I.nothing'))?.html).toBe('<p>x&quot; onclick=&quot;alert(1)</p>');
  } finally {
    fillers.budget = before as NonNullable<typeof before>;
  }
});
