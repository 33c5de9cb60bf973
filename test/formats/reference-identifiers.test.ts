import { expect, test } from 'vitest';
import { checkReference } from '../../src/formats/reference-identifiers.ts';

test('a DOI is kept as its registry writes it, one that is none is taken out and told', () => {
  expect(checkReference({ id: 'a', type: 'book', DOI: 'https://doi.org/10.1000/182' })).toEqual({
    item: { id: 'a', type: 'book', DOI: '10.1000/182' },
    wrong: [],
  });
  expect(checkReference({ id: 'a', type: 'book', title: 'T', DOI: 'see below' })).toEqual({
    item: { id: 'a', type: 'book', title: 'T' },
    wrong: [{ id: 'a', field: 'DOI', found: 'see below', expected: '10.1234/name' }],
  });
});

test('an ORCID with a wrong check digit says what it would have to be; names without one stay', () => {
  const author = [{ family: 'Carberry', ORCID: 'https://orcid.org/0000-0002-1825-0098' }, { literal: 'UNESCO' }];
  const { item, wrong } = checkReference({ id: 'a', type: 'book', author });
  expect(item.author).toEqual([{ family: 'Carberry' }, { literal: 'UNESCO' }]);
  expect(wrong).toEqual([
    {
      id: 'a',
      field: 'ORCID',
      found: 'https://orcid.org/0000-0002-1825-0098',
      expected: 'https://orcid.org/0000-0002-1825-0097',
    },
  ]);
});
