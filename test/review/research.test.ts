import { describe, expect, test } from 'vitest';
import { languages } from '../../src/i18n/index.ts';
import { bibliography, citation } from '../../src/review/bibliography.ts';
import { choiceText } from '../../src/review/registers.ts';
import { institutions, monitoring, research } from '../../src/review/research.ts';
import type { FieldValue } from '../../src/types.ts';
import { type ContentOverrides, contentOf, entry, wordsOf } from './content-fixture.ts';
import { dangling, gapsOf, organisation, rowsOf } from './records-fixture.ts';

const work = (fields: { [field: string]: FieldValue }) => entry('research', { type: 'article', ...fields });
const form: ContentOverrides['form'] = {
  tickLists: [
    {
      id: 'abiotic',
      section: 'III.annex-1.variables',
      title: { en: 'Abiotic' },
      unconfirmed: false,
      complete: true,
      terms: [{ id: 'abiotic.hydrology', label: { en: 'hydrology' } }],
    },
    {
      id: 'biodiversity',
      section: 'III.annex-1.variables',
      title: { en: 'Biodiversity' },
      unconfirmed: false,
      complete: true,
      terms: [
        { id: 'biodiversity.birds', label: { en: 'birds' } },
        { id: 'biodiversity.wetland', label: { en: 'wetland' } },
      ],
    },
  ],
};
const works = [
  work({
    authors: 'Zhang W., Koshkin M.',
    year: 2019,
    title: 'Flamingos of the salt lakes',
    source: 'Wildfowl',
    volume: '69',
    pages: '45-67',
    doi: 'doi:10.1000/x1',
    themes: ['biodiversity.birds', 'biodiversity.wetland'],
    institutions: ['iz', 'Bird Society'],
  }),
  work({ authors: 'Алиев Б.', year: 2021, title: 'Птицы озёр?', link: 'https://example.org/a', themes: ['biodiversity.birds'] }),
  work({ authors: 'Adams J.', year: 2020, title: 'Water balance', type: 'thesis', themes: ['abiotic.hydrology'] }),
  work({ authors: 'Koshkin M.', year: 2018, title: 'Notes.', source: 'Steppe Bulletin' }),
  work({ authors: 'Older O.', year: 2008, title: 'Before' }),
];
const records: ContentOverrides['records'] = {
  entries: [
    ...works,
    entry('partners', { name: 'Institute of Zoology', kind: 'institute', country: 'KZ', roles: ['research'], since: 2001 }),
    entry('partners', { name: 'Bakery', kind: 'business', roles: ['funding'] }),
    entry('monitoring', { variable: 'water level', since: 1998, institution: 'institute of zoology', method: 'gauge' }),
    entry('monitoring', { variable: 'nests', themes: ['biodiversity.birds'] }),
  ],
  organisations: new Map([['iz', organisation('iz', 'Institute of Zoology')]]),
};
const content = (id: string, rest: ContentOverrides = {}) => contentOf({ records, form, ...rest, section: { id } });

describe('a citation', () => {
  const cited = (fields: { [field: string]: FieldValue }) => citation(contentOf(), work(fields));

  test('has authors, year, title, source with volume and pages, and the DOI as an address', () => {
    expect(citation(contentOf(), works[0] ?? entry('research', {}))).toBe(
      'Zhang W., Koshkin M. (2019). Flamingos of the salt lakes. Wildfowl 69: 45–67. https://doi.org/10.1000/x1',
    );
  });

  test.each(['10.1/a', 'doi:10.1/a', 'DOI: 10.1/a', 'https://doi.org/10.1/a', 'http://dx.doi.org/10.1/a'])(
    'reads the DOI %s',
    (doi) => {
      expect(cited({ authors: 'A', year: 2020, title: 'T', doi })).toBe('A (2020). T. https://doi.org/10.1/a');
    },
  );

  test('does not stop twice, and says a year that is not known', () => {
    expect(cited({ authors: 'A', title: 'Why?', pages: '5–6' })).toBe('A (no date). Why? 5–6.');
    expect(cited({ authors: 'A', year: 2020, title: 'T', source: 'Acta', link: 'https://example.org/t' })).toBe(
      'A (2020). T. Acta. https://example.org/t',
    );
  });

  test('says what sort of work it is where a reader cannot tell', () => {
    const thesis = choiceText('research', 'thesis', 'en');
    expect(cited({ authors: 'A', year: 2020, title: 'T', type: 'thesis' })).toBe(`A (2020). T [${thesis}].`);
  });
});

