import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { budget } from '../../src/review/budget.ts';
import { wholes } from '../../src/review/ledger.ts';
import type { Money } from '../../src/types.ts';
import { type Blocks, gapsOf, hintsOf, inFour, money, rowsOf, tablesOf, textsOf, word } from './blocks-fixture.ts';
import { contentOf, wordsOf } from './content-fixture.ts';
import { activity, organisation, participation } from './records-fixture.ts';

const STATE = word('budget', 'state-budget');
const INCOME = word('budget', 'own-income');
const GRANT = word('budget', 'international-grant');

const spent = (year: number | null, value: number, classes: string[] = [], rest: Partial<Money> = {}): Money =>
  money(year, value, classes, { kind: 'expenditure', ...rest });
const blocksOf = async (sums: Money[], rest = {}): Promise<Blocks> =>
  budget(contentOf({ records: { money: sums }, section: { id: 'II.2.3.2' }, ...rest }));

const ledger = [
  money(2013, 80, ['state-budget']),
  spent(2013, 70, ['state-budget']),
  money(2022, 100, ['state-budget']),
  spent(2022, 90, ['state-budget']),
  money(2023, 120, ['state-budget']),
  money(2023, 30, ['own-income']),
  spent(2023, 110, ['state-budget']),
];

describe('budget', () => {
  test('nothing known is nothing said', async () => {
    expect(await blocksOf([])).toBeNull();
  });

  test('planned stands beside spent by year and source, with the whole of a year of several sources', async () => {
    expect(rowsOf(await blocksOf(ledger), 'budget-years-KZT')).toEqual([
      ['2022', STATE, '100', '90'],
      ['2023', STATE, '120', '110'],
      ['2023', INCOME, '30', '–'],
      ['2023', 'Total', '150', '110'],
    ]);
  });

  test('the last year before the previous report stands beside the last one now', async () => {
    const blocks = await blocksOf(ledger);
    expect(tablesOf(blocks)[0]?.head).toEqual([
      'Source',
      'Before: planned, 2013',
      'Before: spent, 2013',
      'Now: planned, 2023',
      'Now: spent, 2023',
    ]);
    expect(rowsOf(blocks)).toEqual([
      [STATE, '80', '70', '120', '110'],
      [INCOME, '–', '–', '30', '–'],
      ['Total', '80', '70', '150', '110'],
    ]);
    expect(gapsOf(blocks).join()).not.toContain('nothing to compare');
  });

  test('the yearly average is over the years that have figures, and says how many', async () => {
    const [planned, paid] = textsOf(await blocksOf(ledger));
    expect(planned?.replace('\u00a0', ' ')).toBe('Planned on yearly average: 125 KZT (years with figures: 2; 2022–2023).');
    expect(paid?.replace('\u00a0', ' ')).toBe('Spent on yearly average: 100 KZT (years with figures: 2; 2022–2023).');
  });

  test('a year that is not over stays out of the average of what was spent', async () => {
    const blocks = await blocksOf([...ledger, spent(2024, 10, ['state-budget'])]);
    expect(textsOf(blocks)[1]).toContain('100\u00a0KZT');
    expect(hintsOf(blocks).join()).toContain('2024');
  });

  test('currencies are neither added nor converted', async () => {
    const blocks = await blocksOf([...ledger, money(2023, 7, ['international-grant'], { currency: 'USD' })]);
    expect(rowsOf(blocks, 'budget-years-KZT').at(-1)).toEqual(['2023', 'Total', '150', '110']);
    expect(rowsOf(blocks, 'budget-years-USD')).toEqual([['2023', GRANT, '7', '–']]);
  });

  test('parts are not added to what stands for all purposes; parts that exceed it are named', async () => {
    const parts = [money(2020, 6, ['state-budget', 'operating']), money(2020, 5, ['state-budget', 'capital'])];
    const blocks = await blocksOf([money(2020, 10, ['state-budget', 'all-purposes']), ...parts]);
    expect(rowsOf(blocks, 'budget-years-KZT')).toEqual([['2020', STATE, '10', '–']]);
    expect(gapsOf(blocks).join('\n').replaceAll('\u00a0', ' ')).toContain(`2020, ${STATE}: 11 KZT > 10 KZT`);
  });

  test('money of projects stands apart, also where the own books hold it', async () => {
    const grant = activity('wetland', { title: 'Wetland project', kind: 'project', category: 'running', when: '2020/2023' });
    const content = contentOf({
      section: { id: 'I.k' },
      records: {
        activities: [grant],
        money: [
          money(2020, 10, ['state-budget']),
          money(2020, 500, ['international-grant', 'projects']),
          money(null, 500, [], { feature: 'wetland' }),
        ],
        organisations: new Map([['gef', organisation('gef', 'GEF')]]),
        participations: [participation('wetland', 'gef', 'funding')],
      },
    });
    const blocks = await budget(content);
    expect(textsOf(blocks)[0]).toContain('10\u00a0KZT');
    expect(rowsOf(blocks, 'project-money')).toEqual([['Wetland project', '2020–2023', 'GEF', '500 KZT']]);
    expect(wordsOf(blocks)).not.toContain('510');
    expect(wordsOf(blocks)).toContain('neither is added to the other');
  });

  test('years without a figure, years without an account and a missing past are named', async () => {
    const blocks = await blocksOf([money(2021, 5), spent(2022, 5), money(2022, 5)]);
    const gaps = gapsOf(blocks).join('\n');
    expect(gaps).toContain('No budget figure is recorded for: 2015–2020, 2023');
    expect(gaps).toContain('What was spent is not recorded for: 2021');
    expect(gaps).toContain('nothing to compare');
  });

  test('undated money is shown without a date and is in no average', async () => {
    const blocks = await blocksOf([money(null, 999, ['own-income']), money(2022, 5, ['own-income'])]);
    expect(rowsOf(blocks, 'budget-years-KZT')).toEqual([
      ['2022', INCOME, '5', '–'],
      ['no date', INCOME, '999', '–'],
    ]);
    expect(textsOf(blocks)[0]).toContain('5\u00a0KZT (years with figures: 1; 2022)');
  });

  test('what others promised is listed and not added', async () => {
    const blocks = await blocksOf([money(2022, 5), money(2022, 70, [], { kind: 'commitment' })]);
    expect(wordsOf(blocks).replaceAll('\u00a0', ' ')).toContain('Promised, 2022: 70 KZT');
    expect(rowsOf(blocks, 'budget-years-KZT')).toEqual([['2022', 'Source not stated', '5', '–']]);
  });

  test('special funds and capital are named, or that there is no fund', async () => {
    const with2 = await blocksOf([money(2022, 5, ['special-fund']), money(2022, 3, ['state-budget', 'capital'])]);
    expect(textsOf(with2).join('\n').replaceAll('\u00a0', ' ')).toContain(
      'Special funds in the time of this review: planned 5 KZT; spent –',
    );
    expect(textsOf(with2).join('\n').replaceAll('\u00a0', ' ')).toContain('planned 3 KZT');
    expect(hintsOf(await blocksOf([money(2022, 5)])).join()).toContain('No special fund');
  });

  test('is written in four languages', async () => {
    const words = await inFour(budget, (lang) => contentOf({ lang, records: { money: ledger }, section: { id: 'II.2.3.2' } }));
    expect(new Set(words).size).toBe(4);
  });
});

test('what is added never exceeds the sum of all lines, in any order', () => {
  const line = fc
    .record({
      year: fc.integer({ min: 2015, max: 2017 }),
      value: fc.integer({ min: 0, max: 100 }),
      purpose: fc.constantFrom('operating', 'capital', 'all-purposes'),
    })
    .map(({ year, value, purpose }) => money(year, value, ['state-budget', purpose]));
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), (sums) => {
      const total = (of: Money[]): number => of.reduce((sum, { value }) => sum + value, 0);
      expect(total(wholes(sums))).toBeLessThanOrEqual(total(sums));
      expect(total(wholes(sums.toReversed()))).toBe(total(wholes(sums)));
    }),
  );
});
