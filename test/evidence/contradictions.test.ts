/** Contradictions between sources: what cannot both hold, and only that. */
import { expect, test } from 'vitest';
import { checkClaims } from '../../src/evidence/claims.ts';
import { contradictionColumns, contradictionRow, contradictions } from '../../src/evidence/contradictions.ts';
import type { Observation } from '../../src/types.ts';
import { claimOf, materialOf, observed } from './claim-material.ts';

const by = (source: string, overrides: Partial<Observation>): Observation =>
  observed(`${source}-${overrides.period?.start ?? ''}${overrides.value}`, { from: { source }, ...overrides });
const found = (...rows: Observation[]) => contradictions([], materialOf(rows));

test('two sources with different figures for one thing contradict one another', () => {
  const [row, ...more] = found(by('one', { value: 176_960 }), by('two', { value: 180_123 }));
  expect(more).toEqual([]);
  expect(row).toMatchObject({
    kind: 'figures',
    id: 'area',
    feature: 'almaty',
    period: '2020',
    stated: '176960',
    difference: 3163,
  });
  expect([row?.statedBy, row?.foundBy]).toEqual([['one'], ['two']]);
});

test.each([
  ['the same figure', by('two', { value: 176_960 })],
  ['the same in another unit', by('two', { value: 1769.6, unit: 'km2' })],
  ['a rounded one', by('two', { value: 177_000 })],
  ['an interval that holds it', by('two', { value: 170_000, low: 150_000, high: 180_000 })],
  ['another year', by('two', { value: 1, period: { start: '2019-01-01', end: '2020-01-01' } })],
  ['a part of it', by('two', { value: 1, by: { class: 'forest' } })],
  ['an aim', by('two', { value: 1, role: 'target' })],
  ['nothing', by('two', { value: null })],
  ['a thing of another kind', by('two', { value: 1, unit: '{person}' })],
])('%s does not', (_, other) => expect(found(by('one', { value: 176_960 }), other)).toEqual([]));

test('a pair of sources is one row, with the greatest difference and how often they differ', () => {
  const year = (n: number): Observation['period'] => ({ start: `${n}-01-01`, end: `${n + 1}-01-01` });
  const rows = [2001, 2002, 2003].flatMap((n, i) => [
    by('one', { value: 1000, period: year(n) }),
    by('two', { value: 1100 + 17 * i, period: year(n) }),
  ]);
  expect(found(...rows)).toMatchObject([{ cases: 3, period: '2003', difference: 134 }]);
});

test('a claim with something against it is a row; one of a sentence of ours, made to try the checks, is not', () => {
  const material = materialOf([observed('a')], {
    sources: new Map([
      ['ours', { id: 'ours', title: 'Ours', href: null, lang: null, kind: 'own' as const, licence: null, note: null }],
    ]),
  });
  const check = { kind: 'compare', expression: '@a', claimed: '9', unit: 'har' } as const;
  const claims = [claimOf(check), claimOf(check, { id: 'd', in: { source: 'ours', page: null } })];
  const rows = contradictions(checkClaims(claims, material), material);
  expect(rows.map(({ kind, id, stated, found: against, foundBy }) => [kind, id, stated, against, foundBy])).toEqual([
    ['claim', 'c', '9', '176960', ['unesco-almaty']],
  ]);
  expect(rows.map((row) => contradictionRow(row, (text) => text.en ?? '').length)).toEqual([contradictionColumns.length]);
});
