/** The annex of species from the register and from records: what stands once, what stands as both, what is withheld and counted. */
import { describe, expect, test } from 'vitest';
import { speciesList } from '../../src/review/species.ts';
import type { SiteSpecies } from '../../src/review/species-recorded.ts';
import { SPECIES_FILE } from '../../src/review/species-rows.ts';
import type { Entry } from '../../src/types.ts';
import { type Blocks, gapsOf, hintsOf, inFour, rowsOf, tablesOf, textsOf } from './blocks-fixture.ts';
import { entry, wordsOf } from './content-fixture.ts';
import { BUFFER, CORE, contentWith, origin, recorded, siteSpecies, TRANSITION } from './species-fixture.ts';

const lapwing = recorded('Vanellus gregarius (Pallas, 1771)', {
  categories: { iucn: 'EN', 'iucn@2025-10-01': 'EN', 'red-book-kz': 'I', 'red-book-kz@2010': 'I' },
  vernacular: { kk: 'Тарғақ', ru: 'Кречётка' },
  group: 'birds',
  last: 2021,
});
const registered = entry('species', {
  scientific_name: 'Vanellus gregarius',
  group: 'birds',
  name_ru: 'кречётка',
  iucn: 'CR',
  iucn_year: 2018,
  red_book: 'I',
  last_record: '2010',
  source: 'Annual report',
});
const lark = recorded('Alauda arvensis Linnaeus, 1758', { group: 'birds', zones: [CORE, BUFFER, TRANSITION] });
const blocksOf = async (known: SiteSpecies, entries: Entry[] = [], rest: object = {}): Promise<Blocks> =>
  speciesList(contentWith(known, { records: { entries }, ...rest }));
const cells = (blocks: Blocks, name: string, row = 0): Record<string, string> => {
  const table = tablesOf(blocks).find(({ id }) => id === `II.9.5-${name}`);
  return Object.fromEntries((table?.head ?? []).map((head, i) => [head, table?.rows[row]?.[i]?.text ?? '']));
};

describe('a species of register and records', () => {
  test('stands once; what differs stands as both, what agrees once with its year', async () => {
    const blocks = await blocksOf(siteSpecies([lapwing, lark]), [registered]);
    expect(rowsOf(blocks, 'II.9.5-species')).toHaveLength(1);
    expect(cells(blocks, 'species')).toMatchObject({
      'Scientific name': 'Vanellus gregarius',
      'Name in Kazakh': 'Тарғақ',
      'Name in Russian': 'кречётка',
      'Red List category (IUCN)': 'CR (2018) / EN (2025)',
      'National Red Data Book': 'I (2010)',
      'Recorded in': 'core',
      'Last record': '2010 / 2021',
      Source: 'Annual report; D1',
    });
    expect(gapsOf(blocks).find((gap) => gap.startsWith('Register and records differ'))).toMatch(/: Vanellus gregarius\.$/);
  });

  test('that agrees is told once, and is no gap', async () => {
    const same = { ...registered, fields: { ...registered.fields, iucn: 'EN', iucn_year: 2025, last_record: '2021-06-03' } };
    const blocks = await blocksOf(siteSpecies([lapwing]), [same]);
    expect(cells(blocks, 'species')).toMatchObject({ 'Red List category (IUCN)': 'EN (2025)', 'Last record': 'June 3, 2021' });
    expect(gapsOf(blocks).join()).not.toContain('differ');
  });

  test('is seen where records have seen it, however old the register is', async () => {
    const old = { ...registered, fields: { ...registered.fields, last_record: '1999' } };
    expect(gapsOf(await blocksOf(siteSpecies([lapwing]), [old])).join()).not.toContain('without a record');
    const both = siteSpecies([{ ...lapwing, last: 2003 }]);
    expect(gapsOf(await blocksOf(both, [old])).join()).toContain('without a record in the time of this review: Vanellus');
  });
});

