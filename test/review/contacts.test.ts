import { describe, expect, test } from 'vitest';
import { contacts } from '../../src/review/contacts.ts';
import type { Entry } from '../../src/types.ts';
import { type Blocks, gapsOf, hintsOf, inFour, rowsOf, tablesOf } from './blocks-fixture.ts';
import { contentOf, entry, wordsOf } from './content-fixture.ts';

const secret = { confidential: true };
const reserve = entry(
  'contacts',
  {
    purpose: 'reserve',
    organisation: 'State reserve',
    name: 'A. Person',
    address: 'Main street 1',
    phone: '+7 000',
    email: 'a@b.kz',
  },
  secret,
);
const core = entry('contacts', { purpose: 'core', organisation: 'Forest unit', phone: '+7 111' }, secret);
const entries = [reserve, core];
const blocksOf = async (id: string, confidential: 'mark' | 'leave-out', of: Entry[] = entries): Promise<Blocks> =>
  contacts(contentOf({ records: { entries: of }, section: { id }, confidential }));

describe('contacts', () => {
  test('none known is nothing said, nor where none is for the zone', async () => {
    expect(await blocksOf('II.10.1', 'mark', [])).toBeNull();
    expect(await blocksOf('II.10.4', 'mark')).toBeNull();
  });

  test('each section has the addresses of its own', async () => {
    const blocks = await blocksOf('II.10.1', 'mark');
    expect(tablesOf(blocks)).toHaveLength(1);
    expect(rowsOf(blocks).map(([, value]) => value)).toEqual([
      'State reserve [confidential]',
      'A. Person',
      'Main street 1',
      '+7 000',
      'a@b.kz',
    ]);
    expect(gapsOf(blocks)).toEqual([]);
    expect(wordsOf(await blocksOf('II.10.2', 'mark'))).toContain('Forest unit');
  });

  test('without address, telephone or e-mail is a gap', async () => {
    const [gap = ''] = gapsOf(await blocksOf('II.10.2', 'mark'));
    expect(gap).toContain('Forest unit: ');
    expect(gap.split(',')).toHaveLength(2);
  });

  test('are confidential: left out, they are counted and no word of them is told', async () => {
    const blocks = await blocksOf('II.10.1', 'leave-out');
    expect(blocks?.map(({ kind }) => kind)).toEqual(['hint']);
    expect(hintsOf(blocks)[0]).toContain('1 confidential');
    expect(wordsOf(blocks)).not.toContain('reserve');
  });

  test('are written in four languages', async () => {
    const words = await inFour(contacts, (lang) => contentOf({ lang, records: { entries }, confidential: 'mark' }));
    expect(new Set(words).size).toBe(4);
  });
});
