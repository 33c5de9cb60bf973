import { describe, expect, test } from 'vitest';
import { speciesList } from '../../src/review/species.ts';
import type { Entry } from '../../src/types.ts';
import { type Blocks, gapsOf, hintsOf, inFour, rowsOf, tablesOf, textsOf, word } from './blocks-fixture.ts';
import { contentOf, entry, wordsOf } from './content-fixture.ts';

const lapwing = entry('species', {
  scientific_name: 'Vanellus gregarius',
  group: 'birds',
  name_kk: 'Тарғақ',
  name_ru: 'Кречётка',
  name_en: 'Sociable lapwing',
  iucn: 'CR',
  iucn_year: 2018,
  red_book: 'I',
  trend: 'decreasing',
  last_record: '2023-05-01',
  source: 'Secret lake',
  sensitive: true,
});
const saiga = entry('species', { scientific_name: 'Saiga tatarica', group: 'mammals', iucn: 'NT', iucn_year: 2023 });
const ferula = entry('species', {
  scientific_name: 'Ferula taucumica',
  group: 'plants',
  economic_use: 'Resin',
  iucn: 'EN',
  last_record: '2009',
});
const carp = entry('species', { scientific_name: 'Cyprinus carpio', group: 'fishes', invasive: true });
const all = [ferula, lapwing, carp, saiga];
const blocksOf = async (rest: object = {}, entries: Entry[] = all): Promise<Blocks> =>
  speciesList(contentOf({ records: { entries }, section: { id: 'II.9.5' }, ...rest }));

describe('species list', () => {
  test('none known is nothing said', async () => {
    expect(await blocksOf({}, [])).toBeNull();
  });

  test('stands by group with names in three languages, on its side', async () => {
    const blocks = await blocksOf();
    expect(rowsOf(blocks, 'species').map(([name]) => name)).toEqual(['Saiga tatarica', 'Vanellus gregarius', 'Ferula taucumica']);
    expect(rowsOf(blocks, 'species')[1]?.slice(2, 5)).toEqual(['Тарғақ', 'Кречётка', 'Sociable lapwing']);
    expect(rowsOf(blocks, 'species').map((row) => row[5])).toEqual(['NT (2023)', 'CR (2018)', 'EN (no date)']);
    expect(tablesOf(blocks)[0]?.landscape).toBe(true);
  });

  test('is counted by group and category; invasive species stand apart', async () => {
    const blocks = await blocksOf();
    const [lead = '', invasive = ''] = textsOf(blocks);
    expect(lead).toContain('Species listed: 3.');
    expect(lead).toContain(['CR', 'EN', 'NT'].map((code) => `${code} ${word('species', code)}: 1`).join('; '));
    expect(lead).toContain('In the national Red Book: 1; with economic use: 1.');
    expect(invasive).toContain(': 1.');
    expect(rowsOf(blocks, 'invasive').map(([name]) => name)).toEqual(['Cyprinus carpio']);
  });

  test('of a sensitive species the last record and its source are withheld and counted, unless all is marked', async () => {
    const left = wordsOf(await blocksOf());
    expect(left).toContain('Vanellus gregarius');
    expect(left).not.toMatch(/Secret lake|May 1, 2023/);
    expect(hintsOf(await blocksOf()).join()).toContain('withheld here: 1');
    const marked = await blocksOf({ confidential: 'mark' });
    expect(wordsOf(marked)).toContain('Secret lake');
    expect(hintsOf(marked).join()).not.toContain('withheld');
  });

  test('that is confidential as a whole is left out and counted', async () => {
    const blocks = await blocksOf({}, [saiga, { ...ferula, confidential: true }]);
    expect(wordsOf(blocks)).not.toContain('Ferula');
    expect(hintsOf(blocks).join()).toContain('1 confidential');
  });

  test('status that is missing and threatened species that nobody recorded are named; withheld ones are not', async () => {
    const gaps = gapsOf(await blocksOf());
    expect(gaps.find((gap) => gap.includes('year of the IUCN'))).toMatch(/: Ferula taucumica\.$/);
    expect(gaps.find((gap) => gap.includes('without a record'))).toMatch(/: Ferula taucumica\.$/);
    const unseen = { ...lapwing, fields: { ...lapwing.fields, last_record: '2001' } };
    expect(gapsOf(await blocksOf({}, [unseen])).join()).not.toContain('without a record');
    expect(gapsOf(await blocksOf({ confidential: 'mark' }, [unseen])).join()).toContain('without a record');
  });

  test('outside the annex only the species that people use stand in the table', async () => {
    const blocks = await blocksOf({ section: { id: 'II.3.3' } });
    expect(rowsOf(blocks).map(([name]) => name)).toEqual(['Ferula taucumica']);
    expect(gapsOf(await blocksOf({ section: { id: 'II.3.3' } }, [saiga]))).toHaveLength(1);
  });

  test('is written in four languages', async () => {
    const words = await inFour(speciesList, (lang) => contentOf({ lang, records: { entries: all }, section: { id: 'II.9.5' } }));
    expect(new Set(words).size).toBe(4);
  });
});
