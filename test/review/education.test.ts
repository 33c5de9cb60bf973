import { describe, expect, test } from 'vitest';
import { languages } from '../../src/i18n/index.ts';
import { education } from '../../src/review/education.ts';
import { choiceText } from '../../src/review/registers.ts';
import { type ContentOverrides, contentOf, entry, wordsOf } from './content-fixture.ts';
import { activity, dangling, gapsOf, headcount, rowsOf } from './records-fixture.ts';

const lesson = (id: string, category: string, when: string) => activity(id, { kind: 'training', category, when });
const records: ContentOverrides['records'] = {
  activities: [
    lesson('walk', 'excursion', '2019-05-05'),
    lesson('camp', 'school-club', '2018-06'),
    lesson('ride', 'excursion', '2018'),
    lesson('aspnet', 'aspnet-school', '2018'),
  ],
  headcounts: [
    headcount('walk', { measure: 'trained', total: 30, female: 12, male: 8 }),
    headcount('walk', { measure: 'trained', age: '0-17', total: 25 }),
    headcount('camp', { measure: 'trained', female: 10, male: 10 }),
    headcount('ride', { measure: 'trained', total: 10 }),
  ],
};
const filled = async (overrides: ContentOverrides = {}) => education(contentOf({ records, ...overrides }));

describe('education', () => {
  test('adds up by type, with "not known" beside women and men', async () => {
    const type = (code: string): string => choiceText('education', code, 'en');
    const rows = rowsOf(await filled(), 'by-type');
    expect(rows).toContainEqual([type('excursion'), '2', '40', '12', '8', '20', '60%', '25', '15']);
    expect(rows).toContainEqual([type('school-club'), '1', '20', '10', '10', '–', '50%', '–', '20']);
    expect(rows).toContainEqual([type('aspnet-school'), '1', '–', '–', '–', '–', '–', '–', '–']);
    expect(rows.at(-1)).toEqual(['Total', '4', '≥\u00a060', '22', '18', '20', '55%', '25', '35']);
  });

  test('adds up by year, in the order of years', async () => {
    const rows = rowsOf(await filled(), 'by-year');
    expect(rows.map(([year, number, total]) => [year, number, total])).toEqual([
      ['2018', '3', '≥\u00a030'],
      ['2019', '1', '30'],
      ['Total', '4', '≥\u00a060'],
    ]);
  });

  test('counts sessions where they were recorded, at least so many where some were not', async () => {
    const sessions = (id: string, n: number) => entry('education', { sessions: n }, { id });
    const blocks = await filled({ records: { ...records, entries: [sessions('walk', 3), sessions('camp', 20)] } });
    expect(rowsOf(blocks, 'by-year').map((row) => row[2])).toEqual(['≥\u00a020', '3', '≥\u00a023']);
  });

  test('what went on for years stands in the year it began, and that is said', async () => {
    expect(wordsOf(await filled())).not.toContain('in which it began');
    const long = { activities: [activity('club', { kind: 'training', category: 'school-club', when: '2016/2020' })] };
    const blocks = await filled({ records: long });
    expect(rowsOf(blocks, 'by-year')[0]?.[0]).toBe('2016');
    expect(wordsOf(blocks)).toContain('in which it began');
  });

  test('sums cite the rows that they are made of', async () => {
    const from = (row: string) => ({ dataset: 'log', row });
    const activities = (records.activities ?? []).map((one, i) => ({ ...one, from: from(`row ${i + 2}`) }));
    const content = contentOf({ records: { ...records, activities } });
    await education(content);
    expect(content.notes.some((note) => note.includes('row 4; row 2'))).toBe(true);
  });

  test('names what the form asks for and nobody recorded, and what nobody counted', async () => {
    const gaps = gapsOf(await filled());
    expect(gaps[0]).toContain('aspnet (2018)');
    expect(gaps[1]).toContain(choiceText('education', 'unesco-chair', 'en'));
    expect(gaps[1]).not.toContain(choiceText('education', 'aspnet-school', 'en'));
  });

  test('leaves out and counts what is older than the last report', async () => {
    const words = wordsOf(await filled({ dates: { previous: '2019-01-01' } }));
    expect(words).toContain('left out here: 3');
    expect(words).toContain('walk');
    expect(words).not.toContain('camp');
  });

  test('of which nothing is known stays a gap', async () => {
    expect(await education(contentOf())).toBeNull();
  });

  test.each(languages)('speaks %s', async (lang) => {
    const blocks = await filled({ lang });
    expect(rowsOf(blocks, 'by-year')).toHaveLength(3);
    expect(dangling(blocks)).toEqual([]);
  });
});
