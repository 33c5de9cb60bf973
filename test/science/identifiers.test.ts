import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkDoi, checkIatiOrganisation, checkOrcid, checkRor } from '../../src/science/identifiers.ts';
import { goldenJson } from './cooperation-golden.ts';

const golden = goldenJson<
  Record<'orcid' | 'ror', { valid: string[]; invalid: string[] }> & {
    iatiOrg: { validSyntax: string[]; invalidSyntax: string[] };
  }
>('ids', 'expected.json');

describe.skipIf(golden === null)('golden ids', () => {
  const cases = [
    { kind: 'ORCID', check: checkOrcid, valid: golden?.orcid.valid ?? [], invalid: golden?.orcid.invalid ?? [] },
    { kind: 'ROR', check: checkRor, valid: golden?.ror.valid ?? [], invalid: golden?.ror.invalid ?? [] },
    {
      kind: 'IATI',
      check: checkIatiOrganisation,
      valid: golden?.iatiOrg.validSyntax ?? [],
      invalid: golden?.iatiOrg.invalidSyntax ?? [],
    },
  ];
  test.each(cases)('$kind: what is right and what is not', ({ check, valid, invalid }) => {
    expect(valid.length).toBeGreaterThan(0);
    expect(valid.filter((id) => !check(id).ok)).toEqual([]);
    expect(invalid.filter((id) => check(id).ok)).toEqual([]);
  });
});

describe('ORCID', () => {
  test('the example of ORCID itself, in every way it is written', () => {
    const url = 'https://orcid.org/0000-0002-1825-0097';
    for (const text of [url, '0000-0002-1825-0097', '0000000218250097', ' http://www.orcid.org/0000-0002-1825-0097 '])
      expect(checkOrcid(text)).toEqual({ ok: true, id: '0000-0002-1825-0097', url });
    expect(checkOrcid('0000-0002-1694-233x')).toMatchObject({ ok: true, id: '0000-0002-1694-233X' });
  });

  test('a wrong character is told from a wrong form', () => {
    expect(checkOrcid('0000-0002-1825-0098')).toEqual({ ok: false, why: 'check-digit', expected: '7' });
    expect(checkOrcid('0000-0002-1825-009')).toMatchObject({ ok: false, why: 'form' });
  });

  test('any one digit changed is noticed, and any two neighbours exchanged', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 14 }), fc.integer({ min: 1, max: 9 }), (place, by) => {
        const digits = [...'0000000218250097'];
        const changed = digits.with(place, String((Number(digits[place]) + by) % 10));
        expect(checkOrcid(changed.join('')).ok).toBe(false);
        const swapped = digits.with(place, digits[place + 1] as string).with(place + 1, digits[place] as string);
        expect(checkOrcid(swapped.join('')).ok).toBe(digits[place] === digits[place + 1]);
      }),
    );
  });
});

test('ROR: the address is its identifier', () => {
  expect(checkRor('https://ror.org/05GQ02987')).toEqual({ ok: true, id: '05gq02987', url: 'https://ror.org/05gq02987' });
  expect(checkRor('05gq02988')).toEqual({ ok: false, why: 'check-digit', expected: '87' });
  expect(checkRor('0igq02987')).toMatchObject({ why: 'form' });
});

test('DOI: prefix, stroke and name, in lower case', () => {
  const id = '10.1103/physreve.64.016132';
  for (const text of [
    '10.1103/PhysRevE.64.016132',
    'doi:10.1103/PhysRevE.64.016132',
    'https://doi.org/10.1103/PhysRevE.64.016132',
    'http://dx.doi.org/10.1103/PhysRevE.64.016132',
  ])
    expect(checkDoi(text)).toEqual({ ok: true, id, url: `https://doi.org/${id}` });
  expect(checkDoi('10.1002/(SICI)1096-8644(199601)99:1#1').ok).toBe(true);
  expect(checkDoi('10.1000/182').ok).toBe(true);
  for (const text of ['10.12/x', '10.1000/', '11.1000/182', '10.1000/a b', ''])
    expect(checkDoi(text)).toMatchObject({ ok: false, why: 'form' });
});
