import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { printedNumber } from '../../src/science/claim-expression-printed.ts';
import type { ClaimWorld, Fact, Quantity } from '../../src/science/claim-expression-types.ts';
import { verdict } from '../../src/science/verdict.ts';
import { judge } from '../../src/science/verdict-judgement.ts';
import type { ClaimCheck } from '../../src/science/verdict-types.ts';
import { convert } from '../../src/units.ts';

const fact = (id: string, value: number | null, more: Partial<Fact> = {}): Fact => ({ id, value, unit: '1', ...more });
const series = (values: number[], from = 2005): Fact[] =>
  values.map((value, i) => fact(`s${i}`, value, { at: String(from + i) }));

/** A verdict with facts by name. */
const of = (check: ClaimCheck, facts: Record<string, Fact[]> = {}) => {
  const world: ClaimWorld = { resolve: (name) => facts[name] ?? [], convert };
  return verdict(check, world);
};

const exact = (value: number): Quantity => ({ kind: 'quantity', value, low: value, high: value, unit: '1', spread: 'none' });
const judged = (value: number, claimed: string) => {
  const printed = printedNumber(claimed);
  if (printed === null) throw new Error(`${claimed} has no number`);
  const { agrees, reason } = judge(exact(value), printed);
  return `${agrees} ${reason}`;
};

describe('rounding is judged by the digits as printed', () => {
  test.each([
    [672000, '672,000 ha', 'yes equal'],
    [2903.535, '2,903.54', 'yes rounded'],
    [51.4626, '51.5 %', 'yes rounded'],
    [51.4626, '51.4 %', 'rounding truncated'],
    [3.6875, '3.6 %', 'rounding truncated'],
    [3.6875, '3.5 %', 'no differs'],
    [671_600, '672,000', 'rounding zeros'],
    [671_400, '672,000', 'no differs'],
    [671_600, 'about 672,000', 'yes hedge'],
    [501, '500', 'rounding zeros'],
    [15, '14', 'no differs'],
    [14.4, '14', 'yes rounded'],
    [14.9, '14', 'rounding truncated'],
    [55.7, 'almost 60 %', 'no differs'],
    [58.2, 'almost 60 %', 'yes hedge'],
    [61.9, 'almost 60 %', 'rounding zeros'],
    [55.7, '60 %', 'no differs'],
    [2400, 'about 2,500', 'yes hedge'],
    [2339.8, 'about 2,500', 'no differs'],
    [31, 'more than 30', 'yes limit'],
    [30, 'more than 30', 'rounding within-printed'],
    [29, 'more than 30', 'no differs'],
    [90, 'more than 30', 'context far'],
    [30, 'at least 30', 'yes limit'],
    [30, '>= 30', 'yes limit'],
    [29, 'up to 30', 'yes limit'],
    [31, 'up to 30', 'no differs'],
    [30, 'less than 30', 'rounding within-printed'],
    [0, '0', 'yes equal'],
  ])('%s as "%s": %s', (value, claimed, expected) => expect(judged(value, claimed)).toBe(expected));

  test('a number is supported by its own value, and by nothing a twentieth away', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e7 }), fc.constantFrom('', 'about ', 'almost '), (n, words) => {
        const claimed = `${words}${n}`;
        expect(judged(n, claimed)).toBe('yes equal');
        if (n > 20) expect(judged(n * 1.0501 + 1, claimed)).toMatch(/^no/);
        if (n > 20) expect(judged(n * 0.9499 - 1, claimed)).toMatch(/^no/);
      }),
    );
  });
});

