import { describe, expect, test } from 'vitest';
import { languages } from '../../src/i18n/index.ts';
import { reviewProcess } from '../../src/review/review-process.ts';
import { type ContentOverrides, contentOf, wordsOf } from './content-fixture.ts';
import { activity, dangling, gapsOf, headcount, organisation, participation, rowsOf } from './records-fixture.ts';

const records: ContentOverrides['records'] = {
  activities: [
    activity('first', {
      title: 'First meeting',
      category: 'review-meeting',
      when: '2023-10-05',
      note: 'herders; fishers',
      result: 'The outline is agreed.',
    }),
    activity('village', { title: 'Village hall', category: 'consultation', when: '2024-02-11', description: 'Sabyndy' }),
    activity('last', { title: 'Last meeting', category: 'review-meeting', when: '2024-05' }),
    activity('party', { title: 'Party', category: 'celebration', when: '2024-05' }),
  ],
  headcounts: [
    headcount('first', { total: 20, female: 6, male: 10 }),
    headcount('first', { age: '18-35', total: 5 }),
    headcount('village', { total: 40 }),
  ],
  organisations: new Map([['akimat', organisation('akimat', 'District administration')]]),
  participations: [participation('village', 'akimat', 'host')],
};

const filled = async (id: string, overrides: ContentOverrides = {}) =>
  reviewProcess(contentOf({ records, ...overrides, section: { id } }));

describe('how a review was prepared', () => {
  test('the summary says number, time and attendance, and nothing of other events', async () => {
    const words = wordsOf(await filled('I.h'));
    expect(words).toContain('May 2024: 3 (');
    expect(words).toContain('October 5, 2023 – May 2024');
    expect(words).toContain('at least 60');
    expect(words).toContain('known (16): 38%; sex not known: 44');
    expect(words).not.toContain('Party');
  });

  test('1.5.1 lists the groups and organisations, and names where none are recorded', async () => {
    const blocks = await filled('II.1.5.1');
    expect(rowsOf(blocks)).toEqual([
      ['First meeting (October 5, 2023)', 'herders; fishers', '–'],
      ['Village hall (February 11, 2024)', '–', 'District administration'],
      ['Last meeting (May 2024)', '–', '–'],
    ]);
    expect(gapsOf(blocks)).toEqual(['It is not recorded which groups took part: Last meeting (May 2024).']);
  });

  test('1.5.2 gives the methods with their number and what came of them', async () => {
    const rows = rowsOf(await filled('II.1.5.2'));
    expect(rows.map(([, number, titles]) => [number, titles])).toEqual([
      ['2', 'First meeting; Last meeting'],
      ['1', 'Village hall'],
    ]);
    expect(rows[0]?.[3]).toBe('The outline is agreed.');
    expect(gapsOf(await filled('II.1.5.2'))[0]).toContain('Village hall');
  });

  test('1.5.3 counts by year and lists dates, places and who organised', async () => {
    const blocks = await filled('II.1.5.3');
    expect(wordsOf(blocks)).toContain('2023: 1; 2024: 2');
    expect(rowsOf(blocks)[1]?.slice(0, 2)).toEqual(['Village hall', 'February 11, 2024, Sabyndy']);
    expect(rowsOf(blocks)[1]).toContain('District administration');
  });

  test('1.5.4 gives attendance by sex and age, "not known" as columns of their own', async () => {
    const blocks = await filled('II.1.5.4');
    const table = blocks?.find((block) => block.kind === 'table');
    expect(table?.head.slice(-6)).toEqual(['Total', 'Women', 'Men', 'Sex not known', 'Aged 18–35', 'Older, or age not known']);
    expect(rowsOf(blocks).map((row) => row.slice(-6))).toEqual([
      ['20', '6', '10', '4', '5', '15'],
      ['40', '–', '–', '40', '–', '40'],
      ['–', '–', '–', '–', '–', '–'],
      ['≥\u00a060', '6', '10', '44', '5', '55'],
    ]);
    expect(gapsOf(blocks)).toEqual(['Nobody counted who came to: Last meeting (May 2024).']);
  });

  test('a section of another number gets all of it', async () => {
    const words = wordsOf(await filled('II.1.5'));
    expect(words).toContain('herders; fishers');
    expect(words).toContain('at least 60');
  });

  test('of which nothing is known stays a gap', async () => {
    expect(await reviewProcess(contentOf({ section: { id: 'I.h' } }))).toBeNull();
    expect(await filled('I.h', { records: { activities: [activity('party', { category: 'celebration' })] } })).toBeNull();
  });

  test.each(languages)('speaks %s', async (lang) => {
    for (const id of ['I.h', 'II.1.5', 'II.1.5.1', 'II.1.5.2', 'II.1.5.3', 'II.1.5.4']) {
      const blocks = await filled(id, { lang });
      expect(wordsOf(blocks)).not.toBe('');
      expect(dangling(blocks)).toEqual([]);
    }
  });
});
