import { describe, expect, test } from 'vitest';
import { languages } from '../../src/i18n/index.ts';
import type { Block } from '../../src/print/blocks.ts';
import { earlierReviews, recommendations } from '../../src/review/recommendations.ts';
import { fieldText } from '../../src/review/registers.ts';
import type { Entry } from '../../src/types.ts';
import { contentOf, entry, wordsOf } from './content-fixture.ts';
import { dangling, gapsOf, rowsOf } from './records-fixture.ts';

const ledger: Entry[] = [
  entry('recommendations', {
    number: '10',
    year: 2014,
    text: 'Extend the transition area.',
    status: 'begun',
    reason: 'A map is with the district.',
  }),
  entry('recommendations', {
    number: '2',
    year: 2014,
    text: 'Adopt a management plan.',
    status: 'done',
    proof: 'Order No 12',
    proof_date: '2016-05-05',
  }),
  entry('recommendations', { number: '3', year: 2014, text: 'Name a coordinator.', status: 'done' }),
  entry('recommendations', { number: '1', year: 2004, text: 'Draw a buffer zone.', status: 'dropped' }),
  entry('recommendations', { number: '4', year: 2014, text: 'Report on languages.' }),
];

const blocksOf = async (section: string, entries = ledger, rest = {}): Promise<Block[] | null> =>
  recommendations(contentOf({ records: { entries }, section: { id: section }, ...rest }));

describe('recommendations', () => {
  test('stand by decision and number, counted as numbers, with the proof and its day', async () => {
    const rows = rowsOf(await blocksOf('II.1.3'));
    expect(rows.map(([number]) => number)).toEqual(['1 (2004)', '2 (2014)', '3 (2014)', '4 (2014)', '10 (2014)']);
    expect(rows[1]?.at(-1)).toBe('Order No 12 (May 5, 2016)');
    expect(rows[2]?.at(-1)).toBe('–');
  });

  test('are counted by state, those without one among them', async () => {
    const state = (code: string): string => fieldText('recommendations', 'status', code, 'en');
    const [lead] = (await blocksOf('II.1.3')) ?? [];
    const words = wordsOf(lead === undefined ? [] : [lead]);
    expect(words).toContain('Recommendations: 5');
    expect(words).toContain(`${state('done')}: 2; ${state('begun')}: 1; ${state('dropped')}: 1; not stated: 1`);
  });

  test('that an assessor would ask about are named: no state, done without proof, not done without reason', async () => {
    const gaps = gapsOf(await blocksOf('II.1.3'));
    expect(gaps).toHaveLength(3);
    expect(gaps[0]).toContain('4 (2014)');
    expect(gaps[1]).toContain('3 (2014)');
    expect(gaps[1]).not.toContain('2 (2014)');
    expect(gaps[2]).toContain('1 (2004)');
    expect(gaps[2]).not.toContain('10 (2014)');
  });

  test('stand first without their follow-up in the summary, then with it and without their text', async () => {
    const asked = await blocksOf('I.e');
    expect(wordsOf(asked)).toContain('Name a coordinator.');
    expect(wordsOf(asked)).not.toContain('Order No 12');
    expect(gapsOf(asked)).toEqual([]);
    const followed = await blocksOf('I.f');
    expect(wordsOf(followed)).not.toContain('Name a coordinator.');
    expect(wordsOf(followed)).toContain('Order No 12');
  });

  test('of decisions before the last report are not too old: they stand until they are met', async () => {
    expect(rowsOf(await blocksOf('II.1.3', ledger, { dates: { previous: '2014-06-30' } }))).toHaveLength(5);
  });

  test('cite where each comes from', async () => {
    const content = contentOf({ records: { entries: ledger } });
    await recommendations(content);
    expect(content.notes).toEqual(['https://en.unesco.org/biosphere/aspac/almaty']);
  });

  test('that are confidential are counted where they are left out, and marked where they are shown', async () => {
    const secret = [...ledger, entry('recommendations', { number: '5', text: 'Settle the dispute.' }, { confidential: true })];
    const without = wordsOf(await blocksOf('II.1.3', secret, { confidential: 'leave-out' }));
    expect(without).not.toContain('Settle the dispute.');
    expect(without).toContain('1 confidential');
    const marked = wordsOf(await blocksOf('II.1.3', secret, { confidential: 'mark' }));
    expect(marked).toContain('5 [confidential] |');
  });

  test('nothing known stays a gap', async () => {
    expect(await blocksOf('II.1.3', [])).toBeNull();
  });

  test.each(languages)('speak %s', async (lang) => {
    for (const section of ['I.e', 'I.f', 'II.1.3']) {
      const blocks = await blocksOf(section, ledger, { lang });
      expect(wordsOf(blocks)).toContain('10 (2014)');
      expect(dangling(blocks)).toEqual([]);
    }
  });
});

describe('earlier reviews', () => {
  const reviews = [entry('reviews', { year: 2014, outcome: 'meets', decided: '2015-06' }), entry('reviews', { year: 2004 })];

  test('are years in the summary, and a table with outcomes in the report; one without an outcome is named', async () => {
    const summary = await earlierReviews(contentOf({ records: { entries: reviews }, section: { id: 'I.d' } }));
    expect(wordsOf(summary)).toContain('2004; 2014');
    expect(summary?.some(({ kind }) => kind === 'table')).toBe(false);
    expect(dangling(summary)).toEqual([]);
    const report = await earlierReviews(contentOf({ records: { entries: reviews }, section: { id: 'II.1.2' } }));
    expect(rowsOf(report).map(([year]) => year)).toEqual(['2004', '2014']);
    expect(gapsOf(report)).toEqual(['The outcome is not recorded for the review of 2004.']);
  });

  test.each(languages)('speak %s, and are null where none is known', async (lang) => {
    expect(wordsOf(await earlierReviews(contentOf({ records: { entries: reviews }, lang })))).toContain('2004');
    expect(await earlierReviews(contentOf({ lang }))).toBeNull();
  });
});