describe('species that only records know', () => {
  test('stand with zones, last year and datasets; threatened ones first, in a table of their own', async () => {
    const blocks = await blocksOf(siteSpecies([lapwing, lark, recorded('Pica pica', { last: null, undated: 3, zones: [] })]));
    expect(tablesOf(blocks).map(({ id }) => id)).toEqual(
      ['threatened', 'species', 'others', 'origins'].map((id) => `II.9.5-${id}`),
    );
    expect(cells(blocks, 'others')).toMatchObject({
      'Scientific name': 'Alauda arvensis',
      'Recorded in': 'all zones',
      'Last record': '2021',
    });
    expect(cells(blocks, 'others', 1)).toMatchObject({ 'Recorded in': 'zone undecided', 'Last record': 'no date', Source: 'D1' });
    expect(gapsOf(blocks).find((gap) => gap.includes('not in the register'))).toMatch(/: Vanellus gregarius\.$/);
  });

  test('are summed up with the rule by which a record counts, and what does not count', async () => {
    const known = siteSpecies([lapwing, lark], { left: { outside: 12, notSpecies: 0, absent: 1, kept: 0 } });
    const blocks = await blocksOf(known, [registered]);
    expect(textsOf(blocks)[1]).toBe(
      'Species recorded in the reserve: 2, by 6 records, 2015–2021. Of them threatened: 1; in the register of species: 1.',
    );
    const hints = hintsOf(blocks).join(' ');
    expect(hints).toContain('more than half of its circle');
    expect(hints).toContain('beside the zones: 12; looked for and not found: 1.');
  });

  test('without a map of zones stand for the reserve, and that is said', async () => {
    const blocks = await blocksOf(siteSpecies([{ ...lapwing, zones: [], openZones: [] }], { zones: [] }));
    expect(cells(blocks, 'species')['Recorded in']).toBeUndefined();
    expect(gapsOf(blocks).join()).toContain('No zone is drawn');
  });

  test('that are invasive stand apart, with their zones', async () => {
    const blocks = await blocksOf(siteSpecies([lapwing, recorded('Neogale vison', { invasive: true })]));
    expect(cells(blocks, 'invasive')).toMatchObject({ 'Scientific name': 'Neogale vison', 'Recorded in': 'core', Source: 'D1' });
    expect(rowsOf(blocks, 'others')).toEqual([]);
  });

  test('several datasets are named by their places in the list of them', async () => {
    const origins = ['a', 'b', 'c', 'd', 'e'].map((id) => origin(id));
    const blocks = await blocksOf(siteSpecies([{ ...lapwing, origins: ['e', 'a', 'b', 'c'] }], { origins }));
    expect(cells(blocks, 'species').Source).toBe('D1–D3, D5');
    expect(rowsOf(blocks, 'origins')).toHaveLength(5);
  });
});

describe('a long list', () => {
  const many = Array.from({ length: 400 }, (_, i) =>
    recorded(
      `Stipa a${'bcdefghij'[i % 9]}${i}`.replace(/\d/g, (d) => 'klmnopqrst'[Number(d)] ?? ''),
      { group: 'plants' },
    ),
  );

  test('shows the threatened and the registered whole, counts the rest by group and says where all are', async () => {
    const used = entry('species', { scientific_name: many[0]?.name ?? '', group: 'plants', economic_use: 'Hay' });
    const blocks = await blocksOf(siteSpecies([...many, lapwing]), [used]);
    expect([rowsOf(blocks, 'II.9.5-species').length, rowsOf(blocks, 'others').length]).toEqual([1, 1]);
    const rest = textsOf(blocks).find((text) => text.includes('Listed here')) ?? '';
    expect(rest).toMatch(/^Listed here: 2 of 401 species\. Not listed: 399 .* Plants: 399\. /);
    expect(rest).toContain(SPECIES_FILE);
  });

  test('of threatened species is never cut', async () => {
    const threatened = many.map((one) => ({ ...one, categories: { iucn: 'VU' } }));
    expect(rowsOf(await blocksOf(siteSpecies(threatened)), 'II.9.5-species')).toHaveLength(400);
  });

  test('that a reader can use stands whole, without such a sentence', async () => {
    const blocks = await blocksOf(siteSpecies(many.slice(0, 299).concat(lapwing)));
    expect(rowsOf(blocks, 'others')).toHaveLength(299);
    expect(textsOf(blocks).join()).not.toContain('Listed here');
  });
});

