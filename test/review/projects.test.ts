import { describe, expect, test } from 'vitest';
import { projects, yearsText } from '../../src/review/projects.ts';
import type { Activity, Money } from '../../src/types.ts';
import { type Blocks, gapsOf, hintsOf, inFour, money, rowsOf, tablesOf, textsOf, word } from './blocks-fixture.ts';
import { contentOf } from './content-fixture.ts';
import { activity, organisation, participation } from './records-fixture.ts';

const project = (id: string, rest: Parameters<typeof activity>[1] = {}): Activity => activity(id, { kind: 'project', ...rest });
const all = [
  project('Saiga', { category: 'finished', functions: ['conservation'], when: '2016/2019', result: 'Counted.' }),
  project('Tourism', { category: 'running', functions: ['development', 'conservation'], when: '2022/2026' }),
  project('Late', { category: 'running', functions: ['development'], when: '2018/2020' }),
  project('Unsorted', { category: 'planned' }),
  project('Old', { category: 'finished', functions: ['conservation'], when: '2008/2011' }),
];
const sums: Money[] = [
  money(2016, 100, [], { feature: 'Saiga', currency: 'USD' }),
  money(2017, 50, [], { feature: 'Saiga', currency: 'USD' }),
  money(2022, 9, [], { feature: 'Tourism' }),
];
const records = {
  activities: [...all, activity('A meeting')],
  money: sums,
  organisations: new Map([
    ['acbk', organisation('acbk', 'ACBK')],
    ['gef', organisation('gef', 'GEF')],
  ]),
  participations: [participation('Saiga', 'acbk', 'implementing'), participation('Saiga', 'gef', 'funding')],
};
const blocksOf = async (section: object = {}): Promise<Blocks> =>
  projects(contentOf({ records, section: { id: 'II.4.2', ...section } }));

describe('projects', () => {
  test('none known is nothing said, nor where none serves the function', async () => {
    expect(await projects(contentOf())).toBeNull();
    expect(await blocksOf({ only: { functions: ['logistic'] } })).toBeNull();
  });

  test('are told with lead, funders, money, state and result', async () => {
    const [row] = rowsOf(await blocksOf());
    expect(row).toEqual([
      'Saiga',
      '2016–2019',
      'conservation',
      'ACBK',
      '–',
      'GEF',
      '150 USD',
      word('projects', 'finished'),
      'Counted.',
    ]);
  });

  test('of one function stand in its section; those without a function are named', async () => {
    const blocks = await blocksOf({ only: { functions: ['conservation'] } });
    expect(rowsOf(blocks).map(([title]) => title)).toEqual(['Saiga', 'Tourism']);
    expect(gapsOf(blocks).join()).toContain('Unsorted');
  });

  test('are counted by state and function, one project in several functions', async () => {
    const [states = '', functions = ''] = textsOf(await blocksOf());
    expect(states).toBe(
      `Projects in the time of this review: 4. ${word('projects', 'running')}: 2; ${word('projects', 'finished')}: 1; ${word('projects', 'planned')}: 1.`,
    );
    expect(functions).toContain('conservation: 2; development: 2; logistic: 0; not stated: 1');
  });

  test('money of different currencies is not added, and it is said for how many it is known', async () => {
    const text = textsOf(await blocksOf())[2]?.replaceAll('\u00a0', ' ');
    expect(text).toBe('Money known for 2 of 4 projects: 150 USD; 9 KZT.');
  });

  test('that ended before the last report are counted and left out', async () => {
    expect(hintsOf(await blocksOf()).join()).toContain('left out here: 1');
  });

  test('what is missing or contradicts itself is named', async () => {
    const gaps = gapsOf(await blocksOf());
    expect(gaps.find((gap) => gap.includes('the end has passed'))).toContain('Late');
    expect(gaps.find((gap) => gap.includes('amount is not recorded'))).toContain('Late; Unsorted');
    expect(gaps.some((gap) => gap.includes('without a recorded result'))).toBe(false);
  });

  test('take a short table in the summary', async () => {
    const [table] = tablesOf(await blocksOf({ id: 'I.g' }));
    expect(table?.head).toEqual(['Project', 'Years', 'Function', 'Amount', 'State', 'Result']);
    expect(table?.landscape).toBe(false);
  });

  test('are written in four languages', async () => {
    expect(new Set(await inFour(projects, (lang) => contentOf({ lang, records }))).size).toBe(4);
  });
});

test('years: the end of a period is excluded', () => {
  expect(yearsText({ start: '2016-01-01', end: '2020-01-01' }, 'en')).toBe('2016–2019');
  expect(yearsText({ start: '2016-01-01', end: '2017-01-01' }, 'en')).toBe('2016');
  expect(yearsText({ start: '2016-03-01', end: null }, 'en')).toBe('since 2016');
  expect(yearsText({ start: null, end: '2020-01-01' }, 'en')).toBe('until 2019');
  expect(yearsText({ start: null, end: null }, 'en')).toBe('no date');
});
