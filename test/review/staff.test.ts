import { describe, expect, test } from 'vitest';
import { staff } from '../../src/review/staff.ts';
import type { Headcount } from '../../src/types.ts';
import { type Blocks, gapsOf, hintsOf, inFour, rowsOf, textsOf, word } from './blocks-fixture.ts';
import { contentOf, wordsOf } from './content-fixture.ts';
import { employed } from './records-fixture.ts';

const people = [
  employed(2013, ['rangers'], { total: 9 }),
  employed(2016, ['rangers', 'permanent'], { total: 10, female: 2, male: 8 }),
  employed(2022, ['rangers', 'permanent', 'full-time'], { total: 12, female: 3, male: 9 }),
  employed(2022, ['science', 'permanent', 'part-time'], { total: 4, female: 3, male: 1 }),
  employed(2022, ['rangers', 'seasonal'], { total: 4 }),
  employed(2022, ['support', 'volunteer'], { total: 30, female: 20, male: 10 }),
];
const blocksOf = async (headcounts: Headcount[]): Promise<Blocks> =>
  staff(contentOf({ records: { headcounts }, section: { id: 'II.2.3.2' } }));

describe('staff', () => {
  test('nobody counted is nothing said', async () => {
    expect(await blocksOf([])).toBeNull();
  });

  test('the last year is added up without the volunteers', async () => {
    const [lead = ''] = textsOf(await blocksOf(people));
    expect(lead).toContain('Staff, 2022: 20.');
    const counts = { permanent: 16, seasonal: 4, 'full-time': 12, 'part-time': 4 };
    expect(lead).toContain(
      Object.entries(counts)
        .map(([group, count]) => `${word('staff', group)}: ${count}`)
        .join('; '),
    );
    expect(lead).toContain('For comparison, 2016: 10.');
  });

  test('women are a share of those whose sex is known', async () => {
    const [lead = ''] = textsOf(await blocksOf(people));
    expect(lead.replaceAll(/\s/g, ' ')).toMatch(/38 ?%/); // 6 of 16
    expect(gapsOf(await blocksOf(people)).join()).toContain('2022: the sex is not recorded for 4 of 20 staff');
  });

  test('volunteers stand apart, with their year', async () => {
    const blocks = await blocksOf(people);
    expect(textsOf(blocks).join('\n')).toContain('Volunteers, 2022 (not counted as staff): 30.');
    expect(rowsOf(blocks, 'staff-years').at(-1)?.at(-1)).toBe('30');
    expect(hintsOf(await blocksOf([employed(2022, ['rangers'], { total: 1 })])).join()).toContain('No volunteers');
  });

  test('each year has a row, and years without a count are named', async () => {
    const blocks = await blocksOf(people);
    expect(rowsOf(blocks, 'staff-years').map(([year, total]) => [year, total])).toEqual([
      ['2016', '10'],
      ['2022', '20'],
    ]);
    expect(gapsOf(blocks).join()).toContain('2015, 2017–2021, 2023');
  });

  test('years before the last report are counted and left out', async () => {
    expect(hintsOf(await blocksOf(people)).join()).toContain('left out here: 1');
    const [only = ''] = gapsOf(await blocksOf([employed(2010, ['rangers'], { total: 9 })]));
    expect(only).toContain('Nothing is recorded here');
  });

  test('a count without a year is shown without a date', async () => {
    const blocks = await blocksOf([employed(2022, ['rangers'], { total: 3, period: null })]);
    expect(rowsOf(blocks, 'staff-years')[0]?.[0]).toBe('no date');
  });

  test('a line that narrows another is not added to it', async () => {
    const [lead = ''] = textsOf(
      await blocksOf([employed(2022, ['rangers'], { total: 10 }), employed(2022, ['rangers', 'seasonal'], { total: 4 })]),
    );
    expect(lead).toContain('Staff, 2022: 10.');
  });

  test('parts that do not add up are named', async () => {
    const gaps = gapsOf(await blocksOf([employed(2022, ['rangers', 'seasonal'], { total: 5, female: 4, male: 4 })]));
    expect(gaps.join()).toContain(`2022, ${word('staff', 'rangers')}, ${word('staff', 'seasonal')}`);
  });

  test('is written in four languages', async () => {
    const words = await inFour(staff, (lang) => contentOf({ lang, records: { headcounts: people } }));
    expect(new Set(words).size).toBe(4);
  });

  test('only volunteers: the staff is a gap', async () => {
    const blocks = await blocksOf([employed(2022, ['support', 'volunteer'], { total: 3 })]);
    expect(gapsOf(blocks).join()).toContain('the staff is not');
    expect(wordsOf(blocks)).not.toContain('Staff, 2022');
  });
});
