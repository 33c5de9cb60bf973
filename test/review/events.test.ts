import { describe, expect, test } from 'vitest';
import { languages } from '../../src/i18n/index.ts';
import { activityList, whenOf } from '../../src/review/activities.ts';
import { events } from '../../src/review/events.ts';
import { choiceText } from '../../src/review/registers.ts';
import { type ContentOverrides, contentOf, entry, wordsOf } from './content-fixture.ts';
import { activity, dangling, gapsOf, headcount, organisation, participation, rowsOf } from './records-fixture.ts';

const records: ContentOverrides['records'] = {
  activities: [
    activity('flamingo', { title: 'Flamingo day', category: 'celebration', when: '2018-05-20', description: 'Visitor centre' }),
    activity('steppe', { title: 'Day of the steppe', category: 'cultural', when: '2016', functions: ['logistic'] }),
    activity('old', { title: 'Opening', category: 'celebration', when: '2009-05' }),
    activity('someday', { title: 'Song evening', category: 'cultural', result: 'A songbook.' }),
    activity('course', { kind: 'training', title: 'Course', when: '2016' }),
  ],
  headcounts: [
    headcount('flamingo', { total: 100, female: 30, male: 20 }),
    headcount('flamingo', { age: '0-17', total: 40 }),
    headcount('steppe', { female: 10, male: 40 }),
    headcount('course', { measure: 'trained', total: 7 }),
  ],
  organisations: new Map([['school', organisation('school', 'School No 3')]]),
  participations: [participation('flamingo', 'school', 'host')],
};

const filled = async (overrides: ContentOverrides = {}) => events(contentOf({ records, ...overrides }));

describe('events', () => {
  test('are listed by time, undated last, with who came and a sum that does not hide what was not counted', async () => {
    expect(rowsOf(await filled())).toEqual([
      ['Day of the steppe', '2016', choiceText('events', 'cultural', 'en'), '–', '50', '10', '40', '–'],
      [
        'Flamingo day',
        'May 20, 2018, Visitor centre',
        choiceText('events', 'celebration', 'en'),
        'School No 3',
        '100',
        '30',
        '20',
        '50',
      ],
      ['Song evening', 'no date', choiceText('events', 'cultural', 'en'), '–', '–', '–', '–', '–'],
      ['Total', '', '', '', '≥\u00a0150', '40', '60', '50'],
    ]);
  });

  test('begin with how many came, the share of women of those whose sex is known, and of the young where ages were counted', async () => {
    const words = wordsOf(await filled());
    expect(words).toContain('at least 150');
    expect(words).toContain('known (100): 40%; sex not known: 50');
    expect(words).toContain('40 of 100 (40%)');
    expect(words).toContain('participations, not people');
  });

  test('that came to something are listed with it and with the page that tells of it', async () => {
    const beside = { ...records, entries: [entry('events', { link: 'https://example.org/steppe' }, { id: 'steppe' })] };
    const items = (await filled({ records: beside }))?.flatMap((block) => (block.kind === 'list' ? block.items : [])) ?? [];
    expect(items.map(({ text }) => text)).toEqual([
      'Day of the steppe (2016): https://example.org/steppe',
      'Song evening (no date): A songbook.',
    ]);
  });

  test('that nobody counted are named', async () => {
    expect(gapsOf(await filled())).toEqual(['Nobody counted who came to: Song evening (no date).']);
  });

  test('before the last report are left out and counted; those alone are a gap', async () => {
    expect(wordsOf(await filled())).not.toContain('Opening');
    expect(wordsOf(await filled())).toContain('left out here: 1');
    const alone = await filled({
      records: { ...records, activities: [activity('old', { category: 'cultural', when: '2009' })] },
    });
    expect(gapsOf(alone)).toHaveLength(1);
  });

  test('are narrowed to the types and functions that a section names', async () => {
    const cultural = wordsOf(await filled({ section: { only: { ids: ['tangible', 'cultural'] } } }));
    expect(cultural).toContain('Song evening');
    expect(cultural).not.toContain('Flamingo');
    expect(wordsOf(await filled({ section: { only: { functions: ['logistic'] } } }))).not.toContain('Song evening');
    expect(await filled({ section: { only: { ids: ['conference'] } } })).toBeNull();
  });

  test('whose parts do not fit the total are named', async () => {
    const wrong = { ...records, headcounts: [headcount('flamingo', { total: 20, female: 30 })] };
    expect(gapsOf(await filled({ records: wrong })).at(-1)).toContain('Flamingo day');
  });

  test('of which none is known stay a gap', async () => {
    expect(await events(contentOf())).toBeNull();
  });

  test.each(languages)('speak %s', async (lang) => {
    const blocks = await filled({ lang });
    expect(wordsOf(blocks)).toContain('Song evening');
    expect(dangling(blocks)).toEqual([]);
  });
});

test('too many events to list are summed up, and no sentence refers to the list', async () => {
  const activities = Array.from({ length: 90 }, (_, i) => activity(`day-${i}`, { when: '2016', category: 'cultural' }));
  const blocks = await filled({ records: { activities, headcounts: activities.map(({ id }) => headcount(id, { total: 10 })) } });
  expect(wordsOf(blocks)).toContain('900');
  expect(dangling(blocks)).toEqual([]);
  expect(rowsOf(blocks)).toEqual([]);
});

test('a list too long to read gives way to a sentence that counts it', () => {
  const many = Array.from({ length: 81 }, (_, i) => activity(`day-${i}`, { when: '2016' }));
  const choice = { kind: 'events', caption: 'Events', measure: 'attended' } as const;
  expect(wordsOf(activityList(contentOf(), many, choice))).toContain('81');
  expect(rowsOf(activityList(contentOf(), many.slice(1), choice))).toHaveLength(80);
});

test.each(['2016', '2016/2018', '2016-05', '2016-05/2016-06', '2016-05-20', '2016-05-20/2016-06-02', '2016-02-29', '2016-12'])(
  'the period of %s is written as it was read',
  (when) => {
    expect(whenOf(activity('day', { when }))).toBe(when);
  },
);

test('a period without a start or an end is written by what is known', () => {
  expect(whenOf({ period: { start: null, end: null } })).toBeNull();
  expect(whenOf({ period: { start: '2016-05-20', end: null } })).toBe('2016-05-20');
  expect(whenOf({ period: { start: null, end: '2016-01-01' } })).toBe('2015-12-31');
});
