import { describe, expect, test } from 'vitest';
import { authorities } from '../../src/review/authorities.ts';
import type { Entry } from '../../src/types.ts';
import { type Blocks, gapsOf, hintsOf, inFour, rowsOf, textsOf, word } from './blocks-fixture.ts';
import { contentOf, entry, wordsOf } from './content-fixture.ts';

const reserve = entry('authorities', {
  organisation: 'State reserve',
  zone: 'core',
  role: 'administers',
  share: '60 %',
  changed: false,
  endorsement: 'not-asked',
});
const district = entry('authorities', { organisation: 'District', zone: 'buffer', role: 'administers', changed: true });
const council = entry('authorities', {
  organisation: 'Council',
  zone: 'buffer',
  role: 'coordinates',
  changed: true,
  endorsement: 'given',
  endorsement_date: '2023-02-01',
});
const blocksOf = async (entries: Entry[], rest: object = {}): Promise<Blocks> =>
  authorities(contentOf({ records: { entries }, section: { id: 'II.7.6' }, ...rest }));

describe('authorities', () => {
  test('none known is nothing said', async () => {
    expect(await blocksOf([])).toBeNull();
  });

  test('stand by zone with role and share', async () => {
    const rows = rowsOf(await blocksOf([district, reserve]));
    expect(rows.map(([organisation]) => organisation)).toEqual(['State reserve', 'District']);
    expect(rows[0]?.slice(1, 4)).toEqual(['core area', word('authorities', 'administers'), '60 %']);
  });

  test('organisations are counted once, changes and endorsements too', async () => {
    const [lead = ''] = textsOf(await blocksOf([reserve, { ...reserve, id: 'x' }, district, council]));
    expect(lead).toContain('Organisations: 3.');
    expect(lead).toContain('Changed since the last review: 2; letters of endorsement given: 1.');
  });

  test('a zone without an authority is named; one for the whole reserve is for all zones', async () => {
    expect(gapsOf(await blocksOf([reserve, district]))[0]).toBe('No authority is recorded for: transition area.');
    const whole = entry('authorities', { organisation: 'All', zone: 'whole', role: 'coordinates', changed: false });
    expect(gapsOf(await blocksOf([whole]))).toEqual([]);
  });

  test('changed without a letter is named with its zone; a letter given is not', async () => {
    const gap = gapsOf(await blocksOf([reserve, district, council])).find((text) => text.includes('without a letter'));
    expect(gap).toContain('District (buffer zone)');
    expect(gap).not.toContain('Council');
  });

  test('a letter older than the last report does not endorse what changed since', async () => {
    const stale = { ...council, fields: { ...council.fields, endorsement_date: '2012' } };
    expect(gapsOf(await blocksOf([stale])).join()).toContain('older: Council (buffer zone)');
    expect(gapsOf(await blocksOf([council])).join()).not.toContain('is older');
  });

  test('of letters only the section on authorities speaks, not the framework of governance', async () => {
    const blocks = await blocksOf([reserve, district], { section: { id: 'II.7.2' } });
    expect(gapsOf(blocks)).toEqual(['No authority is recorded for: transition area.']);
    expect(rowsOf(blocks)[0]).toHaveLength(4);
  });

  test('that are confidential are left out and counted, or marked', async () => {
    const secret = [reserve, { ...district, confidential: true }];
    const left = await blocksOf(secret);
    expect(wordsOf(left)).not.toContain('District');
    expect(hintsOf(left).join()).toContain('1 confidential');
    expect(wordsOf(await blocksOf(secret, { confidential: 'mark' }))).toContain('District [confidential]');
  });

  test('are written in four languages', async () => {
    const entries = [reserve, district, council];
    expect(new Set(await inFour(authorities, (lang) => contentOf({ lang, records: { entries } }))).size).toBe(4);
  });
});