describe('figures', () => {
  test('a sum that its own sentence contradicts; the difference is told', () => {
    const check: ClaimCheck = {
      kind: 'sum',
      expression: '2291000 + 6769833',
      claimed: '8,743,999 USD',
      sentence: 'agencies 2,291,000 + government 6,769,833 = 8,743,999 USD',
    };
    const found = of(check);
    expect(found).toMatchObject({ is: 'contradicted-in-source', reason: 'differs' });
    expect(found.judged[0]?.judgement.difference).toBe(316_834);
    expect(found.arithmetic.map(({ text }) => text)).toEqual(['2291000 + 6769833']);
    expect(of({ ...check, sentence: 'the programme has 8,743,999 USD' }).is).toBe('contradicted');
  });

  test('figures of the source of the claim contradict it from within, those of others do not', () => {
    const facts = { a: [fact('f1', 5, { source: 's' })] };
    expect(of({ kind: 'compare', expression: '@a', claimed: '7', source: 's' }, facts)).toMatchObject({
      is: 'contradicted-in-source',
      against: ['f1'],
    });
    expect(of({ kind: 'compare', expression: '@a', claimed: '7', source: 't' }, facts).is).toBe('contradicted');
  });

  test('several figures: all, some or none agree', () => {
    const facts = { a: [fact('f1', 55.7), fact('f2', 60)] };
    expect(of({ kind: 'compare', expression: '@a', claimed: '60.0' }, facts)).toMatchObject({
      is: 'partly',
      reason: 'mixed',
      for: ['f2'],
      against: ['f1'],
    });
    expect(of({ kind: 'compare', expression: '@a', claimed: 'more than 50' }, facts)).toMatchObject({
      is: 'supported',
      for: ['f1', 'f2'],
      against: [],
    });
    expect(of({ kind: 'compare', expression: '@a', claimed: '70' }, facts)).toMatchObject({
      is: 'contradicted',
      for: [],
      against: ['f1', 'f2'],
    });
  });

  test('within the interval of an estimate only: with context', () => {
    const facts = { a: [fact('f1', 100, { low: 80, high: 120 })] };
    expect(of({ kind: 'compare', expression: '@a', claimed: '113' }, facts)).toMatchObject({
      is: 'supported-with-context',
      reason: 'within-interval',
    });
    expect(of({ kind: 'compare', expression: '@a', claimed: '125' }, facts).is).toBe('contradicted');
  });

  test('a tolerance is used and stands in the verdict with its reason', () => {
    const tolerance = { relative: 0.1, reason: 'the census has an error of 10 %' };
    expect(of({ kind: 'compare', expression: '95', claimed: '101', tolerance })).toMatchObject({
      is: 'supported',
      reason: 'tolerance',
      tolerance,
    });
  });

  test('a comparison of its own: holds, fails, cannot be decided', () => {
    expect(of({ kind: 'compare', expression: '5 > 3' })).toMatchObject({ is: 'supported', reason: 'holds' });
    expect(of({ kind: 'compare', expression: '5 < 3' })).toMatchObject({ is: 'contradicted', reason: 'fails' });
    expect(of({ kind: 'compare', expression: '3.7 > 3.6' })).toMatchObject({ is: 'not-verifiable', reason: 'undecided' });
  });

  test('what is missing is not false', () => {
    expect(of({ kind: 'compare', expression: '@a', claimed: '7' })).toMatchObject({
      is: 'not-verifiable',
      reason: 'missing',
      missing: ['@a'],
    });
    expect(of({ kind: 'sum', expression: 'sum(@a)', claimed: '7' }, { a: [fact('f', null)] })).toMatchObject({
      is: 'not-verifiable',
      missing: ['f'],
    });
    expect(of({ kind: 'compare', expression: '7' })).toMatchObject({ is: 'not-verifiable', reason: 'nothing-claimed' });
    expect(() => of({ kind: 'sum', expression: '1 +', claimed: '1' })).toThrow('character 4');
  });

  test('counts', () => {
    const facts = { reserves: [fact('a', null), fact('b', null), fact('c', null)] };
    expect(of({ kind: 'count', expression: '@reserves', claimed: 'three, or 3' }, facts).is).toBe('supported');
    expect(of({ kind: 'count', expression: 'count(@reserves)', claimed: '14' }, facts).is).toBe('contradicted');
    expect(of({ kind: 'count', expression: '@none', claimed: '14' }).is).toBe('contradicted');
  });

  test('changes and shares in their unit', () => {
    const facts = { before: [fact('t', 200, { unit: 'har' })], now: [fact('n', 3, { unit: 'km2' })] };
    expect(of({ kind: 'change', expression: 'change(@before, @now)', claimed: 'by half, 50 %', unit: '%' }, facts).is).toBe(
      'supported',
    );
    expect(of({ kind: 'ratio', expression: '@before / @now', claimed: '66.7 %', unit: '%' }, facts).is).toBe('supported');
  });
});

