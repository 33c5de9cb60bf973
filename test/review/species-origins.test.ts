/** Datasets of records of species among the references: title, who made them, DOI, licence, day; and what may not be done with them. */
import { describe, expect, test } from 'vitest';
import { bibliography } from '../../src/review/bibliography.ts';
import { forbidsCommerce } from '../../src/review/species-recorded.ts';
import { gapsOf, hintsOf, inFour, textsOf } from './blocks-fixture.ts';
import { entry, wordsOf } from './content-fixture.ts';
import { contentWith, origin, recorded, siteSpecies } from './species-fixture.ts';

const closed = origin('nests', {
  citation:
    'Ivanov A. (2020). Dataset nests. Version 1.2. Occurrence dataset doi:10.15468/NESTS accessed via GBIF.org on 2026-05-01.',
  licence: 'CC-BY-NC-4.0',
  records: 40,
  nonCommercial: 40,
});
const mixed = origin('mixed', { licence: 'CC-BY-4.0, CC-BY-NC-4.0', records: 1200, nonCommercial: 7, since: null });
const silent = origin('silent', { title: { en: 'birds.csv' }, href: 'birds.csv', citation: null, licence: null });
const known = siteSpecies([recorded('Otis tarda')], { origins: [mixed, closed, silent] });
const section = { id: 'II.9.6' };

describe('datasets among the references', () => {
  test('are cited with title, publisher, DOI, licence and the day they were taken', async () => {
    const words = wordsOf(await bibliography(contentWith(siteSpecies([recorded('Otis tarda')]), { section })));
    expect(words).toContain(
      '[D1] Serikova B. (2021). Dataset birds. Institute of Zoology. https://doi.org/10.15468/birds Licence: CC-BY-4.0. Records in the reserve: 3. Taken into the dossier on May 12, 2026.',
    );
  });

  test('carry their DOI as an address once', async () => {
    const words = wordsOf(await bibliography(contentWith(known, { section })));
    expect(words).toContain(
      'accessed via GBIF.org on 2026-05-01. https://doi.org/10.15468/NESTS Licence: CC-BY-NC-4.0 (no commercial use).',
    );
    expect(words.match(/10\.15468\/mixed/g)).toHaveLength(1);
  });

  test('of which some records may not be used commercially are named, with how many', async () => {
    const blocks = await bibliography(contentWith(known, { section }));
    expect(wordsOf(blocks)).toContain('CC-BY-4.0, CC-BY-NC-4.0 (7 records: no commercial use)');
    expect(hintsOf(blocks).join()).toMatch(/commercially: 47, from 2 of the datasets: Dataset mixed; Dataset nests\./);
  });

  test('without a licence or a citation are gaps', async () => {
    const blocks = await bibliography(contentWith(known, { section }));
    expect(gapsOf(blocks)).toEqual([
      'Nobody said under which licence these records are: birds.csv.',
      'Nobody said how these records are to be cited: birds.csv.',
    ]);
    expect(wordsOf(blocks)).toContain('[D3] birds.csv. Licence: not stated.');
  });

  test('stand behind the publications, or alone', async () => {
    const work = entry('research', { authors: 'Ivanov A.', title: 'Birds', type: 'article', year: 2020 });
    expect(textsOf(await bibliography(contentWith(known, { section, records: { entries: [work] } })))).toHaveLength(2);
    expect(textsOf(await bibliography(contentWith(known, { section })))).toHaveLength(1);
    expect(await bibliography({ ...contentWith(known, { section }), recorded: () => null } as never)).toBeNull();
  });

  test('are told in four languages', async () => {
    expect(new Set(await inFour(bibliography, (lang) => contentWith(known, { section, lang }))).size).toBe(4);
  });
});

test('a licence that forbids commercial use, however it is written', () => {
  const nc = [
    'CC_BY_NC_4_0',
    'CC-BY-NC-SA-4.0',
    'http://creativecommons.org/licenses/by-nc/4.0/',
    'CC BY-NC',
    'Non-commercial use only',
    'только некоммерческое использование',
  ];
  expect(nc.every(forbidsCommerce)).toBe(true);
  expect(
    ['CC_BY_4_0', 'CC0-1.0', 'https://creativecommons.org/licenses/by-sa/4.0/', 'France', 'not stated', '', null].some(
      forbidsCommerce,
    ),
  ).toBe(false);
});
