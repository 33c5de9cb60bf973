import { describe, expect, test } from 'vitest';
import { languages } from '../../src/i18n/index.ts';
import { participation } from '../../src/review/participation.ts';
import { representation } from '../../src/review/representation.ts';
import { type ContentOverrides, contentOf, entry, wordsOf } from './content-fixture.ts';
import { activity, dangling, employed, gapsOf, headcount, rowsOf } from './records-fixture.ts';

const council = entry('representation', {
  body: 'Coordination council',
  type: 'council',
  groups: 'herders; akimat',
  procedure: 'elected by the villages',
  since: 2015,
  total: 10,
  female: 4,
  male: 6,
  age_18_35: 2,
});
const club = entry('representation', { body: 'Young rangers', type: 'youth-group', total: 15, age_18_35: 3 });
const circle = entry('representation', { body: 'Felt makers', type: 'women-group' });

const records: ContentOverrides['records'] = {
  entries: [
    council,
    club,
    circle,
    entry('economy', { name: 'Felt workshop', type: 'crafts', people: 8, women: 6, year: 2022 }),
    entry('economy', { name: 'Felt workshop', type: 'crafts', people: 5, women: 5, year: 2020 }),
  ],
  activities: [
    activity('hall', { title: 'Village hall', category: 'consultation', when: '2020' }),
    activity('lessons', { kind: 'training', category: 'formal', when: '2021' }),
    activity('party', { title: 'Party', category: 'celebration', when: '2021' }),
  ],
  headcounts: [
    employed(2015, ['rangers'], { female: 1, male: 9 }),
    employed(2023, ['rangers'], { female: 2, male: 8 }),
    employed(2023, ['management'], { female: 1, male: 1 }),
    employed(2023, ['rangers', 'volunteer'], { total: 30 }),
    employed(2010, ['rangers'], { female: 0, male: 9 }),
    headcount('hall', { total: 50, female: 20, male: 20 }),
    headcount('hall', { age: '18-35', total: 15 }),
    headcount('lessons', { measure: 'trained', total: 100 }),
  ],
};
const filled = async (id: string, overrides: ContentOverrides = {}) =>
  participation(contentOf({ records, ...overrides, section: { id } }));

describe('women', () => {
  test('have their share in every log that counts sex, each log by itself: never a sum of logs', async () => {
    const rows = rowsOf(await filled('II.2.4.4'), 'women');
    expect(rows.map(([log, total, female, male, unknown, share]) => [log, total, female, male, unknown, share])).toEqual([
      ['Staff, 2015', '10', '1', '9', '–', '10%'],
      ['Staff, 2023', '12', '3', '9', '–', '25%'],
      ['of them management, 2023', '2', '1', '1', '–', '50%'],
      ['Members of bodies (seats)', '25', '4', '6', '15', '40%'],
      ['Events (participations)', '≥\u00a050', '20', '20', '10', '50%'],
      ['Local business (those who work in it)', '8', '6', '–', '–', '75%'],
    ]);
  });

  test('stand in one sentence with figures', async () => {
    const [lead] = (await filled('II.2.4.4')) ?? [];
    expect(wordsOf(lead === undefined ? [] : [lead])).toContain('Staff, 2023: 25% (3 of 12)');
  });

  test('and men are not counted in a log: that log is named; volunteers and projects need not exist', async () => {
    const gap = gapsOf(await filled('II.2.4.4')).find((text) => text.startsWith('Nobody counted women'));
    expect(gap).toContain('Education');
    expect(gap).not.toContain('Volunteers');
    expect(gap).not.toContain('Projects');
  });

  test('staff before the last report is not part of the review', async () => {
    expect(wordsOf(await filled('II.2.4.4'))).not.toContain('2010');
  });
});

describe('young people', () => {
  test('have their share where ages were counted, and only there', async () => {
    const rows = rowsOf(await filled('II.2.4.9'), '-youth');
    expect(rows.map((row) => row.slice(0, 4))).toEqual([
      ['Members of bodies (seats)', '25', '5', '20'],
      ['Events (participations)', '≥\u00a050', '15', '35'],
    ]);
    expect(wordsOf(await filled('II.2.4.9'))).toContain('Events (participations): 30% (15 of 50)');
  });

  test('have bodies of their own that are listed, and logs without ages that are named', async () => {
    const blocks = await filled('II.2.4.9');
    expect(rowsOf(blocks, 'bodies').map(([body]) => body)).toEqual(['Young rangers']);
    expect(gapsOf(blocks).join()).toContain('Education');
  });
});

describe('local people', () => {
  test('sit in bodies and come to consultations; a celebration is not one', async () => {
    const blocks = await filled('II.2.4.3');
    expect(rowsOf(blocks, 'bodies').map(([body]) => body)).toEqual(['Coordination council', 'Young rangers', 'Felt makers']);
    expect(rowsOf(blocks, 'consultations').map(([title]) => title)).toEqual(['Village hall']);
  });

  test('without bodies or consultations leave a gap for each', async () => {
    const none = await filled('II.2.4.3', { records: { ...records, entries: [] } });
    expect(gapsOf(none)).toEqual(['No body is recorded in which local people are represented.']);
    const quiet = await filled('II.2.4.3', { records: { entries: [council] } });
    expect(gapsOf(quiet)).toContain('No consultation is recorded in the time of this review.');
  });
});

describe('representation', () => {
  test('names bodies whose members are not counted or whose procedure is not known', async () => {
    const gaps = gapsOf(await representation(contentOf({ records, section: { id: 'II.7.5' } })));
    expect(gaps[0]).toBe('The members are not counted: Felt makers.');
    expect(gaps[1]).toContain('Young rangers; Felt makers');
  });

  test('is narrowed to the types that a section names', async () => {
    const blocks = await representation(contentOf({ records, section: { id: 'II.7.5', only: { ids: ['council'] } } }));
    expect(rowsOf(blocks, 'bodies').map(([body]) => body)).toEqual(['Coordination council']);
  });

  test('leaves confidential bodies out and counts them, or marks them', async () => {
    const secret = { entries: [{ ...council, confidential: true }] };
    expect(wordsOf(await representation(contentOf({ records: secret })))).toBe('1 confidential entries are left out here.');
    expect(wordsOf(await representation(contentOf({ records: secret, confidential: 'mark' })))).toContain(
      'Coordination council [confidential]',
    );
  });
});

test('nothing known stays a gap', async () => {
  for (const id of ['II.2.4.3', 'II.2.4.4', 'II.2.4.9']) expect(await participation(contentOf({ section: { id } }))).toBeNull();
  expect(await representation(contentOf())).toBeNull();
});

test.each(languages)('participation speaks %s', async (lang) => {
  for (const id of ['II.2.4.3', 'II.2.4.4', 'II.2.4.9']) {
    const blocks = await filled(id, { lang });
    expect(wordsOf(blocks)).not.toBe('');
    expect(dangling(blocks)).toEqual([]);
  }
  expect(wordsOf(await representation(contentOf({ records, lang })))).toContain('Felt makers');
});