describe('sensitive species', () => {
  const hidden = { ...lapwing, sensitive: true, origins: ['nests'], last: 2023, openZones: [BUFFER] };
  const known = siteSpecies([hidden, lark], { origins: [origin('birds'), origin('nests')] });

  test('of them no zone, last record or source is told to who may not read everything; they are counted', async () => {
    const blocks = await blocksOf(known, [
      { ...registered, fields: { ...registered.fields, last_record: '2022', source: 'Secret lake' } },
    ]);
    const row = rowsOf(blocks, 'II.9.5-species')[0] ?? [];
    expect(row.join()).not.toMatch(/core|buffer|20(10|22|23)\b(?!\))|Secret|D\d/);
    expect(textsOf(blocks)[1]).toContain('2015–2021');
    expect(hintsOf(blocks).join()).toContain('withheld here: 1');
    expect(gapsOf(blocks).join()).not.toContain('without a record');
  });

  test('sensitive in the register alone is withheld as well; that its places lie open is told to staff only', async () => {
    const open = siteSpecies([lapwing]);
    const secret = { ...registered, fields: { ...registered.fields, sensitive: true } };
    const left = await blocksOf(open, [secret]);
    expect(rowsOf(left, 'II.9.5-species')[0]?.join()).not.toMatch(/core|2021|D1/);
    expect(gapsOf(left).join()).not.toContain('lie open');
    expect(gapsOf(await blocksOf(open, [secret], { confidential: 'mark' })).join()).toContain('lie open to everybody: Vanellus');
  });

  test('staff read zone, year and source by exact places', async () => {
    const blocks = await blocksOf(known, [], { confidential: 'mark' });
    expect(cells(blocks, 'species')).toMatchObject({
      'Recorded in': 'core',
      'Last record': '2023',
      Source: 'D2',
      Sensitive: 'yes',
    });
  });

  test('a confidential line of the register keeps the records of its species back', async () => {
    const blocks = await blocksOf(siteSpecies([lapwing, lark]), [{ ...registered, confidential: true }]);
    expect(wordsOf(blocks)).not.toContain('Vanellus');
    expect(hintsOf(blocks).join()).toContain('1 confidential');
  });
});

test('outside the annex the records are one sentence that names the datasets', async () => {
  const content = contentWith(siteSpecies([lapwing, lark]), { section: { id: 'II.3.3' }, records: { entries: [registered] } });
  const blocks = await speciesList(content);
  expect(textsOf(blocks).join('\n')).toContain('Species recorded in the reserve: 2');
  expect(content.notes.join('\n')).toContain('Dataset birds');
  expect(tablesOf(blocks)).toEqual([]);
});

test('names that fit only nearly, and lines that stand twice, are told', async () => {
  const near = entry('species', { scientific_name: 'Vanelus gregarius', group: 'birds' });
  const gaps = gapsOf(await blocksOf(siteSpecies([lapwing]), [near, near])).join('\n');
  expect(gaps).toContain('Vanelus gregarius ~ Vanellus gregarius (Pallas, 1771)');
  expect(gaps).toContain('More than once in the register: Vanelus gregarius.');
});

test('is written in four languages', async () => {
  const known = siteSpecies([lapwing, { ...lark, sensitive: true }], { left: { outside: 1, notSpecies: 2, absent: 3, kept: 0 } });
  const words = await inFour(speciesList, (lang) => contentWith(known, { lang, records: { entries: [registered] } }));
  expect(new Set(words).size).toBe(4);
});
