/** References of other programs. */
import { expect, test } from 'vitest';
import { readReferences } from '../../src/formats/reference.ts';
import { plainTex } from '../../src/formats/reference-bibtex.ts';
import { cslDate, cslName, isoOfCsl } from '../../src/formats/reference-csl.ts';
import { Problem } from '../../src/problems.ts';

const read = (text: string) => readReferences({ name: 'x', bytes: new TextEncoder().encode(text) });

test('BibTeX: strings, joined values, braces, accents, names and institutions', () => {
  const found = read(`@comment{x}
@string{jae = "Journal of Arid Environments"}
@article{serikova2019, author = {Serikova, B. and Jos{\\'e} Garc{\\'\\i}a and {UNESCO Almaty}}, title = {The {Aral} Sea: \\c{C}evre \\& su},
  journal = jae # { 2}, year = 2019, month = mar, pages = {12--19}, doi = {10.1016/j.x}}
@book{broken, year = 2001}
@misc{open, title = {never closed`);
  expect(found?.format).toBe('bibtex');
  expect(found?.references).toEqual([
    {
      id: 'serikova2019',
      type: 'article-journal',
      title: 'The Aral Sea: Çevre & su',
      'container-title': 'Journal of Arid Environments 2',
      page: '12-19',
      DOI: '10.1016/j.x',
      author: [{ family: 'Serikova', given: 'B.' }, { family: 'García', given: 'José' }, { literal: 'UNESCO Almaty' }],
      issued: { 'date-parts': [[2019, 3]] },
    },
  ]);
  expect(found?.skipped.map(({ line }) => line)).toEqual([5, 6]);
});

test('RIS: repeated tags, pages, lines that go on, entries without an end', () => {
  const found = read(
    'TY  - JOUR\r\nAU  - Серікова, Б.\r\nAU  - UNESCO\r\nTI  - Lakes of\r\nKorgalzhyn\r\nPY  - 2019/05/30/\r\nSP  - 3\r\nEP  - 9\r\nER  - \r\n\r\nTY  - RPRT\r\nPY  - 2001\r\n',
  );
  expect(found?.references).toEqual([
    {
      id: '1',
      type: 'article-journal',
      title: 'Lakes of Korgalzhyn',
      author: [{ family: 'Серікова', given: 'Б.' }, { literal: 'UNESCO' }],
      issued: { 'date-parts': [[2019, 5, 30]] },
      page: '3-9',
    },
  ]);
  expect(found?.skipped).toHaveLength(1);
});

test('CSL-JSON keeps fields that we do not use; what is no reference is counted', () => {
  const found = read(
    JSON.stringify([
      { id: 5, type: 'report', title: 'T', issued: { 'date-parts': [['2020', 4]] }, custom: { a: 1 } },
      { title: 'no type' },
    ]),
  );
  expect(found?.references).toMatchObject([{ id: '5', custom: { a: 1 } }]);
  expect(isoOfCsl(found?.references[0]?.issued)).toBe('2020-04');
  expect(found?.skipped).toEqual([{ line: 2, found: '{"title":"no type"}' }]);
  expect(() => read('[{"type": "report", ')).toThrow(Problem);
});

test('a text that is no list of references is none', () => {
  expect(read('An article on lakes. Write to a@b.kz')).toBeNull();
  expect(read('<html>@media{x}</html>')).toBeNull();
});

test('names, dates and accents', () => {
  expect(cslName('Zhanar Serikova')).toEqual({ family: 'Serikova', given: 'Zhanar' });
  expect(cslDate('in press')).toEqual({ literal: 'in press' });
  expect(plainTex('\\"{o} {\\u g} \\v{s} \\ss{} a---b ~ \\i')).toBe('ö ğ š ß a—b ı');
});
