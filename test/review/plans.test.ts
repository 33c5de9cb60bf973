import { describe, expect, test } from 'vitest';
import { plans } from '../../src/review/plans.ts';
import { type Blocks, gapsOf, hintsOf, inFour, rowsOf, textsOf } from './blocks-fixture.ts';
import { contentOf, entry, wordsOf } from './content-fixture.ts';

const management = entry('plans', {
  title: 'Management plan',
  type: 'management-plan',
  number: '12',
  adopted: '2020-03-01',
  start: '2020',
  end: '2029',
  binding: true,
  names_reserve: true,
  objectives: 'More reedbeds.',
  progress: 'Two of five steps.',
});
const forest = entry('plans', { title: 'Forest plan', type: 'agency-plan', start: '1998' });
const strategy = entry('plans', { title: 'Strategy 2005', type: 'strategy', start: '2005', end: '2010' });
const records = { entries: [management, forest, strategy] };
const blocksOf = async (rest: object = {}): Promise<Blocks> => plans(contentOf({ records, section: { id: 'II.2.3' }, ...rest }));

describe('plans', () => {
  test('none known is nothing said', async () => {
    expect(await plans(contentOf())).toBeNull();
  });

  test('in force count however old they are; those that ended before the last report are left out and counted', async () => {
    const blocks = await blocksOf();
    expect(rowsOf(blocks).map(([title]) => title)).toEqual(['Management plan', 'Forest plan']);
    expect(textsOf(blocks)[0]).toContain('Plans: 2; in force: 2; binding: 1; naming the biosphere reserve: 1.');
    expect(hintsOf(blocks).join()).toContain('left out here: 1');
  });

  test('that ended within the ten years stand in the table and are not in force', async () => {
    const ended = entry('plans', { title: 'Ended', type: 'strategy', start: '2010', end: '2019' });
    const blocks = await blocksOf({ records: { entries: [ended] } });
    expect(textsOf(blocks)[0]).toContain('in force: 0');
    expect(gapsOf(blocks)).toContain('None of these plans is in force.');
  });

  test('say their objectives and progress, but not in the annexed list', async () => {
    expect(wordsOf(await blocksOf())).toContain('More reedbeds.');
    expect(wordsOf(await blocksOf())).toContain('Two of five steps.');
    expect(wordsOf(await blocksOf({ section: { id: 'II.9.4' } }))).not.toContain('More reedbeds.');
  });

  test('without number, date, end or progress are named', async () => {
    const gaps = gapsOf(await blocksOf());
    expect(gaps).toHaveLength(4);
    for (const gap of gaps) {
      expect(gap).toContain('Forest plan');
      expect(gap).not.toContain('Management plan');
    }
  });

  test('of some types stand where the form asks for those', async () => {
    const blocks = await blocksOf({ section: { id: 'II.2.4.2', only: { ids: ['agency-plan'] } } });
    expect(rowsOf(blocks).map(([title]) => title)).toEqual(['Forest plan']);
    expect(await blocksOf({ section: { only: { ids: ['development-plan'] } } })).toBeNull();
    expect(rowsOf(await blocksOf({ section: { id: 'II.7.7' } })).map(([title]) => title)).toEqual(['Management plan']);
  });

  test('that are confidential are left out and counted, or shown and marked', async () => {
    const secret = { entries: [management, { ...forest, confidential: true }] };
    const left = await blocksOf({ records: secret });
    expect(wordsOf(left)).not.toContain('Forest plan');
    expect(hintsOf(left).join()).toContain('1 confidential');
    const marked = await blocksOf({ records: secret, confidential: 'mark' });
    expect(rowsOf(marked).map(([title]) => title)).toEqual(['Management plan', 'Forest plan [confidential]']);
  });

  test('are written in four languages', async () => {
    expect(new Set(await inFour(plans, (lang) => contentOf({ lang, records }))).size).toBe(4);
  });
});
