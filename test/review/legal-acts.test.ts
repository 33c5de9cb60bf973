import { describe, expect, test } from 'vitest';
import { legalActs } from '../../src/review/legal-acts.ts';
import type { Entry } from '../../src/types.ts';
import { type Blocks, gapsOf, hintsOf, inFour, rowsOf, textsOf, word } from './blocks-fixture.ts';
import { contentOf, entry, wordsOf, zoneOf } from './content-fixture.ts';

const founding = entry('legal-acts', {
  title: 'Resolution on the reserve',
  number: '120',
  date: '1968-04-16',
  zone: 'core',
  part: 'cluster «Tengiz»',
  effect: 'established',
});
const enlarged = entry('legal-acts', {
  title: 'Resolution on the buffer',
  number: '7',
  date: '2019-05-02',
  zone: 'buffer',
  effect: 'enlarged',
  summary: 'The strip is now 3 km wide.',
});
const repealed = entry('legal-acts', { title: 'Old order', date: '2001', zone: 'buffer', effect: 'repealed' });
const acts = [enlarged, founding, repealed];
const zones = [
  zoneOf('core', { id: 'a', name: { en: 'Tengiz', ru: 'Тенгиз' } }),
  zoneOf('core', { id: 'b', name: { en: 'Kulanotpes' } }),
];
const blocksOf = async (entries: Entry[] = acts, rest: object = {}): Promise<Blocks> =>
  legalActs(contentOf({ records: { entries }, facts: { zones }, section: { id: 'II.2.4.5' }, ...rest }));

describe('legal acts', () => {
  test('none known is nothing said', async () => {
    expect(await blocksOf([])).toBeNull();
  });

  test('stand by zone with their effect, old ones too, as they hold until they are repealed', async () => {
    const blocks = await blocksOf();
    expect(rowsOf(blocks).map(([title]) => title)).toEqual(['Resolution on the reserve', 'Resolution on the buffer']);
    expect(rowsOf(blocks)[0]?.at(-1)).toBe(word('legal-acts', 'established'));
    expect(hintsOf(blocks).join()).toContain('left out here: 1');
  });

  test('changes of the ten years are counted and told, older ones are not changes', async () => {
    const blocks = await blocksOf();
    expect(textsOf(blocks)[0]).toContain('changes of protection in the time of this review: 1');
    const told = wordsOf((blocks ?? []).filter(({ kind }) => kind === 'list'));
    expect(told).toContain('The strip is now 3 km wide.');
    expect(told).not.toContain('Resolution on the reserve');
  });

  test('a part of the core that no act names is a gap', async () => {
    const gaps = gapsOf(await blocksOf());
    expect(gaps.find((gap) => gap.includes('parts of the core area'))).toContain('Kulanotpes');
    expect(gaps.find((gap) => gap.includes('parts of the core area'))).not.toContain('Tengiz');
  });

  test('an act for the whole core or reserve is for each of its parts', async () => {
    for (const zone of ['core', 'whole']) {
      const whole = entry('legal-acts', { title: 'All', number: '1', date: '2015', zone, effect: 'unchanged' });
      expect(gapsOf(await blocksOf([founding, whole])).filter((gap) => gap.includes('parts of the core'))).toEqual([]);
    }
  });

  test('a zone without an act is named, a repealed act protects nothing', async () => {
    expect(gapsOf(await blocksOf([founding]))[0]).toBe('No legal act is recorded for: buffer zone.');
    const gone = entry('legal-acts', { title: 'Gone', number: '2', date: '2020', zone: 'core', effect: 'repealed' });
    expect(gapsOf(await blocksOf([gone, enlarged]))[0]).toBe('No legal act is recorded for: core area.');
  });

  test('the annex asks for the summary of each', async () => {
    const gaps = gapsOf(await blocksOf(acts, { section: { id: 'II.9.3' } }));
    expect(gaps.find((gap) => gap.includes('No summary'))).toContain('Resolution on the reserve');
    expect(gapsOf(await blocksOf()).some((gap) => gap.includes('No summary'))).toBe(false);
  });

  test('that are confidential are left out and counted', async () => {
    const left = await blocksOf([founding, { ...enlarged, confidential: true }]);
    expect(wordsOf(left)).not.toContain('Resolution on the buffer');
    expect(hintsOf(left).join()).toContain('1 confidential');
  });

  test('are written in four languages', async () => {
    expect(new Set(await inFour(legalActs, (lang) => contentOf({ lang, records: { entries: acts } }))).size).toBe(4);
  });
});
