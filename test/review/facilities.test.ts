import { describe, expect, test } from 'vitest';
import { facilities } from '../../src/review/facilities.ts';
import { gapsOf, hintsOf, inFour, rowsOf, textsOf, word } from './blocks-fixture.ts';
import { contentOf, entry, wordsOf } from './content-fixture.ts';

const entries = [
  entry('facilities', { name: 'Head office', type: 'office', state: 'good', year: 1990 }),
  entry('facilities', { name: 'Four-wheel drive', type: 'vehicle', number: 7, state: 'worn', year: 2016 }),
  entry('facilities', { name: 'Truck', type: 'vehicle', number: 1, state: 'out-of-use' }),
  entry('facilities', { name: 'Village school', type: 'school', number: 2 }),
];

describe('facilities', () => {
  test('none known is nothing said', async () => {
    expect(await facilities(contentOf())).toBeNull();
  });

  test('are counted by type and state; a line without a number is one thing, and that is said', async () => {
    const blocks = await facilities(contentOf({ records: { entries } }));
    expect(textsOf(blocks)[0]).toContain(`${word('facilities', 'office')}: 1; ${word('facilities', 'vehicle')}: 8`);
    expect(textsOf(blocks)[0]).toContain(`${word('facilities', 'worn')}: 7`);
    expect(hintsOf(blocks).join()).toContain('counted as one: 1');
  });

  test('are kept however old they are', async () => {
    expect(rowsOf(await facilities(contentOf({ records: { entries } })))[0]?.[0]).toBe('Head office');
  });

  test('of the types that the section asks for', async () => {
    const blocks = await facilities(contentOf({ records: { entries }, section: { only: { ids: ['school', 'health'] } } }));
    expect(rowsOf(blocks).map(([name]) => name)).toEqual(['Village school']);
  });

  test('of unknown state are named', async () => {
    expect(gapsOf(await facilities(contentOf({ records: { entries } })))).toEqual(['The state is not recorded: Village school.']);
  });

  test('that are confidential are left out and counted', async () => {
    const secret = entries.map((one) => ({ ...one, confidential: one.fields.name === 'Truck' }));
    const blocks = await facilities(contentOf({ records: { entries: secret } }));
    expect(wordsOf(blocks)).not.toContain('Truck');
    expect(hintsOf(blocks).join()).toContain('1 confidential');
  });

  test('are written in four languages', async () => {
    expect(new Set(await inFour(facilities, (lang) => contentOf({ lang, records: { entries } }))).size).toBe(4);
  });
});
