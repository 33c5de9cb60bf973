/** All claims over HTTP, passages as their evidence, and the review that is final only when nothing stands against it. */
import { beforeEach, describe, expect, test } from 'vitest';
import type { FinalReply, ListedClaim, ListedContradiction } from '../../src/api/claims.ts';
import type { Claim } from '../../src/evidence-types.ts';
import { readDocument } from '../../src/formats/document.ts';
import { digestOf } from '../../src/formats/source-node.ts';
import { putSource } from '../../src/store/catalogue.ts';
import { putClaim } from '../../src/store/claims.ts';
import { addCodings } from '../../src/store/code-passages.ts';
import { listPassages, putCode } from '../../src/store/coding.ts';
import type { Db } from '../../src/store/db.ts';
import { keepDocument } from '../../src/store/keep-document.ts';
import { putObservation } from '../../src/store/observations.ts';
import { putAnswer } from '../../src/store/records.ts';
import { total, unesco } from '../store/facts-fixture.ts';
import { browserOf, person, served, sharedDossier } from './people.ts';

const place = { site: 'almaty', form: 'periodic-review-2013', section: 'II.2.4.9' } as const;
const claim: Claim = {
  id: 'awards',
  in: place,
  sentence: { en: 'Women scientists get awards.' },
  kind: 'checkable',
  check: null,
  note: null,
  verdict: null,
};
const AREA = { kind: 'compare', expression: '@area', claimed: '176,960', unit: 'har' } as const;

let db: Db;
let as: (who: string) => ReturnType<typeof browserOf>;

beforeEach(async () => {
  db = sharedDossier();
  putSource(db, 'test', unesco);
  putObservation(db, 'test', total);
  person(db, 'reads', { '*': 'reader' });
  person(db, 'codes', { '*': 'contributor' });
  person(db, 'edits', { almaty: 'editor' });
  const bytes = new Uint8Array(Buffer.from('Girls in science get awards. Nobody else does.'));
  const file = { name: 'report.txt', bytes, digest: digestOf(bytes) };
  keepDocument(db, 'test', { file, read: await readDocument(file) }, { mayQuote: false });
  putCode(db, 'test', { ...NO_CODE, id: 'women', name: { en: 'Women' } });
  addCodings(db, 'test', { source: 'report', at: { quote: 'Girls in science get awards' }, codes: ['women'], coder: 'A' });
  const app = served(db);
  as = (who) => browserOf(app, db, who);
});

const NO_CODE = {
  parent: null,
  definition: {},
  inclusion: {},
  exclusion: {},
  example: {},
  colour: null,
  codable: true,
  position: 0,
  exchange: null,
};

const json = async <Shape>(reply: Response | Promise<Response>): Promise<Shape> => (await (await reply).json()) as Shape;
const passage = (): string => listPassages(db, 'report')[0]?.id ?? '';
const listed = async (who: string, lang = 'en'): Promise<ListedClaim[]> =>
  json<ListedClaim[]>(as(who)('GET', `/api/claims?lang=${lang}`));

describe('the list', () => {
  test('tells the verdict, the arithmetic and the evidence in the language of the caller', async () => {
    putClaim(db, 'test', {
      ...claim,
      id: 'area',
      sentence: { en: 'Almaty covers 176,960 ha.', ru: 'Площадь – 176 960 га.' },
      check: AREA,
    });
    putClaim(db, 'test', { ...claim, id: 'wrong', check: { ...AREA, claimed: '9' } });
    const [good, bad] = await listed('reads', 'ru');
    expect(good).toMatchObject({ site: 'almaty', source: null, sentence: 'Площадь – 176 960 га.', tone: 'good', final: true });
    expect(good?.evidence).toMatchObject([{ side: 'for', text: expect.stringContaining('176') }]);
    expect(bad).toMatchObject({ verdict: 'contradicted', tone: 'bad', final: false });
    const rows = await json<ListedContradiction[]>(as('reads')('GET', '/api/contradictions?lang=ru'));
    expect(rows).toMatchObject([{ kind: 'claim', id: 'wrong', stated: '9', found: expect.stringMatching(/^176\s960 га$/) }]);
    const csv = await (await as('reads')('GET', '/api/claims.csv')).text();
    expect(csv.split('\n')[1]).toContain('Almaty covers');
    expect(await (await as('reads')('GET', '/api/contradictions.csv')).text()).toContain('contradicted');
  });

  test('changes as soon as a figure does', async () => {
    putClaim(db, 'test', { ...claim, check: AREA });
    expect((await listed('reads'))[0]?.verdict).toBe('supported');
    putObservation(db, 'test', { ...total, value: 9 });
    expect((await listed('reads'))[0]?.verdict).toBe('contradicted');
  });

  test('leaves out claims of a text that is marked, for whoever may not read it', async () => {
    putClaim(db, 'test', claim);
    putAnswer(db, 'test', { ...place, id: 'a', lang: 'en', text: 'x', author: 'A', written: '2026-01-01', confidential: true });
    expect(await listed('reads')).toEqual([]);
    expect(await listed('root')).toHaveLength(1);
    expect((await as('codes')('PUT', `/api/claims/awards/passages/${passage()}`, { side: 'for' })).status).toBe(404);
  });
});

