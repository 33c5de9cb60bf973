import { describe, expect, test } from 'vitest';
import { conflicts } from '../../src/review/conflicts.ts';
import { gapsOf, hintsOf, inFour, rowsOf, textsOf, word } from './blocks-fixture.ts';
import { contentOf, entry, wordsOf } from './content-fixture.ts';

const entries = [
  entry('conflicts', { what: 'Old fence', type: 'access', since: 2009, status: 'resolved', resolution: 'Taken down.' }),
  entry('conflicts', { what: 'Grazing', type: 'resources', zone: 'buffer', since: 2019, status: 'open' }, { confidential: true }),
  entry('conflicts', { what: 'Wolves', type: 'human-wildlife', resolution: 'A fund.' }),
];

describe('conflicts', () => {
  test('none recorded is nothing said: it does not mean that there is none', async () => {
    expect(await conflicts(contentOf({ confidential: 'mark' }))).toBeNull();
  });

  test('are counted by state and type, the open ones first', async () => {
    const blocks = await conflicts(contentOf({ records: { entries }, confidential: 'mark' }));
    expect(textsOf(blocks)[0]).toContain(`${word('conflicts', 'open')}: 1; ${word('conflicts', 'resolved')}: 1; not stated: 1`);
    expect(rowsOf(blocks).map(([what]) => what)).toEqual(['Grazing [confidential]', 'Old fence', 'Wolves']);
  });

  test('without a resolution or a state are named', async () => {
    const gaps = gapsOf(await conflicts(contentOf({ records: { entries }, confidential: 'mark' })));
    expect(gaps[0]).toMatch(/Grazing\.$/);
    expect(gaps[1]).toMatch(/Wolves\.$/);
  });

  test('that are confidential leave no word but their count, in gaps neither', async () => {
    const blocks = await conflicts(contentOf({ records: { entries } }));
    expect(wordsOf(blocks)).not.toContain('Grazing');
    expect(textsOf(blocks)[0]).toContain('Conflicts recorded: 2');
    expect(hintsOf(blocks).join()).toContain('1 confidential');
    const all = entries.map((one) => ({ ...one, confidential: true }));
    expect((await conflicts(contentOf({ records: { entries: all } })))?.map(({ kind }) => kind)).toEqual(['hint']);
  });

  test('are written in four languages', async () => {
    const words = await inFour(conflicts, (lang) => contentOf({ lang, records: { entries }, confidential: 'mark' }));
    expect(new Set(words).size).toBe(4);
  });
});
