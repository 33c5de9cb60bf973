import { describe, expect, test } from 'vitest';
import { languages } from '../../src/i18n/index.ts';
import { communication } from '../../src/review/communication.ts';
import { heritage } from '../../src/review/heritage.ts';
import { partners } from '../../src/review/partners.ts';
import { choiceText } from '../../src/review/registers.ts';
import { type ContentOverrides, contentOf, entry, wordsOf } from './content-fixture.ts';
import { dangling, gapsOf, rowsOf } from './records-fixture.ts';

const records: ContentOverrides['records'] = {
  entries: [
    entry('partners', {
      name: 'Rhön',
      kind: 'biosphere-reserve',
      country: 'DE',
      roles: ['twinning'],
      since: 2017,
      contact: 'A. Person',
    }),
    entry('partners', {
      name: 'Eurasian University',
      kind: 'university',
      country: 'KZ',
      roles: ['research', 'education'],
      since: 2009,
    }),
    entry('partners', { name: 'Shop', kind: 'business' }),
    entry('communication', { channel: 'website', title: 'korgalzhyn.kz', languages: 'kk, ru', audience: 12000 }),
    entry('communication', { channel: 'instagram', title: 'page', audience: 800 }),
    entry('heritage', { name: 'Felt making', type: 'intangible', trend: 'growing', holders: 'women of three villages' }),
    entry('heritage', { name: 'Names of winds', type: 'traditional-knowledge', trend: 'declining' }),
    entry('heritage', { name: 'Kazakh', type: 'language', trend: 'growing' }),
    entry('heritage', { name: 'German', type: 'language' }),
  ],
};
const content = (only?: string[], rest: ContentOverrides = {}) =>
  contentOf({ records, ...rest, section: only === undefined ? {} : { only: { ids: only } } });

describe('partners', () => {
  test('are counted by kind and role; one with two roles stands under both, and once in the number', async () => {
    const rows = rowsOf(await partners(content()), 'partner-roles');
    expect(rows).toEqual([
      [choiceText('partners', 'biosphere-reserve', 'en'), '1', '1', '–', '–'],
      [choiceText('partners', 'university', 'en'), '1', '–', '1', '1'],
      [choiceText('partners', 'business', 'en'), '1', '–', '–', '–'],
      ['Total', '3', '1', '1', '1'],
    ]);
  });

  test('who joined in the time of the review are counted, and nobody is named as a contact', async () => {
    const words = wordsOf(await partners(content()));
    expect(words).toContain('June 30, 2014: 1');
    expect(words).not.toContain('A. Person');
  });

  test('are narrowed to kinds and roles: twins and biosphere reserves', async () => {
    const blocks = await partners(content(['twinning', 'network', 'biosphere-reserve']));
    expect(rowsOf(blocks).map(([name]) => name)).toEqual(['Rhön']);
    expect(gapsOf(blocks)).toEqual(['No agreement is recorded with: Rhön.']);
  });

  test('without a role or a year are named', async () => {
    const gaps = gapsOf(await partners(content()));
    expect(gaps).toEqual(['No role is recorded for: Shop.', 'It is not recorded since when they are partners: Shop.']);
  });

  test('that are confidential count only in the sections that take them', async () => {
    const secret = { entries: [entry('partners', { name: 'Donor', kind: 'business' }, { confidential: true })] };
    expect(wordsOf(await partners(contentOf({ records: secret })))).toBe('1 confidential entries are left out here.');
    expect(await partners(contentOf({ records: secret, section: { only: { ids: ['twinning'] } } }))).toBeNull();
    expect(wordsOf(await partners(contentOf({ records: secret, confidential: 'mark' })))).toContain('Donor [confidential]');
  });
});

describe('communication', () => {
  test('gives the channels and the largest audience; audiences are not added', async () => {
    const words = wordsOf(await communication(content()));
    expect(words).toContain('korgalzhyn.kz, 12,000');
    expect(words).not.toContain('12,800');
  });

  test('names what the form asks for and is not recorded, and channels without languages', async () => {
    const gaps = gapsOf(await communication(content()));
    expect(gaps[0]).toContain('newsletter');
    expect(gaps[0]).not.toContain('website');
    expect(gaps[0]).not.toContain('social');
    expect(gaps[1]).toContain('page');
  });

  test('asks of nothing that the section does not take', async () => {
    expect(gapsOf(await communication(content(['website'])))).toEqual([]);
    expect(await communication(content(['radio-tv']))).toBeNull();
  });
});

describe('heritage', () => {
  test('is counted by type and trend, and narrowed to types', async () => {
    const words = wordsOf(await heritage(content(['intangible', 'traditional-knowledge', 'cultural'])));
    expect(words).toContain(`${choiceText('heritage', 'growing', 'en')}: 1; ${choiceText('heritage', 'declining', 'en')}: 1`);
    expect(words).not.toContain('Kazakh');
  });

  test('traditional knowledge whose use in management nobody recorded is named', async () => {
    expect(gapsOf(await heritage(content(['traditional-knowledge'])))).toEqual([
      'It is not recorded how management uses it: Names of winds.',
    ]);
  });

  test('languages are counted as languages, and one without a trend is named', async () => {
    const blocks = await heritage(content(['language']));
    expect(wordsOf(blocks)).toContain('Languages spoken or written: 2');
    expect(gapsOf(blocks)).toEqual(['The trend is not known: German.']);
  });
});

test('nothing known stays a gap', async () => {
  for (const filler of [partners, communication, heritage]) expect(await filler(contentOf())).toBeNull();
});

test.each(languages)('partners, communication and heritage speak %s', async (lang) => {
  for (const filler of [partners, communication, heritage]) {
    const blocks = await filler(content(undefined, { lang }));
    expect(wordsOf(blocks)).not.toBe('');
    expect(dangling(blocks)).toEqual([]);
  }
});
