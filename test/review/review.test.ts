import { expect, test } from 'vitest';
import { draftReview } from '../../src/review/draft.ts';
import { renderHtml } from '../../src/review/html.ts';
import type { Observation } from '../../src/types.ts';
import type { SiteFacts } from '../../src/zonation/site-facts.ts';
import { almaty, total, unesco } from '../store/facts-fixture.ts';

/** Areas as the UNESCO page on Almaty declares them; the mapped core is an invented figure to be told from the declared one. */
const zone = (kind: 'core' | 'buffer' | 'transition') =>
  ({
    id: `almaty/${kind}`,
    site: 'almaty',
    kind,
    name: {},
    valid: { start: '2020-01-01', end: null },
    geometry: null,
    from: total.from,
  }) as const;
const figure = (kind: string, value: number, more: Partial<Observation> = {}): Observation => ({
  ...total,
  id: `almaty-${kind}-${more.role ?? ''}`,
  feature: `almaty/${kind}`,
  value,
  ...more,
});
const facts: SiteFacts = {
  site: almaty,
  designations: [
    {
      id: 'd',
      site: 'almaty',
      kind: 'biosphere-reserve',
      code: null,
      year: 2020,
      date: null,
      criteria: null,
      quality: 'unconfirmed',
      note: null,
      from: total.from,
    },
  ],
  zones: [zone('core'), zone('buffer'), zone('transition')],
  observations: [
    total,
    figure('core', 71800),
    figure('core', 71700),
    figure('buffer', 27080),
    figure('transition', 78080, { approximate: true }),
    figure('core', 718_100_000, { role: 'computed', unit: 'm2', from: { run: 'run-area-1' } }),
  ],
  overlaps: [],
  parts: [],
  sources: new Map([[unesco.id, unesco]]),
  map: null,
};

const text = (html: string): string =>
  html
    .replace(/<sup>.*?<\/sup>/g, '')
    .replace(/<[^>]+>/g, '|')
    .replace(/\|+/g, '|');

test('declared figures of two sources stand side by side with the computed one and the difference', () => {
  const { html } = draftReview(facts, 'en');
  expect(text(html)).toContain('|core area|71,800 / 71,700|71,810|10 (0.01 %)|');
  expect(text(html)).toContain('|transition area|about 78,080|–|–|');
  expect(text(html)).toContain('|Total|176,960|–|–|');
});

test('each figure carries a footnote with its source or run, and its quality', () => {
  const { html } = draftReview(facts, 'en');
  expect(html).toContain('Declared, 2020: <a href="https://en.unesco.org/biosphere/aspac/almaty">');
  expect(html).toContain('Computed, 2020: run-area-1');
  expect(text(html)).toContain('(unconfirmed)');
  const marks = [...html.matchAll(/href="#note-(\d+)"/g)].map(([, n]) => n);
  expect(marks.length).toBeGreaterThan(5);
  for (const n of marks) expect(html).toContain(`id="note-${n}"`);
});

test('what is not known is a gap that says who can fill it, never a zero', () => {
  const { html, completeness } = draftReview(facts, 'en');
  expect(html).toContain('Gap. Who can fill it: the accountant');
  expect(completeness.filled).toBeGreaterThan(4);
  expect(completeness.gaps).toBeGreaterThan(80);
  expect(text(draftReview({ ...facts, observations: [] }, 'en').html)).not.toContain('|Areas of the zones|');
});

test('the questions of a reviewer are no part of the report', () => {
  expect(draftReview(facts, 'en').html).not.toContain('Z11');
});

test.each(['en', 'ru', 'kk', 'tr'] as const)('a review in %s is written in that language throughout', (lang) => {
  const { html } = draftReview(facts, lang);
  expect(html).toContain(`<html lang="${lang}">`);
  if (lang !== 'en') expect(html).not.toContain('Gap.');
});

test('text is never taken for markup', () => {
  const html = renderHtml([{ kind: 'title', text: '<b>"x"</b>', under: "it's & so" }], 'en', '</title>');
  expect(html).toContain('&lt;b&gt;&quot;x&quot;&lt;/b&gt;');
  expect(html).toContain('it&#39;s &amp; so');
  expect(html).toContain('<title>&lt;/title&gt;</title>');
});

test('the blocks of a small page', () => {
  const html = renderHtml(
    [
      { kind: 'heading', level: 3, id: 'I.a', text: 'Name' },
      { kind: 'text', text: { text: 'Almaty', notes: [1] } },
      { kind: 'gap', text: 'Gap.' },
      { kind: 'notes', title: 'Sources', notes: ['Declared: https://example.org/a?b=1&c=2'] },
    ],
    'en',
    'Small',
  );
  expect(html.slice(html.indexOf('<main>'))).toMatchSnapshot();
});
