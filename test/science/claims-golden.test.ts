/** The golden claims: rows written by hand are made into checks, judged, and the verdicts counted against those expected. */
import { describe, expect, test } from 'vitest';
import { checkOfRow } from '../../src/science/claim-row.ts';
import { verdict } from '../../src/science/verdict.ts';
import type { VerdictKind } from '../../src/science/verdict-types.ts';
import { convert } from '../../src/units.ts';
import { goldenRows } from './cooperation-golden.ts';

const VERDICTS: Record<string, VerdictKind> = {
  supported: 'supported',
  'supported-with-rounding': 'supported-with-rounding',
  contradicted: 'contradicted',
  'contradicted-in-source': 'contradicted-in-source',
  'unit-or-copy error': 'unit-error',
  'definition mismatch': 'definition-mismatch',
  'not supported': 'contradicted', // the data say otherwise
};

const judged = (row: { claim: string; kind: string; evidence: string; against: string }) => {
  const { check, facts } = checkOfRow(row);
  return verdict(check, { resolve: () => facts, convert });
};

const rows = (goldenRows('claims', 'claims.csv') ?? []).map(
  ({ id = '', claim = '', check = '', expression_or_evidence = '', compare_to = '', expected_verdict = '' }) => ({
    id,
    expected: expected_verdict,
    verdict: judged({ claim, kind: check, evidence: expression_or_evidence, against: compare_to }),
  }),
);

describe.skipIf(rows.length === 0)('golden claims', () => {
  test.each(rows)('$id: $expected', ({ expected, verdict: { is } }) => {
    expect(VERDICTS[expected]).toBeDefined();
    expect(is).toBe(VERDICTS[expected]);
  });

  test('how many agree is told', () => {
    const agree = rows.filter(({ expected, verdict: { is } }) => VERDICTS[expected] === is);
    console.log(`golden claims: ${agree.length} of ${rows.length} verdicts agree`);
    expect(agree.length).toBe(rows.length);
  });

  test('differences are those that the file tells', () => {
    const of = (id: string) => rows.find((row) => row.id === id)?.verdict.judged[0]?.judgement;
    expect(of('C09')?.difference).toBe(316834);
    expect(of('C02')?.relative).toBeCloseTo(0.0009, 4);
    expect(of('C07')?.relative).toBeCloseTo(-0.064, 3);
  });
});

describe('rows of other kinds', () => {
  const claim = 'The level has risen since 2005';
  test.each([
    [
      { claim, kind: 'trend', evidence: '2005: 40.1; 2007: 40.6; 2009: 41.2; 2011: 41.9; 2013: 42.0', against: 'rising' },
      'supported',
    ],
    [{ claim, kind: 'trend', evidence: '2005: 40.1; 2007: 40.6', against: 'falling' }, 'contradicted'],
    [
      {
        claim: 'Emissions were 341 Mt in 2019',
        kind: 'vintage',
        evidence: '341 (2021 inventory), 353 (2024 inventory)',
        against: '341',
      },
      'supported-with-context',
    ],
    [{ claim: 'Kazakhstan has 14 reserves', kind: 'count', evidence: '8 + 6', against: '14' }, 'supported'],
    [{ claim: 'The catch fell by 20 %', kind: 'change', evidence: '-change(100, 80)', against: '20' }, 'supported'],
    [{ claim: 'The reserve has 25,900 ha', kind: 'unit', evidence: '259 km2 in ha', against: '25900' }, 'supported'],
    [{ claim: 'A chair exists', kind: 'existence', evidence: '-', against: '-' }, 'not-verifiable'],
    [{ claim: 'A chair exists', kind: 'existence', evidence: 'list of chairs 2020', against: '-' }, 'supported'],
    [
      { claim: 'Kazakhstan planted 5 ha', kind: 'scope', evidence: 'the figure is of Almaty region', against: '-' },
      'scope-error',
    ],
    [{ claim: 'Shares are alike', kind: 'definition', evidence: '-', against: '-' }, 'not-verifiable'],
    [{ claim: 'Women are 55.7 %', kind: 'compare', evidence: '55.7 % (Ministry), 51.5 % (UIS 2013)', against: '55.7' }, 'partly'],
  ])('$0.kind: $0.evidence', (row, expected) => expect(judged(row).is).toBe(expected));

  test('an unknown kind and evidence that cannot be read are refused', () => {
    expect(() => judged({ claim, kind: 'guess', evidence: '1', against: '1' })).toThrow('"guess" is not known');
    expect(() => judged({ claim, kind: 'sum', evidence: '1 + + 2', against: '3' })).toThrow('character 5');
  });
});