describe('what is wrong before the numbers', () => {
  test('definitions that differ must not be mixed, even where the numbers agree', () => {
    const facts = {
      a: [fact('f1', 15, { definition: 'with large hydro' }), fact('f2', 15, { definition: 'without large hydro' })],
    };
    expect(of({ kind: 'definition', expression: '@a' }, facts)).toMatchObject({
      is: 'definition-mismatch',
      differing: ['with large hydro', 'without large hydro'],
    });
    expect(of({ kind: 'compare', expression: '@a', claimed: '15' }, facts).is).toBe('definition-mismatch');
    expect(of({ kind: 'compare', expression: '15', claimed: '15', definition: 'x' }).is).toBe('supported');
    expect(of({ kind: 'definition', expression: '@a' }, { a: [fact('f1', 1)] })).toMatchObject({
      is: 'not-verifiable',
      reason: 'definitions-unknown',
    });
    expect(of({ kind: 'definition', expression: '@a', definition: 'd' }, { a: [fact('f1', 1, { definition: 'd' })] }).is).toBe(
      'supported',
    );
    const parts = { women: [fact('w', 1, { definition: 'women' })], all: [fact('p', 2, { definition: 'all' })] };
    expect(of({ kind: 'ratio', expression: 'share(@women, @all)', claimed: '50 %' }, parts).is).toBe('supported');
  });

  test('units of different things, and numbers a power of ten away', () => {
    expect(of({ kind: 'sum', expression: '5 har + 3 W', claimed: '8' })).toMatchObject({
      is: 'unit-error',
      reason: 'units-differ',
      error: { at: 8, code: 'unit' },
    });
    expect(of({ kind: 'unit', expression: '5 har', claimed: '5', unit: 'W' })).toMatchObject({
      is: 'unit-error',
      reason: 'units-differ',
    });
    expect(of({ kind: 'unit', expression: '25900 har', claimed: '259 ha', unit: 'har' })).toMatchObject({
      is: 'unit-error',
      reason: 'factor',
      factor: 0.01,
    });
    expect(of({ kind: 'compare', expression: '25900 har', claimed: '259', unit: 'har' })).toMatchObject({
      is: 'contradicted',
      factor: 0.01,
    });
    expect(of({ kind: 'unit', expression: '259 km2', claimed: '25,900', unit: 'har' }).is).toBe('supported');
  });

  test('another place, time or group than the sentence speaks of', () => {
    const facts = { a: [fact('f', 14, { scope: { area: 'almaty', year: '2021' } })] };
    expect(of({ kind: 'scope', expression: '@a', scope: { area: 'kazakhstan', year: '2021' } }, facts)).toMatchObject({
      is: 'scope-error',
      differing: ['area'],
    });
    expect(of({ kind: 'compare', expression: '@a', claimed: '14', scope: { area: 'kazakhstan' } }, facts).is).toBe('scope-error');
    expect(of({ kind: 'scope', expression: '@a', scope: { area: 'almaty' } }, facts)).toMatchObject({
      is: 'supported',
      reason: 'scopes-alike',
    });
    expect(of({ kind: 'scope', expression: '@a', scope: { sex: 'F' } }, facts)).toMatchObject({
      is: 'not-verifiable',
      missing: ['sex'],
    });
  });
});

