import { expect, test } from 'vitest';
import { recordedSpeciesTable } from '../../src/review/species-rows.ts';
import { entry } from './content-fixture.ts';
import { BUFFER, CORE, contentWith, recorded, siteSpecies } from './species-fixture.ts';

const lapwing = recorded('Vanellus gregarius (Pallas, 1771)', {
  categories: { iucn: 'CR', 'iucn@2018': 'CR', 'red-book-kz': 'I' },
  vernacular: { kk: 'Тарғақ' },
  group: 'birds',
  zones: [CORE, BUFFER],
});
const table = (confidential: 'mark' | 'leave-out', rest: object = {}, fields: object = {}) => {
  const line = { ...entry('species', { scientific_name: 'Vanellus gregarius', group: 'birds', ...fields }), id: 'line-1' };
  const known = contentWith(siteSpecies([{ ...lapwing, ...rest }, recorded('Alauda arvensis')]), {
    records: { entries: [line] },
  });
  const { header, rows, name } = recordedSpeciesTable(known, confidential) ?? { header: [], rows: [], name: '' };
  return { name, rows: rows.map((row) => Object.fromEntries(header.map((column, i) => [column, row[i]]))) };
};

test('every recorded species is a row with its whole name, lists, zones, years and datasets', () => {
  const { name, rows } = table('mark');
  expect(name).toBe('records/species-recorded');
  expect(rows.map((row) => row.scientific_name)).toEqual(['Vanellus gregarius (Pallas, 1771)', 'Alauda arvensis']);
  expect(rows[0]).toMatchObject({
    ...{ name_kk: 'Тарғақ', iucn: 'CR', iucn_year: '2018', 'red-book-kz': 'I', 'red-book-kz_year': null, register: 'line-1' },
    ...{ zones: 'core; buffer', zone_ids: `${CORE}; ${BUFFER}`, last_year: 2021, datasets: 'birds', records: 3 },
  });
});

test('of a sensitive species a package without confidential parts tells its name and status alone', () => {
  const secret = {
    zones: null,
    zone_ids: null,
    first_year: null,
    last_year: null,
    datasets: null,
    records: null,
    without_date: null,
  };
  expect(table('leave-out', { sensitive: true }).rows[0]).toMatchObject({ iucn: 'CR', sensitive: true, ...secret });
  expect(table('leave-out', {}, { sensitive: true }).rows[0]).toMatchObject(secret);
  expect(table('mark', { sensitive: true }).rows[0]).toMatchObject({ zones: 'core; buffer', last_year: 2021 });
});

test('where nothing was recorded there is no table', () => {
  expect(recordedSpeciesTable({ ...contentWith(siteSpecies([])), recorded: () => null } as never, 'mark')).toBeNull();
});
