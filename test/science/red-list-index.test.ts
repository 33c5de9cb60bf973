import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  RED_LIST_WEIGHTS,
  type RedListAssessment,
  type RedListCategory,
  redListIndex,
} from '../../src/science/red-list-index.ts';

const line = (species: string, ...of: [number, RedListCategory, boolean?][]): RedListAssessment[] =>
  of.map(([year, category, genuine = false]) => ({ species, year, category, genuine }));

test('weights are 0 to 4, and 5 for what is extinct or possibly so: metadata 15.5.1', () => {
  expect(RED_LIST_WEIGHTS).toMatchObject({ LC: 0, NT: 1, VU: 2, EN: 3, CR: 4, 'CR(PE)': 5, 'CR(PEW)': 5, EW: 5, EX: 5 });
});

test('the index of one year is 1 less the weights by five for each species', () => {
  const [found] = redListIndex([
    ...line('a', [2010, 'LC']),
    ...line('b', [2010, 'NT']),
    ...line('c', [2010, 'VU']),
    ...line('d', [2010, 'EN']),
    ...line('e', [2010, 'CR']),
  ]);
  expect(found).toMatchObject({ year: 2010, species: 5, deficient: 0 });
  expect(found?.value).toBeCloseTo(1 - (0 + 1 + 2 + 3 + 4) / 25, 12);
});

test('a genuine change moves the index, new knowledge is taken back to earlier years: Butchart et al. 2007', () => {
  const genuine = redListIndex([
    ...line('saiga', [2003, 'CR'], [2023, 'NT', true]),
    ...line('bustard', [2003, 'VU'], [2023, 'VU']),
  ]);
  expect(genuine.map(({ value }) => value)).toEqual([1 - 6 / 10, 1 - 3 / 10]);
  const learnt = redListIndex([...line('saiga', [2003, 'CR'], [2023, 'NT']), ...line('bustard', [2003, 'VU'], [2023, 'VU'])]);
  expect(learnt.map(({ value }) => value)).toEqual([0.7, 0.7]);
  expect(learnt.map(({ reclassified }) => reclassified)).toEqual([1, 0]);
});

test('a change that is genuine counts behind one that is not', () => {
  const found = redListIndex(line('a', [2000, 'LC'], [2010, 'VU'], [2020, 'EN', true]));
  expect(found.map(({ value }) => value)).toEqual([0.6, 0.6, 0.4]); // VU, though nobody knew, then EN
});

test('what is data deficient now, or was extinct at the first assessment, does not count', () => {
  const found = redListIndex([
    ...line('known', [2000, 'EN'], [2010, 'EN']),
    ...line('deficient', [2000, 'VU'], [2010, 'DD']),
    ...line('gone', [2000, 'EX'], [2010, 'EX']),
    ...line('lost', [2000, 'CR'], [2010, 'EX', true]),
  ]);
  expect(found[0]).toMatchObject({ value: 1 - 7 / 10, species: 2, deficient: 1, extinctBefore: 1 });
  expect(found[1]?.value).toBeCloseTo(1 - 8 / 10, 12);
});

test('a species without an assessment stands with that of another year, which is told', () => {
  const found = redListIndex([...line('a', [2000, 'LC'], [2010, 'LC'], [2020, 'LC']), ...line('b', [2010, 'EN'])]);
  expect(found.map(({ value, carried }) => [value, carried])).toEqual([
    [0.7, 1],
    [0.7, 0],
    [0.7, 1],
  ]);
});

test('two categories in one year are a fault; an empty list has no index', () => {
  expect(() => redListIndex(line('a', [2000, 'LC'], [2000, 'VU']))).toThrow('a has two categories in 2000');
  expect(redListIndex([])).toEqual([]);
  expect(redListIndex(line('a', [2000, 'DD']))).toMatchObject([{ value: null, species: 0 }]);
});

test('the index lies within 0 and 1, does not hang on the order of rows, and without a genuine change it stays', () => {
  const category = fc.constantFrom<RedListCategory>('LC', 'NT', 'VU', 'EN', 'CR', 'EX', 'DD');
  const species = fc.array(fc.tuple(category, category, fc.boolean()), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(species, (list) => {
      const rows = list.flatMap(([first, last, genuine], i) => line(`s${i}`, [2000, first], [2010, last, genuine]));
      const found = redListIndex(rows);
      for (const { value } of found) if (value !== null) expect(value >= 0 && value <= 1).toBe(true);
      expect(redListIndex(rows.toReversed())).toEqual(found);
      const still = redListIndex(rows.map((row) => ({ ...row, genuine: null })));
      expect(still[0]?.value).toBe(still[1]?.value);
    }),
  );
});
