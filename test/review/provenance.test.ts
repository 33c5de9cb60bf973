import { expect, test } from 'vitest';
import { provenance } from '../../src/review/provenance.ts';
import type { Dataset } from '../../src/types.ts';
import { contentOf, wordsOf } from './content-fixture.ts';

const dataset = (id: string, rest: Partial<Dataset> = {}): Dataset => ({
  id,
  title: { en: 'registers.xlsx' },
  kind: 'table',
  href: 'registers.xlsx',
  mediaType: '',
  digest: 'sha256:ab',
  crs: null,
  period: null,
  licence: 'not stated',
  attribution: '',
  ...rest,
});

test('a workbook whose sheets are several datasets stands once, in words of the language', () => {
  const datasets = [dataset('a'), dataset('b'), dataset('c', { digest: 'sha256:cd' })];
  const words = wordsOf(provenance(contentOf({ datasets }), 'ru'));
  expect(words.match(/registers\.xlsx \| registers\.xlsx/g)).toHaveLength(2);
  expect(words).toContain('sha256:ab | не указана');
  expect(words).not.toContain('not stated');
});

test('files without a digest cannot be told to be the same', () => {
  const datasets = [dataset('a', { digest: null }), dataset('b', { digest: null })];
  expect(wordsOf(provenance(contentOf({ datasets }), 'en')).match(/registers\.xlsx \| registers\.xlsx/g)).toHaveLength(2);
});
