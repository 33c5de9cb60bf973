/** Claims held against a dossier: what names stand for, what counts as evidence, and what never changes a verdict. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ClaimMaterial } from '../../src/evidence/claim-facts.ts';
import { checkClaims, hasTurned, isAbout, keptVerdict, notFinal } from '../../src/evidence/claims.ts';
import type { Claim, StoredCheck } from '../../src/evidence-types.ts';
import type { Observation } from '../../src/types.ts';
import { convert } from '../../src/units.ts';
import { claimOf, materialOf, observed } from './claim-material.ts';

const judged = (check: StoredCheck | null, material: ClaimMaterial, overrides: Partial<Claim> = {}) => {
  const [checked] = checkClaims([claimOf(check, overrides)], material);
  if (checked === undefined) throw new Error('no claim');
  return checked;
};
const idsOf = (expression: string, material: ClaimMaterial): string[] =>
  judged({ kind: 'existence', expression }, material).evidence.map(({ fact }) => fact.id);

describe('names and filters', () => {
  const year = (start: string, end: string): Partial<Observation> => ({ period: { start, end } });
  const material = materialOf(
    [
      observed('whole-2014', year('2014-01-01', '2015-01-01')),
      observed('whole-2020', year('2020-01-01', '2021-01-01')),
      observed('decade', year('2011-01-01', '2021-01-01')),
      observed('core', { ...year('2020-01-01', '2021-01-01'), feature: 'almaty/core' }),
      observed('part', { ...year('2020-01-01', '2021-01-01'), by: { class: 'forest' } }),
      observed('women', { ...year('2020-01-01', '2021-01-01'), by: { sex: 'F' } }),
      observed('wrong', { ...year('2020-01-01', '2021-01-01'), quality: 'doubtful' }),
      observed('aim', { ...year('2020-01-01', '2021-01-01'), role: 'target' }),
    ],
    {
      headcounts: [
        {
          id: 'h',
          feature: 'almaty',
          measure: 'trained',
          groups: [],
          age: null,
          period: { start: '2020-01-01', end: '2021-01-01' },
          total: 30,
          female: 12,
          male: 18,
          other: null,
          unknown: null,
          unique: 'unknown',
          note: null,
          from: { source: 'unesco-almaty' },
        },
      ],
      money: [
        {
          id: 'm',
          feature: 'almaty',
          kind: 'budget',
          value: 5,
          currency: 'KZT',
          period: null,
          classes: ['state-budget'],
          provider: null,
          receiver: null,
          note: null,
          from: { source: 'unesco-almaty' },
        },
      ],
    },
  );

  test.each([
    ['@area[feature=almaty]', ['whole-2014', 'whole-2020', 'decade']],
    ['@area[feature=almaty,year=2020]', ['whole-2020']],
    ['@area[feature=almaty,period=2011/2020]', ['decade']],
    ['@area[feature=almaty,from=2011,to=2015]', ['whole-2014']],
    ['@area[site=almaty,zone=core]', ['core']],
    ['@area[feature=almaty,class=forest]', ['part']],
    ['@area[feature=almaty,class=*,year=2020]', ['part']],
    ['@area[feature=almaty,class="-|forest",year=2020]', ['whole-2020', 'part']],
    ['@area[feature=almaty,sex=F]', ['women']],
    ['@area[feature=almaty,role=target]', ['aim']],
    ['@area[feature=almaty,quality=doubtful]', ['wrong']],
    ['@area[country=KZ,year=2014]', ['whole-2014']],
    ['@wrong', ['wrong']],
    ['@headcounts[measure=trained]', ['headcount:h']],
    ['@headcounts[measure=trained,sex=F]', ['headcount:h:F']],
    ['@money[kind=budget]', ['money:m']],
    ['@sites[kind=biosphere-reserve]', ['site:almaty']],
    ['@area[feature=nowhere]', []],
  ])('%s', (expression, ids) => expect(idsOf(expression, material)).toEqual(ids));

  test('a name or filter that stands for nothing is a fault of the check, told, and no verdict on the sentence', () => {
    for (const expression of ['@aera', '@area[yaer=2020]', '@area[year=20x]']) {
      const { is, reason, fault } = judged({ kind: 'existence', expression }, material);
      expect([is, reason]).toEqual(['not-verifiable', 'check-broken']);
      expect(fault).toContain('expected');
    }
  });

  test('several figures where one is wanted are told with what would do', () => {
    const { reason, fault } = judged({ kind: 'ratio', expression: 'share(@area, @area)', claimed: '1' }, material);
    expect(reason).toBe('check-broken');
    expect(fault).toContain('narrow it');
  });

  test('in a review the site is meant where no place is named', () => {
    const own: Claim['in'] = { site: 'almaty', form: 'f', section: 'I' };
    const found = judged({ kind: 'existence', expression: '@area[year=2020]' }, material, { in: own });
    expect(found.evidence.map(({ fact }) => fact.id)).toEqual(['whole-2020']);
    expect(isAbout(found, 'almaty', material)).toBe(true);
    expect(isAbout(found, 'korgalzhyn', material)).toBe(false);
  });
});

describe('evidence', () => {
  const material = materialOf([observed('a'), observed('b', { value: 170_000, from: { source: 'newspaper' } })]);

  test('stands for and against, figure by figure', () => {
    const { is, evidence } = judged({ kind: 'compare', expression: '@area', claimed: '176,960', unit: 'har' }, material);
    expect(is).toBe('partly');
    expect(evidence.map(({ side, fact }) => [side, fact.id])).toEqual([
      ['for', 'a'],
      ['against', 'b'],
    ]);
  });

  test('of the source itself shows that it says so, not that it is so; computed, it shows that its figures agree', () => {
    expect(judged({ kind: 'compare', expression: '@b', claimed: '170,000', unit: 'har' }, material)).toMatchObject({
      is: 'supported-with-context',
      reason: 'own-source',
    });
    expect(judged({ kind: 'sum', expression: '@b + @b', claimed: '340,000', unit: 'har' }, material).is).toBe('supported');
    expect(judged({ kind: 'compare', expression: '@b', claimed: '180,000', unit: 'har' }, material).is).toBe(
      'contradicted-in-source',
    );
  });

  test('for a part of a sentence does not bear the whole', () => {
    const check: StoredCheck = { kind: 'compare', expression: '@a', claimed: '176,960', unit: 'har', part: true };
    expect(judged(check, material)).toMatchObject({ is: 'supported-with-context', reason: 'part' });
    expect(judged({ ...check, claimed: '9' }, material).is).toBe('contradicted');
  });

  test('a figure that is said to be "about" is no exact one', () => {
    const about = materialOf([observed('a', { value: 12_500, approximate: true })]);
    expect(judged({ kind: 'compare', expression: '@a', claimed: '12,540', unit: 'har' }, about)).toMatchObject({
      is: 'supported-with-context',
      reason: 'within-interval',
    });
    expect(judged({ kind: 'compare', expression: '@a', claimed: '13,100', unit: 'har' }, about).is).toBe('contradicted');
  });

  test('what is missing is not verifiable, and never false', () => {
    const open = materialOf([observed('a', { value: null })]);
    expect(judged({ kind: 'compare', expression: '@area', claimed: '5' }, open).is).toBe('not-verifiable');
    expect(judged({ kind: 'compare', expression: '@area[year=1900]', claimed: '5' }, open).is).toBe('not-verifiable');
    expect(judged({ kind: 'existence', expression: '@area[year=1900]' }, open).is).toBe('not-verifiable');
    expect(judged({ kind: 'existence', expression: '@area[year=1900]', complete: true }, open).is).toBe('contradicted');
    expect(judged(null, open)).toMatchObject({ is: 'not-verifiable', reason: 'no-check' });
    expect(judged(null, open, { kind: 'interpretive' }).is).toBe('interpretive');
  });
});

test('a final report bears no claim that is contradicted or has nothing to show; an interpretation it bears', () => {
  const material = materialOf([observed('a')]);
  const own: Claim['in'] = { site: 'almaty', form: 'f', section: 'I' };
  const final = (check: StoredCheck | null, kind: Claim['kind'] = 'checkable'): boolean =>
    notFinal([judged(check, material, { in: own, kind })]).length === 0;
  expect(final({ kind: 'compare', expression: '@area', claimed: '176,960', unit: 'har' })).toBe(true);
  expect(final({ kind: 'compare', expression: '@area', claimed: '9', unit: 'har' })).toBe(false);
  expect(final({ kind: 'compare', expression: '@area[year=1900]', claimed: '9' })).toBe(false);
  expect(final({ kind: 'count', expression: 'count(@area[year=1900])', claimed: '0' })).toBe(true);
  expect(final({ kind: 'count', expression: '3', claimed: '3' })).toBe(false);
  expect(final(null)).toBe(false);
  expect(final(null, 'interpretive')).toBe(true);
});

test('a passage that speaks for a claim is evidence that a final report can show; the verdict does not rest on it', () => {
  const named = { id: 'p', source: 'news', quote: 'They do.', page: 3, mayQuote: true, placed: true };
  const material = materialOf([observed('a')], { passages: new Map([['p', named]]) });
  const quoted = (side: 'for' | 'against', check: StoredCheck | null = null) =>
    judged(check, material, {
      passages: [
        { passage: 'p', side },
        { passage: 'gone', side },
      ],
    });
  expect(quoted('for')).toMatchObject({ is: 'not-verifiable', passages: [{ side: 'for', quote: 'They do.', page: 3 }] });
  expect(notFinal([quoted('for')])).toEqual([]);
  expect(notFinal([quoted('against')])).toHaveLength(1);
  const wrong: StoredCheck = { kind: 'compare', expression: '@area', claimed: '9', unit: 'har' };
  expect(notFinal([quoted('for', wrong)])).toHaveLength(1);
});

test('a verdict that was kept shows when it turns', () => {
  const check: StoredCheck = { kind: 'compare', expression: '@area', claimed: '176,960', unit: 'har' };
  const before = keptVerdict(judged(check, materialOf([observed('a')])), '2026-01-01');
  expect(before).toMatchObject({ is: 'supported', for: ['a'], against: [], at: '2026-01-01' });
  expect(hasTurned(judged(check, materialOf([observed('a')]), { verdict: before }))).toBe(false);
  expect(hasTurned(judged(check, materialOf([observed('a', { value: 1 })]), { verdict: before }))).toBe(true);
});

describe('whatever the figures', () => {
  const value = fc.double({ min: 1, max: 1e7, noNaN: true });
  const share = fc.double({ min: 0, max: 0.3, noNaN: true });
  const unit = fc.constantFrom('har', 'km2', 'm2');
  const kind = fc.constantFrom('compare', 'sum', 'ratio', 'change');
  const EXPRESSIONS = { compare: '@a', sum: '@a + @b', ratio: 'share(@a, @b)', change: 'change(@b, @a)' } as const;

  test('the unit that a figure is kept in never changes a verdict', () => {
    fc.assert(
      fc.property(value, value, share, unit, kind, fc.integer({ min: 1, max: 10_000_000 }), (x, y, wide, to, of, claimed) => {
        const kept = (id: string, har: number, as: string): Observation =>
          observed(id, {
            value: convert(har, 'har', as),
            low: convert(har * (1 - wide), 'har', as),
            high: convert(har * (1 + wide), 'har', as),
            unit: as,
          });
        const check: StoredCheck = {
          kind: of,
          expression: EXPRESSIONS[of],
          claimed: String(claimed),
          unit: of === 'compare' || of === 'sum' ? 'har' : '%',
        };
        const one = judged(check, materialOf([kept('a', x, 'har'), kept('b', y, 'har')]));
        const other = judged(check, materialOf([kept('a', x, to), kept('b', y, 'har')]));
        expect([other.is, other.reason]).toEqual([one.is, one.reason]);
      }),
    );
  });

  test('the order of the rows never changes a verdict', () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 6 }), fc.integer({ min: 1, max: 1e7 }), (values, claimed) => {
        const rows = values.map((each, i) => observed(`a${i}`, { value: each }));
        const check: StoredCheck = { kind: 'compare', expression: '@area', claimed: String(claimed), unit: 'har' };
        expect(judged(check, materialOf(rows.toReversed())).is).toBe(judged(check, materialOf(rows)).is);
      }),
    );
  });
});