describe('existence, plausibility, vintage', () => {
  test('what is not in an open list is not denied', () => {
    const facts = { chair: [fact('c', null)] };
    expect(of({ kind: 'existence', expression: '@chair' }, facts)).toMatchObject({ is: 'supported', for: ['c'] });
    expect(of({ kind: 'existence', expression: '@none' })).toMatchObject({
      is: 'not-verifiable',
      reason: 'not-found-in-open-list',
    });
    expect(of({ kind: 'existence', expression: '@none', complete: true })).toMatchObject({
      is: 'contradicted',
      reason: 'not-found',
    });
  });

  test('a part above its whole cannot be as printed; one within is possible, no more', () => {
    const high = { high: '114448 GW.h' };
    expect(of({ kind: 'plausibility', expression: '381100 GW.h', bounds: high })).toMatchObject({
      is: 'unit-error',
      reason: 'impossible',
      factor: 0.1,
    });
    expect(of({ kind: 'plausibility', expression: '4220 GW.h', bounds: high })).toMatchObject({
      is: 'supported-with-context',
      reason: 'possible',
    });
    expect(of({ kind: 'plausibility', expression: '5', bounds: { low: '10' } }).is).toBe('unit-error');
    expect(of({ kind: 'plausibility', expression: '5 W', bounds: high })).toMatchObject({
      is: 'unit-error',
      reason: 'units-differ',
    });
    expect(of({ kind: 'plausibility', expression: '5', bounds: { high: '@none' } })).toMatchObject({
      is: 'not-verifiable',
      missing: ['@none'],
    });
    expect(of({ kind: 'plausibility', expression: '5' }).is).toBe('not-verifiable');
  });

  test('a figure that was corrected since supports with that context', () => {
    const facts = { ghg: [fact('old', 341, { vintage: '2021' }), fact('new', 353, { vintage: '2024' })] };
    const check: ClaimCheck = { kind: 'vintage', expression: '@ghg', claimed: '341 Mt' };
    expect(of(check, facts)).toMatchObject({
      is: 'supported-with-context',
      reason: 'superseded',
      for: ['old'],
      against: ['new'],
    });
    expect(of({ ...check, claimed: '353 Mt' }, facts)).toMatchObject({ is: 'supported', reason: 'equal' });
    expect(of({ ...check, vintage: '2022' }, facts).is).toBe('supported');
    expect(of({ ...check, claimed: '300 Mt' }, facts).is).toBe('contradicted');
    expect(of(check, { ghg: [fact('x', 341)] }).is).toBe('not-verifiable');
  });
});

describe('trends', () => {
  const rising = { level: series([38.1, 39.0, 40.2, 41.1, 41.6, 42.0]) };
  const check: ClaimCheck = { kind: 'trend', expression: '@level', claimed: 'rising' };

  test('by Mann-Kendall, with slope a year', () => {
    const found = of(check, rising);
    expect(found).toMatchObject({ is: 'supported', reason: 'trend-significant', trend: { n: 6 } });
    expect(found.trend?.p).toBeCloseTo(2 / 720, 12); // all of 6! orders, both directions
    expect(found.trend?.slope).toBeGreaterThan(0.6);
    expect(of({ ...check, claimed: 'falling' }, rising)).toMatchObject({ is: 'contradicted', reason: 'trend-opposite' });
    expect(of({ ...check, claimed: 'steady' }, rising).is).toBe('contradicted');
  });

  test('without certainty it stays open, with few values it is a direction only', () => {
    expect(of(check, { level: series([1, 3, 2, 3, 1, 2]) })).toMatchObject({ is: 'not-verifiable', reason: 'trend-open' });
    expect(of(check, { level: series([1, 2, 3]) })).toMatchObject({ is: 'supported-with-context', reason: 'trend-short' });
    expect(of(check, { level: series([3, 2]) })).toMatchObject({ is: 'contradicted', reason: 'trend-opposite' });
    expect(of(check, { level: series([3]) }).is).toBe('not-verifiable');
    expect(of({ ...check, claimed: 'up' }, rising)).toMatchObject({ is: 'not-verifiable', reason: 'nothing-claimed' });
    expect(of(check, { level: [fact('a', 1, { at: '2012' }), fact('b', 2, { at: '2012' })] })).toMatchObject({
      is: 'not-verifiable',
      reason: 'undecided',
    });
  });
});
