import { describe, expect, test } from 'vitest';
import {
  currentIucn,
  isThreatenedRow,
  listedCategory,
  mergedSpecies,
  nationalLists,
  type SpeciesRow,
  shortName,
} from '../../src/review/species-merge.ts';
import { entry } from './content-fixture.ts';
import { recorded } from './species-fixture.ts';

const line = (scientific_name: string, fields: object = {}) => entry('species', { scientific_name, group: 'birds', ...fields });
const lapwing = recorded('Vanellus gregarius (Pallas, 1771)', { also: ['Chettusia gregaria', 'Vanellus cf. gregarius'] });
const names = (rows: SpeciesRow[]): string[] => rows.map(({ name }) => name);

describe('register and records', () => {
  test('a species of both stands once, with or without its author', () => {
    const { rows, unsure } = mergedSpecies([line('Vanellus gregarius')], [lapwing, recorded('Otis tarda Linnaeus, 1758')]);
    expect(rows.map(({ name, entry: own, recorded: one }) => [name, own !== null, one?.name ?? null])).toEqual([
      ['Vanellus gregarius', true, 'Vanellus gregarius (Pallas, 1771)'],
      ['Otis tarda', false, 'Otis tarda Linnaeus, 1758'],
    ]);
    expect(unsure).toEqual([]);
  });

  test('a synonym under which records were taken for the species is the species, and is told', () => {
    const [row] = mergedSpecies([line('Chettusia gregaria')], [lapwing]).rows;
    expect(row).toMatchObject({ name: 'Vanellus gregarius', synonym: 'Chettusia gregaria', recorded: { taxon: lapwing.taxon } });
  });

  test('another spelling is never merged, and told with what it may be', () => {
    const { rows, unsure } = mergedSpecies([line('Vanelus gregarius')], [lapwing]);
    expect(rows).toHaveLength(2);
    expect(unsure).toEqual([{ written: 'Vanelus gregarius', perhaps: [lapwing.name] }]);
  });

  test('a name that several taxa bear is not decided', () => {
    const twins = [recorded('Oenanthe aquatica (L.) Poir.', { taxon: 'a' }), recorded('Oenanthe aquatica Brehm', { taxon: 'b' })];
    const { rows, unsure } = mergedSpecies([line('Oenanthe aquatica')], twins);
    expect(names(rows)).toEqual(['Oenanthe aquatica', 'Oenanthe aquatica (L.) Poir.', 'Oenanthe aquatica Brehm']);
    expect(unsure[0]?.perhaps).toHaveLength(2);
  });

  test('a subspecies of the register is not the species', () => {
    expect(mergedSpecies([line('Vanellus gregarius minor')], [lapwing]).rows).toHaveLength(2);
  });

  test('what the register has twice takes the records once, and is told', () => {
    const { rows, twice } = mergedSpecies([line('Vanellus gregarius'), line('Chettusia gregaria')], [lapwing]);
    expect(rows.filter((row) => row.recorded !== null)).toHaveLength(1);
    expect(twice).toEqual(['Chettusia gregaria']);
    expect(mergedSpecies([line('Otis tarda'), line('Otis tarda')], []).twice).toEqual(['Otis tarda']);
  });
});

test('a name without its author', () => {
  expect(
    [
      'Falco cherrug Gray, 1834',
      'Falco cherrug milvipes Jerdon, 1871',
      'Falco (Hierofalco) cherrug Gray',
      'Salix × fragilis L.',
      'Stipa pennata subsp. sabulosa (Pacz.) Tzvelev',
      'Стрепет',
    ].map(shortName),
  ).toEqual([
    'Falco cherrug',
    'Falco cherrug milvipes',
    'Falco (Hierofalco) cherrug',
    'Salix × fragilis',
    'Stipa pennata subsp. sabulosa',
    'Стрепет',
  ]);
});

describe('categories', () => {
  const categories = {
    iucn: 'EN',
    'iucn@2012': 'VU',
    'iucn@2021-07-15': 'EN',
    'red-book-kz': 'I',
    'red-book-kz@2010': 'I',
    griis: 'no',
  };
  const row = (fields: object | null, of: Record<string, string> = categories): SpeciesRow => ({
    ...{
      name: 'x',
      synonym: null,
      entry: fields === null ? null : line('x', fields),
      recorded: recorded('X x', { categories: of }),
    },
  });

  test('the latest of a list with its year; a list without a date has none', () => {
    expect(listedCategory(row(null), 'iucn')).toEqual({ code: 'EN', year: '2021' });
    expect(listedCategory(row(null, { iucn: 'VU' }), 'iucn')).toEqual({ code: 'VU', year: null });
    expect(nationalLists([recorded('X x', { categories })])).toEqual(['red-book-kz']);
  });

  test('of register and list the later assessment holds; without years the register', () => {
    expect(currentIucn(row({ iucn: 'VU', iucn_year: 2012 }))).toEqual({ code: 'EN', year: '2021' });
    expect(currentIucn(row({ iucn: 'CR', iucn_year: 2024 }))).toEqual({ code: 'CR', year: '2024' });
    expect(currentIucn(row({ iucn: 'CR' }, { iucn: 'VU' }))?.code).toBe('CR');
  });

  test('threatened is what any list says', () => {
    expect([row(null), row(null, { 'red-book-kz': 'III' }), row({ iucn: 'VU' }, {})].every(isThreatenedRow)).toBe(true);
    expect([row(null, { iucn: 'LC', 'red-book-kz': 'LC', griis: 'yes' }), row({ iucn: 'NT' }, {})].some(isThreatenedRow)).toBe(
      false,
    );
  });
});
