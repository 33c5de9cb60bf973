/** Partnership and policy markers from year to year. */
import { expect, test } from 'vitest';
import { markersOverTime, partnershipOverTime } from '../../src/cooperation/over-time.ts';
import { overTimeChart } from '../../src/cooperation/over-time-chart.ts';
import { overTimeTable } from '../../src/cooperation/over-time-text.ts';
import { portfolioOf } from '../../src/cooperation/portfolio.ts';
import { languages } from '../../src/i18n/index.ts';
import { activity, facts, organisation, takesPart } from './portfolio-fixture.ts';

const year = (from: number, to = from) => ({ period: { start: `${from}-01-01`, end: `${to + 1}-01-01` } });

const some = portfolioOf(
  facts({
    activities: [activity('course', year(2019, 2020)), activity('school', year(2020)), activity('visit')],
    organisations: [
      organisation('park', { country: 'KZ' }),
      organisation('institute', { country: 'KZ' }),
      organisation('university', { country: 'DE' }),
      organisation('un', { kind: '40' }),
    ],
    participations: [
      takesPart('course', 'park'),
      takesPart('course', 'institute'),
      takesPart('school', 'park'),
      takesPart('school', 'university'),
      takesPart('school', 'un'),
      takesPart('visit', 'park'),
    ],
    aims: new Map([
      [
        'course',
        {
          activity: 'course',
          sdgTargets: [],
          markers: [
            { code: '1', score: 2 },
            { code: '7', score: null },
          ],
          readiness: { before: null, after: null },
        },
      ],
      [
        'school',
        { activity: 'school', sdgTargets: [], markers: [{ code: '1', score: 0 }], readiness: { before: null, after: null } },
      ],
    ]),
  }),
);

test('an activity stands in each year in which it ran, and once in the whole', () => {
  const rows = partnershipOverTime(some);
  expect(rows.map((row) => [row.year, row.activities, row.organisations, row.participations])).toEqual([
    ['2019', 1, 2, 2],
    ['2020', 2, 4, 5],
    ['', 1, 1, 1],
    ['*', 3, 4, 6],
  ]);
});

test('only the years that are asked for have a row', () => {
  const within = { start: '2020-01-01', end: '2021-01-01' };
  expect(partnershipOverTime(some, { within }).map(({ year }) => year)).toEqual(['2020', '', '*']);
});

test('concentration, E-I index and balance are those of the year', () => {
  const [first, second, , all] = partnershipOverTime(some);
  expect(first).toMatchObject({
    concentration: { index: 0.5, effective: 2 },
    ei: { value: -1, within: 1 },
    balance: { domestic: 1 },
  });
  // 2020: the park takes part twice, three others once: (2² + 1 + 1 + 1) / 5²
  expect(second?.concentration.index).toBeCloseTo(7 / 25, 12);
  expect(second).toMatchObject({ ei: { value: 0, across: 1, within: 1, unknown: 2 }, balance: { domestic: 1, multilateral: 1 } });
  expect(all?.balance).toMatchObject({ activities: 3, domestic: 2, multilateral: 1 });
});

test('markers by year: what was not screened is not a zero, and the share is of those screened', () => {
  const rows = markersOverTime(some).map((row) => [
    row.year,
    row.marker,
    row.principal,
    row.notTargeted,
    row.notScreened,
    row.share,
  ]);
  expect(rows).toEqual([
    ['2019', '1', 1, 0, 0, 1],
    ['2019', '7', 0, 0, 1, null],
    ['2020', '1', 1, 1, 0, 0.5],
    ['2020', '7', 0, 0, 2, null],
    ['', '1', 0, 0, 1, null],
    ['', '7', 0, 0, 1, null],
    ['*', '1', 1, 1, 1, 0.5],
    ['*', '7', 0, 0, 3, null],
  ]);
});

test('as tables every column has its cell in every row, and notes in every language', () => {
  for (const by of ['partnership', 'marker-year'] as const)
    for (const lang of languages) {
      const { table, notes } = overTimeTable(some, { by, lang });
      expect(table.rows.every((row) => row.length === table.header.length)).toBe(true);
      expect(notes.length).toBeGreaterThan(1);
    }
  expect(overTimeTable({ ...some, aims: new Map() }, { by: 'marker-year', lang: 'en' }).notes[0]).toContain(
    'No activity was screened',
  );
});

test('as a drawing: a line for each measure, and for each marker that was screened', async () => {
  const partnership = await overTimeChart(some, { by: 'partnership', lang: 'ru' });
  expect(partnership).toContain('Концентрация');
  expect(await overTimeChart(some, { by: 'marker-year', lang: 'en' })).toContain('gender equality');
  expect(await overTimeChart({ ...some, aims: new Map() }, { by: 'marker-year', lang: 'en' })).toBeNull();
});
