/** Claims in the dossier: what the database refuses, what is kept of a verdict, and what the audit tells. */
import { beforeEach, describe, expect, test } from 'vitest';
import type { Claim } from '../../src/evidence-types.ts';
import { readTable } from '../../src/formats/tables.ts';
import { addClaim, getClaim, judgedClaims, keepVerdicts, listClaims, putClaim, removeClaim } from '../../src/store/claims.ts';
import { type Db, run } from '../../src/store/db.ts';
import { importTable } from '../../src/store/import-table.ts';
import { putObservation } from '../../src/store/observations.ts';
import { putAnswer } from '../../src/store/records.ts';
import { loadReviewFacts } from '../../src/store/review-facts.ts';
import { listAudit } from '../../src/store/write.ts';
import { smallDossier, total } from './facts-fixture.ts';

const claim: Claim = {
  id: 'almaty-total',
  in: { source: 'unesco-almaty', page: '2' },
  sentence: { en: 'Almaty covers 176,960 ha.', kk: 'Алматы – 176 960 га.' },
  kind: 'checkable',
  check: { kind: 'compare', expression: '@area[feature=almaty]', claimed: '176,960', unit: 'har' },
  note: null,
  verdict: null,
};
const ofReview: Claim['in'] = { site: 'almaty', form: 'periodic-review-2013', section: 'II.1.4' };

let db: Db;
beforeEach(() => {
  db = smallDossier();
  putObservation(db, 'test', total);
});

test('a claim comes back as it was kept, and is told in the audit', () => {
  expect(putClaim(db, 'me', claim)).toBe('added');
  expect(putClaim(db, 'me', claim)).toBe('same');
  expect(getClaim(db, claim.id)).toEqual(claim);
  expect(listAudit(db, 'claims', claim.id).map(({ action, by }) => [action, by])).toEqual([['added', 'me']]);
  expect(removeClaim(db, 'me', claim.id)).toBe(true);
  expect(getClaim(db, claim.id)).toBeNull();
});

describe('the database refuses', () => {
  const insert = (columns: string, ...values: string[]): void => {
    run(db, `insert into claims (id, ${columns}) values ('x', ${values.map(() => '?').join(', ')})`, values);
  };
  test.each([
    ['a claim that stands nowhere', 'sentence, kind', ['{"en":"a"}', 'checkable']],
    [
      'one in a source and a review',
      'source, site, form, section, sentence, kind',
      ['unesco-almaty', 'almaty', 'f', 's', '{"en":"a"}', 'checkable'],
    ],
    ['one of a review without a section', 'site, sentence, kind', ['almaty', '{"en":"a"}', 'checkable']],
    ['one without words', 'source, sentence, kind', ['unesco-almaty', '{}', 'checkable']],
    ['an interpretation with a check', 'source, sentence, kind, "check"', ['unesco-almaty', '{"en":"a"}', 'interpretive', '{}']],
    ['one of a source that is not there', 'source, sentence, kind', ['nobody', '{"en":"a"}', 'checkable']],
  ])('%s', (_, columns, values) => expect(() => insert(columns, ...values)).toThrow());
});

test('a verdict is kept with its day until it turns, and goes when the claim claims something else', () => {
  putClaim(db, 'me', claim);
  expect(keepVerdicts(db, 'me', '2026-01-01')).toBe(1);
  expect(keepVerdicts(db, 'me', '2026-02-02')).toBe(0);
  expect(getClaim(db, claim.id)?.verdict).toMatchObject({ is: 'supported-with-context', for: ['almaty-area'], at: '2026-01-01' });

  putObservation(db, 'test', { ...total, value: 170_000 });
  expect(judgedClaims(db)[0]?.is).toBe('contradicted-in-source');
  expect(keepVerdicts(db, 'me', '2026-03-03', { first: true })).toBe(0);
  expect(getClaim(db, claim.id)?.verdict?.at).toBe('2026-01-01');

  expect(putClaim(db, 'me', { ...claim, note: 'A remark.' })).toBe('changed');
  expect(getClaim(db, claim.id)?.verdict).not.toBeNull();
  putClaim(db, 'me', { ...claim, check: { kind: 'compare', expression: '@area[feature=almaty]', claimed: '5' } });
  expect(getClaim(db, claim.id)?.verdict).toBeNull();
});

test('the number of a claim that was removed is never given again', () => {
  const { id: _, ...rest } = claim;
  const first = addClaim(db, 'me', { ...rest, in: ofReview as Claim['in'] & { site: string } });
  removeClaim(db, 'me', first);
  const second = addClaim(db, 'me', { ...rest, in: ofReview as Claim['in'] & { site: string } });
  expect([first, second]).toEqual(['almaty/claims/1', 'almaty/claims/2']);
});

