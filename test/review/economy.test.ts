import { describe, expect, test } from 'vitest';
import { economy } from '../../src/review/economy.ts';
import type { Entry } from '../../src/types.ts';
import { type Blocks, gapsOf, hintsOf, inFour, rowsOf, textsOf, word } from './blocks-fixture.ts';
import { contentOf, entry, wordsOf } from './content-fixture.ts';

const lodge = (year: number, people: number, women: number, income: number): Entry =>
  entry('economy', { name: 'Lodge', type: 'tourism', year, people, women, income, currency: 'KZT' });
const entries = [
  lodge(2010, 2, 1, 100),
  lodge(2019, 4, 2, 500),
  lodge(2022, 10, 6, 900),
  entry('economy', { name: 'Boat', type: 'tourism', year: 2022, income: 5, currency: 'USD' }),
  entry('economy', { name: 'Felt', type: 'crafts', year: 2021, people: 5, women: 6 }),
];
const blocksOf = async (rest: object = {}, of: Entry[] = entries): Promise<Blocks> =>
  economy(contentOf({ records: { entries: of }, ...rest }));

describe('economy', () => {
  test('none known is nothing said', async () => {
    expect(await blocksOf({}, [])).toBeNull();
  });

  test('each business counts once, in its last year', async () => {
    const [lead = ''] = textsOf(await blocksOf({ section: { only: { ids: ['tourism'] } } }));
    expect(lead).toContain(`Businesses and programmes: 2. ${word('economy', 'tourism')}: 2.`);
    expect(lead).toContain('People who work there: 10 (counted in 1 of 2; 2022).');
    expect(lead).toMatch(/Share of women: 60 ?% \(of 10 people counted by sex\)/);
  });

  test('income is summed within one year and currency, and says of how many it is known', async () => {
    const rows = rowsOf(await blocksOf({ section: { only: { ids: ['tourism'] } } }), 'economy-years');
    expect(rows).toEqual([
      [word('economy', 'tourism'), '2019', '1', '4', '2', '500 KZT'],
      [word('economy', 'tourism'), '2022', '2', '10 (known for 1 of 2)', '6 (known for 1 of 2)', '900 KZT; 5 USD'],
    ]);
  });

  test('lines from before the last report are left out and counted', async () => {
    expect(hintsOf(await blocksOf()).join()).toContain('left out here: 1');
  });

  test('a line without a year beside dated ones is shown, and not summed', async () => {
    const undated = entry('economy', { name: 'Lodge', type: 'tourism', people: 99 });
    const blocks = await blocksOf({}, [lodge(2022, 10, 6, 900), undated]);
    expect(rowsOf(blocks)).toHaveLength(2);
    expect(textsOf(blocks)[0]).toContain('People who work there: 10 ');
    expect(gapsOf(blocks).join()).toContain('not in the sums: Lodge');
  });

  test('what is not counted or contradicts itself is named', async () => {
    const gaps = gapsOf(await blocksOf());
    expect(gaps.find((gap) => gap.includes('number of people'))).toContain('Boat');
    expect(gaps.find((gap) => gap.includes('More women'))).toContain('Felt');
  });

  test('that is confidential is left out and counted', async () => {
    const blocks = await blocksOf(
      {},
      entries.map((one) => ({ ...one, confidential: one.fields.name === 'Felt' })),
    );
    expect(wordsOf(blocks)).not.toContain('Felt');
    expect(hintsOf(blocks).join()).toContain('1 confidential');
  });

  test('is written in four languages', async () => {
    expect(new Set(await inFour(economy, (lang) => contentOf({ lang, records: { entries } }))).size).toBe(4);
  });
});
