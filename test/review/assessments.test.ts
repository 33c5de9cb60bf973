import { describe, expect, test } from 'vitest';
import { assessments } from '../../src/review/assessments.ts';
import type { Entry } from '../../src/types.ts';
import { type Blocks, gapsOf, hintsOf, inFour, rowsOf, textsOf } from './blocks-fixture.ts';
import { contentOf, entry, wordsOf } from './content-fixture.ts';

const mett = (year: number, score: number, highest = 99): Entry => entry('assessments', { tool: 'METT', year, score, highest });
const entries = [
  mett(2023, 66),
  mett(2016, 33),
  mett(2008, 20),
  entry('assessments', { tool: 'IMET', year: 2020, finding: 'No plan.' }),
];
const blocksOf = async (of: Entry[] = entries): Promise<Blocks> => assessments(contentOf({ records: { entries: of } }));

describe('assessments', () => {
  test('none known is nothing said', async () => {
    expect(await blocksOf([])).toBeNull();
  });

  test('scores stand as shares of the highest, by tool and year', async () => {
    const rows = rowsOf(await blocksOf());
    expect(rows.map((row) => row.slice(0, 5).map((cell) => cell.replaceAll(/\s/g, '')))).toEqual([
      ['IMET', '2020', '–', '–', '–'],
      ['METT', '2016', '33', '99', '33%'],
      ['METT', '2023', '66', '99', '67%'],
    ]);
  });

  test('the last score of a tool is told beside its first of the ten years', async () => {
    const [, lead = ''] = textsOf(await blocksOf());
    expect(lead.replaceAll(/\s?%/g, '%')).toBe(
      'METT, 2023: 66 of 99 (67%). First in the time of this review, 2016: 33 of 99 (33%).',
    );
    expect(hintsOf(await blocksOf()).join()).toContain('left out here: 1');
  });

  test('scales that differ are said to differ', async () => {
    const [lead = ''] = textsOf(await blocksOf([mett(2016, 50), mett(2023, 50, 114)]));
    expect(lead).toContain('The highest possible scores differ');
  });

  test('scores that are missing, without a scale or above it are named', async () => {
    const gaps = gapsOf(
      await blocksOf([...entries, mett(2021, 120), entry('assessments', { tool: 'Own', year: 2022, score: 5 })]),
    );
    expect(gaps[0]).toContain('IMET (2020)');
    expect(gaps[1]).toContain('Own (2022)');
    expect(gaps[2]).toContain('METT (2021)');
  });

  test('that are confidential are left out and counted', async () => {
    const blocks = await blocksOf(entries.map((one) => ({ ...one, confidential: one.fields.tool === 'IMET' })));
    expect(wordsOf(blocks)).not.toContain('IMET');
    expect(hintsOf(blocks).join()).toContain('1 confidential');
  });

  test('are written in four languages', async () => {
    expect(new Set(await inFour(assessments, (lang) => contentOf({ lang, records: { entries } }))).size).toBe(4);
  });
});