describe('a passage', () => {
  test('is put to a claim, told by its place where it may not be quoted, and taken away again', async () => {
    putClaim(db, 'test', claim);
    const path = `/api/claims/awards/passages/${passage()}`;
    expect((await as('reads')('PUT', path, { side: 'for' })).status).toBe(403);
    expect((await as('codes')('PUT', path, { side: 'for' })).status).toBe(204);
    expect((await as('codes')('PUT', '/api/claims/awards/passages/none', { side: 'for' })).status).toBe(404);
    const [own] = await listed('codes');
    expect(own).toMatchObject({
      verdict: 'not-verifiable',
      final: true,
      passages: [{ side: 'for', quote: 'Girls in science get awards' }],
    });
    expect(JSON.stringify(await listed('reads'))).not.toContain('Girls');
    expect((await listed('reads'))[0]?.passages).toMatchObject([{ quote: null, title: 'report', placed: true }]);
    expect(await (await as('codes')('GET', '/api/claims.csv')).text()).not.toContain('Girls');
    await as('codes')('PUT', path, { side: 'against' });
    expect((await listed('codes'))[0]).toMatchObject({ final: false, passages: [{ side: 'against' }] });
    expect((await as('codes')('DELETE', path)).status).toBe(204);
    expect((await as('codes')('DELETE', path)).status).toBe(404);
    expect((await listed('codes'))[0]?.passages).toEqual([]);
  });

  test('stays when the last coding of it goes, and leaves the claim with its document', async () => {
    putClaim(db, 'test', claim);
    await as('codes')('PUT', `/api/claims/awards/passages/${passage()}`, { side: 'for' });
    const { marked } = await json<{ marked: { codings: { id: string }[] }[] }>(as('codes')('GET', '/api/documents/report'));
    await as('root')('DELETE', `/api/codings/${marked[0]?.codings[0]?.id}`);
    expect((await listed('codes'))[0]?.passages).toHaveLength(1);
    expect((await as('root')('DELETE', '/api/documents/report?force=yes')).status).toBe(200);
    expect((await listed('codes'))[0]?.passages).toEqual([]);
  });
});

describe('the final review', () => {
  const state = async (): Promise<FinalReply> => json<FinalReply>(as('edits')('GET', '/api/sites/almaty/final-review'));

  test('is refused while a claim has no evidence, naming it, and a passage is evidence', async () => {
    putClaim(db, 'test', claim);
    expect(await state()).toMatchObject({
      ready: false,
      claims: 1,
      open: [
        {
          claim: 'awards',
          section: 'II.2.4.9',
          message: expect.stringMatching(/^“Women scientists get awards\.”: not verifiable/),
        },
      ],
    });
    const refused = await as('edits')('GET', '/api/sites/almaty/final-review/review.html');
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({ code: 'review-not-final', message: expect.stringContaining('"awards"') });
    await as('codes')('PUT', `/api/claims/awards/passages/${passage()}`, { side: 'for' });
    expect(await state()).toEqual({ ready: true, claims: 1, open: [] });
  });

  test('is refused while it is contradicted, or a text names what is not there; all of it is told', async () => {
    putClaim(db, 'test', { ...claim, check: { ...AREA, claimed: '9' } });
    putAnswer(db, 'test', {
      ...place,
      id: 'a',
      lang: 'en',
      text: 'See @nothing.',
      author: 'A',
      written: '2026-01-01',
      confidential: false,
    });
    expect((await state()).open.map(({ claim: id }) => id)).toEqual(['awards', null]);
    const refused = await as('edits')('GET', '/api/sites/almaty/final-review/review.docx?lang=ru');
    expect(((await refused.json()) as { message: string }).message).toMatch(/awards[\s\S]*@nothing/);
  });

  test('is for editors, of a site and of a kind that there are', async () => {
    expect((await as('reads')('GET', '/api/sites/almaty/final-review')).status).toBe(403);
    expect((await as('edits')('GET', '/api/sites/korgalzhyn/final-review')).status).toBe(403);
    expect((await as('edits')('GET', '/api/sites/almaty/final-review/review.exe')).status).toBe(404);
    expect((await as('root')('GET', '/api/sites/nowhere/final-review')).status).toBe(404);
  });

  test('is made once nothing stands against it', async () => {
    const made = await as('edits')('GET', '/api/sites/almaty/final-review/review.html');
    expect(made.status).toBe(200);
    expect(await made.text()).toContain('Almaty');
  });
});