test('a review is told its claims, the figures that its texts name, and the contradictions on its site', () => {
  putClaim(db, 'me', claim);
  putClaim(db, 'me', { ...claim, id: 'own', in: ofReview });
  putObservation(db, 'test', { ...total, id: 'second', value: 150_000 });
  putAnswer(db, 'test', {
    id: 'a',
    site: 'almaty',
    form: 'periodic-review-2013',
    section: 'II.1.4',
    lang: 'en',
    text: 'It covers @almaty-area; @nothing.',
    author: 'A',
    written: '2026-01-01',
    confidential: false,
  });
  const { evidence } = loadReviewFacts(db, 'almaty');
  expect([...evidence.figures.keys()]).toEqual(['almaty-area']);
  expect(evidence.claims.map((one) => [one.claim.id, one.is])).toEqual([['own', 'partly']]);
  expect(evidence.contradictions.map(({ kind }) => kind)).toEqual(['claim', 'claim', 'figures']);
  expect(listClaims(db, { site: 'almaty' }).map(({ id }) => id)).toEqual(['own']);
});

describe('a table of claims', () => {
  const read = (...lines: string[]) => readTable({ name: 'c.csv', bytes: new TextEncoder().encode(lines.join('\n')) }, 'd');
  const header = 'id,source,site,section,sentence_en,check,expression,claimed,unit,low,tolerance,tolerance_reason,scope';

  test('is read with its checks, and a section may be named by its number', () => {
    const table = read(
      header,
      'a,unesco-almaty,,,A.,compare,"@area[feature=almaty]","176,960",har,,2 %,Rounded,sex=F; feature=almaty',
      'b,,almaty,2.4.9,B.,,,,,,,,',
      'c,unesco-almaty,,,C.,interpretive,,,,,,,',
    );
    expect(importTable(db, 'test', 'c.csv', table)).toEqual({ added: 3, changed: 0, same: 0 });
    const [a, b, c] = listClaims(db);
    expect(a?.check).toEqual({
      kind: 'compare',
      expression: '@area[feature=almaty]',
      claimed: '176,960',
      unit: 'har',
      tolerance: { relative: 0.02, reason: 'Rounded' },
      scope: { sex: 'F', feature: 'almaty' },
    });
    expect(b).toMatchObject({ in: { site: 'almaty', section: 'II.2.4.9' }, check: null, kind: 'checkable' });
    expect(c).toMatchObject({ kind: 'interpretive', check: null });
  });

  test.each([
    [
      'an expression that cannot be read, with its place',
      'a,unesco-almaty,,,A.,sum,1 + + 2,3,,,,,',
      'expression: found "1 + + 2 (5:',
    ],
    ['a bound that cannot be read', 'a,unesco-almaty,,,A.,plausibility,1,,,1 +,,,', 'low'],
    ['a check without expression', 'a,unesco-almaty,,,A.,sum,,3,,,,,', 'expression: is empty'],
    ['an unknown kind', 'a,unesco-almaty,,,A.,guess,1,1,,,,,', 'check: found "guess"'],
    ['an unknown unit', 'a,unesco-almaty,,,A.,sum,1,1,acre,,,,', 'unit: found "acre"'],
    ['a tolerance without a reason', 'a,unesco-almaty,,,A.,sum,1,1,,,5,,', 'tolerance_reason: is empty'],
    ['a claim that stands nowhere', 'a,,,,A.,sum,1,1,,,,,', 'source'],
    ['a claim that stands twice', 'a,unesco-almaty,almaty,I,A.,sum,1,1,,,,,', 'source'],
    ['an id that no mark can name', 'a b,unesco-almaty,,,A.,sum,1,1,,,,,', 'id: found "a b"'],
  ])('refuses %s', (_, row, told) => expect(() => read(header, row)).toThrow(told));

  test.each([
    ['a source', 'a,nobody,,,A.,sum,1,1,,,,,', '"nobody"'],
    ['a site', 'a,,nowhere,2.4.9,A.,sum,1,1,,,,,', '"nowhere"'],
    ['a section', 'a,,almaty,99.9,A.,sum,1,1,,,,,', '"99.9"'],
  ])('names %s that is not there', (_, row, told) =>
    expect(() => importTable(db, 'test', 'c.csv', read(header, row))).toThrow(told),
  );
});
