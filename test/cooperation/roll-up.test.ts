/** Roll-ups: what is counted, what is not added, what is hidden. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countPeople } from '../../src/cooperation/people-count.ts';
import { portfolioOf } from '../../src/cooperation/portfolio.ts';
import { publicRollUp } from '../../src/cooperation/public-table.ts';
import { rollUp } from '../../src/cooperation/roll-up.ts';
import { sdgPage } from '../../src/cooperation/sdg-page.ts';
import { rollUpCells } from '../../src/cooperation/table-text.ts';
import { readExchangeRates } from '../../src/formats/exchange-rates.ts';
import type { Headcount, Money } from '../../src/types.ts';
import { activity, facts, headcount, indicator, observation, organisation, sum, takesPart } from './portfolio-fixture.ts';

const bytes = (text: string) => ({ name: 'rates.csv', bytes: new TextEncoder().encode(text) });

describe('people', () => {
  test('who comes to two courses counts twice; so many different people are between the longest list and the sum', () => {
    const count = countPeople(
      [headcount('a', { female: 20, male: 10, unique: 'yes' }), headcount('b', { female: 5, male: 5, unique: 'yes' })],
      'trained',
    );
    expect(count).toMatchObject({ lists: 2, counted: 40, women: 25, men: 15, unknown: 0, unique: { low: 30, high: 40 } });
    expect(count?.share.value).toBeCloseTo(25 / 40);
    expect(count?.parity.adjusted).toBeCloseTo(2 - 15 / 25);
  });

  test('what a total has beyond its parts is unknown, not male, and widens the bounds', () => {
    const count = countPeople([headcount('a', { total: 100, female: 30 })], 'trained');
    expect(count).toMatchObject({ counted: 100, women: 30, men: null, unknown: 70 });
    expect(count?.share).toMatchObject({ value: null, low: 0.3, high: 1 });
  });

  test('women counted alone are in the sum of women and in no share', () => {
    const count = countPeople([headcount('a', { female: 50 }), headcount('b', { female: 10, male: 30 })], 'trained');
    expect(count).toMatchObject({ women: 60, womenOnly: 50 });
    expect(count?.share.value).toBe(0.25);
  });

  test('groups may overlap and are left out; ages that do not are added', () => {
    const groups = [headcount('a', { total: 10, groups: ['rangers'] }), headcount('a', { total: 12, groups: ['seasonal'] })];
    expect(countPeople(groups, 'trained')).toMatchObject({ lists: 0, leftOut: 2, counted: 0 });
    const ages = [headcount('a', { total: 10, age: '0-17' }), headcount('a', { total: 12, age: '18-' })];
    expect(countPeople(ages, 'trained')).toMatchObject({ counted: 22, leftOut: 0 });
    const both = [headcount('a', { total: 10, age: '0-20' }), headcount('a', { total: 12, age: '18-' })];
    expect(countPeople(both, 'trained')).toMatchObject({ lists: 0, leftOut: 2 });
  });

  test('another measure is another count, and none is null', () => {
    expect(countPeople([headcount('a', { total: 3 })], 'awarded')).toBeNull();
  });

  test('a figure of an activity counts as a list, the better of two sources and never both', () => {
    const found = portfolioOf(
      facts({
        activities: [activity('a')],
        observations: [
          observation('p1', 'a', 'participants', 70, { quality: 'unconfirmed' }),
          observation('p2', 'a', 'participants', 64),
          observation('p3', 'a', 'participants', 30, { by: { sex: 'F' } }),
        ],
      }),
    );
    expect(found.headcounts).toMatchObject([{ measure: 'attended', total: 64, female: 30, male: null }]);
    expect(found.otherFigures).toBe(1);
  });
});

describe('rows', () => {
  const two = facts({
    activities: [activity('a', { themes: ['mab', 'water'] }), activity('b', { themes: ['water'] }), activity('c')],
    organisations: [organisation('x', { country: 'KZ' }), organisation('y')],
    participations: [takesPart('a', 'x'), takesPart('b', 'x'), takesPart('b', 'y')],
  });

  test('an activity of two themes stands in both rows and once in the total', () => {
    const table = rollUp(portfolioOf(two), { by: 'theme' });
    expect(table.overlapping).toBe(true);
    expect(table.rows.map(({ key, activities }) => [key, activities])).toEqual([
      ['mab', 1],
      ['water', 2],
      ['', 1],
    ]);
    expect(table.total?.activities).toBe(3);
  });

  test('organisations that take part twice are one organisation and two participations', () => {
    const [, water] = rollUp(portfolioOf(two), { by: 'theme' }).rows;
    expect(water).toMatchObject({ organisations: 2, participations: 3 });
  });

  test('a marker that was not screened is no zero, and markers have no total', () => {
    const aims = new Map([
      ['a', { activity: 'a', sdgTargets: [], markers: [{ code: '1', score: 0 }], readiness: { before: null, after: null } }],
      ['b', { activity: 'b', sdgTargets: [], markers: [{ code: '1', score: 2 }], readiness: { before: null, after: null } }],
    ]);
    const table = rollUp(portfolioOf({ ...two, aims }), { by: 'marker' });
    expect(table.rows.map(({ key, activities }) => [key, activities])).toEqual([
      ['1/2', 1],
      ['1/0', 1],
      ['1/', 1],
    ]);
    expect(table.total).toBeNull();
  });

  test('an activity runs in each of its years, the excluded end apart', () => {
    const run = facts({ activities: [activity('a', { period: { start: '2019-01-01', end: '2021-01-01' } })] });
    expect(rollUp(portfolioOf(run), { by: 'year' }).rows.map(({ key }) => key)).toEqual(['2019', '2020']);
  });

  test('levels of readiness are gained where both are known', () => {
    const aims = new Map([
      ['t', { activity: 't', sdgTargets: [], markers: [], readiness: { before: 4, after: 7 } }],
      ['u', { activity: 'u', sdgTargets: [], markers: [], readiness: { before: 4, after: null } }],
    ]);
    const table = rollUp(
      portfolioOf(facts({ activities: [activity('t', { kind: 'transfer' }), activity('u', { kind: 'transfer' })], aims })),
      { by: 'kind' },
    );
    expect(table.rows[0]?.transfers).toEqual({ activities: 2, known: 1, gained: 3 });
  });
});

describe('money', () => {
  const WORLD_BANK = `"Data Source","World Development Indicators",\n\n"Last Updated Date","2025-01-01",\n\n"Country Name","Country Code","Indicator Name","Indicator Code","2018","2019",\n"Kazakhstan","KAZ","Official exchange rate (LCU per US$, period average)","PA.NUS.FCRF","344.71","382.75",\n"Atlantis","ATL","Official exchange rate (LCU per US$, period average)","PA.NUS.FCRF","1","",\n`;

  test('the World Bank table is read as it comes, and countries without a known currency are counted', () => {
    const rates = readExchangeRates(bytes(WORLD_BANK));
    expect([rates.perDollar('KZT', '2019'), rates.perDollar('KZT', '2020'), rates.perDollar('USD', '1990')]).toEqual([
      382.75,
      null,
      1,
    ]);
    expect(rates.skipped).toBe(1);
  });

  test('what has no rate stays in its currency and is told; kinds are never added', () => {
    const money: Money[] = [
      sum('m1', 'a', { kind: 'budget', value: 382_750, currency: 'KZT', period: { start: '2019-01-01', end: '2020-01-01' } }),
      sum('m2', 'a', { kind: 'budget', value: 7, currency: 'KZT', period: { start: '2021-01-01', end: '2022-01-01' } }),
      sum('m3', 'a', { kind: 'expenditure', value: 500, currency: 'USD' }),
    ];
    const portfolio = portfolioOf(facts({ activities: [activity('a')], money }));
    const [row] = rollUp(portfolio, { by: 'kind', rates: readExchangeRates(bytes(WORLD_BANK)), into: 'USD' }).rows;
    expect(row?.money.budget?.converted).toBeCloseTo(1000);
    expect(row?.money.budget?.notConverted).toEqual({ KZT: 7 });
    expect(row?.money.expenditure?.converted).toBe(500);
    expect(row?.spentByPlanned).toBeNull(); // a part of the budget is not converted
  });

  test('a table of other columns is told', () => {
    expect(() => readExchangeRates(bytes('a,b\n1,2\n'))).toThrow('no table of exchange rates');
  });
});

describe('public tables', () => {
  const parts = fc.record({ female: fc.nat(12), male: fc.nat(12), unknown: fc.nat(6) });

  test.each([false, true])('no number from 1 to 4 is shown, and none can be computed (overlapping: %s)', (overlapping) => {
    fc.assert(
      fc.property(fc.array(parts, { minLength: 1, maxLength: 4 }), (counts) => {
        const activities = counts.map((_, i) => activity(`a${i}`, { themes: overlapping ? [`t${i}`, 'all'] : [`t${i}`] }));
        const headcounts = counts.map((count, i): Headcount => headcount(`a${i}`, count));
        const table = publicRollUp(rollUp(portfolioOf(facts({ activities, headcounts })), { by: 'theme' }));
        for (const row of [...table.rows, ...(table.total === null ? [] : [table.total])]) {
          for (const one of row.people) {
            const shown = [one.counted, one.women, one.men, one.unknown];
            for (const value of shown) expect(value === null || Number.isNaN(value) || value === 0 || value >= 5).toBe(true);
            const cells = [one.women, one.men, one.unknown].filter((value) => value !== null);
            const hidden = cells.filter(Number.isNaN).length;
            if (!Number.isNaN(one.counted)) expect(hidden).not.toBe(1); // one gap is the total less the rest
            if (hidden > 0)
              expect([one.share.value, one.share.low, one.parity.adjusted, one.unique.low]).toEqual([null, null, null, null]);
          }
        }
        if (overlapping && counts.length > 1) expect(table.total).toBeNull();
      }),
      { numRuns: 200 },
    );
  });

  test('a column with one gap does not stand beside its total', () => {
    const activities = ['a', 'b', 'c'].map((id) => activity(id, { themes: [id] }));
    const headcounts = [
      headcount('a', { female: 3, male: 40 }),
      headcount('b', { female: 20, male: 30 }),
      headcount('c', { female: 30, male: 50 }),
    ];
    const table = publicRollUp(rollUp(portfolioOf(facts({ activities, headcounts })), { by: 'theme' }));
    const women = table.rows.map((row) => row.people[0]?.women);
    expect(women.filter((value) => Number.isNaN(value)).length).toBeGreaterThan(1);
    expect(rollUpCells(table, 'en').rows.flat()).toContain('hidden');
  });

  test('a list within a sum is not told by the bounds of how many different people they are', () => {
    const activities = [activity('a', { themes: ['t'] }), activity('b', { themes: ['t'] })];
    const headcounts = [
      headcount('a', { female: 10, male: 10, unique: 'yes' }),
      headcount('b', { female: 2, male: 0, unique: 'yes' }),
    ];
    const [row] = publicRollUp(rollUp(portfolioOf(facts({ activities, headcounts })), { by: 'theme' })).rows;
    expect(row?.people[0]?.unique.low).toBeNull();
  });
});

test('contributions and series stand side by side; what an activity counted is no series', () => {
  const aims = new Map([['a', { activity: 'a', sdgTargets: ['15.3'], markers: [], readiness: { before: null, after: null } }]]);
  const portfolio = portfolioOf(facts({ activities: [activity('a')], aims }));
  const indicators = [
    indicator('degraded', { standing: 'official', codes: { sdg: ['15.3.1'] } }),
    indicator('own', { standing: 'proxy', codes: { sdg: ['6.5.2'] } }),
  ];
  const observations = [
    observation('o1', 'kz', 'degraded', 4),
    observation('o2', 'a', 'degraded', 9),
    observation('o3', 'kz', 'own', 1, { role: 'computed' }),
  ];
  const page = sdgPage(portfolio, { observations, indicators });
  expect(page.map(({ target, gap }) => [target, gap])).toEqual([
    ['6.5', 'no-activity'],
    ['15.3', null],
  ]);
  expect(page[1]?.series).toMatchObject([{ indicator: 'degraded', standing: 'official', figures: 1 }]);
  expect(page[0]?.series[0]?.standing).toBe('proxy'); // though it is computed here
});