describe('publications', () => {
  const listed = async (lang: 'en' | 'ru') =>
    (await bibliography(content('II.9.6', { lang })))?.flatMap((block) =>
      block.kind === 'list' ? block.items.map(({ text }) => text.split(' ')[0]) : [],
    );

  test('stand in the order of the alphabet of the language: Latin first in English, Cyrillic first in Russian', async () => {
    expect(await listed('en')).toEqual(['Adams', 'Koshkin', 'Zhang', 'Алиев']);
    expect(await listed('ru')).toEqual(['Алиев', 'Adams', 'Koshkin', 'Zhang']);
  });

  test('are counted by theme in the order of the form, each with its years', async () => {
    const blocks = await research(content('II.6.2'));
    expect(rowsOf(blocks, 'themes')).toEqual([
      ['hydrology', 'Abiotic', '1', '2020'],
      ['birds', 'Biodiversity', '2', '2019, 2021'],
      ['wetland', 'Biodiversity', '1', '2019'],
    ]);
    expect(wordsOf(blocks)).toContain('2018: 1; 2019: 1; 2020: 1; 2021: 1');
  });

  test('without a theme, and articles without an address, are named', async () => {
    const gaps = gapsOf(await research(content('II.6.2')));
    expect(gaps).toEqual(['No theme is given for: Koshkin M. 2018.', 'Articles without a DOI or a link: Koshkin M. 2018.']);
  });

  test('older than the last report are left out and counted', async () => {
    expect(wordsOf(await research(content('II.6.2')))).not.toContain('Older O.');
    expect(wordsOf(await bibliography(content('II.9.6')))).toContain('left out here: 1');
  });

  test('are figures and themes where the list stands elsewhere', async () => {
    for (const id of ['II.2.4.6', 'III.annex-1.research']) {
      const blocks = await research(content(id));
      expect(wordsOf(blocks)).toContain('birds: 2; ');
      expect(blocks?.some(({ kind }) => kind === 'list' || kind === 'table')).toBe(false);
    }
  });

  test('that are confidential are left out and counted, or marked', async () => {
    const secret = { entries: [entry('research', { authors: 'A', year: 2020, title: 'Secret' }, { confidential: true })] };
    expect(wordsOf(await bibliography(contentOf({ records: secret })))).toBe('1 confidential entries are left out here.');
    expect(wordsOf(await bibliography(contentOf({ records: secret, confidential: 'mark' })))).toContain('Secret. [confidential]');
  });
});

describe('institutions', () => {
  test('are gathered by name from partners, publications and monitoring', async () => {
    const rows = rowsOf(await institutions(content('II.6.1')), 'institutions');
    expect(rows.map(([name]) => name)).toEqual(['Bird Society', 'Institute of Zoology']);
    expect(rows[1]?.slice(2)).toEqual(['Kazakhstan', '2001', '1', 'water level']);
  });

  test('that are no partners are named; partners without research are none', async () => {
    const blocks = await institutions(content('II.6.1'));
    expect(gapsOf(blocks)[0]).toContain('Bird Society');
    expect(wordsOf(blocks)).not.toContain('Bakery');
  });
});

describe('monitoring', () => {
  test('lists variables with themes in words and the year of the earliest', async () => {
    const blocks = await monitoring(content('II.2.4.6'));
    expect(wordsOf(blocks)).toContain('1998');
    expect(rowsOf(blocks, 'monitoring').map((row) => row[1])).toEqual(['–', 'birds']);
    expect(gapsOf(blocks)).toEqual(['The method is not recorded: nests.', 'It is not recorded since when it runs: nests.']);
  });

  test('is a short list on the directory sheet', async () => {
    const blocks = await monitoring(content('III.annex-1.monitoring'));
    expect(wordsOf(blocks)).toContain('water level, since 1998');
    expect(rowsOf(blocks)).toEqual([]);
  });
});

test('nothing known stays a gap', async () => {
  for (const filler of [research, bibliography, institutions, monitoring]) expect(await filler(contentOf())).toBeNull();
});

test.each(languages)('research speaks %s', async (lang) => {
  for (const filler of [research, bibliography, institutions, monitoring]) {
    for (const id of ['II.6.2', 'II.2.4.6', 'III.annex-1.monitoring']) {
      const blocks = await filler(content(id, { lang }));
      expect(wordsOf(blocks)).not.toBe('');
      expect(dangling(blocks)).toEqual([]);
    }
  }
});
