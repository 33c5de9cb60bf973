/** Figures and claims over HTTP: what is found, what is checked, and who may see and do what. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { CheckedClaimReply, FoundFigure } from '../../src/api/claims.ts';
import { putSource } from '../../src/store/catalogue.ts';
import type { Db } from '../../src/store/db.ts';
import { putObservation } from '../../src/store/observations.ts';
import { putAnswer } from '../../src/store/records.ts';
import { total, unesco } from '../store/facts-fixture.ts';
import { browserOf, person, served, sharedDossier } from './people.ts';

let db: Db;
let ask: Record<'reader' | 'writer', ReturnType<typeof browserOf>>;
/** A section of the form that is confidential as a whole. */
const CLOSED = 'II.3.3';

beforeAll(() => {
  db = sharedDossier();
  putSource(db, 'test', unesco);
  putObservation(db, 'test', total);
  putObservation(db, 'test', { ...total, id: 'korgalzhyn-area', feature: 'korgalzhyn', value: 543_171 });
  person(db, 'reader', { almaty: 'reader' });
  person(db, 'writer', { almaty: 'contributor' });
  const app = served(db);
  ask = { reader: browserOf(app, db, 'reader'), writer: browserOf(app, db, 'writer') };
});

const json = async <Shape>(reply: Response | Promise<Response>): Promise<Shape> => (await (await reply).json()) as Shape;

describe('figures', () => {
  test('are found by words, with what the text will show', async () => {
    const found = await json<FoundFigure[]>(ask.reader('GET', '/api/sites/almaty/figures?search=area%202020'));
    expect(found).toMatchObject([{ id: 'almaty-area', name: 'Area', place: 'Almaty', shown: '176,960 ha', own: true }]);
  });

  test('of a reserve that the caller may not read are not told', async () => {
    const found = await json<FoundFigure[]>(ask.reader('GET', '/api/sites/almaty/figures?search=543171'));
    expect(found).toEqual([]);
    expect((await ask.reader('GET', '/api/sites/korgalzhyn/figures')).status).toBe(403);
  });

  test('nothing fits, nothing is found; too many are not asked for', async () => {
    expect(await json(ask.reader('GET', '/api/sites/almaty/figures?search=camel'))).toEqual([]);
    expect((await ask.reader('GET', '/api/sites/almaty/figures?most=1000')).status).toBe(400);
  });
});

describe('claims', () => {
  const sentence = { section: 'II.2.4.9', sentence: 'Almaty covers 176,960 ha.' };
  const check = { kind: 'compare', expression: '@area', claimed: '176,960', unit: 'har' };

  test('a sentence is checked when it is sent, and stands in the list until it is taken out', async () => {
    const made = await json<CheckedClaimReply>(ask.writer('POST', '/api/sites/almaty/claims', { ...sentence, check }));
    expect(made).toMatchObject({ id: 'almaty/claims/1', verdict: 'supported', tone: 'good', final: true });
    expect(made.lines.join('\n')).toContain('for: Area, Almaty, 2020: 176,960 ha – UNESCO page on Almaty [almaty-area]');
    const wrong = { ...sentence, sentence: 'Almaty covers 9 ha.', check: { ...check, claimed: '9' } };
    expect(await json(ask.writer('POST', '/api/sites/almaty/claims', wrong))).toMatchObject({ tone: 'bad', final: false });
    expect(await json(ask.writer('POST', '/api/sites/almaty/claims', sentence))).toMatchObject({ tone: 'open', final: false });
    expect((await ask.writer('DELETE', '/api/sites/almaty/claims/2')).ok).toBe(true);
    const list = await json<CheckedClaimReply[]>(ask.reader('GET', '/api/sites/almaty/claims'));
    expect(list.map(({ id }) => id)).toEqual(['almaty/claims/1', 'almaty/claims/3']);
  });

  test('an expression that cannot be read is refused with its place', async () => {
    const reply = await ask.writer('POST', '/api/sites/almaty/claims', {
      ...sentence,
      check: { ...check, expression: '1 + + 2' },
    });
    expect(reply.status).toBe(400);
    expect(await reply.text()).toContain('(5:');
  });

  test('a section that is not there, or that may not be read, takes none', async () => {
    const sent = (section: string) => ask.writer('POST', '/api/sites/almaty/claims', { ...sentence, section });
    expect((await sent('XX')).status).toBe(404);
    expect((await sent(CLOSED)).status).toBe(403);
  });

  test('figures of another reserve cannot be had through a check', async () => {
    const sent = (expression: string) =>
      json<CheckedClaimReply>(ask.writer('POST', '/api/sites/almaty/claims', { ...sentence, check: { ...check, expression } }));
    expect(await sent('@korgalzhyn-area')).toMatchObject({ reason: 'check-broken', tone: 'open' });
    const named = await sent('@area[feature=korgalzhyn]');
    expect(named.reason).toBe('missing');
    expect(JSON.stringify(named)).not.toContain('543');
  });

  test('of a text that is marked confidential are not told to those who may not read it', async () => {
    const made = await json<CheckedClaimReply>(
      ask.writer('POST', '/api/sites/almaty/claims', { ...sentence, section: 'II.2.4.8' }),
    );
    const listed = async (): Promise<string[]> =>
      (await json<CheckedClaimReply[]>(ask.reader('GET', '/api/sites/almaty/claims'))).map(({ id }) => id);
    expect(await listed()).toContain(made.id);
    const place = { site: 'almaty', form: 'periodic-review-2013', section: 'II.2.4.8', lang: 'en' } as const;
    putAnswer(db, 'test', {
      ...place,
      id: 'secret',
      text: 'Where the eagle nests.',
      author: 'A',
      written: '2026-01-01',
      confidential: true,
    });
    expect(await listed()).not.toContain(made.id);
    expect((await ask.writer('POST', '/api/sites/almaty/claims', { ...sentence, section: 'II.2.4.8' })).status).toBe(403);
  });

  test('a reader sends and removes none', async () => {
    expect((await ask.reader('POST', '/api/sites/almaty/claims', sentence)).status).toBe(403);
    expect((await ask.reader('DELETE', '/api/sites/almaty/claims/1')).status).toBe(403);
  });
});
