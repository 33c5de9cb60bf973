import { describe, expect, test } from 'vitest';
import { cooperationFrameworks } from '../../src/review/cooperation.ts';
import type { Designation, Site } from '../../src/types.ts';
import { almaty, unesco } from '../store/facts-fixture.ts';
import { type Blocks, gapsOf, hintsOf, inFour, rowsOf, tablesOf, textsOf, word } from './blocks-fixture.ts';
import { contentOf, entry, wordsOf } from './content-fixture.ts';
import { activity, organisation, participation } from './records-fixture.ts';

const ramsar: Site = { ...almaty, id: 'ramsar-1', kind: 'ramsar', name: { en: 'Great Lakes' } };
const listed: Designation = {
  id: 'd',
  site: 'ramsar-1',
  kind: 'ramsar',
  code: '107',
  year: 1976,
  date: null,
  criteria: null,
  quality: 'ok',
  note: null,
  from: { source: unesco.id },
};
const facts = {
  overlaps: [
    {
      overlap: { site: almaty.id, other: ramsar.id, note: null, from: { source: unesco.id } },
      other: ramsar,
      designations: [listed],
      observations: [],
    },
  ],
};
const agreement = (id: string, category: string, when: string, result: string | null = null) =>
  activity(id, { kind: 'agreement', category, when, result });
const records = {
  activities: [
    agreement('Twins', 'twinning', '2016/2030'),
    agreement('Ministry', 'national', '2018/2020'),
    agreement('Ended', 'national', '2001/2009'),
    activity('Network', { kind: 'membership', when: '2015' }),
    activity('Meeting of the network', { when: '2018' }),
    activity('Own workshop', { category: 'workshop', when: '2018' }),
    activity('A project', { kind: 'project' }),
    activity('Designation', { kind: 'designation', when: '2020' }),
  ],
  organisations: new Map([['eabrn', organisation('eabrn', 'EABRN')]]),
  participations: [participation('Twins', 'eabrn', 'partner'), participation('Network', 'eabrn', 'host')],
};
const blocksOf = async (id: string, rest: object = {}): Promise<Blocks> =>
  cooperationFrameworks(contentOf({ facts, records, section: { id }, ...rest }));

describe('cooperation', () => {
  test('none known is nothing said, nor on a level that has none', async () => {
    expect(await cooperationFrameworks(contentOf({ section: { id: 'I.l' } }))).toBeNull();
    expect(await blocksOf('II.8.cooperation.regional')).toBeNull();
  });

  test('all levels stand together in the summary', async () => {
    const words = wordsOf(await blocksOf('I.l'));
    for (const name of ['Great Lakes (1976)', 'Twins', 'Ministry', 'Network', 'Meeting of the network'])
      expect(words).toContain(name);
    for (const name of ['Own workshop', 'A project', 'Designation |']) expect(words).not.toContain(name);
  });

  test('each level has its own agreements and designations', async () => {
    expect(rowsOf(await blocksOf('II.8.cooperation.twinning')).map(([title]) => title)).toEqual(['Twins']);
    expect(rowsOf(await blocksOf('II.8.cooperation.national')).map(([title]) => title)).toEqual(['Ministry']);
    const world = await blocksOf('II.8.cooperation.world');
    expect(wordsOf(world)).toContain('Great Lakes (1976)');
    expect(tablesOf(world)).toEqual([]);
  });

  test('a place that two sources name is one place, with the footnotes of both', async () => {
    const [first] = facts.overlaps;
    if (first === undefined) throw new Error('no overlap');
    const again = { ...first, overlap: { ...first.overlap, from: { source: 'another' } } };
    const content = contentOf({ facts: { overlaps: [first, again] }, section: { id: 'II.8.cooperation.world' } });
    const list = (await cooperationFrameworks(content))?.find((block) => block.kind === 'list');
    expect(list?.items.map(({ text, notes }) => [text, notes.length])).toEqual([['Ramsar site: Great Lakes (1976)', 3]]);
  });

  test('a transboundary reserve names its parts with their countries', async () => {
    const part = { ...contentOf().facts, site: { ...almaty, name: { en: 'Katunskiy' }, countries: ['RU'] } };
    const content = contentOf({ facts: { parts: [part] }, section: { id: 'II.8.cooperation.twinning' } });
    expect(wordsOf(await cooperationFrameworks(content))).toContain('Katunskiy (Russia)');
  });

  test('agreements in force are counted, those that ended before the last report left out', async () => {
    const blocks = await blocksOf('I.l');
    expect(textsOf(blocks).join('\n')).toContain(`Agreements: 2; in force: 1. ${word('agreements', 'twinning')}: 1`);
    expect(hintsOf(blocks).join()).toContain('left out here: 1');
  });

  test('roles are told with the name', async () => {
    expect(rowsOf(await blocksOf('I.l'), 'frameworks')[0]).toEqual(['Network', 'membership', '2015', 'host: EABRN']);
  });

  test('agreements without a partner or, once ended, without a result are named', async () => {
    const gaps = gapsOf(await blocksOf('I.l'));
    expect(gaps[0]).toBe('No partner is recorded for: Ministry.');
    expect(gaps[1]).toContain('Ministry');
  });

  test('twin reserves come from the register of partners', async () => {
    const partner = entry('partners', {
      name: 'Vosges',
      kind: 'biosphere-reserve',
      country: 'FR',
      roles: ['twinning'],
      since: 2017,
    });
    const other = entry('partners', { name: 'University', kind: 'university', roles: ['research'] }, { confidential: true });
    const blocks = await cooperationFrameworks(
      contentOf({ records: { entries: [partner, other] }, section: { id: 'II.8.cooperation.twinning' } }),
    );
    expect(wordsOf(blocks)).toContain('Vosges, FR, 2017');
    expect(hintsOf(blocks)).toEqual([]);
    const secret = { records: { entries: [{ ...partner, confidential: true }] }, section: { id: 'II.8.cooperation.twinning' } };
    expect(wordsOf(await cooperationFrameworks(contentOf(secret)))).not.toContain('Vosges');
  });

  test('is written in four languages', async () => {
    const words = await inFour(cooperationFrameworks, (lang) => contentOf({ lang, facts, records, section: { id: 'I.l' } }));
    expect(new Set(words).size).toBe(4);
  });
});
